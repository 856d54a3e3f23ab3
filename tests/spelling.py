"""A voice that spells: each letter is a tone of its own, so that a test can read what really came out of a line."""

import asyncio
from collections.abc import AsyncGenerator, Iterable
from dataclasses import dataclass

import numpy as np

from integrations.speech import Voice

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
LETTER = 0.04
"""Seconds of one letter."""
_LOWEST, _STEP = 300, 50
"""Hz of the first letter, and to the next one: what a telephone carries, and a letter's length tells apart."""


def plain(text: str) -> str:
    """As it is spelt: letters and digits, nothing between them."""
    return "".join(letter for letter in text.lower() if letter in LETTERS)


@dataclass
class Spelling:
    """A synthesizer."""

    rate: int = 8000
    name: str = "spelling"
    trouble: str | None = None

    async def speak(self, text: str, *, voice: str | None = None, speed: float = 1.0) -> AsyncGenerator[bytes, None]:
        """Every letter for as long."""
        await asyncio.sleep(0.02)
        time = np.arange(int(self.rate * LETTER)) / self.rate
        for letter in plain(text):
            tone = np.cos(time * 2 * np.pi * (_LOWEST + _STEP * LETTERS.index(letter)))
            yield (tone * 8000).astype(np.int16).tobytes()

    async def voices(self) -> list[Voice]:
        return [Voice(id="spelling:a", name="A", engine="spelling", language="en-US")]

    async def warm(self) -> None:
        return None


def spelt(pieces: Iterable[bytes], rate: int) -> str:
    """What was sounded, letter by letter; a letter that was heard only in part isn't one."""
    sound = np.frombuffer(b"".join(pieces), np.int16).astype(np.float32)
    size = int(rate * LETTER)
    loud = np.flatnonzero(np.abs(sound) > 4000)
    read, at = "", int(loud[0]) if len(loud) else len(sound)
    while at + size <= len(sound) + size // 8:
        block = sound[at : at + size]
        if np.abs(block[: size // 4]).max() < 4000:  # a pause
            following = loud[np.searchsorted(loud, at) :]
            if not len(following):
                break
            at = int(following[0])
            continue
        spectrum = np.abs(np.fft.rfft(block * np.hanning(len(block)), 8 * size))
        hertz = np.argmax(spectrum) * rate / (8 * size)
        read += LETTERS[int(np.clip(round((hertz - _LOWEST) / _STEP), 0, len(LETTERS) - 1))]
        at += size
    return read
