"""What the assistant can do with a calendar."""

from datetime import datetime, timedelta
from typing import Annotated

from pydantic import Field

from agent.context import Context
from agent.effects import Effect
from agent.saying import say_when
from agent.tools.arguments import Minutes, Note, People, Title, Which, Words
from agent.tools.base import Ambiguous, Data, Done, ask_first, tool
from agent.tools.free import conflicts
from agent.tools.people import addresses
from agent.tools.references import event_name, matching, one_event
from agent.tools.shapes import event_json
from agent.tools.times import AHEAD, Span, slot, span
from agent.tools.times import when as resolved
from agent.when import When
from agent.when.values import before
from integrations.calendar import Event, EventChange, EventWritten, NewEvent, Scope
from integrations.errors import Invalid


@tool(Effect.READ)
async def list_events(
    ctx: Context, when: Words | None = None, about: str | None = None, first: Annotated[int, Field(gt=0)] | None = None
) -> Data:
    """List what is on the calendar in a stretch of time, or what comes next; `about` keeps those called so."""
    if when:
        looked = span(ctx, when)
    else:
        ahead = timedelta(days=90) if about or first else AHEAD
        looked = Span(starts=ctx.now, ends=ctx.now + ahead, words="")
    events = await ctx.calendar.between(looked.starts, looked.ends)
    if about:
        events = matching(events, about, lambda e: f"{e.title} {e.place} {' '.join(e.guests)}")
    if first and not when:
        ahead_of_now = [e for e in events if e.starts > ctx.now and not e.all_day]
        events = (ahead_of_now or events)[:first]
    elif first:
        events = events[:first]
    return {
        "events": [event_json(e) for e in events],
        "span": looked.json if when else None,
        "conflicts": [[a.id, b.id] for a, b in conflicts(events)],
    }


@tool(Effect.PRIVATE)
async def add_event(
    ctx: Context,
    title: Title,
    when: Words,
    minutes: Minutes | None = None,
    place: Note | None = None,
    guests: People | None = None,
    notes: Note | None = None,
) -> Done:
    """Put an event on the calendar. Repeating ones say so in the time words ("every tuesday at nine")."""
    at = slot(ctx, when, minutes)
    assert at.ends is not None
    if at.ends.date() == ctx.now.date() and before(at.ends, ctx.now):
        raise Ambiguous(f"{say_when(at, now=ctx.now, zone=ctx.zone).capitalize()} is already past. When should it be?")
    invited = await addresses(ctx, guests or [])
    exact = {
        "title": title, "when": when, "minutes": minutes, "place": place, "guests": list(invited), "notes": notes,
        "starts": at.starts.isoformat(), "ends": at.ends.isoformat(), "recurrence": at.recurrence,
    }  # fmt: skip
    told = say_when(at, now=ctx.now, zone=ctx.zone, full=True)
    if invited:
        ask_first(ctx, "add_event", Effect.OUTBOUND, exact, f"This puts {title}, {told}, on your calendar and invites {_and(invited)}. Shall I?")  # fmt: skip
    new = NewEvent(
        title=title, starts=at.starts, ends=at.ends, all_day=at.all_day, zone=ctx.zone.key, place=place or "",
        notes=notes or "", guests=invited, recurrence=at.recurrence,
    )  # fmt: skip
    written = await ctx.calendar.add(new)
    clash = await _clash(ctx, written.event)
    say = f"{written.event.title} is on your calendar, {told}{_invited(invited)}.{clash}"
    return _done(written, say, Effect.OUTBOUND if invited else None)


@tool(Effect.PRIVATE)
async def change_event(
    ctx: Context,
    event: Which,
    when: Words | None = None,
    title: Title | None = None,
    minutes: Minutes | None = None,
    place: Note | None = None,
    guests: People | None = None,
    notes: Note | None = None,
    scope: Scope | None = None,
) -> Done:
    """Move, rename, lengthen or otherwise change an event; of a repeating one just this time unless told more."""
    old = await one_event(ctx, event)
    moved = _moved(ctx, old, when, minutes)
    invited = tuple(dict.fromkeys([*old.guests, *await addresses(ctx, guests or [])])) if guests else None
    change = EventChange(
        title=title, starts=moved[0] if moved else None, ends=moved[1] if moved else None,
        all_day=moved[2] if moved and moved[2] != old.all_day else None, place=place, notes=notes, guests=invited,
    )  # fmt: skip
    if change == EventChange():
        raise Invalid("What should I change about it?")
    if old.guests or invited:
        asked = {"when": when, "title": title, "minutes": minutes, "place": place, "notes": notes, "scope": scope}
        _ask_to_change(ctx, old, change, asked)
    written = await ctx.calendar.change(old.id, change, scope=scope or "one", etag=old.etag)
    clash = await _clash(ctx, written.event) if moved else ""
    outbound = Effect.OUTBOUND if (old.guests or invited) else None
    return _done(written, f"{_changed(ctx, old, written.event, moved is not None)}.{clash}", outbound)


