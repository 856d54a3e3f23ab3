"""The vectors of memories: written after their rows are kept, asked with little patience, healed from the rows."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager

from agent.shelf import Shelves
from integrations.embedding import Embedding
from integrations.errors import ChronusError, Unavailable
from integrations.store.memories import Memories, Memory
from integrations.vectors import Near, Vectors

log = logging.getLogger(__name__)

PATIENCE = 0.3  # seconds a turn may wait for vectors; after that the words alone decide
FORGETTING = 8.0  # seconds; being certain is worth some more, and the first search opens the index
AT_ONCE = 32
SIZE = 384
SETTLE = 0.05  # seconds; memories that come together are indexed together

SCOURING = (0.0, 0.1, 0.5, 2.0, 5.0, 15.0, 60.0)
"""Seconds before each try: it takes a moment in which nobody reads the database."""

OpenRows = Callable[[], AbstractAsyncContextManager[Memories]]
"""Opens one person's memories in a transaction of their own that is kept when the block ends well."""


class MemoryIndex:
    """Lives as long as the process. The rows are the truth: whatever is lost here is made again from them.

    `embedding` is None where no model is at hand; then every question is `Unavailable` and recall goes by words.
    """

    def __init__(self, embedding: Embedding | None, vectors: Vectors) -> None:
        self._embedding = embedding
        self._vectors = vectors
        self.shelves = Shelves()
        self._under_way: dict[str, asyncio.Task[None]] = {}
        self._wanted: set[str] = set()
        self._scouring: set[asyncio.Task[None]] = set()

    async def near(self, person_id: str, about: str, *, first: int, patience: float | None = None) -> list[Near]:
        """The nearest in meaning, within `patience` seconds or not at all. Raises `Unavailable`."""
        if self._embedding is None:
            raise Unavailable("I have no model to search my memory by meaning.")
        try:
            async with asyncio.timeout(PATIENCE if patience is None else patience):
                [vector] = await self._embedding.embed([about])
                return await self._vectors.near(person_id, vector, first=first)
        except TimeoutError as error:
            raise Unavailable("My memory search isn't awake yet.") from error

    async def ping(self) -> None:
        """Whether the vectors can be reached. Raises `Unavailable`."""
        await self._vectors.count("nobody")

    @property
    def awake(self) -> bool:
        """Whether meaning can be compared without waiting for the model to be loaded."""
        return self._embedding is not None and self._embedding.ready

    async def wake(self) -> None:
        """Have the model loaded and the vectors open before a turn needs them. Raises `Unavailable`."""
        if self._embedding is not None:
            await asyncio.gather(self._embedding.embed(["ready"]), self.ping())

    async def forget(self, person_id: str, ids: list[str]) -> bool:
        """Take these out now, then look through all that is left; whether none of them is. Raises `Unavailable`."""
        try:
            async with asyncio.timeout(FORGETTING):
                await self._vectors.drop(person_id, ids)
                return not await self._there(person_id) & set(ids)
        except TimeoutError as error:
            raise Unavailable("My memory search isn't answering right now.") from error

    async def leave(self, person_id: str) -> None:
        """Everything of this person's goes; there is nobody any more to whom it could belong. Raises `Unavailable`."""
        if (under_way := self._under_way.get(person_id)) is not None:
            under_way.cancel()
        async with asyncio.timeout(FORGETTING):
            await self._vectors.forget(person_id)

    def soon(self, person_id: str, rows: OpenRows) -> None:
        """Catch up in the background; asked again meanwhile, it looks once more when it is done."""
        if self._embedding is None:
            return
        self._wanted.add(person_id)
        if person_id not in self._under_way:
            task = asyncio.create_task(self._until_caught_up(person_id, rows))
            self._under_way[person_id] = task
            task.add_done_callback(lambda _: self._under_way.pop(person_id, None))

    def scour_soon(self, files: Callable[[], Awaitable[bool]]) -> None:
        """In the background, leave nothing of what was forgotten in our files, the vectors' and those that `files` looks after."""
        task = asyncio.create_task(self._scour(files))
        self._scouring.add(task)
        task.add_done_callback(self._scouring.discard)

    async def _scour(self, files: Callable[[], Awaitable[bool]]) -> None:
        for pause in SCOURING:
            await asyncio.sleep(pause)
            try:
                await self._vectors.scour()
                if await files():
                    return
            except ChronusError as error:
                log.warning("what was forgotten isn't out of the files yet: %s", error.say)
        log.error("what was forgotten may still stand in a file that somebody reads all the time")

    async def close(self) -> None:
        """Stop what is under way; what is not indexed yet stays marked so in its row."""
        tasks = [*self._under_way.values(), *self._scouring]  # SQLite empties its log itself when it is closed
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def catch_up(self, person_id: str, rows: OpenRows) -> int:
        """Index what is new, changed or lost, drop what is gone; how many were written. Raises `Unavailable`.

        No transaction is open while the model computes.
        """
        await self._tally(person_id, rows)
        written = 0
        while late := await self._late(rows):
            await self._write(person_id, late)
            settled = await self._mark(person_id, late, rows)
            written += settled
            if not settled:
                break  # they keep changing under us; the next round will have them
        return written

    async def rebuild(self, person_id: str, rows: OpenRows) -> int:
        """Make all of a person's vectors anew; how many. Raises `Unavailable`."""
        if self._embedding is None:
            raise Unavailable("I have no model to search my memory by meaning.")
        await self._keep_only(person_id, set())
        async with rows() as memories:
            for memory in await memories.all():
                await memories.change(memory.id, embedded=False)
        return await self.catch_up(person_id, rows)

    async def _until_caught_up(self, person_id: str, rows: OpenRows) -> None:
        while person_id in self._wanted:
            await asyncio.sleep(SETTLE)
            self._wanted.discard(person_id)
            try:
                await self.catch_up(person_id, rows)
            except ChronusError as error:
                # Nothing is lost: the rows say that they are not indexed, and the next time takes them along.
                log.warning("memories not indexed yet: %s", error.say)

    async def _late(self, rows: OpenRows) -> list[Memory]:
        async with rows() as memories:
            return list(await memories.unembedded(AT_ONCE))

    async def _write(self, person_id: str, late: list[Memory]) -> None:
        if self._embedding is None:
            raise Unavailable("I have no model to search my memory by meaning.")
        vectors = await self._embedding.embed([memory.text for memory in late])
        for memory, vector in zip(late, vectors, strict=True):
            await self._vectors.put(person_id, memory.id, vector, {"type": memory.type, "category": memory.category})

    async def _mark(self, person_id: str, late: list[Memory], rows: OpenRows) -> int:
        """Mark those that are still as they were when we read them; a vector of one that has gone goes too."""
        read = {memory.id: memory.text for memory in late}
        async with rows() as memories:
            now = await memories.named(list(read))
            same = [memory.id for memory in now if memory.text == read[memory.id]]
            for one in same:
                await memories.change(one, embedded=True)
        gone = [one for one in read if one not in {memory.id for memory in now}]
        await self._vectors.drop(person_id, gone)
        return len(same) + len(gone)

    async def _tally(self, person_id: str, rows: OpenRows) -> None:
        """Where vectors and rows don't agree (a lost index, a forgetting it missed) the rows are right."""
        async with rows() as memories:
            wanted = {memory.id for memory in await memories.all() if memory.embedded}
        if await self._vectors.count(person_id) == len(wanted):
            return
        lost = wanted - await self._keep_only(person_id, wanted)
        async with rows() as memories:
            for memory in await memories.named(sorted(lost)):
                await memories.change(memory.id, embedded=False)

    async def _keep_only(self, person_id: str, wanted: set[str]) -> set[str]:
        """Drop every vector that no row wants; the ids of those that stay."""
        there = await self._there(person_id)
        await self._vectors.drop(person_id, sorted(there - wanted))
        return there & wanted

    async def _there(self, person_id: str) -> set[str]:
        """Every id the index holds."""
        count = await self._vectors.count(person_id)
        anywhere = [1.0] + [0.0] * (SIZE - 1)  # the nearest `count` of `count` are all of them
        return {near.id for near in await self._vectors.near(person_id, anywhere, first=count)} if count else set()
