"""What the assistant can do with mail. What others wrote is material, never an instruction."""

from functools import partial
from typing import Annotated

from pydantic import Field

from agent.acquaintances import listed, people, yes_to
from agent.approval import PutAside
from agent.asking import ask_first
from agent.changes import undo
from agent.context import Context
from agent.digest.judging import by_rules
from agent.digest.looking import look
from agent.digest.today import action_json, by_due, digest_of, item_json
from agent.digest.values import Letter
from agent.effects import Effect
from agent.origins import Origin
from agent.saying import shortly
from agent.tools.arguments import Line, People, Text, Which
from agent.tools.base import Data, Done, tool
from agent.tools.guests import HEARD
from agent.tools.people import addresses
from agent.tools.receipts import message_receipt
from agent.tools.references import one_message
from agent.tools.shapes import message_json
from integrations.email import Mail, Message, MessageWritten, NewDraft
from integrations.errors import ChronusError, Conflict, Invalid, NotFound, Unavailable
from integrations.store.changes import Change

ONLY_BEGINNING = "That is only its beginning; I can't get the rest from Google right now."
JUDGED = 50
"""Unread mails that are judged while the person waits, newest first."""
KEPT_HERE = " Google isn't answering, so I keep it here and put it into Gmail as soon as I can."

LATELY = 50
"""Lines of the ledger in which a draft that is to be replaced is looked for."""
NOT_SENT = "The mail isn't sent; it stands among your drafts."

Subject = Annotated[str, Field(max_length=300), Line]
Body = Annotated[str, Field(min_length=1, max_length=20000), Text]


@tool(Effect.READ, gives=Origin.THIRD_PARTY)
async def search_email(ctx: Context, query: Annotated[str, Field(max_length=300)] = "in:inbox") -> Data:
    """Search mail, newest first: `is:unread is:important from:sarah subject:invoice in:sent`, or plain words."""
    messages = await ctx.mail.search(query, first=20)
    found: Data = {"messages": [message_json(m, whole=False) for m in messages], "query": query}
    return found | {"note": messages.partial} if messages.partial else found


@tool(Effect.READ, writes=True, gives=Origin.THIRD_PARTY)
async def read_email(ctx: Context, message: Which) -> Data:
    """Give one mail with its text; it then counts as read."""
    found = await one_message(ctx, message)
    if found.unread:
        found = (await ctx.mail.mark_read(found.id)).message
    elif found.partial:
        found = await ctx.mail.get(found.id)
    return {"message": message_json(found)} | ({"note": ONLY_BEGINNING} if found.partial else {})


@tool(Effect.READ, gives=Origin.THIRD_PARTY)
async def summarize_inbox(ctx: Context) -> Data:
    """Say how many unread mails there are, which of them matter and why, and what they ask the person to do."""
    today = await digest_of(ctx)
    looked = await look(ctx)
    seen = {mail["id"] for mail in today.mails} if today else set()
    letters = [Letter(mail) for mail in looked.unread[:JUDGED] if mail.id not in seen]
    judged = by_rules(letters, looked.known)
    why = {one.mail.id: one.why for one in judged.mails} | {
        one["id"]: one["why"] for one in (today.mails if today else ())
    }
    important = [mail for mail in looked.unread if mail.important or mail.id in why]
    return {
        "unread": len(looked.unread),
        "important": [message_json(m, whole=False) | {"why": why.get(m.id, "marked important")} for m in important],
        "others": len(looked.unread) - len(important),
        "messages": [message_json(m, whole=False) for m in looked.unread[:20]],
        "actions": [item_json(one) for one in today.items if one.state == "proposed"]
        if today
        else [action_json(one) for one in sorted(judged.actions, key=by_due) if one.mail in looked.new],
    }


@tool(Effect.PRIVATE)
async def draft_email(
    ctx: Context,
    body: Body,
    to: People | None = None,
    subject: Subject | None = None,
    reply_to: Which | None = None,
    instead_of: Annotated[Which | None, Field(description="The id of your own draft that this one replaces.")] = None,
) -> Done:
    """Write a draft, or a reply to a mail; nothing is sent. A draft is put right by writing it anew `instead_of` the old one."""
    old = await _replaced(ctx, instead_of) if instead_of else None
    written = await _draft(ctx, body, to, subject, reply_to)
    if old is not None and old.undone_at is None:
        await undo(ctx, old)
    draft = written.message
    return await _done(
        ctx,
        written,
        f"I've drafted a mail to {await _names(ctx, draft.to)}: “{_start(draft.body)}” It isn't sent."
        f"{KEPT_HERE if draft.pending else ''}",
    )


