"""What a person has been told, or will be: one row each, whether they have seen it or not."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Index, String, UniqueConstraint, func, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from integrations.store.owned import Store
from integrations.store.sealing import Private
from integrations.store.tables import Owned

_OPEN = text("through_at IS NULL")


class Notification(Owned):
    """One sentence and where there is more. Of one `key` there is one, for ever.

    `due_at` is when it is told, and while somebody is telling it, when the next one may take over.
    """

    __tablename__ = "notifications"
    __table_args__ = (
        UniqueConstraint("person_id", "key"),
        Index("ix_notifications_person_id_at", "person_id", "at"),
        Index("ix_notifications_open", "due_at", sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    about: Mapped[str] = mapped_column(String(20))
    say: Mapped[Private]
    aloud: Mapped[Private | None]
    """What is said in the next turn, where that differs."""
    link: Mapped[str]
    key: Mapped[str] = mapped_column(String(200))
    thing: Mapped[str | None] = mapped_column(String(40))
    """The id of what it is about: a reminder's, say."""
    urgent: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime]
    due_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    """When open pages were shown it; in this order they get what they missed."""
    through_at: Mapped[datetime | None]
    """When there was nothing left to do for it."""
    tries: Mapped[int] = mapped_column(default=0)
    read_at: Mapped[datetime | None]


class Notifications(Store[Notification]):
    """One person's."""

    row = Notification
    missing = "I couldn't find that notification."

    def __init__(self, session: AsyncSession, person_id: str) -> None:
        super().__init__(session, person_id)
        self.seen: list[str] = []
        """The ids of those that the person learned of in this piece of work."""

    async def keep(
        self,
        *,
        about: str,
        say: str,
        link: str,
        key: str,
        at: datetime,
        due_at: datetime,
        thing: str | None = None,
        urgent: bool = False,
    ) -> Notification | None:
        """A new one; None when that key was told, or is owed, already."""
        new = Notification(
            person_id=self._person_id, about=about, say=say, link=link, key=key, at=at, due_at=due_at, thing=thing,
            urgent=urgent,
        )  # fmt: skip
        try:
            async with self._session.begin_nested():
                self._session.add(new)
        except IntegrityError:
            return None
        return new

    async def keep_all(self, new: Sequence[Notification]) -> None:
        """Several, with keys that nobody else can have used."""
        self._session.add_all(new)
        await self._session.flush()

    async def all(self, first: int = 50, before: datetime | None = None) -> Sequence[Notification]:
        """Newest first; `before` turns the page."""
        query = self._mine().order_by(Notification.at.desc(), Notification.made.desc()).limit(first)
        return await self._list(query if before is None else query.where(Notification.at < before))

    async def unread(self) -> int:
        """How many they haven't seen."""
        mine = select(func.count()).where(Notification.person_id == self._person_id)
        return await self._session.scalar(mine.where(Notification.read_at.is_(None))) or 0

    async def sent_since(self, moment: datetime, first: int = 200) -> Sequence[Notification]:
        """Those that pages were shown from then on, in that order."""
        query = self._mine().where(Notification.sent_at >= moment)
        return await self._list(query.order_by(Notification.sent_at, Notification.made).limit(first))

    async def some(self, ids: Sequence[str]) -> Sequence[Notification]:
        """Those of these that are theirs."""
        return await self._list(self._mine().where(Notification.id.in_(ids)).order_by(Notification.at))

    async def read(self, id: str, now: datetime) -> Notification:
        """They have seen it. Raises `NotFound`."""
        await self.get(id)
        await self._set(Notification.id == id, Notification.read_at.is_(None), read_at=now)
        return await self.get(id)

    async def read_all(self, now: datetime) -> Sequence[str]:
        """They have seen everything; the keys of what was new to them."""
        new = select(Notification.key).where(Notification.person_id == self._person_id, Notification.read_at.is_(None))
        keys = (await self._session.scalars(new)).all()
        await self._set(Notification.read_at.is_(None), read_at=now)
        return keys

    async def heard(self, keys: Sequence[str], now: datetime) -> None:
        """They were told these in conversation, or have seen to them."""
        if not keys:
            return
        new = select(Notification.id).where(
            Notification.person_id == self._person_id, Notification.key.in_(keys), Notification.read_at.is_(None)
        )
        ids = (await self._session.scalars(new)).all()
        if ids:
            await self._set(Notification.id.in_(ids), read_at=now)
        self.seen += ids

    async def sent(self, id: str, now: datetime, *, read: bool) -> None:
        """Pages are shown it from now on; `read`: they know already."""
        await self._set(Notification.id == id, Notification.sent_at.is_(None), sent_at=now)
        if read:
            await self._set(Notification.id == id, Notification.read_at.is_(None), read_at=now)

    async def through(self, id: str, now: datetime) -> None:
        """Nothing is left to do."""
        await self._set(Notification.id == id, through_at=now)

    async def later(self, id: str, due_at: datetime) -> None:
        """It didn't work; the next try is then."""
        await self._set(Notification.id == id, due_at=due_at, tries=Notification.tries + 1)


async def claim(session: AsyncSession, now: datetime, lease: timedelta, first: int = 100) -> Sequence[Notification]:
    """Those of anybody whose time has come, mine until the lease is over; of many callers each gets its own."""
    due = select(Notification).where(Notification.through_at.is_(None), Notification.due_at <= now)
    query = due.order_by(Notification.due_at).limit(first).with_for_update(skip_locked=True)
    found = (await session.scalars(query)).all()
    if found:
        ids = [one.id for one in found]
        await session.execute(update(Notification).where(Notification.id.in_(ids)).values(due_at=now + lease))
    return found


async def waiting(session: AsyncSession, now: datetime) -> bool:
    """Whether there is anything to claim."""
    query = select(Notification.id).where(Notification.through_at.is_(None), Notification.due_at <= now).limit(1)
    return await session.scalar(query) is not None
