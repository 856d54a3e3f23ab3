"""Hearing with whisper on this machine: one model and one thread for every conversation."""

import asyncio
import logging
import math
import re
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from integrations.errors import Unavailable
from integrations.speech import Channel, Heard
from integrations.speech.short_context import RATE, Reading, read
from integrations.speech.sound import Sound, from_pcm, loudest, pause

if TYPE_CHECKING:
    from faster_whisper import WhisperModel

log = logging.getLogger(__name__)
T = TypeVar("T")

_LONGEST = 28.0
"""Seconds decoded at once; whisper's window is 30 and needs silence at its end."""
_NEWS = 0.3
"""Seconds of new sound that make another partial worth its work."""
_SILENT, _FAINT = 0.002, 0.02
"""Loudness below which nobody speaks, and below which stock phrases are not believed."""
_STOCK = {"", "you", "thank you", "thanks", "thank you very much", "thanks for watching", "thank you for watching"}
_STOCK |= {"bye", "bye bye", "okay", "oh", "so", "the", "subscribe", "please subscribe", "i'm sorry", "all right"}
_NOTES = re.compile(r"\[[^\]]*\]|\([^)]*\)|[♪*]+")


class WhisperRecognizer:
    """Recognizer over faster-whisper's model files, read on the processor with 8-bit arithmetic."""

    name = "whisper"
    trouble: str | None = None

    def __init__(self, folder: Path, *, language: str = "en-US", threads: int = 1, beam: int = 2) -> None:
        self._folder = folder
        self._language = language.partition("-")[0].lower()
        self._threads = threads
        self._beam = beam
        self._model: WhisperModel | None = None
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="whisper")
        self._waiting = 0
        self._count = threading.Lock()

    def utterance(
        self,
        *,
        rate: int,
        hints: Sequence[str] = (),  # noqa: ARG002, of no use here
        channel: Channel = "browser",  # noqa: ARG002, the same
    ) -> "WhisperUtterance":
        """Start listening. Hints would be read out into silence, so they are left alone."""
        return WhisperUtterance(self, rate)

    async def warm(self) -> None:
        """Load the model and run it once."""
        await asyncio.wrap_future(self.submit(lambda: self.read(np.zeros(RATE, np.float32), final=False)))

    def close(self) -> None:
        """Let go of the thread; what waits is dropped."""
        self._worker.shutdown(wait=False, cancel_futures=True)

    @property
    def busy(self) -> bool:
        """Whether a decode runs or waits: then a partial isn't worth the wait it would cost others."""
        return self._waiting > 0

    def submit(self, work: Callable[[], T]) -> "Future[T]":
        """Have the work done in the one thread, after everything that was asked before."""
        self._add(1)
        try:
            job = self._worker.submit(work)
        except RuntimeError as error:
            self._add(-1)
            raise Unavailable("I can't hear any more: the recogniser has been closed.") from error
        job.add_done_callback(lambda _: self._add(-1))
        return job

    def read(self, sound: Sound, *, final: bool) -> Reading | None:
        """Decode; only ever called in the worker's thread."""
        model = self._loaded()
        try:
            return read(model, sound, language=self._language, beam=self._beam if final else 1, retry=final)
        except (RuntimeError, ValueError) as error:
            log.exception("whisper failed")
            raise Unavailable("I couldn't make out what was said: the recogniser failed.") from error

    def _add(self, change: int) -> None:
        with self._count:
            self._waiting += change

    def _loaded(self) -> "WhisperModel":
        if self._model is None:
            from faster_whisper import WhisperModel
            from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

            # numpy's own threads spin for a tenth of a second after each spectrogram: twice the work for nothing
            threadpool_limits(1, user_api="blas")
            try:
                # A folder, never a name: a name would be looked up at the model hub.
                self._model = WhisperModel(
                    str(self._folder.resolve(strict=True)),
                    device="cpu",
                    compute_type="int8",
                    cpu_threads=self._threads,
                    local_files_only=True,
                )
            except (OSError, RuntimeError, ValueError) as error:
                raise Unavailable(
                    f"I can't hear: the model in {self._folder} can't be read. Run `chronus models verify`."
                ) from error
        return self._model


