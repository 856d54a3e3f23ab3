""" "Next", "first", "last", "only": told of the right one of all that were read."""

import re
from collections.abc import Sequence
from datetime import datetime

from agent.claims.days import Day, part_of_day
from agent.claims.known import Known
from agent.claims.moods import is_denial
from agent.claims.overlapping import OVERLAP
from agent.claims.reports import MAIL_WORDS
from agent.claims.rows import Row
from agent.claims.saying import Saying, Sentence
from agent.claims.stretches import named_in_order, stretches

_RANK = re.compile(
    r"\b(?:your |the )(?P<which>next|first|last|final|earliest|latest|newest|oldest)(?: \w+){0,1}? (?P<kind>meeting|appointment|event|thing|reminder|one|item|mail|email|message)\b"
)
_IS_THEN = re.compile(r"(?:'s| is| comes| falls)\b(?! (?:for|about|to|from|the|your|a)\b)")
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
_AT_ONCE = 600
"""Seconds between what follows "right after"."""
_ALL_OF = re.compile(
    r"\b(?:last|only|final) (?:thing|one) (?:that was |that's )?(?:due|on|left|for|open|overdue|to do)\b|\bthe last (?:thing|one|task|to-do) (?:you had|you have|you needed|for (?:today|this week|now)|on your (?:list|plate))|\b(?:last|only|final) (?:open )?(?:task|to-do|item|reminder|meeting|appointment|event)\b"
)


def ranked(saying: Saying, known: Known, days: Sequence[Day]) -> bool:
    """Whether the one that is called next, first or last is."""
    match = _RANK.search(saying.lower)
    if match is None or (match["which"] in ("first", "last") and MAIL_WORDS.search(match[0])):  # from either end
        return True
    following = match["which"] == "next"
    if _IS_THEN.match(saying.lower[match.end() :]) and saying.every_day and saying.every_day[0].start > match.end():
        among: Sequence[Day] = ()  # "the last one is on Saturday": not of Saturday's
    else:
        among = () if following else days
    rows = sorted(_rows(known, match["kind"], among), key=_begins)
    if following:
        rows = [row for row in rows if _begins(row) > known.now]
        rows = [row for row in rows if all(row.on(day) for day in days if day.wide)]  # "after today the next one"
    if not rows:
        return not (saying.clocks or saying.content)
    one = rows[-1] if match["which"] in ("last", "final", "latest", "newest") else rows[0]
    told = list(saying.clocks)
    if (told and not any(one.has(clock) for clock in told)) or not all(one.on(day) for day in days):
        return False
    named = [word for word in saying.content if any(word in row.title for row in rows)]
    return not named or any(word in one.words for word in named)


def in_order(saying: Saying, known: Known, before: Sentence) -> bool:
    """ "The dentist comes before the review", "your day ends with the dentist": of events that are named the right one comes first."""
    lower = saying.lower
    rows = _spans(known)
    if (match := _ENDS_WITH.search(lower)) and (named := named_in_order(lower[match.end() :], rows)):
        of_day = [row for row in rows if _begins(row).date() == _begins(named[0]).date()]
        return named[0] is of_day[-1 if match["end"] else 0]
    if _ONE_BY_ONE.search(lower) and not is_denial(lower):
        named = [*named_in_order(before.text.lower(), rows)[-1:], *named_in_order(lower, rows)]
        if [_begins(row) for row in named] != sorted(_begins(row) for row in named):
            return False
    if (match := _IS_NEXT.search(lower)) and (named := named_in_order(lower[: match.start()], rows)):
        told = [_begins(row) for row in rows if row.title & before.told and row is not named[-1]]
        since = max([known.now, *(one for one in told if one < _begins(named[-1]))])
        return _begins(named[-1]) == min(_begins(row) for row in rows if _begins(row) > since or row is named[-1])
    match = _BESIDE.search(lower)
    if match is None or is_denial(lower) or OVERLAP.search(lower):
        return True
    one, other = named_in_order(lower[: match.start()], rows), named_in_order(lower[match.end() :], rows)
    ahead = not one and len(other) == 2 and not match["to"] and not lower[: match.start()].strip(" ,")
    if ahead and other[0] in named_in_order(_ITS_END.split(lower[match.end() :])[0], rows):
        one, other = other[1:], other[:1]  # "after the lunch the bank calls"
        if not saying.days and _begins(one[0]).date() != _begins(other[0]).date():
            return False
    if _THAT.match(lower[match.end() :]) and _COMES.search(lower[: match.start()]):
        about = [row for row in rows if row.title & before.about]
        other = (about or (rows if len(rows) == 1 else []))[-1:]
        if other and not one:  # it is known, but not from that day
            return not named_in_order(lower[: match.start()], known.coming)
    if not one or not other or one[-1] is other[0] or len(one) > 1:
        return True
    first, then = (one[0], other[0]) if match["before"] or match["to"] else (other[0], one[0])
    if _begins(first) > _begins(then):
        return False
    if match[0].endswith("after") and first.span and then.span and _begins(then) < first.span[1]:
        return bool(re.search(r"\b(?:minutes?|hours?) after\b", lower))  # it begins before the other is over
    return not (match["right"] or match["to"]) or bool(
        first.span and abs((_begins(then) - first.span[1]).total_seconds()) <= _AT_ONCE
    )


