"""What the assistant can do with the free hours."""

from typing import Annotated

from pydantic import Field

from agent.context import Context
from agent.effects import Effect
from agent.suggestions import accept, dismiss, meant, refresh, show
from agent.suggestions.deciding import as_decided
from agent.suggestions.wording import say_time
from agent.tools.base import Data, Done, tool
from agent.tools.calendar import honestly
from agent.tools.receipts import event_receipt
from agent.tools.shapes import suggestion_json
from integrations.store.suggestions import Suggestion

Id = Annotated[str, Field(max_length=40, description="Its id; left out: the one told last.")]


@tool(Effect.READ, writes=True)
async def get_suggestions(ctx: Context) -> Data:
    """Suggest what to do in the free hours of the next days, each with its reason."""
    found = await refresh(ctx, asked=True)
    await show(ctx, found[:1], aloud=True)
    return {"suggestions": [suggestion_json(one, ctx.zone) for one in found]}


@tool(Effect.PRIVATE)
async def accept_suggestion(ctx: Context, suggestion: Id | None = None) -> Done:
    """Put a suggestion on the calendar, after the person has said yes to it."""
    one = await meant(ctx, suggestion)
    title, before = one.title, as_decided(one)
    written = await accept(ctx, one)
    decided = {"before": before, "left": as_decided(await ctx.suggestions.get(before["id"]))}
    event, receipt = await event_receipt(ctx, written)
    told = f"{title} is on your calendar, {say_time(event.starts, now=ctx.now, zone=ctx.zone)}."
    return Done(
        receipt=receipt, say=honestly(written, told), keeper="calendar",
        inverse=written.inverse | {"suggestion": decided},
    )  # fmt: skip


@tool(Effect.PRIVATE)
async def dismiss_suggestion(ctx: Context, suggestion: Id | None = None, kind: bool | None = None) -> Done:
    """Take the person's no to a suggestion; `kind` when they want no more of that kind."""
    return await dismissal(ctx, await meant(ctx, suggestion), kind=bool(kind))


async def dismissal(ctx: Context, one: Suggestion, *, kind: bool = False) -> Done:
    """The no, and what takes it back; one that was said before changes nothing. Raises `Conflict`."""
    before = as_decided(one)
    one = await dismiss(ctx, one, kind=kind)
    left = as_decided(one)
    say = "All right, no more of that kind for a good while." if kind else "All right, I won't suggest that again."
    return Done(
        receipt=suggestion_json(one, ctx.zone), say=say, keeper="suggestions",
        inverse=None if before == left else {"before": before, "left": left},
    )  # fmt: skip
