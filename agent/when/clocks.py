"""Rules for times of day: "3pm", "15:30", "half past nine", "ten to five", "noon", "friday morning"."""

from dataclasses import replace

from agent.when import almanac
from agent.when.pieces import Clock, Part, Reader
from agent.when.tokens import Token
from agent.when.words import DAY_NUMBER, END_OF_DAY, MONTH_NUMBER, PARTS, UNITS
from integrations.errors import Invalid

_ANNOUNCING = {"at", "around", "about", "approximately", "roughly", "exactly", "by", "until", "after", "before", "between", "from", "since", "past", "circa"}  # fmt: skip
_ZONES = {"utc", "gmt", "est", "edt", "cst", "cdt", "mst", "mdt", "pst", "pdt", "cet", "cest", "bst", "ist", "jst", "aest", "aedt", "eastern", "pacific", "central", "zulu"}  # fmt: skip


def clock(r: Reader) -> Clock | None:
    """One time of day, in any of the ways people say it."""
    found = r.attempt(_named) or r.attempt(_colon) or r.attempt(_past_or_to) or r.attempt(_hour)
    if found is not None:
        r.take("sharp", "exactly")
        _refuse_other_zones(r)
    return found


def _named(r: Reader) -> Clock | None:
    if r.text() in ("12", "twelve") and r.text(1) in ("noon", "midnight"):
        r.at += 1
    r.take("the") if r.text(1) == "eod" else None
    if r.take("noon"):
        return Clock(12, sure=True)
    if r.take("midnight"):
        return Clock(24, sure=True, midnight=True)
    if r.take("eod") or _end_of_day(r):
        return Clock(END_OF_DAY, sure=True)
    return None


def _end_of_day(r: Reader) -> bool:
    r.take("the")
    return any(r.phrase(*words) for words in (("end", "of", "day"), ("end", "of", "the", "day"), ("close", "of", "business")))  # fmt: skip


def _colon(r: Reader) -> Clock | None:
    token = r.peek()
    if token is None:
        return None
    dotted = token.kind == "number" and token.raw[-3:-2] == "." and len(token.raw) <= 5
    if token.kind != "time" and not (
        dotted and (_announced(r) or r.text(1) in ("am", "pm") or (_beside_day(r, r.at) and _nothing_follows(r, 1)))
    ):
        return None
    if dotted and r.text(1) in UNITS:
        return None
    r.at += 1
    hour, minute, *rest = (int(part) for part in token.raw.replace(".", ":").split(":"))
    second = rest[0] if rest else 0
    # "03:30" is how a clock writes it, "3:30" how a person says it.
    written = token.raw.startswith("0") or hour > 12
    found = _half_of_day(r, hour, minute, sure=written)
    if second > 59:
        raise Invalid("That isn't a time of day.")
    return replace(found, second=second)


def _past_or_to(r: Reader) -> Clock | None:
    """ "half past nine", "a quarter to ten", "ten minutes to five", "twenty past three", British "half nine"."""
    minute, word = _minutes_and_side(r)
    if minute is None:
        return None
    hour = 12 if r.take("noon") else 24 if r.take("midnight") else r.whole(1, 12, ordinal=False)
    if hour is None or r.text() in UNITS:
        return None
    sure = hour == 24 or r.text(-1) == "noon"
    if word == "to":
        hour, minute = (hour - 1 or 12), 60 - minute
        sure = sure or hour == 23
    elif hour == 24:
        hour = 0
    r.take("o'clock")
    return _half_of_day(r, hour, minute, sure=sure)


def _minutes_and_side(r: Reader) -> tuple[int | None, str]:
    if r.take("half"):
        bare = r.peek() is not None and r.text() not in ("past", "after")
        return (30, "past") if r.take("past", "after") or (bare and r.frame.free) else (None, "")
    begin = r.at
    r.take("a")
    if r.take("quarter"):
        minute: int | None = 15
    else:
        r.at = begin
        minute = r.whole(1, 29, ordinal=False)
    spoken = r.take("minute") is not None
    side = r.take("past", "after", "to", "before", "of")
    if minute is None or side is None or (side == "of" and minute != 15):
        return None, ""
    if side in ("past", "after"):
        return minute, "past"
    # "2 to 4" is a range; only the usual steps of five are minutes to the hour.
    usual = spoken or minute % 5 == 0
    return (minute, "to") if usual and (r.frame.minutes_to or spoken or minute == 15) else (None, "")


