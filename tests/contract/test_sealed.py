"""What is sealed in the database: useless to a thief, tied to its person and column, and moved to new keys live."""

import asyncio
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, text, update

from integrations.store.database import Database, open_database
from integrations.store.google_accounts import GoogleAccount, GoogleAccounts, Grant
from integrations.store.people import Person
from integrations.store.ring import Ring, RingKey, Unreadable
from integrations.store.rotation import rotate
from tests.conftest import Place

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 3, 4, 9, 20, tzinfo=UTC)
SECRET = b"the secret of this deployment"


def a_ring(secret: bytes = SECRET, earlier: bytes | None = None) -> Ring:
    """As another process would open it."""
    return Ring(lambda: secret, lambda: earlier)


async def account(database: Database, ring: Ring, person: str) -> None:
    """Somebody with an account whose refresh token is "1//" and their name."""
    grant = Grant(
        scopes=("openid",), access=f"ya29.{person}", access_until=NOW + timedelta(hours=1), refresh=f"1//{person}"
    )
    async with database.work() as session:
        session.add(Person(id=person, zone="UTC", created_at=NOW))
        await session.flush()
        accounts = GoogleAccounts(session, ring)
        await accounts.connect(person, sub=f"sub-{person}", email=f"{person}@example.org", grant=grant, now=NOW)


async def token(database: Database, ring: Ring, person: str) -> str | None:
    """The refresh token, opened."""
    async with database.look() as session:
        accounts = GoogleAccounts(session, ring)
        found = await accounts.of(person)
        assert found
        return await accounts.secret(found, "refresh_token")


async def keys(database: Database) -> list[int]:
    """The numbers of the ring."""
    async with database.look() as session:
        return list((await session.scalars(select(RingKey.id).order_by(RingKey.id))).all())


@pytest.fixture
async def crowd(database: Database) -> Database:
    """Seven people with accounts."""
    for number in range(7):
        await account(database, a_ring(), f"p{number}")
    return database


async def test_a_stolen_database_tells_no_token(place: Place) -> None:
    """Neither the file nor its log nor a dump holds a token, nor the key to one."""
    async with open_database(place.url, place.data) as database:
        ring = a_ring()
        await account(database, ring, "anna")
        async with database.look() as session:
            rows = [*(await session.execute(text("SELECT * FROM google_accounts"))).all()]
            rows += (await session.execute(text("SELECT * FROM ring_keys"))).all()
            found = str(rows).encode()
        found += b"".join(file.read_bytes() for file in place.data.glob("chronus.db*"))

        assert b"anna@example.org" in found  # what isn't secret is there, so this looked at the right place
        for secret in (b"1//anna", b"ya29.anna", SECRET):
            assert secret not in found
        assert await token(database, a_ring(), "anna") == "1//anna"


async def test_another_secret_opens_nothing(database: Database) -> None:
    """Whoever has the database and another secret reads nothing."""
    await account(database, a_ring(), "anna")

    with pytest.raises(Unreadable):
        await token(database, a_ring(b"somebody else's secret"), "anna")


@pytest.mark.parametrize(("take", "put"), [("anna", "bob"), ("refresh_token", "access_token")])
async def test_a_value_moved_elsewhere_is_refused(database: Database, take: str, put: str) -> None:
    """Ciphertext put into another person's row, or into another column, doesn't open."""
    ring = a_ring()
    await account(database, ring, "anna")
    await account(database, ring, "bob")
    column = "access_token" if put == "access_token" else "refresh_token"
    async with database.work() as session:
        taken = await session.scalar(select(GoogleAccount.refresh_token).where(GoogleAccount.person_id == "anna"))
        into = "bob" if put == "bob" else "anna"
        await session.execute(update(GoogleAccount).where(GoogleAccount.person_id == into).values({column: taken}))

    async with database.look() as session:
        accounts = GoogleAccounts(session, ring)
        found = await accounts.of(into)
        assert found
        with pytest.raises(Unreadable):
            await accounts.secret(found, "access_token" if put == "access_token" else "refresh_token")


