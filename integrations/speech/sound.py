"""Small questions about sound: how loud it is, where a pause is, the same at another rate."""

import io
import struct
import wave

import numpy as np
import numpy.typing as npt

Sound = npt.NDArray[np.float32]

_FRAME = 0.03
"""Seconds over which loudness is taken."""


def from_pcm(pcm: bytes, *, rate: int, to: int) -> Sound:
    """Signed 16-bit little-endian mono as floats between -1 and 1 at the rate `to`."""
    sound = np.frombuffer(pcm[: len(pcm) // 2 * 2], "<i2").astype(np.float32) * np.float32(1 / 32_768)
    return resampled(sound, rate, to)


def resampled(sound: Sound, rate: int, to: int) -> Sound:
    """The same sound at another rate."""
    if rate == to or not len(sound):
        return sound
    import soxr

    made: Sound = soxr.resample(sound, rate, to, quality="HQ")
    return made


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


def _mulaw_table() -> npt.NDArray[np.int16]:
    """What each of the 256 codes of a telephone line (G.711 mu-law) sounds like."""
    code = ~np.arange(256, dtype=np.uint8)
    sign, exponent, mantissa = code & 0x80, (code >> 4) & 7, code & 0x0F
    size = (((mantissa.astype(np.int32) << 3) + 0x84) << exponent) - 0x84
    return np.where(sign, -size, size).astype(np.int16)


def _mulaw_codes() -> npt.NDArray[np.uint8]:
    """The code of each of the 65,536 samples, the sample read as unsigned."""
    sample = np.arange(65_536, dtype=np.uint16).view(np.int16).astype(np.int32)
    size = np.minimum(np.abs(sample), 32_635) + 0x84
    exponent = np.floor(np.log2(size)).astype(np.int32) - 7
    mantissa = (size >> (exponent + 3)) & 0x0F
    code = np.where(sample < 0, 0x80, 0) | (exponent << 4) | mantissa
    codes: npt.NDArray[np.uint8] = (~code & 0xFF).astype(np.uint8)
    return codes


_SAMPLES, _CODES = _mulaw_table(), _mulaw_codes()


def from_mulaw(codes: bytes) -> bytes:
    """A telephone's mu-law as signed 16-bit little-endian."""
    return _SAMPLES[np.frombuffer(codes, np.uint8)].astype("<i2").tobytes()


def to_mulaw(pcm: bytes) -> bytes:
    """The other way round; what came from mu-law becomes exactly what it was."""
    codes: bytes = _CODES[np.frombuffer(pcm, "<u2")].tobytes()
    return codes


def from_wav(sound: bytes) -> tuple[bytes, int]:
    """Samples and rate of a WAV file of 16-bit mono, wherever in it they stand. Raises `ValueError` for anything else."""
    if sound[:4] != b"RIFF" or sound[8:12] != b"WAVE":
        raise ValueError("no WAV file")
    at, rate = 12, 0
    while at + 8 <= len(sound):
        name, size = sound[at : at + 4], int.from_bytes(sound[at + 4 : at + 8], "little")
        body = sound[at + 8 : at + 8 + size]
        if name == b"fmt ":
            if len(body) < 16:
                raise ValueError("no WAV file")
            form, channels, rate, _, _, bits = struct.unpack_from("<HHIIHH", body)
            if (form, channels, bits) not in {(1, 1, 16), (0xFFFE, 1, 16)}:
                raise ValueError("not 16-bit mono")
        if name == b"data" and rate:
            return body[: len(body) // 2 * 2], rate
        at += 8 + size + size % 2
    raise ValueError("no samples")


def to_wav(pcm: bytes, rate: int) -> bytes:
    """Samples (16-bit mono) as a WAV file."""
    made = io.BytesIO()
    with wave.open(made, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(pcm)
    return made.getvalue()