def _hour(r: Reader) -> Clock | None:
    """ "3", "3 pm", "three o'clock", "nine thirty", "nine oh five", "930", "1530"."""
    announced, before, token = _announced(r), r.text(-1), r.peek()
    hour = r.whole(0, 2400, ordinal=False)
    if hour is None or token is None:
        return None
    if len(token.raw) in (3, 4) and "." not in token.raw:
        return _military(r, hour, announced, token.raw)
    if hour > 24:
        if r.take("o'clock", "am", "pm"):
            raise Invalid("There is no such hour.")
        return None
    beside_day = _beside_day(r, r.at - 1)
    if _by_hundreds(r, hour, announced or beside_day) or _continental(r, hour, before, beside_day):
        return _half_of_day(r, hour, _minutes_of_continental(r), sure=True)
    minute = _spoken_minutes(r, hour)
    exact = r.take("o'clock") is not None
    if r.text() in UNITS or r.text() in MONTH_NUMBER or r.text() in ("times", "percent", "%"):
        return None
    free = r.frame.free and before not in ("for", "on", "in")  # "for three" may be people, "on 3" a day
    spoken = minute is not None and token.spelled and (beside_day or _day_follows(r))
    # "monday 11", and nothing behind it that could be counted
    lone = beside_day and minute is None and hour > 6 and r.tokens[r.at - 2].text in DAY_NUMBER and _nothing_follows(r)
    lone = lone and not _maybe_a_date(r, token, minute)
    if not (announced or exact or spoken or lone or _meridiem(r) or (free and not _maybe_a_date(r, token, minute))):
        return None
    if hour == 0 and minute is None:
        return None
    written = hour == 0 or hour > 12 or (len(token.raw) == 2 and token.raw.startswith("0"))
    return _half_of_day(r, hour, minute or 0, sure=written)


def _beside_day(r: Reader, at: int) -> bool:
    """Whether a day was named just before: "thursday the twelfth twelve thirty", "sunday, nine thirty"."""
    back = 2 if at and r.tokens[at - 1].text == "," else 1
    before = r.tokens[at - back] if at >= back else None
    return before is not None and (before.text in DAY_NUMBER or before.text in MONTH_NUMBER or before.text in _DAYS_NAMED or before.ordinal)  # fmt: skip


_DAYS_NAMED = ("today", "tomorrow", "tonight")


def _day_follows(r: Reader) -> bool:
    """ "nine thirty in the morning", "twelve thirty on friday"."""
    ahead = 1 if r.text() in ("on", "this", "next", ",") else 0
    part = r.text() == "in" and r.text(1) == "the" and r.text(2) in PARTS
    return part or r.text(ahead) in DAY_NUMBER or r.text(ahead) in _DAYS_NAMED or r.text(ahead) in PARTS


def _by_hundreds(r: Reader, hour: int, introduced: bool) -> bool:
    """ "sixteen hundred", "twenty hundred hours"."""
    if r.text() != "hundred" or hour > 24:
        return False
    after = r.text(1)
    wanted = r.text(-2) == "for" and (after in ("", "to", "on", "tomorrow", "today", ",", ".") or after in DAY_NUMBER)
    if after != "hour" and not ((introduced or wanted) and hour > 9):
        return False
    r.at += 1
    r.take("hour")
    return True


def _continental(r: Reader, hour: int, before: str, beside_day: bool) -> bool:
    """ "at 17 hours", "26 march 15 hours", "at 17h30": elsewhere hours are a length."""
    if r.text() != "hour" or hour > 24 or not (before == "at" or (beside_day and hour > 12)):
        return False
    r.at += 1
    return True


def _minutes_of_continental(r: Reader) -> int:
    token = r.peek()
    fits = token is not None and r.text(-1) == "hour" and len(token.raw) == 2 and r.text(1) not in UNITS
    return (r.whole(0, 59, ordinal=False) or 0) if fits else 0


def _maybe_a_date(r: Reader, token: Token, minute: int | None) -> bool:
    """ "friday 13", "friday 6" when that is its date, and "03-10" are more likely days than hours."""
    if minute is not None or token.spelled:
        return False
    place = r.tokens.index(token)
    weekday = DAY_NUMBER.get(r.tokens[place - 1].text) if place else None
    dated = weekday is not None and almanac.on_or_after(r.frame.today, weekday).day == token.number
    return (token.number or 0) > 12 or dated or (token.raw.startswith("0") and r.text() == "-")


