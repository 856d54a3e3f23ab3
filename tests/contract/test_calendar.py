"""Every keeper of a calendar keeps the same promises."""

import random
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from integrations.calendar import Calendar, Event, EventChange, NewEvent, Scope
from integrations.calendar.local import LocalCalendar
from integrations.errors import Conflict, Invalid, NotFound
from integrations.store.people import People
from tests.conftest import fresh_database, one_transaction
from tests.emulators.google.calendar_side import calendar_side, mirrored

BERLIN = ZoneInfo("Europe/Berlin")
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
WORKDAYS = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"


def at(day: int, hour: int = 0, minute: int = 0, month: int = 3) -> datetime:
    """A time of 2026 in Berlin. The clocks go forward there on 29 March."""
    return datetime(2026, month, day, hour, minute, tzinfo=BERLIN)


def planned(title: str, starts: datetime, length: timedelta = HOUR, **more: Any) -> NewEvent:
    fields: dict[str, Any] = {"title": title, "starts": starts, "ends": starts + length, "zone": "Europe/Berlin"}
    return NewEvent(**fields | more)


KEEPERS = [
    "local sqlite",
    "local postgres",
    "google",
    "mirror sqlite",
    pytest.param("mirror postgres", marks=pytest.mark.slow),
]


@pytest.fixture(params=KEEPERS)
async def calendar(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Calendar]:
    keeper, _, kind = request.param.partition(" ")
    if keeper == "google":
        async with calendar_side() as side:
            yield side.keeper()
        return
    if keeper == "mirror":
        async with (
            fresh_database(request, kind, tmp_path) as database,
            calendar_side() as side,
            mirrored(side, database) as mirror,
        ):
            yield mirror
        return
    async with one_transaction(request, kind, tmp_path) as session:
        owner = await People(session).owner("Europe/Berlin", at(4))
        yield LocalCalendar(session, owner.id, owner.zone, lambda: at(4))


async def shown(calendar: Calendar, first: int = 1, last: int = 31, month: int = 3) -> list[str]:
    """The span, as "title day hour:minute" on the wall."""
    found = await calendar.between(at(first, month=month), at(last, month=month) + DAY)
    return [f"{event.title} {event.starts:%d %H:%M}" for event in found]


async def the(calendar: Calendar, day: int, month: int = 3) -> Event:
    """The first event of a day."""
    return (await calendar.between(at(day, month=month), at(day, month=month) + DAY))[0]


