"""What was forgotten, without its words: enough to know it again, and not to learn it anew."""

import hashlib
import re

from sqlalchemy import String, UniqueConstraint, delete
from sqlalchemy.orm import Mapped, mapped_column

from integrations.store.owned import Store
from integrations.store.tables import Owned


class Grave(Owned):
    """The mark of one forgotten thing: a hash of the person's id and its words."""

    __tablename__ = "forgotten"
    __table_args__ = (UniqueConstraint("person_id", "mark"),)

    mark: Mapped[str] = mapped_column(String(64))


class Graves(Store[Grave]):
    """One person's."""

    row = Grave

    async def bury(self, words: str) -> None:
        """These words are not to be learned again by themselves."""
        if not await self.holds(words):
            await self._keep(Grave(person_id=self._person_id, mark=self._mark(words)))

    async def raise_up(self, words: str) -> None:
        """They may be known again: the person has said so."""
        mine = (Grave.person_id == self._person_id, Grave.mark == self._mark(words))
        await self._session.execute(delete(Grave).where(*mine))

    async def holds(self, words: str) -> bool:
        """Whether they were forgotten."""
        return await self._session.scalar(self._mine().where(Grave.mark == self._mark(words))) is not None

    def _mark(self, words: str) -> str:
        plain = " ".join(re.findall(r"\w+", words.lower()))
        return hashlib.sha256(f"{self._person_id}\n{plain}".encode()).hexdigest()
