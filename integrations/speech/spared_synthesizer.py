"""A voice with others behind it: what the first fails to say is said by the next, and no word twice."""

import logging
import re
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import aclosing

import numpy as np
import soxr

from integrations.errors import Unavailable
from integrations.speech import Meter, Synthesizer, Voice
from integrations.speech.breaker import Breaker
from integrations.speech.spoken import spoken

log = logging.getLogger(__name__)

_NO_END = ("[A-Z]", "Mr", "Mrs", "Ms", "Dr", "Prof", "St", "No", "vs")
_BETWEEN = re.compile(r"(?<=[.!?…])" + "".join(rf"(?<!\b{word}\.)" for word in _NO_END) + r"\s+")
"""Between two sentences."""
_LETTER = 1 / 20
"""Seconds that a letter sounds for a voice that hasn't ended a text yet: a quick one."""
_DOUBT = 1.05
"""How much further than reckoned a voice may have come: better a word lost than one said twice."""


class SparedSynthesizer:
    """Speaks with the engine that has the wanted voice, else with the first; with the next one where that fails."""

    def __init__(
        self, engines: Sequence[Synthesizer], *, breakers: Sequence[Breaker] | None = None, meter: Meter | None = None
    ) -> None:
        self._engines = list(zip(engines, breakers or [Breaker() for _ in engines], strict=True))
        self.rate = engines[0].rate
        self._meter = meter or Meter()
        self._letters: dict[tuple[str, str | None], float] = {}

    @property
    def name(self) -> str:
        """Who speaks now."""
        return next((one.name for one, breaker in self._engines if not breaker.open), self._engines[0][0].name)

    @property
    def trouble(self) -> str | None:
        """Why it isn't the first who speaks."""
        why = self._engines[0][1].why
        return why.say if why else None

    async def speak(self, text: str, *, voice: str | None = None, speed: float = 1.0) -> AsyncGenerator[bytes, None]:
        """The text's sound. Where a voice breaks off, the next one goes on behind the words that were heard."""
        for sentence in _BETWEEN.split(spoken(text)):
            async with aclosing(self._sentence(sentence, voice, speed)) as pieces:
                async for pcm in pieces:
                    yield pcm

    async def _sentence(self, text: str, voice: str | None, speed: float) -> AsyncGenerator[bytes, None]:
        """One at a time: where one ends is known for certain, where a word does is reckoned."""
        rest, spoiled = text, None
        for engine, breaker in self._willing(voice):
            if not rest:
                return
            self._meter.spare_spoken += spoiled is not None
            key, size = (engine.name, voice), 0
            try:
                async with aclosing(self._at_rate(engine, rest, voice, speed)) as pieces:
                    async for pcm in pieces:
                        size += len(pcm)
                        yield pcm
            except Unavailable as error:
                log.warning("%s failed, another voice goes on: %s", engine.name, error.say)
                breaker.failed(error)
                spoiled = error
                rest = unsaid(rest, size / 2 / self.rate * speed, self._letters.get(key, _LETTER))
                continue
            breaker.worked()
            self._learn(key, size / 2 / self.rate * speed, len(rest))
            return
        if rest and spoiled:
            raise spoiled

    async def voices(self) -> list[Voice]:
        """Every engine's, those of one that doesn't answer left out. Raises `Unavailable` where nobody answers."""
        found: list[Voice] = []
        failed: Unavailable | None = None
        for engine, _ in self._engines:
            try:
                found += await engine.voices()
            except Unavailable as error:
                failed = error
        if failed and not found:
            raise failed
        return found

    async def warm(self) -> None:
        """All of them; one that works is enough."""
        failed: Unavailable | None = None
        for engine, breaker in self._engines:
            try:
                await engine.warm()
            except Unavailable as error:
                log.warning("%s can't speak: %s", engine.name, error.say)
                breaker.failed(error)
                failed = error
        if failed and all(breaker.open for _, breaker in self._engines):
            raise failed

    def _willing(self, voice: str | None) -> Iterator[tuple[Synthesizer, Breaker]]:
        """Whoever may be asked, the engine of the voice first; where nobody may, everybody is asked all the same."""
        wanted = (voice or "").partition(":")[0]
        order = sorted(self._engines, key=lambda one: one[0].name != wanted)
        asked = False
        for engine, breaker in order:
            if breaker.allows():
                asked = True
                yield engine, breaker
        if not asked:
            yield from order

    async def _at_rate(
        self, engine: Synthesizer, text: str, voice: str | None, speed: float
    ) -> AsyncGenerator[bytes, None]:
        resampler = None
        if engine.rate != self.rate:
            resampler = soxr.ResampleStream(engine.rate, self.rate, 1, dtype="int16", quality="MQ")
        async with aclosing(engine.speak(text, voice=voice, speed=speed)) as pieces:
            async for pcm in pieces:
                yield resampler.resample_chunk(np.frombuffer(pcm, np.int16)).tobytes() if resampler else pcm
        if resampler:
            yield resampler.resample_chunk(np.zeros(0, np.int16), last=True).tobytes()

    def _learn(self, key: tuple[str, str | None], seconds: float, letters: int) -> None:
        """How long the voice takes for a letter, from texts that it has said to their end."""
        if letters >= 8 and seconds:
            before = self._letters.get(key, seconds / letters)
            self._letters[key] = 0.7 * before + 0.3 * seconds / letters


def unsaid(text: str, seconds: float, letter: float) -> str:
    """The words that so many seconds of sound can't have reached; a word counts as said once its middle was."""
    if seconds <= 0:
        return text
    reached, position = seconds / letter * _DOUBT, 0
    words = text.split()
    for number, word in enumerate(words):
        if position + 0.5 * len(word) > reached:
            return " ".join(words[number:])
        position += len(word) + 1
    return ""
