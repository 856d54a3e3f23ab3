"""Reading what is new at Google into the copy of someone's tasks, and bringing open writes to an end."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from integrations.clock import Clock
from integrations.errors import ChronusError, Invalid, NotFound
from integrations.google.writing import TOLD, Outcome, take
from integrations.store.changes import Changes
from integrations.store.database import Database
from integrations.store.intents import Intent, Intents
from integrations.store.mirrors import Mirror, Mirrors, Progress
from integrations.store.notices import Notices
from integrations.store.task_copies import TaskCopies, TaskCopy, TaskListCopies
from integrations.tasks.board import Content, Step
from integrations.tasks.copy import from_google
from integrations.tasks.google import GoogleTasks
from integrations.tasks.mirror import KEEPER, MirrorTasks
from integrations.tasks.wire import EVERYTHING, STANDING, Entry, ListEntry, TasksWire

WHOLE = timedelta(days=1)
"""How often everything is read, whatever Google says is new."""
END = "end"
"""In place of a page: all of them were read."""
BEGINNING = "1970-01-01T00:00:00.000Z"


async def sync(
    database: Database, person_id: str, google: GoogleTasks, clock: Clock, *, progress: Progress | None = None
) -> None:
    """Read what is new. Stopped anywhere and run again it goes on. Raises our errors, which the copy knows of then too."""
    try:
        lists = await google.wire.lists()
        reading = Reading(database, person_id, google.wire, clock, progress)
        await reading.keep_lists(lists)
        for one in lists:
            await reading.read(one)
    except ChronusError as error:
        async with database.work() as session:
            mirrors = Mirrors(session, person_id)
            await mirrors.failed(await mirrors.of("tasks"), clock(), error.say)
        raise
    async with database.work() as session:
        mirrors = Mirrors(session, person_id)
        await mirrors.worked(await mirrors.of("tasks"), clock())


class Reading:
    """One round through an account: Google is asked outside of transactions, each page is kept in one with where it goes on.

    `updatedMin` alone would not do: putting a task between two others shifts those behind it without their being new, so that
    the order of all that isn't put away is read again whenever something in a list is new, and everything once a day.
    """

    def __init__(
        self, database: Database, person_id: str, wire: TasksWire, clock: Clock, progress: Progress | None
    ) -> None:
        self._database, self._person_id = database, person_id
        self._wire, self._clock, self._progress = wire, clock, progress
        self._read = 0

    async def keep_lists(self, lists: Sequence[ListEntry]) -> None:
        """Those that are gone go with what stood in them, save what is still to be written."""
        there = {one.id for one in lists}
        async with self._database.work() as session:
            copies, mirrors = TaskListCopies(session, self._person_id), Mirrors(session, self._person_id)
            for known in await copies.all():
                if known.google_id not in there:
                    await copies.drop(known.google_id)
                    await mirrors.drop("tasks", known.google_id)
                    await TaskCopies(session, self._person_id).drop(
                        TaskCopy.google_list == known.google_id, TaskCopy.intent.is_(None)
                    )
            for one in lists:
                await copies.put(one.id, one.title, default=one.default)

    async def read(self, one: ListEntry) -> None:
        """What is new in one list; a list that goes while it is read is left to the next round."""
        async with self._database.work() as session:
            mirror = await Mirrors(session, self._person_id).of("tasks", one.id)
            cursor, page, known = mirror.cursor, mirror.page, await self._list(session, one.id)
            updated, read_at = known.updated, known.read_at
        try:
            if page is not None or cursor is None or read_at is None or self._clock() - read_at >= WHOLE:
                await self._read_whole(one, page)
            else:
                await self._read_new(one, cursor, moved=updated != one.updated)
        except NotFound:
            return

    async def _read_whole(self, one: ListEntry, page: str | None) -> None:
        if page is None:
            async with self._database.work() as session:
                mirror = await Mirrors(session, self._person_id).of("tasks", one.id)
                # from then on everything that happens is new, also on pages that were read already
                mirror.round, mirror.page, mirror.cursor = mirror.round + 1, "", one.updated or BEGINNING
                page = ""
        while page not in {None, END}:
            entries, page = await self._page(one.id, page)
            async with self._database.work() as session:
                mirror = await Mirrors(session, self._person_id).of("tasks", one.id)
                await self._keep(session, entries, mirror.round)
                mirror.page = page if page is not None else END
        await self._forget_unseen(one)

    async def _page(self, list_id: str, page: str | None) -> tuple[list[Entry], str | None]:
        """Google forgets its tokens after a while: then from the beginning."""
        try:
            return await self._wire.page(list_id, page or None, **EVERYTHING)
        except Invalid:
            if not page:
                raise
            return await self._wire.page(list_id, **EVERYTHING)

    async def _forget_unseen(self, one: ListEntry) -> None:
        """What was not read may have slipped from one page to another meanwhile: Google is asked for each."""
        async with self._database.work() as session:
            mirror = await Mirrors(session, self._person_id).of("tasks", one.id)
            unseen = await TaskCopies(session, self._person_id).where(
                TaskCopy.google_list == one.id, TaskCopy.round < mirror.round, TaskCopy.intent.is_(None)
            )
            ids = [row.google_id for row in unseen if row.google_id and not row.gone]
        for google_id in ids:
            try:
                found = await self._wire.get(one.id, google_id)
            except NotFound:
                found = None
            async with self._database.work() as session:
                mirror = await Mirrors(session, self._person_id).of("tasks", one.id)
                if found is not None and not found.deleted:
                    await self._keep(session, [found], mirror.round)
        async with self._database.work() as session:
            mirror = await Mirrors(session, self._person_id).of("tasks", one.id)
            await TaskCopies(session, self._person_id).drop(
                TaskCopy.google_list == one.id, TaskCopy.round < mirror.round, TaskCopy.intent.is_(None)
            )
            await self._finished(session, mirror, one, read_at=self._clock())

    async def _read_new(self, one: ListEntry, cursor: str, *, moved: bool) -> None:
        newest, news = cursor, False
        first = True
        async for entries in self._wire.pages(one.id, **EVERYTHING, updatedMin=cursor):
            if first:  # what happens while later pages are read is new the next time
                newest = max([cursor, *(entry.updated for entry in entries)])
                first = False
            async with self._database.work() as session:
                news = await self._keep(session, entries, None) or news
        if news or moved:
            async for entries in self._wire.pages(one.id, **STANDING):
                async with self._database.work() as session:
                    await self._keep(session, entries, None)
        async with self._database.work() as session:
            mirror = await Mirrors(session, self._person_id).of("tasks", one.id)
            if mirror.cursor == cursor:  # else a refused write has asked for everything to be read again
                mirror.cursor = newest
            await self._finished(session, mirror, one)

    async def _finished(self, session: Any, mirror: Mirror, one: ListEntry, **more: datetime) -> None:
        mirror.page = None
        known = await self._list(session, one.id)
        known.updated = one.updated
        known.read_at = more.get("read_at", known.read_at)
        await Mirrors(session, self._person_id).worked(mirror, self._clock())

    async def _list(self, session: Any, google_id: str) -> Any:
        return next(one for one in await TaskListCopies(session, self._person_id).all() if one.google_id == google_id)

    async def _keep(self, session: Any, entries: Sequence[Entry], seen: int | None) -> bool:
        """Into the copy, except over what is newer here; whether anything was new."""
        rows = TaskCopies(session, self._person_id)
        known = await rows.by_google_id(one.id for one in entries)
        new, changed, kept = [], [], []
        for one in entries:
            row = known.get(one.id)
            if row is None:
                if not one.deleted:
                    new.append({**from_google(one), "found": True, "round": seen or 0})
            elif _newer(one, row):
                changed.append({"id": row.id, **from_google(one), "round": row.round if seen is None else seen})
            elif seen is not None:
                kept.append({"id": row.id, "round": seen})
        await rows.add_all(new)
        news = [one for one in changed if known[one["google_id"]].etag != one["etag"]]
        await rows.change_all(changed)
        await rows.change_all(kept)
        self._read += len(entries)
        if self._progress:
            self._progress(self._read, None)
        return bool(new or news)


def _newer(one: Entry, row: TaskCopy) -> bool:
    """Whether what was read says more than what is here."""
    if row.intent is not None or one.updated < row.updated:
        return False
    if one.deleted and row.google_list != one.list_id:
        return False  # what moved to another list leaves a mark of itself
    return one.deleted or not row.gone or one.updated > row.updated


# open writes


async def settle_intents(database: Database, person_id: str, google: GoogleTasks, clock: Clock) -> None:
    """Send what is queued, look after what was sent, in their order; stops where Google can't be reached.

    Raises `ChronusError` only for our own database.
    """
    async with database.look() as session:
        keys = [intent.key for intent in await Intents(session, person_id).open(KEEPER)]
    held: set[str] = set()
    for key in keys:
        async with database.work() as session:
            intents = Intents(session, person_id)
            intent = await intents.by_key(key)
            if intent is None or intent.state not in {"sent", "queued"}:
                continue
            step, told = Step.of(intent.arguments["step"]), intent.result == TOLD
            if step.task in held or not await take(intents, intent, clock()):
                held.add(step.task)
                continue
            outcome = await MirrorTasks(session, person_id, google, clock, key).carry_on(intent, again=True)
            if outcome.state in {"queued", "sent"}:
                return
            await _tell(session, person_id, key, outcome, clock(), told=told)


async def _tell(session: Any, person_id: str, key: str, outcome: Outcome[Any], now: datetime, *, told: bool) -> None:
    """Owe the person a sentence; and the ledger a line, where the crash came before it."""
    intent = await Intents(session, person_id).by_key(key)
    assert intent is not None
    step = Step.of(intent.arguments["step"])
    changes, notices = Changes(session, person_id), Notices(session, person_id)
    line = await changes.by_key(key)
    if undone := intent.arguments["about"].get("undoes"):
        await (changes.mark_standing(undone) if outcome.state == "failed" else changes.mark_undone(undone, now))
    if outcome.state == "failed":
        if line is not None:
            await changes.mark_undone(line.id, now)
        say = f"I couldn't get this through to Google: {_what(step)} {intent.say}"
    else:
        begin = "Google is back" if told else "I've finished what was interrupted"
        say = f"{begin}: {_what(step)}"
        if line is not None:
            line.receipt = (intent.result or {}).get("task")
            await session.flush()
        elif not told and intent.act != "undo":
            await _note(changes, intent, step)
    await notices.add(f"tasks:{step.task}", say, now)


async def _note(changes: Changes, intent: Intent, step: Step) -> None:
    """The line that the ledger lacks."""
    tool = {"add": "add_task", "complete": "complete_task", "delete": "delete_task"}.get(intent.act, "change_task")
    content = step.after or step.before
    assert content is not None
    arguments = {"title": content.title, "list": content.list} if intent.act == "add" else {"task": step.task}
    about = intent.arguments["about"]
    await changes.add(
        at=intent.at,
        tool=tool,
        effect="destructive" if tool == "delete_task" else "private",
        say=_what(step),
        keeper="tasks",
        arguments=arguments,
        receipt=(intent.result or {}).get("task"),
        inverse=(intent.result or {}).get("inverse"),
        words=about.get("words", ""),
        key=intent.key,
        conversation_id=about.get("conversation_id"),
        turn_id=about.get("turn_id"),
    )


def _what(step: Step) -> str:
    """What the write says, as a sentence."""
    before, after = step.before, step.after
    if after is None:
        return f"{(before or Content(title='That task')).title} is off your list."
    if before is None:
        return f"{after.title} is on your list."
    if before.done != after.done:
        return f"{after.title} is done." if after.done else f"{after.title} is still to do."
    if before.list != after.list:
        return f"{after.title} is on your {after.list} list."
    return f"{after.title} is changed."
