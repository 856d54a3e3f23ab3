"""What is written down stays, on every database we run on, and what goes wrong is said in our words."""

import asyncio
import os
import sqlite3
import subprocess
import sys
import threading
import time
from functools import partial
from itertools import count
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text

from integrations.errors import ChronusError, Conflict, Invalid, Unavailable
from integrations.store.approvals import Approvals
from integrations.store.changes import Changes
from integrations.store.conversations import Conversations
from integrations.store.database import Database, open_database
from integrations.store.engine import FILE, open_engine
from integrations.store.migrations import migrate
from integrations.store.people import People
from integrations.store.reminders import Reminders
from integrations.store.schema import Table
from integrations.store.uncut import connect
from tests.conftest import Place
from tests.contract.test_store import NOW, asked, done
from tests.cutting import Stepped
from tests.servers import Postgres, free_port, postgres

ROOT = Path(__file__).parents[2]


async def an_owner(database: Database) -> str:
    async with database.work() as session:
        return (await People(session).owner("UTC", NOW)).id


async def remind(database: Database, owner: str, said: str) -> None:
    async with database.work() as session:
        await Reminders(session, owner).add(said, NOW)


async def texts(database: Database, owner: str) -> list[str]:
    async with database.look() as session:
        return [reminder.text for reminder in await Reminders(session, owner).all(NOW)]


def writer(data: Path) -> "subprocess.Popen[bytes]":
    """Another process that writes reminders, one after the other, and tells which are kept."""
    return subprocess.Popen([sys.executable, "-c", WRITER, data], stdout=subprocess.PIPE, cwd=ROOT)


async def test_what_raises_is_undone(database: Database) -> None:
    """All of a piece of work is kept, or nothing of it."""
    owner = await an_owner(database)
    await remind(database, owner, "kept")

    async def fail() -> None:
        async with database.work() as session:
            await Reminders(session, owner).add("undone", NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert await texts(database, owner) == ["kept"]


async def test_a_look_sees_one_moment_and_changes_nothing(database: Database) -> None:
    """What is written meanwhile is not seen, and writing is refused."""
    owner = await an_owner(database)
    async with database.look() as session:
        assert await Reminders(session, owner).all(NOW) == []
        await remind(database, owner, "meanwhile")
        assert await Reminders(session, owner).all(NOW) == []
    with pytest.raises(Unavailable):
        async with database.look() as session:
            await Reminders(session, owner).add("never", NOW)
    assert await texts(database, owner) == ["meanwhile"]


async def test_fifty_writers_all_get_their_turn(database: Database) -> None:
    """Nobody is told that the database is locked, and no write is lost."""
    owner = await an_owner(database)
    await asyncio.gather(*(remind(database, owner, str(number)) for number in range(50)))
    assert sorted(map(int, await texts(database, owner))) == list(range(50))


async def test_work_that_is_broken_off_leaves_nothing_and_blocks_nobody(database: Database) -> None:
    """Cancelled at any moment, as when somebody hangs up: what follows is served at once."""
    owner = await an_owner(database)

    async def work(number: int) -> None:
        async with database.work() as session:
            await Reminders(session, owner).add(f"half {number}", NOW)
            await asyncio.sleep(5)

    for number in range(30):
        task = asyncio.create_task(work(number))
        await asyncio.sleep(number * 0.0005)
        task.cancel()
        await asyncio.wait([task])
    async with asyncio.timeout(2):
        await asyncio.gather(*(remind(database, owner, "whole") for _ in range(10)))
    assert await texts(database, owner) == ["whole"] * 10


async def test_a_race_has_one_winner(database: Database) -> None:
    """One owner, one current thread, one decision, however many ask at once."""

    async def owner() -> str:
        async with database.work() as session:
            return (await People(session).owner("UTC", NOW)).id

    (me,) = set(await asyncio.gather(*(owner() for _ in range(8))))
    async with database.work() as session:
        approval = (await asked(Approvals(session, me))).id

    async def thread() -> str:
        async with database.work() as session:
            return (await Conversations(session, me).current(NOW)).id

    async def decide() -> bool:
        async with database.work() as session:
            return await Approvals(session, me).decide(approval, "approved", NOW)

    assert len(set(await asyncio.gather(*(thread() for _ in range(8))))) == 1
    assert (await asyncio.gather(*(decide() for _ in range(8)))).count(True) == 1


async def test_a_naive_time_is_a_mistake_of_ours(database: Database) -> None:
    """It is not taken for UTC."""
    owner = await an_owner(database)
    with pytest.raises(TypeError):
        async with database.work() as session:
            await Reminders(session, owner).add("when?", NOW.replace(tzinfo=None))


async def test_what_is_there_already_is_a_conflict(database: Database) -> None:
    """Also for what the database alone can know."""
    owner = await an_owner(database)

    async def put(key: str) -> None:
        async with database.work() as session:
            await done(Changes(session, owner), key=key)

    await put("one")
    await put("two")
    with pytest.raises(Conflict):
        await put("one")


async def test_migrations_give_exactly_the_tables(place: Place) -> None:
    """What the migrations make is what the classes say, and a second run changes nothing."""
    await migrate(place.url, place.data)

    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "render_as_batch": True})
        return list(compare_metadata(context, Table.metadata))

    engine = open_engine(place.url, place.data)
    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []
    await engine.dispose()


