"""Of many who look at the clock one leads, and everybody gets what their hours say, on every database we run on."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from integrations.errors import ChronusError, Unavailable
from integrations.queue.nudges import Nudges
from integrations.store.database import Database, open_database
from integrations.store.leaders import Leaders, Sign
from integrations.store.owed import Debt
from integrations.store.people import People
from integrations.store.reminders import Reminder, Reminders
from jobs.scheduler import Scheduler
from tests.conftest import Places
from tests.worlds import Hands

SEVEN = datetime(2026, 3, 4, 7, 0, tzinfo=UTC)
"""A Wednesday."""


class Silent(Nudges):
    """Tells nobody, and remembers of what."""

    def __init__(self) -> None:
        super().__init__(None)
        self.told: list[str] = []

    async def send(self, ripe: object) -> None:
        self.told += [job for _, job in ripe]  # type: ignore[attr-defined]


class Clockwork:
    """A database, a clock and a watch that are turned by hand, and schedulers that go by them."""

    def __init__(self, database: Database) -> None:
        self.database, self.clock, self.nudges = database, Hands(SEVEN), Silent()
        self.passed = 0.0

    def forward(self, **by: float) -> None:
        self.clock.forward(**by)
        self.passed += timedelta(**by).total_seconds()

    def scheduler(self, name: str = "one", *, alone: bool = False) -> Scheduler:
        return Scheduler(self.database, self.clock, self.nudges, name, watch=lambda: self.passed, alone=alone)

    async def person(self, zone: str = "UTC", since: datetime = SEVEN - timedelta(hours=1), **hours: str) -> str:
        async with self.database.work() as session:
            person = await People(session).add(zone=zone, now=since)
            await People(session).change(person.id, **hours)
            return person.id

    async def owed(self, job: str) -> list[tuple[str, str]]:
        """(slot, state) of every row."""
        async with self.database.look() as session:
            rows = await session.scalars(select(Debt).where(Debt.job == job).order_by(Debt.slot))
            return [(row.slot, row.state) for row in rows]

    async def run(self, scheduler: Scheduler, ticks: int, *, minutes: int = 1) -> None:
        for _ in range(ticks):
            await scheduler.tick()
            self.forward(minutes=minutes)


@pytest.fixture
def clockwork(database: Database) -> Clockwork:
    return Clockwork(database)


async def test_a_morning_is_owed_once_and_before_its_time(clockwork: Clockwork) -> None:
    """The digest, then the briefing, both before eight; whoever looks again finds them owed."""
    await clockwork.person()
    scheduler = clockwork.scheduler()
    await clockwork.run(scheduler, 60)

    assert await clockwork.owed("email.digest") == [("2026-03-04", "waiting")]
    assert await clockwork.owed("briefing.write") == [("2026-03-04", "waiting")]
    assert [job for job in clockwork.nudges.told if job != "suggestions.make"] == ["email.digest", "briefing.write"]


async def test_down_at_eight_it_is_still_served(clockwork: Clockwork) -> None:
    """Up again at noon, the morning's briefing is owed at once, and once."""
    await clockwork.person()
    clockwork.forward(hours=5)
    await clockwork.run(clockwork.scheduler(), 2)

    assert await clockwork.owed("briefing.write") == [("2026-03-04", "waiting")]


async def test_too_late_a_note_is_kept_and_no_backlog(clockwork: Clockwork) -> None:
    """After three days off until the evening, a note says that today's was left out; tomorrow's comes as ever."""
    await clockwork.person()
    scheduler = clockwork.scheduler()
    await clockwork.run(scheduler, 60)
    clockwork.forward(days=3, hours=10)
    await clockwork.run(scheduler, 2)
    again = clockwork.scheduler("two", alone=True)
    await clockwork.run(again, 2)
    clockwork.forward(hours=14)
    await clockwork.run(again, 2)

    assert await clockwork.owed("briefing.write") == [
        ("2026-03-04", "waiting"),
        ("2026-03-07 missed", "done"),
        ("2026-03-08", "waiting"),
    ]


async def test_flying_neither_skips_nor_doubles_a_day(clockwork: Clockwork) -> None:
    """West after the day's briefing, that day has had its own; east over eight o'clock, it comes on landing."""
    west = await clockwork.person("Asia/Tokyo", briefing_at="16:10")
    east = await clockwork.person("Europe/London")
    scheduler = clockwork.scheduler()
    await clockwork.run(scheduler, 30)
    assert await clockwork.owed("briefing.write") == [("2026-03-04", "waiting")]  # Tokyo's

    async with clockwork.database.work() as session:
        await People(session).change(west, zone="America/Los_Angeles")  # 23:30 of the day before
        await People(session).change(east, zone="Europe/Berlin")  # 8:30
    await clockwork.run(scheduler, 2)
    assert await clockwork.owed("briefing.write") == [("2026-03-04", "waiting")] * 2
    await clockwork.run(scheduler, 17 * 2, minutes=30)  # past 16:10 in Los Angeles

    assert await clockwork.owed("briefing.write") == [("2026-03-04", "waiting")] * 2


async def test_a_clock_that_is_put_doubles_nothing_and_skips_nothing(clockwork: Clockwork) -> None:
    """Two hours on, two back, and two days on by mistake and back: each day has its briefing once."""
    await clockwork.person()
    scheduler = clockwork.scheduler()
    await clockwork.run(scheduler, 5)
    for by in (timedelta(hours=2), timedelta(hours=-2), timedelta(days=2), timedelta(days=-2)):
        clockwork.clock.now += by  # the watch doesn't notice
        await clockwork.run(scheduler, 2)
    await clockwork.run(scheduler, 3 * 48 + 4, minutes=30)

    slots = [slot for slot, state in await clockwork.owed("briefing.write") if state == "waiting"]
    assert slots == ["2026-03-04", "2026-03-05", "2026-03-06", "2026-03-07"]


