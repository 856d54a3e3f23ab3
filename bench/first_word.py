"""From Gemini's first token to the first sound of the answer, beside what the voice itself took for that clause.

`python -m bench.first_word [--voice VOICE.onnx] [--rounds 40] [--json out.json]`
"""

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncGenerator
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil  # type: ignore[import-untyped]
from loguru import logger

from agent.opening import open_services
from bench.replies import replies
from integrations.settings import Settings
from integrations.speech import Synthesizer, Voice
from integrations.speech.piper import PiperSynthesizer
from integrations.weights import locate, voice_name
from tests.callers import talking
from tests.emulators.gemini import says, served_gemini
from tests.geminis import settings as pointed_at
from voice.caller import calling
from voice.thread import Thread

ALLOWED = 150.0
"""Milliseconds beyond the voice's own time."""


@dataclass
class Round:
    """One answer; milliseconds."""

    total: float
    """From the moment the other side sends its first token to the first packet of sound at the caller."""
    voice: float
    """From the clause given to the voice to its first sound."""
    others: float
    """Cores that other programs used meanwhile."""

    @property
    def beyond(self) -> float:
        """What is ours: the wire, the library, the turn, the clause, the line back."""
        return self.total - self.voice


class Timed:
    """A voice with a watch on its first sound."""

    def __init__(self, voice: Synthesizer) -> None:
        self._voice = voice
        self.name, self.rate = voice.name, voice.rate
        self.took: list[float] = []
        self.trouble: str | None = None

    async def voices(self) -> list[Voice]:
        return await self._voice.voices()

    async def speak(self, text: str, *, voice: str | None = None, speed: float = 1.0) -> AsyncGenerator[bytes, None]:
        began, first = time.monotonic(), True
        async for pcm in self._voice.speak(text, voice=voice, speed=speed):
            if first:
                self.took.append((time.monotonic() - began) * 1000)
                first = False
            yield pcm

    async def warm(self) -> None:
        await self._voice.warm()


async def run(voice: Path, rounds: int) -> list[Round]:
    """The whole of it in one process: the other side, the server, and the caller."""
    timed, made, texts = Timed(PiperSynthesizer(voice)), list[Round](), replies()
    await timed.warm()
    with served_gemini() as google, tempfile.TemporaryDirectory() as folder:
        chosen = Settings(
            _env_file=None, data=Path(folder), weights=Path(folder) / "none", gemini=pointed_at(google)
        )  # fmt: skip
        async with open_services(chosen, speech=False) as services:
            thread = Thread(services, await services.owner())
            async with talking(thread, speaks=timed) as place, calling(f"{place.url}/bench") as caller:
                await caller.ready()
                for _ in range(rounds + 2):
                    text = next(texts)
                    # the first clause is whole with the first token: waiting for it is not what is measured
                    google.then(says(*text.partition(". ")[:2], "And that is all."))
                    timed.took.clear()
                    heard, busy = len(caller.packets), _busy()
                    began = asyncio.get_running_loop().time()
                    await caller.send("send-text", {"content": "tell me"})
                    await caller.until(lambda heard=heard: len(caller.packets) > heard)  # type: ignore[misc]
                    sent = google.turns[-1].begun_at
                    assert sent is not None
                    spent = (_busy() - busy) / (asyncio.get_running_loop().time() - began)
                    made.append(
                        Round((caller.packets[heard].at - sent) * 1000, timed.took[0], max(0.0, round(spent, 2)))
                    )
                    await caller.send("client-message", {"t": "stop"})
                    await caller.hush(0.4)
    return made[2:]  # the first ones warm everything up


def _busy() -> float:
    """Seconds of processor time that everybody but us has used."""
    times, ours = psutil.cpu_times(), psutil.Process().cpu_times()
    return float(times.user + times.system + times.nice - ours.user - ours.system)


def _row(name: str, values: list[float]) -> str:
    values = sorted(values)
    p95 = values[min(len(values) - 1, int(len(values) * 0.95))]
    return f"| {name} | {len(values)} | {statistics.median(values):.0f} | {p95:.0f} | {values[-1]:.0f} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--voice", type=Path, help="a Piper voice (.onnx); else the one this machine uses")
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    logger.remove()
    settings = Settings()
    made = asyncio.run(run(arguments.voice or locate(voice_name(settings), folder=settings.weights), arguments.rounds))
    print("| ms | n | p50 | p95 | worst |\n|---|---|---|---|---|")
    print(_row("first token to first sound", [one.total for one in made]))
    print(_row("of it the voice", [one.voice for one in made]))
    print(_row("beyond the voice", [one.beyond for one in made]))
    print(f"\nothers: {statistics.mean(one.others for one in made):.1f} cores")
    if arguments.json:
        arguments.json.write_text(json.dumps([asdict(one) for one in made], indent=1))
    if statistics.median(one.beyond for one in made) > ALLOWED:
        sys.exit(f"More than {ALLOWED:.0f} ms beyond the voice.")


if __name__ == "__main__":
    main()