class TestOne:
    """Events that happen once."""

    async def test_an_event_is_found_as_it_was_added(self, calendar: Calendar) -> None:
        """What add gives back is what get and between give, in the event's own zone."""
        new = planned("Dentist", at(5, 10), place="Mill Lane", notes="card", guests=("a@example.com",))
        event = (await calendar.add(new)).event

        assert await calendar.get(event.id) == event
        assert await calendar.between(at(5), at(6)) == [event]
        assert (event.title, event.place, event.notes, event.guests) == ("Dentist", "Mill Lane", "card", new.guests)
        assert (event.starts, event.starts.tzinfo, event.recurrence, event.series) == (at(5, 10), BERLIN, None, None)

    async def test_a_span_has_what_touches_it(self, calendar: Calendar) -> None:
        """The end of a span and the end of an event are exclusive; a moment touches where it is."""
        event = (await calendar.add(planned("Dentist", at(5, 10)))).event
        moment = (await calendar.add(planned("Bell", at(5, 12), timedelta()))).event

        assert await calendar.between(at(5, 10, 30), at(5, 10, 31)) == [event]
        assert await calendar.between(at(5, 11), at(5, 12)) == []
        assert await calendar.between(at(5, 9), at(5, 10)) == []
        assert await calendar.between(at(5, 12), at(5, 13)) == [moment]

    async def test_events_come_earliest_first(self, calendar: Calendar) -> None:
        """Whatever the order in which they were added; an all-day one before the others of its morning."""
        for title, hour in (("Lunch", 12), ("Early", 0), ("Dentist", 9)):
            await calendar.add(planned(title, at(5, hour)))
        await calendar.add(planned("Trip", at(5), DAY, all_day=True))
        assert await shown(calendar) == ["Trip 05 00:00", "Early 05 00:00", "Dentist 05 09:00", "Lunch 05 12:00"]

    async def test_an_all_day_event_is_from_midnight_to_midnight(self, calendar: Calendar) -> None:
        """Also on the day that has 23 hours, and when told in the middle of the day."""
        short = (await calendar.add(planned("Trip", at(29, 15), HOUR, all_day=True))).event
        assert (short.starts, short.ends) == (at(29), at(30))
        assert short.ends.astimezone(UTC) - short.starts.astimezone(UTC) == 23 * HOUR
        longer = (await calendar.change(short.id, EventChange(ends=at(31)))).event
        moved = (await calendar.change(longer.id, EventChange(starts=at(5)))).event
        assert (moved.starts, moved.ends) == (at(5), at(7))

    async def test_a_new_start_takes_the_end_along(self, calendar: Calendar) -> None:
        """Moving keeps the length; a new end alone changes it."""
        event = (await calendar.add(planned("Dentist", at(5, 10)))).event
        moved = (await calendar.change(event.id, EventChange(starts=at(6, 12)))).event
        assert (moved.starts, moved.ends) == (at(6, 12), at(6, 13))
        longer = (await calendar.change(event.id, EventChange(ends=at(6, 14)))).event
        assert (longer.starts, longer.ends, longer.title) == (at(6, 12), at(6, 14), "Dentist")

    async def test_another_zone_shows_the_same_moment(self, calendar: Calendar) -> None:
        """A change of zone alone moves nothing."""
        event = (await calendar.add(planned("Call", at(5, 10)))).event
        there = (await calendar.change(event.id, EventChange(zone="America/New_York"))).event
        assert (there.starts, f"{there.starts:%H:%M}") == (event.starts, "04:00")

    @pytest.mark.parametrize(
        "wrong",
        [
            {"starts": at(5, 10), "ends": at(5, 9)},
            {"zone": "Mars/Base"},
            {"zone": "../../etc/passwd"},
            {"zone": "Europe"},
            {"title": "  "},
            {"starts": datetime(2026, 3, 5, 10)},  # noqa: DTZ001
            {"starts": datetime(9999, 12, 31, 23, tzinfo=UTC), "ends": datetime(9999, 12, 31, 23, 30, tzinfo=UTC)},
        ],
    )
    async def test_nonsense_is_refused(self, calendar: Calendar, wrong: dict[str, Any]) -> None:
        """An end before the start, no such zone, no title, no zone, no such year: Invalid."""
        fields: dict[str, Any] = {"title": "Dentist", "starts": at(5, 10), "ends": at(5, 11), "zone": "Europe/Berlin"}
        with pytest.raises(Invalid):
            await calendar.add(NewEvent(**fields | wrong))
        event = (await calendar.add(NewEvent(**fields))).event
        with pytest.raises(Invalid):
            await calendar.change(event.id, EventChange(**wrong))
        assert await calendar.between(at(1), at(31)) == [event]

    async def test_what_is_not_there_is_not_found(self, calendar: Calendar) -> None:
        """A made-up id, an occurrence of something that doesn't repeat, a date that is none."""
        event = (await calendar.add(planned("Dentist", at(5, 10)))).event
        for missing in ("x", f"{event.id}_20260305T090000Z", f"{event.id}_20269999T999999Z", ""):
            for asking in (calendar.get(missing), calendar.cancel(missing), calendar.change(missing, EventChange())):
                with pytest.raises(NotFound):
                    await asking

    async def test_an_old_etag_is_a_conflict(self, calendar: Calendar) -> None:
        """Who read it before it changed can't write over the change."""
        event = (await calendar.add(planned("Dentist", at(5, 10)))).event
        changed = (await calendar.change(event.id, EventChange(title="Doctor"), etag=event.etag)).event
        for asking in (
            calendar.change(event.id, EventChange(title="Vet"), etag=event.etag),
            calendar.cancel(event.id, etag=event.etag),
        ):
            with pytest.raises(Conflict):
                await asking
        assert await calendar.get(event.id) == changed

    async def test_a_cancelled_event_comes_back_the_same(self, calendar: Calendar) -> None:
        """Undo gives back the event, id and all."""
        event = (await calendar.add(planned("Dentist", at(5, 10)))).event
        cancelled = await calendar.cancel(event.id)
        assert (cancelled.event, await shown(calendar)) == (event, [])
        assert await calendar.revert(cancelled.inverse) == event
        assert await calendar.get(event.id) == event

    async def test_an_undo_of_something_touched_since_is_a_conflict(self, calendar: Calendar) -> None:
        """Undo never takes away what came later, and doesn't happen twice."""
        added = await calendar.add(planned("Dentist", at(5, 10)))
        changed = await calendar.change(added.event.id, EventChange(title="Doctor"))
        with pytest.raises(Conflict):
            await calendar.revert(added.inverse)
        await calendar.revert(changed.inverse)
        with pytest.raises(Conflict):
            await calendar.revert(changed.inverse)
        assert await calendar.revert(added.inverse) is None


