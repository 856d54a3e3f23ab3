"""The search language of mailboxes: read here, and answered here for mail that we keep ourselves."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Protocol, get_args
from zoneinfo import ZoneInfo

from integrations.email import Box
from integrations.errors import Invalid

TERM = re.compile(r'(-?)(?:(is|from|to|subject|in|after|before):)?(?:"([^"]*)"?|(\S+))', re.IGNORECASE)
STATES = ("unread", "read", "important")
UNFINISHED = frozenset({"drafts", "outbox"})
ALL: frozenset[str] = frozenset(get_args(Box))
BOXES = {*ALL, "anywhere"}


class Findable(Protocol):
    """What a search looks at, in a message or in a row of one."""

    @property
    def from_name(self) -> str: ...
    @property
    def from_address(self) -> str: ...
    @property
    def to(self) -> Iterable[str]: ...
    @property
    def cc(self) -> Iterable[str]: ...
    @property
    def subject(self) -> str: ...
    @property
    def body(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def unread(self) -> bool: ...
    @property
    def important(self) -> bool: ...


@dataclass(frozen=True, kw_only=True)
class Term:
    """One thing a mail has to be, or (`minus`) not to be. A `field` of "" means: anywhere in it."""

    field: str
    text: str
    minus: bool = False
    moment: datetime | None = None
    """For `after` and `before`."""

    def finds(self, mail: Findable) -> bool:
        """Whether it is so."""
        return self._is(mail) != self.minus

    def _is(self, mail: Findable) -> bool:
        match self.field:
            case "is":
                return mail.important if self.text == "important" else mail.unread == (self.text == "unread")
            case "after":
                return self.moment is not None and mail.at >= self.moment
            case "before":
                return self.moment is not None and mail.at < self.moment
            case _:
                return any(self._is_in(place.casefold()) for place in _places(self.field, mail))

    def _is_in(self, place: str) -> bool:
        return self._begins in place and self._words.search(place) is not None  # most texts are told by the first half

    @cached_property
    def _begins(self) -> str:
        return (self.text.split() or [""])[0]

    @cached_property
    def _words(self) -> re.Pattern[str]:
        """The words one after the other, each from the beginning of a word on."""
        return re.compile(r"(?<!\w)" + r"\s+".join(re.escape(word) for word in self.text.split()))


@dataclass(frozen=True, kw_only=True)
class Query:
    """What a mail has to be: in one of the boxes `within` (empty: in any but the unfinished), in none `without`."""

    within: frozenset[str]
    without: frozenset[str]
    terms: tuple[Term, ...]

    @property
    def boxes(self) -> frozenset[str]:
        """Where to look."""
        return (self.within or ALL - UNFINISHED) - self.without

    def finds(self, mail: Findable) -> bool:
        """Whether it is such a mail, in whatever box."""
        return all(term.finds(mail) for term in self.terms)


def parse(query: str, zone: ZoneInfo) -> Query:
    """Raises `Invalid` for a box, state or date that there is none of."""
    within: set[str] = set()
    without: set[str] = set()
    terms: list[Term] = []
    for minus, prefix, quoted, word in TERM.findall(query):
        text, field = (quoted or word).casefold(), prefix.lower()
        if field == "in":
            (without if minus else within).update(_boxes(text))
        elif text:
            terms.append(Term(field=field, text=text, minus=bool(minus), moment=_moment(field, text, zone)))
    return Query(within=frozenset(within), without=frozenset(without), terms=tuple(terms))


def _boxes(name: str) -> frozenset[str]:
    if name not in BOXES:
        raise Invalid(f"I don't know a mailbox called {name}; there are inbox, drafts, outbox, sent and archive.")
    return ALL if name == "anywhere" else frozenset({name})


def _moment(field: str, text: str, zone: ZoneInfo) -> datetime | None:
    if field == "is" and text not in STATES:
        raise Invalid("Mail can be unread, read or important.")
    return _day(text, zone) if field in {"after", "before"} else None


def _places(field: str, mail: Findable) -> tuple[str, ...]:
    match field:
        case "from":
            return mail.from_name, mail.from_address
        case "to":
            return (*mail.to, *mail.cc)
        case "subject":
            return (mail.subject,)
        case _:
            return mail.subject, mail.body, mail.from_name, mail.from_address, *mail.to, *mail.cc


def _day(text: str, zone: ZoneInfo) -> datetime:
    try:
        day = datetime.strptime(text.replace("/", "-"), "%Y-%m-%d")  # noqa: DTZ007, the zone follows
    except ValueError as error:
        raise Invalid("A date in a mail search looks like 2026-03-01.") from error
    return day.replace(tzinfo=zone).astimezone(UTC)
