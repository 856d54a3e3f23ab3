"""Keeping a day's briefing: written as often as one likes, one row, one id, and what was heard stays as it was told."""

from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from agent.briefing.parts import Day, look, look_at_once
from agent.briefing.script import Script, line_of
from agent.context import Context
from agent.when.words import WEEKDAYS
from integrations.errors import ChronusError
from integrations.store.briefings import Briefing
from integrations.store.people import Person

if TYPE_CHECKING:
    from agent.services import Services

LASTS = timedelta(minutes=15)
"""No briefing is told for longer without a break."""


async def write(services: "Services", person: Person) -> Briefing:
    """Write today's, or bring it up to date. Of two who write at once both get the same one.

    Nothing is held while the keepers are asked. Copies of an account that can't be brought up to date are told as they are.
    """
    with suppress(ChronusError):
        await services.syncing.freshen(person.id)
    found = await look_at_once(lambda writes: services.context(person, write=writes))
    async with services.context(person) as ctx:
        return await keep(ctx, found)


async def refreshed(ctx: Context) -> Briefing:
    """The same within a piece of work that is under way."""
    return await keep(ctx, await look(ctx))


async def keep(ctx: Context, found: Day) -> Briefing:
    """Put what was found behind what was heard. The briefing is held until the work is done."""
    briefing = await ctx.briefings.opened(today(ctx))
    script = script_of(briefing).rewritten(
        found.items,
        lost=found.lost,
        lead=f"Here is your {_day(today(ctx))}.",
        since=f"Here is what's new since {since(briefing, ctx)}." if briefing.finished_at else "",
        saying=_saying(briefing, ctx.now),
    )
    briefing.items = [line.json for line in script.lines]
    briefing.text = script.text
    briefing.written_at = ctx.now
    kept(briefing, script, ctx.now)
    await ctx.briefings.keep()
    ctx.changed("briefing")
    return briefing


def _saying(briefing: Briefing, now: datetime) -> int:
    """The word up to which it is being told aloud right now; an old telling was never reported, its process died."""
    telling = briefing.telling
    if telling is None or now - datetime.fromisoformat(telling["at"]) > LASTS:
        return 0
    return int(telling["ends"])


def kept(briefing: Briefing, script: Script, now: datetime) -> None:
    """Note how far it was heard."""
    if script.reached > briefing.reached:
        briefing.heard_at = now
    briefing.cursor, briefing.reached = script.cursor, script.reached
    if script.lines and script.reached >= len(script.words) and briefing.finished_at is None:
        briefing.finished_at = now


def script_of(briefing: Briefing) -> Script:
    """As it was kept."""
    lines = tuple(line_of(item) for item in briefing.items)
    placed = briefing.telling is not None and briefing.telling["starts"] == briefing.cursor
    return Script(lines=lines, cursor=briefing.cursor, reached=briefing.reached, placed=placed)


def today(ctx: Context) -> date:
    """The person's day."""
    return ctx.now.astimezone(ctx.zone).date()


def since(briefing: Briefing, ctx: Context) -> str:
    """When it was last listened to: "this morning"."""
    heard = (briefing.heard_at or ctx.now).astimezone(ctx.zone)
    return "this morning" if heard.hour < 12 else "this afternoon" if heard.hour < 18 else "this evening"


def _day(day: date) -> str:
    """ "Wednesday, March 4"."""
    return f"{WEEKDAYS[day.weekday()].capitalize()}, {day:%B} {day.day}"
