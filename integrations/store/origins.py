"""Where what is kept came from: things whose words are others', whoever keeps them, marked for ever."""

from collections.abc import Collection, Iterable

from sqlalchemy import String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from integrations.store.owned import Store
from integrations.store.tables import Owned


class Foreign(Owned):
    """A thing of the person's that holds others' words. A mark is never taken off: copies may still be about."""

    __tablename__ = "foreign_things"
    __table_args__ = (UniqueConstraint("person_id", "keeper", "thing"),)

    keeper: Mapped[str] = mapped_column(String(20))
    thing: Mapped[str]


class Foreigners(Store[Foreign]):
    """One person's."""

    row = Foreign

    async def mark(self, keeper: str, things: Iterable[str]) -> None:
        """From now on these count as others' words; those that do already stay so."""
        new = set(things)
        new -= await self.among(keeper, new)
        self._session.add_all(Foreign(person_id=self._person_id, keeper=keeper, thing=thing) for thing in new)
        await self._session.flush()

    async def among(self, keeper: str, things: Collection[str]) -> set[str]:
        """Those of these that hold others' words."""
        found: set[str] = set()
        every = sorted(set(things))
        for start in range(0, len(every), 500):
            some = every[start : start + 500]
            query = select(Foreign.thing).where(
                Foreign.person_id == self._person_id, Foreign.keeper == keeper, Foreign.thing.in_(some)
            )
            found |= set(await self._session.scalars(query))
        return found
