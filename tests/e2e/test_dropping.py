"""A line that fails at any moment costs no answer, does nothing twice, and never leaves two voices talking."""

import asyncio
import json
import os
import random
from pathlib import Path
from typing import Any

import pytest

from tests.callers import Script
from tests.dropping import Outcome, one_conversation, percentile
from tests.exchange import Exchange, exchange
from tests.spelling import Spelling
from tests.worlds import open_world

EVENTS = ("Stand-up", "Budget review", "Lunch with Anna", "Dentist", "Design workshop")
AT_ONCE = 1.0
"""Seconds within which the answer goes on, on the new line."""


@pytest.fixture(autouse=True)
async def _tables(tmp_path: Path) -> None:
    """Made once, before several ask for them at the same moment."""
    async with open_world(tmp_path / "first"):
        pass


async def conversations(folder: Path, count: int, seed: int) -> list[Outcome]:
    """So many, one after the other, on a server of their own."""
    chance = random.Random(seed)
    async with exchange(folder, Script([""]), Spelling()) as place:
        for hour, title in enumerate(EVENTS, 12):
            await place.world.say(f"put {title} on today at {hour}:00")
        return [await _any(place, chance, number) for number in range(count)]


async def _any(place: Exchange, chance: random.Random, number: int) -> Outcome:
    way: Any = chance.choice(["browser", "browser", "browser", "telephone"])
    fault: Any = chance.choice(["reset", "half-open", "client killed"] + (["restart"] if way == "browser" else []))
    moment, thought = chance.uniform(0, 5), chance.choice([0.0, 0.0, 0.3, 1.0])
    return await one_conversation(place, way, fault, moment, number, thought)


async def test_what_a_lost_line_left_untold_is_told_on_the_next(tmp_path: Path) -> None:
    """Reset, half open, the client killed, the server restarted: 0 lost, 0 done twice, 0 by two voices."""
    several = await asyncio.gather(*(conversations(tmp_path / str(seed), 4, seed) for seed in (1, 3)))
    outcomes = [outcome for some in several for outcome in some]
    assert [outcome for outcome in outcomes if not outcome.good] == []
    assert len({outcome.fault for outcome in outcomes}) == 4
    assert any(outcome.resumed for outcome in outcomes)


@pytest.mark.slow  # half an hour
@pytest.mark.timeout(7200)
async def test_five_hundred_lines_are_lost_and_nothing_else(tmp_path: Path) -> None:
    """At full size, with the time until the answer goes on."""
    count, beside = int(os.environ.get("CHRONUS_LINES", "500")), 5
    several = await asyncio.gather(
        *(conversations(tmp_path / str(seed), count // beside, seed) for seed in range(beside))
    )
    outcomes = [outcome for some in several for outcome in some]
    told = summary(outcomes)
    print(json.dumps(told))  # noqa: T201, what this test is for
    assert [outcome for outcome in outcomes if not outcome.good] == []
    for way in ("browser", "telephone"):
        assert told[way]["resumed p50"] <= AT_ONCE


def summary(outcomes: list[Outcome]) -> dict[str, Any]:
    """In numbers."""
    told: dict[str, Any] = {"sessions": len(outcomes), "bad": sum(not one.good for one in outcomes)}
    for way in ("browser", "telephone"):
        these = [one for one in outcomes if one.way == way]
        times = [one.resumed for one in these if one.resumed is not None]
        told[way] = {
            "sessions": len(these), "unasked": sum(one.unasked for one in these), "resumed": len(times),
            "resumed p50": round(percentile(times, 0.5), 3), "resumed p95": round(percentile(times, 0.95), 3),
        }  # fmt: skip
    faults = sorted({one.fault for one in outcomes})
    return told | {"faults": {fault: sum(one.fault == fault for one in outcomes) for fault in faults}}
