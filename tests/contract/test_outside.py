"""Waiting for somebody else's server in the midst of a piece of work."""

import asyncio
from pathlib import Path

import pytest

from integrations.errors import NotConnected, Unavailable
from integrations.google.writing import attempt
from integrations.store.database import TURN, Database, open_database, outside
from integrations.store.google_accounts import GoogleAccounts, Grant, still
from integrations.store.migrations import migrate
from integrations.store.people import People
from integrations.store.ring import Ring
from tests.worlds import NOW


async def test_others_may_write_meanwhile(database: Database) -> None:
    """Neither SQLite's one writer nor a row's lock is held while Google thinks."""
    async with database.work() as session:
        mine = await People(session).add(zone="UTC", now=NOW, name="mine")
        async with outside(session), asyncio.timeout(2), database.work() as other:
            await People(other).change(mine.id, name="theirs")
        assert (await People(session).get(mine.id)).name == "theirs"
        await People(session).change(mine.id, name="mine again")
    async with database.look() as session:
        assert (await People(session).get(mine.id)).name == "mine again"


async def test_what_was_noted_before_stays(database: Database) -> None:
    """Whatever happens afterwards: that is what a note before a call is for."""
    noted: list[str] = []

    async def breaks_off() -> None:
        async with database.work() as session:
            noted.append((await People(session).add(zone="UTC", now=NOW, name="noted")).id)
            async with outside(session):
                pass
            await People(session).change(noted[0], name="lost")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await breaks_off()
    async with database.look() as session:
        assert (await People(session).get(noted[0])).name == "noted"


async def test_a_call_that_fails_leaves_a_session_that_works(database: Database) -> None:
    """The refusal comes through, and what came of it can be written down."""
    async with database.work() as session:
        noted = await People(session).add(zone="UTC", now=NOW, name="noted")
        with pytest.raises(ConnectionError):
            async with outside(session):
                raise ConnectionError
        await People(session).change(noted.id, name="failed")
    async with database.look() as session:
        assert (await People(session).get(noted.id)).name == "failed"


async def test_a_look_can_wait_too(database: Database) -> None:
    """And sees afterwards what happened meanwhile."""
    async with database.look() as session:
        async with outside(session), database.work() as other:
            new = await People(other).add(zone="UTC", now=NOW, name="new")
        assert (await People(session).get(new.id)).name == "new"


async def test_work_for_an_account_ends_with_it(database: Database) -> None:
    """Nothing is written for one that has gone, begun before or after; and it doesn't go in the midst of a write."""
    ring = Ring(lambda: b"the secret of this deployment")
    grant = Grant(scopes=("openid",), access="a", access_until=NOW, refresh="r")
    async with database.work() as session:
        person = await People(session).add(zone="UTC", now=NOW, name="Robin")
        account = await GoogleAccounts(session, ring).connect(person.id, sub="1", email="r@x.org", grant=grant, now=NOW)
    order: list[str] = []

    async def leave() -> None:
        async with database.work() as session:
            await GoogleAccounts(session, ring).leave(person.id, door=True)
            order.append("left")

    mine = database.while_so(still(account))
    async with mine.work() as session, asyncio.TaskGroup() as others:
        others.create_task(leave())
        await asyncio.sleep(0.2)  # time enough to go, if it could
        await People(session).change(person.id, name="written")
        order.append("written")
        await session.commit()
        if turn := session.info[TURN]:
            turn.give()
    assert order == ["written", "left"]
    with pytest.raises(NotConnected):
        async with mine.work():
            pass


async def test_what_google_did_is_never_queued_again(tmp_path: Path) -> None:
    """The database too busy to write down that it was done is not Google being away: that would do it twice."""
    await migrate(None, tmp_path)
    async with open_database(None, tmp_path, wait=0.1) as database, asyncio.TaskGroup() as others:
        busy = asyncio.Event()

        async def writer() -> None:
            async with database.work():
                await busy.wait()

        async def carry(again: bool) -> None:
            others.create_task(writer())
            await asyncio.sleep(0.01)

        with pytest.raises(Unavailable):
            async with database.work() as session:
                await attempt(session, carry)
        busy.set()
