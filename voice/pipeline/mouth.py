"""Words become sound, clause by clause, and stop where the person stops them."""

import asyncio
import logging
from contextlib import aclosing

import numpy as np
import soxr
from pipecat.frames.frames import (
    AggregatedTextFrame,
    EndFrame,
    Frame,
    InterruptionFrame,
    MetricsFrame,
    TTSAudioRawFrame,
    TTSStartedFrame,
    TTSStoppedFrame,
    TTSTextFrame,
)
from pipecat.metrics.metrics import TTFBMetricsData
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor
from pipecat.utils.text.base_text_aggregator import TextType

from integrations.errors import ChronusError
from integrations.speech import Synthesizer
from voice.pipeline.clauses import Clauses
from voice.pipeline.echo import Echo
from voice.pipeline.frames import (
    Cut,
    GoOn,
    Manner,
    Reply,
    ReplyEnded,
    ReplyHeard,
    ReplyStarted,
    ReplyWords,
    TurnTaken,
)
from voice.pipeline.playout import Clause, Playout, heard, rewind

log = logging.getLogger(__name__)

_PIECE = 0.02
"""Seconds of sound in a frame."""
_AHEAD = 0.25
"""Seconds sent before they are due: what a client that can't flush plays on after an interruption."""
_PAUSE = 0.14
"""Seconds of silence after a sentence."""
_PATIENCE, _SOON = 0.2, 0.01
"""Seconds between two looks whether somebody still listens: at most and at least."""
_READY = 2
"""Clauses made before they are due."""


