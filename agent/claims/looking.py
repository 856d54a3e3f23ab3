"""Which events lie in the stretch that a clause speaks of, and whether anybody has looked there."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import combinations

from agent.claims.clocks import Clock
from agent.claims.days import PARTS, Day, minute_of, part_of_day
from agent.claims.known import Known, Told
from agent.claims.rows import Row
from agent.claims.saying import Saying

_DAWN = 360
"""Minutes after midnight: nobody means an hour before."""
_NO_END = timedelta(minutes=30)
"""How long something takes that has no end."""
_INSTANT = timedelta(microseconds=1)
_LONG = 400
"""Days: no weekday or date comes later than that."""
UNTIL_PART = re.compile(r"\b(?:until|till|before) (?:the )?(?P<part>afternoon|evening|midday)\b")


def later(row: Row, latest: int, known: Known, days: list[Day]) -> bool:
    """Whether an event begins after the latest hour that was told, of those days."""
    starts = row.moments[0]
    told = minute_of(starts) <= latest or row.whole_days
    return not told and _of_days(row, days) and starts > known.now


def overlaps(row: Row, saying: Saying, known: Known, days: list[Day]) -> bool:
    """Whether an event lies in the stretch that a clause speaks of."""
    if not _of_days(row, days):
        return False
    if row.whole_days:
        return not saying.clocks and part_of_day(saying.lower) is None
    span = row.span or (row.moments[0], row.moments[0] + _NO_END)
    first, last = _in_minutes(span)
    if len(saying.clocks) == 1:
        return any(first <= minute < last for minute in saying.clocks[0].minutes)
    if saying.clocks:
        return first < max(saying.clocks[-1].minutes) and last > min(saying.clocks[0].minutes)
    if until := UNTIL_PART.search(saying.lower):
        return first < PARTS[until["part"]][0]
    part = part_of_day(saying.lower)
    return (part is None or (first < part[1] and last > part[0])) and span[1] > known.now


def fills(saying: Saying, known: Known, days: list[Day]) -> bool:
    """Whether events lie at all hours of a clause, and on all of a stretch: who is busy from three to four isn't so until five."""
    return filled(together(_spans(known, days)), saying.clocks)


def _spans(known: Known, days: Sequence[Day]) -> list[tuple[datetime, datetime]]:
    """From when to when there is something with hours on those days."""
    return [row.span for row in known.events if row.span and not row.whole_days and _of_days(row, days)]


def spans_from(span: tuple[datetime, datetime], hours: Sequence[Clock]) -> bool:
    """Whether a stretch begins at the first of these hours and is over at the last."""
    first, last = hours
    begins, over = _in_minutes(span)
    return first.means(begins) and last.means(over)


def mostly_filled(known: Known, days: list[Day], part: tuple[int, int]) -> bool:
    """Whether a part of the day is taken up by half at least."""
    spans = map(_in_minutes, together(_spans(known, days)))
    return 2 * sum(max(0, min(over, part[1]) - max(begins, part[0])) for begins, over in spans) >= part[1] - part[0]


def is_open(saying: Saying, known: Known) -> bool:
    """Whether nothing lies from the first of its hours to the last, in the daytime."""
    spans = [*map(_in_minutes, _spans(known, saying.days))]
    first, last = saying.clocks
    meant = [(one, other) for one in first.minutes for other in last.minutes if _DAWN <= one < other]
    return not meant or any(not any(begins < end and start < over for begins, over in spans) for start, end in meant)


def lies_at(row: Row, told: Sequence[Clock]) -> bool:
    """Whether an event lies at all these hours."""
    return row.span is not None and filled([row.span], told)


def filled(spans: Sequence[tuple[datetime, datetime]], clocks: Sequence[Clock]) -> bool:
    """Whether one of them lies at each of these hours, or goes from one to the other."""
    told = list(clocks)
    while told:
        first = told.pop(0)
        last = told.pop(0) if told and told[0].ends and not first.ends else None
        if not any(_fill(span, first, last) for span in spans):
            return False
    return True


def _of_days(row: Row, days: Sequence[Day]) -> bool:
    return not days or any(day.fits(one) for day in days for one in row.dates)


def _in_minutes(span: tuple[datetime, datetime]) -> tuple[int, int]:
    begins = minute_of(span[0])
    return begins, begins + int((span[1] - span[0]).total_seconds() / 60)


def _fill(span: tuple[datetime, datetime], first: Clock, last: Clock | None) -> bool:
    begins, over = _in_minutes(span)
    if last is None:
        return first.means(over) if first.ends else any(begins <= one < over for one in first.minutes)
    return any(
        begins <= one + first.off[1] and one < other and other + last.off[0] <= over
        for one in first.minutes
        for other in last.minutes
    )


def together(spans: Sequence[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    """What goes on without a break is one stretch."""
    found: list[tuple[datetime, datetime]] = []
    for starts, ends in sorted(spans):
        if found and starts <= found[-1][1]:
            found[-1] = (found[-1][0], max(ends, found[-1][1]))
        else:
            found.append((starts, ends))
    return found


def shared(spans: Sequence[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    """From when to when two things are on at once."""
    pairs = combinations(sorted(spans), 2)
    return [(other[0], min(one[1], other[1])) for one, other in pairs if other[0] < one[1]]


def covered(looked: list[Told], known: Known, days: Sequence[Day]) -> bool:
    """Whether somebody has looked at the days that are meant."""
    return not looked or all(any(_looked_at(one, known, day) for one in looked) for day in days)


def _looked_at(one: Told, known: Known, day: Day) -> bool:
    if one.span is None:
        return True
    starts, ends = (moment.astimezone(known.prompt.zone) for moment in one.span)
    length = (ends - _INSTANT).date() - starts.date()
    return any(day.fits(starts.date() + timedelta(days=n)) for n in range(min(length.days, _LONG) + 1))


def one_day(told: Told) -> date | None:
    """The day that was looked at, or of which a part was; None where it was more than one, or none is told."""
    if told.span is None:
        return None
    first, last = told.span[0].date(), (told.span[1] - _INSTANT).date()
    return first if first == last else None