async def test_a_frozen_leader_writes_nothing_when_it_wakes(clockwork: Clockwork) -> None:
    """Its token is old: what it had in hand is left to the one who took over."""
    await clockwork.person()
    first, second = clockwork.scheduler("first"), clockwork.scheduler("second")
    assert (await first.tick(), await second.tick()) == (True, False)
    clockwork.forward(seconds=14)
    assert not await second.tick()
    clockwork.forward(seconds=2)
    assert await second.tick()
    clockwork.forward(hours=1)  # both have a briefing to owe now; the first one wakes first

    assert not await first.tick()
    assert await clockwork.owed("briefing.write") == []
    assert await second.tick()
    assert len(await clockwork.owed("briefing.write")) == 1
    assert not await first.tick()


async def test_one_who_leaves_is_followed_at_once(clockwork: Clockwork) -> None:
    """A new version takes over without waiting for the lease."""
    first, second = clockwork.scheduler("first"), clockwork.scheduler("second")
    await first.tick()
    await second.tick()
    await first.leave()

    assert await second.tick()
    assert not await first.tick()


async def test_a_reminder_is_owed_the_second_it_is_due_and_again_when_put_off(clockwork: Clockwork) -> None:
    """Across all people, each once; one that is put off once more, one that is cancelled not at all."""
    me, you = await clockwork.person(), await clockwork.person()
    async with clockwork.database.work() as session:
        mine = await Reminders(session, me).add("tea", SEVEN + timedelta(seconds=10))
        await Reminders(session, you).add("post", SEVEN + timedelta(seconds=10))
        await Reminders(session, you).add("stamps", SEVEN + timedelta(seconds=10))
        gone = await Reminders(session, you).add("nothing", SEVEN + timedelta(seconds=10))
        await Reminders(session, you).cancel(gone.id, SEVEN)
    scheduler = clockwork.scheduler()
    counts = []
    for _ in range(15):
        await scheduler.tick()
        counts.append(len(await clockwork.owed("reminders.ring")))
        clockwork.forward(seconds=1)
    assert counts == [0] * 10 + [2] * 5

    async with clockwork.database.work() as session:
        (await Reminders(session, me).get(mine.id)).due = clockwork.clock.now + timedelta(seconds=5)
    for _ in range(8):
        await scheduler.tick()
        clockwork.forward(seconds=1)
    assert len(await clockwork.owed("reminders.ring")) == 3


async def test_a_thousand_reminders_of_one_second_are_owed_in_one_tick(clockwork: Clockwork) -> None:
    """Many people want to be called at eight."""
    people = [await clockwork.person() for _ in range(20)]
    async with clockwork.database.work() as session:
        for person in people:
            session.add_all(Reminder(person_id=person, text=f"{n}", due=SEVEN) for n in range(50))
    await clockwork.scheduler().tick()

    async with clockwork.database.look() as session:
        rows = (await session.scalars(select(Debt).where(Debt.job == "reminders.ring"))).all()
    assert {row.person_id for row in rows} == set(people)
    assert len({one for row in rows for one in row.arguments["ids"]}) == 1000


async def test_whoever_has_gone_keeps_nobody_waiting(clockwork: Clockwork) -> None:
    """Someone is deleted just before their hour; the others get theirs."""
    gone, stays = await clockwork.person(), await clockwork.person()
    scheduler = clockwork.scheduler()
    await scheduler.tick()
    async with clockwork.database.work() as session:
        await People(session).delete(gone)
    clockwork.forward(seconds=20)
    clockwork.clock.forward(seconds=1)
    clockwork.forward(hours=1)
    await scheduler.tick()

    async with clockwork.database.look() as session:
        rows = await session.scalars(select(Debt.person_id).where(Debt.job == "briefing.write"))
        assert set(rows) == {stays}


async def test_hours_that_make_no_sense_are_one_persons_own(clockwork: Clockwork) -> None:
    """A zone that tzdata has dropped, say."""
    await clockwork.person(zone="Nowhere/Land")
    await clockwork.person()
    await clockwork.run(clockwork.scheduler(), 60)

    assert len(await clockwork.owed("briefing.write")) == 1


async def test_a_leader_that_is_frozen_while_it_writes_keeps_nobody_out(places: Places) -> None:
    """PostgreSQL ends its transaction, another takes over, and what the first one wrote was never there."""
    async with (
        places("postgres") as place,
        open_database(place.url, place.data) as frozen,
        open_database(place.url, place.data) as other,
    ):
        async with frozen.work() as session:
            token = await Leaders(session, "timetable").take("frozen", SEVEN, Sign())
        assert token == 1
        async with other.look() as session:
            sign = await Leaders(session, "timetable").sign()

        async def freeze() -> None:
            async with frozen.work() as session:
                assert await Leaders(session, "timetable").hold(token, SEVEN + timedelta(seconds=1))
                await People(session).add(zone="UTC", now=SEVEN)
                taken = None
                while taken is None:  # it waits for the row, and may have to ask twice
                    with suppress(Unavailable):
                        async with other.work() as meanwhile:
                            taken = await Leaders(meanwhile, "timetable").take("other", SEVEN, sign)

        with pytest.raises(ChronusError):
            await freeze()
        async with other.look() as session:
            assert await People(session).all() == []
