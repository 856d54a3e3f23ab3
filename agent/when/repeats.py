"""Rules for what comes again: "every other tuesday", "daily", "mondays and wednesdays", "the first monday of every month"."""

from dataclasses import replace

from agent.when.pieces import Count, Reader, Repeat
from agent.when.words import DAY_NUMBER, MONTH_NUMBER

_WORKDAYS = (0, 1, 2, 3, 4)
_WEEKEND = (5, 6)
_FREQ = {"minute": "MINUTELY", "hour": "HOURLY", "day": "DAILY", "week": "WEEKLY", "fortnight": "WEEKLY", "month": "MONTHLY", "year": "YEARLY"}  # fmt: skip
_ADVERBS = {
    "daily": Repeat("DAILY"),
    "weekly": Repeat("WEEKLY"),
    "fortnightly": Repeat("WEEKLY", 2),
    "monthly": Repeat("MONTHLY"),
    "quarterly": Repeat("MONTHLY", 3),
    "annually": Repeat("YEARLY"),
    "hourly": Repeat("HOURLY"),
}


def repeat(r: Reader) -> Repeat | None:
    """One of the ways to say that something comes again."""
    for rule in (_nth_of_every, _every, _adverb, _plural):
        if (found := r.attempt(rule)) is not None:
            return found
    return None


def _every(r: Reader) -> Repeat | None:
    r.take("once")
    r.take("on")
    every = r.take("every") is not None or (r.text(-1) == "once" and r.take("a") is not None)
    if not every:
        return None
    r.take("single")
    interval, unclear = 1, None
    if r.take("other") or (r.text() == "second" and r.text(1) in _FREQ and r.take("second")):
        interval = 2
    elif (nth := r.whole(2, 31, ordinal=True)) is not None:
        if r.text() in _FREQ:
            interval = nth
        elif r.text() in DAY_NUMBER and nth <= 5:
            unclear = nth
        else:
            return _day_of_every_month(r, nth)
    elif (number := r.whole(1, 400, ordinal=False)) is not None:
        if r.text() not in _FREQ:
            return None
        interval = number
    elif r.phrase("couple", "of"):
        interval = 2
    return _what_comes(r, interval, unclear)


def _day_of_every_month(r: Reader, day: int) -> Repeat | None:
    if r.take("of") and (r.take("the") or True) and r.take("month"):
        return Repeat("MONTHLY", month_day=day)
    month = MONTH_NUMBER.get(r.text())
    if month is None:
        return None
    r.at += 1
    return Repeat("YEARLY", month=month, month_day=day)


def _what_comes(r: Reader, interval: int, unclear: int | None) -> Repeat | None:
    if r.take("weekday", "workday"):
        return Repeat("WEEKLY", interval, _WORKDAYS)
    if r.phrase("working", "day") or r.phrase("business", "day") or r.phrase("week", "day"):
        return Repeat("WEEKLY", interval, _WORKDAYS)
    if r.take("weekend"):
        return Repeat("WEEKLY", interval, _WEEKEND)
    if r.text() in ("morning", "afternoon", "evening", "night", "lunch", "lunch time"):
        return Repeat("DAILY", interval)  # the part of the day is read by its own rule
    if r.text() in ("last", "first") and (found := r.attempt(_nth_of_the_month)):
        return found
    if (days := _weekdays(r, plural=False)) is not None:
        nth_of = r.phrase("of", "the", "month") or r.attempt(_of_every) if unclear else None
        return Repeat("MONTHLY", weekdays=days, nth=unclear) if nth_of else Repeat("WEEKLY", interval, days, unclear=unclear)  # fmt: skip
    if r.text() == "week" and (several := r.attempt(_on_several)):
        return Repeat("WEEKLY", interval, several)
    if unit := r.take(*_FREQ):
        return Repeat(_FREQ[unit], interval * (2 if unit == "fortnight" else 1))
    if (month := MONTH_NUMBER.get(r.text())) is not None:
        r.at += 1
        r.take("the")
        day = r.whole(1, 31)
        return Repeat("YEARLY", interval, month=month, month_day=day) if day else None
    return None


