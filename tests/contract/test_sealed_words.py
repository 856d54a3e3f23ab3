"""What people said and wrote: no thief of a database reads it, and nobody who uses it notices that it is sealed."""

import asyncio
import base64
import json
import subprocess
import sys
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Text, func, select, text, type_coerce, update

from integrations.store.changes import Change, Changes
from integrations.store.conversations import Conversations, Turn
from integrations.store.database import Database, open_database
from integrations.store.intents import Intents
from integrations.store.mail_copies import MailCopies, MailCopy
from integrations.store.memories import Memories, Memory
from integrations.store.notifications import Notification, Notifications
from integrations.store.people import Person
from integrations.store.reminders import Reminders
from integrations.store.rotation import rotate, seal_plain
from integrations.store.sealing import LOST, private_names
from integrations.store.suggestions import Suggestion, Suggestions
from integrations.store.tables import Table
from tests.conftest import Place
from tests.contract.test_sealed import KILLED, NOW, ROOT, a_ring, keys

CANARY = "pomegranate"


@pytest.fixture
async def sealing(place: Place) -> Any:
    """An open database of this deployment's secret, with Anna and Bob in it."""
    async with open_database(place.url, place.data, ring=a_ring()) as database:
        await people(database, "anna", "bob")
        yield database


async def people(database: Database, *names: str) -> None:
    """Somebody to whom things belong."""
    async with database.work() as session:
        session.add_all([Person(id=name, zone="UTC", created_at=NOW) for name in names])


async def remember(database: Database, person: str, said: str) -> str:
    """A memory; its id."""
    async with database.work() as session:
        return (await Memories(session, person).add(text=said, quote=said, at=NOW)).id


async def known(database: Database, person: str) -> list[str]:
    """What is known of them."""
    async with database.look() as session:
        return [one.text for one in await Memories(session, person).all()]


async def raw(database: Database, column: Any) -> list[str | None]:
    """As it stands in the database."""
    async with database.look() as session:
        return list((await session.scalars(select(type_coerce(column, Text)))).all())


async def test_every_way_of_writing_seals_and_every_way_of_reading_opens(sealing: Database) -> None:
    """New rows, changed rows, many at once, by statements of their own, read back, refreshed, returned or as columns."""
    async with sealing.work() as session:
        thread = await Conversations(session, "anna").start(NOW)
        turn = await Conversations(session, "anna").add_turn(thread.id, channel="text", said=CANARY, now=NOW)
        assert turn.said == CANARY
        answer: dict[str, Any] = {
            "lines": [{"a": CANARY}],
            "actions": [],
            "understood": {"tool": CANARY},
            "pending_id": None,
        }
        await Conversations(session, "anna").finish(turn.id, reply=f"A {CANARY}.", now=NOW, **answer)
        copies = MailCopies(session, "anna")
        row = {"name": "m", "box": "inbox", "at": NOW, "snippet": CANARY, "body": None}
        await copies.add_all([row, row | {"name": "n", "snippet": "", "body": f"{CANARY}\n\x00é"}])
        await copies.change("m", body=CANARY)
        await copies.change_all([{"id": (await copies.named("n")).id, "snippet": CANARY}])  # type: ignore[union-attr]
        await Reminders(session, "anna").add(CANARY, NOW)
        (rung,) = await Reminders(session, "anna").ring(NOW + timedelta(hours=1))
        assert rung.text == CANARY
        intents = Intents(session, "anna")
        intent = await intents.begin("k", "mail", "draft", {"row": CANARY}, NOW)
        await intents.note("k", told=True)
        assert intent.arguments == {"row": CANARY, "told": True}

    async with sealing.look() as session:
        (again,) = await Conversations(session, "anna").turns(thread.id)
        assert (again.said, again.reply, again.lines) == (CANARY, f"A {CANARY}.", [{"a": CANARY}])
        assert (again.understood, again.heard, again.actions) == ({"tool": CANARY}, None, [])
        kept = {one.name: one.body for one in await MailCopies(session, "anna").columns(("name", "body"))}
        assert kept == {"m": CANARY, "n": f"{CANARY}\né"}
    everything = [value for column in (Turn.said, Turn.reply, Turn.lines, Turn.understood, MailCopy.body, MailCopy.snippet) for value in await raw(sealing, column)]  # fmt: skip
    assert len(everything) == 8
    assert all(str(value).startswith("s1.1.") for value in everything)


