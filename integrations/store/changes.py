"""Changes: the ledger of everything done, with its receipt and what would undo it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Select, String, UniqueConstraint, or_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from integrations.store.owned import Store
from integrations.store.sealing import Private, PrivateDict
from integrations.store.tables import Owned

Keeper = Literal["calendar", "tasks", "mail", "reminders", "memory", "suggestions", "digest", "calls"]


UNDO = "undo"
CORRECTIONS = 10
"""How many lines are looked through for each act; hardly anybody corrects a thing more often."""


class Change(Owned):
    """One thing done. `key` makes it happen once; `words` are the person's own; `inverse` is the keeper's.

    An `UNDO` is no line of the ledger but a note, made before anything is taken back: of which changes, and, once it has a receipt,
    what came of it.
    """

    __tablename__ = "changes"
    __table_args__ = (UniqueConstraint("person_id", "key"),)

    conversation_id: Mapped[str | None] = mapped_column(String(40))
    turn_id: Mapped[str | None] = mapped_column(String(40))
    key: Mapped[str | None] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(index=True)
    tool: Mapped[str]
    effect: Mapped[str]
    say: Mapped[Private]
    words: Mapped[Private] = mapped_column(default="")
    arguments: Mapped[PrivateDict]
    receipt: Mapped[PrivateDict | None]
    keeper: Mapped[str] = mapped_column(String(20))
    inverse: Mapped[PrivateDict | None]
    undone_at: Mapped[datetime | None]
    amends: Mapped[str | None] = mapped_column(String(40))
    """The change whose outcome was called wrong and is put right by this one: they are taken back together, as one act."""

    @property
    def act(self) -> str:
        """What names it together with its corrections."""
        return self.amends or self.id

    @property
    def begun(self) -> bool:
        """Whether it is a taking back that hasn't come to its end."""
        return self.tool == UNDO and self.receipt is None


class Changes(Store[Change]):
    """One person's ledger."""

    row = Change
    missing = "I couldn't find that change."

    def __init__(self, session: AsyncSession, person_id: str) -> None:
        super().__init__(session, person_id)
        self.touched: set[str] = set()
        """Whose things were changed in this piece of work."""

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
        amends: str | None = None,
    ) -> Change:
        """Write one down. A key that was used is a `Conflict` when the transaction ends; ask `by_key` first."""
        self.touched.add(keeper)
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
                amends=amends,
            )
        )

    async def begin_undo(self, key: str, ids: Sequence[str], at: datetime) -> Change:
        """Note which changes are about to be taken back under this key, or give the note that was made of it before."""
        if (before := await self.by_key(key)) is not None:
            return before
        return await self._keep(
            Change(
                person_id=self._person_id, key=key, at=at, tool=UNDO, effect="private", say="", keeper="calendar",
                arguments={"changes": list(ids)}, receipt=None, inverse=None,
            )
        )  # fmt: skip

    async def end_undo(self, key: str, receipt: dict[str, Any], say: str) -> None:
        """What came of it; the same key gives this from now on."""
        await self._set(Change.key == key, receipt=receipt, say=say)

    async def by_key(self, key: str) -> Change | None:
        """The change done under this key, if it was."""
        return await self._session.scalar(self._mine().where(Change.key == key))

    async def named(self, beginning: str) -> Change | None:
        """One whose key begins so, a note of an undo too."""
        return await self._session.scalar(
            self._mine().where(Change.key.startswith(beginning, autoescape=True)).limit(1)
        )

    async def of_turn(self, turn_id: str) -> Sequence[Change]:
        """What was done in one turn, in that order."""
        return await self._list(self._mine().where(Change.turn_id == turn_id).order_by(Change.at, Change.made))

    async def latest(self, count: int = 1) -> Sequence[Change]:
        """The last ones not undone, newest first."""
        return await self._list(self._newest().where(Change.undone_at.is_(None)).limit(count))

    async def acts(self, count: int = 1) -> list[list[Change]]:
        """The last acts not undone, newest first; each is a change with its corrections, newest first."""
        names = dict.fromkeys(one.act for one in await self.latest(count * CORRECTIONS))
        return [await self.of_act(name) for name in [*names][:count]]

    async def of_act(self, name: str) -> list[Change]:
        """A change and its corrections, newest first, without what is undone."""
        still = self._newest().where(Change.undone_at.is_(None))
        return list(await self._list(still.where(or_(Change.id == name, Change.amends == name))))

    async def last_in(self, conversation_id: str) -> Change | None:
        """The last one of a thread, undone or not."""
        return await self._session.scalar(self._newest().where(Change.conversation_id == conversation_id).limit(1))

    async def between(self, start: datetime, end: datetime) -> Sequence[Change]:
        """What was done in [start, end), newest first."""
        return await self._list(self._newest().where(Change.at >= start, Change.at < end))

    async def all(self, first: int = 50, before: datetime | None = None) -> Sequence[Change]:
        """Newest first; `before` turns the page."""
        query = self._newest().limit(first)
        return await self._list(query if before is None else query.where(Change.at < before))

    async def mark_undone(self, id: str, now: datetime) -> bool:
        """Whether it was still to undo; of many callers one hears yes. Raises `NotFound`."""
        self.touched.add((await self.get(id)).keeper)
        return await self._set(Change.id == id, Change.undone_at.is_(None), undone_at=now)

    async def mark_standing(self, id: str) -> bool:
        """It wasn't taken back after all; whether it counted as that."""
        return await self._set(Change.id == id, Change.undone_at.is_not(None), undone_at=None)

    def _newest(self) -> Select[Change]:
        lines = self._mine().where(Change.tool != UNDO)
        return lines.order_by(Change.at.desc(), Change.made.desc())
