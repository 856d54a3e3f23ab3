"""What needs nobody's calendar or mailbox."""

from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field

from agent.context import Context
from agent.effects import Effect
from agent.saying import say_clock
from agent.tools.base import Data, tool
from integrations.errors import Invalid


@tool(Effect.READ)
async def get_time(ctx: Context, place: Annotated[str, Field(max_length=80)] | None = None) -> Data:
    """Say what time and day it is, here or in a city that names a time zone."""
    zone = _zone(place) if place else ctx.zone
    now = ctx.now.astimezone(zone)
    where = f" in {zone.key.split('/')[-1].replace('_', ' ')}" if place else ""
    say = f"It's {say_clock(now)} on {now:%A}, {now:%B} {now.day}{where}."
    return {"now": now.isoformat(), "zone": zone.key, "say": say}


def _zone(place: str) -> ZoneInfo:
    wanted = place.strip().replace(" ", "_").lower()
    for name in sorted(available_timezones()):
        if wanted in (name.lower(), name.split("/")[-1].lower()):
            return ZoneInfo(name)
    raise Invalid(f"I don't know the time in {place}.")
