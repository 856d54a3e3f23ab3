"""A timetable of one line, somebody whose hours it goes by, and a walk through their slots."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from jobs.timetable import Entry, Hours, Slot

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def wall(clock: time) -> timedelta:
    return timedelta(hours=clock.hour, minutes=clock.minute)


def daily(clock: time) -> Entry:
    return Entry(job="test.daily", times=lambda _: [wall(clock)])


def hours(zone: str, **more: object) -> Hours:
    return Hours(person_id="somebody", zone=ZoneInfo(zone), since=LONG_AGO, **more)  # type: ignore[arg-type]


def walked(entry: Entry, whose: Hours, starts: datetime, ends: datetime) -> list[Slot]:
    """Every slot between two moments, found as the scheduler finds them: one after the other."""
    found = []
    while (slot := entry.next(whose, starts)) and slot.begins < ends:
        found.append(slot)
        starts = slot.begins
    return found
