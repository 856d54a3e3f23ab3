"""Sound becomes words: partial ones while somebody speaks, final ones when they seem to have finished."""

import asyncio
from collections import deque
from collections.abc import Sequence

import numpy as np
import soxr
from pipecat.frames.frames import (
    Frame,
    InputAudioRawFrame,
    InterimTranscriptionFrame,
    TranscriptionFrame,
    VADUserStartedSpeakingFrame,
)
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor
from pipecat.utils.time import time_now_iso8601

from integrations.errors import ChronusError
from integrations.speech import Channel, Recognizer, Utterance
from voice.pipeline.echo import Echo
from voice.pipeline.frames import Excuse
from voice.pipeline.level import Level
from voice.pipeline.silero import WINDOW, Detector
from voice.pipeline.smart_turn import SECONDS, Judge
from voice.pipeline.turns import Ending

RATE = 16000
_BEFORE = 16
"""Windows (0.5 s) kept from before speech was noticed, so that the first syllable isn't cut."""
_STARTS = 4
"""Voiced windows (128 ms) of the last five that make it speech."""
_VOICED, _STILL_VOICED = 0.6, 0.4
_PAUSES = 3
"""Silent windows (96 ms) after which reading begins, in the hope that they have finished."""
_PARTIAL_EVERY = 0.35
_STARVED = 0.25
"""Seconds without any sound, silence included, after which a microphone was switched off."""


