"""When a person goes: everything of theirs, in every store and in the folder of every process."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection
from typing import TYPE_CHECKING

from integrations.errors import ChronusError
from integrations.store.departures import Departures
from integrations.store.people import People

if TYPE_CHECKING:
    from agent.services import Services

log = logging.getLogger(__name__)

OUTSIDE = 20.0
"""Seconds for telling Google; what it wasn't told by then ends there by itself."""
ROUND = 15.0
"""Seconds between two looks of a process for what is left, here and in what is shared, of people who have gone."""

Here = Callable[[], Collection[str]]
Dismiss = Callable[[str], Awaitable[None]]


class Leaving:
    """Lets people go, and cleans up after those whom another process let go."""

    def __init__(self, services: "Services") -> None:
        self._services = services
        self._presences: list[tuple[Here, Dismiss]] = []
        self._looking: asyncio.Task[None] | None = None

    def watch(self, here: Here, dismiss: Dismiss) -> None:
        """`here` are the people of whom this process holds something, a live line say; those who have gone are dismissed."""
        self._presences.append((here, dismiss))

    async def leave(self, person_id: str) -> None:
        """Delete them and everything of theirs. Raises `NotFound`; `Unavailable` only while nothing is deleted yet."""
        try:
            async with asyncio.timeout(OUTSIDE):
                await self._outside(person_id)
        except TimeoutError:
            log.warning("Google wasn't told in time that somebody leaves")
        services = self._services
        async with services.database.work() as session:
            await Departures(session).add(person_id, services.clock())
            await People(session).delete(person_id)
        await self.look()
        try:
            await services.database.wipe()
        except ChronusError as error:
            log.warning("the database's log couldn't be emptied: %s", error.code)

    async def look(self) -> None:
        """Clean up once. What can't be reached now is looked at again in the next round."""
        services = self._services
        try:
            async with services.database.look() as session:
                departures = Departures(session)
                left = [one.id for one in await departures.all()]
                held = {person for here, _ in self._presences for person in here()}
                gone = await departures.gone(held) if held else set()
            for here, dismiss in self._presences:
                for person in gone & set(here()):
                    await dismiss(person)
            await services.recordings.sweep_gone()
            for person in left:
                await self._shared(person)
        except (ChronusError, TimeoutError, OSError) as error:
            log.warning(
                "what people left behind couldn't be looked for: %s", getattr(error, "code", type(error).__name__)
            )

    def start(self) -> None:
        """Look now and then, until `stop`."""
        self._looking = asyncio.create_task(self._rounds())

    async def stop(self) -> None:
        """No more rounds."""
        if self._looking is not None:
            self._looking.cancel()
            await asyncio.gather(self._looking, return_exceptions=True)

    async def _rounds(self) -> None:
        while True:
            await asyncio.sleep(ROUND)
            await self.look()

    async def _outside(self, person_id: str) -> None:
        services = self._services
        await services.syncing.stop(person_id)
        await services.outside.end(person_id)
        await services.google.disconnect(person_id, door=False)

    async def _shared(self, person_id: str) -> None:
        """What all processes share: whoever comes first does it, and it is no harm to do it twice."""
        await self._services.index.leave(person_id)
        await self._services.cache.forget(person_id)
        async with self._services.database.work() as session:
            await Departures(session).settle(person_id)
