"""Something sensible to do in the free hours: pending work laid into the gaps of the calendar."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from agent.context import Context
from agent.saying import say_length, say_when
from agent.tools.free import gaps
from agent.tools.times import Span
from agent.when import When
from integrations.tasks import Task

LENGTH = timedelta(minutes=45)


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """A task and a time for it."""

    task: Task
    starts: datetime
    ends: datetime
    text: str


async def suggest(ctx: Context, *, at_most: int = 3) -> list[Suggestion]:
    """The most pressing tasks, each in a free stretch of today's or tomorrow's working hours."""
    today = ctx.now.date()
    pressing = sorted((t for t in await ctx.tasks.all() if t.due and t.due <= today + timedelta(days=7)), key=_due)
    found: list[Suggestion] = []
    for free_from, free_to in await _free(ctx):
        if len(found) == min(at_most, len(pressing)):
            break
        task = pressing[len(found)]
        length = min(LENGTH, free_to - free_from)
        told = say_when(When(starts=free_from), now=ctx.now, zone=ctx.zone)
        room = say_length(free_to - free_from)
        text = f"You have {room} free {told}; that would be a good time for “{task.title}”."
        found.append(Suggestion(task=task, starts=free_from, ends=free_from + length, text=text))
    return found


async def _free(ctx: Context) -> list[tuple[datetime, datetime]]:
    free = []
    for ahead in (0, 1):
        start, end = ctx.day(ctx.now + timedelta(days=ahead))
        if str(start.isoweekday()) not in ctx.person.work_days.split(","):
            continue
        opens = datetime.combine(start.date(), time.fromisoformat(ctx.person.work_starts), ctx.zone)
        closes = datetime.combine(start.date(), time.fromisoformat(ctx.person.work_ends), ctx.zone)
        busy = [e for e in await ctx.calendar.between(start, end) if not e.all_day]
        soon = ctx.now + timedelta(minutes=10)
        open_span = Span(starts=start, ends=end, words="")
        free += [(a, b) for a, b in gaps(open_span, busy, opens, closes, after=soon) if b - a >= LENGTH]
    return free


def _due(task: Task) -> str:
    return task.due.isoformat() if task.due else ""
