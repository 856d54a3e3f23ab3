"""Approvals: what waits for a person's yes, and what became of it."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Select, String, and_, exists, false, func, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from integrations.store.changes import UNDO, Change
from integrations.store.owned import Store
from integrations.store.people import Person
from integrations.store.sealing import Private, PrivateDict
from integrations.store.tables import Owned

CUT_OFF = timedelta(seconds=10)
"""How long after a yes, of which nothing came, it is taken for cut off."""
Status = Literal["pending", "approved", "declined", "expired", "failed"]


class Approval(Owned):
    """One action with exactly these arguments; `digest` is over them."""

    __tablename__ = "approvals"

    conversation_id: Mapped[str | None] = mapped_column(String(40), index=True)
    turn_id: Mapped[str | None] = mapped_column(String(40))
    channel: Mapped[str]
    tool: Mapped[str]
    effect: Mapped[str]
    arguments: Mapped[PrivateDict]
    digest: Mapped[str]
    say: Mapped[Private]
    status: Mapped[str] = mapped_column(String(20), default="pending")
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    result: Mapped[PrivateDict | None]
    consent: Mapped[PrivateDict | None]
    """What a yes has to say."""
    by_click: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether no words are enough: only a click on the card is a yes."""
    origin: Mapped[str] = mapped_column(String(20), default="said", server_default="third party")
    """Of the worst that had been read when it was asked."""
    origins: Mapped[dict[str, Any] | None]
    """Where each argument comes from."""
    heard_at: Mapped[datetime | None]
    """Since when the person knows all of what they are asked; None aloud: they haven't heard it out."""


class Approvals(Store[Approval]):
    """One person's approvals."""

    row = Approval
    missing = "I couldn't find anything waiting for your yes under that name."

    async def add(
        self,
        *,
        channel: str,
        tool: str,
        effect: str,
        arguments: dict[str, Any],
        digest: str,
        say: str,
        asked_at: datetime,
        expires_at: datetime,
        conversation_id: str | None = None,
        turn_id: str | None = None,
        consent: dict[str, Any] | None = None,
        by_click: bool = False,
        origin: str = "said",
        origins: dict[str, Any] | None = None,
        heard_at: datetime | None = None,
    ) -> Approval:
        """Ask for a yes to exactly this."""
        return await self._keep(
            Approval(
                person_id=self._person_id,
                conversation_id=conversation_id,
                turn_id=turn_id,
                channel=channel,
                tool=tool,
                effect=effect,
                arguments=arguments,
                digest=digest,
                say=say,
                asked_at=asked_at,
                expires_at=expires_at,
                consent=consent,
                by_click=by_click,
                origin=origin,
                origins=origins,
                heard_at=heard_at,
            )
        )

    async def of_turn(self, turn_id: str, now: datetime) -> Sequence[Approval]:
        """What was asked in a turn and can still be answered, in that order."""
        waiting = self._mine().where(Approval.status == "pending", Approval.expires_at > now)
        asked = waiting.where(Approval.turn_id == turn_id)
        return await self._list(asked.order_by(Approval.asked_at, Approval.made))

    async def ask_again(self, id: str, *, turn_id: str, channel: str, heard_at: datetime | None) -> Approval:
        """The same question stands in another turn now. Raises `NotFound`."""
        approval = await self.get(id)
        approval.turn_id, approval.channel, approval.heard_at = turn_id, channel, heard_at
        await self._session.flush()
        return approval

    async def spent(self, tools: Collection[str], effects: Collection[str], since: datetime) -> int:
        """How many of these were said yes to since then."""
        query = select(func.count()).where(
            Approval.person_id == self._person_id,
            Approval.status == "approved",
            Approval.decided_at >= since,
            Approval.tool.in_(tools),
            Approval.effect.in_(effects),
        )
        return await self._session.scalar(query) or 0

    async def unasked(self, effect: str, since: datetime) -> int:
        """How much of this kind was done since then for somebody's words, without a question."""
        query = select(func.count()).where(
            Change.person_id == self._person_id,
            Change.effect == effect,
            Change.at >= since,
            Change.conversation_id.is_not(None),
            Change.key.not_in(select(Approval.id).where(Approval.person_id == self._person_id)),
        )
        return await self._session.scalar(query) or 0

    async def one_at_a_time(self) -> None:
        """Whoever else decides something of this person's waits until this transaction is kept."""
        await self._session.execute(select(Person.id).where(Person.id == self._person_id).with_for_update())

    async def asked_in(self, turn_id: str) -> Approval | None:
        """What was asked at the end of a turn, whatever became of it."""
        return await self._session.scalar(self._newest().where(Approval.turn_id == turn_id).limit(1))

    async def reopen(self, id: str, *, since: datetime, now: datetime) -> bool:
        """Whether it can be answered (again): also where a yes was noted since then, and nobody knows what came of it.

        What is done on a yes is named by the approval, so that it is done once however often it is answered.
        """
        cut_off = (Approval.status == "approved", Approval.decided_at >= since, Approval.result.is_(None))
        await self._set(
            Approval.id == id, *cut_off, status="pending", decided_at=None, expires_at=now + timedelta(seconds=5)
        )
        return (found := await self.get(id)).status == "pending" and found.expires_at > now

    async def all(
        self, status: Status | None = None, first: int = 50, now: datetime | None = None
    ) -> Sequence[Approval]:
        """Newest first. Those that nobody answered in time are marked expired on the way."""
        late = Approval.expires_at <= (now or datetime.now(UTC))
        await self._set(Approval.status == "pending", late, status="expired")
        query = self._newest().limit(first)
        return await self._list(query if status is None else query.where(Approval.status == status))

    async def decide(self, id: str, status: Status, now: datetime, result: dict[str, Any] | None = None) -> bool:
        """Whether it was still to decide, and in time; of many callers one hears yes. Raises `NotFound`.

        A yes of which nothing came, because the process ended between the two, can be said again.
        """
        await self.get(id)
        still = and_(Approval.status == "pending", Approval.expires_at > now)
        done = exists().where(
            Change.person_id == self._person_id, Change.key == id, or_(Change.tool != UNDO, Change.receipt.is_not(None))
        )
        if status == "approved":
            cut_off = (Approval.status == "approved", Approval.decided_at <= now - CUT_OFF, Approval.result.is_(None))
            still = or_(still, and_(*cut_off, ~done))
        return await self._set(Approval.id == id, still, status=status, decided_at=now, result=result)

    async def finish(self, id: str, status: Status, result: dict[str, Any] | None) -> None:
        """What came of it. Raises `NotFound`."""
        approval = await self.get(id)
        approval.status, approval.result = status, result
        await self._session.flush()

    def _newest(self) -> Select[Approval]:
        return self._mine().order_by(Approval.asked_at.desc(), Approval.made.desc())
