"""Today's digest as others see it: the briefing, the tools, the page."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from agent.context import Context
from agent.digest.values import Action
from integrations.store.digests import Digest as Row
from integrations.store.digests import Proposal


@dataclass(frozen=True, kw_only=True)
class Digest:
    """The mail of one local day. `mails` are those that matter: `id`, `from`, `subject`, `why`, most pressing first."""

    id: str
    date: date
    say: str
    unread: int
    mails: list[dict[str, Any]]
    items: list[Proposal]
    mind: str
    written_at: datetime

    @property
    def json(self) -> dict[str, Any]:
        """For clients."""
        return {
            "id": self.id,
            "date": self.date.isoformat(),
            "say": self.say,
            "unread": self.unread,
            "mails": [{name: mail[name] for name in ("id", "from", "subject", "why")} for mail in self.mails],
            "items": [item_json(item) for item in self.items],
            "written_at": self.written_at.isoformat(),
        }


async def digest_of(ctx: Context) -> Digest | None:
    """The one of today, where it is written already."""
    row = await ctx.digests.of(ctx.now.date())
    return await _seen(ctx, row) if row else None


async def digests_of(ctx: Context) -> list[Digest]:
    """All that are kept, newest first."""
    return [await _seen(ctx, row) for row in await ctx.digests.all()]


async def _seen(ctx: Context, row: Row) -> Digest:
    return Digest(
        id=row.id,
        date=row.day,
        say=row.say,
        unread=row.unread,
        mails=list(row.mails),
        items=await ctx.digests.items(row),
        mind=row.mind,
        written_at=row.written_at.astimezone(ctx.zone),
    )


def item_json(item: Proposal) -> dict[str, Any]:
    """One thing to do with its witness; all of it is third-party text."""
    return {
        "id": item.id,
        "text": item.text,
        "due": item.due.isoformat() if item.due else None,
        "quote": item.quote,
        "mail": {"id": item.mail_id, "from": item.mail_from, "subject": item.mail_subject},
        "state": item.state,
        "task_id": item.task_id,
    }


def action_json(action: Action) -> dict[str, Any]:
    """The same of what no digest has yet; its key stands for the id it will have."""
    mail = {
        "id": action.mail.id,
        "from": action.mail.from_name or action.mail.from_address,
        "subject": action.mail.subject,
    }
    return {
        "id": action.key,
        "text": action.text,
        "due": action.due.isoformat() if action.due else None,
        "quote": action.quote,
        "mail": mail,
        "state": "proposed",
        "task_id": None,
    }


def by_due(action: Action) -> date:
    """For sorting: what is due first comes first."""
    return action.due or date.max
