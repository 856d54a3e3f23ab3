"""What has no hours: from which day to which it is, for how many, and when it is over."""

import re
from datetime import date, timedelta

from agent.claims.days import Day, days
from agent.claims.known import LOOKING, Known
from agent.claims.listed import listing
from agent.claims.looking import one_day
from agent.claims.moods import is_denial
from agent.claims.numbers import NUMBER, value
from agent.claims.rows import Row
from agent.claims.saying import Saying, Sentence
from agent.claims.stretches import named_in_order

_FROM_TO = re.compile(r"\bfrom \w+ (?:to|till|until|through) ")
_SO_LONG = re.compile(
    rf"\b(?:for|lasts?|takes?) (?:all |the |just |only )?(?P<many>{NUMBER}|a couple of) (?:whole |full |straight )?days\b|\b(?:fills?|covers?|takes? up)(?: all)?(?: of)?(?: the)? (?P<fills>{NUMBER})(?: of (?:the|those|these) {NUMBER})? days\b|\b(?P<more>{NUMBER}) (?:whole |full |straight )?days (?:of|in|with|without|long)\b"
)
_UNTIL = re.compile(r"\b(?:until|till|through|up to)(?: the)? $")
_SINCE = re.compile(r"\b(?:from|since|as of|leaves?(?: on)?|starts?(?: on)?|begins?(?: on)?)(?: the)? $")
_BACK = re.compile(
    r"\b(?:back|returns?|returning|home again|gets? home|(?:is|are|'s) (?:over|finished)|ends?|on again|working again)\b"
)
_AT_AN_HOUR = re.compile(
    r"\b(?:over|finished|done|ends?|starts?|begins?|back)(?: again)? (?:by|before|at|in|around|after) (?:the )?(?:lunch|lunchtime|breakfast|dinner|noon|midday|morning|afternoon|evening)\b"
)
_THAT_DAY = re.compile(r"\b(?:that|the)(?: very)? same (?:day|morning|afternoon|evening|night)\b")


def on_whole_days(saying: Saying, known: Known, before: Sentence) -> bool | None:
    """Whether what has no hours is on the days that a clause tells; None where it tells none of it."""
    lower = saying.lower
    rows = [row for row in named_in_order(lower, listing(known)) if row.whole_days and row.dates]
    if rows and _AT_AN_HOUR.search(lower):
        return False  # it has none
    if not rows or is_denial(re.sub(r"\bno \w", "", lower)):
        return None
    told = (before.days or _looked_at(known)) if _THAT_DAY.search(lower) else saying.days
    return next((so for row in rows if (so := _is_so(lower, saying, told, row)) is not None), None)


def _looked_at(known: Known) -> list[Day]:
    """The one day that was asked about."""
    found = {one_day(one) for one in known.reads if one.tool in LOOKING}
    day = found.pop() if len(found) == 1 else None
    return days("today", day) if day else []


def _is_so(lower: str, saying: Saying, told: list[Day], row: Row) -> bool | None:
    first, last = min(row.dates), max(row.dates)
    if _FROM_TO.search(lower) and len(saying.every_day) == 2:
        return saying.every_day[0].fits(first) and saying.every_day[1].fits(last)
    if long := _SO_LONG.search(lower):
        many = long["many"] or long["fills"] or long["more"]
        return len(row.dates) == (2 if many.startswith("a ") else value(many))
    for day in saying.every_day:
        if _UNTIL.search(lower[: day.start]):
            return _on(day, last)
        if _SINCE.search(lower[: day.start]):
            return day.fits(first)
    if _BACK.search(lower) and told:
        return all(_on(day, last) for day in told)
    return None


def _on(day: Day, last: date) -> bool:
    """What goes on until Tuesday is over on Tuesday, or not on any more on Wednesday: both are said of a Tuesday's end."""
    return day.fits(last) or day.fits(last + timedelta(days=1))
