"""Workers that die: test jobs for real Celery processes, which note each run and have their effect once by its key.

`celery -A tests.working worker`, or `python -m tests.working FOLDER` for the embedded shape.
"""

import asyncio
import os
import random
import signal
import sys
import threading
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from agent.opening import open_services
from agent.services import Services
from integrations.errors import Unavailable
from integrations.settings import Settings
from jobs.embedded import beside
from jobs.ledger import Patience
from jobs.run import Owed, job
from jobs.worker import worker_app

HASTY = Patience(first=timedelta(seconds=0.1), factor=1)


def noted(owed: Owed, what: str) -> Path:
    """A line that survives whatever comes next: which slot, which try, when."""
    folder = Path(owed.arguments["folder"])
    with (folder / what).open("a") as file:
        file.write(f"{owed.slot} {owed.attempt} {time.time()}\n")
    return folder


@job("test.effect")
async def effect(_: Services, owed: Owed) -> str:
    """Like a write at Google's: twice asked for by the same key it is there once."""
    folder = noted(owed, "runs")
    if owed.attempt <= owed.arguments.get("deaths", 0):
        wait = random.uniform(0, owed.arguments.get("within", 0.1))
        threading.Timer(wait, _die, [owed]).start()
    await asyncio.sleep(0.03)
    with suppress(FileExistsError):
        (folder / "effects" / owed.key).touch(exist_ok=False)
    await asyncio.sleep(0.03)
    return "Done."


def _die(owed: Owed) -> None:
    noted(owed, "deaths")
    os.kill(os.getpid(), signal.SIGKILL)


@job("test.raises")
async def raises(_: Services, owed: Owed) -> None:
    """Never works."""
    noted(owed, "runs")
    raise ZeroDivisionError("Dear Sarah")


@job("test.away")
async def away(_: Services, owed: Owed) -> None:
    """Works at the third try."""
    noted(owed, "runs")
    if owed.attempt < 3:
        raise Unavailable


@job("test.segfaults")
async def segfaults(_: Services, owed: Owed) -> None:
    """Takes its process along."""
    noted(owed, "runs")
    os.kill(os.getpid(), signal.SIGSEGV)


@job("test.hangs", limit=1)
async def hangs(_: Services, owed: Owed) -> None:
    """Waits for what never comes."""
    noted(owed, "runs")
    await asyncio.sleep(3600)


@job("test.blocks", limit=1)
async def blocks(_: Services, owed: Owed) -> None:
    """Lets nothing else happen in its process."""
    noted(owed, "runs")
    time.sleep(3600)  # noqa: ASYNC251, what it must not do


def _supervise(folder: Path) -> None:
    """Whenever it has died another takes its place, as under systemd; what it needs is loaded already, or we'd wait for that."""
    import celery.worker  # noqa: F401

    while True:
        if (child := os.fork()) == 0:
            asyncio.run(_embedded(folder))
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            sys.exit(1)


async def _embedded(folder: Path) -> None:
    settings = Settings(_env_file=None, data=folder, weights=folder / "no-weights")
    async with open_services(settings, speech=False) as services, beside(services, patience=HASTY, after=0, at_once=2):
        await asyncio.Event().wait()


if __name__ == "__main__":
    _supervise(Path(sys.argv[1]))
else:
    app = worker_app(Settings(_env_file=None), HASTY)
