"""Voice to voice, ours against pipecat as it comes: the same sound to both in turn, in one run on one machine.

`python -m bench.v2v [--whisper FOLDER] [--voice VOICE.onnx] [--rounds 3] [--json out.json]`
"""

import argparse
import asyncio
import contextlib
import json
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import psutil  # type: ignore[import-untyped]
import soundfile

from integrations.settings import Settings
from integrations.weights import locate, voice_name, whisper_name
from voice.caller import RATE, Sound, calling, read_sound

COMMANDS = (
    "What's on my calendar tomorrow?",
    "Do I have any unread email from Sarah?",
    "Put dentist on Thursday at half past nine.",
    "Am I free after three?",
    "Add milk to my shopping list.",
    "What's overdue?",
    "Remind me tomorrow morning to call mum.",
)
HESITATION = ("Remind me to call, um,", "the dentist.")
"""Said with 0.9 s between the two: who answers in the pause has cut in."""
CLIPS = Path("/usr/share/pocketsphinx/test/data")
QUIET = 0.25
"""Cores that other programs may use during a turn that counts as quiet."""
SLOW = 2500
"""Milliseconds; what is slower has waited out a fallback."""


@dataclass
class Turn:
    """One question and how long its answer took."""

    peer: str
    sound: str
    heard: str
    v2v_ms: float | None
    others: float
    """Cores that other programs used meanwhile."""
    cut_in: bool
    """The bot spoke before the question was over."""
    cpu_ms: float
    """What the server spent."""


def spoken(folder: Path, voice: Path) -> dict[str, Path]:
    """The commands in every synthetic voice that is here, and people's recordings."""
    sounds: dict[str, Path] = {}
    for number, text in enumerate(COMMANDS):
        made = _piper(text, folder / f"piper-{number}.wav", voice)
        sounds[made.stem] = made
        for program, arguments in (("espeak-ng", ["-w"]), ("flite", ["-voice", "slt", "-o"])):
            made = folder / f"{program}-{number}.wav"
            if shutil.which(program) and number < 3:
                words = ["-t", text] if program == "flite" else [text]
                subprocess.run([program, *arguments, str(made), *words], check=True, capture_output=True)
                sounds[made.stem] = made
    begun, ended = (_piper(part, folder / f"part-{part[:3]}.wav", voice) for part in HESITATION)
    halves = [read_sound(begun), np.zeros(int(0.9 * RATE), np.int16), read_sound(ended)]
    soundfile.write(folder / "hesitation.wav", np.concatenate(halves), RATE)
    sounds["hesitation"] = folder / "hesitation.wav"
    return sounds | {f"human-{clip.stem}": clip for clip in sorted(CLIPS.glob("cards/*.wav"))}


def _piper(text: str, made: Path, voice: Path) -> Path:
    command = [sys.executable, "-m", "piper", "-m", str(voice), "-f", str(made), "--", text]
    subprocess.run(command, check=True, capture_output=True)
    return made