class TestRepeating:
    """Events that happen again."""

    async def test_the_time_on_the_wall_stays_when_the_clocks_change(self, calendar: Calendar) -> None:
        """Nine is nine before and after the change to summer time."""
        await calendar.add(planned("Stand-up", at(27, 9), HOUR / 4, recurrence="FREQ=DAILY"))
        days = await calendar.between(at(28), at(31))
        assert [f"{event.starts:%d %H:%M %z}" for event in days] == [
            "28 09:00 +0100",
            "29 09:00 +0200",
            "30 09:00 +0200",
        ]

    async def test_a_time_that_is_left_out_or_comes_twice(self, calendar: Calendar) -> None:
        """In the gap it is read with the offset before it; of two it is the first."""
        await calendar.add(planned("Night", at(27, 2, 30), HOUR, recurrence="FREQ=DAILY"))
        assert (await shown(calendar, 28, 30)) == ["Night 28 02:30", "Night 29 03:30", "Night 30 02:30"]
        october = await the(calendar, 25, month=10)
        assert f"{october.starts:%d %H:%M %z} to {october.ends:%H:%M %z}" == "25 02:30 +0200 to 02:30 +0100"

    async def test_an_occurrence_keeps_its_id(self, calendar: Calendar) -> None:
        """However it is looked for, and after it was moved."""
        await calendar.add(planned("Stand-up", at(2, 9), recurrence=WORKDAYS))
        tuesday = await the(calendar, 3)
        assert tuesday in await calendar.between(at(1), at(31))
        moved = (await calendar.change(tuesday.id, EventChange(starts=at(3, 15)))).event
        assert (moved.id, moved.series) == (tuesday.id, tuesday.series)
        assert await calendar.get(tuesday.id) == moved

    async def test_the_series_starts_when_its_rule_does(self, calendar: Calendar) -> None:
        """Every workday, told on a Sunday, is from Monday on."""
        event = (await calendar.add(planned("Stand-up", at(1, 9), recurrence=f"RRULE:{WORKDAYS};COUNT=3"))).event
        assert event.starts == at(2, 9)
        assert await shown(calendar) == ["Stand-up 02 09:00", "Stand-up 03 09:00", "Stand-up 04 09:00"]

    @pytest.mark.parametrize(
        ("rule", "days"),
        [
            ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", ["02", "16", "30"]),
            ("FREQ=DAILY;UNTIL=20260304", ["02", "03", "04"]),
            ("FREQ=DAILY;UNTIL=20260304T080000Z", ["02", "03", "04"]),
            ("FREQ=DAILY;UNTIL=20260304T075959Z", ["02", "03"]),
            ("FREQ=MONTHLY;BYDAY=1MO;COUNT=2", ["02"]),
            ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", ["31"]),
            ("FREQ=MONTHLY;BYMONTHDAY=-1", ["31"]),
            ("FREQ=YEARLY", ["02"]),
        ],
    )
    async def test_a_rule_means_its_days(self, calendar: Calendar, rule: str, days: list[str]) -> None:
        """The usual rules, and their ends, as RFC 5545 reads them."""
        await calendar.add(planned("X", at(2, 9), recurrence=rule))
        assert [f"{event.starts:%d}" for event in await calendar.between(at(1), at(31) + DAY)] == days

    @pytest.mark.parametrize(
        "rule",
        [
            "FREQ=SECONDLY",
            "FREQ=HOURLY;COUNT=3",
            "FREQ=DAILY;COUNT=1000000000",
            "FREQ=DAILY;COUNT=0",
            "FREQ=DAILY;INTERVAL=0",
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
            "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
            "FREQ=DAILY;INTERVAL=7;BYDAY=WE",
            "FREQ=DAILY;UNTIL=20250101",
            "FREQ=DAILY;UNTIL=20261399",
            "FREQ=DAILY;COUNT=3;UNTIL=20270101",
            "FREQ=DAILY;BYEASTER=0",
            "FREQ=DAILY\nRDATE:20260301",
            "FREQ=WEEKLY;BYDAY=XX",
            "FREQ=DAILY;FREQ=WEEKLY",
            "every day",
            ";",
        ],
    )
    async def test_a_rule_without_sense_or_end_is_refused(self, calendar: Calendar, rule: str) -> None:
        """What can't be read, never happens, or would keep us counting: Invalid, and at once."""
        with pytest.raises(Invalid):
            await calendar.add(planned("X", at(2, 9), recurrence=rule))
        assert await shown(calendar) == []

    async def test_one_occurrence_is_changed_alone(self, calendar: Calendar) -> None:
        """The others stay as they are; one can move out of its week, and be cancelled."""
        await calendar.add(planned("Stand-up", at(2, 9), recurrence="FREQ=WEEKLY;COUNT=4"))
        await calendar.change((await the(calendar, 9)).id, EventChange(starts=at(12, 11), title="Retro"))
        await calendar.cancel((await the(calendar, 16)).id)
        assert await shown(calendar) == ["Stand-up 02 09:00", "Retro 12 11:00", "Stand-up 23 09:00"]
        assert await shown(calendar, 9, 9) == []

    async def test_an_occurrence_moved_before_the_first_is_found(self, calendar: Calendar) -> None:
        """A span is searched by where things are, not by where they should have been."""
        series = (await calendar.add(planned("Stand-up", at(16, 9), recurrence="FREQ=WEEKLY;COUNT=2"))).event
        await calendar.change((await the(calendar, 23)).id, EventChange(starts=at(3, 9)))
        await calendar.change((await the(calendar, 16)).id, EventChange(starts=at(30, 9), ends=at(30, 12)))
        assert await shown(calendar, 1, 15) == ["Stand-up 03 09:00"]
        assert await shown(calendar, 17, 31) == ["Stand-up 30 09:00"]
        assert (await calendar.get(series.id)).starts == at(16, 9)

    async def test_the_rest_is_changed_from_one_on(self, calendar: Calendar) -> None:
        """Those before stay; exceptions after it keep what is their own and move along."""
        await calendar.add(planned("Stand-up", at(2, 9), recurrence=f"{WORKDAYS};COUNT=6"))
        await calendar.change((await the(calendar, 3)).id, EventChange(title="Early bird"))
        await calendar.change((await the(calendar, 6)).id, EventChange(starts=at(6, 12), title="Friday"))
        await calendar.cancel((await the(calendar, 9)).id)
        wednesday = await the(calendar, 4)
        rest = await calendar.change(wednesday.id, EventChange(starts=at(4, 10)), scope="following")
        assert (rest.event.starts, rest.event.series != wednesday.series) == (at(4, 10), True)
        assert await shown(calendar) == [
            "Stand-up 02 09:00",
            "Early bird 03 09:00",
            "Stand-up 04 10:00",
            "Stand-up 05 10:00",
            "Friday 06 13:00",
        ]

    async def test_all_are_changed_at_once(self, calendar: Calendar) -> None:
        """Moved by as much as the one they were told of, to other days of the week too; exceptions keep their own."""
        await calendar.add(planned("Gym", at(2, 18), recurrence="FREQ=WEEKLY;BYDAY=MO;COUNT=3"))
        await calendar.change((await the(calendar, 16)).id, EventChange(title="Swim"))
        moved = await calendar.change((await the(calendar, 9)).id, EventChange(starts=at(10, 19)), scope="all")
        assert moved.event.starts == at(10, 19)
        assert await shown(calendar) == ["Gym 03 19:00", "Gym 10 19:00", "Swim 17 19:00"]

    async def test_a_moved_occurrence_speaks_for_all(self, calendar: Calendar) -> None:
        """ "All of them at two", said of one that stands elsewhere, puts all of them at two."""
        await calendar.add(planned("Gym", at(2, 18), recurrence="FREQ=WEEKLY;COUNT=3"))
        monday = (await calendar.change((await the(calendar, 9)).id, EventChange(starts=at(9, 20)))).event
        await calendar.change(monday.id, EventChange(starts=at(9, 14)), scope="all")
        assert await shown(calendar) == ["Gym 02 14:00", "Gym 09 14:00", "Gym 16 14:00"]

    async def test_the_rest_or_all_can_be_cancelled(self, calendar: Calendar) -> None:
        """From one on, or altogether."""
        await calendar.add(planned("Gym", at(2, 18), recurrence="FREQ=WEEKLY;COUNT=4"))
        await calendar.cancel((await the(calendar, 16)).id, scope="following")
        assert await shown(calendar) == ["Gym 02 18:00", "Gym 09 18:00"]
        await calendar.cancel((await the(calendar, 9)).id, scope="all")
        assert await shown(calendar) == []

    async def test_a_rule_comes_and_goes(self, calendar: Calendar) -> None:
        """A single event can be made to repeat, a series to stop doing so; one occurrence can't do either."""
        event = (await calendar.add(planned("Gym", at(2, 18)))).event
        series = (await calendar.change(event.id, EventChange(recurrence="FREQ=DAILY;COUNT=2"))).event
        assert await shown(calendar) == ["Gym 02 18:00", "Gym 03 18:00"]
        with pytest.raises(Invalid):
            await calendar.change((await the(calendar, 3)).id, EventChange(recurrence="FREQ=WEEKLY"))
        await calendar.change(series.id, EventChange(recurrence=""))
        assert await shown(calendar) == ["Gym 02 18:00"]

    async def test_a_rule_that_would_break_is_asked_about(self, calendar: Calendar) -> None:
        """The first Monday of each month isn't moved to a Tuesday by guessing."""
        await calendar.add(planned("Board", at(2, 18), recurrence="FREQ=MONTHLY;BYDAY=1MO"))
        with pytest.raises(Invalid):
            await calendar.change((await the(calendar, 2)).id, EventChange(starts=at(3, 18)), scope="all")
        assert await shown(calendar) == ["Board 02 18:00"]

    async def test_the_undo_of_one_occurrence_leaves_the_others_alone(self, calendar: Calendar) -> None:
        """A change to Wednesday is no reason not to undo Tuesday's; a change to Tuesday is."""
        await calendar.add(planned("Stand-up", at(2, 9), recurrence=WORKDAYS))
        tuesday = await calendar.cancel((await the(calendar, 3)).id)
        wednesday = await calendar.change((await the(calendar, 4)).id, EventChange(title="Retro"))
        assert (await calendar.revert(tuesday.inverse)) == tuesday.event
        await calendar.change(wednesday.event.id, EventChange(place="Room 3"))
        with pytest.raises(Conflict):
            await calendar.revert(wednesday.inverse)
        assert await shown(calendar, 3, 4) == ["Stand-up 03 09:00", "Retro 04 09:00"]

    async def test_a_century_away_is_as_near(self, calendar: Calendar) -> None:
        """A daily event of long ago is found far ahead, and too long a span is refused."""
        await calendar.add(planned("Old", datetime(1970, 1, 1, 9, tzinfo=BERLIN), recurrence="FREQ=DAILY"))
        far = datetime(2190, 1, 1, tzinfo=BERLIN)
        assert len(await calendar.between(far, far + 7 * DAY)) == 7
        with pytest.raises(Invalid):
            await calendar.between(at(1), far)
        assert await calendar.between(datetime.min.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC) + DAY) == []
        assert await calendar.between(datetime.max.replace(tzinfo=UTC) - DAY, datetime.max.replace(tzinfo=UTC)) == []


