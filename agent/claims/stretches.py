"""Stretches of the day that a clause speaks of, "after the dentist", "until three", "for the rest of today", and what lies in them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from agent.claims.clocks import Clock
from agent.claims.days import Day, minute_of, part_of_day
from agent.claims.known import LOOKING, Known
from agent.claims.numbers import without_lengths
from agent.claims.plain import stem, stemmed, stems, words
from agent.claims.rows import Row
from agent.claims.saying import Saying, Sentence
from agent.claims.vocabulary import LITTLE

_BOUND = re.compile(
    r"\b(?:(?P<after>after(?!noon| tomorrow)|following|(?<!half )(?<!quarter )past|from|as of|once you're (?:done|through) with|behind)|(?P<before>before|ahead of|until|till|up to|(?<!quarter )to|by)|(?P<between>in between|between))\b(?! (?:you|your eyes|me)\b)"
)
_OPEN = re.compile(
    r"\b(?:rest of (?:(?:the|your|my) )?\w+|rest is|remainder|from then|for (?:today|the day)|any ?more|no more|no longer|left|still (?:ahead|to come)|nothing (?:more|further)|later|day(?:'s| is)(?: \w+)? (?:over|done|finished|through))\b"
)
_REST = re.compile(r"\b(?:rest|remainder) of\b")
""" "The rest of the afternoon" begins where what was told ends."""
_ONCE = re.compile(r"^(?:and |but |so )*(?:once|when|after|as soon as|by the time)\b")
_THEN = re.compile(r"^ ?(?:that|then|this|it|those|them|which)\b")
_MEALS = {"breakfast": (450, 540), "lunch": (720, 840), "dinner": (1080, 1260), "work": (540, 1080)}
_MEAL = re.compile(r"^ ?(?:the |your )?(breakfast|lunch|dinner|work)\b")
"""About when they begin and are over, where none is on the calendar."""
_SUBJECT = re.compile(
    r"[,;:]|\b(?:you|there|it|is|i|and (?=then|you|it|there|until|before)|until|till|before|your (?=\w+ is|day))\b|'s\b"
)
_JOINING = stemmed("the with and for from your our about into over".split())
"""Words in a title that name nothing by themselves."""
_UNITS = stemmed("hour minute".split())
""" "Inside that hour" names no office hours."""
_EARLY, _LATE = 359, 1440
"""Until six, an hour alone is one of the afternoon."""
_NEAR = range(13)
"""So many letters after a word that bounds stands its hour: "until about three"."""
_NO_END = timedelta(minutes=30)


@dataclass(frozen=True)
class Stretch:
    """From when to when."""

    starts: datetime
    ends: datetime

    def holds(self, row: Row) -> bool:
        """Whether something of that row lies in it."""
        if row.whole_days or not row.moments:
            return False
        starts, ends = _span(row)
        return starts < self.ends and ends > self.starts


def stretches(
    saying: Saying, known: Known, days: Sequence[Day], before: Sentence, *, over: bool = False
) -> list[Stretch]:
    """What a clause sets bounds to, on each day that is meant; none where it sets none, or more than can be told apart.

    `over`: it says when a day is done, so that "by four" is what comes after four.
    """
    bounds = _bounds(saying, known, before, over=over)
    if bounds is None:
        return []
    found = [_stretch(day, bounds, known) for day in _dates(known, days, bounds)]
    return [one for one in found if one.starts < one.ends]


def covered(stretch: Stretch, known: Known) -> bool:
    """Whether somebody has looked there."""
    looked = [one.span for one in known.reads if one.tool in LOOKING]
    if looked:
        return any(span is None or (span[0] < stretch.ends and span[1] > stretch.starts) for span in looked)
    return bool(known.agenda) and stretch.starts.date() - known.now.date() <= timedelta(days=1)


def untold(rows: Sequence[Row], before: Sentence, saying: Saying) -> list[Row]:
    """Those that the answer hasn't named yet, neither by their names nor by their hours."""
    told = before.told | frozenset(saying.content)
    minutes = set(before.minutes)
    if saying.content:  # else it is a bound
        minutes.update(*(clock.minutes for clock in saying.clocks))
    return [row for row in rows if not row.title & told and not _begins(row) & minutes]


