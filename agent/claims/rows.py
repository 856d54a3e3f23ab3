"""A row of what tools gave: its words, hours, days and numbers, whatever kind of thing it is."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from agent.claims.clocks import Clock, clocks
from agent.claims.days import Day, days, minute_of
from agent.claims.numbers import lengths, numbers
from agent.claims.plain import most, plain, stems

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?")
_BREATH = re.compile(r",?\s*(?:the )?")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_NOT_TOLD = frozenset(
    "id etag series calendar source zone thread box recurrence link effect tool key task_id change_id reply_to gmail_id origin query "
    "error why_not partial".split()
)
"""Fields of a row that nobody would say."""
_AT = re.compile(r"@[\w.-]+")
"""Where an address is: it names nobody."""
_BACK = re.compile(r"\b(?:back|home|lands?)(?: \w+)? at\s*$")
""" "The bus is back at 15.30": when something is over, and when it comes."""
_TITLES = ("title", "text", "subject", "from", "guests", "list", "place", "to")


@dataclass(frozen=True)
class Row:
    """One thing as a tool gave it, or one sentence. `data` is the JSON it comes from."""

    text: str
    today: date
    zone: ZoneInfo
    data: Mapping[str, Any] = field(default_factory=dict)
    kind: str = ""

    @cached_property
    def words(self) -> frozenset[str]:
        """The stems of all its words."""
        return stems(re.sub(r"[@._/-]", " ", self.text))

    @cached_property
    def title(self) -> frozenset[str]:
        """The stems of what it is called by."""
        told = " ".join(_flat(self.data.get(name)) for name in _TITLES)
        return stems(re.sub(r"[._/-]", " ", _AT.sub(" ", told))) or self.words

    @cached_property
    def parts(self) -> Sequence[str]:
        """Its sentences; a mail's subject, and those of as much of it as is known."""
        told = plain(str(self.data.get("body") or self.data.get("snippet") or self.text))
        return [plain(str(self.data.get("subject") or "")), *re.findall(r"(?:[^.!?]|\.(?=\d))+[.!?]?", told)]

    @cached_property
    def name(self) -> str:
        """What it is called."""
        told = (self.data.get(field) for field in ("title", "text", "subject"))
        return str(next(filter(None, told), self.text))

    @cached_property
    def on_list(self) -> frozenset[str]:
        """The stems of the name of the list that it stands on."""
        return stems(_flat(self.data.get("list")))

    @cached_property
    def subject(self) -> str:
        """In lower case, where it is more than a word: any sentence may have a word."""
        told = str(self.data.get("subject") or "").lower()
        return told if " " in told.strip() else ""

    def stands_in(self, lower: str) -> bool:
        """Whether its subject stands in a text letter for letter: "Numbers for March" has no word of its own."""
        told = self.subject
        return bool(told) and told in lower and bool(re.search(rf"(?<!\w){re.escape(told)}(?!\w)", lower))

    @cached_property
    def moments(self) -> tuple[datetime, ...]:
        """Its times on the person's clock."""
        found = (_moment(value, self.zone) for value in self.data.values())
        return tuple(moment for moment in found if moment is not None)

    @cached_property
    def clocks(self) -> frozenset[int]:
        """Every minute of the day that it names."""
        told = {minute for clock in clocks(self.text) for minute in clock.minutes}
        return frozenset(told | {minute_of(moment) for moment in self.moments})

    @cached_property
    def beginnings(self) -> frozenset[int]:
        """The minutes it names without those at which something ends."""
        told = {
            minute
            for clock in clocks(self.text)
            if not clock.ends or _BACK.search(self.text[: clock.start])
            for minute in clock.minutes
        }
        return frozenset(told | {minute_of(moment) for moment in self.moments})

    @cached_property
    def dates(self) -> frozenset[date]:
        """The days it names; an event's every day."""
        found = {moment.date() for moment in self.moments}
        found |= {day for value in self.data.values() if (day := _date(value)) is not None}
        if self.whole_days and (span := self.span):
            return frozenset(day for day in _between(span[0].date(), span[1].date()))
        named = days(self.text, self.written)
        for together in _side_by_side(named, self.text):  # "on Saturday the 14th"
            found |= _one_date(together, self.written)
            if len(together) == 1 and "subject" in self.data and together[0].weekday is not None:
                found.add(_coming(together[0], self.written))
        return frozenset(found | {day.alone for day in named if day.alone} | _one_date(named, self.written))

    @property
    def written(self) -> date:
        """The day from which its "tomorrow" and "on Friday" count: a mail's is that on which it came."""
        return self.moments[0].date() if "subject" in self.data and self.moments else self.today

    @cached_property
    def weekdays(self) -> frozenset[int]:
        """Weekdays that its words name."""
        return frozenset(day.weekday for day in days(self.text, self.today) if day.weekday is not None)

    @cached_property
    def numbers(self) -> frozenset[int]:
        """All numbers in its words."""
        return numbers(self.text)

    @cached_property
    def lengths(self) -> frozenset[int]:
        """Lengths of time it has, in minutes."""
        own = {int((self.span[1] - self.span[0]).total_seconds() // 60)} if self.span else set()
        return frozenset(own | set(lengths(self.text)))

    @cached_property
    def span(self) -> tuple[datetime, datetime] | None:
        """From when to when it goes."""
        starts, ends = (_moment(self.data.get(name), self.zone) for name in ("starts", "ends"))
        return (starts, ends) if starts and ends else None

    def has(self, clock: Clock, *, loosely: bool = False) -> bool:
        """Whether it names that hour; what has a beginning and an end has each as what it is, unless `loosely`."""
        if self.span is None or loosely:
            told = self.clocks if loosely or clock.ends else self.beginnings or self.clocks
            return any(clock.means(minute) for minute in told)
        moment = self.span[1] if clock.ends else self.span[0]
        return clock.means(minute_of(moment))

    def on(self, day: Day) -> bool:
        """Whether it names that day."""
        if any(day.fits(one) for one in self.dates) or (day.said and day.said in self.text.lower()):
            return True
        return day.weekday is not None and day.weekday in self.weekdays

    @property
    def whole_days(self) -> bool:
        """Whether it has no hours."""
        return bool(self.data.get("all_day"))


def rows(content: Any, today: date, zone: ZoneInfo, kind: str) -> Iterator[Row]:
    """The rows in what a tool gave, however deep."""
    if isinstance(content, list):
        for one in content:
            yield from rows(one, today, zone, kind)
    elif isinstance(content, Mapping):
        told = " . ".join(_flat(value) for name, value in content.items() if name not in _NOT_TOLD)
        if told.strip(" .") or any(isinstance(value, str) and _MOMENT.fullmatch(value) for value in content.values()):
            yield Row(plain(told), today, zone, content, kind)
        for name, value in content.items():
            if isinstance(value, list | Mapping):
                yield from rows(value, today, zone, name)
    elif kind == "choices":
        yield Row(plain(content), today, zone, kind=kind)


def sentences(text: str, today: date, zone: ZoneInfo) -> list[Row]:
    """What was said, as rows; questions are none."""
    found = re.split(r"(?<=[.!?])\s+", plain(text))
    return [Row(one, today, zone, kind="said") for one in found if not one.endswith("?")]


def best(rows: Sequence[Row], named: Collection[str]) -> list[Row]:
    """Those that are called by most of these stems; none if none is called by any."""
    return most(rows, lambda row: len(row.title.intersection(named)))


def _side_by_side(named: Sequence[Day], text: str) -> Iterator[Sequence[Day]]:
    """Those that are told in one breath, each lot by itself."""
    lot: list[Day] = []
    for day in named:
        if lot and not _BREATH.fullmatch(text[lot[-1].end : day.start]):
            yield lot
            lot = []
        lot.append(day)
    if lot:
        yield lot


def _one_date(named: Sequence[Day], today: date) -> set[date]:
    """ "Monday the 9th": the next day that is both."""
    if len(named) < 2 or any(day.wide for day in named):
        return set()
    coming = (today + timedelta(days=away) for away in range(370))
    found = next((one for one in coming if all(day.fits(one) for day in named)), None)
    return {found} if found else set()


def _coming(day: Day, since: date) -> date:
    """The first such day."""
    return next(one for away in count() if day.fits(one := since + timedelta(days=away)))


def _moment(value: Any, zone: ZoneInfo) -> datetime | None:
    """A time, if it is one; what others wrote may only look like one."""
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        return None
    try:
        return datetime.fromisoformat(value).astimezone(zone)
    except (ValueError, OverflowError):
        return None


def _date(value: Any) -> date | None:
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _flat(value: Any) -> str:
    if isinstance(value, str):
        return "" if _MOMENT.fullmatch(value) or _DATE.fullmatch(value) else value[:20_000]
    if isinstance(value, list):
        return ", ".join(_flat(one) for one in value if isinstance(one, str))
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def _between(first: date, after: date) -> Iterator[date]:
    while first < after:
        yield first
        first += timedelta(days=1)
