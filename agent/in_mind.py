"""What the person told earlier and what may matter to this turn: sought beside everything else, never waited for long."""

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from agent.recalling import IN_PASSING, NEAREST, core, fitting
from agent.shelf import Known, Shelf
from integrations.errors import ChronusError
from integrations.store.origins import Foreigners
from integrations.store.people import Person

if TYPE_CHECKING:
    from agent.services import Services

ADDED = 0.025
"""Seconds a turn may become longer by it; then the words alone decide what comes to mind."""
FIRST = 3
LONGEST = 200  # characters of one memory
SHORT = 8
"""So much of an id is told to a mind: enough to name one of a person's memories."""


class InMind:
    """The search of one turn."""

    def __init__(self, services: "Services", person: Person, said: str) -> None:
        self._services, self._person, self._said = services, person, said
        self._shelf: Shelf | None = None
        self._meaning: Mapping[str, float] | None = None
        self._seeking = asyncio.create_task(self._seek())

    async def memories(self) -> list[Known]:
        """What came to mind, the likeliest first. What others' words are in is left out: it is told only when it is asked for."""
        await asyncio.wait({self._seeking}, timeout=ADDED)
        if self._shelf is None:
            return []
        found = [one.row for one in fitting(self._shelf, self._said, self._meaning, IN_PASSING)]
        ours = [memory for memory in found if memory.origin != "mail"]
        if not ours:
            return []
        async with self._services.database.look() as session:  # a turn waits for this: no keepers are opened for it
            theirs = await Foreigners(session, self._person.id).among("memory", [memory.id for memory in ours])
        return [memory for memory in ours if memory.id not in theirs][:FIRST]

    async def told(self) -> list[str]:
        """The same for a mind to read, each with its id and date."""
        zone = self._services.zone_of(self._person)
        return [_told(memory, zone) for memory in await self.memories()]

    async def _seek(self) -> None:
        index = self._services.index
        try:
            # nothing of the database is held while the model computes
            async with self._services.memories(self._person.id) as rows:
                self._shelf = await index.shelves.of(rows)
            if self._shelf.memories and index.awake:
                near = await index.near(self._person.id, core(self._said), first=NEAREST)
                self._meaning = {one.id: one.score for one in near}
        except ChronusError:
            return  # a turn is answered without it, too

    def stop(self) -> None:
        """Seek no longer: the turn is over."""
        self._seeking.cancel()


def _told(memory: Known, zone: ZoneInfo) -> str:
    how = "noticed" if memory.origin == "noticed" else "said"
    text = " ".join(memory.text.split())[:LONGEST].replace("“", '"').replace("”", '"')
    return f"[{memory.id[:SHORT]}, {how} {memory.at.astimezone(zone):%Y-%m-%d}] “{text}”"
