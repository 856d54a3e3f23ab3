"""The timetable in every zone there is, against clocks that were watched rather than computed."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

from jobs.timetable import DAY, HOUR, MINUTE
from tests import oracle
from tests.timetables import daily, hours, walked

ZONES = sorted(available_timezones() - {"localtime"})
CLOCKS = (time(0, 0), time(2, 30), time(8, 0), time(23, 59))
BEGINNING, END = date(2024, 1, 1), date(2029, 1, 1)


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def changes(zone: str, step: timedelta) -> tuple[list[oracle.Stretch], list[date]]:
    """A zone's stretches in five years, and the days on which they change."""
    found = oracle.stretches(ZoneInfo(zone), midnight(BEGINNING) - 3 * DAY, midnight(END) + 3 * DAY, step)
    return found, [stretch.starts.date() for stretch in found[1:]]


def test_in_every_zone_a_time_of_day_comes_once_around_every_change_of_the_clocks() -> None:
    """In all zones, for five years, in the days around each change: nothing is left out, nothing comes twice."""
    wrong, seen = [], 0
    for zone in ZONES:
        found, changing = changes(zone, 7 * DAY)  # the slow proof looks every hour
        for changed in changing:
            around = list(oracle.days(changed - 2 * DAY, changed + 3 * DAY))
            for clock in CLOCKS:
                right = [(day.isoformat(), oracle.expected(found, day, clock)) for day in around]
                slots = walked(daily(clock), hours(zone), right[0][1] - MINUTE, right[-1][1] + MINUTE)
                seen += len(right)
                wrong += [(zone, clock)] if [(slot.name, slot.begins) for slot in slots] != right else []

    assert wrong == []
    assert seen > 10_000


@pytest.mark.slow
@pytest.mark.parametrize("clock", CLOCKS, ids=str)
def test_in_every_zone_every_day_of_five_years_has_its_slot_once(clock: time) -> None:
    """All zones, each of 1,827 days: the slots are exactly those that a watched clock gives."""
    wrong, seen = [], 0
    for zone in ZONES:
        found, _ = changes(zone, HOUR)
        right = [(day.isoformat(), oracle.expected(found, day, clock)) for day in oracle.days(BEGINNING, END)]
        slots = walked(daily(clock), hours(zone), right[0][1] - MINUTE, right[-1][1] + MINUTE)
        seen += len(right)
        wrong += [zone] if [(slot.name, slot.begins) for slot in slots] != right else []

    assert wrong == []
    assert seen == len(ZONES) * 1827
