"""The database: one engine per process, one transaction per piece of work."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker

from integrations.errors import Unavailable
from integrations.store.engine import WAIT, WRITES, open_engine
from integrations.store.refusals import BUSY, our_words, reaching


class Database:
    """Where everything is kept."""

    def __init__(self, engine: AsyncEngine, wait: float) -> None:
        self._wait = wait
        self._writing = async_sessionmaker(engine, expire_on_commit=False)
        self._reading = async_sessionmaker(engine.execution_options(**{WRITES: False}), expire_on_commit=False)
        # SQLite has one writer: ours queue here in their order instead of racing for its lock
        self._turn = asyncio.Lock() if engine.dialect.name == "sqlite" else None

    @asynccontextmanager
    async def work(self) -> AsyncIterator[AsyncSession]:
        """One transaction: kept if the block succeeds, undone if it raises. Don't open one within another."""
        async with self._my_turn(), self._session(self._writing) as session:
            yield session
            with our_words():
                await session.commit()

    @asynccontextmanager
    async def look(self) -> AsyncIterator[AsyncSession]:
        """One transaction that only reads; what it sees does not change under it."""
        async with self._session(self._reading) as session:
            yield session

    async def ping(self) -> None:
        """Raises `Unavailable`."""
        async with self.look() as session:
            await session.execute(text("SELECT 1"))

    @asynccontextmanager
    async def _session(self, sessions: async_sessionmaker[AsyncSession]) -> AsyncIterator[AsyncSession]:
        async with sessions() as session:
            with reaching():
                await session.connection()  # begins
            with our_words():
                yield session

    def _my_turn(self) -> AbstractAsyncContextManager[None]:
        return nullcontext() if self._turn is None else _within(self._turn, self._wait)


@asynccontextmanager
async def _within(lock: asyncio.Lock, wait: float) -> AsyncIterator[None]:
    try:
        async with asyncio.timeout(wait):  # not wait_for, which can swallow a cancellation before Python 3.12
            await lock.acquire()
    except TimeoutError as error:
        raise Unavailable(BUSY, retry_after=1) from error
    try:
        yield
    finally:
        lock.release()


@asynccontextmanager
async def open_database(url: str | None, data: Path, *, wait: float = WAIT) -> AsyncIterator[Database]:
    """PostgreSQL at `url`, or SQLite in the data folder. The tables must be there: see `migrations`."""
    engine = open_engine(url, data, wait=wait)
    try:
        yield Database(engine, wait)
    finally:
        await engine.dispose()
