"""Reminders, one row each."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Index, Select, text, update
from sqlalchemy.orm import Mapped, mapped_column

from integrations.errors import Conflict
from integrations.store.owned import Store
from integrations.store.sealing import Private
from integrations.store.snapshots import fingerprint
from integrations.store.tables import Owned

CHANGED = "That reminder has changed in the meantime."
TIMES = ("due", "rung_at", "cancelled_at")
_WAITING = text("rung_at IS NULL AND cancelled_at IS NULL")


class Reminder(Owned):
    """Something to be told at a time. `zone` is where the person was when they asked."""

    __tablename__ = "reminders"
    __table_args__ = (Index("ix_reminders_waiting", "due", sqlite_where=_WAITING, postgresql_where=_WAITING),)

    text: Mapped[Private]
    due: Mapped[datetime] = mapped_column(index=True)
    zone: Mapped[str] = mapped_column(default="UTC")
    owed_for: Mapped[datetime | None]
    """The time for which its ringing is owed already."""
    rung_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]


Kept = dict[str, Any]
"""What a write needs to be taken back, as JSON."""


def as_it_is(reminder: Reminder) -> Kept:
    """What the person knows of it; when its ringing was owed is our own business."""
    times = {name: getattr(reminder, name) for name in TIMES}
    return {"text": reminder.text, **{name: at and at.astimezone(UTC).isoformat() for name, at in times.items()}}


def undoing(reminder: Reminder, before: Kept | None) -> Kept:
    """What takes a write back: as it was `before` (None: not there), and a mark of how it was left."""
    return {"id": reminder.id, "before": before, "left": fingerprint(as_it_is(reminder))}


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

    async def last_rung(self, since: datetime) -> Reminder | None:
        """The one that rang last, if that was since then."""
        query = self._mine().where(Reminder.rung_at >= since, Reminder.cancelled_at.is_(None))
        return await self._session.scalar(query.order_by(Reminder.rung_at.desc(), Reminder.due.desc()).limit(1))

    async def ring(self, now: datetime, ids: Sequence[str] | None = None) -> Sequence[Reminder]:
        """Those (of these ids, if any are given) whose time has come: they have rung now, soonest due first.

        Of many callers each gets its own.
        """
        due = Reminder.rung_at.is_(None), Reminder.cancelled_at.is_(None), Reminder.due <= now
        statement = update(Reminder).where(Reminder.person_id == self._person_id, *due)
        if ids is not None:
            statement = statement.where(Reminder.id.in_(ids))
        rung = (await self._session.scalars(statement.values(rung_at=now).returning(Reminder))).all()
        return sorted(rung, key=lambda one: (one.due, one.made))

    async def snooze(self, id: str, due: datetime) -> Reminder:
        """Let it ring then, whether or not it has rung. Raises `NotFound`, and `Conflict` when it was cancelled."""
        reminder = await self.get(id)
        if reminder.cancelled_at:
            raise Conflict("That reminder is already over.")
        reminder.due, reminder.rung_at = due, None
        await self._session.flush()
        return reminder

    async def cancel(self, id: str, now: datetime | None = None) -> Reminder:
        """Raises `NotFound`, and `Conflict` when it has rung or was cancelled."""
        reminder = await self.get(id)
        if reminder.cancelled_at or reminder.rung_at:
            raise Conflict("That reminder is already over.")
        reminder.cancelled_at = now or datetime.now(UTC)
        await self._session.flush()
        return reminder

    async def change(self, id: str, *, text: str | None = None, due: datetime | None = None) -> Reminder:
        """Other words, another time. Raises `NotFound`, and `Conflict` when it has rung or was cancelled."""
        reminder = await self.get(id)
        if reminder.cancelled_at or reminder.rung_at:
            raise Conflict("That reminder is already over.")
        reminder.text, reminder.due = text or reminder.text, due or reminder.due
        await self._session.flush()
        return reminder

    async def put_back(self, kept: Kept, now: datetime) -> Reminder:
        """As it was before a write. Raises `Conflict` when it isn't as that left it."""
        query = self._mine().where(Reminder.id == kept["id"]).with_for_update()
        reminder = await self._session.scalar(query.execution_options(populate_existing=True))
        if reminder is None or fingerprint(as_it_is(reminder)) != kept["left"]:
            rung = reminder is not None and reminder.rung_at is not None
            raise Conflict("That reminder has rung meanwhile." if rung else CHANGED)
        before = kept["before"]
        if before is None:
            reminder.cancelled_at = now
        else:
            reminder.text, reminder.owed_for = before["text"], None
            for name in TIMES:
                setattr(reminder, name, before[name] and datetime.fromisoformat(before[name]))
        await self._session.flush()
        return reminder

    def _open(self) -> Select[Reminder]:
        still = self._mine().where(Reminder.rung_at.is_(None), Reminder.cancelled_at.is_(None))
        return still.order_by(Reminder.due, Reminder.made)
