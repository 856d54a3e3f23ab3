"""All of Google on sockets, and a Chronus whose owner has connected it: from the consent page to the mailbox."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from integrations.settings import GoogleSettings, Settings
from integrations.store.database import Database, open_database
from tests.emulators.google import Google
from tests.emulators.google.calendar import CalendarState, calendar_app
from tests.emulators.google.door import behind_door
from tests.emulators.google.gmail import gmail_app
from tests.emulators.google.mailbox import Mailbox
from tests.emulators.google.oauth import Accounts, Person, google_sign_in, settings_for
from tests.emulators.google.tasks import TasksAccount, tasks_app
from tests.emulators.serve import served
from tests.googles import UNLIMITED, Browser, browser_at
from tests.tables import furnish_for
from voice.server import create_app


@dataclass
class Whole:
    """Everything of one account, and the mind."""

    accounts: Accounts = field(default_factory=lambda: Accounts(Person("100000000000000000001", "robin@example.com", name="Robin Vale")))  # fmt: skip
    google: Google = field(default_factory=Google)
    mailbox: Mailbox = field(default_factory=Mailbox)
    calendar: CalendarState = field(default_factory=CalendarState)
    todo: TasksAccount = field(default_factory=TasksAccount)

    def scopes(self, token: str) -> frozenset[str] | None:
        """What a token is good for, as the sign-in says."""
        grant = self.accounts.check(token)
        return grant.scopes if grant else None


@dataclass
class Talker:
    """Somebody before the page of a Chronus, and the Google behind it."""

    whole: Whole
    browser: Browser
    settings: Settings

    @property
    def data(self) -> Path:
        """Where it keeps things."""
        return self.settings.data

    async def connect(self) -> None:
        """Through the consent page and back."""
        assert await self.browser.connect() == "connected"

    async def fresh(self) -> list[dict[str, Any]]:
        """How the copies stand, once each was read to its end."""
        for _ in range(100):
            items: list[dict[str, Any]] = (await self.get("/v1/sync"))["items"]
            if items and all(one["state"] == "fresh" for one in items):
                return items
            await asyncio.sleep(0.1)
        raise AssertionError(items)

    async def until(self, so: Callable[[], Awaitable[Any]]) -> None:
        """Something that becomes true by itself, soon."""
        for _ in range(600):
            if await so():
                return
            await asyncio.sleep(0.1)
        raise AssertionError("it never became so")

    def database(self) -> AbstractAsyncContextManager[Database]:
        """What the server keeps, opened beside it."""
        return open_database(None, self.data)

    async def say(self, text: str, **more: Any) -> dict[str, Any]:
        """One typed turn."""
        return dict(await self.post("/v1/chat", {"text": text, **more}))

    async def get(self, path: str, **query: Any) -> Any:
        return (await self.browser.http.get(path, params=query)).raise_for_status().json()

    async def post(self, path: str, body: Any = None) -> Any:
        answer = await self.browser.http.post(path, json=body, headers={"Origin": self.browser.url})
        return answer.raise_for_status().json()


@asynccontextmanager
async def talking(
    folder: Path, whole: Whole | None = None, *, connect: bool = True, **given: Any
) -> AsyncIterator[Talker]:
    """A server with a browser before it, signed in and connected to everything."""
    whole = whole or Whole()
    whole.google.grants = whole.scopes
    async with (
        served(google_sign_in(whole.accounts)) as sign_in,
        served(behind_door(calendar_app(whole.google, whole.calendar), whole.google, "calendar", "v3")) as calendar,
        served(tasks_app(whole.google, whole.todo)) as tasks,
        served(behind_door(gmail_app(whole.google, whole.mailbox), whole.google, "gmail", "v1")) as gmail,
    ):
        google = GoogleSettings(
            **settings_for(sign_in),
            gmail_endpoint=gmail,
            tasks_endpoint=tasks,
            calendar_endpoint=f"{calendar}/calendar/v3/",
        )
        settings = Settings(
            _env_file=None,
            data=folder / "data",
            limits=UNLIMITED,
            timezone="Europe/Berlin",
            google=google,
            **{"weights": folder / "no-weights", **given},
        )
        furnish_for(settings)
        async with served(create_app(settings)) as url, browser_at(url) as browser:
            await browser.sign_in()
            talker = Talker(whole, browser, settings)
            if connect:
                await talker.connect()
            yield talker
    assert whole.google.wrong == []
