"""Lengths of time that no row has of itself: gaps between things, how long until they begin, by how much they overlap, their sum."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import combinations, pairwise

from agent.claims.clocks import Clock, clocks
from agent.claims.days import minute_of
from agent.claims.known import Known
from agent.claims.listed import begins, ends, slots
from agent.claims.looking import shared
from agent.claims.numbers import NUMBER
from agent.claims.reports import mails_of
from agent.claims.rows import Row
from agent.claims.saying import Saying, Sentence
from agent.claims.stretches import named_in_order, placed

_UNTIL = re.compile(
    r"\b(?:from now|to go|until then|away)\b|\bin (?:(?!the\b|your\b|my\b)[a-z-]+ ){0,8}?(?:\d+ )?(?:hours?|minutes?)\b"
)
""" "Starts in an hour": the length stands after "in"."""
_BETWEEN = re.compile(
    r"\b(?:between|in between|gap|apart(?! from)|later|after|before|earlier|break|breather|buffer|to (?:get (?:there|from|to)|reach)\b|leaves|spare|free|room)\b|\bfrom (?:the |your )?[a-z-]+ to (?:the |your )[a-z]|\bfrom (?:the |your )[a-z' -]+? to [a-z]"
)
_OFFSET = re.compile(
    r"\b(?:hours?|minutes?)(?: right| just| later)? (?:after|before|later|earlier)\b|\b(?:hours?|minutes?) (?:later|earlier)\b"
)
_PARTS = re.compile(
    rf"[,;]|(?<!hour )(?<!hours )\band (?=(?:{NUMBER}|half an)[ -](?:and a half )?(?:hour|minute)|then|you|there|nearly|almost|about|another|a (?!half|quarter)|the\b|it\b|after)"
)
_HAVING = re.compile(r"\b(?:have|had|got|gap|free|break|there's|left|leaves)\b")
_APART = re.compile(r"\b(?:between|gap|apart|break|breather|buffer|spare|free|room)\b")
_LATER = re.compile(r"\b(?:later|earlier|after that|before that|on from there)\b")
_SIDE = re.compile(r"\b(until|till|before|after)\b")
_OVERLAPS = re.compile(
    r"\b(?:share|tangled?|at the same time|other's way|overlap|clash|collide|cuts?|conflict|eats?)\w*\b"
)
_UNTIL_HOUR = re.compile(
    r"^(?!.*\b(?:free|nothing|from|between|after)\b)(?:.*\W)?(?:until|till|to|before) $", re.IGNORECASE
)
_TAKES = re.compile(r"\b(?:takes?|lasts?|long|runs? for|goes on for|is (?:an|a|\w+) [\w ]*(?:hour|minute)s?$)")
_FROM_HOUR = re.compile(r"\b(?:hours?|minutes?)(?: long)?,? (?:from|starting at) (?!now\b|then\b)")
""" "An hour from half past six": how long what begins then takes."""
_OF_IT = re.compile(r"\b(?:hours?|minutes?) (?:of|with|at|on) (?!the (?:end|beginning|start)\b)")
""" "An hour with Tom"."""
_ABOUT = re.compile(
    r"\b(?:about|around|roughly|almost|nearly|approximately|good|bit|little|over|under|more than|less than|just|or so|close to|well)\b"
)
_FREE_FOR = re.compile(r"\bfree for\b|\b(?:hours?|minutes?) (?:free|to yourself|off)\b")
_IN_ALL = re.compile(r"\b(?:of it|altogether|in all|in total|together|in sum)\b")
_POINTS = re.compile(r"\b(?:after|before|between|until|till|from) (?:that|it|this|him|her|them|which)\b")
_OVER = re.compile(r"\b(?:wraps? up|ends?|ended|is over|'s over|lets? out|finish\w*|is done|'s done)\b")
_HOW_LONG = re.compile(
    r"\bhow (?:long|much time|many (?:hours|minutes))\b.*\b(?:until|till|before|to go|left|away|have|got)\b|\bhow soon\b"
)
_LESS = re.compile(
    r"\b(?:less than|under|not even|not quite|within|almost|nearly|barely|just short of|a (?:bit|little) (?:less than|under|short of))\b"
)
_MORE = re.compile(
    r"\b(?:more than|over|at least|a good|good|well over|a (?:bit|little) (?:more than|over)|upwards of)\b"
)
_JUST = re.compile(r"\b(?:just|not quite|almost|nearly|barely|good|bit|little)\b")
_A_GAP = re.compile(r"\b(?:gap|slot|window|stretch|block|opening|hole)\b")
_ROOM_FOR = re.compile(
    r"\b(?:room|time|space|enough|plenty|long)\b(?: \w+){0,2}? (?:for|to fit)\b|\b(?:fits?|squeeze|worth)\b"
)
""" "Room for an hour": there may be more."""
_SHORT_OF = 0.7
"""What "almost" may be off by at most: this part of it is still almost so much."""
_LOOSE, _LEAST, _MOST = 0.2, 10, 30
"""What "about" may be off by: a part of it, so many minutes at least, and at most."""


def asked_how_long(known: Known) -> bool:
    """Whether the person asks how long it is until something."""
    return bool(_HOW_LONG.search(known.asked.lower()))


def measured(saying: Saying, known: Known, before: Sentence) -> bool | None:
    """Whether the lengths of a clause are those that its things come to; None where it names none, or there is nothing to measure."""
    if saying.lengths and not saying.content and asked_how_long(known) and all(map(known.is_now, saying.clocks)):
        return _as_asked(saying, known, before)
    if saying.lengths and all(any(length in row.lengths for row in mails_of(known)) for length in saying.lengths):
        return None  # as it is written
    if not saying.lengths or not (any(map(until_an_hour, saying.atoms)) or _rows(saying, known, before)):
        return None
    parts = [saying] if "between" in saying.lower else [replace(saying, text=one) for one in _PARTS.split(saying.text)]
    return all(_is_so(part, known, before) for part in parts if part.lengths)


def sums_up(saying: Saying, known: Known) -> bool:
    """ "An hour and a half from half past four takes you to six": from an hour that is known, or was asked about, to another."""
    if len(saying.clocks) != 2 or len(saying.lengths) != 1:
        return False
    first, last = saying.clocks
    told = any(row.has(first, loosely=True) for row in (*known.here, *known.persons))
    return told and any(last.means(minute + saying.lengths[0]) for minute in first.minutes)


def _as_asked(saying: Saying, known: Known, before: Sentence) -> bool:
    """ "An hour and forty minutes": until what was asked about, or until what comes next."""
    rows = [row for row in _rows(saying, known, before) if ends(row) > known.now]
    over = _OVER.search(known.asked.lower()) or "free" in known.asked.lower()
    ones = named_in_order(known.asked.lower(), rows) or rows[:1]
    true = [_between(known.now, ends(row) if over or begins(row) <= known.now else begins(row)) for row in ones]
    return any(all(near(length, one, saying.lower) for length in saying.lengths) for one in true)


def _is_so(saying: Saying, known: Known, before: Sentence) -> bool:
    true = set(_true(saying, known, before))
    return all(any(near(length, one, saying.lower) for one in true) for length in saying.lengths)


def near(length: int, true: int, lower: str) -> bool:
    """Whether a length may be told of a true one: "almost two hours" is a bit less, "a good hour" a bit more."""
    if _ROOM_FOR.search(lower):
        return true >= length
    if _LESS.search(lower):
        return true <= length and (not _JUST.search(lower) or true >= _SHORT_OF * length)
    if _MORE.search(lower):
        return true >= length and (not _JUST.search(lower) or length >= _SHORT_OF * true)
    return abs(length - true) <= (min(max(_LEAST, _LOOSE * true), _MOST) if _ABOUT.search(lower) else 0)


def _true(saying: Saying, known: Known, before: Sentence) -> Iterator[int]:
    """All lengths that the clause can rightly mean."""
    told = clocks(before.text)
    yield from (
        last - first for one, other in pairwise(told) for first in one.minutes for last in other.minutes if last > first
    )
    if bound := [clock for clock in saying.clocks if _UNTIL_HOUR.search(saying.timed[: clock.start])]:
        yield from _until(bound[0], known)
        if not saying.content:
            return
    free, rows, lower = known.rows_of("free"), _rows(saying, known, before), saying.lower
    if free and _FREE_FOR.search(lower):
        yield from (*map(_minutes, free), sum(map(_minutes, free)))
        return
    of_gap = free if _A_GAP.search(lower) or _ROOM_FOR.search(lower) else []
    if saying.clocks and (of_gap or _FROM_HOUR.search(lower)):
        begun = [row for row in of_gap or rows if row.has(saying.clocks[0])]
        yield from map(_minutes, begun)
        if begun:
            return
    yield from _off_the_asked(saying, known)
    named = named_in_order(lower, rows) or placed(lower, rows)
    if "between" in lower:  # "the review and the clinic"
        named = [*named, *(row for row in placed(lower, rows) if row not in named)]
    of_them = named and _OF_IT.search(lower) and not _SIDE.search(lower)
    if not named or (_POINTS.search(lower) and len(named) == 1):
        named = [*(row for row in rows if row.title & before.about and row not in named), *named]
    if _OVERLAPS.search(lower):
        yield from _overlaps(rows)
    elif _UNTIL.search(lower):
        yield from _to_come(named or [*rows, *known.here], known)
    elif (of_them or (named and _TAKES.search(lower))) and not _BETWEEN.search(lower):
        yield from map(_minutes, named)
    else:
        yield from _apart(lower, named, rows, known)


def _apart(lower: str, named: Sequence[Row], rows: Sequence[Row], known: Known) -> Iterator[int]:
    """From one to another: after this, until that, between the two; else all that can be meant."""
    sides = list(_SIDE.finditer(lower)) if len(named) == 1 else []
    side = next((one for one in reversed(sides) if named_in_order(lower[one.end() :], named)), None)
    before = side is not None and side[1] != "after"
    if _OFFSET.search(lower) and not (named and _HAVING.search(lower)):
        pair = sorted(named, key=begins) if len(named) == 2 else []
        over = bool(pair and _OVER.search(lower))
        if side and known.rows_of("free"):
            yield from _beside(named[0], rows, known, before=before)
        if over:
            yield _between(begins(pair[1]), ends(pair[0]))  # it begins so long before the other is over
        yield from _gaps(pair or rows, loosely=not over)
    elif side:
        yield from _beside(named[0], rows, known, before=before)
    elif _BETWEEN.search(lower):
        both = len(named) > 1
        yield from _gaps(named if both else rows, loosely=False)
        if not both:
            free = known.rows_of("free")
            yield from (*map(_minutes, free), *(_sums(free) if _IN_ALL.search(lower) else ()))
            yield from () if named else (*_to_come(rows, known), *_sums(rows))
    elif named and re.search(r"\bfor (?!the\b|your\b)\w+ ", lower):
        yield from map(_minutes, named)
    else:
        yield from (length for row in (*known.here, *known.thread, *known.persons) for length in row.lengths)
        yield from (*_gaps(rows, loosely=False), *_to_come(rows, known), *_sums(rows))


def _off_the_asked(saying: Saying, known: Known) -> Iterator[int]:
    """ "Fifteen minutes later would work": how far a free hour is from the one they asked about."""
    if saying.content or not _LATER.search(saying.lower):
        return
    early = re.search(r"\b(?:earlier|before)\b", saying.lower)
    asked = [minute for clock in clocks(known.asked) for minute in clock.minutes]
    for row in known.rows_of("free"):
        first = minute_of(begins(row))
        for length in saying.lengths:
            moved = [minute - length if early else minute + length for minute in asked]
            if any(first <= minute < first + _minutes(row) for minute in moved):
                yield length


def _until(clock: Clock, known: Known) -> Iterator[int]:
    """How long it is from now to an hour of today."""
    now = minute_of(known.now)
    yield from (minute - now for minute in clock.minutes if minute > now)


def until_an_hour(saying: Saying) -> bool:
    """Whether it only tells how long it is until an hour."""
    return bool(saying.lengths and not saying.content) and all(
        _UNTIL_HOUR.search(saying.timed[: clock.start]) for clock in saying.clocks
    )


def _rows(saying: Saying, known: Known, before: Sentence) -> list[Row]:
    """What was read or written now, and what is named beside it; else what was written last, or the next events. All have an hour."""
    written = [row for one in known.receipts for row in one.rows if row.moments and not row.span]
    read = [row for row in known.here if row.span and "title" in row.data and not row.whole_days] + written
    near = slots(known)
    named = [*named_in_order(saying.lower, near), *(row for row in near if row.title & before.about)]
    read += [row for row in named if not any(row.title == one.title for one in read)]
    if not read and known.uncalled:
        read = [row for one in known.earlier[-1:] for row in one.rows if row.span]
    return read or [row for row in near if row.span]


def _minutes(row: Row) -> int:
    return _between(begins(row), ends(row))


def _between(one: datetime, other: datetime) -> int:
    return round((other - one) / timedelta(minutes=1))


def _to_come(rows: Sequence[Row], known: Known) -> Iterator[int]:
    for row in rows:
        for moment in row.moments:
            if moment > known.now:
                yield _between(known.now, moment)


def _beside(row: Row, rows: Sequence[Row], known: Known, *, before: bool) -> Iterator[int]:
    """How long it is from what comes before it, or from now, until a thing begins; or from its end until the next."""
    if before:
        earlier = [ends(one) for one in rows if ends(one).date() == begins(row).date()]
        yield from (_between(one, begins(row)) for one in (*earlier, known.now) if one <= begins(row))
    else:
        later = [begins(one) for one in rows if begins(one) >= ends(row)]
        yield from [_between(ends(row), min(later))] if later else ()
    at = begins(row) if before else ends(row)
    yield from (_minutes(free) for free in known.rows_of("free") if at in (begins(free), ends(free)))


def _gaps(rows: Sequence[Row], *, loosely: bool) -> Iterator[int]:
    for one, other in combinations(sorted(rows, key=lambda row: (begins(row), ends(row))), 2):
        yield _between(ends(one), begins(other))
        if loosely:
            yield _between(begins(one), begins(other))
            yield _between(ends(one), ends(other))


def _overlaps(rows: Sequence[Row]) -> Iterator[int]:
    yield from (_between(*both) for both in shared([(begins(row), ends(row)) for row in rows]))


def _sums(rows: Sequence[Row]) -> Iterator[int]:
    """How long all of a day's take together."""
    for day in {begins(row).date() for row in rows}:
        yield sum(_minutes(row) for row in rows if begins(row).date() == day)
