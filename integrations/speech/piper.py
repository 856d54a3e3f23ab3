"""Speaking with a Piper voice in this process; onnxruntime waits without spinning."""

import asyncio
import json
import logging
import threading
from collections.abc import AsyncGenerator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from integrations.errors import Unavailable
from integrations.speech import Voice
from integrations.speech.phrases import Phrases
from integrations.speech.sound import Sound, resampled, to_pcm
from integrations.speech.spoken import spoken

if TYPE_CHECKING:
    from piper import PiperVoice

log = logging.getLogger(__name__)

_LEAD = 0.008
"""Seconds of silence kept before a sentence's first sound; Piper makes about 50 ms."""
_PIECE = 0.06
"""Seconds in one piece of what `speak` gives."""
_NAMES = {"ljspeech": "LJ Speech"}
_HUSH = 250 / 32_768
"""The lowest sample that can be heard."""


@dataclass(frozen=True)
class VoiceFile:
    """A voice's .onnx file, with its .json beside it, and its terms."""

    path: Path
    licence: str | None = None

    @property
    def voice(self) -> Voice:
        """How it can be chosen; files are named like en_US-joe-medium.onnx."""
        language, _, rest = self.path.stem.partition("-")
        name = rest.partition("-")[0] or self.path.stem
        return Voice(
            id=f"piper:{name}",
            name=_NAMES.get(name, name.replace("_", " ").capitalize()),
            engine="piper",
            language=language.replace("_", "-") if rest else "",
            licence=self.licence,
        )


class PiperSynthesizer:
    """Synthesizer over voice files; each is loaded when it is first used, and short phrases are remembered."""

    name = "piper"
    trouble: str | None = None

    def __init__(
        self,
        voice: Path | VoiceFile,
        others: Sequence[VoiceFile] = (),
        *,
        threads: int = 1,
        cache_bytes: int = 16 << 20,
    ) -> None:
        usual = voice if isinstance(voice, VoiceFile) else VoiceFile(voice)
        self._files = {one.voice.id: one for one in (*reversed(others), usual)}
        self._usual = usual.voice.id
        self._threads = threads
        self._loaded: dict[str, PiperVoice] = {}
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="piper")
        self._phrases = Phrases(cache_bytes)
        self.rate = _rate(usual.path)

    async def speak(self, text: str, *, voice: str | None = None, speed: float = 1.0) -> AsyncGenerator[bytes, None]:
        """The text's sound, sentence by sentence as it is made."""
        text = spoken(text)
        if not text:
            return
        how = (voice if voice in self._files else self._usual, speed)
        known = self._phrases.get(text, *how)
        if known is not None:
            for piece in self._pieces(known):
                yield piece
            return
        whole = bytearray()
        async for pcm in self._sentences(text, *how):
            whole += pcm
            for piece in self._pieces(pcm):
                yield piece
        self._phrases.keep(bytes(whole), text, *how)

    async def voices(self) -> list[Voice]:
        """Those whose files are here."""
        found = [file.voice for file in self._files.values()]
        return sorted(found, key=lambda voice: voice.id != self._usual)

    async def warm(self) -> None:
        """Load the voice and speak a word to nobody."""
        async for _ in self._sentences("Hello.", self._usual, 1.0):
            pass

    def close(self) -> None:
        """Let go of the thread; what waits is dropped."""
        self._worker.shutdown(wait=False, cancel_futures=True)

    async def _sentences(self, text: str, voice: str, speed: float) -> AsyncGenerator[bytes, None]:
        loop = asyncio.get_running_loop()
        made: asyncio.Queue[bytes | BaseException | None] = asyncio.Queue()
        stopped = threading.Event()

        def give(item: bytes | BaseException | None) -> None:
            if not stopped.is_set():
                loop.call_soon_threadsafe(made.put_nowait, item)

        def work() -> None:
            for pcm in self._synthesize(text, voice, speed, stopped):
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

    def _synthesize(self, text: str, voice: str, speed: float, stopped: threading.Event) -> Iterator[bytes]:
        from piper.config import SynthesisConfig

        loaded = self._load(voice)
        pace = SynthesisConfig(length_scale=loaded.config.length_scale / speed)
        rate = loaded.config.sample_rate
        try:
            for chunk in loaded.synthesize(text, pace):
                if stopped.is_set():
                    return
                yield to_pcm(resampled(_trimmed(chunk.audio_float_array, rate), rate, self.rate))
        except _refusals() as error:
            log.exception("piper failed")
            raise Unavailable("I couldn't say that: the voice failed.") from error

    def _pieces(self, pcm: bytes) -> Iterator[bytes]:
        size = int(self.rate * _PIECE) * 2
        return (pcm[start : start + size] for start in range(0, len(pcm), size))

    def _load(self, voice: str) -> "PiperVoice":
        if voice not in self._loaded:
            import onnxruntime
            from piper import PiperVoice
            from piper.config import PiperConfig

            path = self._files[voice].path
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = self._threads
            options.inter_op_num_threads = 1
            options.add_session_config_entry("session.intra_op.allow_spinning", "0")
            options.add_session_config_entry("session.inter_op.allow_spinning", "0")
            try:
                config = PiperConfig.from_dict(_config(path))
                session = onnxruntime.InferenceSession(
                    str(path), sess_options=options, providers=["CPUExecutionProvider"]
                )
            except _refusals(OSError, KeyError) as error:
                raise _unreadable(path) from error
            self._loaded[voice] = PiperVoice(session=session, config=config)
        return self._loaded[voice]


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
