"""The copy of someone's Google tasks: what it shows, and what becomes of it when a write is noted, confirmed or refused."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from integrations.store.mirrors import Mirrors
from integrations.store.task_copies import TaskCopies, TaskCopy, TaskListCopies
from integrations.tasks import Task
from integrations.tasks.board import Board, Content, Place, Step, same
from integrations.tasks.wire import Entry, ListEntry

NEW = "new:"
"""Before the name of a list that doesn't exist at Google yet."""


class Copy:
    """One person's, within one piece of work."""

    def __init__(self, session: AsyncSession, person_id: str) -> None:
        self._session = session
        self.rows = TaskCopies(session, person_id)
        self.lists = TaskListCopies(session, person_id)
        self.mirrors = Mirrors(session, person_id)

    # what it shows

    async def board(self) -> Board:
        """Everything as it is shown."""
        lists = [ListEntry(id=one.google_id, title=one.title, default=one.default) for one in await self.lists.all()]
        rows = await self.rows.shown()
        made = {row.list_id for row in rows if row.list_id.startswith(NEW)}
        lists += [ListEntry(id=one, title=one.removeprefix(NEW)) for one in sorted(made) if not _there(lists, one)]
        ours = {row.google_id: row.id for row in rows if row.google_id}
        entries = [_entry(row, ours.get(row.parent or ""), _list_id(row, lists)) for row in rows]
        return Board.made(lists, entries, (row.id for row in rows if row.intent))

    async def task(self, step: Step) -> Task:
        """As it is shown; a deleted one as it was."""
        row, board = await self.rows.find(step.task), await self.board()
        if row is None:
            content = step.before or step.after
            assert content is not None
            return Task(id=step.task, title=content.title, notes=content.notes, due=content.due, list=content.list, done=content.done)  # fmt: skip
        board.pending |= {row.id} if row.intent else set()
        known = [ListEntry(id=one, title=name) for one, name in board.lists.items()]
        return board.task(_entry(row, None, _list_id(row, known)))

    # what a write needs to know

    async def intent_of(self, task_id: str) -> str | None:
        """The last write to it whose end isn't known."""
        row = await self.rows.find(task_id)
        return row.intent if row else None

    async def cursor(self, content: Content | None) -> str | None:
        """Since when it isn't known what happened in the list that the content stands in; None: since ever."""
        if content is None or (list_id := (await self.board()).list_id(content.list)) is None:
            return None
        return next((one.cursor for one in await self.mirrors.all("tasks") if one.part == list_id), None)

    async def at_google(self, task_id: str) -> Entry | None:
        """Where it is there, as far as we know."""
        row = await self.rows.find(task_id)
        if row is None or row.google_id is None:
            return None
        here = _entry(row, None, row.google_list or "")
        return Entry(**{**vars(here), "id": row.google_id, "parent": row.parent, "deleted": row.gone})

    async def ids(self, step: Step) -> dict[str, str]:
        """Google's ids of a task's neighbours."""
        place = step.place_after or Place()
        wanted = [*place.behind, *([place.parent] if place.parent else [])]
        rows = await self.rows.where(TaskCopy.id.in_(wanted), TaskCopy.google_id.is_not(None))
        return {row.id: row.google_id for row in rows if row.google_id}

    async def known_before(self, task_id: str, noted: int) -> frozenset[str]:
        """Google's ids of what a write noted at that time can't have made."""
        rows = await self.rows.where(TaskCopy.google_id.is_not(None), TaskCopy.id != task_id)
        return frozenset(row.google_id or "" for row in rows if not row.found or row.made < noted)

    # what becomes of it

    async def show(self, step: Step, key: str) -> None:
        """As if it were done, until it is."""
        row = await self.rows.find(step.task)
        if step.after is None:
            if row is not None:
                row.gone, row.intent = True, key
                await self._session.flush()
            return
        if row is None:
            row = await self.rows.add(id=step.task, title="", list_id="", intent=key)
        row.gone, row.intent = False, key
        row.title, row.notes, row.due, row.done = step.after.title, step.after.notes, step.after.due, step.after.done
        row.list_id = (await self.board()).list_id(step.after.list) or NEW + step.after.list
        await self._session.flush()
        if step.place_after:
            await self._arrange(row, step.place_after)

    async def confirm(self, step: Step, now: Entry | None, key: str) -> None:
        """As it is at Google, save where a later write to the same task is still to come."""
        if now is None:
            await self._deleted(step.task)
            return
        for other in (await self.rows.by_google_id([now.id])).values():
            if other.id != step.task:  # read before we knew that it is ours
                await self.rows.drop(TaskCopy.id == other.id)
        row = await self.rows.find(step.task) or await self.rows.add(id=step.task, title="", list_id="", intent=key)
        row.google_id, row.google_list, row.etag, row.updated = now.id, now.list_id, now.etag, now.updated
        row.hidden, row.origin = now.hidden, now.origin
        if step.after and all(one.google_id != now.list_id for one in await self.lists.all()):
            await self.lists.put(now.list_id, step.after.list)
        if row.intent == key:
            row.title, row.notes, row.due, row.done = now.title, now.notes, now.due, now.done
            row.list_id, row.parent, row.gone = now.list_id, now.parent, False
        await self._session.flush()
        if step.place_after and row.intent == key:
            await self._arrange(row, step.place_after)

    async def take_back(self, step: Step, key: str) -> None:
        """It was refused: as before, and its list is read again, as there may be more that we don't know."""
        await self.show(step.back, key)
        row = await self.rows.find(step.task)
        if row is None:
            return
        if row.google_id is None:
            await self.rows.drop(TaskCopy.id == row.id)
            return
        row.updated = ""
        for mirror in await self.mirrors.all("tasks"):
            if mirror.part in {row.google_list, row.list_id}:
                mirror.cursor = None
        await self._session.flush()

    async def release(self, task_id: str, key: str, waiting: str | None) -> None:
        """The write is over; `waiting` is the one behind it."""
        row = await self.rows.find(task_id)
        if row is None or row.intent != key:
            return
        row.intent = waiting
        await self._session.flush()
        if row.gone and row.google_id is None and waiting is None:
            await self.rows.drop(TaskCopy.id == task_id)

    async def _deleted(self, task_id: str) -> None:
        row = await self.rows.find(task_id)
        if row is None:
            return
        row.gone = True
        for child in await self.rows.where(TaskCopy.parent == row.google_id, TaskCopy.parent.is_not(None)):
            child.gone = True  # what stands under a task goes with it
        await self._session.flush()

    async def _arrange(self, row: TaskCopy, place: Place) -> None:
        """Into its place, with the positions that Google gives: the number of those before it, in twenty digits."""
        parent = await self.rows.find(place.parent) if place.parent else None
        row.parent = parent.google_id if parent else None
        siblings = [one for one in await self._siblings(row) if one.id != row.id]
        numbers = {one.id: number for number, one in enumerate(siblings)}
        before = next((one for one in place.behind if one in numbers), None)
        siblings.insert(0 if before is None else numbers[before] + 1, row)
        for number, one in enumerate(siblings):
            one.position = f"{number:020}"
        await self._session.flush()

    async def _siblings(self, row: TaskCopy) -> Sequence[TaskCopy]:
        same_parent = TaskCopy.parent.is_(None) if row.parent is None else TaskCopy.parent == row.parent
        found = await self.rows.where(TaskCopy.list_id == row.list_id, TaskCopy.gone.is_(False), same_parent)
        return sorted(found, key=lambda one: (one.position, one.id))