def _begins(row: Row) -> set[int]:
    return {minute_of(one) for one in row.moments[:1]}


def _span(row: Row) -> tuple[datetime, datetime]:
    """From when to when something goes; half an hour, where no end is known."""
    return row.span or (row.moments[0], row.moments[0] + _NO_END)


@dataclass(frozen=True)
class _Bounds:
    """Where it begins and ends: minutes of the day, or the event that bounds it."""

    first: int | Row | None = None
    last: int | Row | None = None


def _bounds(saying: Saying, known: Known, before: Sentence, *, over: bool) -> _Bounds | None:
    text = saying.timed.lower()
    within = {at for clock in saying.clocks for at in range(clock.start, clock.end)}  # "five past six" bounds nothing
    bounding = [match for match in _BOUND.finditer(text) if match.start() not in within]
    points = [(match, _point(text, match, saying, known, before)) for match in bounding]
    found = [(match, *point) for match, point in points if point is not None]
    if over and not points and len(saying.clocks) == 1:
        return _Bounds(_late(saying.clocks[0], known))  # "at four you're through"
    if len(found) > 2:
        return None
    if not points and (pair := _over_a_breath(before.text, text, known)):
        return _Bounds(*pair)
    first: int | Row | None = None
    last: int | Row | None = None
    for match, point, other in found:
        if other is not None:
            first = _minute(point, _EARLY)
            last = _early(other, first)
        elif match["after"] or over:
            first = _late(point, known)
        elif match["before"]:
            last = _early(point, first)
    part = part_of_day(text)
    if part is not None and (found or _OPEN.search(text)):
        begun = max(part[0], before.latest) if _REST.search(text) else part[0]
        first, last = (begun if first is None else first), (part[1] if last is None else last)
    if found and first is None and part is None and before.told:  # "…, then nothing until three"
        told = [row for row in known.events if row.title & before.told and _earlier(row, last)]
        first = max(told, key=lambda row: _span(row)[1], default=None)
    if found:
        return _Bounds(first, last)
    if not _OPEN.search(text):
        return None
    return _Bounds(_once_over(before, known) if first is None else first, last)


def _once_over(before: Sentence, known: Known) -> int | Row | None:
    """Where a day goes on from in "once the plumber's gone, there's nothing more"."""
    if not _ONCE.match(before.text.lower()):
        return None
    named = named_in_order(before.text, known.events)
    return named[-1] if named else _latest(before)


def _latest(before: Sentence) -> int | None:
    return max(before.minutes, default=None)


def _over_a_breath(said: str, text: str, known: Known) -> tuple[Row, Row] | None:
    """ "Between the dentist, which is over by eleven, and the review there's nothing": one before the comma, one after it."""
    one, other = named_in_order(said.lower().partition("between ")[2], known.events), named_in_order(text, known.events)
    return (one[0], other[0]) if len(one) == len(other) == 1 and one != other and text.startswith("and ") else None


def _earlier(row: Row, last: int | Row | None) -> bool:
    """Whether something is over before a stretch ends: "nothing before that" begins with nothing that comes later."""
    ends = _span(row)[1]
    limit = _moment(last, datetime.combine(ends.date(), time(), ends.tzinfo), ends=False)
    return limit is None or ends <= limit


_Point = tuple["int | Clock | Row", "int | Clock | Row | None"]


