"""Pending work and habits laid into the free stretches: what, when, and why then. Nothing here asks anybody anything."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from agent.suggestions.lengths import is_call, length_of
from agent.suggestions.life import Life, Proposal, planned
from agent.suggestions.slots import Stretch, instant, starts_in, taken, without
from agent.suggestions.wishes import Wish
from integrations.store.suggestions import Kind
from integrations.tasks import Task

MARGIN = timedelta(minutes=10)
"""Nobody starts at once."""
PRESSING = 1
"""Days before it is due from which a task is a matter of its deadline."""
START_ON = timedelta(minutes=45)
"""Where there is no room for all of it before it is due, so much is worth a beginning."""
FULL = 0.75
"""More than this part of a day's working hours taken, and a pause is worth suggesting."""
PAUSE = timedelta(minutes=20)


def proposals(life: Life) -> list[Proposal]:
    """All that makes sense, the most pressing first; no two of them at the same time."""
    free = {kind: life.free(kind, since=life.now + MARGIN) for kind in ("focus", "habit")}
    found: list[Proposal] = []
    for propose in (_deadlines, _habits, _work, _pauses):
        for one in propose(life, free):
            found.append(one)
            free = {kind: without(stretches, [(one.starts, one.ends)]) for kind, stretches in free.items()}
    return found


Free = dict[str, list[Stretch]]


def _pressing(life: Life, task: Task) -> bool:
    return task.due is not None and (task.due - life.today).days <= PRESSING


def _deadlines(life: Life, free: Free) -> Iterable[Proposal]:
    due = sorted((t for t in life.tasks if _pressing(life, t)), key=lambda t: t.due or life.today)
    return _laid(life, free["focus"], due, "deadline")


def _work(life: Life, free: Free) -> Iterable[Proposal]:
    dated = sorted((t for t in life.tasks if t.due and not _pressing(life, t)), key=lambda t: t.due or life.today)
    return _laid(life, free["focus"], [*dated, *(t for t in life.tasks if t.due is None)], "focus")


def _laid(life: Life, free: list[Stretch], tasks: Iterable[Task], kind: Kind) -> Iterable[Proposal]:
    for task in tasks:
        if planned(life, task.title):
            continue
        if one := _for_task(life, free, task, kind):
            free = without(free, [(one.starts, one.ends)])
            yield one


def _for_task(life: Life, free: list[Stretch], task: Task, kind: Kind) -> Proposal | None:
    length = length_of(task)
    by = _end_of(life, task.due) if task.due is not None and task.due in life.days else None
    in_time = [(a, min(b, by)) for a, b in free if a < by] if by else free
    if best := _best(life, in_time, length, task):
        starts, room, wish = best
        return Proposal(
            kind=kind, title=task.title, starts=starts, ends=starts + length, room=room, task=task, wish=wish
        )
    if kind != "deadline":
        return None
    for a, b in sorted(in_time, key=lambda stretch: stretch[0] - stretch[1]):
        begins = starts_in((a, b), START_ON)
        if begins and b - a < length:
            return Proposal(
                kind=kind, title=task.title, starts=begins[0], ends=b, room=(a, b), task=task, beginning=True
            )
    return None


def _best(
    life: Life, free: Iterable[Stretch], length: timedelta, task: Task
) -> tuple[datetime, Stretch, Wish | None] | None:
    """The earliest start in the person's good hours, else the earliest of all; calls keep out of hours without calls."""
    good = [] if length < START_ON else [wish for wish in life.wishes if wish.good]
    bad = [wish for wish in life.wishes if not wish.good and wish.about == "calls" and is_call(task.title)]
    starts = [(at, stretch) for stretch in free for at in starts_in(stretch, length)]
    allowed = [
        (at, stretch) for at, stretch in starts if not any(_touches(life, wish, at, at + length) for wish in bad)
    ]
    for at, stretch in allowed:
        if wish := next((wish for wish in good if _within(life, wish, at, at + length)), None):
            return at, stretch, wish
    if not allowed:
        return None
    at, stretch = allowed[0]
    passed = next((wish for wish in bad if any(_touches(life, wish, s, s + length) for s, _ in starts if s < at)), None)
    return at, stretch, passed


def _of_day(life: Life, wish: Wish, at: datetime) -> Stretch | None:
    day = at.astimezone(life.hours.zone).date()
    return life.hours.span(day, wish.starts, wish.ends) if day.isoweekday() in wish.days else None


def _within(life: Life, wish: Wish, starts: datetime, ends: datetime) -> bool:
    span = _of_day(life, wish, starts)
    return span is not None and span[0] <= starts and ends <= span[1]


def _touches(life: Life, wish: Wish, starts: datetime, ends: datetime) -> bool:
    span = _of_day(life, wish, starts)
    return span is not None and starts < span[1] and span[0] < ends


def _habits(life: Life, free: Free) -> Iterable[Proposal]:
    for habit in life.habits:
        length = timedelta(minutes=habit.minutes)
        for day in life.days[:2]:
            if day.isoweekday() not in habit.days or planned(life, habit.activity, day):
                continue
            a, b = life.hours.span(day, habit.starts, habit.ends)
            usual = [(max(a, x), min(b, y)) for x, y in free["habit"] if x < b and a < y]
            begins = [(at, room) for room in usual for at in starts_in(room, length)]
            if begins:
                at, room = begins[0]
                yield Proposal(kind="habit", title=habit.activity, starts=at, ends=at + length, room=room, habit=habit)


def _pauses(life: Life, free: Free) -> Iterable[Proposal]:
    for day in life.days[:2]:
        worked = life.hours.working(day)
        left = [(max(a, x), min(b, y)) for a, b in worked for x, y in free["focus"] if x < b and a < y]
        meetings = without(worked, without(worked, taken(e for e in life.events if not e.all_day)))
        if _sum(meetings) <= FULL * _sum(worked) or planned(life, "Break", day):
            continue
        begins = [(at, room) for room in left for at in starts_in(room, PAUSE)]
        if begins:
            start, end = life.hours.span(day, *life.hours.work)
            middle = start + (end - start) / 2
            at, room = min(begins, key=lambda one: abs(one[0] - middle))
            yield Proposal(kind="break", title="Break", starts=at, ends=at + PAUSE, room=room)


def _sum(stretches: Iterable[Stretch]) -> timedelta:
    return sum((b - a for a, b in stretches), timedelta())


def _end_of(life: Life, day: date) -> datetime:
    return instant(day + timedelta(days=1), time(), life.hours.zone)
