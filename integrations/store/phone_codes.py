"""Codes that were told by telephone, so that a number is known to be a person's: never the code itself, only its guesses."""

from datetime import datetime, timedelta

from sqlalchemy import String, func, select
from sqlalchemy.orm import Mapped, mapped_column

from integrations.errors import Denied, RateLimited
from integrations.store.owned import Store
from integrations.store.tables import Owned

GOOD_FOR = timedelta(minutes=10)
GUESSES = 5
AN_HOUR, A_DAY = 3, 10
"""Code calls a person may ask for."""


class NoCode(Denied):
    """None was told, it is too old, used up, or guessed at too often."""

    code, say = "no_code", "That code doesn't count any more. Let me call you with a new one."


class PhoneCode(Owned):
    """One code. It follows from its id and our secret, so a stolen database doesn't tell it."""

    __tablename__ = "phone_codes"

    number: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime]
    guesses: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[datetime | None]


class PhoneCodes(Store[PhoneCode]):
    """One person's. Whoever asks holds their telephone's row, so that of many who ask at once each comes after the other."""

    row = PhoneCode

    async def new(self, number: str, now: datetime) -> PhoneCode:
        """The earlier ones count no more. Raises `RateLimited`."""
        for within, most in ((timedelta(hours=1), AN_HOUR), (timedelta(days=1), A_DAY)):
            if await self._since(now - within) >= most:
                wait = within.total_seconds()
                raise RateLimited(
                    "I've called you with codes often enough for now. Please try again later.", retry_after=wait
                )
        return await self._keep(PhoneCode(person_id=self._person_id, number=number, at=now))

    async def guess(self, number: str, now: datetime) -> PhoneCode:
        """Pay for one guess before it is made; the code to compare with. Raises `NoCode`."""
        newest = self._mine().order_by(PhoneCode.at.desc(), PhoneCode.made.desc()).limit(1)
        code = await self._session.scalar(newest.execution_options(populate_existing=True))
        if code is None or code.number != number or code.used_at or now - code.at > GOOD_FOR or code.guesses >= GUESSES:
            raise NoCode
        code.guesses += 1
        await self._session.flush()
        return code

    async def _since(self, moment: datetime) -> int:
        query = select(func.count()).select_from(PhoneCode).where(PhoneCode.person_id == self._person_id)
        return await self._session.scalar(query.where(PhoneCode.at > moment)) or 0
