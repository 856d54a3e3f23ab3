"""One kept appointment with all its occurrences, regular and exceptional."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from integrations.calendar import Event
from integrations.calendar.details import Details
from integrations.calendar.rules import DAY, END, Rule, moment, wall
from integrations.errors import Invalid, NotFound
from integrations.store.events import EventRow
from integrations.store.snapshots import fingerprint

STAMP = "%Y%m%dT%H%M%SZ"
MARGIN = 2 * DAY  # more than any jump of any wall clock
MISSING = "I couldn't find that event."

Exceptions = dict[str, dict[str, Any] | None]
"""By the stamp of the occurrence: what is different about it, or None when it was cancelled."""


def stamp_of(start: datetime) -> str:
    """How an occurrence is named: by when it would start if nobody had touched it."""
    return start.astimezone(UTC).strftime(STAMP)


def start_of(stamp: str) -> datetime:
    """The other way round."""
    return datetime.strptime(stamp, STAMP).replace(tzinfo=UTC)


@dataclass(frozen=True)
class Series:
    """What a row of the calendar says. Without a rule there is only `base`."""

    id: str
    base: Details
    rule: Rule | None = None
    exceptions: Exceptions = field(default_factory=dict)

    @classmethod
    def of(cls, row: EventRow) -> "Series":
        return cls(row.id, Details.of(row), Rule.parse(row.rule) if row.rule else None, row.exceptions)

    def write(self, row: EventRow) -> EventRow:
        """Make the row say so."""
        for name, value in (asdict(self.base) | {"guests": list(self.base.guests)}).items():
            setattr(row, name, value)
        row.rule = self.rule.text if self.rule else None
        row.exceptions = self.exceptions
        row.first, row.last = self.bounds()
        return row

    @property
    def _zone(self) -> ZoneInfo:
        return self.base.clock

    def walls(self, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The regular starts in [start, end): the moment, and what the rule had on the wall."""
        if self.rule is None:
            return
        first, since = wall(self.base.starts, self._zone), wall(start, self._zone) - MARGIN
        seen = set()  # a zone that skips a day has two starts at one moment
        for local in self.rule.starts(first, self._zone, since):
            if local > wall(end, self._zone) + MARGIN:
                return
            at = moment(local, self._zone)
            if start <= at < end and at not in seen:
                seen.add(at)
                yield at, local

    def starts(self, start: datetime, end: datetime) -> list[datetime]:
        """The regular starts in [start, end)."""
        return [at for at, _ in self.walls(start, end)]

    def before(self, start: datetime) -> int:
        """How many regular starts come before one of them."""
        return len(self.starts(self.base.starts, start))

    def regular(self, stamp: str) -> Details:
        """An occurrence as the rule would have it. Raises `NotFound` when the rule has none there."""
        try:
            there = self.has(stamp)
        except ValueError as error:  # no such date
            raise NotFound(MISSING) from error
        if not there:
            raise NotFound(MISSING)
        return self.base.at(start_of(stamp))

    def has(self, stamp: str) -> bool:
        """Whether the rule has an occurrence there."""
        return bool(self.starts(start_of(stamp), start_of(stamp) + timedelta(seconds=1)))

    def occurrence(self, stamp: str) -> Details:
        """An occurrence as it is. Raises `NotFound` when there is none, or it was cancelled."""
        own = self.exceptions.get(stamp, {})
        if own is None:
            raise NotFound(MISSING)
        return self.regular(stamp).with_own(own)

    def event(self, stamp: str | None = None) -> Event:
        """The whole of it, or one occurrence. Raises `NotFound`."""
        return self._event(self.base if stamp is None else self.occurrence(stamp), stamp)

    def between(self, start: datetime, end: datetime) -> list[Event]:
        """What of it touches [start, end)."""
        found: list[tuple[str | None, Details]] = [(None, self.base)]
        if self.rule is not None:
            longest = self.base.ends - self.base.starts + DAY
            regular = [stamp_of(at) for at in self.starts(start - longest, end)]
            found = [(stamp, self.base.at(start_of(stamp))) for stamp in regular if stamp not in self.exceptions]
            found += [(stamp, self.occurrence(stamp)) for stamp, own in self.exceptions.items() if own is not None]
        return [self._event(shown, stamp) for stamp, shown in found if touches(shown, start, end)]

    def bounds(self) -> tuple[datetime, datetime | None]:
        """The first and the last moment of anything that belongs to it."""
        own = [self.base.with_own(own) for own in self.exceptions.values() if own]
        first = min([self.base.starts, *(shown.starts for shown in own)])
        if self.rule is not None and self.rule.endless:
            return first, None
        last = self._last(self.rule) if self.rule is not None else wall(self.base.starts, self._zone)
        return first, max([self.base.at(moment(last, self._zone)).ends, *(shown.ends for shown in own)])

    def _last(self, rule: Rule) -> datetime:
        """No regular start comes later than this, on the wall."""
        first = wall(self.base.starts, self._zone)
        if (until := rule.until(self._zone)) is not None:
            return max(first, min(until, END))
        return max([first, *rule.starts(first, self._zone)])

    def _event(self, shown: Details, stamp: str | None) -> Event:
        zone = shown.clock
        content = asdict(shown) | {
            "id": self.id if stamp is None else f"{self.id}_{stamp}",
            "starts": shown.starts.astimezone(zone),
            "ends": shown.ends.astimezone(zone),
            "recurrence": self.rule.text if self.rule else None,
            "series": self.id if self.rule else None,
        }
        return Event(**content, etag=fingerprint(content))


def touches(shown: Details, start: datetime, end: datetime) -> bool:
    """Whether it has a part in [start, end); something without length touches where it is."""
    return shown.starts < end and (shown.ends > start or shown.starts == shown.ends == start)


def aligned(shown: Details, rule: Rule) -> Details:
    """Starting at the first time that the rule really has. Raises `Invalid` when there is none."""
    for local in rule.starts(wall(shown.starts, shown.clock), shown.clock):
        return shown.at(moment(local, shown.clock))
    raise Invalid("That would never happen.")