async def test_no_form_of_it_is_in_the_bytes(place: Place) -> None:
    """Neither file, log nor rows hold it plain, in base64, in hex or in UTF-16."""
    async with open_database(place.url, place.data, ring=a_ring()) as database:
        await people(database, "anna")
        await remember(database, "anna", CANARY)
        rows = ""
        async with database.look() as session:
            for table in Table.metadata.sorted_tables:
                rows += str((await session.execute(text(f"SELECT * FROM {table.name}"))).all())  # noqa: S608
        found = rows.encode() + b"".join(file.read_bytes() for file in place.data.glob("chronus.db*"))
    assert b"anna" in found
    plain = CANARY.encode()
    shifted = [base64.b64encode(b" " * at + plain)[4:-4] for at in range(3)]
    for form in (plain, plain.hex().encode(), CANARY.encode("utf-16-le"), *shifted):
        assert form not in found


@pytest.mark.parametrize(("take", "whose", "put", "into"), [
    (Memory.text, "anna", Memory.text, "bob"), (Memory.text, "anna", Memory.quote, "anna"), (Memory.quote, "bob", Memory.text, "anna"),
])  # fmt: skip
async def test_what_was_moved_elsewhere_does_not_open(
    sealing: Database, take: Any, whose: str, put: Any, into: str
) -> None:
    """Ciphertext in another person's row or in another column tells nothing, and the rest can still be read."""
    await remember(sealing, "anna", f"{CANARY} a")
    await remember(sealing, "bob", f"{CANARY} b")
    async with sealing.work() as session:
        taken = await session.scalar(select(type_coerce(take, Text)).where(Memory.person_id == whose))
        moved = type_coerce(taken, Text)
        await session.execute(update(Memory.__table__).where(Memory.person_id == into).values({put.key: moved}))  # type: ignore[arg-type]

    async with sealing.look() as session:
        (memory,) = await Memories(session, into).all()
    assert getattr(memory, put.key) == LOST
    other = memory.quote if put is Memory.text else memory.text
    assert CANARY in other


async def test_a_damaged_value_stops_nothing(sealing: Database) -> None:
    """It reads as lost, as words or as nothing; everything beside it is as it was."""
    await remember(sealing, "anna", "kept")
    await remember(sealing, "anna", "damaged")
    async with sealing.work() as session:
        done = await Changes(session, "anna").add(
            at=NOW, tool="add_task", effect="private", say="Done.", keeper="tasks", arguments={"a": 1}, receipt={"b": 2}
        )
        bad = type_coerce("s1.1." + "A" * 60, Text)
        await session.execute(update(Change.__table__).values(arguments=bad))  # type: ignore[arg-type]
        newest = select(func.max(Memory.made)).scalar_subquery()
        await session.execute(update(Memory.__table__).where(Memory.made == newest).values(text=bad))  # type: ignore[arg-type]

    assert await known(sealing, "anna") == [LOST, "kept"]
    async with sealing.look() as session:
        change = await Changes(session, "anna").get(done.id)
        assert (change.say, change.arguments, change.receipt) == ("Done.", {}, {"b": 2})


async def test_what_says_not_whose_it_is_can_not_be_written_or_searched(sealing: Database) -> None:
    """A statement that goes past the stores is refused, not written plain; so is a search in what is sealed."""
    await remember(sealing, "anna", CANARY)
    for statement in (update(Memory).values(text="plain"), select(Memory).where(Memory.text == CANARY)):
        with pytest.raises(TypeError, match=r"memories\.text"):
            async with sealing.work() as session:
                await session.execute(statement)
    assert await known(sealing, "anna") == [CANARY]


