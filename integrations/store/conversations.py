"""Conversations: one thread per person across voice, telephone and text."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column

from integrations.store.owned import Store
from integrations.store.people import Person
from integrations.store.tables import Owned

TITLE = 60  # characters


class Conversation(Owned):
    """One thread."""

    __tablename__ = "conversations"

    started_at: Mapped[datetime]
    last_at: Mapped[datetime]
    title: Mapped[str] = mapped_column(default="")


class Turn(Owned):
    """What one said and what was answered. `heard` is as much of the reply as reached them; None: all of it."""

    __tablename__ = "turns"

    conversation_id: Mapped[str] = mapped_column(
        String(40), ForeignKey("conversations.id", ondelete="CASCADE"), index=True
    )
    at: Mapped[datetime]
    channel: Mapped[str]
    said: Mapped[str]
    reply: Mapped[str] = mapped_column(default="")
    heard: Mapped[str | None]
    lines: Mapped[list[Any]] = mapped_column(default=list)
    actions: Mapped[list[Any]] = mapped_column(default=list)
    understood: Mapped[dict[str, Any] | None]
    pending_id: Mapped[str | None] = mapped_column(String(40))
    finished_at: Mapped[datetime | None]


class _Turns(Store[Turn]):
    row = Turn
    missing = "I couldn't find that part of our conversation."


class Conversations(Store[Conversation]):
    """One person's threads."""

    row = Conversation
    missing = "I couldn't find that conversation."

    @property
    def _turns(self) -> _Turns:
        return _Turns(self._session, self._person_id)

    async def current(self, now: datetime, quiet: timedelta = timedelta(hours=4)) -> Conversation:
        """The thread that goes on, or a new one when it has been quiet for so long."""
        if (latest := await self._latest(now - quiet)) is not None:
            return latest
        # two who find nothing at the same moment shall not start two threads: the second waits here
        await self._session.execute(select(Person.id).where(Person.id == self._person_id).with_for_update())
        return await self._latest(now - quiet) or await self.start(now)

    async def _latest(self, since: datetime) -> Conversation | None:
        newest = self._mine().order_by(Conversation.last_at.desc(), Conversation.made.desc()).limit(1)
        return await self._session.scalar(newest.where(Conversation.last_at > since))

    async def start(self, now: datetime) -> Conversation:
        """A new thread."""
        return await self._keep(Conversation(person_id=self._person_id, started_at=now, last_at=now))

    async def all(self, first: int = 50, before: datetime | None = None) -> Sequence[Conversation]:
        """Newest first; `before` turns the page."""
        query = self._mine().order_by(Conversation.last_at.desc(), Conversation.made.desc()).limit(first)
        return await self._list(query if before is None else query.where(Conversation.last_at < before))

    async def add_turn(self, conversation_id: str, *, channel: str, said: str, now: datetime) -> Turn:
        """Something was said. Raises `NotFound` for a thread that isn't theirs."""
        thread = await self.get(conversation_id)
        thread.last_at = max(now, thread.last_at)
        thread.title = thread.title or said[:TITLE]
        turn = Turn(person_id=self._person_id, conversation_id=thread.id, at=now, channel=channel, said=said)
        return await self._turns._keep(turn)

    async def finish(
        self,
        turn_id: str,
        *,
        reply: str,
        lines: list[Any],
        actions: list[Any],
        understood: dict[str, Any] | None,
        pending_id: str | None,
        now: datetime,
    ) -> Turn:
        """The answer, whole."""
        turn = await self._turns.get(turn_id)
        turn.reply, turn.lines, turn.actions = reply, lines, actions
        turn.understood, turn.pending_id, turn.finished_at = understood, pending_id, now
        thread = await self.get(turn.conversation_id)
        thread.last_at = max(now, thread.last_at)
        await self._session.flush()
        return turn

    async def heard(self, turn_id: str, text: str) -> None:
        """They were spoken over: this is as much as they heard."""
        turn = await self._turns.get(turn_id)
        turn.heard = text
        await self._session.flush()

    async def turn(self, turn_id: str) -> Turn:
        """Raises `NotFound`."""
        return await self._turns.get(turn_id)

    async def turns(self, conversation_id: str, last: int = 20) -> Sequence[Turn]:
        """The last turns of a thread, oldest first. Raises `NotFound`."""
        await self.get(conversation_id)
        of_thread = self._turns._mine().where(Turn.conversation_id == conversation_id)
        newest = await self._turns._list(of_thread.order_by(Turn.at.desc(), Turn.made.desc()).limit(last))
        return newest[::-1]
