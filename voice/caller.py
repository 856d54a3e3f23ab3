"""A caller without a browser: speaks WAV files to the server in real time and listens to the answers."""

import asyncio
import json
import wave
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
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
"""Seconds without news after which an answer is over."""

Sound = np.ndarray
"""16-bit mono at 16 kHz."""


@dataclass(frozen=True)
class Hearing:
    """What came of a call."""

    heard: str
    reply: str
    v2v_ms: float | None
    """From the frame with the last audible sample of the (last) question to the first audible packet after it."""
    out: Path | None = None


@dataclass(frozen=True)
class Packet:
    """A piece of the bot's sound."""

    at: float
    pcm: bytes
    rate: int

    @property
    def audible(self) -> bool:
        return audible(np.frombuffer(self.pcm, np.int16))

    @property
    def seconds(self) -> float:
        return len(self.pcm) / 2 / self.rate


class Listener:
    """Somebody who has asked, and hears what comes back."""

    packets: list[Packet]
    voiced_until: float
    """When the last audible sample of the question was sent."""

    @property
    def answered_at(self) -> float | None:
        """When the first audible packet after the last question came."""
        return next((packet.at for packet in self.packets if packet.at > self.voiced_until and packet.audible), None)

    @property
    def v2v_ms(self) -> float | None:
        """From the last audible sample of the question to the first one of the answer."""
        return None if self.answered_at is None else round((self.answered_at - self.voiced_until) * 1000, 1)


