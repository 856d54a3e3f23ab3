"""Rules for dates: "march 3rd", "3 march 2027", "the 3rd", "3/4", "2026-03-04", "in march", "christmas"."""

from datetime import date, datetime

from agent.when import almanac
from agent.when.pieces import Days, Exact, Reader
from agent.when.values import Stretch, at_wall
from agent.when.words import DAY_NUMBER, HOLIDAYS, MONTH_NUMBER
from integrations.errors import Invalid

_LEADING = {"on", "by", "until", "since", "from", "before", "after", "for", "to", "through", "in", "starting", "between", "-", "and", "or", "every"}  # fmt: skip

_HOLIDAY_WORDS = {names[0] for names in HOLIDAYS}


def iso(r: Reader) -> Days | Exact | None:
    """ISO 8601: a date, or a whole moment with or without its offset."""
    token = r.peek()
    if token is None or token.kind != "iso":
        return None
    r.at += 1
    year, month, day = (int(part) for part in token.raw[:10].split("-"))
    found = almanac.make(year, month, day)
    if len(token.raw) == 10:
        return Days((Stretch.day(found),), "date")
    try:
        moment = datetime.fromisoformat(token.raw.replace(" +", "+").replace(" -", "-").upper())
    except ValueError:
        raise Invalid("That isn't a time of day.") from None
    if moment.tzinfo is None:
        return Exact(at_wall(found, moment.time(), r.frame.zone))
    return Exact(moment.astimezone(r.frame.zone))


def slashed(r: Reader) -> Days | None:
    """ "3/4" has two readings when both are dates; "3.4.2026" is always day first."""
    token = r.peek()
    if token is None or token.kind not in ("slash", "dots"):
        return None
    r.at += 1
    first, second, *rest = (int(part) for part in token.raw.replace(".", "/").split("/"))
    year = rest[0] + (2000 if rest[0] < 100 else 0) if rest else None
    readings = [(first, second)] if token.kind == "dots" else [(second, first), (first, second)]
    found: list[date] = []
    for day, month in readings:
        try:
            found.append(_date(r, day, month, year))
        except Invalid:
            continue
    if not found:
        raise Invalid("That date doesn't exist.")
    return Days(tuple(Stretch.day(day) for day in dict.fromkeys(found)), "date")


def _date(r: Reader, day: int, month: int, year: int | None) -> date:
    if year is not None:
        return almanac.make(year, month, day)
    almanac.make(2024, month, day)  # a leap year: is there such a date at all?
    return almanac.nearest(r.frame.today, day, month, back=r.frame.back)


def month_day(r: Reader) -> Days | None:
    """A day of a named month, either way round, with or without its year; or several days of it."""
    r.take("the")
    found = r.attempt(_month_first) or r.attempt(_day_first)
    if found is None:
        return None
    month, first, last = found
    year = _year(r)
    # Several days count as past only when the last of them is: "march 3 to 5" on the 4th is this year's.
    start = almanac.make(_date(r, last or first, month, year).year, month, first)
    if last is None:

        def floating(day: date) -> Stretch:
            return Stretch.day(almanac.nearest(day, first, month))

        return Days((Stretch.day(start),), "date", None if year else floating, month=month, day=first)
    end = almanac.make(start.year, month, last)
    if end <= start:
        raise Invalid("That ends before it starts.")
    return Days((Stretch(start, end + almanac.ONE),), "span")


def _month_first(r: Reader) -> tuple[int, int, int | None] | None:
    month = MONTH_NUMBER.get(r.text())
    r.at += 1
    r.take("the")
    day = r.whole(1, 99) if month else None
    if month is None or day is None or r.text() in ("am", "pm", "o'clock"):
        return None
    begin = r.at
    last = r.whole(1, 99) if r.take("to", "-", "through", "until") and (r.take("the") or True) else None
    if last is None or r.text() in ("am", "pm", "o'clock") or r.text() in MONTH_NUMBER or last > 31:
        r.at, last = begin, None
    return month, day, last


def _day_first(r: Reader) -> tuple[int, int, int | None] | None:
    day = r.whole(1, 99)
    begin = r.at
    r.take("the") if r.take("to", "-", "through", "until") else None
    last = r.whole(1, 99) if r.at > begin else None
    if last is None:
        r.at = begin
    r.take("of")
    month = MONTH_NUMBER.get(r.text())
    if day is None or month is None:
        return None
    r.at += 1
    return month, day, last


def _year(r: Reader) -> int | None:
    begin = r.at
    r.take(",")
    if (which := r.take("next", "this", "last")) and r.take("year"):
        return r.frame.today.year + {"next": 1, "this": 0, "last": -1}[which]
    r.at = begin
    r.take(",", "in")
    token = r.peek()
    if token and len(token.raw) == 4 and (year := r.whole(1900, 2200, ordinal=False)):
        return year
    if r.phrase("two", "thousand"):
        r.take("and")
        return 2000 + (r.whole(1, 99, ordinal=False) or 0)
    if r.text() == "twenty" and (following := r.peek(1)) and following.spelled and 20 <= (following.number or 0) < 100:
        r.at += 2
        return 2000 + int(following.number or 0)
    r.at = begin
    return None


