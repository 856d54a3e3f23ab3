"""What a mail, or a memory, says the other way round: no for yes, the opposite word, something else of the same verb."""

import re
from collections.abc import Iterator

from agent.claims.moods import is_denial
from agent.claims.numbers import NUMBER, in_figures
from agent.claims.plain import stem, stems, words
from agent.claims.rows import Row
from agent.claims.saying import Saying
from agent.claims.vocabulary import LITTLE

_NOT = re.compile(
    r"(?:\b(?:not|never|cannot|no longer)|n't)(?: \w+ly| even| yet| be| been| get| have| to| able| going)* (?P<verb>[a-z]+)\b"
)
_BY_US = re.compile(r"\b(?:you|i|we)\b[^,;]*(?:\bnot\b|\bnever\b|n't\b)")
""" "You haven't answered yet": no mail can say otherwise."""
_OPPOSITES = [
    (stem(one), stem(other))
    for pair in "over/under open/closed included/plus included/extra included/excluded with/without higher/lower rise/fall increase/decrease late/early possible/impossible".split()
    for one, other in (pair.split("/"), pair.split("/")[::-1])
]
_OF = re.compile(
    r"\b(?!(?:is|are|was|were|be|been|and|or|but|of|the|that|has|have|had|as|than|not)\b)(?P<verb>[a-z]+)(?: (?P<way>with|from|at|to|in|on|for|by|about|under|into))? (?:me |you |us |them )?(?:the|an?|my|your|our|his|her|their|its) (?P<what>[\w'-]+(?: [\w'-]+)?)",
    re.IGNORECASE,
)
_SO_MANY = re.compile(rf"\b(?P<verb>{NUMBER}) (?P<what>[a-z]+)\b", re.IGNORECASE)


def gainsaid(saying: Saying, row: Row) -> bool:
    """Whether a sentence of the row says the opposite of what is told of it, or the same of something else."""
    parts = re.findall(r"[^.!?]+", re.sub(r"(?<=\d)\.(?=\d)", ",", row.text))
    return any(_denied(saying, row, part) or _opposite(saying, row, part) for part in parts) or _other(saying, row)


def _denied(saying: Saying, row: Row, part: str) -> bool:
    """ "Yusuf can't drive the van", where he says that he can; "he eats fish", where he doesn't."""
    told, there = stems(part), {stem(match["verb"]) for match in _NOT.finditer(part.lower())} - LITTLE
    content = set(saying.content)
    if not is_denial(saying.lower):
        return bool(there & content) and len(content & told) > 1
    if is_denial(part) or _BY_US.search(saying.lower) or not content <= row.words:
        return False
    return any(stem(match["verb"]) in told & content for match in _NOT.finditer(saying.lower))


def _opposite(saying: Saying, row: Row, part: str) -> bool:
    """ "The care stays open", where it is closed."""
    found, told = stems(saying.text), stems(part)
    if is_denial(saying.lower) or is_denial(part) or not set(saying.content) & told:
        return False
    return any(
        here in found and there in told and here not in row.words and there not in found for here, there in _OPPOSITES
    )


def _objects(text: str) -> Iterator[tuple[tuple[str, str], frozenset[str]]]:
    """What follows each verb, with the word between, and each number."""
    for match in (*_OF.finditer(text), *_SO_MANY.finditer(in_figures(text))):
        what = frozenset(stem(word) for word in words(match["what"])) - LITTLE
        if what:
            yield (stem(match["verb"].lower()), str(match.groupdict().get("way") or "").lower()), what


def _other(saying: Saying, row: Row) -> bool:
    """ "He leaves from the station", where he leaves from the hall: another than that of which the row says it, and not what it is about."""
    about = stems(str(row.data.get("subject") or row.data.get("title") or ""))
    there, strange = dict(_objects(row.text)), set(saying.names) - row.words
    return any(
        key in there and (what & strange or not what & (there[key] | about)) for key, what in _objects(saying.text)
    )
