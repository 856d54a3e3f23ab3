"""Approvals: what waits for a person's yes, and what became of it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import Select, String
from sqlalchemy.orm import Mapped, mapped_column

from integrations.store.owned import Store
from integrations.store.tables import Owned

Status = Literal["pending", "approved", "declined", "expired", "failed"]


class Approval(Owned):
    """One action with exactly these arguments; `digest` is over them."""

    __tablename__ = "approvals"

    conversation_id: Mapped[str | None] = mapped_column(String(40), index=True)
    turn_id: Mapped[str | None] = mapped_column(String(40))
    channel: Mapped[str]
    tool: Mapped[str]
    effect: Mapped[str]
    arguments: Mapped[dict[str, Any]]
    digest: Mapped[str]
    say: Mapped[str]
    status: Mapped[str] = mapped_column(String(20), default="pending")
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    result: Mapped[dict[str, Any] | None]


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
            )
        )

    async def pending(self, conversation_id: str | None, now: datetime) -> Approval | None:
        """The last thing asked in a thread that can still be answered."""
        waiting = self._newest().where(Approval.status == "pending", Approval.expires_at > now)
        return await self._session.scalar(waiting.where(Approval.conversation_id == conversation_id).limit(1))

    async def all(
        self, status: Status | None = None, first: int = 50, now: datetime | None = None
    ) -> Sequence[Approval]:
        """Newest first. Those that nobody answered in time are marked expired on the way."""
        late = Approval.expires_at <= (now or datetime.now(UTC))
        await self._set(Approval.status == "pending", late, status="expired")
        query = self._newest().limit(first)
        return await self._list(query if status is None else query.where(Approval.status == status))

    async def decide(self, id: str, status: Status, now: datetime, result: dict[str, Any] | None = None) -> bool:
        """Whether it was still to decide, and in time; of many callers one hears yes. Raises `NotFound`."""
        await self.get(id)
        still = (Approval.status == "pending", Approval.expires_at > now)
        return await self._set(Approval.id == id, *still, status=status, decided_at=now, result=result)

    async def finish(self, id: str, status: Status, result: dict[str, Any] | None) -> None:
        """What came of it. Raises `NotFound`."""
        approval = await self.get(id)
        approval.status, approval.result = status, result
        await self._session.flush()

    def _newest(self) -> Select[Approval]:
        return self._mine().order_by(Approval.asked_at.desc(), Approval.made.desc())
