"""A mail as Gmail gives it, in our words; the only place that reads Gmail's labels and headers."""

import html
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import getaddresses, parseaddr
from typing import Any

from integrations.email import Box, Message
from integrations.email.mime import header_text

HEADERS = (
    "From", "To", "Cc", "Bcc", "Subject", "Message-ID", "In-Reply-To", "References",
    "List-Unsubscribe", "Precedence", "Auto-Submitted",
)  # fmt: skip
CROWDS = frozenset({"CATEGORY_PROMOTIONS", "CATEGORY_SOCIAL", "CATEGORY_UPDATES", "CATEGORY_FORUMS"})
AWAY = frozenset({"TRASH", "SPAM"})
DRAFT_ID = "draft-"
"""Before Gmail's id of a draft: the ids of mails never start so."""


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One mail of a mailbox. `headers` have lower-case names; `text` is None as long as only its beginning is known."""

    id: str
    thread: str
    labels: frozenset[str]
    history: str
    at: datetime
    headers: Mapping[str, str]
    snippet: str
    text: str | None = None

    @property
    def boxes(self) -> frozenset[str]:
        """Where it lies; nowhere when it was thrown away."""
        return boxes_of(self.labels)

    @property
    def box(self) -> Box | None:
        """Where it is shown: a mail to oneself has come in as well as gone out."""
        return box_of(self.labels)

    @property
    def bulk(self) -> bool:
        """Written to many, or by a machine."""
        said = {name: self.headers.get(name, "").strip().lower() for name in ("precedence", "auto-submitted")}
        return (
            "list-unsubscribe" in self.headers
            or said["precedence"] in {"bulk", "list", "junk"}
            or said["auto-submitted"] not in {"", "no"}
        )

    @property
    def sender(self) -> tuple[str, str]:
        """Name and address."""
        name, address = parseaddr(self.headers.get("from", ""))
        return header_text(name), address

    def receivers(self, header: str) -> tuple[str, ...]:
        """Addresses of `to`, `cc` or `bcc`; the last only one's own mail tells."""
        return tuple(address for _, address in getaddresses([self.headers.get(header, "")]) if address)

    @property
    def subject(self) -> str:
        """On one line."""
        return header_text(self.headers.get("subject", ""))

    @property
    def message_id(self) -> str:
        """As the world knows it, with its angle brackets; empty when there is none."""
        return self.headers.get("message-id", "").strip()

    @property
    def answers(self) -> str:
        """Message-ID of the mail that this one answers, or empty."""
        return (self.headers.get("in-reply-to", "").split() or [""])[0]

    @property
    def references(self) -> tuple[str, ...]:
        """Message-IDs of the mails before it, oldest first."""
        return tuple(self.headers.get("references", "").split())

    def message(self, *, draft: str | None = None, reply_to: str | None = None) -> Message:
        """For the rest of the house. `draft` is Gmail's id of the draft, where it is one."""
        name, address = self.sender
        return Message(
            id=f"{DRAFT_ID}{draft}" if draft else self.id,
            thread=self.thread,
            box=self.box or "archive",
            from_name=name,
            from_address=address,
            to=self.receivers("to"),
            cc=self.receivers("cc"),
            bcc=self.receivers("bcc"),
            subject=self.subject,
            body=self.snippet if self.text is None else self.text,
            at=self.at,
            unread="UNREAD" in self.labels,
            important=important(self.labels, bulk=self.bulk),
            bulk=self.bulk or bool(self.labels & CROWDS),
            reply_to=reply_to,
            etag=self.id if draft else self.history,
            partial=self.text is None,
        )


def letter(answer: Mapping[str, Any], text: str | None = None) -> Letter:
    """From Gmail's JSON of a message."""
    headers: dict[str, str] = {}
    for header in answer.get("payload", {}).get("headers", []):
        headers.setdefault(header["name"].lower(), header["value"])
    return Letter(
        id=answer["id"],
        thread=answer.get("threadId", ""),
        labels=frozenset(answer.get("labelIds", [])),
        history=answer.get("historyId", ""),
        at=datetime.fromtimestamp(int(answer.get("internalDate", 0)) / 1000, UTC),
        headers=headers,
        snippet=html.unescape(answer.get("snippet", "")).strip(),
        text=text,
    )


def boxes_of(labels: frozenset[str]) -> frozenset[str]:
    """Where a mail with these labels lies."""
    if labels & AWAY:
        return frozenset()
    if "DRAFT" in labels:
        return frozenset({"drafts"})
    return frozenset({box for box, label in (("inbox", "INBOX"), ("sent", "SENT")) if label in labels} or {"archive"})


def box_of(labels: frozenset[str]) -> Box | None:
    """The one where it is shown."""
    boxes = boxes_of(labels)
    order: tuple[Box, ...] = ("drafts", "inbox", "sent", "archive")
    return next((box for box in order if box in boxes), None)


def important(labels: frozenset[str], *, bulk: bool) -> bool:
    """What the person has marked, or Gmail has, unless it was written to many."""
    return "STARRED" in labels or ("IMPORTANT" in labels and not bulk and not labels & CROWDS)
