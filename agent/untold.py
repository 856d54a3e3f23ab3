"""Answers that a broken line left untold: kept going, found again, told from the last word that was heard."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from agent.closing import closing
from agent.conversation import Turn
from agent.events import Begun, Event
from agent.going import Going
from agent.rest import Rest, rest
from integrations.errors import ChronusError, Unavailable
from integrations.store.conversations import Turn as StoredTurn
from integrations.store.people import Person

if TYPE_CHECKING:
    from agent.services import Services

log = logging.getLogger(__name__)

WITHIN = timedelta(minutes=10)
"""After which nobody wants to hear any more where one was."""
ALIVE = 15.0
"""Seconds for which a turn counts as being answered after its process last said so."""
BEGINNING = 3.0
"""Seconds that a turn may take until it stands in its thread."""
LONGEST = 60.0
"""Seconds that one waits for a turn which is being answered elsewhere."""
LOOK = 1.0
LEAVING = 8.0
"""Seconds that a process which has to go waits for turns that nobody listens to."""


@dataclass(frozen=True, kw_only=True)
class Owed:
    """An answer that is still to be told; `rest` is None while it is being thought up."""

    turn_id: str
    said: str
    rest: Rest | None


class Untold:
    """One process's part in it; what is owed stands in the database."""

    def __init__(self, services: "Services") -> None:
        self._services = services
        self._going: set[Going] = set()

    def begin(self, turn: Turn) -> Going:
        """Answer a turn that may outlive its line."""
        going = Going(self._answering(turn, lambda: going.free))
        self._going.add(going)
        going.task.add_done_callback(lambda task: self._over(going, task))
        return going

    @asynccontextmanager
    async def coming(self, person: Person) -> AsyncIterator[Callable[[], Awaitable[str | None]]]:
        """Ask for the next turn that was answered with nobody listening, for as long as the block lasts; None: no more come."""
        async with self._services.news.follow(person.id) as news:

            async def following() -> str | None:
                while not news.over:
                    piece = await news.next(LONGEST)
                    if piece and piece.kind == "untold":
                        return str(piece.data["turn_id"])
                return None

            yield following

    async def of(self, person: Person, turn_id: str) -> Owed | None:
        """What is owed of this turn, if anything."""
        async with self._services.context(person, write=False) as ctx:
            turn = await ctx.conversations.turn(turn_id)
        return await self._owed(person, turn)

    async def find(self, person: Person, conversation_id: str | None = None) -> list[Owed]:
        """What is owed to somebody who is back, the oldest first."""
        async with self._services.context(person, write=False) as ctx:
            turns = await ctx.conversations.owed(ctx.now - WITHIN, conversation_id)
        found = [await self._owed(person, turn) for turn in turns]
        return [owed for owed in found if owed is not None]

    async def finished(self, person: Person, owed: Owed) -> Owed | None:
        """The same once it was answered; None where there is nothing to tell, or nobody can tell when."""
        until = asyncio.get_running_loop().time() + LONGEST
        async with self._services.news.follow(person.id) as news:
            while asyncio.get_running_loop().time() < until:
                now = await self.of(person, owed.turn_id)
                if now is None or now.rest is not None:
                    return now
                await news.next(LOOK)
        return None

    async def drain(self) -> None:
        """Wait a while for what nobody listens to, then let it be kept as far as it has come."""
        if tasks := [going.task for going in self._going]:
            await asyncio.wait(tasks, timeout=LEAVING)
        for going in list(self._going):
            await going.stop()

    async def _owed(self, person: Person, turn: StoredTurn) -> Owed | None:
        if turn.owed_at is None:
            return None
        if turn.finished_at is None:
            if await self._answered_somewhere(turn.id) or await self._answered_somewhere(person.id):
                return Owed(turn_id=turn.id, said=turn.said, rest=None)
            return Owed(turn_id=turn.id, said=turn.said, rest=await self._died(person, turn))
        left = rest(turn.reply, turn.heard or "")
        return Owed(turn_id=turn.id, said=turn.said, rest=left) if left else None

    async def _died(self, person: Person, turn: StoredTurn) -> Rest:
        """Its process is gone: what it had done is told by the ledger, once it stands in the thread as the answer."""
        async with self._services.context(person, write=True) as ctx:
            done = [change.say.rstrip(".") for change in await ctx.changes.of_turn(turn.id)]
            told = f"That is done: {'; '.join(done)}." if done else "Nothing was done. Please ask me again."
            reply = f"I was cut off while I was at “{turn.said[:80].rstrip('.?! ')}”. {told}"
            await ctx.conversations.finish(
                turn.id, reply=reply, lines=turn.lines, actions=turn.actions, understood=turn.understood,
                pending_id=turn.pending_id, now=ctx.now,
            )  # fmt: skip
        return Rest(reply, 0, "")

    async def _answering(self, turn: Turn, free: Callable[[], bool]) -> AsyncIterator[Event]:
        """The assistant's answer; for as long as it takes, others can see that somebody is at it, and then that nobody heard it."""
        lease: asyncio.Task[None] | None = None
        begun: Begun | None = None
        await self._alive(turn.person.id, BEGINNING)  # before it has a name that can be asked for
        try:
            async with closing(self._services.assistant.reply(turn)) as events:
                async for event in events:
                    if isinstance(event, Begun):
                        begun = event
                        await self._alive(event.turn_id)
                        lease = asyncio.create_task(self._keep_alive(event.turn_id))
                    yield event
        finally:
            if lease:
                lease.cancel()
            if begun:
                with suppress(Unavailable):
                    await self._services.cache.drop(_key(begun.turn_id))
                if free():
                    await self._services.news.call(turn.person.id, "untold", turn_id=begun.turn_id)

    async def _alive(self, id: str, seconds: float = ALIVE) -> None:
        with suppress(Unavailable):
            await self._services.cache.put(_key(id), "1", seconds=seconds)

    async def _keep_alive(self, turn_id: str) -> None:
        while True:
            await asyncio.sleep(ALIVE / 3)
            await self._alive(turn_id)

    async def _answered_somewhere(self, id: str) -> bool:
        try:
            return await self._services.cache.get(_key(id)) is not None
        except Unavailable:
            return False

    def _over(self, going: Going, task: "asyncio.Task[None]") -> None:
        self._going.discard(going)
        if not task.cancelled() and (problem := task.exception()) and not isinstance(problem, ChronusError):
            log.error("a turn failed that nobody listened to", exc_info=problem)


def _key(id: str) -> str:
    """Of a turn, or of a person whose turn is only just beginning."""
    return f"answering:{id}"
