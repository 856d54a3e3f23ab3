"""A mailbox kept by Gmail, worked on directly."""

import re
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from zoneinfo import ZoneInfo

from integrations.clock import Clock
from integrations.email import Contact, Found, Message, MessageWritten, NewDraft
from integrations.email.gmail import Draft, Gmail
from integrations.email.gmail_search import AGAIN, gmail_query
from integrations.email.headers import addresses, answering, subject_line
from integrations.email.letters import DRAFT_ID, Letter
from integrations.email.search import Query, parse
from integrations.email.writing import Outgoing, own_message_id
from integrations.errors import Conflict, Invalid, NotFound, Unavailable
from integrations.google.refusals import Unsure

MISSING = "I couldn't find that mail."
SENT_ALREADY = "That draft is gone: it was sent or thrown away already."
LEFT = "That mail has left, so I can't call it back."
EDITED = "That draft has changed in the meantime."
KNOWN = 60  # of the newest mails, whose people are the contacts
PAGE = 100  # mails looked through at once
REPLIES = re.compile(r"^(\s*re\s*:)+", re.IGNORECASE)
LOOKED_AT = 300  # mails looked through without Gmail's own search


class GoogleMail:
    """One person's mailbox, straight on Gmail. What is written under `key` is written once.

    Reading costs units of the person's own quota, so that lists are best asked of the mirror.
    """

    def __init__(self, gmail: Gmail, zone: str | ZoneInfo, clock: Clock, key: str, *, name: str = "") -> None:
        self.gmail = gmail
        self.zone = ZoneInfo(str(zone))
        self.name = name
        self._clock, self._key = clock, key
        self._written: Counter[str] = Counter()

    async def search(self, query: str = "in:inbox", *, first: int = 50) -> Found:
        """Newest first, each with the beginning of its text."""
        wanted = parse(query, self.zone)
        found = Found()
        if "drafts" in wanted.boxes:
            found += await self._search_drafts(wanted, first)
        if wanted.boxes - {"drafts", "outbox"}:
            async for letter in self.letters(wanted, first):
                message = letter.message()
                if self._again(wanted, message):
                    found.append(message)
                if len(found) >= first:
                    break
        return Found(sorted(found, key=lambda message: message.at, reverse=True)[:first])

    async def letters(self, wanted: Query, first: int) -> AsyncIterator[Letter]:
        """What Gmail finds, newest first; without the right to search what is newest at all."""
        q = gmail_query(wanted) if self.gmail.searches else ""
        if q is None:
            return
        page: str | None = None
        for _ in range(LOOKED_AT // PAGE):
            listed, page = await self.gmail.listed(q, first=min(first, PAGE), page=page)
            for letter in await self.gmail.all_headers([one["id"] for one in listed]):
                if letter and letter.boxes & wanted.boxes:
                    yield letter
            if page is None:
                return

    async def get(self, message_id: str) -> Message:
        """With its whole text. Raises `NotFound`."""
        if message_id.startswith(DRAFT_ID):
            return await self._message(await self._draft(message_id))
        letter = await self.gmail.whole(_mail_id(message_id))
        return letter.message(reply_to=await self._answered(letter))

    async def mark_read(self, message_id: str) -> MessageWritten:
        """It has been read (to) the person."""
        await self.gmail.label(_mail_id(message_id), remove=["UNREAD"])
        return MessageWritten(message=await self.get(message_id), inverse={"do": "unread", "message": message_id})

    async def draft(self, new: NewDraft) -> MessageWritten:
        """Write a draft. A lost answer is looked up, so that there is one draft."""
        answered = await self.to_answer(new.reply_to) if new.reply_to else None
        mail = await self.outgoing(new, answered, self._next("draft"))
        written = await self.drafted(mail, thread_for(mail.subject, answered))
        inverse = {"do": "discard", "message": f"{DRAFT_ID}{written.id}", "etag": written.letter.id}
        return MessageWritten(message=written.letter.message(draft=written.id, reply_to=new.reply_to), inverse=inverse)

    async def send(self, draft_id: str, *, etag: str | None = None) -> MessageWritten:
        """Send a draft at once. When the answer is lost it is looked for, and never sent a second time."""
        if not draft_id.startswith(DRAFT_ID):
            await self.get(draft_id)
            raise Invalid("That mail isn't a draft.")
        draft = await self._still_there(draft_id)
        if etag is not None and etag != draft.letter.id:
            raise Conflict(EDITED)
        if not draft.letter.receivers("to"):
            raise Invalid("Who should that mail go to?")
        try:
            sent = await self.gmail.send_draft(draft.id)
        except Unsure as error:
            with _unsure(error):
                found = await self.find_sent(draft.letter)
            if found is None:
                raise
            sent = found
        except NotFound as error:
            raise Conflict(SENT_ALREADY) from error
        return MessageWritten(message=await self.get(sent), inverse={"do": "nothing", "message": sent})

    async def as_of(self) -> None:
        """This is the original."""

    async def contacts(self) -> list[Contact]:
        """Whoever the newest mails were exchanged with, most frequent first."""
        wanted = parse("in:inbox in:sent in:archive", self.zone)
        letters = [letter async for letter in self.letters(wanted, KNOWN)][:KNOWN]
        own = await self.gmail.address()
        messages = sorted((letter.message() for letter in letters), key=lambda message: message.at)
        return known((other for message in messages for other in others(message, own)), own)

    async def revert(self, inverse: dict[str, Any]) -> Message | None:
        """Undo one write; a mail that has left can't be called back (`Conflict`)."""
        match inverse["do"]:
            case "unread":
                await self.gmail.label(inverse["message"], add=["UNREAD"])
                return (await self.gmail.headers(inverse["message"])).message()
            case "discard":
                await self.discard(inverse["message"].removeprefix(DRAFT_ID), inverse["etag"])
                return None
            case _:
                raise Conflict(LEFT)

    # what a mirror asks for, step by step

    async def outgoing(self, new: NewDraft, answered: Letter | None, key: str) -> Outgoing:
        """The mail as it will travel. Raises `Invalid`."""
        own = await self.gmail.address()
        to, subject = new.to, new.subject
        if answered:
            back = answered.receivers("to") if answered.labels & {"SENT", "DRAFT"} else (answered.sender[1],)
            to, subject = to or back, subject.strip() or answering(answered.subject)
        return Outgoing(
            message_id=own_message_id(own, key, own),
            from_name=self.name,
            from_address=own,
            to=addresses(to),
            cc=addresses(new.cc),
            subject=subject_line(subject),
            body=new.body,
            answers=answered.message_id if answered else "",
            references=answered.references if answered else (),
        )

    async def drafted(self, mail: Outgoing, thread: str | None) -> Draft:
        """The draft as read back. Raises `Unsure` when nobody can tell whether it is there."""
        packed = packed_mail(mail)
        try:
            draft_id = await self.gmail.write_draft(packed, thread)
        except Unsure as error:
            with _unsure(error):
                found = await self.find_draft(mail.message_id)
            draft_id = found or await self.gmail.write_draft(packed, thread)
        return await self.gmail.draft(draft_id)

    async def find_draft(self, message_id: str) -> str | None:
        """Gmail's id of the draft with this Message-ID, among the newest: its search may not know it yet."""
        newest = await self.gmail.drafts(first=10)
        for letter in await self.gmail.all_headers(list(newest)):
            if letter and letter.message_id == message_id:
                return newest[letter.id]
        return None

    async def find_sent(self, draft: Letter) -> str | None:
        """The mail that this draft has become: by its Message-ID, or else as the newest sent one of its thread."""
        if draft.message_id:
            listed, _ = await self.gmail.listed(f"in:sent rfc822msgid:{draft.message_id.strip('<>')}", first=1)
            if listed:
                return listed[0]["id"]
        if not draft.id or draft.id in await self.gmail.drafts():
            return None
        listed, _ = await self.gmail.listed(labels=["SENT"], first=20)
        same = await self.gmail.all_headers([one["id"] for one in listed if one["threadId"] == draft.thread])
        return next((one.id for one in same if one and _has_become(draft, one)), None)

    async def discard(self, draft_id: str, etag: str | None) -> None:
        """Throw a draft away, unless somebody changed it (`Conflict`)."""
        try:
            draft = await self.gmail.draft(draft_id)
            if draft.letter.id != etag:
                raise Conflict(EDITED)
            await self.gmail.discard(draft_id)
        except NotFound:
            return  # it is gone, as asked

    async def _search_drafts(self, wanted: Query, first: int) -> list[Message]:
        q = gmail_query(wanted, drafts=True) if self.gmail.searches else ""
        if q is None or not self.gmail.reads:
            return []
        drafts = await self.gmail.drafts(q, first=first)
        letters = await self.gmail.all_headers(list(drafts))
        messages = [letter.message(draft=drafts[letter.id]) for letter in letters if letter]
        return [message for message in messages if self._again(wanted, message)]

    def _again(self, wanted: Query, message: Message) -> bool:
        """What Gmail's search doesn't decide as we do."""
        return all(term.finds(message) for term in wanted.terms if term.field in AGAIN or not self.gmail.searches)

    async def _draft(self, message_id: str) -> Draft:
        try:
            return await self.gmail.draft(message_id.removeprefix(DRAFT_ID))
        except NotFound as error:
            raise NotFound(MISSING) from error

    async def _still_there(self, message_id: str) -> Draft:
        try:
            return await self.gmail.draft(message_id.removeprefix(DRAFT_ID))
        except NotFound as error:
            raise Conflict(SENT_ALREADY) from error

    async def _message(self, draft: Draft) -> Message:
        return draft.letter.message(draft=draft.id, reply_to=await self._answered(draft.letter))

    async def _answered(self, letter: Letter) -> str | None:
        """The id of the mail that this one answers, if it is in the mailbox."""
        if not letter.answers or not self.gmail.searches:
            return None
        listed, _ = await self.gmail.listed(f"rfc822msgid:{letter.answers.strip('<>')}", first=1)
        return listed[0]["id"] if listed else None

    async def to_answer(self, message_id: str) -> Letter:
        """The mail that is to be answered. Raises `NotFound`."""
        if message_id.startswith(DRAFT_ID):
            return (await self._draft(message_id)).letter
        return await self.gmail.headers(_mail_id(message_id))

    def _next(self, act: str) -> str:
        """The key of the next write of this kind: the same whenever the same things are done again."""
        self._written[act] += 1
        return f"{self._key}:{act}:{self._written[act]}"


def others(message: Message, own: str) -> list[tuple[str, str]]:
    """Names and addresses of the other side of a mail."""
    if message.from_address.casefold() == own.casefold():
        return [("", address) for address in (*message.to, *message.cc)]
    return [(message.from_name, message.from_address)] if message.from_address else []


def known(met: Iterable[tuple[str, str]], own: str) -> list[Contact]:
    """The people met in mails, oldest first: most frequent first, by the name they used last, without oneself."""
    times: Counter[str] = Counter()
    contacts: dict[str, tuple[str, str]] = {}
    for name, address in met:
        lower = address.casefold()
        times[lower] += 1
        before = contacts.get(lower)
        contacts[lower] = name or (before[0] if before else ""), address
    ordered = sorted(times.keys() - {own.casefold()}, key=lambda address: (-times[address], address))
    return [Contact(name=contacts[lower][0], address=contacts[lower][1]) for lower in ordered]


def thread_for(subject: str, answered: Letter | None) -> str | None:
    """The thread that an answer belongs to; with another subject Gmail would refuse to keep it there."""
    if answered is None or not answered.thread:
        return None
    bare = [REPLIES.sub("", one).strip().casefold() for one in (subject, answered.subject)]
    return answered.thread if bare[0] == bare[1] else None


@contextmanager
def _unsure(error: Unsure) -> Iterator[None]:
    """Looking for what may have happened: who can't look is as unsure as before."""
    try:
        yield
    except Unavailable:
        raise error from None


def _mail_id(message_id: str) -> str:
    """Gmail calls anything else a bad request."""
    if not re.fullmatch(r"[0-9a-f]{1,20}", message_id):
        raise NotFound(MISSING)
    return message_id


def _has_become(draft: Letter, sent: Letter) -> bool:
    same = all(sent.receivers(header) == draft.receivers(header) for header in ("to", "cc"))
    return same and sent.subject == draft.subject and sent.at >= draft.at


def packed_mail(mail: Outgoing) -> bytes:
    """As it travels. Raises `Invalid`."""
    try:
        return mail.packed()
    except (ValueError, IndexError) as error:  # the email package's own idea of an address
        raise Invalid("One of those addresses can't be written to.") from error
