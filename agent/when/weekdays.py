"""Rules for days named by their place in the week: "friday", "next tuesday", "this weekend", "tomorrow"."""

from datetime import date, timedelta

from agent.when import almanac
from agent.when.pieces import Days, Reader
from agent.when.values import Stretch
from agent.when.words import DAY_NUMBER, MONTH_NUMBER, PARTS

_LEADING = {"on", "this", "next", "last", "every", "in", "by", "until", "since", "from", "before", "after", "for", "to", "through", "and", "at", "starting", "past", "over", "the", "or", "between", "-"}  # fmt: skip


def relative_day(r: Reader) -> Days | None:
    """ "today", "tomorrow", "the day after tomorrow", "yesterday", "a week tomorrow"."""
    today = r.frame.today
    weeks = _weeks_on(r, 0)
    r.take("the")
    if r.phrase("day", "after", "tomorrow"):
        ahead = 2
    elif r.phrase("day", "before", "yesterday"):
        ahead = -2
    elif r.take("today"):
        ahead = 0
    elif r.take("tomorrow"):
        ahead = 1
    elif r.take("yesterday"):
        ahead = -1
    else:
        return None
    ahead += 7 * (weeks + _weeks_on(r, weeks))
    return Days((Stretch.day(today + timedelta(days=ahead)),))


def _weeks_on(r: Reader, already: int) -> int:
    """ "a week on friday", "two weeks from friday" before the day; "friday week" after it."""
    begin = r.at
    if already or (r.at and r.told is False and r.text(-1) in ("in", "every")):
        return 0
    count = 1 if r.take("a") else r.whole(1, 10, ordinal=False) or 0
    unit = r.take("week", "fortnight")
    joined = r.take("on", "from", "after", "today", "tomorrow")
    if joined in ("today", "tomorrow"):
        r.at -= 1
    if count and unit and joined:
        return count * (2 if unit == "fortnight" else 1)
    r.at = begin
    return 0


def weekday(r: Reader) -> Days | None:
    """One weekday, with everything people put around it."""
    begin, weeks = r.at, _weeks_on(r, 0)
    counted = _weeks_from_now(r) if not weeks else 0
    token_before = r.text(-1)
    r.take("the")
    which = r.take("this", "next", "last", "past") or ""
    which = r.take("this") or which if which == "this" else which
    token = r.peek()
    index = DAY_NUMBER.get(r.text())
    if index is None or token is None or token.plural:
        r.at = begin if counted else r.at
        return None
    r.at += 1
    lonely = token.weak and not which and not r.frame.free and token_before not in _LEADING and not r.told and not _timely(r)  # fmt: skip
    if lonely:
        return None
    if r.text() == "of" and r.text(1) in ("this", "next", "last") and r.text(2) == "week":
        r.at += 1  # "tuesday of next week"
    if not which and not weeks and r.text() == "week":
        weeks, r.at = 1, r.at + 1
    if weeks:
        return Days((Stretch.day(_first(r, index) + timedelta(weeks=weeks)),), "weekday", weekday=index)
    counted = counted or _weeks_from_now(r)
    if counted:
        return _in_weeks(r, index, counted)
    if not which and r.phrase("after", "next"):
        soon = _first(r, index) + timedelta(weeks=1)
        later = (soon + timedelta(weeks=1),) if r.frame.today.weekday() < index else ()
        return Days(tuple(map(Stretch.day, (soon, *later))), "weekday", weekday=index)
    return _chosen(r, which, index)


def _timely(r: Reader) -> bool:
    """Whether an hour or a part of the day follows: "mon 2pm", "sat morning", "sun at ten"."""
    after = r.peek()
    if after is not None and after.kind == "time":
        return True
    hour = r.text(1) in ("am", "pm", "o'clock") and after is not None and after.number is not None
    at = r.text() == "at" and (following := r.peek(1)) is not None and following.number is not None
    return hour or at or r.text() in PARTS


def _weeks_from_now(r: Reader) -> int:
    """ "in two weeks [on a]", beside a weekday."""
    begin = r.at
    if r.take("in"):
        count = 1 if r.take("a") else r.whole(1, 10, ordinal=False) or 0
        unit = r.take("week", "fortnight")
        if count and unit:
            weekday_next = r.text() in DAY_NUMBER or (r.text() in ("on", "a", "the") and (r.text(1) in DAY_NUMBER or r.text(2) in DAY_NUMBER))  # fmt: skip
            if weekday_next:
                r.take("on")
                r.take("a", "the")
            return count * (2 if unit == "fortnight" else 1)
    r.at = begin
    return 0


