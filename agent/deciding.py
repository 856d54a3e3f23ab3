"""A yes or a no to what waits for one: decided once, and on a yes exactly that is done."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from agent.approval import digest, expiry, pending_json, what_to_say
from agent.asking import BY_CLICK
from agent.caps import spend
from agent.consent import Consent, Verdict
from agent.context import Context, Where
from agent.conversation import ALOUD, Turn
from agent.effects import Effect
from agent.events import Event, ToolAnswered, ToolCalled
from agent.origins import Origin
from agent.progress import Progress
from agent.tools.base import Outcome, Toolbox
from agent.trust import Hand, Trust
from agent.underway import UnderWay
from integrations.errors import Conflict, Denied
from integrations.model import Answer, Call
from integrations.model import Said as PersonSaid
from integrations.store.approvals import Approval
from integrations.store.people import Person

if TYPE_CHECKING:
    from agent.services import Services


CLICK = "api"
"""The channel of the card on the page."""
NO_LONGER = "That question is no longer open. Please ask me again."
SURE = 0.35
"""Below this nobody should rely on what was heard; a few plain words well said come with 0.4 and more."""


class Deciding:
    """Answers to what was asked. It holds no state: what waits stands in the database."""

    def __init__(self, services: "Services", toolbox: Toolbox, under_way: UnderWay) -> None:
        self._services = services
        self._toolbox = toolbox
        self._under_way = under_way

    async def pending_for(self, person: Person, conversation_id: str) -> Approval | None:
        """What was asked in the last turn of this thread and still waits; of several things the one that was read out."""
        async with self._services.context(person, write=False) as ctx:
            turns = await ctx.conversations.turns(conversation_id, last=1)
            waiting = await ctx.approvals.of_turn(turns[-1].id, ctx.now) if turns else []
        return waiting[0] if waiting else None

    async def decide(self, person: Person, approval_id: str, yes: bool, *, channel: str) -> dict[str, Any]:
        """A yes or no given outside the conversation: a click ("api"), or a key of the telephone that it was asked on ("phone").

        Raises `NotFound`, `Conflict` when it is too late, and `Denied` for a key where only a click will do.
        """
        async with self._services.context(person, write=False) as ctx:
            approval = await ctx.approvals.get(approval_id)
            turn = await ctx.conversations.turn(approval.turn_id) if approval.turn_id else None
        if yes and channel != CLICK and (approval.by_click or approval.channel != channel):
            raise Denied(BY_CLICK)
        where = Where(turn_id=turn.id, conversation_id=turn.conversation_id, words=turn.said) if turn else None
        outcome = await self._under_way.kept(self._settle(person, approval, yes, where, (turn.said,) if turn else ()))
        async with self._services.context(person, write=False) as ctx:
            approval = await ctx.approvals.get(approval_id)
        return {**pending_json(approval), "action": outcome.action if outcome else None}

    async def answered(
        self, turn: Turn, approval: Approval, verdict: Verdict, progress: Progress
    ) -> AsyncIterator[Event]:
        """The person said something to what was asked: what is done and said because of it."""
        progress.lines = [PersonSaid(text=progress.where.words)]
        if verdict == "no":
            await self._under_way.kept(self._settle(turn.person, approval, False, progress.where), progress)
            yield progress.said_by_code("All right, I won't.")
        elif (why := no_yes(turn, approval, verdict)) is not None:
            yield await self._asked_again(turn, approval, why, progress)
            return
        else:
            async for event in self._done(turn.person, approval, progress):
                yield event
        if (following := await self._next(turn, approval, progress)) is not None:
            yield following

    async def heard(self, ctx: Context, turn_id: str, text: str, *, whole: bool) -> None:
        """So much of a turn's words has been heard: a question that was heard out can be answered."""
        told = " ".join(text.split())
        for asked in await ctx.approvals.of_turn(turn_id, ctx.now):
            if whole or " ".join(asked.say.split()) in told:
                await ctx.approvals.ask_again(asked.id, turn_id=turn_id, channel=asked.channel, heard_at=ctx.now)

    async def _done(self, person: Person, approval: Approval, progress: Progress) -> AsyncIterator[Event]:
        call = Call(id=uuid4().hex, tool=approval.tool, arguments=approval.arguments)
        progress.understood = {"tool": approval.tool, "arguments": approval.arguments}
        yield ToolCalled(id=call.id, tool=call.tool, arguments=call.arguments)
        outcome = await self._under_way.kept(self._approved(person, approval, call, progress), progress)
        yield ToolAnswered(id=call.id, tool=call.tool, action=outcome.action)
        yield progress.said_by_code(str(outcome.content["say"]))

    async def _asked_again(self, turn: Turn, approval: Approval, why: str, progress: Progress) -> Event:
        """The question stands in this turn from now on; aloud it has to be heard out anew where it was never heard whole."""
        whole = approval.heard_at is None or approval.channel != turn.channel
        consent = Consent.of(approval.consent)
        again = approval.say if whole else what_to_say(consent, turn.channel)
        aloud = turn.channel in ALOUD and whole
        async with self._services.context(turn.person) as ctx:
            together = await ctx.approvals.of_turn(approval.turn_id or "", ctx.now)
            for one in together:  # what is to come after this one hasn't been read out yet
                heard_at = None if aloud or one is not together[0] else one.heard_at or ctx.now
                await ctx.approvals.ask_again(
                    one.id, turn_id=progress.where.turn_id, channel=turn.channel, heard_at=heard_at
                )
            progress.pending = pending_json(together[0]) if together else None
        return progress.said_by_code(f"{why} {again}".strip())

    async def _next(self, turn: Turn, approval: Approval, progress: Progress) -> Event | None:
        """What was asked in the same breath comes next, with all its time."""
        if approval.turn_id is None:
            return None
        async with self._services.context(turn.person) as ctx:
            waiting = await ctx.approvals.of_turn(approval.turn_id, ctx.now)
            if not waiting:
                return None
            for one in waiting:
                asked = await ctx.approvals.ask_again(
                    one.id,
                    turn_id=progress.where.turn_id,
                    channel=turn.channel,
                    heard_at=None if turn.channel in ALOUD else ctx.now,
                )
                asked.asked_at, asked.expires_at = ctx.now, expiry(ctx.now)
            progress.pending = pending_json(waiting[0])
            return progress.said_by_code(waiting[0].say)

    async def _approved(self, person: Person, approval: Approval, call: Call, progress: Progress) -> Outcome:
        """Run what was approved, and note it whether or not somebody still listens."""
        outcome = await self._settle(person, approval, True, progress.where, progress.theirs)
        assert outcome is not None
        progress.lines += [call, Answer(id=call.id, tool=call.tool, content=outcome.content)]
        progress.actions.append(outcome.action)
        return outcome

    async def _settle(
        self, person: Person, approval: Approval, yes: bool, where: Where | None, words: Sequence[str] = ()
    ) -> Outcome | None:
        """Decide once, and on a yes run exactly what was approved. Raises `Conflict`, and `RateLimited` where it is too much."""
        async with self._services.context(person) as ctx:
            if yes:
                await ctx.approvals.one_at_a_time()
                await spend(ctx, approval.tool, Effect(approval.effect))
            intact = approval.digest == digest(approval.tool, approval.arguments)
            decided = await ctx.approvals.decide(approval.id, "approved" if yes else "declined", ctx.now)
            if not decided or not intact:
                raise Conflict(NO_LONGER)
        if not yes:
            return None
        trust = Trust(hand=Hand.MIND, origin=Origin(approval.origin), words=words)
        opening = TurnOpening(self._services, person, approval.channel, where, trust, approval)
        outcome = await self._toolbox.call(
            opening, approval.tool, self._toolbox.only_known(approval.tool, approval.arguments), key=approval.id
        )
        if outcome.pending:  # the thing has changed since it was read back
            outcome = replace(outcome, content={"error": "conflict", "say": "That has changed in the meantime, so I left it. Please ask me again."}, pending=None)  # fmt: skip
        if not outcome.action["ok"]:
            async with self._services.context(person) as ctx:
                await ctx.approvals.finish(approval.id, "failed", outcome.content)
        return outcome


