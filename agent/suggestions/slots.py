"""Where there is truly room: hours the person keeps, minus what is on the calendar and the way there.

All of it is computed in UTC: wall clocks jump.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from integrations.calendar import Event
from integrations.store.people import Person

Stretch = tuple[datetime, datetime]
"""From, and to but not including; in UTC."""
TRAVEL = timedelta(minutes=30)
"""Kept free before and after an event that has a place to go to. We know no maps: it is the same everywhere."""
STEP = timedelta(minutes=15)
"""Suggestions begin on a quarter of an hour."""
_NOWHERE = re.compile(
    r"https?:|\b(zoom|meet|teams|skype|webex|facetime|online|remote|video|phone|call|virtual|home|here)\b|^\+?[\d ()/-]{6,}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class Hours:
    """The hours a person keeps, as their own clock shows them. An end that isn't after its start is on the next day."""

    zone: ZoneInfo
    work: tuple[time, time]
    days: frozenset[int]
    """Working days, Monday is 1."""
    quiet: tuple[time, time]
    closed: Sequence["Closed"] = field(default_factory=tuple)

    @classmethod
    def of(cls, person: Person, zone: ZoneInfo, closed: Sequence["Closed"] = ()) -> "Hours":
        """As they are set."""
        return cls(
            zone=zone,
            work=(time.fromisoformat(person.work_starts), time.fromisoformat(person.work_ends)),
            days=frozenset(int(day) for day in person.work_days.split(",") if day),
            quiet=(time.fromisoformat(person.quiet_from), time.fromisoformat(person.quiet_to)),
            closed=closed,
        )

    def working(self, day: date) -> list[Stretch]:
        """When work may be suggested on this day."""
        if day.isoweekday() not in self.days:
            return []
        near = [day + timedelta(days=ahead) for ahead in (-1, 0, 1)]  # work may go on past midnight
        shut = [self.span(d, one.starts, one.ends) for one in self.closed for d in near if d.isoweekday() in one.days]
        return without(without([self.span(day, *self.work)], self._quiet(day)), shut)

    def awake(self, day: date) -> list[Stretch]:
        """When anything may be suggested on this day."""
        midnight = (instant(day, time(), self.zone), instant(day + timedelta(days=1), time(), self.zone))
        return without([midnight], self._quiet(day))

    def span(self, day: date, starts: time, ends: time) -> Stretch:
        """From one time of the clock to another, beginning on this day; nothing between equal ones."""
        over = timedelta(days=1) if ends < starts else timedelta()
        return instant(day, starts, self.zone), instant(day + over, ends, self.zone)

    def _quiet(self, day: date) -> list[Stretch]:
        """Yesterday's night reaches into today."""
        return [self.span(day + timedelta(days=ahead), *self.quiet) for ahead in (-1, 0, 1)]


@dataclass(frozen=True, kw_only=True)
class Closed:
    """Hours on some days in which the person doesn't want work."""

    days: frozenset[int]
    starts: time
    ends: time


def taken(events: Iterable[Event]) -> list[Stretch]:
    """The time that events take up, with the way there and back. What is declined or marked free takes none."""
    found = []
    for event in events:
        if event.busy:
            way = TRAVEL if goes_somewhere(event) else timedelta()
            found.append((event.starts.astimezone(UTC) - way, event.ends.astimezone(UTC) + way))
    return found


def goes_somewhere(event: Event) -> bool:
    """Whether one has to go there: it has a place, and that is no address of a screen or a telephone."""
    return not event.all_day and bool(event.place.strip()) and not _NOWHERE.search(event.place)


def in_meeting(events: Iterable[Event], now: datetime) -> bool:
    """Whether the person is in something at this moment; a day marked as taken is no meeting."""
    at = now.astimezone(UTC)
    return any(
        event.busy and not event.all_day and event.starts.astimezone(UTC) <= at < event.ends.astimezone(UTC)
        for event in events
    )


def without(stretches: Iterable[Stretch], gone: Iterable[Stretch]) -> list[Stretch]:
    """What is left of the stretches, earliest first."""
    left = sorted((a, b) for a, b in stretches if a < b)
    for start, end in gone:
        if start < end:
            left = [part for a, b in left for part in ((a, min(b, start)), (max(a, end), b)) if part[0] < part[1]]
    return left


def after(stretches: Iterable[Stretch], moment: datetime) -> list[Stretch]:
    """What of them is still to come."""
    at = moment.astimezone(UTC)
    return [(max(a, at), b) for a, b in stretches if b > at]


def starts_in(stretch: Stretch, length: timedelta) -> list[datetime]:
    """Where something so long could begin in it, every quarter of an hour."""
    a, b = stretch
    at = datetime.fromtimestamp(-(-a.timestamp() // STEP.total_seconds()) * STEP.total_seconds(), UTC)
    found = []
    while at + length <= b:
        found.append(at)
        at += STEP
    return found


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """A time in the gap moves by the gap, a doubled one is the first (RFC 5545)."""
    return datetime.combine(day, at, zone).astimezone(UTC)
