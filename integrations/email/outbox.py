"""What is still to be done at Google: mails that leave the outbox, and writes that Google didn't answer."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from integrations.clock import Clock
from integrations.email.copies import columns, keep_draft, letter_of, lines
from integrations.email.google import EDITED, GoogleMail, packed_mail
from integrations.email.mirror import KEEPER
from integrations.email.writing import Outgoing
from integrations.errors import ChronusError, Conflict, NotConnected, NotFound, Unavailable
from integrations.google.refusals import Unsure
from integrations.store.changes import Changes
from integrations.store.database import Database
from integrations.store.intents import Intent, Intents
from integrations.store.mail_copies import MailCopies, MailCopy
from integrations.store.notices import Notices

GRACE = timedelta(seconds=60)
"""How long whoever sent something has to come back to it, before others look after it."""
PAUSE, LONGEST_PAUSE = timedelta(seconds=5), timedelta(minutes=5)
LATE = timedelta(minutes=1)  # after which it is worth telling that a mail has left
DELETED = "The draft of your mail to {to} was thrown away in Gmail, so it wasn't sent."
UNKNOWN = "I couldn't find out whether your mail to {to} left: I don't see it among your sent mail. It is back in your drafts here."
WAITS = "Google isn't answering. Your mail to {to} is still in the outbox; it leaves as soon as Google is back."
HAS_LEFT = "Your mail to {to} has left now."
IS_THERE = "Google is back: your draft to {to} is in Gmail."


async def settle_intents(database: Database, person_id: str, google: GoogleMail, clock: Clock) -> None:
    """Do what is due, in order, each once; to be called every few seconds. Stops quietly as long as Google is away."""
    async with database.look() as session:
        open_ones = await Intents(session, person_id).open(KEEPER)
    for intent in open_ones:
        if not is_due(intent, clock()):
            continue
        settling = _Settling(database, person_id, google, clock, intent)
        if await settling.claim() and not await settling.go():
            return


def is_due(intent: Intent, now: datetime) -> bool:
    """Whether it is time to look after it."""
    tried = intent.tried_at or intent.at
    if intent.state == "sent" and not intent.arguments.get("told"):  # somebody may still be at it
        return tried + GRACE <= now
    if intent.act == "send" and intent.tries <= 1:
        return datetime.fromisoformat(str(intent.arguments["leaves_at"])) <= now
    pause = min(PAUSE * float(2 ** min(intent.tries, 10)), LONGEST_PAUSE)
    return tried + pause <= now


class _Settling:
    """One write, until we know its end."""

    def __init__(self, database: Database, person_id: str, google: GoogleMail, clock: Clock, intent: Intent) -> None:
        self._database, self._person_id = database, person_id
        self._google, self._gmail, self._clock = google, google.gmail, clock
        self._intent, self._name = intent, str(intent.arguments["row"])
        self._lost = intent.state == "sent"
        """Whether it may have happened already."""
        self._to = ""

    async def claim(self) -> bool:
        """Whether it is ours to do: of many processes one hears yes."""
        async with self._database.work() as session:
            intents, now = Intents(session, self._person_id), self._clock()
            if self._lost:
                return await intents.take_over(self._intent.key, self._intent.tried_at, now)
            return await intents.again(self._intent.key, now)

    async def go(self) -> bool:
        """Do it. False: Google is away, and so there is no use in going on."""
        async with self._database.look() as session:
            row = await MailCopies(session, self._person_id).named(self._name)
        if row is None:
            await self._end("failed", say="There is nothing left to do.")
            return True
        self._to = _and(lines(row.to))
        try:
            await self._act(row)
        except Unsure:
            return False  # it stays sent, and is looked for later
        except (Unavailable, NotConnected):
            await self._wait()
            return False
        except ChronusError as error:
            await self._fail(error)
        return True

    async def _act(self, row: MailCopy) -> None:
        match self._intent.act:
            case "send":
                await (self._look_for(row) if self._lost else self._leave(row))
            case "draft" if row.box == "gone":
                await self._draft_undone(row)
            case "draft" if row.draft_id is not None or row.box not in {"drafts", "outbox"}:
                await self._end("done")  # sending it has put it there already
            case "draft":
                await self._draft(row)
            case "discard":
                await self._google.discard(row.draft_id or "", row.gmail_id)
                await self._end("done", drop=True)
            case act:
                await self._label(row, act)

    # sending

    async def _leave(self, row: MailCopy) -> None:
        """Let it go, once. From here on the intent says sent: whoever finds it so looks before doing anything."""
        if row.draft_id is None and self._gmail.composes:
            row = await self._put_there(row)
        expected = self._intent.arguments["gmail_id"] or row.gmail_id
        if row.draft_id is None:
            sent = await self._post(row)
        else:
            try:
                draft = await self._gmail.draft(row.draft_id)
            except NotFound as error:
                found = await self._found(row)
                if found is None:
                    raise NotFound(DELETED.format(to=self._to)) from error
                await self._sent(found)
                return
            if draft.letter.id != expected or draft.letter.receivers("bcc") != lines(row.bcc):
                raise Conflict(f"{EDITED[:-1]}, so I haven't sent it to {self._to}.")
            sent = await self._send(row)
        await self._sent(sent)

    async def _put_there(self, row: MailCopy) -> MailCopy:
        found = await self._google.find_draft(row.message_id)
        draft = (
            await self._gmail.draft(found) if found else await self._google.drafted(outgoing(row), row.thread or None)
        )
        async with self._database.work() as session:
            copies = MailCopies(session, self._person_id)
            await keep_draft(copies, self._name, draft, "")
            if (kept := await copies.named(self._name)) is None:
                raise NotFound(DELETED.format(to=self._to))
            return kept

    async def _send(self, row: MailCopy) -> str:
        try:
            return await self._gmail.send_draft(row.draft_id or "")
        except (Unsure, NotFound) as error:
            return await self._must_be_found(row, error)

    async def _post(self, row: MailCopy) -> str:
        try:
            return await self._gmail.post(packed_mail(outgoing(row)), row.thread or None)
        except Unsure as error:
            return await self._must_be_found(row, error)

    async def _must_be_found(self, row: MailCopy, error: Exception) -> str:
        """Raises `Unsure` as long as nobody can tell: the intent stays sent, and nothing is sent again."""
        try:
            sent = await self._found(row)
        except ChronusError as away:
            raise Unsure from away
        if sent is None:
            raise Unsure from error
        return sent

    async def _found(self, row: MailCopy) -> str | None:
        """The mail that has left, or None as long as it isn't to be seen."""
        return await self._google.find_sent(letter_of(row)) if self._gmail.searches else None

    async def _look_for(self, row: MailCopy) -> None:
        """An earlier try never came to its end. It is never sent again unless the draft is still there, unsent."""
        if (sent := await self._found(row)) is not None:
            await self._sent(sent)
            return
        # drafts are kept before they are sent, so that without one nothing has been sent yet
        unsent = row.draft_id in (await self._gmail.drafts()).values() if row.draft_id else self._gmail.composes
        if unsent:
            await self._end("queued")
            return
        raise NotFound(UNKNOWN.format(to=self._to))

    async def _sent(self, gmail_id: str) -> None:
        """It has left: the copy says so, as read back."""
        try:
            values = columns(await self._gmail.headers(gmail_id)) | {"box": "sent"}
        except ChronusError:  # reading back can wait, what has happened can't be lost
            values = {"gmail_id": gmail_id, "labels": ["SENT"], "box": "sent"}
        leaves_at = datetime.fromisoformat(self._intent.arguments["leaves_at"])
        say = HAS_LEFT.format(to=self._to) if self._clock() > leaves_at + LATE else ""
        await self._end("done", say, **values, draft_id=None, leaves_at=None)

    # the rest

    async def _draft(self, row: MailCopy) -> None:
        found = await self._google.find_draft(row.message_id) if self._lost else None
        draft = (
            await self._gmail.draft(found) if found else await self._google.drafted(outgoing(row), row.thread or None)
        )
        async with self._database.work() as session:
            await keep_draft(MailCopies(session, self._person_id), self._name, draft, self._intent.key)
            await Intents(session, self._person_id).settle(self._intent.key, "done", result={"row": self._name})
            if self._lost and not self._intent.arguments.get("told"):
                await self._in_the_ledger(session, row)
            elif row.box == "drafts":
                await self._owe(session, IS_THERE.format(to=self._to))

    async def _draft_undone(self, row: MailCopy) -> None:
        """It was taken back before anybody knew whether it had got there."""
        if found := await self._google.find_draft(row.message_id):
            await self._gmail.discard(found)
        await self._end("done", drop=True)

    async def _label(self, row: MailCopy, act: str) -> None:
        if row.gmail_id is not None:
            await self._gmail.label(row.gmail_id, **{"remove" if act == "read" else "add": ["UNREAD"]})
        await self._end("done", read_here=False)

    async def _in_the_ledger(self, session: AsyncSession, row: MailCopy) -> None:
        """The process stopped between the write and its line in the ledger."""
        changes, key = Changes(session, self._person_id), self._intent.key.rsplit(":", 2)[0]
        if await changes.by_key(key) is not None:
            return
        inverse = {"do": "discard", "message": row.name, "etag": row.etag}
        receipt = {"id": row.name, "box": row.box, "to": list(lines(row.to)), "subject": row.subject}
        say = f"I've drafted a mail to {self._to}. It isn't sent."
        await changes.add(
            at=self._intent.at, tool="draft_email", effect="private", say=say, keeper=KEEPER,
            arguments={"to": list(lines(row.to)), "subject": row.subject}, receipt=receipt, inverse=inverse, key=key,
        )  # fmt: skip

    async def _wait(self) -> None:
        """Google is away: back into the queue. A mail that should have left by now is told of, once."""
        async with self._database.work() as session:
            intents = Intents(session, self._person_id)
            if self._lost:
                return  # it may have happened: looked for again after a while
            await intents.settle(self._intent.key, "queued")
            if self._intent.act == "send" and self._intent.tries <= 1:
                await self._owe(session, WAITS.format(to=self._to))

    async def _fail(self, error: ChronusError) -> None:
        """Google said no, or it can't be known: the mail is a draft again, here at least, and the person is told."""
        values: dict[str, Any] = {}
        if self._intent.act == "send":
            values = {"box": "drafts", "leaves_at": None}
            if isinstance(error, NotFound):
                values |= {"draft_id": None, "gmail_id": None}
        elif self._intent.act == "discard":
            values = {"box": "drafts"}
        told = self._intent.act not in {"read", "unread"}
        await self._end("failed", error.say if told else "", **values)

    async def _end(self, state: Any, notice: str = "", *, say: str = "", drop: bool = False, **values: Any) -> None:
        """What became of it: intent, row and notice together."""
        async with self._database.work() as session:
            copies, intents = MailCopies(session, self._person_id), Intents(session, self._person_id)
            await intents.settle(self._intent.key, state, say=say or notice)
            row = await copies.named(self._name)
            if row is not None and drop:
                await copies.drop(MailCopy.name == self._name)
            elif row is not None:
                if gmail_id := values.get("gmail_id"):
                    await copies.drop(MailCopy.gmail_id == gmail_id, MailCopy.name != self._name)
                if row.intent == self._intent.key and state != "queued":
                    values["intent"] = None
                if values:
                    await copies.change(self._name, **values)
            if notice:
                await self._owe(session, notice)

    async def _owe(self, session: AsyncSession, say: str) -> None:
        await Notices(session, self._person_id).add(f"mail:{self._name}", say, self._clock())


def outgoing(row: MailCopy) -> Outgoing:
    """The mail as it will travel, from what was kept of it."""
    return Outgoing(
        message_id=row.message_id,
        from_name=row.from_name,
        from_address=row.from_address,
        to=lines(row.to),
        cc=lines(row.cc),
        subject=row.subject,
        body=row.body or "",
        answers=row.answers,
        references=lines(row.references),
    )


def _and(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names) or "nobody"
