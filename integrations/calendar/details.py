"""What there is to say about an appointment, checked and put in order."""

from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from integrations.calendar import EventChange, NewEvent
from integrations.calendar.rules import DAY, midnight, moment, wall
from integrations.errors import Invalid

TIMES = ("starts", "ends", "all_day", "zone")
"""What belongs together: an occurrence that has one of its own has all of its own."""


@dataclass(frozen=True, kw_only=True)
class Details:
    """Everything about one appointment except when it repeats. Times are in UTC."""

    title: str
    starts: datetime
    ends: datetime
    all_day: bool
    zone: str
    place: str
    notes: str
    guests: tuple[str, ...]

    @classmethod
    def of(cls, source: Any) -> "Details":
        """From whatever has these attributes: a new event, or a row."""
        values = {field.name: getattr(source, field.name) for field in fields(cls)}
        return cls(**values | {"guests": tuple(source.guests)})

    @property
    def clock(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    def at(self, starts: datetime) -> "Details":
        """The same, starting then and as long: whole days for an all-day event, else to the second."""
        if not self.all_day:
            return replace(self, starts=starts, ends=starts + (self.ends - self.starts))
        days = wall(self.ends, self.clock).date() - wall(self.starts, self.clock).date()
        return replace(self, starts=starts, ends=moment(midnight(wall(starts, self.clock)) + days, self.clock))

    def changed(self, change: EventChange) -> "Details":
        """With the change; a new start alone moves the end too. Raises `Invalid`."""
        moved = self.at(_whole(change.starts)) if change.starts is not None else self
        told = {field.name: getattr(change, field.name) for field in fields(self)}
        return replace(moved, **{name: value for name, value in told.items() if value is not None}).settled()

    def settled(self) -> "Details":
        """In order: known zone, aware whole seconds in UTC, whole days for an all-day event. Raises `Invalid`."""
        if not self.title.strip():
            raise Invalid("An event needs a title.")
        zone = known_zone(self.zone)
        starts, ends = _whole(self.starts), _whole(self.ends)
        if ends < starts:
            raise Invalid("That ends before it starts.")
        if self.all_day:
            starts, ends = _whole_days(wall(starts, zone), wall(ends, zone), zone)
        return replace(self, title=self.title.strip(), starts=starts, ends=ends, guests=tuple(self.guests))

    def own(self, regular: "Details") -> dict[str, Any]:
        """What is different from the regular one, as JSON."""
        mine, theirs = self.as_json(), regular.as_json()
        different = {name for name, value in mine.items() if value != theirs[name]}
        different |= set(TIMES) if different & set(TIMES) else set()
        return {name: value for name, value in mine.items() if name in different}

    def with_own(self, own: dict[str, Any]) -> "Details":
        """With what `own` gave."""
        kept: dict[str, Any] = dict(own)
        kept |= {name: datetime.fromisoformat(own[name]) for name in ("starts", "ends") if name in own}
        kept |= {"guests": tuple(own["guests"])} if "guests" in own else {}
        return replace(self, **kept)

    def as_json(self) -> dict[str, Any]:
        times = {"starts": self.starts.astimezone(UTC).isoformat(), "ends": self.ends.astimezone(UTC).isoformat()}
        return asdict(self) | times | {"guests": list(self.guests)}


def details(new: NewEvent) -> Details:
    """Of a new event. Raises `Invalid`."""
    return Details.of(new).settled()


def known_zone(name: str) -> ZoneInfo:
    """Raises `Invalid`."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Invalid("I don't know that time zone.") from error


def _whole(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise Invalid("That time has no time zone.")
    if not 1900 <= at.year < 2200:
        raise Invalid("That is too far away for my calendar.")
    return at.astimezone(UTC).replace(microsecond=0)


def _whole_days(starts: datetime, ends: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    first = midnight(starts)
    last = midnight(ends - timedelta(seconds=1)) + DAY
    return moment(first, zone), moment(max(last, first + DAY), zone)
