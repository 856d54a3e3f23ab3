"""Our search language in Gmail's words.

What Gmail finds for it is at least what is meant: days and states are looked at again when the mail is there.
"""

import re

from integrations.email.search import Query, Term

WHERE = {"inbox": "in:inbox", "sent": "in:sent", "archive": "(-in:inbox -in:sent -in:drafts)"}
NOT_THERE = {"inbox": "-in:inbox", "sent": "-in:sent", "archive": "{in:inbox in:sent in:drafts}"}
MATTERS = "{is:important is:starred}"
OPERATORS = frozenset({"or", "and", "around"})
AGAIN = frozenset({"is", "after", "before"})


def gmail_query(query: Query, *, drafts: bool = False) -> str | None:
    """Gmail's `q`, for the drafts or for all other mail; None when nothing can be found."""
    asked = [_term(term) for term in query.terms]
    if None in asked:
        return None
    where = "" if drafts else _where(query)
    return None if where is None else " ".join(part for part in [where, *map(str, asked)] if part)


def _where(query: Query) -> str | None:
    """Gmail looks everywhere but in spam and trash, drafts too, unless told otherwise."""
    places = sorted(query.within & WHERE.keys())
    if query.within and not places:
        return None
    anywhere = not query.within or len(places) == len(WHERE)
    within = "-in:drafts" if anywhere else WHERE[places[0]] if len(places) == 1 else f"{{{' '.join(map(WHERE.get, places))}}}"  # type: ignore[arg-type]  # fmt: skip  # each is a key
    return " ".join([within, *(NOT_THERE[place] for place in sorted(query.without & NOT_THERE.keys()))])


def _term(term: Term) -> str | None:
    """None for a term without a word in it, which nothing can be found by."""
    match term.field:
        case "is":
            return _state(term)
        case "after" | "before":
            # days are midnight in California unless they are seconds; a minus is seen to afterwards
            return "" if term.minus or term.moment is None else f"{term.field}:{_seconds(term)}"
        case _:
            text = " ".join(re.findall(r"[\w@.+'&-]+", term.text))
            if not re.search(r"\w", text):
                return "" if term.minus else None
            said = text if re.fullmatch(r"\w+", text) and text not in OPERATORS else f'"{text}"'
            return f"{'-' if term.minus else ''}{f'{term.field}:' if term.field else ''}{said}"


def _state(term: Term) -> str:
    if term.text == "important":
        return "" if term.minus else MATTERS
    unread = (term.text == "unread") != term.minus
    return "is:unread" if unread else "is:read"


def _seconds(term: Term) -> int:
    assert term.moment is not None
    return int(term.moment.timestamp()) + (-1 if term.field == "after" else 1)
