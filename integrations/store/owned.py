"""What every store of one person's rows can do: look among theirs, and nobody else's."""

from collections.abc import Sequence
from typing import Any, Generic, TypeVar, cast

from sqlalchemy import ColumnElement, CursorResult, Select, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from integrations.errors import NotFound
from integrations.store.sealing import settle, theirs
from integrations.store.tables import Owned

T = TypeVar("T", bound=Owned)


class Store(Generic[T]):
    """Rows of one kind that belong to one person. It flushes and never commits: whoever opened the session does."""

    row: type[T]
    missing = "I couldn't find that."

    def __init__(self, session: AsyncSession, person_id: str) -> None:
        self._session = session
        self._person_id = person_id

    def _mine(self) -> Select[T]:
        return select(self.row).where(self.row.person_id == self._person_id)

    async def _find(self, id: str) -> T | None:
        return await self._session.scalar(self._mine().where(self.row.id == id))

    async def _list(self, query: Select[T]) -> Sequence[T]:
        return (await self._session.scalars(query)).all()

    async def _keep(self, row: T) -> T:
        self._session.add(row)
        await self._session.flush()
        return row

    async def read_back(self, row: T) -> T:
        """One of mine as it stands there now. Raises `NotFound`."""
        await self._session.flush()
        if row not in self._session:  # a keeper outside has ended the transaction it was read in
            return await self.get(row.id)
        await self._session.refresh(row)
        return row

    async def get(self, id: str) -> T:
        """Raises `NotFound`, also for what is someone else's."""
        if (row := await self._find(id)) is None:
            raise NotFound(self.missing)
        return row

    async def _set(self, *where: ColumnElement[bool], **values: object) -> bool:
        """Change mine that are as `where` says, in one step; whether there were any. Rows read before are read anew."""
        [values] = await theirs(self._session, self.row, self._person_id, [values])
        statement = update(self.row).where(self.row.person_id == self._person_id, *where).values(**values)
        result = await self._session.execute(statement, execution_options={"synchronize_session": "fetch"})
        settle(self._session, self.row)
        return cast("CursorResult[Any]", result).rowcount > 0
