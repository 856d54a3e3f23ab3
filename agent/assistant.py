"""One turn: what was said → the mind → tools → words, streamed; the same for every channel."""

import asyncio
import logging
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any

from agent.briefing.hearing import heard
from agent.closing import closing
from agent.consent import Consent, Verdict, judge
from agent.context import Where
from agent.conversation import ALOUD, Turn, remembered, stored
from agent.deciding import NO_LONGER, Deciding
from agent.events import Begun, Event, Finished, Said
from agent.folding import owe_fold
from agent.in_mind import InMind
from agent.origins import Origin, worst
from agent.progress import Progress
from agent.replaying import OneAtATime, again
from agent.thinking import PATIENCE, Thinking
from agent.tools.base import Toolbox
from agent.underway import UnderWay
from integrations.errors import ChronusError, Conflict, NotConnected
from integrations.model import Line, Model, Replied
from integrations.store.approvals import Approval
from integrations.store.notices import GOOGLE_ACCOUNT
from integrations.store.people import Person

if TYPE_CHECKING:
    from agent.services import Services

log = logging.getLogger(__name__)

MEMORY = 12
"""How many earlier turns of the thread a mind reads."""


class Assistant:
    """Answers turns. It holds no state of a conversation: that stands in the database."""

    def __init__(self, services: "Services", model: Model, toolbox: Toolbox, *, patience: float = PATIENCE) -> None:
        self._services = services
        self._model = model
        self._under_way = UnderWay()
        self._thinking = Thinking(services, model, toolbox, self._under_way, patience)
        self._deciding = Deciding(services, toolbox, self._under_way)
        self._one_at_a_time = OneAtATime()

    async def reply(self, turn: Turn) -> AsyncIterator[Event]:
        """Answer one turn. Closing the iterator stops the words; a write that has begun is finished and kept.

        Raises `NotFound` for a conversation that isn't theirs, `Invalid` for one that can't go on.
        """
        async with self._one_at_a_time.of(turn), closing(self._reply(turn)) as events:
            async for event in events:
                yield event

    async def _reply(self, turn: Turn) -> AsyncIterator[Event]:
        if turn.channel not in ALOUD:  # there copies are kept fresh beside the conversation
            await self._freshen(turn.person)
        seeking = InMind(self._services, turn.person, turn.text) if getattr(self._model, "reads", True) else None
        progress, history, waiting = await self._begin(turn)
        yield Begun(conversation_id=progress.where.conversation_id, turn_id=progress.where.turn_id)
        if progress.given is not None:
            yield Said(text=progress.given["reply"])
            yield Finished(answer=progress.given)
            return
        try:
            for owed in progress.owed:
                yield progress.said_by_code(owed)
            if turn.pressed and (waiting is None or waiting.id != turn.pressed.approval_id):
                raise Conflict(NO_LONGER)
            verdict = _verdict(turn, waiting) if waiting else None
            if waiting is not None and verdict is not None:
                async for event in self._deciding.answered(turn, waiting, verdict, progress):
                    yield event
            else:
                async with closing(self._thinking.think(turn, history, progress, seeking)) as events:
                    async for event in events:
                        yield event
            progress.whole = True
        except ChronusError as error:
            progress.whole = True
            yield progress.said_by_code(error.say)
        finally:
            if seeking:
                seeking.stop()
            await self._under_way.kept(self._finish(turn.person, progress))
        yield Finished(answer=progress.answer)

    async def decide(self, person: Person, approval_id: str, yes: bool, *, channel: str = "api") -> dict[str, Any]:
        """A yes or no given outside the conversation, on a card or by a key: the approval, and what came of it.

        Raises `NotFound`, and `Conflict` when it was decided before or has expired.
        """
        return await self._deciding.decide(person, approval_id, yes, channel=channel)

    async def pending_for(self, person: Person, conversation_id: str) -> Approval | None:
        """What waits for a yes in this thread, if anything."""
        return await self._deciding.pending_for(person, conversation_id)

    async def heard(
        self, person: Person, turn_id: str, text: str, *, whole: bool = False, dropped: bool = False
    ) -> None:
        """This is as much of the reply as they heard; all of it, unless they spoke over it or the line dropped.

        Raises `NotFound`.
        """
        async with self._services.context(person, write=True) as ctx:
            owed_at = ctx.now if dropped else None
            await ctx.conversations.heard(turn_id, None if whole else text, owed_at=owed_at)
            await heard(ctx, turn_id, text, whole=whole, dropped=dropped)
            await self._deciding.heard(ctx, turn_id, text, whole=whole)

    async def drain(self) -> None:
        """Wait for what has begun."""
        await self._under_way.drain()

    async def _freshen(self, person: Person) -> None:
        """An answer may be a little older, but it doesn't fail because of that."""
        try:
            await self._services.syncing.freshen(person.id)
        except ChronusError as error:
            log.warning("the copies could not be looked at: %s", error.code)

    # -- the turn -----------------------------------------------------------------

    async def _begin(self, turn: Turn) -> tuple[Progress, list[Line], Approval | None]:
        async with self._services.context(turn.person, channel=turn.channel, write=True) as ctx:
            if turn.key and (before := await ctx.conversations.by_key(turn.key)):
                return await again(ctx, before, turn, MEMORY)
            if turn.conversation_id == "new":
                thread = await ctx.conversations.start(ctx.now)
            elif turn.conversation_id:
                thread = await ctx.conversations.get(turn.conversation_id)
            else:
                thread = await ctx.conversations.current(ctx.now)
            earlier = await ctx.conversations.turns(thread.id, last=MEMORY)
            # a yes is a yes only to what was asked last
            waiting = await ctx.approvals.of_turn(earlier[-1].id, ctx.now) if earlier else []
            origin = worst(Origin(before.origin) for before in earlier)
            said = await ctx.conversations.add_turn(
                thread.id,
                channel=turn.channel,
                said=turn.text,
                now=ctx.now,
                origin=origin,
                key=turn.key,
                aloud=turn.channel in ALOUD,
            )
            await owe_fold(ctx, thread.id, turn.text, read=self._services.extractor is not None)
            notices = await ctx.notices.take(ctx.now)
            await ctx.notifications.heard([notice.about for notice in notices], ctx.now)
            origin = worst(
                [origin, *([Origin.THIRD_PARTY] if notices else [])]
            )  # they name things, whoever named those
        where = Where(turn_id=said.id, conversation_id=thread.id, words=turn.text)
        owed = [notice.say for notice in notices]
        theirs = (*(before.said for before in earlier), turn.text)
        progress = Progress(where=where, channel=turn.channel, origin=origin, theirs=theirs, owed=owed)
        return progress, remembered(earlier), waiting[0] if waiting else None

    async def _finish(self, person: Person, progress: Progress) -> None:
        if progress.under_way:
            await asyncio.wait({progress.under_way})
        async with self._services.context(person, channel=progress.channel, write=True) as ctx:
            if any(action["error"] == NotConnected.code for action in progress.actions):
                await ctx.notices.settle(GOOGLE_ACCOUNT, ctx.now)  # that refusal has told them
            await ctx.conversations.finish(
                progress.where.turn_id,
                reply=progress.reply,
                lines=stored(
                    [*(Replied(text=owed) for owed in progress.owed), *progress.lines]
                ),  # a yes may be to that
                actions=progress.actions,
                understood=progress.understood,
                pending_id=progress.pending["id"] if progress.pending else None,
                now=ctx.now,
                origin=progress.origin,
                whole=progress.whole,
            )


def _verdict(turn: Turn, waiting: Approval) -> Verdict | None:
    if turn.pressed:
        return "yes" if turn.pressed.yes else "no"
    return judge(turn.text, Consent.of(waiting.consent))
