"""Reading the copy of a mail account: in milliseconds, with Gmail asked for what the copy can't tell."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import aclosing
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.ext.asyncio import AsyncSession

from integrations.email import Contact, Found, Message
from integrations.email.copies import lines, messages
from integrations.email.gmail_search import gmail_query
from integrations.email.google import MISSING, GoogleMail, known
from integrations.email.looking import HEADERS, Head, looked_through, narrowed
from integrations.email.search import Query, Term, parse
from integrations.errors import NotConnected, NotFound, Unavailable
from integrations.store.database import may_write, outside
from integrations.store.mail_copies import MailCopies, MailCopy
from integrations.store.mirrors import Mirrors

PAGE = 200  # mails read at once
LIVE = 25  # mails asked of Gmail at most, where the copy can't answer: 20 units each
OFFLINE = "I can't search in Gmail right now, so I only looked at senders, subjects and the beginnings of the mails I have here."
HEADERS_ONLY = "I'm not allowed to search in the text of your mail, so I only looked at senders and subjects."
NOT_ALLOWED = "I'm not allowed to read your mail, so I only know what I wrote for you."
THERE_IS_MORE = "There is more of it than I looked at."
TEXT_FIELDS = frozenset({"from", "to", "subject", ""})


class MailCopyReading:
    """What can be asked of one person's copy."""

    def __init__(self, session: AsyncSession, person_id: str, google: GoogleMail) -> None:
        self._session, self._person_id = session, person_id
        self._google, self._gmail = google, google.gmail
        self._copies = MailCopies(session, person_id)

    async def search(self, query: str = "in:inbox", *, first: int = 50) -> Found:
        """Newest first. What the copy can't tell is asked of Gmail; `partial` says so where that didn't work."""
        wanted = parse(query, self._google.zone)
        if any(term.field == "" for term in wanted.terms):
            return await self._search_live(wanted, first)
        found = await self._search_copy(wanted, first)
        textual = any(term.field in TEXT_FIELDS for term in wanted.terms)
        if len(found) < first and (await self.as_of() is None or (textual and not found)):
            return await self._search_live(wanted, first)
        return found

    async def get(self, message_id: str) -> Message:
        """With its whole text, or its beginning (`partial`) while Google isn't answering. Raises `NotFound`."""
        row = await self._copies.named(message_id)
        if row is None or row.box == "gone":
            return await self._elsewhere(message_id)
        if row.body is None and row.gmail_id:
            row = await self._with_text(row)
        return (await messages(self._copies, [row]))[0]

    async def contacts(self) -> list[Contact]:
        """Everyone mail was exchanged with, most frequent first."""
        own = await self._own()
        return known(_met(await self._copies.people(), own.casefold()), own)

    async def as_of(self) -> datetime | None:
        """When the copy was last known to be equal to the account; None: never yet."""
        found = await Mirrors(self._session, self._person_id).all("mail")
        return found[0].synced_at if found else None

    async def _search_copy(self, wanted: Query, first: int) -> Found:
        where, terms = _where(wanted)
        if not terms:
            return await self._newest(where, wanted, first)
        found = Found()
        heads = [_head(one) for one in await self._copies.columns(HEADERS, *where)]
        async with aclosing(looked_through(heads, terms, self._texts)) as portions:
            async for ids in portions:
                found += await self._those(ids, wanted, first - len(found))
                if len(found) >= first:
                    break
        return Found(found[:first])

    async def _newest(self, where: list[ColumnElement[bool]], wanted: Query, first: int) -> Found:
        """Where the database alone can tell."""
        found, page = Found(), min(first, PAGE)
        for start in range(0, 1_000_000, page):
            rows = await self._copies.page(*where, first=page, after=start)
            found += await self._lying(rows, wanted)
            if len(found) >= first or len(rows) < page:
                break
        return Found(found[:first])

    async def _texts(self, ids: list[str]) -> dict[str, str]:
        """What is known of each one's text."""
        texts = {one.id: one.body for one in await self._copies.of(ids, "id", "body")}
        begun = [one for one, text in texts.items() if text is None]
        return texts | {one.id: one.snippet for one in await self._copies.of(begun, "id", "snippet")}

    async def _those(self, ids: list[str], wanted: Query, first: int) -> Found:
        """Of these the first that are wanted."""
        found, page = Found(), min(first, PAGE)
        for start in range(0, len(ids), page):
            some = ids[start : start + page]
            found += await self._lying(await self._copies.page(MailCopy.id.in_(some), first=page, after=0), wanted)
            if len(found) >= first:
                break
        return found

    async def _lying(self, rows: Sequence[MailCopy], wanted: Query) -> list[Message]:
        return await messages(self._copies, [row for row in rows if _lies_in(row, wanted)])

    async def _search_live(self, wanted: Query, first: int) -> Found:
        """As Gmail finds it; its drafts and the outbox as they are here."""
        here = await self._search_copy(wanted, first)
        q = gmail_query(wanted)
        if q is None:
            return here
        if not self._gmail.searches:
            here.partial = HEADERS_ONLY if self._gmail.reads else NOT_ALLOWED
            return here
        try:
            async with outside(self._session):
                listed, _ = await self._gmail.listed(q, first=min(first, 100))
        except (Unavailable, NotConnected):
            here.partial = OFFLINE
            return here
        rows = await self._copies.by_gmail_id(one["id"] for one in listed)
        missing = [one["id"] for one in listed if one["id"] not in rows]
        found = await messages(self._copies, [row for row in rows.values() if _lies_in(row, wanted)])
        found += await self._letters(missing[:LIVE], wanted)
        mine = {one.id for one in found}
        found += [one for one in here if one.box in {"drafts", "outbox"} and one.id not in mine]
        again = [
            one for one in found if all(t.finds(one) for t in wanted.terms if t.field in {"is", "after", "before"})
        ]
        live = Found(sorted(again, key=lambda one: one.at, reverse=True)[:first])
        live.partial = THERE_IS_MORE if len(missing) > LIVE else ""
        return live

    async def _letters(self, ids: list[str], wanted: Query) -> list[Message]:
        """Mails that the copy doesn't have."""
        if not ids:
            return []
        async with outside(self._session):
            letters = await self._gmail.all_headers(ids)
        return [letter.message() for letter in letters if letter and letter.boxes & wanted.boxes]

    async def _elsewhere(self, message_id: str) -> Message:
        """A mail older than the copy reaches back."""
        async with outside(self._session):
            return await self._google.get(message_id)

    async def _with_text(self, row: MailCopy) -> MailCopy:
        """The row with the whole text, if it can be had; kept where this piece of work may write."""
        name, gmail_id = row.name, row.gmail_id or ""
        try:
            async with outside(self._session):
                letter = await self._gmail.whole(gmail_id)
        except (Unavailable, NotConnected):
            return await self._row(name)
        if letter.text is None:
            return await self._row(name)
        if may_write(self._session):
            return await self._copies.change(name, body=letter.text)
        row = await self._row(name)
        self._session.expunge(row)
        row.body = letter.text
        return row

    async def _own(self) -> str:
        """The account's own address."""
        if not self._gmail.known_address:
            async with outside(self._session):
                return await self._gmail.address()
        return self._gmail.known_address

    async def _row(self, name: str) -> MailCopy:
        row = await self._copies.named(name)
        if row is None or row.box == "gone":
            raise NotFound(MISSING)
        return row

    async def _message(self, name: str) -> Message:
        return await self._messaged(await self._row(name))

    async def _messaged(self, row: MailCopy) -> Message:
        return (await messages(self._copies, [row]))[0]


def _where(wanted: Query) -> tuple[list[ColumnElement[bool]], list[Term]]:
    """As much of a search as the database can see to, and the rest."""
    where, terms = narrowed(MailCopy, wanted)
    # a mail to oneself lies in two boxes and is shown in one
    boxes = wanted.boxes | ({"inbox"} if "sent" in wanted.boxes else set())
    return [MailCopy.box.in_(boxes), *where], terms


def _head(one: Any) -> Head:
    return Head(one.id, one.from_name, one.from_address, lines(one.to), lines(one.cc), one.subject)


def _met(people: Iterable[Any], own: str) -> Iterator[tuple[str, str]]:
    for name, address, to, cc in people:
        if address.casefold() == own:
            yield from (("", other) for other in (*lines(to), *lines(cc)))
        elif address:
            yield name, address


def _lies_in(row: Any, wanted: Query) -> bool:
    boxes = {row.box} | ({"sent"} if row.box == "inbox" and "SENT" in row.labels else set())
    return bool(boxes & (wanted.within or wanted.boxes)) and not boxes & wanted.without
