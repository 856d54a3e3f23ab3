"""What has begun is finished and kept, whoever stops listening."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from agent.progress import Progress

T = TypeVar("T")


class UnderWay:
    """The writes of this process that have begun."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[Any]] = set()

    async def kept(self, work: Coroutine[Any, Any, T], progress: Progress | None = None) -> T:
        """Finish what has begun even if the turn that began it is cancelled."""
        task = asyncio.create_task(work)
        if progress:
            progress.under_way = task
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return await asyncio.shield(task)

    async def drain(self) -> None:
        """Wait for all of it."""
        while self._running:
            await asyncio.wait(self._running)
