"""Keeping what was judged as the digest of the day, beside what stood there before."""

from datetime import datetime
from typing import Any

from agent.context import Context
from agent.digest.judging import by_rules
from agent.digest.looking import Looked, look
from agent.digest.saying import say_digest
from agent.digest.today import Digest, digest_of
from agent.digest.values import Action, Judgement, Letter
from integrations.store.digests import Mind


async def keep(ctx: Context, looked: Looked, judged: Judgement, mind: Mind) -> Digest:
    """Mails that were read meanwhile go, things to do stay as they were decided, and the sentences are written anew."""
    today = await ctx.digests.of(ctx.now.date())
    unread, fresh = {mail.id for mail in looked.unread}, _mails(judged)
    again = {mail.id for mail in looked.new}
    before = [one for one in today.mails if one["id"] in unread - again] if today else []
    digest = await ctx.digests.put(
        ctx.now.date(),
        since=looked.since,
        until=ctx.now,
        unread=len(looked.unread),
        say="",
        mails=sorted([*before, *fresh], key=_pressing),
        looked=sorted(unread & (looked.looked | again)),
        mind=mind if looked.new or not today else today.mind,
        written_at=ctx.now,
    )
    await ctx.digests.propose(digest, [_proposed(action, looked) for action in judged.actions], ctx.now)
    return await say(ctx)


async def by_rules_now(ctx: Context) -> Digest:
    """Today's digest within a piece of work that can't wait for a model; a model may look again later."""
    if (digest := await digest_of(ctx)) is not None:
        return digest
    looked = await look(ctx)
    return await keep(ctx, looked, by_rules([Letter(mail) for mail in looked.new], looked.known), "rules")


async def say(ctx: Context) -> Digest:
    """Today's digest with its sentences as things stand now."""
    digest = await digest_of(ctx)
    assert digest is not None
    own = [item for item in digest.items if item.digest_id == digest.id]
    words = say_digest(
        digest.unread,
        [(mail["from"], mail["subject"]) for mail in digest.mails],
        [(item.text, item.due) for item in own if item.state == "proposed"],
        added=[(item.text, item.due) for item in own if item.state == "added"],
        today=ctx.now.date(),
        instead=digest.mind == "rules instead",
    )
    await ctx.digests.put(digest.date, say=words)
    ctx.changed("digest")
    return await digest_of(ctx) or digest


def _proposed(action: Action, looked: Looked) -> dict[str, Any]:
    mail = action.mail
    return {
        "key": action.key,
        "text": action.text,
        "due": action.due,
        "quote": action.quote,
        "mail_id": mail.id,
        "mail_from": mail.from_name or mail.from_address,
        "mail_subject": mail.subject,
        "known": looked.known.knows(mail),
    }


def _mails(judged: Judgement) -> list[dict[str, Any]]:
    dues = {action.mail.id: action.due.isoformat() for action in reversed(judged.actions) if action.due}
    return [
        {
            "id": one.mail.id,
            "from": _keepable(one.mail.from_name or one.mail.from_address),
            "subject": _keepable(one.mail.subject),
            "why": _keepable(one.why),
            "at": one.mail.at.isoformat(),
            "due": dues.get(one.mail.id),
        }
        for one in judged.mails
    ]


def _pressing(mail: dict[str, Any]) -> tuple[str, float]:
    """What is due soonest first, then the newest."""
    return mail["due"] or "9999", -datetime.fromisoformat(mail["at"]).timestamp()


def _keepable(text: str) -> str:
    """Without what a database can't keep within JSON."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")
