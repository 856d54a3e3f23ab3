"""A Chronus to talk to: the real command in a process of its own, or quick ones in a thread, each with a fresh folder."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable, Generator, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import Browser

from integrations.secret import signing_secret
from integrations.settings import LimitSettings, Settings
from integrations.store.database import open_database
from integrations.store.people import People
from integrations.store.sessions import SignIns
from integrations.trust import trusted
from tests.e2e.browser import chromium
from tests.e2e.dictation import Dictation, running_double
from tests.tables import furnish_for
from voice.security.tokens import Keys
from voice.server import Beside, listening, rounds, server_config
from voice.server import Server as WebServer

ROOT = Path(__file__).parents[2]
SLOWEST_START = 60.0
UNLIMITED = LimitSettings(turns_per_minute=0, conversations_per_person=0, requests_per_minute=0)


class SignedIn(httpx.Auth):
    """The owner's bearer token, fetched anew when it has run out."""

    requires_response_body = False

    def __init__(self, url: str) -> None:
        self._url = url
        self._token = ""

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response]:
        if not self._token:
            self._token = token(self._url)
        request.headers["Authorization"] = f"Bearer {self._token}"
        response = yield request
        if response.status_code == 401:
            self._token = token(self._url)
            request.headers["Authorization"] = f"Bearer {self._token}"
            yield request


def token(url: str) -> str:
    """A fresh access token of the owner."""
    answer = httpx.post(f"{url}/v1/auth/local", verify=trusted(), timeout=30)
    answer.raise_for_status()
    return str(answer.json()["access_token"])


class Chronus:
    """A running server as tests see it."""

    def __init__(
        self, url: str, data: Path, log: Path | None = None, process: subprocess.Popen[bytes] | None = None
    ) -> None:
        self.url = url
        self.data = data
        self.log = log
        self.process = process

    @cached_property
    def client(self) -> httpx.Client:
        """The owner's, with a bearer token."""
        return httpx.Client(verify=trusted(), base_url=self.url, auth=SignedIn(self.url), timeout=30)

    @cached_property
    def stranger(self) -> httpx.Client:
        """Someone who isn't signed in, and keeps no cookies."""
        return httpx.Client(verify=trusted(), base_url=self.url, timeout=30)

    def token(self) -> str:
        """A fresh access token of the owner."""
        return token(self.url)

    def demo(self, **given: Any) -> dict[str, Any]:
        """Load the sample day, or the given things."""
        answer = self.client.post("/v1/demo", json=given or None)
        answer.raise_for_status()
        return dict(answer.json())

    def somebody_else(self) -> httpx.Client:
        """Another person, who has nothing to do with the owner, signed in."""
        person_id, family = asyncio.run(self._another())
        keys = Keys(signing_secret(Settings(data=self.data)))
        bearer = {"Authorization": f"Bearer {keys.access(person_id, family, datetime.now(UTC))}"}
        return httpx.Client(verify=trusted(), base_url=self.url, headers=bearer, timeout=30)

    async def _another(self) -> tuple[str, str]:
        now = datetime.now(UTC)
        async with open_database(None, self.data) as database, database.work() as session:
            person = await People(session).add(zone="Europe/Paris", now=now, name="Somebody Else")
            sign_in = await SignIns(session).start(person.id, os.urandom(8).hex(), now, now + timedelta(days=1))
            return person.id, sign_in.family

    def close(self) -> None:
        """Let go of the connections."""
        for name in ("client", "stranger"):
            if client := self.__dict__.get(name):
                client.close()


def free_port() -> int:
    """A port of this machine that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@contextmanager
def in_process(data: Path, **environment: str) -> Iterator[Chronus]:
    """`chronus serve` as a person runs it."""
    port = free_port()
    log = data.with_name(f"{data.name}.log")
    limits = {f"CHRONUS_LIMITS__{name.upper()}": "0" for name in LimitSettings.model_fields}
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "voice.cli", "serve", "--port", str(port), "--data", str(data)],
            stdout=out, stderr=subprocess.STDOUT, cwd=ROOT, env=os.environ | limits | environment,
        )  # fmt: skip
    chronus = Chronus(f"http://127.0.0.1:{port}", data, log, process)
    try:
        _wait_for(chronus, lambda: process.poll() is None)
        yield chronus
    finally:
        chronus.close()
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(40)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def in_thread(settings: Settings, beside: Beside = rounds) -> Iterator[Chronus]:
    """The same server within this process, for tests that need settings of their own."""
    furnish_for(settings)
    listener = listening("127.0.0.1", 0)
    port = int(listener.getsockname()[1])
    server = WebServer(server_config(settings, "127.0.0.1", port, beside))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    chronus = Chronus(f"http://127.0.0.1:{port}", settings.data)
    try:
        _wait_for(chronus, thread.is_alive)
        yield chronus
    finally:
        chronus.close()
        server.should_exit = True
        thread.join(30)
        listener.close()


def _wait_for(chronus: Chronus, alive: Callable[[], bool]) -> None:
    until = time.monotonic() + SLOWEST_START
    while alive() and time.monotonic() < until:
        try:
            if httpx.get(f"{chronus.url}/health", verify=trusted(), timeout=2).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.05)
    said = chronus.log.read_text()[-3000:] if chronus.log else ""
    raise RuntimeError(f"the server didn't start\n{said}")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chronus]:
    """One real `chronus serve` for the whole session, without limits; tests share its owner."""
    with in_process(tmp_path_factory.mktemp("chronus") / "data") as chronus:
        yield chronus


@pytest.fixture
def fresh_server(tmp_path: Path) -> Iterator[Chronus]:
    """A real `chronus serve` of this test's own."""
    with in_process(tmp_path / "data") as chronus:
        yield chronus


Start = Callable[..., AbstractContextManager[Chronus]]


@pytest.fixture
def start(tmp_path: Path) -> Start:
    """Starts a quick server with settings of its own; it has no weights, so it can't hear or speak."""

    def starting(*, beside: Beside = rounds, **given: Any) -> AbstractContextManager[Chronus]:
        usual: dict[str, Any] = {"limits": UNLIMITED, "weights": tmp_path / "no-weights", "data": tmp_path / "data"}
        return in_thread(Settings(_env_file=None, **(usual | given)), beside)

    return starting


@pytest.fixture(scope="module")
def quick(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chronus]:
    """A quick server shared by the tests of one file."""
    folder = tmp_path_factory.mktemp("quick")
    with in_thread(
        Settings(_env_file=None, data=folder / "data", weights=folder / "no-weights", limits=UNLIMITED)
    ) as chronus:
        yield chronus


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    """One Chromium for a file of tests."""
    async with chromium() as opened:
        yield opened


@pytest.fixture
def double() -> Iterator[Dictation]:
    """A server that plays what it is told, for the page alone."""
    with running_double() as dictation:
        yield dictation
