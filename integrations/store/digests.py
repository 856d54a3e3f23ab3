"""Digests: one of a person's mail for each of their days, and the things to do that were found in it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Boolean, Date, ForeignKey, String, UniqueConstraint, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from integrations.errors import Conflict, NotFound
from integrations.store.changes import Change
from integrations.store.owned import Store
from integrations.store.sealing import Private, PrivateList
from integrations.store.tables import Elsewhere

State = Literal["proposed", "accepted", "dismissed", "added"]
"""`added`: without asking, as the person allows; `accepted`: they said so."""
Mind = Literal["model", "rules", "rules instead"]
"""Who judged; `rules instead` where the model should have."""
STANDS = timedelta(days=7)
"""How long a proposal that nobody decided on is still shown, in the digests of the following days."""


class Digest(Elsewhere):
    """The mail of one local day. `mails` are those that matter, `looked` the ids of all that were judged."""

    __tablename__ = "digests"
    __table_args__ = (UniqueConstraint("person_id", "day"),)

    day: Mapped[date] = mapped_column(Date)
    since: Mapped[datetime]
    """Mail that came before was looked at by an earlier digest."""
    until: Mapped[datetime]
    unread: Mapped[int]
    say: Mapped[Private]
    mails: Mapped[PrivateList]
    looked: Mapped[list[Any]]
    mind: Mapped[str] = mapped_column(String(40))
    """Of `Mind`."""
    written_at: Mapped[datetime]


class DigestItem(Elsewhere):
    """Something to do that a mail asks for. `quote` is the mail's own words: its witness."""

    __tablename__ = "digest_items"
    __table_args__ = (UniqueConstraint("person_id", "key"),)

    digest_id: Mapped[str] = mapped_column(String(40), ForeignKey("digests.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(String(64))
    """Names mail and quote: the same thing is proposed once, whoever finds it again."""
    text: Mapped[Private]
    due: Mapped[date | None] = mapped_column(Date)
    quote: Mapped[Private]
    mail_id: Mapped[str] = mapped_column(String(200))
    mail_from: Mapped[Private]
    mail_subject: Mapped[Private]
    known: Mapped[bool] = mapped_column(Boolean)
    """Whether the person knows who wrote it; only then may it be added unasked."""
    state: Mapped[str] = mapped_column(String(20), default="proposed")
    task_id: Mapped[str | None] = mapped_column(String(200))
    change_id: Mapped[str | None] = mapped_column(String(40))
    decided_at: Mapped[datetime | None]
    at: Mapped[datetime]


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """An item as it stands now: one whose task was taken back is open again, or, if it was added unasked, dismissed."""

    id: str
    key: str
    text: str
    due: date | None
    quote: str
    mail_id: str
    mail_from: str
    mail_subject: str
    known: bool
    state: State
    task_id: str | None
    change_id: str | None
    """Of the change that added its task, also of one that was taken back."""
    digest_id: str


class Digests(Store[Digest]):
    """One person's digests."""

    row = Digest
    missing = "There is no digest of your mail yet."

    async def of(self, day: date) -> Digest | None:
        """The one of this local day."""
        return await self._session.scalar(self._mine().where(Digest.day == day))

    async def before(self, day: date) -> Digest | None:
        """The last one of an earlier day."""
        earlier = self._mine().where(Digest.day < day).order_by(Digest.day.desc()).limit(1)
        return await self._session.scalar(earlier)

    async def all(self) -> Sequence[Digest]:
        """Every one, newest first."""
        return await self._list(self._mine().order_by(Digest.day.desc()))

    async def put(self, day: date, **fields: Any) -> Digest:
        """Write this day's, or write it anew: it is one row however many write."""
        if await self._set(Digest.day == day, **fields):
            return await self._of(day)
        try:
            async with self._session.begin_nested():
                self._session.add(Digest(person_id=self._person_id, day=day, **fields))
        except IntegrityError:  # someone else was first
            await self._set(Digest.day == day, **fields)
        return await self._of(day)

    async def _of(self, day: date) -> Digest:
        return (await self._session.scalars(self._mine().where(Digest.day == day))).one()

    async def propose(self, digest: Digest, found: Iterable[Mapping[str, Any]], at: datetime) -> None:
        """Add things to do; one that was found before stays as it stands."""
        keys = {str(one["key"]): one for one in found}
        mine = select(DigestItem.key).where(DigestItem.person_id == self._person_id, DigestItem.key.in_(keys))
        there = set(await self._session.scalars(mine))
        for key, one in keys.items():
            if key in there:
                continue
            try:
                async with self._session.begin_nested():
                    self._session.add(DigestItem(person_id=self._person_id, digest_id=digest.id, at=at, **one))
            except IntegrityError:  # somebody else found it at the same moment
                pass

    async def items(self, digest: Digest) -> list[Proposal]:
        """Those of this digest, then those of the days before it that nobody decided on."""
        theirs = select(DigestItem).where(DigestItem.person_id == self._person_id)
        recent = (DigestItem.at > digest.written_at - STANDS) & (DigestItem.at <= digest.written_at)
        query = theirs.where(or_(DigestItem.digest_id == digest.id, recent)).order_by(DigestItem.at, DigestItem.made)
        found = await self._standing((await self._session.scalars(query)).all())
        own = sorted((one for one in found if one.digest_id == digest.id), key=lambda one: one.due or date.max)
        return own + [one for one in found if one.digest_id != digest.id and one.state == "proposed"]

    async def item(self, id: str) -> Proposal:
        """Raises `NotFound`."""
        (found,) = await self._standing([await self._item(id)])
        return found

    async def decide(
        self, id: str, state: State, now: datetime, *, task_id: str | None = None, change_id: str | None = None
    ) -> Proposal:
        """What becomes of it. Raises `NotFound`."""
        row = await self._item(id)
        row.state, row.decided_at = state, now
        row.task_id, row.change_id = task_id, change_id or row.change_id
        await self._session.flush()
        return await self.item(id)

    async def reopen(self, ids: Iterable[str]) -> None:
        """Take it back that they were dismissed. Raises `Conflict` when one was decided anew since."""
        for one in ids:
            row = await self._item(one)
            if row.state != "dismissed":
                raise Conflict("That was decided anew in the meantime.")
            row.state, row.decided_at = "proposed", None
        await self._session.flush()

    async def _item(self, id: str) -> DigestItem:
        query = select(DigestItem).where(DigestItem.person_id == self._person_id, DigestItem.id == id)
        if (row := await self._session.scalar(query)) is None:
            raise NotFound("I couldn't find that thing to do.")
        return row

    async def _standing(self, rows: Sequence[DigestItem]) -> list[Proposal]:
        changes = [row.change_id for row in rows if row.change_id]
        undone = select(Change.id).where(
            Change.person_id == self._person_id, Change.id.in_(changes), Change.undone_at.is_not(None)
        )
        gone = set(await self._session.scalars(undone)) if changes else set()
        return [_proposal(row, undone=row.change_id in gone) for row in rows]


def _proposal(row: DigestItem, *, undone: bool) -> Proposal:
    fields = {name: getattr(row, name) for name in Proposal.__annotations__}
    if undone and row.state in {"accepted", "added"}:
        fields |= {"task_id": None, "state": "proposed" if row.state == "accepted" else "dismissed"}
    return Proposal(**fields)
