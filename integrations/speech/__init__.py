"""Hearing and speaking, whoever does it."""

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

Channel = Literal["browser", "telephone"]
"""What the sound came through: a microphone, or a line that cuts off everything above 3.4 kHz."""


@dataclass(frozen=True, kw_only=True)
class Heard:
    """Words that were recognised. `confidence` runs from 0 to 1, None where the engine has none."""

    text: str
    confidence: float | None = None


@dataclass(frozen=True, kw_only=True)
class Voice:
    """A voice that can be chosen; `id` is engine:name, such as `piper:joe`."""

    id: str
    name: str
    engine: str
    language: str
    licence: str | None = None


@dataclass
class Meter:
    """What was used of services that are paid for, since this process began."""

    seconds_heard: float = 0.0
    characters_spoken: int = 0
    spare_heard: int = 0
    """Turns that the spare recogniser had to read."""
    spare_spoken: int = 0
    """Texts that a spare voice had to say, or to end."""


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

    @property
    def name(self) -> str:
        """Which engine hears now."""
        ...

    @property
    def trouble(self) -> str | None:
        """Why it isn't the one that should; None while all is well."""
        ...

    def utterance(self, *, rate: int, hints: Sequence[str] = (), channel: Channel = "browser") -> Utterance:
        """Start listening; `rate` in Hz (8000 or 16000). `hints` are names and titles likely to be said."""
        ...

    async def warm(self) -> None:
        """Load what is needed, so that the first utterance isn't slow."""
        ...


class Synthesizer(Protocol):
    """Words to sound."""

    @property
    def name(self) -> str:
        """Which engine speaks now."""
        ...

    @property
    def trouble(self) -> str | None:
        """Why it isn't the one that should; None while all is well."""
        ...

    @property
    def rate(self) -> int:
        """Hz of what `speak` gives."""
        ...

    def speak(self, text: str, *, voice: str | None = None, speed: float = 1.0) -> AsyncGenerator[bytes, None]:
        """Signed 16-bit little-endian mono, in pieces as they become ready.

        `voice` is the id of one of `voices`; one that isn't known is replaced by the usual one.
        `speed` 1 is the voice's own pace, 2 twice as fast. Raises `Unavailable` when the engine can't answer.
        """
        ...

    async def voices(self) -> list[Voice]:
        """The voices that can be chosen, the usual one first. Raises `Unavailable`."""
        ...

    async def warm(self) -> None:
        """Load what is needed, so that the first sentence isn't slow."""
        ...
