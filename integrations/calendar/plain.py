"""When the plainest rules happen, by arithmetic: a century away is as near as tomorrow."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping
from datetime import MAXYEAR, datetime, timedelta
from functools import partial

DAY = timedelta(days=1)
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
NUMBERED = re.compile(r"([+-]?[1-5])(MO|TU|WE|TH|FR|SA|SU)")
BOUNDS = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL"})


def plain(parts: Mapping[str, str], first: datetime, since: datetime | None) -> Iterator[datetime] | None:
    """From `first` on, without some that are surely before `since`; None for a rule that isn't plain.

    COUNT and UNTIL are the caller's to keep: one that counts has to begin at `first`.
    """
    more = parts.keys() - BOUNDS
    every, near = int(parts.get("INTERVAL", "1")), max(first, since or first)
    match parts["FREQ"]:
        case "DAILY" if not more - {"WKST"}:
            return _steps(first, near, every * DAY)
        case "WEEKLY" if more <= {"BYDAY", "WKST"}:
            return _weeks(parts, first, near, every)
        case "MONTHLY" if more <= {"BYMONTHDAY", "WKST"} and _one(parts.get("BYMONTHDAY", "")):
            return _months(partial(_day, int(parts.get("BYMONTHDAY", first.day))), first, near, every)
        case "MONTHLY" if more <= {"BYDAY", "WKST"} and (numbered := NUMBERED.fullmatch(parts.get("BYDAY", ""))):
            return _months(partial(_weekday, int(numbered[1]), DAYS.index(numbered[2])), first, near, every)
        case "YEARLY" if not more - {"WKST"}:
            return _months(partial(_day, first.day), first, near, every * 12)
        case _:
            return None


def _steps(first: datetime, near: datetime, step: timedelta) -> Iterator[datetime]:
    at = first + (near - first) // step * step
    while at.year < MAXYEAR:
        yield at
        at += step


def _weeks(parts: Mapping[str, str], first: datetime, near: datetime, every: int) -> Iterator[datetime]:
    begins = DAYS.index(parts.get("WKST", "MO"))
    named = parts["BYDAY"].split(",") if parts.get("BYDAY") else [DAYS[first.weekday()]]
    days = sorted({(DAYS.index(day) - begins) % 7 for day in named})
    week = first - (first.weekday() - begins) % 7 * DAY
    for start in _steps(week, max(near - 7 * DAY, week), 7 * every * DAY):
        for day in days:
            if (at := start + day * DAY) >= first:
                yield at


def _months(which: Callable[[int, int], int], first: datetime, near: datetime, every: int) -> Iterator[datetime]:
    """A day of every so many months; `which` gives 0 where the month has none."""
    begin = first.year * 12 + first.month - 1
    month = begin + (near.year * 12 + near.month - 1 - begin) // every * every
    while month < MAXYEAR * 12:
        year, number = divmod(month, 12)
        if day := which(year, number + 1):
            at = first.replace(year=year, month=number + 1, day=day)
            if at >= first:
                yield at
        month += every


def _day(day: int, year: int, month: int) -> int:
    length = monthrange(year, month)[1]
    found = day if day > 0 else length + 1 + day
    return found if 0 < found <= length else 0


def _weekday(number: int, weekday: int, year: int, month: int) -> int:
    begins, length = monthrange(year, month)
    firsts = (weekday - begins) % 7 + 1
    found = firsts + 7 * (number - 1) if number > 0 else firsts + 7 * ((length - firsts) // 7 + 1 + number)
    return found if 0 < found <= length else 0


def _one(text: str) -> bool:
    return "," not in text
