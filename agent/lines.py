"""One live line a conversation, in whatever process: the newest one holds it, an older one gives way."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from agent.news import Follower, News
from integrations.cache import Cache
from integrations.errors import Unavailable

YEARS = 3e8
"""Seconds for which lines are counted on."""
PRESENT = 20.0
"""Seconds for which a line counts as live after it last said so."""
SILENT = 0.6
"""Seconds that a newer line waits until the older one says that it has fallen silent; if its process is gone nobody does."""


class Lines:
    """Which line holds a conversation stands in the cache; that a newer one has come is called out."""

    def __init__(self, cache: Cache, news: News) -> None:
        self._cache, self._news = cache, news

    @asynccontextmanager
    async def held(self, person_id: str, conversation: str) -> AsyncIterator["Held"]:
        """For as long as the block lasts this is the line, unless a newer one comes. Nobody else speaks any more."""
        async with self._news.follow(person_id) as news:
            held = Held(self._news, news, person_id, conversation, await self._next(person_id))
            key = f"line:{person_id}:{conversation}"
            older = await self._get(key)
            await self._put(key, str(held.line))
            await held.announce(int(older) if older else None)
            present = asyncio.create_task(self._present(key, held))
            try:
                yield held
            finally:
                present.cancel()
                if await self._get(key) == str(held.line):
                    with suppress(Unavailable):
                        await self._cache.drop(key)

    async def _next(self, person_id: str) -> int:
        """A number above those of all older lines; by the clock where nobody counts."""
        try:
            return await self._cache.count(f"lines:{person_id}", seconds=YEARS)
        except Unavailable:
            return time.time_ns()

    async def _get(self, key: str) -> str | None:
        try:
            return await self._cache.get(key)
        except Unavailable:
            return None

    async def _put(self, key: str, line: str) -> None:
        with suppress(Unavailable):
            await self._cache.put(key, line, seconds=PRESENT)

    async def _present(self, key: str, held: "Held") -> None:
        while True:
            await asyncio.sleep(PRESENT / 4)
            if not held.over:
                await self._put(key, str(held.line))


class Held:
    """A line that holds a conversation."""

    def __init__(self, news: News, heard: Follower, person_id: str, conversation: str, line: int) -> None:
        self._news, self._heard = news, heard
        self._person_id, self._conversation = person_id, conversation
        self.line = line
        self.over = False
        """A newer line has come."""

    async def announce(self, older: int | None) -> None:
        """Make older ones give way; one that is known gets a moment to fall silent."""
        await self._call("line")
        if older is None:
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(SILENT):
                while not self._heard.over:
                    piece = await self._heard.next(SILENT)
                    if piece and piece.kind == "silent" and piece.data["line"] == older:
                        return

    async def until_newer(self, give_way: Callable[[], Awaitable[None]]) -> None:
        """Wait for a newer line, fall silent, and say so."""
        while not self._heard.over:
            piece = await self._heard.next(PRESENT)
            if piece and piece.kind == "line" and self._newer(piece.data["conversation"], piece.data["line"]):
                self.over = True
                await give_way()
                await self._call("silent")
                return

    def _newer(self, conversation: str, line: int) -> bool:
        return conversation == self._conversation and line > self.line

    async def _call(self, kind: str) -> None:
        await self._news.call(self._person_id, kind, conversation=self._conversation, line=self.line)
