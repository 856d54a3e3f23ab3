"""Briefings: one a person and day, with how much of it was heard; and the secret address at which they may be listened to."""

from collections.abc import Sequence
from datetime import date, datetime
from hashlib import sha256
from hmac import compare_digest
from typing import Any

from sqlalchemy import Integer, String, UniqueConstraint, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from integrations.store.owned import Store
from integrations.store.sealing import Private, PrivateList
from integrations.store.tables import Owned

AT_ONCE = 500
"""Ids a question."""


class Briefing(Owned):
    """One local day. `cursor` and `reached` count words of `text`: where listening goes on, and how far it ever got."""

    __tablename__ = "briefings"
    __table_args__ = (UniqueConstraint("person_id", "day"),)

    day: Mapped[str] = mapped_column(String(10))
    text: Mapped[Private] = mapped_column(default="")
    items: Mapped[PrivateList] = mapped_column(default=list)
    cursor: Mapped[int] = mapped_column(Integer, default=0)
    reached: Mapped[int] = mapped_column(Integer, default=0)
    telling: Mapped[dict[str, Any] | None]
    """The turn in which it is being told, and from which word to which."""
    written_at: Mapped[datetime | None]
    heard_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    """When all of it had been heard for the first time."""
    sound_of: Mapped[str | None] = mapped_column(String(64))
    """What its sound was made of, as a hash: another text, voice or speed is another sound."""
    chapters: Mapped[list[Any]] = mapped_column(default=list)
    """When each item begins in the sound, in milliseconds."""


class Briefings(Store[Briefing]):
    """One person's briefings."""

    row = Briefing
    missing = "There is no briefing for today yet."

    async def on(self, day: date) -> Briefing | None:
        """That day's, if it was written."""
        return await self._session.scalar(self._mine().where(Briefing.day == day.isoformat()))

    async def opened(self, day: date) -> Briefing:
        """That day's, made if it is missing, and held until this work is done: of many writers one comes after the other."""
        if await self.on(day) is None:
            try:
                async with self._session.begin_nested():
                    self._session.add(Briefing(person_id=self._person_id, day=day.isoformat()))
            except IntegrityError:  # someone else was first
                pass
        query = self._mine().where(Briefing.day == day.isoformat()).with_for_update()
        return (await self._session.scalars(query.execution_options(populate_existing=True))).one()

    async def told_in(self, turn_id: str) -> Briefing | None:
        """The one that was told in this turn, held like `opened`; only the latest ones are looked at."""
        latest = self._mine().order_by(Briefing.day.desc()).limit(2).with_for_update()
        found = (await self._session.scalars(latest.execution_options(populate_existing=True))).all()
        return next((one for one in found if one.telling and one.telling.get("turn") == turn_id), None)

    async def latest(self, first: int = 14) -> Sequence[Briefing]:
        """Newest first."""
        return await self._list(self._mine().order_by(Briefing.day.desc()).limit(first))

    async def has_feed(self) -> bool:
        """Whether they have an address at which a podcast app may listen."""
        return await Feeds(self._session).of(self._person_id) is not None

    async def keep(self) -> None:
        """What was changed on a briefing stands."""
        await self._session.flush()


async def kept_of(session: AsyncSession, ids: Sequence[str], since: date) -> set[str]:
    """Of these ids, anybody's, those of briefings that there still are, of that day or a later one."""
    kept: set[str] = set()
    for first in range(0, len(ids), AT_ONCE):
        some = Briefing.id.in_(ids[first : first + AT_ONCE])
        kept |= set((await session.scalars(select(Briefing.id).where(some, Briefing.day >= since.isoformat()))).all())
    return kept


class BriefingFeed(Owned):
    """A secret address; of the secret only its hash is kept."""

    __tablename__ = "briefing_feeds"
    __table_args__ = (UniqueConstraint("person_id"),)

    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]

    def is_opened_by(self, secret: str) -> bool:
        """Whether this is its secret."""
        return compare_digest(self.secret_hash, _hash(secret))


class Feeds:
    """Everybody's feeds: whoever asks with a secret hasn't said who they are."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def of(self, person_id: str) -> BriefingFeed | None:
        """Theirs, if there is one."""
        return await self._session.scalar(select(BriefingFeed).where(BriefingFeed.person_id == person_id))

    async def open(self, person_id: str, id: str, secret: str, now: datetime) -> None:
        """From now on this secret counts, and no earlier one."""
        await self.close(person_id)
        self._session.add(BriefingFeed(id=id, person_id=person_id, secret_hash=_hash(secret), made_at=now))
        await self._session.flush()

    async def close(self, person_id: str) -> None:
        """No secret of theirs counts any more."""
        await self._session.execute(delete(BriefingFeed).where(BriefingFeed.person_id == person_id))

    async def whose(self, secret: str) -> str | None:
        """The person whose secret this is."""
        query = select(BriefingFeed.person_id).where(BriefingFeed.secret_hash == _hash(secret))
        return await self._session.scalar(query)


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
