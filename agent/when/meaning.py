"""From what was said to when it is: every reading that is left, as one answer or one short question."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from agent import saying
from agent.when import almanac, lengths
from agent.when.almanac import ONE, midnight
from agent.when.hours import pair, walls
from agent.when.phrases import Reading
from agent.when.pieces import Clock, Days, Edge, Frame, Length, Part, Point, Range
from agent.when.series import series
from agent.when.values import Ambiguous, Stretch, When, at_wall, before, later
from integrations.errors import Invalid

_WHICH_TIME = "At what time?"


def settle(reading: Reading, frame: Frame) -> When | Ambiguous:
    """The one meaning of a reading, or a question when there are more."""
    if reading.repeat is not None:
        return asked(series(reading, frame), frame)
    found = _meanings(reading, frame)
    return found if isinstance(found, Ambiguous) else asked(_ahead(found, frame), frame)


def asked(meanings: Iterable[When], frame: Frame) -> When | Ambiguous:
    """One meaning is an answer, several are a question."""
    different = sorted(dict.fromkeys(meanings), key=lambda when: when.starts.astimezone(UTC))
    if len(different) == 1:
        return different[0]
    if not different:
        raise Invalid("There is no such time.")
    return Ambiguous(asking(different, frame), tuple(different))


def asking(choices: list[When], frame: Frame) -> str:
    """One short question between times."""
    said = [
        saying.say_when(each, now=frame.now, zone=frame.zone, full=True).removeprefix("all day ") for each in choices
    ]
    first = said[0][:1].upper() + said[0][1:]
    return f"{', '.join([first, *said[1:-1]])}, or {said[-1]}?"


def _ahead(found: list[When], frame: Frame) -> list[When]:
    """Of several readings those that are over go, unless the words look back or nothing else is left."""
    coming = [when for when in found if not before(when.ends or when.starts, frame.now)]
    return coming if coming and not frame.back else found


def _meanings(reading: Reading, frame: Frame) -> list[When] | Ambiguous:
    if reading.count or (reading.starting and (reading.days or reading.range)):
        raise Invalid("I can't tell when that starts.")
    if reading.exact:
        return _exact(reading, frame)
    if reading.starting:
        reading = replace(reading, days=[reading.starting])
    if len({*reading.clocks}) > 1:
        raise Invalid("I heard more than one time there.")
    if reading.edges:
        return _edges(reading, frame)
    if reading.range:
        return _range(reading, reading.range, frame)
    return _plain(reading, frame)


def days_meant(days: list[Days], part: Part | None, frame: Frame) -> list[Stretch] | None:
    """The days that all the words together allow; None when no day was named."""
    named = list(days)
    if part and part.day is not None:
        named.append(Days((Stretch.day(frame.today + ONE * part.day),)))
    if not named:
        return [Stretch.day(frame.on)] if frame.on else None
    options = list(named[0].options)
    for other in named[1:]:
        options = _both(options, named[0], other, frame)
    return options


def _both(options: list[Stretch], first: Days, other: Days, frame: Frame) -> list[Stretch]:
    """Two phrases about days: a day within a week or a month, or the weekday of a date."""
    for wide, narrow in ((options, other), (list(other.options), first)):
        inside = [day for stretch in wide if not stretch.single for day in _within(stretch, narrow)]
        if inside:
            return inside
    agreed = [option for option in options if option in other.options]
    if agreed:
        return agreed
    for dated, weekday in ((first, other), (other, first)):
        if dated.kind != "date" or weekday.kind != "weekday" or weekday.weekday is None:
            continue
        if fitting := [option for option in dated.options if option.first.weekday() == weekday.weekday]:
            return fitting
        if dated.day and dated.month is None and dated.floating:
            found = almanac.nearest(frame.today, dated.day, None, weekday=weekday.weekday)
            if found - frame.today < timedelta(days=62):
                return [Stretch.day(found)]
        return [*dated.options, *weekday.options]
    raise Invalid("Those are two different days.")


def _within(stretch: Stretch, narrow: Days) -> list[Stretch]:
    if narrow.weekday is not None and narrow.kind == "weekday":
        first = almanac.on_or_after(stretch.first, narrow.weekday)
        if first + timedelta(weeks=1) < stretch.after:
            raise Invalid("Which one of them?")
        return [Stretch.day(first)]
    if narrow.day is not None and narrow.month is None and narrow.kind == "date":
        return [Stretch.day(almanac.make(stretch.first.year, stretch.first.month, narrow.day))]
    return [option for option in narrow.options if stretch.first <= option.first and option.after <= stretch.after]


def _exact(reading: Reading, frame: Frame) -> list[When] | Ambiguous:
    exact = reading.exact
    assert exact is not None
    if reading.days or reading.clocks or reading.range or reading.part or reading.starting:
        raise Invalid("I heard more than one time there.")
    if reading.edges:
        only = reading.edges[0]
        if exact.ends or only.word not in ("until", "through", "before"):
            raise Invalid("I heard more than one time there.")
        return _edges(replace(reading, exact=None), frame)
    ends = exact.ends
    if reading.length:
        ends = later(exact.starts, reading.length.time)
    return [When(exact.starts, ends)]


def _plain(reading: Reading, frame: Frame) -> list[When] | Ambiguous:
    """A day, a time on it, a part of it; and how long."""
    options = days_meant(reading.days, reading.part, frame)
    if reading.clocks:
        return _timed(reading, options, frame)
    if reading.length:
        return Ambiguous(_WHICH_TIME)
    if reading.part:
        return _part(reading.part, options, frame)
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


def _timed(reading: Reading, options: list[Stretch] | None, frame: Frame) -> list[When] | Ambiguous:
    if options and not all(option.single for option in options):
        return _which_day(reading, options, frame)
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
    return _ahead(found, frame)


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
    return Ambiguous("On which day?", tuple(_ahead(choices, frame)))


def _lasting(wall: datetime, reading: Reading, frame: Frame) -> When:
    starts = at_wall(wall.date(), wall.time(), frame.zone)
    ends: datetime | None = None
    if reading.calendar_length:
        last = lengths.shift(wall, reading.calendar_length)
        ends = at_wall(last.date(), last.time(), frame.zone)
    if reading.length:
        ends = later(ends or starts, reading.length.time)
    return When(starts, ends)


def _part(part: Part, options: list[Stretch] | None, frame: Frame) -> list[When]:
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
    return _between(start, end - start, frame, part.name)


def _between(start: datetime, span: timedelta, frame: Frame, part: str | None = None) -> When:
    """From a wall-clock time to another; where a gap would turn them round, the length is kept."""
    end = start + span
    starts, ends = at_wall(start.date(), start.time(), frame.zone), at_wall(end.date(), end.time(), frame.zone)
    return When(starts, ends if before(starts, ends) else later(starts, span), part=part)


def _range(reading: Reading, found: Range, frame: Frame) -> list[When] | Ambiguous:
    start, end = found.start, found.end
    timed = start.clock or start.part or end.clock or end.part
    if reading.clocks or (reading.length and timed) or reading.calendar_length:
        return Ambiguous(_WHICH_TIME) if not reading.clocks else _contradiction()
    if not timed:
        if reading.length or reading.part:
            return Ambiguous(_WHICH_TIME)
        return [all_day(first, after, frame) for first, after in _from_day_to_day(reading, start, end, frame)]
    opening, closing = _edge_clock(start, first=True), _edge_clock(end, first=False)
    if opening is None or closing is None:
        return Ambiguous(_WHICH_TIME)
    if start.days and end.days:
        return _over_days(reading, start, end, (opening, closing), frame)
    named = [*reading.days, *([start.days] if start.days else []), *([end.days] if end.days else [])]
    part = start.part or end.part or reading.part
    options = days_meant(named, part, frame)
    colour = part if (start.clock and end.clock) or reading.part else None
    return _hours(opening, closing, colour, options, reading, frame)


def _contradiction() -> Ambiguous:
    raise Invalid("I heard more than one time there.")


def _edge_clock(point: Point, *, first: bool) -> Clock | None:
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
        found.append(_between(opening, closing - opening, frame))
    return found


def _hours(opening: Clock, closing: Clock, part: Part | None, options: list[Stretch] | None, reading: Reading, frame: Frame) -> list[When]:  # fmt: skip
    """From one hour to another of the same day, over midnight if need be."""
    start, span = pair(opening, closing, part, reading.hint)
    if options and not all(option.single for option in options):
        raise Invalid("On which day?")
    evening = not opening.sure and not closing.sure and not part and not reading.hint and 7 <= opening.hour <= 11

    def on(day: date) -> When:
        late = part is not None and part.name == "night" and start.hour < 6
        begin = midnight(day + ONE * late) + timedelta(hours=start.hour, minutes=start.minute, seconds=start.second)
        when = _between(begin, span, frame)
        flips = evening and day == frame.today and not frame.back and not _running(when, frame)
        return _between(begin + timedelta(hours=12), span, frame) if flips and begin.hour < 12 else when

    if options is not None:
        return [on(option.first) for option in options]
    today = on(frame.today)
    if frame.back or before(frame.now, today.starts):
        return [today]
    # Under way already: this one, or tomorrow's?
    return [today, on(frame.today + ONE)] if _running(today, frame) else [on(frame.today + ONE)]


def _running(when: When, frame: Frame) -> bool:
    return when.ends is None or before(frame.now, when.ends)


def _edges(reading: Reading, frame: Frame) -> list[When] | Ambiguous:
    """After, before, until, since."""
    first, *more = reading.edges
    opens = ("after", "from")
    if reading.range or reading.length or (reading.calendar_length and first.word != "from") or len(more) > 1:
        raise Invalid("I can't tell when that is.")
    if more:
        if first.word not in opens or more[0].word in (*opens, "since"):
            raise Invalid("I can't tell when that is.")
        return _range(replace(reading, edges=[]), Range(first.point, more[0].point), frame)
    if reading.clocks:
        if first.word in opens or first.word == "since":
            raise Invalid("I heard more than one time there.")
        start = Point(clock=reading.clocks[0])
        return _range(replace(reading, edges=[], clocks=[]), Range(start, first.point), frame)
    if first.point.clock or first.point.part:
        return _edge_of_time(reading, first, frame)
    if reading.days or reading.part:
        raise Invalid("I can't tell when that is.")
    return _edge_of_days(reading, first, frame)


def _edge_of_time(reading: Reading, edge: Edge, frame: Frame) -> list[When] | Ambiguous:
    point = edge.point
    closing = edge.word in ("before", "until", "through")
    clock = _edge_clock(point, first=edge.word != "after") if not point.clock else point.clock
    if edge.word == "since":
        frame = replace(frame, back=True)
    part = (point.part or reading.part) if point.clock else None
    assert clock is not None
    days = [*reading.days, *([point.days] if point.days else [])]
    timed = replace(reading, clocks=[clock], part=part, days=days, edges=[], length=None)
    options = days_meant(days, point.part if part is None else part, frame)
    moments = _timed(timed, options, frame)
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
