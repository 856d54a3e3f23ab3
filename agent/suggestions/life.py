"""A person's next days as suggestions see them, and what may be proposed for them."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from agent.alike import coverage
from agent.suggestions.slots import Hours, Stretch, after, in_meeting, taken, without
from agent.suggestions.wishes import Habit, Wish
from integrations.calendar import Event
from integrations.store.suggestions import Kind
from integrations.tasks import Task

DAYS = 3
"""Today and the next two: further ahead too much changes."""


@dataclass(frozen=True, kw_only=True)
class Life:
    """One person's next days, as far as suggestions care."""

    now: datetime
    hours: Hours
    events: Sequence[Event]
    tasks: Sequence[Task]
    wishes: Sequence[Wish] = ()
    habits: Sequence[Habit] = ()

    @property
    def today(self) -> date:
        """On their own calendar."""
        return self.now.astimezone(self.hours.zone).date()

    @property
    def days(self) -> list[date]:
        """Those that are looked at."""
        return [self.today + timedelta(days=ahead) for ahead in range(DAYS)]

    def free(self, kind: str, *, since: datetime | None = None) -> list[Stretch]:
        """Where something of this kind may lie: habits in waking hours, all else in working hours."""
        kept = self.hours.awake if kind == "habit" else self.hours.working
        whole = [stretch for day in self.days for stretch in kept(day)]
        return after(without(whole, taken(self.events)), since or self.now)

    @property
    def meeting(self) -> bool:
        """Whether they are in one now."""
        return in_meeting(self.events, self.now)


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """One thing for one free stretch. `wish` or `habit` is what of the memory it goes by."""

    kind: Kind
    title: str
    starts: datetime
    ends: datetime
    room: Stretch
    task: Task | None = None
    wish: Wish | None = None
    habit: Habit | None = None
    beginning: bool = False
    """Only a beginning of it fits before it is due."""

    @property
    def memory_id(self) -> str | None:
        """The memory it rests on."""
        said = self.habit or self.wish
        return said.memory_id if said else None


def fingerprint(kind: Kind, thing: str, day: date | None = None) -> str:
    """Names what is proposed: a task until its due date changes, a habit or a pause on one day."""
    return hashlib.sha256(f"{kind} {thing} {day or ''}".encode()).hexdigest()[:40]


def fingerprint_of(one: Proposal, hours: Hours) -> str:
    """A no to it is a no to this."""
    day = one.starts.astimezone(hours.zone).date()
    if one.task:
        return fingerprint("focus", one.task.id, one.task.due)
    return fingerprint(one.kind, one.title.lower(), day)


def fits(life: Life, kind: str, starts: datetime, ends: datetime) -> bool:
    """Whether it still lies in a free stretch that is to come."""
    return any(a <= starts and ends <= b for a, b in life.free(kind))


def planned(life: Life, title: str, day: date | None = None) -> bool:
    """Whether the calendar has it already (on this day)."""
    return any(
        event.busy
        and coverage(title, event.title) == 1
        and day in (None, event.starts.astimezone(life.hours.zone).date())
        for event in life.events
    )
