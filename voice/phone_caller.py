"""A caller by telephone without an account: does what a provider does, with its signature, its markup and its media socket."""

import asyncio
import base64
import json
import random
from collections import deque
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from secrets import token_hex
from urllib.parse import urlsplit

import numpy as np
import soxr
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from integrations.errors import Unavailable
from integrations.speech.sound import from_mulaw, to_mulaw
from integrations.telephone import RATE
from voice.caller import RATE as FILE_RATE
from voice.caller import Listener, Packet, Sound
from voice.exchanges import Answered, Exchange, Heard, Message
from voice.phone_account import Account

FRAME = RATE // 50
"""Samples, and bytes of mu-law, of 20 ms."""
_NOTHING = bytes(2 * FRAME)
_QUIET = 1.0
"""Seconds without a sound after which somebody has finished; between two sentences there may be less."""


@dataclass(frozen=True, kw_only=True)
class Rough:
    """What a bad line does to what the caller says."""

    loss: float = 0.0
    """The share of 20 ms pieces that never arrive."""
    jitter: float = 0.0
    """Seconds that a piece may come late."""
    echo: float | None = None
    """Decibels (below zero) at which the receiver's sound comes back through the microphone; None: not at all."""
    echo_late: float = 0.2
    """Seconds after which it does, from when it is played."""


