"""Where there is room in a calendar, and where there is too little."""

from datetime import datetime, timedelta
from typing import Annotated

from pydantic import Field

from agent.context import Context
from agent.effects import Effect
from agent.tools.arguments import Words
from agent.tools.base import Data, tool
from agent.tools.shapes import event_json
from agent.tools.times import Span, span
from agent.when.values import before
from integrations.calendar import Event


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
