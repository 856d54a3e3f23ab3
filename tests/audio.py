"""Sound to test with: people who really spoke, three synthetic voices, and how far two texts are apart."""

import re
import subprocess
import tempfile
import wave
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soxr

CLIPS = Path("/usr/share/pocketsphinx/test/data")
"""Where Debian's pocketsphinx-testdata puts its recordings."""

PROGRAMS = ("espeak-ng", "flite", "sox", "ffmpeg")
"""What deploy/apt-test.txt brings besides."""


@dataclass(frozen=True, kw_only=True)
class Clip:
    """A recording of a person, and the words that were said."""

    name: str
    pcm: bytes
    rate: int
    words: str

    @property
    def seconds(self) -> float:
        """How long it is."""
        return len(self.pcm) / 2 / self.rate


def clips() -> list[Clip]:
    """Every transcribed recording of pocketsphinx-testdata; empty when it isn't installed."""
    if not CLIPS.is_dir():
        return []
    cards = _transcribed(CLIPS / "cards" / "cards.transcription")
    read = _transcribed(CLIPS / "librivox" / "transcription")
    raw = Clip(name="goforward", pcm=(CLIPS / "goforward.raw").read_bytes(), rate=16_000, words="go forward ten meters")
    return [*cards, *read, raw]


def _transcribed(listing: Path) -> list[Clip]:
    found = []
    for line in listing.read_text().splitlines():
        match = re.fullmatch(r"<s> (?P<words>.*?) *</s> \((?P<name>.+)\)", line.strip())
        if match:
            pcm, rate = read_wav(listing.with_name(match["name"] + ".wav"))
            # the listing has a slip of the typist: "a more a amiable woman"
            words = match["words"].replace("more a amiable", "more amiable")
            found.append(Clip(name=match["name"], pcm=pcm, rate=rate, words=words))
    return found


def read_wav(path: Path) -> tuple[bytes, int]:
    """Samples (16-bit mono) and rate."""
    with wave.open(str(path)) as source:
        assert source.getsampwidth() == 2
        assert source.getnchannels() == 1
        return source.readframes(source.getnframes()), source.getframerate()


def write_wav(path: Path, pcm: bytes, rate: int) -> Path:
    """Put samples (16-bit mono) into a WAV file."""
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(pcm)
    return path


def at_rate(pcm: bytes, rate: int, to: int) -> bytes:
    """The same sound at another rate."""
    if rate == to:
        return pcm
    sound = soxr.resample(np.frombuffer(pcm, "<i2").astype(np.float32), rate, to)
    made: bytes = np.clip(sound, -32_768, 32_767).astype("<i2").tobytes()
    return made


def silence(seconds: float, rate: int) -> bytes:
    """Digital silence."""
    return bytes(2 * int(seconds * rate))


def noise(seconds: float, rate: int, *, level: float = 0.001, seed: int = 1) -> bytes:
    """The hiss of a quiet room; `level` is its root mean square, 1 being full scale."""
    made = np.random.default_rng(seed).normal(0, level * 32_768, int(seconds * rate))
    return np.clip(made, -32_768, 32_767).astype("<i2").tobytes()


def tone(seconds: float, rate: int, *, hertz: float = 440, level: float = 0.3) -> bytes:
    """A steady tone."""
    at = np.arange(int(seconds * rate)) / rate
    return (np.sin(2 * np.pi * hertz * at) * level * 32_767).astype("<i2").tobytes()


def espeak(text: str, *, voice: str = "en-us", rate: int = 16_000) -> bytes:
    """The text in espeak-ng's voice."""
    return _spoken(["espeak-ng", "-v", voice, "-s", "150", "-w", "{out}", text], rate)


def flite(text: str, *, voice: str = "slt", rate: int = 16_000) -> bytes:
    """The text in one of flite's voices."""
    return _spoken(["flite", "-voice", voice, "-t", text, "-o", "{out}"], rate)


def piper(text: str, *, voice: Path, rate: int = 16_000) -> bytes:
    """The text in a Piper voice, made by Piper itself and not by our code."""
    from piper import PiperVoice, SynthesisConfig

    same = SynthesisConfig(noise_scale=0.0, noise_w_scale=0.0)  # Piper's chance switched off: the same sound each time
    loaded = _VOICES.setdefault(voice, PiperVoice.load(voice))
    pcm = b"".join(chunk.audio_int16_bytes for chunk in loaded.synthesize(text, same))
    return silence(0.2, rate) + at_rate(pcm, loaded.config.sample_rate, rate)


_VOICES: dict[Path, "PiperVoice"] = {}  # type: ignore[name-defined]  # noqa: F821, loading one takes half a second


def _spoken(command: list[str], rate: int) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "said.wav"
        subprocess.run([part.replace("{out}", str(out)) for part in command], check=True, capture_output=True)
        pcm, made = read_wav(out)
    return at_rate(pcm, made, rate)


_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


def words(text: str) -> list[str]:
    """The words of a text as they are said: small, without marks, numbers written out."""
    text = text.lower().replace("mr.", "mister").replace("p.m.", "pm").replace("a.m.", "am").replace("'", "")
    text = re.sub(r"\b(\d{1,2}):?(\d\d)\b", lambda m: f"{_said(int(m[1]))} {_said(int(m[2]))}", text)
    text = re.sub(r"\b\d{1,2}(?=\b|am|pm)", lambda m: f"{_said(int(m[0]))} ", text)
    return re.findall(r"[a-z]+", text)


def _said(number: int) -> str:
    if number < 20:
        return _ONES[number]
    return _TENS[number // 10 - 2] + (f" {_ONES[number % 10]}" if number % 10 else "")


def errors(said: str, heard: str) -> tuple[int, int]:
    """Words wrong, missing or too many (edit distance), and words said."""
    wanted, got = words(said), words(heard)
    row = list(range(len(got) + 1))
    for i, word in enumerate(wanted, 1):
        before, row[0] = row[0], i
        for j, other in enumerate(got, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (word != other))
    return row[-1], len(wanted)


def leading_silence(pcm: bytes, rate: int, *, level: int = 250) -> float:
    """Seconds before the first sample that can be heard."""
    loud = np.flatnonzero(np.abs(np.frombuffer(pcm, "<i2").astype(np.int32)) > level)
    return float(loud[0]) / rate if len(loud) else len(pcm) / 2 / rate
