"""Where there is room in a calendar, and where there is too little."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Annotated

from pydantic import Field

from agent.context import Context
from agent.effects import Effect
from agent.tools.arguments import People, Words
from agent.tools.base import Data, tool
from agent.tools.people import addresses
from agent.tools.shapes import event_json
from agent.tools.times import Span, span
from agent.when.values import before
from integrations.calendar import Event
from integrations.calendar import Span as Stretch
from integrations.errors import Unavailable


@tool(Effect.READ)
async def find_free_time(
    ctx: Context,
    when: Words | None = None,
    minutes: Annotated[int, Field(gt=0, le=24 * 60)] | None = None,
    guests: People | None = None,
) -> Data:
    """Say whether a stretch of time is free, and where there is room in it for so many minutes, for guests too if some are named."""
    looked = span(ctx, when or "today", minutes=minutes or 60)
    inside = [e for e in await ctx.calendar.between(looked.starts, looked.ends) if e.busy and not e.all_day]
    others, unknown = await _others(ctx, await addresses(ctx, guests or []), looked)
    taken = [*((e.starts, e.ends) for e in inside), *(part for parts in others.values() for part in parts)]
    wanted = timedelta(minutes=minutes or (30 if looked.exact else 1))
    free = [(a, b) for a, b in stretches(looked, taken, *_hours(looked), after=ctx.now) if b - a >= wanted]
    found: Data = {
        "free": [{"starts": a.isoformat(), "ends": b.isoformat()} for a, b in free],
        "busy": [event_json(e) for e in inside],
        "span": looked.json,
        "is_free": not taken,
        "minutes": minutes,
    }
    if not guests:
        return found
    busy = {who: [{"starts": a.isoformat(), "ends": b.isoformat()} for a, b in parts] for who, parts in others.items()}
    return found | {"guests_busy": busy, "guests_unknown": unknown}


async def _others(ctx: Context, who: Sequence[str], looked: Span) -> tuple[dict[str, list[Stretch]], list[str]]:
    """When others are busy in that time, on the person's clock; and those of whom nobody says, which isn't the same as free."""
    if not who:
        return {}, []
    try:
        told = await ctx.calendar.busy(who, looked.starts, looked.ends)
    except Unavailable:  # the person's own free time is known all the same
        told = dict.fromkeys(who)
    known = {
        one: [(a.astimezone(ctx.zone), b.astimezone(ctx.zone)) for a, b in parts]
        for one, parts in told.items()
        if parts is not None
    }
    return known, [one for one in who if one not in known]


def conflicts(events: list[Event]) -> list[tuple[Event, Event]]:
    """The pairs of timed events that overlap."""
    timed = [e for e in events if e.busy and not e.all_day]
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
    return stretches(looked, [(event.starts, event.ends) for event in busy], opens, closes, after=after)


def stretches(
    looked: Span, taken: Iterable[Stretch], opens: datetime, closes: datetime, *, after: datetime
) -> list[Stretch]:
    """The same, from when time is taken."""
    free = []
    at = max(looked.starts, opens, after)
    for starts, ends in sorted(taken):
        if starts > at:
            free.append((at, starts))
        at = max(at, ends)
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