class Mouth(FrameProcessor):
    """Says one reply at a time; the next clause is made while the one before it plays.

    Interrupted, it stops at once and takes back what was not played; then it either goes on
    from there or drops the rest. How much was heard is told upstream when a reply is over.
    """

    def __init__(
        self,
        synthesizer: Synthesizer,
        *,
        rate: int = 24000,
        manner: Manner | None = None,
        playout: Playout | None = None,
        echo: Echo | None = None,
    ) -> None:
        super().__init__()
        self._echo = echo or Echo()
        self._synthesizer = synthesizer
        self._manner = manner or Manner()
        self._rate = rate
        self._playout = playout or Playout(rate)
        self._reply: Reply | None = None
        self._text = Clauses()
        self._clauses: list[Clause] = []
        self._ended = False
        self._held = False
        self._news = asyncio.Condition()
        self._tasks: list[asyncio.Task[None]] = []
        self._turn_ended = 0.0
        self._silent = asyncio.Event()
        self._silent.set()

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        await super().process_frame(frame, direction)
        match frame:
            case ReplyStarted():
                await self._start(frame.reply)
            case ReplyWords():
                await self._add(frame)
            case ReplyEnded():
                await self._end(frame.reply)
            case InterruptionFrame():
                self._hold()
            case GoOn():
                await self._go_on()
            case Cut():
                await self._stop()
            case EndFrame():
                await self._silent.wait()
            case TurnTaken():
                self._turn_ended = frame.ended
            case _:
                pass
        await self.push_frame(frame, direction)

    async def cleanup(self) -> None:
        await self._silence()
        await super().cleanup()  # type: ignore[no-untyped-call]  # pipecat's

    # what is to be said

    async def _start(self, reply: Reply) -> None:
        if self._reply:
            await self._stop()
        if not reply.live:
            await self._report(reply, "", whole=False)
            return
        self._reply, self._text, self._clauses = reply, Clauses(), []
        self._ended = self._held = False
        reply.so_far = self._so_far
        self._silent.clear()
        if reply.aloud:
            self._tasks = [self.create_task(self._make()), self.create_task(self._say(reply))]

    async def _add(self, frame: ReplyWords) -> None:
        if frame.reply is self._reply and frame.reply.live:
            if frame.aside:
                await self._queue([*self._text.flush()])
                await self._queue([frame.text], aside=True)
            else:
                await self._queue(self._text.feed(frame.text))

    async def _end(self, reply: Reply) -> None:
        if reply is not self._reply:
            return
        await self._queue(self._text.flush())
        if not reply.aloud:
            await self._over(" ".join(clause.text for clause in self._clauses if not clause.aside), whole=True)
            return
        async with self._news:
            self._ended = True
            self._news.notify_all()

    async def _queue(self, clauses: list[str], *, aside: bool = False) -> None:
        if clauses:
            async with self._news:
                self._clauses += [Clause(text, aside) for text in clauses]
                self._news.notify_all()

    # interruptions

    def _hold(self) -> None:
        """Stop the sound now; whether for good is not known yet."""
        if self._reply and not self._held:
            self._held = True
            now = self._now()
            rewind(self._clauses, self._playout.unplayed(now))
            self._playout.stop(now)
            self._echo.voice.stopped(now)

    def _so_far(self) -> str:
        self._hold()
        return heard(self._clauses)

    async def _go_on(self) -> None:
        async with self._news:
            self._held = False
            self._news.notify_all()

    async def _stop(self) -> None:
        """Drop the rest."""
        if self._reply:
            text = self._so_far()
            await self._silence()
            await self._over(text, whole=False)

    async def _silence(self) -> None:
        tasks, self._tasks = self._tasks, []
        for task in tasks:
            if task is not asyncio.current_task():
                await self.cancel_task(task)

    async def _over(self, text: str, *, whole: bool) -> None:
        reply, self._reply, self._clauses = self._reply, None, []
        self._held = False
        self._silent.set()
        if reply:
            await self._report(reply, text, whole=whole)

    async def _report(self, reply: Reply, text: str, *, whole: bool) -> None:
        reply.over = ReplyHeard(reply, text, whole)
        await self.push_frame(reply.over, FrameDirection.UPSTREAM)

    # making sound

    async def _make(self) -> None:
        """Make the clauses' sound in order, a little ahead of what is being said."""
        while True:
            async with self._news:
                await self._news.wait_for(lambda: self._unmade() and self._waiting() < _READY)
                clause = self._unmade()
            assert clause is not None
            try:
                await self._sound(clause)
            except ChronusError as error:
                log.warning("nothing could be said: %s", error.code)
                await self.push_error(error.say, error)
            async with self._news:
                clause.ready = True
                self._news.notify_all()

    def _unmade(self) -> Clause | None:
        return next((clause for clause in self._clauses if not clause.ready), None)

    def _waiting(self) -> int:
        return sum(1 for clause in self._clauses if clause.pcm and not clause.sent)

    async def _sound(self, clause: Clause) -> None:
        resampler = self._resampler()
        voice = self._synthesizer.speak(clause.text, voice=self._manner.voice, speed=self._manner.speed)
        async with aclosing(voice) as pieces:  # at once when it is cut off: then nothing more is made
            async for pcm in pieces:
                sound = np.frombuffer(pcm, np.int16)
                await self._grow(clause, resampler.resample_chunk(sound) if resampler else sound)
        tail = resampler.resample_chunk(np.zeros(0, np.int16), last=True) if resampler else np.zeros(0, np.int16)
        pause = np.zeros(int(self._rate * _PAUSE) if clause.text[-1:] in ".!?…" else 0, np.int16)
        await self._grow(clause, np.concatenate((tail, pause)))

    def _resampler(self) -> soxr.ResampleStream | None:
        if self._synthesizer.rate == self._rate:
            return None
        return soxr.ResampleStream(self._synthesizer.rate, self._rate, 1, dtype="int16", quality="MQ")

    async def _grow(self, clause: Clause, sound: np.ndarray) -> None:
        async with self._news:
            clause.pcm += sound.tobytes()
            self._news.notify_all()

    # saying it

    async def _say(self, reply: Reply) -> None:
        """Send the sound when it is due; tell when all of it was played."""
        while (clause := await self._next_due()) is not None:
            while not self._held and (early := self._playout.ahead(self._now()) - _AHEAD) > 0:  # noqa: ASYNC110, time passes
                await asyncio.sleep(min(early, _PATIENCE))
            if not self._held:
                await self._send(reply, clause)
        await self.push_frame(TTSStoppedFrame())
        await self._silence()
        whole = all(clause.pcm for clause in self._clauses)
        await self._over(heard(self._clauses), whole=whole)

    async def _next_due(self) -> Clause | None:
        """The clause to send from, once it has sound; None when all was sent and played."""
        while True:
            async with self._news:
                await self._news.wait_for(lambda: not self._held and (self._due() or self._all_sent()))
                if clause := self._due():
                    return clause
            while not self._held and (rest := self._playout.rest(self._now())) > 0:  # noqa: ASYNC110
                await asyncio.sleep(max(_SOON, min(rest, _PATIENCE)))
            if self._all_sent() and not self._held:
                return None

    def _due(self) -> Clause | None:
        for clause in self._clauses:
            if clause.sent < len(clause.pcm):
                return clause
            if not clause.ready:
                return None
        return None

    def _all_sent(self) -> bool:
        return self._ended and all(clause.ready and clause.sent == len(clause.pcm) for clause in self._clauses)

    async def _send(self, reply: Reply, clause: Clause) -> None:
        if not reply.sounded:
            reply.sounded = True
            await self._measure()
            await self.push_frame(TTSStartedFrame())
        if clause.segment is None:
            shown = AggregatedTextFrame(clause.text, TextType.SENTENCE)
            shown.will_be_spoken = True
            clause.segment = shown.id
            await self.push_frame(shown)
        begins = clause.sent == 0
        piece = bytes(clause.pcm[clause.sent : clause.sent + int(self._rate * _PIECE) * 2])
        clause.sent += len(piece)
        due = self._now() + self._playout.ahead(self._now())
        if begins:
            self._echo.said(clause.text, due)
        self._echo.voice.played(piece, self._rate, due)
        self._playout.add(len(piece), self._now())
        await self.push_frame(TTSAudioRawFrame(piece, self._rate, 1))
        if begins:  # there is room for another one to be made
            async with self._news:
                self._news.notify_all()
        if clause.ready and clause.sent == len(clause.pcm):
            spoken = TTSTextFrame(clause.text, TextType.SENTENCE, segment_id=clause.segment)
            spoken.will_be_spoken = True
            await self.push_frame(spoken)

    async def _measure(self) -> None:
        """Tell how long the person waited: from their last voiced sound to our first."""
        if self._turn_ended:
            waited, self._turn_ended = self._now() - self._turn_ended, 0.0
            await self.push_frame(MetricsFrame(data=[TTFBMetricsData(processor="voice-to-voice", value=waited)]))

    def _now(self) -> float:
        return asyncio.get_running_loop().time()
