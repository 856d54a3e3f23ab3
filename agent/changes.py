"""The ledger's other half: taking a change back, wherever it was written."""

from collections.abc import Sequence
from contextlib import suppress
from typing import TypeVar

from agent.context import Context
from agent.effects import Effect
from agent.guarded import kind
from agent.suggestions.deciding import reopen
from integrations.errors import ChronusError, Conflict, NotConnected, NotFound
from integrations.store.changes import Change

K = TypeVar("K")
ELSEWHERE = "That was done in your Google account, which isn't connected now."
OURS = frozenset({"memory", "reminders", "suggestions", "digest", "calls"})
"""What only our own database keeps."""


async def undo(ctx: Context, change: Change, *, tell: bool = False) -> None:
    """Put back what this change took or made. Raises `Conflict` when it was undone or changed since.

    `tell`: guests of an event hear of it by mail, as the person has said yes to that.

    It counts as undone only afterwards: a keeper outside may have to say no when everything before it is kept already. What it
    does there is named by the act and by the change, so that asked again after a crash it goes on and does nothing twice.
    """
    if change.inverse is None:
        raise Conflict("That can't be taken back.")
    if change.undone_at is not None:
        raise Conflict("That has been undone already.")
    if change.keeper in OURS:
        await _revert_ours(ctx, change)
    else:
        await _revert(ctx, change, tell=tell)
    if not await ctx.changes.mark_undone(change.id, ctx.now):
        raise Conflict("That has been undone already.")


async def _revert_ours(ctx: Context, change: Change) -> None:
    assert change.inverse is not None
    match change.keeper:
        case "memory":
            await ctx.memory.revert(change.inverse)
        case "suggestions":
            await reopen(ctx, change.inverse)
        case "digest":
            await ctx.digests.reopen(change.inverse["items"])
            ctx.changed("digest")
        case "calls":
            await ctx.ringer.call_off(change.inverse["id"])
        case _:
            await ctx.reminders.put_back(change.inverse, ctx.now)


async def _revert(ctx: Context, change: Change, *, tell: bool) -> None:
    assert change.inverse is not None
    there = ctx.here if _kept_here(change) else await ctx.under(f"{ctx.key}:{change.id}", undoes=change.id)
    match change.keeper:
        case "calendar":
            await _keeper(change, there.calendar, ctx.here.calendar).revert(change.inverse, tell=tell)
            if suggested := change.inverse.get("suggestion"):
                with suppress(Conflict, NotFound):  # it may have been proposed anew, or be gone
                    await reopen(ctx, suggested)
        case "tasks":
            await _keeper(change, there.tasks, ctx.here.tasks).revert(change.inverse)
        case _:
            await _keeper(change, there.mail, ctx.here.mail).revert(change.inverse)


def _keeper(change: Change, present: K, here: K) -> K:
    """Whoever made the change, though another may keep such things now. Raises `NotConnected`."""
    if _kept_here(change):
        return here
    if kind(present) is kind(here):
        raise NotConnected(ELSEWHERE)
    return present


def seen_by_others(change: Change) -> bool:
    """Whether taking it back tells its guests, as doing it did: what is kept here tells nobody."""
    return change.keeper == "calendar" and change.effect == Effect.OUTBOUND and not _kept_here(change)


def _kept_here(change: Change) -> bool:
    """Only our own database has those."""
    inverse = change.inverse or {}
    return change.keeper in OURS or "rows" in inverse or "own" in inverse


async def undo_all(ctx: Context, changes: Sequence[Change], *, tell: bool) -> tuple[list[Change], ChronusError | None]:
    """Take back these changes, newest first: those that are, and what stopped us.

    A refusal takes back nothing where all of it is kept here; what was taken back elsewhere is done, and has to be told.
    """
    undone: list[Change] = []
    for change in changes:
        if change.undone_at is not None:  # by an earlier try that was cut off
            undone.append(change)
            continue
        try:
            await undo(ctx, change, tell=tell)
        except ChronusError as error:
            if not undone or all(_kept_here(one) for one in [*undone, change]):
                raise
            return undone, error
        undone.append(change)
    return undone, None
