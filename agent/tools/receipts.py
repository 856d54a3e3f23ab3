"""Receipts: what a write came to, read back from where it was written and not from what was asked for."""

from collections.abc import Awaitable
from typing import Any, TypeVar

from agent.context import Context
from agent.tools.shapes import event_json, memory_json, message_json, reminder_json, task_json
from integrations.calendar import Event, EventWritten
from integrations.email import Message, MessageWritten
from integrations.errors import NotFound, Unavailable
from integrations.store.memories import Memory
from integrations.store.reminders import Reminder
from integrations.store.snapshots import fingerprint, snapshot
from integrations.tasks import Task, TaskWritten

Json = dict[str, Any]
T = TypeVar("T", Event, Task, Message)
GONE: Json = {"gone": True}
"""Stands in the receipt of what is no longer there."""


async def event_receipt(ctx: Context, written: EventWritten) -> tuple[Event, Json]:
    """The event as it now is, and its receipt."""
    now, there = await _now(written.event, ctx.calendar.get(written.event.id))
    return now, event_json(now) | ({} if there else GONE)


async def task_receipt(ctx: Context, written: TaskWritten) -> tuple[Task, Json]:
    """The task as it now is, and its receipt."""
    now, there = await _now(written.task, ctx.tasks.get(written.task.id))
    return now, task_json(now) | ({} if there else GONE)


async def message_receipt(ctx: Context, written: MessageWritten) -> tuple[Message, Json]:
    """The mail as it now is, and its receipt."""
    now, there = await _now(written.message, ctx.mail.get(written.message.id))
    return now, message_json(now) | ({} if there else GONE)


async def reminder_receipt(ctx: Context, reminder: Reminder) -> Json:
    """A reminder as it now stands, on the person's clock."""
    now = await ctx.reminders.read_back(reminder)
    receipt = {
        **reminder_json(now),
        "due": now.due.astimezone(ctx.zone).isoformat(),
        "etag": fingerprint(snapshot(now)),
    }
    return receipt | (GONE if now.cancelled_at else {})


async def memory_receipt(ctx: Context, memory: Memory) -> Json:
    """A memory as it now stands."""
    now = await ctx.memory.read_back(memory)
    return memory_json(now) | {"etag": fingerprint(_lasting(now))}


def _lasting(memory: Memory) -> Json:
    """Whether its vector is up to date is nothing anybody said."""
    return {name: value for name, value in snapshot(memory).items() if name != "embedded"}


async def _now(written: T, read: Awaitable[T]) -> tuple[T, bool]:
    """As a fresh read has it, and whether it is there; where nobody answers, as the write was answered.

    What still waits to get there can't be read back yet: it says so itself (`pending`).
    """
    try:
        found = await read
    except NotFound:
        return written, False
    except Unavailable:
        return written, True
    return (written, True) if written.pending else (found, True)
