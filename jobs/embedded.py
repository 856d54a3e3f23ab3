"""A real Celery worker and the timetable inside `chronus serve`, where no broker is set.

The worker's threads only wait: the work itself runs on the server's loop with the server's `Services`, as the database
file has one writer and the embedded Qdrant one owner.
"""

import asyncio
import logging
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from agent.services import Services
from integrations.errors import Unavailable
from integrations.queue.nudges import DO, connect
from jobs.ledger import Ledger, Patience
from jobs.worker import Doer

if TYPE_CHECKING:
    from celery.worker import WorkController

log = logging.getLogger(__name__)

AFTER = 1.0
"""Seconds that the server is given to get going before anything else is loaded."""
AT_ONCE = 8
"""Jobs under way side by side."""
LEAVE = 8.0
"""Seconds for the worker's threads to end."""


@asynccontextmanager
async def beside(
    services: Services, *, patience: Patience | None = None, after: float = AFTER, at_once: int = AT_ONCE
) -> AsyncIterator[None]:
    """What runs beside the server, begun once it is up and ended before its services close."""
    embedded = Embedded(services, patience, after, at_once)
    living = asyncio.create_task(embedded.live())
    living.add_done_callback(_ended)
    try:
        yield
    finally:
        living.cancel()
        await asyncio.gather(living, return_exceptions=True)
        await embedded.stop()


def _ended(living: "asyncio.Task[None]") -> None:
    if not living.cancelled() and (error := living.exception()):
        log.error("nobody looks at the clock any more: %s", type(error).__name__)  # and /health/ready says so


@asynccontextmanager
async def elsewhere(_: Services) -> AsyncIterator[None]:
    """Where there is a broker, workers and timetable are processes of their own."""
    yield


class Embedded:
    """The worker and the timetable of one server."""

    def __init__(self, services: Services, patience: Patience | None, after: float, at_once: int) -> None:
        self._services, self._after, self._at_once = services, after, at_once
        self._ledger = Ledger(services.database, services.clock, services.nudges, patience)
        self._doer = Doer(services, self._ledger, asyncio.get_running_loop())
        self._worker: WorkController | None = None
        self._thread: threading.Thread | None = None
        self._leaving = False
        self._beginning = threading.Lock()

    async def live(self) -> None:
        """Until cancelled."""
        await asyncio.sleep(self._after)
        alone = self._services.settings.database.url is None  # the database file has one process
        if alone:
            with suppress(Unavailable):  # then the leases of the dead end by themselves
                await self._ledger.release()
        await asyncio.to_thread(self._start)
        self._services.nudges.quick = self._doer.soon
        from jobs.ticking import Ticking

        ticking = Ticking(self._services, self._ledger, alone=alone)
        try:
            await ticking.until(lambda: False)
        finally:
            await ticking.leave()

    def _start(self) -> None:
        """In a thread of its own: Celery takes a while to load."""
        from celery.worker import WorkController, state

        from jobs import catalogue  # noqa: F401, fills JOBS

        app = connect(None)
        app.conf.update(worker_enable_remote_control=False)
        app.set_default()  # the worker's threads look for the task there
        app.finalize()

        @app.task(name=DO, shared=False)
        def do(one: str) -> None:
            self._doer(one)

        state.should_stop = None
        self._worker = WorkController(
            app=app,
            pool_cls="threads",
            concurrency=self._at_once,
            loglevel="WARNING",
            without_heartbeat=True,
            without_mingle=True,
            without_gossip=True,
        )
        with self._beginning:
            if self._leaving:  # while Celery was loading
                return
            self._thread = threading.Thread(target=self._worker.start, name="celery", daemon=True)
            self._thread.start()

    async def stop(self) -> None:
        """Give back what is under way, and end the threads."""
        with self._beginning:
            self._leaving = True
        self._services.nudges.quick = None
        self._doer.stop()
        if self._thread is None:
            return
        from celery.worker import state

        state.should_stop = 0  # the worker looks at it between two messages, so it gets some
        await self._services.nudges.send([("", "")] * 2)
        await asyncio.to_thread(self._thread.join, LEAVE)
        if self._thread.is_alive():
            log.warning("the worker didn't end in time")
