"""What one process does reaches the pages and the conversations of another, over a real Redis."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from agent.aloud import Aloud
from agent.news import News
from integrations.cache.redis import open_cache
from tests.e2e.conftest import ROOT, Start
from tests.e2e.test_notifications import Line, line
from tests.servers import RedisServer, redis

WORKER = """
import asyncio, sys
from pathlib import Path
from datetime import timedelta
from agent.ringing import ring
from agent.opening import open_services
from integrations.settings import Settings
from integrations.store.reminders import Reminders

async def main(data, url, text):
    settings = Settings(_env_file=None, data=Path(data), weights=Path(data) / "none", redis={"url": url})
    async with open_services(settings, speech=False) as services:
        owner = await services.owner()
        async with services.database.work() as session:
            await Reminders(session, owner.id).add(text, services.clock() - timedelta(seconds=1))
        print(await ring(services, owner))

asyncio.run(main(*sys.argv[1:]))
"""
SAYING = """
import asyncio, sys
from agent.aloud import Aloud
from agent.news import News
from integrations.cache.redis import open_cache

async def main(url):
    async with open_cache(url) as cache:
        news = News(cache)
        aloud = Aloud(cache, news)
        print(await aloud.live("me"), await aloud.say("me", "key", "Reminder: take the pills."))
        await news.close()

asyncio.run(main(*sys.argv[1:]))
"""


def run(code: str, *arguments: str) -> str:
    """What another process has to say."""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=90, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture
def url(redis_server: RedisServer) -> str:
    return redis_server.url(3)


def notification(page: Line) -> dict[str, object]:
    """The next one, whatever else has changed."""
    while True:
        name, data = page.event()
        if name == "notification":
            return data


def test_a_worker_rings_on_the_open_page(start: Start, url: str, tmp_path: Path) -> None:
    """The page's line brings it at once; read here, it is read on every page; a page that was away catches up."""
    with start(redis={"url": url}) as chronus:
        with line(chronus) as page, line(chronus) as other:
            assert run(WORKER, str(tmp_path / "data"), url, "Take the pills") == "1 rang."
            first = notification(page)
            assert (first["about"], first["say"], first["read"]) == ("reminder", "Reminder: Take the pills.", False)
            assert notification(other) == first
            chronus.client.post(f"/v1/notifications/{first['id']}/read").raise_for_status()
            assert notification(other) == first | {"read": True}
            last = page.last
        run(WORKER, str(tmp_path / "data"), url, "Call mum")
        with line(chronus, last) as page:
            missed = notification(page)
            while missed["id"] == first["id"]:  # what came in the same moment may come again
                missed = notification(page)
            assert missed["say"] == "Reminder: Call mum."
        listed = chronus.client.get("/v1/notifications").json()
        assert [one["say"] for one in listed["items"]] == ["Reminder: Call mum.", "Reminder: Take the pills."]
        assert listed["unread"] == 1


async def test_a_worker_has_something_said_by_the_process_that_holds_the_line(url: str) -> None:
    """It knows that there is a conversation, offers it, and learns that it was heard."""
    async with open_cache(url) as cache:
        news = News(cache)
        aloud = Aloud(cache, news)
        async with aloud.conversing("me") as offers:
            async with asyncio.timeout(20):
                while not await aloud.live("me"):  # noqa: ASYNC110, nothing tells
                    await asyncio.sleep(0.01)
            worker = asyncio.create_task(asyncio.to_thread(run, SAYING, url))
            offer = await anext(offers)
            assert await aloud.claim(offer)
            assert not await aloud.claim(offer)
            await aloud.said("me", offer, heard=True)
            assert await worker == "True True"
        await news.close()


def test_a_redis_that_goes_away_loses_no_notification(start: Start, tmp_path: Path) -> None:
    """Nobody can be called out to meanwhile; the page finds it in the database all the same."""
    with redis() as server, start(redis={"url": server.url()}) as chronus, line(chronus) as page:
        run(WORKER, str(tmp_path / "data"), server.url(), "Take the pills")
        assert notification(page)["say"] == "Reminder: Take the pills."
        server.stop()
        assert run(WORKER, str(tmp_path / "data"), server.url(), "Call mum") == "1 rang."
        assert notification(page)["say"] == "Reminder: Call mum."  # with the next sign of life
        server.start()
        assert page.event() == ("changed", {"what": "calendar"})  # and so on: all of it is read anew
