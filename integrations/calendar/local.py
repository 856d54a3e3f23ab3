"""A calendar kept in our own database."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import or_
from sqlalchemy.ext.asyncio import AsyncSession

from integrations.calendar import CalendarInfo, Event, EventChange, EventWritten, NewEvent, Scope, Span
from integrations.calendar.details import details
from integrations.calendar.edits import Edit, ended_before, own_of_one, with_own
from integrations.calendar.rules import Rule
from integrations.calendar.series import MISSING, Series, aligned, start_of
from integrations.calendar.spans import order, sensible
from integrations.clock import Clock
from integrations.errors import Conflict, NotFound
from integrations.store.calendars import Choices
from integrations.store.events import EventRow
from integrations.store.snapshots import snapshot
from integrations.store.tables import new_id
from integrations.store.undoable import Undoable

MAIN = "main"
OCCURRENCE = re.compile(r"(.+)_(\d{8}T\d{6}Z)")


class LocalCalendar:
    """One person's calendar.

    The id of an occurrence names it alone; the id of a series, which `add` gives, means the
    whole series whatever the scope.
    """

    def __init__(self, session: AsyncSession, person_id: str, zone: str | ZoneInfo, clock: Clock) -> None:  # noqa: ARG002
        self._rows = Undoable(EventRow, MISSING, session, person_id)
        self._calendars = Choices(session, person_id)
        self._zone = str(zone)
        self._person_id = person_id

    async def calendars(self) -> list[CalendarInfo]:
        """There is one."""
        return [await self._info()]

    async def show(self, calendar_id: str, shown: bool) -> CalendarInfo:
        """Let it count from now on, or no longer. Raises `NotFound`."""
        if calendar_id != MAIN:
            raise NotFound("I couldn't find that calendar.")
        await self._calendars.choose(MAIN, shown)
        return await self._info()

    async def as_of(self) -> datetime | None:
        """This is the original."""
        return None

    async def _info(self) -> CalendarInfo:
        shown = (await self._calendars.chosen()).get(MAIN, True)
        return CalendarInfo(
            id=MAIN, name="Calendar", color="", primary=True, shown=shown, writable=True, zone=self._zone
        )

    async def between(self, start: datetime, end: datetime) -> list[Event]:
        """Events that touch the span [start, end), repeating ones expanded, earliest first."""
        start, end = sensible(start, end)
        if not (await self._calendars.chosen()).get(MAIN, True):
            return []
        near = await self._rows.mine(EventRow.first < end, or_(EventRow.last.is_(None), EventRow.last >= start))
        found = [event for row in near for event in Series.of(row).between(start, end)]
        return sorted(found, key=order)

    async def get(self, event_id: str) -> Event:
        """One event or occurrence. Raises `NotFound`."""
        series_id, stamp = _named(event_id)
        return Series.of(await self._rows.get(series_id)).event(stamp)

    async def busy(self, addresses: Sequence[str], start: datetime, end: datetime) -> dict[str, list[Span] | None]:  # noqa: ARG002
        """Nobody else's calendar can be seen from here."""
        return dict.fromkeys(addresses)

    async def add(self, new: NewEvent, *, tell: bool = True) -> EventWritten:  # noqa: ARG002, nobody is mailed from here
        """Put an event on the calendar; a repeating one starts at the first time that its rule has."""
        shown = details(new)
        rule = Rule.parse(new.recurrence) if new.recurrence else None
        row = await self._add(Series(new_id(), aligned(shown, rule) if rule else shown, rule))
        return self._written(row.id, Series.of(row).event(), {row.id: None}, {row.id: row})

    async def change(
        self,
        event_id: str,
        change: EventChange,
        *,
        scope: Scope = "one",
        etag: str | None = None,
        tell: bool = True,  # noqa: ARG002
    ) -> EventWritten:
        """Change one occurrence, it and those after it, or the whole series."""
        row, series, stamp = await self._current(event_id, etag)
        edit, before = Edit(series, stamp, change), {row.id: snapshot(row)}
        if stamp is None or _is_all(series, stamp, scope):
            new = edit.whole()
            await self._save(row, new)
            return self._written(event_id, new.event(edit.told_of(new)), before, {row.id: row})
        if scope == "one":
            return await self._set_one(row, series, stamp, own_of_one(series, stamp, change))
        new = edit.rest()
        await self._save(row, ended_before(series, stamp))
        added = await self._add(new)
        return self._written(
            event_id, new.event(edit.told_of(new)), before | {new.id: None}, {row.id: row, new.id: added}
        )

    async def cancel(
        self,
        event_id: str,
        *,
        scope: Scope = "one",
        etag: str | None = None,
        tell: bool = True,  # noqa: ARG002
    ) -> EventWritten:
        """Take it off the calendar."""
        row, series, stamp = await self._current(event_id, etag)
        event, before = series.event(stamp), {row.id: snapshot(row)}
        if stamp is None or _is_all(series, stamp, scope):
            await self._rows.drop(row)
            return self._written(event_id, event, before, {row.id: None})
        if scope == "one":
            return await self._set_one(row, series, stamp, None)
        await self._save(row, ended_before(series, stamp))
        return self._written(event_id, event, before, {row.id: row})

    async def revert(self, inverse: dict[str, Any], *, tell: bool = True) -> Event | None:  # noqa: ARG002
        """Undo one write. Raises `Conflict` when what was written has been touched since."""
        if "own" in inverse:
            await self._revert_one(inverse)
        else:
            await self._rows.put_back(inverse["rows"])
        try:
            return await self.get(inverse["event"])
        except NotFound:
            return None

    async def _current(self, event_id: str, etag: str | None) -> tuple[EventRow, Series, str | None]:
        series_id, stamp = _named(event_id)
        row = await self._rows.held(series_id)
        series = Series.of(row)
        if series.event(stamp).etag != (etag or series.event(stamp).etag):
            raise Conflict("That event has changed in the meantime.")
        return row, series, stamp

    async def _set_one(self, row: EventRow, series: Series, stamp: str, own: dict[str, Any] | None) -> EventWritten:
        """Only the one occurrence counts for the undo: others of the series may be changed in between."""
        was, new = series.event(stamp), with_own(series, stamp, own)
        await self._save(row, new)
        event = was if own is None else new.event(stamp)
        left = None if own is None else event.etag
        return EventWritten(
            event=event, inverse={"event": was.id, "own": series.exceptions.get(stamp, {}), "left": left}
        )

    async def _revert_one(self, inverse: dict[str, Any]) -> None:
        series_id, stamp = _named(inverse["event"])
        try:
            row = await self._rows.held(series_id)
            series = Series.of(row)
            series.regular(stamp or "")
        except NotFound as error:
            raise Conflict("That event has changed in the meantime.") from error
        gone = series.exceptions.get(stamp or "", {}) is None
        if (None if gone else series.event(stamp).etag) != inverse["left"]:
            raise Conflict("That event has changed in the meantime.")
        await self._save(row, with_own(series, stamp or "", inverse["own"]))

    async def _add(self, series: Series) -> EventRow:
        return await self._rows.add(series.write(EventRow(id=series.id, person_id=self._person_id)))

    async def _save(self, row: EventRow, series: Series) -> None:
        series.write(row)
        await self._rows.save(row)

    def _written(
        self,
        event_id: str,
        event: Event,
        before: Mapping[str, dict[str, Any] | None],
        after: Mapping[str, EventRow | None],
    ) -> EventWritten:
        return EventWritten(event=event, inverse={"event": event_id, "rows": self._rows.undo(before, after)})


def _named(event_id: str) -> tuple[str, str | None]:
    """The series and the occurrence that an id means."""
    found = OCCURRENCE.fullmatch(event_id)
    return (found[1], found[2]) if found else (event_id, None)


def _is_all(series: Series, stamp: str, scope: Scope) -> bool:
    return scope == "all" or (scope == "following" and start_of(stamp) <= series.base.starts)
