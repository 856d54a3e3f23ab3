"""The search language of mailboxes, for mail that we keep ourselves."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import get_args
from zoneinfo import ZoneInfo

from integrations.email import Box
from integrations.errors import Invalid
from integrations.store.messages import MessageRow

TERM = re.compile(r'(-?)(?:(is|from|to|subject|in|after|before):)?(?:"([^"]*)"?|(\S+))', re.IGNORECASE)
STATES: dict[str, Callable[[MessageRow], bool]] = {
    "unread": lambda row: row.unread,
    "read": lambda row: not row.unread,
    "important": lambda row: row.important,
}
UNFINISHED = {"drafts", "outbox"}
BOXES = {*get_args(Box), "anywhere"}

Test = Callable[[MessageRow], bool]


@dataclass(frozen=True)
class Query:
    """What a mail has to be: in one of the boxes, and all of the tests."""

    boxes: frozenset[str]
    tests: tuple[Test, ...]

    def finds(self, row: MessageRow) -> bool:
        """Whether it is such a mail."""
        return all(test(row) for test in self.tests)


def parse(query: str, zone: ZoneInfo) -> Query:
    """Raises `Invalid` for a box, state or date that there is none of."""
    within: set[str] = set()
    without: set[str] = set()
    tests: list[Test] = []
    for minus, field, quoted, word in TERM.findall(query):
        text = (quoted or word).casefold()
        if field.lower() == "in":
            (without if minus else within).update(_boxes(text))
        elif text:
            test = _test(field.lower(), text, zone)
            tests.append(_unless(test) if minus else test)
    boxes = (within or set(get_args(Box)) - UNFINISHED) - without
    return Query(frozenset(boxes), tuple(tests))


def _boxes(name: str) -> set[str]:
    if name not in BOXES:
        raise Invalid(f"I don't know a mailbox called {name}; there are inbox, drafts, outbox, sent and archive.")
    return set(get_args(Box)) if name == "anywhere" else {name}


def _test(field: str, text: str, zone: ZoneInfo) -> Test:
    match field:
        case "is":
            if text not in STATES:
                raise Invalid("Mail can be unread, read or important.")
            return STATES[text]
        case "after":
            start = _day(text, zone)
            return lambda row: row.at >= start
        case "before":
            end = _day(text, zone)
            return lambda row: row.at < end
        case _:
            return _says(field, text)


def _says(field: str, text: str) -> Test:
    """Whether the words stand somewhere, each from the beginning of a word on."""
    words = re.compile(r"(?<!\w)" + r"\s+".join(re.escape(word) for word in text.split()))

    def test(row: MessageRow) -> bool:
        return any(words.search(place.casefold()) for place in _places(field, row))

    return test


def _places(field: str, row: MessageRow) -> tuple[str, ...]:
    match field:
        case "from":
            return row.from_name, row.from_address
        case "to":
            return (*row.to, *row.cc)
        case "subject":
            return (row.subject,)
        case _:
            return row.subject, row.body, row.from_name, row.from_address, *row.to, *row.cc


def _unless(test: Test) -> Test:
    return lambda row: not test(row)


def _day(text: str, zone: ZoneInfo) -> datetime:
    try:
        day = datetime.strptime(text.replace("/", "-"), "%Y-%m-%d")  # noqa: DTZ007, the zone follows
    except ValueError as error:
        raise Invalid("A date in a mail search looks like 2026-03-01.") from error
    return day.replace(tzinfo=zone).astimezone(UTC)
