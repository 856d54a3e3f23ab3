"""What this process has begun and must finish before it goes."""

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any

log = logging.getLogger(__name__)


class Lifetime:
    """Knows whether we are leaving, and what is still under way."""

    def __init__(self) -> None:
        self.began = time.monotonic()
        self._leaving = asyncio.Event()
        self._under_way: set[asyncio.Task[Any]] = set()

    @property
    def leaving(self) -> bool:
        """Whether nobody new is taken."""
        return self._leaving.is_set()

    def leave(self) -> None:
        """What would go on for ever comes to its end now."""
        self._leaving.set()

    @contextmanager
    def when_leaving(self, end: Callable[[], None]) -> Iterator[None]:
        """Called when we leave while the block lasts."""

        async def wait() -> None:
            await self._leaving.wait()
            end()

        waiting = asyncio.create_task(wait())
        try:
            yield
        finally:
            waiting.cancel()

    def begin(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Work that outlives the request it was asked in."""
        task = asyncio.create_task(work)
        self._under_way.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._under_way.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("what was begun failed: %s", type(error).__name__)

    async def finish(self, patience: float) -> None:
        """Wait for what is under way, but not for ever."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=patience)
