"""A list of things to do, whoever keeps it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

DEFAULT_LIST = "Tasks"


@dataclass(frozen=True, kw_only=True)
class Task:
    """One thing to do. `list` is the name of the list it stands in; a due date has no hour."""

    id: str
    title: str
    due: date | None = None
    notes: str = ""
    list: str = DEFAULT_LIST
    done: bool = False
    etag: str = ""
    pending: bool = False
    """Whether it still has to be put where it is kept, or nobody knows yet that it is there."""
    origin: str = ""
    """Where somebody assigned it ("Google Docs"): deleting it deletes it there too. Empty for one's own."""


@dataclass(frozen=True, kw_only=True)
class NewTask:
    """What it takes to write something down."""

    title: str
    due: date | None = None
    notes: str = ""
    list: str = DEFAULT_LIST


@dataclass(frozen=True, kw_only=True)
class TaskChange:
    """What should become different; None leaves a field as it is, `no_due` takes the date away."""

    title: str | None = None
    due: date | None = None
    no_due: bool = False
    notes: str | None = None
    list: str | None = None
    done: bool | None = None
    before: str | None = None
    """Id of the task of the same list that it should stand directly before."""


@dataclass(frozen=True, kw_only=True)
class TaskWritten:
    """The task as read back after a write (after a delete: as it was), and what would put it back.

    A `pending` one isn't there yet, or, if `unsure`, nobody knows whether it is.
    """

    task: Task
    inverse: dict[str, Any]
    unsure: bool = False


class Tasks(Protocol):
    """What the rest of the house may ask of someone's tasks."""

    async def lists(self) -> list[str]:
        """The names of the lists that exist, the default one first."""
        ...

    async def all(self, *, list: str | None = None, done: bool | None = False) -> list[Task]:
        """Tasks in their order; `done=None` gives both kinds. A list is found whatever its capitals."""
        ...

    async def get(self, task_id: str) -> Task:
        """Raises `NotFound`."""
        ...

    async def add(self, new: NewTask) -> TaskWritten:
        """Write it down at the end of its list, which is made if it doesn't exist."""
        ...

    async def change(self, task_id: str, change: TaskChange, *, etag: str | None = None) -> TaskWritten:
        """Raises `NotFound`, `Invalid`, and `Conflict` when `etag` is given and no longer current."""
        ...

    async def delete(self, task_id: str, *, etag: str | None = None) -> TaskWritten:
        """Raises like `change`."""
        ...

    async def revert(self, inverse: dict[str, Any]) -> Task | None:
        """Undo one write; the task as it is now. Raises `Conflict` when it was changed since."""
        ...

    async def as_of(self) -> datetime | None:
        """When this was last known to be as the original is; None: it is the original."""
        ...
