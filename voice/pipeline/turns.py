"""Whose turn it is: when the person has finished, and when they interrupt."""

import asyncio
import functools
import re
from collections.abc import Callable, Iterator

from pipecat.frames.frames import (
    BotStartedSpeakingFrame,
    BotStoppedSpeakingFrame,
    Frame,
    InterimTranscriptionFrame,
    InterruptionFrame,
    TranscriptionFrame,
    UserStartedSpeakingFrame,
    UserStoppedSpeakingFrame,
    VADUserStartedSpeakingFrame,
)
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor
from pipecat.processors.frameworks.rtvi.frames import RTVIClientMessageFrame, RTVIServerResponseFrame

from voice.pipeline.echo import Echo
from voice.pipeline.frames import Cut, GoOn, Hearing, ReplyHeard, ReplyStarted, TurnTaken

Complete = Callable[[str], bool | None]
"""Whether words are a whole request; None when that can't be told from the words."""

_HANGING = re.compile(
    r"(?:\b(?:a|an|and|at|but|by|for|from|in|into|my|of|on|or|so|that|the|to|um+|uh+|er+|with|your)|[,…–-]|\.\.\.)$",
    re.IGNORECASE,
)
_MURMUR = re.compile(r"(?:m+-?h+m+|mm+|uh-?huh|h+m+|ah+|oh|uh+|um+|huh|er+)", re.IGNORECASE)


class Ending:
    """Is this silence the end of a turn? Asked again and again while it lasts."""

    first = 0.2
    """Seconds of silence at the earliest."""
    longest = 1.7
    """Whatever the model says, this much silence ends a turn."""

    def __init__(self, complete: Complete | None = None) -> None:
        self._complete = functools.lru_cache(8)(complete) if complete else None  # asked again for the same words

    def asks(self) -> Iterator[float]:
        """The moments, in seconds of silence, at which to ask."""
        yield from (self.first, 0.35, 0.5, 0.65, 0.8, 1.0, 1.2, 1.4, self.longest)

    def finished(self, words: str, likely: float, silence: float) -> bool:
        """Whether a person who said this, and sounded that likely to have finished, has."""
        if silence >= self.longest or murmured(words):
            return True
        whole = self._complete(words) if self._complete else None
        if whole is None and _HANGING.search(words.rstrip(" .")):
            whole = False
        if whole is False:
            return silence >= 1.2 and likely >= 0.5
        if whole:  # nothing is missing, so a voice that only sounds odd doesn't keep them waiting to the end
            return likely >= (0.25 if silence < 0.6 else 0.1 if silence < 1.0 else 0.0)
        return likely >= (0.5 if silence < 0.7 else 0.35 if silence < 1.0 else 0.2)


class Turns(FrameProcessor):
    """Stops the sound as soon as the person speaks; once there are words, decides what that meant."""

    def __init__(self, echo: Echo | None = None) -> None:
        super().__init__()
        self._echo = echo or Echo()
        self._busy = False
        self._sounding = False
        self._over_us = False
        """The person is speaking over a reply, and it isn't known yet whether they mean to."""
        self._began_over_us = False
        """They began so, whatever became of it."""

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        await super().process_frame(frame, direction)
        if isinstance(frame, VADUserStartedSpeakingFrame):
            await self._begin()
        elif isinstance(frame, InterimTranscriptionFrame):
            if self._over_us and not murmured(self._theirs(frame.text)):
                await self._interrupt()
        elif isinstance(frame, TranscriptionFrame):
            confidence = frame.metadata.get("confidence")
            await self._finish(self._theirs(frame.text.strip()), frame.metadata.get("ended", 0.0), confidence)
        elif isinstance(frame, RTVIClientMessageFrame):
            await self._asked(frame)
        else:
            self._notice(frame, direction)
            await self.push_frame(frame, direction)
            if isinstance(frame, InterruptionFrame) and direction is FrameDirection.DOWNSTREAM:
                # The client interrupts by itself, with typed words: nothing to weigh.
                await self.push_frame(Cut())

    def _notice(self, frame: Frame, direction: FrameDirection) -> None:
        if direction is FrameDirection.DOWNSTREAM:
            return
        if isinstance(frame, BotStartedSpeakingFrame):
            self._sounding = True
        elif isinstance(frame, BotStoppedSpeakingFrame):
            self._sounding = False
        elif isinstance(frame, ReplyStarted):
            self._busy = True
        elif isinstance(frame, ReplyHeard):
            self._busy = False

    def _theirs(self, text: str) -> str:
        """Without our own words, if they came back."""
        return self._echo.without(text, asyncio.get_running_loop().time())

    async def _begin(self) -> None:
        await self.push_frame(UserStartedSpeakingFrame())
        self._began_over_us = self._busy or self._sounding
        if self._began_over_us:
            self._over_us = True
            await self.broadcast_interruption()  # type: ignore[no-untyped-call]  # pipecat's

    async def _interrupt(self) -> None:
        self._over_us = False
        await self.push_frame(Cut(rethink=True))

    async def _finish(self, words: str, ended: float, confidence: float | None) -> None:
        await self.push_frame(UserStoppedSpeakingFrame())
        if murmured(words):  # nothing, a cough, or "hm": no turn, whoever is speaking
            if self._over_us:
                self._over_us = False
                await self.push_frame(GoOn())
            return
        if self._over_us:
            await self._interrupt()
        await self.push_frame(TurnTaken(words, ended, Hearing(confidence=confidence, over=self._began_over_us)))

    async def _asked(self, message: RTVIClientMessageFrame) -> None:
        """Answer a message of the client's own: `stop`, or `here`, by which both learn that the line stands."""
        if message.type == "here":
            await self.push_frame(RTVIServerResponseFrame(message, data={"here": True}))
            return
        if message.type != "stop":
            await self.push_frame(RTVIServerResponseFrame(message, error=f"There is no message {message.type!r}."))
            return
        await self.broadcast_interruption()  # type: ignore[no-untyped-call]  # pipecat's
        await self.push_frame(Cut())
        await self.push_frame(RTVIServerResponseFrame(message, data={"stopped": True}))


def murmured(words: str) -> bool:
    """Whether these are only the sounds of somebody listening, or thinking, or nothing at all."""
    return all(_MURMUR.fullmatch(word.strip(".,!?…")) for word in words.split())
