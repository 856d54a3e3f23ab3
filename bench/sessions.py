"""How many telephone conversations one core carries: more and more at once, until an answer takes twice as long as alone.

`python -m bench.sessions [--every 8] [--seconds 45] [--steps 2 3 4 6 8] [--alone 20] [--json out.json]`
"""

import argparse
import asyncio
import contextlib
import json
import os
import random
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil  # type: ignore[import-untyped]

from bench.phone import ringing
from bench.v2v import QUIET, busy, serving, spent, spoken
from integrations.settings import Settings
from integrations.weights import locate, voice_name, whisper_name
from voice.caller import Sound, read_sound
from voice.phone_caller import as_telephoned

TWICE = 2.0
PATIENCE = 15.0
"""Seconds after which a question counts as not answered."""


@dataclass
class Step:
    """So many conversations at once."""

    conversations: int
    n: int
    p50: float
    p95: float
    unanswered: int
    core: float
    """Share of its core that the server used."""
    others: float
    """Cores that other programs used."""


def pinned(core: int) -> None:
    """From now on this program, and what it starts, runs there."""
    os.sched_setaffinity(0, {core})


async def conversation(url: str, sounds: list[Sound], every: float, until: float, seed: int, most: int) -> list[float]:
    """What one person's questions took in milliseconds, one every so many seconds; infinite where no answer came."""
    loop, chance, times = asyncio.get_running_loop(), random.Random(seed), list[float]()
    async with ringing(url) as call:
        await asyncio.sleep(chance.uniform(0, every))
        while loop.time() < until and len(times) < most:
            began = loop.time()
            await call.say(chance.choice(sounds))
            with contextlib.suppress(TimeoutError):
                await call.answer(timeout=PATIENCE)
            times.append(float("inf") if call.v2v_ms is None else call.v2v_ms)
            await asyncio.sleep(max(0.0, began + every - loop.time()))
    return times


async def step(
    count: int, url: str, server: psutil.Process, sounds: list[Sound], every: float, seconds: float, most: int = 10**6
) -> Step:
    """That many at once for so many seconds."""
    me, loop = psutil.Process(), asyncio.get_running_loop()
    began, before, mine, theirs = loop.time(), busy(), spent(me), spent(server)
    until = began + seconds
    every_one = await asyncio.gather(
        *(conversation(url, sounds, every, until, seed, most) for seed in range(1, count + 1))
    )
    took, cpu = loop.time() - began, spent(server) - theirs
    others = max(0.0, (busy() - before - cpu - (spent(me) - mine)) / took)
    times = sorted(time for one in every_one for time in one)
    n = len(times)
    p50, p95 = (times[min(n - 1, int(n * share))] for share in (0.5, 0.95))
    unanswered = sum(time == float("inf") for time in times)
    return Step(count, n, p50, p95, unanswered, round(cpu / took, 2), round(others, 2))


async def run(given: argparse.Namespace, whisper: Path, voice: Path) -> list[Step]:
    """Alone first, then as many as the steps say, until it takes twice as long."""
    with tempfile.TemporaryDirectory() as folder:
        files = {name: path for name, path in spoken(Path(folder), voice).items() if name.startswith("piper")}
        sounds = [as_telephoned(read_sound(path)) for path in files.values()]
    cores = sorted(os.sched_getaffinity(0))
    pinned(cores[0])
    steps: list[Step] = []
    async with serving("ours", whisper, voice) as (url, server):
        pinned(cores[-1])
        await step(1, url, server, sounds, 1.0, 20, most=2)  # warm
        for count in (1, *given.steps):
            alone = count == 1
            every, most = (1.0, given.alone) if alone else (given.every, 10**6)
            steps.append(await step(count, url, server, sounds, every, 600 if alone else given.seconds, most))
            print(json.dumps(asdict(steps[-1])), file=sys.stderr, flush=True)
            if steps[-1].p95 > TWICE * steps[0].p95:
                break
    return steps


def main() -> None:
    """Print the steps, and the most that were carried."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=float, default=8.0, help="seconds from one question to the next")
    parser.add_argument("--seconds", type=float, default=45.0, help="how long each step takes")
    parser.add_argument("--steps", type=int, nargs="+", default=[2, 3, 4, 6, 8])
    parser.add_argument("--alone", type=int, default=20, help="questions of the one conversation to compare with")
    parser.add_argument("--json", type=Path)
    given, settings = parser.parse_args(), Settings()
    whisper = locate(whisper_name(settings), folder=settings.weights)
    voice = locate(voice_name(settings), folder=settings.weights)
    steps = asyncio.run(run(given, whisper, voice))
    print(
        "| conversations | n | p50 ms | p95 ms | unanswered | of its core | others (cores) |\n|---|---|---|---|---|---|---|"
    )
    for one in steps:
        print(
            f"| {one.conversations} | {one.n} | {one.p50:.0f} | {one.p95:.0f} | {one.unanswered} | {one.core} | {one.others} |"
        )
    carried = max((one.conversations for one in steps if one.p95 <= TWICE * steps[0].p95), default=0)
    print(f"\none core carries {carried} conversations before p95 doubles")
    if any(one.others > QUIET for one in steps):
        print("(not a quiet machine)")
    if given.json:
        given.json.write_text(json.dumps([asdict(one) for one in steps], indent=1))


if __name__ == "__main__":
    main()