@pytest.mark.parametrize("seed", range(2))
async def test_undoing_everything_gives_the_first_state(calendar: Calendar, seed: int) -> None:
    """Up to twenty random writes of any scope, undone in reverse order, leave exactly what was there."""
    await _undo_everything(calendar, seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 40))
async def test_undoing_everything_gives_the_first_state_again(calendar: Calendar, seed: int) -> None:
    """The same, at length."""
    await _undo_everything(calendar, seed)


async def _undo_everything(calendar: Calendar, seed: int) -> None:
    dice = random.Random(seed)
    await calendar.add(planned("Stand-up", at(2, 9), HOUR / 4, recurrence=WORKDAYS))
    await calendar.add(planned("Gym", at(3, 18), recurrence="FREQ=WEEKLY;COUNT=5"))
    await calendar.add(planned("Dentist", at(5, 10)))
    first = await calendar.between(at(1), at(1, month=6))
    inverses = [inverse for _ in range(dice.randint(1, 20)) if (inverse := await _write(calendar, dice))]
    for inverse in reversed(inverses):
        await calendar.revert(inverse)
    assert await calendar.between(at(1), at(1, month=6)) == first


async def _write(calendar: Calendar, dice: random.Random) -> dict[str, Any] | None:
    known = await calendar.between(at(1), at(30, month=4))
    if not known or dice.random() < 0.2:
        rule = dice.choice([None, "FREQ=DAILY;COUNT=9", "FREQ=WEEKLY;UNTIL=20260420", "FREQ=MONTHLY;BYDAY=2TU"])
        return (await calendar.add(planned(f"N{dice.random()}", at(dice.randint(1, 28), 13), recurrence=rule))).inverse
    event = dice.choice(known)
    name = event.id if event.series is None or dice.random() < 0.8 else event.series
    scope: Scope = dice.choice(["one", "following", "all"])
    move = dice.choice([-25, -1, 1, 3, 24, 49]) * HOUR
    change = dice.choice(
        [
            EventChange(starts=event.starts + move),
            EventChange(starts=event.starts + HOUR, ends=event.ends + 3 * HOUR),
            EventChange(title=f"T{dice.random()}", guests=("a@example.com",)),
            EventChange(all_day=True),
            EventChange(zone="America/New_York"),
            EventChange(recurrence="FREQ=WEEKLY;COUNT=4"),
        ]
    )
    try:
        if dice.random() < 0.25:
            return (await calendar.cancel(name, scope=scope)).inverse
        return (await calendar.change(name, change, scope=scope)).inverse
    except Invalid:  # a rule that can't move so: nothing was written
        return None
