"""Small questions about sound: how loud it is, where a pause is, the same at another rate."""

import numpy as np
import numpy.typing as npt

Sound = npt.NDArray[np.float32]

_FRAME = 0.03
"""Seconds over which loudness is taken."""


def from_pcm(pcm: bytes, *, rate: int, to: int) -> Sound:
    """Signed 16-bit little-endian mono as floats between -1 and 1 at the rate `to`."""
    sound = np.frombuffer(pcm[: len(pcm) // 2 * 2], "<i2").astype(np.float32) * np.float32(1 / 32_768)
    if rate == to or not len(sound):
        return sound
    import soxr

    resampled: Sound = soxr.resample(sound, rate, to, quality="HQ")
    return resampled


def to_pcm(sound: Sound) -> bytes:
    """The other way round: floats as signed 16-bit little-endian."""
    return (np.clip(sound, -1, 1) * 32_767).astype("<i2").tobytes()


def loudness(sound: Sound, rate: int) -> Sound:
    """Root mean square of each 30 ms."""
    frame = int(rate * _FRAME)
    whole = sound[: len(sound) // frame * frame].reshape(-1, frame)
    rms: Sound = np.sqrt(np.mean(whole**2, axis=1, dtype=np.float32))
    return rms


def loudest(sound: Sound, rate: int) -> float:
    """Root mean square of the loudest 30 ms; 0 for nothing."""
    frames = loudness(sound, rate)
    return float(frames.max()) if len(frames) else 0.0


def pause(sound: Sound, rate: int, *, after: float, before: float) -> int:
    """The sample in the middle of the quietest 300 ms between two moments (in seconds)."""
    width = 10
    frames = loudness(sound[int(after * rate) : int(before * rate)], rate)
    if len(frames) <= width:
        return int(before * rate)
    quiet = np.convolve(frames, np.ones(width, np.float32), mode="valid")
    return int((after + (int(quiet.argmin()) + width / 2) * _FRAME) * rate)
