"""What reading the mail works with: the person as their mail knows them, mails as they were taken, things to do."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from agent.digest.text import alike, own_words, sentences
from integrations.email import Message


@dataclass(frozen=True, kw_only=True)
class Known:
    """The person, as their mail and their memories know them. Addresses are lower case."""

    zone: ZoneInfo
    name: str = ""
    own: frozenset[str] = frozenset()
    """Their own addresses; empty: nobody knows, and every mail counts as sent to them."""
    written_to: frozenset[str] = frozenset()
    answered: Mapping[str, datetime] = field(default_factory=dict)
    """When they last wrote in each thread."""
    dear: frozenset[str] = frozenset()
    """Names and addresses, lower case, of people they said matter."""

    def knows(self, mail: Message) -> bool:
        """Whether the person has had to do with whoever wrote; a name alone proves nothing, anybody can take it."""
        address = mail.from_address.lower()
        return address in self.written_to or address in self.dear or mail.thread in self.answered

    def holds_dear(self, mail: Message) -> bool:
        """Whether the person said that who wrote matters."""
        called = {mail.from_address.lower(), *mail.from_name.lower().replace(",", " ").split()}
        return bool(self.dear & called)

    def has_answered(self, mail: Message) -> bool:
        """Whether they wrote in that thread since."""
        return mail.thread in self.answered and self.answered[mail.thread] > mail.at

    def is_meant(self, mail: Message) -> bool:
        """Whether it is addressed to them, not only copied or sent to a list they are on."""
        return not self.own or any(untagged(address) in self.own for address in mail.to)


@dataclass(frozen=True)
class Letter:
    """A mail with what was made of its text once."""

    mail: Message

    @cached_property
    def text(self) -> str:
        """What it says itself."""
        return own_words(self.mail.body)

    @cached_property
    def sentences(self) -> list[str]:
        """One by one."""
        return sentences(self.text)

    @property
    def sender(self) -> str:
        """Who wrote, as they call themselves."""
        return self.mail.from_name or self.mail.from_address

    @property
    def subject(self) -> str:
        """Without "Re:" and its like."""
        words = self.mail.subject.strip()
        while words[:4].lower().startswith(("re:", "fw:", "fwd:", "aw:", "wg:")):
            words = words.partition(":")[2].strip()
        return words


@dataclass(frozen=True, kw_only=True)
class Action:
    """Something to do that a mail asks for; `quote` are its own words."""

    text: str
    quote: str
    mail: Message
    due: date | None = None

    @property
    def key(self) -> str:
        """The same for the same words of the same mail."""
        return hashlib.sha256(f"{self.mail.id}\n{alike(self.quote)}".encode("utf-8", "ignore")).hexdigest()


@dataclass(frozen=True, kw_only=True)
class Mattering:
    """A mail that matters, and why, in a few words fit to be shown."""

    mail: Message
    why: str


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """What became of the mails that were looked at."""

    mails: list[Mattering]
    actions: list[Action]
    instead: bool = False
    """Whether rules judged where a model should have."""


def untagged(address: str) -> str:
    """An address as it is compared: "Robin+shop@Example.com" is robin@example.com."""
    box, at, host = address.lower().rpartition("@")
    return f"{box.partition('+')[0]}{at}{host}"