class Ears(FrameProcessor):
    """Listens to one person. Sound goes no further; while nobody speaks nothing does.

    Reading and judging begin 0.1 s into a silence, before it is known to be one; if the person
    goes on, both are forgotten. Whether a silence ends the turn is for `Ending` to say.
    """

    def __init__(
        self,
        recognizer: Recognizer,
        detector: Detector,
        judge: Judge,
        ending: Ending,
        *,
        hints: Sequence[str] = (),
        rate: int = RATE,
        echo: Echo | None = None,
    ) -> None:
        super().__init__()
        self._echo, self._level = echo or Echo(), Level()
        self._recognizer = recognizer
        self._hints = hints  # may still be filled while we listen
        self._voice = detector.voice(rate)
        self._judge = judge
        self._ending = ending
        self._hears = rate
        self._window = WINDOW * rate // RATE
        self._rate = rate
        self._resampler: soxr.ResampleStream | None = None
        self._loose = bytearray()
        self._before: deque[bytes] = deque(maxlen=_BEFORE)
        self._recent: deque[bool] = deque(maxlen=_STARTS + 1)
        self._utterance: Utterance | None = None
        self._turn = bytearray()
        self._silent = 0
        self._voiced_at = self._sound_at = 0.0
        self._reading: asyncio.Task[None] | None = None
        self._watching: asyncio.Task[None] | None = None

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        await super().process_frame(frame, direction)
        if isinstance(frame, InputAudioRawFrame):
            await self._listen(self._as_heard(frame))
        else:
            await self.push_frame(frame, direction)

    async def cleanup(self) -> None:
        await self._forget()
        await super().cleanup()  # type: ignore[no-untyped-call]  # pipecat's

    def _as_heard(self, frame: InputAudioRawFrame) -> bytes:
        """The frame's sound at the rate and width we listen with."""
        if frame.num_channels == 1 and frame.sample_rate == self._hears:
            return frame.audio
        sound = np.frombuffer(frame.audio, np.int16)
        if frame.num_channels > 1:
            sound = sound.reshape(-1, frame.num_channels).mean(axis=1).astype(np.int16)
        if frame.sample_rate != self._rate or self._resampler is None:
            self._rate = frame.sample_rate
            self._resampler = soxr.ResampleStream(frame.sample_rate, self._hears, 1, dtype="int16", quality="LQ")
        if frame.sample_rate == self._hears:
            return sound.tobytes()
        return bytes(self._resampler.resample_chunk(sound).tobytes())

    async def _listen(self, pcm: bytes) -> None:
        self._sound_at = self._now()
        self._loose += pcm
        while len(self._loose) >= self._window * 2:
            window = bytes(self._loose[: self._window * 2])
            del self._loose[: self._window * 2]
            heard, window = window, self._level.apply(window)
            voiced = self._voice.probability(window)
            began = self._now() - (len(self._loose) // 2 + self._window) / self._hears
            if self._echo.voice.explains(heard, self._hears, began):
                voiced = 0.0  # that is us, out of their loudspeaker
            elif voiced >= _VOICED and self._hears != RATE:  # browsers do that themselves
                self._level.learn(heard)
            if self._utterance is None:
                await self._wait_for_speech(window, voiced)
            else:
                await self._follow(window, voiced)

    async def _wait_for_speech(self, window: bytes, voiced: float) -> None:
        self._before.append(window)
        self._recent.append(voiced >= _VOICED)
        if sum(self._recent) < _STARTS:
            return
        channel: Channel = "browser" if self._hears == RATE else "telephone"
        self._utterance = self._recognizer.utterance(rate=self._hears, hints=self._hints, channel=channel)
        for earlier in self._before:
            self._take(earlier)
        self._before.clear()
        self._recent.clear()
        self._silent = 0
        self._voiced_at = self._now()
        self._watching = self.create_task(self._watch(self._utterance))
        await self.push_frame(VADUserStartedSpeakingFrame(start_secs=_STARTS * WINDOW / RATE))

    async def _follow(self, window: bytes, voiced: float) -> None:
        self._take(window)
        if voiced >= _STILL_VOICED:
            self._voiced_at = self._now()
            self._silent = 0
            await self._stop_reading()
            return
        self._silent += 1
        if self._silent == _PAUSES:
            self._read()

    def _take(self, window: bytes) -> None:
        assert self._utterance is not None
        self._utterance.feed(window)
        self._turn += window
        del self._turn[: -SECONDS * self._hears * 2]

    async def _watch(self, utterance: Utterance) -> None:
        """Say what it sounds like so far; notice a microphone that was switched off in the middle."""
        said = ""
        while True:
            await asyncio.sleep(_PARTIAL_EVERY)
            if self._now() - self._sound_at > _STARVED:
                self._read()
            if self._reading or self._silent:
                continue  # a reading of the whole is under way, or about to be: don't stand in its way
            try:
                heard = await utterance.partial()
            except ChronusError:
                return  # the final reading will say so
            if heard and heard.text and heard.text != said:
                said = heard.text
                await self.push_frame(InterimTranscriptionFrame(said, user_id="", timestamp=time_now_iso8601()))

    def _read(self) -> None:
        if self._reading is None and self._utterance is not None:
            self._reading = self.create_task(self._finish(self._utterance))

    async def _stop_reading(self) -> None:
        if self._reading:
            reading, self._reading = self._reading, None
            await self.cancel_task(reading)

    async def _finish(self, utterance: Utterance) -> None:
        """Read what was said, then ask again and again, while the silence lasts, whether that was all."""
        try:
            heard, likely = await asyncio.gather(
                utterance.final(), self._judge.finished(bytes(self._turn), self._hears)
            )
        except ChronusError as error:
            await self._hand_over("", error)
            return
        for silence in self._ending.asks():
            wait = self._voiced_at + silence - self._now()
            if wait > 0:
                await asyncio.sleep(wait)
                if silence > self._ending.first:
                    likely = await self._judge.finished(self._with_silence(), self._hears)
            if self._ending.finished(heard.text, likely, self._now() - self._voiced_at):
                break
        await self._hand_over(heard.text, confidence=heard.confidence)

    def _with_silence(self) -> bytes:
        """The turn so far, with the silence a switched-off microphone doesn't send."""
        missing = int((self._now() - self._sound_at) * self._hears) * 2
        return bytes(self._turn) + bytes(missing if missing > self._window * 4 else 0)

    async def _hand_over(
        self, words: str, error: ChronusError | None = None, *, confidence: float | None = None
    ) -> None:
        # this runs inside `_reading`: it must not be cancelled by what it calls
        self._reading = None
        ended = self._voiced_at
        await self._forget()
        final = TranscriptionFrame(words, user_id="", timestamp=time_now_iso8601(), finalized=True)
        final.interruptible = False
        final.metadata["ended"], final.metadata["confidence"] = ended, confidence
        await self.push_frame(final)
        if error:
            await self.push_frame(Excuse(error.say))

    async def _forget(self) -> None:
        """Ready for the next turn."""
        await self._stop_reading()
        if self._watching:
            watching, self._watching = self._watching, None
            await self.cancel_task(watching)
        utterance, self._utterance = self._utterance, None
        self._turn.clear()
        if utterance:
            await utterance.close()

    def _now(self) -> float:
        return asyncio.get_running_loop().time()