@contextlib.asynccontextmanager
async def serving(peer: str, whisper: Path, voice: Path) -> AsyncIterator[tuple[str, psutil.Process]]:
    """A peer in a process of its own."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", f"bench.peer_{peer}", str(port), whisper, voice
    )
    try:
        for _ in range(300):
            with contextlib.suppress(OSError):
                (await asyncio.open_connection("127.0.0.1", port))[1].close()
                break
            await asyncio.sleep(0.1)
            if process.returncode is not None:
                sys.exit(f"The server {peer!r} did not start.")
        yield f"ws://127.0.0.1:{port}/v1/voice", psutil.Process(process.pid)
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()


async def ask(peer: str, url: str, server: psutil.Process, name: str, sound: Sound) -> Turn:
    """One question on a fresh line."""
    me = psutil.Process()
    async with calling(url) as caller:
        await caller.ready()
        await caller.until(lambda: bool(caller.said("bot-ready")))
        await caller.hush(0.5)
        began, all_before = asyncio.get_running_loop().time(), busy()
        mine, theirs = spent(me), spent(server)
        await caller.say(sound)
        with contextlib.suppress(TimeoutError):
            await caller.until(lambda: caller.answered_at is not None, timeout=8)
        seconds = asyncio.get_running_loop().time() - began
        cpu = spent(server) - theirs
        others = max(0.0, (busy() - all_before - cpu - (spent(me) - mine)) / seconds)
        early = [packet for packet in caller.packets if packet.audible and packet.at < caller.voiced_until]
        return Turn(peer, name, caller.heard, caller.v2v_ms, round(others, 2), bool(early), round(cpu * 1000))


def busy() -> float:
    """Seconds that all programs have used a core."""
    times = psutil.cpu_times()
    return float(times.user + times.system + times.nice)


def spent(process: psutil.Process) -> float:
    """Seconds that this one has."""
    times = process.cpu_times()
    return float(times.user + times.system)


def summary(turns: list[Turn]) -> dict[str, dict[str, float | int | None]]:
    """Per peer: how many, quiet ones, p50, p95, least, unanswered, slow."""
    table: dict[str, dict[str, float | int | None]] = {}
    for peer in dict.fromkeys(turn.peer for turn in turns):
        every = [turn for turn in turns if turn.peer == peer]
        times = sorted(turn.v2v_ms for turn in every if turn.v2v_ms is not None)
        quiet = sorted(turn.v2v_ms for turn in every if turn.v2v_ms is not None and turn.others <= QUIET)
        table[peer] = {
            "n": len(every),
            "p50": _share(times, 0.5),
            "p95": _share(times, 0.95),
            "min": times[0] if times else None,
            "quiet n": len(quiet),
            "quiet p50": _share(quiet, 0.5),
            "quiet p95": _share(quiet, 0.95),
            "unanswered": len(every) - len(times),
            "slow": sum(time > SLOW for time in times),
            "cut in": sum(turn.cut_in for turn in every),
            "cpu ms": round(statistics.median(turn.cpu_ms for turn in every)),
            "others": round(statistics.mean(turn.others for turn in every), 2),
        }
    return table


def _share(times: list[float], share: float) -> float | None:
    return round(times[min(len(times) - 1, int(len(times) * share))]) if times else None


async def run(arguments: argparse.Namespace) -> list[Turn]:
    turns: list[Turn] = []
    with tempfile.TemporaryDirectory() as folder:
        sounds = {name: read_sound(path) for name, path in spoken(Path(folder), arguments.voice).items()}
    async with contextlib.AsyncExitStack() as stack:
        peers = {
            peer: await stack.enter_async_context(serving(peer, arguments.whisper, arguments.voice))
            for peer in arguments.peers.split(",")
        }
        for peer, (url, server) in peers.items():
            await ask(peer, url, server, "warm", next(iter(sounds.values())))
        for _ in range(arguments.rounds):
            for name, sound in sounds.items():
                for peer, (url, server) in peers.items():
                    turns.append(await ask(peer, url, server, name, sound))
                    print(json.dumps(asdict(turns[-1])), file=sys.stderr, flush=True)
    return turns


def show(table: dict[str, dict[str, float | int | None]]) -> None:
    columns = list(next(iter(table.values())))
    print("| | " + " | ".join(columns) + " |")
    print("|---" * (len(columns) + 1) + "|")
    for peer, row in table.items():
        print(
            f"| {peer} | " + " | ".join("–" if row[column] is None else str(row[column]) for column in columns) + " |"
        )
    if {"ours", "stock"} <= table.keys() and table["ours"]["p50"] and table["stock"]["p50"]:
        print(f"\np50 ours / stock: {table['ours']['p50'] / table['stock']['p50']:.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--whisper", type=Path, help="folder of a faster-whisper model; else the one this machine uses")
    parser.add_argument("--voice", type=Path, help="a Piper voice (.onnx); else the one this machine uses")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peers", default="ours,stock")
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    settings = Settings()
    arguments.whisper = arguments.whisper or locate(whisper_name(settings), folder=settings.weights)
    arguments.voice = arguments.voice or locate(voice_name(settings), folder=settings.weights)
    turns = asyncio.run(run(arguments))
    table = summary(turns)
    show(table)
    if arguments.json:
        arguments.json.write_text(json.dumps({"summary": table, "turns": [asdict(turn) for turn in turns]}, indent=1))
    if "ours" in table and (table["ours"]["slow"] or table["ours"]["unanswered"]):
        sys.exit("Some answers came too late or not at all.")


if __name__ == "__main__":
    main()
