"""A repeating event of Google's with its exceptions, read as one of our series."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from dateutil.rrule import rruleset, rrulestr

from integrations.calendar import Event
from integrations.calendar.details import Details, known_zone
from integrations.calendar.google_events import (
    Home,
    Raw,
    details_of,
    event_with,
    gone,
    in_zone,
    instance_id,
    original,
)
from integrations.calendar.rules import END, MOST, Rule, moment, wall
from integrations.calendar.series import Exceptions, Series, stamp_of, start_of
from integrations.errors import Invalid
from integrations.store.snapshots import fingerprint

TOO_OFTEN = (
    "FREQ=SECONDLY",
    "FREQ=MINUTELY",
    "FREQ=HOURLY",
)  # no calendar shows such; counting them would hold everybody up
OWN_PATTERN = "That series has a pattern I can't rewrite. I can change one of its times, or what all of them say."


@dataclass(frozen=True)
class Foreign(Rule):
    """A pattern that somebody else made and that is no single rule of ours: read as it is, never rewritten."""

    lines: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Its rules, one a line."""
        return "\n".join(line.removeprefix("RRULE:") for line in self.lines)

    @property
    def endless(self) -> bool:
        """Whether one of its rules has no end."""
        return any(line.startswith("RRULE") and not ("COUNT=" in line or "UNTIL=" in line) for line in self.lines)

    def starts(self, first: datetime, zone: ZoneInfo, since: datetime | None = None) -> Iterator[datetime]:
        """On the wall, as dateutil counts."""
        for start in self._set(first, zone):
            if start >= END:
                return
            if since is None or start >= since:
                yield start

    def until(self, zone: ZoneInfo) -> datetime | None:  # noqa: ARG002
        """Only counting tells."""
        return None

    def ending(self, last: datetime) -> Rule:  # noqa: ARG002
        """Raises `Invalid`."""
        raise Invalid(OWN_PATTERN)

    def after(self, times: int) -> Rule:  # noqa: ARG002
        """Raises `Invalid`."""
        raise Invalid(OWN_PATTERN)

    def moved(self, old: datetime, new: datetime, zone: ZoneInfo) -> Rule:  # noqa: ARG002
        """Raises `Invalid`."""
        raise Invalid(OWN_PATTERN)

    def check(self, first: datetime, zone: ZoneInfo) -> None:
        """Raises `ValueError` and the like for what dateutil can't read."""
        self._set(first, zone)

    def _set(self, first: datetime, zone: ZoneInfo) -> rruleset:
        found, ruled = rruleset(), False
        for line in self.lines:
            name, _, value = line.partition(":")
            kind = name.partition(";")[0]
            if kind in {"RRULE", "EXRULE"}:
                ruled = ruled or kind == "RRULE"
                getattr(found, kind.lower())(rrulestr(_on_the_wall(value, zone), dtstart=first))
            elif kind in {"RDATE", "EXDATE"}:
                for at in dates(line, first, zone):
                    getattr(found, kind.lower())(at)
        if not ruled:
            found.rdate(first)
        return found


def rule_of(raw: Raw, base: Details) -> tuple[Rule | None, tuple[str, ...]]:
    """The rule of a series, and the stamps its EXDATEs take out."""
    lines = tuple(raw.get("recurrence", ()))
    rules = [line for line in lines if line.startswith("RRULE")]
    if not lines:
        return None, ()
    first = wall(base.starts, base.clock)
    out = [at for line in lines if line.startswith("EXDATE") for at in dates(line, first, base.clock)]
    stamps = tuple(stamp_of(moment(at, base.clock)) for at in out)
    if len(rules) == 1 and all(line.startswith(("RRULE", "EXDATE")) for line in lines):
        try:
            return Rule.parse(rules[0]), stamps
        except Invalid:
            pass
    if any(_too_often(line.upper()) for line in rules):
        raise Invalid(OWN_PATTERN)
    found = Foreign({}, tuple(line for line in lines if not line.startswith("EXDATE")))
    try:
        found.check(first, base.clock)
    except (ValueError, KeyError, TypeError) as error:
        raise Invalid(OWN_PATTERN) from error
    return found, stamps


def _too_often(line: str) -> bool:
    """More than we would count through while others wait."""
    counted = re.search(r"\bCOUNT=(\d{1,9})\b", line)
    return any(freq in line for freq in TOO_OFTEN) and (counted is None or int(counted[1]) > MOST)


def text_of(raw: Raw, zone: ZoneInfo) -> str | None:
    """The rule of a series, as it is written."""
    if not raw.get("recurrence"):
        return None
    rule, _ = rule_of(raw, details_of(raw, zone))
    return rule.text if rule else None


