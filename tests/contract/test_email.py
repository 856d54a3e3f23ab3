"""Every keeper of mail keeps the same promises."""

import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from integrations.email import Contact, Mail, Message, NewDraft
from integrations.email.google import GoogleMail
from integrations.email.local import LocalMail
from integrations.email.mirror import MirrorMail
from integrations.email.sync import sync
from integrations.errors import Conflict, Invalid, NotFound
from integrations.store.database import Database, open_database
from integrations.store.demo import load
from integrations.store.engine import FILE
from integrations.store.people import People
from tests import servers
from tests.emulators.google.inbox import Side, gmail, written
from tests.emulators.google.mailbox import Mailbox

NOW = datetime(2026, 3, 4, 9, 20, tzinfo=UTC)
ME = "robin@example.com"
SARAH = "Sarah Lindqvist <sarah@example.org>"
INBOX: list[dict[str, Any]] = [
    {"from": SARAH, "subject": "Contract draft", "body": "Clause four, by Friday?", "at": NOW - timedelta(hours=1)},
    {"from": "tom@example.com", "subject": "Budget", "body": "The quarterly INVOICES", "at": NOW - timedelta(days=1)},
    {"from": SARAH, "subject": "Lunch", "body": "Café Linde, exact words here", "at": NOW - timedelta(days=3)},
]


@pytest.fixture(params=["local sqlite", "local postgres", "google", "mirror sqlite", "mirror postgres"])
async def mail(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Mail]:
    """Each keeper of mail, with the same mail in it."""
    keeper, _, kind = request.param.partition(" ")
    async with AsyncExitStack() as opened:
        if keeper == "google":
            side = await opened.enter_async_context(gmail())
            fill(side.box)
            yield GoogleMail(side.gmail(), "Europe/Berlin", lambda: NOW, "a key", name="Robin Hartmann")
            return
        url = where(kind, request, tmp_path, "postgres_shared" if keeper == "mirror" else "postgres_server")
        database = await opened.enter_async_context(open_database(url, tmp_path))
        if keeper == "mirror":
            side = await opened.enter_async_context(gmail())
            fill(side.box)
            yield await opened.enter_async_context(mirror(database, side))
            return
        session = await opened.enter_async_context(database.work())
        people = People(session)
        owner = await people.owner("Europe/Berlin", NOW)
        await people.change(owner.id, email=ME, name="Robin Hartmann")
        messages = [{"to": [ME], "unread": mail["subject"] != "Lunch"} | mail for mail in INBOX]
        await load(session, owner, NOW, messages=messages)
        yield LocalMail(session, owner.id, owner.zone, lambda: NOW)
        await session.rollback()


@asynccontextmanager
async def mirror(database: Database, side: Side) -> AsyncIterator[Mail]:
    """A copy of the account as it is now, with the account behind it."""
    async with database.work() as session:
        person = await People(session).add(zone="Europe/Berlin", now=NOW, name="Robin Hartmann")
    google = GoogleMail(side.gmail(), "Europe/Berlin", lambda: NOW, "a key", name="Robin Hartmann")
    await sync(database, person.id, google.gmail, lambda: NOW)
    async with database.work() as session:
        yield MirrorMail(session, person.id, google, lambda: NOW, "a key")


def where(kind: str, request: pytest.FixtureRequest, folder: Path, fixture: str) -> str | None:
    """The address of a database: one that stays empty, or one for those who bring a person of their own."""
    if kind == "postgres":
        server = request.getfixturevalue(fixture)
        return server.url("scratch") if isinstance(server, servers.Postgres) else str(server)
    shutil.copy(request.getfixturevalue("sqlite_template"), folder / FILE)
    return None


def fill(box: Mailbox) -> None:
    for mail in INBOX:
        labels = ["INBOX"] if mail["subject"] == "Lunch" else ["INBOX", "UNREAD"]
        box.receive(written(mail["from"], mail["subject"], mail["body"]), labels=labels, at=mail["at"])


async def subjects(mail: Mail, query: str) -> list[str]:
    return [message.subject for message in await mail.search(query)]


async def the(mail: Mail, subject: str) -> Message:
    return (await mail.search(f'subject:"{subject}"'))[0]


FOUND = {
    "": ["Contract draft", "Budget", "Lunch"],
    "in:inbox": ["Contract draft", "Budget", "Lunch"],
    "in:sent": [],
    "is:unread": ["Contract draft", "Budget"],
    "is:read": ["Lunch"],
    "from:sarah": ["Contract draft", "Lunch"],
    "FROM:Sarah is:unread": ["Contract draft"],
    "from:example.org -subject:lunch": ["Contract draft"],
    "to:robin@example.com": ["Contract draft", "Budget", "Lunch"],
    'from:"Sarah Lindqvist"': ["Contract draft", "Lunch"],
    "invoice": ["Budget"],
    "voice": [],
    '"exact words"': ["Lunch"],
    '"words exact"': [],
    "café": ["Lunch"],
    "-sarah": ["Budget"],
    "after:2026-03-03": ["Contract draft", "Budget"],
    "before:2026/03/03": ["Lunch"],
    "after:2026-03-03 before:2026-03-04": ["Budget"],
    "-is:unread": ["Lunch"],
    '"never closed': [],
    "(.*[": [],
}


async def test_mail_is_found_by_the_usual_words(mail: Mail) -> None:
    """The search language of the port, newest first."""
    assert {query: await subjects(mail, query) for query in FOUND} == FOUND


async def test_a_search_that_means_nothing_is_refused(mail: Mail) -> None:
    """Better than finding nothing as if there were nothing."""
    for query in ("is:blue", "in:cellar", "after:tomorrow", "before:2026-13-01"):
        with pytest.raises(Invalid):
            await mail.search(query)


