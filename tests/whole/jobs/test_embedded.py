"""Inside a server a real Celery worker takes the messages, and the server's own loop does the work."""

import asyncio
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from agent.services import Services
from integrations.store.owed import Debt, Debts
from jobs.embedded import Embedded, beside
from jobs.run import JOBS, LIMITS, Owed, job
from tests.worlds import World, open_world


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path) as world:
        yield world
    for name in [name for name in JOBS if name.startswith("test.")]:
        del JOBS[name], LIMITS[name]


async def rows(world: World) -> dict[str, Debt]:
    async with world.services.database.look() as session:
        return {debt.slot: debt for debt in await Debts(session, world.person.id).newest(50)}


async def test_the_servers_own_loop_and_services_do_the_work(world: World) -> None:
    """The database file has one writer and the embedded vectors one owner: there is no second of either."""
    seen = set()
    done = asyncio.Event()

    @job("test.seen")
    async def see(services: Services, owed: Owed) -> None:
        seen.add((id(services.database), asyncio.get_running_loop(), threading.current_thread()))
        if owed.slot == "last":
            done.set()

    async with beside(world.services, after=0), asyncio.timeout(60):
        await world.services.queue.ask("test.seen", world.person.id, slot="first")
        await world.services.queue.ask("test.seen", world.person.id, slot="last")
        await done.wait()
    assert seen == {(id(world.services.database), asyncio.get_running_loop(), threading.main_thread())}


async def test_a_slow_one_keeps_nobody_waiting_and_is_given_back_at_the_end(world: World) -> None:
    """However many have a Google that hangs, they wait alone; a server that has to go leaves the work as if it had never begun."""
    begun, done = asyncio.Event(), asyncio.Event()

    @job("test.slow")
    async def wait(*_: object) -> None:
        begun.set()
        await asyncio.sleep(3600)

    @job("test.quick")
    async def go(*_: object) -> None:
        done.set()

    async with beside(world.services, after=0, at_once=1), asyncio.timeout(60):
        for number in range(3):
            await world.services.queue.ask("test.slow", world.person.id, slot=f"slow {number}")
        await begun.wait()
        await world.services.queue.ask("test.quick", world.person.id, slot="quick")
        await done.wait()
    owed = await rows(world)
    assert [(owed[f"slow {number}"].state, owed[f"slow {number}"].attempts) for number in range(3)] == [
        ("waiting", 0)
    ] * 3
    assert not [thread for thread in threading.enumerate() if thread.name == "celery"]


async def test_who_leaves_while_celery_is_loading_leaves_no_worker_behind(world: World) -> None:
    """It would take the messages of whoever comes next in this process."""
    loading, left, loaded = threading.Event(), threading.Event(), threading.Event()

    class Loading(Embedded):
        def _start(self) -> None:
            loading.set()
            left.wait(60)
            super()._start()
            loaded.set()

    embedded = Loading(world.services, None, after=0, at_once=2)
    living = asyncio.create_task(embedded.live())
    assert await asyncio.to_thread(loading.wait, 60)
    living.cancel()
    await asyncio.wait({living})
    await embedded.stop()
    left.set()

    assert await asyncio.to_thread(loaded.wait, 60)
    assert [thread.name for thread in threading.enumerate() if thread.name == "celery"] == []
