"""Things to do, watched: what was made of mail, or assigned by others, is others' words; deleting needs leave."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from agent.effects import Effect
from agent.origins import Origin
from agent.trust import Trust
from integrations.store.origins import Foreigners
from integrations.tasks import NewTask, Task, TaskChange, Tasks, TaskWritten

KEEPER = "tasks"


class GuardedTasks:
    """Keeps the port of tasks with another one."""

    def __init__(self, kept: Tasks, trust: Trust, foreigners: Foreigners) -> None:
        self.kept = kept
        self._trust = trust
        self._foreigners = foreigners

    async def lists(self) -> list[str]:
        """The names of the lists."""
        return await self.kept.lists()

    async def all(self, *, list: str | None = None, done: bool | None = False) -> "list[Task]":
        """Tasks in their order; it is noted whose words they are."""
        return await self._noted(await self.kept.all(list=list, done=done))

    async def get(self, task_id: str) -> Task:
        """One task; it is noted whose words it holds."""
        return (await self._noted([await self.kept.get(task_id)]))[0]

    async def add(self, new: NewTask) -> TaskWritten:
        """Nobody else sees it."""
        return await self.kept.add(new)

    async def change(self, task_id: str, change: TaskChange, *, etag: str | None = None) -> TaskWritten:
        """Raises `Denied` for one that others assigned, without leave: they see it."""
        if not self._trust.free and (await self.get(task_id)).origin:
            self._trust.check(Effect.OUTBOUND)
        return await self.kept.change(task_id, change, etag=etag)

    async def delete(self, task_id: str, *, etag: str | None = None) -> TaskWritten:
        """Raises `Denied` without leave."""
        self._trust.check(Effect.DESTRUCTIVE)
        return await self.kept.delete(task_id, etag=etag)

    async def revert(self, inverse: dict[str, Any]) -> Task | None:
        """Undo one write."""
        task = await self.kept.revert(inverse)
        return None if task is None else (await self._noted([task]))[0]

    async def as_of(self) -> datetime | None:
        """When this was last known to be as the original is."""
        return await self.kept.as_of()

    async def _noted(self, tasks: "list[Task]") -> "list[Task]":
        if tasks and not self._trust.tainted:
            self._trust.read(Origin.THIRD_PARTY if await self._foreign(tasks) else Origin.OWN)
        return tasks

    async def _foreign(self, tasks: Sequence[Task]) -> bool:
        marked = await self._foreigners.among(KEEPER, {task.id for task in tasks})
        return bool(marked) or any(task.origin for task in tasks)
