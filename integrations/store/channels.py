"""By which door Google tells us of changes to a calendar."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import String, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from integrations.store.owned import Store
from integrations.store.tables import Elsewhere


class Channel(Elsewhere):
    """One subscription; its id is the channel's. Only a hash of its secret is kept. `resource` is None until Google has answered."""

    __tablename__ = "calendar_channels"

    calendar: Mapped[str]
    resource: Mapped[str | None]
    token_hash: Mapped[str] = mapped_column(String(64))
    expires: Mapped[datetime]
    heard: Mapped[int] = mapped_column(default=0)
    """The highest number of a message so far: an older one tells nothing new."""


class Channels(Store[Channel]):
    """One person's."""

    row = Channel

    async def all(self) -> Sequence[Channel]:
        """Newest last."""
        return await self._list(self._mine().order_by(Channel.made))

    async def keep(self, channel: Channel) -> Channel:
        """A new one."""
        channel.person_id = self._person_id
        return await self._keep(channel)

    async def granted(self, id: str, resource: str, expires: datetime) -> None:
        """Google has answered."""
        await self._set(Channel.id == id, resource=resource, expires=expires)

    async def drop(self, id: str) -> None:
        """It is no longer."""
        if (found := await self._find(id)) is not None:
            await self._session.delete(found)
            await self._session.flush()


async def channel(session: AsyncSession, id: str, *, held: bool = False) -> Channel | None:
    """Whoever's it is: what comes from Google names nobody. `held`: nobody else can write it until we are through."""
    query = select(Channel).where(Channel.id == id)
    return await session.scalar(query.with_for_update() if held else query)
