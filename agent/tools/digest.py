"""What mails ask for: taken up as tasks, or not to be done. All of it is third-party text; the person decides."""

from dataclasses import replace
from typing import Annotated

from pydantic import Field

from agent.context import Context
from agent.digest.keeping import by_rules_now
from agent.digest.saying import number
from agent.digest.titles import first_name
from agent.digest.today import item_json
from agent.effects import Effect
from agent.origins import Origin
from agent.tools.base import Data, Done, record, tool
from agent.tools.receipts import task_receipt
from agent.tools.references import matching, one_of
from agent.tools.tasks import honestly
from integrations.errors import Conflict, NotFound
from integrations.store.digests import Proposal, State
from integrations.tasks import NewTask

WhichAction = Annotated[
    str, Field(min_length=1, max_length=300, description="The id from `actions` of summarize_inbox, or “all”.")
]


@tool(Effect.PRIVATE, gives=Origin.THIRD_PARTY)
async def accept_action(ctx: Context, action: WhichAction) -> Done:
    """Put what a mail asks for on the person's task list, or all that is still proposed; only when they say so."""
    items = await _meant(ctx, action)
    said = [(await accepted(ctx, item.id))[1] for item in items]
    more = f" Say “undo the last {number(len(items))}” to take them back." if len(items) > 1 else ""
    return await _done(ctx, items, f"{' '.join(said)}{more}")


@tool(Effect.PRIVATE, gives=Origin.THIRD_PARTY)
async def dismiss_action(ctx: Context, action: WhichAction) -> Done:
    """Don't propose any more what a mail asks for, or all that is still proposed."""
    items = await _meant(ctx, action)
    return await dismissal(ctx, items)


async def dismissal(ctx: Context, items: list[Proposal]) -> Done:
    """None of them is to be done, and what takes that back. Raises `NotFound`, and `Conflict` for what is a task already."""
    for item in items:
        await dismissed(ctx, item.id)
    say = f"I won't bring this up again: {items[0].text}." if len(items) == 1 else "I won't bring them up again."
    new = [item.id for item in items if item.state == "proposed"]
    return replace(await _done(ctx, items, say), keeper="digest", inverse={"items": new} if new else None)


async def accepted(ctx: Context, item_id: str, state: State = "accepted") -> tuple[Proposal, str]:
    """Make it a task; the item, and the sentence that says so. Raises `NotFound`, and `Conflict` when another was first."""
    item = await ctx.digests.item(item_id)
    if item.task_id:
        return item, f"{item.text} is on your list already."
    ctx.trust.read(Origin.THIRD_PARTY)  # whoever accepts it, its words are the mail's
    notes = f"{item.mail_from} wrote in “{item.mail_subject}”: “{item.quote}”"
    tasks = (await ctx.under(task_key(item))).tasks  # once, whichever of their turns it is asked in
    written = await tasks.add(NewTask(title=item.text, due=item.due, notes=notes))
    say = honestly(written, f"{item.text} is on your list, from {first_name(item.mail_from)}'s mail.")
    _, receipt = await task_receipt(ctx, written)
    done = Done(receipt=receipt, say=say, keeper="tasks", inverse=written.inverse)
    arguments = {
        "title": item.text,
        "due": item.due.isoformat() if item.due else None,
        "origin": {"mail": item.mail_id},
    }
    change = await record(ctx, "add_task", arguments, Effect.PRIVATE, done, key=task_key(item))
    assert change is not None
    ctx.changed("digest")
    decided = await ctx.digests.decide(item_id, state, ctx.now, task_id=written.task.id, change_id=change.id)
    return decided, say


async def dismissed(ctx: Context, item_id: str) -> Proposal:
    """It is not to be done. Raises `NotFound`, and `Conflict` for what is a task already."""
    item = await ctx.digests.item(item_id)
    if item.task_id:
        raise Conflict(f"{item.text} is on your list already; you can undo that.")
    if item.state == "dismissed":
        return item
    ctx.changed("digest")
    return await ctx.digests.decide(item_id, "dismissed", ctx.now)


def task_key(item: Proposal) -> str:
    """Names the adding of its task; after it was taken back it may be added anew."""
    again = f":{item.change_id}" if item.change_id and item.task_id is None else ""
    return f"digest:{item.id}{again}"


async def _meant(ctx: Context, called: str) -> list[Proposal]:
    """By id, by all that is open, or by its words. Raises `NotFound` and `Ambiguous`."""
    items = (await by_rules_now(ctx)).items
    if known := [item for item in items if called in (item.id, item.key)]:
        return known
    still = [item for item in items if item.state == "proposed"]
    if called.strip().lower() in ("all", "everything", "all of them"):
        if not still:
            raise NotFound("Your mail asks for nothing that is still open.")
        return still
    return [one_of(matching(still, called, lambda item: item.text), called, "action item", lambda item: item.text)]


async def _done(ctx: Context, items: list[Proposal], say: str) -> Done:
    """The ledger has an entry for each task that was added; deciding itself is none."""
    now = [item_json(await ctx.digests.item(item.id)) for item in items]
    receipt: Data = {"actions": now} if len(now) > 1 else now[0]
    return Done(receipt=receipt, say=say, keeper="tasks", inverse=None)