def dates(line: str, first: datetime, zone: ZoneInfo) -> list[datetime]:
    """What an RDATE or EXDATE line names, on the wall of `zone`; a day alone is that day's occurrence."""
    name, _, values = line.partition(":")
    tzid = next((part[5:] for part in name.split(";") if part.startswith("TZID=")), None)
    own = known_zone(tzid) if tzid else zone
    return [_date(value, first, zone, own) for value in values.split(",")]


def lines_of(rule: Rule, base: Details, out: list[str]) -> list[str]:
    """A rule of ours as Google takes it, with the stamps that it leaves out."""
    if isinstance(rule, Foreign):
        raise Invalid(OWN_PATTERN)
    parts, zone = dict(rule.parts), base.clock
    if (until := rule.until(zone)) is not None:
        parts["UNTIL"] = f"{until:%Y%m%d}" if base.all_day else f"{moment(until, zone):%Y%m%dT%H%M%SZ}"
    lines = [f"RRULE:{Rule(parts).text}"]
    if out and base.all_day:
        return [
            *lines,
            "EXDATE;VALUE=DATE:" + ",".join(f"{wall(start_of(stamp), zone):%Y%m%d}" for stamp in sorted(out)),
        ]
    return [*lines, "EXDATE:" + ",".join(sorted(out))] if out else lines


@dataclass(frozen=True)
class Whole:
    """A single event, or a repeating one with all its exceptions, as Google has them."""

    home: Home
    raw: Raw
    exceptions: Mapping[str, Raw]
    """By the stamp of the occurrence."""

    @classmethod
    def of(cls, home: Home, raw: Raw, exceptions: list[Raw]) -> "Whole":
        return cls(home, raw, {original(one, home.zone): one for one in exceptions})

    @cached_property
    def series(self) -> Series:
        """In our words; without the exceptions of occurrences that there aren't (any more)."""
        base = details_of(self.raw, self.home.zone)
        rule, out = rule_of(self.raw, base)
        bare = Series(self.raw["id"], base, rule)
        own: Exceptions = dict.fromkeys(out)
        for stamp, one in self.exceptions.items():
            if rule is None or stamp in out or not bare.has(stamp):
                continue
            mine = None if gone(one) else details_of(one, self.home.zone).own(bare.regular(stamp))
            if mine != {}:
                own[stamp] = mine
        return replace(bare, exceptions=own)

    @cached_property
    def mark(self) -> str:
        """Short, and different whenever anything a person sees of it is."""
        rule = self.series.rule
        own = {stamp: own for stamp, own in self.series.exceptions.items() if self.series.has(stamp)}
        return fingerprint([self.series.base.as_json(), rule.text if rule else None, own])

    def event(self, stamp: str | None = None) -> Event:
        """The whole of it, or one occurrence. Raises `NotFound`."""
        rule = self.series.rule
        text = rule.text if rule else None
        if stamp is None:
            series = self.raw["id"] if rule else None
            return event_with(self.series.base, self.raw, self.home, id=self.raw["id"], series=series, recurrence=text)
        own = self.exceptions.get(stamp)
        name = instance_id(self.raw, stamp, self.home.zone)
        shown, raw = self.series.occurrence(stamp), own if own and not gone(own) else self.raw
        return event_with(shown, raw, self.home, id=name, series=self.raw["id"], recurrence=text)


def settled(series: Series, zone: ZoneInfo) -> Series:
    """All-day series have no zone with Google: the same days as the person's zone has them."""
    if not series.base.all_day or series.base.zone == zone.key:
        return series
    own = {
        stamp_of(in_zone(series.base.at(start_of(stamp)), zone).starts): own for stamp, own in series.exceptions.items()
    }
    return replace(series, base=in_zone(series.base, zone), exceptions=own)


def _date(text: str, first: datetime, zone: ZoneInfo, own: ZoneInfo) -> datetime:
    if len(text) == 8:
        return datetime.combine(datetime.strptime(text, "%Y%m%d").date(), first.time())  # noqa: DTZ007
    at = datetime.strptime(text.rstrip("Z")[:15], "%Y%m%dT%H%M%S")  # noqa: DTZ007
    if text.endswith("Z"):
        return wall(at.replace(tzinfo=UTC), zone)
    return at if own.key == zone.key else wall(moment(at, own), zone)


def _on_the_wall(rule: str, zone: ZoneInfo) -> str:
    """dateutil counts without zones here: UNTIL too has to be what the wall shows."""
    parts = dict(part.partition("=")[::2] for part in rule.strip(";").split(";"))
    until = parts.get("UNTIL", "")
    if until.endswith("Z"):
        at = datetime.strptime(until, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        parts["UNTIL"] = f"{wall(at, zone):%Y%m%dT%H%M%S}"
    elif len(until) == 8:
        parts["UNTIL"] = f"{until}T235959"
    return ";".join(f"{name}={value}" for name, value in parts.items())
