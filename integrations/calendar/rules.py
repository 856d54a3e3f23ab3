"""How often something repeats: RRULEs that end within reason, expanded on the wall clock."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import islice, product
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from integrations.calendar.plain import plain
from integrations.errors import Invalid

DAY = timedelta(days=1)
END = datetime(2200, 1, 1)  # noqa: DTZ001, the wall clock; nothing repeats beyond
MOST = 3660  # occurrences of a rule that counts them: ten years of days
PERIODS = {"DAILY": DAY, "WEEKLY": 7 * DAY}
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
NUMBERS = {"INTERVAL": (1, 1000), "COUNT": (1, MOST), "BYMONTH": (1, 12), "BYMONTHDAY": (-31, 31), "BYSETPOS": (-4, 4)}
SINGLE = {"INTERVAL", "COUNT"}
SHAPES = {
    "FREQ": re.compile("DAILY|WEEKLY|MONTHLY|YEARLY"),
    "UNTIL": re.compile(r"\d{8}(T\d{6}Z?)?"),
    "WKST": re.compile("|".join(DAYS)),
    "BYDAY": re.compile(r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)(,([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU))*"),
}
SENSELESS = "I can't make sense of that repetition."
INTRICATE = "That repetition is too intricate for me."
NEVER = "That would never happen."


def moment(local: datetime, zone: ZoneInfo) -> datetime:
    """A time on the wall as RFC 5545 reads it: in a gap with the offset before it, of two the first; in UTC."""
    return local.replace(tzinfo=zone, fold=0).astimezone(UTC)


def wall(at: datetime, zone: ZoneInfo) -> datetime:
    """What a clock on the wall shows."""
    return at.astimezone(zone).replace(tzinfo=None, fold=0)


def midnight(local: datetime) -> datetime:
    """The beginning of the day."""
    return local.replace(hour=0, minute=0, second=0, microsecond=0)


@dataclass(frozen=True)
class Rule:
    """A checked RRULE."""

    parts: dict[str, str]

    @staticmethod
    def parse(text: str) -> "Rule":
        """Raises `Invalid` for what isn't a rule, or would keep us counting for ever."""
        return _parsed(text)

    @classmethod
    def _of(cls, text: str) -> "Rule":
        words = text.strip().upper().removeprefix("RRULE:").strip(";").split(";")
        parts = dict(word.partition("=")[::2] for word in words)
        if len(parts) != len(words):
            raise Invalid(SENSELESS)
        _check(parts)
        return cls(parts)

    @property
    def text(self) -> str:
        """As it is written."""
        return ";".join(f"{name}={value}" for name, value in self.parts.items())

    def starts(self, first: datetime, zone: ZoneInfo, since: datetime | None = None) -> Iterator[datetime]:
        """When it happens, on the wall clock of `zone`, from `first` on; those before `since` are left out."""
        last = self.until(zone) or END
        for start in self._unbounded(first, since):
            if start > last or start >= END:
                return
            if since is None or start >= since:
                yield start

    def _unbounded(self, first: datetime, since: datetime | None) -> Iterator[datetime]:
        """Whatever UNTIL says."""
        count = self.parts.get("COUNT")
        if (found := plain(self.parts, first, None if count else since)) is not None:
            return islice(found, int(count) if count else None)
        bare = Rule({name: value for name, value in self.parts.items() if name != "UNTIL"})
        return iter(rrulestr(bare.text, dtstart=self._nearer(first, since)))

    def _nearer(self, first: datetime, since: datetime | None) -> datetime:
        """A first start as good as the real one, without the years in between."""
        period = PERIODS.get(self.parts["FREQ"])
        if period is None or since is None or since <= first or "COUNT" in self.parts:
            return first
        whole = period * int(self.parts.get("INTERVAL", "1"))
        return first + (since - first) // whole * whole

    def until(self, zone: ZoneInfo) -> datetime | None:
        """The last moment at which it may start, on the wall clock."""
        text = self.parts.get("UNTIL")
        if text is None:
            return None
        if len(text) == 8:
            return datetime.strptime(text, "%Y%m%d") + DAY - timedelta(seconds=1)  # noqa: DTZ007
        local = datetime.strptime(text.rstrip("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007
        return wall(local.replace(tzinfo=UTC), zone) if text.endswith("Z") else local

    @property
    def endless(self) -> bool:
        """Whether nothing bounds it."""
        return not {"COUNT", "UNTIL"} & self.parts.keys()

    def ending(self, last: datetime) -> "Rule":
        """The same, up to a moment."""
        parts = {name: value for name, value in self.parts.items() if name != "COUNT"}
        return Rule(parts | {"UNTIL": f"{last.astimezone(UTC):%Y%m%dT%H%M%SZ}"})

    def after(self, times: int) -> "Rule":
        """What is left of it after so many times."""
        if "COUNT" not in self.parts:
            return self
        return Rule(self.parts | {"COUNT": str(int(self.parts["COUNT"]) - times)})

    def moved(self, old: datetime, new: datetime, zone: ZoneInfo) -> "Rule":
        """The rule of a series of which one start moves so. Raises `Invalid` when the days would need a new rule."""
        parts = dict(self.parts)
        if (until := self.until(zone)) is not None:
            parts["UNTIL"] = f"{moment(until + (new - old), zone):%Y%m%dT%H%M%SZ}"
        days = (new.date() - old.date()).days
        if not days:
            return Rule(parts)
        if parts["FREQ"] in PERIODS:
            if "BYDAY" in parts:
                parts["BYDAY"] = ",".join(DAYS[(DAYS.index(day) + days) % 7] for day in parts["BYDAY"].split(","))
            return Rule(parts)
        if parts.get("BYMONTHDAY") == str(old.day) and parts.get("BYMONTH") in {None, str(old.month)}:
            parts["BYMONTHDAY"] = str(new.day)
            return Rule(parts | ({"BYMONTH": str(new.month)} if "BYMONTH" in parts else {}))
        if {"BYDAY", "BYMONTHDAY", "BYMONTH"} & parts.keys():
            raise Invalid("On other days that series needs another rule. How often should it be?")
        return Rule(parts)


@lru_cache(maxsize=4096)
def _parsed(text: str) -> Rule:
    return Rule._of(text)


def _check(parts: dict[str, str]) -> None:
    for name, value in parts.items():
        if name in NUMBERS:
            _check_numbers(name, value)
        elif name not in SHAPES or not SHAPES[name].fullmatch(value):
            raise Invalid("I can repeat things daily, weekly, monthly or yearly." if name == "FREQ" else SENSELESS)
    if "FREQ" not in parts or {"COUNT", "UNTIL"} <= parts.keys():
        raise Invalid(SENSELESS)
    _check_until(parts.get("UNTIL"))
    _check_together(parts)


def _check_numbers(name: str, value: str) -> None:
    low, high = NUMBERS[name]
    numbers = value.split(",")
    if not all(re.fullmatch(r"[+-]?\d{1,9}", number) for number in numbers) or (name in SINGLE and len(numbers) > 1):
        raise Invalid(SENSELESS)
    if not all(low <= int(number) <= high and int(number) for number in numbers):
        raise Invalid(f"I can repeat something {MOST} times at most." if name == "COUNT" else SENSELESS)


def _check_until(text: str | None) -> None:
    try:
        if text and not 1900 <= datetime.strptime(text[:8], "%Y%m%d").year <= 2200:  # noqa: DTZ007
            raise Invalid("I can't plan that far.")
        if text and len(text) > 8:
            datetime.strptime(text[9:15], "%H%M%S")  # noqa: DTZ007
    except ValueError as error:
        raise Invalid(SENSELESS) from error


def _check_together(parts: dict[str, str]) -> None:
    """Refuse combinations that are none, or of which the next might not come in a thousand years."""
    days = parts.get("BYDAY", "").split(",")
    numbered = any(day not in DAYS for day in days if day)
    if numbered and any(day in DAYS for day in days):  # dateutil would want both at once
        raise Invalid(INTRICATE)
    often = parts["FREQ"] in PERIODS
    if often and (numbered or {"BYMONTHDAY", "BYSETPOS"} & parts.keys()):
        raise Invalid(SENSELESS)
    if parts["FREQ"] == "DAILY" and parts.get("INTERVAL", "1") != "1" and {"BYDAY", "BYMONTH"} & parts.keys():
        raise Invalid(INTRICATE)
    if "BYMONTHDAY" in parts and (numbered or "BYSETPOS" in parts):
        raise Invalid(INTRICATE)
    if "BYSETPOS" in parts and ("BYDAY" not in parts or numbered):
        raise Invalid(SENSELESS)
    if {"BYMONTH", "BYMONTHDAY"} <= parts.keys():
        months = [int(month) for month in parts["BYMONTH"].split(",")]
        dates = [abs(int(day)) for day in parts["BYMONTHDAY"].split(",")]
        if not any(date <= monthrange(2024, month)[1] for month, date in product(months, dates)):
            raise Invalid(NEVER)
