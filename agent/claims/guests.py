"""Who takes part: somebody who is said to join an event stands in its row, as a guest or in its name."""

import re
from collections.abc import Sequence

from agent.claims.known import Known
from agent.claims.moods import is_denial
from agent.claims.plain import stem, words
from agent.claims.rows import Row
from agent.claims.saying import Saying, Sentence
from agent.claims.vocabulary import LITTLE

_NAMES = r"(?P<who>[A-Z][\w-]+(?:(?:,? and|,) [A-Z][\w-]+)*|[Hh]e|[Ss]he|[Tt]hey)"
_TAKES_PART = re.compile(
    rf"\b{_NAMES}(?:'ll| will| is| are|'s|'re)(?: also| both| all| too)*(?: be)?(?: also| both| all)* (?P<how>there(?!'s| is| are)|joining|coming|down for|(?:in|at|on) (?:both|either)|at (?:the|your)|in (?:the|your)|attending|invited|a guest|guests|on the guest list|part of it|on the invitation)\b"
    rf"|\b{_NAMES.replace('<who>', '<who2>')}(?:'ll| will)?(?: also)? (?:joins?|attends?|comes? (?:along|too|as well|to (?:the|your)))\b"
)
_NOBODY = re.compile(
    r"\b(?:nobody|no one|none of them)(?: else)?(?:'s| is| was| has been) (?:invited|a guest|joining|coming|attending)\b|\b(?:there are|there's|it has|with) (?:no|nobody|no other) guests?\b"
)
_BOTH = re.compile(r"\bboth\b")
_EVERYBODY = re.compile(r"\b(?:invited|joining|coming|attending)\b")


def taking_part(saying: Saying, known: Known, before: Sentence) -> bool:
    """Whether those who are said to take part do; True where it is said of nobody."""
    match = _TAKES_PART.search(saying.text)
    if match is None or is_denial(saying.lower):
        return True
    who = [stem(word) for word in words(match["who"] or match["who2"]) if stem(word) not in LITTLE]
    rows = [row for row in (*known.here, *known.thread) if "title" in row.data and row.moments]
    if match["how"] == "down for" and any(set(who) <= row.title for row in known.here if "list" in row.data):
        return True  # "candles are down for the shopping"
    if not who or not rows:
        return not who or bool(known.their_words & set(who) and not known.answers) or not _of_events(saying)
    named = set(saying.content) - set(who)
    meant = (
        _best(rows, named)
        or [row for row in rows if row.title & before.about]
        or [row for row in rows if any(row.on(day) for day in saying.days)]
        or rows
    )
    there = [(row.title, row.moments[:1]) for row in meant if all(word in row.words | row.title for word in who)]
    if not _BOTH.search(match["how"] or ""):
        return bool(there)
    read = [row for row in meant if row not in known.agenda] or meant
    return all((row.title, row.moments[:1]) in there for row in read)


def unaccompanied(saying: Saying, known: Known, before: Sentence) -> bool | None:
    """Whether nobody takes part in what is told of, where that is said; None where it isn't, or nothing is known of it."""
    if not _NOBODY.search(saying.lower):
        return None
    rows = [row for row in (*known.here, *known.thread) if "guests" in row.data]
    named = set(saying.content) | before.about
    meant = [row for row in rows if row.title & named] or rows
    return not any(row.data["guests"] for row in meant) if meant else None


def _of_events(saying: Saying) -> bool:
    return bool(_EVERYBODY.search(saying.lower))


def _best(rows: Sequence[Row], named: set[str]) -> list[Row]:
    most = max((len(row.title & named) for row in rows), default=0)
    return [row for row in rows if most and len(row.title & named) == most]
