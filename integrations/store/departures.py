"""Who has gone, as long as something of theirs may still be elsewhere: an id that nobody bears any more."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped

from integrations.store.people import Person
from integrations.store.tables import Row


class Departure(Row):
    """One person who was deleted; its id is theirs. It goes when every shared store has forgotten them."""

    __tablename__ = "departures"

    left_at: Mapped[datetime]


class Departures:
    """Everybody's who has gone."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, person_id: str, now: datetime) -> None:
        """They go with this transaction."""
        self._session.add(Departure(id=person_id, left_at=now))
        await self._session.flush()

    async def all(self) -> Sequence[Departure]:
        """Those of whom something may be left."""
        return (await self._session.scalars(select(Departure))).all()

    async def settle(self, person_id: str) -> None:
        """Nothing of theirs is left in what all processes share."""
        await self._session.execute(delete(Departure).where(Departure.id == person_id))

    async def gone(self, people: Collection[str]) -> set[str]:
        """Those of these who aren't here any more."""
        there = await self._session.scalars(select(Person.id).where(Person.id.in_(sorted(people))))
        return set(people) - set(there)