def _point(text: str, match: re.Match[str], saying: Saying, known: Known, before: Sentence) -> _Point | None:
    """What stands after a word that bounds: an hour, an event, or "that"; two of them after "between"."""
    rest = text[match.end() :]
    near = [clock for clock in saying.clocks if clock.start - match.end() in _NEAR]
    if match["between"]:
        both = [clock for clock in saying.clocks if clock.start >= match.end()]
        named = named_in_order(rest, known.events)
        if len(both) > 1 and not named:
            return both[0], both[1]
        return (named[0], named[1]) if len(named) == 2 else None
    if near:
        return near[0], None
    if named := named_in_order(_SUBJECT.split(rest)[0], known.events):
        return named[-1] if match["after"] else named[0], None
    if meal := _MEAL.match(rest):
        return (_MEALS[meal[1]][0 if match["before"] else 1], None)
    if _THEN.match(rest) and (last := _last_told(known, before)) is not None:
        return last, None
    return None


def _last_told(known: Known, before: Sentence) -> int | Row | None:
    """What "that" means in "after that": the thing that was told last."""
    about = [row for row in known.events if row.title & before.about]
    told = about or [row for row in known.events if before.latest in _begins(row)]
    return told[-1] if told else _latest(before)


def named_in_order(text: str, rows: Sequence[Row]) -> list[Row]:
    """The rows that a text names, in the order of their names; where a word is of two, that of which it is more, or nearer to the beginning."""
    found: dict[int, tuple[tuple[float, int], Row]] = {}
    told = [stem(word) for word in words(without_lengths(text))]
    for row in rows:
        title = str(row.data.get("title") or row.text).lower()
        names = stems(title) - (_JOINING if "title" in row.data else LITTLE)
        if at := [told.index(word) for word in names - _UNITS if word in told and len(word) > 2]:
            weight = len(at) / len(names), -title.find(told[min(at)])
            if min(at) not in found or found[min(at)][0] < weight:
                found[min(at)] = weight, row
    return [found[at][1] for at in sorted(found)]


def placed(text: str, rows: Sequence[Row]) -> list[Row]:
    """ "Half an hour at Leyton Dental": what is told by where it is."""
    told = stems(text) - LITTLE
    return [row for row in rows if told & stems(str(row.data.get("place")))]


def _late(point: "int | Clock | Row", known: Known) -> int | Row:
    """What an hour is that something comes after: the one at which something ends, "after seven"."""
    over = {minute_of(row.span[1]) for row in known.events if row.span}
    if isinstance(point, Clock) and (ends := point.minutes & over):
        return max(ends)
    return _minute(point, _EARLY)


def _early(point: "int | Clock | Row", first: int | Row | None) -> int | Row:
    """What an hour is before which something goes on, from `first` on."""
    if isinstance(first, Row):
        ends = _span(first)[1]
        return _minute(point, minute_of(ends))
    return _minute(point, _EARLY if first is None else first)


def _minute(point: "int | Clock | Row", after: int) -> int | Row:
    """The first such hour after a minute of the day."""
    if not isinstance(point, Clock):
        return point
    return min((minute for minute in point.minutes if minute > after), default=max(point.minutes))


def _dates(known: Known, days: Sequence[Day], bounds: _Bounds) -> list[date]:
    today = known.now.date()
    if days:
        near = [today + timedelta(days=away) for away in range(15)]
        found = [day for day in near if all(one.fits(day) for one in days)]
        return found if any(one.wide for one in days) else found[:1]
    rows = [one for one in (bounds.first, bounds.last) if isinstance(one, Row)]
    if rows:
        return [rows[0].moments[0].date()]
    looked = [one.span[0].date() for one in known.reads if one.span]
    return looked[-1:] or [today]


def _stretch(day: date, bounds: _Bounds, known: Known) -> Stretch:
    midnight = datetime.combine(day, time(), known.prompt.zone)
    first, last = _moment(bounds.first, midnight, ends=True), _moment(bounds.last, midnight, ends=False)
    first = first or midnight
    if day == known.now.date():
        first = max(first, known.now)
    return Stretch(first, last or midnight + timedelta(minutes=_LATE))


def _moment(point: int | Row | None, midnight: datetime, *, ends: bool) -> datetime | None:
    if isinstance(point, Row):
        return _span(point)[ends]
    return None if point is None else midnight + timedelta(minutes=point)