async def test_many_may_migrate_at_once(postgres_server: Postgres, tmp_path: Path) -> None:
    """Four servers that start together on an empty database all come up."""
    engine = open_engine(postgres_server.url(), tmp_path)
    async with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        await connection.exec_driver_sql("DROP DATABASE IF EXISTS empty")
        await connection.exec_driver_sql("CREATE DATABASE empty")
    await engine.dispose()
    for url, data in ((postgres_server.url("empty"), tmp_path), (None, tmp_path / "new")):
        await asyncio.gather(*(migrate(url, data) for _ in range(4)))
        async with open_database(url, data) as database:
            await an_owner(database)


async def test_data_of_a_newer_chronus_is_left_alone(place: Place) -> None:
    """An older one says so and doesn't start."""
    async with open_database(place.url, place.data) as database, database.work() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(Conflict, match="newer Chronus"):
        await migrate(place.url, place.data)


class TestSqlite:
    """A file in the data folder."""

    async def test_nobody_else_can_read_it(self, tmp_path: Path) -> None:
        """Neither the folder, nor the file, nor those that SQLite puts beside it."""
        data = tmp_path / "deep" / "data"
        await migrate(None, data)
        async with open_database(None, data) as database:
            await an_owner(database)
            modes = {path.name: path.stat().st_mode & 0o777 for path in (data, *data.iterdir())}
        assert modes == {"data": 0o700, FILE: 0o600, f"{FILE}-wal": 0o600, f"{FILE}-shm": 0o600}

    def test_somebody_elses_folder_is_left_as_it_is(self, tmp_path: Path) -> None:
        """A folder with other things in it keeps its mode; the database in it is still ours alone."""
        tmp_path.chmod(0o755)
        (tmp_path / "photo.jpg").touch()
        asyncio.run(migrate(None, tmp_path))
        assert (tmp_path.stat().st_mode & 0o777, (tmp_path / FILE).stat().st_mode & 0o777) == (0o755, 0o600)

    async def test_it_is_set_up_to_survive(self, tmp_path: Path) -> None:
        """A write-ahead log, every commit on disk, references that hold."""
        async with open_database(None, tmp_path) as database, database.look() as session:
            asked = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
            assert [await session.scalar(text(f"PRAGMA {name}")) for name in asked] == ["wal", 2, 1, 5000]

    async def test_what_was_acknowledged_survives_a_kill(self, tmp_path: Path) -> None:
        """A process killed in the middle of writing loses nothing it was told is kept."""
        await migrate(None, tmp_path)
        for _ in range(3):
            process = writer(tmp_path)
            assert process.stdout
            told = [process.stdout.readline().decode().strip() for _ in range(20)]
            process.kill()
            told += process.stdout.read().decode().split("\n")[:-1]
            process.wait()
            process.stdout.close()
            async with open_database(None, tmp_path) as database:
                kept = await texts(database, await an_owner(database))
                async with database.look() as session:
                    assert await session.scalar(text("PRAGMA integrity_check")) == "ok"
            assert set(told) <= set(kept)

    async def test_two_processes_may_write(self, tmp_path: Path) -> None:
        """The command line may set something while the server runs."""
        await migrate(None, tmp_path)
        process = writer(tmp_path)
        assert process.stdout
        process.stdout.readline()
        async with open_database(None, tmp_path) as database:
            owner = await an_owner(database)
            for number in range(50):
                await remind(database, owner, f"mine {number}")
            assert process.poll() is None
            assert len([said for said in await texts(database, owner) if said.startswith("mine")]) == 50
        process.kill()
        process.communicate()

    async def test_a_lock_that_stays_is_unavailable(self, tmp_path: Path) -> None:
        """After as much patience as told, in words that say to try again; reading goes on all the while."""
        await migrate(None, tmp_path)
        async with open_database(None, tmp_path, wait=0.2) as database:
            owner = await an_owner(database)
            other = sqlite3.connect(tmp_path / FILE, isolation_level=None)
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(Unavailable, match="busy"):
                await an_owner(database)
            assert await texts(database, owner) == []
            other.close()
            await an_owner(database)

    async def test_closing_ends_though_somebody_else_closes_it_too(self, tmp_path: Path) -> None:
        """A server that goes closes what a cancelled request is just closing: whichever is first, both come to their end."""
        for steps in range(40):
            connection = await connect(str(tmp_path / FILE))
            closing = asyncio.ensure_future(connection.close())
            for _ in range(steps // 2):
                await asyncio.sleep(0)
            connection.stop()
            if steps % 2:
                closing.cancel()
            ended, _ = await asyncio.wait({closing}, timeout=20)
            assert ended, steps
        for thread in threading.enumerate():  # one that is still closing would speak to the next test's loop
            if "_connection_worker" in thread.name:
                await asyncio.to_thread(thread.join, 20)

    def test_a_connection_that_was_given_up_has_ended_with_its_database(self, tmp_path: Path) -> None:
        """Nobody waited for it, and its thread was busy: after the loop there is none left to speak to a loop that is closed."""

        async def given_up() -> threading.Thread:
            async with open_database(None, tmp_path):
                connection = await connect(str(tmp_path / FILE))
                connection._tx.put_nowait((None, partial(time.sleep, 0.3)))  # what its thread does next
                connection.stop()
                return connection._thread

        thread = asyncio.run(given_up())
        thread.join(0.1)
        assert not thread.is_alive()

    async def test_a_damaged_file_is_named(self, tmp_path: Path) -> None:
        """It is not overwritten."""
        (tmp_path / FILE).write_bytes(b"not a database, but somebody's bytes" * 100)
        with pytest.raises(Unavailable, match="damaged"):
            await migrate(None, tmp_path)
        assert (tmp_path / FILE).read_bytes().startswith(b"not a database")

    async def test_a_folder_that_cannot_be_is_named(self, tmp_path: Path) -> None:
        """A file stands where the folder should be."""
        (tmp_path / "file").touch()
        with pytest.raises(Unavailable, match="folder"):
            await migrate(None, tmp_path / "file" / "data")

    def test_a_full_disk_loses_nothing(self, tmp_path: Path) -> None:
        """It is said in one sentence, what was kept is still there, and with room again it goes on."""
        mount = f"mount -t tmpfs -o size=2m tmpfs {tmp_path} && exec {sys.executable} -c '{FULL}' {tmp_path}"
        user = [] if os.geteuid() == 0 else ["-r"]
        ran = subprocess.run(["unshare", *user, "-m", "sh", "-c", mount], cwd=ROOT, capture_output=True, check=False)
        if b"mount:" in ran.stderr or b"unshare:" in ran.stderr:
            pytest.skip("this machine lets nobody mount a small disk")
        assert ran.stdout.decode().splitlines() == ["My disk is full, so I couldn't save that.", "kept", "ok", "again"]


class TestPostgres:
    """A server somewhere else."""

    async def test_a_server_that_comes_back_is_used_again(self, postgres_server: Postgres, tmp_path: Path) -> None:
        """While it is away everything is unavailable, in our words and quickly; what was kept is there afterwards."""
        with postgres(haste=False) as server:
            await migrate(server.url(), tmp_path)
            async with open_database(server.url(), tmp_path) as database:
                owner = await an_owner(database)
                await remind(database, owner, "kept")

                async def lose() -> None:
                    async with database.work() as session:
                        await asyncio.to_thread(server.stop, "immediate")
                        await Reminders(session, owner).add("lost", NOW)

                with pytest.raises(Unavailable):
                    await lose()
                for attempt in (database.ping(), an_owner(database), texts(database, owner)):
                    with pytest.raises(Unavailable):
                        await attempt
                await asyncio.to_thread(server.start)
                assert await texts(database, owner) == ["kept"]

    async def test_a_statement_that_takes_too_long_is_ended(self, postgres_server: Postgres, tmp_path: Path) -> None:
        """For the person waits."""
        async with open_database(postgres_server.url("scratch"), tmp_path, wait=0.2) as database:
            with pytest.raises(Unavailable, match="busy"):
                async with database.look() as session:
                    await session.execute(text("SELECT pg_sleep(20)"))
            await database.ping()

    @pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+asyncpg"])
    async def test_the_usual_addresses_are_understood(
        self, postgres_server: Postgres, tmp_path: Path, scheme: str
    ) -> None:
        """As hosters write them, with libpq's parameters."""
        url = postgres_server.url("scratch").replace("postgresql", scheme) + "?sslmode=prefer&channel_binding=prefer"
        async with open_database(url, tmp_path) as database:
            await database.ping()

    @pytest.mark.parametrize("url", ["mysql://root@127.0.0.1/x", "what?", "sqlite:///x.db"])
    async def test_an_address_that_is_none_is_refused(self, tmp_path: Path, url: str) -> None:
        """At once, and without repeating what may hold a password."""
        with pytest.raises(Invalid) as refusal:
            async with open_database(url, tmp_path):
                pass
        assert url not in refusal.value.say

    async def test_nobody_there_is_unavailable(self, tmp_path: Path) -> None:
        """Also for migrations."""
        url = f"postgresql://postgres@127.0.0.1:{free_port()}/x"
        async with open_database(url, tmp_path) as database:
            with pytest.raises(Unavailable):
                await database.ping()
        with pytest.raises(ChronusError):
            await migrate(url, tmp_path)


WRITER = """
import asyncio, sys
from pathlib import Path
from integrations.store.database import open_database
from integrations.store.people import People
from integrations.store.reminders import Reminders
from integrations.store.tables import new_id
from tests.contract.test_store import NOW

async def main():
    async with open_database(None, Path(sys.argv[1])) as database:
        async with database.work() as session:
            owner = (await People(session).owner("UTC", NOW)).id
        while True:
            name = new_id()
            async with database.work() as session:
                await Reminders(session, owner).add(name, NOW)
            print(name, flush=True)

asyncio.run(main())
"""

FULL = """
import asyncio, sys
from pathlib import Path
from sqlalchemy import text
from integrations.errors import Unavailable
from integrations.store.database import open_database
from integrations.store.migrations import migrate
from integrations.store.people import People
from integrations.store.reminders import Reminders
from tests.contract.test_store import NOW

async def main():
    data = Path(sys.argv[1])
    await migrate(None, data)
    async with open_database(None, data) as database:
        async with database.work() as session:
            owner = (await People(session).owner("UTC", NOW)).id
            await Reminders(session, owner).add("kept", NOW)
        (data / "filler").write_bytes(bytes(400_000))
        try:
            async with database.work() as session:
                await Reminders(session, owner).add("x" * 4_000_000, NOW)
        except Unavailable as refusal:
            print(refusal.say)
        async with database.look() as session:
            for reminder in await Reminders(session, owner).all(NOW):
                print(reminder.text)
            print(await session.scalar(text("PRAGMA integrity_check")))
        (data / "filler").unlink()
        async with database.work() as session:
            print((await Reminders(session, owner).add("again", NOW)).text)

asyncio.run(main())
"""


async def test_work_that_is_cut_off_anywhere_holds_nobody_up(database: Database) -> None:
    """Cancelled at any of its awaits, a piece of work keeps no lock: the next one writes at once, and nothing was kept by halves."""
    owner = await an_owner(database)

    async def two(name: str) -> None:
        async with database.work() as session:
            reminders = Reminders(session, owner)
            await reminders.add(name, NOW)
            await reminders.all(NOW)
            await reminders.add(name, NOW)

    for at in count(1):
        whole = await Stepped(two(str(at)), at)
        async with asyncio.timeout(4):
            await remind(database, owner, "after")
        kept = (await texts(database, owner)).count(str(at))
        assert kept in ({2} if whole else {0, 2}), at
        if whole:
            break
    assert at > 5
