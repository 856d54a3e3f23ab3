"""A mailbox kept in our own database; nothing in its outbox leaves the machine."""

from collections import Counter
from contextlib import aclosing
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement
from sqlalchemy.ext.asyncio import AsyncSession

from integrations.clock import Clock
from integrations.email import Box, Contact, Found, Message, MessageWritten, NewDraft
from integrations.email.headers import addresses, answering, subject_line
from integrations.email.looking import HEADERS, Head, looked_through, narrowed
from integrations.email.search import Term, parse
from integrations.errors import Conflict, Invalid, NotFound
from integrations.store.messages import MessageRow
from integrations.store.people import People
from integrations.store.snapshots import fingerprint, snapshot
from integrations.store.tables import new_id
from integrations.store.undoable import Undoable

MISSING = "I couldn't find that mail."
NOBODY = "me@localhost"  # who writes as long as a person has told no address
NEWEST = (MessageRow.at.desc(), MessageRow.made.desc())
LEFT: tuple[Box, ...] = ("outbox", "sent")


class LocalMail:
    """One person's mailbox."""

    def __init__(self, session: AsyncSession, person_id: str, zone: str | ZoneInfo, clock: Clock) -> None:
        self._rows = Undoable(MessageRow, MISSING, session, person_id)
        self._people = People(session)
        self._person_id = person_id
        self._zone = ZoneInfo(str(zone))
        self._clock = clock

    async def search(self, query: str = "in:inbox", *, first: int = 50) -> Found:
        """Newest first."""
        wanted = parse(query, self._zone)
        where, terms = narrowed(MessageRow, wanted)
        where.append(MessageRow.box.in_(wanted.boxes))
        if terms:
            where = [MessageRow.id.in_(await self._fitting(where, terms, first))]
        rows = await self._rows.page(*where, order=NEWEST, first=first, after=0)
        return Found(_message(row) for row in rows)

    async def _fitting(self, where: list[ColumnElement[bool]], terms: list[Term], first: int) -> list[str]:
        """The ids of the first for which the terms are so."""
        ids: list[str] = []
        heads = [Head(*one) for one in await self._rows.columns(HEADERS, *where, order=NEWEST)]
        async with aclosing(looked_through(heads, terms, self._texts)) as portions:
            async for some in portions:
                ids += some
                if len(ids) >= first:
                    break
        return ids[:first]

    async def _texts(self, ids: list[str]) -> dict[str, str]:
        return {one.id: one.body for one in await self._rows.columns(("id", "body"), MessageRow.id.in_(ids))}

    async def get(self, message_id: str) -> Message:
        """Raises `NotFound`."""
        return _message(await self._rows.get(message_id))

    async def mark_read(self, message_id: str) -> MessageWritten:
        """It has been read (to) the person."""
        row = await self._rows.held(message_id)
        before, row.unread = snapshot(row), False
        return self._written(before, await self._rows.save(row))

    async def draft(self, new: NewDraft) -> MessageWritten:
        """Write a draft; a reply goes to whoever wrote, under the same subject."""
        person = await self._people.get(self._person_id)
        answered = await self._rows.get(new.reply_to) if new.reply_to else None
        draft = _reply(new, answered) if answered else new
        row = MessageRow(
            id=new_id(),
            person_id=self._person_id,
            thread=answered.thread if answered else new_id(),
            box="drafts",
            from_name=person.name,
            from_address=person.email or NOBODY,
            to=addresses(draft.to),
            cc=addresses(draft.cc),
            subject=subject_line(draft.subject),
            body=draft.body,
            at=self._clock(),
            unread=False,
            important=False,
            reply_to=new.reply_to,
        )
        return self._written(None, await self._rows.add(row))

    async def send(self, draft_id: str, *, etag: str | None = None) -> MessageWritten:
        """Move a draft to the outbox."""
        row = await self._rows.held(draft_id)
        if row.box in LEFT:
            raise Conflict("That mail was sent already.")
        if row.box != "drafts":
            raise Invalid("That mail isn't a draft.")
        if etag is not None and etag != _message(row).etag:
            raise Conflict("That draft has changed in the meantime.")
        if not row.to:
            raise Invalid("Who should that mail go to?")
        before = snapshot(row)
        row.box, row.at, row.leaves_at = "outbox", self._clock(), None
        return self._written(before, await self._rows.save(row))

    async def as_of(self) -> None:
        """This is the original."""

    async def contacts(self) -> list[Contact]:
        """Everyone mail was exchanged with, most frequent first."""
        own = {((await self._people.get(self._person_id)).email or NOBODY).casefold()}
        times: Counter[str] = Counter()
        known: dict[str, Contact] = {}
        for row in sorted(await self._rows.mine(MessageRow.box != "drafts"), key=lambda row: row.at):
            for name, address in _others(row):
                times[address.casefold()] += 1
                before = known.get(address.casefold())
                known[address.casefold()] = Contact(name=name or (before.name if before else ""), address=address)
        ordered = sorted(times.keys() - own, key=lambda address: (-times[address], address))
        return [known[address] for address in ordered]

    async def revert(self, inverse: dict[str, Any]) -> Message | None:
        """Undo one write; a mail that has left can't be called back (`Conflict`)."""
        try:
            await self._rows.put_back(inverse["rows"])
            return await self.get(inverse["message"])
        except NotFound:
            return None

    def _written(self, before: dict[str, Any] | None, row: MessageRow) -> MessageWritten:
        inverse = {"message": row.id, "rows": self._rows.undo({row.id: before}, {row.id: row})}
        return MessageWritten(message=_message(row), inverse=inverse)


def _reply(new: NewDraft, answered: MessageRow) -> NewDraft:
    """To whoever wrote, or, when that was ourselves, to whom we wrote."""
    back = answered.to if answered.box in {*LEFT, "drafts"} else [answered.from_address]
    return replace(new, to=new.to or tuple(back), subject=new.subject.strip() or answering(answered.subject))


def _others(row: MessageRow) -> list[tuple[str, str]]:
    """The other side of a mail."""
    if row.box in LEFT:
        return [("", address) for address in (*row.to, *row.cc)]
    return [(row.from_name, row.from_address)] if row.from_address else []


def _message(row: MessageRow) -> Message:
    kept = {name: getattr(row, name) for name in Message.__annotations__ if name in MessageRow.__table__.columns}
    return Message(**kept | {"to": tuple(row.to), "cc": tuple(row.cc)}, etag=fingerprint(snapshot(row)))
