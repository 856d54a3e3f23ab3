"""Whose a Google account becomes, on every database we run on."""

import asyncio
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from integrations.errors import Conflict
from integrations.google.identity import Identity
from integrations.google.linking import Rules, link
from integrations.store.database import Database
from integrations.store.google_accounts import GoogleAccount, Grant
from integrations.store.people import Person
from integrations.store.ring import Ring

NOW = datetime(2026, 3, 4, 9, 20, tzinfo=UTC)
RULES = Rules(people=[], owner="new", zone="Europe/Berlin")
GRANT = Grant(scopes=("openid",), access="ya29.x", access_until=NOW + timedelta(hours=1), refresh="1//x")


async def come_in(database: Database, name: str) -> str:
    """Somebody signs in with their account; their id here."""
    identity = Identity(sub=f"sub-{name}", email=f"{name}@example.org", name=name, verified=True)
    ring = Ring(lambda: b"the secret of this deployment")
    async with database.work() as session:
        return (await link(session, ring, identity=identity, grant=GRANT, person_id=None, rules=RULES, now=NOW)).id


async def test_many_who_come_first_make_one_owner(database: Database) -> None:
    """Of five at the same moment one is the owner; who is told to try again gets in as themselves."""
    names = ["anna", "bob", "cleo", "dan", "eve"]
    tried = await asyncio.gather(*(come_in(database, name) for name in names), return_exceptions=True)
    assert all(isinstance(one, str | Conflict) for one in tried), tried

    ids = [await come_in(database, name) for name in names]

    assert len(set(ids)) == 5
    assert all(isinstance(one, Conflict) or one == ids[n] for n, one in enumerate(tried))
    async with database.look() as session:
        owners = (await session.scalars(select(Person.id).where(Person.owner))).all()
        accounts = (await session.scalars(select(GoogleAccount.person_id))).all()
    assert len(owners) == 1
    assert owners[0] in ids
    assert sorted(accounts) == sorted(ids)


async def test_one_account_twice_at_once_is_one_person(database: Database) -> None:
    """Two tabs, one account, the same moment: one person."""
    tried = await asyncio.gather(*(come_in(database, "anna") for _ in range(4)), return_exceptions=True)

    found = {one for one in tried if isinstance(one, str)}
    assert len(found) == 1
    assert all(isinstance(one, str | Conflict) for one in tried), tried
    assert await come_in(database, "anna") in found
