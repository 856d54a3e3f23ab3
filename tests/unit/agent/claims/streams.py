"""What a mind says, piece by piece, past the conscience."""

from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from agent.claims import Conscience
from integrations.model import Answer, Call, Line, Prompt, Said, Step, Words

ZONE = ZoneInfo("Europe/Vienna")
NOW = datetime(2026, 5, 13, 8, 30, tzinfo=ZONE)
"""A Wednesday."""
Told = tuple[str, dict[str, Any]]


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
    lines: list[Line] = [*before, Said(text=asked)]
    for at, (tool, content) in enumerate(told):
        lines += [Call(id=str(at), tool=tool, arguments={}), Answer(id=str(at), tool=tool, content=content)]
    return Prompt(system="", facts=facts, lines=lines, tools=[], now=NOW, zone=ZONE)


def pieces(text: str, size: int = 400, mind: str = "model") -> list[Step]:
    """A text in pieces of so many letters."""
    return [Words(text=text[at : at + size], mind=mind) for at in range(0, len(text), size)]


async def heard(steps: Iterable[Step], known: Prompt, conscience: Conscience | None = None) -> list[Step]:
    """What comes of one round."""

    async def given() -> AsyncIterator[Step]:
        for step in steps:
            yield step

    return [step async for step in (conscience or Conscience()).judged(given(), known)]


def text(steps: Iterable[Step]) -> str:
    """All words of them."""
    return "".join(step.text for step in steps if isinstance(step, Words))


async def said(answer: str, *told: Told, **more: Any) -> str:
    """What comes of a whole answer after these tools."""
    return text(await heard(pieces(answer), prompt(*told, **more)))
