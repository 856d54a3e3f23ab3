"""What comes again and again: only a row that repeats bears out "every day"."""

import re
from collections.abc import Sequence

from agent.claims.known import Known
from agent.claims.moods import is_denial
from agent.claims.plain import stems
from agent.claims.rows import Row
from agent.claims.saying import Saying, Sentence

_EVERY = re.compile(
    r"\b(?:every|each) (?:single |other |second )?(?:day|week|month|year|morning|afternoon|evening|night|weekday|workday|(?:mon|tues|wednes|thurs|fri|satur|sun)day)s?\b"
    r"|\b(?:daily|weekly|monthly|yearly|annually|fortnightly|on weekdays)\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)days\b"
)
_REPEATS = ("recurrence", "series")


def again(saying: Saying) -> bool:
    """Whether a clause says that something comes again and again."""
    return bool(_EVERY.search(saying.lower)) and not is_denial(saying.lower)


def repeats(rows: Sequence[Row]) -> bool:
    """Whether one of the rows does, by its rule or in its words."""
    return any(any(row.data.get(name) for name in _REPEATS) or _EVERY.search(row.text.lower()) for row in rows)


def recurring(saying: Saying, known: Known, before: Sentence) -> bool:
    """Whether what is said of a thing, that it comes every so often, is so."""
    if not again(saying):
        return True
    every = [row for row in (*known.here, *known.thread) if row.kind != "now"]
    named = set(saying.content) - stems(" ".join(_EVERY.findall(saying.lower))) or before.about
    if not known.answers and not named & known.titles:
        return True
    rows = [row for row in every if row.title & named] if named else every
    return not any(row.moments for row in rows) or repeats(rows) or repeats(known.persons)