def month_alone(r: Reader) -> Days | None:
    """ "in march", "next december", "march 2027": the whole month."""
    before, today = "in" if r.take("in") else r.text(-1), r.frame.today
    token = r.peek()
    which = r.take("this", "next", "last") or ""
    month = MONTH_NUMBER.get(r.text())
    if month is None or token is None:
        return None
    lonely = not which and before not in _LEADING and before != "of"
    r.at += 1
    year = _year(r)
    if lonely and year is None and (not r.frame.free):
        return None
    ahead = (month - today.month) % 12
    if year is not None:
        return Days((almanac.month(almanac.make(year, month, 1)),), "span", month=month)
    if which == "last" or (r.frame.back and which != "next"):
        behind = ahead - 12 if ahead or which == "last" else 0
        return Days((almanac.month(today, behind),), "span", month=month)
    options = [almanac.month(today, ahead)]
    if which == "next":
        this_year = today.month < month
        options = [almanac.month(today, ahead or 12)] + ([almanac.month(today, ahead + 12)] if this_year else [])

    def floating(day: date) -> Stretch:
        return almanac.month(day, (month - day.month) % 12)

    return Days(tuple(options), "span", None if which else floating, month=month)


def day_of_month(r: Reader) -> Days | None:
    """ "the 3rd", "on the twenty third", "the 3rd of next month", "the first of the month"."""
    before = r.text(-1)
    the = r.take("the") is not None
    if not the and not (r.frame.free or before in _LEADING):
        return None
    day = r.whole(1, 99, ordinal=True)
    if day is None or r.text() in DAY_NUMBER or r.text() in ("day", "one", "half", "quarter", "thing"):
        return None
    ahead = _of_month(r)
    # "on the second floor" and "read the second one" name no day.
    hour = r.text() in ("at", "from") and (following := r.peek(1)) is not None and following.number is not None
    named = before in _LEADING or r.told or ahead is not None or hour
    if not r.frame.free and not (named and _sentence_goes_on(r)):
        return None
    if day > 31:
        raise Invalid("That date doesn't exist.")
    if ahead:
        return Days((Stretch.day(_in_month(almanac.month(r.frame.today, ahead).first, day)),), "date", day=day)

    def floating(start: date) -> Stretch:
        return Stretch.day(almanac.nearest(start, day, None))

    found = almanac.nearest(r.frame.today, day, None, back=r.frame.back)
    return Days((Stretch.day(found),), "date", floating, day=day)


def _in_month(first: date, day: int) -> date:
    return almanac.make(first.year, first.month, day)


def _of_month(r: Reader) -> int | None:
    begin = r.at
    if r.take("of"):
        which = r.take("this", "next", "last", "the")
        if which and r.take("month"):
            return {"next": 1, "last": -1}.get(which, 0)
    r.at = begin
    return None


def _sentence_goes_on(r: Reader) -> bool:
    follows = r.peek()
    known = {
        "at",
        "from",
        "to",
        "and",
        "until",
        "for",
        "-",
        ",",
        ".",
        "?",
        "!",
        "in",
        "by",
        "around",
        "about",
        "every",
        "starting",
        "beginning",
    }
    return follows is None or follows.text in known or follows.kind in ("time", "number")


def nth_weekday(r: Reader) -> Days | None:
    """ "the first monday in april", "the last friday of the month", "the second tuesday of next month"."""
    r.take("the")
    nth = -1 if r.take("last") else r.whole(1, 5, ordinal=True)
    token = r.peek()
    weekday = DAY_NUMBER.get(r.text())
    if nth is None or weekday is None or token is None or token.plural:
        return None
    r.at += 1
    monthly = r.frame.today if any(token.text in ("month", "monthly") for token in r.tokens[: r.at]) else None
    months = r.attempt(_month_named) if r.take("of", "in") else None
    if months is None and monthly is None:
        return None
    months = months or [almanac.month(r.frame.today, ahead).first for ahead in range(13)]
    for first in months:
        found = almanac.nth_weekday(first.year, first.month, weekday, nth)
        if found and (found >= r.frame.today or len(months) == 1):
            return Days((Stretch.day(found),), "nth", weekday=weekday, nth=nth)
    raise Invalid("That date doesn't exist.")


def edge_of_month(r: Reader) -> Days | None:
    """ "the last day of the month", "the first day of may"."""
    r.take("the")
    which = r.take("first", "last")
    if which is None or not r.take("day") or not r.take("of", "in"):
        return None
    for first in (months := r.attempt(_month_named) or []):
        day = first if which == "first" else almanac.month(first).after - almanac.ONE
        if day >= r.frame.today or len(months) == 1:
            return Days((Stretch.day(day),))
    return None


def _month_named(r: Reader) -> list[date] | None:
    """The first days of the months meant, to be tried in this order."""
    today = r.frame.today
    r.take("the") if r.text(1) == "month" else None
    which = r.take("this", "next", "last") or ""
    if r.take("month"):
        if which:
            return [almanac.month(today, {"this": 0, "next": 1, "last": -1}[which]).first]
        return [almanac.month(today, ahead).first for ahead in range(13)]
    month = MONTH_NUMBER.get(r.text())
    if month is None:
        return None
    r.at += 1
    year = _year(r)
    if year is not None:
        return [almanac.make(year, month, 1)]
    return [almanac.make(today.year + ahead, month, 1) for ahead in range(2)]


def holiday(r: Reader) -> Days | None:
    """The holidays that fall on one fixed date."""
    r.take("this")
    if r.text() not in _HOLIDAY_WORDS:
        return None
    for names, (month, day) in HOLIDAYS.items():
        if r.phrase(*names):
            year = _year(r)
            found = _date(r, day, month, year)
            return Days((Stretch.day(found),), "date", month=month, day=day)
    return None
