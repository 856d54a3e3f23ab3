"""What happens every second, in the one process that looks at the clock."""

import asyncio
import logging
import os
import socket
import time
from collections.abc import Callable
from contextlib import suppress

from agent.services import Services
from integrations.errors import ChronusError
from jobs.ledger import Ledger
from jobs.scheduler import Scheduler
from jobs.sync import owe_copies

log = logging.getLogger(__name__)

TICK = 1.0
"""Seconds."""
COPIES = 5
"""Every so many ticks the copies are looked through for what is old."""


class Ticking:
    """The timetable, due reminders, old copies, and the reconciler: what nobody has taken is told to workers again."""

    def __init__(self, services: Services, ledger: Ledger, *, alone: bool = False) -> None:
        """`alone`: this is the only process there is."""
        self._services, self._ledger = services, ledger
        holder = f"{socket.gethostname()[:60]}:{os.getpid()}"
        self._scheduler = Scheduler(services.database, services.clock, services.nudges, holder, alone=alone)
        self._ticks = 0
        self.ticked = time.monotonic()
        """When the last tick ended."""

    async def tick(self) -> None:
        """Once; where we don't lead, only to see whether we should. What goes wrong is told and done at the next."""
        try:
            if await self._scheduler.tick():
                await self._ledger.look_after()
                if self._ticks % COPIES == 0:
                    await owe_copies(self._services)
                self._ticks += 1
        except ChronusError as error:
            log.warning("the clock could not be looked at: %s", error.code)
        self.ticked = time.monotonic()

    async def until(self, ended: Callable[[], bool]) -> None:
        """Tick until it is said that we are to end."""
        while not ended():
            await self.tick()
            await asyncio.sleep(TICK)
        await self.leave()

    async def leave(self) -> None:
        """Somebody else may lead at once."""
        with suppress(ChronusError):
            await self._scheduler.leave()
