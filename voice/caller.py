"""A caller without a browser: speaks a WAV file to the server in real time and listens to the answer."""

import asyncio
import json
import wave
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
import soxr
from pipecat.frames.protobufs import frames_pb2
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from integrations.errors import Invalid, Unavailable

RATE = 16000
_FRAME = RATE // 50
_AUDIBLE = 250
"""Of 32768, about −42 dBFS: below it nobody hears anything."""
_SETTLED = 1.5
"""Seconds of the bot's silence after which it has finished."""


@dataclass
class Hearing:
    """What came of a call."""

    heard: str
    reply: str
    v2v_ms: float | None
    out: Path | None = None


@dataclass
class Call:
    """A call under way: what was sent and what came back, each with its moment."""

    finals: list[str] = field(default_factory=list)
    replies: list[str] = field(default_factory=list)
    sound: bytearray = field(default_factory=bytearray)
    rate: int = 24000
    events: list[tuple[float, dict[str, Any]]] = field(default_factory=list)
    arrivals: list[tuple[float, float]] = field(default_factory=list)
    """Of each packet with sound in it: when it came, and its length in seconds."""
    voiced_until: float = 0.0
    """When the frame with the last audible sample was sent."""
    first_sound: float | None = None
    """When the first audible packet after it came."""
    last_news: float = 0.0

    @property
    def v2v_ms(self) -> float | None:
        return None if self.first_sound is None else round((self.first_sound - self.voiced_until) * 1000, 1)


def read_sound(path: Path) -> np.ndarray:
    """The file's sound as 16-bit mono at 16 kHz."""
    try:
        sound, rate = soundfile.read(path, dtype="float32", always_2d=True)
    except (OSError, soundfile.LibsndfileError) as error:
        raise Invalid(f"{path} can't be read as sound.") from error
    _check_whole(path, len(sound))
    if not len(sound):
        raise Invalid(f"{path} has no sound in it.")
    mono = sound.mean(axis=1)
    if rate != RATE:
        mono = soxr.resample(mono, rate, RATE)
    samples: np.ndarray = (np.clip(mono, -1, 1) * 32767).astype(np.int16)
    return samples


def _check_whole(path: Path, frames: int) -> None:
    """Refuse a WAV that promises more sound than it has."""
    if path.suffix.lower() != ".wav":
        return
    try:
        with wave.open(str(path)) as file:
            promised = file.getnframes()
    except (wave.Error, EOFError):
        return  # a kind of WAV this simple reader doesn't know; the other one read it
    if frames < promised:
        raise Invalid(f"{path} is cut short: it holds {frames} of {promised} samples.")


async def call(
    ws_url: str,
    wav_path: Path,
    out_path: Path | None = None,
    *,
    timeout: float = 60.0,
    follow_ups: tuple[Path, ...] = (),
    headers: dict[str, str] | None = None,
) -> Hearing:
    """Ask what the file asks; `follow_ups` are spoken one after the other, each after the answer before it."""
    files = [await asyncio.to_thread(read_sound, path) for path in (wav_path, *follow_ups)]
    state = Call()
    try:
        async with asyncio.timeout(timeout), connect(ws_url, max_size=None, additional_headers=headers) as socket:
            await converse(socket, files, state)
    except TimeoutError:
        if not state.finals and not state.sound:
            raise Unavailable("The server didn't answer in time.") from None
    except (OSError, InvalidHandshake, ConnectionClosed) as error:
        raise Unavailable(f"The line to the server broke: {error}") from error
    out = await asyncio.to_thread(_save, out_path, state) if out_path and state.sound else None
    return Hearing(" ".join(state.finals), " ".join(state.replies), state.v2v_ms, out)


