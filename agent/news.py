"""What open pages and live conversations of this process hear at once, in whatever process it happened."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

from integrations.cache import Cache
from integrations.errors import Unavailable

log = logging.getLogger(__name__)

CHANNEL = "news"
EVERYTHING = (
    "calendar", "tasks", "mail", "reminders", "memory", "briefing", "digest", "suggestions", "jobs", "notifications",
)  # fmt: skip
"""All that pages show."""
BEHIND = 100
"""Pieces of news one follower may be behind; whoever is further behind is let go."""
AGAIN = 1.0
"""Seconds until a broken line is tried again."""
PATIENCE = 2.0
"""Seconds a follower waits for the line to stand."""


@dataclass(frozen=True)
class Piece:
    """One thing that happened to one person's things."""

    kind: str
    data: Mapping[str, Any]


class Follower:
    """One who listens: an open page, or a live conversation."""

    def __init__(self) -> None:
        self._waiting: asyncio.Queue[Piece | None] = asyncio.Queue()
        self.over = False
        """Nothing comes any more: it was too far behind, or we are leaving."""

    async def next(self, within: float) -> Piece | None:
        """The next piece; None when there is none in so many seconds, or it is over."""
        if self.over and self._waiting.empty():
            return None
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                return await self._waiting.get()
        return None

    def give(self, piece: Piece) -> None:
        """Never waits for it."""
        if self._waiting.qsize() >= BEHIND:
            self.end()
        elif not self.over:
            self._waiting.put_nowait(piece)

    def end(self) -> None:
        """It may go on with what it has, and then no more comes."""
        self.over = True
        self._waiting.put_nowait(None)


class News:
    """One line of a process to all others; it listens as soon as somebody follows."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._followers: dict[str, set[Follower]] = {}
        self._listening: asyncio.Task[None] | None = None
        self._stands = asyncio.Event()

    def following(self, person_id: str) -> int:
        """How many follow this person's news here."""
        return len(self._followers.get(person_id, ()))

    async def call(self, person_id: str, kind: str, **data: Any) -> None:
        """Tell every process. Who doesn't hear it finds it in the database; that nobody can be told is only logged."""
        try:
            await self._cache.publish(CHANNEL, json.dumps([person_id, kind, data]))
        except Unavailable as error:
            log.warning("news could not be called out: %s", error.say)

    @asynccontextmanager
    async def follow(self, person_id: str) -> AsyncIterator[Follower]:
        """From when the block begins; without a line to the others after a moment all the same."""
        follower = Follower()
        self._followers.setdefault(person_id, set()).add(follower)
        if self._listening is None:
            self._listening = asyncio.create_task(self._listen())
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(PATIENCE):
                    await self._stands.wait()
            yield follower
        finally:
            here = self._followers[person_id]
            here.discard(follower)
            if not here:
                del self._followers[person_id]

    async def close(self) -> None:
        """Let everybody go."""
        for followers in self._followers.values():
            for follower in followers:
                follower.end()
        if self._listening is not None:
            self._listening.cancel()
            with suppress(asyncio.CancelledError):
                await self._listening

    async def _listen(self) -> None:
        broken = False
        while True:
            try:
                async with self._cache.listen(CHANNEL) as heard:
                    self._stands.set()
                    if broken:
                        self._missed()
                    async for message in heard:
                        self._pass_on(message)
            except Unavailable as error:
                log.warning("news can't be heard: %s", error.say)
            self._stands.clear()
            broken = True
            await asyncio.sleep(AGAIN)

    def _missed(self) -> None:
        """Nobody knows what was called out meanwhile: everything may have changed."""
        for followers in self._followers.values():
            for follower in followers:
                follower.give(Piece("notification", {"ids": [], "what": EVERYTHING}))

    def _pass_on(self, message: str) -> None:
        person_id, kind, data = json.loads(message)
        for follower in self._followers.get(person_id, ()):
            follower.give(Piece(kind, data))
