"""What can't be done is tried five times and parked with its reason, and nobody else waits for it."""

from collections.abc import AsyncIterator

import pytest

from integrations.store.owed import TRIES
from tests.conftest import Places
from tests.fleet import Fleet, open_fleet
from tests.servers import RedisServer


@pytest.fixture
async def celery(places: Places, redis_server: RedisServer) -> AsyncIterator[Fleet]:
    async with places("postgres") as place, open_fleet(place, redis_server.url(4)) as fleet:
        yield fleet


def tries(fleet: Fleet, slot: str) -> int:
    return sum(one == slot for one, _, _ in fleet.lines("runs"))


async def test_what_fails_is_parked_and_what_was_away_is_done(celery: Fleet) -> None:
    """One that raises, one that hangs and one that works at the third try, beside work that has nothing to do with them."""
    celery.worker()
    await celery.owe("test.raises", "raises")
    await celery.owe("test.away", "away")
    await celery.owe("test.hangs", "hangs")
    for number in range(10):
        await celery.owe("test.effect", str(number))
    rows = await celery.over(within=120)
    assert (rows["raises"].state, rows["raises"].attempts, tries(celery, "raises")) == ("parked", TRIES, TRIES)
    assert rows["raises"].say.startswith("ZeroDivisionError at working.py")
    assert "Sarah" not in rows["raises"].say + celery.told()
    assert (rows["hangs"].state, rows["hangs"].say, tries(celery, "hangs")) == ("parked", "It took too long.", TRIES)
    assert (rows["away"].state, rows["away"].attempts) == ("done", 3)
    assert {rows[str(number)].state for number in range(10)} == {"done"}


@pytest.mark.slow
async def test_what_kills_or_blocks_its_worker_is_parked(celery: Fleet) -> None:
    """Five workers die of it; others' work meanwhile waits for one job at most."""
    celery.worker()
    await celery.owe("test.segfaults", "segfaults")
    await celery.owe("test.blocks", "blocks")
    for number in range(100):
        await celery.owe("test.effect", str(number))
    rows = await celery.over(within=400)
    assert (rows["segfaults"].state, tries(celery, "segfaults")) == ("parked", TRIES)
    assert (rows["blocks"].state, tries(celery, "blocks")) == ("parked", TRIES)
    assert {rows["segfaults"].say, rows["blocks"].say} == {"Whoever worked on it died, 5 times."}
    last = max(done.timestamp() for number in range(100) if (done := rows[str(number)].done_at))
    first = min(at for _, _, at in celery.lines("runs"))
    print(f"\n100 jobs beside two that kill their workers: {last - first:.1f} s")  # noqa: T201
    assert {rows[str(number)].state for number in range(100)} == {"done"}
