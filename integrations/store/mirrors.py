"""How far each copy of an outside account has come."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Literal, get_args

from sqlalchemy import String, UniqueConstraint, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from integrations.store.owned import Store
from integrations.store.tables import Elsewhere

Kind = Literal["calendar", "tasks", "mail"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Progress = Callable[[int, int | None], None]
"""Told how many things a reading has read so far, and of how many where that is known."""


class Mirror(Elsewhere):
    """One thing that is read as a whole: a calendar, a task list, a mailbox.

    `cursor` is what the other side gave us to read only what is new (a sync token, a history id, a moment).
    While everything is being read, `page` is where to go on after a stop; what was seen carries `round`, so that at the end
    what wasn't seen can go. `synced_at` is when the copy was last known to be equal to the original.
    """

    __tablename__ = "mirrors"
    __table_args__ = (UniqueConstraint("person_id", "kind", "part"),)

    kind: Mapped[str] = mapped_column(String(20))
    part: Mapped[str] = mapped_column(default="")
    cursor: Mapped[str | None]
    page: Mapped[str | None]
    round: Mapped[int] = mapped_column(default=0)
    synced_at: Mapped[datetime | None]
    tried_at: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(default=0)
    say: Mapped[str] = mapped_column(default="")
    """Why the last try failed, as a sentence; empty when it didn't."""


class Mirrors(Store[Mirror]):
    """One person's copies."""

    row = Mirror
    missing = "I keep no such copy."

    async def of(self, kind: Kind, part: str = "") -> Mirror:
        """The one, made at the first asking."""
        query = self._mine().where(Mirror.kind == kind, Mirror.part == part)
        found = await self._session.scalar(query)
        return found or await self._keep(Mirror(person_id=self._person_id, kind=kind, part=part))

    async def all(self, kind: Kind | None = None) -> Sequence[Mirror]:
        """Those of one kind, or all."""
        query = self._mine().order_by(Mirror.kind, Mirror.part)
        return await self._list(query if kind is None else query.where(Mirror.kind == kind))

    async def drop(self, kind: Kind, part: str = "") -> None:
        """It is read no more."""
        await self._session.delete(await self.of(kind, part))
        await self._session.flush()

    async def worked(self, mirror: Mirror, now: datetime) -> None:
        """It is equal to the original."""
        mirror.synced_at = mirror.tried_at = now
        mirror.failures, mirror.say = 0, ""
        await self._session.flush()

    async def failed(self, mirror: Mirror, now: datetime, say: str) -> None:
        """It couldn't be compared with the original."""
        mirror.tried_at, mirror.say = now, say
        mirror.failures += 1
        await self._session.flush()


async def mirrors_of(session: AsyncSession, people: Sequence[str]) -> dict[str, list[Mirror]]:
    """Everybody's of these, at once."""
    found: dict[str, list[Mirror]] = {}
    for mirror in await session.scalars(select(Mirror).where(Mirror.person_id.in_(people))):
        found.setdefault(mirror.person_id, []).append(mirror)
    return found
