"""What the mind makes of one turn: its prompt, its steps, the calls it wants, and the words that may be said."""

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from agent.claims import Conscience
from agent.closing import closing
from agent.commands.mind import told
from agent.context import Where
from agent.conversation import Turn, stored
from agent.deciding import TurnOpening
from agent.events import ApprovalAsked, Event, Said, ToolAnswered, ToolCalled
from agent.in_mind import InMind
from agent.origins import Origin
from agent.progress import Progress
from agent.prompt import SYSTEM, facts, soon
from agent.tools.base import Outcome, Toolbox
from agent.trust import Hand, Trust
from agent.underway import UnderWay
from integrations.errors import ChronusError, Unavailable
from integrations.model import Answer, Call, Line, Model, Prompt, Understood, Words
from integrations.store.people import Person

if TYPE_CHECKING:
    from agent.services import Services

ROUNDS, CALLS = 8, 24
"""What a mind may do in one turn."""
TOO_MUCH = "That was more than I do at once, so I stopped there."
PATIENCE = 5.0
"""Seconds a mind may be silent before the person hears that it is."""
AGENDA = 0.25
"""Seconds in which the next events have to be there; else the mind asks for them itself."""


class Thinking:
    """Asks the mind, round by round, until it has nothing more to do."""

    def __init__(
        self, services: "Services", model: Model, toolbox: Toolbox, under_way: UnderWay, patience: float
    ) -> None:
        self._services = services
        self._model = model
        self._toolbox = toolbox
        self._under_way = under_way
        self._patience = patience

    async def think(
        self, turn: Turn, history: list[Line], progress: Progress, seeking: InMind | None
    ) -> AsyncIterator[Event]:
        """The turn's events after the person's words. Raises `Unavailable` when the mind is silent for too long."""
        progress.begin(turn.text)
        prompt, conscience = await self._prompt(turn, progress, seeking), Conscience()
        for _ in range(ROUNDS):
            if not (calls := progress.unanswered):  # of a turn taken up again what was decided is done first
                step_of = replace(prompt, lines=[*history, *progress.lines], patience=progress.patience)
                async with closing(self._listened(step_of, conscience, calls, progress)) as words:
                    async for said in words:
                        yield said
                if not calls:
                    break
            much, calls = len(calls) > CALLS - progress.calls, calls[: CALLS - progress.calls]
            progress.calls += len(calls)
            if not progress.unanswered:
                progress.lines += calls
                await self._noted(turn.person, calls, progress)
            progress.said = 0
            for call in calls:
                async for event in self._use(turn.person, call, progress):
                    yield event
            if much:
                yield progress.said_by_code(TOO_MUCH)
                return
            if progress.pending or progress.said == len(calls):
                return
        if len(progress.words) == len(progress.owed) + len(progress.noted):
            # what was done is told, also when the mind has no words for it
            came_of_it = " ".join(told(replace(prompt, lines=progress.lines)))
            yield progress.said_by_code(
                came_of_it or "I'm sorry, I have no answer to that. Please try it in other words."
            )

    async def _listened(
        self, prompt: Prompt, conscience: Conscience, calls: list[Call], progress: Progress
    ) -> AsyncIterator[Said]:
        """One answer of the mind: its words as they come, and only what is true of them; what it wants done is put among the calls."""
        async with closing(conscience.judged(self._steps(prompt), prompt)) as steps:
            async for step in steps:
                if isinstance(step, Words):
                    if text := progress.say(step):
                        yield Said(text=text)
                elif isinstance(step, Understood):
                    progress.understood = {"tool": step.tool, "arguments": dict(step.arguments)}
                else:
                    calls.append(step)

    async def _noted(self, person: Person, calls: list[Call], progress: Progress) -> None:
        """What is about to be done is written down first, so that the turn can be taken up again whatever cuts it off."""
        if not any(self._toolbox.writes(call.tool) for call in calls):
            return
        async with self._services.context(person, channel=progress.channel, write=True) as ctx:
            await ctx.conversations.note(
                progress.where.turn_id, stored(progress.lines), progress.actions, origin=progress.origin
            )

    async def _prompt(self, turn: Turn, progress: Progress, seeking: InMind | None) -> Prompt:
        """What stays the same through the turn, so that a mind finds again what it has read."""
        now = self._services.now(turn.person)
        zone = self._services.zone_of(turn.person)
        # only a mind that reads is told what comes next and what comes to mind
        coming, told = (await self._agenda(turn.person, progress), await seeking.told()) if seeking else ([], [])
        if told:  # none of others' words is among them
            progress.origin = progress.origin.with_(Origin.OWN)
        return Prompt(
            system=SYSTEM,
            facts=facts(now, zone, turn.channel, coming, told),
            lines=[],
            tools=self._toolbox.declarations,
            now=now,
            zone=zone,
            channel=turn.channel,
            person=turn.person.id,
        )

    async def _agenda(self, person: Person, progress: Progress) -> list[str]:
        """The next events; none where they can't be had at once."""
        try:
            async with asyncio.timeout(AGENDA), self._services.context(person, write=False) as ctx:
                coming = await soon(ctx)
        except (ChronusError, TimeoutError):
            return []
        progress.origin = progress.origin.with_(ctx.trust.origin)
        return coming

    async def _steps(self, prompt: Prompt) -> AsyncIterator[Words | Call | Understood]:
        """The mind's steps; silence longer than our patience is `Unavailable`."""
        async with closing(aiter(self._model.think(prompt))) as steps:
            while True:
                try:
                    async with asyncio.timeout(self._patience):
                        step = await anext(steps)
                except StopAsyncIteration:
                    return
                except TimeoutError as error:
                    raise Unavailable("I'm sorry, that took me too long. Please say it again.") from error
                yield step

    async def _use(self, person: Person, call: Call, progress: Progress) -> AsyncIterator[Event]:
        yield ToolCalled(id=call.id, tool=call.tool, arguments=call.arguments)
        progress.understood = {"tool": call.tool, "arguments": dict(call.arguments)}
        outcome = await self._under_way.kept(self._call(person, call, progress), progress)
        yield ToolAnswered(id=call.id, tool=call.tool, action=outcome.action)
        if outcome.note and outcome.note not in progress.noted:
            progress.noted.append(outcome.note)
            yield progress.said_by_code(outcome.note)
        if outcome.say:
            progress.said += 1
            yield progress.said_by_code(outcome.say)
        if outcome.pending:
            yield ApprovalAsked(pending=outcome.pending)
            # what others will see is read back by code, never by the mind; one at a time
            if progress.pending is outcome.pending:
                yield progress.said_by_code(outcome.pending["say"])

    async def _call(self, person: Person, call: Call, progress: Progress) -> Outcome:
        trust = Trust(
            hand=Hand.MIND, origin=progress.origin, words=progress.theirs, ask_before=person.ask_before
        )  # fmt: skip
        opening = TurnOpening(self._services, person, progress.channel, progress.where, trust)
        key = _key(progress.where, call.tool, call.arguments)
        outcome = await self._toolbox.call(opening, call.tool, call.arguments, key=key)
        progress.origin = progress.origin.with_(trust.origin)
        progress.lines.append(Answer(id=call.id, tool=call.tool, content=outcome.content))
        progress.actions.append(outcome.action)
        progress.pending = progress.pending or outcome.pending  # of several the first is asked first
        return outcome


def _key(where: Where, tool: str, arguments: Mapping[str, Any]) -> str:
    """Turn and meaning: the same call in the same turn is the same act."""
    meaning = json.dumps([where.turn_id, tool, dict(arguments)], sort_keys=True, default=str)
    return hashlib.sha256(meaning.encode()).hexdigest()
