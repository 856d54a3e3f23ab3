"""Saying something into a live conversation, whichever process holds it: offered, claimed at a pause, and acknowledged."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from agent.news import Follower, News
from integrations.cache import Cache
from integrations.errors import Unavailable

PRESENT = 20.0
"""Seconds for which a conversation counts as live after it last said so."""
PAUSE = 4.0
"""Seconds within which there has to be a pause to say it in."""
SPOKEN = 20.0
"""Seconds a conversation may take to say what it has claimed."""


@dataclass(frozen=True)
class Offer:
    """Something to say, while it hasn't been withdrawn."""

    key: str
    say: str


class Aloud:
    """Both ends of it: whoever has something to say, and the conversation that says it."""

    def __init__(self, cache: Cache, news: News) -> None:
        self._cache, self._news = cache, news

    async def live(self, person_id: str) -> bool:
        """Whether they are talking to us somewhere."""
        try:
            return await self._cache.get(_live(person_id)) is not None
        except Unavailable:
            return False

    async def say(self, person_id: str, key: str, say: str, *, pause: float = PAUSE, spoken: float = SPOKEN) -> bool:
        """Have it said; whether it was heard. It isn't said any more once this has answered.

        What was claimed and never acknowledged counts as not heard: it is told once too often rather than never.
        """
        try:
            async with self._news.follow(person_id) as news:
                await self._cache.put(_offer(key), "1", seconds=pause + spoken)
                await self._news.call(person_id, "offer", key=key, say=say)
                heard = await _acknowledged(news, key, pause)
                if heard is None and await self._cache.take(_offer(key)) is None:
                    heard = await _acknowledged(news, key, spoken)
                return heard or False
        except Unavailable:
            return False

    @asynccontextmanager
    async def conversing(self, person_id: str) -> AsyncIterator[AsyncIterator[Offer]]:
        """For as long as the block lasts they are talking to us; what there is to say to them comes along."""
        present = asyncio.create_task(self._present(person_id))
        try:
            yield self._offers(person_id)
        finally:
            present.cancel()
            with suppress(asyncio.CancelledError, Unavailable):
                await present
            with suppress(Unavailable):
                await self._cache.drop(_live(person_id))

    async def claim(self, offer: Offer) -> bool:
        """Whether it is ours to say: of all conversations one hears yes, and none once it was withdrawn."""
        try:
            return await self._cache.take(_offer(offer.key)) is not None
        except Unavailable:
            return False

    async def said(self, person_id: str, offer: Offer, *, heard: bool) -> None:
        """What became of it."""
        await self._news.call(person_id, "said", key=offer.key, heard=heard)

    async def _offers(self, person_id: str) -> AsyncIterator[Offer]:
        async with self._news.follow(person_id) as news:
            while not news.over:
                piece = await news.next(60.0)
                if piece and piece.kind == "offer":
                    yield Offer(piece.data["key"], piece.data["say"])

    async def _present(self, person_id: str) -> None:
        while True:
            with suppress(Unavailable):
                await self._cache.put(_live(person_id), "1", seconds=PRESENT)
            await asyncio.sleep(PRESENT / 4)


async def _acknowledged(news: Follower, key: str, within: float) -> bool | None:
    loop = asyncio.get_running_loop()
    until = loop.time() + within
    while (left := until - loop.time()) > 0:
        piece = await news.next(left)
        if piece and piece.kind == "said" and piece.data["key"] == key:
            return bool(piece.data["heard"])
        if piece is None and news.over:
            return None
    return None


def _live(person_id: str) -> str:
    return f"live:{person_id}"


def _offer(key: str) -> str:
    return f"offer:{key}"
