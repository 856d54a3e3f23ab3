"""Our own voice out of a loudspeaker, on a live call through the real ears: does it stop us, and do people still?

`python -m bench.echo [--rounds 1] [--json out.json]`
"""

import argparse
import asyncio
import contextlib
import json
import statistics
import sys
import tempfile
from dataclasses import asdict, dataclass
from itertools import product
from pathlib import Path

import numpy as np

from bench.phone import ringing
from bench.v2v import CLIPS, serving, spoken
from integrations.settings import Settings
from integrations.telephone import RATE
from integrations.weights import locate, voice_name, whisper_name
from voice.caller import Sound, read_sound
from voice.phone_caller import Rough, as_telephoned

LOUD = (-6.0, -12.0, -20.0, -30.0)
LATE = (0.1, 0.3, 0.6)
INTO = 1.2
"""Seconds into the answer at which somebody speaks over it."""


@dataclass
class Heard:
    """One call: an answer heard out, and one that was spoken over."""

    echo: float | None
    late: float
    stopped_itself: bool
    """The sound stopped while only we were to be heard."""
    stop: float | None
    """Seconds from the beginning of the person's first word until it stopped; None: it didn't."""


async def one_call(url: str, question: Sound, person: Sound, echo: float | None, late: float) -> Heard:
    """Ask, hear it out, ask again, speak over the answer."""
    async with ringing(url, Rough(echo=echo, echo_late=late)) as call:
        await call.say(question)
        await call.answer()
        stopped_itself = any(at > call.voiced_until for at in call.clears)
        await call.say(question)
        await call.until(lambda: call.answered_at is not None)
        await asyncio.sleep(INTO)
        over = asyncio.get_running_loop().time()
        stopped_itself |= any(call.voiced_until < at < over for at in call.clears)
        await call.say(person)
        with contextlib.suppress(TimeoutError):
            await call.until(lambda: any(at > call.began for at in call.clears), timeout=2)
        stops = [at - call.began for at in call.clears if at > call.began]
    return Heard(echo, late, stopped_itself, round(stops[0], 3) if stops else None)


def from_first_word(sound: Sound) -> Sound:
    """Without the room and the breath before: it begins with the first 10 ms within 20 dB of the loudest."""
    frame = RATE // 100
    pieces = sound[: len(sound) // frame * frame].reshape(-1, frame).astype(np.float64)
    loud = np.sqrt((pieces**2).mean(axis=1))
    begun: Sound = sound[int(np.flatnonzero(loud > loud.max() / 10)[0]) * frame :]
    return begun


async def run(rounds: int, whisper: Path, voice: Path) -> list[Heard]:
    """Every loudness with every delay, and without an echo as often as one loudness."""
    with tempfile.TemporaryDirectory() as folder:
        question = as_telephoned(read_sound(spoken(Path(folder), voice)["piper-0"]))
    people = [from_first_word(as_telephoned(read_sound(clip))) for clip in sorted(CLIPS.glob("cards/*.wav"))]
    calls: list[Heard] = []
    async with serving("ours", whisper, voice) as (url, _):
        for number, (echo, late) in enumerate([*product((None, *LOUD), LATE)] * rounds):
            calls.append(await one_call(url, question, people[number % len(people)], echo, late))
            print(json.dumps(asdict(calls[-1])), file=sys.stderr, flush=True)
    return calls


def main() -> None:
    """Print a row with an echo and one without."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--json", type=Path)
    given, settings = parser.parse_args(), Settings()
    if not CLIPS.is_dir():
        sys.exit("pocketsphinx-testdata isn't installed: nobody is there to speak over us.")
    whisper = locate(whisper_name(settings), folder=settings.weights)
    voice = locate(voice_name(settings), folder=settings.weights)
    calls = asyncio.run(run(given.rounds, whisper, voice))
    print("| | n | stopped by itself | people noticed | stop p50 ms | stop p95 ms |\n|---|---|---|---|---|---|")
    for name, these in (
        ("with an echo", [one for one in calls if one.echo is not None]),
        ("without", [one for one in calls if one.echo is None]),
    ):
        stops = sorted(one.stop for one in these if one.stop is not None)
        itself = sum(one.stopped_itself for one in these)
        p50, p95 = (statistics.median(stops), stops[int(len(stops) * 0.95)]) if stops else (0.0, 0.0)
        print(f"| {name} | {len(these)} | {itself} | {len(stops)} | {p50 * 1000:.0f} | {p95 * 1000:.0f} |")
    if given.json:
        given.json.write_text(json.dumps([asdict(one) for one in calls], indent=1))


if __name__ == "__main__":
    main()
