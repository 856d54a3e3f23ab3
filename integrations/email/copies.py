"""Between a mail of Gmail's, its row in the copy, and what the rest of the house sees."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from integrations.email import Box, Message
from integrations.email.gmail import Draft
from integrations.email.letters import CROWDS, Letter, box_of, important
from integrations.store.mail_copies import MailCopies, MailCopy

LONGEST_ID = 400  # characters of a Message-ID that are kept


def columns(letter: Letter) -> dict[str, Any]:
    """What a row says of a letter; the text only if it is there."""
    name, address = letter.sender
    found = {
        "gmail_id": letter.id,
        "thread": letter.thread,
        "from_name": name,
        "from_address": address,
        "to": "\n".join(letter.receivers("to")),
        "cc": "\n".join(letter.receivers("cc")),
        "bcc": "\n".join(letter.receivers("bcc")),
        "subject": letter.subject,
        "snippet": letter.snippet,
        "message_id": letter.message_id[:LONGEST_ID],
        "answers": letter.answers[:LONGEST_ID],
        "references": "\n".join(letter.references),
        "at": letter.at,
        "bulk": letter.bulk,
        "etag": letter.id if letter.box == "drafts" else letter.history,
    }
    found |= labelled(letter.labels, bulk=letter.bulk)
    return found if letter.text is None else found | {"body": letter.text}


def labelled(labels: Iterable[str], *, bulk: bool) -> dict[str, Any]:
    """What labels say."""
    held = frozenset(labels)
    return {
        "labels": sorted(held),
        "box": box_of(held) or "gone",
        "unread": "UNREAD" in held,
        "important": important(held, bulk=bulk),
    }


def message(row: MailCopy, reply_to: str | None = None) -> Message:
    """For the rest of the house."""
    return Message(
        id=row.name,
        thread=row.thread or row.name,
        box=cast("Box", row.box),
        from_name=row.from_name,
        from_address=row.from_address,
        to=lines(row.to),
        cc=lines(row.cc),
        bcc=lines(row.bcc),
        subject=row.subject,
        body=row.snippet if row.body is None else row.body,
        at=row.at,
        unread=row.unread,
        important=row.important,
        bulk=row.bulk or bool(CROWDS & set(row.labels)),
        reply_to=reply_to,
        leaves_at=row.leaves_at,
        etag=row.etag,
        partial=row.body is None,
        pending=row.intent is not None and row.box == "drafts",
    )


async def messages(copies: MailCopies, rows: Sequence[MailCopy]) -> list[Message]:
    """Each with the mail that it answers, where that is here."""
    answered = await copies.names({row.answers for row in rows})
    return [message(row, answered.get(row.answers)) for row in rows]


def lines(text: str) -> tuple[str, ...]:
    """One value a line."""
    return tuple(text.split("\n")) if text else ()


def letter_of(row: MailCopy) -> Letter:
    """As much of the letter as its copy tells: enough to answer it."""
    headers = {
        "from": f'"{row.from_name.replace(chr(34), "")}" <{row.from_address}>' if row.from_address else "",
        "to": ", ".join(lines(row.to)),
        "cc": ", ".join(lines(row.cc)),
        "bcc": ", ".join(lines(row.bcc)),
        "subject": row.subject,
        "message-id": row.message_id,
        "references": " ".join(lines(row.references)),
    }
    return Letter(
        id=row.gmail_id or "",
        thread=row.thread,
        labels=frozenset({"DRAFT"}) if row.box == "outbox" else frozenset(row.labels),
        history="",
        at=row.at,
        headers=headers,
        snippet=row.snippet,
        text=row.body,
    )


async def keep_draft(copies: MailCopies, name: str, draft: Draft, key: str) -> None:
    """What was read back of a draft that was written under `key`; its etag stays, as it is what we wrote."""
    read = columns(draft.letter)
    kept = {
        column: read[column] for column in ("gmail_id", "thread", "labels", "from_name", "from_address", "to", "cc")
    }
    kept |= {
        "subject": read["subject"],
        "snippet": read["snippet"],
        "body": read["body"],
        "message_id": read["message_id"],
    }
    await copies.drop(MailCopy.gmail_id == draft.letter.id, MailCopy.name != name)  # a sync may have seen it first
    row = await copies.change(name, draft_id=draft.id, **kept)
    if row.intent == key:
        await copies.change(name, intent=None)
