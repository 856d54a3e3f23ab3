"""From one point to another: hours of one day, hours of two, whole days."""

from datetime import date, timedelta

from agent.when import almanac
from agent.when.agreeing import days_meant
from agent.when.almanac import ONE, midnight
from agent.when.hours import pair, walls
from agent.when.phrases import Reading
from agent.when.pieces import Clock, Days, Frame, Part, Point, Range
from agent.when.plain import WHICH_TIME, all_day, between
from agent.when.values import Ambiguous, Stretch, When, before
from integrations.errors import Invalid


def ranged(reading: Reading, found: Range, frame: Frame) -> list[When] | Ambiguous:
    start, end = found.start, found.end
    timed = start.clock or start.part or end.clock or end.part
    if reading.clocks or (reading.length and timed) or reading.calendar_length:
        return Ambiguous(WHICH_TIME) if not reading.clocks else _contradiction()
    if not timed:
        if reading.length or reading.part:
            return Ambiguous(WHICH_TIME)
        return [all_day(first, after, frame) for first, after in _from_day_to_day(reading, start, end, frame)]
    opening, closing = clock_of(start, first=True), clock_of(end, first=False)
    if opening is None or closing is None:
        return Ambiguous(WHICH_TIME)
    if start.days and end.days:
        return _over_days(reading, start, end, (opening, closing), frame)
    named = [*reading.days, *([start.days] if start.days else []), *([end.days] if end.days else [])]
    part = start.part or end.part or reading.part
    options = days_meant(named, part, frame)
    colour = part if (start.clock and end.clock) or reading.part else None
    return _over_hours(opening, closing, colour, options, reading, frame)


def _contradiction() -> Ambiguous:
    raise Invalid("I heard more than one time there.")


def clock_of(point: Point, *, first: bool) -> Clock | None:
    if point.clock:
        return point.clock
    if point.part:
        return Clock(point.part.start if first else point.part.end, sure=True)
    return None


def _from_day_to_day(reading: Reading, start: Point, end: Point, frame: Frame) -> list[tuple[date, date]]:
    if start.days is None or end.days is None:
        raise Invalid("I can't tell when that ends.")
    found = []
    options = days_meant([*reading.days, start.days], None, frame) or []
    for option in [*_begun(start.days, end.days, frame), *options]:
        last = end.days.floating(option.first) if end.days.floating else end.days.options[0]
        if last.after <= option.first or (len(end.days.options) > 1 and not end.days.floating):
            raise Invalid("I can't tell when that ends.")
        found.append((option.first, last.after))
    return found


def _begun(start: Days, end: Days, frame: Frame) -> list[Stretch]:
    """ "the 3rd to the 5th", said on the 4th, may be the one that is under way."""
    if start.kind != "date" or not start.floating or not start.day or not end.floating:
        return []
    earlier = almanac.nearest(frame.today, start.day, start.month, back=True)
    running = earlier < frame.today < end.floating(earlier).after
    return [Stretch.day(earlier)] if running else []


def _over_days(reading: Reading, start: Point, end: Point, clocks: tuple[Clock, Clock], frame: Frame) -> list[When]:
    found = []
    for first, after in _from_day_to_day(reading, start, end, frame):
        opening = walls(clocks[0], first, start.part, reading.hint, frame, named=True)[0]
        closing = walls(clocks[1], after - ONE, end.part, reading.hint, frame, named=True)[-1]
        if closing <= opening:
            raise Invalid("That ends before it starts.")
        found.append(between(opening, closing - opening, frame))
    return found


def _over_hours(opening: Clock, closing: Clock, part: Part | None, options: list[Stretch] | None, reading: Reading, frame: Frame) -> list[When]:  # fmt: skip
    """From one hour to another of the same day, over midnight if need be."""
    start, span = pair(opening, closing, part, reading.hint)
    if options and not all(option.single for option in options):
        raise Invalid("On which day?")
    evening = not opening.sure and not closing.sure and not part and not reading.hint and 7 <= opening.hour <= 11

    def on(day: date) -> When:
        late = part is not None and part.name == "night" and start.hour < 6
        begin = midnight(day + ONE * late) + timedelta(hours=start.hour, minutes=start.minute, seconds=start.second)
        when = between(begin, span, frame)
        flips = evening and day == frame.today and not frame.back and not _running(when, frame)
        return between(begin + timedelta(hours=12), span, frame) if flips and begin.hour < 12 else when

    if options is not None:
        return [on(option.first) for option in options]
    today = on(frame.today)
    if frame.back or before(frame.now, today.starts):
        return [today]
    # Under way already: this one, or tomorrow's?
    return [today, on(frame.today + ONE)] if _running(today, frame) else [on(frame.today + ONE)]


def _running(when: When, frame: Frame) -> bool:
    return when.ends is None or before(frame.now, when.ends)
