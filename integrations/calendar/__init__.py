"""A calendar, whoever keeps it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal, Protocol

Scope = Literal["one", "following", "all"]
"""How much of a repeating event a change is meant for."""
Span = tuple[datetime, datetime]
"""From, and until before."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """One appointment, or one occurrence of a repeating one.

    Times are aware and in `zone`; `ends` is exclusive. An all-day event runs from local
    midnight to local midnight. `id` of an occurrence names that occurrence alone
    (`series` is the repeating event it belongs to). `etag` changes with every write.
    `busy`: whether it takes up the person's time. `link` is where to meet on a screen.
    `pending`: it waits to be written where it belongs, and isn't there yet as far as we know.
    `invited`: somebody else organises it, or may change it: its words are theirs.
    """

    id: str
    title: str
    starts: datetime
    ends: datetime
    all_day: bool = False
    zone: str = "UTC"
    place: str = ""
    notes: str = ""
    guests: tuple[str, ...] = ()
    recurrence: str | None = None
    calendar: str = "main"
    source: str = "local"
    series: str | None = None
    etag: str = ""
    busy: bool = True
    link: str = ""
    pending: bool = False
    invited: bool = False

    def as_json(self) -> dict[str, Any]:
        """As minds and clients see it: times in ISO 8601 with the offset of the event's own zone."""
        times = {"starts": self.starts.isoformat(), "ends": self.ends.isoformat()}
        return asdict(self) | times | {"guests": list(self.guests)}


@dataclass(frozen=True, kw_only=True)
class NewEvent:
    """What it takes to put something on a calendar. `recurrence` is an RRULE without its prefix.

    `meet` asks for a place to meet on a screen; who has none to give leaves it out.
    """

    title: str
    starts: datetime
    ends: datetime
    all_day: bool = False
    zone: str
    place: str = ""
    notes: str = ""
    guests: tuple[str, ...] = ()
    recurrence: str | None = None
    meet: bool = False


@dataclass(frozen=True, kw_only=True)
class EventChange:
    """What should become different; None leaves a field as it is."""

    title: str | None = None
    starts: datetime | None = None
    ends: datetime | None = None
    all_day: bool | None = None
    zone: str | None = None
    place: str | None = None
    notes: str | None = None
    guests: tuple[str, ...] | None = None
    recurrence: str | None = None


@dataclass(frozen=True, kw_only=True)
class EventWritten:
    """The event as read back after a write (after a cancel: as it was), and what would put it back.

    `inverse` is JSON that only the keeper who made it understands; give it to `revert`.
    Of a `pending` event: it waits for its keeper, or, if `unsure`, nobody knows whether it got through.
    """

    event: Event
    inverse: dict[str, Any]
    unsure: bool = False


@dataclass(frozen=True, kw_only=True)
class CalendarInfo:
    """One of the calendars a person has; `shown` ones count when they ask what is on."""

    id: str
    name: str
    color: str
    primary: bool
    shown: bool
    writable: bool
    zone: str


class Calendar(Protocol):
    """What the rest of the house may ask of a calendar.

    `tell`: whether guests get a mail of what is written, where whoever keeps it sends any; what they see in their own
    calendars changes either way.
    """

    async def calendars(self) -> list[CalendarInfo]:
        """All there are, the primary one first."""
        ...

    async def show(self, calendar_id: str, shown: bool) -> CalendarInfo:
        """Let one count from now on, or no longer. Raises `NotFound`."""
        ...

    async def as_of(self) -> datetime | None:
        """When what is read here was last known equal to the original; None: it is the original."""
        ...

    async def between(self, start: datetime, end: datetime) -> list[Event]:
        """Events that touch the span [start, end), repeating ones expanded, earliest first."""
        ...

    async def get(self, event_id: str) -> Event:
        """One event or occurrence. Raises `NotFound`."""
        ...

    async def busy(self, addresses: Sequence[str], start: datetime, end: datetime) -> dict[str, list[Span] | None]:
        """When others are busy; None for those of whom nobody says: that isn't the same as free."""
        ...

    async def add(self, new: NewEvent, *, tell: bool = True) -> EventWritten:
        """Put an event on the calendar. Raises `Invalid` when it ends before it starts."""
        ...

    async def change(
        self, event_id: str, change: EventChange, *, scope: Scope = "one", etag: str | None = None, tell: bool = True
    ) -> EventWritten:
        """Change one occurrence, it and those after it, or the whole series.

        Raises `NotFound`, `Invalid`, and `Conflict` when `etag` is given and no longer current.
        """
        ...

    async def cancel(
        self, event_id: str, *, scope: Scope = "one", etag: str | None = None, tell: bool = True
    ) -> EventWritten:
        """Take it off the calendar. Raises like `change`."""
        ...

    async def revert(self, inverse: dict[str, Any], *, tell: bool = True) -> Event | None:
        """Undo one write; the event as it is now, None if it is gone again.

        Raises `Conflict` when the event was changed by someone else since.
        """
        ...
