"""Days and parts of days that are named in words."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from agent.claims.numbers import NUMBER, value
from agent.when.words import MONTHS, WEEKDAYS

_ONES = "first second third fourth fifth sixth seventh eighth ninth".split()
_NTH = {
    name: at + 1
    for at, name in enumerate(
        [
            *_ONES,
            *"tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
            *(f"twenty-{one}" for one in _ONES),
            "thirtieth",
            "thirty-first",
        ]
    )
}
"""Days of a month in words; "the second" alone is one of two things as a rule, "the twentieth" is a day."""
_NAMED = re.compile(
    rf"\b(?:(?P<many>{NUMBER}|a) (?P<unit>day|week)s? from (?:today|now)|(?P<near>day after tomorrow|day before yesterday|today|tonight|tomorrow|yesterday|this (?:morning|afternoon|evening))"
    rf"|(?P<next>next )?(?P<weekday>{'|'.join(WEEKDAYS)})(?!s\b)"
    rf"|(?P<month>{'|'.join(MONTHS)}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b"
    rf"|the (?P<nth>{'|'.join(sorted(_NTH, key=len, reverse=True))}) of (?P<month3>{'|'.join(MONTHS)})"
    rf"|the (?P<nth2>{'|'.join(sorted((one for one, day in _NTH.items() if day > 3), key=len, reverse=True))})(?= ?(?:[.,;:!?-]|$|at\b|and\b|from\b|of march\b|is\b(?! (?:an? (?!\w+day\b)|from\b|about\b|the\b))|to\b|it\b|now\b|already\b|there\b|nine\b|you\b))"
    rf"|(?P<day4>\d{{1,2}})(?:st|nd|rd|th)?(?= ?(?:to|until|till|through|-|and) ?(?:the )?\d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?P<month4>{'|'.join(MONTHS)}))"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<month2>{'|'.join(MONTHS)})"
    r"|(?P<day3>\d{1,2})(?:st|nd|rd|th)"
    r"|(?P<week>(?:this|next|last) (?:week|weekend)|the weekend|the week|your week))\b",
    re.IGNORECASE,
)
_MAY_HAVE = re.compile(
    rf"days?\b|\d|tomorrow|tonight|week|\bthis\b|\bthe (?:\w+th|\w+ty-\w+)\b|\bthe [\w-]+ of \w|{'|'.join(MONTHS)}",
    re.IGNORECASE,
)
"""Without any of these there is no day; to look for them costs little."""
_BACK = re.compile(
    r"\b(?:was|were|had|last|wrote|sent|said|came|did|ago|overdue|late|since|been|should(?: have|'ve)|supposed|meant)\b",
    re.IGNORECASE,
)
_AFTER = re.compile(r"\bafter (?:the )?$", re.IGNORECASE)
_FROM = re.compile(r"\bfrom (?:the )?$", re.IGNORECASE)
_ON = re.compile(r" on(?:wards?)?\b(?! the| your| to)|,? onwards?\b", re.IGNORECASE)
_AWAY = {"today": 0, "tonight": 0, "tomorrow": 1, "yesterday": -1, "day after tomorrow": 2, "day before yesterday": -2}
PARTS = {
    "daytime": (360, 1080),
    "morning": (300, 720),
    "midday": (690, 840),
    "afternoon": (720, 1080),
    "evening": (1020, 1320),
    "tonight": (1020, 1320),
    "night": (1080, 1440),
}
"""Minutes after midnight [from, to)."""
_WEEKS = {"next": 7, "last": -7}
_PART = re.compile(rf"\b({'|'.join(PARTS)})s?\b", re.IGNORECASE)


@dataclass(frozen=True)
class Day:
    """A day that is meant: whether a date fits it, and its weekday if only that was named."""

    fits: Callable[[date], bool]
    start: int
    end: int
    weekday: int | None = None
    alone: date | None = None
    wide: bool = False
    """More than one day."""
    said: str = ""
    """Its words, where they are a stretch."""


def days(text: str, today: date, *, past: bool = False) -> list[Day]:
    """The days named in a text, in their order; each of several words for one day is told apart. `past`: they may lie behind."""
    return list(_days(text, today, past)) if _MAY_HAVE.search(text) else []


@lru_cache(1024)
def _days(text: str, today: date, past: bool) -> tuple[Day, ...]:
    back = past or bool(_BACK.search(text) or re.search(r"\d(?:st|nd|rd|th)\b|\bthe (?:\w+th|\w+ty-\w+)\b", text))
    return tuple(_onward(_day(match, today, back=back), text, today) for match in _NAMED.finditer(text))


def _onward(day: Day, text: str, today: date) -> Day:
    """ "After today", "from Friday on": every day from then on; else the day itself."""
    after = bool(_AFTER.search(text[: day.start]))
    if not after and not (_FROM.search(text[: day.start]) and _ON.match(text[day.end :])):
        return day
    first = next((one for away in range(370) if day.fits(one := today + timedelta(days=away))), today)
    return Day(lambda one: one > first if after else one >= first, day.start, day.end, wide=True)


def _day(match: re.Match[str], today: date, *, back: bool) -> Day:
    start, end = match.span()
    if match["many"] or match["near"]:
        meant = today + _away(match)
        return Day(lambda one: one == meant, start, end, alone=meant)
    if weekday := match["weekday"]:
        number = WEEKDAYS.index(weekday.lower())
        if match["next"]:
            monday = today + timedelta(days=7 - today.weekday())
            return Day(lambda one: one.weekday() == number and one >= monday, start, end)
        return Day(lambda one: one.weekday() == number and (back or one >= today), start, end, weekday=number)
    if week := match["week"]:
        said = week.lower()
        monday = today + timedelta(days=_WEEKS.get(said.split()[0], 0) - today.weekday())
        first, after = monday + timedelta(days=5 if "weekend" in said else 0), monday + timedelta(days=7)
        return Day(lambda one: first <= one < after, start, end, wide=True, said=said)
    month = match["month"] or match["month2"] or match["month3"] or match["month4"]
    nth = match["nth"] or match["nth2"]
    day = _NTH[nth.lower()] if nth else int(match["day"] or match["day2"] or match["day3"] or match["day4"])
    if month is None:
        return Day(lambda one: one.day == day, start, end)
    which = MONTHS.index(month.lower()) + 1
    return Day(lambda one: (one.month, one.day) == (which, day), start, end, alone=_this_year(today, which, day))


def _away(match: re.Match[str]) -> timedelta:
    """In how many days it is: "two weeks from now", "tomorrow"; what is this morning's or this evening's is today."""
    if match["near"]:
        return timedelta(days=_AWAY.get(match["near"].lower(), 0))
    many = match["many"].lower()
    return timedelta(**{f"{match['unit'].lower()}s": 1 if many == "a" else value(many)})


def _this_year(today: date, month: int, day: int) -> date | None:
    """The date, if there is one."""
    try:
        return date(today.year, month, day)
    except ValueError:
        return None


def looks_back(text: str) -> bool:
    """Whether it tells of what was."""
    return bool(_BACK.search(text))


def part_of_day(text: str) -> tuple[int, int] | None:
    """The stretch of the day that is named, in minutes after midnight."""
    found = _PART.search(text)
    return PARTS[found[1].lower()] if found else None


def minute_of(moment: datetime) -> int:
    """Its minute of the day."""
    return moment.hour * 60 + moment.minute


def begins_in(part: tuple[int, int], moment: datetime) -> bool:
    """Whether a moment lies in such a stretch: noon is of the afternoon, not of the morning."""
    return part[0] <= minute_of(moment) < part[1]


def without_days(text: str) -> str:
    """The text without its days."""
    return _PART.sub(" ", _NAMED.sub(" ", text))
