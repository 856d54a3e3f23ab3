"""Speaking with a Piper voice in this process; onnxruntime waits without spinning."""

import asyncio
import json
import logging
import threading
from collections import OrderedDict
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from integrations.errors import Unavailable
from integrations.speech.sound import Sound, to_pcm
from integrations.speech.spoken import spoken

if TYPE_CHECKING:
    from piper import PiperVoice

log = logging.getLogger(__name__)

_LEAD = 0.008
"""Seconds of silence kept before a sentence's first sound; Piper makes about 50 ms."""
_PIECE = 0.06
"""Seconds in one piece of what `speak` gives."""
_HUSH = 250 / 32_768
"""The lowest sample that can be heard."""
_REMEMBERED = 60
"""Characters of the longest text worth remembering."""


class PiperSynthesizer:
    """Synthesizer over one voice file and its .json; short phrases are kept once they were spoken."""

    name = "piper"

    def __init__(self, voice: Path, *, threads: int = 1, cache_bytes: int = 16 << 20) -> None:
        self._path = voice
        self._threads = threads
        self._voice: PiperVoice | None = None
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="piper")
        self._phrases = _Phrases(cache_bytes)
        self.rate = _rate(voice)

    async def speak(self, text: str) -> AsyncIterator[bytes]:
        """The text's sound, sentence by sentence as it is made."""
        text = spoken(text)
        if not text:
            return
        known = self._phrases.get(text)
        if known is not None:
            for piece in self._pieces(known):
                yield piece
            return
        whole = bytearray()
        async for pcm in self._sentences(text):
            whole += pcm
            for piece in self._pieces(pcm):
                yield piece
        if len(text) <= _REMEMBERED:
            self._phrases.keep(text, bytes(whole))

    async def warm(self) -> None:
        """Load the voice and speak a word to nobody."""
        async for _ in self._sentences("Hello."):
            pass

    def close(self) -> None:
        """Let go of the thread; what waits is dropped."""
        self._worker.shutdown(wait=False, cancel_futures=True)

    async def _sentences(self, text: str) -> AsyncIterator[bytes]:
        loop = asyncio.get_running_loop()
        made: asyncio.Queue[bytes | BaseException | None] = asyncio.Queue()
        stopped = threading.Event()

        def give(item: bytes | BaseException | None) -> None:
            if not stopped.is_set():
                loop.call_soon_threadsafe(made.put_nowait, item)

        def work() -> None:
            for pcm in self._synthesize(text, stopped):
                give(pcm)

        try:
            job = self._worker.submit(work)
        except RuntimeError as error:
            raise Unavailable("I can't speak any more: the voice has been closed.") from error
        job.add_done_callback(lambda job: give(None if job.cancelled() else job.exception()))
        try:
            while (item := await made.get()) is not None:
                if isinstance(item, BaseException):
                    raise item
                yield item
        finally:
            stopped.set()  # nobody listens any more: the sentence in the works is the last
            job.cancel()

    def _synthesize(self, text: str, stopped: threading.Event) -> Iterator[bytes]:
        voice = self._loaded()
        try:
            for chunk in voice.synthesize(text):
                if stopped.is_set():
                    return
                yield to_pcm(_trimmed(chunk.audio_float_array, self.rate))
        except _refusals() as error:
            log.exception("piper failed")
            raise Unavailable("I couldn't say that: the voice failed.") from error

    def _pieces(self, pcm: bytes) -> Iterator[bytes]:
        size = int(self.rate * _PIECE) * 2
        return (pcm[start : start + size] for start in range(0, len(pcm), size))

    def _loaded(self) -> "PiperVoice":
        if self._voice is None:
            import onnxruntime
            from piper import PiperVoice
            from piper.config import PiperConfig

            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = self._threads
            options.inter_op_num_threads = 1
            options.add_session_config_entry("session.intra_op.allow_spinning", "0")
            options.add_session_config_entry("session.inter_op.allow_spinning", "0")
            try:
                config = PiperConfig.from_dict(_config(self._path))
                session = onnxruntime.InferenceSession(
                    str(self._path), sess_options=options, providers=["CPUExecutionProvider"]
                )
            except _refusals(OSError, KeyError) as error:
                raise _unreadable(self._path) from error
            self._voice = PiperVoice(session=session, config=config)
        return self._voice


class _Phrases:
    """Sound of phrases spoken before, the least recently used forgotten first."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._kept: OrderedDict[str, bytes] = OrderedDict()

    def get(self, text: str) -> bytes | None:
        """The sound, if it is remembered."""
        if text in self._kept:
            self._kept.move_to_end(text)
        return self._kept.get(text)

    def keep(self, text: str, pcm: bytes) -> None:
        """Remember a phrase."""
        self._kept[text] = pcm
        while sum(map(len, self._kept.values())) > self._room:
            self._kept.popitem(last=False)


def _refusals(*more: type[Exception]) -> tuple[type[Exception], ...]:
    """Every error that onnxruntime knows (they have no common parent), Piper's own, and `more`."""
    from onnxruntime.capi import onnxruntime_pybind11_state as native

    kinds = (getattr(native, name) for name in dir(native))
    known = (kind for kind in kinds if isinstance(kind, type) and issubclass(kind, Exception))
    return (RuntimeError, ValueError, *known, *more)


def _config(voice: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads(voice.with_name(voice.name + ".json").read_text(encoding="utf-8"))
    return found


def _rate(voice: Path) -> int:
    try:
        return int(_config(voice)["audio"]["sample_rate"])  # type: ignore[index]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _unreadable(voice) from error


def _unreadable(voice: Path) -> Unavailable:
    return Unavailable(f"I can't speak: the voice {voice.name} can't be read. Run `chronus models verify`.")


def _trimmed(sound: Sound, rate: int) -> Sound:
    """Without the silence before the first sound."""
    heard = np.flatnonzero(np.abs(sound) > _HUSH)
    return sound[max(0, int(heard[0]) - int(_LEAD * rate)) :] if len(heard) else sound
