"""What a mail, or a memory, says the other way round: no for yes, the opposite word, something else of the same verb."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from agent.claims.moods import is_denial
from agent.claims.numbers import NUMBER, in_figures, numbers, value
from agent.claims.plain import most, stem, stemmed, stems
from agent.claims.rows import Row
from agent.claims.saying import Saying
from agent.claims.vocabulary import LITTLE

_NOT = re.compile(
    r"(?:\b(?:not|never|cannot|no longer)|n't)(?: \w+ly| even| yet| be| been| get| have(?= been\b| \w+ed\b)| to| able| going)* (?P<verb>[a-z]+)\b"
)
_BY_US = re.compile(r"\b(?:you|i|we)\b[^,;]*(?:\bnot\b|\bnever\b|n't\b)")
""" "You haven't answered yet": no mail can say otherwise."""
_OPPOSITES = [
    (stem(one), stem(other))
    for pair in "over/under open/closed included/plus cover/plus included/extra included/excluded with/without higher/lower rise/fall rose/fell rise/fell up/fell rose/ease rise/ease increase/decrease late/early possible/impossible north/south east/west".split()
    for one, other in (pair.split("/"), pair.split("/")[::-1])
]
_OF = re.compile(
    r"\b(?!(?:is|are|was|were|be|been|and|or|but|of|the|that|has|have|had|as|than|not)\b)(?P<verb>[a-z]+)(?: (?P<way>with|from|at|to|in|on|for|by|about|under|into))? (?:me |you |us |them )?(?:(?:the|an?|my|your|our|his|her|their|its) |(?<= in )(?!\d))(?P<what>[\w'-]+(?: [\w'-]+)?)",
    re.IGNORECASE,
)
_ASKED = re.compile(r"(?:\bnot|n't|\bnever|\bno longer)(?: \w+)? (?:needs?|wants?|asks?|expects?|requires?)\b")
_ASKS = re.compile(r"\?|\b(?:please|can you|could you|would you|need|want|would like|send me)\b")
_CAME = re.compile(r"\b(?:wrote|came|arrived|mailed|emailed|sent (?:it|this|that))\b")
_NTH = re.compile(
    r"\b(?P<what>first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth) (?P<verb>[a-z]+)", re.IGNORECASE
)
_NOT_SO_MANY = re.compile(rf", not (?:the |a |for |at )?({NUMBER})\b")
_RATHER = re.compile(r"\b(?:not|instead|rather|than|from)\b|n't\b|\d and \d")
_INSTEAD = re.compile(r"\b(?:not|instead|rather|than|and|from)\b|n't\b")
_SO_MANY = re.compile(rf"\b(?P<verb>{NUMBER}) (?P<what>[a-z]+)\b", re.IGNORECASE)


def gainsaid(saying: Saying, row: Row) -> bool:
    """Whether a sentence of the row says the opposite of what is told of it, or the same of something else."""
    return _denied(saying, row) or _opposite(saying, row) or _other(saying, row) or _then(saying, row)


def _denied(saying: Saying, row: Row) -> bool:
    """ "Yusuf can't drive the van", where he says that he can; "he eats fish", where he doesn't."""
    content = set(saying.content)
    if not is_denial(saying.lower):
        return any(len(content & stems(part)) > 1 and content & _verbs_denied(part) for part in row.parts)
    if _BY_US.search(saying.lower) or not row.words.issuperset(content):
        return False
    asked, verbs = _ASKED.search(saying.lower), [match["verb"] for match in _NOT.finditer(saying.lower)]
    return any(
        not is_denial(part)
        for part in row.parts
        if any(stem(verb) in content & stems(part) or _will(verb, part) for verb in verbs)
        or (asked and stems(part).issuperset(content) and _ASKS.search(part.lower()))  # "she doesn't need it"
    )


def _verbs_denied(part: str) -> frozenset[str]:
    return stemmed(match["verb"] for match in _NOT.finditer(part.lower())) - LITTLE


