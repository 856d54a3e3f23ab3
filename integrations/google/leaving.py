"""What goes lost with an account: what was to be written there, and never got there."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from integrations.store.intents import Intents
from integrations.store.mail_copies import MailCopy

KINDS = {
    "calendar": ("a change to your calendar", "{} changes to your calendar"),
    "tasks": ("a change to your tasks", "{} changes to your tasks"),
    "send": ("a mail in your outbox", "{} mails in your outbox"),
    "draft": ("a draft", "{} drafts"),
}
"""In the order in which they are told; whether a mail counts as read is not worth telling."""


@dataclass(frozen=True, kw_only=True)
class Unsent:
    """How many of each kind wait."""

    counts: dict[str, int]

    def __bool__(self) -> bool:
        return bool(self.counts)

    @property
    def words(self) -> str:
        """Such as "2 changes to your calendar and a mail in your outbox"."""
        named = [
            (one if self.counts[kind] == 1 else many.format(self.counts[kind]))
            for kind, (one, many) in KINDS.items()
            if kind in self.counts
        ]
        return " and ".join(filter(None, [", ".join(named[:-1]), *named[-1:]]))


async def unsent(session: AsyncSession, person_id: str) -> Unsent:
    """What of this person's isn't with Google yet, as far as we know; drafts that are kept here alone too."""
    waiting = [one.act if one.keeper == "mail" else one.keeper for one in await Intents(session, person_id).open()]
    here = select(MailCopy.id).where(
        MailCopy.person_id == person_id, MailCopy.box == "drafts", MailCopy.gmail_id.is_(None)
    )
    drafts = len((await session.scalars(here)).all())
    counts = {kind: waiting.count(kind) for kind in KINDS} | {"draft": drafts}
    return Unsent(counts={kind: count for kind, count in counts.items() if count})
