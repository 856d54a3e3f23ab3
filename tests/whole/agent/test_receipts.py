"""A receipt is what stands where it was written, not what was asked for."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from agent.effects import Effect
from agent.tools import CATALOGUE
from agent.tools.shapes import event_json, memory_json, message_json, task_json
from integrations.errors import NotFound
from tests.minds import ScriptedMind
from tests.worlds import World, open_world

WRITES = {tool.name for tool in CATALOGUE if tool.effect is not Effect.READ}
"""Every tool that writes something the person would hear of."""
TO = "dana@example.org"


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path, model=ScriptedMind()) as world:
        yield world


async def written(world: World, tool: str, **arguments: Any) -> dict[str, Any]:
    """The receipt; what waits for a yes gets one."""

    def opening(write: bool, key: str | None = None) -> Any:
        return world.services.context(world.person, write=write, key=key)

    outcome = await world.services.toolbox.call(opening, tool, arguments)
    if outcome.pending:
        action = (await world.services.assistant.decide(world.person, outcome.pending["id"], yes=True))["action"]
    else:
        action = outcome.action
    assert action["ok"], outcome.content
    return dict(action["receipt"])


async def fresh(world: World, kind: str, id: str) -> dict[str, Any] | None:
    """The thing as a new transaction reads it; None when it is gone."""
    async with world.services.context(world.person, write=False) as ctx:
        try:
            match kind:
                case "event":
                    return event_json(await ctx.calendar.get(id))
                case "task":
                    return task_json(await ctx.tasks.get(id))
                case "message":
                    return message_json(await ctx.mail.get(id))
                case "memory":
                    return memory_json(await ctx.memory.get(id))
                case _:
                    one = await ctx.reminders.get(id)
                    gone = {"gone": True} if one.cancelled_at else {}
                    return {"id": one.id, "text": one.text, "due": one.due.astimezone(ctx.zone).isoformat(), **gone}
        except NotFound:
            return None


async def is_as_told(world: World, kind: str, receipt: dict[str, Any]) -> None:
    """Whether a receipt and a fresh read are the same, mark for mark."""
    there = await fresh(world, kind, receipt["id"])
    if there is None:
        assert receipt["gone"] is True
        return
    assert {name: receipt.get(name) for name in there} == there
    assert receipt.get("gone") == there.get("gone")
    if kind != "message":  # a mail's mark is Gmail's own
        assert receipt["etag"]


async def test_what_events_tell_is_what_stands_there(world: World) -> None:
    """Added, moved, renamed, cancelled: each receipt is what a fresh read gives, or says that it is gone."""
    added = await written(world, "add_event", title="  Vet ", when="friday at nine", place="Hauptstrasse 1")
    await is_as_told(world, "event", added)
    moved = await written(world, "change_event", event="vet", when="ten", title="The vet")
    await is_as_told(world, "event", moved)
    assert moved["etag"] != added["etag"]
    gone = await written(world, "cancel_event", event="the vet")
    await is_as_told(world, "event", gone)
    assert gone["gone"] is True


async def test_of_a_series_too(world: World) -> None:
    """A repeating event, one time of it moved, one cancelled."""
    await is_as_told(world, "event", await written(world, "add_event", title="Yoga", when="every tuesday at six pm"))
    await is_as_told(world, "event", await written(world, "change_event", event="yoga", when="seven pm"))
    await is_as_told(world, "event", await written(world, "cancel_event", event="yoga"))


async def test_what_tasks_tell_is_what_stands_there(world: World) -> None:
    """Added, changed, ticked off, deleted."""
    await is_as_told(world, "task", await written(world, "add_task", title=" Milk ", list="shopping", due="friday"))
    await is_as_told(world, "task", await written(world, "change_task", task="milk", title="Oat milk", due="monday"))
    await is_as_told(world, "task", await written(world, "complete_task", task="oat milk"))
    await written(world, "add_task", title="Bread")
    await is_as_told(world, "task", await written(world, "delete_task", task="bread"))


async def test_what_reminders_tell_is_what_stands_there(world: World) -> None:
    """Set, put off, cancelled; the hour is the row's, on the person's clock."""
    first = await written(world, "set_reminder", text="call the garage", when="at five")
    await is_as_told(world, "reminder", first)
    again = await written(world, "snooze_reminder", reminder=first["id"], when="at six")
    await is_as_told(world, "reminder", again)
    assert again["etag"] != first["etag"]
    await is_as_told(world, "reminder", await written(world, "cancel_reminder", reminder=first["id"]))


async def test_what_mails_tell_is_what_stands_there(world: World) -> None:
    """Drafted, sent."""
    drafted = await written(world, "draft_email", to=[TO], subject=" Tonight ", body="I'll be late.")
    await is_as_told(world, "message", drafted)
    sent = await written(world, "send_email", draft=drafted["id"])
    await is_as_told(world, "message", sent)
    assert sent["box"] == "outbox"


async def test_what_memories_tell_is_what_stands_there(world: World) -> None:
    """Remembered, and forgotten with proof."""
    known = await written(world, "remember", text="I take my coffee black")
    await is_as_told(world, "memory", known)
    gone = await written(world, "forget", about="coffee black")
    assert gone["ids"] == [known["id"]]
    assert await fresh(world, "memory", known["id"]) is None


async def test_an_undo_tells_what_is_back(world: World) -> None:
    """Its receipt is the ledger's own lines, as they now are."""
    added = await written(world, "add_event", title="Vet", when="friday at nine")
    undone = await written(world, "undo")
    async with world.services.context(world.person, write=False) as ctx:
        start, end = ctx.day()
        lines = await ctx.changes.between(start, end + timedelta(days=1))
    assert [one["undone_at"] for one in undone["undone"]] == [
        line.undone_at.isoformat() for line in lines if line.undone_at
    ]
    assert await fresh(world, "event", added["id"]) is None


def test_every_writing_tool_is_looked_at() -> None:
    """A new tool that writes needs a receipt test too: here, or where what it decides is tested."""
    here = {
        "add_event", "change_event", "cancel_event", "add_task", "change_task", "complete_task", "delete_task", "set_reminder",
        "snooze_reminder", "cancel_reminder", "draft_email", "send_email", "remember", "forget", "undo",
    }  # fmt: skip
    elsewhere = {"accept_action", "dismiss_action", "accept_suggestion", "dismiss_suggestion", "change_reminder"}
    assert WRITES - elsewhere <= here | {"call_me", "end_call"}
