"""Which calendars a person wants to count, whatever is shown elsewhere."""

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from integrations.store.owned import Store
from integrations.store.tables import Elsewhere


class CalendarChoice(Elsewhere):
    """What a person said about one calendar; what they said nothing about is as its keeper has it."""

    __tablename__ = "calendar_choices"
    __table_args__ = (UniqueConstraint("person_id", "calendar"),)

    calendar: Mapped[str]
    shown: Mapped[bool] = mapped_column()


class Choices(Store[CalendarChoice]):
    """One person's."""

    row = CalendarChoice

    async def chosen(self) -> dict[str, bool]:
        """By the calendar's id."""
        return {one.calendar: one.shown for one in await self._list(self._mine())}

    async def choose(self, calendar: str, shown: bool) -> None:
        """From now on."""
        if not await self._set(CalendarChoice.calendar == calendar, shown=shown):
            await self._keep(CalendarChoice(person_id=self._person_id, calendar=calendar, shown=shown))
