"""The table of mailboxes that Google pushes news of to us."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import String, UniqueConstraint, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from integrations.store.owned import Store
from integrations.store.tables import Elsewhere


class MailWatch(Elsewhere):
    """One mailbox, until when its news comes by itself, and when we last asked for it."""

    __tablename__ = "mail_watches"
    __table_args__ = (UniqueConstraint("person_id"),)

    address: Mapped[str] = mapped_column(String(320), index=True)
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class MailWatches(Store[MailWatch]):
    """One person's, of which there is one at most."""

    row = MailWatch

    async def current(self) -> MailWatch | None:
        """Whatever its age."""
        return await self._session.scalar(self._mine())

    async def put(self, address: str, asked_at: datetime, expires_at: datetime) -> None:
        """Instead of an earlier one."""
        values = {"address": address.casefold(), "asked_at": asked_at, "expires_at": expires_at}
        if not await self._set(MailWatch.person_id == self._person_id, **values):
            await self._keep(MailWatch(person_id=self._person_id, **values))

    async def drop(self) -> None:
        """No news comes any more."""
        if (found := await self.current()) is not None:
            await self._session.delete(found)
            await self._session.flush()


async def watchers(session: AsyncSession, address: str) -> Sequence[str]:
    """Ids of the persons whose mailbox this is: several may have connected the same."""
    query = select(MailWatch.person_id).where(MailWatch.address == address.casefold())
    return (await session.scalars(query)).all()
