"""By when: a mail's own words for it, seen from the day it was written. A model never says a date."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from agent.when import Found, When, find
from integrations.errors import ChronusError

MOST = 4
"""Limits that are looked at in one sentence."""
_LIMIT = re.compile(
    r"\b(by|before|until|till|no later than|not later than|latest|deadlines?|due|within|on or before|today|tomorrow|tonight|this (morning|afternoon|evening|week)|end of (the )?(day|week|month)|eod|eow|cob)\b",
    re.IGNORECASE,
)
"""What makes a time the last one: "on Tuesday at three" may be a meeting."""
_NAMES = re.compile(r"deadline|due", re.IGNORECASE)
_DATE = r"(?:the )?(?:\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)"
_CLAUSE = re.compile(
    rf"[;!?](?=\s|$)|,(?=\s|$)(?!\s*{_DATE})|\.(?=\s+(?-i:[A-Z])|\s*$)|\b(otherwise|because|so that)\b", re.IGNORECASE
)
_FAR, _SOON = timedelta(days=400), timedelta(days=60)


def due_in(words: str, *, at: datetime, zone: ZoneInfo) -> date | None:
    """The last day that a sentence leaves, None where it sets no limit, or one that could mean several days."""
    for _, _, found in _limits(words, at, zone):
        if (day := _day(found, at, zone)) is not None:
            return day
    return None


def due_of(words: str, *, at: datetime, zone: ZoneInfo) -> date | None:
    """The same of words that are nothing but the time."""
    found = _found(words, at, zone)
    return _day(found, at, zone) if found else None


def names_a_day(sentences: Iterable[str], *, at: datetime, zone: ZoneInfo) -> bool:
    """Whether something is to happen on a day within the next two months."""
    for sentence in sentences:
        found = _found(sentence, at, zone)
        day = _day(found, at, zone) if found else None
        day = day or due_in(sentence, at=at, zone=zone)
        if day and day <= at.astimezone(zone).date() + _SOON:
            return True
    return False


def without_limit(words: str, *, at: datetime, zone: ZoneInfo) -> str:
    """The sentence without those words for its limit that name a day."""
    for start, end, found in _limits(words, at, zone):
        if len(found.spans) == 1 and not _NAMES.match(words, start) and _day(found, at, zone) is not None:
            rest = f"{words[:start].rstrip(' ,(')} {words[end:].lstrip(')')}"
            return re.sub(r"\s+([.,;!?])", r"\1", " ".join(rest.split()))
    return words


def _limits(words: str, at: datetime, zone: ZoneInfo) -> Iterator[tuple[int, int, Found]]:
    """Where a limit is set, and what it says."""
    for cue in islice(_LIMIT.finditer(words), MOST):
        end = _CLAUSE.search(words, cue.end())
        told = words[cue.start() : end.start() if end else len(words)]
        said = re.sub(
            r"^(until|till)\b", lambda word: "by".ljust(len(word[0])), told, flags=re.IGNORECASE
        )  # what is asked for until then is due then
        if found := _found(said, at, zone):
            yield cue.start(), cue.start() + found.spans[-1][1], found


def _found(words: str, at: datetime, zone: ZoneInfo) -> Found | None:
    try:
        return find(words[:300], now=at.astimezone(zone), zone=zone)
    except ChronusError:
        return None


def _day(found: Found, at: datetime, zone: ZoneInfo) -> date | None:
    when, written = found.when, at.astimezone(zone).date()
    if not isinstance(when, When) or when.recurrence:
        return None
    day = first = when.starts.astimezone(zone).date()
    if when.ends is not None:
        day = (when.ends.astimezone(zone) - timedelta(microseconds=1)).date()
        if found.said.lower().startswith("before") and when.all_day:
            day = max(first - timedelta(days=1), written)
    return day if written <= day <= written + _FAR else None
