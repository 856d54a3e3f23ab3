"""Vectors in Qdrant: a server where one is named, else a folder of our own, behind the same calls."""

import asyncio
import contextlib
import json
import logging
import shutil
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from pickle import UnpicklingError
from typing import TypeVar
from uuid import UUID

from qdrant_client import QdrantClient
from qdrant_client.http.exceptions import ApiException
from qdrant_client.models import (
    Condition,
    Distance,
    FieldCondition,
    Filter,
    HasIdCondition,
    MatchValue,
    PayloadSchemaType,
    PointStruct,
    VectorParams,
)

from integrations.errors import Unavailable
from integrations.vectors import Near, Vectors

log = logging.getLogger(__name__)

COLLECTION = "memories"
SIZE = 384
PATIENCE = 2.0  # seconds for a server's answer; nobody waits longer for a memory

T = TypeVar("T")
Opening = Callable[[], QdrantClient]


class QdrantVectors:
    """Runs every call in its own threads: one for a folder, whose client bears no second one; a few for a server."""

    def __init__(self, opening: Opening, *, threads: int, patience: float, indexed: bool) -> None:
        """`patience` is the longest wait in seconds; `indexed` where Qdrant keeps an index of owners."""
        self._opening = opening
        self._indexed = indexed
        self._patience = patience
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="qdrant")
        self._client: QdrantClient | None = None
        self._ready = False

    async def put(self, person_id: str, id: str, vector: Sequence[float], facts: Mapping[str, str]) -> None:
        """Store or replace; `facts` such as type and category can be filtered by. Raises `Unavailable`."""
        point = PointStruct(id=str(UUID(id)), vector=list(vector), payload={**facts, "person": person_id})
        await self._ask(lambda client: client.upsert(COLLECTION, [point], wait=True))

    async def near(
        self, person_id: str, vector: Sequence[float], *, first: int = 5, facts: Mapping[str, str] | None = None
    ) -> list[Near]:
        """The nearest of this person's. Raises `Unavailable`."""
        mine = _mine(person_id, facts)
        found = await self._ask(
            lambda client: client.query_points(
                COLLECTION, query=list(vector), query_filter=mine, limit=first, with_payload=False
            )
        )
        return [Near(id=UUID(str(point.id)).hex, score=point.score) for point in found.points]

    async def drop(self, person_id: str, ids: Sequence[str]) -> None:
        """Delete these; unknown ids are no error. Raises `Unavailable`."""
        if not ids:
            return
        # By filter, not by id: an id of somebody else's is then as unknown as any other.
        theirs = _mine(person_id, None, HasIdCondition(has_id=[str(UUID(one)) for one in ids]))
        await self._ask(lambda client: client.delete(COLLECTION, theirs, wait=True))

    async def count(self, person_id: str) -> int:
        """How many are kept for this person. Raises `Unavailable`."""
        counted = await self._ask(lambda client: client.count(COLLECTION, _mine(person_id, None), exact=True))
        return counted.count

    async def close(self) -> None:
        """Let the folder or the connection go; nothing can be asked afterwards."""
        await asyncio.get_running_loop().run_in_executor(self._threads, self._let_go)
        self._threads.shutdown(wait=False)

    def _let_go(self) -> None:
        client, self._client, self._ready = self._client, None, False
        if client is not None:
            client.close()

    async def _ask(self, ask: Callable[[QdrantClient], T]) -> T:
        running = asyncio.get_running_loop().run_in_executor(self._threads, self._run, ask)
        try:
            async with asyncio.timeout(self._patience):
                return await running
        except TimeoutError as error:
            raise Unavailable("My memory search isn't answering right now.") from error

    def _run(self, ask: Callable[[QdrantClient], T]) -> T:
        """In a thread of ours: open at the first use, and translate what Qdrant may raise."""
        try:
            if self._client is None:
                self._client = self._opening()
            if not self._ready:
                _make_collection(self._client, indexed=self._indexed)
                self._ready = True
            return ask(self._client)
        except (ApiException, OSError, RuntimeError, ValueError, sqlite3.Error) as error:
            self._ready = False  # a collection that has vanished is made again at the next call
            if isinstance(error, sqlite3.Error):
                self._let_go()  # what is in memory may no longer be what is on the disk
            log.warning("qdrant refused: %s", type(error).__name__)
            raise Unavailable("My memory search isn't working right now.") from error


def _mine(person_id: str, facts: Mapping[str, str] | None, *more: Condition) -> Filter:
    wanted = {"person": person_id, **(facts or {})}
    must: list[Condition] = [FieldCondition(key=key, match=MatchValue(value=value)) for key, value in wanted.items()]
    return Filter(must=[*must, *more])


def _make_collection(client: QdrantClient, *, indexed: bool) -> None:
    if client.collection_exists(COLLECTION):
        return
    client.create_collection(COLLECTION, vectors_config=VectorParams(size=SIZE, distance=Distance.COSINE))
    if indexed:
        client.create_payload_index(COLLECTION, "person", PayloadSchemaType.KEYWORD)


def _open_folder(folder: Path) -> QdrantClient:
    """Open our folder; what cannot be read is put aside and begun anew, since the rows can rebuild it."""
    try:
        return QdrantClient(path=str(folder))
    except (sqlite3.DatabaseError, json.JSONDecodeError, KeyError, TypeError, EOFError, UnpicklingError) as error:
        aside = folder.with_name(f"{folder.name}.broken-{int(time.time())}")
        shutil.move(folder, aside)
        log.error("the memory index is unreadable (%s): put aside as %s", type(error).__name__, aside.name)
        return QdrantClient(path=str(folder))


def _open_server(url: str, api_key: str | None) -> QdrantClient:
    return QdrantClient(url=url, api_key=api_key, timeout=int(PATIENCE), check_compatibility=False)


@contextlib.asynccontextmanager
async def open_vectors(url: str | None, api_key: str | None, folder: Path) -> AsyncIterator[Vectors]:
    """Qdrant at `url`, or embedded in `folder`. Nothing is opened until the first call, so nothing fails here."""
    if url:
        vectors = QdrantVectors(lambda: _open_server(url, api_key), threads=4, patience=PATIENCE, indexed=True)
    else:
        vectors = QdrantVectors(lambda: _open_folder(folder), threads=1, patience=10.0, indexed=False)
    try:
        yield vectors
    finally:
        await vectors.close()
