"""Briefings as they are kept: one a day however many write, and feeds whose secrets are kept nowhere."""

import asyncio
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from integrations.store.briefings import Briefings, Feeds
from integrations.store.database import Database
from integrations.store.people import People

NOW = datetime(2026, 3, 4, 8, tzinfo=UTC)
DAY = date(2026, 3, 4)


@pytest.fixture
async def me(session: AsyncSession) -> str:
    return (await People(session).add(zone="Europe/Berlin", now=NOW)).id


async def test_of_many_writers_at_once_there_is_one_briefing(database: Database) -> None:
    """All of them write the same row, one after the other, and none of what they did is lost."""
    async with database.work() as session:
        person = (await People(session).add(zone="Europe/Berlin", now=NOW)).id

    async def write() -> str:
        async with database.work() as session:
            briefings = Briefings(session, person)
            one = await briefings.opened(DAY)
            one.cursor += 1
            await briefings.keep()
            return one.id

    ids = await asyncio.gather(*(write() for _ in range(8)))
    async with database.look() as session:
        (kept,) = await Briefings(session, person).latest()
    assert set(ids) == {kept.id}
    assert kept.cursor == 8


async def test_each_day_and_person_has_their_own(session: AsyncSession, me: str) -> None:
    """Newest first, and nobody sees another's."""
    other = (await People(session).add(zone="Europe/Berlin", now=NOW)).id
    mine = Briefings(session, me)
    first, second = await mine.opened(DAY), await mine.opened(date(2026, 3, 5))
    theirs = await Briefings(session, other).opened(DAY)

    assert len({first.id, second.id, theirs.id}) == 3
    assert [one.day for one in await mine.latest()] == ["2026-03-05", "2026-03-04"]
    assert await mine.on(date(2026, 3, 6)) is None


async def test_the_turn_that_tells_it_finds_it(session: AsyncSession, me: str) -> None:
    """Also when it was another day when the turn began."""
    briefings = Briefings(session, me)
    yesterday, _ = await briefings.opened(DAY), await briefings.opened(date(2026, 3, 5))
    yesterday.telling = {"turn": "t", "starts": 0, "ends": 9}
    await briefings.keep()

    found = await briefings.told_in("t")
    assert found is not None
    assert found.id == yesterday.id
    assert await briefings.told_in("another") is None


async def test_one_secret_opens_a_feed_until_it_is_replaced(session: AsyncSession, me: str) -> None:
    """The newest counts, a closed one doesn't, and the secret itself stands nowhere."""
    feeds = Feeds(session)
    await feeds.open(me, "a" * 32, "first-secret", NOW)
    await feeds.open(me, "b" * 32, "second-secret", NOW)

    assert await feeds.whose("first-secret") is None
    assert await feeds.whose("second-secret") == me
    assert "secret" not in str((await session.execute(text("SELECT * FROM briefing_feeds"))).all())
    feed = await feeds.of(me)
    assert feed is not None
    assert (feed.is_opened_by("second-secret"), feed.is_opened_by("first-secret")) == (True, False)
    await feeds.close(me)
    assert await feeds.whose("second-secret") is None


async def test_they_go_with_the_person(session: AsyncSession, me: str) -> None:
    """Briefings and feed alike."""
    await Briefings(session, me).opened(DAY)
    await Feeds(session).open(me, "a" * 32, "secret", NOW)
    await People(session).delete(me)
    session.expunge_all()
    assert await Briefings(session, me).latest() == []
    assert await Feeds(session).whose("secret") is None
