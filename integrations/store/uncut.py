"""SQLite's connections as we use them: a statement that has begun comes to its end, whoever stops waiting for it."""

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

import aiosqlite

LOOK = 0.5
"""Seconds between two looks whether the connection's thread is still there."""
PATIENCE = 5.0
"""Seconds that closing a database waits for connections that were given up."""
_STOPPING: "set[asyncio.Future[Any]]" = set()
"""Of connections that were given up: done when their threads have ended."""


class Uncut(aiosqlite.Connection):
    """Whoever is cancelled meanwhile learns of it afterwards.

    Otherwise a transaction could begin, or go on, on a connection that nobody looks after any more, and nobody else could write.
    """

    _stopped: "asyncio.Future[Any] | None" = None
    """Done when its thread has ended."""

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        running: asyncio.Task[Any] = asyncio.ensure_future(super()._execute(fn, *args, **kwargs))  # type: ignore[no-untyped-call]
        try:
            return await asyncio.shield(running)
        except asyncio.CancelledError:
            while not running.done() and self._thread.is_alive():  # a thread that has ended answers nothing any more
                with suppress(asyncio.CancelledError):
                    await asyncio.wait({running}, timeout=LOOK)
            if running.done() and not running.cancelled():
                running.exception()  # nobody else will ask
            raise

    def stop(self) -> "asyncio.Future[Any] | None":
        """Close it, without what isn't committed: a cursor somebody still holds would keep the whole transaction, and its lock.

        Whoever asks again, while somebody else is closing it, waits for the same end: a thread that has ended answers nobody.
        """
        if not self._running:
            return self._stopped

        def give_up() -> None:
            if self._connection is not None:
                self._connection.rollback()

        self._tx.put_nowait((None, give_up))
        self._stopped = super().stop()
        if self._stopped is not None:
            _STOPPING.add(self._stopped)
            self._stopped.add_done_callback(_STOPPING.discard)
        return self._stopped

    async def close(self) -> None:
        """The same, waiting for it."""
        if self._running and self._connection is not None:
            with suppress(ValueError):  # it has been stopped in the meantime
                await self._execute(self._connection.rollback)
        await super().close()


async def ended() -> None:
    """Wait for the threads of connections that were given up in this loop: one that answers a loop that is closed dies noisily."""
    mine = {stopped for stopped in _STOPPING if stopped.get_loop() is asyncio.get_running_loop()}
    if mine:
        await asyncio.wait(mine, timeout=PATIENCE)


def connect(database: str, **more: Any) -> Uncut:
    """As `aiosqlite.connect`, for SQLAlchemy's `async_creator_fn`."""
    connection = Uncut(partial(sqlite3.connect, database, **more), iter_chunk_size=64)
    connection._thread.daemon = True
    return connection
