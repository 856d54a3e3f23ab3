"""What the assistant can do with a calendar."""

from datetime import datetime, timedelta
from typing import Annotated

from pydantic import Field

from agent.context import Context
from agent.effects import Effect
from agent.saying import say_when
from agent.tools.base import Ambiguous, Data, Done, ask_first, tool
from agent.tools.people import addresses
from agent.tools.references import event_name, matching, one_event
from agent.tools.shapes import event_json
from agent.tools.times import AHEAD, Span, slot, span
from agent.tools.times import when as resolved
from agent.when import When
from agent.when.values import before
from integrations.calendar import Event, EventChange, EventWritten, NewEvent, Scope
from integrations.errors import Invalid

Words = Annotated[str, Field(min_length=1, max_length=300, description="The person's own time words, unchanged.")]
Which = Annotated[str, Field(min_length=1, max_length=300, description="An id from an earlier answer, or their words.")]
Title = Annotated[str, Field(min_length=1, max_length=300)]
Minutes = Annotated[int, Field(gt=0, le=14 * 24 * 60, description="How long it lasts.")]
Guests = Annotated[list[str], Field(max_length=50, description="Names or addresses.")]
Note = Annotated[str, Field(max_length=5000)]


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


@tool(Effect.READ)
async def find_free_time(
    ctx: Context, when: Words | None = None, minutes: Annotated[int, Field(gt=0, le=24 * 60)] | None = None
) -> Data:
    """Say whether a stretch of time is free, and where there is room in it for so many minutes."""
    looked = span(ctx, when or "today", minutes=minutes or 60)
    inside = [e for e in await ctx.calendar.between(looked.starts, looked.ends) if not e.all_day]
    wanted = timedelta(minutes=minutes or (30 if looked.exact else 1))
    free = [(a, b) for a, b in gaps(looked, inside, *_hours(looked), after=ctx.now) if b - a >= wanted]
    return {
        "free": [{"starts": a.isoformat(), "ends": b.isoformat()} for a, b in free],
        "busy": [event_json(e) for e in inside],
        "span": looked.json,
        "is_free": not inside,
        "minutes": minutes,
    }


@tool(Effect.PRIVATE)
async def add_event(
    ctx: Context,
    title: Title,
    when: Words,
    minutes: Minutes | None = None,
    place: Note | None = None,
    guests: Guests | None = None,
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
    guests: Guests | None = None,
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
        told = say_when(When(starts=moved[0], ends=moved[1], all_day=moved[2]), now=ctx.now, zone=ctx.zone, full=True) if moved else "as it is"  # fmt: skip
        exact = {
            "event": old.id, "etag": old.etag, "when": when, "title": title, "minutes": minutes, "place": place,
            "guests": list(invited) if invited else None, "notes": notes, "scope": scope,
            "starts": moved[0].isoformat() if moved else None,
        }  # fmt: skip
        what = f"moves {old.title} to {told}" if moved else f"changes {event_name(ctx, old)}"
        ask_first(ctx, "change_event", Effect.OUTBOUND, exact, f"This {what}, and {_and(invited or old.guests)} can see it. Shall I?")  # fmt: skip
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


def conflicts(events: list[Event]) -> list[tuple[Event, Event]]:
    """The pairs of timed events that overlap."""
    timed = [e for e in events if not e.all_day]
    return [
        (a, b)
        for i, a in enumerate(timed)
        for b in timed[i + 1 :]
        if before(a.starts, b.ends) and before(b.starts, a.ends)
    ]


def gaps(
    looked: Span, busy: list[Event], opens: datetime, closes: datetime, *, after: datetime
) -> list[tuple[datetime, datetime]]:
    """The free stretches inside the span, no earlier than `after` and within the hours people are up."""
    free = []
    at = max(looked.starts, opens, after)
    for event in sorted(busy, key=lambda e: e.starts):
        if event.starts > at:
            free.append((at, event.starts))
        at = max(at, event.ends)
    end = min(looked.ends, closes)
    if end > at:
        free.append((at, end))
    return free


def _hours(looked: Span) -> tuple[datetime, datetime]:
    """A whole day is looked through between eight and eight; what was said exactly is left as it was said."""
    if looked.ends - looked.starts < timedelta(hours=20):
        return looked.starts, looked.ends
    first, last = looked.starts, looked.ends - timedelta(microseconds=1)
    return first.replace(hour=8, minute=0), last.replace(hour=20, minute=0, second=0, microsecond=0)


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
    if new.place != old.place:
        return f"{new.title} is now at {new.place}"
    return f"I've changed {new.title}"


def _done(written: EventWritten, say: str, effect: Effect | None = None) -> Done:
    return Done(receipt=event_json(written.event), say=say, keeper="calendar", inverse=written.inverse, effect=effect)


def _invited(guests: tuple[str, ...]) -> str:
    return f", and {_and(guests)} {'is' if len(guests) == 1 else 'are'} invited" if guests else ""


def _and(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
