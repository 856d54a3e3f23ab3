"""How much longer a turn takes until its mind begins to think because memories come to mind: python -m bench.recall."""

import argparse
import asyncio
import json
import logging
import os
import statistics
import tempfile
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from agent.conversation import Turn
from agent.in_mind import InMind
from agent.opening import open_services
from agent.services import Services
from integrations.model import Prompt, Step, Words
from integrations.settings import Settings
from integrations.store.memories import Memories
from integrations.store.migrations import migrate
from integrations.store.people import People, Person

ROOMS = ("attic", "cellar", "garage", "study", "kitchen", "hall", "shed")
THINGS = ("books", "records", "shoes", "tools", "letters", "lamps", "toys", "photographs", "blankets", "tents")
COLOURS = ("red", "blue", "green", "grey", "yellow", "white")
ALLOWED = 30.0
"""Milliseconds a turn may become longer by it (p50)."""


class Waiting:
    """A mind that says at once when it was asked."""

    name, reads = "waiting", True

    def __init__(self) -> None:
        self.asked = 0.0
        self.knew = 0

    async def think(self, prompt: Prompt) -> AsyncIterator[Step]:
        """The moment, and how many memories it was given."""
        self.asked, self.knew = time.perf_counter(), prompt.facts.count("“")
        yield Words(text="Well.")


def sentence(number: int) -> str:
    """No two alike."""
    return f"The {COLOURS[number % 6]} box {number} in the {ROOMS[number % 7]} holds my {THINGS[number % 10]}"


async def remembering(services: Services, many: int) -> Person:
    """A person with so many memories, all of them indexed."""
    async with services.database.work() as session:
        person = await People(session).add(zone="UTC", now=datetime.now(UTC))
    async with services.database.work() as session:
        for number in range(many):
            await Memories(session, person.id).add(text=sentence(number), at=datetime.now(UTC), quote=sentence(number))
    await services.index.catch_up(person.id, partial(services._memories, person.id))
    return person


async def measure(services: Services, mind: Waiting, many: int, turns: int) -> dict[str, Any]:
    """Turns of somebody with so many memories and of somebody with none, one after the other."""
    one, nobody = await remembering(services, many), await remembering(services, 0)
    until: dict[str, list[float]] = {one.id: [], nobody.id: []}
    alone, knew, by_meaning = [], 0, 0
    for number in range(turns + 5):
        said = f"where did I put the {THINGS[number % 10]} of my {ROOMS[(number * 3) % 7]} in {number}"
        for person in (one, nobody):
            began = time.perf_counter()
            async for _ in services.assistant.reply(Turn(person=person, text=said)):
                pass
            if number >= 5:
                until[person.id].append((mind.asked - began) * 1000)
                knew += bool(mind.knew) if person is one else 0
        began = time.perf_counter()
        seeking = InMind(services, one, f"{said} please")
        await seeking.told()
        by_meaning += seeking._meaning is not None and number >= 5
        seeking.stop()
        if number >= 5:
            alone.append((time.perf_counter() - began) * 1000)
    with_, without = until[one.id], until[nobody.id]
    return {
        "memories": many,
        "n": turns,
        "turn with": figures(with_),
        "turn without": figures(without),
        "added p50": round(statistics.median(with_) - statistics.median(without), 1),
        "recall alone": figures(alone),
        "by meaning": round(by_meaning / turns, 3),
        "something came to mind": round(knew / turns, 3),
    }


def figures(milliseconds: list[float]) -> str:
    """p50 and p95."""
    ordered = sorted(milliseconds)
    return f"{statistics.median(ordered):.1f} / {ordered[int(len(ordered) * 0.95)]:.1f}"


async def main(turns: int, sizes: list[int], out: Path | None) -> bool:
    """Measure each size in the same process; whether all stay within what is allowed."""
    logging.disable(logging.WARNING)
    mind, rows = Waiting(), []
    with tempfile.TemporaryDirectory(prefix="chronus-bench-") as folder:
        await migrate(None, Path(folder))
        settings = Settings(_env_file=None, data=Path(folder), timezone="UTC", environment="production")
        async with open_services(settings, model=mind, speech=False) as services:
            await services.index.wake()
            for many in sizes:
                rows.append(await measure(services, mind, many, turns))
                print(rows[-1], flush=True)
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; milliseconds, p50 / p95")
    if out:
        await asyncio.to_thread(out.write_text, json.dumps(rows, indent=1))
    return all(row["added p50"] <= ALLOWED for row in rows)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=200)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10, 300, 1000])
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    raise SystemExit(0 if asyncio.run(main(given.turns, given.sizes, given.json)) else 1)
