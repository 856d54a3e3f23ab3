"""A turn that goes on whether or not somebody still listens."""

import asyncio
from collections.abc import AsyncIterator

from agent.closing import closing
from agent.events import Event


class Going:
    """One turn's events. It goes only as far as it is asked to, until it is let go: then to its end."""

    def __init__(self, events: AsyncIterator[Event]) -> None:
        self._source = events
        self._wanted = asyncio.Semaphore(0)
        self._come: asyncio.Queue[Event | None] = asyncio.Queue()
        self.free = False
        """Nobody asks for its events any more."""
        self.task = asyncio.create_task(self._go())

    async def events(self) -> AsyncIterator[Event]:
        """As they are asked for. Raises what the turn raises."""
        while True:
            self._wanted.release()
            if (event := await self._come.get()) is None:
                break
            yield event
        await self.task

    def let_go(self) -> None:
        """Nobody asks any more; it is answered to its end all the same."""
        self.free = True
        self._wanted.release()

    async def stop(self) -> None:
        """It isn't wanted any more: what has begun is kept, and nothing else begins."""
        self.task.cancel()
        await asyncio.wait({self.task})

    async def _go(self) -> None:
        try:
            async with closing(self._source) as events:
                while True:
                    if not self.free:
                        await self._wanted.acquire()
                    self._come.put_nowait(await anext(events))
        except StopAsyncIteration:
            pass
        finally:
            self._come.put_nowait(None)
