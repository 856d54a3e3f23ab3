"""How a task stands: due when, overdue, open or done, and whether it alone does."""

import re
from collections.abc import Sequence
from datetime import date

from agent.claims.days import Day
from agent.claims.known import Known
from agent.claims.moods import is_conditional, is_denial
from agent.claims.numbers import NUMBER, value
from agent.claims.plain import stem, stemmed, words
from agent.claims.rows import Row
from agent.claims.saying import Saying, Sentence
from agent.claims.verbs import DONE

_DUE = re.compile(
    r"\b(?:due|deadline|needs? to be (?:done|in|sent|finished|booked)|has to be|have to be|should be done|to be (?:done|finished))\b"
)
_COUNTED = re.compile(rf"^\W*(?:and |but |so )?{NUMBER} (?:(?:of them|more|others?) )?(?:is|are)\b", re.IGNORECASE)
LATE = re.compile(
    r"\b(?:overdue|late|past due|behind|out of time|missed|(?:past|over|beyond|missed) (?:its|their|the|your)(?: due)? (?:date|deadline)s?|should(?: have|'ve) (?:already )?been)\b"
)
_SINCE = re.compile(r"\b(?:since|due on|due)\b")
_ONLY = re.compile(r"^(?:only|just)\b|\b(?:only|just|nothing but|no \w+ (?:but|except))\b")
_MUCH = rf"(?P<about>almost |nearly |over |more than |about |around )?(?P<many>{NUMBER}|an?) (?P<unit>day|week|month)s?"
_LATE_BY = (
    re.compile(rf"\b{_MUCH} (?:late|overdue|behind|past)\b"),
    re.compile(rf"\b(?:overdue|late)(?: now| already)* (?:by|for) (?:the (?:last|past) )?{_MUCH}\b"),
    re.compile(rf"\bdue {_MUCH} ago\b"),
)
_DAYS = {"day": 1, "week": 7, "month": 30}
_NO_HURRY = re.compile(
    r"\bcan (?:easily )?wait\b|\btake your time\b|\b(?:no|any) need to (?:rush|hurry)\b|\b(?:has|have|have got|there's)(?: still| plenty of| lots of| some)* time\b|\b(?:no|not any) (?:hurry|rush)\b|\b(?:isn't|not|aren't) (?:at all |that |very )?urgent\b|\bin good time\b|\bon (?:time|track|schedule)\b"
)
_FOR_A_DAY = re.compile(
    r"^\W*(?:and |then |for |on )*(?:today|tomorrow|\w+day),? (?:it's|that's|there's|there are|you have|you've got)\b|\b(?:due|for) (?:today|tomorrow|\w+day)\b"
)
_BY = re.compile(r"\b(?:by|until|before|no later than) (?:the )?\w")
_ON_DAY = re.compile(r"\b(?:on|by|for|until|till) (?:\w+day|tomorrow|today|the \d+\w\w)\b")
_IS_DONE = re.compile(
    r"(?:\bis|\bare|'s)(?: already| both| all| now)* (?:done|ticked(?: off)?|finished|completed|bought|crossed (?:off|out)|off (?:the|your) list)\b(?! (?:by|on|until|before)\b)"
)
_NOT_YET = re.compile(r"\b(?:not|isn't|aren't) (?:over)?due(?: yet)?[.!]*$")
_VERBS = stemmed(DONE)
_IS_SO = re.compile(
    r"(?:\b(?:is|are|has been|(?<!should )have been)|'s|'re)(?: now| already| all| both| finally)* (?P<did>[a-z]+(?<!ing))\b"
)
NO_DATE = re.compile(r"\b(?:no|without|doesn't have an?|don't have an?)(?: due)? (?:due date|date|deadline)s?\b")


