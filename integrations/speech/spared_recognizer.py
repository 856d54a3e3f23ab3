"""A recogniser with another one behind it, that reads the same sound when the first can't."""

import asyncio
import logging
from collections.abc import Callable, Sequence

from integrations.errors import Unavailable
from integrations.speech import Channel, Heard, Meter, Recognizer, Utterance
from integrations.speech.breaker import Breaker

log = logging.getLogger(__name__)


class SparedRecognizer:
    """Hears with the first; with the spare from the moment that fails, even in the middle of a turn."""

    def __init__(
        self, first: Recognizer, spare: Recognizer, *, breaker: Breaker | None = None, meter: Meter | None = None
    ) -> None:
        self._first, self._spare = first, spare
        self.breaker = breaker or Breaker()
        self._meter = meter or Meter()

    @property
    def name(self) -> str:
        """Who hears now."""
        return self._spare.name if self.breaker.open else self._first.name

    @property
    def trouble(self) -> str | None:
        """Why it isn't the first who hears."""
        return self.breaker.why.say if self.breaker.why else None

    def utterance(self, *, rate: int, hints: Sequence[str] = (), channel: Channel = "browser") -> Utterance:
        """Start listening."""

        def spare() -> Utterance:
            self._meter.spare_heard += 1
            return self._spare.utterance(rate=rate, hints=hints, channel=channel)

        if not self.breaker.allows():
            return spare()
        return _Spared(self._first.utterance(rate=rate, hints=hints, channel=channel), spare, self.breaker)

    async def warm(self) -> None:
        """Both; one that works is enough."""
        first, spare = await asyncio.gather(self._first.warm(), self._spare.warm(), return_exceptions=True)
        for failure in (first, spare):
            if failure is not None and not isinstance(failure, Unavailable):
                raise failure
        if isinstance(first, Unavailable):
            log.warning("%s can't hear: %s", self._first.name, first.say)
            self.breaker.failed(first)
            if isinstance(spare, Unavailable):
                raise spare


class _Spared:
    """A turn's sound is kept until the turn is over, so that the spare can read all of it."""

    def __init__(self, first: Utterance, spare: Callable[[], Utterance], breaker: Breaker) -> None:
        self._now: Utterance = first
        self._make: Callable[[], Utterance] | None = spare
        self._breaker = breaker
        self._pcm = bytearray()

    def feed(self, pcm: bytes) -> None:
        """Add sound."""
        if self._make:
            self._pcm += pcm
        self._now.feed(pcm)

    async def partial(self) -> Heard | None:
        """What it sounds like so far."""
        asked = self._now
        try:
            return await asked.partial()
        except Unavailable as error:
            await self._change(asked, error)
            return None

    async def final(self) -> Heard:
        """The best reading of everything fed so far."""
        asked = self._now
        try:
            heard = await asked.final()
        except Unavailable as error:
            await self._change(asked, error)
            return await self._now.final()
        if self._make:
            self._breaker.worked()
        return heard

    async def close(self) -> None:
        """Give back what is held."""
        self._pcm.clear()
        await self._now.close()

    async def _change(self, failed: Utterance, error: Unavailable) -> None:
        """The spare takes over, from the turn's first sample. Raises what happened to the spare itself."""
        if failed is not self._now:
            return  # somebody else has noticed before us
        if self._make is None:
            raise error
        log.warning("the spare recogniser takes over: %s", error.say)
        self._breaker.failed(error)
        make, self._make = self._make, None
        self._now = make()
        self._now.feed(bytes(self._pcm))
        self._pcm.clear()
        await failed.close()
