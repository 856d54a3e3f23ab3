"""Vectors in Qdrant: a server where one is named, else a folder of our own, behind the same calls."""

import asyncio
import contextlib
import logging
import sqlite3
import threading
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from integrations.errors import Unavailable
from integrations.vectors import Near, Vectors

if TYPE_CHECKING:
    from integrations.vectors.collection import Collection

log = logging.getLogger(__name__)

PATIENCE = 2.0  # seconds for a server's answer; nobody waits longer for a memory

T = TypeVar("T")
Opening = Callable[[], "Collection"]


class QdrantVectors:
    """Runs every call in its own threads: one for a folder, whose client bears no second one; a few for a server."""

    def __init__(self, opening: Opening, *, threads: int, patience: float) -> None:
        """`patience` is the longest wait in seconds."""
        self._opening = opening
        self._patience = patience
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="qdrant")
        self._collection: Collection | None = None
        self._ready = False
        self._first = threading.Lock()

    async def put(self, person_id: str, id: str, vector: Sequence[float], facts: Mapping[str, str]) -> None:
        """Store or replace; `facts` such as type and category can be filtered by. Raises `Unavailable`."""
        await self._ask(lambda collection: collection.put(person_id, id, vector, facts))

    async def near(
        self, person_id: str, vector: Sequence[float], *, first: int = 5, facts: Mapping[str, str] | None = None
    ) -> list[Near]:
        """The nearest of this person's. Raises `Unavailable`."""
        return await self._ask(lambda collection: collection.near(person_id, vector, first, facts))

    async def drop(self, person_id: str, ids: Sequence[str]) -> None:
        """Delete these; unknown ids are no error. Raises `Unavailable`."""
        if ids:
            await self._ask(lambda collection: collection.drop(person_id, ids))

    async def forget(self, person_id: str) -> None:
        """Delete everything of this person's. Raises `Unavailable`."""
        await self._ask(lambda collection: collection.forget(person_id))

    async def count(self, person_id: str) -> int:
        """How many are kept for this person. Raises `Unavailable`."""
        return await self._ask(lambda collection: collection.count(person_id))

    async def scour(self) -> None:
        """Of what was dropped nothing stays in a file of ours. Raises `Unavailable`."""
        await self._ask(lambda collection: collection.scour())

    async def close(self) -> None:
        """Let the folder or the connection go; nothing can be asked afterwards."""
        await asyncio.get_running_loop().run_in_executor(self._threads, self._let_go)
        self._threads.shutdown(wait=False)

    def _let_go(self) -> None:
        collection, self._collection, self._ready = self._collection, None, False
        if collection is not None:
            collection.close()

    async def _ask(self, ask: Callable[["Collection"], T]) -> T:
        running = asyncio.get_running_loop().run_in_executor(self._threads, self._run, ask)
        try:
            async with asyncio.timeout(self._patience):
                return await running
        except TimeoutError as error:
            raise Unavailable("My memory search isn't answering right now.") from error

    def _run(self, ask: Callable[["Collection"], T]) -> T:
        """In a thread of ours: open at the first use, and translate what Qdrant may raise."""
        # imported here, since it is slow and a process starts long before anyone asks for a memory
        from integrations.vectors.collection import REFUSALS

        try:
            with self._first:  # several threads may come first; one opens and makes
                if self._collection is None:
                    self._collection = self._opening()
                if not self._ready:
                    self._collection.make()
                    self._ready = True
            return ask(self._collection)
        except REFUSALS as error:
            self._ready = False  # a collection that has vanished is made again at the next call
            if isinstance(error, sqlite3.Error):
                self._let_go()  # what is in memory may no longer be what is on the disk
            log.warning("qdrant refused: %s", type(error).__name__)
            raise Unavailable("My memory search isn't working right now.") from error


@contextlib.asynccontextmanager
async def open_vectors(url: str | None, api_key: str | None, folder: Path) -> AsyncIterator[Vectors]:
    """Qdrant at `url`, or embedded in `folder`. Nothing is opened until the first call, so nothing fails here."""

    def opening() -> "Collection":
        from integrations.vectors.collection import Collection

        return Collection.at_server(url, api_key, patience=PATIENCE) if url else Collection.in_folder(folder)

    vectors = QdrantVectors(opening, threads=4 if url else 1, patience=PATIENCE if url else 10.0)
    try:
        yield vectors
    finally:
        await vectors.close()