class Call(Listener):
    """Somebody at a telephone: speaks, presses keys, and hears what the provider plays to them."""

    def __init__(self, socket: ClientConnection, stream_id: str, rough: Rough, side: Exchange, seed: int = 1) -> None:
        self._socket, self._stream_id, self._rough, self._side = socket, stream_id, rough, side
        self._chance = random.Random(seed)
        self._room = to_mulaw(np.random.default_rng(seed).normal(0, 6, RATE).astype(np.int16).tobytes())
        self._to_say: deque[tuple[bytes, Callable[[], None] | None]] = deque()
        self._to_hear: deque[bytes | str] = deque()
        self.packets: list[Packet] = []
        """What came, when it came."""
        self.played: list[Packet] = []
        """What the caller has heard, when they heard it."""
        self.clears: list[float] = []
        self.marks = 0
        self.began = self.voiced_until = 0.0
        self.closed: int | None = None
        self._heard_at = 0.0
        """When they last heard something."""
        self._in_the_room = deque([_NOTHING] * round(rough.echo_late * RATE / FRAME))
        """What was played and hasn't come back yet."""

    @property
    def reply(self) -> list[Packet]:
        """What was heard since the last question."""
        return [packet for packet in self.played if packet.at > self.voiced_until]

    async def say(self, sound: Sound) -> None:
        """Speak 16-bit sound at 8 kHz."""
        loud = np.flatnonzero(np.abs(sound.astype(np.int32)) > 250)
        first, last = (int(loud[0]), int(loud[-1])) if len(loud) else (0, len(sound) - 1)
        spoken = asyncio.Event()
        self.voiced_until = float("inf")

        def note(at: int) -> Callable[[], None]:
            def sending() -> None:
                if at <= first < at + FRAME:
                    self.began = self._now()
                if at <= last < at + FRAME:
                    self.voiced_until = self._now()
                if at + FRAME >= len(sound):
                    spoken.set()

            return sending

        for at in range(0, len(sound), FRAME):
            self._to_say.append((to_mulaw(sound[at : at + FRAME].tobytes()), note(at)))
        await self._or_closed(spoken.wait())

    async def press(self, keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            await self.send(self._side.key(self._stream_id, key))
            await asyncio.sleep(0.08)

    async def until(self, done: Callable[[], bool], *, timeout: float = 20.0) -> None:
        """Be quiet until something has happened, or the line is dead. Raises `TimeoutError`."""
        async with asyncio.timeout(timeout):
            while not done() and self.closed is None:  # noqa: ASYNC110, it happens in what comes in
                await asyncio.sleep(0.02)

    async def listen(self, *, timeout: float = 30.0) -> None:
        """Be quiet until the other side has said something from now on, and has finished."""
        since = self._now()
        await self.until(lambda: self._heard_at > since and self.quiet, timeout=timeout)

    async def answer(self, *, timeout: float = 30.0) -> None:
        """Be quiet until the question was answered."""
        await self.until(lambda: self._heard_at > self.voiced_until and self.quiet, timeout=timeout)

    @property
    def quiet(self) -> bool:
        """Whether nothing is to be heard, nor was a moment ago."""
        return not self._to_hear and self._now() - self._heard_at > _QUIET

    async def hang_up(self) -> None:
        """Put the receiver down."""
        if stopped := self._side.stopped(self._stream_id):
            await self.send(stopped)
        await self._socket.close()

    async def run(self) -> None:
        """Everything that goes on beside what the caller does."""
        async with asyncio.TaskGroup() as tasks:
            lasting = [tasks.create_task(self._speak()), tasks.create_task(self._play())]
            await self._receive()
            for task in lasting:
                task.cancel()

    async def _receive(self) -> None:
        with suppress(ConnectionClosed):
            async for text in self._socket:
                match self._side.heard(json.loads(text)):
                    case Heard(what="sound", mulaw=mulaw):
                        self.packets.append(Packet(self._now(), from_mulaw(mulaw), RATE))
                        self._to_hear += [mulaw[at : at + FRAME] for at in range(0, len(mulaw), FRAME)]
                    case Heard(what="mark", mark=mark):
                        self._to_hear.append(mark)
                    case Heard(what="clear"):
                        self.clears.append(self._now())
                        waiting = [one for one in self._to_hear if isinstance(one, str)]
                        self._to_hear.clear()
                        for name in waiting if self._side.returns_cleared else ():
                            await self._mark(name)
                    case None:
                        pass
        self.closed = self._socket.close_code or 1006

    async def _play(self) -> None:
        """Play what has come, a piece every 20 ms, and tell of the marks behind it."""
        due = self._now()
        while True:
            while self._to_hear and isinstance(self._to_hear[0], str):
                await self._mark(str(self._to_hear.popleft()))
            if self._to_hear:
                mulaw = self._to_hear.popleft()
                assert isinstance(mulaw, bytes)
                self.played.append(packet := Packet(self._now(), from_mulaw(mulaw), RATE))
                if packet.audible:
                    self._heard_at = packet.at
                self._in_the_room.append(packet.pcm)
            else:
                self._in_the_room.append(_NOTHING)
            due = max(due + FRAME / RATE, self._now() - 0.2)
            await asyncio.sleep(max(0.0, due - self._now()))

    async def _speak(self) -> None:
        """A piece every 20 ms: speech, or a quiet room; late and lost as the line is rough."""
        began = latest = self._now()
        for number in range(10**9):
            await asyncio.sleep(max(0.0, began + number * FRAME / RATE - self._now()))
            at = number * FRAME % (RATE - FRAME)
            mulaw, sending = self._to_say.popleft() if self._to_say else (self._room[at : at + FRAME], None)
            if sending:
                sending()
            mulaw = self._with_echo(mulaw)
            if self._chance.random() < self._rough.loss:
                continue
            latest = max(latest, self._now() + self._chance.random() * self._rough.jitter)
            await asyncio.sleep(max(0.0, latest - self._now()) if self._rough.jitter else 0.0)
            payload = base64.b64encode(mulaw.ljust(FRAME, b"\xff")).decode()
            await self.send(self._side.sound(self._stream_id, number, payload))

    def _with_echo(self, mulaw: bytes) -> bytes:
        """What the microphone makes of it while the receiver is loud."""
        back = self._in_the_room.popleft() if self._in_the_room else _NOTHING
        if self._rough.echo is None or not any(back):
            return mulaw
        ours = np.frombuffer(back.ljust(len(_NOTHING), b"\0"), np.int16) * 10 ** (self._rough.echo / 20)
        theirs = np.frombuffer(from_mulaw(mulaw.ljust(FRAME, b"\xff")), np.int16)
        return to_mulaw(np.clip(ours + theirs, -32768, 32767).astype(np.int16).tobytes())

    async def _mark(self, name: str) -> None:
        self.marks += 1
        await self.send(self._side.played(self._stream_id, name))

    async def send(self, message: Message) -> None:
        """A message of the provider's; nothing, where nobody is there any more."""
        with suppress(ConnectionClosed):
            await self._socket.send(json.dumps(message))

    async def _or_closed(self, waiting: Coroutine[object, object, object]) -> None:
        task = asyncio.ensure_future(waiting)
        while not task.done() and self.closed is None:
            await asyncio.wait({task}, timeout=0.1)
        task.cancel()

    def _now(self) -> float:
        return asyncio.get_running_loop().time()


@asynccontextmanager
async def on_the_line(
    server: str,
    answered: Answered,
    call_id: str,
    *,
    account: Account,
    rough: Rough | None = None,
    handshake: Mapping[str, str] | None = None,
) -> AsyncIterator[Call]:
    """The media socket of a call for as long as the block lasts; at `server`, whatever host the markup names."""
    assert answered.stream is not None
    url = f"{server.rstrip('/').replace('http', 'ws', 1)}{urlsplit(answered.stream).path}"
    stream_id, side = f"MZ{token_hex(16)}", account.exchange
    shown = side.handshake(answered.stream) if handshake is None else handshake
    try:
        async with connect(url, max_size=None, additional_headers=shown) as socket:
            call = Call(socket, stream_id, rough or Rough(), side)
            for message in side.begun(call_id, stream_id, answered.parameters):
                await call.send(message)
            running = asyncio.create_task(call.run())
            try:
                yield call
            finally:
                await socket.close()
                running.cancel()
                await asyncio.wait({running})
    except (OSError, InvalidHandshake) as error:
        raise Unavailable(f"The server can't be reached: {error}") from error


def as_telephoned(sound: Sound) -> Sound:
    """A file's sound at a telephone's rate."""
    narrow: Sound = soxr.resample(sound, FILE_RATE, RATE)
    return narrow
