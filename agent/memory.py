"""What is known about a person: remembered with a witness, recalled by meaning or words, forgotten for certain."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from agent.alike import Sought, coverage, names_missing, same_words
from agent.memory_index import MemoryIndex
from agent.told import as_told_back, kind_of, tidy
from integrations.errors import ChronusError, Conflict, Invalid, Unavailable
from integrations.store.memories import Memories, Origin, Type
from integrations.store.memories import Memory as Row
from integrations.vectors import Near

__all__ = ["Forgotten", "Memory", "MemoryIndex", "Recalled", "Recollection"]

# Cosines of all-MiniLM-L6-v2 on short sentences; see docs/memory.md for how they were found.
NEAR = 0.35
NEARER = 0.5
"""Asked of meaning alone where other memories have the very words, or where a name is missing."""
MOST_WORDS = 0.6
"""The part of the telling words that must be there where meaning doesn't help."""
LONGEST = 1_000  # characters


@dataclass(frozen=True, kw_only=True)
class Recalled:
    """A memory and how well it fits, 0 to 1."""

    row: Row
    score: float


@dataclass(frozen=True, kw_only=True)
class Recollection:
    """What came to mind, best first. `by_meaning` is False when only the words could be compared."""

    memories: list[Recalled]
    by_meaning: bool


@dataclass(frozen=True, kw_only=True)
class Forgotten:
    """What is gone. `proven`: the index was searched again too, and had nothing left of it."""

    ids: list[str]
    proven: bool


class Memory:
    """One person's memory within one transaction; what it writes is indexed when that has been kept."""

    def __init__(self, rows: Memories, index: MemoryIndex) -> None:
        self._rows = rows
        self._index = index
        self.written = False
        """Whether the index has to catch up once this transaction is kept."""

    async def remember(
        self,
        text: str,
        *,
        at: datetime,
        quote: str = "",
        type: Type | None = None,
        category: str | None = None,
        origin: Origin = "said",
        turn_id: str | None = None,
    ) -> Row:
        """Keep it as it was said, with its witness. Raises `Invalid`, and `Conflict` for what is known already."""
        text = _fit(text)
        for row in await self._rows.all():
            if same_words(row.text, text):
                raise Conflict(f"I already know that: {as_told_back(row.text)}.")
        kind = kind_of(text)
        self.written = True
        return await self._rows.add(
            text=text,
            at=at,
            type=type or kind.type,
            category=kind.category if category is None else category,
            origin=origin,
            quote=quote or text,
            turn_id=turn_id,
        )

    async def all(self) -> Sequence[Row]:
        """Everything that holds, newest first."""
        return await self._rows.all()

    async def get(self, id: str) -> Row:
        """Raises `NotFound`."""
        return await self._rows.get(id)

    async def change(self, id: str, text: str) -> Row:
        """Put it in other words; they are the person's own, so they are its quote too. Raises `NotFound`, `Invalid`."""
        text = _fit(text)
        kind = kind_of(text)
        self.written = True
        return await self._rows.change(id, text=text, quote=text, type=kind.type, category=kind.category)

    async def recall(self, about: str, first: int = 5) -> Recollection:
        """What fits, best first, and nothing that doesn't. Never waits long, never fails for want of vectors."""
        rows = await self._rows.all()
        try:
            nearby = await self._index.near(rows[0].person_id, _core(about), first=first * 2) if rows else []
        except Unavailable:
            return Recollection(memories=_fitting(rows, about, [])[:first], by_meaning=False)
        return Recollection(memories=_fitting(rows, about, nearby)[:first], by_meaning=True)

    async def matching(self, about: str) -> list[Row]:
        """Which ones are meant, for changing or forgetting: those with the very words, else the nearest in meaning."""
        rows = await self._rows.all()
        if exact := [row for row in rows if about == row.id or same_words(row.text, about)]:
            return exact
        if said := [row for row in rows if coverage(about, row.text) == 1]:
            return said
        return [found.row for found in (await self.recall(about, 3)).memories]

    async def forget(self, ids: Sequence[str]) -> Forgotten:
        """Delete them everywhere, then look again. Raises `NotFound`, and nothing is forgotten."""
        gone = [await self._rows.get(one) for one in ids]
        self.written = True
        for row in gone:
            await self._rows.delete(row.id)
        if await self._rows.named(ids):
            raise ChronusError("I couldn't forget that. It is still there.")
        try:
            proven = not gone or await self._index.forget(gone[0].person_id, list(ids))
        except Unavailable:
            proven = False  # what the index missed it drops when it next catches up with the rows
        return Forgotten(ids=list(ids), proven=proven)

    async def revert(self, inverse: dict[str, Any]) -> None:
        """Take back what was remembered or changed. What was forgotten stays so. Raises `Conflict`, `NotFound`."""
        match inverse:
            case {"do": "forget", "id": str(id)}:
                await self.forget([id])
            case {"do": "change", "id": str(id), "text": str(text)}:
                await self.change(id, text)
            case _:
                raise Conflict("What I forgot is really gone. Tell me again and I'll remember it.")


def _fit(text: str) -> str:
    text = tidy(text)
    if not any(letter.isalnum() for letter in text):
        raise Invalid("What should I remember?")
    if len(text) > LONGEST:
        raise Invalid("That's too long for me to remember. Tell me the short of it.")
    return text


def _core(about: str) -> str:
    """Without the "my" that would make everything about oneself look near."""
    low = about.strip(" ?.!").split()
    while len(low) > 1 and low[0].lower() in ("my", "the", "our", "about"):
        low = low[1:]
    return " ".join(low)


def _fitting(rows: Sequence[Row], about: str, nearby: Sequence[Near]) -> list[Recalled]:
    """Words and meaning together: all the words are enough, meaning must be near, half of each may do."""
    meaning = {near.id: near.score for near in nearby}
    sought = Sought(about)
    said = {row.id: sought.part_in(f"{row.text} {row.category}") for row in rows}
    spoken_of = any(score == 1 for score in said.values())
    found = []
    for row in rows:
        # until a changed row is indexed again its vector is that of its old words
        words, near = said[row.id], meaning.get(row.id, 0.0) if row.embedded else 0.0
        enough = NEARER if spoken_of or names_missing(about, row.text) else NEAR
        if words >= MOST_WORDS or near >= enough:
            found.append(Recalled(row=row, score=round(max(words * 0.9, near), 3)))
    return sorted(found, key=lambda one: one.score, reverse=True)  # equals stay newest first
