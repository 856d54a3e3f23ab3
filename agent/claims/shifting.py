"""By how much something was moved, and in how many days it is: the difference of two rows, or of a row and today."""

import re
from datetime import date, timedelta

from agent.claims.former import former
from agent.claims.known import Known
from agent.claims.listed import begins, lasts, listing, meant, slots, told_last
from agent.claims.moods import is_denial
from agent.claims.numbers import NUMBER, value
from agent.claims.rows import Row
from agent.claims.saying import Saying, Sentence
from agent.claims.stretches import named_in_order

_MOVED = re.compile(r"\b(?P<way>earlier|sooner|later|longer|shorter)\b")
_LATER = frozenset({"later", "longer"})
_DAYS = re.compile(
    rf"\b(?P<many>{NUMBER}|a|an|one)(?: more| full| whole)? (?P<unit>day|night|week)s?(?: time)? (?P<how>off|away|from (?:now|today)|to go|hence|left|until then|ahead|apart|before|after|earlier than|later than)\b"
    rf"|\b(?:leaves|gives) you (?:another )?(?P<many3>{NUMBER}|a|an|one)(?: more| full| whole)? (?P<unit3>day|week)s?\b"
    rf"|\bin (?P<quite>not quite |just under |less than |almost )?(?P<many2>{NUMBER}|a|an|one) (?P<unit2>day|week)s?(?:'? time)?\b(?! or)"
)

_THAT_IS = re.compile(
    r"(?:and |so |but |yes,? )*(?:that's|that is|which is|that'll be|that would be)(?: already| only| just| on| this| really)*"
)


def shifted(saying: Saying, known: Known) -> bool | None:
    """ "Half an hour later than before": so it is, by the row of the change and what was there; None where nothing is told of it."""
    match = _MOVED.search(saying.lower)
    changes = [one for one in known.receipts if one.tool == "change_event"]
    if match is None or not changes or is_denial(saying.lower):
        return None
    new = next((row for one in changes for row in one.rows if row.span), None)
    old = next((row for row in former(changes, known) if row.span), None)
    others = [row for row in named_in_order(saying.lower, slots(known)) if new and not row.title & new.title]
    if new is None or others or re.search(r"\bthan (?:the|your)\b", saying.lower):
        return None
    if old is None:  # by how much nobody knows but who has said it
        at = begins(new).hour * 60 + begins(new).minute
        said = {length for row in known.persons for length in row.lengths}
        said |= {(at - hour) * (1 if match["way"] == "later" else -1) for row in known.persons for hour in row.clocks}
        return set(saying.lengths) <= said if saying.lengths else None
    way = match["way"]
    by = lasts(new) - lasts(old) if way in ("longer", "shorter") else begins(new) - begins(old)
    if (by > timedelta()) is not (way in _LATER):
        return False
    return all(timedelta(minutes=length) == abs(by) for length in saying.lengths) if saying.lengths else None


def days_off(saying: Saying, known: Known, before: Sentence) -> bool | None:
    """ "That's three days off": what was told last, or is named, is on that day; None where no such number is told."""
    match = _DAYS.search(saying.lower)
    if match is None and (so := _is_then(saying, known, before)) is not None:
        return so
    if match is None or is_denial(saying.lower[: match.start()]):
        return None
    many = match["many"] or match["many2"] or match["many3"]
    unit = match["unit"] or match["unit2"] or match["unit3"]
    days = (1 if many in ("a", "an") else value(many)) * (7 if unit == "week" else 1)
    if match["many3"] and re.search(r"\b(?:more|another)\b", match[0]):
        return None  # than before
    if match["how"] == "apart":
        return _from_each_other(days, known)
    if match["how"] in ("before", "after", "earlier than", "later than"):
        return _apart(saying, match, days, known, before)
    dates = _dates(meant(saying.lower, known, before) or _told_last(known))
    if not dates:
        return None
    today = known.now.date()
    return any((day - today).days == days for day in dates)


def _is_then(saying: Saying, known: Known, before: Sentence) -> bool | None:
    """ "That's tomorrow": what was told last is on that day; None where it isn't only said of a day."""
    match = _THAT_IS.match(saying.lower)
    if match is None or saying.content or saying.clocks or len(saying.every_day) != 1 or is_denial(saying.lower):
        return None
    if saying.text[match.end() : saying.every_day[0].start].strip():
        return None
    dates = _dates(told_last(known, before) or _told_last(known))
    return any(saying.every_day[0].fits(day) for day in dates) if dates else None


def _from_each_other(days: int, known: Known) -> bool | None:
    """ "They're four days apart": two that were read, or are to be chosen from."""
    dates = sorted({min(row.dates) for row in listing(known) if row.dates})
    return (dates[1] - dates[0]).days == days if len(dates) == 2 else None


def _apart(saying: Saying, match: re.Match[str], days: int, known: Known, before: Sentence) -> bool | None:
    others = _dates(named_in_order(saying.lower[match.end() :], slots(known)))
    ones = _dates(meant(saying.lower[: match.start()], known, before) or _told_last(known))
    if not others:
        return None if saying.days or not ones else False
    way = -1 if match["how"] in ("before", "earlier than") else 1
    return not ones or any((one - other).days * way == days for one in ones for other in others)


def _told_last(known: Known) -> list[Row]:
    """What the thread is about: written now, or before."""
    return [row for one in (known.receipts or known.earlier) for row in one.rows if row.dates][:1]


def _dates(rows: list[Row]) -> set[date]:
    return {day for row in rows[:1] for day in ({begins(row).date()} if row.moments else row.dates)}
