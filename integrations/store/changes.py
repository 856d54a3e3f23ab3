"""Changes: the ledger of everything done, with its receipt and what would undo it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Select, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from integrations.store.owned import Store
from integrations.store.tables import Owned

Keeper = Literal["calendar", "tasks", "mail", "reminders", "memory"]


class Change(Owned):
    """One thing done. `key` makes it happen once; `words` are the person's own; `inverse` is the keeper's."""

    __tablename__ = "changes"
    __table_args__ = (UniqueConstraint("person_id", "key"),)

    conversation_id: Mapped[str | None] = mapped_column(String(40))
    turn_id: Mapped[str | None] = mapped_column(String(40))
    key: Mapped[str | None] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(index=True)
    tool: Mapped[str]
    effect: Mapped[str]
    say: Mapped[str]
    words: Mapped[str] = mapped_column(default="")
    arguments: Mapped[dict[str, Any]]
    receipt: Mapped[dict[str, Any] | None]
    keeper: Mapped[str] = mapped_column(String(20))
    inverse: Mapped[dict[str, Any] | None]
    undone_at: Mapped[datetime | None]


class Changes(Store[Change]):
    """One person's ledger."""

    row = Change
    missing = "I couldn't find that change."

    async def add(
        self,
        *,
        at: datetime,
        tool: str,
        effect: str,
        say: str,
        keeper: str,
        arguments: dict[str, Any],
        receipt: dict[str, Any] | None = None,
        inverse: dict[str, Any] | None = None,
        words: str = "",
        key: str | None = None,
        conversation_id: str | None = None,
        turn_id: str | None = None,
    ) -> Change:
        """Write one down. A key that was used is a `Conflict` when the transaction ends; ask `by_key` first."""
        return await self._keep(
            Change(
                person_id=self._person_id,
                conversation_id=conversation_id,
                turn_id=turn_id,
                key=key,
                at=at,
                tool=tool,
                effect=effect,
                say=say,
                words=words,
                arguments=arguments,
                receipt=receipt,
                keeper=keeper,
                inverse=inverse,
            )
        )

    async def by_key(self, key: str) -> Change | None:
        """The change done under this key, if it was."""
        return await self._session.scalar(self._mine().where(Change.key == key))

    async def latest(self, count: int = 1) -> Sequence[Change]:
        """The last ones not undone, newest first."""
        return await self._list(self._newest().where(Change.undone_at.is_(None)).limit(count))

    async def between(self, start: datetime, end: datetime) -> Sequence[Change]:
        """What was done in [start, end), newest first."""
        return await self._list(self._newest().where(Change.at >= start, Change.at < end))

    async def all(self, first: int = 50, before: datetime | None = None) -> Sequence[Change]:
        """Newest first; `before` turns the page."""
        query = self._newest().limit(first)
        return await self._list(query if before is None else query.where(Change.at < before))

    async def mark_undone(self, id: str, now: datetime) -> bool:
        """Whether it was still to undo; of many callers one hears yes. Raises `NotFound`."""
        await self.get(id)
        return await self._set(Change.id == id, Change.undone_at.is_(None), undone_at=now)

    def _newest(self) -> Select[Change]:
        return self._mine().order_by(Change.at.desc(), Change.made.desc())
