"""What was done, and taking it back."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from pydantic import Field

from agent.asking import ask_first
from agent.calling_things import yes_about
from agent.changes import seen_by_others, undo_all
from agent.consent import Consent
from agent.context import Context
from agent.effects import Effect
from agent.origins import Origin
from agent.saying import say_day, shortly
from agent.tools.base import Data, Done, tool
from agent.tools.references import event_name
from agent.tools.shapes import change_json, event_json, task_json
from agent.tools.times import span
from integrations.errors import ChronusError, NotFound
from integrations.store.changes import Change

_UNDOING = re.compile(
    r"\b(?:undo|un-?do|revert|reverse|rollback|roll back|(?:take|put|bring) .{0,40}back|as (?:it|they) (?:was|were))\b",
    re.IGNORECASE,
)
"""What somebody says who wants it themselves."""
NOTED = "I've noted to undo that, but Google isn't answering: it is as it was there until I get through. I'll tell you then."


@tool(Effect.READ)
async def list_changes(ctx: Context, when: Annotated[str, Field(max_length=300)] | None = None) -> Data:
    """List what I did for the person: today, or in another stretch of time; newest first. What was put right is told as it is now."""
    looked = span(ctx, when) if when else None
    start, end = (looked.starts, looked.ends) if looked else ctx.day()
    changes = await ctx.changes.between(start, end)
    await _read(ctx, changes)
    last: dict[str, Change] = {}
    for change in changes:
        last.setdefault(change.act, change)
    return {"changes": [change_json(c) for c in last.values()], "span": looked.json if looked else None}


@tool(Effect.PRIVATE)
async def undo(ctx: Context, count: Annotated[int, Field(gt=0, le=20)] = 1) -> Done:
    """Take back the last change, or the last few. What was taken back is not done again unless they tell it anew."""
    acts = await _meant(ctx, count)
    if not acts:
        raise NotFound("There is nothing to undo.")
    changes = [change for act in acts for change in act]
    seen = [change for change in changes if seen_by_others(change)]
    bidden = ctx.where is None or _UNDOING.search(ctx.where.words) is not None
    led = not bidden or (ctx.trust.tainted and len(acts) > 1)
    elsewhere = led and any(not _of_this_thread(ctx, change) for change in changes)
    effect = Effect.OUTBOUND if seen else Effect.DESTRUCTIVE if elsewhere else None
    if effect:
        await _ask_to_undo(ctx, effect, acts, seen, {"count": count, "changes": [change.id for change in changes]})
    # which ones is written down first: asked again after a crash, it takes back these and no others
    await ctx.changes.begin_undo(ctx.key, [change.id for change in changes], ctx.now)
    undone, stopped = await undo_all(ctx, changes, tell=True)
    whole = [act for act in acts if act[-1] in undone]
    stand = [await _stands(ctx, act) for act in whole]
    each = [again or _again(act) for act, (again, _) in zip(whole, stand, strict=True)]
    told = " ".join([*each, *([f"I stopped there. {stopped.say}"] if stopped else [])])
    say = f"Undone. {told}" if len(whole) == 1 else f"I've undone {len(whole)} things. {told}"
    undone = [await ctx.changes.read_back(change) for change in undone]
    waits = await ctx.intents.waiting(ctx.key)
    receipt = {"undone": [change_json(c) for c in undone]} | ({"pending": True} if waits else {})
    if (now := [one for _, one in stand if one]) and not waits:
        receipt["stands"] = now
    say = NOTED if waits else say
    await ctx.changes.end_undo(ctx.key, receipt, say)
    return Done(
        receipt=receipt,
        say=say,
        keeper=undone[0].keeper,  # type: ignore[arg-type]  # the column holds nothing else
        inverse=None,
        effect=effect,
    )


def _of_this_thread(ctx: Context, change: Change) -> bool:
    return ctx.where is not None and change.conversation_id == ctx.where.conversation_id


async def _ask_to_undo(
    ctx: Context, effect: Effect, acts: Sequence[Sequence[Change]], seen: Sequence[Change], exact: Data
) -> None:
    """Guests hear of it, or a mind would take back what the person did elsewhere: unbidden, or more than one thing after others' words. Raises `AskFirst`."""
    guests = dict.fromkeys(one for change in seen for one in (change.receipt or {}).get("guests", ()))
    last = [act[0] for act in acts]
    told = "; ".join(shortly(change.say.rstrip(".")) for change in last[:3])
    more = f"; and {len(last) - 3} more" if len(last) > 3 else ""
    heard = f" {', '.join(guests) or 'The guests'} will hear of that." if seen else ""
    title = str(((seen or last)[0].receipt or {}).get("title", ""))
    consent = (
        yes_about("undo", title) if len(last) == 1 else Consent(verb="undo", names=(f"all {len(last)}",), it=False)
    )
    await ask_first(ctx, "undo", effect, exact, f"This takes back: {told}{more}.{heard}", consent=consent)