def no_yes(turn: Turn, approval: Approval, verdict: Verdict) -> str | None:
    """Why these words are no yes to that, in a sentence; None where they are one."""
    spoken = turn.channel in ALOUD and not turn.typed
    if approval.by_click:
        return "That one takes your click."
    if approval.channel != turn.channel:
        return "I asked that elsewhere."
    if spoken and (turn.over or approval.heard_at is None):
        return "You should hear all of it first."
    if verdict != "yes":
        return "I need it in so many words."
    if spoken and turn.confidence is not None and turn.confidence < SURE:
        return "I'm not sure I heard you right."
    return None


@dataclass(frozen=True)
class TurnOpening:
    """Opens contexts of one turn; with an approval it is the time at which that was asked."""

    services: "Services"
    person: Person
    channel: str
    where: Where | None
    trust: Trust
    approved: Approval | None = None

    def __call__(self, write: bool, key: str | None = None) -> AbstractAsyncContextManager[Context]:
        """`write`: whether something may be written; `key` names what is done in it."""
        asked: datetime | None = self.approved.asked_at if self.approved else None
        agreed = digest(self.approved.tool, self.approved.arguments) if self.approved else None
        return self.services.context(
            self.person, channel=self.channel, write=write, where=self.where, approved=agreed, now=asked, key=key,
            trust=self.trust,
        )  # fmt: skip