def _will(verb: str, part: str) -> bool:
    return bool(re.search(rf"\b(?:can|will|shall|could|'ll|going to|able to) {re.escape(verb)}\b", part.lower()))


def _then(saying: Saying, row: Row) -> bool:
    """ "The form is due on Monday", where the sentence about the form has Friday, and another Monday."""
    if not (saying.clocks or saying.every_day) or _CAME.search(saying.lower):
        return False
    content = set(saying.content)
    near = most(row.parts, lambda part: len(content & stems(part)))
    rows = [replace(row, text=part, today=row.written, data={"subject": part}) for part in near]
    timed = [one for one in rows if one.clocks or one.dates]
    return bool(timed) and all(_another_day(saying, one) or _another_hour(saying, one) for one in timed)


def _another_day(saying: Saying, part: Row) -> bool:
    return bool(saying.every_day and part.dates) and not any(map(part.on, saying.every_day))


def _another_hour(saying: Saying, part: Row) -> bool:
    return bool(saying.clocks and part.clocks) and not any(part.has(clock, loosely=True) for clock in saying.clocks)


def _opposite(saying: Saying, row: Row) -> bool:
    """ "The care stays open", where it is closed."""
    found = stems(saying.text)
    turned = {there for here, there in _OPPOSITES if here in found - row.words and there in row.words - found}
    if not turned or is_denial(saying.lower):
        return False
    parts = (part for told in row.parts for part in re.split(r"[,;]", told))
    return any(turned & stems(part) and {*saying.content} & stems(part) and not is_denial(part) for part in parts)


@lru_cache(64)
def _objects(text: str) -> Sequence[tuple[tuple[str, str], frozenset[str]]]:
    """What follows each verb, with the word between, and each number; of a mail it is read once."""
    verbs = [(match, match["way"] or "") for match in _OF.finditer(text)]
    many = [(match, "") for match in _SO_MANY.finditer(in_figures(text))]
    found = [
        ((stem(match["verb"].lower()), way.lower()), stems(match["what"]) - LITTLE) for match, way in (*verbs, *many)
    ]
    nth = [((stem(match["verb"].lower()), "nth"), frozenset([match["what"].lower()])) for match in _NTH.finditer(text)]
    return [*(each for each in found if each[1]), *nth]


def counts_otherwise(saying: Saying, row: Row) -> bool:
    """ "Three machines", where there are two of them; one, a dozen or so may be said of anything."""
    return not _RATHER.search(saying.lower) and any(_other_counts(saying, row))


_DECIMAL = re.compile(r"\d+\.\d+")


def _other_counts(saying: Saying, row: Row) -> Iterator[bool]:
    text, told_of = (_DECIMAL.sub(" ", in_figures(one)) for one in (row.text, saying.text))
    there = [(stem(match["what"].lower()), value(match["verb"])) for match in _SO_MANY.finditer(text)]
    for match in _SO_MANY.finditer(told_of):
        what, told = stem(match["what"].lower()), value(match["verb"])
        if told > 1 and what not in LITTLE:
            many = {number for thing, number in there if thing == what}
            yield bool(many) and told not in many


def _refused_numbers(text: str) -> frozenset[int]:
    """ "450 deep, not 380"."""
    return frozenset(map(value, _NOT_SO_MANY.findall(text.lower())))


def _other(saying: Saying, row: Row) -> bool:
    """ "He leaves from the station", where he leaves from the hall: another than that of which the row says it, and not what it is about."""
    about = stems(str(row.data.get("subject")))
    if any(number in _refused_numbers(row.text) for number in numbers(saying.bare)) and not _INSTEAD.search(
        saying.lower
    ):
        return True
    if counts_otherwise(saying, row):
        return True
    strange = set(saying.names) - row.words
    there: dict[tuple[str, str], frozenset[str]] = {}
    for key, what in _objects(row.text):
        there[key] = there.get(key, frozenset()) | what
    return any(
        key in there and (what & strange or not what & (there[key] | about)) for key, what in _objects(saying.text)
    )