async def test_a_search_finds_as_many_as_asked(mail: Mail) -> None:
    """The newest of them."""
    assert [message.subject for message in await mail.search("in:inbox", first=1)] == ["Contract draft"]


async def test_reading_is_remembered_and_can_be_undone(mail: Mail) -> None:
    """Read is read, until it is taken back."""
    read = await mail.mark_read((await the(mail, "Budget")).id)
    assert (read.message.unread, await subjects(mail, "is:unread")) == (False, ["Contract draft"])
    assert await mail.revert(read.inverse) == await the(mail, "Budget")
    assert await subjects(mail, "is:unread") == ["Contract draft", "Budget"]


async def test_a_draft_waits_apart(mail: Mail) -> None:
    """It is kept as written, found only when drafts are asked for, and undo takes it away."""
    written = await mail.draft(NewDraft(to=("Tom <tom@example.com>", "tom@example.com"), subject="Hi", body="Well?"))
    draft = await mail.get(written.message.id)
    assert draft == written.message
    assert (draft.box, draft.to, draft.from_address, draft.at) == ("drafts", ("tom@example.com",), ME, NOW)
    assert (await subjects(mail, "well"), await subjects(mail, "in:drafts well")) == ([], ["Hi"])
    assert await mail.revert(written.inverse) is None
    with pytest.raises(NotFound):
        await mail.get(draft.id)


async def test_a_reply_knows_whom_and_what_it_answers(mail: Mail) -> None:
    """Recipient, subject and thread are the mail's, with one Re: however many replies."""
    mail_of_sarah = await the(mail, "Contract")
    reply = (await mail.draft(NewDraft(reply_to=mail_of_sarah.id, body="Fine."))).message
    assert (reply.to, reply.subject, reply.reply_to) == (
        ("sarah@example.org",),
        "Re: Contract draft",
        mail_of_sarah.id,
    )
    sent = (await mail.send(reply.id)).message
    again = (await mail.draft(NewDraft(reply_to=sent.id, body="And?"))).message
    assert (again.to, again.subject, again.thread) == (("sarah@example.org",), "Re: Contract draft", reply.thread)
    other = (await mail.draft(NewDraft(reply_to=sent.id, to=("tom@example.com",), subject="Look"))).message
    assert (other.to, other.subject) == (("tom@example.com",), "Look")
    with pytest.raises(NotFound):
        await mail.draft(NewDraft(reply_to="x"))


BROKEN = [
    NewDraft(to=("tom@example.com\nBcc: eve@example.net",)),
    NewDraft(to=("tom@example.com\r\n",), subject="Hi"),
    NewDraft(to=("Tom\nBcc: eve@example.net <tom@example.com>",)),
    NewDraft(to=("tom@example.com,eve@example.net",)),
    NewDraft(to=("tom",)),
    NewDraft(to=("@example.com",)),
    NewDraft(to=("tom@@example.com",)),
    NewDraft(to=("tоm@example.com",)),  # a Cyrillic o
    NewDraft(to=("a" * 300 + "@example.com",)),
    NewDraft(cc=("nobody",)),
    NewDraft(subject="Hi\nBcc: eve@example.net"),
    NewDraft(subject="Hi\r\n\r\nbody"),
    NewDraft(subject="Hi\u2028there"),
]


async def test_nothing_can_break_out_of_a_header(mail: Mail) -> None:
    """An address that is none, a second line in a subject: Invalid, and nothing is kept."""
    for draft in BROKEN:
        with pytest.raises(Invalid) as refusal:
            await mail.draft(draft)
        assert "\n" not in refusal.value.say
    assert await mail.search("in:drafts") == []


async def test_a_sent_draft_can_be_taken_back(mail: Mail) -> None:
    """It stands in the outbox, and undo brings it back as a draft; not so on Gmail itself, which sends at once."""
    draft = (await mail.draft(NewDraft(to=("tom@example.com",), subject="Hi"))).message
    sent = await mail.send(draft.id, etag=draft.etag)
    box = "sent" if isinstance(mail, GoogleMail) else "outbox"
    assert sent.message.box == box
    assert sent.message.leaves_at == (NOW + timedelta(seconds=20) if isinstance(mail, MirrorMail) else None)
    assert (await subjects(mail, f"in:{box}"), await subjects(mail, "in:drafts")) == (["Hi"], [])
    with pytest.raises(Conflict):
        await mail.send(draft.id)
    if isinstance(mail, GoogleMail):
        with pytest.raises(Conflict, match="left"):
            await mail.revert(sent.inverse)
        return
    assert await mail.revert(sent.inverse) == draft


async def test_sending_needs_a_draft_as_it_was_read_and_a_recipient(mail: Mail) -> None:
    """A received mail can't be sent, nor one without anybody to go to, nor one that is different by now."""
    with pytest.raises(Invalid):
        await mail.send((await the(mail, "Budget")).id)
    nobody = (await mail.draft(NewDraft(subject="Hi"))).message
    with pytest.raises(Invalid):
        await mail.send(nobody.id)
    with pytest.raises(Conflict):
        await mail.send(nobody.id, etag="another")
    with pytest.raises(NotFound):
        await mail.send("x")


async def test_contacts_are_those_mail_was_exchanged_with(mail: Mail) -> None:
    """Most frequent first, by the name they use, never oneself, and not by a draft alone."""
    draft = (await mail.draft(NewDraft(to=("new@example.net", ME), subject="Hi"))).message
    assert await mail.contacts() == [
        Contact(name="Sarah Lindqvist", address="sarah@example.org"),
        Contact(name="", address="tom@example.com"),
    ]
    await mail.send(draft.id)
    assert [contact.address for contact in await mail.contacts()] == [
        "sarah@example.org",
        "new@example.net",
        "tom@example.com",
    ]
