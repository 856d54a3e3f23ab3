"""The database: one engine per process, one transaction per piece of work."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, closing, nullcontext, suppress
from copy import copy
from functools import partial
from pathlib import Path

from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, async_sessionmaker

from integrations.errors import Unavailable
from integrations.secret import kept_secret
from integrations.store.engine import FILE, ONLY_READS, WAIT, WRITES, open_engine
from integrations.store.refusals import BUSY, our_words, reaching
from integrations.store.ring import Ring, RingKey
from integrations.store.sealing import RINGS, SealingSession
from integrations.store.uncut import ended

Session = AsyncSession
"""One transaction under way; those above the stores only pass it on."""
Check = Callable[[AsyncSession], Awaitable[None]]
TURN = "chronus_turn"  # where a session keeps its place among the writers
LOOKS = 50  # for a moment in which nobody reads
CHECK = "chronus_check"  # and what has to be so for it to go on


class Database:
    """Where everything is kept."""

    def __init__(self, engine: AsyncEngine, wait: float) -> None:
        self._wait = wait
        sessions = partial(async_sessionmaker[AsyncSession], sync_session_class=SealingSession, expire_on_commit=False)
        self._writing, self._reading = sessions(engine), sessions(engine.execution_options(**{WRITES: False}))
        # SQLite has one writer: ours queue here in their order instead of racing for its lock
        self._turn = asyncio.Lock() if engine.dialect.name == "sqlite" else None
        self._alone = engine.execution_options(**{WRITES: None})
        self._check: Check | None = None

    def while_so(self, check: "Check") -> "Database":
        """The same one, each piece of work of which begins and goes on only as long as the check doesn't refuse it."""
        other = copy(self)
        other._check = check
        return other

    @asynccontextmanager
    async def work(self) -> AsyncIterator[AsyncSession]:
        """One transaction: kept if the block succeeds, undone if it raises. Don't open one within another."""
        turn = self._turn and Turn(self._turn, self._wait)
        async with turn or nullcontext(), self._session(self._writing) as session:
            session.info[TURN] = turn
            if self._check:
                only_while(session, self._check)
                await self._check(session)
            yield session
            with our_words():
                await session.commit()

    @asynccontextmanager
    async def look(self) -> AsyncIterator[AsyncSession]:
        """One transaction that only reads; what it sees does not change under it."""
        async with self._session(self._reading) as session:
            yield session

    async def know_keys(self, ring: Ring) -> None:
        """What was sealed before can be opened from now on without anybody's waiting. Raises `Unavailable`."""
        with suppress(DBAPIError):  # without tables there are no keys
            async with self.look() as session:
                for row in await session.execute(select(RingKey.id, RingKey.wrapped)):
                    ring.opens(row.id, row.wrapped)

    async def ping(self) -> None:
        """Raises `Unavailable`."""
        async with self.look() as session:
            await session.execute(text("SELECT 1"))

    async def wipe(self, *, whole: bool = False) -> bool:
        """Leave nothing of what was deleted in SQLite's log; `whole`: nor in pages from before it was overwritten.

        Whether that is so: somebody may be reading in it all the while.

        PostgreSQL does so by itself, in its own time. Raises `Unavailable`.
        """
        if self._turn is None:
            return True
        if whole:
            async with Turn(self._turn, self._wait), self._one() as connection:
                await connection.exec_driver_sql("PRAGMA query_only=OFF")
                (await connection.get_raw_connection()).info[ONLY_READS] = False
                await connection.exec_driver_sql("VACUUM")
        for _ in range(LOOKS):
            async with Turn(self._turn, self._wait), self._one() as connection:
                # SQLite itself would wait for the readers all its patience long, and all who write with it
                await connection.exec_driver_sql("PRAGMA busy_timeout=0")
                try:
                    busy = (await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")).scalar()
                finally:
                    await connection.exec_driver_sql(f"PRAGMA busy_timeout={self._wait * 1000:.0f}")
            if not busy:
                return True
            await asyncio.sleep(0.1)  # somebody still reads in it
        return False

    @asynccontextmanager
    async def _one(self) -> AsyncIterator[AsyncConnection]:
        """A connection without a transaction."""
        with our_words():
            async with self._alone.connect() as connection:
                yield connection

    @asynccontextmanager
    async def _session(self, sessions: async_sessionmaker[AsyncSession]) -> AsyncIterator[AsyncSession]:
        async with sessions() as session:
            with reaching():
                await session.connection()  # begins
            with our_words():
                yield session


class Turn:
    """Our place among the writers, which can be given up for a while."""

    def __init__(self, lock: asyncio.Lock, wait: float) -> None:
        self._lock, self._wait = lock, wait
        self._mine = False

    async def take(self) -> None:
        """Raises `Unavailable` when the others take too long."""
        try:
            async with asyncio.timeout(self._wait):  # not wait_for, which can swallow a cancellation before Python 3.12
                await self._lock.acquire()
        except TimeoutError as error:
            raise Unavailable(BUSY, retry_after=1) from error
        self._mine = True

    def give(self) -> None:
        """The next one may write."""
        if self._mine:
            self._mine = False
            self._lock.release()

    async def __aenter__(self) -> None:
        await self.take()

    async def __aexit__(self, *_: object) -> None:
        self.give()


def may_write(session: AsyncSession) -> bool:
    """Whether what is written in this piece of work is kept; a look only reads."""
    return TURN in session.info


@asynccontextmanager
async def outside(session: AsyncSession) -> AsyncIterator[None]:
    """Time spent waiting for somebody else's server, such as Google's, in the midst of a piece of work.

    What was written so far is kept, whatever comes after, and nothing is held meanwhile: neither a lock nor a connection.
    Afterwards the work goes on in a new transaction: rows read before are mere values now, and have to be read again to be changed.
    """
    turn: Turn | None = session.info.get(TURN)
    with our_words():
        await session.commit()
    session.expunge_all()
    if turn:
        turn.give()
    try:
        yield
    finally:
        if turn:
            await turn.take()
        with reaching():
            await session.connection()
        if may_write(session) and (check := session.info.get(CHECK)):
            await check(session)


def only_while(session: AsyncSession, check: Check) -> None:
    """Let a piece of work go on only as long as the check doesn't refuse it, asked whenever it comes back from outside."""
    session.info[CHECK] = check


@asynccontextmanager
async def open_database(
    url: str | None, data: Path, *, ring: Ring | None = None, wait: float = WAIT
) -> AsyncIterator[Database]:
    """PostgreSQL at `url`, or SQLite in the data folder. The tables must be there: see `migrations`.

    `ring` seals what people said and wrote; without one it is by the secret that is kept in the data folder.
    """
    engine = open_engine(url, data, wait=wait)
    ring = RINGS[engine.dialect] = ring or Ring(partial(kept_secret, data))
    ring.look = partial(_keys_aside, url, data, wait)
    try:
        yield Database(engine, wait)
    finally:
        await engine.dispose()
        await ended()


def _keys_aside(url: str | None, data: Path, wait: float) -> dict[int, str]:
    """The wrapped keys, read in a thread while we wait: once a process, and once after each rotation."""
    if not url:  # a file, read past everything that may be under way
        with closing(sqlite3.connect(f"file:{data / FILE}?mode=ro", uri=True, timeout=wait)) as connection:
            return dict(connection.execute("SELECT id, wrapped FROM ring_keys").fetchall())
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, _keys(url, data, wait)).result()


async def _keys(url: str | None, data: Path, wait: float) -> dict[int, str]:
    engine = open_engine(url, data, wait=wait)
    try:
        with reaching():
            # only to read: whoever waits for this may be writing
            async with engine.execution_options(**{WRITES: False}).connect() as connection:
                return {row.id: row.wrapped for row in await connection.execute(select(RingKey.id, RingKey.wrapped))}
    finally:
        await engine.dispose()
