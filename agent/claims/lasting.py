"""Lengths of time that no row has of itself: gaps between things, how long until they begin, by how much they overlap, their sum."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import combinations

from agent.claims.clocks import Clock, clocks
from agent.claims.known import Known
from agent.claims.listed import slots
from agent.claims.looking import shared
from agent.claims.numbers import NUMBER
from agent.claims.reports import mails_of
from agent.claims.rows import Row
from agent.claims.saying import Saying, Sentence
from agent.claims.stretches import named_in_order, placed

_Span = tuple[datetime, datetime]
_UNTIL = re.compile(
    r"\bin (?:just |a |about |around |roughly |under |over |less than |more than |bit |little |good |almost |nearly |exactly )*$|\b(?:from now|to go|until then|away)\b"
)
_BETWEEN = re.compile(
    r"\b(?:between|in between|gap|apart(?! from)|later|after|before|earlier|break|breather|buffer|to (?:get (?:there|from|to)|reach)\b|leaves|spare|free|room)\b|\bfrom (?:the |your )?[a-z-]+ to (?:the |your )[a-z]"
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
_OVERLAPS = re.compile(r"\b(?:share|tangled?|at the same time|overlap|clash|collide|cuts?|conflict|eats?)\w*\b")
_UNTIL_HOUR = re.compile(
    r"^(?!.*\b(?:free|nothing|from|between|after)\b)(?:.*\W)?(?:until|till|to|before) $", re.IGNORECASE
)
_TAKES = re.compile(r"\b(?:takes?|lasts?|long|runs? for|goes on for|is (?:an|a|\w+) [\w ]*(?:hour|minute)s?$)")
_FROM_HOUR = re.compile(r"\b(?:hours?|minutes?)(?: long)?,? (?:from|starting at) (?!now\b|then\b)")
""" "An hour from half past six": how long what begins then takes."""
_OF_IT = re.compile(r"\b(?:hours?|minutes?) (?:of|with|at|on) (?!the (?:end|beginning|start)\b)")
""" "An hour with Tom"."""
_ASIDE = re.compile(r"\b(?:until|till|before|after|between)\b")
_ABOUT = re.compile(
    r"\b(?:about|around|roughly|almost|nearly|approximately|good|bit|little|over|under|more than|less than|just|or so|close to|well)\b"
)
_FREE_FOR = re.compile(r"\bfree for\b|\b(?:hours?|minutes?) (?:free|to yourself|off)\b")
_IN_ALL = re.compile(r"\b(?:of it|altogether|in all|in total|together|in sum)\b")
_POINTS = re.compile(r"\b(?:after|before|between|until|till|from) (?:that|it|this|him|her|them|which)\b")
_OVER = re.compile(r"\b(?:wraps? up|ends?|ended|is over|'s over|lets? out|finish\w*|is done|'s done)\b")
_HOW_LONG = re.compile(
    r"\bhow (?:long|soon|much time|many (?:hours|minutes))\b.*\b(?:until|till|before|to go|left|away|have|got|is|'s)\b"
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
    spans = [row.span for row in _rows(saying, known, before) if row.span]
    if saying.lengths and all(any(length in row.lengths for row in mails_of(known)) for length in saying.lengths):
        return None  # as it is written
    if (
        not saying.lengths
        or not (spans or any(until_an_hour(one) for one in saying.atoms))
        or re.search(r"(?<!less )(?<!more )\bthan\b(?! an? | half)", saying.lower)
    ):
        return None
    parts = (
        [saying] if "between" in saying.lower else [Saying(part, saying.today) for part in _PARTS.split(saying.text)]
    )
    return all(_is_so(part, known, before) for part in parts if part.lengths)


def sums_up(saying: Saying, known: Known) -> bool:
    """ "An hour and a half from half past four takes you to six": from an hour that is known, or was asked about, to another."""
    if len(saying.clocks) != 2 or len(saying.lengths) != 1:
        return False
    first, last = saying.clocks
    told = any(row.has(first, loosely=True) for row in (*known.here, *known.persons))
    return told and any(last.means(minute + saying.lengths[0]) for minute in first.minutes)


def _as_asked(saying: Saying, known: Known, before: Sentence) -> bool | None:
    """ "An hour and forty minutes": until what was asked about, or until what comes next."""
    rows = [row for row in _rows(saying, known, before) if row.span and not _gone_by(row, known)]
    true = [*_to_come(named_in_order(known.asked.lower(), rows) or rows[:1], known)]
    return any(all(near(length, one, saying.lower) for length in saying.lengths) for one in true) if true else None


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
    if bound := [clock for clock in saying.clocks if _UNTIL_HOUR.search(saying.timed[: clock.start])]:
        yield from _until(bound[0], known)
        if not saying.content:
            return
    if gaps := [_minutes(row.span) for row in known.rows_of("free") if row.span and _FREE_FOR.search(saying.lower)]:
        yield from (*gaps, sum(gaps))
        return
    of_gap = known.rows_of("free") if _A_GAP.search(saying.lower) else []
    if saying.clocks and (of_gap or _FROM_HOUR.search(saying.lower)):
        rows = [row for row in of_gap or _rows(saying, known, before) if row.span and row.has(saying.clocks[0])]
        yield from (_minutes(row.span) for row in rows if row.span)
        if rows:
            return
    yield from _off_the_asked(saying, known)
    lower, rows = saying.lower, [row for row in _rows(saying, known, before) if row.span]
    named = named_in_order(lower, rows) or (placed(lower, rows) if _OF_IT.search(lower) else [])
    if len(named) == 1 and "between" in lower:  # "the review and the clinic"
        named = [*named, *(row for row in placed(lower, rows) if row not in named)]
    if len(named) < 2 and (_POINTS.search(lower) or not named):
        named = [*(row for row in rows if row.title & before.about and row not in named), *named]
    if _OVERLAPS.search(f"{before.text.lower()} {lower}" if lower.startswith("by ") else lower):
        yield from _overlaps([row.span for row in rows if row.span])
    elif _UNTIL.search(lower) or _UNTIL.search(saying.timed.lower()) or _before_length(saying):
        yield from _to_come(named or [row for row in (*rows, *known.here) if not _gone_by(row, known)], known)
    elif (_TAKES.search(lower) or _is_of(lower, rows)) and named and not _BETWEEN.search(lower):
        yield from (_minutes(row.span) for row in named if row.span)
    else:
        yield from _apart(lower, named, rows, known)


def _apart(lower: str, named: Sequence[Row], rows: Sequence[Row], known: Known) -> Iterator[int]:
    """From one to another: after this, until that, between the two; else all that can be meant."""
    spans = sorted(row.span for row in rows if row.span)
    sides = list(_SIDE.finditer(lower)) if len(named) == 1 else []
    side = next((one for one in reversed(sides) if named_in_order(lower[one.end() :], named)), (*sides, None)[0])
    before = side is not None and side[1] != "after"
    if _OFFSET.search(lower) and not (named and _HAVING.search(lower)):
        pair = [row.span for row in named if row.span] if len(named) == 2 else []
        if side and known.rows_of("free"):
            yield from _beside(named[0], spans, known, before=before)
        if len(pair) == 2 and _OVER.search(lower) and not _HAVING.search(lower):
            yield _minutes((max(pair)[0], min(pair)[1]))  # it begins so long before the other is over
        yield from _gaps(pair or spans, loosely=not (pair and _OVER.search(lower)))
    elif side:
        yield from _beside(named[0], spans, known, before=before)
    elif _BETWEEN.search(lower):
        yield from _gaps(
            [row.span for row in named if row.span] if len(named) > 1 else spans,
            loosely=not (_APART.search(lower) or _HAVING.search(lower)),
        )
        yield from (length for row in known.rows_of("free") for length in row.lengths)
        yield from () if named else (*_to_come(rows, known), *_sums(rows))
        yield from _sums(known.rows_of("free")) if _IN_ALL.search(lower) else ()
    elif named and re.search(r"\bfor (?!the\b|your\b)\w+ ", lower):
        yield from (_minutes(row.span) for row in named if row.span)
    else:
        yield from (length for row in (*known.here, *known.thread, *known.persons) for length in row.lengths)
        yield from (*_gaps(spans), *_overlaps(spans), *_to_come(rows, known), *_sums(rows))


def _is_of(lower: str, rows: Sequence[Row]) -> bool:
    match = _OF_IT.search(lower)
    what = _ASIDE.split(lower[match.end() :])[0] if match else ""
    return bool(named_in_order(what, rows) or placed(what, rows))


def _off_the_asked(saying: Saying, known: Known) -> Iterator[int]:
    """ "Fifteen minutes later would work": how far a free hour is from the one they asked about."""
    if saying.content or not _LATER.search(saying.lower):
        return
    early = "earlier" in saying.lower or "before" in saying.lower
    asked = [minute for clock in clocks(known.asked) for minute in clock.minutes]
    for span in (row.span for row in known.rows_of("free") if row.span):
        begins = _of_day(span[0])
        for length in saying.lengths:
            moved = [minute - length if early else minute + length for minute in asked]
            if any(begins <= minute < begins + _minutes(span) for minute in moved):
                yield length


def _of_day(at: datetime) -> int:
    return at.hour * 60 + at.minute


def _until(clock: Clock, known: Known) -> Iterator[int]:
    """How long it is from now to an hour of today."""
    now = known.now.hour * 60 + known.now.minute
    yield from (minute - now for minute in clock.minutes if minute > now)


def until_an_hour(saying: Saying) -> bool:
    """Whether it only tells how long it is until an hour."""
    return bool(saying.lengths and not saying.content) and all(
        _UNTIL_HOUR.search(saying.timed[: clock.start]) for clock in saying.clocks
    )


def _before_length(saying: Saying) -> bool:
    """ "Starts in an hour": the length stands after "in"."""
    return bool(re.search(r"\bin (?:(?!the\b|your\b|my\b|\w+\d)[a-z-]+ ){0,8}?(?:hours?|minutes?)\b", saying.lower))


def _rows(saying: Saying, known: Known, before: Sentence) -> list[Row]:
    """What was read or written now, and what is named beside it; else the next events."""
    read = [row for row in known.here if row.span and row.kind not in ("span", "free") and "title" in row.data]
    read += [_as_span(row) for one in known.receipts for row in one.rows if row.moments and "text" in row.data]
    near = slots(known)
    named = [*named_in_order(saying.lower, near), *(row for row in near if row.title & before.about)]
    read = [*read, *(_as_span(row) for row in named if not any(row.title == one.title for one in read))]
    if known.uncalled:
        written = [row for one in known.earlier[-1:] for row in one.rows if row.span]
        return read or written or [row for row in known.events if row.span and not row.whole_days]
    return read or [row for row in known.events if row.span and row not in known.spans] or _starting(known)


def _starting(known: Known) -> list[Row]:
    """What only begins, of what nobody has asked about: it can be waited for."""
    return [
        Row(row.text, row.today, row.zone, {**row.data, "ends": row.data["starts"]}, row.kind)
        for row in known.agenda
        if not row.whole_days
    ]


def _as_span(row: Row) -> Row:
    """What only has an hour, as something that is over at once."""
    at = row.moments[0].isoformat()
    return row if row.span else Row(row.text, row.today, row.zone, {**row.data, "starts": at, "ends": at}, row.kind)


def _gone_by(row: Row, known: Known) -> bool:
    return bool(row.span and row.span[1] <= known.now)


def _minutes(span: _Span) -> int:
    return int((span[1] - span[0]).total_seconds() // 60)


def _to_come(rows: Sequence[Row], known: Known) -> Iterator[int]:
    for row in rows:
        for moment in row.moments:
            if moment > known.now:
                yield round((moment - known.now).total_seconds() / 60)


def _beside(row: Row, spans: Sequence[_Span], known: Known, *, before: bool) -> Iterator[int]:
    """How long it is from what comes before it, or from now, until a thing begins; or from its end until the next."""
    assert row.span is not None
    if before:
        earlier = [span[1] for span in spans if span[1] <= row.span[0] and span[0].date() == row.span[0].date()]
        yield from (_minutes((one, row.span[0])) for one in (*earlier, known.now) if one <= row.span[0])
    else:
        later = [span[0] for span in spans if span[0] >= row.span[1]][:1]
        yield from (_minutes((row.span[1], one)) for one in later)
    yield from (
        length
        for free in known.rows_of("free")
        for length in free.lengths
        if free.span and row.span[0 if before else 1] in free.span
    )


def _gaps(spans: Sequence[_Span], *, loosely: bool = True) -> Iterator[int]:
    for one, other in combinations(sorted(spans), 2):
        yield _minutes((one[1], other[0]))
        if not loosely:
            continue
        yield _minutes((one[0], other[0]))
        yield _minutes((one[1], other[1]))


def _overlaps(spans: Sequence[_Span]) -> Iterator[int]:
    yield from map(_minutes, shared(spans))


def _sums(rows: Sequence[Row]) -> Iterator[int]:
    """How long all of a day's take together."""
    for day in {row.span[0].date() for row in rows if row.span}:
        yield sum(_minutes(row.span) for row in rows if row.span and row.span[0].date() == day)
