"""A calendar, whoever keeps it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol

Scope = Literal["one", "following", "all"]
"""How much of a repeating event a change is meant for."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """One appointment, or one occurrence of a repeating one.

    Times are aware and in `zone`; `ends` is exclusive. An all-day event runs from local
    midnight to local midnight. `id` of an occurrence names that occurrence alone
    (`series` is the repeating event it belongs to). `etag` changes with every write.
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


@dataclass(frozen=True, kw_only=True)
class NewEvent:
    """What it takes to put something on a calendar. `recurrence` is an RRULE without its prefix."""

    title: str
    starts: datetime
    ends: datetime
    all_day: bool = False
    zone: str
    place: str = ""
    notes: str = ""
    guests: tuple[str, ...] = ()
    recurrence: str | None = None


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
    """

    event: Event
    inverse: dict[str, Any]


class Calendar(Protocol):
    """What the rest of the house may ask of a calendar."""

    async def between(self, start: datetime, end: datetime) -> list[Event]:
        """Events that touch the span [start, end), repeating ones expanded, earliest first."""
        ...

    async def get(self, event_id: str) -> Event:
        """One event or occurrence. Raises `NotFound`."""
        ...

    async def add(self, new: NewEvent) -> EventWritten:
        """Put an event on the calendar. Raises `Invalid` when it ends before it starts."""
        ...

    async def change(
        self, event_id: str, change: EventChange, *, scope: Scope = "one", etag: str | None = None
    ) -> EventWritten:
        """Change one occurrence, it and those after it, or the whole series.

        Raises `NotFound`, `Invalid`, and `Conflict` when `etag` is given and no longer current.
        """
        ...

    async def cancel(self, event_id: str, *, scope: Scope = "one", etag: str | None = None) -> EventWritten:
        """Take it off the calendar. Raises like `change`."""
        ...

    async def revert(self, inverse: dict[str, Any]) -> Event | None:
        """Undo one write; the event as it is now, None if it is gone again.

        Raises `Conflict` when the event was changed by someone else since.
        """
        ...
