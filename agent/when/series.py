"""Times that come again: the first of them, and the RRULE of the rest."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from dateutil.rrule import rrulestr

from agent.when import lengths
from agent.when.almanac import ONE, midnight
from agent.when.hours import half, pair
from agent.when.phrases import Reading
from agent.when.pieces import Clock, Days, Frame, Length, Part, Repeat
from agent.when.values import Stretch, When, at_wall, before, later
from agent.when.words import CODES
from integrations.errors import Invalid

_UNCLEAR = "I can't tell how that repeats."


def series(reading: Reading, frame: Frame) -> list[When]:
    """Every reading of a repeating time."""
    repeat = reading.repeat
    assert repeat is not None
    if reading.exact or len(set(reading.clocks)) > 1 or frame.back:
        raise Invalid(_UNCLEAR)
    if repeat.unclear:
        # "every second tuesday": every other one, or the second of each month?
        every_other = replace(repeat, interval=repeat.unclear, unclear=None)
        of_month = Repeat("MONTHLY", weekdays=repeat.weekdays, nth=repeat.unclear)
        return [when for each in (every_other, of_month) for when in series(replace(reading, repeat=each), frame)]
    repeat, starts, last = _bounds(repeat, reading, frame)
    return [_first(repeat, start, end, reading, frame) for start in starts for end in last]


def _bounds(repeat: Repeat, reading: Reading, frame: Frame) -> tuple[Repeat, list[date], list[date | None]]:
    """The rule with its days, the days it may start from, and the last days it may have."""
    starts: list[date] = []
    last: list[date | None] = []
    for edge in reading.edges:
        if edge.point.clock or edge.point.part or edge.point.days is None:
            raise Invalid(_UNCLEAR)
        options = edge.point.days.options
        if edge.word == "from":
            starts += [option.first for option in options]
        elif edge.word in ("until", "through", "before"):
            last += [_last_day(edge.word, edge.point.days, option) for option in options]
        else:
            raise Invalid(_UNCLEAR)
    if reading.starting:
        starts += [option.first for option in reading.starting.options]
    for days in reading.days:
        merged = _with_day(repeat, days)
        if merged is not None:
            repeat = merged
        elif starts or last or len(days.options) > 1:
            raise Invalid(_UNCLEAR)
        else:
            option = days.options[0]
            starts.append(max(option.first, frame.today))
            last += [] if option.single else [option.after - ONE]
    if reading.part and reading.part.day is not None:
        raise Invalid(_UNCLEAR)
    return repeat, starts or [frame.today], last or [None]


def _last_day(word: str, days: Days, option: Stretch) -> date:
    """ "until june" ends with May, "until friday" and "through june" take their last day in."""
    if word == "through":
        return option.after - ONE
    if word == "before" or (days.kind == "span" and not option.single):
        return option.first - ONE
    return option.first


def _with_day(repeat: Repeat, days: Days) -> Repeat | None:
    """ "weekly on monday", "every month on the 3rd", "yearly on march 3": the day belongs to the rule."""
    bare = not (repeat.weekdays or repeat.month_day or repeat.nth)
    if not bare:
        return None
    if repeat.freq == "WEEKLY" and days.kind == "weekday" and days.floating and days.weekday is not None:
        return replace(repeat, weekdays=(days.weekday,))
    if repeat.freq == "MONTHLY" and days.kind == "date" and days.day and days.month is None:
        return replace(repeat, month_day=days.day)
    if repeat.freq == "MONTHLY" and days.kind == "nth" and days.weekday is not None:
        return replace(repeat, weekdays=(days.weekday,), nth=days.nth)
    if repeat.freq == "YEARLY" and days.kind == "date" and days.day and days.month:
        return replace(repeat, month=days.month, month_day=days.day)
    return None


def _first(repeat: Repeat, start: date, last: date | None, reading: Reading, frame: Frame) -> When:
    if repeat.freq in ("HOURLY", "MINUTELY") and not reading.clocks:
        return _by_the_clock(repeat, reading, frame)
    clock, span = _hours(reading)
    opening = midnight(start) + timedelta(hours=clock.hour, minutes=clock.minute) if clock else midnight(start)
    today = clock is not None and start <= frame.today
    earliest = frame.now.replace(tzinfo=None) if today else opening
    pattern = rrulestr(_rule(replace(repeat, interval=1)), dtstart=opening)
    first = pattern.after(earliest, inc=not today)
    if first is None or (last is not None and first.date() > last):
        raise Invalid("That never happens.")
    starts = at_wall(first.date(), first.time(), frame.zone)
    rule = _rule(repeat) + _ending(repeat, first.date(), last, clock is not None, reading, frame)
    if clock is None:
        ends = at_wall(first.date() + ONE, time(), frame.zone)
        if not before(starts, ends):
            raise Invalid("That date doesn't exist in your time zone.")
        return When(starts, ends, all_day=True, recurrence=rule)
    named = reading.part.name if reading.part and not reading.clocks else None
    return When(starts, _end(first, starts, span, reading.length, frame), recurrence=rule, part=named)


def _end(first: datetime, starts: datetime, span: timedelta | None, length: Length | None, frame: Frame) -> datetime | None:  # fmt: skip
    if length:
        return later(starts, length.time)
    if span is None:
        return None
    wall = first + span
    ends = at_wall(wall.date(), wall.time(), frame.zone)
    return ends if before(starts, ends) else later(starts, span)


def _hours(reading: Reading) -> tuple[Clock | None, timedelta | None]:
    """The time of day of each, and how long it goes by the wall clock."""
    part = reading.part
    if reading.range:
        start, end = reading.range.start, reading.range.end
        if reading.clocks or start.days or end.days or start.clock is None or end.clock is None:
            raise Invalid(_UNCLEAR)
        return pair(_night(start.clock), _night(end.clock), part or start.part or end.part, reading.hint)
    if reading.clocks:
        return _of_day(reading.clocks[0], part, reading), None
    if reading.length:
        raise Invalid("At what time?")
    if part:
        return Clock(part.start, sure=True), timedelta(hours=part.end - part.start)
    return None, None


def _of_day(clock: Clock, part: Part | None, reading: Reading) -> Clock:
    return half(_night(clock), part, reading.hint)


def _night(clock: Clock) -> Clock:
    return replace(clock, hour=0, midnight=False) if clock.hour == 24 else clock


def _by_the_clock(repeat: Repeat, reading: Reading, frame: Frame) -> When:
    if reading.part or reading.range or reading.days or reading.edges or reading.starting or reading.calendar_length:
        raise Invalid(_UNCLEAR)
    step = timedelta(hours=1) if repeat.freq == "HOURLY" else timedelta(minutes=1)
    starts = later(frame.now, step * repeat.interval)
    rule = _rule(repeat) + (f";COUNT={reading.count}" if reading.count else "")
    return When(starts, later(starts, reading.length.time) if reading.length else None, recurrence=rule)


def _rule(repeat: Repeat) -> str:
    fields = [f"FREQ={repeat.freq}"]
    if repeat.month:
        fields.append(f"BYMONTH={repeat.month}")
    if repeat.month_day:
        fields.append(f"BYMONTHDAY={repeat.month_day}")
    if repeat.weekdays:
        fields.append("BYDAY=" + ",".join(f"{repeat.nth or ''}{CODES[day]}" for day in repeat.weekdays))
    if repeat.interval > 1:
        fields.append(f"INTERVAL={repeat.interval}")
    return ";".join(fields)


def _ending(repeat: Repeat, first: date, last: date | None, timed: bool, reading: Reading, frame: Frame) -> str:
    if reading.count:
        return f";COUNT={reading.count}" if last is None else _clash()
    if reading.calendar_length:
        if last is not None:
            _clash()
        if (times := _times(repeat, reading.calendar_length)) is not None:
            return f";COUNT={times}"
        last = lengths.shift(midnight(first), reading.calendar_length).date() - ONE
    if last is None:
        return ""
    if not timed:
        return f";UNTIL={last:%Y%m%d}"
    # RFC 5545: with a time of day, UNTIL is a moment in UTC.
    final = at_wall(last, time(23, 59, 59), frame.zone).astimezone(UTC)
    return f";UNTIL={final:%Y%m%dT%H%M%SZ}"


def _clash() -> str:
    raise Invalid("That ends in two ways.")


def _times(repeat: Repeat, length: Length) -> int | None:
    """ "every tuesday for ten weeks" is ten times; None where only a last day can say it."""
    amount, unit = (length.months, 0) if length.months else (0, length.days)
    if repeat.freq == "WEEKLY" and unit and unit % (7 * repeat.interval) == 0:
        return unit // (7 * repeat.interval) * (len(repeat.weekdays) or 1)
    if repeat.freq == "DAILY" and unit and unit % repeat.interval == 0:
        return unit // repeat.interval
    if repeat.freq == "MONTHLY" and amount and amount % repeat.interval == 0 and not length.days:
        return amount // repeat.interval * (len(repeat.weekdays) or 1)
    if repeat.freq == "YEARLY" and amount and amount % (12 * repeat.interval) == 0:
        return amount // (12 * repeat.interval)
    return None
