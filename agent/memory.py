"""What is known about a person: remembered with a witness, recalled by meaning or words, forgotten for certain."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from agent.alike import coverage, same_words
from agent.contradicting import contradicts
from agent.forgetting import Forgetting
from agent.memory_index import MemoryIndex
from agent.recalling import ASKED, Limits, Recalled, Recollection, recall
from agent.told import as_told_back, kind_of, tidy
from integrations.errors import ChronusError, Conflict, Invalid, Unavailable
from integrations.store.memories import Memories, Origin, Type, left
from integrations.store.memories import Memory as Row

__all__ = ["Forgotten", "Memory", "MemoryIndex", "Recalled", "Recollection"]

LONGEST = 1_000  # characters


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
        self.forgotten_everywhere = False
        """Whether its bytes have to go from the files, too."""
        self.silenced: list[str] = []
        """The briefings whose sound said it."""

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
        """Keep it as it was said, with its witness; what it contradicts holds no longer, unless it is only from a mail.

        Raises `Invalid`, and `Conflict` for what is known already.
        """
        text = _fit(text)
        known = await self._rows.all()
        for row in known:
            if same_words(row.text, text) and not (row.origin == "mail" and origin == "said"):
                raise Conflict(f"I already know that: {as_told_back(row.text)}.")
        kind = kind_of(text)
        self.written = True
        await self._rows.graves.raise_up(text)
        new = await self._rows.add(
            text=text,
            at=at,
            type=type or kind.type,
            category=kind.category if category is None else category,
            origin=origin,
            quote=quote or text,
            turn_id=turn_id,
        )
        for row in known:
            # what a mail says takes the place of nothing the person said; their own word takes the place of a mail's
            same = same_words(row.text, text)
            if origin == "said" and (same or (row.origin != "noticed" and contradicts(row.text, text))):
                await self._rows.change(row.id, superseded_by=new.id)
        return new

    async def replaced_by(self, id: str) -> Sequence[Row]:
        """What this memory took the place of."""
        return await self._rows.replaced_by(id)

    async def forgotten(self, words: str) -> bool:
        """Whether just this was forgotten: then only the person can bring it back."""
        return await self._rows.graves.holds(words)

    async def restate(self, id: str, text: str, *, quote: str, at: datetime) -> Row:
        """What was noticed goes on: the same memory, with its new count and dates."""
        self.written = True
        row = await self._rows.change(id, text=text, quote=quote)
        row.at = at
        return row

    async def all(self) -> Sequence[Row]:
        """Everything that holds, newest first."""
        return await self._rows.all()

    async def replaced(self) -> Sequence[Row]:
        """What something newer took the place of, newest first."""
        return await self._rows.replaced()

    async def get(self, id: str) -> Row:
        """Raises `NotFound`."""
        return await self._rows.get(id)

    async def read_back(self, row: Row) -> Row:
        """A memory as it stands there now."""
        return await self._rows.read_back(row)

    async def change(self, id: str, text: str) -> Row:
        """Put it in other words; they are the person's own, so they are its quote too. Raises `NotFound`, `Invalid`."""
        text = _fit(text)
        kind = kind_of(text)
        self.written = True
        before = await self._rows.get(id)
        if not same_words(before.text, text):
            await self._rows.graves.bury(before.text)  # it was wrong: it is not to come back from an old conversation
        await self._rows.graves.raise_up(text)
        return await self._rows.change(id, text=text, quote=text, type=kind.type, category=kind.category)

    async def history(self, id: str) -> list[Row]:
        """What it took the place of, and what that had, newest first. Raises `NotFound`."""
        await self._rows.get(id)
        return sorted(await self._older(id), key=lambda row: row.at, reverse=True)

    async def restore(self, id: str) -> Row:
        """What was replaced holds again, in the place of what replaced it, which is given back. Raises `NotFound`, `Conflict`."""
        row = holds = await self._rows.get(id)
        if row.superseded_by is None:
            raise Conflict("That still holds.")
        while holds.superseded_by is not None:
            holds = await self._rows.get(holds.superseded_by)
        self.written = True
        await self._rows.change(row.id, superseded_by=None, embedded=False)
        return await self._rows.change(holds.id, superseded_by=row.id)

    async def drop(self, id: str) -> None:
        """What was noticed is no longer so. Unlike what is forgotten it may be learned again. Raises `NotFound`."""
        self.written = True
        await self._rows.delete(id)

    async def recall(self, about: str, first: int = 5, limits: Limits = ASKED) -> Recollection:
        """What fits, best first, and nothing that doesn't. Never waits long, never fails for want of vectors."""
        return await recall(await self._index.shelves.of(self._rows), self._index, about, first=first, limits=limits)

    async def matching(self, about: str) -> list[Row]:
        """Which ones are meant, for changing or forgetting: those with the very words, else the nearest in meaning."""
        rows = await self._rows.all()
        if exact := [row for row in rows if about == row.id or same_words(row.text, about)]:
            return exact
        if said := [row for row in rows if coverage(about, row.text) == 1]:
            return said
        return await self._rows.named([found.row.id for found in (await self.recall(about, 3)).memories])

    async def forget(self, ids: Sequence[str], *, everywhere: bool = True) -> Forgotten:
        """Delete them, also what they had replaced, then look again. Raises `NotFound`: nothing is forgotten.

        `everywhere`: also what was said of them in the thread, in the ledger and in suggestions.
        """
        gone = [await self._rows.get(one) for one in ids]
        self.written = True
        forgetting = Forgetting([*gone, *[older for row in gone for older in await self._older(row.id)]])
        every = [each for row in gone for each in await self._rows.bury(row.id)]
        if await self._rows.named(every):
            raise ChronusError("I couldn't forget that. It is still there.")
        left = await self._wipe(forgetting) if everywhere and gone else 0
        try:
            proven = not gone or await self._index.forget(gone[0].person_id, every)
        except Unavailable:
            proven = False  # what the index missed it drops when it next catches up with the rows
        return Forgotten(ids=list(ids), proven=proven and not left)

    async def _older(self, id: str) -> list[Row]:
        """What it took the place of, and what that had."""
        return [one for older in await self._rows.replaced_by(id) for one in (older, *await self._older(older.id))]

    async def _wipe(self, forgetting: Forgetting) -> int:
        """Take out what was said of it elsewhere, and look again: how much is left."""
        self.forgotten_everywhere = True
        self.silenced += await self._rows.traces.wipe(forgetting)
        return await self._rows.traces.left(forgetting)

    async def revert(self, inverse: dict[str, Any]) -> None:
        """Take back what was remembered or changed. What was forgotten stays so. Raises `Conflict`, `NotFound`."""
        match inverse:
            case {"do": "forget", "id": str(id)}:
                await self._as_left(id, inverse)
                for older in await self._rows.replaced_by(id):
                    await self._rows.change(older.id, superseded_by=None, embedded=False)
                await self.forget([id], everywhere=False)
            case {"do": "change", "id": str(id), "before": dict(before)}:
                await self._as_left(id, inverse)
                await self.change(id, before["text"])
                await self._rows.change(id, **before)
            case {"do": "restore", "id": str(id)}:
                await self.restore(id)
            case _:
                raise Conflict("What I forgot is really gone. Tell me again and I'll remember it.")

    async def _as_left(self, id: str, inverse: dict[str, Any]) -> None:
        now = left(await self._rows.get(id))
        if inverse.get("left", now) != now:
            raise Conflict("What I know of that has changed in the meantime.")


def _fit(text: str) -> str:
    text = tidy(text)
    if not any(letter.isalnum() for letter in text):
        raise Invalid("What should I remember?")
    if len(text) > LONGEST:
        raise Invalid("That's too long for me to remember. Tell me the short of it.")
    return text
