"""Forgetting in a thread, a ledger and a yes, on each database: what was said of it is gone, the rest is as it was."""

import asyncio
from datetime import UTC, datetime

from agent.forgetting import MARK, Forgetting
from integrations.store.approvals import Approvals
from integrations.store.changes import Changes
from integrations.store.conversations import Conversations
from integrations.store.database import Database
from integrations.store.memories import Memories
from integrations.store.people import People

NOW = datetime(2026, 3, 4, 10, 20, tzinfo=UTC)
TEXT = "I keep my savings in the blue teapot"


async def test_what_was_said_of_it_is_wiped_for_this_person_only(database: Database) -> None:
    """Words, tool answers, receipts and read-backs lose it; another person's same words and other changes don't."""
    async with database.work() as session:
        anna, ben = [(await People(session).add(zone="UTC", now=NOW)).id for _ in range(2)]
        for person in (anna, ben):
            talk = Conversations(session, person)
            thread = await talk.start(NOW)
            turn = await talk.add_turn(thread.id, channel="voice", said=f"Hello. {TEXT}! Bye", now=NOW)
            lines = [{"id": "c", "tool": "recall", "arguments": {}, "signature": "c2VjcmV0", "mind": "gemini"}, {"id": "c", "tool": "recall", "content": {"result": {"memories": [{"id": "m", "text": TEXT}]}}}]  # fmt: skip
            await talk.finish(turn.id, reply="You keep your savings in the blue teapot, I know. Ok.", lines=lines, actions=[], understood=None, pending_id=None, now=NOW)  # fmt: skip
            await Changes(session, person).add(at=NOW, tool="add_task", effect="private", say="Added.", keeper="tasks", arguments={"title": TEXT}, receipt={"title": TEXT}, inverse={"do": "delete", "id": "t"}, words=TEXT)  # fmt: skip
            await Changes(session, person).add(at=NOW, tool="remember", effect="private", say=TEXT, keeper="memory", arguments={"text": TEXT}, receipt={"id": "m", "text": TEXT}, inverse={"do": "forget", "id": "m"}, words=TEXT)  # fmt: skip
        memory = await Memories(session, anna).add(text=TEXT, at=NOW, quote=TEXT)
        traces = Memories(session, anna).traces
        forgetting = Forgetting([memory])
        assert await traces.left(forgetting) > 6
        await traces.wipe(forgetting)
        assert await traces.left(forgetting) == 0
        assert await Memories(session, ben).traces.left(forgetting) > 6

    async with database.look() as session:
        talk = Conversations(session, anna)
        [thread] = await talk.all()
        [turn] = await talk.turns(thread.id)
        task, remembered = sorted(await Changes(session, anna).all(), key=lambda one: one.tool)
        assert await Approvals(session, anna).of_turn(turn.id, NOW) == []
    assert turn.said.startswith("Hello. " + MARK)
    assert turn.said.endswith("Bye")
    assert len(turn.reply.split()) == len("You keep your savings in the blue teapot, I know. Ok.".split())
    assert turn.lines[0]["signature"] is None
    assert "teapot" not in str([turn.lines, remembered.say, remembered.arguments, remembered.receipt, task.words])
    assert task.receipt == {"title": TEXT}


async def test_a_stamp_tells_every_change(database: Database) -> None:
    """The same stamp, the same memories: whatever is added, reworded, indexed or brought back gives another one."""
    async with database.work() as session:
        person = (await People(session).add(zone="UTC", now=NOW)).id
        memories = Memories(session, person)
        nothing = await memories.stamp()
        first = await memories.add(text="One", at=NOW)
        alone = await memories.stamp()
        second = await memories.add(text="Two", at=NOW)
        seen = [nothing, alone, await memories.stamp()]
        for change in ({"text": "Three"}, {"embedded": True}):
            await memories.change(second.id, **change)
            seen.append(await memories.stamp())
        await memories.change(second.id, superseded_by=first.id)
        assert await memories.stamp() == alone
        await memories.change(second.id, superseded_by=None)
        seen.append(await memories.stamp())
        await memories.delete(second.id)
        assert await memories.stamp() == alone
    assert len(set(seen)) == len(seen)


async def test_the_log_is_emptied_as_soon_as_nobody_reads(database: Database) -> None:
    """A reader in the midst of it is neither disturbed nor lied to: it is said that the log still stands."""
    async with database.work() as session:
        person = (await People(session).add(zone="UTC", now=NOW)).id
    async with database.look() as session:
        await People(session).get(person)
        async with database.work() as other:
            await Memories(other, person).add(text=TEXT, at=NOW)
        wiping = asyncio.create_task(database.wipe())
        await asyncio.sleep(0.2)
        async with database.work() as other:  # nobody who writes waits for the one who reads
            await Memories(other, person).add(text=f"{TEXT}, too", at=NOW)
        emptied = await wiping
    assert emptied is (database._turn is None)
    assert await database.wipe()
