"""What is told in a row of a list that was read, "the tap, the tiles and the lawn": each of it stands on the list, and is as the head says."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from agent.claims.days import days
from agent.claims.known import Known
from agent.claims.moods import is_denial
from agent.claims.numbers import NUMBER, numbers
from agent.claims.plain import akin, stems
from agent.claims.rows import Row
from agent.claims.saying import THERE, VERB, Saying, Sentence
from agent.claims.standing import LATE, due_of, is_over
from agent.claims.vocabulary import LITTLE, ORDINARY

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
_LONG = 4
"""Letters from which on a word names something."""
_OURS = re.compile(r"\b(?:i|i'm|i've|i'd|i'll|we|let me|shall|want me|if|whenever|which)\b")


def enumerated(saying: Saying, known: Known, before: Sentence) -> bool:
    """Whether each thing that is told in a row stands on the list that was read; True where no such list was."""
    rows = _read(known)
    if not rows or is_denial(saying.lower) or (saying.clocks and VERB.search(saying.lower)):
        return True
    parts = [Saying(part, saying.today, first=False) for part in _parts(saying.text)]
    things = [(part, found) for part in parts if (found := _things(part))]
    borne = [(part, found, _stands_for(found, rows)) for part, found in things]
    if not all(_so_many(part, rows) for part in parts) or not _by_urgency(saying, before, rows):
        return False
    told = [row for row in rows if row.title & before.told] or [one for *_, hit in borne for one in hit]
    listing = (
        len(borne) > 1 or before.listing or before.text or THERE.search(saying.lower) or _STILL.search(saying.lower)
    )
    if not (told or _STILL.search(saying.lower)) or not listing or _OURS.search(saying.lower):
        return _as_headed(saying, before, borne)
    apart = frozenset().union(*(row.words for row in rows)) | known.their_words
    if any(
        not hit and _unknown(found, apart, known, loosely=bool(_TO_BE_DONE.search(part.lower)))
        for part, found, hit in borne
        if _names_a_thing(part)
    ):
        return False
    return _as_headed(saying, before, borne)


def _read(known: Known) -> list[Row]:
    """What stands on the lists that were read in this turn, and what was written beside."""
    looked = [one for one in known.answers if one.now and not one.failed]
    if not any(one.tool in _LISTS for one in looked) or any(one.tool not in _LISTS and not one.wrote for one in looked):
        return []
    return [row for one in looked for row in one.rows if {"title", "text"} & row.data.keys()]


def _parts(text: str) -> Iterator[str]:
    yield from (part for part in (one.strip(" .!") for one in _PARTED.split(text)) if part)


def _things(part: Saying) -> frozenset[str]:
    """The stems of what something is done to, or else of all that is named."""
    text = _LEAD.sub(" ", part.bare).strip()
    text = re.sub(
        r"\b(?:due|by|until|till|on|for|since|from|whenever|with no|without|at some) *$|\b(?:whenever|when|which|that) .*",
        "",
        text,
    )
    left = _TO_BE_DONE.sub(" ", text)
    text = left if Saying(left, part.today, first=False).content else text
    doing = _DOING.match(text)
    told = Saying(_SOMEHOW.sub(" ", text[doing.end() :] if doing else text), part.today, first=False)
    things = frozenset(told.content) - ORDINARY
    return things - stems(doing["verb"]) if doing and things - stems(doing["verb"]) else things or _done(doing)


def _done(doing: re.Match[str] | None) -> frozenset[str]:
    """ "Raking the leaves": where nothing else tells what it is, the verb does."""
    return frozenset(Saying(doing["verb"], date.min, first=False).content) - ORDINARY if doing else frozenset()


def _stands_for(things: frozenset[str], rows: Sequence[Row]) -> list[Row]:
    """The rows that are named by so many of these words that the others only paraphrase: "the plasterer's bill" is paying the plasterer."""
    return [row for row in rows if _covers(things, row)]


def _covers(things: frozenset[str], row: Row) -> bool:
    hit = {word for word in things if akin(word, row.words)}
    if not hit:
        return False
    title = str(row.data.get("title") or row.data.get("text"))
    own = _things(Saying(title, row.today, first=False)) or stems(title) - LITTLE
    return (
        hit == things
        or (len(hit) >= 2 * (len(things) - len(hit)) and len(hit) > 1)
        or 3 * len(own & things) >= 2 * len(own)
    )


def _names_a_thing(part: Saying) -> bool:
    """Whether it is a thing of the row, and not told of one: "… and the rest can wait"."""
    return (
        not part.clocks
        and not part.lengths
        and not VERB.search(_LEAD.sub(" ", _TO_BE_DONE.sub(" ", _THEN_IS.sub("", part.lower))))
        and not _POINTS.match(part.lower)
    )


def _unknown(things: frozenset[str], apart: frozenset[str], known: Known, *, loosely: bool) -> bool:
    """Whether nothing else that is known goes by these words either; of "the tablets from the pharmacy need collecting" one is enough."""
    if any(things <= row.words for row in (*known.here, *known.thread)):
        return False
    return not any(akin(word, apart) for word in things) if loosely else any(not akin(word, apart) for word in things)


def _so_many(part: Saying, rows: Sequence[Row]) -> bool:
    """Whether there are so many of it: not "suggest five books", where it is three."""
    told, named = numbers(part.bare), {word for word in stems(part.text) if len(word) >= _LONG}
    titles = [str(row.data.get("title") or row.data.get("text")) for row in rows]
    same = [numbers(title) for title in titles if len(named & stems(title)) > 1 and numbers(title)]
    return not told or not same or any(told <= those for those in same)


def _by_urgency(saying: Saying, before: Sentence, rows: Sequence[Row]) -> bool:
    """ "In order of urgency: the tiles, the tap": none is told after one that is due later."""
    sentence = f"{before.text} {saying.text}"
    if not (match := _ORDERED.search(sentence.lower())):
        return True
    parts = [Saying(part, saying.today, first=False) for part in _parts(sentence[match.end() :])]
    hits = [_stands_for(found, rows) for part in parts if (found := _things(part))]
    dues = [due_of(hit[0]) or date.max for hit in hits if len(hit) == 1 and "done" in hit[0].data]
    return dues == sorted(dues)


def _as_headed(saying: Saying, before: Sentence, borne: Sequence[tuple[Saying, frozenset[str], list[Row]]]) -> bool:
    """ "Due today are the form and the tap": each that is named is due then; what is late may be told with today's."""
    within = _HEAD.search(saying.lower)
    head = within or (None if saying.every_day or VERB.search(saying.lower) else _HEAD.search(before.text.lower()))
    if head is None:
        return True
    after = saying.text[within.end() :] if within else saying.text
    if VERB.search(after) or LATE.search(after.lower()) or days(after, saying.today):
        return True
    those = [hit for part, _, hit in borne if part.text in after and hit and "done" in hit[0].data]
    return all(any(_is_so(row, head[0], saying.today) for row in hit) for hit in those)


def _is_so(row: Row, head: str, today: date) -> bool:
    due, then = due_of(row), days(head, today)
    if not then:
        return is_over(row, today)
    if due is None:
        return False
    return all(day.fits(due) for day in then) or (due < today and all(day.fits(today) for day in then))
