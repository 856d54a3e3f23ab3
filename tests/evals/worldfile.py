"""The small world of the phrasings, put into real local keepers."""

import sqlite3
from contextlib import closing
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from integrations.store import demo
from integrations.store.engine import FILE as DATABASE
from integrations.store.memories import Memories
from integrations.store.people import People
from integrations.store.reminders import Reminders
from tests.worlds import World

FILE = Path(__file__).parent / "phrasings" / "world.yaml"


@cache
def read_world(file: Path = FILE) -> dict[str, Any]:
    """The file as it stands; nobody changes what is given."""
    found: dict[str, Any] = yaml.safe_load(file.read_text())
    return found


async def furnish(world: World, file: Path = FILE) -> None:
    """Load everything the file names for the world's person."""
    told = read_world(file)
    zone = ZoneInfo(told["zone"])
    async with world.services.database.work() as session:
        person = await People(session).get(world.person.id)
        person.name, person.email = told["me"]["name"], told["me"]["address"]
        await demo.load(
            session,
            person,
            world.services.now(person),
            events=[_timed(event, zone, "starts", "ends") for event in told["events"]],
            tasks=told["tasks"],
            messages=[_timed(message, zone, "at") for message in told["messages"]],
        )
        reminders = Reminders(session, person.id)
        for reminder in told["reminders"]:
            await reminders.add(reminder["text"], _moment(reminder["due"], zone))
        memories = Memories(session, person.id)
        for memory in told.get("memories", []):
            await memories.add(
                text=memory["text"], type=memory.get("type", "fact"), category=memory.get("category", ""),
                origin="said", quote=memory.get("quote", memory["text"]), at=world.clock.now,
            )  # fmt: skip


class Freshly:
    """A furnished world that becomes what it was again: putting the file's bytes back is much quicker than refilling it."""

    def __init__(self, world: World) -> None:
        self._live = world.services.settings.data / DATABASE
        self._kept = self._live.with_name("furnished.db")

    @classmethod
    async def furnished(cls, world: World, file: Path = FILE) -> "Freshly":
        """Furnish the world, and keep what it is now."""
        await furnish(world, file)
        fresh = cls(world)
        _copy(fresh._live, fresh._kept)
        return fresh

    def again(self) -> None:
        """Forget all that happened since. No transaction may be open."""
        _copy(self._kept, self._live)


def _copy(source: Path, target: Path) -> None:
    """One database over another, as one transaction: connections that are open see it whole."""
    with closing(sqlite3.connect(source)) as this, closing(sqlite3.connect(target)) as that:
        that.execute("PRAGMA synchronous=OFF")  # a crash would end the test too
        this.backup(that)


def _timed(thing: dict[str, Any], zone: ZoneInfo, *names: str) -> dict[str, Any]:
    times = {name: _moment(thing[name], zone).isoformat() for name in names}
    recurrence = thing.get("recurrence")
    more = {"recurrence": recurrence.removeprefix("RRULE:")} if recurrence else {}
    return {**{key: value for key, value in thing.items() if key != "id"}, **times, **more}


def _moment(words: str, zone: ZoneInfo) -> datetime:
    moment = datetime.fromisoformat(words)
    return moment.replace(tzinfo=zone) if moment.tzinfo is None else moment
