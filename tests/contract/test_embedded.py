"""What a server does unasked: reminders stand in no line, and open pages hear what was written."""

import asyncio
from datetime import timedelta
from pathlib import Path

from agent.news import Follower
from agent.services import Services
from integrations.store import demo
from integrations.store.owed import OwedWork
from integrations.store.reminders import Reminders
from jobs import catalogue  # noqa: F401, fills JOBS
from jobs.embedded import beside
from jobs.ledger import Ledger
from jobs.run import JOBS, LIMITS, Owed, do, job
from jobs.worker import MANY
from tests.worlds import World, open_world


async def rung(world: World) -> list[str]:
    """What the person has been told."""
    async with world.services.context(world.person, write=False) as ctx:
        return [one.say for one in await ctx.notifications.all()]


async def test_a_reminder_rings_while_all_others_are_busy(tmp_path: Path) -> None:
    """As many long readings as are done side by side, aside and all, and some more: a reminder passes them all."""
    under_way, over = asyncio.Queue[str](), asyncio.Event()

    @job("test.long")
    async def long(_: Services, owed: Owed) -> None:
        await under_way.put(owed.slot)
        await over.wait()

    try:
        async with open_world(tmp_path) as world, beside(world.services, after=0, at_once=2):
            for number in range(MANY + 5):
                await world.services.queue.ask("test.long", world.person.id, slot=str(number))
            async with asyncio.timeout(120):
                assert len({await under_way.get() for _ in range(MANY + 2)}) == MANY + 2
            async with world.services.database.work() as session:
                due = world.clock() - timedelta(seconds=1)
                await Reminders(session, world.person.id).add("call mum", due, world.person.zone)
            async with world.services.news.follow(world.person.id) as news, asyncio.timeout(30):
                while not (told := await rung(world)):
                    await news.next(1)
            assert told == ["Reminder: call mum."]
            assert under_way.empty()
    finally:
        over.set()
        del JOBS["test.long"], LIMITS["test.long"]


async def test_open_pages_hear_what_was_written_unasked(tmp_path: Path) -> None:
    """Whoever has the page open at eight sees their digest and briefing come, and what is decided elsewhere go."""
    async with open_world(tmp_path) as world:
        ledger = Ledger(world.services.database, world.clock, world.services.nudges)
        asks = {"from": "Dana <dana@acme.example>", "subject": "Relay", "body": "Please bring a towel.", "unread": True}
        async with world.services.database.work() as session:
            await demo.load(session, world.person, world.clock(), messages=[asks])
        async with world.services.news.follow(world.person.id) as news:
            for name, part in (("email.digest", "digest"), ("briefing.write", "briefing")):
                async with world.services.database.work() as session:
                    one = await OwedWork(session).owe(name, world.person.id, "2026-03-04", now=world.clock())
                await do(world.services, ledger, one or "", "a worker")
                await heard(news, {part, "jobs"})
            await world.say("what should I do from my mail?")
            await world.say("dismiss the first one")
            await heard(news, {"digest"})


async def heard(news: Follower, wanted: set[str]) -> None:
    """Wait until all of these were said to have changed."""
    async with asyncio.timeout(60):
        while wanted:
            piece = await news.next(60)
            wanted -= set(piece.data["what"]) if piece else set()