def _in_weeks(r: Reader, index: int, weeks: int) -> Days:
    """Counted from its next day or by calendar weeks; where the two differ, both are offered."""
    today = r.frame.today
    monday = today - timedelta(days=today.weekday())
    days = {_first(r, index) + timedelta(weeks=weeks), monday + timedelta(weeks=weeks, days=index)}
    return Days(tuple(map(Stretch.day, sorted(days))), "weekday", weekday=index)


def _first(r: Reader, index: int) -> date:
    return almanac.on_or_after(r.frame.today + almanac.ONE, index)


def _chosen(r: Reader, which: str, index: int) -> Days:
    today, following = r.frame.today, _first(r, index)
    if which in ("last", "past") or (r.frame.back and which != "next"):
        # Never today itself: "last Wednesday" said on a Wednesday is a week ago.
        passed = following - timedelta(weeks=2 if today.weekday() == index else 1)
        return Days((Stretch.day(passed),), "weekday", weekday=index)
    if which == "next":
        ahead_this_week = today.weekday() < index
        options = (following, following + timedelta(weeks=1)) if ahead_this_week else (following,)
    elif today.weekday() == index:
        # "Wednesday" said on a Wednesday: today or in a week? "this Wednesday" is today.
        options = (today,) if which == "this" else (today, following)
    else:
        options = (following,)

    def floating(day: date) -> Stretch:
        return Stretch.day(almanac.on_or_after(day + almanac.ONE, index))

    return Days(tuple(map(Stretch.day, options)), "weekday", None if which else floating, weekday=index)


def span(r: Reader) -> Days | None:
    """ "next week", "this weekend", "last month", "the end of the month", "the first of next month"."""
    return r.attempt(_edge_of_span) or r.attempt(_whole_span)


def _whole_span(r: Reader) -> Days | None:
    today = r.frame.today
    if (found := r.attempt(_after_next)) is not None:
        return found
    r.phrase("the", "whole")
    which = r.take("this", "next", "last", "the", "past")
    which = "last" if which == "past" else which
    unit = r.take("weekend", "week", "month", "year")
    if unit is None or which is None or (which == "the" and unit != "weekend"):
        return None
    ahead = {"next": 1, "last": -1}.get(which, 0)
    if unit == "weekend":
        return _weekend(r, which, ahead)
    stretch = {"week": almanac.week, "month": almanac.month, "year": almanac.year}[unit](today, ahead)
    return Days((stretch,), "span")


def _after_next(r: Reader) -> Days | None:
    """ "the week after next"."""
    r.take("the")
    unit = r.take("weekend", "week", "month", "year")
    if unit is None or not (r.phrase("after", "next") or r.phrase("after", "the", "next")):
        return None
    stretch = {"week": almanac.week, "month": almanac.month, "year": almanac.year, "weekend": almanac.weekend}[unit]
    return Days((stretch(r.frame.today, 2),), "span")


def _weekend(r: Reader, which: str, ahead: int) -> Days:
    today = r.frame.today
    if which == "the" and r.frame.back:
        ahead = 0 if today.weekday() == 6 else -1
    options = [almanac.weekend(today, ahead)]
    if which == "next" and today.weekday() < 5:
        options.insert(0, almanac.weekend(today))
    return Days(tuple(options), "span")


def _edge_of_span(r: Reader) -> Days | None:
    """The end of a week is its Friday (its Sunday once Saturday has come), of a month its last day."""
    today = r.frame.today
    r.take("the")
    side = r.take("end", "start", "beginning")
    if side is None or not r.take("of"):
        return None
    r.take("the") if r.text(1) in ("month", "week", "year") else None
    which = r.take("this", "next", "last") or ""
    unit = r.take("week", "month", "year")
    if unit is None and (month := MONTH_NUMBER.get(r.text())) is not None:
        r.at += 1
        named = almanac.month(today, (month - today.month) % 12)
        return Days((Stretch.day(named.after - almanac.ONE if side == "end" else named.first),), "end")
    if unit is None:
        return None
    ahead = {"next": 1, "last": -1}.get(which, 0)
    stretch = {"week": almanac.week, "month": almanac.month, "year": almanac.year}[unit]
    if side != "end":
        first = stretch(today, ahead).first
        passed = not which and first < today and not r.frame.back
        return Days((Stretch.day(stretch(today, 1).first if passed else first),))
    last = stretch(today, ahead).after - almanac.ONE
    if unit == "week" and (ahead or today.weekday() < 5):
        last -= timedelta(days=2)
    return Days((Stretch.day(last),), "end")
