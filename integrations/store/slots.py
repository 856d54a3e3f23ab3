"""What the timetable owes: many rows at once, each of which may be there already."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from integrations.store.owed import Debt
from integrations.store.people import Person
from integrations.store.tables import new_id

AT_ONCE = 500
"""Rows a statement: SQLite takes 32,766 values."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """One job for one person and slot. `missed` says why it is too late for it; then only a note of that is kept."""

    job: str
    person_id: str
    slot: str
    due: datetime
    arguments: dict[str, Any] = field(default_factory=dict)
    missed: str = ""


class Slots:
    """Everybody's."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def owe(self, wanted: Sequence[Wanted], now: datetime) -> list[tuple[str, str]]:
        """Owe what is new; ids and jobs of it, without the notes.

        A note's slot is another one than what it is about: comes the hour again on the person's clock, the work can still be owed.
        """
        owed: list[tuple[str, str]] = []
        for first in range(0, len(wanted), AT_ONCE):
            some = wanted[first : first + AT_ONCE]
            there, known = await self._there(some), await self._known(some)
            new = [
                _row(one, now)
                for one in some
                if one.person_id in there and (one.job, one.person_id, one.slot) not in known
            ]
            owed += await self._insert(new) if new else []
        return owed

    async def _there(self, wanted: Sequence[Wanted]) -> set[str]:
        """People who haven't gone meanwhile."""
        ids = sorted({one.person_id for one in wanted})
        return set(await self._session.scalars(select(Person.id).where(Person.id.in_(ids))))

    async def _known(self, wanted: Sequence[Wanted]) -> set[tuple[str, str, str]]:
        names = {one.slot for one in wanted}, {one.job for one in wanted}, {one.person_id for one in wanted}
        slots, jobs, people = (sorted(some) for some in names)
        query = select(Debt.job, Debt.person_id, Debt.slot).where(
            Debt.slot.in_(slots), Debt.job.in_(jobs), Debt.person_id.in_(people)
        )
        return {(row.job, row.person_id, row.slot) for row in await self._session.execute(query)}

    async def _insert(self, rows: list[dict[str, Any]]) -> list[tuple[str, str]]:
        insert = (sqlite if self._session.get_bind().dialect.name == "sqlite" else postgresql).insert(Debt)
        once = insert.on_conflict_do_nothing(index_elements=["job", "person_id", "slot"])
        found = await self._session.execute(once.returning(Debt.id, Debt.job, Debt.state), rows)
        return [(row.id, row.job) for row in found if row.state == "waiting"]


def _row(wanted: Wanted, now: datetime) -> dict[str, Any]:
    row = {
        "id": new_id(), "job": wanted.job, "person_id": wanted.person_id, "slot": wanted.slot, "due": wanted.due,
        "next_at": wanted.due, "arguments": wanted.arguments, "state": "waiting", "say": "", "done_at": None, "nudged_at": now,
    }  # fmt: skip
    if wanted.missed:
        row |= {"slot": f"{wanted.slot} missed", "state": "done", "say": wanted.missed, "done_at": now}
    return row
