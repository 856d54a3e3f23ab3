"""Whose telephone it is, the PIN's hash, and how often a PIN was tried."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ForeignKey, String, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from integrations.errors import Conflict, Denied
from integrations.store.owned import Store
from integrations.store.tables import Owned

A_DAY = 10
"""Wrong PINs within `DAY`, over all calls; then the telephone is locked for as long."""
DAY = timedelta(hours=24)


class Locked(Denied):
    """Too many wrong PINs."""

    code, say = "locked", "The telephone is locked after too many wrong PINs."


class Phone(Owned):
    """One person's number and PIN. `tries` are the moments of tries that weren't right, or aren't known to be."""

    __tablename__ = "phones"

    person_id: Mapped[str] = mapped_column(
        String(40), ForeignKey("people.id", ondelete="CASCADE"), unique=True, sort_order=-1
    )
    number: Mapped[str | None] = mapped_column(String(16), unique=True)
    pin: Mapped[str | None]
    """Its argon2 hash."""
    verified_at: Mapped[datetime | None]
    """When a code that was told there came back; None: nobody is rung there."""
    tries: Mapped[list[Any]] = mapped_column(default=list)
    locked_until: Mapped[datetime | None]

    def locked(self, now: datetime) -> bool:
        """Whether no PIN counts now."""
        return self.locked_until is not None and self.locked_until > now


class Phones(Store[Phone]):
    """One person's telephone."""

    row = Phone

    async def mine(self) -> Phone | None:
        """What is kept, if anything."""
        return await self._session.scalar(self._mine())

    async def use(self, number: str) -> Phone:
        """From now on this number is theirs. Raises `Conflict` when it is somebody else's."""
        phone = await self.held()
        if phone.number != number:
            phone.number, phone.verified_at = number, None
        try:
            async with self._session.begin_nested():
                await self._session.flush()
        except IntegrityError as error:
            raise Conflict("That number is somebody else's here.") from error
        return phone

    async def protect(self, pin: str) -> Phone:
        """A new PIN, as its hash; whatever was tried before was another PIN."""
        phone = await self.held()
        phone.pin, phone.tries, phone.locked_until = pin, [], None
        await self._session.flush()
        return phone

    async def forget(self) -> None:
        """No number and no PIN any more."""
        await self._session.execute(delete(Phone).where(Phone.person_id == self._person_id))

    async def spend(self, now: datetime) -> str | None:
        """Pay for one try before it is made; the hash to compare with.

        Whoever comes at the same moment waits here for us. Raises `Locked`.
        """
        phone = await self.held()
        recent = _recent(phone.tries, now)
        if phone.locked(now) or len(recent) >= A_DAY:
            raise Locked
        phone.tries = [*recent, now.isoformat()]
        await self._session.flush()
        return phone.pin

    async def give_back(self, now: datetime) -> None:
        """The try of that moment was right: it doesn't count."""
        phone = await self.held()
        left = list(phone.tries)
        if now.isoformat() in left:
            left.remove(now.isoformat())
        phone.tries = left
        await self._session.flush()

    async def failed(self, now: datetime) -> datetime | None:
        """The try was wrong; until when the telephone is locked, if it was the last one."""
        phone = await self.held()
        if phone.locked(now) or len(_recent(phone.tries, now)) < A_DAY:
            return None
        phone.locked_until = now + DAY
        await self._session.flush()
        return phone.locked_until

    async def held(self) -> Phone:
        """The row, which nobody else may change until this piece of work is done."""
        query = self._mine().with_for_update().execution_options(populate_existing=True)
        if (phone := await self._session.scalar(query)) is not None:
            return phone
        try:
            async with self._session.begin_nested():
                self._session.add(Phone(person_id=self._person_id, tries=[]))
        except IntegrityError:  # made by somebody else at the same moment
            pass
        return (await self._session.scalars(query)).one()


async def called_from(session: AsyncSession, number: str) -> Phone | None:
    """The telephone with this number and a PIN, whoever's it is."""
    return await session.scalar(select(Phone).where(Phone.number == number, Phone.pin.is_not(None)))


async def phone_of(session: AsyncSession, person_id: str) -> Phone | None:
    """Theirs, if they have a number and a PIN."""
    mine = Phone.person_id == person_id, Phone.number.is_not(None), Phone.pin.is_not(None)
    return await session.scalar(select(Phone).where(*mine))


def _recent(tries: Sequence[str], now: datetime) -> list[str]:
    return [at for at in tries if datetime.fromisoformat(at) > now - DAY]
