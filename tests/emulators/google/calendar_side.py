"""An account with a calendar, on a socket, and a way to talk with it."""

from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from integrations.calendar.google import GoogleCalendar
from integrations.calendar.mirror import MirrorCalendar
from integrations.calendar.sync import sync
from integrations.clock import Clock
from integrations.google import Tokens
from integrations.google.client import GoogleApi
from integrations.store.database import Database
from integrations.store.people import People
from tests.emulators.google import Google
from tests.emulators.google.calendar import CalendarState, calendar_app
from tests.emulators.google.door import behind_door
from tests.emulators.serve import served

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 3, 4, 9, 20, tzinfo=UTC)


class Pass:
    """A way in that stays good."""

    async def access(self) -> str:
        return "good"

    async def renew(self, stale: str) -> str:
        raise AssertionError(f"{stale} was refused")


class CalendarSide:
    """The other side: what it has, what it was asked, and keepers that ask it."""

    def __init__(self, google: Google, state: CalendarState, address: str, threads: ThreadPoolExecutor) -> None:
        self.google, self.state, self.address, self.threads = google, state, address, threads

    def api(self, tokens: Tokens | None = None, **more: Any) -> GoogleApi:
        endpoint = f"{self.address}/calendar/v3/"
        return GoogleApi("calendar", "v3", tokens or Pass(), threads=self.threads, endpoint=endpoint, **more)

    def keeper(self, key: str = "key", *, zone: ZoneInfo = BERLIN, clock: Clock = lambda: NOW, api: GoogleApi | None = None, **more: Any) -> GoogleCalendar:  # fmt: skip
        return GoogleCalendar(api or self.api(), zone, clock, key, **more)


@asynccontextmanager
async def calendar_side() -> AsyncIterator[CalendarSide]:
    """For as long as the block lasts; at the end no answer may have been one that Google couldn't have given."""
    google, state = Google(), CalendarState()
    with ThreadPoolExecutor(16) as threads:
        async with served(behind_door(calendar_app(google, state), google, "calendar", "v3")) as address:
            yield CalendarSide(google, state, address, threads)
    assert google.wrong == []


@asynccontextmanager
async def mirrored(side: CalendarSide, database: Database, key: str = "key") -> AsyncIterator[MirrorCalendar]:
    """The owner's copy, read whole, within a piece of work."""
    async with database.work() as session:
        owner = await People(session).owner("Europe/Berlin", NOW)
    await sync(database, owner.id, side.keeper(), lambda: NOW)
    async with database.work() as session:
        yield MirrorCalendar(session, owner.id, side.keeper(), lambda: NOW, key)
