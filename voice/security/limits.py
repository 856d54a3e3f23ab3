"""How often is too often: counted in the cache, by all processes together; alone while the cache is away."""

import time

from integrations.cache import Cache
from integrations.errors import RateLimited, Unavailable

MINUTE = 60.0
SIGN_INS = 60
"""A minute and address."""
WRONG_SIGN_INS = 10
"""A minute and address; this one can't be switched off."""
CONNECTS = 30
"""Tickets for live conversations, a minute and person."""

_MANY = 10_000
_PAUSE = 2.0


class Limits:
    """Counters that start anew so many seconds after their first count."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._own: dict[str, tuple[float, int]] = {}
        self._alone_until = 0.0

    async def spend(self, what: str, at_most: int, *, seconds: float = MINUTE) -> None:
        """Count one more. Raises `RateLimited` beyond `at_most` in so many seconds; 0: no limit."""
        if not at_most:
            return
        count, left = await self._count(f"limit:{what}", seconds)
        if count > at_most:
            raise RateLimited(retry_after=left)

    async def _count(self, key: str, seconds: float) -> tuple[int, float]:
        if self._alone_until < time.monotonic():
            try:
                return await self._count_together(key, seconds)
            except Unavailable:
                self._alone_until = time.monotonic() + _PAUSE  # not every request shall wait for it
        return self._count_alone(key, seconds)

    async def _count_together(self, key: str, seconds: float) -> tuple[int, float]:
        count = await self._cache.count(key, seconds=seconds)
        if count == 1:
            await self._cache.put(f"{key}:until", str(time.time() + seconds), seconds=seconds)
            return count, seconds
        until = await self._cache.get(f"{key}:until")
        return count, max(1.0, float(until) - time.time()) if until else seconds

    def _count_alone(self, key: str, seconds: float) -> tuple[int, float]:
        now = time.monotonic()
        if len(self._own) > _MANY:
            self._own = {kept: window for kept, window in self._own.items() if window[0] > now}
        until, count = self._own.get(key, (0.0, 0))
        if until <= now:
            until, count = now + seconds, 0
        self._own[key] = until, count + 1
        return count + 1, until - now
