"""One stretch of speech at Google: streams are rolled, reopened and replayed so that no word is lost or doubled."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from grpc import StatusCode
from grpc.aio import AioRpcError

from integrations.errors import RateLimited, Unavailable
from integrations.speech import Heard, Meter
from integrations.speech.google_cloud import Refused, refusal
from integrations.speech.google_tape import Tape

WHAT = "speech recognition"
_MESSAGE = 0.1
"""Seconds of sound in one message: 3.2 KB at most, and Google takes 15."""
_CLOSED, _BROKEN = 5, 2
"""How often in a row a stream may end (by Google's rules, by an error) with nothing settled before we give up."""


_DOUBTS = 2
"""How often words that Google says nothing about are sent again."""
_LIMITS = {StatusCode.ABORTED, StatusCode.OUT_OF_RANGE, StatusCode.INTERNAL}
"""How streams end that were too long or too quiet; gRPC says INTERNAL for any end that met a message on its way."""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Seconds. Google ends a stream after 300, and after 10 without sound."""

    roll_after: float = 210.0
    """From here on a stream is ended at the next pause."""
    roll_by: float = 235.0
    """It is ended here even in the middle of a word; what wasn't settled is heard again by the next one."""
    replay: float = 60.0
    """More than this is not heard again: then even the middle of a word is taken as settled."""
    idle: float = 5.0
    drain: float = 2.0
    """For the last words of a stream to arrive."""
    patience: float = 1.5
    """For an answer to `final`."""
    breath: float = 0.08
    """A pause is left this long before a stream is ended for it: people breathe."""


@dataclass
class Trust:
    """Whether Google has answered us lately.

    A refusal that meets a message on its way is lost in gRPC, which then says "internal error". So until Google has
    answered once, the first message is left alone for a moment: a refusal then comes through as what it is.
    """

    earned: bool = False
    moment: float = 0.3


class GoogleUtterance:
    """Streams to Google, one after the other. Sound is kept until Google has settled what was said in it.

    The next stream begins where the one before has settled everything, so it can neither miss
    nor repeat a word, whichever way the one before has ended.
    """

    def __init__(
        self,
        call: Callable[[], Awaitable[Any]],
        head: Callable[[], Awaitable[Any]],
        *,
        rate: int,
        encode: Callable[[bytes], bytes],
        limits: Limits,
        meter: Meter,
        trust: Trust,
    ) -> None:
        self._call, self._head = call, head
        self._encode, self._limits, self._meter = encode, limits, meter
        self._trust = trust
        self._tape = Tape(rate)
        self._wanted = False
        self._doubts = 0
        self._fed_at = 0.0
        self._told = ""
        self._failed: Unavailable | None = None
        self._wake, self._news = asyncio.Event(), asyncio.Event()
        self._conductor: asyncio.Task[None] | None = None
        self._closed = False

    def feed(self, pcm: bytes) -> None:
        """Add sound."""
        if self._closed or self._failed:
            return
        self._tape.add(pcm)
        self._fed_at = _now()
        self._wake.set()
        if self._conductor is None:
            self._conductor = asyncio.create_task(self._conduct())

    async def partial(self) -> Heard | None:
        """What it sounds like so far. Raises `Unavailable`."""
        if self._failed:
            raise self._failed
        text = self._tape.text(interim=True)
        if self._closed or not text or text == self._told:
            return None
        self._told = text
        return Heard(text=text)

    async def final(self) -> Heard:
        """What was said; ends the stream so that Google settles it at once. More sound opens another one."""
        tape, target = self._tape, self._tape.end
        try:
            async with asyncio.timeout(self._limits.patience + self._limits.breath):
                if tape.settled < target:
                    await asyncio.sleep(self._limits.breath)
                self._wanted = True
                self._wake.set()
                while tape.settled < target and not self._failed and not self._closed:
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError as error:
            raise Unavailable(f"Google's {WHAT} isn't answering.") from error
        finally:
            self._wanted = False
        if self._failed:
            raise self._failed
        return Heard(text=tape.text(), confidence=tape.confidence)

    async def close(self) -> None:
        """Hang up; nothing more is heard."""
        self._closed = True
        self._news.set()
        if self._conductor:
            self._conductor.cancel()
            await asyncio.wait({self._conductor})
        self._tape.wipe()

    async def _conduct(self) -> None:
        """One stream after the other, as long as there is sound that isn't settled."""
        barren = 0
        while True:
            while self._tape.end <= self._tape.settled:
                self._wake.clear()
                await self._wake.wait()
            before, most = self._tape.settled, _CLOSED
            try:
                await self._stream()
            except AioRpcError as error:
                why = refusal(error, WHAT)
                self._trust.earned = False
                if isinstance(why, Refused | RateLimited):
                    return self._fail(why)
                if error.code() not in _LIMITS:
                    most = _BROKEN
            except Unavailable as error:
                return self._fail(error)
            barren = 0 if self._tape.settled > before else barren + 1
            if barren >= most:
                return self._fail(Unavailable(f"Google's {WHAT} isn't answering."))
            if barren:
                await asyncio.sleep(0.05 * barren)

    def _fail(self, error: Unavailable) -> None:
        self._failed = error
        self._tape.wipe()
        self._news.set()

    async def _stream(self) -> None:
        """One stream from its first message to its end, whoever ends it."""
        head = await self._head()
        call = await self._call()
        self._tape.rewind()
        reading = asyncio.create_task(self._read(call))
        reading.add_done_callback(lambda _: self._wake.set())
        try:
            whole = False
            try:
                await call.write(head)
                if not self._trust.earned:
                    await asyncio.wait({reading}, timeout=self._trust.moment)
                whole = await self._write(call, reading)
            except (asyncio.InvalidStateError, AioRpcError):
                await reading  # knows why
            if whole:
                await self._drain(reading)
            elif reading.done():
                reading.result()
        finally:
            call.cancel()
            reading.cancel()
            await asyncio.wait({reading})

    async def _drain(self, reading: asyncio.Task[None]) -> None:
        """Await a stream's last words; then all that was sent is settled.

        Google may end a stream at the moment we do, and then has never heard the rest. So where words were
        sent that it said nothing about, other streams are asked before they count as settled.
        """
        with suppress(TimeoutError):
            async with asyncio.timeout(self._limits.drain):
                await reading
            self._trust.earned = True
            if self._doubts < _DOUBTS and self._tape.voiced():
                self._doubts += 1
                return
            self._doubts = 0
            self._tape.settle(self._tape.sent)
            self._news.set()

    async def _write(self, call: Any, reading: asyncio.Task[None]) -> bool:
        """Send sound until the stream should end. Whether all was sent: else Google ended it, or it is to be cut off."""
        tape, opened, limits = self._tape, _now(), self._limits
        base = tape.sent
        while not reading.done():
            self._wake.clear()
            while not reading.done() and (pcm := tape.next(_MESSAGE)):
                await self._send(call, pcm)
            age = max(_now() - opened, tape.seconds(tape.sent - base))
            idle = _now() - self._fed_at
            if age >= limits.roll_by and tape.seconds(tape.sent - tape.settled) <= limits.replay:
                return False
            due = age >= limits.roll_by or (age >= limits.roll_after and tape.paused())
            if self._wanted or idle >= limits.idle or due:
                if pcm := tape.next():
                    await self._send(call, pcm)
                await call.done_writing()
                return True
            with suppress(TimeoutError):
                async with asyncio.timeout(min(limits.idle - idle, max(limits.roll_by - age, 0.01))):
                    await self._wake.wait()
        return False

    async def _send(self, call: Any, pcm: bytes) -> None:
        from google.cloud.speech_v2 import StreamingRecognizeRequest

        self._meter.seconds_heard += self._tape.seconds(len(pcm))
        await call.write(StreamingRecognizeRequest(audio=self._encode(pcm)))

    async def _read(self, call: Any) -> None:
        async for response in call:
            self._trust.earned = True
            interim = ""
            for result in response.results:
                best = result.alternatives[0] if result.alternatives else None
                if result.is_final:
                    words = (best.transcript, best.confidence) if best else ("", 0.0)
                    self._tape.heard(words[0], result.result_end_offset, words[1])
                    self._news.set()
                elif best:
                    interim += best.transcript
            if response.results:
                self._tape.interim = interim


def _now() -> float:
    return asyncio.get_running_loop().time()
