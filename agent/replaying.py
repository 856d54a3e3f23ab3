"""A turn that its client tells again: answered as it was, or taken up where it broke off, and nothing in it done twice."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from weakref import WeakValueDictionary

from agent.approval import pending_json
from agent.context import Context, Where
from agent.conversation import Turn, lines_of, remembered
from agent.origins import Origin
from agent.progress import Progress
from integrations.errors import Conflict
from integrations.model import Line
from integrations.model import Said as PersonSaid
from integrations.store.approvals import Approval
from integrations.store.conversations import Turn as StoredTurn

OTHER_WORDS = "Something else was said under that name before."


class OneAtATime:
    """Who tells a turn again while it is still being answered waits for that answer."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[tuple[str, str], asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def of(self, turn: Turn) -> AsyncIterator[None]:
        """For as long as the turn is being answered; one without a key is a turn of its own each time."""
        if turn.key is None:
            yield
            return
        async with self._locks.setdefault((turn.person.id, turn.key), asyncio.Lock()):
            yield


async def again(
    ctx: Context, before: StoredTurn, turn: Turn, last: int
) -> tuple[Progress, list[Line], Approval | None]:
    """The turn as it stands: with its answer, or with what was decided in it before it broke off.

    `last`: how many earlier turns a mind reads. Raises `Conflict` when other words were said under the same key.
    """
    if before.said != turn.text:
        raise Conflict(OTHER_WORDS)
    where = Where(turn_id=before.id, conversation_id=before.conversation_id, words=before.said)
    progress = Progress(where=where, channel=turn.channel, origin=Origin(before.origin))
    if before.finished_at is not None:
        progress.given = await _answer(ctx, before)
        return progress, [], None
    earlier = await ctx.conversations.before(before, last)
    progress.theirs = (*(one.said for one in earlier), before.said)
    progress.lines = [PersonSaid(text=before.said), *lines_of(before)]
    progress.actions = list(before.actions)
    waiting = await ctx.approvals.asked_in(earlier[-1].id) if earlier else None
    if waiting is not None and not await ctx.approvals.reopen(waiting.id, since=before.at, now=ctx.now):
        waiting = None
    return progress, remembered(earlier), waiting


async def _answer(ctx: Context, before: StoredTurn) -> dict[str, Any]:
    """What `/v1/chat` gave."""
    pending = None
    if before.pending_id:
        asked = await ctx.approvals.get(before.pending_id)
        pending = {**pending_json(asked), "expires_at": asked.expires_at.astimezone(ctx.zone).isoformat()}
    return {
        "conversation_id": before.conversation_id,
        "turn_id": before.id,
        "reply": before.reply,
        "understood": before.understood,
        "actions": before.actions,
        "pending": pending,
    }
