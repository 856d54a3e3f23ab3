"""Going through the unread mail, and what is known about the person who it was written to."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from agent.context import Context
from agent.digest.values import Known, untagged
from integrations.email import Message

UNREAD = 500
"""Unread mails that are counted."""
MOST = 100
"""Of the new ones those that are judged at once, newest first."""
SENT = 300
"""Mails of the person's own that tell whom they write to."""
REACHES_BACK = timedelta(days=7)
"""How far the first digest goes back, or one after a long absence."""
LATE = timedelta(days=1)
"""How much later than it was written a mail may come to us."""
_MATTERS = re.compile(
    r"\b(boss|manager|wife|husband|partner|spouse|girlfriend|boyfriend|fianc\w+|mother|father|mum|mom|dad|son|daughter|sister|brother|doctor|lawyer|"
    r"important|vip|priority|tell me (at once|right away|always)|always (tell|wake|show))\b",
    re.IGNORECASE,
)
_NO_NAMES = frozenset("I My The She He They Mails Mail Emails Email From When If Always Please".split())


@dataclass(frozen=True, kw_only=True)
class Looked:
    """What there is to judge. `unread` counts all that is unread; `new` are those no digest has looked at."""

    unread: list[Message]
    new: list[Message]
    looked: set[str]
    """Ids of those that were looked at."""
    known: Known
    since: datetime


async def look(ctx: Context, own_address: str | None = None, *, anew: bool = False) -> Looked:
    """Everything unread since the last digest of an earlier day, without what today's has looked at.

    `anew`: a model is there, so what only rules have looked at counts as new.
    """
    today = await ctx.digests.of(ctx.now.date())
    before = await ctx.digests.before(ctx.now.date())
    oldest = ctx.now - REACHES_BACK
    since = today.since if today else max(before.until - LATE, oldest) if before else oldest
    unread: Sequence[Message] = await ctx.mail.search("in:inbox is:unread", first=UNREAD)
    last = before if today is None or (anew and today.mind != "model") else today
    looked = set(last.looked) if last else set()
    new = [mail for mail in unread if mail.at >= since and mail.id not in looked][:MOST]
    return Looked(unread=list(unread), new=new, known=await known_to(ctx, own_address), since=since, looked=looked)


async def known_to(ctx: Context, own_address: str | None = None) -> Known:
    """Whom they write to, in which threads they wrote and when, and who they said matters."""
    sent = [mail for box in ("sent", "outbox") for mail in await ctx.mail.search(f"in:{box}", first=SENT)]
    answered: dict[str, datetime] = {}
    for mail in sent:
        answered[mail.thread] = max(mail.at, answered.get(mail.thread, mail.at))
    own = {
        untagged(address)
        for address in (own_address, ctx.person.email, *(mail.from_address for mail in sent))
        if address
    }
    return Known(
        zone=ctx.zone,
        name=ctx.person.name,
        own=frozenset(own),
        written_to=frozenset(address.lower() for mail in sent for address in (*mail.to, *mail.cc)) - own,
        answered=answered,
        dear=frozenset(
            name for memory in await ctx.memory.all() if memory.origin == "said" for name in _dear(memory.text)
        ),
    )


def _dear(text: str) -> list[str]:
    """Names and addresses in what was said of somebody who matters."""
    if not _MATTERS.search(text):
        return []
    names = [name for name in re.findall(r"\b[A-Z][\w-]+", text) if name not in _NO_NAMES]
    return [found.lower() for found in [*names, *re.findall(r"[\w.+-]+@[\w.-]+\w", text)]]