def _nth_of_the_month(r: Reader) -> Repeat | None:
    nth = -1 if r.take("last") else r.whole(1, 5, ordinal=True)
    weekday = DAY_NUMBER.get(r.text())
    if nth is None or (weekday is None and r.text() != "day"):
        return None
    r.at += 1
    if not (r.take("of", "in") and (r.take("the", "every") or True) and r.take("month")):
        return None
    if weekday is None:
        return Repeat("MONTHLY", month_day=nth)
    return Repeat("MONTHLY", weekdays=(weekday,), nth=nth)


def _nth_of_every(r: Reader) -> Repeat | None:
    """ "the first monday of every month", "the last day of each month", "the 3rd of every month"."""
    r.take("on")
    r.take("the")
    nth = -1 if r.take("last") else r.whole(1, 31, ordinal=True)
    if nth is None:
        return None
    weekday = DAY_NUMBER.get(r.text())
    if weekday is not None:
        r.at += 1
        return Repeat("MONTHLY", weekdays=(weekday,), nth=nth) if nth <= 5 and r.attempt(_of_every) else None
    day = r.take("day") is not None
    if (nth > 0 or day) and r.attempt(_of_every):
        return Repeat("MONTHLY", month_day=nth)
    return None


def _of_every(r: Reader) -> bool | None:
    r.take("of", "in", "on")
    if r.take("every") and r.take("month"):
        return True
    return None


def _weekdays(r: Reader, *, plural: bool) -> tuple[int, ...] | None:
    """One weekday or a list of them: "monday, wednesday and friday"."""
    found: list[int] = []
    while True:
        begin = r.at
        if found:
            r.take(",")
            r.take("and", "&")
            r.take("on")
            r.take("every")
        token = r.peek()
        index = DAY_NUMBER.get(r.text())
        if index is None or token is None or (plural and not found and not token.plural):
            r.at = begin
            break
        found.append(index)
        r.at += 1
        if r.text() in ("to", "through", "-", "until") and (last := DAY_NUMBER.get(r.text(1))) is not None and last > index:  # fmt: skip
            found.extend(range(index + 1, last + 1))
            r.at += 2
    return tuple(sorted(set(found))) or None


def _on_several(r: Reader) -> tuple[int, ...] | None:
    """ "every other week on monday and friday"."""
    days = _weekdays(r, plural=False) if r.take("week") and r.take("on") else None
    return days if days and len(days) > 1 else None


def _adverb(r: Reader) -> Repeat | None:
    word = r.text()
    if word not in _ADVERBS:
        return None
    r.at += 1
    return _ADVERBS[word]


def _plural(r: Reader) -> Repeat | None:
    """ "mondays and wednesdays", "on weekends", "weekdays"."""
    r.take("on", "at")
    r.take("the") if r.text(1) in ("weekends", "weekdays") else None
    if r.take("weekdays", "workdays"):
        return Repeat("WEEKLY", weekdays=_WORKDAYS)
    if r.take("weekends"):
        return Repeat("WEEKLY", weekdays=_WEEKEND)
    days = _weekdays(r, plural=True) or r.attempt(_before_plural_part)
    if days is None:
        return None
    # "mondays" once in a list makes the list repeat.
    return Repeat("WEEKLY", weekdays=days)


def _before_plural_part(r: Reader) -> tuple[int, ...] | None:
    """The "sunday" of "sunday mornings"."""
    days = _WORKDAYS if r.take("weekday") else _weekdays(r, plural=False)
    token = r.peek()
    return days if days and token and token.plural and token.text not in DAY_NUMBER else None


def both(one: Repeat | None, other: Repeat) -> Repeat | None:
    """ "a weekly review on Fridays" is said twice and meant once; None where the two don't agree."""
    if one is None:
        return None
    for rate, named in ((one, other), (other, one)):
        bare = rate.freq == "WEEKLY" and not rate.weekdays
        if bare and named.freq == "WEEKLY" and named.weekdays and 1 in (rate.interval, named.interval):
            return replace(named, interval=max(rate.interval, named.interval))
    return one if one == other else None


def count(r: Reader) -> Count | None:
    """ "ten times", "for six occurrences"."""
    r.take("for")
    number = r.whole(1, 1000, ordinal=False)
    if number is None or not r.take("times", "occurrences"):
        return None
    return Count(number)
