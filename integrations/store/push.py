"""Browsers that want to be told while no page is open, and the key by which push services know us."""

import hashlib
import json
from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import String, delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from integrations.store.owned import Store
from integrations.store.ring import SEALED, Ring, Unreadable
from integrations.store.tables import Owned, Row

MOST = 20
"""Browsers of one person; the oldest gives way."""
_KEY = "vapid"


class PushSubscription(Owned):
    """One browser. Where it is told and its keys are sealed together; the hash finds it again."""

    __tablename__ = "push_subscriptions"

    endpoint_hash: Mapped[str] = mapped_column(String(64), unique=True)
    sealed: Mapped[str] = mapped_column(info=SEALED)
    browser: Mapped[str] = mapped_column(String(200), default="")
    failures: Mapped[int] = mapped_column(default=0)
    since: Mapped[datetime]


class PushKey(Row):
    """Our key, one of a deployment. What is sealed is bound to a person: here to nobody."""

    __tablename__ = "push_keys"

    person_id: Mapped[str] = mapped_column(String(40), default="")
    private: Mapped[str] = mapped_column(info=SEALED)


class PushSubscriptions(Store[PushSubscription]):
    """One person's browsers."""

    row = PushSubscription

    def __init__(self, session: AsyncSession, person_id: str, ring: Ring) -> None:
        super().__init__(session, person_id)
        self._ring = ring

    async def keep(self, endpoint: str, p256dh: str, auth: str, *, browser: str, now: datetime) -> None:
        """A browser tells one person: whose it was before, it is no longer."""
        hashed = _hashed(endpoint)
        await self._session.execute(delete(PushSubscription).where(PushSubscription.endpoint_hash == hashed))
        text = json.dumps([endpoint, p256dh, auth])
        sealed = await self._ring.seal(self._session, text, person_id=self._person_id, place=_PLACE)
        await self._keep(
            PushSubscription(
                person_id=self._person_id, endpoint_hash=hashed, sealed=sealed, browser=browser[:200], since=now
            )
        )
        for old in (await self._list(self._mine().order_by(PushSubscription.made.desc())))[MOST:]:
            await self._session.delete(old)

    async def all(self) -> Sequence[tuple[str, str, str, str]]:
        """Each as (id, endpoint, p256dh, auth); what can't be opened any more is left out."""
        found = []
        for row in await self._list(self._mine().order_by(PushSubscription.made)):
            try:
                text = await self._ring.open(self._session, row.sealed, person_id=self._person_id, place=_PLACE)
            except Unreadable:
                continue
            endpoint, p256dh, auth = json.loads(text)
            found.append((row.id, endpoint, p256dh, auth))
        return found

    async def count(self) -> int:
        """How many browsers."""
        query = select(func.count()).where(PushSubscription.person_id == self._person_id)
        return await self._session.scalar(query) or 0

    async def drop(self, endpoint: str) -> None:
        """That browser isn't told any more."""
        mine = PushSubscription.person_id == self._person_id
        await self._session.execute(
            delete(PushSubscription).where(mine, PushSubscription.endpoint_hash == _hashed(endpoint))
        )

    async def gone(self, id: str) -> None:
        """It has ended its subscription."""
        await self._session.execute(delete(PushSubscription).where(PushSubscription.id == id))

    async def failed(self, id: str, at_most: int) -> None:
        """It was refused; after so many times in a row it goes."""
        await self._set(PushSubscription.id == id, failures=PushSubscription.failures + 1)
        await self._session.execute(
            delete(PushSubscription).where(PushSubscription.id == id, PushSubscription.failures >= at_most)
        )

    async def worked(self, id: str) -> None:
        """It was told."""
        await self._set(PushSubscription.id == id, PushSubscription.failures > 0, failures=0)


async def push_key(session: AsyncSession, ring: Ring, make: Callable[[], str]) -> str:
    """Our key, made once however many ask. A lost one is made anew: then no browser is told until it subscribes again."""
    row = await session.get(PushKey, _KEY)
    if row is not None:
        try:
            return await ring.open(session, row.private, person_id="", place=_KEY_PLACE)
        except Unreadable:
            await session.delete(row)
            await session.execute(delete(PushSubscription))
            await session.flush()
    key = make()
    sealed = await ring.seal(session, key, person_id="", place=_KEY_PLACE)
    try:
        async with session.begin_nested():
            session.add(PushKey(id=_KEY, private=sealed))
    except IntegrityError:  # another process was faster, this very moment
        made = (await session.scalars(select(PushKey).where(PushKey.id == _KEY))).one()
        return await ring.open(session, made.private, person_id="", place=_KEY_PLACE)
    return key


_PLACE = f"{PushSubscription.__tablename__}.sealed"
_KEY_PLACE = f"{PushKey.__tablename__}.private"


def _hashed(endpoint: str) -> str:
    return hashlib.sha256(endpoint.encode()).hexdigest()
