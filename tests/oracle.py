"""When clocks go on and back, found by asking each zone for the time of many moments: nothing is read off a local time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Stretch:
    """A time during which a zone's clock is put neither on nor back. Wall times have no zone."""

    starts: datetime
    ends: datetime
    offset: timedelta

    def shows(self, wall: datetime) -> bool:
        """Whether the clock shows this time during it."""
        return self.starts.replace(tzinfo=None) <= wall - self.offset < self.ends.replace(tzinfo=None)

    def when(self, wall: datetime) -> datetime:
        """When the clock shows it, or would if it were never put on or back."""
        return (wall - self.offset).replace(tzinfo=UTC)


def stretches(zone: ZoneInfo, starts: datetime, ends: datetime, step: timedelta) -> list[Stretch]:
    """All of a zone's stretches between two moments; shorter ones than `step` would be missed."""
    found: list[Stretch] = []
    since, at = starts, starts
    while at < ends:
        following = min(at + step, ends)
        if _offset(zone, following) != _offset(zone, since):
            change = _change(zone, at, following)
            found.append(Stretch(since, change, _offset(zone, since)))
            since = change
        at = following
    return [*found, Stretch(since, ends, _offset(zone, since))]


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(zone).replace(tzinfo=None) - at.replace(tzinfo=None)


def _change(zone: ZoneInfo, low: datetime, high: datetime) -> datetime:
    """The first moment of the new offset, to the second."""
    old = _offset(zone, low)
    while high - low > SECOND:
        middle = low + (high - low) // 2
        low, high = (middle, high) if _offset(zone, middle) == old else (low, middle)
    return high.replace(microsecond=0)


def expected(found: Sequence[Stretch], day: date, clock: time) -> datetime:
    """When a time of day is due on a day: when the clock first shows it, or would have, had it not been put on."""
    wall = datetime.combine(day, clock)
    for stretch in found:
        if stretch.shows(wall):
            return stretch.when(wall)
    before = [stretch for stretch in found if stretch.when(wall) >= stretch.ends]
    return before[-1].when(wall)


def days(first: date, last: date) -> Iterator[date]:
    """Each day from the first up to the last."""
    while first < last:
        yield first
        first += timedelta(days=1)
