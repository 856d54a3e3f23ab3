"""Who leads, where of many processes one may: a lease with a fencing token."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, String, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from integrations.store.tables import Table

LEASE = timedelta(seconds=15)
FROZEN = timedelta(seconds=10)
"""After which PostgreSQL ends a leader's transaction, and with it its hold on the row."""
_LIMITS = text(
    # the second one is PostgreSQL 17's; the first doesn't see who was frozen between two messages of one statement
    "SELECT set_config(name, :ms, true) FROM pg_settings"
    " WHERE name IN ('idle_in_transaction_session_timeout', 'transaction_timeout')"
)


class Leader(Table):
    """The leader of one thing. `token` grows with each new leader; `ticked_at` is when the last one did its duty."""

    __tablename__ = "leaders"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    holder: Mapped[str] = mapped_column(String(80), default="")
    until: Mapped[datetime]
    token: Mapped[int] = mapped_column(default=0)
    ticked_at: Mapped[datetime | None]


@dataclass(frozen=True)
class Sign:
    """A leader's last sign of life. Only whether it changes says something: its times are another machine's."""

    token: int = 0
    ticked_at: datetime | None = None
    gone: bool = True
    """They said that they are leaving, or there never was anybody."""


class Leaders:
    """The leaders of one thing, one after the other."""

    def __init__(self, session: AsyncSession, name: str) -> None:
        self._session, self._name = session, name

    async def sign(self) -> Sign:
        """The last sign of life."""
        found = await self._session.scalar(select(Leader).where(Leader.name == self._name))
        return Sign(found.token, found.ticked_at, not found.holder) if found else Sign()

    async def take(self, holder: str, now: datetime, seen: Sign) -> int | None:
        """Lead from now on, if nobody has given a sign of life since `seen`: the new token. Of many who try one does."""
        await self._not_frozen()
        insert = (postgresql if self._on_postgres else sqlite).insert(Leader).values(name=self._name, until=now)
        await self._session.execute(insert.on_conflict_do_nothing())
        same = Leader.ticked_at.is_(None) if seen.ticked_at is None else Leader.ticked_at == seen.ticked_at
        mine = update(Leader).where(Leader.name == self._name, Leader.token == seen.token, same)
        taken = mine.values(holder=holder, token=seen.token + 1, ticked_at=now, until=now + LEASE)
        return seen.token + 1 if await self._one(taken) else None

    async def hold(self, token: int, now: datetime) -> bool:
        """Whether this is still the newest token. Until this transaction ends nobody else can take over."""
        await self._not_frozen()
        mine = update(Leader).where(Leader.name == self._name, Leader.token == token)
        return await self._one(mine.values(ticked_at=now, until=now + LEASE))

    async def leave(self, token: int) -> None:
        """Let somebody else take over at once."""
        await self._one(update(Leader).where(Leader.name == self._name, Leader.token == token).values(holder=""))

    @property
    def _on_postgres(self) -> bool:
        return self._session.get_bind().dialect.name == "postgresql"

    async def _not_frozen(self) -> None:
        """Whoever is frozen in the midst of this transaction loses it, instead of keeping the row from everybody else."""
        if self._on_postgres:
            await self._session.execute(_LIMITS, {"ms": f"{FROZEN.total_seconds() * 1000:.0f}"})

    async def _one(self, statement: Any) -> bool:
        changed = await self._session.execute(statement, execution_options={"synchronize_session": False})
        return cast("CursorResult[Any]", changed).rowcount == 1
