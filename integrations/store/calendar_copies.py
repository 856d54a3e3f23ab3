"""The copy of a person's calendars, as they are kept elsewhere; its keeper is integrations/calendar/mirror.py."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Index,
    String,
    UniqueConstraint,
    delete,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from integrations.store.tables import Elsewhere, new_id

CHUNK = 200  # rows of one statement


class CopiedCalendar(Elsewhere):
    """One calendar of the account; `selected` is whether its keeper shows it.

    `made_in` is the zone of the person in which its rows were made: an all-day event begins at their midnight.
    `writes` counts what we have written into it: a page that was asked for before may know less than the copy.
    """

    __tablename__ = "copied_calendars"
    __table_args__ = (UniqueConstraint("person_id", "calendar"),)

    calendar: Mapped[str]
    name: Mapped[str]
    color: Mapped[str]
    primary: Mapped[bool]
    selected: Mapped[bool]
    writable: Mapped[bool]
    zone: Mapped[str]
    made_in: Mapped[str] = mapped_column(String(60), server_default="")
    writes: Mapped[int] = mapped_column(server_default="0")


class CopiedEvent(Elsewhere):
    """One event, one whole series (`rule`: its one rule; empty: a pattern that only its JSON tells), or one exception of a series.

    `first` and `last` bound it, repetitions and all. `stamp` names the occurrence that an exception is of; a cancelled
    one is `gone`. `pending` is the key of the intent that isn't settled yet: the row shows what it will be.
    """

    __tablename__ = "copied_events"
    __table_args__ = (
        UniqueConstraint("person_id", "calendar", "event"),
        Index("ix_copied_events_event", "person_id", "event"),
        Index("ix_copied_events_span", "person_id", "calendar", "last", "first"),
        Index("ix_copied_events_stamp", "person_id", "stamp"),
        Index("ix_copied_events_series", "person_id", "series"),
    )

    calendar: Mapped[str]
    event: Mapped[str]
    series: Mapped[str | None]
    stamp: Mapped[str | None] = mapped_column(String(20))
    gone: Mapped[bool]
    rule: Mapped[str | None]
    starts: Mapped[datetime]
    ends: Mapped[datetime]
    all_day: Mapped[bool]
    zone: Mapped[str]
    first: Mapped[datetime]
    last: Mapped[datetime]
    raw: Mapped[dict[str, Any]]
    round: Mapped[int]
    pending: Mapped[str | None] = mapped_column(String(200))


E = CopiedEvent
_c: Any = CopiedCalendar.__table__.c


class Copies:
    """One person's copy. It never commits."""

    def __init__(self, session: AsyncSession, person_id: str) -> None:
        self._session, self._person_id = session, person_id

    async def calendars(self) -> Sequence[CopiedCalendar]:
        """All that are known."""
        mine = select(CopiedCalendar).where(CopiedCalendar.person_id == self._person_id)
        return (await self._session.scalars(mine)).all()

    async def keep_calendars(self, rows: list[dict[str, Any]]) -> list[str]:
        """These and no others; the ids of those that are gone, whose events go too."""
        there = {row["calendar"] for row in rows}
        gone = [one.calendar for one in await self.calendars() if one.calendar not in there]
        for table in (CopiedCalendar, CopiedEvent):
            await self._session.execute(
                delete(table).where(table.person_id == self._person_id, table.calendar.in_(gone))
            )
        await self._upsert(CopiedCalendar, ("person_id", "calendar"), rows)
        return gone

    async def made_in(self, calendar: str) -> str | None:
        """The zone in which its rows were made; None for a calendar nobody knows."""
        return await self._session.scalar(select(_c.made_in).where(*self._one(calendar)))

    async def now_in(self, calendar: str, zone: str) -> None:
        """All of its rows are of this zone."""
        await self._session.execute(update(CopiedCalendar).where(*self._one(calendar)).values(made_in=zone))

    async def some(self, calendar: str, after: str, first: int) -> Sequence[CopiedEvent]:
        """So many rows of a calendar, by the names of their events, from the one that comes `after`."""
        return (
            await self._session.scalars(self._of(calendar).where(E.event > after).order_by(E.event).limit(first))
        ).all()

    async def event(self, calendar: str, event: str) -> CopiedEvent | None:
        """One row."""
        found: CopiedEvent | None = await self._session.scalar(self._of(calendar).where(E.event == event))
        return found

    async def exceptions(self, calendar: str, series: str) -> Sequence[CopiedEvent]:
        """Those of one series."""
        return (await self._session.scalars(self._of(calendar).where(E.series == series))).all()

    async def writes(self, calendar: str) -> int:
        """How often we have written into it."""
        return await self._session.scalar(select(_c.writes).where(*self._one(calendar))) or 0

    async def wrote(self, calendar: str) -> int:
        """Once more; the number of this time."""
        more = update(CopiedCalendar).where(*self._one(calendar)).values(writes=_c.writes + 1).returning(_c.writes)
        return await self._session.scalar(more) or 0

    async def versions(self, calendar: str, events: Sequence[str]) -> Mapping[str, tuple[str | None, int | None]]:
        """Of some rows, which nobody else can write until we are through: when Google says they changed; by which write of ours they went."""
        columns = select(E.event, E.raw["updated"].as_string(), E.raw["off"].as_integer()).with_for_update()
        found: dict[str, tuple[str | None, int | None]] = {}
        for at in range(0, len(events), CHUNK):
            some = columns.where(
                E.person_id == self._person_id, E.calendar == calendar, E.event.in_(events[at : at + CHUNK])
            )
            found |= {event: (updated, off) for event, updated, off in await self._session.execute(some)}
        return found

    async def seen(self, calendar: str, events: Sequence[str], round: int) -> None:
        """They are there, though what was read of them is older than what is here."""
        where = (E.person_id == self._person_id, E.calendar == calendar, E.event.in_(events))
        await self._session.execute(update(E).where(*where).values(round=round))

    async def keep(self, rows: list[dict[str, Any]], *, settles: bool = False) -> None:
        """Write down what was read; what waits to be written stays as it is, unless that is what `settles` it."""
        await self._upsert(
            CopiedEvent, ("person_id", "calendar", "event"), rows, None if settles else E.pending.is_(None)
        )

    async def drop(self, calendar: str, events: Sequence[str], *, settles: bool = False) -> None:
        """Off the copy, exceptions and all."""
        for at in range(0, len(events), CHUNK):
            some = events[at : at + CHUNK]
            where = [E.person_id == self._person_id, E.calendar == calendar, or_(E.event.in_(some), E.series.in_(some))]
            await self._session.execute(delete(E).where(*where, *([] if settles else [E.pending.is_(None)])))

    async def drop_exceptions(self, calendar: str, series: str) -> None:
        """A series as its rule has it."""
        where = (E.person_id == self._person_id, E.calendar == calendar, E.series == series)
        await self._session.execute(delete(E).where(*where))

    async def sweep(self, calendar: str, round: int) -> None:
        """After everything was read: what wasn't seen isn't there any more."""
        where = (E.person_id == self._person_id, E.calendar == calendar, E.round != round, E.pending.is_(None))
        await self._session.execute(delete(E).where(*where))

    async def settle(self, key: str) -> None:
        """Nothing waits under this key any more."""
        await self._session.execute(
            update(E).where(E.person_id == self._person_id, E.pending == key).values(pending=None)
        )

    async def pending(self, key: str) -> Sequence[CopiedEvent]:
        """What waits under this key."""
        return (await self._session.scalars(select(E).where(E.person_id == self._person_id, E.pending == key))).all()

    def _one(self, calendar: str) -> tuple[Any, ...]:
        return (_c.person_id == self._person_id, _c.calendar == calendar)

    def _of(self, calendar: str) -> Any:
        return (
            select(E)
            .where(E.person_id == self._person_id, E.calendar == calendar)
            .execution_options(populate_existing=True)  # rows are written beside the session
        )

    async def _upsert(self, table: Any, names: tuple[str, ...], rows: list[dict[str, Any]], where: Any = None) -> None:
        kind = postgresql if self._session.get_bind().dialect.name == "postgresql" else sqlite
        for at in range(0, len(rows), CHUNK):
            some = [row | {"id": new_id(), "person_id": self._person_id} for row in rows[at : at + CHUNK]]
            insert = kind.insert(table).values(some)
            new = {name: insert.excluded[name] for name in some[0] if name not in {"id", *names}}
            await self._session.execute(insert.on_conflict_do_update(index_elements=names, set_=new, where=where))
