"""A calendar, watched: events that others organise are others' words, and what guests see needs leave."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from agent.audience import audience
from agent.effects import Effect
from agent.origins import Origin
from agent.trust import Trust
from integrations.calendar import Calendar, CalendarInfo, Event, EventChange, EventWritten, NewEvent, Scope, Span
from integrations.store.origins import Foreigners

KEEPER = "calendar"


class GuardedCalendar:
    """Keeps the port of calendars with another one."""

    def __init__(self, kept: Calendar, trust: Trust, foreigners: Foreigners) -> None:
        self.kept = kept
        self._trust = trust
        self._foreigners = foreigners

    async def calendars(self) -> list[CalendarInfo]:
        """All there are."""
        return await self.kept.calendars()

    async def show(self, calendar_id: str, shown: bool) -> CalendarInfo:
        """Let one count, or no longer."""
        return await self.kept.show(calendar_id, shown)

    async def as_of(self) -> datetime | None:
        """When it was last known equal to the original."""
        return await self.kept.as_of()

    async def between(self, start: datetime, end: datetime) -> list[Event]:
        """Events that touch the span; it is noted whose words they are."""
        return await self._noted(await self.kept.between(start, end))

    async def get(self, event_id: str) -> Event:
        """One event; it is noted whose words it holds."""
        return (await self._noted([await self.kept.get(event_id)]))[0]

    async def busy(self, addresses: Sequence[str], start: datetime, end: datetime) -> dict[str, list[Span] | None]:
        """When others are busy."""
        return await self.kept.busy(addresses, start, end)

    async def add(self, new: NewEvent, *, tell: bool = True) -> EventWritten:
        """Raises `Denied` for one with guests, without leave."""
        if new.guests:
            self._trust.check(Effect.OUTBOUND)
        return await self._written(await self.kept.add(new, tell=tell))

    async def change(
        self, event_id: str, change: EventChange, *, scope: Scope = "one", etag: str | None = None, tell: bool = True
    ) -> EventWritten:
        """Raises `Denied` where guests see it, without leave."""
        old = await self.get(event_id)
        if not self._trust.free and (change.guests or await audience(self.kept, old, scope)):
            self._trust.check(Effect.OUTBOUND)
        written = await self.kept.change(event_id, change, scope=scope, etag=etag, tell=tell)
        return await self._written(written, foreign=await self._foreign([old]))

    async def cancel(
        self, event_id: str, *, scope: Scope = "one", etag: str | None = None, tell: bool = True
    ) -> EventWritten:
        """Raises `Denied` without leave."""
        if not self._trust.free:
            seen = await audience(self.kept, await self.get(event_id), scope)
            self._trust.check(Effect.OUTBOUND if seen else Effect.DESTRUCTIVE)
        return await self.kept.cancel(event_id, scope=scope, etag=etag, tell=tell)

    async def revert(self, inverse: dict[str, Any], *, tell: bool = True) -> Event | None:
        """Undo one write. Whoever undoes what guests have seen asks first: only the ledger knows which that is."""
        event = await self.kept.revert(inverse, tell=tell)
        return None if event is None else (await self._noted([event]))[0]

    async def _foreign(self, events: Sequence[Event]) -> bool:
        """Whether any of them holds others' words."""
        ids = {name for event in events for name in (event.id, event.series) if name}
        return any(event.invited for event in events) or bool(await self._foreigners.among(KEEPER, ids))

    async def _noted(self, events: list[Event]) -> list[Event]:
        if events and not self._trust.tainted:
            self._trust.read(Origin.THIRD_PARTY if await self._foreign(events) else Origin.OWN)
        return events

    async def _written(self, written: EventWritten, *, foreign: bool = False) -> EventWritten:
        """A change of what holds others' words goes on holding them, also under a new name."""
        event = written.event
        if foreign:
            await self._foreigners.mark(KEEPER, [name for name in (event.id, event.series) if name])
        return written
