"""Memories: what is known about a person, each with its witness."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from integrations.errors import Conflict, Invalid
from integrations.store.owned import Store
from integrations.store.snapshots import fields, snapshot
from integrations.store.tables import Owned

Type = Literal["fact", "preference", "habit", "pattern"]
Origin = Literal["said", "noticed", "mail"]


class Memory(Owned):
    """One thing known. `quote` is the words it comes from; `embedded`: its vector is up to date."""

    __tablename__ = "memories"

    text: Mapped[str]
    type: Mapped[str] = mapped_column(String(20), default="fact")
    category: Mapped[str] = mapped_column(default="")
    origin: Mapped[str] = mapped_column(String(20), default="said")
    quote: Mapped[str] = mapped_column(default="")
    turn_id: Mapped[str | None] = mapped_column(String(40))
    at: Mapped[datetime]
    superseded_by: Mapped[str | None] = mapped_column(String(40))
    embedded: Mapped[bool] = mapped_column(default=False)


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
