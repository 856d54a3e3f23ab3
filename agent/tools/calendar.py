"""What the assistant can do with a calendar."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Annotated

from pydantic import Field

from agent.amending import not_twice
from agent.context import Context
from agent.effects import Effect
from agent.saying import say_when
from agent.tools.arguments import Called, Minutes, Note, People, Title, Which, Words
from agent.tools.base import Ambiguous, Data, Done, tool
from agent.tools.free import conflicts
from agent.tools.guests import MUCH, ask_to_cancel, ask_to_change, ask_to_invite, seen_by
from agent.tools.people import addresses
from agent.tools.receipts import event_receipt
from agent.tools.references import event_name, matching, one_event
from agent.tools.shapes import event_json
from agent.tools.times import AHEAD, Span, slot, span
from agent.tools.times import when as resolved
from agent.when.values import before
from integrations.calendar import Event, EventChange, EventWritten, NewEvent, Scope
from integrations.errors import Invalid

QUEUED = "Google isn't answering. I've noted that for {title}, and it will be done there as soon as Google is back."
UNSURE = (
    "Google's answer got lost, so I don't know yet whether that went through for {title}. I'll find out and tell you."
)
NO_LINK = " There is no link to meet by video: I have none to give here."
CLASHES = re.compile(r"\b(?:conflict|clash|overlap|double.?book)", re.IGNORECASE)


@tool(Effect.READ)
async def list_events(
    ctx: Context,
    when: Words | None = None,
    about: Called | None = None,
    first: Annotated[int, Field(gt=0)] | None = None,
) -> Data:
    """List what is on the calendar in a stretch of time, or what comes next; `about` keeps those called so, `first` so many."""
    if when:
        looked = span(ctx, when)
    else:
        ahead = timedelta(days=90) if about or first else AHEAD
        looked = Span(starts=ctx.now, ends=ctx.now + ahead, words="")
    events = await ctx.calendar.between(looked.starts, looked.ends)
    if about and not CLASHES.search(about):  # those are told of with whatever is listed
        events = _called(events, about)
        if not events and not when:  # it may be over already, and be moved or asked about all the same
            events = _called(await ctx.calendar.between(ctx.day()[0], ctx.now), about)
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


def _called(events: Sequence[Event], about: str) -> list[Event]:
    return matching(events, about, lambda e: f"{e.title} {e.place} {' '.join(e.guests)}")


@tool(Effect.PRIVATE)
async def add_event(
    ctx: Context,
    title: Title,
    when: Words,
    minutes: Minutes | None = None,
    place: Note | None = None,
    guests: People | None = None,
    notes: Note | None = None,
    meet: Annotated[bool, Field(description="With a link to meet by video.")] | None = None,
) -> Done:
    """Put an event on the calendar; guests are invited after the person's yes. Repeating ones say so in the time words ("every tuesday at nine")."""
    await not_twice(ctx, "add_event", title)
    at = slot(ctx, when, minutes)
    assert at.ends is not None
    if at.ends.date() == ctx.now.date() and before(at.ends, ctx.now):
        raise Ambiguous(f"{say_when(at, now=ctx.now, zone=ctx.zone).capitalize()} is already past. When should it be?")
    invited = await addresses(ctx, guests or [])
    exact = {
        "title": title, "when": when, "minutes": minutes, "place": place, "guests": list(invited), "notes": notes, "meet": meet,
        "starts": at.starts.isoformat(), "ends": at.ends.isoformat(), "recurrence": at.recurrence,
    }  # fmt: skip
    told = say_when(at, now=ctx.now, zone=ctx.zone, full=True)
    if invited:
        await ask_to_invite(ctx, title, told, invited, exact)
    new = NewEvent(
        title=title, starts=at.starts, ends=at.ends, all_day=at.all_day, zone=ctx.zone.key, place=place or "",
        notes=notes or "", guests=invited, recurrence=at.recurrence, meet=bool(meet),
    )  # fmt: skip
    written = await ctx.calendar.add(new)
    event, receipt = await event_receipt(ctx, written)
    clash = await _clash(ctx, event)
    link = NO_LINK if meet and not event.link else ""
    if (event.starts, event.ends) != (at.starts, at.ends):  # what is told is what is there
        at = replace(at, starts=event.starts, ends=event.ends, all_day=event.all_day)
        told = say_when(at, now=ctx.now, zone=ctx.zone, full=True)
    say = f"{event.title} is on your calendar, {told}{_invited(event.guests)}.{link}{clash}"
    return _done(written, receipt, say, Effect.OUTBOUND if invited else None)


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
    seen = await seen_by(ctx, old, scope)
    if seen or invited:
        asked = {"when": when, "title": title, "minutes": minutes, "place": place, "notes": notes, "scope": scope}
        await ask_to_change(ctx, old, change, scope, seen, asked)
    written = await ctx.calendar.change(old.id, change, scope=scope or "one", etag=old.etag)
    new, receipt = await event_receipt(ctx, written)
    clash = await _clash(ctx, new) if moved else ""
    outbound = Effect.OUTBOUND if (seen or invited) else None
    return _done(written, receipt, f"{_changed(ctx, old, new, moved is not None)}.{clash}", outbound)


@tool(Effect.DESTRUCTIVE)
async def cancel_event(ctx: Context, event: Which, scope: Scope | None = None) -> Done:
    """Take an event off the calendar; of a repeating one just this time unless told more."""
    old = await one_event(ctx, event)
    effect = await ask_to_cancel(ctx, old, scope, await seen_by(ctx, old, scope))
    written = await ctx.calendar.cancel(old.id, scope=scope or "one", etag=old.etag)
    _, receipt = await event_receipt(ctx, written)
    return _done(written, receipt, f"{event_name(ctx, old)}{MUCH[scope or 'one']} is off your calendar.", effect)


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
    there = await ctx.calendar.between(event.starts, event.ends)
    others = [one for one in there if (one.series or one.id) != (event.series or event.id) and not one.all_day]
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


def _done(written: EventWritten, receipt: Data, say: str, effect: Effect | None = None) -> Done:
    say = honestly(written, say)
    return Done(receipt=receipt, say=say, keeper="calendar", inverse=written.inverse, effect=effect)


def honestly(written: EventWritten, say: str) -> str:
    """The sentence, or what is true as long as a write hasn't got through as far as we know."""
    if not written.event.pending:
        return say
    return (UNSURE if written.unsure else QUEUED).format(title=written.event.title)


def _invited(guests: tuple[str, ...]) -> str:
    return f", and {_and(guests)} {'is' if len(guests) == 1 else 'are'} invited" if guests else ""


def _and(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
