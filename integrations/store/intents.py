"""What we are about to write elsewhere, noted before it is written, so that a crash or a lost answer makes it happen once."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import String, UniqueConstraint, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from integrations.store.owned import Store
from integrations.store.sealing import Private, PrivateDict
from integrations.store.tables import Elsewhere

AGAIN = timedelta(seconds=5)
"""Between two tries at what waits for the other side."""
OVERDUE = timedelta(seconds=30)
"""After which the process that sent a write has either seen its answer or died."""

State = Literal["sent", "queued", "done", "failed"]


class Intent(Elsewhere):
    """One write. `key` names it for ever, and what is made from it (an event's id, a mail's Message-ID) too.

    sent: asked of the other side, its answer not yet seen · queued: the other side couldn't be reached, it will be tried
    again · done: `result` is what came of it · failed: `say` is why.
    """

    __tablename__ = "intents"
    __table_args__ = (UniqueConstraint("person_id", "key"),)

    key: Mapped[str] = mapped_column(String(200))
    keeper: Mapped[str] = mapped_column(String(20))
    act: Mapped[str] = mapped_column(String(20))
    arguments: Mapped[PrivateDict]
    state: Mapped[str] = mapped_column(String(20), index=True)
    at: Mapped[datetime]
    tried_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    result: Mapped[PrivateDict | None]
    say: Mapped[Private] = mapped_column(default="")


class Intents(Store[Intent]):
    """One person's writes elsewhere."""

    row = Intent
    missing = "I couldn't find that."

    async def begin(self, key: str, keeper: str, act: str, arguments: dict[str, Any], now: datetime) -> Intent:
        """Note it as sent, or give the one that was noted under this key before."""
        if (before := await self.by_key(key)) is not None:
            return before
        new = Intent(
            person_id=self._person_id, key=key, keeper=keeper, act=act, arguments=arguments, state="sent",
            at=now, tried_at=now, tries=1,
        )  # fmt: skip
        return await self._keep(new)

    async def by_key(self, key: str) -> Intent | None:
        """Whatever became of it."""
        return await self._session.scalar(self._mine().where(Intent.key == key))

    async def open(self, keeper: str | None = None) -> Sequence[Intent]:
        """Those of which we don't know the end, oldest first."""
        query = self._mine().where(Intent.state.in_(["sent", "queued"])).order_by(Intent.at, Intent.made)
        return await self._list(query if keeper is None else query.where(Intent.keeper == keeper))

    async def waiting(self, key: str) -> bool:
        """Whether something that was done under this key, or one made from it, has no end yet."""
        query = self._mine().where(Intent.state.in_(["sent", "queued"]), Intent.key.startswith(key, autoescape=True))
        return await self._session.scalar(query.limit(1)) is not None

    async def settle(self, key: str, state: State, *, result: dict[str, Any] | None = None, say: str = "") -> None:
        """What became of it."""
        await self._set(Intent.key == key, state=state, result=result, say=say)

    async def again(self, key: str, now: datetime) -> bool:
        """Take a queued one up again; whether it was still there to take, so that two never do."""
        return await self._set(
            Intent.key == key, Intent.state == "queued", state="sent", tried_at=now, tries=Intent.tries + 1
        )

    async def take_over(self, key: str, tried_at: datetime | None, now: datetime) -> bool:
        """Look after one that somebody else sent and never came back to; whether nobody else has by now."""
        return await self._set(Intent.key == key, Intent.state == "sent", Intent.tried_at == tried_at, tried_at=now)

    async def note(self, key: str, **more: Any) -> None:
        """Something to be known when its end is known."""
        if (intent := await self.by_key(key)) is not None:
            await self._set(Intent.key == key, arguments=intent.arguments | more)

    async def withdraw(self, key: str) -> bool:
        """Never do it; whether it was still waiting in the queue, so that it surely isn't done."""
        return await self._set(Intent.key == key, Intent.state == "queued", state="failed", say="Taken back.")


async def waiting_people(session: AsyncSession, now: datetime) -> set[str]:
    """Everyone with a write that waits to be sent, or was sent a while ago and has no end yet."""
    queued = and_(Intent.state == "queued", or_(Intent.tried_at.is_(None), Intent.tried_at < now - AGAIN))
    due = or_(queued, and_(Intent.state == "sent", Intent.tried_at < now - OVERDUE))
    return set(await session.scalars(select(Intent.person_id).where(due).distinct()))
