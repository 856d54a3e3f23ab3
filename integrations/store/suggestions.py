"""Suggestions: what was proposed for the free hours, and what the person said to it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from sqlalchemy import Select, String, UniqueConstraint, func, select, update
from sqlalchemy.orm import Mapped, mapped_column

from integrations.store.owned import Store
from integrations.store.sealing import Private
from integrations.store.tables import Owned

Kind = Literal["deadline", "focus", "habit", "break"]
State = Literal["open", "accepted", "dismissed", "expired"]


class Suggestion(Owned):
    """One proposal: something for a stretch that was free when it was made.

    `fingerprint` names what is proposed whatever the hour: of one there is one row, which comes back with a new time
    as long as nobody said no. `memory_id` is the memory it rests on, if any.
    """

    __tablename__ = "suggestions"
    __table_args__ = (UniqueConstraint("person_id", "fingerprint"),)

    kind: Mapped[str] = mapped_column(String(20))
    fingerprint: Mapped[str] = mapped_column(String(40))
    title: Mapped[Private]
    text: Mapped[Private]
    why: Mapped[Private]
    starts: Mapped[datetime] = mapped_column(index=True)
    ends: Mapped[datetime]
    task_id: Mapped[str | None]
    task_title: Mapped[Private | None]
    memory_id: Mapped[str | None] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(20), default="open")
    at: Mapped[datetime]
    shown_at: Mapped[datetime | None]
    """When the person had it before their eyes or ears first."""
    heard_at: Mapped[datetime | None]
    """When it was said last: "that" is the one heard last."""
    told_at: Mapped[datetime | None]
    """When it was said unasked."""
    told_for: Mapped[str | None] = mapped_column(String(80))
    """The slot of the job that told it unasked."""
    decided_at: Mapped[datetime | None]
    quiet_until: Mapped[datetime | None]
    """Until when a no to this one keeps its whole kind quiet."""

    @property
    def key(self) -> str:
        """Names this proposal at this time, for what is done about it once."""
        return f"suggestion:{self.id}:{self.starts:%Y%m%dT%H%M}"


class Suggestions(Store[Suggestion]):
    """One person's."""

    row = Suggestion
    missing = "I couldn't find that suggestion."

    async def put(self, new: Suggestion) -> Suggestion:
        """Propose it; one that had lapsed is proposed again with its new time."""
        new.person_id = self._person_id
        earlier = await self.of(new.fingerprint)
        if earlier is None:
            return await self._keep(new)
        for name in ("kind", "title", "text", "why", "starts", "ends", "task_title", "memory_id", "at"):
            setattr(earlier, name, getattr(new, name))
        earlier.state, earlier.decided_at, earlier.quiet_until = "open", None, None
        earlier.shown_at, earlier.heard_at, earlier.told_at, earlier.told_for = None, None, None, None
        await self._session.flush()
        return earlier

    async def of(self, fingerprint: str) -> Suggestion | None:
        """What was proposed under this fingerprint, whatever came of it."""
        return await self._session.scalar(self._mine().where(Suggestion.fingerprint == fingerprint))

    async def held(self, id: str) -> Suggestion:
        """For deciding about it: whoever else wants to waits. Raises `NotFound`."""
        await self._session.execute(select(Suggestion.id).where(Suggestion.id == id).with_for_update())
        row = await self.get(id)
        await self._session.refresh(row)
        return row

    async def open(self) -> Sequence[Suggestion]:
        """Those that stand, as they were made: the most pressing first."""
        return await self._list(self._mine().where(Suggestion.state == "open").order_by(Suggestion.made))

    async def all(self, first: int = 50, before: datetime | None = None) -> Sequence[Suggestion]:
        """Whatever became of them, newest first; `before` turns the page."""
        query = self._mine().order_by(Suggestion.at.desc(), Suggestion.made.desc()).limit(first)
        return await self._list(query if before is None else query.where(Suggestion.at < before))

    async def last_heard(self, since: datetime) -> Suggestion | None:
        """The open one that was said last."""
        heard = self._mine().where(Suggestion.state == "open", Suggestion.heard_at >= since)
        return await self._session.scalar(heard.order_by(Suggestion.heard_at.desc(), Suggestion.made).limit(1))

    async def told(self, slot: str) -> Suggestion | None:
        """The one that was told unasked for this slot."""
        return await self._session.scalar(self._mine().where(Suggestion.told_for == slot))

    async def count_told(self, start: datetime, end: datetime) -> int:
        """How many were told unasked in [start, end)."""
        return await self._count(self._mine().where(Suggestion.told_at >= start, Suggestion.told_at < end))

    async def count_decided(self, start: datetime, end: datetime) -> int:
        """How many were accepted or dismissed in [start, end)."""
        return await self._count(self._mine().where(Suggestion.decided_at >= start, Suggestion.decided_at < end))

    async def quiet(self, now: datetime) -> set[str]:
        """The kinds that the person doesn't want to hear of for now."""
        still = select(Suggestion.kind).where(Suggestion.person_id == self._person_id, Suggestion.quiet_until > now)
        return set((await self._session.scalars(still)).all())

    async def refusals(self, kind: str) -> int:
        """How often this kind was declined since one of it was last accepted."""
        accepted = select(func.max(Suggestion.decided_at)).where(
            Suggestion.person_id == self._person_id, Suggestion.kind == kind, Suggestion.state == "accepted"
        )
        since = await self._session.scalar(accepted)
        declined = self._mine().where(Suggestion.kind == kind, Suggestion.state == "dismissed")
        return await self._count(declined if since is None else declined.where(Suggestion.decided_at > since))

    async def keep(self) -> None:
        """Write down what was changed in the rows."""
        await self._session.flush()

    async def forget(self, memory_id: str) -> None:
        """A memory is forgotten: nothing made from it stands any more, nor its words."""
        mine = (Suggestion.person_id == self._person_id, Suggestion.memory_id == memory_id)
        wiped = update(Suggestion).where(*mine).values(text="", why="", memory_id=None)
        await self._session.execute(
            update(Suggestion).where(*mine, Suggestion.state == "open").values(state="expired"),
            execution_options={"synchronize_session": "fetch"},
        )
        await self._session.execute(
            update(Suggestion).where(*mine, Suggestion.kind == "habit").values(title=""),
            execution_options={"synchronize_session": "fetch"},
        )
        await self._session.execute(wiped, execution_options={"synchronize_session": "fetch"})

    async def _count(self, query: Select[Suggestion]) -> int:
        return await self._session.scalar(select(func.count()).select_from(query.subquery())) or 0
