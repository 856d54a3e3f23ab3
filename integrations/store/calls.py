"""Telephone calls, one row each: the ones we were rung by, and the ones by which we ring somebody."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Index, String, UniqueConstraint, func, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from integrations.store.owned import Store
from integrations.store.tables import Owned, new_id

State = Literal["waiting", "ringing", "answered", "machine", "ended", "no_answer", "busy", "failed", "cancelled"]
"""waiting: not rung yet, or not at all if it is for later · machine: one took it · cancelled: no longer wanted, `why` says why."""
About = Literal["briefing", "reminder", "asked", "code"]
DAY, AN_HOUR = timedelta(hours=24), timedelta(hours=1)
OPEN: frozenset[State] = frozenset({"waiting", "ringing", "answered"})


class Call(Owned):
    """One ring. A second try is a row of its own.

    `rung_at` is written before the provider is asked, `provider_id` when it has answered: with the one and without the
    other it isn't known whether it rings, and the provider is asked before it is rung again.
    """

    __tablename__ = "calls"
    __table_args__ = (
        UniqueConstraint("person_id", "key"),
        UniqueConstraint("provider_id"),
        Index("ix_calls_person_id_at", "person_id", "at"),
    )

    key: Mapped[str] = mapped_column(String(120))
    """Of one there is one, for ever: a briefing's day, a reminder's ringing."""
    direction: Mapped[Literal["in", "out"]] = mapped_column(String(3))
    number: Mapped[str] = mapped_column(String(16))
    """The person's."""
    about: Mapped[About | None] = mapped_column(String(10))
    things: Mapped[list[Any]] = mapped_column(default=list)
    """The ids of the notifications that it is about."""
    asked: Mapped[bool] = mapped_column(default=False)
    """Whether they asked to be called themselves."""
    even_if_quiet: Mapped[bool] = mapped_column(default=False)
    """Whether they did so within their quiet hours, knowing it."""
    tries: Mapped[int] = mapped_column(default=1)
    """Which try it is."""
    state: Mapped[State] = mapped_column(String(10), default="waiting")
    why: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    """When it is to ring, or rang."""
    rung_at: Mapped[datetime | None]
    provider_id: Mapped[str | None] = mapped_column(String(120))
    answered_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    seconds: Mapped[int | None]
    conversation_id: Mapped[str | None] = mapped_column(String(40))


class Calls(Store[Call]):
    """One person's."""

    row = Call
    missing = "I know of no such call."

    async def add(
        self,
        *,
        number: str,
        at: datetime,
        about: About | None,
        direction: Literal["in", "out"] = "out",
        key: str | None = None,
        **more: Any,
    ) -> Call | None:
        """A new one; None when there is one of that key already."""
        call = Call(
            person_id=self._person_id, key=key or new_id(), direction=direction, number=number, at=at, about=about, **more
        )  # fmt: skip
        try:
            async with self._session.begin_nested():
                self._session.add(call)
        except IntegrityError:
            return None
        return call

    async def held(self, id: str) -> Call:
        """The row as it is now, which nobody else may change until this piece of work is done. Raises `NotFound`."""
        await self.get(id)
        query = self._mine().where(Call.id == id).with_for_update().execution_options(populate_existing=True)
        return (await self._session.scalars(query)).one()

    async def rung_since(self, moment: datetime, *, code: bool) -> int:
        """How often they were rung up since then: with a code, or for anything else."""
        query = select(func.count()).select_from(Call).where(
            Call.person_id == self._person_id, Call.direction == "out", Call.rung_at > moment,
            Call.about == "code" if code else or_(Call.about != "code", Call.about.is_(None)),
        )  # fmt: skip
        return await self._session.scalar(query) or 0

    async def to_come(self, after: datetime, before: datetime) -> int:
        """How many are still to ring between these."""
        query = select(func.count()).select_from(Call).where(
            Call.person_id == self._person_id, Call.state == "waiting", Call.at > after, Call.at < before
        )  # fmt: skip
        return await self._session.scalar(query) or 0

    async def under_way(self, now: datetime) -> bool:
        """Whether one rings, is about to, or is being talked on."""
        lately = Call.at > now - AN_HOUR, Call.at <= now
        query = self._mine().where(Call.direction == "out", Call.state.in_(OPEN), *lately).limit(1)
        return await self._session.scalar(query) is not None

    async def newest(self, first: int, after: int = 0) -> Sequence[Call]:
        """Newest first, without those that were to ring unasked and needn't."""
        shown = or_(Call.state != "cancelled", Call.asked, Call.rung_at.is_not(None))
        return await self._list(
            self._mine().where(shown).order_by(Call.at.desc(), Call.made.desc()).limit(first).offset(after)
        )

    async def talked(self, id: str, conversation_id: str) -> None:
        """It has led to this conversation."""
        await self._set(Call.id == id, conversation_id=conversation_id)


async def call_by_id(session: AsyncSession, id: str) -> Call | None:
    """Whoever's it is: a provider's webhook names no person."""
    return await session.get(Call, id)


async def call_of_provider(session: AsyncSession, provider_id: str) -> Call | None:
    """By the provider's name for it."""
    return await session.scalar(select(Call).where(Call.provider_id == provider_id))


async def known_to_us(session: AsyncSession, provider_ids: Sequence[str]) -> set[str]:
    """Which of the provider's calls stand in our rows already."""
    query = select(Call.provider_id).where(Call.provider_id.in_(provider_ids))
    return {one for one in await session.scalars(query) if one}
