"""How a task stands: due when, overdue, open or done."""

import re
from collections.abc import Sequence
from datetime import date

from agent.claims.days import Day
from agent.claims.known import Known
from agent.claims.moods import is_conditional, is_denial
from agent.claims.numbers import NUMBER, value
from agent.claims.plain import stem, stems
from agent.claims.rows import Row, best
from agent.claims.saying import Saying, Sentence
from agent.claims.verbs import DONE

_DUE = re.compile(
    r"\b(?:due|deadline|(?:ha(?:s|ve)|'ve)(?: got)? (?:until|till)|needs? to be (?:done|in|sent|finished|booked)|has to be|have to be|should be done|to be (?:done|finished))\b"
)
_COUNTED = re.compile(rf"^\W*(?:and |but |so )?{NUMBER} (?:(?:of them|more|others?) )?(?:is|are)\b", re.IGNORECASE)
LATE = re.compile(
    r"\b(?:overdue|late|past due|behind|out of time|missed|(?:past|over|beyond|missed) (?:its|their|the|your)(?: due)? (?:date|deadline)s?|should(?: have|'ve) (?:already )?been)\b"
)
_MUCH = rf"(?:(?P<almost>almost|nearly) |(?P<over>over|more than) |(?P<about>about|around) )?(?P<many>{NUMBER}|a) (?P<unit>day|week|month)s?"
_LATE_BY = (
    re.compile(rf"\b{_MUCH} (?:late|overdue|behind|past)\b"),
    re.compile(rf"\b(?:overdue|late)(?: now| already)* (?:by|for) (?:the (?:last|past) )?{_MUCH}\b"),
    re.compile(rf"\bdue {_MUCH} ago\b"),
)
_DAYS = {"day": 1, "week": 7, "month": 30}
_NO_HURRY = re.compile(
    r"\bcan (?:easily )?wait\b|\btake your time\b|\b(?:no|any) need to (?:rush|hurry)\b|\b(?:has|have|have got|there's)(?: still| plenty of| lots of| some)* time\b|\b(?:no|not any) (?:hurry|rush)\b|\b(?:isn't|not|aren't) (?:at all |that |very )?urgent\b|\bin good time\b|\bon (?:time|track|schedule)\b"
)
_PARTS = re.compile(r"[,;]|\band\b")
_FOR_A_DAY = re.compile(
    r"^\W*(?:and |then |for |on )*(?:today|tomorrow|\w+day),? (?:it's|that's|there's|there are|you have|you've got)\b|\b(?:due|for) (?:today|tomorrow|\w+day)\b"
)
_ON_DAY = re.compile(r"\b(?:on|by|for|until|till) (?:\w+day|tomorrow|today|the \d+\w\w)\b")
_WHAT_IS = re.compile(r"\b(?:the|your) (\w+) (?:is|are|was|were)\b")
""" "The invitations are a day late": a thing of theirs may be called by a word that is little elsewhere."""
_IS_DONE = re.compile(
    r"(?:\bis|\bare|'s)(?: already| both| all| now)* (?:done|ticked(?: off)?|finished|completed|bought|crossed (?:off|out)|off (?:the|your) list)\b(?! (?:by|on|until|before)\b)"
)
_NOT_YET = re.compile(r"\b(?:not|isn't|aren't) (?:over)?due(?: yet)?[.!]*$")
_IS_SO = re.compile(
    r"(?:\b(?:is|are|has been|(?<!should )have been)|'s|'re)(?: now| already| all| both| finally)* (?P<did>[a-z]+(?<!ing))\b"
)
NO_DATE = re.compile(r"\b(?:no|without|doesn't have an?|don't have an?)(?: due)? (?:due date|date|deadline)s?\b")


def stands(saying: Saying, known: Known, before: Sentence) -> bool:
    """Whether what is said of a task's day, or of its being overdue, is so; True where nothing is said of it."""
    lower, content, rows, today = saying.lower, set(saying.content), _tasks(known), known.now.date()
    if not rows:
        return True
    spoken = stems(" ".join(_WHAT_IS.findall(lower)))
    named = best(rows, content or spoken) or ([] if content else best(rows, before.about))
    if not named and not content and len(rows) == 1:
        named = rows  # nothing else can be meant
    easy = _NO_HURRY.search(lower)
    if is_denial(lower) and not easy:
        return not content or (_dateless(lower, named) and _in_time(lower, named, today))
    if content and not named and not content & (known.their_words | known.words):
        return not _DUE.search(lower) and not LATE.search(lower)  # "the rent is due": nobody has heard of it
    if not _all_then(saying, rows, today) or (easy and named and all(is_over(row, today) for row in named)):
        return False
    ticked = not named or known.receipts or any(row.data["done"] for row in named)
    if _IS_DONE.search(lower) and not ticked:
        return False
    if named and (by := next(filter(None, (one.search(lower) for one in _LATE_BY)), None)):
        return any(_late_by(row, by, today) for row in named)
    if named and LATE.search(lower):
        return all(is_over(row, today) and _fits(row, saying.days) for row in named)
    if named and not saying.clocks and not any(map(due_of, named)) and _ON_DAY.search(lower):
        return False
    return all(_due_then(part, saying, rows, before) for part in _PARTS.split(saying.text) if _DUE.search(part))


