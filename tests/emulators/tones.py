"""Words as two tones at once, so that a test can prove word for word what was sent and what was said."""

from collections.abc import Iterable

import numpy as np

LOW = np.arange(440, 1080, 40)
HIGH = np.arange(1300, 2900, 100)
WORDS = len(LOW) * len(HIGH)
BURST, GAP = 0.12, 0.08
"""Seconds of a word, and of the quiet behind it."""
_FRAME = 0.01
_WHOLE = 0.1
"""Seconds that a whole word sounds at least; less is a word cut in two."""
CUT = "~"


def word(number: int) -> str:
    """The word of a number."""
    return f"w{number % WORDS}"


def number(text: str) -> int:
    """The number of a word; any other word has one too."""
    if text[:1] == "w" and text[1:].isdigit():
        return int(text[1:]) % WORDS
    return sum(text.encode()) % WORDS


def sound(texts: Iterable[str], rate: int, *, burst: float = BURST, gap: float = GAP) -> bytes:
    """The words one after the other, each with its quiet."""
    at = np.arange(int(rate * burst)) / rate
    quiet = np.zeros(int(rate * gap))
    pieces = []
    for text in texts:
        low, high = LOW[number(text) // len(HIGH)], HIGH[number(text) % len(HIGH)]
        pieces += [np.sin(2 * np.pi * low * at) + np.sin(2 * np.pi * high * at), quiet]
    whole = np.concatenate(pieces) if pieces else np.zeros(0)
    return (whole * 8_000).astype("<i2").tobytes()


def silence(seconds: float, rate: int) -> bytes:
    """Nothing said."""
    return bytes(int(seconds * rate) * 2)


class Ear:
    """Reads words from sound that comes in pieces; each word with the sample it ends at."""

    def __init__(self, rate: int) -> None:
        self.rate = rate
        self.heard = 0
        """Samples so far."""
        self.quiet = 0.0
        """Seconds since the last voice."""
        self._loose = np.zeros(0)
        self._burst: list[np.ndarray] = []

    def listen(self, pcm: bytes) -> list[tuple[str, int]]:
        """The words that ended in this piece."""
        self._loose = np.concatenate((self._loose, np.frombuffer(pcm, "<i2").astype(np.float64)))
        size, found = int(self.rate * _FRAME), []
        while len(self._loose) >= size:
            frame, self._loose = self._loose[:size], self._loose[size:]
            self.heard += size
            if np.sqrt(np.mean(frame**2)) > 300:
                self._burst.append(frame)
                self.quiet = 0.0
                continue
            self.quiet += _FRAME
            found += self._end()
        return found

    def flush(self) -> list[tuple[str, int]]:
        """The word that was under way, whole or not."""
        return self._end()

    def _end(self) -> list[tuple[str, int]]:
        if not self._burst:
            return []
        burst, self._burst = np.concatenate(self._burst), []
        if len(burst) < self.rate * _WHOLE:
            return [(CUT, self.heard)]
        strength = np.abs(np.fft.rfft(burst * np.hanning(len(burst)), 4 * self.rate))
        low, high = (int(np.argmax(strength[tones * 4])) for tones in (LOW, HIGH))
        return [(word(low * len(HIGH) + high), self.heard)]


def words(pcm: bytes, rate: int) -> list[str]:
    """All words of a sound."""
    ear = Ear(rate)
    return [text for text, _ in (*ear.listen(pcm), *ear.flush())]
