"""The text of mails as the world really writes them, from the parts that Gmail gives."""

import base64
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message as Headers
from typing import Any

from inscriptis import get_text
from inscriptis.model.config import ParserConfig

from integrations.email.invitations import invitation
from integrations.email.unseen import seen

Part = Mapping[str, Any]
Bodies = Mapping[str, bytes]
"""What Gmail keeps apart from its message, by attachment id."""

DEEPEST = 50  # parts within parts that are looked into
LONGEST = 200_000  # characters that are kept of one mail
LONGEST_HTML = 1_000_000  # and of HTML that is read for them
STATEFUL = ("iso-2022", "iso2022", "hz", "utf-7", "utf7")  # plain ASCII bytes that mean something else
OTHERWISE = {  # what the world means by names that Python takes literally
    "iso-8859-1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "latin1": "cp1252",
    "shift_jis": "cp932",
    "x-sjis": "cp932",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "iso-8859-8-i": "iso-8859-8",
}
JAPANESE = ("iso2022_jp", "iso2022_jp_ext", "iso2022_jp_2004")
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\r"), "")


def words(payload: Part, bodies: Bodies) -> str:
    """What there is to read: the text, then invitations and the names of what is attached."""
    found = _Reading(bodies)
    text = found.text(payload)
    notes = [*found.invitations]
    if found.attached:
        notes.append(f"Attached: {', '.join(found.attached)}.")
    return "\n\n".join(part for part in [_tidy(text), *notes] if part)[:LONGEST]


def apart(payload: Part) -> list[str]:
    """Attachment ids of text that Gmail keeps apart from the message."""
    return [
        part["body"]["attachmentId"]
        for part in _parts(payload)
        if "attachmentId" in part.get("body", {}) and _is_text(part) and not _is_attached(part)
    ]


def header_text(value: str) -> str:
    """A header on one line, with what is encoded in it (RFC 2047) made readable."""
    if "=?" in value:
        with suppress(HeaderParseError, LookupError, ValueError):  # then it stays as it is written
            value = str(make_header(decode_header(value)))
    return " ".join(value.split())


def unpacked(data: str) -> bytes:
    """base64url, whose padding may be missing; what isn't base64 is skipped."""
    clean = re.sub(r"[^A-Za-z0-9_-]", "", data.replace("+", "-").replace("/", "_"))
    clean = clean[: len(clean) - (len(clean) % 4 == 1)]
    return base64.urlsafe_b64decode(clean + "=" * (-len(clean) % 4))


def decoded(raw: bytes, charset: str | None) -> str:
    """Text from bytes, whatever they are said to be in: what is valid UTF-8 beyond ASCII is UTF-8."""
    name = (charset or "").strip().strip("\"'").lower()
    if name.startswith(STATEFUL):
        tries = [*JAPANESE, name] if "2022" in name and "jp" in name else [name, "utf-8"]
        if not raw.isascii():
            tries = ["utf-8", *tries]  # a seven-bit charset has no such bytes
    else:
        tries = ["utf-8", OTHERWISE.get(name.replace(" ", ""), name or "cp1252"), "cp1252"]
    for attempt in tries:
        try:
            return raw.decode(attempt)
        except (LookupError, UnicodeError, ValueError):
            continue
    return raw.decode("utf-8" if name.startswith(STATEFUL) else "cp1252", "replace")


class _Reading:
    """Going through the parts of one mail."""

    def __init__(self, bodies: Bodies) -> None:
        self._bodies = bodies
        self.attached: list[str] = []
        self.invitations: list[str] = []

    def text(self, part: Part, depth: int = 0) -> str:
        """Of one part and those within it."""
        kind = _kind(part)
        if depth > DEEPEST:
            return ""
        if _is_attached(part) or kind == "message/rfc822":
            self.attached.append(header_text(part.get("filename") or "a mail"))
            return ""
        if kind == "multipart/alternative":
            return self._best(part.get("parts", []), depth + 1)
        if kind.startswith("multipart/"):
            return "\n\n".join(text for inner in part.get("parts", []) if (text := self.text(inner, depth + 1)).strip())
        return self._leaf(part, kind)

    def _best(self, parts: list[Part], depth: int) -> str:
        """Plain text first; of the others the last, which is the richest, that says anything."""
        said = [(_kind(part), self.text(part, depth)) for part in parts]
        plain = [text for kind, text in said if kind == "text/plain"]
        return next((text for text in [*plain, *(text for _, text in reversed(said))] if text.strip()), "")

    def _leaf(self, part: Part, kind: str) -> str:
        if not _is_text(part):
            return ""  # a picture within the text
        raw = self._raw(part)
        if kind in {"text/calendar", "application/ics"}:
            if (note := invitation(raw)) and note not in self.invitations:
                self.invitations.append(note)
            return ""
        text = decoded(raw, _charset(part))
        return from_html(text) if kind == "text/html" else text

    def _raw(self, part: Part) -> bytes:
        body = part.get("body", {})
        return unpacked(body["data"]) if body.get("data") else self._bodies.get(body.get("attachmentId", ""), b"")


def from_html(html: str) -> str:
    """What a reader would see of it."""
    start = seen(re.sub(r"<\?xml[^>]*\?>", "", html[:LONGEST_HTML]))  # lxml refuses a declared encoding in text
    try:
        text = get_text(start, ParserConfig(display_images=False, display_links=False))
    except (ValueError, RecursionError):  # nested beyond reason
        text = re.sub(r"<[^>]*>", " ", start)
    return str(text)


def is_html(text: str) -> bool:
    """Whether a text that came without its kind is HTML."""
    return bool(re.search(r"<(html|body|p|div|br|table|span|a|ul|h[1-4])\b[^>]*>", text[:20_000], re.IGNORECASE))


def plain(text: str) -> str:
    """What a reader would see of a text that came without its kind."""
    return _tidy(from_html(text)) if is_html(text) else text


def _tidy(text: str) -> str:
    lines = [" ".join(line.translate(INVISIBLE).split()) for line in text.splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _parts(part: Part, depth: int = 0) -> Iterator[Part]:
    yield part
    for inner in part.get("parts", []) if depth < DEEPEST else []:
        yield from _parts(inner, depth + 1)


def _kind(part: Part) -> str:
    return str(part.get("mimeType", "text/plain")).lower()


def _is_text(part: Part) -> bool:
    return _kind(part).startswith("text/") or _kind(part) == "application/ics"


def _is_attached(part: Part) -> bool:
    """A file; an invitation counts as text whatever it is called."""
    if _kind(part) in {"text/calendar", "application/ics"}:
        return False
    return bool(part.get("filename")) or _header(part, "content-disposition").lower().startswith("attachment")


def _header(part: Part, name: str) -> str:
    return next((one["value"] for one in part.get("headers", []) if one["name"].lower() == name), "")


def _charset(part: Part) -> str | None:
    headers = Headers()
    headers["content-type"] = " ".join(_header(part, "content-type").split()) or "text/plain"
    try:
        return headers.get_content_charset()
    except LookupError:
        return None