class WhisperUtterance:
    """One stretch of speech; what is longer than whisper's window is settled piece by piece, cut at pauses."""

    def __init__(self, recognizer: WhisperRecognizer, rate: int) -> None:
        self._recognizer = recognizer
        self._rate = rate
        self._pcm = bytearray()
        self._lock = threading.Lock()
        self._settled: list[Heard] = []
        self._settling = False
        self._fed = 0
        self._partial_at = 0
        self._final: tuple[int, Heard] | None = None
        self._closed = False

    def feed(self, pcm: bytes) -> None:
        """Add sound."""
        if self._closed:
            return
        with self._lock:
            self._pcm += pcm
            self._fed += len(pcm)
            if not self._too_long() or self._settling:
                return
            self._settling = True
        self._recognizer.submit(self._settle)

    async def partial(self) -> Heard | None:
        """What it sounds like so far; None while somebody waits for a final, or with little new to hear."""
        news = self._fed - self._partial_at
        if self._closed or self._recognizer.busy or news < _NEWS * self._rate * 2:
            return None
        self._partial_at = self._fed
        return await asyncio.wrap_future(self._recognizer.submit(self._read_partial))

    async def final(self) -> Heard:
        """The best reading of everything fed so far."""
        if self._final and self._final[0] == self._fed:
            return self._final[1]
        if self._closed:
            return Heard(text="")
        return await asyncio.wrap_future(self._recognizer.submit(self._read_final))

    async def close(self) -> None:
        """Drop the sound and whatever is still to be read."""
        self._closed = True
        with self._lock:
            self._pcm.clear()

    def _read_partial(self) -> Heard | None:
        if self._closed or self._too_long():
            return None
        heard = self._hear(self._sound(), final=False)
        return _joined([*self._settled, heard]) if heard and heard.text else None

    def _read_final(self) -> Heard:
        while self._too_long() and not self._closed:
            self._settle()
        fed = self._fed
        heard = None if self._closed else self._hear(self._sound(), final=True)
        if self._closed or heard is None:
            return Heard(text="")
        joined = _joined([*self._settled, heard])
        self._final = (fed, joined)
        return joined

    def _settle(self) -> None:
        """Read the first piece, up to a pause, and let its sound go."""
        try:
            if self._closed or not self._too_long():
                return
            sound = self._sound(resampled=False)
            cut = pause(sound, self._rate, after=_LONGEST / 2, before=_LONGEST)
            heard = self._hear(self._sound(cut), final=True)
            with self._lock:
                del self._pcm[: cut * 2]
            if heard:
                self._settled.append(heard)
        finally:
            self._settling = False

    def _hear(self, sound: Sound, *, final: bool) -> Heard | None:
        loud = loudest(sound, RATE)
        if loud < _SILENT:
            return Heard(text="")
        reading = self._recognizer.read(sound, final=final)
        return _believed(reading, loud) if reading else None

    def _too_long(self) -> bool:
        return len(self._pcm) > _LONGEST * self._rate * 2

    def _sound(self, samples: int | None = None, *, resampled: bool = True) -> Sound:
        with self._lock:
            pcm = bytes(self._pcm if samples is None else self._pcm[: samples * 2])
        return from_pcm(pcm, rate=self._rate, to=RATE if resampled else self._rate)


def _believed(reading: Reading, loud: float) -> Heard:
    """The reading without whisper's notes, or nothing where it is what whisper says to silence."""
    text = " ".join(_NOTES.sub(" ", reading.text).split())
    confidence = min(1.0, math.exp(reading.logprob))
    stock = text.lower().strip(" .!?,") in _STOCK
    if stock and (loud < _FAINT or confidence < 0.4 or reading.silence > 0.6):
        return Heard(text="")
    if reading.nobody:
        return Heard(text="")
    return Heard(text=text, confidence=confidence if text else None)


def _joined(parts: list[Heard]) -> Heard:
    """The pieces as one; as sure as its least sure piece."""
    sure = [part.confidence for part in parts if part.confidence is not None]
    return Heard(text=" ".join(part.text for part in parts if part.text), confidence=min(sure, default=None))