def from_google(one: Entry) -> dict[str, Any]:
    """The columns of a row that are as Google has them."""
    return {
        "google_id": one.id, "google_list": one.list_id, "etag": one.etag, "updated": one.updated, "list_id": one.list_id,
        "title": one.title, "notes": one.notes, "due": one.due, "done": one.done, "hidden": one.hidden,
        "parent": one.parent, "position": one.position, "origin": one.origin, "gone": one.deleted,
    }  # fmt: skip


def _entry(row: TaskCopy, parent: str | None, list_id: str) -> Entry:
    return Entry(
        id=row.id, list_id=list_id, title=row.title, notes=row.notes, due=row.due, done=row.done, hidden=row.hidden,
        parent=parent, position=row.position, origin=row.origin, etag=row.etag, updated=row.updated,
    )  # fmt: skip


def _there(lists: Sequence[ListEntry], new: str) -> bool:
    return any(same(one.title, new.removeprefix(NEW)) and not one.default for one in lists)


def _list_id(row: TaskCopy, lists: Sequence[ListEntry]) -> str:
    """A list that was to be made may have been made meanwhile."""
    if not row.list_id.startswith(NEW):
        return row.list_id
    name = row.list_id.removeprefix(NEW)
    return next((one.id for one in lists if same(one.title, name) and not one.default), row.list_id)
