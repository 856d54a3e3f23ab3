"""What was done, and taking it back."""

from typing import Annotated

from pydantic import Field

from agent.changes import undo_last
from agent.context import Context
from agent.effects import Effect
from agent.tools.base import Data, Done, tool
from agent.tools.shapes import change_json
from agent.tools.times import span


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
    told = " ".join(change.say for change in undone)
    return Done(
        receipt={"undone": [change_json(c) for c in undone]},
        say=f"Undone. It was: {told}" if len(undone) == 1 else f"I've undone {len(undone)} things. {told}",
        keeper=undone[0].keeper,  # type: ignore[arg-type]  # the column holds nothing else
        inverse=None,
    )