async def _read(ctx: Context, changes: Sequence[Change]) -> None:
    """Receipts say what mails and events say, whoever wrote that."""
    for change in changes:
        receipt = change.receipt or {}
        if change.keeper == "mail" or receipt.get("invited"):
            ctx.trust.read(Origin.THIRD_PARTY)
        await ctx.note(change.keeper, [str(name) for name in (receipt.get("id"), receipt.get("series")) if name])


async def _meant(ctx: Context, count: int) -> list[list[Change]]:
    """The last acts, each newest first; of an undo that was cut off, those that it had begun with."""
    before = await ctx.changes.by_key(ctx.key)
    if before is None:
        return await ctx.changes.acts(count)
    acts: dict[str, list[Change]] = {}
    for one in before.arguments["changes"]:
        change = await ctx.changes.get(one)
        acts.setdefault(change.act, []).append(change)
    return list(acts.values())


_AGAIN = {
    "add_event": "{title} is off your calendar again.",
    "change_event": "{title} is as it was before.",
    "cancel_event": "{title} is back on your calendar.",
    "add_task": "{title} is off your list again.",
    "change_task": "{title} is as it was before.",
    "complete_task": "{title} is still to do.",
    "delete_task": "{title} is back on your list.",
    "set_reminder": "I won't remind you of this: {text}.",
    "change_reminder": "Your reminder is as it was before.",
    "snooze_reminder": "That reminder counts as rung again: {text}.",
    "cancel_reminder": "Your reminder stands again: {text}.",
    "draft_email": "The draft is gone.",
    "send_email": "The mail is a draft again.",
    "remember": "I don't know that any more.",
    "accept_suggestion": "{title} is off your calendar again.",
    "dismiss_suggestion": "That suggestion stands again.",
    "dismiss_action": "That is open again.",
}


async def _stands(ctx: Context, act: Sequence[Change]) -> tuple[str, Data | None]:
    """Where an event that was moved is again, and a task that was put off, read back; "" for everything else."""
    receipt, tool = act[0].receipt or {}, act[-1].tool
    try:
        if tool == "change_event":
            event = await ctx.calendar.get(str(receipt["id"]))
            if event.starts != datetime.fromisoformat(str(receipt["starts"])):
                when = event_name(ctx, event).removeprefix(f"{event.title}, ")
                return f"{event.title} is {when} again.", event_json(event)
        if tool == "change_task":
            task = await ctx.tasks.get(str(receipt["id"]))
            if task.due and task.due.isoformat() != receipt["due"]:
                return f"{task.title} is due {say_day(task.due, today=ctx.now.date(), full=True)} again.", task_json(
                    task
                )
    except ChronusError:
        pass  # gone since, or nobody answers just now: it is undone, and that is told all the same
    return "", None


def _again(act: Sequence[Change]) -> str:
    """How things stand now that this is undone, called as they were called last."""
    newest, change = act[0], act[-1]
    receipt = newest.receipt or {}
    tool = "set_reminder" if change.tool == "add_task" and change.keeper == "reminders" else change.tool
    known = _AGAIN.get(tool, "It was: {say}")
    return known.format(title=receipt.get("title", "It"), text=receipt.get("text", ""), say=change.say)