async def test_rows_from_before_are_read_and_then_sealed(place: Place) -> None:
    """A database that was plain is used as it is, becomes whole beside a server at work, and keeps nothing plain."""
    async with open_database(place.url, place.data, ring=a_ring()) as database:
        await people(database, "anna")
        values = {
            "id": "old",
            "person_id": "anna",
            "made": 1,
            "at": NOW,
            "tool": "t",
            "effect": "private",
            "keeper": "tasks",
        }
        plain = {"say": f"{CANARY} said", "words": "", "arguments": json.dumps({"a": CANARY})}
        async with database.work() as session:
            columns = values | {name: type_coerce(value, Text) for name, value in plain.items()}
            await session.execute(Change.__table__.insert().values(columns))  # type: ignore[attr-defined]
        await remember(database, "anna", "new")

        async def old() -> tuple[str, Any]:
            async with database.look() as session:
                change = await Changes(session, "anna").get("old")
                return change.say, change.arguments

        assert await old() == (f"{CANARY} said", {"a": CANARY})
        assert await seal_plain(database, a_ring()) == 2
        await database.wipe(whole=True)
        assert await seal_plain(database, a_ring()) == 0
        assert await old() == (f"{CANARY} said", {"a": CANARY})
        assert (await raw(database, Change.words)) == [""]
        assert all(
            str(one).startswith("s1.1.")
            for one in await raw(database, Change.say) + await raw(database, Change.arguments)
        )
        assert CANARY.encode() not in b"".join(file.read_bytes() for file in place.data.glob("chronus.db*"))


async def test_a_rotation_seals_what_was_plain(sealing: Database) -> None:
    """Also where nothing was sealed yet, so that there is no key."""
    async with sealing.work() as session:
        values = {"id": "m", "person_id": "anna", "made": 1, "at": NOW, "text": type_coerce(CANARY, Text), "type": "fact", "category": "", "origin": "said", "quote": "", "embedded": False}  # fmt: skip
        await session.execute(Memory.__table__.insert().values(values))  # type: ignore[attr-defined]
    done = await rotate(sealing, a_ring())
    assert (done.key, done.moved, done.lost) == (1, 1, 0)
    assert await known(sealing, "anna") == [CANARY]


async def test_a_server_goes_on_through_a_rotation_elsewhere(place: Place) -> None:
    """Another process moves everything to a new key: who serves reads on, and seals by the new key from then on."""
    async with (
        open_database(place.url, place.data, ring=a_ring()) as serving,
        open_database(place.url, place.data, ring=a_ring()) as rotating,
    ):
        await people(serving, "anna")
        await remember(serving, "anna", "first")
        assert (await rotate(rotating, a_ring())).key == 2
        assert await known(serving, "anna") == ["first"]
        await remember(serving, "anna", "second")
        assert await keys(serving) == [2]
        assert all(str(one).startswith("s1.2.") for one in await raw(serving, Memory.text))
        assert await known(rotating, "anna") == ["second", "first"]


async def test_a_key_whose_making_was_undone_is_not_believed(place: Place) -> None:
    """A process whose first key was undone reads what another one sealed by the key of that number."""
    async with (
        open_database(place.url, place.data, ring=a_ring()) as one,
        open_database(place.url, place.data, ring=a_ring()) as other,
    ):
        await people(one, "anna")

        async def fail() -> None:
            async with one.work() as session:
                await Memories(session, "anna").add(text="undone", at=NOW)
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            await fail()
        await remember(other, "anna", "kept")
        assert await known(one, "anna") == ["kept"]


async def test_what_is_undone_within_is_sealed_anew(sealing: Database) -> None:
    """A savepoint that was undone, a row that was there already, a proposal made again: all are as they should be."""
    async with sealing.work() as session:
        store = Notifications(session, "anna")
        told: dict[str, Any] = {"about": "x", "link": "/", "key": "k", "at": NOW, "due_at": NOW}
        assert await store.keep(say="first", **told)
        assert await store.keep(say="second", **told) is None
        new: dict[str, Any] = {
            "kind": "focus",
            "fingerprint": "f",
            "text": "t",
            "why": "w",
            "starts": NOW,
            "ends": NOW,
            "at": NOW,
        }
        await Suggestions(session, "anna").put(Suggestion(title=f"{CANARY} 1", **new))
        again = await Suggestions(session, "anna").put(Suggestion(title=f"{CANARY} 2", **new))
        assert again.title == f"{CANARY} 2"
    async with sealing.look() as session:
        assert [one.say for one in await Notifications(session, "anna").all()] == ["first"]
        assert [one.title for one in await Suggestions(session, "anna").all()] == [f"{CANARY} 2"]
    assert all(str(one).startswith("s1.1.") for one in await raw(sealing, Notification.say))


