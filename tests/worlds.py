"""A whole Chronus below the doors, in a folder of its own and at a time of its own."""

import importlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from agent.conversation import Turn
from agent.events import Finished, Said
from agent.opening import open_services
from agent.services import Services
from integrations.errors import Unavailable
from integrations.model import Model
from integrations.settings import Settings
from integrations.store.people import Person
from tests.tables import furnish

SECRET = "the secret of a Chronus for tests"
NOW = datetime(2026, 3, 4, 9, 20, tzinfo=UTC)
"""A Wednesday; 10:20 in Berlin."""


class Hands:
    """A clock that is turned by hand."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        """Let time pass."""
        self.now += timedelta(**by)


class World:
    """One person and everything that answers them."""

    def __init__(self, services: Services, person: Person, clock: Hands) -> None:
        self.services = services
        self.person = person
        self.clock = clock

    async def say(self, text: str, **turn: Any) -> dict[str, Any]:
        """One turn; its answer."""
        async for event in self.services.assistant.reply(Turn(person=self.person, text=text, **turn)):
            if isinstance(event, Finished):
                return dict(event.answer)
        raise AssertionError("the turn never finished")

    async def words(self, text: str) -> list[str]:
        """One turn; the pieces of what was said."""
        turn = Turn(person=self.person, text=text)
        return [e.text async for e in self.services.assistant.reply(turn) if isinstance(e, Said)]

    async def index_is_open(self) -> None:
        """The first search imports and opens the index, which on a busy machine takes longer than anybody waits for an answer."""
        importlib.import_module("integrations.vectors.collection")
        for _ in range(30):
            with suppress(Unavailable):
                return await self.services.index.ping()
        raise AssertionError("the index never opened")

    async def titles(self, days: int = 14) -> list[str]:
        """What is on the calendar from today on."""
        async with self.services.context(self.person, write=False) as ctx:
            start, _ = ctx.day()
            return [e.title for e in await ctx.calendar.between(start, start + timedelta(days=days))]


@asynccontextmanager
async def open_world(folder: Path, *, model: Model | None = None, **settings: Any) -> AsyncIterator[World]:
    """Berlin, 2026-03-04, nothing on the calendar yet; no weights, so memories are found by their words.

    A folder that has been lived in goes on as it was left.
    """
    clock = Hands()
    furnish(folder)
    given: dict[str, Any] = {
        "environment": "production",
        "secret_key": SECRET,
        "data": folder,
        "timezone": "Europe/Berlin",
        "weights": folder / "no-weights",
        **settings,
    }
    (folder / "secret.key").write_text(given["secret_key"])  # for whoever looks into the folder alone
    async with open_services(Settings(_env_file=None, **given), clock=clock, model=model, speech=False) as services:
        yield World(services, await services.owner(), clock)
