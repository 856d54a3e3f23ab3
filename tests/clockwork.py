"""A scheduler as a process of its own, on a clock that runs fast, to be stopped and killed by tests.

    python -m tests.clockwork NAME DATA URL|- NOTES FACTOR TICK LEASE

NOTES is a folder: `ticks` there grows by a byte with each tick, `told` by a line for each message to a worker, `led` by a line
for each tick that led (name, and the scheduler's clock before and after). FACTOR 0: the system's own clock, as it is.
"""

import asyncio
import sys
import time
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from integrations.clock import system_clock
from integrations.errors import ChronusError
from integrations.queue.nudges import Nudges
from integrations.store.database import open_database
from jobs.scheduler import Scheduler
from jobs.timetable import DAY, Entry

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
TABLE = [Entry(job="test.daily", times=lambda _: [timedelta()], spread=DAY, late=DAY)]
"""Each person at a second of the day of their own."""


class Noting(Nudges):
    """Writes messages into a file that all processes share."""

    def __init__(self, notes: Path) -> None:
        super().__init__(None)
        self._notes = notes

    async def send(self, ripe: Iterable[tuple[str, str]]) -> None:
        append(self._notes / "told", "".join(f"{one}\n" for one, _ in ripe))


def append(path: Path, words: str) -> None:
    """In one step, whoever else appends."""
    with path.open("a") as file:
        file.write(words)


async def run(name: str, data: Path, url: str | None, notes: Path, factor: float, tick: float, lease: float) -> None:
    """Tick until killed. A second of this machine is `factor` seconds of the scheduler's clock and watch."""
    began = float((notes / "began").read_text())

    def watch() -> float:
        return (time.monotonic() - began) * factor

    def clock() -> datetime:
        return BEGAN + timedelta(seconds=watch()) if factor else system_clock()

    async with open_database(url, data) as database:
        scheduler = Scheduler(
            database, clock, Noting(notes), name, table=TABLE,
            lease=timedelta(seconds=lease * (factor or 1)), watch=watch if factor else time.monotonic,
        )  # fmt: skip
        while True:
            before = clock()
            try:
                if await scheduler.tick():
                    append(notes / "led", f"{name} {before.timestamp()} {clock().timestamp()}\n")
                append(notes / "ticks", ".")
            except ChronusError:
                pass  # the next tick does it
            await asyncio.sleep(tick)


if __name__ == "__main__":
    name, data, url, notes, *numbers = sys.argv[1:]
    asyncio.run(run(name, Path(data), None if url == "-" else url, Path(notes), *map(float, numbers)))
