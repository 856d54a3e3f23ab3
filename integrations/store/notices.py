"""What the person should be told at the next opportunity, once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, String, delete
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from integrations.store.owned import Store
from integrations.store.sealing import Private
from integrations.store.tables import Owned

GOOGLE_ACCOUNT = "google account"
"""What it is about that an account has to be connected again."""


class Notice(Owned):
    """One sentence that is owed. Of one `about` only the last one is told."""

    __tablename__ = "notices"

    about: Mapped[str] = mapped_column(String(200))
    say: Mapped[Private]
    at: Mapped[datetime]
    told_at: Mapped[datetime | None] = mapped_column(index=True)


class Notices(Store[Notice]):
    """One person's."""

    row = Notice

    async def add(self, about: str, say: str, now: datetime) -> Notice:
        """Owe them this sentence, instead of an earlier one about the same thing."""
        await self.settle(about, now)
        return await self._keep(Notice(person_id=self._person_id, about=about, say=say, at=now))

    async def owe_all(self, new: Sequence[Notice]) -> None:
        """Several, about what nothing was owed before."""
        self._session.add_all(new)
        await self._session.flush()

    async def settle(self, about: str, now: datetime) -> None:
        """They know already, or it is no longer so."""
        await self._set(Notice.about == about, Notice.told_at.is_(None), told_at=now)

    async def take(self, now: datetime) -> Sequence[Notice]:
        """Those not told yet, oldest first; they count as told now."""
        found = await self._list(self._mine().where(Notice.told_at.is_(None)).order_by(Notice.at, Notice.made))
        for notice in found:
            notice.told_at = now
        await self._session.flush()
        return found


async def forget_notices(session: AsyncSession, before: datetime) -> int:
    """Drop everybody's that were told by then; how many."""
    done = await session.execute(delete(Notice).where(Notice.told_at < before))
    return cast("CursorResult[Any]", done).rowcount
