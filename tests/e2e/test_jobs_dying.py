"""Workers are killed at any point, and every piece of work is done, its effect once, in both deployments."""

from collections.abc import AsyncIterator

import pytest

from tests.conftest import Places
from tests.fleet import Fleet, open_fleet
from tests.servers import RedisServer


@pytest.fixture
async def celery(places: Places, redis_server: RedisServer) -> AsyncIterator[Fleet]:
    async with places("postgres") as place, open_fleet(place, redis_server.url(3)) as fleet:
        yield fleet


@pytest.fixture
async def embedded(places: Places) -> AsyncIterator[Fleet]:
    async with places("sqlite") as place, open_fleet(place, None) as fleet:
        yield fleet


async def all_done_once(fleet: Fleet, slots: int, *, deaths: int, within: float) -> None:
    """Nothing lost, nothing doubled, and what the dead had in hand was taken up within twenty seconds."""
    rows = await fleet.over(within=within)
    assert {slot: row.say for slot, row in rows.items() if row.state != "done"} == {}
    assert len(rows) == slots
    effects = {file.name for file in (fleet.folder / "effects").iterdir()}
    assert effects == {f"test.effect:{fleet.owner}:{slot}" for slot in rows}
    died, again = len(fleet.lines("deaths")), fleet.recoveries()
    assert died >= deaths
    print(  # noqa: T201, the figures are what the proof is run for
        f"\n{died} deaths, {len(fleet.lines('runs'))} runs of {slots}; {len(again)} taken up again: "
        f"p50 {again[len(again) // 2]:.1f} s, p95 {again[int(len(again) * 0.95)]:.1f} s, max {again[-1]:.1f} s"
    )


async def test_celery_workers_die_and_nothing_is_lost_or_doubled(celery: Fleet) -> None:
    """Children are killed at some points of their work, over Redis and PostgreSQL."""
    celery.worker()
    await celery.owe_by_and_by(4, within=100)
    await all_done_once(celery, 4, deaths=2, within=150)


async def test_the_server_dies_and_nothing_is_lost_or_doubled(embedded: Fleet) -> None:
    """The whole process is killed several times; the next one takes up at once what it left."""
    embedded.worker()
    await embedded.owe_by_and_by(5, within=100)
    await all_done_once(embedded, 5, deaths=2, within=150)


@pytest.mark.slow
async def test_five_hundred_deaths_of_celery_workers(celery: Fleet) -> None:
    """The same for as many as the issue asks for, and within twenty seconds somebody has each of them in hand again."""
    celery.worker()
    await celery.owe_by_and_by(620, within=3400)
    await all_done_once(celery, 620, deaths=500, within=200)


@pytest.mark.slow
async def test_five_hundred_deaths_of_the_server(embedded: Fleet) -> None:
    """The same for as many as the issue asks for."""
    embedded.worker()
    await embedded.owe_by_and_by(1100, within=3400)
    await all_done_once(embedded, 1100, deaths=500, within=200)
