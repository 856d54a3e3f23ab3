"""What a day is made of. Each part looks at one keeper and stands alone: where it fails, a sentence says so.

Another source, such as the weather, is one more function and one more line in `PARTS`.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from agent.briefing.items import Item, one_line
from agent.context import Context
from agent.digest.today import digest_of
from agent.saying import say_clock, say_day
from agent.suggestions import one_for_today, show
from agent.tools.free import conflicts
from integrations.calendar import Event
from integrations.errors import ChronusError
from integrations.store.digests import Proposal
from integrations.tasks import Task

MAILS = 5
"""So many of those that matter are named."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """One look at the day, and the kinds of items it gives."""

    name: str
    kinds: frozenset[str]
    look: Callable[[Context], Awaitable[list[Item]]]
    writes: bool = False
    """Whether looking keeps something."""


@dataclass(frozen=True, kw_only=True)
class Day:
    """What was found, in the order in which it is told. `lost`: the kinds that couldn't be looked at, and why."""

    items: tuple[Item, ...]
    lost: dict[frozenset[str], Item]


async def events(ctx: Context) -> list[Item]:
    """Every event of the day, then each pair that overlaps."""
    found = await ctx.calendar.between(*ctx.day())
    if not found:
        return [Item(kind="event", text="Your calendar is empty today.")]
    told = [Item(kind="event", text=_event(ctx, e), name=one_line(e.title), source=e.id) for e in found]
    clashes = [
        Item(
            kind="conflict",
            text=f"{one_line(a.title)} and {one_line(b.title)} overlap.",
            name=f"{one_line(a.title)} and {one_line(b.title)}",
            source=a.id,
            thing=f"{a.id} {b.id}",
        )
        for a, b in conflicts(found)
    ]
    return told + clashes


def _event(ctx: Context, event: Event) -> str:
    place = f", {one_line(event.place)}" if event.place else ""
    if event.all_day:
        return f"All day: {one_line(event.title)}{place}."
    return f"At {say_clock(event.starts.astimezone(ctx.zone))}: {one_line(event.title)}{place}."


async def tasks(ctx: Context) -> list[Item]:
    """What is due today, and what should have been done before."""
    today = ctx.now.astimezone(ctx.zone).date()
    due = [t for t in await ctx.tasks.all() if t.due and t.due <= today]
    return [
        Item(kind="task", text=_task(t, late=t.due != today), name=one_line(t.title), source=t.id, offer=_ticking(t))
        for t in due
    ]


def _task(task: Task, *, late: bool) -> str:
    return f"{one_line(task.title)} is {'overdue' if late else 'due today'}."


def _ticking(task: Task) -> dict[str, object]:
    return {"tool": "complete_task", "arguments": {"task": task.id}}


async def mail(ctx: Context) -> list[Item]:
    """The mail that matters, who wrote about what, and what it asks for. All of it is others' words, and only quoted."""
    if (digest := await digest_of(ctx)) is None:
        unread = await ctx.mail.search("in:inbox is:unread is:important", first=MAILS)
        return [_wrote(m.id, m.from_name or m.from_address, m.subject) for m in unread]
    told = [_wrote(m["id"], m["from"], m["subject"]) for m in digest.mails[:MAILS]]
    asked = [item for item in digest.items if item.state == "proposed"]
    return told + [_asked(ctx, item) for item in asked[:MAILS]]


def _wrote(id: str, sender: str, subject: str) -> Item:
    about = f"about “{one_line(subject)}”" if subject else "without a subject"
    text = f"{one_line(sender)} wrote {about}."
    return Item(kind="mail", text=text, name=text.rstrip("."), source=id)


def _asked(ctx: Context, item: Proposal) -> Item:
    due = f", due {say_day(item.due, today=ctx.now.date())}" if item.due else ""
    return Item(
        kind="action",
        text=f"{one_line(item.mail_from)} asks: {one_line(item.text).rstrip('.')}{due}.",
        name=one_line(item.text),
        source=item.mail_id,
        thing=item.key,
        offer={"tool": "accept_action", "arguments": {"action": item.id}},
    )


async def suggestion(ctx: Context) -> list[Item]:
    """One thing to do in a free hour. Of one a day is told, however the free hours change."""
    one = await one_for_today(ctx)
    if one is None:
        return []
    await show(ctx, [one])
    offer: dict[str, object] = {"tool": "accept_suggestion", "arguments": {"suggestion": one.id}}
    text, name = one_line(one.text), one_line(one.title)
    return [Item(kind="suggestion", text=text, name=name, source=one.id, thing="the day's", fact="told", offer=offer)]


PARTS: tuple[Part, ...] = (
    Part(name="calendar", kinds=frozenset({"event", "conflict"}), look=events),
    Part(name="tasks", kinds=frozenset({"task"}), look=tasks),
    Part(name="mail", kinds=frozenset({"mail", "action"}), look=mail),
    Part(name="suggestions", kinds=frozenset({"suggestion"}), look=suggestion, writes=True),
)


async def look(ctx: Context, parts: Iterable[Part] = PARTS) -> Day:
    """The day, one part after the other, within one piece of work."""
    parts = tuple(parts)
    return _day(parts, [await _one(ctx, part) for part in parts])


async def look_at_once(
    opening: Callable[[bool], AbstractAsyncContextManager[Context]], parts: Iterable[Part] = PARTS
) -> Day:
    """The day, all parts side by side, each in a piece of work of its own: a slow one holds up no other.

    `opening` is told whether something is to be kept.
    """

    async def opened(part: Part) -> list[Item] | ChronusError:
        try:
            async with opening(part.writes) as ctx:
                return await _one(ctx, part)
        except ChronusError as error:
            return error

    parts = tuple(parts)
    return _day(parts, await asyncio.gather(*(opened(part) for part in parts)))


async def _one(ctx: Context, part: Part) -> list[Item] | ChronusError:
    try:
        return await part.look(ctx)
    except ChronusError as error:
        return error


def _day(parts: Iterable[Part], found: Iterable[list[Item] | ChronusError]) -> Day:
    items: list[Item] = []
    lost: dict[frozenset[str], Item] = {}
    for part, came in zip(parts, found, strict=True):
        if isinstance(came, ChronusError):
            say = f"I couldn't look at your {part.name}: {came.say}"
            lost[part.kinds] = Item(kind="trouble", text=say, name=part.name, thing=part.name, fact="told")
        else:
            items += came
    return Day(items=tuple(items), lost=lost)
