"""One turn: what was said → the mind → tools → words, streamed; the same for every channel."""

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator, Coroutine, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import uuid4

from agent.approval import digest, pending_json, verdict
from agent.context import Context, Where
from agent.conversation import Turn, remembered, stored
from agent.events import ApprovalAsked, Begun, Event, Finished, Said, ToolAnswered, ToolCalled
from agent.prompt import SYSTEM, facts
from agent.tools.base import Outcome, Toolbox
from integrations.errors import ChronusError, Conflict, Unavailable
from integrations.model import Answer, Call, Line, Model, Prompt, Understood, Words
from integrations.model import Said as PersonSaid
from integrations.store.approvals import Approval
from integrations.store.people import Person

if TYPE_CHECKING:
    from agent.services import Services

T = TypeVar("T")

ROUNDS = 8
PATIENCE = 5.0
"""Seconds a mind may be silent before the person hears that it is."""
MEMORY = 12
"""How many earlier turns of the thread a mind reads."""


@dataclass
class _Progress:
    """What has come of a turn so far; it is kept whatever interrupts the turn."""

    where: Where
    channel: str
    lines: list[Line] = field(default_factory=list)
    actions: list[dict[str, Any]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    understood: dict[str, Any] | None = None
    pending: dict[str, Any] | None = None
    under_way: asyncio.Task[Any] | None = None
    """A call that has begun: it is waited for even when nobody waits for the turn any more."""

    @property
    def reply(self) -> str:
        """Everything said, as one text."""
        return " ".join("".join(self.words).split())

    @property
    def answer(self) -> dict[str, Any]:
        """What `/v1/chat` gives."""
        return {
            "conversation_id": self.where.conversation_id,
            "turn_id": self.where.turn_id,
            "reply": self.reply,
            "understood": self.understood,
            "actions": self.actions,
            "pending": self.pending,
        }


class Assistant:
    """Answers turns. It holds no state of a conversation: that stands in the database."""

    def __init__(self, services: "Services", model: Model, toolbox: Toolbox, *, patience: float = PATIENCE) -> None:
        self._services = services
        self._patience = patience
        self._model = model
        self._toolbox = toolbox
        self._running: set[asyncio.Task[Any]] = set()

    async def reply(self, turn: Turn) -> AsyncIterator[Event]:
        """Answer one turn. Closing the iterator stops the words; a write that has begun is finished and kept.

        Raises `NotFound` for a conversation that isn't theirs, `Invalid` for one that can't go on.
        """
        progress, history, waiting = await self._begin(turn)
        yield Begun(conversation_id=progress.where.conversation_id, turn_id=progress.where.turn_id)
        try:
            yes = verdict(turn.text) if waiting else None
            if waiting is not None and yes is not None:
                async for event in self._decided(turn.person, waiting, yes, progress):
                    yield event
            else:
                async for event in self._think(turn, history, progress):
                    yield event
        except ChronusError as error:
            yield self._say(progress, error.say)
        finally:
            await self._kept(self._finish(turn.person, progress))
        yield Finished(answer=progress.answer)

    async def decide(self, person: Person, approval_id: str, yes: bool, *, channel: str = "api") -> dict[str, Any]:
        """A yes or no given outside the conversation, on a card: the approval, and what came of it.

        Raises `NotFound`, and `Conflict` when it was decided before or has expired.
        """
        async with self._services.context(person, channel=channel, write=False) as ctx:
            approval = await ctx.approvals.get(approval_id)
        outcome = await self._kept(self._settle(person, approval, yes))
        async with self._services.context(person, channel=channel, write=False) as ctx:
            approval = await ctx.approvals.get(approval_id)
        return {**pending_json(approval), "action": outcome.action if outcome else None}

    async def heard(self, person: Person, turn_id: str, text: str) -> None:
        """They were spoken over: this is as much of the reply as they heard. Raises `NotFound`."""
        async with self._services.context(person, write=True) as ctx:
            await ctx.conversations.heard(turn_id, text)

    async def drain(self) -> None:
        """Wait for what has begun."""
        while self._running:
            await asyncio.wait(self._running)

    # -- the turn -----------------------------------------------------------------

    async def _begin(self, turn: Turn) -> tuple[_Progress, list[Line], Approval | None]:
        async with self._services.context(turn.person, channel=turn.channel, write=True) as ctx:
            if turn.conversation_id == "new":
                thread = await ctx.conversations.start(ctx.now)
            elif turn.conversation_id:
                thread = await ctx.conversations.get(turn.conversation_id)
            else:
                thread = await ctx.conversations.current(ctx.now)
            earlier = await ctx.conversations.turns(thread.id, last=MEMORY)
            waiting = await ctx.approvals.pending(thread.id, ctx.now)
            said = await ctx.conversations.add_turn(thread.id, channel=turn.channel, said=turn.text, now=ctx.now)
        # a yes is a yes only to what was asked last
        if waiting and earlier and waiting.turn_id != earlier[-1].id:
            waiting = None
        where = Where(turn_id=said.id, conversation_id=thread.id, words=turn.text)
        return _Progress(where=where, channel=turn.channel), remembered(earlier), waiting

    async def _think(self, turn: Turn, history: list[Line], progress: _Progress) -> AsyncIterator[Event]:
        progress.lines = [PersonSaid(text=turn.text)]
        for _ in range(ROUNDS):
            calls: list[Call] = []
            async for step in self._steps(turn, [*history, *progress.lines]):
                if isinstance(step, Words):
                    yield self._say(progress, step.text)
                elif isinstance(step, Understood):
                    progress.understood = {"tool": step.tool, "arguments": dict(step.arguments)}
                else:
                    calls.append(step)
            if not calls:
                break
            progress.lines += calls
            for call in calls:
                async for event in self._use(turn.person, call, progress):
                    yield event
            if progress.pending:
                return
        if not progress.reply:
            yield self._say(progress, "I'm sorry, I have no answer to that. Please try it in other words.")

    async def _steps(self, turn: Turn, lines: list[Line]) -> AsyncIterator[Words | Call | Understood]:
        """The mind's steps; silence longer than our patience is `Unavailable`."""
        now = self._services.now(turn.person)
        zone = self._services.zone_of(turn.person)
        prompt = Prompt(
            system=SYSTEM,
            facts=facts(now, zone, turn.channel),
            lines=lines,
            tools=self._toolbox.declarations,
            now=now,
            zone=zone,
            channel=turn.channel,
        )
        steps = aiter(self._model.think(prompt))
        while True:
            try:
                async with asyncio.timeout(self._patience):
                    step = await anext(steps)
            except StopAsyncIteration:
                return
            except TimeoutError as error:
                raise Unavailable("I'm sorry, that took me too long. Please say it again.") from error
            yield step

    async def _use(self, person: Person, call: Call, progress: _Progress) -> AsyncIterator[Event]:
        yield ToolCalled(id=call.id, tool=call.tool, arguments=call.arguments)
        progress.understood = {"tool": call.tool, "arguments": dict(call.arguments)}
        outcome = await self._kept(self._call(person, call, progress), progress)
        yield ToolAnswered(id=call.id, tool=call.tool, action=outcome.action)
        if outcome.pending:
            yield ApprovalAsked(pending=outcome.pending)
            # what others will see is read back by code, never by the mind
            yield self._say(progress, outcome.pending["say"])

    async def _call(self, person: Person, call: Call, progress: _Progress) -> Outcome:
        opening = self._opening(person, progress.channel, progress.where)
        key = _key(progress.where, call.tool, call.arguments)
        outcome = await self._toolbox.call(opening, call.tool, call.arguments, key=key)
        progress.lines.append(Answer(id=call.id, tool=call.tool, content=outcome.content))
        progress.actions.append(outcome.action)
        progress.pending = outcome.pending or progress.pending
        return outcome

    # -- approvals ----------------------------------------------------------------

    async def _decided(
        self, person: Person, approval: Approval, yes: bool, progress: _Progress
    ) -> AsyncIterator[Event]:
        progress.lines = [PersonSaid(text=progress.where.words)]
        if not yes:
            await self._kept(self._settle(person, approval, yes=False), progress)
            yield self._say(progress, "All right, I won't.")
            return
        call = Call(id=uuid4().hex, tool=approval.tool, arguments=approval.arguments)
        progress.understood = {"tool": approval.tool, "arguments": approval.arguments}
        yield ToolCalled(id=call.id, tool=call.tool, arguments=call.arguments)
        outcome = await self._kept(self._approved(person, approval, call, progress), progress)
        yield ToolAnswered(id=call.id, tool=call.tool, action=outcome.action)
        yield self._say(progress, str(outcome.content["say"]))

    async def _approved(self, person: Person, approval: Approval, call: Call, progress: _Progress) -> Outcome:
        """Run what was approved, and note it whether or not somebody still listens."""
        outcome = await self._settle(person, approval, yes=True, progress=progress)
        assert outcome is not None
        progress.lines += [call, Answer(id=call.id, tool=call.tool, content=outcome.content)]
        progress.actions.append(outcome.action)
        return outcome

    async def _settle(
        self, person: Person, approval: Approval, yes: bool, progress: _Progress | None = None
    ) -> Outcome | None:
        """Decide once, and on a yes run exactly what was approved. Raises `Conflict`."""
        where = progress.where if progress else None
        async with self._services.context(person, channel=approval.channel, write=True) as ctx:
            if not await ctx.approvals.decide(approval.id, "approved" if yes else "declined", ctx.now):
                raise Conflict("That question is no longer open. Please ask me again.")
        if not yes:
            return None
        opening = self._opening(person, approval.channel, where, approval)
        outcome = await self._toolbox.call(
            opening, approval.tool, self._toolbox.only_known(approval.tool, approval.arguments), key=approval.id
        )
        if outcome.pending:  # the thing has changed since it was read back
            outcome = replace(outcome, content={"error": "conflict", "say": "That has changed in the meantime, so I left it. Please ask me again."}, pending=None)  # fmt: skip
        if not outcome.action["ok"]:
            async with self._services.context(person, channel=approval.channel, write=True) as ctx:
                await ctx.approvals.finish(approval.id, "failed", outcome.content)
        return outcome

    # -- pieces -------------------------------------------------------------------

    def _opening(
        self, person: Person, channel: str, where: Where | None, approved: Approval | None = None
    ) -> "_Opening":
        return _Opening(self._services, person, channel, where, approved)

    async def _finish(self, person: Person, progress: _Progress) -> None:
        if progress.under_way:
            await asyncio.wait({progress.under_way})
        async with self._services.context(person, channel=progress.channel, write=True) as ctx:
            await ctx.conversations.finish(
                progress.where.turn_id,
                reply=progress.reply,
                lines=stored(progress.lines),
                actions=progress.actions,
                understood=progress.understood,
                pending_id=progress.pending["id"] if progress.pending else None,
                now=ctx.now,
            )

    async def _kept(self, work: Coroutine[Any, Any, T], progress: _Progress | None = None) -> T:
        """Finish what has begun even if the turn that began it is cancelled."""
        task = asyncio.create_task(work)
        if progress:
            progress.under_way = task
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return await asyncio.shield(task)

    def _say(self, progress: _Progress, text: str) -> Said:
        progress.words.append(text if not progress.words or text[:1].isspace() else f" {text}")
        return Said(text=text)


@dataclass(frozen=True)
class _Opening:
    """Opens contexts of one turn; with an approval it is the time at which that was asked."""

    services: "Services"
    person: Person
    channel: str
    where: Where | None
    approved: Approval | None

    def __call__(self, write: bool) -> AbstractAsyncContextManager[Context]:
        asked: datetime | None = self.approved.asked_at if self.approved else None
        agreed = digest(self.approved.tool, self.approved.arguments) if self.approved else None
        return self.services.context(
            self.person, channel=self.channel, write=write, where=self.where, approved=agreed, now=asked
        )


def _key(where: Where, tool: str, arguments: Mapping[str, Any]) -> str:
    """Turn and meaning: the same call in the same turn is the same act."""
    meaning = json.dumps([where.turn_id, tool, dict(arguments)], sort_keys=True, default=str)
    return hashlib.sha256(meaning.encode()).hexdigest()
