"""Rows whose every write can be taken back, as long as nobody has touched them since."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import select

from integrations.errors import Conflict, NotFound
from integrations.store.owned import Store
from integrations.store.snapshots import fields, fingerprint, snapshot
from integrations.store.tables import Owned

T = TypeVar("T", bound=Owned)


class Undoable(Store[T]):
    """The rows of one person, as a local keeper works with them."""

    def __init__(self, row: type[T], missing: str, *of: Any) -> None:
        super().__init__(*of)
        self.row, self.missing = row, missing

    async def mine(self, *where: Any) -> list[T]:
        """Those for which it is so."""
        return list(await self._list(self._mine().where(*where)))

    async def page(self, *where: Any, order: tuple[Any, ...], first: int, after: int) -> list[T]:
        """A part of those for which it is so."""
        return list(await self._list(self._mine().where(*where).order_by(*order).limit(first).offset(after)))

    async def columns(self, names: Iterable[str], *where: Any, order: tuple[Any, ...] = ()) -> Sequence[Any]:
        """Some of their columns alone, of those for which it is so."""
        mine = select(*(getattr(self.row, name) for name in names)).where(self.row.person_id == self._person_id)
        return (await self._session.execute(mine.where(*where).order_by(*order))).all()

    async def held(self, id: str) -> T:
        """One, which nobody else can write until we are through. Raises `NotFound`."""
        found = await self._session.scalar(self._mine().where(self.row.id == id).with_for_update())
        if found is None:
            raise NotFound(self.missing)
        return found

    async def add(self, row: T) -> T:
        """A new one, read back."""
        self._session.add(row)
        return await self.save(row)

    async def save(self, row: T) -> T:
        """Write down what was set, and read back what is there: a receipt is of that."""
        await self._session.flush()
        await self._session.refresh(row)
        return row

    async def drop(self, row: T) -> None:
        """Gone."""
        await self._session.delete(row)
        await self._session.flush()

    def undo(self, before: Mapping[str, dict[str, Any] | None], after: Mapping[str, T | None]) -> list[dict[str, Any]]:
        """What `put_back` needs: each row as it was, and a mark of how we left it."""
        return [
            {"id": name, "before": before[name], "after": fingerprint(snapshot(row)) if row else None}
            for name, row in after.items()
        ]

    async def put_back(self, rows: list[dict[str, Any]]) -> None:
        """Everything as it was. Raises `Conflict` when one of them is not as we left it."""
        now = {entry["id"]: await self._as_left(entry) for entry in rows}
        for entry in rows:
            await self._restore(now[entry["id"]], entry["before"])

    async def _as_left(self, entry: dict[str, Any]) -> T | None:
        found = await self._session.scalar(self._mine().where(self.row.id == entry["id"]).with_for_update())
        if (fingerprint(snapshot(found)) if found else None) != entry["after"]:
            raise Conflict
        return found

    async def _restore(self, row: T | None, before: dict[str, Any] | None) -> None:
        if before is None:
            if row is not None:
                await self.drop(row)
            return
        former = fields(self.row, before | {"person_id": self._person_id})
        if row is None:
            await self._keep(self.row(**former))
            return
        for name, value in former.items():
            setattr(row, name, value)
        await self._session.flush()
