"""Hearing and speaking, whoever does it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, kw_only=True)
class Heard:
    """Words that were recognised. `confidence` runs from 0 to 1, None where the engine has none."""

    text: str
    confidence: float | None = None


class Utterance(Protocol):
    """One stretch of one person's speech while it is being heard."""

    def feed(self, pcm: bytes) -> None:
        """Add sound: signed 16-bit little-endian mono at the rate the utterance was opened with."""
        ...

    async def partial(self) -> Heard | None:
        """What it sounds like so far; None when nothing new can be said."""
        ...

    async def final(self) -> Heard:
        """The best reading of everything fed so far. More may be fed, and `final` asked again.

        Raises `Unavailable` when the engine can't answer.
        """
        ...

    async def close(self) -> None:
        """Give back what the utterance holds; partial and final work still running is dropped."""
        ...


class Recognizer(Protocol):
    """Sound to words."""

    name: str

    def utterance(self, *, rate: int) -> Utterance:
        """Start listening; `rate` in Hz (8000 or 16000)."""
        ...

    async def warm(self) -> None:
        """Load what is needed, so that the first utterance isn't slow."""
        ...


class Synthesizer(Protocol):
    """Words to sound."""

    name: str
    rate: int
    """Hz of what `speak` gives."""

    def speak(self, text: str) -> AsyncIterator[bytes]:
        """Signed 16-bit little-endian mono, in pieces as they become ready.

        Raises `Unavailable` when the engine can't answer.
        """
        ...

    async def warm(self) -> None:
        """Load what is needed, so that the first sentence isn't slow."""
        ...
