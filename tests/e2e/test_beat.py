"""`celery -A jobs.app beat` and a worker as processes of their own, on Redis and PostgreSQL, as on servers."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from integrations.clock import system_clock
from integrations.store.database import Database, open_database
from integrations.store.leaders import Leader
from integrations.store.owed import Debt
from integrations.store.people import People
from integrations.store.reminders import Reminders
from tests.conftest import Place, Places
from tests.servers import RedisServer

ROOT = Path(__file__).parents[2]


@contextmanager
def celery(place: Place, redis: RedisServer, what: str, *options: str) -> Iterator["subprocess.Popen[bytes]"]:
    """A worker or a beat, in a group of its own; killed at the end if it still runs."""
    settings = {
        "DATA": str(place.data), "WEIGHTS": str(place.data / "no-weights"), "ENVIRONMENT": "production",
        "SECRET_KEY": "k" * 40, "DATABASE__URL": str(place.url), "REDIS__URL": redis.url(5),
        "CELERY__BROKER_URL": redis.url(6),
    }  # fmt: skip
    log = place.data / f"{what}-{time.monotonic_ns()}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "jobs.app", what, *options],
            cwd=ROOT, stdout=out, stderr=subprocess.STDOUT, start_new_session=True,
            env=os.environ | {"PYTHONPATH": str(ROOT)} | {f"CHRONUS_{name}": value for name, value in settings.items()},
        )  # fmt: skip
    try:
        yield process
        assert process.poll() in {None, 0}, log.read_text()[-3000:]
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


async def until(condition: Callable[[], Awaitable[bool]], *, within: float = 100) -> None:
    asked = time.monotonic()
    while not await condition():
        assert time.monotonic() - asked < within, "it never came to that"
        await asyncio.sleep(0.1)


async def debt(database: Database, job: str) -> Debt | None:
    async with database.look() as session:
        found: Debt | None = await session.scalar(select(Debt).where(Debt.job == job))
        return found


async def leader(database: Database) -> Leader | None:
    async with database.look() as session:
        found: Leader | None = await session.scalar(select(Leader))
        return found


async def test_beat_owes_and_a_worker_does(places: Places, redis_server: RedisServer) -> None:
    """What the timetable owes is done by a worker, and what is due is rung; told to end, beat lets another lead at once."""
    async with places("postgres") as place, open_database(place.url, place.data) as database:
        now = system_clock()
        async with database.work() as session:
            owner = await People(session).owner("UTC", now)
            owner.created_at = now - timedelta(days=3)
            await Reminders(session, owner.id).add("tea", now - timedelta(seconds=1))
        with celery(place, redis_server, "beat") as beat, celery(place, redis_server, "worker", "--concurrency", "1"):

            async def done() -> bool:
                return (found := await debt(database, "upkeep")) is not None and found.state == "done"

            await until(done)
            assert await debt(database, "reminders.ring")
            assert (led := await leader(database)) is not None
            assert led.holder.endswith(f":{beat.pid}")

            beat.terminate()
            assert await asyncio.to_thread(beat.wait, 60) == 0
            assert (left := await leader(database)) is not None
            assert left.holder == ""
        with celery(place, redis_server, "beat") as second:

            async def followed() -> bool:
                return (led := await leader(database)) is not None and led.holder.endswith(f":{second.pid}")

            await until(followed)
            assert not list(ROOT.glob("celerybeat-schedule*"))
