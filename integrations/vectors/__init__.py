"""Finding the nearest of many vectors, whoever keeps them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, kw_only=True)
class Near:
    """A hit: the row it belongs to and its cosine similarity, best first."""

    id: str
    score: float


class Vectors(Protocol):
    """One vector a memory, always under its owner's id. The rows stand in the database; this can be rebuilt."""

    async def put(self, person_id: str, id: str, vector: Sequence[float], facts: Mapping[str, str]) -> None:
        """Store or replace; `facts` such as type and category can be filtered by. Raises `Unavailable`."""
        ...

    async def near(
        self, person_id: str, vector: Sequence[float], *, first: int = 5, facts: Mapping[str, str] | None = None
    ) -> list[Near]:
        """The nearest of this person's. Raises `Unavailable`."""
        ...

    async def drop(self, person_id: str, ids: Sequence[str]) -> None:
        """Delete these; unknown ids are no error. Raises `Unavailable`."""
        ...

    async def forget(self, person_id: str) -> None:
        """Delete everything of this person's. Raises `Unavailable`."""
        ...

    async def count(self, person_id: str) -> int:
        """How many are kept for this person. Raises `Unavailable`."""
        ...

    async def scour(self) -> None:
        """Of what was dropped nothing stays in a file of ours. Raises `Unavailable`."""
        ...
