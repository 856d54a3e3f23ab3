"""What every test may ask for: real servers, fresh databases, and no way out of this machine."""

import asyncio
import gc
import ipaddress
import os
import shutil
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, AbstractContextManager, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn, TypeVar
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from integrations.store.database import Database, open_database
from integrations.store.engine import FILE
from integrations.store.migrations import migrate
from tests import servers
from tests.tables import empty_database

T = TypeVar("T")

gc.disable()  # what is imported stays: looking through it again and again takes a quarter of the time


def pytest_collection_finish() -> None:
    """From here on garbage is collected again, without ever looking at what was imported (the server does so too)."""
    gc.freeze()
    gc.enable()


ORDER = ("e2e", "whole", "contract", "attacks", "evals", "rules", "unit")
"""Whatever takes longest begins first: no process is left alone with a long file at the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In CI, what lives in real time on a machine shared with others is tried once more; the summary names it as RERUN.

    On one's own machine nothing is: whatever shows there as RERUN is a race, to be found and mended.
    """
    folders = {item: item.nodeid.removeprefix("tests/").partition("/")[0] for item in items}
    items.sort(key=lambda item: ORDER.index(folders[item]) if folders[item] in ORDER else 0)
    if "CI" in os.environ:
        for item in items:
            if {"e2e", "contract", "whole"} & set(item.path.parts):
                item.add_marker(pytest.mark.flaky(reruns=1, reruns_delay=1))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What was tried once more says why: that it passed then explains nothing."""
    for report in terminalreporter.stats.get("rerun", []):
        why = [line for line in report.longreprtext.splitlines() if line.startswith("E ")] or ["no reason was given"]
        terminalreporter.write_line(f"tried again: {report.nodeid}")
        terminalreporter.write_line("\n".join(why[:6]))


settings.register_profile(
    "chronus",
    deadline=None,  # this machine is shared: a slow example says nothing
    database=None,
    derandomize="CI" in os.environ,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
settings.load_profile("chronus")


class Outside(AssertionError):
    """A test tried to leave this machine."""


def stay_inside(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuse connections and name look-ups that are not for this machine; an audit hook sees every way to ask."""
    if event == "socket.getaddrinfo":
        _refuse_unless_here(arguments[0])
    elif event in {"socket.connect", "socket.sendto", "socket.sendmsg"}:
        address = arguments[1]
        if isinstance(address, tuple) and isinstance(address[0], str):
            _refuse_unless_here(address[0])


def _refuse_unless_here(host: object) -> None:
    name = host.decode() if isinstance(host, bytes) else host
    if name in {None, "", "localhost"}:
        return
    try:
        here = ipaddress.ip_address(str(name).partition("%")[0]).is_loopback
    except ValueError:
        here = False
    if not here:
        raise Outside(f"a test tried to reach {name}")


@pytest.fixture(scope="session", autouse=True)
def _no_way_out() -> None:
    """An audit hook can't be taken away again, which is as well."""
    sys.addaudithook(stay_inside)


def missing(why: str) -> NoReturn:
    """Locally a reason to skip, in CI a failure."""
    if "CI" in os.environ:
        pytest.fail(why)
    pytest.skip(why)


@contextmanager
def _running(server: AbstractContextManager[T]) -> Iterator[T]:
    try:
        running = server.__enter__()
    except servers.Missing as absent:
        missing(str(absent))
    try:
        yield running
    finally:
        server.__exit__(None, None, None)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[servers.Postgres]:
    """One PostgreSQL for the whole session, with all tables in the databases `template` and `scratch`."""
    with _running(servers.postgres()) as server:
        _apart(_admin(server, "CREATE DATABASE template"))
        _apart(migrate(server.url("template"), Path()))
        _apart(_admin(server, "CREATE DATABASE scratch TEMPLATE template"))
        yield server


@pytest.fixture(scope="session")
def postgres_shared(postgres_server: servers.Postgres) -> str:
    """A database whose tests keep what they write, each for a person of its own."""
    _apart(_admin(postgres_server, "CREATE DATABASE shared TEMPLATE template"))
    return postgres_server.url("shared")


@pytest.fixture(scope="session")
def redis_server() -> Iterator[servers.RedisServer]:
    """One Redis for the whole session."""
    with _running(servers.redis()) as server:
        yield server


@pytest.fixture(scope="session")
def sqlite_template() -> Path:
    """A SQLite file that has all tables."""
    return empty_database()


def _apart(work: Coroutine[Any, Any, None]) -> None:
    """Done in a loop of its own: a fixture may be asked for while a test's loop runs."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()


async def _admin(server: servers.Postgres, statement: str) -> None:
    engine = create_async_engine(server.url().replace(":", "+asyncpg:", 1), isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.exec_driver_sql(statement)
    await engine.dispose()


@dataclass(frozen=True)
class Place:
    """Where a test keeps its things."""

    url: str | None
    data: Path


Places = Callable[[str], AbstractAsyncContextManager[Place]]


@pytest.fixture
def places(request: pytest.FixtureRequest, tmp_path: Path) -> Places:
    """A fresh database with all tables, of the kind that is asked for: `sqlite` or `postgres`."""

    return lambda kind: fresh_place(request, kind, tmp_path)


@pytest.fixture(params=["sqlite", "postgres"])
async def place(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Place]:
    """A fresh database with all tables, of each kind that we run on."""
    async with fresh_place(request, request.param, tmp_path) as place:
        yield place


@asynccontextmanager
async def fresh_database(request: pytest.FixtureRequest, kind: str, tmp_path: Path) -> AsyncIterator[Database]:
    """For fixtures that need it for some of their kinds only."""
    async with fresh_place(request, kind, tmp_path) as place, open_database(place.url, place.data) as database:
        yield database


@asynccontextmanager
async def fresh_place(request: pytest.FixtureRequest, kind: str, tmp_path: Path) -> AsyncIterator[Place]:
    """The same, only the place."""
    data = tmp_path / "data"
    data.mkdir(mode=0o700, exist_ok=True)
    if kind == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), data / FILE)
        yield Place(None, data)
        return
    server: servers.Postgres = request.getfixturevalue("postgres_server")
    name = f"test_{uuid4().hex}"
    await _admin(server, f"CREATE DATABASE {name} TEMPLATE template STRATEGY FILE_COPY")
    yield Place(server.url(name), data)
    await _admin(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgres"])
async def session(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[AsyncSession]:
    """One transaction on an empty database of each kind, undone at the end: much faster than a fresh database."""
    async with one_transaction(request, request.param, tmp_path) as session:
        yield session


@asynccontextmanager
async def one_transaction(request: pytest.FixtureRequest, kind: str, tmp_path: Path) -> AsyncIterator[AsyncSession]:
    """For fixtures that need it for some of their kinds only."""
    url = None
    if kind == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / FILE)
    else:
        url = request.getfixturevalue("postgres_server").url("scratch")
    async with open_database(url, tmp_path) as database, database.work() as session:
        yield session
        await session.rollback()


@pytest.fixture
async def database(place: Place) -> AsyncIterator[Database]:
    """Open, empty, on each kind that we run on."""
    async with open_database(place.url, place.data) as database:
        yield database
