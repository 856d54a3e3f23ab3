"""Memories: what is known about a person, each with its witness."""

import re
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import BigInteger, String, func, select
from sqlalchemy.orm import Mapped, mapped_column

from integrations.errors import Conflict, Invalid
from integrations.store.forgotten import Graves
from integrations.store.owned import Store
from integrations.store.sealing import Private
from integrations.store.snapshots import fields, fingerprint, snapshot
from integrations.store.suggestions import Suggestions
from integrations.store.tables import Owned
from integrations.store.traces import Traces

Type = Literal["fact", "preference", "habit", "pattern"]
Origin = Literal["said", "noticed", "mail"]


def _revision() -> int:
    """Another number each time, small enough that eight million of them add up to one the database can keep."""
    return secrets.randbits(40)


class Memory(Owned):
    """One thing known. `quote` is the words it comes from; `embedded`: its vector is up to date.

    `revision` is another one after every change: their sum tells whether anything is not as it was.
    """

    __tablename__ = "memories"

    text: Mapped[Private]
    type: Mapped[str] = mapped_column(String(20), default="fact")
    category: Mapped[str] = mapped_column(default="")
    origin: Mapped[str] = mapped_column(String(20), default="said")
    quote: Mapped[Private] = mapped_column(default="")
    turn_id: Mapped[str | None] = mapped_column(String(40))
    at: Mapped[datetime]
    superseded_by: Mapped[str | None] = mapped_column(String(40))
    embedded: Mapped[bool] = mapped_column(default=False)
    revision: Mapped[int] = mapped_column(BigInteger, default=_revision, onupdate=_revision, server_default="0")


def subject(memory: Memory) -> str:
    """What it is known again by: its words; of what was noticed, its words without the counts and hours, which go on."""
    return noticed(memory.text) if memory.origin == "noticed" else memory.text


def noticed(text: str) -> str:
    """The same for words that are not a memory yet."""
    return re.sub(r"\d[\d:]*( [ap]m)?", "", text)


def left(memory: Memory) -> str:
    """A mark of how it stands, by which an undo finds out whether somebody has touched it since."""
    return fingerprint([memory.text, memory.quote, memory.type, memory.category, memory.superseded_by])


CHANGEABLE = frozenset({"text", "type", "category", "quote", "superseded_by", "embedded"})


class Memories(Store[Memory]):
    """What is known about one person."""

    row = Memory
    missing = "I don't remember that."

    async def add(
        self,
        *,
        text: str,
        at: datetime,
        type: Type = "fact",
        category: str = "",
        origin: Origin = "said",
        quote: str = "",
        turn_id: str | None = None,
    ) -> Memory:
        """Something new to know."""
        return await self._keep(
            Memory(
                person_id=self._person_id,
                text=text,
                at=at,
                type=type,
                category=category,
                origin=origin,
                quote=quote,
                turn_id=turn_id,
            )
        )

    async def all(self) -> Sequence[Memory]:
        """What still holds, newest first."""
        still = self._mine().where(Memory.superseded_by.is_(None))
        return await self._list(still.order_by(Memory.at.desc(), Memory.made.desc()))

    async def stamp(self) -> tuple[int, int]:
        """Of what holds: how many there are, and the sum of their revisions. The same stamp, the same memories."""
        still = (Memory.person_id == self._person_id, Memory.superseded_by.is_(None))
        found = (await self._session.execute(select(func.count(), func.sum(Memory.revision)).where(*still))).one()
        return found[0], int(found[1] or 0)

    async def replaced(self) -> Sequence[Memory]:
        """What no longer holds because something newer took its place, newest first."""
        gone = self._mine().where(Memory.superseded_by.is_not(None))
        return await self._list(gone.order_by(Memory.at.desc(), Memory.made.desc()))

    async def change(self, id: str, **new: Any) -> Memory:
        """Raises `NotFound`, and `Invalid` for a field that can't be changed. New words need a new vector."""
        if unknown := new.keys() - CHANGEABLE:
            raise Invalid(f"A memory has no {min(unknown)} to change.")
        memory = await self.get(id)
        if new.get("text", memory.text) != memory.text:
            new = {"embedded": False, **new}
        for field, value in new.items():
            setattr(memory, field, value)
        await self._session.flush()
        return memory

    async def delete(self, id: str) -> dict[str, Any]:
        """Gone; what `restore` needs to bring it back, as JSON. Raises `NotFound`."""
        memory = await self.get(id)
        row = snapshot(memory)
        await self._session.delete(memory)
        await self._session.flush()
        return row

    async def bury(self, id: str) -> list[str]:
        """Gone for good, with the older words it replaced and with what was suggested because of it.

        A mark without words stays, so that nothing learns it again by itself. The ids of all that went. Raises `NotFound`.
        """
        memory = await self.get(id)
        gone = [one for older in await self.replaced_by(id) for one in await self.bury(older.id)]
        await self.graves.bury(subject(memory))
        await Suggestions(self._session, self._person_id).forget(id)
        await self._session.delete(memory)
        await self._session.flush()
        return [id, *gone]

    @property
    def person_id(self) -> str:
        """Whose they are."""
        return self._person_id

    @property
    def graves(self) -> Graves:
        """What was forgotten."""
        return Graves(self._session, self._person_id)

    @property
    def traces(self) -> Traces:
        """What was said and noted of them elsewhere."""
        return Traces(self._session, self._person_id)

    async def replaced_by(self, id: str) -> Sequence[Memory]:
        """Those that this one took the place of."""
        return await self._list(self._mine().where(Memory.superseded_by == id))

    async def restore(self, row: dict[str, Any]) -> Memory:
        """Bring back what was deleted. Raises `Conflict` when it is there."""
        if await self._find(row["id"]) is not None:
            raise Conflict("I still remember that.")
        return await self._keep(Memory(**fields(Memory, row | {"person_id": self._person_id, "embedded": False})))

    async def unembedded(self, first: int = 100) -> Sequence[Memory]:
        """Those whose vector is missing or old, oldest first."""
        late = self._mine().where(~Memory.embedded, Memory.superseded_by.is_(None))
        return await self._list(late.order_by(Memory.at, Memory.made).limit(first))

    async def named(self, ids: Sequence[str]) -> list[Memory]:
        """Those of these ids that are theirs, in the order asked for."""
        found = {memory.id: memory for memory in await self._list(self._mine().where(Memory.id.in_(ids)))}
        return [found[wanted] for wanted in ids if wanted in found]
