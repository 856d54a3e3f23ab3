"""How much may be asked of Google in a minute, shared between a person and the work done for them in the background."""

import asyncio
import time
from collections.abc import Awaitable, Callable

GMAIL_A_MINUTE = 6000  # units for one person, in projects made since May 2026
BACKGROUND = 3600  # of which background work takes so many at most
BURST = 900  # of which it may take so many at once: both together leave a person a quarter of each minute


class Allowance:
    """One person's, to be kept for as long as the process lives. Whoever is spoken to never waits, whoever isn't does."""

    def __init__(
        self,
        *,
        a_minute: int = BACKGROUND,
        burst: int = BURST,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._rate, self._burst = a_minute / 60, float(burst)
        self._now, self._sleep = now, sleep
        self._left, self._at = self._burst, now()

    async def note(self, units: int) -> None:
        """The person's own reading: at once, and the background makes room for it."""
        self._fill()
        self._left = max(self._left - units, -self._burst)  # a debt has an end, so that the background's turn comes

    async def wait(self, units: int) -> None:
        """Background work: when there is room for it."""
        while True:
            self._fill()
            if self._left >= min(units, self._burst):
                self._left -= units
                return
            await self._sleep((min(units, self._burst) - self._left) / self._rate)

    def _fill(self) -> None:
        now = self._now()
        self._left, self._at = min(self._burst, self._left + (now - self._at) * self._rate), now
