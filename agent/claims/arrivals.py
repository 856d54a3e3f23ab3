"""When a mail came and from whom: all of one person, the others at another time."""

import re
from collections.abc import Sequence

from agent.claims.days import Day, begins_in, part_of_day
from agent.claims.known import Known
from agent.claims.moods import is_denial
from agent.claims.numbers import NUMBER, value
from agent.claims.plain import stem
from agent.claims.reports import mails_of, meant, senders, told_apart
from agent.claims.rows import Row
from agent.claims.saying import Saying, Sentence

_ONLY_FROM = re.compile(
    r"\b(?:[Oo]nly|[Jj]ust) (?P<who>[A-Z]\w+) (?:has )?(?:wants?|asks?|needs?|wrote|written|mailed|emailed)\b(?!.*\b(?:unread|important)\b)"
)
_CAME = re.compile(
    r"\b(?:mail|email|message|newsletter|it|one|this|that|she|he|they)(?:'s|'d| is| was| has| have)?(?: only| just| already)* (?:from|came|arrived|landed|sent|wrote|written|dated|got here|reached you|received|in since)\b|'s (?:came|arrived|is from)\b|\b(?:wrote|mailed|emailed|came in|sent (?:it|this|that))\b"
)
_THEN = re.compile(r"\b(?:wrote|came|arrived|mailed|emailed|sent (?:it|this|that|them)|from|dated) on\b")
""" "She wrote on Monday": its own day."""
_OTHERS = re.compile(rf"\b(?:the|your) (?:others?|rest)(?: (?P<many>{NUMBER}))?\b")


def came_then(saying: Saying, known: Known, before: Sentence) -> bool:
    """Whether a mail is from the day and the part of the day that it is said to be from; True where none is said."""
    if not _CAME.search(saying.lower):
        return True
    named = before.told | set(saying.content)
    return all(_came_then(part, known, before, named) for part in told_apart(saying))


def _came_then(saying: Saying, known: Known, before: Sentence, named: frozenset[str]) -> bool:
    if not (saying.every_day or part_of_day(saying.lower)) or is_denial(saying.lower):
        return True
    mails = [row for row in mails_of(known) if row.moments]
    told = saying.lower
    for row in mails:
        told = told.replace(row.subject or " ", " ")  # "Numbers for March" is what it is called
    if re.search(r"\b(?:by|for|until|on|wants?|asks?|about|before)\b", _THEN.sub("", told)):
        return True  # that day is what it tells of
    if named and (match := _OTHERS.search(saying.lower)):
        others = {row.moments: row for row in mails if not row.title & named}
        if match["many"] and value(match["many"]) != len(others):
            return False
        return all(_came(row, saying) for row in others.values())
    return not mails or any(_came(row, saying) for row in meant(mails, saying, before))


def _came(row: Row, saying: Saying) -> bool:
    """Whether it came on that day and in that part of it; not whether it speaks of them."""
    part = part_of_day(saying.lower)
    return any(
        all(day.fits(at.date()) for day in saying.every_day) and (part is None or begins_in(part, at))
        for at in row.moments
    )


def only_from(saying: Saying, known: Known, days: Sequence[Day]) -> bool:  # noqa: ARG001
    """ "Only Sarah wrote": all mails are hers; none is, where it is told of something else."""
    match = _ONLY_FROM.search(saying.text)
    if match is None or is_denial(saying.lower):
        return True
    theirs = {stem(match["who"].lower()) in senders(row) for row in mails_of(known) if row.moments}
    return len(theirs) < 2
