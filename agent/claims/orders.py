""" "Next", "first", "last", "only": told of the right one of all that were read."""

import re
from collections.abc import Sequence
from datetime import timedelta

from agent.claims.days import Day, begins_in, minute_of, part_of_day
from agent.claims.known import Known
from agent.claims.listed import begins, ends, slots, told_last
from agent.claims.moods import is_denial
from agent.claims.overlapping import OVERLAP
from agent.claims.reports import MAIL_WORDS
from agent.claims.saying import Saying, Sentence
from agent.claims.stretches import named_in_order, stretches

_NEXT = re.compile(
    r"\b(?:your |the )next(?: \w+){0,1}? (?P<kind>meeting|appointment|event|thing|reminder|one|item)\b(?! after)"
)
_ONLY = re.compile(
    r"^(?:and |so )?it's (?:only|just) (?!a\b|an\b|the (?:one|two|three)\b|for\b|\w+ minutes)|^(?:only|just) (?:the|your) (?!rest|one\b|two\b|three\b|four\b|five\b|six\b|seven\b)|\b(?:there's|there is|there are|has|have|got|holds?|brings?|see|find|with|\w+day is|\w+day's|tomorrow is|tomorrow's|today is|today's) (?:only|just) (?!been|now|had|got\b)|\bonly (?:has|have|holds|brings) |\bis (?:only|just) (?:the|your) (?!one\b|first\b|start\b|beginning\b)|\byou(?:'ve| have)? (?:only|just) (?:have|got)\b|\b(?:your|the) only (?:appointment|meeting|event|task|reminder|thing|one)\b|\bonly \w+ (?:on it|tomorrow|today)\b"
)
_ENDS_WITH = re.compile(
    r"(?:\b(?:day|morning|afternoon|tomorrow|today|it|\w+day)(?: then| also)? |(?:^|, )(?:and |then )*)(?:(?P<end>ends|finishes|closes|wraps up|(?:end|finish|clos|wrapp)ing(?: up)?)|(?:starts|begins|kicks off|opens|(?:start|beginn|open)ing)) with\b"
)
_BESIDE = re.compile(
    r"\b(?P<right>right |directly |straight |immediately )?(?:(?P<before>before)|after|(?P<to>up to|into))\b"
)
_THAT = re.compile(r" ?(?:that|it|this|them|those|these)\b")
_IS_NEXT = re.compile(r"(?:\bis|\bare|\bbeing|\bcomes?|'s) (?:the )?next\b(?! (?:\w+day|week|month|one|thing|to)\b)")
_COMES = re.compile(r"\b(?:comes?|is|are|starts?|begins?|follows?)\b|'s\b")
_ONE_BY_ONE = re.compile(r"\b(?:then|followed by|after that)\b(?! (?:on|you)\b)")
_SIDE = re.compile(r"\b(?P<side>before|after) (?:about |around )?$")
_TILL_ITS_END = re.compile(r"\b(?:over|ends?|done|finish\w*|through|free|nothing|back|leaves?|not)\b|n't\b")
_ITS_END = re.compile(r",|\byou\b|\byou've\b|\bthere\b|\bthere's\b|\bcomes?\b")
_AT_ONCE = timedelta(minutes=10)
"""At most between what follows "right after"."""
_KINDS = ("events", "tasks", "reminders")
_LEFT = re.compile(r"\b(?:left|to come|ahead|remaining)\b")
_ALL_OF = re.compile(
    r"\b(?:last|only|final) (?:thing|one) (?:that was |that's )?(?:due|on|left|for|open|overdue|to do)\b|\bthe last (?:thing|one|task|to-do) (?:you had|you have|you needed|for (?:today|this week|now)|on your (?:list|plate))|\b(?:last|only|final) (?:open )?(?:task|to-do|item|reminder|meeting|appointment|event)\b"
)


def comes_next(saying: Saying, known: Known, days: Sequence[Day]) -> bool:
    """Whether the one that is called next is; one that has begun isn't."""
    match = _NEXT.search(saying.lower)
    if match is None:
        return True
    reminders = known.rows_of("reminders")
    read = (match["kind"] == "reminder" and reminders) or known.rows_of("events") or reminders or known.agenda
    rows = sorted((row for row in read if row.moments), key=begins)
    coming = [row for row in rows if begins(row) > known.now and all(row.on(day) for day in days if day.wide)]
    if not coming:
        return not (saying.clocks or saying.content)
    one, named = coming[0], set(saying.content) & frozenset().union(*(row.title for row in rows))
    if not all(one.has(clock) for clock in saying.clocks) or not all(one.on(day) for day in days):
        return False
    return not named or bool(named & one.words)


