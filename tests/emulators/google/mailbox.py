"""The mail of an emulated Gmail account: what lies in it, what happened to it, and what asking has cost.

Guessed, as nothing but prose describes it: how much text Gmail puts apart (`inline`), that a sent draft keeps its thread,
and that an unknown id which looks like one is 404 while one that doesn't is 400.
"""

import base64
import html
import re
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses
from typing import Any

from tests.emulators.google import Refuse

MINUTE = timedelta(minutes=1)


@dataclass
class Kept:
    """One mail."""

    id: str
    thread: str
    labels: set[str]
    raw: bytes
    at: datetime
    history: int = 0

    @property
    def parsed(self) -> Message:
        return message_from_bytes(self.raw)

    def header(self, name: str) -> str:
        return str(make_header(decode_header(str(self.parsed.get(name, "")))))


@dataclass
class Mailbox:
    """Everything of one account. Tests may look and reach into it."""

    address: str = "robin@example.com"
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    mails: dict[str, Kept] = field(default_factory=dict)
    drafts: dict[str, str] = field(default_factory=dict)
    """Id of the mail by the id of the draft."""
    history: list[tuple[int, str, str, list[str]]] = field(default_factory=list)
    """Number, what (messagesAdded …), id of the mail, labels."""
    forgotten: int = 0
    """History up to this number is no longer known."""
    units: int = 0
    per_minute: int = 6000
    inline: int = 2_000_000
    """Bytes of text that come within the message; longer ones are put apart."""
    page: int = 500
    """No page is longer than this, whatever was asked for."""
    blank: int = 0
    """Pages of history that come without any, as the filters of the real one leave them."""
    invisible: set[str] = field(default_factory=set)
    """Mails that history tells of already and `get` doesn't know yet."""
    watched: list[dict[str, Any]] = field(default_factory=list)
    stopped: int = 0
    delivered: list[Kept] = field(default_factory=list)
    """What really went out, each once."""
    _spent: deque[tuple[datetime, int]] = field(default_factory=deque)
    _number: int = 1000
    _ids: int = 0x18C0000000000000

    # what happens to a mailbox

    def receive(self, raw: bytes, *, labels: Iterable[str] = ("INBOX", "UNREAD"), at: datetime | None = None, thread: str | None = None) -> Kept:  # fmt: skip
        """A mail comes in."""
        return self._keep(raw, set(labels), at or self.clock(), thread)

    def remove(self, message_id: str) -> None:
        """Somebody deletes it for good."""
        del self.mails[message_id]
        for draft in [draft for draft, mail in self.drafts.items() if mail == message_id]:
            del self.drafts[draft]
        self._happened("messagesDeleted", message_id, [])

    def label(self, message_id: str, add: Iterable[str] = (), remove: Iterable[str] = ()) -> Kept:
        """Labels come and go; what changes nothing is no history."""
        mail = self.get(message_id)
        new, old = set(add) - mail.labels, set(remove) & mail.labels
        mail.labels = (mail.labels | new) - old
        if new:
            self._happened("labelsAdded", message_id, sorted(new))
        if old:
            self._happened("labelsRemoved", message_id, sorted(old))
        return mail

    def write(self, raw: bytes, thread: str | None = None, draft_id: str | None = None) -> str:
        """A draft, new or in place of what it was: its mail is another one each time."""
        if draft_id is not None:
            self.remove_mail_of(draft_id)
        mail = self._keep(raw, {"DRAFT"}, self.clock(), thread)
        draft_id = draft_id or f"r-{9_000_000_000 + len(self.history)}"
        self.drafts[draft_id] = mail.id
        return draft_id

    def remove_mail_of(self, draft_id: str) -> Kept:
        """The draft's mail goes; the draft too, unless it gets another."""
        if draft_id not in self.drafts:
            raise Refuse(404, "notFound", "Requested entity was not found.")
        mail = self.mails[self.drafts[draft_id]]
        self.remove(mail.id)
        return mail

    def send(self, raw: bytes, thread: str | None = None) -> Kept:
        """It goes out."""
        parsed = message_from_bytes(raw)
        receivers = getaddresses([str(parsed.get(name, "")) for name in ("To", "Cc", "Bcc")])
        if not any(address for _, address in receivers):
            raise Refuse(400, "invalidArgument", "Recipient address required")
        mail = self._keep(raw, {"SENT"}, self.clock(), thread)
        self.delivered.append(mail)
        if self.address in [address for _, address in receivers]:
            self.label(mail.id, add=["INBOX", "UNREAD"])
        return mail

    # looking

    def get(self, message_id: str) -> Kept:
        """Gmail calls what isn't an id a bad request."""
        if not re.fullmatch(r"[0-9a-f]{1,20}", message_id):
            raise Refuse(400, "invalidArgument", "Invalid id value")
        if message_id not in self.mails or message_id in self.invisible:
            raise Refuse(404, "notFound", "Requested entity was not found.")
        return self.mails[message_id]

    def newest(self) -> list[Kept]:
        """As lists give them."""
        return sorted(self.mails.values(), key=lambda mail: (mail.at, mail.id), reverse=True)

    @property
    def now(self) -> int:
        """The number of what happened last."""
        return self._number

    def spend(self, units: int) -> None:
        """Refuses what is more than a minute's worth."""
        moment = self.clock()
        while self._spent and self._spent[0][0] <= moment - MINUTE:
            self._spent.popleft()
        if sum(cost for _, cost in self._spent) + units > self.per_minute:
            raise Refuse(429, "rateLimitExceeded", "Quota exceeded for quota metric 'Queries'")
        self._spent.append((moment, units))
        self.units += units

    def _keep(self, raw: bytes, labels: set[str], at: datetime, thread: str | None) -> Kept:
        self._ids += 0x1D7
        new = f"{self._ids:016x}"
        mail = Kept(new, self._thread(raw, thread) or new, labels, raw, at)
        self.mails[new] = mail
        self._happened("messagesAdded", new, sorted(labels))
        return mail

    def _thread(self, raw: bytes, asked: str | None) -> str | None:
        """By Gmail's three rules: the thread is named, the headers point into it, the subject is the same."""
        if asked is None:
            return None
        parsed = message_from_bytes(raw)
        pointed = f"{parsed.get('In-Reply-To', '')} {parsed.get('References', '')}".split()
        inside = [mail for mail in self.mails.values() if mail.thread == asked]
        if not inside:
            raise Refuse(404, "notFound", "Requested entity was not found.")
        for mail in inside:
            there = mail.header("Message-ID") in pointed or not pointed
            if there and _bare(mail.header("Subject")) == _bare(_subject(parsed)):
                return asked
        return None

    def _happened(self, what: str, message_id: str, labels: list[str]) -> None:
        self._number += 3  # numbers rise with gaps
        self.history.append((self._number, what, message_id, labels))
        if message_id in self.mails:
            self.mails[message_id].history = self._number