@tool(Effect.DESTRUCTIVE)
async def cancel_event(ctx: Context, event: Which, scope: Scope | None = None) -> Done:
    """Take an event off the calendar; of a repeating one just this time unless told more."""
    old = await one_event(ctx, event)
    effect = Effect.OUTBOUND if old.guests else Effect.DESTRUCTIVE
    exact = {"event": old.id, "etag": old.etag, "scope": scope or "one"}
    much = {"one": "", "following": " and every one after it", "all": ", the whole series,"}[scope or "one"]
    seen = f" {_and(old.guests)} can see that." if old.guests else ""
    ask_first(ctx, "cancel_event", effect, exact, f"This takes {event_name(ctx, old)}{much} off your calendar.{seen} Shall I?")  # fmt: skip
    written = await ctx.calendar.cancel(old.id, scope=scope or "one", etag=old.etag)
    return _done(written, f"{event_name(ctx, old)}{much} is off your calendar.", effect)


def _moved(ctx: Context, old: Event, when: str | None, minutes: int | None) -> tuple[datetime, datetime, bool] | None:
    """Where the event goes: a day alone keeps its hour, an hour alone keeps its day, the length stays."""
    length = timedelta(minutes=minutes) if minutes else old.ends - old.starts
    if when is None:
        return (old.starts, old.starts + length, False) if minutes else None
    if old.all_day:
        at = resolved(ctx, when)
        return at.starts, at.ends or at.starts + timedelta(minutes=minutes or 60), at.all_day
    # "to four" said of Thursday's dentist means four on Thursday
    at = resolved(ctx, when, on=old.starts.astimezone(ctx.zone).date())
    if at.recurrence:
        raise Invalid("I can't change how an event repeats yet; cancel it and add it anew.")
    if at.all_day:
        if at.ends and at.ends - at.starts > timedelta(days=1, hours=2):
            raise Ambiguous("Which day should I move it to?")
        starts = datetime.combine(at.starts.date(), old.starts.astimezone(ctx.zone).time(), ctx.zone)
        return starts, starts + length, False
    if at.part is not None:
        raise Ambiguous("What time should it be then?")
    return at.starts, at.ends if at.ends and not minutes else at.starts + length, False


def _ask_to_change(ctx: Context, old: Event, change: EventChange, asked: Data) -> None:
    """People see the change: read back who they are and what they will see."""
    exact = {**asked, "event": old.id, "etag": old.etag, "guests": list(change.guests or ())}
    what = f"changes {event_name(ctx, old)}"
    if change.starts:
        exact["starts"] = change.starts.isoformat()
        to = When(starts=change.starts, ends=change.ends, all_day=change.all_day or False)
        what = f"moves {old.title} to {say_when(to, now=ctx.now, zone=ctx.zone, full=True)}"
    if added := tuple(guest for guest in change.guests or () if guest not in old.guests):
        invites = f"invites {_and(added)}"
        what = f"{what}, and {invites}" if change.starts else f"{invites} to {event_name(ctx, old)}"
    seen = f", and {_and(old.guests)} can see it" if old.guests else ""
    ask_first(ctx, "change_event", Effect.OUTBOUND, exact, f"This {what}{seen}. Shall I?")


async def _clash(ctx: Context, event: Event) -> str:
    """A word about what else is at that time."""
    if event.all_day:
        return ""
    others = [e for e in await ctx.calendar.between(event.starts, event.ends) if e.id != event.id and not e.all_day]
    return f" It overlaps with {others[0].title}." if others else ""


def _changed(ctx: Context, old: Event, new: Event, moved: bool) -> str:
    if moved and new.starts == old.starts and new.ends != old.ends:
        minutes = int((new.ends - new.starts).total_seconds() // 60)
        return f"{new.title} now lasts {minutes} minutes"
    if moved:
        return f"{new.title} is now {event_name(ctx, new).removeprefix(f'{new.title}, ')}"
    if new.title != old.title:
        return f"{old.title} is now called {new.title}"
    if added := tuple(guest for guest in new.guests if guest not in old.guests):
        return f"{_and(added)} {'is' if len(added) == 1 else 'are'} invited to {new.title}"
    if new.place != old.place:
        return f"{new.title} is now at {new.place}"
    return f"I've changed {new.title}"


def _done(written: EventWritten, say: str, effect: Effect | None = None) -> Done:
    return Done(receipt=event_json(written.event), say=say, keeper="calendar", inverse=written.inverse, effect=effect)


def _invited(guests: tuple[str, ...]) -> str:
    return f", and {_and(guests)} {'is' if len(guests) == 1 else 'are'} invited" if guests else ""


def _and(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
