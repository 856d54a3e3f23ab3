"""Small things that may be forgotten: counters, tickets, locks, and what is called out to whoever listens."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from typing import Protocol


class Cache(Protocol):
    """Keys live as long as they are told to; values are text."""

    async def get(self, key: str) -> str | None: ...

    async def put(self, key: str, value: str, *, seconds: float) -> None:
        """Keep for so long, replacing what was there."""
        ...

    async def put_new(self, key: str, value: str, *, seconds: float) -> bool:
        """Keep only if nothing is there; whether it was kept. One of many callers wins."""
        ...

    async def take(self, key: str) -> str | None:
        """Get and delete in one step: of many callers one gets it."""
        ...

    async def drop(self, key: str) -> None: ...

    async def forget(self, part: str) -> None:
        """Drop everything in whose key this stands, such as somebody's id."""
        ...

    async def count(self, key: str, *, seconds: float, by: int = 1) -> int:
        """Add one (or more) to a counter that starts anew `seconds` after its first count; the count so far."""
        ...

    async def publish(self, channel: str, message: str) -> None:
        """Call it out to everybody who listens now, in whatever process; nobody keeps it for later."""
        ...

    def listen(self, channel: str) -> AbstractAsyncContextManager[AsyncIterator[str]]:
        """What is called out from now on: once the block has begun, nothing of it is missed.

        Iterating raises `Unavailable` when the line breaks; what is called out meanwhile is lost.
        """
        ...

    async def ping(self) -> None:
        """Raises `Unavailable`."""
        ...