def _due_then(part: str, saying: Saying, rows: Sequence[Row], before: Sentence) -> bool:
    """Whether the task that is named beside a day, or else before it, is due then; any, where none is named ("it's due today")."""
    told = Saying(part, saying.today)
    if not told.content and _COUNTED.search(part):
        return True  # "two are due today": how many, not which
    content = set(told.content or Saying(saying.text[: saying.text.find(part)], saying.today).content)
    named = best(rows, content or before.about) or ([] if content else rows)
    return not named or any(_fits(row, told.days) for row in named)


def _all_then(saying: Saying, rows: Sequence[Row], today: date) -> bool:
    """ "For today it's the stamps and the tickets": each that is named is due then, or overdue."""
    if len(saying.every_day) != 1 or not _FOR_A_DAY.search(saying.lower) or LATE.search(saying.lower):
        return True
    named = [best(rows, Saying(part, saying.today).content) for part in _PARTS.split(saying.text)]
    return all(any(_fits(row, saying.days) or is_over(row, today) for row in those) for those in named if those)


def _dateless(lower: str, named: Sequence[Row]) -> bool:
    """ "The bike has no date": one of those that are named has none."""
    return not NO_DATE.search(lower) or not all(map(due_of, named)) or not named


def _in_time(lower: str, named: Sequence[Row], today: date) -> bool:
    """ "The passport isn't due yet": of those that are named one isn't."""
    if not _NOT_YET.search(lower) or not named:
        return True
    return any((due := due_of(row)) is None or due > today for row in named)


def _tasks(known: Known) -> list[Row]:
    return [row for row in (*known.here, *known.thread) if {"done", "due", "list"} <= row.data.keys()]


def due_of(row: Row) -> date | None:
    """The day a task is due."""
    told = row.data.get("due")
    return date.fromisoformat(told[:10]) if told else None


def is_over(row: Row, today: date) -> bool:
    due = due_of(row)
    return due is not None and due < today


def _fits(row: Row, days: Sequence[Day]) -> bool:
    return not days or ((due := due_of(row)) is not None and all(day.fits(due) for day in days))


def _late_by(row: Row, match: re.Match[str], today: date) -> bool:
    """Whether it is late by so much; "almost a week" may be some days less, "over a week" is more."""
    many = 1 if match["many"] == "a" else value(match["many"])
    said, due = many * _DAYS[match["unit"]], due_of(row)
    late = (today - due).days if due else 0
    if match["over"]:
        return said < late <= 2 * said
    if match["almost"]:
        return said * 2 / 3 <= late <= said
    slack = said / 6 if match["about"] else many if match["unit"] == "month" else 0
    return abs(late - said) <= slack


def done_by_now(saying: Saying, known: Known) -> bool:
    """ "The barn's rented": of what is still to be done, or what they are only to be reminded of, that it has been done."""
    match = _IS_SO.search(saying.lower)
    if match is None or is_denial(saying.lower) or is_conditional(saying.lower):
        return False
    if match["did"] not in DONE and not match["did"].endswith("ed"):
        return False  # "the hotel's invoice"
    did = stem(DONE.get(match["did"], (match["did"],))[0])
    if {did, stem(match["did"])} & known.their_words:
        return False
    rows = [row for row in (*known.here, *known.thread) if "due" in row.data and not row.data.get("done")]
    return any(did in stems(row.text.split()[0]) and set(saying.content) & row.title - {did} for row in rows)


def late_by(saying: Saying, known: Known, before: Sentence) -> bool:
    """ "Ticked off, and only a day late": by how many days is told beside what was done to it; True where nothing is."""
    told = any(one.search(saying.lower) for one in (*_LATE_BY, _NO_HURRY))
    return not told or stands(saying, known, before)
