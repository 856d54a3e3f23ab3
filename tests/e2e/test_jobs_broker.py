"""The broker may lose everything it has: what is owed stands in the ledger."""

import asyncio

from tests import servers
from tests.conftest import Places
from tests.fleet import open_fleet


async def test_a_broker_that_forgets_everything_loses_no_work(places: Places) -> None:
    """Redis is killed with messages in it and comes back empty; asking goes on meanwhile, and all of it is done."""
    with servers.redis() as redis:
        async with places("postgres") as place, open_fleet(place, redis.url()) as fleet:
            fleet.worker()
            for number in range(60):
                await fleet.owe("test.effect", str(number))
            while not fleet.lines("runs"):  # noqa: ASYNC110, another process writes them
                await asyncio.sleep(0.1)
            redis.stop()
            for number in range(60, 65):
                await fleet.owe("test.effect", str(number))
            redis.start()
            rows = await fleet.over(within=150)
    assert {row.state for row in rows.values()} == {"done"}
    assert len(rows) == len(list((fleet.folder / "effects").iterdir())) == 65
