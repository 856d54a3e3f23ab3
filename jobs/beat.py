"""`celery -A jobs.app beat`: our clock in Celery's place. It keeps no file; what it knows stands in the database."""

import asyncio
import logging
import os
import signal
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from celery.beat import Scheduler as CelerysScheduler

from agent.opening import open_services
from integrations.settings import Settings
from jobs.ledger import Ledger
from jobs.ticking import TICK, Ticking

log = logging.getLogger(__name__)

STUCK = 120.0
"""Seconds without a tick, or for the start, after which there won't be another."""


class Clock(CelerysScheduler):  # type: ignore[misc]  # celery has no types
    """Ticks on a loop of its own thread: Celery's signals come at any moment, and end it between two ticks."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="clock")
        self._ending = threading.Event()
        self._began = time.monotonic()
        self._living: Future[None] | None = None
        self._ticking: Ticking | None = None
        super().__init__(*arguments, **options)

    def setup_schedule(self) -> None:
        """Celery's own schedule stays empty."""

    def tick(self, *_: Any, **__: Any) -> float:
        """Seconds until Celery looks again whether we still tick. Raises what keeps us from it."""
        if self._living is None:
            self._living = self._thread.submit(lambda: asyncio.run(self._live()))
        if self._living.done():
            self._living.result()
        last = self._ticking.ticked if self._ticking else self._began
        if time.monotonic() - last > STUCK:
            log.error("the clock stands still; whoever started me starts me again")
            os.kill(os.getpid(), signal.SIGKILL)  # a thread that hangs can't be ended otherwise
        return TICK

    def close(self) -> None:
        """End between two ticks. Called twice where a signal comes: by its handler, and when Celery has ended."""
        self._ending.set()
        self._thread.shutdown()
        super().close()

    async def _live(self) -> None:
        async with open_services(Settings(), speech=False) as services:
            self._ticking = Ticking(services, Ledger(services.database, services.clock, services.nudges))
            await self._ticking.until(self._ending.is_set)
