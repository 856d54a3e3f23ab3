"""The tables behind the copy of someone's Google tasks; their keeper is integrations/tasks/mirror.py."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Date, Index, String, UniqueConstraint, delete, insert, update
from sqlalchemy.orm import Mapped, mapped_column

from integrations.store.owned import Store
from integrations.store.tables import Elsewhere

MANY = 400  # ids in one statement: every database takes as many


class TaskListCopy(Elsewhere):
    """One list. `read_at`: when everything in it was last read."""

    __tablename__ = "task_list_copies"
    __table_args__ = (UniqueConstraint("person_id", "google_id"),)

    google_id: Mapped[str] = mapped_column(String(200))
    title: Mapped[str]
    default: Mapped[bool] = mapped_column(default=False)
    updated: Mapped[str] = mapped_column(String(40), default="")
    read_at: Mapped[datetime | None]


class TaskCopy(Elsewhere):
    """One task as it is shown, under an id that is ours for ever.

    Where it is at Google: `google_id` in `google_list` with `etag`, last written at `updated`; all empty as long as Google doesn't
    know of it. `intent` is the key of the last write to it whose end isn't known. `gone`: deleted. `found`: it was first seen at Google.
    """

    __tablename__ = "task_copies"
    __table_args__ = (
        UniqueConstraint("person_id", "google_id"),
        Index("ix_task_copies_person_id_google_list", "person_id", "google_list"),
    )

    google_id: Mapped[str | None] = mapped_column(String(200))
    google_list: Mapped[str | None] = mapped_column(String(200))
    etag: Mapped[str] = mapped_column(String(200), default="")
    updated: Mapped[str] = mapped_column(String(40), default="")
    list_id: Mapped[str] = mapped_column(String(200))
    """Google's id of the list, or `new:` and the name of one that doesn't exist yet."""
    title: Mapped[str]
    notes: Mapped[str] = mapped_column(default="")
    due: Mapped[date | None] = mapped_column(Date)
    done: Mapped[bool] = mapped_column(default=False)
    hidden: Mapped[bool] = mapped_column(default=False)
    parent: Mapped[str | None] = mapped_column(String(200))
    """Google's id of it."""
    position: Mapped[str] = mapped_column(String(40), default="")
    origin: Mapped[str] = mapped_column(String(40), default="")
    gone: Mapped[bool] = mapped_column(default=False)
    found: Mapped[bool] = mapped_column(default=False)
    intent: Mapped[str | None] = mapped_column(String(200))
    round: Mapped[int] = mapped_column(default=0)


class TaskCopies(Store[TaskCopy]):
    """One person's."""

    row = TaskCopy
    missing = "I couldn't find that task."

    async def shown(self) -> Sequence[TaskCopy]:
        """Everything that isn't gone."""
        return await self.where(TaskCopy.gone.is_(False))

    async def where(self, *conditions: ColumnElement[bool]) -> Sequence[TaskCopy]:
        """Those for which it is so."""
        return await self._list(self._mine().where(*conditions))

    async def find(self, id: str) -> TaskCopy | None:
        """By our id."""
        return await self._find(id)

    async def by_google_id(self, ids: Iterable[str]) -> dict[str, TaskCopy]:
        """Those that are here."""
        wanted, found = list(ids), dict[str, TaskCopy]()
        for start in range(0, len(wanted), MANY):
            for row in await self.where(TaskCopy.google_id.in_(wanted[start : start + MANY])):
                found[row.google_id or ""] = row
        return found

    async def add(self, **values: Any) -> TaskCopy:
        """A new one."""
        return await self._keep(TaskCopy(person_id=self._person_id, **values))

    async def add_all(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Many in one statement."""
        if rows:
            await self._session.execute(insert(TaskCopy), [{"person_id": self._person_id, **row} for row in rows])

    async def change_all(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Many in one statement; each names its `id`, and all the same columns."""
        if rows:
            await self._session.execute(update(TaskCopy), list(rows))

    async def drop(self, *conditions: ColumnElement[bool]) -> None:
        """Those for which it is so are no longer here."""
        await self._session.execute(
            delete(TaskCopy).where(TaskCopy.person_id == self._person_id, *conditions),
            execution_options={"synchronize_session": "fetch"},
        )


class TaskListCopies(Store[TaskListCopy]):
    """One person's."""

    row = TaskListCopy
    missing = "I couldn't find that list."

    async def all(self) -> Sequence[TaskListCopy]:
        """As they were read."""
        return await self._list(self._mine())

    async def put(self, google_id: str, title: str, *, default: bool = False) -> TaskListCopy:
        """One that is new, or called otherwise now."""
        found = await self._session.scalar(self._mine().where(TaskListCopy.google_id == google_id))
        if found is None:
            new = TaskListCopy(person_id=self._person_id, google_id=google_id, title=title, default=default)
            return await self._keep(new)
        found.title, found.default = title, default
        await self._session.flush()
        return found

    async def drop(self, google_id: str) -> None:
        """It is gone."""
        await self._session.execute(
            delete(TaskListCopy).where(TaskListCopy.person_id == self._person_id, TaskListCopy.google_id == google_id)
        )