def on_its_side(saying: Saying, known: Known) -> bool | None:
    """ "The sound check before noon": it begins on that side of the hour; None where nothing is told of one event and one hour alone."""
    found = [
        (match["side"], clock)
        for clock in saying.clocks
        if (match := _SIDE.search(saying.timed[: clock.start].lower()))
    ]
    named = [row for row in named_in_order(saying.lower, known.events) if row.span]
    if len(saying.clocks) != 1 or not found or len(named) != 1 or _TILL_ITS_END.search(saying.lower):
        return None
    (side, clock), at = found[0], _begins(named[0]).hour * 60 + _begins(named[0]).minute
    return any(at < minute if side == "before" else at >= minute for minute in clock.minutes)


def _spans(known: Known) -> list[Row]:
    """What has hours, of this turn or else of the thread, in its order; reminders, where they were read."""
    found = {row.span[0]: row for row in known.here if row.span and "title" in row.data and not row.whole_days}
    found |= {row.moments[0]: row for row in known.rows_of("reminders") if row.moments}
    beside = known.thread if known.answers else known.events
    found = found or {row.span[0]: row for row in beside if row.span and "title" in row.data}
    return sorted(found.values(), key=_begins)


def alone(saying: Saying, known: Known, before: Sentence) -> bool:
    """ "Before ten there's only the stand-up": of a stretch and of what lies in it, which `whole` has found to be so."""
    told = _ONLY.search(saying.lower) and saying.content and set(saying.content) <= known.titles
    return bool(told and saying.clocks and stretches(saying, known, saying.days or before.days, before))


def whole(saying: Saying, known: Known, before: Sentence) -> bool:
    """Whether what is said to be all there is, is; of the last of them somebody must have looked at all."""
    if _ALL_OF.search(saying.lower) and not known.reads and not known.agenda:
        return False
    if known.receipts and _ALL_OF.search(saying.lower) and not known.reads:
        return False
    if not _ONLY.search(saying.lower) or not saying.content or MAIL_WORDS.search(saying.lower):
        return True
    days = saying.days or before.days
    rows = [
        row
        for family in ("events", "tasks", "reminders")
        for row in known.rows_of(family)
        if not days or all(row.on(day) for day in days)
    ]
    if found := stretches(saying, known, days, before):
        rows = [row for row in rows if any(one.holds(row) for one in found)]
    elif (part := part_of_day(saying.lower)) is not None:
        rows = [row for row in rows if row.span and part[0] <= row.span[0].hour * 60 + row.span[0].minute < part[1]]
    if re.search(r"\b(?:left|to come|ahead|remaining)\b", saying.lower):
        rows = [row for row in rows if not row.span or row.span[1] > known.now]
    if saying.text.rstrip().endswith(",") and not any(row.moments for row in rows):
        return True  # a list of things without hours goes on behind the comma
    return all(row.title & set(saying.content) for row in rows)


def overdue(saying: Saying, known: Known, days: Sequence[Day]) -> bool:  # noqa: ARG001
    """ "The plants are overdue": a task of that name is."""
    if not re.search(r"\b(?:is|are)(?: already| both| still)? overdue\b", saying.lower) or not saying.content:
        return True
    today = known.now.date().isoformat()
    hit = [row for row in known.rows_of("tasks") if row.title & set(saying.content)]
    return not hit or any(str(row.data.get("due") or "9")[:10] < today for row in hit)


def _rows(known: Known, kind: str, days: Sequence[Day]) -> list[Row]:
    if kind in ("mail", "email", "message") or (kind in ("one", "item") and not known.rows_of("events")):
        found = [row for row in known.rows_of("messages") if row.moments]
        if found or kind not in ("one", "item"):
            return found
    found = known.rows_of("reminders") if kind == "reminder" else []
    found = (
        found
        or known.rows_of("events")
        or (known.rows_of("reminders") if kind in ("thing", "one", "item") else [])
        or known.agenda
    )
    return [row for row in found if row.moments and (not days or all(row.on(day) for day in days))]


def _begins(row: Row) -> datetime:
    return row.span[0] if row.span else row.moments[0]
