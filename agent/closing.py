"""An iterator that is closed when its reader leaves, wherever it stands: what it holds open is let go at once."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from typing import TypeVar

T = TypeVar("T")


@asynccontextmanager
async def closing(steps: AsyncIterator[T]) -> AsyncIterator[AsyncIterator[T]]:
    """For iterators that may or may not be generators."""
    try:
        yield steps
    finally:
        if isinstance(steps, AsyncGenerator):
            await steps.aclose()
