"""Small things that may be forgotten: counters, tickets, locks."""

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

    async def count(self, key: str, *, seconds: float) -> int:
        """Add one to a counter that starts anew `seconds` after its first count; the count so far."""
        ...

    async def ping(self) -> None:
        """Raises `Unavailable`."""
        ...
