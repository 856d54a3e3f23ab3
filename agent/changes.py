"""The ledger's other half: taking a change back, wherever it was written."""

from collections.abc import Sequence

from agent.context import Context
from integrations.errors import Conflict, NotFound
from integrations.store.changes import Change


async def undo(ctx: Context, change: Change) -> None:
    """Put back what this change took or made. Raises `Conflict` when it was undone or changed since."""
    if change.inverse is None:
        raise Conflict("That can't be taken back.")
    if not await ctx.changes.mark_undone(change.id, ctx.now):
        raise Conflict("That has been undone already.")
    match change.keeper:
        case "calendar":
            await ctx.calendar.revert(change.inverse)
        case "tasks":
            await ctx.tasks.revert(change.inverse)
        case "mail":
            await ctx.mail.revert(change.inverse)
        case "memory":
            await ctx.memory.revert(change.inverse)
        case _:
            await _undo_reminder(ctx, change)


async def undo_last(ctx: Context, count: int) -> Sequence[Change]:
    """Take back the last changes that still stand, newest first. Raises `NotFound` when there is none."""
    last = await ctx.changes.latest(count)
    if not last:
        raise NotFound("There is nothing to undo.")
    for change in last:
        await undo(ctx, change)
    return last


async def _undo_reminder(ctx: Context, change: Change) -> None:
    assert change.inverse is not None
    if change.inverse["do"] == "cancel":
        await ctx.reminders.cancel(change.inverse["id"], ctx.now)
    else:
        await ctx.reminders.restore(change.inverse["id"])
