"""A copy of someone's Google tasks in our own database: it answers reads in milliseconds, and writes go through to Google."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from integrations.clock import Clock
from integrations.errors import Conflict, Unavailable
from integrations.google.writing import Outcome, attempt, keep, refused, settle, take
from integrations.store.intents import Intent, Intents
from integrations.store.mirrors import Mirrors
from integrations.tasks import NewTask, Task, TaskChange, TaskWritten
from integrations.tasks.board import Board, Step, same
from integrations.tasks.carrying import Carrying
from integrations.tasks.copy import NEW, Copy
from integrations.tasks.google import GoogleTasks
from integrations.tasks.wire import EVERYTHING, Entry

KEEPER = "tasks"
NOT_READ = "I'm still reading your tasks from Google. Please ask again in a moment."


class MirrorTasks:
    """One person's things to do. What is written under `key` is written once, however often it is asked.

    `about` is what the ledger would want to know of the piece of work (`conversation_id`, `turn_id`, `words`), for when a crash
    comes before it does.
    """

    def __init__(
        self,
        session: AsyncSession,
        person_id: str,
        google: GoogleTasks,
        clock: Clock,
        key: str,
        *,
        about: Mapping[str, Any] | None = None,
    ) -> None:
        self._session, self._person_id = session, person_id
        self._google, self._clock = google, clock
        self._key, self._about = key, dict(about or {})
        self._written = 0
        self._copy = Copy(session, person_id)
        self._intents = Intents(session, person_id)
        self._mirrors = Mirrors(session, person_id)

    async def lists(self) -> list[str]:
        """The names of the lists that exist, the default one first."""
        return [*(await self._read()).lists.values()]

    async def all(self, *, list: str | None = None, done: bool | None = False) -> list[Task]:
        """Tasks in their order, list after list; a list is found whatever its capitals."""
        tasks = (await self._read()).tasks()
        return [task for task in tasks if done in {None, task.done} and (list is None or same(task.list, list))]

    async def get(self, task_id: str) -> Task:
        """Raises `NotFound`."""
        board = await self._read()
        return board.task(board.find(task_id))

    async def add(self, new: NewTask) -> TaskWritten:
        """Write it down at the end of its list, which is made if it doesn't exist."""
        key = self._next()
        name = hashlib.sha256(f"{self._person_id}\n{key}".encode()).hexdigest()[:32]
        return await self._earlier(key) or await self._write(key, "add", (await self._copy.board()).adding(name, new))

    async def change(self, task_id: str, change: TaskChange, *, etag: str | None = None) -> TaskWritten:
        """Raises `NotFound`, `Invalid`, and `Conflict` when `etag` is given and no longer current."""
        key = self._next()
        if before := await self._earlier(key):
            return before
        act = "complete" if change == TaskChange(done=True) else "change"
        return await self._write(key, act, (await self._copy.board()).changing(task_id, change, etag))

    async def delete(self, task_id: str, *, etag: str | None = None) -> TaskWritten:
        """Raises like `change`."""
        key = self._next()
        if before := await self._earlier(key):
            return before
        return await self._write(key, "delete", (await self._copy.board()).deleting(task_id, etag))

    async def revert(self, inverse: dict[str, Any]) -> Task | None:
        """Undo one write; the task as it is now. What still waits in the queue is taken out of it."""
        key, step = self._next(), Step.of(inverse["step"])
        written = await self._earlier(key)
        if written is None:
            (await self._copy.board()).as_left(step)
            if await self._withdrawn(step, inverse["key"]):
                board = await self._copy.board()
                return None if step.after is None else board.task(board.find(step.task))
            written = await self._write(key, "undo", step)
        return None if step.after is None else written.task

    async def as_of(self) -> datetime | None:
        """When the copy was last known to be equal to the account; None: never yet."""
        found = await self._mirrors.all("tasks")
        return next((one.synced_at for one in found if one.part == ""), None)

    # how

    async def _read(self) -> Board:
        """Raises `Unavailable` as long as there is nothing to read from."""
        board = await self._copy.board()
        if not board.lists:
            whole = next((one for one in await self._mirrors.all("tasks") if one.part == ""), None)
            raise Unavailable(whole.say if whole and whole.say else NOT_READ)
        return board

    def _next(self) -> str:
        self._written += 1
        return self._key if self._written == 1 else f"{self._key}:{self._written}"

    async def _earlier(self, key: str) -> TaskWritten | None:
        """What came of this key before, if it was used. Raises what it was refused with."""
        intent = await self._intents.by_key(key)
        if intent is None:
            return None
        if intent.state == "sent" and await take(self._intents, intent, self._clock()):
            await self.carry_on(intent, again=True)
            intent = await self._intents.by_key(key)
            assert intent is not None
        if intent.state == "failed":
            raise refused(intent)
        return await self._result(key, intent)

    async def _result(self, key: str, intent: Intent) -> TaskWritten:
        if intent.state == "done" and intent.result:
            return _written(intent.result)
        return await self._shown(key, Step.of(intent.arguments["step"]))

    async def _shown(self, key: str, step: Step) -> TaskWritten:
        """As the copy has it, perhaps as it was before it went."""
        task = await self._copy.task(step)
        intent = await self._intents.by_key(key)
        unsure = intent is not None and intent.state == "sent"
        return TaskWritten(task=task, inverse={"step": step.back.json, "key": key}, unsure=task.pending and unsure)

    async def _write(self, key: str, act: str, step: Step) -> TaskWritten:
        """Note it, show it, send it, unless an earlier write to the same task hasn't come to its end: then it waits behind it."""
        held = await self._copy.intent_of(step.task)
        arguments = {
            "step": step.json, "since": await self._copy.cursor(step.after), "about": self._about,
        }  # fmt: skip
        intent = await self._intents.begin(key, KEEPER, act, arguments, self._clock())
        await self._copy.show(step, key)
        if held is not None:
            await settle(self._intents, key, Outcome(state="queued"), None)
            return await self._shown(key, step)
        outcome = await self.carry_on(intent, again=False)
        if outcome.state == "failed":
            await keep(self._session)
            raise outcome.error or Conflict()
        return await self._shown(key, step)

    async def carry_on(self, intent: Intent, *, again: bool) -> Outcome[Any]:
        """Send one write, noted before, and put what comes of it into copy and note; the same for a first and a later try."""
        key, step = intent.key, Step.of(intent.arguments["step"])
        carrying = await self._carrying(step, intent)

        async def carry(again: bool) -> Entry | None:
            return await replace(carrying, again=again).out()

        outcome: Outcome[Any] = await attempt(self._session, carry, again=again)
        result = None
        if outcome.state == "done":
            await self._copy.confirm(step, outcome.value, key)
            await self._release(step, key)
            written = await self._shown(key, step)
            result = {"task": task_json(written.task), "inverse": written.inverse}
        elif outcome.state == "failed":
            await self._copy.take_back(step, key)
            await self._release(step, key)
        await settle(self._intents, key, outcome, result)
        return outcome

    async def _carrying(self, step: Step, intent: Intent) -> Carrying:
        """What it takes to carry the step out, as plain values: rows mean nothing outside."""
        known = await self._copy.known_before(step.task, intent.made)
        since = {"updatedMin": intent.arguments["since"]} if intent.arguments["since"] else {}

        async def new_ones(list_id: str) -> list[Entry]:
            found = await self._google.wire.all(list_id, **EVERYTHING, **since)
            return [one for one in found if one.id not in known]

        to = (await self._copy.board()).list_id(step.after.list) if step.after else None
        return Carrying(
            wire=self._google.wire,
            step=step,
            new_ones=new_ones,
            at=await self._copy.at_google(step.task),
            list_id=None if to is None or to.startswith(NEW) else to,
            ids=await self._copy.ids(step),
            undoing=intent.act == "undo",
        )

    async def _withdrawn(self, step: Step, key: str) -> bool:
        """Whether the write to undo was still in the queue, and nothing waits behind it; now it never happens."""
        if await self._copy.intent_of(step.task) != key or not await self._intents.withdraw(key):
            return False
        await self._copy.show(step, key)
        await self._release(step, key)
        return True

    async def _release(self, step: Step, key: str) -> None:
        """The task waits for the one before it, if there is any, or for nothing."""
        waiting = [
            one.key
            for one in await self._intents.open(KEEPER)
            if one.key != key and one.arguments["step"]["task"] == step.task
        ]
        await self._copy.release(step.task, key, waiting[-1] if waiting else None)


def task_json(task: Task) -> dict[str, Any]:
    """As tools and clients see it."""
    return {
        "id": task.id, "title": task.title, "due": task.due.isoformat() if task.due else None, "notes": task.notes,
        "list": task.list, "done": task.done, "etag": task.etag, "pending": task.pending,
    }  # fmt: skip


def _written(kept: Mapping[str, Any]) -> TaskWritten:
    task = {**kept["task"], "due": date.fromisoformat(kept["task"]["due"]) if kept["task"]["due"] else None}
    return TaskWritten(task=Task(**task), inverse=kept["inverse"])
