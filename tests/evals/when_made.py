"""Days and clocks put together into what people say, with what they mean worked out from the calendar alone: nothing here knows the resolver."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")  # fmt: skip
DAY = timedelta(days=1)

Day = Callable[[date], date | None]
"""From today to the day that is meant; None where people would disagree."""


@dataclass(frozen=True)
class Clock:
    """A time of day as it is said. `lasts`: minutes of a length; `until`: the clock at its end."""

    words: str
    at: time
    lasts: int | None = None
    until: time | None = None


@dataclass(frozen=True)
class Meant:
    """What the words mean, to the second."""

    starts: datetime
    ends: datetime | None


def _after(days: int) -> Day:
    return lambda today: today + days * DAY


def _on(weekday: int, weeks: int = 0) -> Day:
    def found(today: date) -> date | None:
        ahead = (weekday - today.weekday()) % 7
        return today + (ahead + 7 * weeks) * DAY if ahead else None

    return found


def _this(weekday: int) -> Day:
    return lambda today: today + (weekday - today.weekday()) * DAY if weekday > today.weekday() else None


def _next(weekday: int) -> Day:
    """Only where this week's is over: of the others people mean one or the other."""
    return lambda today: today + (weekday - today.weekday() + 7) * DAY if weekday <= today.weekday() else None


def _dated(month: int, day: int) -> Day:
    def found(today: date) -> date | None:
        this = date(today.year, month, day)
        return None if abs((this - today).days) < 2 else this if this > today else date(today.year + 1, month, day)

    return found


def _of_month(day: int) -> Day:
    def found(today: date) -> date | None:
        if day == today.day:
            return None
        month = today if day > today.day else today.replace(day=1) + 32 * DAY
        try:
            return month.replace(day=day)
        except ValueError:
            return None

    return found


def _nth(number: int, weekday: int, month: int) -> Day:
    """`number`: 1 to 4, or -1 for the last."""

    def of(year: int) -> date:
        first = date(year, month, 1)
        days = [first + n * DAY for n in range(31) if (first + n * DAY).month == month]
        return [one for one in days if one.weekday() == weekday][number if number < 0 else number - 1]

    def found(today: date) -> date | None:
        this = of(today.year)
        return None if abs((this - today).days) < 7 else this if this > today else of(today.year + 1)

    return found


def days() -> dict[str, Day]:
    """What people call a day."""
    found: dict[str, Day] = {
        "today": _after(0), "tomorrow": _after(1), "the day after tomorrow": _after(2), "in three days": _after(3),
        "in 5 days": _after(5), "in ten days": _after(10), "in a week": _after(7), "in two weeks": _after(14),
        "a week from today": _after(7), "a week from tomorrow": _after(8), "two weeks from tomorrow": _after(15), "a week tomorrow": _after(8),
        "three days from now": _after(3), "in a fortnight": _after(14), "on christmas day": _dated(12, 25), "on christmas eve": _dated(12, 24),
        "on new year's eve": _dated(12, 31), "on 2027-04-19": lambda _: date(2027, 4, 19), "on the 3rd of may 2027": lambda _: date(2027, 5, 3),
        "on the first of next month": lambda today: (today.replace(day=1) + 32 * DAY).replace(day=1),
        "on the last day of the month": lambda today: (today.replace(day=1) + 32 * DAY).replace(day=1) - DAY,
    }  # fmt: skip
    for number, name in enumerate(WEEK):
        found |= {f"on {name}": _on(number), f"this {name}": _this(number), f"next {name}": _next(number)}
        found[f"a week on {name}"] = _on(number, 1)
    for month, day, suffix in (
        (1, 9, "th"),
        (2, 21, "st"),
        (4, 2, "nd"),
        (6, 30, "th"),
        (7, 23, "rd"),
        (9, 12, "th"),
        (11, 1, "st"),
    ):
        name = MONTHS[month - 1]
        found |= {f"on {name} {day}": _dated(month, day), f"on the {day}{suffix} of {name}": _dated(month, day), f"on {day} {name}": _dated(month, day)}  # fmt: skip
    found |= {f"on the {day}": _of_month(int(day[:-2])) for day in ("1st", "8th", "15th", "22nd", "27th")}
    ordinals = {"first": 1, "second": 2, "third": 3, "last": -1}
    for word, number in ordinals.items():
        found[f"on the {word} tuesday in may"] = _nth(number, 1, 5)
        found[f"on the {word} friday of august"] = _nth(number, 4, 8)
    return found


CLOCKS = (
    Clock("at 3 pm", time(15)), Clock("at 15:00", time(15)), Clock("at three in the afternoon", time(15)), Clock("at 7:45 am", time(7, 45)),
    Clock("at half past nine in the morning", time(9, 30)), Clock("at quarter to five in the afternoon", time(16, 45)), Clock("at noon", time(12)),
    Clock("at ten past six in the evening", time(18, 10)), Clock("at twenty to eight in the morning", time(7, 40)), Clock("at 18:30", time(18, 30)),
    Clock("at 6:05 pm", time(18, 5)), Clock("at 2:30 am", time(2, 30)), Clock("at 1:15 am", time(1, 15)), Clock("at 3 am", time(3)),
    Clock("at 11:59 pm", time(23, 59)), Clock("at nine o'clock in the evening", time(21)), Clock("at quarter past eight in the morning", time(8, 15)),
    Clock("at 3 pm for an hour", time(15), lasts=60), Clock("at 9:30 am for 45 minutes", time(9, 30), lasts=45), Clock("at 1:30 am for two hours", time(1, 30), lasts=120),
    Clock("from 3 pm to 4 pm", time(15), until=time(16)), Clock("between 14:00 and 15:30", time(14), until=time(15, 30)),
    Clock("from 10 am until noon", time(10), until=time(12)), Clock("from 1 am to 4 am", time(1), until=time(4)),
)  # fmt: skip


def expressions() -> Iterator[tuple[str, Day, Clock]]:
    """Every day with every clock, the one said first by turns."""
    for number, (words, day) in enumerate(days().items()):
        for order, clock in enumerate(CLOCKS):
            said = f"{words} {clock.words}" if (number + order) % 2 else f"{clock.words} {words}"
            yield said, day, clock


def _moment(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """RFC 5545: a time in a gap keeps the offset before it, a doubled one is the first."""
    return datetime.combine(day, clock, tzinfo=zone).astimezone(UTC)


def meant(day: Day, clock: Clock, now: datetime, zone: ZoneInfo) -> Meant | None:
    """What is meant when it is said now; None where people would disagree, or where it has no length left."""
    found = day(now.date())
    if found is None:
        return None
    starts = _moment(found, clock.at, zone)
    if clock.lasts:
        return Meant(starts, starts + timedelta(minutes=clock.lasts))
    if clock.until:
        ends = _moment(found, clock.until, zone)
        return Meant(starts, ends) if ends > starts else None
    return Meant(starts, None)
