"""Nobody is left in silence: how long a word may take, and what to say when it takes longer."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Patience:
    """How long a person is left without a word, in seconds."""

    words: float = 6.0
    tool: float = 1.5
    """While a tool works."""
    answer: float = 30.0
    """After that no answer is expected any more."""


class Silence:
    """How long the next word may take, and what to say when it takes longer."""

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self.broken()

    def broken(self) -> None:
        """Something was said."""
        self.limit, self._excuse = self._patience.words, "I'm still working on it."

    def working(self) -> None:
        """A tool is used."""
        self.limit, self._excuse = self._patience.tool, "One moment."

    def excuse(self) -> str:
        """What to say now; the next excuse is longer in coming."""
        said = self._excuse
        self.broken()
        return said


async def patiently(events: AsyncIterator[T], silence: Silence) -> AsyncGenerator[T | None, None]:
    """Pass the events on; None each time the next one keeps the person waiting too long."""

    async def following() -> T:
        return await anext(events)

    step: asyncio.Future[T] | None = None
    try:
        while True:
            step = asyncio.ensure_future(following())
            while not (await asyncio.wait({step}, timeout=silence.limit))[0]:
                yield None
            try:
                event = step.result()
            except StopAsyncIteration:
                return
            yield event
    finally:
        if step and not step.done():
            step.cancel()
            await asyncio.wait({step})
        if isinstance(events, AsyncGenerator):
            await events.aclose()
