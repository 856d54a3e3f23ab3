"""What the person says to a suggestion: yes puts it on the calendar, no keeps that kind quiet, longer every time."""

from datetime import UTC, datetime, timedelta
from typing import Any

from agent.context import Context
from agent.suggestions.life import fits
from agent.suggestions.making import life
from integrations.calendar import EventWritten, NewEvent
from integrations.errors import Conflict, NotFound
from integrations.store.suggestions import Suggestion

QUIET = (timedelta(days=1), timedelta(days=3), timedelta(days=7), timedelta(days=30))
"""After the first no to a kind, the second, the third, and every further one until one of it is accepted."""
JUST_NOW = timedelta(hours=1)
"""How long "that" may mean the suggestion told last."""
NONE_OPEN = "I have no suggestion open that you could mean."


async def meant(ctx: Context, id: str | None) -> Suggestion:
    """The one of this id, else the one told last. Raises `NotFound`."""
    if id is not None:
        return await ctx.suggestions.held(id)
    last = await ctx.suggestions.last_heard(ctx.now - JUST_NOW)
    if last is None:
        raise NotFound(NONE_OPEN)
    return await ctx.suggestions.held(last.id)


async def accept(ctx: Context, one: Suggestion) -> EventWritten:
    """Put it on the calendar. Raises `Conflict` when it was decided before or its time is no longer free."""
    if one.state == "accepted":
        raise Conflict("That is on your calendar already.")
    if one.state == "dismissed":
        raise Conflict("You said no to that one. Tell me the time, and I'll put it on your calendar.")
    if one.state != "open" or not fits(await life(ctx), one.kind, one.starts, one.ends):
        raise Conflict("That time is no longer free, so I left it.")
    which, task = one.id, one.task_title
    foreign = one.task_id is not None and bool(await ctx.foreigners.among("tasks", [one.task_id]))
    new = NewEvent(
        title=one.title,
        starts=one.starts.astimezone(ctx.zone),
        ends=one.ends.astimezone(ctx.zone),
        zone=ctx.zone.key,
        notes=f"For your task “{task}”." if task else "",
    )
    written = await ctx.calendar.add(new)
    if foreign:
        await ctx.foreigners.mark("calendar", [written.event.id])
    kept = await ctx.suggestions.get(which)  # a keeper outside has ended the transaction it was read in
    kept.state, kept.decided_at, kept.shown_at = "accepted", ctx.now, kept.shown_at or ctx.now
    await ctx.notifications.heard([kept.key], ctx.now)
    await ctx.suggestions.keep()
    ctx.changed("suggestions")
    return written


async def dismiss(ctx: Context, one: Suggestion, *, kind: bool = False) -> Suggestion:
    """Never this again, and its kind not for a while; `kind`: for the longest while. Raises `Conflict`."""
    if one.state == "accepted":
        raise Conflict("That is on your calendar already. Shall I take it off again?")
    if one.state == "dismissed" and not kind:
        return one
    before = await ctx.suggestions.refusals(one.kind) - (one.state == "dismissed")
    quiet = QUIET[-1] if kind else QUIET[min(before, len(QUIET) - 1)]
    one.state, one.decided_at, one.quiet_until = "dismissed", ctx.now, ctx.now + quiet
    await ctx.notifications.heard([one.key], ctx.now)
    await ctx.suggestions.keep()
    ctx.changed("suggestions")
    return one


def as_decided(one: Suggestion) -> dict[str, Any]:
    """How it stands, as JSON, for `reopen`."""
    times = {"decided_at": one.decided_at, "quiet_until": one.quiet_until}
    return {
        "id": one.id,
        "state": one.state,
        **{name: at and at.astimezone(UTC).isoformat() for name, at in times.items()},
    }


async def reopen(ctx: Context, inverse: dict[str, Any]) -> None:
    """Take a no back, and the quiet it brought. Raises `Conflict` when it was decided anew since."""
    before = inverse["before"]
    one = await ctx.suggestions.held(before["id"])
    if as_decided(one) != inverse["left"]:
        raise Conflict("That suggestion has changed in the meantime.")
    one.state = before["state"]
    for name in ("decided_at", "quiet_until"):
        setattr(one, name, before[name] and datetime.fromisoformat(before[name]))
    await ctx.suggestions.keep()
    ctx.changed("suggestions")
