"""Conversations: one thread per person across voice, telephone and text."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ForeignKey, Index, String, select
from sqlalchemy.orm import Mapped, mapped_column

from integrations.store.owned import Store
from integrations.store.people import Person
from integrations.store.sealing import Private, PrivateDict, PrivateList
from integrations.store.tables import Owned

TITLE = 60  # characters


class Conversation(Owned):
    """One thread."""

    __tablename__ = "conversations"

    started_at: Mapped[datetime]
    last_at: Mapped[datetime]
    title: Mapped[Private] = mapped_column(default="")


class Turn(Owned):
    """What one said and what was answered. `heard` is as much of the reply as reached them; None: all of it.

    `key` is the client's own name for it: said again under that name it is this turn.
    `owed_at`: a spoken answer that wasn't heard to its end, nor stopped by the person; since when.
    """

    __tablename__ = "turns"
    __table_args__ = (Index("uq_turns_key", "person_id", "key", unique=True),)

    conversation_id: Mapped[str] = mapped_column(
        String(40), ForeignKey("conversations.id", ondelete="CASCADE"), index=True
    )
    at: Mapped[datetime]
    channel: Mapped[str]
    said: Mapped[Private]
    reply: Mapped[Private] = mapped_column(default="")
    heard: Mapped[Private | None]
    lines: Mapped[PrivateList] = mapped_column(default=list)
    actions: Mapped[PrivateList] = mapped_column(default=list)
    understood: Mapped[PrivateDict | None]
    pending_id: Mapped[str | None] = mapped_column(String(40))
    finished_at: Mapped[datetime | None]
    owed_at: Mapped[datetime | None] = mapped_column(index=True)
    origin: Mapped[str] = mapped_column(String(20), default="said", server_default="third party")
    """Of the worst that was read for it."""
    key: Mapped[str | None] = mapped_column(String(100))


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
        if (latest := await self.latest(now, quiet)) is not None:
            return latest
        # two who find nothing at the same moment shall not start two threads: the second waits here
        await self._session.execute(select(Person.id).where(Person.id == self._person_id).with_for_update())
        return await self.latest(now, quiet) or await self.start(now)

    async def latest(self, now: datetime, quiet: timedelta = timedelta(hours=4)) -> Conversation | None:
        """The thread that would go on, if there is one."""
        newest = self._mine().order_by(Conversation.last_at.desc(), Conversation.made.desc()).limit(1)
        return await self._session.scalar(newest.where(Conversation.last_at > now - quiet))

    async def start(self, now: datetime) -> Conversation:
        """A new thread."""
        return await self._keep(Conversation(person_id=self._person_id, started_at=now, last_at=now))

    async def all(self, first: int = 50, before: datetime | None = None) -> Sequence[Conversation]:
        """Newest first; `before` turns the page."""
        query = self._mine().order_by(Conversation.last_at.desc(), Conversation.made.desc()).limit(first)
        return await self._list(query if before is None else query.where(Conversation.last_at < before))

    async def add_turn(
        self,
        conversation_id: str,
        *,
        channel: str,
        said: str,
        now: datetime,
        origin: str = "said",
        key: str | None = None,
        aloud: bool = False,
    ) -> Turn:
        """Something was said; `origin` is of what the thread has read before, `aloud`: its answer is owed until it was heard.

        Raises `NotFound` for a thread that isn't theirs.
        """
        thread = await self.get(conversation_id)
        thread.last_at = max(now, thread.last_at)
        thread.title = thread.title or said[:TITLE]
        owed_at = now if aloud else None
        turn = Turn(
            person_id=self._person_id,
            conversation_id=thread.id,
            at=now,
            channel=channel,
            said=said,
            origin=origin,
            key=key,
            owed_at=owed_at,
        )
        return await self._turns._keep(turn)

    async def by_key(self, key: str) -> Turn | None:
        """The turn that was said under this name."""
        return await self._session.scalar(self._turns._mine().where(Turn.key == key))

    async def note(self, turn_id: str, lines: list[Any], actions: list[Any], origin: str) -> None:
        """What was decided in it and done so far, written down before more of it is done; `origin` is of all that was read for it."""
        await self._turns._set(Turn.id == turn_id, lines=lines, actions=actions, origin=origin)

    async def before(self, turn: Turn, last: int) -> Sequence[Turn]:
        """The last turns of its thread that were said before it, oldest first."""
        earlier = self._turns._mine().where(Turn.conversation_id == turn.conversation_id, Turn.made < turn.made)
        newest = await self._turns._list(earlier.order_by(Turn.at.desc(), Turn.made.desc()).limit(last))
        return newest[::-1]

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
        origin: str = "said",
        whole: bool = True,
    ) -> Turn:
        """The answer; `origin` is of all that was read for it. One that was cut off isn't `whole`, and is gone on with if the turn is told again."""
        turn = await self._turns.get(turn_id)
        turn.reply, turn.lines, turn.actions = reply, lines, actions
        turn.understood, turn.pending_id, turn.origin = understood, pending_id, origin
        turn.finished_at = now if whole else None
        thread = await self.get(turn.conversation_id)
        thread.last_at = max(now, thread.last_at)
        await self._session.flush()
        return turn

    async def heard(self, turn_id: str, text: str | None, *, owed_at: datetime | None = None) -> None:
        """As much as they heard, None for all of it; `owed_at`: when the line broke, so that the rest is still to be told."""
        turn = await self._turns.get(turn_id)
        turn.heard, turn.owed_at = text, owed_at
        await self._session.flush()

    async def owed(self, since: datetime, conversation_id: str | None = None, last: int = 5) -> Sequence[Turn]:
        """The last answers that are owed from then on, oldest first; of one thread or of all."""
        query = self._turns._mine().where(Turn.owed_at >= since)
        if conversation_id:
            query = query.where(Turn.conversation_id == conversation_id)
        newest = await self._turns._list(query.order_by(Turn.at.desc(), Turn.made.desc()).limit(last))
        return newest[::-1]

    async def turn(self, turn_id: str) -> Turn:
        """Raises `NotFound`."""
        return await self._turns.get(turn_id)

    async def threads_of(self, turn_ids: Sequence[str]) -> dict[str, str]:
        """In which thread each of these turns fell; those that are gone are left out."""
        mine = (Turn.person_id == self._person_id, Turn.id.in_(turn_ids))
        found = await self._session.execute(select(Turn.id, Turn.conversation_id).where(*mine))
        return {row.id: row.conversation_id for row in found}

    async def turns(self, conversation_id: str, last: int = 20) -> Sequence[Turn]:
        """The last turns of a thread, oldest first. Raises `NotFound`."""
        await self.get(conversation_id)
        of_thread = self._turns._mine().where(Turn.conversation_id == conversation_id)
        newest = await self._turns._list(of_thread.order_by(Turn.at.desc(), Turn.made.desc()).limit(last))
        return newest[::-1]