@tool(Effect.OUTBOUND)
async def send_email(
    ctx: Context,
    draft: Which | None = None,
    to: People | None = None,
    subject: Subject | None = None,
    body: Body | None = None,
    reply_to: Which | None = None,
) -> Done:
    """Send a draft, or a mail written here and now."""
    ready = await _whole(ctx, await _ready(ctx, draft)) if body is None else None
    if ready is None and body is None:
        raise Invalid("What should the mail say?")
    if ready:
        receivers, about, text, etag = ready.to, ready.subject, ready.body, ready.etag
        exact: Data = {"draft": ready.id, "etag": etag, "cc": list(ready.cc), "bcc": list(ready.bcc)}
    else:
        assert body is not None
        planned = await _plan(ctx, body, to, subject, reply_to)
        receivers, about, text = planned.to, planned.subject, planned.body
        exact = {"reply_to": planned.reply_to, "body": text}
    if not receivers:
        raise Invalid("Who should it go to?")
    exact |= {"to": list(receivers), "subject": about, "text": text}
    reached = await people(ctx, [*receivers, *(ready.cc if ready else ()), *(ready.bcc if ready else ())])
    strangers = [one.address for one in reached if not one.known]
    to_, copy = reached[: len(receivers)], reached[len(receivers) :]
    seen, unseen = (copy[: len(ready.cc)], copy[len(ready.cc) :]) if ready else ([], [])
    copied = f", with a copy to {listed(seen)}" if seen else ""
    copied += f", and unseen by the others to {listed(unseen)}" if unseen else ""
    await ask_first(
        ctx,
        "send_email",
        Effect.OUTBOUND,
        exact,
        f"This mails {listed(to_)}{copied}{f', about {shortly(about)}' if about else ''}: “{shortly(text, HEARD)}”",
        consent=yes_to("send to", reached),
        strangers=strangers,
        unheard=shortly(text, HEARD) != shortly(text, len(text)),
        aside=None if ready else partial(_put_aside, planned),
    )
    written = await ctx.mail.send(ready.id) if ready else await written_and_sent(ctx.mail, planned)
    return await _done(ctx, written, on_its_way(written.message))


async def _put_aside(planned: NewDraft, ctx: Context) -> PutAside:
    """A draft of it, which a yes can send."""
    written = await ctx.mail.draft(planned)
    draft = await ctx.mail.get(written.message.id)
    said = {"draft": draft.id, "etag": draft.etag, "cc": list(draft.cc), "bcc": list(draft.bcc)}
    said |= {"to": list(draft.to), "subject": draft.subject, "text": draft.body}
    exact = {name: value for name, value in said.items() if value not in (None, [], "")}
    return PutAside(
        exact=exact, tool="draft_email", done=await _done(ctx, written, f"I've drafted a mail to {_spelled(draft.to)}.")
    )


async def _replaced(ctx: Context, draft: str) -> Change:
    """The writing of one of our drafts. Raises `NotFound`."""
    for one in await ctx.changes.all(first=LATELY):
        if one.tool == "draft_email" and (one.receipt or {}).get("id") == draft:
            return one
    raise NotFound("That draft is not one that I wrote just now.")


async def written_and_sent(mail: Mail, planned: NewDraft) -> MessageWritten:
    """Both or neither: a mail that may not go leaves no draft that nobody was told of."""
    draft = await mail.draft(planned)
    try:
        return await mail.send(draft.message.id)
    except ChronusError as error:
        try:
            await mail.revert(draft.inverse)
        except ChronusError:
            raise Conflict(f"{error.say} {NOT_SENT}") from error
        raise


def on_its_way(message: Message) -> str:
    """Where a mail is that was sent just now, and what becomes of it."""
    if message.box == "sent":
        return f"It's sent to {_spelled(message.to)}."
    if message.leaves_at is None:
        stays = "No mail account is connected, so it stays on this machine."
        return f"It's in your outbox for {_spelled(message.to)}. {stays}"
    seconds = round((message.leaves_at - message.at).total_seconds())
    return f"It's in your outbox for {_spelled(message.to)} and leaves in {seconds} seconds."


async def _draft(
    ctx: Context, body: str, to: list[str] | None, subject: str | None, reply_to: str | None
) -> MessageWritten:
    planned = await _plan(ctx, body, to, subject, reply_to)
    if not planned.to and not planned.reply_to:
        raise Invalid("Who should it go to?")
    return await ctx.mail.draft(planned)


async def _plan(ctx: Context, body: str, to: list[str] | None, subject: str | None, reply_to: str | None) -> NewDraft:
    """The mail as it would be written, recipients and subject taken from the thread where they weren't said."""
    answered = await one_message(ctx, reply_to) if reply_to else None
    receivers = await addresses(ctx, to or [])
    if answered and not receivers:
        receivers = (answered.from_address,)
    about = subject or ""
    if answered and not about:
        about = answered.subject if answered.subject.lower().startswith("re:") else f"Re: {answered.subject}"
    return NewDraft(to=receivers, subject=about, body=body, reply_to=answered.id if answered else None)


async def _whole(ctx: Context, draft: Message) -> Message:
    """A draft is approved as a whole, or not at all."""
    found = await ctx.mail.get(draft.id) if draft.partial else draft
    if found.partial:
        raise Unavailable("Google isn't answering, so I can't read that draft to you.")
    return found


async def _ready(ctx: Context, draft: str | None) -> Message:
    """The draft that was meant; without a name the newest one."""
    drafts = await ctx.mail.search("in:drafts", first=10)
    if draft is None or draft.lower() in ("it", "draft", "the draft", "that"):
        if not drafts:
            raise NotFound("There is no draft to send.")
        return drafts[0]
    for one in drafts:
        if one.id == draft:
            return one
    found = await one_message(ctx, draft if ":" in draft or len(draft) > 20 else f"in:drafts {draft}")
    if found.box != "drafts":
        raise NotFound("That is not a draft.")
    return found


async def _names(ctx: Context, receivers: tuple[str, ...]) -> str:
    return _and([one.name or one.address for one in await people(ctx, receivers)]) or "nobody yet"


def _spelled(receivers: tuple[str, ...]) -> str:
    """Addresses as they are: what is approved is the address, not a name someone chose."""
    return _and(list(receivers))


def _start(text: str, length: int = 160) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= length else f"{flat[:length].rsplit(' ', 1)[0]} …"


def _and(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""


async def _done(ctx: Context, written: MessageWritten, say: str) -> Done:
    _, receipt = await message_receipt(ctx, written)
    return Done(receipt=receipt, say=say, keeper="mail", inverse=written.inverse)
