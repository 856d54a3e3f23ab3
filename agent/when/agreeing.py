"""Which days are meant when more than one phrase speaks of them: "friday next week", "tuesday the 24th"."""

from datetime import timedelta

from agent.when import almanac
from agent.when.almanac import ONE
from agent.when.pieces import Days, Frame, Part
from agent.when.values import Stretch
from integrations.errors import Invalid


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
