"""Whose reminders are due: one question across all people, asked every second."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from integrations.store.reminders import Reminder


async def due_reminders(session: AsyncSession, now: datetime, n: int) -> dict[str, list[str]]:
    """People and ids of up to `n` of their reminders that are due, whose ringing isn't owed yet, longest due first."""
    unasked = or_(Reminder.owed_for.is_(None), Reminder.owed_for != Reminder.due)
    open_ones = Reminder.rung_at.is_(None), Reminder.cancelled_at.is_(None)
    query = select(Reminder.person_id, Reminder.id).where(*open_ones, Reminder.due <= now, unasked)
    found: dict[str, list[str]] = {}
    for row in await session.execute(query.order_by(Reminder.due).limit(n)):
        found.setdefault(row.person_id, []).append(row.id)
    return found


async def ringing_is_owed(session: AsyncSession, ids: Sequence[str]) -> None:
    """These aren't due any more, until they are put off to another time."""
    done = update(Reminder).where(Reminder.id.in_(ids)).values(owed_for=Reminder.due)
    await session.execute(done, execution_options={"synchronize_session": False})
