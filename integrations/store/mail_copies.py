"""The table behind the copy of a mail account; its keeper is integrations/email/mirror.py."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Index, String, UniqueConstraint, delete, func, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from integrations.errors import NotFound
from integrations.store.owned import Store
from integrations.store.sealing import Private, theirs
from integrations.store.tables import Elsewhere

MANY = 1000  # ids in one statement: every database takes as many


class MailCopy(Elsewhere):
    """One mail of the account, or one that is to go there.

    `name` is its id for the rest of the house, for ever; `gmail_id` is Gmail's, which for a draft is another one after each
    change, and none as long as Gmail doesn't know of it. `body` is None as long as only the `snippet` is known.
    `intent` is the key of what is still to be done with it. Addresses and Message-IDs stand one a line.
    """

    __tablename__ = "mail_copies"
    __table_args__ = (
        UniqueConstraint("person_id", "name"),
        UniqueConstraint("person_id", "gmail_id"),
        Index("ix_mail_copies_person_id_box_at", "person_id", "box", "at"),
        Index("ix_mail_copies_person_id_box_unread_at", "person_id", "box", "unread", "at"),
        Index("ix_mail_copies_person_id_message_id", "person_id", "message_id"),
    )

    name: Mapped[str] = mapped_column(String(100))
    gmail_id: Mapped[str | None] = mapped_column(String(40))
    draft_id: Mapped[str | None] = mapped_column(String(80), index=True)
    thread: Mapped[str] = mapped_column(String(40), default="")
    labels: Mapped[list[Any]] = mapped_column(default=list)
    box: Mapped[str] = mapped_column(String(20))
    unread: Mapped[bool] = mapped_column(default=False)
    important: Mapped[bool] = mapped_column(default=False)
    bulk: Mapped[bool] = mapped_column(default=False)
    read_here: Mapped[bool] = mapped_column(default=False)
    """Read, though Gmail may not be told so."""
    from_name: Mapped[str] = mapped_column(default="")
    from_address: Mapped[str] = mapped_column(default="")
    to: Mapped[str] = mapped_column(default="")
    cc: Mapped[str] = mapped_column(default="")
    bcc: Mapped[str] = mapped_column(default="", server_default="")
    subject: Mapped[str] = mapped_column(default="")
    snippet: Mapped[Private] = mapped_column(default="")
    body: Mapped[Private | None]
    message_id: Mapped[str] = mapped_column(String(400), default="")
    answers: Mapped[str] = mapped_column(String(400), default="")
    references: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    leaves_at: Mapped[datetime | None]
    etag: Mapped[str] = mapped_column(String(80), default="")
    intent: Mapped[str | None] = mapped_column(String(200))
    round: Mapped[int] = mapped_column(default=0)


class MailCopies(Store[MailCopy]):
    """One person's."""

    row = MailCopy
    missing = "I couldn't find that mail."

    async def named(self, name: str) -> MailCopy | None:
        """By our id or Gmail's."""
        return await self._session.scalar(self._mine().where((MailCopy.name == name) | (MailCopy.gmail_id == name)))

    async def of_draft(self, draft_id: str) -> MailCopy | None:
        """The mail of a draft."""
        return await self._session.scalar(self._mine().where(MailCopy.draft_id == draft_id))

    async def page(self, *where: ColumnElement[bool], first: int, after: int) -> Sequence[MailCopy]:
        """A part of those for which it is so, newest first."""
        newest = self._mine().where(*where).order_by(MailCopy.at.desc(), MailCopy.made.desc())
        return await self._list(newest.limit(first).offset(after))

    async def of(self, ids: Iterable[str], *names: str) -> list[Any]:
        """Of these mails, these columns, in no order."""
        found: list[Any] = []
        columns = [getattr(MailCopy, name) for name in names]
        for some in _portions(list(ids)):
            query = select(*columns).where(MailCopy.person_id == self._person_id, MailCopy.id.in_(some))
            found += (await self._session.execute(query)).all()
        return found

    async def columns(self, names: Iterable[str], *where: ColumnElement[bool]) -> Sequence[Any]:
        """Of each for which it is so, newest first, these columns: much lighter than the whole."""
        columns = [getattr(MailCopy, name) for name in names]
        query = select(*columns).where(MailCopy.person_id == self._person_id, *where)
        return (await self._session.execute(query.order_by(MailCopy.at.desc(), MailCopy.made.desc()))).all()

    async def by_gmail_id(self, ids: Iterable[str]) -> dict[str, MailCopy]:
        """Those that are here."""
        found: dict[str, MailCopy] = {}
        for some in _portions(list(ids)):
            for row in await self._list(self._mine().where(MailCopy.gmail_id.in_(some))):
                found[row.gmail_id or ""] = row
        return found

    async def names(self, message_ids: Iterable[str]) -> dict[str, str]:
        """Our ids by Message-ID."""
        found: dict[str, str] = {}
        for some in _portions([one for one in message_ids if one]):
            query = select(MailCopy.message_id, MailCopy.name).where(
                MailCopy.person_id == self._person_id, MailCopy.message_id.in_(some)
            )
            found.update((row.message_id, row.name) for row in await self._session.execute(query))
        return found

    async def people(self) -> Sequence[Any]:
        """Who each mail that isn't a draft went between, newest last: (from_name, from_address, to, cc)."""
        columns = MailCopy.from_name, MailCopy.from_address, MailCopy.to, MailCopy.cc
        query = select(*columns).where(MailCopy.person_id == self._person_id, MailCopy.box.not_in(["drafts", "gone"]))
        return (await self._session.execute(query.order_by(MailCopy.at))).all()

    async def add(self, **values: Any) -> MailCopy:
        """A new one."""
        return await self._keep(MailCopy(person_id=self._person_id, **values))

    async def add_all(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Many new ones in one statement."""
        if rows:
            mine = [{"person_id": self._person_id, **row} for row in rows]
            mine = await theirs(self._session, MailCopy, self._person_id, mine)
            await self._session.execute(insert(MailCopy), mine)

    async def change_all(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Many in one statement; each names its `id`, and all the same columns."""
        if rows:
            mine = await theirs(self._session, MailCopy, self._person_id, rows)
            await self._session.execute(update(MailCopy), mine)

    async def change(self, known: str, /, **values: Any) -> MailCopy:
        """One, by our id or Gmail's: a draft is renamed while its text is fetched. Raises `NotFound`."""
        if values:
            await self._set((MailCopy.name == known) | (MailCopy.gmail_id == known), **values)
        if (found := await self.named(values.get("name", known))) is None:
            raise NotFound(self.missing)
        await self._session.refresh(found)
        return found

    async def drop(self, *where: ColumnElement[bool]) -> None:
        """Those for which it is so are no longer here."""
        await self._session.execute(
            delete(MailCopy).where(MailCopy.person_id == self._person_id, *where),
            execution_options={"synchronize_session": "fetch"},
        )

    async def count(self) -> int:
        """How many there are."""
        query = select(func.count()).where(MailCopy.person_id == self._person_id)
        return await self._session.scalar(query) or 0


def _portions(ids: list[str]) -> Iterable[list[str]]:
    return (ids[start : start + MANY] for start in range(0, len(ids), MANY))
