"""After, before, until, since."""

from dataclasses import replace
from datetime import datetime, timedelta

from agent.when import almanac, lengths
from agent.when.agreeing import days_meant
from agent.when.almanac import ONE, midnight
from agent.when.phrases import Reading
from agent.when.pieces import Days, Edge, Frame, Length, Point, Range
from agent.when.plain import all_day, plain, timed
from agent.when.ranges import clock_of, ranged
from agent.when.values import Ambiguous, Stretch, When, at_wall, before
from integrations.errors import Invalid


def edged(reading: Reading, frame: Frame) -> list[When] | Ambiguous:
    """After, before, until, since."""
    first, *more = reading.edges
    opens = ("after", "from")
    clock = first.point.clock
    if first.word == "from" and clock and not (more or reading.range or reading.clocks):
        point = first.point  # "from 3": only a start, and "for two hours" may follow
        days = [*reading.days, *([point.days] if point.days else [])]
        return plain(replace(reading, edges=[], clocks=[clock], part=point.part or reading.part, days=days), frame)
    if reading.range or reading.length or (reading.calendar_length and first.word != "from") or len(more) > 1:
        raise Invalid("I can't tell when that is.")
    if more:
        if first.word not in opens or more[0].word in (*opens, "since"):
            raise Invalid("I can't tell when that is.")
        return ranged(replace(reading, edges=[]), Range(first.point, more[0].point), frame)
    if reading.clocks:
        if first.word in opens or first.word == "since":
            raise Invalid("I heard more than one time there.")
        start = Point(clock=reading.clocks[0])
        return ranged(replace(reading, edges=[], clocks=[]), Range(start, first.point), frame)
    if first.point.clock or first.point.part:
        return _edge_of_time(reading, first, frame)
    if reading.days or reading.part:
        raise Invalid("I can't tell when that is.")
    return _edge_of_days(reading, first, frame)


def _edge_of_time(reading: Reading, edge: Edge, frame: Frame) -> list[When] | Ambiguous:
    point = edge.point
    closing = edge.word in ("before", "until", "through")
    clock = clock_of(point, first=edge.word != "after") if not point.clock else point.clock
    if edge.word == "since":
        frame = replace(frame, back=True)
    part = (point.part or reading.part) if point.clock else None
    assert clock is not None
    days = [*reading.days, *([point.days] if point.days else [])]
    only = replace(reading, clocks=[clock], part=part, days=days, edges=[], length=None)
    options = days_meant(days, point.part if part is None else part, frame)
    moments = timed(only, options, frame)
    if isinstance(moments, Ambiguous):
        return moments
    if edge.word in ("until", "through") and point.days:
        return [When(frame.now, when.starts) for when in moments if before(frame.now, when.starts)]
    return [_side(when.starts, edge.word, closing, frame) for when in moments]


def _side(moment: datetime, word: str, closing: bool, frame: Frame) -> When:
    day = moment.date()
    if word == "since":
        return When(moment, frame.now) if before(moment, frame.now) else When(moment)
    if closing:
        last = (moment - timedelta(microseconds=1)).date()
        begin = at_wall(last, midnight(last).time(), frame.zone)
        begin = frame.now if not before(frame.now, begin) and before(frame.now, moment) else begin
        return When(begin, moment) if before(begin, moment) else When(moment)
    if word == "from":
        return When(moment)
    return When(moment, at_wall(day + ONE, midnight(day).time(), frame.zone))


def _edge_of_days(reading: Reading, edge: Edge, frame: Frame) -> list[When] | Ambiguous:
    days = edge.point.days
    assert days is not None
    found: list[When] = []
    for option in days.options:
        first, after = (at_wall(day, midnight(day).time(), frame.zone) for day in (option.first, option.after))
        if edge.word == "after":
            found.append(When(after))
        elif edge.word == "from":
            found.append(_from(option, reading.calendar_length, frame))
        elif edge.word == "since":
            first = _since(days, option, frame)
            found.append(When(first, frame.now) if before(first, frame.now) else _never())
        else:
            ends = _closing(edge.word, days, first, after)
            found.extend(When(frame.now, end) for end in ends if before(frame.now, end))
    return found


def _closing(word: str, days: Days, first: datetime, after: datetime) -> list[datetime]:
    """ "until friday" may or may not take Friday in; a month or a week it ends before."""
    if word == "through" or days.kind == "end":
        return [after]
    return [first] if word == "before" or days.kind == "span" else [first, after]


def _from(option: Stretch, length: Length | None, frame: Frame) -> When:
    if length is None:
        return all_day(option.first, option.after, frame)
    return all_day(option.first, lengths.shift(midnight(option.first), length).date(), frame)


def _since(days: Days, option: Stretch, frame: Frame) -> datetime:
    day = option.first
    if day > frame.today and days.weekday is not None:
        day -= timedelta(weeks=1)
    elif day > frame.today and days.day is not None:
        day = almanac.nearest(frame.today, days.day, days.month, back=True)
    elif day > frame.today and days.month is not None:
        day = almanac.month(day, -12).first
    return at_wall(day, midnight(day).time(), frame.zone)


def _never() -> When:
    raise Invalid("That hasn't begun yet.")
