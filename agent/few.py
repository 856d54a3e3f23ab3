"""Doing many things, a few at a time."""

import asyncio
from collections.abc import Coroutine, Sequence
from typing import Any, TypeVar

T = TypeVar("T")

FEW = 20


async def few_at_once(work: Sequence[Coroutine[Any, Any, T]]) -> list[T]:
    """All of it; what takes long holds up only as many others as there are places."""
    room = asyncio.Semaphore(FEW)

    async def one(piece: Coroutine[Any, Any, T]) -> T:
        async with room:
            return await piece

    return list(await asyncio.gather(*map(one, work)))
