"""Rules for how long and how far: "for an hour and a half", "in 20 minutes", "3 days from now", "rest of the week"."""

from datetime import datetime, time, timedelta

from dateutil.relativedelta import relativedelta

from agent.when import almanac
from agent.when.pieces import Days, Exact, Length, Reader
from agent.when.values import Stretch, at_wall, later
from agent.when.words import UNITS
from integrations.errors import Invalid

_SECONDS = {"second": 1, "minute": 60, "hour": 3600}
_DAYS = {"day": 1, "week": 7, "fortnight": 14}
_AMOUNTS: tuple[tuple[tuple[str, ...], float], ...] = (
    (("half", "an"), 0.5),
    (("half", "a"), 0.5),
    (("a", "half"), 0.5),
    (("half",), 0.5),
    (("three", "quarters", "of", "an"), 0.75),
    (("a", "quarter", "of", "an"), 0.25),
    (("quarter", "of", "an"), 0.25),
    (("a", "couple", "of"), 2),
    (("a", "couple"), 2),
    (("couple", "of"), 2),
)
_AMOUNT_WORDS = {words[0] for words, _ in _AMOUNTS}
_TOO_LONG = Length(months=1200, days=36500, time=timedelta(days=3650))


def length(r: Reader) -> Length | None:
    """ "an hour", "two and a half hours", "1 hour 30 minutes", "half an hour", "three quarters of an hour", "1h30"."""
    total = r.attempt(_one_length)
    if total is None:
        return None
    while True:
        begin = r.at
        r.take("and", ",")
        more = r.attempt(_one_length) or r.attempt(_half_more)
        if more is None or (total.of_clock and not more.of_clock):  # "for 45 minutes a week on monday" is two things
            r.at = begin
            break
        total = Length(total.months + more.months, total.days + more.days, total.time + more.time)
    if total.months > _TOO_LONG.months or total.days > _TOO_LONG.days or total.time > _TOO_LONG.time:
        raise Invalid("That is too far away.")
    return total if total != Length() else None


def _one_length(r: Reader) -> Length | None:
    amount = _amount(r)
    if amount is None:
        return None
    unit = r.take(*UNITS)
    return _of(amount, unit) if unit else None


def _amount(r: Reader) -> float | None:
    for words, amount in _AMOUNTS if r.text() in _AMOUNT_WORDS else ():
        if r.phrase(*words):
            return amount
    if r.take("a", "an"):
        return 1.5 if r.phrase("and", "a", "half") else 1
    token = r.peek()
    if token is None or token.number is None or token.ordinal:
        return None
    r.at += 1
    return token.number + (0.5 if r.phrase("and", "a", "half") else 0)


def _of(amount: float, unit: str) -> Length | None:
    if unit in _SECONDS:
        return Length(time=timedelta(seconds=amount * _SECONDS[unit]))
    if unit in _DAYS:
        days = amount * _DAYS[unit]
        if days != int(days):
            return Length(time=timedelta(days=days)) if unit == "day" else None
        return Length(days=int(days))
    months = amount * (12 if unit == "year" else 1)
    return Length(months=int(months)) if months == int(months) else None


def _half_more(r: Reader) -> Length | None:
    """ "an hour and a half", and the bare minutes of "1h30"."""
    unit = r.text(-1) if r.text(-1) in UNITS else r.text(-2)
    if r.phrase("a", "half") or r.phrase("half"):
        return _of(0.5, unit) if r.text() not in UNITS else None
    token, previous = r.peek(), r.peek(-1)
    if unit == "hour" and token and previous and token.start == previous.end and len(token.raw) == 2:
        minutes = r.whole(1, 59, ordinal=False)
        return Length(time=timedelta(minutes=minutes)) if minutes else None
    return None


def lasting(r: Reader) -> Length | None:
    """How long a thing takes: "for an hour", "lasting 45 minutes", and the "30 minute" of "a 30 minute call"."""
    if r.text() == "for" and r.text(1) in ("the", "next"):
        return None
    introduced = r.take("for", "lasting") is not None
    if introduced:
        r.take(*("about", "around", "roughly", "approximately"))
    begin = r.at
    if not introduced and r.take("a") and r.text() in UNITS:
        r.at = begin  # "a minute"; else the article of "a 30 minute call"
    found = length(r)
    if found is None or not (introduced or found.of_clock):
        return None
    r.take("long")
    return found


def shift(day: datetime, by: Length, sign: int = 1) -> datetime:
    """A wall-clock moment moved on the calendar; the part measured by the clock is left to the caller."""
    return day + sign * relativedelta(months=by.months, days=by.days)


def away(r: Reader) -> Days | Exact | None:
    """ "in 20 minutes", "in two weeks", "3 days from now", "an hour ago", "two days before ..." is not one of them."""
    inside = r.take("in", "within") is not None
    ahead = length(r)
    if ahead is None:
        return None
    r.phrase("time") or r.phrase("'", "time")
    sign = 1
    if r.take("ago") or r.phrase("back"):
        sign = -1
    elif not (r.phrase("from", "now") or r.phrase("from", "today") or (inside and not _beside_a_day(r)) or r.take("hence")):  # fmt: skip
        return None
    return _moved(r, ahead, sign)


def _beside_a_day(r: Reader) -> bool:
    return r.text() in ("from", "after", "before", "on")


def _moved(r: Reader, ahead: Length, sign: int) -> Days | Exact:
    frame = r.frame
    wall = shift(frame.now.replace(tzinfo=None), ahead, sign)
    if not ahead.of_clock:
        return Days((Stretch.day(wall.date()),))
    start = frame.now if not (ahead.days or ahead.months) else at_wall(wall.date(), wall.time(), frame.zone)
    return Exact(later(start, sign * ahead.time))


def current(r: Reader) -> Exact | Days | None:
    """ "now", "the rest of the day", "later this week", "the next two hours", "the next three days"."""
    frame = r.frame
    last = r.frame.free or r.peek(1) is None
    from_now = r.text(2) != "on" and r.phrase("from", "now")  # "from now on" is a habit, not a time
    if from_now or r.phrase("right", "now") or (last and r.take("now", "immediately")):
        return Exact(frame.now)
    r.take("for") if r.text(1) in ("the", "next") else None
    r.take("over", "in", "within", "during")
    r.take("the")
    if r.take("rest", "remainder") and r.take("of"):
        return _until_end(r)
    if r.take("later"):
        return Exact(frame.now, _midnight_after(r)) if r.take("today") else _until_end(r)
    if not r.take("next"):
        return None
    ahead = length(r) or (_of(1, unit) if (unit := r.take("hour", "minute")) else None)
    if ahead is None:
        return None
    if ahead.of_clock:
        return Exact(frame.now, later(frame.now, ahead.time))
    end = shift(frame.now.replace(tzinfo=None), ahead)
    return Exact(frame.now, at_wall(end.date(), end.time(), frame.zone))


def _midnight_after(r: Reader) -> datetime:
    return at_wall(r.frame.today + almanac.ONE, time(), r.frame.zone)


def _until_end(r: Reader) -> Exact | None:
    r.take("the", "this")
    today = r.frame.today
    if r.take("day", "today"):
        return Exact(r.frame.now, _midnight_after(r))
    if (unit := r.take("week", "month", "year")) is None:
        return None
    after = {"week": almanac.week, "month": almanac.month, "year": almanac.year}[unit](today).after
    return Exact(r.frame.now, at_wall(after, time(), r.frame.zone))
