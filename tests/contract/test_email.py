"""Every keeper of mail keeps the same promises."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from integrations.email import Contact, Mail, Message, NewDraft
from integrations.email.local import LocalMail
from integrations.errors import Conflict, Invalid, NotFound
from integrations.store.demo import load
from integrations.store.people import People

NOW = datetime(2026, 3, 4, 9, 20, tzinfo=UTC)
ME = "robin@example.com"
SARAH = "Sarah Lindqvist <sarah@example.org>"
INBOX: list[dict[str, Any]] = [
    {"from": SARAH, "subject": "Contract draft", "body": "Clause four, by Friday?", "at": NOW - timedelta(hours=1)},
    {"from": "tom@example.com", "subject": "Budget", "body": "The quarterly INVOICES", "at": NOW - timedelta(days=1)},
    {"from": SARAH, "subject": "Lunch", "body": "Café Linde, exact words here", "at": NOW - timedelta(days=3)},
]


@pytest.fixture
async def mail(session: AsyncSession) -> Mail:
    people = People(session)
    owner = await people.owner("Europe/Berlin", NOW)
    await people.change(owner.id, email=ME, name="Robin Hartmann")
    messages = [{"to": [ME], "unread": mail["subject"] != "Lunch"} | mail for mail in INBOX]
    await load(session, owner, NOW, messages=messages)
    return LocalMail(session, owner.id, owner.zone, lambda: NOW)


async def subjects(mail: Mail, query: str) -> list[str]:
    return [message.subject for message in await mail.search(query)]


async def the(mail: Mail, subject: str) -> Message:
    return (await mail.search(f'subject:"{subject}"'))[0]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Contract draft", "Budget", "Lunch"]),
        ("in:inbox", ["Contract draft", "Budget", "Lunch"]),
        ("in:sent", []),
        ("is:unread", ["Contract draft", "Budget"]),
        ("is:read", ["Lunch"]),
        ("from:sarah", ["Contract draft", "Lunch"]),
        ("FROM:Sarah is:unread", ["Contract draft"]),
        ("from:example.org -subject:lunch", ["Contract draft"]),
        ("to:robin@example.com", ["Contract draft", "Budget", "Lunch"]),
        ('from:"Sarah Lindqvist"', ["Contract draft", "Lunch"]),
        ("invoice", ["Budget"]),
        ("voice", []),
        ('"exact words"', ["Lunch"]),
        ('"words exact"', []),
        ("café", ["Lunch"]),
        ("-sarah", ["Budget"]),
        ("after:2026-03-03", ["Contract draft", "Budget"]),
        ("before:2026/03/03", ["Lunch"]),
        ("after:2026-03-03 before:2026-03-04", ["Budget"]),
        ("-is:unread", ["Lunch"]),
        ('"never closed', []),
        ("(.*[", []),
    ],
)
async def test_mail_is_found_by_the_usual_words(mail: Mail, query: str, found: list[str]) -> None:
    """The search language of the port, newest first."""
    assert await subjects(mail, query) == found


@pytest.mark.parametrize("query", ["is:blue", "in:cellar", "after:tomorrow", "before:2026-13-01"])
async def test_a_search_that_means_nothing_is_refused(mail: Mail, query: str) -> None:
    """Better than finding nothing as if there were nothing."""
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


@pytest.mark.parametrize(
    "draft",
    [
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
    ],
)
async def test_nothing_can_break_out_of_a_header(mail: Mail, draft: NewDraft) -> None:
    """An address that is none, a second line in a subject: Invalid, and nothing is kept."""
    with pytest.raises(Invalid) as refusal:
        await mail.draft(draft)
    assert "\n" not in refusal.value.say
    assert await mail.search("in:drafts") == []


async def test_a_sent_draft_stands_in_the_outbox(mail: Mail) -> None:
    """Here nothing leaves the machine, so undo brings it back as a draft."""
    draft = (await mail.draft(NewDraft(to=("tom@example.com",), subject="Hi"))).message
    sent = await mail.send(draft.id, etag=draft.etag)
    assert (sent.message.box, sent.message.leaves_at) == ("outbox", None)
    assert (await subjects(mail, "in:outbox"), await subjects(mail, "in:drafts")) == (["Hi"], [])
    with pytest.raises(Conflict):
        await mail.send(draft.id)
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
