"""A day, a time on it, a part of it; and how long."""

from datetime import date, datetime, timedelta

from agent.when import almanac, lengths
from agent.when.agreeing import days_meant
from agent.when.almanac import ONE, midnight
from agent.when.asking import ahead, asking
from agent.when.hours import walls
from agent.when.phrases import Reading
from agent.when.pieces import Frame, Part
from agent.when.values import Ambiguous, Stretch, When, at_wall, before, later
from integrations.errors import Invalid

WHICH_TIME = "At what time?"


def plain(reading: Reading, frame: Frame) -> list[When] | Ambiguous:
    """A day, a time on it, a part of it; and how long."""
    options = days_meant(reading.days, reading.part, frame)
    if reading.clocks:
        return timed(reading, options, frame)
    if reading.length:
        return Ambiguous(WHICH_TIME)
    if reading.part:
        return _in_part(reading.part, options, frame)
    found = []
    for option in options or []:
        after = option.after
        if reading.calendar_length:
            if not option.single:
                raise Invalid("I can't tell when that starts.")
            after = lengths.shift(midnight(option.first), reading.calendar_length).date()
        found.append(all_day(option.first, after, frame))
    return found


def all_day(first: date, after: date, frame: Frame) -> When:
    """Whole days, from midnight to midnight as the zone has them."""
    starts, ends = (at_wall(day, almanac.midnight(day).time(), frame.zone) for day in (first, after))
    if not before(starts, ends):
        # Samoa never had the 30th of December 2011.
        raise Invalid("That date doesn't exist in your time zone.")
    return When(starts, ends, all_day=True)


def timed(reading: Reading, options: list[Stretch] | None, frame: Frame) -> list[When] | Ambiguous:
    if options and not all(option.single for option in options):
        return _which_day(reading, options, frame)
    if reading.calendar_length and (reading.calendar_length.months or reading.calendar_length.days >= 7):
        raise Invalid("Do you mean every day, or every week?")  # nothing that starts at nine goes on for two weeks
    clock, part, hint = reading.clocks[0], reading.part, reading.hint
    if options is None:
        moments = walls(clock, frame.today, part, hint, frame, named=False)
        if not frame.back and not _still_ahead(moments, frame):
            moments = walls(clock, frame.today + ONE, part, hint, frame, named=False)
    else:
        moments = [m for option in options for m in walls(clock, option.first, part, hint, frame, named=True)]
        if len(options) == 1 and not frame.back and not _still_ahead(moments, frame):
            # The 4th at nine, said on the 4th at ten: today, or a month from now?
            again = [days.floating(frame.today + ONE) for days in reading.days if days.floating and days.kind == "date"]
            moments += [m for day in again for m in walls(clock, day.first, part, hint, frame, named=True)]
            both = [_lasting(moment, reading, frame) for moment in moments]
            return both if len(both) == 1 else Ambiguous(asking(both, frame), tuple(both))
    found = [_lasting(moment, reading, frame) for moment in moments]
    return ahead(found, frame)


def _still_ahead(moments: list[datetime], frame: Frame) -> bool:
    return any(before(frame.now, at_wall(moment.date(), moment.time(), frame.zone)) for moment in moments)


def _which_day(reading: Reading, options: list[Stretch], frame: Frame) -> Ambiguous:
    """A time in a week that has seven of them."""
    first = options[0]
    count = (first.after - first.first).days
    if len(options) > 1 or count > 7:
        return Ambiguous("On which day?")
    choices = [
        _lasting(moment, reading, frame)
        for ahead in range(count)
        for moment in walls(reading.clocks[0], first.first + ONE * ahead, reading.part, reading.hint, frame, named=True)
    ]
    return Ambiguous("On which day?", tuple(ahead(choices, frame)))


def _lasting(wall: datetime, reading: Reading, frame: Frame) -> When:
    starts = at_wall(wall.date(), wall.time(), frame.zone)
    ends: datetime | None = None
    if reading.calendar_length:
        last = lengths.shift(wall, reading.calendar_length)
        ends = at_wall(last.date(), last.time(), frame.zone)
    if reading.length:
        ends = later(ends or starts, reading.length.time)
    return When(starts, ends)


def _in_part(part: Part, options: list[Stretch] | None, frame: Frame) -> list[When]:
    if options is None:
        today = [_part_of(part, frame.today, frame)]
        tomorrow = [_part_of(part, frame.today + ONE, frame)]
        if frame.back or before(frame.now, today[0].starts):
            return today
        ends = today[0].ends
        over = ends is None or not before(frame.now, ends)
        # "in the morning", said in the morning, is tomorrow's.
        return tomorrow if over or part.name == "morning" else today + tomorrow
    if not all(option.single for option in options):
        raise Invalid("On which day?")
    return [_part_of(part, option.first, frame) for option in options]


def _part_of(part: Part, day: date, frame: Frame) -> When:
    start, end = (midnight(day) + timedelta(hours=hour) for hour in (part.start, part.end))
    return between(start, end - start, frame, part.name)


def between(start: datetime, span: timedelta, frame: Frame, part: str | None = None) -> When:
    """From a wall-clock time to another; where a gap would turn them round, the length is kept."""
    end = start + span
    starts, ends = at_wall(start.date(), start.time(), frame.zone), at_wall(end.date(), end.time(), frame.zone)
    return When(starts, ends if before(starts, ends) else later(starts, span), part=part)
