"""What the assistant can do with reminders."""

from typing import Annotated

from pydantic import Field

from agent.context import Context
from agent.effects import Effect
from agent.saying import say_when
from agent.tools.arguments import Which, Words
from agent.tools.base import Data, Done, tool
from agent.tools.references import one_reminder
from agent.tools.shapes import reminder_json
from agent.tools.times import moment, span
from agent.when import When


@tool(Effect.READ)
async def list_reminders(ctx: Context, when: Words | None = None) -> Data:
    """List the reminders that are still to come."""
    looked = span(ctx, when) if when else None
    reminders = await ctx.reminders.all(ctx.now, until=looked.ends if looked else None)
    if looked:
        reminders = [r for r in reminders if r.due >= looked.starts]
    return {"reminders": [{**reminder_json(r), "due": r.due.astimezone(ctx.zone).isoformat()} for r in reminders]}


@tool(Effect.PRIVATE)
async def set_reminder(ctx: Context, text: Annotated[str, Field(min_length=1, max_length=500)], when: Words) -> Done:
    """Remind the person of something at a time."""
    due = moment(ctx, when)
    reminder = await ctx.reminders.add(text, due)
    receipt = {**reminder_json(reminder), "due": due.isoformat()}
    told = say_when(When(starts=due), now=ctx.now, zone=ctx.zone, full=True)
    return Done(
        receipt=receipt, say=f"Your reminder is set, {told}: {text}.", keeper="reminders",
        inverse={"do": "cancel", "id": reminder.id},
    )  # fmt: skip


@tool(Effect.PRIVATE)
async def cancel_reminder(ctx: Context, reminder: Which) -> Done:
    """Take a reminder away."""
    old = await one_reminder(ctx, reminder)
    gone = await ctx.reminders.cancel(old.id)
    return Done(
        receipt=reminder_json(gone), say=f"I won't remind you of this any more: {gone.text}.", keeper="reminders",
        inverse={"do": "restore", "id": gone.id},
    )  # fmt: skip