def _subject(parsed: Message) -> str:
    return str(make_header(decode_header(str(parsed.get("Subject", "")))))


def _bare(subject: str) -> str:
    return re.sub(r"^(re:\s*)+", "", subject.strip().lower())


# how Gmail shows a mail


def parts(message: Message, inline: int, number: str = "") -> dict[str, Any]:
    """A part and those within it; base64url without padding, as it may be."""
    shape: dict[str, Any] = {
        "partId": number,
        "mimeType": message.get_content_type(),
        "filename": message.get_filename() or "",
        "headers": [{"name": name, "value": _readable(str(value))} for name, value in message.items()],
    }
    if message.is_multipart():
        inner: Any = message.get_payload()
        shape["body"] = {"size": 0}
        shape["parts"] = [
            parts(part, inline, f"{number}.{index}" if number else str(index)) for index, part in enumerate(inner)
        ]
        return shape
    content: Any = message.get_payload(decode=True) or b""
    shape["body"] = {"size": len(content)}
    if shape["filename"] or len(content) > inline:
        shape["body"]["attachmentId"] = f"att-{number or 0}"
    elif content:
        shape["body"]["data"] = packed(content)
    return shape


def content_of(message: Message, attachment: str) -> bytes | None:
    """What an attachment id stands for."""

    def walk(part: Message, number: str) -> bytes | None:
        if part.is_multipart():
            inner: Any = part.get_payload()
            found = (walk(one, f"{number}.{index}" if number else str(index)) for index, one in enumerate(inner))
            return next((content for content in found if content is not None), None)
        content: Any = part.get_payload(decode=True) or b""
        return content if attachment == f"att-{number or 0}" else None

    return walk(message, "")


def snippet(message: Message) -> str:
    """The beginning of the text, HTML-escaped even where the text is plain."""
    for part in message.walk():
        if part.get_content_type() in {"text/plain", "text/html"} and not part.get_filename():
            content: Any = part.get_payload(decode=True) or b""
            text = content.decode(_charset(part), "replace")
            if part.get_content_type() == "text/html":
                text = html.unescape(re.sub(r"<[^>]*>", " ", text[:5000]))
            return html.escape(" ".join(text.split())[:200])
    return ""


def packed(content: bytes) -> str:
    """base64url without padding."""
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def unpacked(raw: str) -> bytes:
    """What a client sent. Raises `Refuse` for what is no mail."""
    try:
        content = base64.b64decode(raw.replace("-", "+").replace("_", "/") + "=" * (-len(raw) % 4), validate=True)
    except ValueError as error:
        raise Refuse(400, "invalidArgument", "Invalid value at 'message.raw'") from error
    parsed = message_from_bytes(content)
    if not parsed.keys() or parsed.defects:
        raise Refuse(400, "invalidArgument", "Mail could not be parsed")
    return content


def _charset(part: Message) -> str:
    name = part.get_content_charset() or "utf-8"
    try:
        "".encode(name)
    except LookupError:
        return "utf-8"
    return name


def _readable(value: str) -> str:
    try:
        return " ".join(str(make_header(decode_header(value))).split())
    except (LookupError, ValueError):
        return value
