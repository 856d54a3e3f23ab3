"""What nobody asks for any more goes, and what was made of an account goes with it, on every database."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from integrations.store.approvals import Approvals
from integrations.store.briefings import Briefing, Briefings
from integrations.store.digests import Digest, DigestItem, Digests
from integrations.store.notifications import Notification, Notifications
from integrations.store.people import People
from integrations.store.retention import forget_derived, forget_old
from integrations.store.suggestions import Suggestion, Suggestions
from integrations.store.tables import Row

NOW = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


async def lived(session: AsyncSession, person_id: str, at: datetime, **more: Any) -> None:
    """One of everything that a day leaves behind."""
    day = at.date()
    digests = Digests(session, person_id)
    digest = await digests.put(
        day, since=at - DAY, until=at, unread=1, say="Dana wrote.", mails=[], looked=[], mind="rules", written_at=at
    )
    asked = {"text": "Answer Dana", "due": None, "quote": "Please.", "mail_id": "m", "mail_from": "Dana", "mail_subject": "It", "known": True}  # fmt: skip
    await digests.propose(digest, [{"key": f"{day}", **asked}], at)
    await Briefings(session, person_id).opened(day)
    await Notifications(session, person_id).keep(
        about="digest", say="Dana wrote.", link="/", key=f"digest:{day}", at=at, due_at=at
    )
    new = {"kind": "focus", "title": "Report", "text": "You are free.", "why": "Dana wants it.", "state": "open", "at": at}  # fmt: skip
    await Suggestions(session, person_id).put(
        Suggestion(fingerprint=f"{day}", starts=at, ends=at + timedelta(hours=1), **(new | more))
    )
    approvals = Approvals(session, person_id)
    one = await approvals.add(
        channel="text", tool="send_email", effect="outbound", arguments={}, digest="d", say="Send?",
        asked_at=at, expires_at=at + timedelta(minutes=1),
    )  # fmt: skip
    await approvals.decide(one.id, "declined", at)


async def left(session: AsyncSession, person_id: str) -> dict[str, int]:
    """How many of each this person has."""
    kinds: tuple[type[Row], ...] = (Digest, DigestItem, Briefing, Notification, Suggestion)
    found = {}
    for kind in kinds:
        rows = await session.scalars(select(kind).where(getattr(kind, "person_id") == person_id))  # noqa: B009
        found[kind.__name__] = len(rows.all())
    return found


async def test_days_long_past_go(session: AsyncSession) -> None:
    """Of a day before the limit nothing is left, of one after it everything; a kind is kept quiet as long as was promised."""
    me = (await People(session).owner("UTC", NOW)).id
    await lived(session, me, NOW - 100 * DAY)
    await lived(session, me, NOW - 99 * DAY, state="dismissed", quiet_until=NOW + DAY)
    await lived(session, me, NOW - 80 * DAY)

    assert await forget_old(session, NOW - 90 * DAY) == 9
    assert await left(session, me) == {"Digest": 1, "DigestItem": 1, "Briefing": 1, "Notification": 1, "Suggestion": 2}
    assert await Suggestions(session, me).quiet(NOW) == {"focus"}
    assert [one.asked_at for one in await Approvals(session, me).all()] == [NOW - 80 * DAY]
    assert await forget_old(session, NOW - 90 * DAY) == 0


async def test_what_was_made_of_an_account_goes_with_it(session: AsyncSession) -> None:
    """Briefings, notifications and the words of suggestions, of this person alone; a no stays one."""
    me = (await People(session).owner("UTC", NOW)).id
    other = (await People(session).add(zone="UTC", now=NOW)).id
    await lived(session, me, NOW)
    await lived(session, me, NOW - DAY, state="dismissed", quiet_until=NOW + DAY)
    await lived(session, other, NOW)
    before = await left(session, other)

    await forget_derived(session, me)

    kept = await left(session, me)
    assert (kept["Briefing"], kept["Notification"], kept["Suggestion"]) == (0, 0, 1)
    (no,) = await Suggestions(session, me).all()
    await session.refresh(no)
    assert (no.title, no.text, no.why, no.task_title, no.state) == ("", "", "", None, "dismissed")
    assert await left(session, other) == before
