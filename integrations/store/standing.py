"""How what happens unasked stands, in figures, for whoever watches over it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from integrations.store.leaders import Leader
from integrations.store.owed import Debt, OwedWork, State

STATES: tuple[State, ...] = ("waiting", "running", "done", "failed", "parked")


@dataclass(frozen=True, kw_only=True)
class Standing:
    """`ticked_at`: when somebody last looked at the clock; `late`: seconds since what is ripe for longest should have begun."""

    ticked_at: datetime | None
    counts: dict[str, int]
    late: float
    tries: int
    """Of everything in the ledger together."""


async def standing(session: AsyncSession, now: datetime) -> Standing:
    """As it is now."""
    work = OwedWork(session)
    counts = dict.fromkeys(STATES, 0) | await work.counts()
    return Standing(
        ticked_at=await session.scalar(select(func.max(Leader.ticked_at))),
        counts=counts,
        late=await work.late(now),
        tries=int(await session.scalar(select(func.sum(Debt.attempts))) or 0),
    )
