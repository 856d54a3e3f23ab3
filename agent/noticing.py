"""Habits nobody told: what the person did on most of the last weeks' same days, with the dates as witness.

Only what is their own counts: events of their first calendar without guests or link that don't repeat by themselves, and
tasks they ticked off. What others wrote into the calendar could be written to be learned.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from agent.context import Context
from agent.saying import say_clock
from agent.services import Services
from agent.when.words import WEEKDAYS
from integrations.calendar import Event
from integrations.store.changes import Change
from integrations.store.memories import Memory, noticed
from integrations.store.people import Person

WEEKS = 8
LEAST, PART = 4, 0.75
"""So many times, and so much of the weeks since the first: less is no habit."""
_PLAIN = re.compile(r"[^\W_](?:[\w' &+-]{0,38}\w)?")
"""Titles that may become part of a memory: short, and nothing in them that could be a sentence or an address."""


@dataclass(frozen=True, kw_only=True)
class Pattern:
    """One thing on one weekday, and the days it happened."""

    title: str
    weekday: int
    days: list[date]
    weeks: int
    at: datetime

    @property
    def text(self) -> str:
        """As it is remembered; `agent/suggestions/wishes.py` reads it."""
        name = WEEKDAYS[self.weekday].capitalize()
        return f"You had {self.title} on {len(self.days)} of the last {self.weeks} {name}s, around {say_clock(self.at)}"

    @property
    def witness(self) -> str:
        """The dates."""
        return ", ".join(day.isoformat() for day in sorted(self.days))


@dataclass(frozen=True, kw_only=True)
class Happened:
    """Something done once, at a time of the person's clock."""

    title: str
    at: datetime


async def notice(services: Services, person: Person) -> int:
    """Bring what is noticed up to date: new, counted on, or no longer so. How many hold. Done twice it changes nothing."""
    async with services.context(person) as ctx:
        start, today = ctx.day(ctx.now - timedelta(weeks=WEEKS))[0], ctx.day()[0]
        events = await ctx.calendar.between(start, today)
        primary = {one.id for one in await ctx.calendar.calendars() if one.primary}
        ticked = await ctx.changes.between(start, today)
        found = patterns([*_own(events, primary, ctx), *_ticked(ticked, ctx)], ctx.now.date())
        await _keep(ctx, found)
        return len(found)


def patterns(happened: Iterable[Happened], today: date) -> list[Pattern]:
    """What was done on enough of the same weekdays before today."""
    groups: dict[tuple[str, int], list[Happened]] = defaultdict(list)
    for one in happened:
        if _PLAIN.fullmatch(one.title) and today - timedelta(weeks=WEEKS) <= one.at.date() < today:
            groups[one.title.lower(), one.at.weekday()].append(one)
    found = []
    for (_, weekday), times in sorted(groups.items()):
        days = sorted({one.at.date() for one in times})
        last = today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)
        weeks = (last - days[0]).days // 7 + 1
        if len(days) >= LEAST and len(days) >= PART * weeks:
            usual = sorted(times, key=lambda one: one.at.time())[len(times) // 2]
            found.append(Pattern(title=times[-1].title, weekday=weekday, days=days, weeks=weeks, at=usual.at))
    return found


def _own(events: Iterable[Event], primary: set[str], ctx: Context) -> list[Happened]:
    return [
        Happened(title=" ".join(event.title.split()), at=event.starts.astimezone(ctx.zone))
        for event in events
        if event.calendar in primary
        and event.busy
        and not (event.all_day or event.guests or event.link or event.series or event.recurrence)
    ]


def _ticked(changes: Iterable[Change], ctx: Context) -> list[Happened]:
    return [
        Happened(title=" ".join(str(change.receipt["title"]).split()), at=change.at.astimezone(ctx.zone))
        for change in changes
        if change.tool == "complete_task" and change.undone_at is None and change.receipt and "title" in change.receipt
    ]


async def _keep(ctx: Context, found: list[Pattern]) -> None:
    earlier: dict[str, Memory] = {noticed(m.text): m for m in await ctx.memory.all() if m.origin == "noticed"}
    for pattern in found:
        known = earlier.pop(noticed(pattern.text), None)
        if known is not None:
            if known.text != pattern.text:
                await ctx.memory.restate(known.id, pattern.text, quote=pattern.witness, at=ctx.now)
        elif not await ctx.memory.forgotten(noticed(pattern.text)):
            await ctx.memory.remember(pattern.text, at=ctx.now, quote=pattern.witness, type="habit", origin="noticed")
    for past in earlier.values():  # no longer so: nobody forgot it, and it may come back
        await ctx.memory.drop(past.id)
