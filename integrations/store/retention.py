"""How long things are kept that nobody asks for any more, and what goes with an account that is disconnected."""

from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, Delete, delete, update
from sqlalchemy.ext.asyncio import AsyncSession

from integrations.store.approvals import Approval
from integrations.store.briefings import Briefing
from integrations.store.calls import OPEN, Call
from integrations.store.digests import Digest
from integrations.store.notifications import Notification
from integrations.store.phone_messages import PhoneMessage
from integrations.store.suggestions import Suggestion

DERIVED = ("briefing", "digest", "suggestion")
"""Notifications about these quote what was read for them."""


async def forget_old(session: AsyncSession, before: datetime) -> int:
    """Drop everybody's notifications, digests, briefings, suggestions, decided approvals, calls and messages from before then; how many.

    A suggestion whose kind is still to be kept quiet stays until it isn't, and so does what became a task: that is another row.
    """
    day = before.date()
    return sum([
        await _gone(session, delete(Notification).where(Notification.at < before)),
        await _gone(session, delete(Digest).where(Digest.day < day)),
        await _gone(session, delete(Briefing).where(Briefing.day < day.isoformat())),
        await _gone(session, _suggestions_over(before)),
        await _gone(session, delete(Approval).where(Approval.status != "pending", Approval.asked_at < before)),
        await _gone(session, delete(Call).where(Call.at < before, Call.state.not_in(OPEN))),
        await _gone(session, delete(PhoneMessage).where(PhoneMessage.at < before)),
    ])  # fmt: skip


async def forget_derived(session: AsyncSession, person_id: str) -> None:
    """What was made of a person's account goes with it; the sound of briefings is swept by whoever keeps it.

    Of a suggestion they said no to only that stays: its kind is to be kept quiet.
    """
    await session.execute(delete(Briefing).where(Briefing.person_id == person_id))
    mine = Suggestion.person_id == person_id
    await session.execute(delete(Suggestion).where(mine, Suggestion.state != "dismissed"))
    blank = {"title": "", "text": "", "why": "", "task_id": None, "task_title": None}
    await session.execute(update(Suggestion).where(mine).values(**blank))
    theirs = Notification.person_id == person_id, Notification.about.in_(DERIVED)
    await session.execute(delete(Notification).where(*theirs))


def _suggestions_over(before: datetime) -> Delete:
    quiet = Suggestion.quiet_until.is_(None) | (Suggestion.quiet_until < before)
    return delete(Suggestion).where(Suggestion.at < before, Suggestion.ends < before, quiet)


async def _gone(session: AsyncSession, what: Delete) -> int:
    return cast("CursorResult[Any]", await session.execute(what)).rowcount
