"""Workers in processes of their own, over a real broker or none, and the ledger as a test sees it."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from integrations.clock import system_clock
from integrations.queue.nudges import Nudges
from integrations.queue.owed import OwedQueue
from integrations.store.database import Database, open_database
from integrations.store.owed import Debt, OwedWork
from integrations.store.people import People
from jobs.ledger import Ledger
from tests.conftest import Place

ROOT = Path(__file__).parents[1]


class Fleet:
    """What is owed and what the workers noted; `wait` until something is so."""

    def __init__(self, place: Place, database: Database, owner: str, broker: str | None) -> None:
        self.place, self.database, self.owner, self.broker = place, database, owner, broker
        self.nudges = Nudges(broker or "memory://nobody/")
        self.ledger = Ledger(database, system_clock, self.nudges)
        self.queue = OwedQueue(database, system_clock, self.nudges)
        self.folder = place.data / "noted"
        (self.folder / "effects").mkdir(parents=True)
        self.processes: list[subprocess.Popen[bytes]] = []

    async def owe(self, job: str, slot: str, **arguments: Any) -> None:
        """To the one person there is."""
        await self.queue.ask(job, self.owner, slot=slot, arguments={"folder": str(self.folder), **arguments})

    async def owe_by_and_by(self, slots: int, *, ahead: int = 6, within: float) -> None:
        """So many that die at their first try, never more than a few at a time: nobody waits for the others' deaths."""
        until = time.monotonic() + within
        for number in range(slots):
            while (counts := await self.counts()).get("waiting", 0) + counts.get("running", 0) >= ahead:
                assert time.monotonic() < until, f"{counts}\n{self.told()}"
                await asyncio.sleep(0.1)
            await self.owe("test.effect", str(number), deaths=1)

    def worker(self) -> "subprocess.Popen[bytes]":
        """A Celery worker, or the embedded one where there is no broker."""
        if self.broker:
            return self.celery("tests.working", "worker", "--concurrency", "2")
        return self._start("tests.working", str(self.place.data))

    def celery(self, app: str, *command: str) -> "subprocess.Popen[bytes]":
        """A Celery process."""
        return self._start("celery", "-A", app, *command, "--loglevel", "error")

    def _start(self, *command: str) -> "subprocess.Popen[bytes]":
        data = self.place.data
        environment = {
            "CHRONUS_DATA": str(data), "CHRONUS_WEIGHTS": str(data / "no-weights"), "CHRONUS_ENVIRONMENT": "production",
            "CHRONUS_SECRET_KEY": "k" * 40, "CHRONUS_DATABASE__URL": self.place.url or "",
            "CHRONUS_CELERY__BROKER_URL": self.broker or "",
        }  # fmt: skip
        with (data / f"worker-{len(self.processes):03}.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", *command], cwd=ROOT, stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
                env={name: value for name, value in (os.environ | environment).items() if value},
            )  # fmt: skip
        self.processes.append(process)
        return process

    def kill(self, process: "subprocess.Popen[bytes]") -> None:
        """With all its children, as when a machine goes away."""
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def lines(self, what: str) -> list[tuple[str, int, float]]:
        """What workers noted: slot, try, when."""
        file = self.folder / what
        found = [line.split() for line in file.read_text().splitlines()] if file.exists() else []
        return [(slot, int(attempt), float(at)) for slot, attempt, at in found]

    async def all(self) -> dict[str, Debt]:
        """Each row by its slot; not those of the timetable, whose hour may come while a test runs."""
        async with self.database.look() as session:
            found = await OwedWork(session).all(limit=10_000)
        return {debt.slot: debt for debt in found if "wanted" not in debt.arguments}

    async def counts(self) -> dict[str, int]:
        """Of rows in each state."""
        async with self.database.look() as session:
            return await OwedWork(session).counts()

    async def over(self, *, within: float) -> dict[str, Debt]:
        """When nothing waits or runs any more."""
        until = time.monotonic() + within
        while (counts := await self.counts()).get("waiting", 0) + counts.get("running", 0):
            assert time.monotonic() < until, f"{counts}\n{self.told()}"
            await asyncio.sleep(0.25)
        return await self.all()

    def recoveries(self) -> list[float]:
        """Seconds from each death to the next run of what died, shortest first."""
        runs = {(slot, attempt): at for slot, attempt, at in self.lines("runs")}
        deaths = self.lines("deaths")
        return sorted(runs[slot, attempt + 1] - at for slot, attempt, at in deaths if (slot, attempt + 1) in runs)

    def told(self) -> str:
        """The ends of the workers' logs."""
        return "\n".join(log.read_text()[-1500:] for log in sorted(self.place.data.glob("worker-*.log"))[-2:])


@asynccontextmanager
async def open_fleet(place: Place, broker: str | None, *, led: bool = True) -> AsyncIterator[Fleet]:
    """No worker yet. Over a broker the ledger is looked after from here, as by whoever leads; not `led`: not so."""
    async with open_database(place.url, place.data) as database:
        async with database.work() as session:
            owner = await People(session).owner("UTC", system_clock())
        fleet = Fleet(place, database, owner.id, broker)
        looking = asyncio.create_task(_look(fleet)) if broker and led else None
        try:
            yield fleet
        finally:
            if looking:
                looking.cancel()
                await asyncio.gather(looking, return_exceptions=True)
            for process in fleet.processes:
                if process.poll() is None:
                    fleet.kill(process)


async def _look(fleet: Fleet) -> None:
    while True:
        await fleet.ledger.look_after()  # never raises for a broker that is away
        await asyncio.sleep(1)
