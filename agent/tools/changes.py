"""What was done, and taking it back."""

from typing import Annotated

from pydantic import Field

from agent.changes import undo_last
from agent.context import Context
from agent.effects import Effect
from agent.tools.base import Data, Done, tool
from agent.tools.shapes import change_json
from agent.tools.times import span
from integrations.store.changes import Change


@tool(Effect.READ)
async def list_changes(ctx: Context, when: Annotated[str, Field(max_length=300)] | None = None) -> Data:
    """List what I did for the person: today, or in another stretch of time; newest first."""
    looked = span(ctx, when) if when else None
    start, end = (looked.starts, looked.ends) if looked else ctx.day()
    changes = await ctx.changes.between(start, end)
    return {"changes": [change_json(c) for c in changes], "span": looked.json if looked else None}


@tool(Effect.PRIVATE)
async def undo(ctx: Context, count: Annotated[int, Field(gt=0, le=20)] = 1) -> Done:
    """Take back the last change, or the last few."""
    undone = await undo_last(ctx, count)
    told = " ".join(_again(change) for change in undone)
    return Done(
        receipt={"undone": [change_json(c) for c in undone]},
        say=f"Undone. {told}" if len(undone) == 1 else f"I've undone {len(undone)} things. {told}",
        keeper=undone[0].keeper,  # type: ignore[arg-type]  # the column holds nothing else
        inverse=None,
    )


_AGAIN = {
    "add_event": "{title} is off your calendar again.",
    "change_event": "{title} is as it was before.",
    "cancel_event": "{title} is back on your calendar.",
    "add_task": "{title} is off your list again.",
    "change_task": "{title} is as it was before.",
    "complete_task": "{title} is still to do.",
    "delete_task": "{title} is back on your list.",
    "set_reminder": "I won't remind you of this: {text}.",
    "cancel_reminder": "Your reminder stands again: {text}.",
    "draft_email": "The draft is gone.",
    "send_email": "The mail is a draft again.",
    "remember": "I don't know that any more.",
}


def _again(change: Change) -> str:
    """How things stand now that this is undone."""
    receipt = change.receipt or {}
    known = _AGAIN.get(change.tool, "It was: {say}")
    return known.format(title=receipt.get("title", "It"), text=receipt.get("text", ""), say=change.say)
