"""The timetable, against clocks that were watched rather than computed."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from jobs.timetable import HOUR, MINUTE, TIMETABLE, Hours, moment
from tests.timetables import LONG_AGO, daily, hours, walked, wall


@pytest.mark.parametrize(
    ("zone", "day", "clock", "shown"),
    [
        ("Europe/Berlin", "2026-03-29", time(2, 30), "2026-03-29T03:30:00+02:00"),
        ("Europe/Berlin", "2026-10-25", time(2, 30), "2026-10-25T02:30:00+02:00"),
        ("Africa/Cairo", "2026-04-24", time(0, 0), "2026-04-24T01:00:00+03:00"),
        ("America/Nuuk", "2026-03-28", time(23, 59), "2026-03-29T00:59:00-01:00"),
        ("Antarctica/Troll", "2026-03-29", time(2, 30), "2026-03-29T04:30:00+02:00"),
        ("Australia/Lord_Howe", "2026-10-04", time(2, 15), "2026-10-04T02:45:00+11:00"),
    ],
)
def test_a_time_that_is_left_out_moves_and_a_doubled_one_is_the_first(
    zone: str, day: str, clock: time, shown: str
) -> None:
    """As RFC 5545 has it, also where the clocks change at midnight, by two hours or by half an hour."""
    there = moment(date.fromisoformat(day), wall(clock), ZoneInfo(zone)).astimezone(ZoneInfo(zone))

    assert there.isoformat() == shown


def test_a_day_that_never_was_has_no_slot() -> None:
    """Samoa went from the 29th of December 2011 to the 31st."""
    slots = walked(
        daily(time(8)), hours("Pacific/Apia"), datetime(2011, 12, 28, tzinfo=UTC), datetime(2012, 1, 2, tzinfo=UTC)
    )

    assert [slot.name for slot in slots] == ["2011-12-28", "2011-12-29", "2011-12-31", "2012-01-01", "2012-01-02"]


def test_the_last_slot_is_the_one_before_the_next() -> None:
    """Wherever one stands between two slots, the last is the first of them and the next the second."""
    entry, whose = daily(time(2, 30)), hours("America/New_York")
    slots = walked(entry, whose, datetime(2026, 2, 20, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC))

    for first, second in pairwise(slots):
        for at in (first.begins, first.begins + 7 * HOUR, second.begins - timedelta(microseconds=1)):
            assert entry.last(whose, at) == first
            assert entry.next(whose, at) == second


def test_the_digest_is_begun_before_the_briefing_and_both_before_they_are_wanted() -> None:
    """Of a thousand people who want both at eight, each has their digest begun first, and not all at once."""
    digest, briefing = (next(e for e in TIMETABLE if e.job == job) for job in ("email.digest", "briefing.write"))
    now = datetime(2026, 3, 4, 0, 0, tzinfo=UTC)
    people = [Hours(person_id=f"p{n}", zone=ZoneInfo("Europe/Berlin"), since=LONG_AGO) for n in range(1000)]
    pairs = [(digest.next(person, now), briefing.next(person, now)) for person in people]

    assert all(d and b and d.begins < b.begins < b.wanted - 9 * MINUTE for d, b in pairs)
    assert len({d.begins for d, _ in pairs if d}) > 500


def test_a_person_begins_at_the_same_time_every_day() -> None:
    """The spread is each person's own, not drawn anew."""
    briefing = next(e for e in TIMETABLE if e.job == "briefing.write")
    slots = walked(briefing, hours("Asia/Tokyo"), datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC))

    assert len(slots) == 31
    assert len({slot.begins.time() for slot in slots}) == 1


def test_suggestions_are_made_on_working_days_within_the_working_hours() -> None:
    """Three times, also where the working hours go through the night."""
    entry = next(e for e in TIMETABLE if e.job == "suggestions.make")
    nights = hours("UTC", work_starts=22 * HOUR, work_ends=4 * HOUR, work_days={5})
    slots = walked(entry, nights, datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 3, 9, tzinfo=UTC))

    assert [slot.name for slot in slots] == ["2026-03-06.1", "2026-03-06.2", "2026-03-06.3"]
    assert [slot.wanted.strftime("%a %H:%M") for slot in slots] == ["Fri 22:00", "Sat 00:00", "Sat 02:00"]


def test_whoever_comes_during_the_day_is_owed_nothing_of_the_morning() -> None:
    """The first briefing of someone who came at ten is tomorrow's; of someone who came at ten to eight, today's."""
    briefing = next(e for e in TIMETABLE if e.job == "briefing.write")
    late, early = (
        Hours(person_id="p", zone=ZoneInfo("UTC"), since=datetime(2026, 3, 4, *at, tzinfo=UTC))
        for at in ((10, 0), (7, 50))
    )

    assert briefing.last(late, late.since) is None
    assert (slot := briefing.last(early, early.since)) is not None
    assert slot.name == "2026-03-04"


def test_house_keeping_is_the_owners() -> None:
    """Once a day, whatever number of people there are."""
    upkeep = next(e for e in TIMETABLE if e.job == "upkeep")
    now = datetime(2026, 3, 4, 12, tzinfo=UTC)

    assert upkeep.next(hours("UTC"), now) is None
    assert upkeep.next(hours("UTC", owner=True), now) is not None