def stands(saying: Saying, known: Known, days: Sequence[Day], before: Sentence) -> bool:
    """Whether what is said of a task's day, or of its being overdue, is so; True where nothing is said of it."""
    lower, rows = saying.lower, _tasks(known)
    if not rows or (is_denial(lower) and not _NO_HURRY.search(lower)):
        return not rows or (_dateless(saying, rows) and _in_time(saying, rows, known.now.date()))
    named = [row for row in rows if row.title & set(saying.content)]
    if not named and saying.content and (_DUE.search(lower) or LATE.search(lower)) and _unheard(saying, known):
        return False
    if not named and set(saying.content) <= _VERBS:
        named = [row for row in rows if row.title & before.about] or (rows if len(rows) == 1 else [])
    today = known.now.date()
    if not _only(saying, rows, today) or not _all_then(saying, rows, today):
        return False
    done = [row for row in rows if row.title <= set(saying.content) | row.title and row.title & set(saying.content)]
    if (
        _IS_DONE.search(lower)
        and not saying.lengths
        and not known.receipts
        and done
        and not any(row.data["done"] for row in done)
    ):
        return False
    if _NO_HURRY.search(lower) and named and all(is_over(row, today) for row in _best(named, saying)):
        return False
    if named and (by := next(filter(None, (one.search(lower) for one in _LATE_BY)), None)):
        return any(_late_by(row, by, today) for row in _best(named, saying))
    if LATE.search(lower) and named and not _so_many(lower):
        since = [day for day in days if _SINCE.search(lower)]
        return all(is_over(row, today) and _fits(row, since) for row in _best(named, saying))
    if (
        named
        and _ON_DAY.search(lower)
        and not saying.clocks
        and all(due_of(row) is None for row in _best(named, saying))
    ):
        return any(_on_agenda(row, saying) for row in known.agenda)
    if named and _BY.search(lower) and saying.days and not saying.clocks and not _DUE.search(lower):
        return any(_fits(row, saying.days) for row in _best(named, saying))
    return all(
        _due_then(part, saying, rows, days, before)
        for part in re.split(r"[,;]|\band\b", saying.text)
        if _DUE.search(part)
    )


def _on_agenda(row: Row, saying: Saying) -> bool:
    """Whether it tells of an event instead."""
    return bool(row.title & set(saying.content)) and all(map(row.on, saying.days))


def _unheard(saying: Saying, known: Known) -> bool:
    """Whether nothing that is named was heard of: "the rent is due today", where no row has a word of it."""
    heard = known.their_words.union(*(row.words for row in (*known.here, *known.thread) if row.kind != "events"))
    return not set(saying.content) & heard


def _due_then(part: str, saying: Saying, rows: Sequence[Row], days: Sequence[Day], before: Sentence) -> bool:
    """Whether the task that is named beside a day, or else before it, is due then."""
    told = Saying(part, saying.today)
    if not told.content and _COUNTED.search(part):
        return True  # "two are due today": how many, not which
    then = told.days or ([] if told.content else days)
    earlier = Saying(saying.text[: saying.text.find(part)], saying.today)
    content = set(told.content or earlier.content)
    named = (
        [row for row in rows if row.title & content] if content else [row for row in rows if row.title & before.about]
    )
    named = named or (list(rows) if not content and len(rows) == 1 else [])
    if not then or not named:
        return True
    most = max(len(row.title & content) for row in named)
    return any(due_of(row) is not None and _fits(row, then) for row in named if len(row.title & content) == most)


def _all_then(saying: Saying, rows: Sequence[Row], today: date) -> bool:
    """ "For today it's the stamps and the tickets": each that is named is due then, or overdue."""
    if len(saying.every_day) != 1 or not _FOR_A_DAY.search(saying.lower) or LATE.search(saying.lower):
        return True
    parts = [Saying(part, saying.today) for part in re.split(r",|\band\b", saying.text)]
    named = [_best([row for row in rows if row.title & set(one.content)], one) for one in parts]
    return all(any(_fits(row, saying.days) or is_over(row, today) for row in those) for those in named if those)


