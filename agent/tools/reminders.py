"""What the assistant can do with reminders."""

from datetime import datetime, timedelta
from typing import Annotated

from pydantic import Field

from agent.context import Context
from agent.effects import Effect
from agent.ringing import snooze
from agent.saying import say_when
from agent.tools.arguments import Which, Words
from agent.tools.base import Data, Done, tool
from agent.tools.receipts import reminder_receipt
from agent.tools.references import one_reminder
from agent.tools.shapes import reminder_json
from agent.tools.times import moment, span
from agent.tools.times import when as resolved
from agent.when import When
from integrations.errors import Invalid, NotFound
from integrations.store.reminders import as_it_is, undoing

ReminderText = Annotated[str, Field(min_length=1, max_length=500)]
LATELY = timedelta(hours=12)
"""How long after it rang a reminder can be put off without being named."""
SNOOZE = timedelta(minutes=10)


@tool(Effect.READ)
async def list_reminders(ctx: Context, when: Words | None = None) -> Data:
    """List the reminders that are still to come."""
    looked = span(ctx, when) if when else None
    reminders = await ctx.reminders.all(ctx.now, until=looked.ends if looked else None)
    if looked:
        reminders = [r for r in reminders if r.due >= looked.starts]
    await ctx.note("reminders", [r.id for r in reminders])
    return {"reminders": [{**reminder_json(r), "due": r.due.astimezone(ctx.zone).isoformat()} for r in reminders]}


@tool(Effect.PRIVATE)
async def set_reminder(ctx: Context, text: ReminderText, when: Words) -> Done:
    """Remind the person of something at a time."""
    return await remind(ctx, text, when, lead="I'll remind you")


async def remind(ctx: Context, text: str, when: str, *, lead: str) -> Done:
    """Set it, and say so; `lead` is how the sentence begins."""
    due = moment(ctx, when)
    reminder = await ctx.reminders.add(text, due)
    receipt = await reminder_receipt(ctx, reminder)
    told = say_when(When(starts=reminder.due.astimezone(ctx.zone)), now=ctx.now, zone=ctx.zone, full=True)
    return Done(
        receipt=receipt, say=f"{lead} {told}: {reminder.text}.", keeper="reminders",
        inverse=undoing(reminder, None),
    )  # fmt: skip


@tool(Effect.PRIVATE)
async def change_reminder(
    ctx: Context, reminder: Which, when: Words | None = None, text: ReminderText | None = None
) -> Done:
    """Give a reminder another time or other words; an hour alone keeps its day, a day alone its hour."""
    old = await one_reminder(ctx, reminder)
    if when is None and text is None:
        raise Invalid("What should I change about it?")
    due = _moved(ctx, old.due.astimezone(ctx.zone), when) if when else None
    if old.rung_at and due:
        return await put_off(ctx, old.id, due)
    before = as_it_is(old)
    new = await ctx.reminders.change(old.id, text=text, due=due)
    told = say_when(When(starts=new.due.astimezone(ctx.zone)), now=ctx.now, zone=ctx.zone, full=True)
    receipt = {**reminder_json(new), "due": new.due.astimezone(ctx.zone).isoformat()}
    return Done(
        receipt=receipt, say=f"I'll remind you {told}: {new.text}.", keeper="reminders", inverse=undoing(new, before)
    )


def _moved(ctx: Context, old: datetime, words: str) -> datetime:
    """When it rings instead. Raises `Invalid` for what is past."""
    found = resolved(ctx, words, on=old.date())
    if found.all_day and found.recurrence is None:
        due = datetime.combine(found.starts.date(), old.time(), ctx.zone)
        if due > ctx.now:
            return due
    return moment(ctx, words, on=old.date())


@tool(Effect.PRIVATE)
async def snooze_reminder(ctx: Context, when: Words | None = None, reminder: Which | None = None) -> Done:
    """Let a reminder that has rung ring again later: the last one, in ten minutes, unless told otherwise."""
    rang = await ctx.reminders.get(reminder) if reminder else await ctx.reminders.last_rung(ctx.now - LATELY)
    if rang is None:
        raise NotFound("No reminder has rung lately.")
    await ctx.note("reminders", [rang.id])
    return await put_off(ctx, rang.id, moment(ctx, when) if when else ctx.now + SNOOZE)


async def put_off(ctx: Context, reminder_id: str, due: datetime) -> Done:
    """Let it ring again then, and say so. Raises `NotFound`, and `Conflict` when it was cancelled."""
    before = as_it_is(await ctx.reminders.get(reminder_id))
    again = await snooze(ctx, reminder_id, due)
    told = say_when(When(starts=again.due.astimezone(ctx.zone)), now=ctx.now, zone=ctx.zone, full=True)
    receipt = await reminder_receipt(ctx, again)
    return Done(
        receipt=receipt, say=f"I'll remind you again {told}: {again.text}.", keeper="reminders",
        inverse=undoing(again, before),
    )  # fmt: skip


@tool(Effect.PRIVATE)
async def cancel_reminder(ctx: Context, reminder: Which) -> Done:
    """Take a reminder away."""
    return await called_off(ctx, (await one_reminder(ctx, reminder)).id)


async def called_off(ctx: Context, reminder_id: str) -> Done:
    """Take it away, and say so. Raises `NotFound`, and `Conflict` when it has rung or was cancelled."""
    old = await ctx.reminders.get(reminder_id)
    await ctx.note("reminders", [old.id])
    before = as_it_is(old)
    gone = await ctx.reminders.cancel(reminder_id, ctx.now)
    return Done(
        receipt=await reminder_receipt(ctx, gone), say=f"I won't remind you of this any more: {gone.text}.", keeper="reminders",
        inverse=undoing(gone, before),
    )  # fmt: skip
