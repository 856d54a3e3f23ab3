"""Engines: SQLite that survives a crash, and PostgreSQL also behind a pgbouncer."""

import os
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from integrations.errors import Invalid, Unavailable
from integrations.settings import POSTGRES
from integrations.store.uncut import connect

FILE = "chronus.db"
WAIT = 5.0  # seconds: for the other writer on SQLite, for one statement on PostgreSQL
QUEUE = 2  # seconds to wait for a free connection
ONLY_READS = "chronus_only_reads"  # what a connection was last told
FROZEN = 15  # seconds without a word after which PostgreSQL ends a transaction: a frozen process keeps no locks
WRITES = "chronus_writes"  # execution option: whether the transaction may write; None: there is to be none


def open_engine(url: str | None, data: Path, *, wait: float = WAIT) -> AsyncEngine:
    """The engine for an address, or for the file in the data folder. `wait`: the patience of one statement."""
    if url is None:
        return _sqlite(private_file(data), wait)
    return _postgres(_address(url), wait)


def private_file(data: Path) -> Path:
    """The database file: nobody else on this machine may read it, nor a folder that we made for it."""
    path = data / FILE
    try:
        if not data.exists() or not any(data.iterdir()):
            data.mkdir(mode=0o700, parents=True, exist_ok=True)
            data.chmod(0o700)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        path.chmod(0o600)  # SQLite gives its -wal and -shm files the same
    except OSError as error:
        raise Unavailable(f"I can't use the folder {data}: {(error.strerror or 'it refuses').lower()}.") from error
    return path


def _sqlite(path: Path, wait: float) -> AsyncEngine:
    engine = create_async_engine(
        URL.create("sqlite+aiosqlite", database=str(path)),
        connect_args={"timeout": wait, "isolation_level": None, "async_creator_fn": connect},  # we say BEGIN ourselves
        hide_parameters=True,
        pool_size=8,
        pool_use_lifo=True,  # the same few again and again, which need not be told again what they are for
        max_overflow=0,
        pool_timeout=QUEUE,
    )

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _: object) -> None:
        try:
            cursor = connection.cursor()
            # what is deleted is overwritten with zeros
            for pragma in (
                "journal_mode=WAL",
                "foreign_keys=ON",
                f"busy_timeout={wait * 1000:.0f}",
                "synchronous=FULL",
                "secure_delete=ON",
            ):
                cursor.execute(f"PRAGMA {pragma}")
            cursor.close()
        except BaseException:
            # cancelled: SQLAlchemy forgets a connection that didn't come about, and it may hold a lock
            connection.close()
            raise

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITES, True)
        if writes is None:
            return  # a statement that can't stand in a transaction
        if connection.info.get(ONLY_READS) is not (not writes):
            connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if writes else 'ON'}")
            connection.info[ONLY_READS] = not writes
        # taking the write lock at once waits for its turn; a reader that turns writer is refused instead
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _postgres(url: URL, wait: float) -> AsyncEngine:
    tls = {"ssl": url.query["sslmode"]} if "sslmode" in url.query else {}  # libpq's name for it
    engine = create_async_engine(
        url.difference_update_query(["sslmode", "channel_binding", "prepared_statement_cache_size"]),
        # a pgbouncer may give each transaction another server: statements must not outlive theirs
        connect_args={
            "statement_cache_size": 0,
            "prepared_statement_cache_size": 0,
            "prepared_statement_name_func": lambda: f"chronus_{uuid4().hex}",
            "timeout": WAIT,
            **tls,
        },
        hide_parameters=True,  # what goes wrong isn't told with people's words in it
        pool_pre_ping=True,
        pool_size=10,
        max_overflow=10,
        pool_timeout=QUEUE,
        pool_recycle=1800,
    )

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITES, True)
        if not writes:
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        # for the transaction, as a pgbouncer forgets what is set for a session
        limits = {"statement_timeout": wait, "idle_in_transaction_session_timeout": max(wait, FROZEN)}
        configs = (f"set_config('{name}', '{seconds * 1000:.0f}', true)" for name, seconds in limits.items())
        connection.exec_driver_sql(f"SELECT {', '.join(configs)}")

    return engine


def _address(url: str) -> URL:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:  # the latter for a port that is no number
        raise Invalid(
            "The database address makes no sense; it should look like postgresql://user@host/name."
        ) from error
    if parsed.drivername not in POSTGRES:
        raise Invalid(f"I can keep things in PostgreSQL, not in {parsed.drivername}.")
    return parsed.set(drivername="postgresql+asyncpg")