def _spoken_minutes(r: Reader, hour: int) -> int | None:
    begin = r.at
    token = r.peek(1) if r.take("oh", "o") else r.peek()
    oh = r.at > begin
    token = r.peek()
    if token is None or token.kind != "number" or token.ordinal or token.number is None or "." in token.raw:
        r.at = begin
        return None
    two_digits = len(token.raw) == 2 or (token.spelled and token.number >= 10)
    fits = token.number < 10 if oh else two_digits and token.number < 60
    onward = r.peek(2)
    # "twelve fifteen to one" may be a quarter to one, "twelve fifteen to call Jo" can't
    to = r.text(1) == "to" and (onward is None or onward.number is not None or onward.text in ("noon", "midnight"))
    follows = r.text(1) in UNITS or r.text(1) in MONTH_NUMBER or r.text(1) == "past" or to or hour == 0
    if not fits or follows:
        r.at = begin
        return None
    r.at += 1
    return int(token.number)


def _military(r: Reader, value: int, announced: bool, raw: str) -> Clock | None:
    hour, minute = divmod(value, 100)
    said = _meridiem(r) or r.text() == "hour"
    year = len(raw) == 4 and 1900 <= value <= 2100 and not announced
    trusted = announced and (r.frame.free or _nothing_follows(r))
    if hour > 23 or minute > 59 or not (said or trusted or (r.frame.free and not year)):
        return None
    r.take("hour")
    return _half_of_day(r, hour, minute, sure=raw.startswith("0") or hour > 12)


def _nothing_follows(r: Reader, ahead: int = 0) -> bool:
    return r.peek(ahead) is None or r.text(ahead) in (".", ",", "?", "!", "on", "tomorrow", "today", "tonight", "next", "this") or r.text(ahead) in DAY_NUMBER  # fmt: skip


def _half_of_day(r: Reader, hour: int, minute: int, *, sure: bool) -> Clock:
    half = r.take("am", "pm") if _meridiem(r) else None
    if minute > 59 or hour > 24 or (hour == 24 and minute):
        raise Invalid("That isn't a time of day.")
    if half is None:
        return Clock(hour, minute, sure=sure, midnight=hour == 24)
    if half == "am" and hour > 12:
        raise Invalid("That isn't a time of day.")
    if hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return Clock(hour, minute, sure=True)


def _meridiem(r: Reader) -> bool:
    # "after three am I free": there "am" is a verb.
    return r.text() == "pm" or (r.text() == "am" and r.text(1) != "i")


def _announced(r: Reader) -> bool:
    before = r.text(-1)
    last = before == "to" and (r.peek(1) is None or r.text(1) in (".", "!", "?", "am", "pm", "o'clock"))
    return before in _ANNOUNCING or last or (r.told and before in ("-", "to", "and", "until", "through"))


def _refuse_other_zones(r: Reader) -> None:
    """A time in another zone would be put wrong by hours; better to say so."""
    local = r.phrase("local", "time") or r.phrase("my", "time")
    named = r.text() in _ZONES or (r.text(1) == "time" and r.text() not in ("lunch", "any", "some", "this", "next", "last"))  # fmt: skip
    named = named or (r.text() == "in" and r.text(2) == "time")
    if named and not local:
        raise Invalid("Please say the time in your own time zone.")


def part(r: Reader) -> Part | None:
    """A part of the day: "in the morning", "this afternoon", "tonight", "late evening", "at night"."""
    if r.take("tonight"):
        return Part("night", *PARTS["night"], day=0)
    if r.phrase("last", "night"):
        return Part("night", *PARTS["night"], day=-1)
    if (
        r.text(-1) not in ("the", "my", "is")
        and r.text(2) not in ("i", "we", "to", "that")
        and r.phrase("first", "thing")
    ):
        r.phrase("in", "the", "morning")
        return Part("morning", *PARTS["morning"])
    beside = r.told
    introduced = r.text(-1) in ("at", "by", "until", "before", "after", "on", "every", "during", "over")
    today = r.take("this") is not None
    inside = today or r.take("in", "during", "over") is not None
    inside = r.take("the") is not None or inside
    early = r.take("early", "late")
    if (token := r.peek()) is not None and token.plural and not r.told:
        return None  # "mornings" are many, unless a rule before said which
    name = "lunch" if r.take("lunch time") else r.take("morning", "afternoon", "evening", "night", "lunch")
    if name is None:
        return None
    if name == "lunch" and not (introduced or r.text(-1) == "lunch time"):
        return None
    if not (r.frame.free or beside or introduced or inside or name == "lunch"):
        return None
    key = f"{early} {name}" if early else name
    if key not in PARTS:
        return None
    return Part(name, *PARTS[key], day=0 if today else None)
