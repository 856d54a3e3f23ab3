"""A turn as the conscience hears it: what was asked and read, what the prompt knows of the next days, what went before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from integrations.model import Line, Prompt, Said
from tests.unit.agent.claims.judged import Told, called, spoken

ZONE = ZoneInfo("Europe/Lisbon")
NOW = datetime(2026, 10, 12, 9, 5, tzinfo=ZONE)
"""A Monday; Tuesday is the 13th."""


@dataclass(frozen=True)
class Turn:
    """What an answer can be compared with."""

    asked: str
    told: Sequence[Told] = ()
    facts: str = ""
    before: Sequence[Line] = ()
    arguments: Mapping[str, Any] = field(default_factory=dict)
    now: datetime = NOW

    async def said(self, text: str) -> str:
        """What is let go of an answer, or said instead."""
        lines = [*self.before, Said(text=self.asked), *called(*self.told, turn="now", arguments=self.arguments)]
        prompt = Prompt(system="", facts=self.facts, lines=lines, tools=[], now=self.now, zone=ZONE)
        return await spoken(text, prompt)

    async def lets_go(self, text: str) -> bool:
        """Whether it is said as it stands."""
        return await self.said(text) == text


def event(title: str, day: int, starts: str, ends: str, place: str = "", **more: Any) -> dict[str, Any]:
    """One of October."""
    on = f"2026-10-{day:02}T"
    return {"id": title, "title": title, "starts": f"{on}{starts}:00+01:00", "ends": f"{on}{ends}:00+01:00", "all_day": False, "busy": True, "place": place, **more}  # fmt: skip


def whole_days(title: str, first: int, after: int, **more: Any) -> dict[str, Any]:
    """What has no hours: from a day up to the one after its last."""
    return event(title, first, "00:00", "00:00", **more) | {"ends": f"2026-10-{after:02}T00:00:00+01:00", "all_day": True}  # fmt: skip


def span(first: str, last: str) -> dict[str, str]:
    """From when to when: "13T09:00"."""
    return {"starts": f"2026-10-{first}:00+01:00", "ends": f"2026-10-{last}:00+01:00"}


def read(first: str, last: str, *events: Mapping[str, Any], conflicts: Sequence[Any] = ()) -> Told:
    """The calendar, read from when to when."""
    return "list_events", {"result": {"events": list(events), "span": span(first, last), "conflicts": list(conflicts)}}


def free(first: str, last: str, *gaps: Mapping[str, str], busy: Sequence[Any] = ()) -> Told:
    """Free time that was looked for, and what takes the rest."""
    return "find_free_time", {"result": {"free": list(gaps), "busy": list(busy), "span": span(first, last), "is_free": not busy, "minutes": None}}  # fmt: skip
