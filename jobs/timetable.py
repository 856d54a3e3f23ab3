"""What is due when, by each person's own clock."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
EVERY_DAY = frozenset(range(1, 8))


@dataclass(frozen=True, kw_only=True)
class Hours:
    """The hours one person keeps. Times of day are wall time since midnight, days are 1 (Monday) to 7."""

    person_id: str
    zone: ZoneInfo
    since: datetime
    """When they came; nothing is owed for earlier."""
    owner: bool = False
    digest_at: timedelta = 8 * HOUR
    briefing_at: timedelta = 8 * HOUR
    work_starts: timedelta = 9 * HOUR
    work_ends: timedelta = 17 * HOUR
    work_days: Collection[int] = EVERY_DAY


@dataclass(frozen=True, kw_only=True)
class Slot:
    """One doing of one job for one person. `name` is the local day, so that a day has it once whatever the clocks do."""

    name: str
    begins: datetime
    """When the work is to begin."""
    wanted: datetime
    """When it is to be there."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of the timetable: a job, and the times of day by which it is wanted."""

    job: str
    times: Callable[[Hours], Iterable[timedelta]]
    days: Callable[[Hours], Collection[int]] = lambda _: EVERY_DAY
    lead: timedelta = timedelta()
    """How long before it is wanted the work begins."""
    spread: timedelta = timedelta()
    """People begin up to so much later, each by the same amount every day: not all of them ask Google at once."""
    late: timedelta = 6 * HOUR
    """How late it is still worth doing."""
    owner_only: bool = False

    def last(self, hours: Hours, now: datetime) -> Slot | None:
        """The newest slot that has begun, if there is one of the last nine days: of older ones nobody wants to know."""
        today = now.astimezone(hours.zone).date()
        for day in (today + ago * DAY for ago in range(1, -9, -1)):
            if begun := [slot for slot in self._slots(hours, day) if slot.begins <= now]:
                return max(begun, key=lambda slot: slot.begins)
        return None

    def next(self, hours: Hours, now: datetime) -> Slot | None:
        """The first slot that is still to begin, if there is one in the next nine days."""
        today = now.astimezone(hours.zone).date()
        for day in (today + ahead * DAY for ahead in range(-1, 10)):
            if coming := [slot for slot in self._slots(hours, day) if slot.begins > now]:
                return min(coming, key=lambda slot: slot.begins)
        return None

    def _slots(self, hours: Hours, day: date) -> Iterator[Slot]:
        if (self.owner_only and not hours.owner) or day.isoweekday() not in self.days(hours):
            return
        if not _lived(day, hours.zone):
            return
        times = tuple(self.times(hours))
        for number, clock in enumerate(times, start=1):
            wanted = moment(day, clock, hours.zone)
            if wanted <= hours.since:
                continue
            name = day.isoformat() if len(times) == 1 else f"{day.isoformat()}.{number}"
            yield Slot(name=name, begins=wanted - self.lead + self._share(hours.person_id), wanted=wanted)

    def _share(self, person_id: str) -> timedelta:
        if not self.spread:
            return timedelta()
        number = int.from_bytes(sha256(f"{self.job}:{person_id}".encode()).digest()[:8])
        return timedelta(seconds=number % int(self.spread.total_seconds()))


def moment(day: date, clock: timedelta, zone: ZoneInfo) -> datetime:
    """When a local clock shows this time, as RFC 5545 has it.

    A time that is left out when clocks go forward moves by as much (02:30 to 03:30); of a doubled one it is the first.
    """
    local = datetime.combine(day, time()) + clock
    return local.replace(tzinfo=zone).astimezone(UTC)  # fold=0: with the offset before, in the gap and in the fold


def _lived(day: date, zone: ZoneInfo) -> bool:
    """Whether there was such a day: Samoa had no 30th of December 2011."""
    return moment(day, timedelta(), zone).astimezone(zone).date() == day


def _thrice(hours: Hours) -> Iterator[timedelta]:
    """At the beginning of the working hours, after a third and after two."""
    length = hours.work_ends - hours.work_starts
    if length <= timedelta():  # through the night
        length += DAY
    return (hours.work_starts + third * length / 3 for third in range(3))


TIMETABLE = (
    Entry(job="email.digest", times=lambda p: [p.digest_at], lead=40 * MINUTE, spread=15 * MINUTE),
    Entry(job="briefing.write", times=lambda p: [p.briefing_at], lead=20 * MINUTE, spread=10 * MINUTE),
    Entry(job="suggestions.make", times=_thrice, days=lambda p: p.work_days, spread=10 * MINUTE, late=2 * HOUR),
    Entry(job="memory.fold", times=lambda _: [3 * HOUR], days=lambda _: {7}, spread=HOUR, late=3 * DAY),
    Entry(job="upkeep", times=lambda _: [4 * HOUR], late=DAY, owner_only=True),
)  # fmt: skip