def in_order(saying: Saying, known: Known, before: Sentence) -> bool:
    """ "The dentist comes before the review", "your day ends with the dentist": of events that are named the right one comes first."""
    lower = saying.lower
    rows = sorted(slots(known), key=begins)
    if (match := _ENDS_WITH.search(lower)) and (named := named_in_order(lower[match.end() :], rows)):
        of_day = [row for row in rows if begins(row).date() == begins(named[0]).date()]
        return named[0] is of_day[-1 if match["end"] else 0]
    if _ONE_BY_ONE.search(lower) and not is_denial(lower):
        named = [*named_in_order(before.text, rows)[-1:], *named_in_order(lower, rows)]
        if [begins(row) for row in named] != sorted(begins(row) for row in named):
            return False
    if (match := _IS_NEXT.search(lower)) and (named := named_in_order(lower[: match.start()], rows)):
        told = [begins(row) for row in rows if row.title & before.told and row is not named[-1]]
        since = max([known.now, *(one for one in told if one < begins(named[-1]))])
        return begins(named[-1]) == min(begins(row) for row in rows if begins(row) > since or row is named[-1])
    match = _BESIDE.search(lower)
    if match is None or is_denial(lower) or OVERLAP.search(lower):
        return True
    one, other = named_in_order(lower[: match.start()], rows), named_in_order(lower[match.end() :], rows)
    if not one and len(other) == 2 and other[0] in named_in_order(_ITS_END.split(lower[match.end() :])[0], rows):
        one, other = other[1:], other[:1]  # "after the lunch the bank calls"
    if _THAT.match(lower[match.end() :]) and _COMES.search(lower[: match.start()]):
        other = told_last(known, before) or named_in_order(known.asked, rows)
    if len(one) != 1 or not other or one[0] is other[0]:
        return True
    first, then = (one[0], other[0]) if match["before"] or match["to"] else (other[0], one[0])
    if begins(first) >= begins(then) or (match[0].endswith("after") and begins(then) < ends(first)):
        return False
    return not (match["right"] or match["to"]) or abs(begins(then) - ends(first)) <= _AT_ONCE


def on_its_side(saying: Saying, known: Known) -> bool | None:
    """ "The sound check before noon": it begins on that side of the hour; None where nothing is told of one event and one hour alone."""
    if len(saying.clocks) != 1 or _TILL_ITS_END.search(saying.lower):
        return None
    clock, named = saying.clocks[0], named_in_order(saying.lower, known.events)
    side = _SIDE.search(saying.timed[: clock.start].lower())
    if side is None or len(named) != 1:
        return None
    at = minute_of(begins(named[0]))
    hour = min(clock.minutes, key=lambda minute: abs(minute - at))
    return at < hour if side["side"] == "before" else at >= hour


def whole(saying: Saying, known: Known, before: Sentence) -> bool:
    """Whether what is said to be all there is, is; of the last of them somebody must have looked at all."""
    if _ALL_OF.search(saying.lower) and not known.reads and (known.receipts or not known.agenda):
        return False
    if not _ONLY.search(saying.lower) or not saying.content or MAIL_WORDS.search(saying.lower):
        return True
    days = saying.days or before.days
    rows = [row for family in _KINDS for row in known.rows_of(family) if all(map(row.on, days))]
    if found := stretches(saying, known, days, before):
        rows = [row for row in rows if any(one.holds(row) for one in found)]
    elif (part := part_of_day(saying.lower)) is not None:
        rows = [row for row in rows if row.span and begins_in(part, row.span[0])]
    if _LEFT.search(saying.lower):
        rows = [row for row in rows if not row.moments or ends(row) > known.now]
    if saying.text.rstrip().endswith(",") and not any(row.moments for row in rows):
        return True  # a list of things without hours goes on behind the comma
    return all(row.title & set(saying.content) for row in rows)
