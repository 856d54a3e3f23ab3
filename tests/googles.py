"""A Chronus whose Google is an emulator: below the doors, or whole with a browser before it."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx

from integrations.google.scopes import FEATURES, asked_for
from integrations.settings import GoogleSettings, LimitSettings, Settings
from integrations.store.google_accounts import GoogleAccounts, Grant
from integrations.trust import trusted
from tests.emulators.google.oauth import CLIENT_SECRET, SPELLED, Accounts, google_sign_in, settings_for
from tests.emulators.serve import served
from tests.tables import furnish
from tests.worlds import World, open_world
from voice.server import create_app

SECRET = "a long enough secret for tests"
UNLIMITED = LimitSettings(turns_per_minute=0, conversations_per_person=0, requests_per_minute=0)
NOWHERE = {
    "calendar_endpoint": "http://127.0.0.1:9/calendar/v3/",
    "tasks_endpoint": "http://127.0.0.1:9",
    "gmail_endpoint": "http://127.0.0.1:9",
}
"""Signing in is all that works at this Google: its calendar, tasks and mail are down."""
PAGE = {"Accept": "text/html", "Sec-Fetch-Mode": "navigate"}
ALL = tuple(SPELLED.get(scope, scope) for scope in asked_for(FEATURES))


@asynccontextmanager
async def connected_world(folder: Path, accounts: Accounts, **settings: Any) -> AsyncIterator[World]:
    """A world on the emulator, whose owner has connected everything; the emulator goes by the world's clock."""
    async with served(google_sign_in(accounts)) as google:
        given = {"secret_key": SECRET, "google": GoogleSettings(**settings_for(google) | NOWHERE), **settings}
        async with open_world(folder, **given) as world:
            accounts.now = partial(_seconds, world)
            await connect(world, accounts)
            yield world


def _seconds(world: World) -> float:
    return world.clock.now.timestamp()


async def connect(world: World, accounts: Accounts, **changed: Any) -> str:
    """Have the owner's account connected, as if they had been through the page; the access token."""
    access, refresh = accounts.give(accounts.people[0], asked_for(FEATURES))
    grant = Grant(**{
        "scopes": ALL,
        "access": access,
        "access_until": world.clock.now + timedelta(seconds=accounts.life),
        "refresh": refresh,
        **changed,
    })  # fmt: skip
    async with world.services.database.work() as session:
        person = accounts.people[0]
        await GoogleAccounts(session, world.services.google.ring).connect(
            world.person.id, sub=person.sub, email=person.email, grant=grant, now=world.clock.now
        )
    return access


class Browser:
    """Somebody before a browser: cookies, and navigations that follow Google's page and back."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.http = httpx.AsyncClient(verify=trusted(), base_url=url, timeout=30)

    async def sign_in(self) -> None:
        """As the owner, on their own machine."""
        (await self.http.post("/v1/auth/local", headers={"Origin": self.url})).raise_for_status()

    async def start(self, **query: str) -> str:
        """Google's address that the start sends them to."""
        answer = await self.http.get("/v1/auth/google/start", params=query, headers=PAGE)
        assert answer.status_code == 302, answer.text
        return answer.headers["location"]

    async def consent(self, google: str) -> str:
        """Through Google's page; the address it sends them back to."""
        answer = await self.http.get(google, headers=PAGE)
        assert answer.status_code == 302, answer.text
        return answer.headers["location"]

    async def back(self, address: str) -> httpx.Response:
        """At our callback again."""
        return await self.http.get(address, headers=PAGE)

    async def connect(self, **query: str) -> str:
        """The whole way; the outcome that the page is told."""
        return outcome(await self.back(await self.consent(await self.start(**query))))

    async def account(self) -> dict[str, Any]:
        """What the API tells about the account."""
        return dict((await self.http.get("/v1/auth/google")).raise_for_status().json())

    async def me(self) -> dict[str, Any]:
        """Who they are signed in as."""
        return dict((await self.http.get("/v1/me")).raise_for_status().json())


def outcome(answer: httpx.Response) -> str:
    """What `?google=` says at the end of the way."""
    assert answer.status_code == 303, answer.text
    return parse_qs(urlsplit(answer.headers["location"]).query)["google"][0]


@asynccontextmanager
async def chronus_with_google(
    folder: Path,
    accounts: Accounts,
    *,
    people: Sequence[str] = (),
    client_secret: str = CLIENT_SECRET,
    google_at: str = "127.0.0.1",
    **given: Any,
) -> AsyncIterator[str]:
    """A whole server whose Google is the emulator; its address.

    `people`: who may sign in · `google_at`: the name of the host of Google's page; "localhost" is another site to a browser.
    """
    async with served(google_sign_in(accounts)) as google:
        client: dict[str, Any] = {"people": list(people), "client_secret": client_secret}
        client["auth_uri"] = settings_for(google)["auth_uri"].replace("127.0.0.1", google_at)
        settings = _settings(folder, google, client, **given)
        async with served(create_app(settings)) as url:
            yield url


@asynccontextmanager
async def two_with_google(folder: Path, accounts: Accounts, **given: Any) -> AsyncIterator[tuple[str, str]]:
    """Two servers that share a database, a Redis and the emulator."""
    async with served(google_sign_in(accounts)) as google:
        settings = _settings(folder, google, {}, **given)
        async with served(create_app(settings)) as one, served(create_app(settings)) as other:
            yield one, other


def _settings(folder: Path, google: str, client: dict[str, Any], **given: Any) -> Settings:
    settings = {
        "data": folder / "data",
        "weights": folder / "no-weights",
        "limits": UNLIMITED,
        "google": GoogleSettings(**settings_for(google) | NOWHERE | client),
        **given,
    }
    chosen = Settings(_env_file=None, **settings)
    furnish(chosen.data)  # in production nobody migrates at the start
    return chosen


@asynccontextmanager
async def browser_at(url: str) -> AsyncIterator[Browser]:
    """A browser of somebody's own."""
    browser = Browser(url)
    try:
        yield browser
    finally:
        await browser.http.aclose()
