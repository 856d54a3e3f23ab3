"""The suggestions that stand: made as there is room, closed when the room is gone, never more than the person wants."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from agent.context import Context
from agent.suggestions.life import DAYS, Life, Proposal, fingerprint_of, fits, planned
from agent.suggestions.matching import proposals
from agent.suggestions.slots import TRAVEL, Hours
from agent.suggestions.wishes import habits, wishes
from agent.suggestions.wording import say_what, say_why
from integrations.store.suggestions import Suggestion

ASKED = 3
"""How many there may be when the person asks, however few they want unasked."""
EACH = 2
"""Of one kind, at most."""
RANK = ("deadline", "habit", "focus", "break")
"""What is told first."""
AGAIN = timedelta(days=1)
"""After its time a thing that was accepted, and is still to do, may be suggested again."""


async def life(ctx: Context) -> Life:
    """What counts for suggestions: the calendars that are shown, open tasks, hours, and what was said about time."""
    # what a mail said changes nothing that is done
    memories = [memory for memory in await ctx.memory.all() if memory.origin != "mail"]
    said = wishes(memories)
    closed = [wish.closed for wish in said if not wish.good and wish.about == "work"]
    start, _ = ctx.day()
    end = ctx.day(ctx.now + timedelta(days=DAYS + 1))[1]
    return Life(
        now=ctx.now,
        hours=Hours.of(ctx.person, ctx.zone, closed),
        events=await ctx.calendar.between(start - TRAVEL, end),
        tasks=await ctx.tasks.all(),
        wishes=said,
        habits=habits(memories),
    )


async def refresh(ctx: Context, *, asked: bool = False, so: Life | None = None) -> list[Suggestion]:
    """The open ones as things stand now (`so`, where that is known), the most pressing first. It writes.

    `asked`: the person wants to hear some, so neither their daily number nor a quiet kind counts.
    """
    now_so = so or await life(ctx)
    standing = await _close(ctx, now_so)
    quiet = set() if asked else await ctx.suggestions.quiet(ctx.now)
    standing = sorted((one for one in standing if one.kind not in quiet), key=lambda one: RANK.index(one.kind))
    most = ASKED if asked else ctx.person.suggestions_a_day - await ctx.suggestions.count_decided(*ctx.day())
    found = standing
    for one in proposals(now_so):
        if one.kind in quiet or sum(other.kind == one.kind for other in found) >= EACH:
            continue
        staying = _making_way(found, one, most)
        if staying is not None and (made := await _propose(ctx, one, now_so.hours)):
            for other in set(found) - set(staying):
                await lapse(ctx, other)
            found = [*staying, made]
    return sorted(found, key=lambda one: RANK.index(one.kind))[: max(0, most)]


def _making_way(found: list[Suggestion], one: Proposal, most: int) -> list[Suggestion] | None:
    """Those that stay if it joins them, None if it may not: only what is pressing takes the place of what stands."""
    if any(one.task is not None and one.task.id == other.task_id for other in found):
        return None
    staying = [other for other in found if not (one.starts < other.ends and other.starts < one.ends)]
    staying = staying[: most - 1] if one.kind == "deadline" else staying
    gone = [other for other in found if other not in staying]
    if len(staying) >= most or any(one.kind != "deadline" or other.kind == "deadline" for other in gone):
        return None
    return staying


async def show(ctx: Context, shown: Sequence[Suggestion], *, aloud: bool = False) -> None:
    """The person has them before their eyes, or hears them."""
    for one in shown:
        one.shown_at = one.shown_at or ctx.now
        one.heard_at = ctx.now if aloud else one.heard_at
    await ctx.suggestions.keep()


async def one_for_today(ctx: Context) -> Suggestion | None:
    """The best of those for today, None when there is none or the person wants none. The context has to be one that writes."""
    if not ctx.person.suggestions_a_day:
        return None
    start, end = ctx.day()
    today = [one for one in await refresh(ctx) if start <= one.starts.astimezone(ctx.zone) < end]
    return today[0] if today else None


async def _close(ctx: Context, now_so: Life) -> list[Suggestion]:
    """Let go of those whose time is past or taken, or that are done or planned already; the others stand."""
    titles = {task.id: task.title for task in now_so.tasks}
    standing = []
    for one in await ctx.suggestions.open():
        to_do = one.task_id is None or titles.get(one.task_id) == one.task_title
        day = one.starts.astimezone(ctx.zone).date() if one.task_id is None else None
        if to_do and not planned(now_so, one.title, day) and fits(now_so, one.kind, one.starts, one.ends):
            standing.append(one)
        else:
            await lapse(ctx, one)
    await ctx.suggestions.keep()
    return standing


async def lapse(ctx: Context, one: Suggestion) -> None:
    """It holds no longer, and isn't told any more if it still was to be."""
    one.state = "expired"
    await ctx.notifications.heard([one.key], ctx.now)


async def _propose(ctx: Context, one: Proposal, hours: Hours) -> Suggestion | None:
    """None where the person said no to it, or has it already."""
    print_ = fingerprint_of(one, hours)
    earlier = await ctx.suggestions.of(print_)
    if earlier is not None and not _may_return(earlier, ctx.now):
        return None
    return await ctx.suggestions.put(
        Suggestion(
            kind=one.kind,
            fingerprint=print_,
            title=one.title,
            text=say_what(one, now=ctx.now, zone=ctx.zone),
            why=say_why(one, today=ctx.now.date()),
            starts=one.starts,
            ends=one.ends,
            task_id=one.task.id if one.task else None,
            task_title=one.task.title if one.task else None,
            memory_id=one.memory_id,
            state="open",
            at=ctx.now,
        )
    )


def _may_return(earlier: Suggestion, now: datetime) -> bool:
    return earlier.state == "expired" or (earlier.state == "accepted" and earlier.ends + AGAIN < now)
