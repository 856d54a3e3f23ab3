"""What is told in a row of a list that was read, "the tap, the tiles and the lawn": each of it stands on the list, and is as the head says."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from agent.claims.days import days
from agent.claims.known import Known
from agent.claims.moods import is_denial
from agent.claims.numbers import NUMBER, numbers
from agent.claims.plain import akin, stems
from agent.claims.rows import Row
from agent.claims.saying import THERE, VERB, Saying, Sentence, naming
from agent.claims.standing import LATE, due_of, is_over
from agent.claims.vocabulary import ORDINARY

_LISTS = ("list_tasks", "list_reminders")
_PARTED = re.compile(r"[,;:](?!\d)|\b(?:and|plus|then|followed by|as well as|or)\b|\s[-–—]\s", re.IGNORECASE)
_DOING = re.compile(
    rf"^(?:to |also |still |next |first |lastly |finally |go |get )*(?P<verb>[a-z]+)(?= (?:\w+ (?:to|up|off|in|out|for) )?(?:the|your|a|an|some|those|that|{NUMBER}|\w+'s|on|for|with|over|about|at)\b)",
    re.IGNORECASE,
)
""" "Mow the lawn": what is done isn't what it is done to."""
_LEAD = re.compile(
    rf".*(?:{THERE.pattern}|\b(?:it's|that's|they're|there are|don't forget|which (?:is|are)|(?:is|are|has|have|needs?|had|still) to)\b|:)",
    re.IGNORECASE,
)
_TO_BE_DONE = re.compile(r"\b(?:needs?|wants?|has|have|is|are) (?:\w+ing\b|to be \w+|to \w+)|\bto be \w+$")
_STILL = re.compile(
    r"\byou(?: still| also|'ve| have)+(?: got| need| have)* to\b|\bstill (?:needs?|ha(?:s|ve) to|to be)\b"
)
_ORDERED = re.compile(
    r"\b(?:in order of|sorted by|by) (?:urgency|due date|deadline|date)\b|\bmost (?:urgent|pressing) first\b"
)
_THEN_IS = re.compile(
    r" (?:is|are)(?: all| both| still| also)*(?: due| for| on| by| open| left)* ?(?:today|tomorrow|\w+day)?$"
)
""" "… and the render are for today": what is said of all."""
_POINTS = re.compile(r"(?:that|this|it|they|these|those|the (?:rest|others?|last|first))\b")
_SOMEHOW = re.compile(r"\b\w+ly\b")
_HEAD = re.compile(
    rf"(?:\b(?:due|for|on|by) (?:today|tomorrow|\w+day)|^\W*(?:and |so |then )*(?:today|tomorrow|\w+day),?|{LATE.pattern})(?: now| already| then| there| you)*(?:'s| is| are|'ve got|'ve| have| comes?|:| it's| there's| there are)(?!\w)"
)
""" "Due today are …": what follows is so."""
_WHEN = re.compile(
    r"\b(?:due|by|until|till|on|for|since|from|whenever|with no|without|at some) *$|\b(?:whenever|when|which|that) .*"
)
_OURS = re.compile(r"\b(?:i|i'm|i've|i'd|i'll|we|let me|shall|want me|if|whenever|which)\b")


def enumerated(saying: Saying, known: Known, before: Sentence) -> bool:
    """Whether each thing that is told in a row stands on the list that was read; True where no such list was."""
    rows = _read(known)
    if not rows or is_denial(saying.lower) or (saying.clocks and VERB.search(saying.lower)):
        return True
    parts = _parts(saying.text, saying)
    borne = [(part, found, _stands_for(found, rows)) for part in parts if (found := _things(part))]
    if not all(_so_many(part, rows) for part in parts) or not _by_urgency(saying, before, rows):
        return False
    still = _STILL.search(saying.lower)
    told = still or any(hit for *_, hit in borne) or any(row.title & before.told for row in rows)
    listing = still or len(borne) > 1 or before.text or THERE.search(saying.lower)
    apart = known.words | known.their_words
    unheard = any(not hit and _names_a_thing(part) and _unknown(found, apart) for part, found, hit in borne)
    if told and listing and unheard and not _OURS.search(saying.lower):
        return False
    return _as_headed(saying, before, borne)