async def converse(socket: ClientConnection, files: list[np.ndarray], state: Call) -> None:
    """The whole call on an open socket."""
    await socket.send(_message("client-ready", {"version": "1.2.0", "about": {"library": "chronus"}}))
    listening = asyncio.create_task(_listen(socket, state))
    try:
        for sound in files:
            await say(socket, sound, state)
            await _wait_for_answer(socket, state, listening)
    finally:
        listening.cancel()
        await asyncio.wait({listening})


async def say(socket: ClientConnection, sound: np.ndarray, state: Call) -> None:
    """Send the sound in real time, 20 ms at a time."""
    loud = np.flatnonzero(np.abs(sound.astype(np.int32)) > _AUDIBLE)
    last = int(loud[-1]) if len(loud) else len(sound) - 1
    state.first_sound = None
    state.voiced_until = float("inf")
    await _paced(socket, sound, lambda at: _mark(state, at, last))
    state.last_news = asyncio.get_running_loop().time()


def _mark(state: Call, at: int, last: int) -> None:
    if at <= last < at + _FRAME:
        state.voiced_until = asyncio.get_running_loop().time()


async def _paced(socket: ClientConnection, sound: np.ndarray, sending: Callable[[int], None]) -> None:
    loop = asyncio.get_running_loop()
    began = loop.time()
    for at in range(0, len(sound), _FRAME):
        await asyncio.sleep(max(0.0, began + at / RATE - loop.time()))
        sending(at)
        await socket.send(_audio(sound[at : at + _FRAME]))


async def _wait_for_answer(socket: ClientConnection, state: Call, listening: asyncio.Task[None]) -> None:
    """Send a quiet room until the bot has answered and fallen silent."""
    loop = asyncio.get_running_loop()
    room = np.random.default_rng(1).integers(-4, 5, RATE, dtype=np.int16)
    while not listening.done():
        if state.first_sound is not None and loop.time() - state.last_news > _SETTLED:
            return
        await _paced(socket, room[: _FRAME * 5], lambda _: None)


async def _listen(socket: ClientConnection, state: Call) -> None:
    loop = asyncio.get_running_loop()
    try:
        async for data in socket:
            frame = frames_pb2.Frame.FromString(data)  # type: ignore[attr-defined]  # made at run time
            if frame.HasField("audio"):
                _hear(state, frame.audio, loop.time())
            elif frame.HasField("message"):
                _note(state, json.loads(frame.message.data), loop.time())
    except ConnectionClosed:
        return


def _hear(state: Call, audio: Any, now: float) -> None:
    state.rate = audio.sample_rate
    state.sound += audio.audio
    state.last_news = now
    state.arrivals.append((now, len(audio.audio) / 2 / audio.sample_rate))
    loudest = np.abs(np.frombuffer(audio.audio, np.int16).astype(np.int32)).max(initial=0)
    if state.first_sound is None and now > state.voiced_until and loudest > _AUDIBLE:
        state.first_sound = now


def _note(state: Call, message: dict[str, Any], now: float) -> None:
    state.events.append((now, message))
    data = message.get("data") or {}
    match message.get("type"):
        case "user-transcription" if data.get("final") and data.get("text"):
            state.finals.append(data["text"])
        case "bot-llm-text":
            state.replies.append(str(data.get("text", "")).strip())
        case "user-transcription":
            state.last_news = now


def _audio(sound: np.ndarray) -> bytes:
    frame = frames_pb2.Frame()  # type: ignore[attr-defined]
    frame.audio.audio, frame.audio.sample_rate, frame.audio.num_channels = sound.tobytes(), RATE, 1
    return bytes(frame.SerializeToString())


def _message(type: str, data: dict[str, Any], id: str = "1") -> bytes:
    frame = frames_pb2.Frame()  # type: ignore[attr-defined]
    frame.message.data = json.dumps({"label": "rtvi-ai", "type": type, "id": id, "data": data})
    return bytes(frame.SerializeToString())


def _save(path: Path, state: Call) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(state.rate)
        file.writeframes(bytes(state.sound))
    return path
