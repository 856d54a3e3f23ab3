"""How a person says a time aloud: "tomorrow, Tuesday the 24th, at 2 pm"."""

import unicodedata
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from agent.when.values import When
from agent.when.words import WEEKDAYS

_NEAR = timedelta(days=300)
_PARTS = {"night": "at night", "lunch": "at lunchtime"}


_QUOTES = str.maketrans(dict.fromkeys('“”„‟"«»‹›〝〞', "’"))
_UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp", "Cs", "Co", "Cn"})


def visible(text: str) -> str:
    """On one line and without what can't be seen: line breaks, marks of no width, marks that turn the line round."""
    return " ".join("".join(" " if unicodedata.category(one) in _UNSEEN else one for one in text).split())


def shortly(text: str, length: int = 80) -> str:
    """The beginning of a text as it may stand within another: on one line, nothing unseen in it, no quotation mark that
    could end the one it stands in, cut between words; and how much more of it there is."""
    flat = visible(text).translate(_QUOTES)
    if len(flat) <= length:
        return flat
    start = flat[:length].rsplit(" ", 1)[0]
    more = len(flat[len(start) :].split())
    return f"{start} … and {more} more {'word' if more == 1 else 'words'}"


def say_when(when: When, *, now: datetime, zone: ZoneInfo, full: bool = False) -> str:
    """A time in words; `full` always names weekday and date, as is right before anything is written."""
    today = now.astimezone(zone).date()
    starts = when.starts.astimezone(zone)
    ends = when.ends.astimezone(zone) if when.ends else None
    if when.recurrence:
        return _repeating(when, today, starts, ends)
    if when.all_day and ends:
        return _days(starts.date(), (ends - timedelta(microseconds=1)).date(), today, full=full)
    day = say_day(starts.date(), today=today, full=full)
    if ends is None:
        return f"{day}, at {say_clock(starts)}" if "," in day else f"{day} at {say_clock(starts)}"
    if when.part:
        return _part(when.part, starts.date(), today, full=full)
    joint = ", " if "," in day else " "
    midnight = ends.hour == ends.minute == 0 and ends.date() - starts.date() == timedelta(days=1)
    if ends.date() == starts.date() or midnight:
        return f"{day}{joint}{say_hours(starts, ends)}"
    other = say_day(ends.date(), today=today, full=full)
    return f"from {day}{joint}at {say_clock(starts)} to {other}{', ' if ',' in other else ' '}at {say_clock(ends)}"


def _part(part: str, day: date, today: date, *, full: bool) -> str:
    away = (day - today).days
    if not full and -1 <= away <= 1 and part != "lunch":
        if part == "night" and away < 1:
            return "tonight" if away == 0 else "last night"
        return f"{('yesterday', 'this', 'tomorrow')[away + 1]} {part}"
    said = say_day(day, today=today, full=full)
    return f"{said}, {_PARTS.get(part, f'in the {part}')}" if said != "today" else f"today {_PARTS[part]}"


def say_day(day: date, *, today: date, full: bool = False) -> str:
    """ "today", "tomorrow, Thursday the 5th", "Friday the 6th", "Friday, March 6th", with the year when it is far."""
    away = (day - today).days
    name = {0: "today", 1: "tomorrow", -1: "yesterday"}.get(away)
    dated = f"{WEEKDAYS[day.weekday()].capitalize()} the {_ordinal(day.day)}"
    if (day.year, day.month) != (today.year, today.month) and not -2 <= away <= 14:
        dated += f" of {day:%B}"
        if abs(day - today) > _NEAR:
            dated += f" {day.year}"
    if name is None:
        return dated
    return f"{name}, {dated}" if full or away == 1 else name


def say_clock(moment: datetime) -> str:
    """ "9 am", "9:30 am", "noon", "midnight"."""
    if moment.minute == 0 and moment.hour in (0, 12):
        return "noon" if moment.hour else "midnight"
    minutes = f":{moment.minute:02}" if moment.minute else ""
    return f"{moment.hour % 12 or 12}{minutes} {'am' if moment.hour < 12 else 'pm'}"


def say_length(length: timedelta) -> str:
    """ "45 minutes", "an hour", "2 and a half hours", "3 hours and 20 minutes"."""
    hours, minutes = divmod(int(length.total_seconds()) // 60, 60)
    if not hours:
        return f"{minutes} minutes"
    if minutes == 30:
        return "an hour and a half" if hours == 1 else f"{hours} and a half hours"
    whole = "an hour" if hours == 1 else f"{hours} hours"
    return f"{whole} and {minutes} minutes" if minutes else whole


def say_hours(starts: datetime, ends: datetime) -> str:
    """ "from 9 to 9:30 am"."""
    first, last = say_clock(starts), say_clock(ends)
    if first[-2:] == last[-2:] and first[-2:] in ("am", "pm"):
        first = first[:-3]
    return f"from {first} to {last}"


def _days(first: date, last: date, today: date, *, full: bool) -> str:
    if first == last:
        return f"all day {say_day(first, today=today, full=full)}"
    return f"from {say_day(first, today=today, full=full)} to {say_day(last, today=today, full=full)}"


def _ordinal(number: int) -> str:
    suffix = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th") if number not in (11, 12, 13) else "th"
    return f"{number}{suffix}"


def _repeating(when: When, today: date, starts: datetime, ends: datetime | None) -> str:
    fields = dict(field.split("=", 1) for field in (when.recurrence or "").split(";"))
    first = say_day(starts.date(), today=today, full=True)
    clock = "" if when.all_day else f" {say_hours(starts, ends)}" if ends else f" at {say_clock(starts)}"
    return f"{_every(fields)}{clock}{_until(fields)}, starting {first}"


def _every(fields: dict[str, str]) -> str:
    unit = {"MINUTELY": "minute", "HOURLY": "hour", "DAILY": "day", "WEEKLY": "week", "MONTHLY": "month", "YEARLY": "year"}[fields["FREQ"]]  # fmt: skip
    interval = int(fields.get("INTERVAL", "1"))
    rate = "every " + {1: unit, 2: f"other {unit}"}.get(interval, f"{interval} {unit}s")
    codes = {name[:2].upper(): name.capitalize() for name in WEEKDAYS}
    if days := fields.get("BYDAY"):
        return _on_days(days.split(","), codes, unit, interval, rate)
    if day := fields.get("BYMONTHDAY"):
        number = int(day)
        month = fields.get("BYMONTH")
        where = "last day" if number < 0 else _ordinal(number)
        return f"{rate} on the {where}" + (f" of {date(2000, int(month), 1):%B}" if month else "")
    return rate


def _on_days(days: list[str], codes: dict[str, str], unit: str, interval: int, rate: str) -> str:
    if days == ["MO", "TU", "WE", "TH", "FR"] and interval == 1:
        return "every weekday"
    names = [codes[day[-2:]] for day in days]
    if nth := days[0][:-2]:
        which = "last" if nth.startswith("-") else _ordinal(int(nth))
        return f"{rate} on the {which} {names[0]}"
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    if unit == "week" and interval < 3:
        return f"every {'other ' if interval == 2 else ''}{listed}"
    return f"{rate} on {listed}"


def _until(fields: dict[str, str]) -> str:
    if count := fields.get("COUNT"):
        return f", {count} times"
    if until := fields.get("UNTIL"):
        last = date(int(until[:4]), int(until[4:6]), int(until[6:8]))
        return f" until {last:%B} {_ordinal(last.day)}"
    return ""
