"""A time expression, the clock and the person's zone become zoned times, or a question. Time never comes from the model.

    When                           what was meant, aware, in the person's zone
    Ambiguous                      a short question, where a person would have to ask too
    resolve(words, now=, zone=)    words that are all about time
    find(words, now=, zone=)       the time in a longer sentence, and what is left of it
    how_long(words)                a length: "45 minutes", "for an hour and a half"

What is decided without asking: a bare hour 1 to 6 is afternoon, 7 to 11 morning (evening, when that is over today),
12 noon. Morning is 6 to 12, afternoon 12 to 18, evening 18 to 22, night and tonight 18 to 24, lunchtime 12 to 13, the
end of the day 17. Weeks begin on Monday; the end of a week is its Friday. A bare day that is past means the next one.
"""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from agent.when.asking import asked
from agent.when.lengths import length
from agent.when.meaning import settle
from agent.when.phrases import Reading, read
from agent.when.pieces import Frame, Reader
from agent.when.tokens import Token, tokens
from agent.when.values import Ambiguous, When
from agent.when.words import FILLERS
from integrations.errors import Invalid

__all__ = ["Ambiguous", "Found", "When", "find", "how_long", "resolve"]

_NO_TIME = "I didn't hear a time in that."
_TOO_MANY_WORDS = 400


class Found(NamedTuple):
    """The time in a sentence: what it means, the other words, the time's own words and where they stand."""

    when: When | Ambiguous
    rest: str
    said: str
    spans: tuple[tuple[int, int], ...]


def resolve(words: str, *, now: datetime, zone: ZoneInfo, on: date | None = None) -> When | Ambiguous:
    """What words that are all about time mean; `on` is the day for a time that comes without one.

    Invalid when there is no time in them, when the date cannot be, or when a word is left that might change the meaning.
    """
    found = tokens(words)
    reading, frame = _read(found, _frame(found, now, zone, on, free=True))
    if reading.unknown or reading.empty:
        raise Invalid(_NO_TIME if reading.empty else f'I don\'t know what to make of "{words.strip()[:80]}" as a time.')
    return _settle(found, reading, frame)


def find(words: str, *, now: datetime, zone: ZoneInfo, on: date | None = None) -> Found | None:
    """The time in a longer sentence, and the sentence without it; None when it names no time."""
    found = tokens(words)
    reading, frame = _read(found, _frame(found, now, zone, on, free=False))
    if reading.empty:
        return None
    spans = _spans(found, reading)
    said = " ".join(words[start:end] for start, end in spans)
    hints = " ".join(found[place].raw for place in reading.coloured) if reading.clocks or reading.range else ""
    said = " ".join(part for part in ("was" if frame.back else "", said, hints) if part)
    return Found(_settle(found, reading, frame), _without(words, spans), said, spans)


def how_long(words: str) -> timedelta | None:
    """The length that words name, "45 minutes" or "for an hour and a half"; None when they are anything else."""
    found = [token for token in tokens(words) if token.text not in FILLERS and token.text not in ("for", "about", "long")]  # fmt: skip
    r = Reader(found, Frame(datetime(2000, 1, 1, tzinfo=UTC), ZoneInfo("UTC")))
    r.take("make") and r.take("it")
    amount = length(r)
    if amount is None or not r.done or amount.months:
        return None
    return amount.time + timedelta(days=amount.days)


def _frame(found: list[Token], now: datetime, zone: ZoneInfo, on: date | None, *, free: bool) -> Frame:
    if now.tzinfo is None:
        raise ValueError("now must be aware")
    if len(found) > _TOO_MANY_WORDS:
        raise Invalid("That is too long for me to find a time in.")
    local = now.astimezone(zone).replace(microsecond=0)
    return Frame(local, zone, back=_looks_back(found), free=free, on=on)


def _looks_back(found: list[Token]) -> bool:
    """ "did", "was" and "were" in front, or after a question word."""
    heard = [token.text for token in found if token.text not in FILLERS][:4]
    past = {"did", "was", "were"}
    asks = bool(heard) and heard[0] in ("what", "what's", "when", "where", "who", "which", "how")
    return bool(heard) and (heard[0] in past or (asks and bool(past & set(heard[1:]))))


def _read(found: list[Token], frame: Frame) -> tuple[Reading, Frame]:
    try:
        return read(found, frame), frame
    except (OverflowError, ValueError):
        raise Invalid("That is too far away.") from None


def _settle(found: list[Token], reading: Reading, frame: Frame) -> When | Ambiguous:
    try:
        when = settle(reading, frame)
        if _two_ways_to(found):
            other = settle(read(found, replace(frame, minutes_to=False)), frame)
            return asked([*_meanings(when), *_meanings(other)], frame)
    except OverflowError:
        raise Invalid("That is too far away.") from None
    return when


def _meanings(when: When | Ambiguous) -> list[When]:
    return [when] if isinstance(when, When) else [choice for choice in when.choices if isinstance(choice, When)]


def _two_ways_to(found: list[Token]) -> bool:
    """ "10 to 5" in figures: ten minutes to five, or from ten to five?"""
    for place in range(len(found) - 2):
        first, word, last = found[place : place + 3]
        before = found[place - 1].text if place else ""
        figures = first.raw in ("5", "10", "20", "25") and last.raw.isdigit() and 1 <= int(last.raw) <= 12
        if figures and word.text == "to" and before not in ("at", "from", "between", "by", "before", "after", "until"):
            return True
    return False


def _spans(found: list[Token], reading: Reading) -> tuple[tuple[int, int], ...]:
    """The characters of the time phrases; phrases with nothing but noise between them are one."""
    places = {place for begin, end in reading.told for place in range(begin, end)}
    noise = {place for begin, end in reading.noise for place in range(begin, end)}
    spans: list[tuple[int, int]] = []
    previous = -2
    for place in sorted(places):
        joined = spans and all(each in noise for each in range(previous + 1, place))
        start = spans.pop()[0] if joined else found[place].start
        spans.append((start, found[place].end))
        previous = place
    return tuple(spans)


def _without(words: str, spans: tuple[tuple[int, int], ...]) -> str:
    pieces, at = [], 0
    for start, end in spans:
        pieces.append(words[at:start])
        at = end
    kept = " ".join([*pieces, words[at:]])
    return re.sub(r"\s+([,.?!])", r"\1", re.sub(r"\s+", " ", kept)).strip(" ,.;:")
