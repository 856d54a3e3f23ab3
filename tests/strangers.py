"""Somebody else who edits a person's things beside Chronus: in Google's own apps, or at our own keepers past the ledger."""

from random import Random
from typing import Any

from sqlalchemy import select

from agent.changes import undo_all
from agent.copies import CalendarCopy
from integrations.calendar import EventChange
from integrations.errors import ChronusError, Conflict, NotFound
from integrations.store.changes import Change
from integrations.store.memories import Memories, Memory
from integrations.store.messages import MessageRow
from integrations.store.tables import new_id
from integrations.tasks import TaskChange
from tests.e2e.google_whole import Whole
from tests.ledgers import standing, synced
from tests.worlds import World


async def edited(world: World, random: Random, whole: Whole | None) -> dict[str, tuple[str, str]]:
    """Up to three of the things that were changed are changed by a stranger: by keeper and id, the words that stand there now."""
    found: dict[str, tuple[str, str]] = {}
    changes = [one for one in await standing(world) if (one.receipt or {}).get("id") and one.keeper in EDITS]
    changes = [
        one for one in changes if (one.inverse or {}).get("steps") != []
    ]  # what was so already took no step, nor does its undo
    for change in random.sample(changes, min(len(changes), random.randint(1, 3))):
        named, words = str((change.receipt or {})["id"]), f"by hand {random.random()}"
        if f"{change.keeper} {named}" in found:
            continue
        try:
            if await EDITS[change.keeper](world, whole, named, words):
                found[f"{change.keeper} {named}"] = (change.keeper, words)
        except (NotFound, Conflict):  # it is gone, or over: nobody can edit it
            continue
    if whole and random.random() < 0.5:  # before we look, or after
        await synced(world)
    return found


async def _event(world: World, whole: Whole | None, named: str, words: str) -> bool:
    if whole is None:
        async with world.services.context(world.person) as ctx:
            await ctx.calendar.change(named, EventChange(notes=words))
        return True
    copies = await world.services.outside.copies(world.person.id)
    [copy] = [one for one in copies if isinstance(one, CalendarCopy)]
    await copy.google.again(new_id()).change(named, EventChange(notes=words))
    return True


async def _task(world: World, whole: Whole | None, named: str, words: str) -> bool:
    if whole is None:
        async with world.services.context(world.person) as ctx:
            await ctx.tasks.change(named, TaskChange(notes=words))
        return True
    async with world.services.context(world.person, write=False) as ctx:
        title = (await ctx.tasks.get(named)).title
    there = [one for tasks in whole.todo.tasks.values() for one in tasks]
    called = [one for one in there if one["title"] == title and not one.get("deleted")]
    if len(called) == 1:
        whole.todo.edit(called[0], notes=words)
    return len(called) == 1


async def _reminder(world: World, whole: Whole | None, named: str, words: str) -> bool:
    async with world.services.context(world.person) as ctx:
        await ctx.reminders.change(named, text=words)
    return True


async def _mail(world: World, whole: Whole | None, named: str, words: str) -> bool:
    async with world.services.context(world.person) as ctx:
        message = await ctx.mail.get(named)
    if whole is None:
        async with world.services.database.work() as session:
            (await session.get_one(MessageRow, named)).body = words
            await session.flush()
        return True
    if message.box != "drafts":
        return False
    mails = whole.mailbox.mails
    called = [one for one, mail in whole.mailbox.drafts.items() if mails[mail].header("Subject") == message.subject]
    if len(called) != 1:  # which of them is it?
        return False
    raw = mails[whole.mailbox.drafts[called[0]]].raw.replace(message.body.strip().encode(), words.encode())
    whole.mailbox.write(raw, draft_id=called[0])
    return True


async def _memory(world: World, whole: Whole | None, named: str, words: str) -> bool:
    async with world.services.database.work() as session:
        memories = Memories(session, world.person.id)
        (await memories.get(named)).text = words
        await session.flush()
    return True


EDITS: dict[str, Any] = {
    "calendar": _event, "tasks": _task, "reminders": _reminder, "mail": _mail, "memory": _memory,
}  # fmt: skip


async def taken_back(world: World) -> tuple[list[Change], list[tuple[Change, ChronusError]]]:
    """Every act of the ledger, newest first and each by itself: what was undone, and what was refused."""
    undone: list[Change] = []
    refused: list[tuple[Change, ChronusError]] = []
    for act in dict.fromkeys(one.act for one in await standing(world)):
        changes: list[Change] = []
        try:
            async with world.services.context(world.person, key=new_id()) as ctx:
                changes = await ctx.changes.of_act(act)
                done, stopped = await undo_all(ctx, changes, tell=False)
            undone += done
            if stopped:
                refused.append((changes[len(done)], stopped))
        except ChronusError as error:
            refused.append((changes[0], error))
    return undone, refused


def things(change: Change) -> set[str]:
    """The names of all that a change wrote, series by the name of the whole."""
    inverse, receipt = change.inverse or {}, change.receipt or {}
    names = {str(receipt.get("id")), str(inverse.get("event")), *(one["id"] for one in inverse.get("rows", ()))}
    if "steps" in inverse:
        names |= inverse["left"].keys()
    return {name.split("_")[0] for name in names} - {"None"}


async def replaced_by(world: World, names: set[str]) -> set[str]:
    """The memories that these took the place of, and those that they had."""
    found = names
    async with world.services.database.look() as session:
        while older := set(await session.scalars(select(Memory.id).where(Memory.superseded_by.in_(found)))) - found:
            found = found | older
    return found
