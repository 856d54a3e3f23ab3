"""Which half of the day was meant.

A bare hour from 1 to 6 is in the afternoon, 7 to 11 in the morning (in the evening when the day is today and the
morning one is over), 12 is noon. A part of the day, a named half or a word like "dinner" decides otherwise.
"""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from agent.when.almanac import ONE, midnight
from agent.when.pieces import Clock, Frame, Hint, Part
from integrations.errors import Invalid

_CONTRADICTION = "That time and that part of the day don't fit together."


def walls(
    clock: Clock, day: date, part: Part | None, hint: Hint | None, frame: Frame, *, named: bool
) -> list[datetime]:
    """The wall-clock moments that a time on this day can mean: one, or more where a person would ask."""
    if clock.hour == 24:
        following = midnight(day + ONE)
        # "midnight on Friday" begins or ends it; "tonight at midnight" and plain "midnight" are to come.
        early = named and clock.midnight and not (part and part.name in ("night", "evening")) and not frame.back
        return [midnight(day), following] if early else [following]
    if part and part.name == "night" and (clock.hour < 6 or (clock.hour == 12 and not clock.sure)):
        return _small_hours(clock, day, part)
    found = half(clock, part, hint)
    moment = _on(day, found)
    flips = not clock.sure and part is None and hint is None and 7 <= clock.hour <= 11
    if flips and day == frame.today and not frame.back and moment <= frame.now.replace(tzinfo=None):
        moment += timedelta(hours=12)
    return [moment]


def _small_hours(clock: Clock, day: date, part: Part) -> list[datetime]:
    """ "tonight at one" is after midnight; "friday at two at night" may be either of its nights."""
    hour = replace(clock, hour=clock.hour % 12)
    following = _on(day + ONE, hour)
    return [following] if part.day is not None or clock.hour == 12 else [_on(day, hour), following]


def half(clock: Clock, part: Part | None, hint: Hint | None) -> Clock:
    """The clock with its half of the day settled."""
    hour = clock.hour
    if clock.sure:
        if part and not _fits(hour, part):
            raise Invalid(_CONTRADICTION)
        return clock
    if part:
        options = [each for each in (hour % 12, hour % 12 + 12) if _fits(each, part)]
        if len(options) != 1:
            raise Invalid(_CONTRADICTION)
        return replace(clock, hour=options[0], sure=True)
    if hint and 4 <= hour <= 11:
        return replace(clock, hour=hour + 12 if hint.evening else hour, sure=True)
    return replace(clock, hour=hour + 12 if 1 <= hour <= 6 else hour, sure=True)


def _fits(hour: int, part: Part) -> bool:
    low, high = {"morning": (0, 12), "afternoon": (12, 19), "evening": (16, 24), "night": (18, 24), "lunch": (11, 15)}[part.name]  # fmt: skip
    return low <= hour < high or (part.name == "night" and hour < 6)


def pair(start: Clock, end: Clock, part: Part | None, hint: Hint | None) -> tuple[Clock, timedelta]:
    """A start with its half of the day settled, and how long it is until the end: never a day or more.

    One side with am or pm pulls the other as near as possible: "2-3:30pm", "11 to 1pm", "10pm to 2".
    """
    if not (start.sure and end.sure) and (start.hour % 12, start.minute) == (end.hour % 12, end.minute):
        raise Invalid("That ends when it starts.")
    if part and not end.sure:
        # "from eight to twelve in the morning" ends at noon
        noon = part.name == "morning" and end.hour == 12
        end = replace(end, sure=True) if noon else half(end, part, None)
    if not start.sure and not end.sure:
        start = half(start, None, hint)
    starts = [start] if start.sure else [replace(start, hour=h, sure=True) for h in _both(start.hour)]
    ends = [end] if end.sure else [replace(end, hour=h) for h in _both(end.hour)]
    gaps = [(_gap(one, other), one) for one in starts for other in ends]
    gap, chosen = min(((gap, one) for gap, one in gaps if gap), key=lambda found: found[0], default=(None, start))
    if gap is None:
        raise Invalid("That ends when it starts.")
    return chosen, gap


def _both(hour: int) -> tuple[int, int]:
    return hour % 12, hour % 12 + 12


def _gap(start: Clock, end: Clock) -> timedelta:
    seconds = (end.hour - start.hour) * 3600 + (end.minute - start.minute) * 60 + end.second - start.second
    return timedelta(seconds=seconds % 86400)


def _on(day: date, clock: Clock) -> datetime:
    return datetime.combine(day, time(clock.hour, clock.minute, clock.second))
