"""A copy of a mail account in our own database: it answers reads in milliseconds, and writes go through to Google."""

import hashlib
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from integrations.clock import Clock
from integrations.email import Message, MessageWritten, NewDraft
from integrations.email.copies import keep_draft, letter_of
from integrations.email.google import EDITED, LEFT, GoogleMail, thread_for
from integrations.email.letters import Letter
from integrations.email.reading import MailCopyReading
from integrations.email.writing import Outgoing
from integrations.errors import ChronusError, Conflict, Invalid, NotFound, Unavailable
from integrations.google.writing import attempt, keep
from integrations.store.database import outside
from integrations.store.intents import Intents, State
from integrations.store.mail_copies import MailCopy

KEEPER = "mail"
IN_THE_OUTBOX = timedelta(seconds=20)
"""How long a mail waits before it leaves, so that undo is real."""
LEAVING = "That mail is leaving right now, so I can't call it back."
ALREADY = "That mail was sent already."
NOT_SENT = "That mail wasn't sent: it is among your drafts."


class MirrorMail(MailCopyReading):
    """One person's mailbox. What is written under `key` is written once, however often it is asked.

    `google` is the account itself.
    """

    def __init__(self, session: AsyncSession, person_id: str, google: GoogleMail, clock: Clock, key: str) -> None:
        super().__init__(session, person_id, google)
        self._clock, self._key = clock, key
        self._intents = Intents(session, person_id)
        self._written: Counter[str] = Counter()

    async def mark_read(self, message_id: str) -> MessageWritten:
        """It has been read (to) the person. Where Gmail may not be told, it counts as read here only."""
        row = await self._copies.named(message_id)
        if row is None:
            return await self._read_elsewhere(message_id)
        inverse = {"do": "unread", "message": row.name}
        if row.body is None and row.gmail_id:
            row = await self._with_text(row)
        if not row.unread:
            return MessageWritten(message=await self._message(row.name), inverse=inverse)
        await self._copies.change(row.name, unread=False, read_here=True)
        await self._relabel("read", row.name, remove=["UNREAD"])
        return MessageWritten(message=await self._message(row.name), inverse=inverse)

    async def draft(self, new: NewDraft) -> MessageWritten:
        """Write a draft; it is shown here at once, and in Gmail as soon as Gmail answers."""
        key = self._next("draft")
        name = hashlib.sha256(f"{self._person_id}\n{key}".encode()).hexdigest()[:32]
        if (before := await self._intents.by_key(key)) is not None:
            if before.state == "failed":
                raise Conflict(before.say)
            return await self._drafted(name)
        answered = await self._to_answer(new.reply_to) if new.reply_to else None
        own = await self._own()
        mail = await self._google.outgoing(new, answered, key)
        await self._copies.add(**self._new_row(name, key, mail, answered, own))
        if not self._gmail.composes:
            await self._copies.change(name, intent=None)
            return await self._drafted(name)
        await self._intents.begin(key, KEEPER, "draft", {"row": name}, self._clock())
        outcome = await attempt(self._session, lambda _: self._google.drafted(mail, thread_for(mail.subject, answered)))
        if outcome.state == "sent":  # it stays so: whether it is there is found out later
            await self._intents.note(key, told=True)
            return await self._drafted(name)
        if outcome.state == "queued":
            await self._intents.settle(key, "queued")
            return await self._drafted(name)
        if outcome.value is None:
            error = outcome.error or ChronusError()
            raise await self._refused(key, name, error) from error
        written = outcome.value
        await keep_draft(self._copies, name, written, key)
        await self._intents.settle(key, "done", result={"row": name})
        return await self._drafted(name)

    async def send(self, draft_id: str, *, etag: str | None = None) -> MessageWritten:
        """Put a draft into the outbox, which it leaves after twenty seconds: see `outbox.settle_intents`."""
        key = self._next("send")
        before = await self._intents.by_key(key)
        if before is not None:
            return MessageWritten(
                message=await self._message(before.arguments["row"]), inverse=before.arguments["inverse"]
            )
        row = await self._row(draft_id)
        if row.box in {"outbox", "sent"}:
            raise Conflict(ALREADY)
        if row.box != "drafts":
            raise Invalid("That mail isn't a draft.")
        if etag is not None and etag != row.etag:
            raise Conflict(EDITED)
        if not row.to:
            raise Invalid("Who should that mail go to?")
        now = self._clock()
        inverse = {"do": "unsend", "message": row.name, "key": key, "at": row.at.isoformat(), "intent": row.intent}
        exact = {"row": row.name, "gmail_id": row.gmail_id, "draft_id": row.draft_id, "inverse": inverse}
        await self._intents.begin(key, KEEPER, "send", exact | {"leaves_at": (now + IN_THE_OUTBOX).isoformat()}, now)
        await self._intents.settle(key, "queued")
        await self._copies.change(row.name, box="outbox", at=now, leaves_at=now + IN_THE_OUTBOX, intent=key)
        return MessageWritten(message=await self._message(row.name), inverse=inverse)

    async def revert(self, inverse: dict[str, Any]) -> Message | None:
        """Undo one write; a mail that has left can't be called back (`Conflict`)."""
        match inverse["do"]:
            case "unread":
                return await self._unread(inverse["message"])
            case "discard":
                await self._discard(inverse["message"], inverse["etag"])
                await keep(self._session)  # also when what it is part of is refused
                return None
            case "unsend":
                return await self._unsend(inverse)
            case _:
                raise Conflict(LEFT)

    # how

    async def _relabel(self, act: str, name: str, **labels: list[str]) -> None:
        """Tell Gmail, now or as soon as it answers; where it may not be told, the row says so alone."""
        row = await self._row(name)
        if not self._gmail.modifies or row.gmail_id is None:
            return
        key, gmail_id = self._next(act), row.gmail_id
        if await self._intents.by_key(key) is not None:
            return
        await self._intents.begin(key, KEEPER, act, {"row": name}, self._clock())
        await self._copies.change(name, intent=key)
        state = await self._told(lambda: self._gmail.label(gmail_id, **labels))
        await self._intents.settle(key, state)
        if state != "queued":  # what couldn't be told counts here only
            await self._copies.change(name, intent=None, **{"read_here": False} if state == "done" else {})

    async def _told(self, tell: Callable[[], Awaitable[None]]) -> State:
        """Something that may be done twice."""
        try:
            async with outside(self._session):
                await tell()
        except NotFound:
            return "done"  # it is gone: nothing to tell
        except Unavailable:
            return "queued"
        except ChronusError:
            return "failed"  # not allowed after all: it counts as read here only
        return "done"

    async def _read_elsewhere(self, message_id: str) -> MessageWritten:
        """A mail older than the copy reaches back."""
        async with outside(self._session):
            if self._gmail.modifies:
                return await self._google.mark_read(message_id)
            return MessageWritten(message=await self._google.get(message_id), inverse={"do": "nothing"})

    async def _unread(self, name: str) -> Message | None:
        row = await self._copies.named(name)
        if row is None:
            async with outside(self._session):
                return await self._google.revert({"do": "unread", "message": name})
        if row.intent is not None and await self._take_back(row.intent):
            return await self._messaged(await self._copies.change(name, unread=True, read_here=False, intent=None))
        await self._copies.change(name, unread=True, read_here=False)
        await self._relabel("unread", name, add=["UNREAD"])
        return await self._message(name)

    async def _discard(self, name: str, etag: str) -> None:
        row = await self._copies.named(name)
        if row is None or row.box == "gone":
            return
        if row.box != "drafts" or row.etag != etag:
            raise Conflict(ALREADY if row.box in {"outbox", "sent"} else EDITED)
        if row.intent is not None and await self._take_back(row.intent):
            await self._copies.drop(MailCopy.name == name)  # Gmail never knew of it
            return
        if row.draft_id is None and row.intent is not None:  # whether Gmail knows of it is still to be found out
            await self._copies.change(name, box="gone")
            return
        if row.draft_id is None:
            await self._copies.drop(MailCopy.name == name)
            return
        key, draft_id, gmail_id = self._next("discard"), row.draft_id, row.gmail_id
        await self._intents.begin(key, KEEPER, "discard", {"row": name}, self._clock())
        await self._copies.change(name, box="gone", intent=key)
        try:
            async with outside(self._session):
                await self._google.discard(draft_id, gmail_id)
        except Unavailable:
            await self._intents.settle(key, "queued")
            return
        except ChronusError as error:
            await self._copies.change(name, box="drafts", intent=None)
            await self._intents.settle(key, "failed", say=error.say)
            async with outside(self._session):  # a refusal undoes what isn't kept by now
                pass
            raise
        await self._intents.settle(key, "done")
        await self._copies.drop(MailCopy.name == name)

    async def _unsend(self, inverse: dict[str, Any]) -> Message:
        row = await self._row(inverse["message"])
        if row.box != "outbox":
            raise Conflict(NOT_SENT if row.box == "drafts" else LEFT)
        if not await self._take_back(inverse["key"]):
            raise Conflict(LEAVING)
        before = inverse["intent"]  # the draft itself may still have to be put there
        if (
            before is not None
            and (putting := await self._intents.by_key(before))
            and putting.state in {"done", "failed"}
        ):
            before = None
        at = datetime.fromisoformat(inverse["at"])
        row = await self._copies.change(row.name, box="drafts", at=at, leaves_at=None, intent=before)
        return await self._messaged(row)

    async def _take_back(self, key: str) -> bool:
        """Whether it was still waiting to be done, and now never will be."""
        return await self._intents.withdraw(key)

    async def _refused(self, key: str, name: str, error: ChronusError) -> ChronusError:
        """Google said no: nothing of it stays but the note."""
        await self._copies.drop(MailCopy.name == name)
        await self._intents.settle(key, "failed", say=error.say)
        async with outside(self._session):  # whoever hears of the refusal undoes what isn't kept by now
            pass
        return error

    async def _to_answer(self, name: str) -> Letter:
        row = await self._copies.named(name)
        if row is not None:
            return letter_of(row)
        async with outside(self._session):
            return await self._google.to_answer(name)

    def _new_row(self, name: str, key: str, mail: Outgoing, answered: Letter | None, own: str) -> dict[str, Any]:
        content = [mail.to, mail.cc, mail.subject, mail.body]
        return {
            "name": name,
            "thread": thread_for(mail.subject, answered) or "",
            "labels": ["DRAFT"],
            "box": "drafts",
            "from_name": mail.from_name,
            "from_address": own,
            "to": "\n".join(mail.to),
            "cc": "\n".join(mail.cc),
            "subject": mail.subject,
            "body": mail.body,
            "message_id": mail.message_id,
            "answers": mail.answers,
            "references": "\n".join(mail.references),
            "at": self._clock(),
            "etag": hashlib.sha256(repr(content).encode()).hexdigest()[:24],
            "intent": key,
        }

    async def _drafted(self, name: str) -> MessageWritten:
        found = await self._message(name)
        return MessageWritten(message=found, inverse={"do": "discard", "message": name, "etag": found.etag})

    def _next(self, act: str) -> str:
        """The key of the next write of this kind: the same whenever the same things are done again."""
        self._written[act] += 1
        return f"{self._key}:{act}:{self._written[act]}"