def _read(known: Known) -> list[Row]:
    """What stands on the lists that were read in this turn, and what was written beside."""
    looked = [one for one in known.answers if one.now and not one.failed]
    if not any(one.tool in _LISTS for one in looked) or any(one.tool not in _LISTS and not one.wrote for one in looked):
        return []
    return [row for one in looked for row in one.rows if {"title", "text"} & row.data.keys()]


def _parts(text: str, saying: Saying) -> list[Saying]:
    return [replace(saying, text=part) for one in _PARTED.split(text) if (part := one.strip(" .!"))]


def _things(part: Saying) -> frozenset[str]:
    """The stems of what something is done to, or else of all that is named."""
    text = _TO_BE_DONE.sub(" ", _WHEN.sub("", _LEAD.sub(" ", part.bare).strip()))
    things = frozenset(naming(_SOMEHOW.sub(" ", text))) - ORDINARY
    doing = _DOING.match(text)
    return (things - stems(doing["verb"]) if doing else things) or things  # "raking the leaves"


def _stands_for(things: frozenset[str], rows: Sequence[Row]) -> list[Row]:
    """The rows that are named by so many of these words that the others only paraphrase: "the plasterer's bill" is paying the plasterer."""
    return [row for row in rows if _covers(things, row)]


def _covers(things: frozenset[str], row: Row) -> bool:
    """Whether two of three words that are told are its own."""
    return 3 * sum(akin(word, row.words) for word in things) >= 2 * len(things)


def _names_a_thing(part: Saying) -> bool:
    """Whether it is a thing of the row, and not told of one: "… and the rest can wait"."""
    return (
        not part.clocks
        and not part.lengths
        and not VERB.search(_LEAD.sub(" ", _TO_BE_DONE.sub(" ", _THEN_IS.sub("", part.lower))))
        and not _POINTS.match(part.lower)
    )


def _unknown(things: frozenset[str], apart: frozenset[str]) -> bool:
    """Whether nothing else that is known goes by these words either."""
    return not all(akin(word, apart) for word in things)


def _so_many(part: Saying, rows: Sequence[Row]) -> bool:
    """Whether there are so many of it: not "suggest five books", where it is three."""
    told, named = numbers(part.bare), stems(part.text)
    same = [own for row in rows if (own := numbers(row.name)) and len(named & row.title) > 1]
    return not same or any(told <= own for own in same)


def _by_urgency(saying: Saying, before: Sentence, rows: Sequence[Row]) -> bool:
    """ "In order of urgency: the tiles, the tap": none is told after one that is due later."""
    sentence = f"{before.text} {saying.text}"
    if not (match := _ORDERED.search(sentence.lower())):
        return True
    things = filter(None, map(_things, _parts(sentence[match.end() :], saying)))
    hits = [_stands_for(one, rows) for one in things]
    dues = [due_of(hit[0]) or date.max for hit in hits if len(hit) == 1]
    return dues == sorted(dues)


def _as_headed(saying: Saying, before: Sentence, borne: Sequence[tuple[Saying, frozenset[str], list[Row]]]) -> bool:
    """ "Due today are the form and the tap": each that is named is due then; what is late may be told with today's."""
    within = _HEAD.search(saying.lower)
    head = within or _HEAD.search(before.text.lower())
    if head is None:
        return True
    after = saying.text[within.end() :] if within else saying.text
    if VERB.search(after) or days(after, saying.today):
        return True
    those = [hit for part, _, hit in borne if part.text in after and hit]
    return all(any(_is_so(row, head[0], saying.today) for row in hit) for hit in those)


def _is_so(row: Row, head: str, today: date) -> bool:
    due, then = due_of(row), days(head, today)
    if not then:
        return is_over(row, today)
    return due is not None and (
        all(day.fits(due) for day in then) or (due < today and all(day.fits(today) for day in then))
    )
