"""The scaled-out shape as it is started: `celery -A jobs.app worker` and `celery -A jobs.app beat`."""

from integrations.clock import system_clock
from integrations.store.owed import OwedWork
from tests.conftest import Places
from tests.fleet import open_fleet
from tests.servers import RedisServer


async def test_a_worker_and_a_timetable_do_what_is_owed(places: Places, redis_server: RedisServer) -> None:
    """What only stands in the database is told to a worker by whoever looks at the clock."""
    async with places("postgres") as place, open_fleet(place, redis_server.url(5), led=False) as fleet:
        fleet.celery("jobs.app", "worker", "--concurrency", "1")
        fleet.celery("jobs.app", "beat")
        async with fleet.database.work() as session:
            await OwedWork(session).owe("upkeep", fleet.owner, "test", now=system_clock())
        rows = await fleet.over(within=120)
    assert (rows["test"].state, rows["test"].attempts) == ("done", 1)
    assert rows["test"].say == "Gone: 0 expired sign-ins, 0 old jobs, 0 old notices, 0 other old things."
