"""Finding days: the next Friday, the third of the month, the first Monday in April, the weekend."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from dateutil.relativedelta import relativedelta

from agent.when.values import Stretch
from integrations.errors import Invalid

ONE = timedelta(days=1)


def make(year: int, month: int, day: int) -> date:
    """A date that must exist."""
    try:
        found = date(year, month, day)
    except ValueError:
        raise Invalid("That date doesn't exist.") from None
    if not 1900 <= year <= 2200:
        raise Invalid("That year is too far away.")
    return found


def on_or_after(day: date, weekday: int) -> date:
    """The first such weekday, this very day included."""
    return day + ONE * ((weekday - day.weekday()) % 7)


def dates(start: date, day: int, month: int | None, *, back: bool = False) -> Iterator[date]:
    """Every date with this day (and month), from `start` on, or backwards from it."""
    step = relativedelta(months=-1 if back else 1)
    first = start.replace(day=1)
    for _ in range(12 * 9):
        if month in (None, first.month):
            try:
                found = first.replace(day=day)
            except ValueError:
                found = None
            if found and (found <= start if back else found >= start):
                yield found
        first += step


def nearest(start: date, day: int, month: int | None, *, back: bool = False, weekday: int | None = None) -> date:
    """The next (or, looking back, the last) date with this day, month and weekday."""
    for found in dates(start, day, month, back=back):
        if weekday in (None, found.weekday()):
            return found
    raise Invalid("That date doesn't exist.")


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    """The nth such weekday of a month; -1 is the last. None when the month has no fifth one."""
    if nth < 0:
        last = date(year, month, 1) + relativedelta(months=1) - ONE
        return last - ONE * ((last.weekday() - weekday) % 7)
    found = on_or_after(date(year, month, 1), weekday) + timedelta(weeks=nth - 1)
    return found if found.month == month else None


def week(day: date, ahead: int = 0) -> Stretch:
    """The week of a day, Monday to Sunday, or one so many weeks ahead."""
    monday = day - ONE * day.weekday() + timedelta(weeks=ahead)
    return Stretch(monday, monday + timedelta(weeks=1))


def weekend(day: date, ahead: int = 0) -> Stretch:
    """The Saturday and Sunday of the week of a day, or so many weeks ahead."""
    saturday = week(day, ahead).first + timedelta(days=5)
    return Stretch(saturday, saturday + timedelta(days=2))


def month(day: date, ahead: int = 0) -> Stretch:
    """The month of a day, or one so many months ahead."""
    first = day.replace(day=1) + relativedelta(months=ahead)
    return Stretch(first, first + relativedelta(months=1))


def year(day: date, ahead: int = 0) -> Stretch:
    """The year of a day, or one so many years ahead."""
    return Stretch(make(day.year + ahead, 1, 1), date(day.year + ahead + 1, 1, 1))


def midnight(day: date) -> datetime:
    """The naive wall-clock start of a day."""
    return datetime.combine(day, time())
