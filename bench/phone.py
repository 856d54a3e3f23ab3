"""Voice to voice by telephone beside the browser: the same sound to one server by both ways in turn, in one run.

`python -m bench.phone [--rounds 2] [--json out.json]`
"""

import argparse
import asyncio
import contextlib
import json
import statistics
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict
from pathlib import Path
from secrets import token_hex

import numpy as np
import psutil  # type: ignore[import-untyped]

from bench.v2v import Turn, ask, busy, serving, show, spent, spoken, summary
from integrations.settings import Settings
from integrations.telephone import RATE
from integrations.weights import locate, voice_name, whisper_name
from voice.caller import RATE as WIDE
from voice.caller import Sound, read_sound
from voice.exchanges import Answered
from voice.phone_account import Account
from voice.phone_caller import Call, Rough, as_telephoned, on_the_line

ACCOUNT = Account(public_url="https://chronus.example.org", token="token", sid="AC1")  # noqa: S106, nobody's
MEDIA = Answered(stream="wss://chronus.example.org/v1/phone/twilio/media", parameters={})
BAR = 60
"""Milliseconds that the telephone may be slower than the browser, in the median."""
AUDIBLE = 250


@asynccontextmanager
async def ringing(url: str, rough: Rough | None = None) -> AsyncIterator[Call]:
    """A fresh call to the server whose browser's address this is; it has been answered."""
    server = url.removesuffix("/v1/voice").replace("ws", "http", 1)
    async with on_the_line(server, MEDIA, f"CA{token_hex(8)}", account=ACCOUNT, rough=rough) as call:
        await asyncio.sleep(0.7)
        yield call


async def ask_by_telephone(url: str, server: psutil.Process, name: str, sound: Sound) -> Turn:
    """One question on a fresh call, counted from where the person fell silent: the line may have lost a last hiss."""
    me, narrow = psutil.Process(), as_telephoned(sound)
    lost_ms = (_last(sound) / WIDE - _last(narrow) / RATE) * 1000
    async with ringing(url) as call:
        began, all_before = asyncio.get_running_loop().time(), busy()
        mine, theirs = spent(me), spent(server)
        await call.say(narrow)
        with contextlib.suppress(TimeoutError):
            await call.until(lambda: call.answered_at is not None, timeout=8)
        seconds = asyncio.get_running_loop().time() - began
        cpu = spent(server) - theirs
        others = max(0.0, (busy() - all_before - cpu - (spent(me) - mine)) / seconds)
        early = any(packet.audible and packet.at < call.voiced_until for packet in call.packets)
        v2v = None if call.v2v_ms is None else round(call.v2v_ms - lost_ms, 1)
        return Turn("telephone", name, "", v2v, round(others, 2), early, round(cpu * 1000))


def _last(sound: Sound) -> int:
    return int(np.flatnonzero(np.abs(sound.astype(np.int32)) > AUDIBLE)[-1])


async def run(rounds: int, whisper: Path, voice: Path) -> list[Turn]:
    """Each sound by browser, then by telephone, as often as that."""
    with tempfile.TemporaryDirectory() as folder:
        sounds = {name: read_sound(path) for name, path in spoken(Path(folder), voice).items()}
    turns: list[Turn] = []
    async with serving("ours", whisper, voice) as (url, server):
        await ask("browser", url, server, "warm", next(iter(sounds.values())))
        for _ in range(rounds):
            for name, sound in sounds.items():
                for turn in (
                    await ask("browser", url, server, name, sound),
                    await ask_by_telephone(url, server, name, sound),
                ):
                    turns.append(turn)
                    print(json.dumps(asdict(turn)), file=sys.stderr, flush=True)
    return turns


def main() -> None:
    """Print both, the difference, and that of each pair; fail where the telephone is too late."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--json", type=Path)
    given, settings = parser.parse_args(), Settings()
    whisper = locate(whisper_name(settings), folder=settings.weights)
    voice = locate(voice_name(settings), folder=settings.weights)
    turns = asyncio.run(run(given.rounds, whisper, voice))
    table = summary(turns)
    show(table)
    browser, telephone = (table[way]["p50"] for way in ("browser", "telephone"))
    pairs = [
        two.v2v_ms - one.v2v_ms
        for one, two in zip(turns[::2], turns[1::2], strict=True)
        if one.v2v_ms is not None and two.v2v_ms is not None
    ]
    if given.json:
        given.json.write_text(json.dumps({"summary": table, "turns": [asdict(turn) for turn in turns]}, indent=1))
    if browser is None or telephone is None:
        sys.exit("One of them was never answered.")
    print(
        f"\ntelephone - browser: {telephone - browser:.0f} ms (p50); the pairs' median {statistics.median(pairs):.0f} ms"
    )
    if telephone - browser > BAR:
        sys.exit(f"The telephone is more than {BAR} ms later.")


if __name__ == "__main__":
    main()