@pytest.mark.parametrize(
    "damage", ["", "s1.1.", "s1.1.AAAA", "s1.9.AAAAAAAAAAAAAAAAAAAAAAAA", "s2.1.AAAA", "1//bare", "s1.1.é"]
)
async def test_a_damaged_value_is_refused(database: Database, damage: str) -> None:
    """Empty, cut short, of an unknown key or not sealed at all: unreadable, never a guess."""
    ring = a_ring()
    await account(database, ring, "anna")
    async with database.work() as session:
        await session.execute(update(GoogleAccount).values(refresh_token=damage))

    with pytest.raises(Unreadable):
        await token(database, ring, "anna")


async def test_a_key_whose_making_was_undone_seals_nothing(database: Database) -> None:
    """A transaction that fails takes its new key with it; what is sealed next can be read by everybody."""
    ring = a_ring()

    async def fail() -> None:
        async with database.work() as session:
            await ring.seal(session, "x", person_id="anna", place="a.b")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    await account(database, ring, "anna")

    assert await token(database, a_ring(), "anna") == "1//anna"


async def test_rotating_moves_everything_and_drops_the_old_key(crowd: Database) -> None:
    """A server with its keys in memory reads on, what it writes next is by the new key, the old one is gone."""
    serving = a_ring()
    assert await token(crowd, serving, "p0") == "1//p0"

    done = await rotate(crowd, a_ring(), batch=3)

    assert (done.key, done.moved, done.lost, done.dropped) == (2, 14, 0, 1)
    assert await keys(crowd) == [2]
    assert [await token(crowd, serving, f"p{n}") for n in range(7)] == [f"1//p{n}" for n in range(7)]
    await account(crowd, serving, "late")
    async with crowd.look() as session:
        sealed = (await session.scalars(select(GoogleAccount.refresh_token))).all()
    assert {str(one).split(".")[1] for one in sealed} == {"2"}


async def test_a_rotation_cut_off_goes_on(crowd: Database) -> None:
    """Stopped half-way, everything can be read by anyone; begun again, it goes on with the key it had made."""

    def stop(done: int) -> None:
        if done >= 4:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await rotate(crowd, a_ring(), batch=2, moved=stop)
    assert await keys(crowd) == [1, 2]
    assert [await token(crowd, a_ring(), f"p{n}") for n in range(7)] == [f"1//p{n}" for n in range(7)]

    done = await rotate(crowd, a_ring(), batch=2)

    assert (done.key, done.moved) == (2, 10)
    assert await keys(crowd) == [2]
    assert [await token(crowd, a_ring(), f"p{n}") for n in range(7)] == [f"1//p{n}" for n in range(7)]


async def test_what_a_server_writes_meanwhile_is_not_overwritten(crowd: Database) -> None:
    """A token renewed between the rotation's reading and its writing stays the renewed one."""
    serving, seen = a_ring(), asyncio.Event()

    async def renew() -> None:
        grant = Grant(scopes=(), access="ya29.new", access_until=NOW + timedelta(hours=2), refresh="1//new")
        await seen.wait()
        async with crowd.work() as session:
            accounts = GoogleAccounts(session, serving)
            assert await accounts.renewed("p6", since=NOW, grant=grant)

    renewing = asyncio.create_task(renew())
    await asyncio.sleep(0)
    await rotate(crowd, a_ring(), batch=1, moved=lambda _: seen.set())
    await renewing

    assert await token(crowd, a_ring(), "p6") == "1//new"


