"""What of the copy of a person's calendars is about a day, asked in one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import String, Text, and_, bindparam, cast, null, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from integrations.store.calendar_copies import CopiedCalendar, CopiedEvent
from integrations.store.calendars import CalendarChoice
from integrations.store.mirrors import Mirror

_e: Any = CopiedEvent.__table__.c
_of: Any = CopiedEvent.__table__.alias("of_series")
_c: Any = CopiedCalendar.__table__.c
_said: Any = CalendarChoice.__table__.c
_copied: Any = Mirror.__table__.c
_person: Any = bindparam("person")

CALENDAR = (
    *(_c[name] for name in ("calendar", "name", "color", "primary", "selected", "writable")),
    _c.zone.label("own_zone"), _said.shown.label("chosen"), _copied.synced_at,
)  # fmt: skip
"""A calendar, with what the person said of it and when it was last equal to the original."""
EVENT = (
    *(_e[name] for name in ("event", "rule", "starts", "ends", "all_day", "zone", "pending")),
    cast(_e.raw, Text).label("raw"), _of.c.rule.label("of_rule"),
)  # fmt: skip
_calendars: Any = (
    CopiedCalendar.__table__.outerjoin(
        CalendarChoice.__table__, and_(_said.person_id == _c.person_id, _said.calendar == _c.calendar)
    ).outerjoin(
        Mirror.__table__,
        and_(_copied.person_id == _c.person_id, _copied.kind == "calendar", _copied.part == _c.calendar),
    )
)  # fmt: skip
_and_events = _calendars.outerjoin(
    CopiedEvent.__table__,
    and_(
        _e.person_id == _c.person_id, _e.calendar == _c.calendar,
        _e.last >= bindparam("start"), _e.first < bindparam("end"), _e.gone.is_(False),
    ),
).outerjoin(_of, and_(_of.c.person_id == _e.person_id, _of.c.calendar == _e.calendar, _of.c.event == _e.series))  # fmt: skip
_stamped = (_e.person_id == _person, _e.stamp >= bindparam("since"), _e.stamp <= bindparam("until"))

# built once, as building takes longer than asking; one statement, as on SQLite each is four turns of another thread
LISTED = select(*CALENDAR).select_from(_calendars).where(_c.person_id == _person)
NEAR = union_all(
    select(*CALENDAR, *EVENT, cast(null(), String).label("stamp"))
    .select_from(_and_events)
    .where(_c.person_id == _person),
    select(
        _e.calendar, *[null()] * (len(CALENDAR) - 1), _e.series, *[null()] * (len(EVENT) - 1), _e.stamp
    ).where(*_stamped),
)  # fmt: skip
STAMPS = select(_e.calendar, _e.series, _e.stamp).where(*_stamped)


@dataclass(frozen=True, kw_only=True)
class Near:
    """What there is about a day: the calendars, what may touch it (`raw` as text), and which occurrences of series are `own`."""

    calendars: list[Any]
    events: list[Any]
    own: set[tuple[str, str, str]]


class Days:
    """One person's."""

    def __init__(self, session: AsyncSession, person_id: str) -> None:
        self._session, self._person_id = session, person_id

    async def listed(self) -> Sequence[Any]:
        """The calendars alone."""
        return (await self._session.execute(LISTED, {"person": self._person_id})).all()

    async def near(self, start: datetime, end: datetime, since: str, until: str) -> Near:
        """What may touch [start, end), and which occurrences in [since, until] have something of their own."""
        given = {"person": self._person_id, "start": start, "end": end, "since": since, "until": until}
        rows = (await self._session.execute(NEAR, given)).all()
        calendars = {row.calendar: row for row in rows if row.stamp is None}
        return Near(
            calendars=list(calendars.values()),
            events=[row for row in rows if row.stamp is None and row.event is not None],
            own={(row.calendar, row.event, row.stamp) for row in rows if row.stamp is not None},
        )

    async def own(self, since: str, until: str) -> set[tuple[str, str, str]]:
        """Which occurrences in [since, until] of which series have something of their own."""
        given = {"person": self._person_id, "since": since, "until": until}
        return {tuple(row) for row in await self._session.execute(STAMPS, given)}
