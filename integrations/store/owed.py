"""Work that is owed to people, one row each: who has it in hand, how often it was tried, and what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, cast

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Index,
    String,
    UniqueConstraint,
    and_,
    delete,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from integrations.errors import NotFound
from integrations.store.owned import Store
from integrations.store.tables import Owned, new_id

State = Literal["waiting", "running", "done", "failed", "parked"]
LEASE = timedelta(seconds=12)
"""After which whoever took the work and gave no sign of life since has lost it."""
NUDGE = timedelta(seconds=10)
"""After which a worker is told again of what nobody has taken."""
TRIES = 5


class Debt(Owned):
    """One piece of work. Of one job, person and slot there is one.

    waiting: from `next_at` on · running: `holder` has it until `lease_until` · done: `say` is what came of it · failed: refused
    for good · parked: tried too often, `say` is why. `token` grows at each taking, so that a holder who was given up can't end it.
    """

    __tablename__ = "owed"
    __table_args__ = (
        UniqueConstraint("job", "person_id", "slot"),
        Index("ix_owed_state_next_at", "state", "next_at"),
    )

    job: Mapped[str] = mapped_column(String(40))
    slot: Mapped[str] = mapped_column(String(120))
    due: Mapped[datetime]
    arguments: Mapped[dict[str, Any]]
    state: Mapped[State] = mapped_column(String(10), default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    token: Mapped[int] = mapped_column(default=0)
    holder: Mapped[str] = mapped_column(String(80), default="")
    lease_until: Mapped[datetime | None]
    beat_at: Mapped[datetime | None]
    next_at: Mapped[datetime]
    nudged_at: Mapped[datetime | None]
    say: Mapped[str] = mapped_column(default="")
    done_at: Mapped[datetime | None]


@dataclass(frozen=True, kw_only=True)
class Claim:
    """Work that somebody has in hand, until the lease ends or is renewed."""

    id: str
    token: int
    job: str
    person_id: str
    slot: str
    due: datetime
    arguments: dict[str, Any]
    attempt: int


class Debts(Store[Debt]):
    """What is owed to one person, as they may see it."""

    row = Debt
    missing = "I know of no such job."

    async def owe(self, job: str, slot: str, *, now: datetime, due: datetime, arguments: Mapping[str, Any]) -> None:
        """Owe it to them, together with whatever else is kept in this transaction; a worker is told when it is due."""
        await OwedWork(self._session).owe(job, self._person_id, slot, now=now, due=due, arguments=arguments)

    async def under_way(self, job: str, slot: str) -> bool:
        """Whether somebody has it in hand."""
        running = self._mine().where(Debt.job == job, Debt.slot == slot, Debt.state == "running")
        return await self._session.scalar(running) is not None

    async def newest(self, first: int, after: int = 0) -> Sequence[Debt]:
        """Newest first; what is yet to be done stands above what is over."""
        over = Debt.done_at.is_not(None)
        return await self._list(
            self._mine().order_by(over, Debt.due.desc(), Debt.made.desc()).limit(first).offset(after)
        )


class OwedWork:
    """Everybody's, for those who do it."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def owe(
        self,
        job: str,
        person_id: str,
        slot: str,
        *,
        now: datetime,
        due: datetime | None = None,
        arguments: Mapping[str, Any] | None = None,
    ) -> str | None:
        """Its id; None when it was owed already, whatever became of it. Of many who owe the same at once one does."""
        values = {
            "id": new_id(), "job": job, "person_id": person_id, "slot": slot, "due": due or now,
            "next_at": due or now, "arguments": dict(arguments or {}),
        }  # fmt: skip
        insert = (sqlite if self._session.get_bind().dialect.name == "sqlite" else postgresql).insert
        wanted = insert(Debt).values(**values).on_conflict_do_nothing(index_elements=["job", "person_id", "slot"])
        return (await self._session.execute(wanted.returning(Debt.id))).scalar_one_or_none()

    async def rearm(
        self, job: str, person_id: str, slot: str, *, now: datetime, arguments: Mapping[str, Any] | None = None
    ) -> str | None:
        """Owe again what is owed over and over, in the same row; None while it is still to be done."""
        same = and_(Debt.job == job, Debt.person_id == person_id, Debt.slot == slot)
        over = Debt.state.in_(["done", "failed", "parked"])
        old = await self._revive(same, over, now=now, arguments=dict(arguments or {}))
        return old or await self.owe(job, person_id, slot, now=now, arguments=arguments)

    async def retry(self, id: str, now: datetime) -> None:
        """Give parked or failed work five more tries. Raises `NotFound`."""
        if await self._revive(Debt.id == id, Debt.state.in_(["failed", "parked"]), now=now) is None:
            raise NotFound("There is no parked or failed job with this id.")

    async def _revive(self, *where: ColumnElement[bool], now: datetime, **more: Any) -> str | None:
        fresh = {
            "state": "waiting", "attempts": 0, "due": now, "next_at": now, "nudged_at": None,
            "lease_until": None, "done_at": None, "say": "",
        }  # fmt: skip
        revived = update(Debt).where(*where).values(**fresh, **more).returning(Debt.id)
        return (await self._session.execute(revived)).scalar_one_or_none()

    async def take(self, id: str, holder: str, now: datetime) -> Claim | None:
        """Take it in hand; None when it isn't ripe, or somebody has it."""
        taken = (
            update(Debt)
            .where(Debt.id == id, _ripe(now), Debt.attempts < TRIES)
            .values(
                state="running", holder=holder, token=Debt.token + 1, attempts=Debt.attempts + 1,
                lease_until=now + LEASE, beat_at=now,
            )
            .returning(Debt)
        )  # fmt: skip
        found = (await self._session.execute(taken, execution_options={"populate_existing": True})).scalar_one_or_none()
        if found is None:
            return None
        return Claim(
            id=found.id, token=found.token, job=found.job, person_id=found.person_id, slot=found.slot,
            due=found.due, arguments=found.arguments, attempt=found.attempts,
        )  # fmt: skip

    async def beat(self, claim: Claim, now: datetime) -> bool:
        """Still at it; whether it is still ours."""
        return await self._end(claim, beat_at=now, lease_until=now + LEASE)

    async def finish(self, claim: Claim, now: datetime, say: str = "", state: State = "done") -> bool:
        """It is over; whether it was still ours to end. `state` is done, failed or parked."""
        return await self._end(claim, state=state, say=say, done_at=now, lease_until=None)

    async def again(self, claim: Claim, next_at: datetime, say: str) -> bool:
        """Try it once more from `next_at` on; whether it was still ours."""
        return await self._end(claim, state="waiting", next_at=next_at, nudged_at=None, lease_until=None, say=say)

    async def give_back(self, claim: Claim, now: datetime) -> bool:
        """As if it had never been taken: whoever held it has to go."""
        return await self._end(
            claim, state="waiting", next_at=now, nudged_at=None, lease_until=None, attempts=Debt.attempts - 1
        )

    async def ripe(self, now: datetime, n: int) -> Sequence[tuple[str, str]]:
        """Ids and jobs of up to `n` that somebody should take now and of which no worker was told lately, longest due first."""
        untold = or_(Debt.nudged_at.is_(None), Debt.nudged_at < now - NUDGE, Debt.nudged_at > now + NUDGE)
        query = select(Debt.id, Debt.job).where(_ripe(now), untold, Debt.attempts < TRIES)
        found = await self._session.execute(query.order_by(Debt.next_at, Debt.made).limit(n))
        return [(row.id, row.job) for row in found]

    async def nudged(self, ids: Sequence[str], now: datetime) -> None:
        """A worker is being told of these."""
        if ids:
            await self._change(update(Debt).where(Debt.id.in_(ids)).values(nudged_at=now))

    async def has_dead(self, now: datetime) -> bool:
        """Whether there is something to give up."""
        dead = select(Debt.id).where(_lost(now), Debt.attempts >= TRIES).limit(1)
        return await self._session.scalar(dead) is not None

    async def give_up(self, now: datetime) -> int:
        """Park what was taken too often by workers that were never heard of again; how many."""
        lost = and_(_lost(now), Debt.attempts >= TRIES)
        say = f"Whoever worked on it died, {TRIES} times."
        return await self._change(
            update(Debt).where(lost).values(state="parked", say=say, done_at=now, lease_until=None)
        )

    async def release(self, now: datetime) -> int:
        """Let go of everything in hand: for the only process there is, when it starts; how many."""
        held = update(Debt).where(Debt.state == "running", Debt.lease_until >= now)
        return await self._change(held.values(lease_until=now - timedelta(seconds=1), nudged_at=None))

    async def all(self, *states: State, limit: int = 200) -> Sequence[Debt]:
        """Everybody's in these states (default: all), newest first."""
        query = select(Debt).order_by(Debt.due.desc(), Debt.made.desc()).limit(limit)
        return (await self._session.scalars(query.where(Debt.state.in_(states)) if states else query)).all()

    async def counts(self) -> dict[str, int]:
        """How many there are in each state."""
        found = await self._session.execute(select(Debt.state, func.count().label("many")).group_by(Debt.state))
        return {row.state: row.many for row in found}

    async def late(self, now: datetime) -> float:
        """Seconds since the one that is ripe for longest should have begun."""
        oldest = await self._session.scalar(select(func.min(Debt.next_at)).where(_ripe(now)))
        return max(0.0, (now - oldest).total_seconds()) if oldest else 0.0

    async def forget(self, before: datetime) -> int:
        """Drop what was over by then; what is parked stays until somebody has seen to it."""
        return await self._change(delete(Debt).where(Debt.state.in_(["done", "failed"]), Debt.done_at < before))

    async def _end(self, claim: Claim, **values: Any) -> bool:
        ours = and_(Debt.id == claim.id, Debt.token == claim.token, Debt.state == "running")
        return await self._change(update(Debt).where(ours).values(**values)) > 0

    async def _change(self, statement: Any) -> int:
        done = await self._session.execute(statement, execution_options={"synchronize_session": False})
        return cast("CursorResult[Any]", done).rowcount


def _ripe(now: datetime) -> ColumnElement[bool]:
    return or_(and_(Debt.state == "waiting", Debt.next_at <= now), _lost(now))


def _lost(now: datetime) -> ColumnElement[bool]:
    # a clock that was set back leaves leases that end far too late
    return and_(Debt.state == "running", or_(Debt.lease_until < now, Debt.lease_until > now + 4 * LEASE))
