"""/v1/email: a mailbox. What others wrote is given as plain text."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import Field

from agent.effects import Effect
from agent.tools.base import Done, record
from agent.tools.email import KEPT_HERE, on_its_way
from agent.tools.shapes import message_json
from integrations.email import NewDraft
from voice.api import shapes
from voice.api.paging import Pages, page
from voice.deps import Reading, Writing

router = APIRouter(prefix="/email", tags=["email"])

Addresses = Annotated[list[shapes.Address], Field(max_length=50)]


class WriteDraft(shapes.Body):
    """With `reply_to`, the id of a message, recipient and subject default to that thread's."""

    to: Addresses = Field(default_factory=list)
    cc: Addresses = Field(default_factory=list)
    subject: Annotated[str, Field(max_length=300)] = ""
    body: Annotated[str, Field(max_length=100_000)] = ""
    reply_to: Annotated[str | None, Field(max_length=200)] = None


@router.get("/messages", response_model=shapes.Page[shapes.Message])
async def search_email(
    ctx: Reading,
    pages: Pages,
    q: Annotated[str, Query(max_length=300, description="is:unread, from:sarah, in:sent, in:outbox, plain words")] = "",
) -> Any:
    """Messages, newest first; without `q` the inbox."""
    found, following = pages.cut(await ctx.mail.search(q.strip() or "in:inbox", first=pages.reach))
    return page([message_json(message) for message in found], following)


@router.get("/messages/{message_id}", response_model=shapes.Message)
async def read_email(ctx: Reading, message_id: str) -> Any:
    """One message; looking at it here doesn't mark it as read."""
    return message_json(await ctx.mail.get(message_id))


@router.post("/drafts", status_code=201, response_model=shapes.Message)
async def draft_email(ctx: Writing, body: WriteDraft) -> Any:
    """Write a draft; nothing is sent."""
    new = NewDraft(to=tuple(body.to), cc=tuple(body.cc), subject=body.subject, body=body.body, reply_to=body.reply_to)
    written = await ctx.mail.draft(new)
    receipt = message_json(written.message)
    say = f"I've drafted a mail to {', '.join(written.message.to) or 'nobody yet'}."
    if written.message.pending:
        say += KEPT_HERE
    done = Done(receipt=receipt, say=say, keeper="mail", inverse=written.inverse)
    await record(ctx, "draft_email", body.model_dump(mode="json", exclude_unset=True), Effect.PRIVATE, done)
    return receipt


@router.post("/drafts/{draft_id}/send", response_model=shapes.Message)
async def send_email(ctx: Writing, draft_id: str) -> Any:
    """Put a draft into the outbox: your own act, so nobody asks again."""
    written = await ctx.mail.send(draft_id)
    receipt = message_json(written.message)
    done = Done(receipt=receipt, say=on_its_way(written.message), keeper="mail", inverse=written.inverse)
    await record(ctx, "send_email", {"draft": draft_id}, Effect.OUTBOUND, done)
    return receipt
