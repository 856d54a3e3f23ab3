"""Tasks kept in someone's Google account, with nothing of them kept here."""

import asyncio
from dataclasses import replace
from datetime import datetime
from typing import Any

from integrations.google.client import GoogleApi
from integrations.tasks import NewTask, Task, TaskChange, TaskWritten
from integrations.tasks.board import Board, Step, same
from integrations.tasks.carrying import Carrying
from integrations.tasks.wire import Entry, TasksWire

THERE = {"showCompleted": True, "showHidden": True, "showAssigned": True}
NEW = "new"


class GoogleTasks:
    """One person's things to do. Every question reads the account as it is; `MirrorTasks` is for answering at once.

    A list that a task was put on stays when the task goes.
    """

    def __init__(self, api: GoogleApi) -> None:
        self.wire = TasksWire(api)

    async def lists(self) -> list[str]:
        """The names of the lists that exist, the default one first."""
        return [*Board.made(await self.wire.lists(), []).lists.values()]

    async def all(self, *, list: str | None = None, done: bool | None = False) -> list[Task]:
        """Tasks in their order, list after list; a list is found whatever its capitals."""
        tasks = (await self._board()).tasks()
        return [task for task in tasks if done in {None, task.done} and (list is None or same(task.list, list))]

    async def get(self, task_id: str) -> Task:
        """Raises `NotFound`."""
        board = await self._board()
        return board.task(board.find(task_id))

    async def add(self, new: NewTask) -> TaskWritten:
        """Write it down at the end of its list, which is made if it doesn't exist."""
        board = await self._board()
        return await self._carry(board, board.adding(NEW, new))

    async def change(self, task_id: str, change: TaskChange, *, etag: str | None = None) -> TaskWritten:
        """Raises `NotFound`, `Invalid`, and `Conflict` when `etag` is given and no longer current."""
        board = await self._board()
        return await self._carry(board, board.changing(task_id, change, etag))

    async def delete(self, task_id: str, *, etag: str | None = None) -> TaskWritten:
        """Raises like `change`."""
        board = await self._board()
        return await self._carry(board, board.deleting(task_id, etag))

    async def revert(self, inverse: dict[str, Any]) -> Task | None:
        """Undo one write; the task as it is now. Raises `Conflict` when it was changed since."""
        step, board = Step.of(inverse["step"]), await self._board()
        board.as_left(step)
        gone = None if step.before else Entry(id=step.task, list_id=inverse["list_id"], title="")
        written = await self._carry(board, step, gone)
        return None if step.after is None else written.task

    async def as_of(self) -> datetime | None:
        """It is the original."""
        return None

    async def _board(self) -> Board:
        lists = await self.wire.lists()
        found = await asyncio.gather(*(self.wire.all(one.id, **THERE) for one in lists))
        return Board.made(lists, [one for entries in found for one in entries])

    async def _carry(self, board: Board, step: Step, gone: Entry | None = None) -> TaskWritten:
        there = {one.id for one in board.entries}

        async def new_ones(list_id: str) -> list[Entry]:
            return [one for one in await self.wire.all(list_id, **THERE) if one.id not in there]

        at = next((one for one in board.entries if one.id == step.task), gone)
        to = board.list_id(step.after.list) if step.after else None
        now = await Carrying(wire=self.wire, step=step, new_ones=new_ones, at=at, list_id=to).out()
        shown = now or at
        assert shown is not None
        if now and now.list_id not in board.lists and step.after:
            board.lists[now.list_id] = step.after.list
        back = replace(step.back, task=shown.id)
        return TaskWritten(task=board.task(shown), inverse={"step": back.json, "list_id": shown.list_id})
