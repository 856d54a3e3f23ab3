"""How many of the model's tokens each person may spend in a day, and how many they have spent."""

import asyncio
import logging

from integrations.cache import Cache
from integrations.clock import Clock
from integrations.errors import Unavailable
from integrations.model import Extractor, QuotaSpent, Shape

log = logging.getLogger(__name__)

A_DAY = 25 * 3600.0
"""Seconds that a day's count is kept."""


class Budget:
    """Counts in the cache, so that all processes count together. `per_day` 0: no limit, but the count is kept."""

    def __init__(self, cache: Cache, per_day: int, clock: Clock) -> None:
        self._cache = cache
        self._per_day = per_day
        self._clock = clock
        self._counting: set[asyncio.Task[None]] = set()

    async def left(self, person: str) -> bool:
        """Whether anything is left of today's share (UTC). When nobody can tell, there is."""
        if not self._per_day:
            return True
        try:
            spent = await self._cache.get(self._key(person))
        except Unavailable as error:
            log.warning("today's tokens can't be looked up: %s", error.say)
            return True
        return int(spent or 0) < self._per_day

    async def first_time_over(self, person: str) -> bool:
        """Whether this is the first time today that there is nothing left: then it is said."""
        try:
            return await self._cache.put_new(f"{self._key(person)}:told", "1", seconds=A_DAY)
        except Unavailable:
            return True

    def spent(self, person: str, tokens: int) -> None:
        """Count them, without making anybody wait."""
        task = asyncio.create_task(self._count(person, tokens))
        self._counting.add(task)
        task.add_done_callback(self._counting.discard)

    async def settle(self) -> None:
        """Wait until all that was spent is counted."""
        while self._counting:
            await asyncio.wait(self._counting)

    async def _count(self, person: str, tokens: int) -> None:
        try:
            await self._cache.count(self._key(person), seconds=A_DAY, by=tokens)
        except Unavailable as error:
            log.warning("%d tokens couldn't be counted: %s", tokens, error.say)

    def _key(self, person: str) -> str:
        return f"tokens:{person}:{self._clock().date().isoformat()}"


class Frugal:
    """Keeps the port of extractors: reads for nobody whose share of the day is spent."""

    def __init__(self, extractor: Extractor, budget: Budget) -> None:
        self._extractor = extractor
        self._budget = budget

    async def extract(self, instruction: str, material: str, shape: type[Shape], *, person: str = "") -> Shape:
        """As the port says; raises `QuotaSpent` where nothing is left."""
        if not await self._budget.left(person):
            raise QuotaSpent("Your share of thinking for today is used up.")
        return await self._extractor.extract(instruction, material, shape, person=person)