class Caller(Listener):
    """One side of a conversation on an open socket, keeping what came back and when."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._room: Sound = np.random.default_rng(1).integers(-4, 5, RATE, dtype=np.int16)
        self.packets: list[Packet] = []
        self.events: list[tuple[float, dict[str, Any]]] = []
        self.interruptions: list[float] = []
        self.began = self.voiced_until = 0.0
        """Of the last question: when its first and last audible samples were sent."""
        self.last_news = 0.0
        self.closed: tuple[int, str] | None = None
        """Code and reason, once the other side has hung up."""

    def said(self, kind: str) -> list[dict[str, Any]]:
        """The data of all RTVI messages of this kind."""
        return [message.get("data") or {} for _, message in self.events if message.get("type") == kind]

    @property
    def heard(self) -> str:
        """What the server made of our words."""
        return " ".join(data["text"] for data in self.said("user-transcription") if data["final"] and data["text"])

    @property
    def reply(self) -> str:
        return " ".join(str(data["text"]).strip() for data in self.said("bot-llm-text"))

    async def send(self, type: str, data: dict[str, Any] | None = None, id: str = "1") -> None:
        """Send an RTVI message."""
        frame = frames_pb2.Frame()  # type: ignore[attr-defined]  # the module is made at run time
        frame.message.data = json.dumps({"label": "rtvi-ai", "type": type, "id": id, "data": data})
        await self._socket.send(frame.SerializeToString())

    async def raw(self, data: bytes) -> None:
        """Send something as it is."""
        await self._socket.send(data)

    async def ready(self) -> None:
        """Tell the bot that we can hear it."""
        await self.send("client-ready", {"version": "1.2.0", "about": {"library": "chronus"}})

    async def say(self, sound: Sound) -> None:
        """Speak in real time, 20 ms at a time."""
        loud = np.flatnonzero(np.abs(sound.astype(np.int32)) > _AUDIBLE)
        first, last = (int(loud[0]), int(loud[-1])) if len(loud) else (0, len(sound) - 1)
        self.voiced_until = float("inf")

        def mark(at: int) -> None:
            if at <= first < at + _FRAME:
                self.began = self._now()
            if at <= last < at + _FRAME:
                self.voiced_until = self._now()

        await self._paced(sound, mark)
        self.last_news = self._now()

    async def hush(self, seconds: float) -> None:
        """Let the microphone hear a quiet room."""
        await self._paced(np.resize(self._room, int(seconds * RATE)), lambda _: None)

    async def until(self, done: Callable[[], bool], *, timeout: float = 10.0) -> None:
        """Be quiet until something has happened, or the line is dead."""
        end = self._now() + timeout
        while not done() and self.closed is None:
            if self._now() > end:
                raise TimeoutError("It didn't happen.")
            await self.hush(0.06)

    async def answer(self, *, timeout: float = 30.0) -> None:
        """Be quiet until the bot has answered and is silent again."""
        await self.until(
            lambda: self.answered_at is not None and self._now() - self.last_news > _SETTLED, timeout=timeout
        )

    async def listen(self) -> None:
        """Keep what comes; runs beside everything else."""
        try:
            async for data in self._socket:
                assert isinstance(data, bytes)
                self._keep(frames_pb2.Frame.FromString(data))  # type: ignore[attr-defined]
        except ConnectionClosed:
            pass
        self.closed = (self._socket.close_code or 1006, self._socket.close_reason or "")

    def _keep(self, frame: Any) -> None:
        now = self._now()
        if frame.HasField("audio"):
            self.packets.append(Packet(now, frame.audio.audio, frame.audio.sample_rate))
            self.last_news = now
        elif frame.HasField("interruption"):
            self.interruptions.append(now)
        elif frame.HasField("message"):
            message = json.loads(frame.message.data)
            self.events.append((now, message))
            if message.get("type") in ("user-transcription", "bot-llm-text"):
                self.last_news = now

    async def _paced(self, sound: Sound, sending: Callable[[int], None]) -> None:
        began = self._now()
        for at in range(0, len(sound), _FRAME):
            await asyncio.sleep(max(0.0, began + at / RATE - self._now()))
            sending(at)
            frame = frames_pb2.Frame()  # type: ignore[attr-defined]
            frame.audio.audio = sound[at : at + _FRAME].tobytes()
            frame.audio.sample_rate, frame.audio.num_channels = RATE, 1
            try:
                await self._socket.send(frame.SerializeToString())
            except ConnectionClosed:
                return

    def _now(self) -> float:
        return asyncio.get_running_loop().time()


@asynccontextmanager
async def calling(ws_url: str, *, headers: dict[str, str] | None = None) -> AsyncIterator[Caller]:
    """An open line for as long as the block lasts."""
    try:
        async with connect(ws_url, max_size=None, additional_headers=headers) as socket:
            caller = Caller(socket)
            listening = asyncio.create_task(caller.listen())
            try:
                yield caller
            finally:
                await socket.close()  # while somebody still listens: unread messages would hold up the other's goodbye
                listening.cancel()
                await asyncio.wait({listening})
    except (OSError, InvalidHandshake) as error:
        raise Unavailable(f"The server can't be reached: {error}") from error


async def call(
    ws_url: str,
    wav_path: Path,
    out_path: Path | None = None,
    *,
    follow_ups: tuple[Path, ...] = (),
    timeout: float = 60.0,
    headers: dict[str, str] | None = None,
) -> Hearing:
    """Ask what the file asks; `follow_ups` are spoken one after the other, each after the answer before it."""
    sounds = [await asyncio.to_thread(read_sound, path) for path in (wav_path, *follow_ups)]
    async with calling(ws_url, headers=headers) as caller:
        try:
            async with asyncio.timeout(timeout):
                await caller.ready()
                for sound in sounds:
                    await caller.say(sound)
                    await caller.answer(timeout=timeout)
        except TimeoutError:
            if not caller.heard and not caller.packets:
                raise Unavailable("The server didn't answer in time.") from None
        except ConnectionClosed as error:
            raise Unavailable(f"The line to the server broke: {error}") from error
    if caller.closed and not caller.packets:
        raise Unavailable(f"The server hung up: {caller.closed[1] or caller.closed[0]}")
    out = await asyncio.to_thread(_save, out_path, caller.packets) if out_path and caller.packets else None
    return Hearing(caller.heard, caller.reply, caller.v2v_ms, out)


def read_sound(path: Path) -> Sound:
    """The file's sound; `Invalid` where it has none, or less than it promises."""
    try:
        sound, rate = soundfile.read(path, dtype="float32", always_2d=True)
    except (OSError, soundfile.LibsndfileError) as error:
        raise Invalid(f"{path} can't be read as sound.") from error
    if not len(sound):
        raise Invalid(f"There is no sound in {path}.")
    _check_whole(path, len(sound))
    mono = sound.mean(axis=1)
    if rate != RATE:
        mono = soxr.resample(mono, rate, RATE)
    samples: Sound = (np.clip(mono, -1, 1) * 32767).astype(np.int16)
    return samples


def _check_whole(path: Path, frames: int) -> None:
    try:
        with wave.open(str(path)) as file:
            promised = file.getnframes()
    except (wave.Error, EOFError):
        return  # no WAV, or a kind this simple reader doesn't know; the other one read it
    if frames < promised:
        raise Invalid(f"{path} is cut short: it holds {frames} of the {promised} samples it promises.")


def audible(sound: Sound) -> bool:
    """Whether anybody could hear it."""
    return int(np.abs(sound.astype(np.int32)).max(initial=0)) > _AUDIBLE


def _save(path: Path, packets: list[Packet]) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(packets[0].rate)
        file.writeframes(b"".join(packet.pcm for packet in packets))
    return path
