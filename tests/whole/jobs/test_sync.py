"""Copies are looked at by workers, one row a person and kind; what is not needed any more goes."""

from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from agent.syncing import Copy
from integrations.queue.nudges import Nudges
from integrations.store.intents import Intents
from integrations.store.mirrors import Kind, Mirrors, Progress
from integrations.store.notices import Notices
from integrations.store.owed import Debt, Debts
from integrations.store.sessions import SignIns
from jobs import catalogue
from jobs.ledger import Ledger
from jobs.run import JOBS, do
from jobs.sync import owe_copies
from tests.worlds import World, open_world

ROOT = Path(__file__).parents[3]


class Read:
    """A copy that notes what was asked of it."""

    def __init__(self, world: World, kind: Kind) -> None:
        self.kind: Kind = kind
        self.world, self.reads, self.settled = world, 0, 0

    async def sync(self, progress: Progress) -> None:
        self.reads += 1
        async with self.world.services.database.work() as session:
            mirrors = Mirrors(session, self.world.person.id)
            await mirrors.worked(await mirrors.of(self.kind), self.world.clock())

    async def settle(self) -> None:
        self.settled += 1


class Rounds:
    """One person's copies, owed by whoever leads and looked at by a worker."""

    def __init__(self, world: World) -> None:
        kinds: tuple[Kind, ...] = ("calendar", "tasks", "mail")
        self.world, self.copies = world, {kind: Read(world, kind) for kind in kinds}
        self.ledger = Ledger(world.services.database, world.clock, Nudges(None))

        async def people() -> Sequence[str]:
            return [world.person.id]

        async def copies(_: str) -> Sequence[Copy]:
            return list(self.copies.values())

        syncing = world.services.syncing
        syncing._people, syncing._copies, syncing._known = people, copies, None

    async def rows(self) -> Sequence[Debt]:
        async with self.world.services.database.look() as session:
            return await Debts(session, self.world.person.id).newest(10)

    async def round(self) -> list[int]:
        await owe_copies(self.world.services)
        for row in await self.rows():
            await do(self.world.services, self.ledger, row.id, "worker")
        return [copy.reads for copy in self.copies.values()]


@pytest.fixture
async def rounds(tmp_path: Path) -> AsyncIterator[Rounds]:
    async with open_world(tmp_path) as world:
        yield Rounds(world)


async def test_copies_are_looked_at_when_they_are_old_and_leave_one_row_each(rounds: Rounds) -> None:
    """Every five minutes, every thirty seconds while their person is about; a year of it makes no more rows."""
    assert await rounds.round() == [1, 1, 1]
    rounds.world.clock.forward(minutes=4)
    assert await rounds.round() == [1, 1, 1]
    rounds.world.clock.forward(minutes=2)
    assert await rounds.round() == [2, 2, 2]
    await rounds.world.services.syncing.about(rounds.world.person.id)
    rounds.world.clock.forward(seconds=31)
    assert await rounds.round() == [3, 3, 3]
    assert sorted((row.job, row.state) for row in await rounds.rows()) == [
        ("calendar.sync", "done"), ("mail.sync", "done"), ("tasks.sync", "done"),
    ]  # fmt: skip


async def test_what_waits_to_be_sent_is_sent_without_reading_everything(rounds: Rounds) -> None:
    """A mail in the outbox doesn't wait for the next round."""
    await rounds.round()
    async with rounds.world.services.database.work() as session:
        intents = Intents(session, rounds.world.person.id)
        await intents.begin("a-key", "mail", "send", {}, rounds.world.clock())
        await intents.settle("a-key", "queued")
    rounds.world.clock.forward(seconds=6)
    assert await rounds.round() == [1, 1, 1]
    assert rounds.copies["mail"].settled == 2


async def test_upkeep_throws_away_what_is_over(rounds: Rounds) -> None:
    """Expired sign-ins, old jobs, told notices and what was told of days long past go; what still counts stays."""
    world, me = rounds.world, rounds.world.person.id
    await rounds.round()
    async with world.services.database.work() as session:
        sign_ins, notices = SignIns(session), Notices(session, me)
        await sign_ins.start(me, "old", world.clock(), world.clock() + timedelta(days=1))
        await sign_ins.start(me, "new", world.clock(), world.clock() + timedelta(days=90))
        await notices.add("told", "Told.", world.clock())
        await notices.take(world.clock())
        await notices.add("untold", "Untold.", world.clock())
    world.clock.forward(days=40)
    await world.services.queue.ask("upkeep", me, slot="today")
    row = (await rounds.rows())[0]
    await do(world.services, rounds.ledger, row.id, "worker")
    (left,) = await rounds.rows()
    assert (left.state, left.say) == (
        "done",
        "Gone: 1 expired sign-ins, 3 old jobs, 1 old notices, 0 other old things.",
    )
    async with world.services.database.work() as session:
        assert await SignIns(session).by_hash("new")
        assert [notice.say for notice in await Notices(session, me).take(world.clock())] == ["Untold."]


def test_every_family_stands_in_the_catalogue() -> None:
    """A worker knows each job that is written."""
    written = {path.stem for path in (ROOT / "jobs").glob("*.py") if "from jobs.run import" in path.read_text()}
    written = {name for name in written if "job(" in (ROOT / "jobs" / f"{name}.py").read_text()}
    assert written == set(catalogue.__all__)
    assert {"calendar.sync", "tasks.sync", "mail.sync", "upkeep"} <= JOBS.keys()


def test_nothing_is_put_off_by_celery() -> None:
    """No ETA and no countdown: brokers do such messages twice; when something is due stands in the ledger."""
    for path in [*(ROOT / "jobs").glob("*.py"), *(ROOT / "integrations" / "queue").glob("*.py")]:
        assert "eta=" not in path.read_text()
        assert "countdown=" not in path.read_text()
