"""Tasks kept in our own database."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal, localcontext
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from integrations.clock import Clock
from integrations.errors import Conflict, Invalid, NotFound
from integrations.store.snapshots import fingerprint, snapshot
from integrations.store.tables import new_id
from integrations.store.tasks import TaskRow
from integrations.store.undoable import Undoable
from integrations.tasks import DEFAULT_LIST, NewTask, Task, TaskChange, TaskWritten

MISSING = "I couldn't find that task."


class LocalTasks:
    """One person's things to do. A list exists as long as something stands in it."""

    def __init__(self, session: AsyncSession, person_id: str, zone: str | ZoneInfo, clock: Clock) -> None:  # noqa: ARG002
        self._rows = Undoable(TaskRow, MISSING, session, person_id)
        self._person_id = person_id

    async def lists(self) -> list[str]:
        """The names of the lists that exist, the default one first."""
        return sorted({DEFAULT_LIST, *(row.list for row in await self._rows.mine())}, key=_list_order)

    async def all(self, *, list: str | None = None, done: bool | None = False) -> list[Task]:
        """Tasks in their order, list after list; a list is found whatever its capitals."""
        return [
            _task(row)
            for row in await self._ordered()
            if done in {None, row.done} and (list is None or _same(row.list, list))
        ]

    async def get(self, task_id: str) -> Task:
        """Raises `NotFound`."""
        return _task(await self._rows.get(task_id))

    async def add(self, new: NewTask) -> TaskWritten:
        """Write it down at the end of its list, which is made if it doesn't exist."""
        rows = await self._ordered()
        name = _list_name(new.list, rows)
        row = TaskRow(id=new_id(), person_id=self._person_id, title=_title(new.title), due=new.due, notes=new.notes)
        row.list, row.done, row.rank = name, False, _rank_between(_last(rows, name), None)
        await self._rows.add(row)
        return self._written(_task(row), None, row)

    async def change(self, task_id: str, change: TaskChange, *, etag: str | None = None) -> TaskWritten:
        """Raises `NotFound`, `Invalid`, and `Conflict` when `etag` is given and no longer current."""
        row = await self._current(task_id, etag)
        if change.due is not None and change.no_due:
            raise Invalid("It can't be due and not be due.")
        before, rows = snapshot(row), await self._ordered()
        if change.title is not None:
            row.title = _title(change.title)
        if change.due is not None or change.no_due:
            row.due = change.due
        row.notes = row.notes if change.notes is None else change.notes
        row.done = row.done if change.done is None else change.done
        if change.list is not None and not _same(change.list, row.list):
            row.list = _list_name(change.list, rows)
            row.rank = _rank_between(_last(rows, row.list, but=row), None)
        if change.before is not None and change.before != row.id:
            row.rank = _rank_before(change.before, row, rows)
        await self._rows.save(row)
        return self._written(_task(row), before, row)

    async def delete(self, task_id: str, *, etag: str | None = None) -> TaskWritten:
        """Raises like `change`."""
        row = await self._current(task_id, etag)
        task, before = _task(row), snapshot(row)
        await self._rows.drop(row)
        return self._written(task, before, None)

    async def revert(self, inverse: dict[str, Any]) -> Task | None:
        """Undo one write; the task as it is now, None if it is gone again."""
        await self._rows.put_back(inverse["rows"])
        try:
            return await self.get(inverse["task"])
        except NotFound:
            return None

    async def as_of(self) -> datetime | None:
        """It is the original."""
        return None

    async def _ordered(self) -> list[TaskRow]:
        return sorted(await self._rows.mine(), key=lambda row: (_list_order(row.list), Decimal(row.rank), row.made))

    async def _current(self, task_id: str, etag: str | None) -> TaskRow:
        row = await self._rows.held(task_id)
        if etag is not None and _task(row).etag != etag:
            raise Conflict("That task has changed in the meantime.")
        return row

    def _written(self, task: Task, before: dict[str, Any] | None, row: TaskRow | None) -> TaskWritten:
        return TaskWritten(
            task=task, inverse={"task": task.id, "rows": self._rows.undo({task.id: before}, {task.id: row})}
        )


def _task(row: TaskRow) -> Task:
    task = Task(id=row.id, title=row.title, due=row.due, notes=row.notes, list=row.list, done=row.done)
    return replace(task, etag=fingerprint(snapshot(row)))


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _list_order(name: str) -> tuple[bool, str, str]:
    return name != DEFAULT_LIST, name.casefold(), name


def _list_name(said: str, rows: Sequence[TaskRow]) -> str:
    """The list they mean: one that exists, else a new one with this name."""
    name = " ".join(said.split()) or DEFAULT_LIST
    return next((known for known in (DEFAULT_LIST, *(row.list for row in rows)) if _same(known, name)), name)


def _title(said: str) -> str:
    if not said.strip():
        raise Invalid("A task needs a title.")
    return said.strip()


def _last(rows: Sequence[TaskRow], name: str, but: TaskRow | None = None) -> str | None:
    """The rank of the last one in a list."""
    ranks = [row.rank for row in rows if row.list == name and row is not but]
    return ranks[-1] if ranks else None


def _rank_before(task_id: str, moving: TaskRow, rows: Sequence[TaskRow]) -> str:
    others = [row for row in rows if row.list == moving.list and row is not moving]
    place = next((number for number, row in enumerate(others) if row.id == task_id), None)
    if place is None:
        raise Invalid("The two tasks don't stand in the same list.")
    return _rank_between(others[place - 1].rank if place else None, others[place].rank)


def _rank_between(low: str | None, high: str | None) -> str:
    """A number between two: halves need a digit more each time, and may have it."""
    with localcontext(prec=10_000):
        if high is None:
            return str(Decimal(low or 0).to_integral_value() + 1)
        return str(Decimal(high) - 1 if low is None else (Decimal(low) + Decimal(high)) / 2)
