"""Searching mail by code: the database sees to boxes, states and days, and texts, which it can't read, are opened last."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement

from integrations.email.search import Query, Term

HEADERS = ("id", "from_name", "from_address", "to", "cc", "subject")
TEXTS = 1000  # opened at once: milliseconds, after which others have their turn
NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass
class Head:
    """What of a mail is looked at without opening it."""

    id: str
    from_name: str
    from_address: str
    to: Iterable[str]
    cc: Iterable[str]
    subject: str
    body: str = ""
    at: datetime = NEVER
    unread: bool = False
    important: bool = False


def narrowed(row: Any, wanted: Query) -> tuple[list[ColumnElement[bool]], list[Term]]:
    """What of a search the database can see to, in the table of these rows, and the terms that it can't."""
    where: list[ColumnElement[bool]] = []
    left: list[Term] = []
    for term in wanted.terms:
        match term.field:
            case "is":
                column = row.important if term.text == "important" else row.unread
                where.append(column.is_((term.text != "read") != term.minus))
            case "after" if term.moment is not None:
                where.append(row.at < term.moment if term.minus else row.at >= term.moment)
            case "before" if term.moment is not None:
                where.append(row.at >= term.moment if term.minus else row.at < term.moment)
            case _:
                left.append(term)
    return where, left


async def looked_through(
    heads: Sequence[Head], terms: Iterable[Term], texts: Callable[[list[str]], Awaitable[Mapping[str, str]]]
) -> AsyncGenerator[list[str], None]:
    """The ids of those for which all terms are so, in their order and in portions; `texts` opens some of them."""
    terms = list(terms)
    anywhere = [term for term in terms if term.field == ""]
    headed = [term for term in terms if term.field != ""]
    left = [head for head in heads if all(term.finds(head) for term in headed)]
    if not anywhere:
        yield [head.id for head in left]
        return
    for start in range(0, len(left), TEXTS):
        some = left[start : start + TEXTS]
        bodies = await texts([head.id for head in some])
        for head in some:
            head.body = bodies.get(head.id, "")
        yield [head.id for head in some if all(term.finds(head) for term in anywhere)]
