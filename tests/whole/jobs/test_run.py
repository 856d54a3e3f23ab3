"""A job is done, tried again, refused or parked, and its row says which and why."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from agent.services import Services
from integrations.errors import NotConnected, Unavailable
from integrations.queue.nudges import Nudges
from integrations.store.owed import LEASE, TRIES, Debt, Debts
from jobs import run
from jobs.ledger import Ledger, Patience
from jobs.run import JOBS, LIMITS, Owed, do, job
from tests.worlds import World, open_world


class Sent(Nudges):
    """Messages that nobody takes."""

    def __init__(self) -> None:
        self.told: list[str] = []

    async def send(self, ripe: object) -> None:
        self.told += [one for one, _ in ripe]  # type: ignore[attr-defined]


class Engine:
    """A ledger and one worker, without a broker."""

    def __init__(self, world: World) -> None:
        self.world, self.nudges = world, Sent()
        self.ledger = Ledger(world.services.database, world.clock, self.nudges)
        self.name = f"test.{uuid4().hex}"

    async def owe(self, work: Callable[[Services, Owed], Awaitable[str | None]], limit: float = 60) -> str:
        job(self.name, limit=limit)(work)
        assert await self.world.services.queue.ask(self.name, self.world.person.id, slot="slot")
        return (await self.row()).id

    async def row(self) -> Debt:
        async with self.world.services.database.look() as session:
            (debt,) = await Debts(session, self.world.person.id).newest(2)
        return debt

    async def work(self, one: str) -> Debt:
        """One message about it."""
        await do(self.world.services, self.ledger, one, "worker")
        return await self.row()


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[Engine]:
    async with open_world(tmp_path) as world:
        yield Engine(world)


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    """Jobs of tests don't stay."""
    yield
    for name in [name for name in JOBS if name.startswith("test.")]:
        del JOBS[name], LIMITS[name]


async def test_a_job_is_done_once_however_often_its_message_comes(engine: Engine) -> None:
    """What is over is not done again."""
    done = []

    async def work(_: Services, owed: Owed) -> str:
        done.append(owed.key)
        return "Two mails matter."

    one = await engine.owe(work)
    row = await engine.work(one)
    assert (row.state, row.say, row.attempts) == ("done", "Two mails matter.", 1)
    await engine.work(one)
    assert done == [f"{engine.name}:{engine.world.person.id}:slot"]


async def test_what_is_away_is_asked_again_later_and_parked_in_the_end(engine: Engine) -> None:
    """At most five tries, each after a longer pause at most; the reason stands in the row."""
    tries = []

    async def work(_: Services, owed: Owed) -> None:
        tries.append(owed.attempt)
        raise Unavailable("Google isn't answering.")

    one = await engine.owe(work)
    for attempt in range(1, TRIES):
        row = await engine.work(one)
        assert (row.state, row.say, row.attempts) == ("waiting", "Google isn't answering.", attempt)
        assert row.next_at <= engine.world.clock() + timedelta(seconds=30 * 4 ** (attempt - 1))
        engine.world.clock.forward(hours=1)
    row = await engine.work(one)
    assert (row.state, row.say, tries) == ("parked", "Google isn't answering.", [1, 2, 3, 4, 5])


async def test_a_refusal_is_no_reason_to_ask_again(engine: Engine) -> None:
    """Whoever isn't connected won't be in a minute."""

    async def work(*_: object) -> None:
        raise NotConnected

    row = await engine.work(await engine.owe(work))
    assert (row.state, row.say) == ("failed", NotConnected.say)


async def test_a_mistake_of_ours_tells_its_kind_and_nothing_private(engine: Engine) -> None:
    """What an exception says may quote a person's mail; it is tried again, as it may have been bad luck."""

    async def work(*_: object) -> None:
        raise ZeroDivisionError("Dear Sarah")

    row = await engine.work(await engine.owe(work))
    assert row.state == "waiting"
    assert row.say.startswith("ZeroDivisionError at test_run.py:")
    assert "Sarah" not in row.say


async def test_what_hangs_is_broken_off(engine: Engine) -> None:
    """A job has a limit; who exceeds it is tried again like one that failed."""

    async def work(*_: object) -> None:
        await asyncio.sleep(3600)

    row = await engine.work(await engine.owe(work, limit=0.05))
    assert (row.state, row.say) == ("waiting", "It took too long.")


async def test_who_has_to_go_leaves_the_work_to_others(engine: Engine) -> None:
    """Stopped in the midst, it waits for the next worker, and no try is counted."""
    begun = asyncio.Event()

    async def work(*_: object) -> None:
        begun.set()
        await asyncio.sleep(3600)

    one = await engine.owe(work)
    doing = asyncio.create_task(engine.work(one))
    await begun.wait()
    doing.cancel()
    await asyncio.wait({doing})
    row = await engine.row()
    assert (row.state, row.attempts, row.next_at) == ("waiting", 0, engine.world.clock())


async def test_whose_work_went_to_another_stops(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that slept past its lease neither goes on nor ends what isn't its own any more."""
    monkeypatch.setattr(run, "BEAT", 0.02)
    begun, stopped = asyncio.Event(), asyncio.Event()

    async def work(*_: object) -> None:
        begun.set()
        try:
            await asyncio.sleep(3600)
        finally:
            stopped.set()

    one = await engine.owe(work)
    doing = asyncio.create_task(engine.work(one))
    await begun.wait()
    async with asyncio.timeout(20):
        while True:  # a sign of life may come between
            engine.world.clock.forward(seconds=LEASE.total_seconds() + 1)
            if (claim := await engine.ledger.take(one, "another")) is not None:
                break
        await stopped.wait()
        await doing
    await engine.ledger.done(claim, "By another.")
    row = await engine.row()
    assert (row.state, row.say, row.holder) == ("done", "By another.", "another")


async def test_a_lost_message_is_sent_again(engine: Engine) -> None:
    """The look at the ledger tells of what is ripe, once until nobody has taken it for a while."""

    async def work(*_: object) -> None: ...

    one = await engine.owe(work)
    await engine.ledger.look_after()
    assert engine.nudges.told == []  # whoever asked has told a worker
    for times in (1, 2):
        engine.world.clock.forward(seconds=11)
        for _ in range(2):
            await engine.ledger.look_after()
        assert engine.nudges.told == [one] * times
    await engine.work(one)
    engine.world.clock.forward(seconds=60)
    await engine.ledger.look_after()
    assert engine.nudges.told == [one, one]


async def test_a_job_that_kills_whoever_does_it_is_parked(engine: Engine) -> None:
    """Five workers are enough."""

    async def work(*_: object) -> None: ...

    one = await engine.owe(work)
    for _ in range(TRIES):
        assert await engine.ledger.take(one, "soon dead")
        engine.world.clock.forward(seconds=16)
    await engine.ledger.look_after()
    row = await engine.row()
    assert (row.state, row.say, engine.nudges.told) == ("parked", "Whoever worked on it died, 5 times.", [])


def test_pauses_are_spread_and_bounded() -> None:
    """Full jitter: many who failed together don't come back together; what the other side asked for is respected."""
    random.seed(1)
    pauses = [Patience().pause(3).total_seconds() for _ in range(1000)]
    assert min(pauses) < 24
    assert 456 < max(pauses) <= 480
    assert max(Patience().pause(20) for _ in range(100)) <= timedelta(hours=1)
    assert Patience().pause(1, at_least=90) >= timedelta(seconds=90)
