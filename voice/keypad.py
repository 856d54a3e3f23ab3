"""Who is calling? Asked before anything is heard or told: a PIN, by keypad, on a socket that listens to keys only."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import aclosing

import numpy as np
import soxr

from integrations.errors import ChronusError
from integrations.speech import Synthesizer
from integrations.store.phones import Locked
from integrations.telephone import RATE, HungUp, Pressed
from voice.pipeline.frames import Manner
from voice.pipeline.telephone import TelephoneLine
from voice.security.pins import LONGEST, SHORTEST

TRIES = 3
"""PINs a call may try."""
_ASKED = 2
"""Times that we ask somebody who presses nothing."""
_FIRST, _NEXT = 12.0, 3.0
"""Seconds to wait for the first key once we have asked, and for each one after it."""
_BEEP = 0.3
"""Seconds."""
_PIECE, _AHEAD = RATE // 50 * 2, 0.2

Check = Callable[[str], Awaitable[bool]]


class Gone(Exception):
    """The caller has hung up."""


class Keypad:
    """Speaks on the line and reads keys. What was pressed is kept nowhere, and no log sees it."""

    def __init__(self, line: TelephoneLine, synthesizer: Synthesizer, manner: Manner) -> None:
        self._line, self._synthesizer, self._manner = line, synthesizer, manner

    async def identify(self, check: Check, hello: str = "") -> bool:
        """Whether the caller knows the PIN; if not, they have heard why this call ends. Raises `Gone`."""
        say = f"{hello} Please enter your PIN, then press the pound key.".strip()
        for left in reversed(range(TRIES)):
            pin = await self._ask(say)
            if pin is None:
                await self.say("I didn't get a PIN. Goodbye.")
                return False
            try:
                if await check(pin):
                    return True
            except Locked as locked:
                await self.say(f"{locked.say} Goodbye.")
                return False
            say = f"That was not it. You have {'one more try' if left == 1 else f'{left} more tries'}."
        await self.say("That was not it either. Goodbye.")
        return False

    async def say(self, text: str) -> None:
        """Say it to its end, whatever is pressed. Raises `Gone`."""
        saying = asyncio.create_task(self._speak(text))
        try:
            while not saying.done():
                await self._key_or(saying)
            saying.result()
        finally:
            saying.cancel()

    async def beep(self) -> None:
        """The tone after which one speaks."""
        time = np.arange(int(RATE * _BEEP)) / RATE
        tone = (np.sin(time * 2 * np.pi * 1000) * 6000).astype(np.int16).tobytes()
        for at in range(0, len(tone), _PIECE):
            await self._line.send_text(self._line.sounding(tone[at : at + _PIECE]))
        await asyncio.sleep(_BEEP)

    async def _ask(self, say: str) -> str | None:
        for _ in range(_ASKED):
            pin = await self._entered(say)
            if pin:
                return pin
        return None

    async def _entered(self, say: str) -> str:
        """The keys up to the pound key or a pause; the first of them ends the question. The star begins anew."""
        asking = asyncio.create_task(self._speak(say))
        try:
            while not asking.done():
                if (key := await self._key_or(asking)) is not None:
                    break
            else:
                asking.result()
                key = await self._key(_FIRST)
        finally:
            if not asking.done():
                asking.cancel()
                await self._line.send_text(self._line.cleared())
        entered = ""
        while key is not None and key != "#":
            entered = "" if key == "*" else (entered + key)[: LONGEST + 1]
            key = await self._key(_NEXT if len(entered) >= SHORTEST else _FIRST)
        return entered

    async def _key_or(self, other: "asyncio.Task[None]") -> str | None:
        """The next key, unless the other thing is done first."""
        event = asyncio.create_task(self._next())
        try:
            await asyncio.wait({event, other}, return_when=asyncio.FIRST_COMPLETED)
            return event.result() if event.done() else None
        finally:
            event.cancel()
            await asyncio.wait({event})

    async def _key(self, seconds: float) -> str | None:
        try:
            async with asyncio.timeout(seconds):
                return await self._next()
        except TimeoutError:
            return None

    async def _next(self) -> str:
        while True:
            match await self._line.event():
                case Pressed() as pressed:
                    return pressed.key
                case HungUp():
                    raise Gone
                case _:
                    pass

    async def _speak(self, text: str) -> None:
        """In the person's own voice, a little ahead of what is heard; ends when it was heard."""
        loop, until = asyncio.get_running_loop(), 0.0
        resampler = soxr.ResampleStream(self._synthesizer.rate, RATE, 1, dtype="int16", quality="MQ")
        loose = bytearray()

        async def send(pcm: bytes) -> None:
            nonlocal until
            await asyncio.sleep(max(0.0, until - _AHEAD - loop.time()))
            await self._line.send_text(self._line.sounding(pcm))
            until = max(until, loop.time()) + len(pcm) / 2 / RATE

        try:
            voice = self._synthesizer.speak(text, voice=self._manner.voice, speed=self._manner.speed)
            async with aclosing(voice) as pieces:
                async for piece in pieces:
                    loose += resampler.resample_chunk(np.frombuffer(piece, np.int16)).tobytes()
                    while len(loose) >= _PIECE:
                        await send(bytes(loose[:_PIECE]))
                        del loose[:_PIECE]
        except ChronusError:
            return  # nobody can speak now; keys still work
        loose += resampler.resample_chunk(np.zeros(0, np.int16), last=True).tobytes()
        if loose:
            await send(bytes(loose))
        await asyncio.sleep(max(0.0, until + _AHEAD - loop.time()))
