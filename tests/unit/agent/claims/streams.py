"""A day in Vienna, and what a mind says of it past the conscience."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from integrations.model import Line, Prompt, Said
from tests.unit.agent.claims.judged import Told, called, spoken

ZONE = ZoneInfo("Europe/Vienna")
NOW = datetime(2026, 5, 13, 8, 30, tzinfo=ZONE)
"""A Wednesday."""


def event(title: str, starts: str, ends: str, day: str = "2026-05-14", **more: Any) -> dict[str, Any]:
    """One of tomorrow, if no other day is given."""
    times = {"starts": f"{day}T{starts}:00+02:00", "ends": f"{day}T{ends}:00+02:00"}
    return {"id": title, "title": title, **times, "all_day": False, "busy": True, "place": "", "guests": [], **more}


def calendar(*events: dict[str, Any], day: str = "2026-05-14") -> Told:
    """What was read of one day."""
    span = {"starts": f"{day}T00:00:00+02:00", "ends": f"{day[:8]}{int(day[8:]) + 1:02}T00:00:00+02:00"}
    return "list_events", {"result": {"events": [*events], "span": span, "conflicts": []}}


def prompt(*told: Told, asked: str = "and?", facts: str = "", before: Sequence[Line] = ()) -> Prompt:
    """What a mind knows after these tools of this turn."""
    lines = [*before, Said(text=asked), *called(*told)]
    return Prompt(system="", facts=facts, lines=lines, tools=[], now=NOW, zone=ZONE)


async def said(answer: str, *told: Told, **more: Any) -> str:
    """What comes of a whole answer after these tools."""
    return await spoken(answer, prompt(*told, **more))
