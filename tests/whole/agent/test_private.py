"""A day of use, with words that are nowhere else: no thief reads them, no log tells them, and with the person they go."""

import io
import json
import logging
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from redis.asyncio import Redis
from sqlalchemy import text

from agent.opening import open_services
from agent.services import Services
from integrations import logs
from integrations.settings import Settings
from integrations.store.everything import everything_of
from integrations.store.people import Person
from integrations.store.tables import Table
from tests.canaries import KEYS, LETTERS, OPEN, OPEN_LETTERS, SEALED, a_day_of_use, files, found_in, sealed, shown
from tests.conftest import Place, Places
from tests.servers import Postgres, RedisServer
from tests.worlds import SECRET, Hands

WITHIN = 60.0
"""Seconds in which whoever is deleted is gone everywhere."""


class House:
    """One person's Chronus in as many processes as there are, and every place where bytes of it may lie."""

    def __init__(self, place: Place, processes: list[Services], redis: str | None, postgres: Postgres | None) -> None:
        self.place, self.processes, self._redis, self._postgres = place, processes, redis, postgres

    @property
    def services(self) -> Services:
        """The first one."""
        return self.processes[0]

    async def everything(self, *, disk: bool) -> list[tuple[str, bytes]]:
        """Folders of all processes, a dump of every table, everything in Redis; `disk`: PostgreSQL's own files too."""
        kept = list(files(*(one.settings.data for one in self.processes)))
        kept += await self._tables()
        if self._redis:
            kept += await _all_of(self._redis)
        if disk and self._postgres:
            kept += files(self._postgres.home / "data")
        return kept

    async def _tables(self) -> list[tuple[str, bytes]]:
        kept = []
        async with self.services.database.look() as session:
            for table in Table.metadata.sorted_tables:
                rows = (await session.execute(text(f'SELECT * FROM "{table.name}"'))).all()  # noqa: S608
                kept.append((f"table {table.name}", repr([tuple(row) for row in rows]).encode()))
        return kept


async def _all_of(url: str) -> list[tuple[str, bytes]]:
    async with Redis.from_url(url) as redis:
        return [(f"redis {key!r}", key + b"\n" + (await redis.dump(key) or b"")) async for key in redis.scan_iter()]


@pytest.fixture(params=["laptop", "cluster"])
async def house(request: pytest.FixtureRequest, places: Places, tmp_path: Path) -> AsyncIterator[House]:
    """The laptop's shape: one process and SQLite. The cluster's: two with a folder each, PostgreSQL and Redis."""
    clock, cluster = Hands(), request.param == "cluster"
    redis = request.getfixturevalue("redis_server") if cluster else None
    async with places("postgres" if cluster else "sqlite") as place:
        url = redis.url(7) if isinstance(redis, RedisServer) else None
        given: dict[str, Any] = {
            "environment": "production", "secret_key": SECRET, "timezone": "Europe/Berlin", "weights": tmp_path / "none",
        }  # fmt: skip
        if cluster:
            given |= {"database": {"url": place.url}, "redis": {"url": url}}
        async with (
            open_services(Settings(_env_file=None, data=place.data, **given), clock=clock, speech=False) as one,
            open_services(
                Settings(_env_file=None, data=tmp_path / "other", **given), clock=clock, speech=False
            ) as other,
        ):
            postgres = request.getfixturevalue("postgres_server") if cluster else None
            yield House(place, [one, other] if cluster else [one], url, postgres)


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What our own loggers say at DEBUG, as it would be written down."""
    root, out = logging.getLogger(), io.StringIO()
    kept, level = root.handlers[:], root.level
    logs.configure_logging(readable=False)
    [handler] = [one for one in root.handlers if isinstance(one, logging.StreamHandler)][:1]
    handler.setStream(out)
    ours = [logging.getLogger(name) for name in ("agent", "integrations", "jobs", "voice")]
    for one in ours:
        one.setLevel(logging.DEBUG)
    yield out
    for one in ours:
        one.setLevel(logging.NOTSET)
    root.handlers[:], root.level = kept, level


def recordings(house: House, briefing: str) -> list[Path]:
    """A briefing's sound in the folder of every process, as if each had made it."""
    made = []
    for one in house.processes:
        folder = one.settings.data / "briefings"
        folder.mkdir(parents=True, exist_ok=True)
        made.append(folder / f"{briefing}.{'0' * 16}.mp3")
        made[-1].write_bytes(f"{OPEN} {SEALED}".encode())
    return made


async def test_a_day_is_sealed_told_in_no_log_taken_along_and_gone_within_a_minute(
    house: House, log: io.StringIO
) -> None:
    """Every word that is promised sealed is nowhere readable; the export has all of them; afterwards nothing is left."""
    services, person = house.services, await house.services.owner()
    await a_day_of_use(services, person)

    before = await house.everything(disk=True)
    readable = found_in(OPEN, before)  # titles and subjects, so this looks at the right places
    assert {"table messages", "table tasks", "table people"} <= set(readable)
    assert any(place.endswith(("chronus.db", "chronus.db-wal")) or "pg_wal" in place for place in readable)
    assert found_in(SEALED, before) == []
    told = log.getvalue().encode()
    assert found_in(SEALED, [("log", told)]) == found_in(OPEN, [("log", told)]) == []

    await _nothing_is_missing_from_the_export(services, person)

    async with services.context(person, write=False) as ctx:
        (briefing,) = await ctx.briefings.latest()
    made = recordings(house, briefing.id)
    await services.cache.put(f"about:{person.id}", "1", seconds=600)
    left_at = time.monotonic()
    await services.leaving.leave(person.id)
    for one in house.processes:
        await one.leaving.look()  # as each does every fifteen seconds
    assert time.monotonic() - left_at < WITHIN
    assert not any(path.exists() for path in made)
    after = await house.everything(disk=False)
    for stem in (SEALED, OPEN, person.id):
        assert found_in(stem, after) == [], stem
    assert found_in(SEALED, await house.everything(disk=True)) == []
    assert found_in(SEALED, [("log", log.getvalue().encode())]) == []


async def _nothing_is_missing_from_the_export(services: Services, person: Person) -> None:
    async with services.database.look() as session:
        rows = json.dumps(await everything_of(session, person.id))
    for letter in LETTERS:
        assert (sealed(letter) in rows) == (letter not in KEYS), sealed(letter)
    for letter in OPEN_LETTERS:
        assert shown(letter) in rows, shown(letter)


async def test_each_process_lets_go_by_itself_of_who_was_deleted_elsewhere(house: House) -> None:
    """Whoever holds something of theirs, such as a live line, is told within a round; nobody else's is touched."""
    person, dismissed = await house.services.owner(), list[str]()
    other, stranger = house.processes[-1], uuid4().hex

    async def dismiss(person_id: str) -> None:
        dismissed.append(person_id)

    other.leaving.watch(lambda: {person.id, stranger}, dismiss)
    await other.leaving.look()
    assert dismissed == [stranger]
    await house.services.leaving.leave(person.id)
    await other.leaving.look()
    assert set(dismissed) == {stranger, person.id}
