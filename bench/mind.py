"""How long the built-in mind takes to understand: `python -m bench.mind`."""

import asyncio
import gc
import statistics
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import yaml

from agent.commands import BuiltInMind, complete
from agent.tools import toolbox
from integrations.model import Prompt, Said

PHRASINGS = Path(__file__).parents[1] / "tests" / "evals" / "phrasings" / "dev.yaml"
ZONE = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 3, 4, 10, 20, tzinfo=ZONE)


def main() -> None:
    """The first step of a turn, and whether words are whole, for every known phrasing; milliseconds of processor time."""
    said = [str(entry["say"]) for entry in yaml.safe_load(PHRASINGS.read_text())]
    mind, tools = BuiltInMind(), toolbox().declarations

    def think(text: str) -> None:
        prompt = Prompt(system="", facts="", lines=[Said(text=text)], tools=tools, now=NOW, zone=ZONE)

        async def first() -> None:
            async for _ in mind.think(prompt):
                return

        asyncio.run(first())

    think("warm up")
    gc.collect()
    gc.freeze()  # as the server does
    for name, act in (("think", think), ("complete", complete)):
        _report(name, sorted(_milliseconds(act, text) for text in said))


def _milliseconds(act: Callable[[str], object], text: str) -> float:
    began = time.process_time()
    act(text)
    return (time.process_time() - began) * 1000


def _report(name: str, took: list[float]) -> None:
    p50, p95 = statistics.median(took), took[int(len(took) * 0.95)]
    print(f"{name}: p50 {p50:.1f} ms, p95 {p95:.1f} ms, worst {took[-1]:.1f} ms (n = {len(took)})")


if __name__ == "__main__":
    main()
