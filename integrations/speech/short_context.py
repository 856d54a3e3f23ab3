"""Whisper on a short stretch of sound: encode seconds, not half a minute, and doubt the result."""

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from faster_whisper import WhisperModel

RATE = 16_000
FULL = 3_000
"""Frames (10 ms each) of whisper's own window."""
FLOOR = 10.0
"""Seconds: below this window the light model fails with plausible wrong words that no check can see."""
TAIL = 2.0
"""Seconds of silence after the last sample."""

Sound = npt.NDArray[np.float32]


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What one decode made of a stretch of sound."""

    text: str
    logprob: float
    """Mean over the tokens."""
    silence: float
    """How likely the model holds it that nobody speaks, 0 to 1."""
    tokens: int

    @property
    def nobody(self) -> bool:
        """Whether this is noise and no speech; measured: noise 0.76 and more, speech 0.32 and less."""
        return self.silence > 0.6 and self.logprob < -1.0


def read(model: "WhisperModel", sound: Sound, *, language: str, beam: int = 1, retry: bool = True) -> Reading | None:
    """The words of at most 28 seconds of sound at 16 kHz; None when they are not to be trusted and `retry` is off.

    A doubtful short reading is made again on the full window, whose answer stands. Noise is not worth that.
    """
    seconds = len(sound) / RATE
    frames = min(FULL, int(100 * max(FLOOR, seconds + TAIL))) // 2 * 2
    room = min(200, int(12 + 8 * seconds))
    reading = _decode(model, sound, frames=frames, room=room, language=language, beam=beam)
    if frames == FULL or reading.nobody or not doubtful(reading, seconds=seconds, room=room):
        return reading
    if not retry:
        return None
    return _decode(model, sound, frames=FULL, room=max(96, room), language=language, beam=beam)


def doubtful(reading: Reading, *, seconds: float, room: int) -> bool:
    """Whether the short window may have made something up: nothing, unsure, endless, too fast, repeating."""
    words = reading.text.lower().split()
    raw = reading.text.encode()
    return (
        not words
        or reading.logprob < -1.0
        or reading.tokens >= room
        or len(words) > 5.5 * seconds + 3
        or len(raw) / len(zlib.compress(raw)) > 1.8
        or (len(words) >= 6 and len(set(words)) / len(words) < 0.5)
        or _said_twice(words)
    )


def _said_twice(words: list[str]) -> bool:
    """A whole sentence and then the same again, which a wider beam likes to find in silence."""
    plain = [word.strip(".,!?") for word in words]
    half = len(plain) // 2
    return half >= 2 and plain[:half] == plain[half : 2 * half]


def _decode(model: "WhisperModel", sound: Sound, *, frames: int, room: int, language: str, beam: int) -> Reading:
    from ctranslate2 import StorageView

    token: Any = model.hf_tokenizer.token_to_id
    spoken = [token(f"<|{language}|>"), token("<|transcribe|>")] if model.model.is_multilingual else []
    prompt = [token("<|startoftranscript|>"), *spoken, token("<|notimestamps|>")]
    # The waveform is padded, not the spectrogram: zeros in a spectrogram are not silence.
    samples = frames * 160
    padded = np.pad(sound, (0, max(0, samples - len(sound))))[:samples]
    mel = model.feature_extractor(padded)[:, :frames].astype(np.float32)
    result = model.model.generate(
        StorageView.from_array(np.ascontiguousarray(mel[None])),
        [prompt],
        beam_size=beam,
        max_length=len(prompt) + room,
        suppress_blank=True,
        return_scores=True,
        return_no_speech_prob=True,
    )[0]
    ids = result.sequences_ids[0]
    text = model.hf_tokenizer.decode(ids).strip()
    return Reading(text=text, logprob=result.scores[0], silence=result.no_speech_prob, tokens=len(ids))