def _so_many(lower: str) -> bool:
    return bool(re.search(r"\b(?:done|finish\w*|get)\b", lower))


def _dateless(saying: Saying, rows: Sequence[Row]) -> bool:
    """ "The bike has no date": none of those that are named has."""
    if not NO_DATE.search(saying.lower) or not saying.content:
        return True
    named = [row for row in rows if set(saying.content) & row.title]
    return not named or any(due_of(row) is None for row in named)


def _in_time(saying: Saying, rows: Sequence[Row], today: date) -> bool:
    """ "The passport isn't due yet": of those that are named one isn't."""
    named = [row for row in rows if set(saying.content) & row.title] if _NOT_YET.search(saying.lower) else []
    return not named or not all(is_over(row, today) or due_of(row) == today for row in _best(named, saying))


def _only(saying: Saying, rows: Sequence[Row], today: date) -> bool:
    """ "Only the passport is overdue": no other is."""
    lower = saying.lower
    if not _ONLY.search(lower) or not saying.content:
        return True
    if re.search(r"\boverdue\b", lower):
        there = [row for row in rows if is_over(row, today)]
    elif re.search(r"\bdue today\b", lower):
        there = [row for row in rows if due_of(row) == today]
    else:
        return True
    return all(row.title & set(saying.content) for row in there)


def _best(rows: Sequence[Row], saying: Saying) -> Sequence[Row]:
    """Those that have most of what is named."""
    most = max((len(row.title & set(saying.content)) for row in rows), default=0)
    return [row for row in rows if len(row.title & set(saying.content)) == most]


def _tasks(known: Known) -> list[Row]:
    return [
        row for row in (*known.here, *known.thread) if "done" in row.data and "due" in row.data and "list" in row.data
    ]


def due_of(row: Row) -> date | None:
    told = str(row.data.get("due") or "")[:10]
    return date.fromisoformat(told) if told else None


def is_over(row: Row, today: date) -> bool:
    due = due_of(row)
    return due is not None and due < today


def _fits(row: Row, days: Sequence[Day]) -> bool:
    return not days or ((due := due_of(row)) is not None and all(day.fits(due) for day in days))


def _late_by(row: Row, match: re.Match[str], today: date) -> bool:
    """Whether it is late by so much; "almost a week" may be some days less, "over a week" is more."""
    due, many = due_of(row), 1 if match["many"] in ("a", "an") else value(match["many"])
    said, about = many * _DAYS[match["unit"]], (match["about"] or "").strip()
    late = (today - due).days if due else 0
    if about in ("over", "more than"):
        return said < late <= 2 * said
    slack = 0 if match["unit"] == "day" and not about else {"": said // 30, "about": said // 6}.get(about, said // 3)
    return said - slack <= late <= said + (0 if about in ("almost", "nearly") else slack)


def done_by_now(saying: Saying, known: Known) -> bool:
    """ "The barn's rented": of what is still to be done, or what they are only to be reminded of, that it has been done."""
    match = _IS_SO.search(saying.lower)
    if match is None or is_denial(saying.lower) or is_conditional(saying.lower):
        return False
    did = stem(DONE.get(match["did"], (match["did"],))[0])
    rows = [row for row in (*known.here, *known.thread) if "due" in row.data and not row.data.get("done")]
    rows = [row for row in rows if str(row.data.get("title")).lower() not in saying.lower]  # it is called so
    open_ones = [
        row for row in rows if stem((words(row.text) or [""])[0]) == did and set(saying.content) & row.title - {did}
    ]
    return bool(open_ones) and did not in known.their_words and stem(match["did"]) not in known.their_words


def late_by(saying: Saying, known: Known) -> bool:
    """ "Ticked off, and only a day late": by how many days is told beside what was done to it; True where nothing is."""
    told = any(one.search(saying.lower) for one in (*_LATE_BY, _NO_HURRY))
    return not told or stands(saying, known, saying.days, Sentence())
