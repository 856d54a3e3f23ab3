"""The one collection of vectors in Qdrant, asked from a thread. Importing this takes most of a second."""

import json
import logging
import shutil
import sqlite3
import time
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from pickle import UnpicklingError
from typing import Any, cast
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

from integrations.vectors import Near
from integrations.vectors.matrix import Matrix

log = logging.getLogger(__name__)

COLLECTION = "memories"
SIZE = 384
PEOPLE = 32
"""Of so many the vectors are kept side by side, about 1.5 MB a thousand."""
ALL = 1_000_000
REFUSALS = (ApiException, OSError, RuntimeError, ValueError, sqlite3.Error)
"""What Qdrant raises, embedded or at a server, when it can't answer."""


class Collection:
    """The collection, made if it isn't there."""

    def __init__(self, client: QdrantClient, *, folder: Path | None = None) -> None:
        self._client = client
        self._folder = folder
        self._matrices: OrderedDict[str, Matrix] = OrderedDict()

    @classmethod
    def in_folder(cls, folder: Path) -> "Collection":
        """Our folder; what can't be read is put aside and begun anew, since the rows can rebuild it."""
        try:
            return cls(QdrantClient(path=str(folder)), folder=folder)
        except (sqlite3.DatabaseError, json.JSONDecodeError, KeyError, TypeError, EOFError, UnpicklingError) as error:
            aside = folder.with_name(f"{folder.name}.broken-{int(time.time())}")
            shutil.move(folder, aside)
            log.error("the memory index is unreadable (%s): put aside as %s", type(error).__name__, aside.name)
            return cls(QdrantClient(path=str(folder)), folder=folder)

    @classmethod
    def at_server(cls, url: str, api_key: str | None, *, patience: float) -> "Collection":
        """A server; nothing is asked of it yet."""
        client = QdrantClient(url=url, api_key=api_key, timeout=int(patience), check_compatibility=False)
        return cls(client)

    def make(self) -> None:
        """Make it if it isn't there, at a server with an index of owners."""
        if self._client.collection_exists(COLLECTION):
            return
        self._client.create_collection(COLLECTION, vectors_config=VectorParams(size=SIZE, distance=Distance.COSINE))
        if self._folder is None:
            self._client.create_payload_index(COLLECTION, "person", PayloadSchemaType.KEYWORD)

    def put(self, person_id: str, id: str, vector: Sequence[float], facts: Mapping[str, str]) -> None:
        """Store or replace."""
        point = PointStruct(id=str(UUID(id)), vector=list(vector), payload={**facts, "person": person_id})
        self._client.upsert(COLLECTION, [point], wait=True)
        if (matrix := self._matrices.get(person_id)) is not None:
            matrix.put(id, vector)

    def near(self, person_id: str, vector: Sequence[float], first: int, facts: Mapping[str, str] | None) -> list[Near]:
        """The nearest of this person's."""
        if self._folder is not None and not facts:
            return self._matrix(person_id).near(vector, first)
        found = self._client.query_points(
            COLLECTION, query=list(vector), query_filter=_mine(person_id, facts), limit=first, with_payload=False
        )
        return [Near(id=UUID(str(point.id)).hex, score=point.score) for point in found.points]

    def drop(self, person_id: str, ids: Sequence[str]) -> None:
        """Delete these. By filter, not by id: an id of somebody else's is then as unknown as any other."""
        theirs = _mine(person_id, None, HasIdCondition(has_id=[str(UUID(one)) for one in ids]))
        self._client.delete(COLLECTION, theirs, wait=True)
        if (matrix := self._matrices.get(person_id)) is not None:
            matrix.drop(ids)

    def forget(self, person_id: str) -> None:
        """Delete everything of this person's."""
        self._client.delete(COLLECTION, _mine(person_id, None), wait=True)

    def count(self, person_id: str) -> int:
        """How many are kept for this person."""
        return self._client.count(COLLECTION, _mine(person_id, None), exact=True).count

    def scour(self) -> None:
        """Of what was deleted not a byte stays in our folder; a server looks after its own."""
        if self._folder is None:
            return
        for file in self._folder.rglob("*.sqlite"):
            with closing(sqlite3.connect(file)) as connection:
                connection.execute("VACUUM")

    def _matrix(self, person_id: str) -> Matrix:
        """This person's vectors as they are in our folder, which nobody else writes."""
        if person_id not in self._matrices:
            points, _ = self._client.scroll(COLLECTION, _mine(person_id, None), limit=ALL, with_payload=False, with_vectors=True)  # fmt: skip
            vectors = {UUID(str(point.id)).hex: point.vector for point in points}
            self._matrices[person_id] = Matrix(list(vectors), cast("Any", list(vectors.values())), SIZE)
            while len(self._matrices) > PEOPLE:
                self._matrices.popitem(last=False)
        return self._matrices[person_id]

    def close(self) -> None:
        """Let the folder or the connection go."""
        self._client.close()


def _mine(person_id: str, facts: Mapping[str, str] | None, *more: Condition) -> Filter:
    wanted = {"person": person_id, **(facts or {})}
    must: list[Condition] = [FieldCondition(key=key, match=MatchValue(value=value)) for key, value in wanted.items()]
    return Filter(must=[*must, *more])
