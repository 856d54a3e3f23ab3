"""Addresses and subjects that can do no harm in a header."""

import re
from collections.abc import Iterable

from integrations.errors import Invalid

ADDRESS = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+", re.IGNORECASE)
NAMED = re.compile(r"\s*\"?([^<>\"]*?)\"?\s*<([^<>]*)>\s*")
REPLY = re.compile(r"\s*re\s*:", re.IGNORECASE)
LONGEST = 254  # characters of an address


def parted(text: str) -> tuple[str, str]:
    """A name and an address out of "Name <address>"; a plain address has no name."""
    named = NAMED.fullmatch(text)
    return (named[1].strip(), named[2].strip()) if named else ("", text.strip())


def addresses(said: Iterable[str]) -> list[str]:
    """Each once, without names. Raises `Invalid` for one that is none."""
    return list(dict.fromkeys(_address(text) for text in said))


def subject_line(text: str) -> str:
    """Raises `Invalid` for what would break out of its line."""
    if any(ord(character) < 32 or character in "\x7f\x85\u2028\u2029" for character in text.strip()):
        raise Invalid("A subject has to be a single line.")
    return text.strip()


def answering(subject: str) -> str:
    """The subject of a reply: one "Re:", however many replies."""
    return subject if REPLY.match(subject) else f"Re: {subject}".strip()


def _address(text: str) -> str:
    address = parted(text)[1] if text.isprintable() else text
    if not ADDRESS.fullmatch(address) or len(address) > LONGEST:
        shown = "".join(character for character in text if character.isprintable())[:60].strip()
        raise Invalid(f"{shown} isn't a mail address." if shown else "That isn't a mail address.")
    return address
