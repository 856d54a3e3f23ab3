"""Reminders, one row each."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import Select
from sqlalchemy.orm import Mapped, mapped_column

from integrations.errors import Conflict
from integrations.store.owned import Store
from integrations.store.tables import Owned


class Reminder(Owned):
    """Something to be told at a time. `zone` is where the person was when they asked."""

    __tablename__ = "reminders"

    text: Mapped[str]
    due: Mapped[datetime] = mapped_column(index=True)
    zone: Mapped[str] = mapped_column(default="UTC")
    rung_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]


class Reminders(Store[Reminder]):
    """One person's reminders."""

    row = Reminder
    missing = "I couldn't find that reminder."

    async def add(self, text: str, due: datetime, zone: str = "UTC") -> Reminder:
        """Something to be told at a time."""
        return await self._keep(Reminder(person_id=self._person_id, text=text, due=due, zone=zone))

    async def all(self, now: datetime, until: datetime | None = None) -> Sequence[Reminder]:  # noqa: ARG002, late ones count
        """Those still to ring, soonest first; one that is late is among them."""
        return await self._list(self._open() if until is None else self._open().where(Reminder.due < until))

    async def due(self, now: datetime) -> Sequence[Reminder]:
        """Those whose time has come, soonest first."""
        return await self._list(self._open().where(Reminder.due <= now))

    async def rung(self, id: str, now: datetime) -> bool:
        """Whether it was still to ring; of many callers one hears yes."""
        return await self._set(
            Reminder.id == id, Reminder.rung_at.is_(None), Reminder.cancelled_at.is_(None), rung_at=now
        )

    async def cancel(self, id: str, now: datetime | None = None) -> Reminder:
        """Raises `NotFound`, and `Conflict` when it has rung or was cancelled."""
        reminder = await self.get(id)
        if reminder.cancelled_at or reminder.rung_at:
            raise Conflict("That reminder is already over.")
        reminder.cancelled_at = now or datetime.now(UTC)
        await self._session.flush()
        return reminder

    async def restore(self, id: str) -> Reminder:
        """Take a cancellation back. Raises `NotFound`."""
        reminder = await self.get(id)
        reminder.cancelled_at = None
        await self._session.flush()
        return reminder

    def _open(self) -> Select[Reminder]:
        still = self._mine().where(Reminder.rung_at.is_(None), Reminder.cancelled_at.is_(None))
        return still.order_by(Reminder.due, Reminder.made)