async def test_a_damaged_value_stops_no_rotation(crowd: Database) -> None:
    """It is counted and left; the others move, and the next rotation makes a new key."""
    async with crowd.work() as session:
        bad = update(GoogleAccount).where(GoogleAccount.person_id == "p3").values(refresh_token="s1.1.AAAA")
        await session.execute(bad)

    first = await rotate(crowd, a_ring())
    second = await rotate(crowd, a_ring())

    assert (first.key, first.moved, first.lost) == (2, 13, 1)
    assert (second.key, second.moved, second.lost) == (3, 13, 1)
    assert await token(crowd, a_ring(), "p5") == "1//p5"


async def test_a_new_secret_takes_over(crowd: Database) -> None:
    """With the secret before beside it everything can be read; after a rotation the new one suffices."""
    new = b"another secret of this deployment"
    assert await token(crowd, a_ring(new, SECRET), "p0") == "1//p0"

    await rotate(crowd, a_ring(new, SECRET))

    assert await token(crowd, a_ring(new), "p0") == "1//p0"
    with pytest.raises(Unreadable):
        await token(crowd, a_ring(SECRET), "p0")


async def test_nothing_sealed_nothing_to_rotate(database: Database) -> None:
    """A fresh Chronus has no keys, and rotating makes none."""
    assert (await rotate(database, a_ring())).key is None
    assert await keys(database) == []


KILLED = """
import asyncio, sys
from pathlib import Path
from integrations.store.database import open_database
from integrations.store.ring import Ring
from integrations.store.rotation import rotate

async def main():
    url = sys.argv[2] if len(sys.argv) > 2 else None
    async with open_database(url, Path(sys.argv[1])) as database:
        ring = Ring(lambda: sys.argv[3].encode() if len(sys.argv) > 3 else b"the secret of this deployment")
        await rotate(database, ring, batch=10, moved=lambda done: print(done, flush=True))

asyncio.run(main())
"""


@pytest.mark.slow
async def test_ten_thousand_are_rotated_through_kills_and_a_living_server(place: Place) -> None:
    """Killed with -9 three times and begun again, while a server reads and renews: nothing lost, one key left."""
    async with open_database(place.url, place.data, wait=30) as database:
        ring = a_ring()
        await _many(database, ring, 10_000)
        for until in (400, 2000, 5000):
            command = [sys.executable, "-c", KILLED, str(place.data), *([place.url] if place.url else [])]
            process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT)
            assert process.stdout
            while int(await asyncio.to_thread(process.stdout.readline) or b"1000000") < until:
                assert await token(database, ring, "p7") == "1//p7"  # served meanwhile
            process.kill()
            process.wait()
            process.stdout.close()
            assert await keys(database) == [1, 2]

        served = asyncio.create_task(_serve(database, ring))
        done = await rotate(database, a_ring())
        served.cancel()

        assert await keys(database) == [2]
        assert done.lost == 0
        async with database.look() as session:
            count = await session.scalar(select(func.count()).where(GoogleAccount.refresh_token.startswith("s1.2.")))
        assert count == 10_000
        for number in range(0, 10_000, 97):
            assert await token(database, a_ring(), f"p{number}") == f"1//p{number}"


async def _serve(database: Database, ring: Ring) -> None:
    while True:
        assert await token(database, ring, "p9999") == "1//p9999"
        grant = Grant(scopes=(), access="ya29.x", access_until=NOW + timedelta(hours=1))
        async with database.work() as session:
            await GoogleAccounts(session, ring).renewed("p9998", since=NOW, grant=grant)


async def _many(database: Database, ring: Ring, count: int) -> None:
    async with database.work() as session:
        number = await ring.current(session)
        for n in range(count):
            session.add(Person(id=f"p{n}", zone="UTC", created_at=NOW))
        await session.flush()
        for n in range(count):
            session.add(
                GoogleAccount(
                    person_id=f"p{n}", sub=f"sub{n}", email="", scopes="", state="connected", connected_at=NOW,
                    refresh_token=ring.seal_by(number, f"1//p{n}", person_id=f"p{n}", place="google_accounts.refresh_token"),
                )
            )  # fmt: skip
