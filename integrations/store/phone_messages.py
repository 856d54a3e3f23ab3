"""Messages that callers left whose number nobody knows: words of third parties, kept as text."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Float, delete
from sqlalchemy.orm import Mapped, mapped_column

from integrations.store.owned import Store
from integrations.store.sealing import Private
from integrations.store.tables import Owned


class PhoneMessage(Owned):
    """What somebody said after the tone. `caller` is the number that was shown, which anybody can forge."""

    __tablename__ = "phone_messages"

    at: Mapped[datetime]
    caller: Mapped[str]
    text: Mapped[Private]
    seconds: Mapped[float] = mapped_column(Float)


class PhoneMessages(Store[PhoneMessage]):
    """One person's."""

    row = PhoneMessage
    missing = "I couldn't find that message."

    async def keep(self, *, at: datetime, caller: str, text: str, seconds: float) -> PhoneMessage:
        """A new one."""
        return await self._keep(
            PhoneMessage(person_id=self._person_id, at=at, caller=caller, text=text, seconds=seconds)
        )

    async def all(self, first: int = 50, before: datetime | None = None) -> Sequence[PhoneMessage]:
        """Newest first; `before` turns the page."""
        query = self._mine().order_by(PhoneMessage.at.desc(), PhoneMessage.made.desc()).limit(first)
        return await self._list(query if before is None else query.where(PhoneMessage.at < before))

    async def delete(self, id: str) -> None:
        """Raises `NotFound`."""
        await self.get(id)
        await self._session.execute(
            delete(PhoneMessage).where(PhoneMessage.person_id == self._person_id, PhoneMessage.id == id)
        )
