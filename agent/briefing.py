"""The day in a few sentences: what is on, what collides, what is due, which mail matters.

Each part stands alone: one that can't be had becomes a sentence, not a missing briefing.
"""

from dataclasses import dataclass
from datetime import datetime

from agent.context import Context
from agent.saying import say_clock
from agent.tools.free import conflicts
from agent.tools.shapes import Json
from integrations.calendar import Event
from integrations.errors import ChronusError


@dataclass(frozen=True, kw_only=True)
class Item:
    """One thing worth hearing, and where it stands."""

    kind: str
    text: str
    source: str | None = None

    @property
    def json(self) -> Json:
        """For clients and minds."""
        return {"kind": self.kind, "text": self.text, "source": self.source}


async def brief(ctx: Context) -> list[Item]:
    """Today's items, in the order in which they are told."""
    items: list[Item] = []
    for part in (_events, _tasks, _mail):
        try:
            items += await part(ctx)
        except ChronusError as error:
            items.append(Item(kind="trouble", text=error.say))
    return items


async def _events(ctx: Context) -> list[Item]:
    events = await ctx.calendar.between(*ctx.day())
    if not events:
        return [Item(kind="event", text="Your calendar is empty today.")]
    told = [Item(kind="event", text=_event(e), source=e.id) for e in events]
    clashes = [
        Item(kind="conflict", text=f"{a.title} and {b.title} overlap.", source=a.id) for a, b in conflicts(events)
    ]
    return told + clashes


def _event(event: Event) -> str:
    place = f", {event.place}" if event.place else ""
    return f"All day: {event.title}." if event.all_day else f"At {say_clock(event.starts)}: {event.title}{place}."


async def _tasks(ctx: Context) -> list[Item]:
    today = ctx.now.date()
    due = [t for t in await ctx.tasks.all() if t.due and t.due <= today]
    return [
        Item(kind="task", text=f"{t.title} is {'due today' if t.due == today else 'overdue'}.", source=t.id)
        for t in due
    ]


async def _mail(ctx: Context) -> list[Item]:
    unread = await ctx.mail.search("in:inbox is:unread is:important", first=5)
    return [
        Item(kind="mail", text=f"{m.from_name or m.from_address} wrote about {m.subject or 'nothing'}.", source=m.id)
        for m in unread
    ]


def greeting(now: datetime) -> str:
    """How one begins at this hour."""
    return "Good morning." if now.hour < 12 else "Good afternoon." if now.hour < 18 else "Good evening."