async def test_another_secret_reads_nothing_and_breaks_nothing(place: Place) -> None:
    """Who has the database and another secret sees that something is there, and not what."""
    async with open_database(place.url, place.data, ring=a_ring()) as database:
        await people(database, "anna")
        await remember(database, "anna", CANARY)
    async with open_database(place.url, place.data, ring=a_ring(b"somebody else's secret")) as stolen:
        assert await known(stolen, "anna") == [LOST]


def test_what_is_promised_sealed_is_sealed() -> None:
    """Mail, transcripts, memory and what is made of them: by name, so that a new column is thought about."""
    kinds: list[Any] = [mapper.class_ for mapper in Table.registry.mappers]
    sealed = {f"{kind.__tablename__}.{name}" for kind in kinds for name in private_names(kind)}
    assert sealed >= {
        "messages.body", "mail_copies.body", "mail_copies.snippet", "conversations.title",
        "turns.said", "turns.reply", "turns.heard", "turns.lines", "turns.actions", "turns.understood",
        "memories.text", "memories.quote", "briefings.text", "briefings.items", "digests.say", "digests.mails",
        "digest_items.text", "digest_items.quote", "digest_items.mail_from", "digest_items.mail_subject",
        "suggestions.title", "suggestions.text", "suggestions.why", "suggestions.task_title",
        "approvals.arguments", "approvals.say", "approvals.result", "reminders.text", "notifications.say",
        "notifications.aloud", "notices.say", "changes.say", "changes.words", "changes.arguments", "changes.receipt",
        "changes.inverse", "intents.arguments", "intents.result", "intents.say",
    }  # fmt: skip


@pytest.mark.slow
async def test_ten_thousand_turns_are_rotated_through_kills_beside_a_server(place: Place) -> None:
    """Killed with -9 three times and begun again, while a server reads and writes: nothing lost, one key left."""
    async with open_database(place.url, place.data, ring=a_ring(), wait=30) as database:
        await people(database, "anna", "bob")
        for start in range(0, 10_000, 500):
            async with database.work() as session:
                thread = await Conversations(session, "anna").start(NOW)
                session.add_all([
                    Turn(person_id="anna", conversation_id=thread.id, at=NOW, channel="text", said=f"said {n}", reply=f"reply {n}", made=n)
                    for n in range(start, start + 500)
                ])  # fmt: skip
        for until in (1000, 6000, 12000):
            command = [sys.executable, "-c", KILLED, str(place.data), *([place.url] if place.url else [])]
            process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT)
            assert process.stdout
            while int(await asyncio.to_thread(process.stdout.readline) or b"1000000") < until:
                assert len(await known(database, "bob")) >= 0
            process.kill()
            process.wait()
            process.stdout.close()
        written: list[str] = []
        serving = asyncio.create_task(_serve(database, written))
        began = asyncio.get_running_loop().time()
        done = await rotate(database, a_ring())
        took = asyncio.get_running_loop().time() - began
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)
        print(f"the rest, {done.moved} values, in {took:.1f} s")  # noqa: T201, its figure stands in the docs

        assert await keys(database) == [2]
        assert done.lost == 0
        assert {str(one).split(".")[1] for one in await raw(database, Turn.said)} == {"2"}
        async with database.look() as session:
            turns = (await session.scalars(select(Turn).order_by(Turn.made))).all()
        assert [(one.said, one.reply) for one in turns] == [(f"said {n}", f"reply {n}") for n in range(10_000)]
        assert (await known(database, "bob"))[::-1] == written


async def _serve(database: Database, written: list[str]) -> None:
    while True:
        await remember(database, "bob", f"m{len(written)}")
        written.append(f"m{len(written)}")
        assert (await known(database, "bob"))[0] == written[-1]
