"""By how much something was moved, and in how many days it is: the difference of two rows, or of a row and today."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from agent.claims.days import minute_of
from agent.claims.former import former
from agent.claims.known import Known, Told
from agent.claims.listed import begins, lasts, listing, meant, slots
from agent.claims.moods import is_denial
from agent.claims.numbers import NUMBER, value
from agent.claims.rows import Row
from agent.claims.saying import Saying, Sentence
from agent.claims.stretches import named_in_order

_MOVED = re.compile(r"\b(?P<way>earlier|sooner|later|longer|shorter)\b")
_LATER = frozenset({"later", "longer"})
_LONG = frozenset({"longer", "shorter"})
_SOONER = frozenset({"before", "earlier than"})
_FROM_ANOTHER = _SOONER | {"after", "later than"}
_THAN_ANOTHER = re.compile(r"\bthan (?:the|your)\b")
_DAYS = re.compile(
    rf"\b(?P<many>{NUMBER}|a)(?: more| full| whole)? (?P<unit>day|night|week)s?(?: time)? (?P<how>off|away|from (?:now|today)|to go|hence|left|until then|ahead|apart|before|after|earlier than|later than)\b"
    rf"|\b(?:leaves|gives) you (?P<many3>{NUMBER}|a)(?: full| whole)? (?P<unit3>day|week)s?\b"
    rf"|\bin (?P<quite>not quite |just under |less than |almost )?(?P<many2>{NUMBER}|a) (?P<unit2>day|week)s?(?:'? time)?\b(?! or)"
)

_THAT_IS = re.compile(
    r"(?:and |so |but |yes,? )*(?:that's|that is|which is|that'll be|that would be)(?: already| only| just| on| this| really)*"
)


def shifted(saying: Saying, known: Known) -> bool | None:
    """ "Half an hour later than before": so it is, by the row of the change and what was there; None where nothing is told of it."""
    match = _MOVED.search(saying.lower)
    changes = [one for one in known.receipts if one.tool == "change_event"]
    if match is None or is_denial(saying.lower) or _THAN_ANOTHER.search(saying.lower):
        return None
    new, old = ([row for row in rows if row.span] for rows in (_rows(changes), former(changes, known)))
    if not new:
        return None
    if not old:  # by how much nobody knows but who has said it
        at = minute_of(begins(new[0]))
        said = {length for row in known.persons for length in row.lengths}
        said |= {abs(at - hour) for row in known.persons for hour in row.clocks}
        return set(saying.lengths) <= said
    later, earlier = (new[0], old[0]) if match["way"] in _LATER else (old[0], new[0])
    by = lasts(later) - lasts(earlier) if match["way"] in _LONG else begins(later) - begins(earlier)
    return by > timedelta() and all(timedelta(minutes=length) == by for length in saying.lengths)


def days_off(saying: Saying, known: Known, before: Sentence) -> bool | None:
    """ "That's three days off": what was told last, or is named, is on that day; None where no such number is told."""
    match = _DAYS.search(saying.lower)
    if match is None and (so := _is_then(saying, known, before)) is not None:
        return so
    if match is None or is_denial(saying.lower[: match.start()]):
        return None
    many, unit = (next(filter(None, match.group(name, f"{name}2", f"{name}3"))) for name in ("many", "unit"))
    days = (1 if many == "a" else value(many)) * (7 if unit == "week" else 1)
    if match["how"] == "apart":
        return _from_each_other(days, known)
    if match["how"] in _FROM_ANOTHER:
        return _apart(saying, match, days, known, before)
    whole = named_in_order(saying.lower, [row for row in listing(known) if row.whole_days])
    away = [(day - known.now.date()).days for day in (_dates(whole) or _meant(saying.lower, known, before))]
    least = {None: days, "less than ": 0}.get(match["quite"], days - 1)
    return any(least <= one <= days for one in away) if away else None


def _is_then(saying: Saying, known: Known, before: Sentence) -> bool | None:
    """ "That's tomorrow": what was told last is on that day; None where it isn't only said of a day."""
    match = _THAT_IS.match(saying.lower)
    if match is None or saying.content or saying.clocks or len(saying.every_day) != 1 or is_denial(saying.lower):
        return None
    if saying.text[match.end() : saying.every_day[0].start].strip():
        return None
    dates = _meant(saying.lower, known, before)
    return any(map(saying.every_day[0].fits, dates)) if dates else None


def _from_each_other(days: int, known: Known) -> bool | None:
    """ "They're four days apart": two that were read, or are to be chosen from."""
    dates = sorted({min(row.dates) for row in listing(known) if row.dates})
    return (dates[1] - dates[0]).days == days if len(dates) == 2 else None


def _apart(saying: Saying, match: re.Match[str], days: int, known: Known, before: Sentence) -> bool | None:
    """ "The choir is three days after the lesson": None where nothing was told that it could be said of."""
    late = _meant(saying.lower[: match.start()], known, before)
    early = _dates(named_in_order(saying.lower[match.end() :], slots(known)))
    if not late or (not early and saying.days):
        return None
    if match["how"] in _SOONER:
        late, early = early, late
    return any((one - other).days == days for one in late for other in early)


def _meant(text: str, known: Known, before: Sentence) -> set[date]:
    """The days of what is named, or was told last: in the answer, or written now or before."""
    return _dates(meant(text, known, before) or [row for row in _rows(known.receipts or known.earlier) if row.dates])


def _rows(told: Sequence[Told]) -> list[Row]:
    return [row for one in told for row in one.rows]


def _dates(rows: Sequence[Row]) -> set[date]:
    """Those of the first: an event's is the one on which it begins."""
    return {day for row in rows[:1] for day in ({begins(row).date()} if row.moments else row.dates)}
