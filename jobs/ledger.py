"""What is owed, and what becomes of it: who took it, when it is tried again, and when it is given up."""

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from integrations.clock import Clock
from integrations.queue.nudges import Nudges
from integrations.store.database import Database
from integrations.store.owed import TRIES, Claim, OwedWork

BEAT = 3.0
"""Seconds between two signs of life; the lease lasts four of them."""
AT_ONCE = 500
"""How many workers are told of at one look; reminders come a thousand a minute."""


@dataclass(frozen=True)
class Patience:
    """How long to wait before the next try: anything from nothing up to a bound that grows with each."""

    first: timedelta = timedelta(seconds=30)
    factor: float = 4
    longest: timedelta = timedelta(hours=1)

    def pause(self, attempt: int, at_least: float | None = None) -> timedelta:
        """After the first try, the second...; `at_least`: seconds that the other side asked for."""
        bound = min(self.first * self.factor ** (attempt - 1), self.longest)
        return bound * random.random() + timedelta(seconds=at_least or 0)


class Ledger:
    """The truth about what is owed; brokers only carry news of it."""

    def __init__(self, database: Database, clock: Clock, nudges: Nudges, patience: Patience | None = None) -> None:
        self._database, self._clock, self._nudges = database, clock, nudges
        self._patience = patience or Patience()

    async def look_after(self) -> None:
        """Once a second: give up what can't be done, and tell workers of what is ripe, also of what the dead left behind."""
        now = self._clock()
        async with self._database.look() as session:
            work = OwedWork(session)
            ripe, dead = await work.ripe(now, AT_ONCE), await work.has_dead(now)
        if not (ripe or dead):
            return
        async with self._database.work() as session:
            work = OwedWork(session)
            await work.give_up(now)
            await work.nudged([one for one, _ in ripe], now)
        await self._nudges.send(ripe)

    async def release(self) -> None:
        """At the start of the only process there is: nobody else has anything in hand."""
        async with self._work() as work:
            await work.release(self._clock())

    async def take(self, one: str, holder: str) -> Claim | None:
        """None when it is over, not ripe, or in somebody's hands: a message may come twice, or late."""
        async with self._work() as work:
            return await work.take(one, holder, self._clock())

    async def beat(self, claim: Claim) -> bool:
        """Still at it; False: somebody else has taken it over."""
        async with self._work() as work:
            return await work.beat(claim, self._clock())

    async def done(self, claim: Claim, say: str) -> None:
        """It is over."""
        async with self._work() as work:
            await work.finish(claim, self._clock(), say)

    async def refused(self, claim: Claim, say: str) -> None:
        """It is not to be done, and asking again won't help."""
        async with self._work() as work:
            await work.finish(claim, self._clock(), say, "failed")

    async def failed(self, claim: Claim, say: str, *, at_least: float | None = None) -> None:
        """Once more after a while, or never: then it is parked with the reason."""
        now = self._clock()
        async with self._work() as work:
            if claim.attempt >= TRIES:
                await work.finish(claim, now, say, "parked")
            else:
                await work.again(claim, now + self._patience.pause(claim.attempt, at_least), say)

    async def give_back(self, claim: Claim) -> None:
        """We have to go; somebody else may take it at once."""
        async with self._work() as work:
            await work.give_back(claim, self._clock())

    @property
    def now(self) -> datetime:
        """By the clock the ledger goes by."""
        return self._clock()

    @asynccontextmanager
    async def _work(self) -> AsyncIterator[OwedWork]:
        async with self._database.work() as session:
            yield OwedWork(session)
