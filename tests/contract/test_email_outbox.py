"""A mail leaves once, when its time has come; until then it can be taken back."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from agent.tools.email import on_its_way, written_and_sent
from integrations.email import Message, MessageWritten, NewDraft
from integrations.email.google import GoogleMail
from integrations.email.mirror import MirrorMail
from integrations.email.outbox import settle_intents
from integrations.email.sync import sync
from integrations.errors import Conflict, NotFound
from integrations.store.changes import Changes
from integrations.store.database import Database, open_database
from integrations.store.intents import Intents
from integrations.store.mail_copies import MailCopy
from integrations.store.notices import Notices
from integrations.store.people import People
from integrations.store.tables import forget_elsewhere
from tests.contract.dying import Crash, dying
from tests.emulators.google.inbox import NOW, Side, gmail, written
from tests.emulators.google.mailbox import Kept

SEND = "https://www.googleapis.com/auth/gmail.send"
READ = "https://www.googleapis.com/auth/gmail.readonly"
SECOND = timedelta(seconds=1)
DANA = NewDraft(to=("dana@acme.com",), subject="Lunch", body="At one?")


@dataclass
class World:
    """A person with a copy of their mailbox, a clock that is set by hand, and Gmail."""

    side: Side
    database: Database
    person_id: str
    scopes: frozenset[str] | None = None
    at: datetime = field(default=NOW)
    patience: float = 10.0

    def clock(self) -> datetime:
        return self.at

    def google(self, key: str = "a key") -> GoogleMail:
        gmail = self.side.gmail(scopes=self.scopes, patience=self.patience)
        gmail.known_address = "robin@example.com"
        return GoogleMail(gmail, "Europe/Berlin", self.clock, key, name="Robin")

    @asynccontextmanager
    async def mail(self, key: str = "a key") -> AsyncIterator[MirrorMail]:
        async with self.database.work() as session:
            yield MirrorMail(session, self.person_id, self.google(key), self.clock, key)

    async def sync(self) -> None:
        await sync(self.database, self.person_id, self.google().gmail, self.clock)

    async def later(self, seconds: float, times: int = 1) -> None:
        """Time passes, and what is due is done."""
        for _ in range(times):
            self.at += seconds * SECOND
            await settle_intents(self.database, self.person_id, self.google(), self.clock)

    async def sent(self, new: NewDraft = DANA, key: str = "a key") -> MessageWritten:
        async with self.mail(key) as mail:
            draft = await mail.draft(new)
            return await mail.send(draft.message.id)

    async def boxes(self) -> dict[str, list[str]]:
        """Subjects by box."""
        async with self.database.look() as session:
            rows = await session.scalars(
                select(MailCopy).where(MailCopy.person_id == self.person_id).order_by(MailCopy.at)
            )
            found: dict[str, list[str]] = {}
            for row in rows:
                found.setdefault(row.box, []).append(row.subject)
            return found

    async def told(self) -> list[str]:
        async with self.database.work() as session:
            return [notice.say for notice in await Notices(session, self.person_id).take(self.at)]

    async def states(self) -> list[tuple[str, str]]:
        async with self.database.look() as session:
            intents = Intents(session, self.person_id)
            return [(intent.act, intent.state) for intent in await intents._list(intents._mine().order_by("made"))]

    @property
    def delivered(self) -> list[Kept]:
        return self.side.box.delivered


@pytest.fixture
async def world(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[World]:
    (tmp_path / "chronus.db").write_bytes(sqlite_template.read_bytes())
    async with gmail() as side, open_database(None, tmp_path) as database:
        async with database.work() as session:
            person = await People(session).add(zone="Europe/Berlin", now=NOW, name="Robin")
        world = World(side, database, person.id)
        side.box.clock = world.clock
        yield world


async def test_a_mail_waits_twenty_seconds_and_leaves_once(world: World) -> None:
    """Until then Gmail keeps a draft; afterwards it is sent, and the copy says so with what Gmail says of it."""
    sent = await world.sent()
    assert (sent.message.box, sent.message.leaves_at) == ("outbox", NOW + 20 * SECOND)
    await world.later(19)
    assert (world.delivered, len(world.side.box.drafts)) == ([], 1)
    await world.later(1)
    await world.later(30, times=5)
    assert [mail.header("To") for mail in world.delivered] == ["dana@acme.com"]
    assert (await world.boxes(), world.side.box.drafts) == ({"sent": ["Lunch"]}, {})
    async with world.mail() as mail:
        message = await mail.get(sent.message.id)
        assert (message.box, message.leaves_at, message.body) == ("sent", None, "At one?")
        assert (await mail.get(world.delivered[0].id)).id == message.id
    assert await world.told() == []


async def test_it_can_be_taken_back_until_it_leaves(world: World) -> None:
    """Undo within the twenty seconds makes it a draft again, which never leaves; afterwards it is too late."""
    sent = await world.sent()
    await world.later(19)
    async with world.mail("another") as mail:
        back = await mail.revert(sent.inverse)
        assert back is not None
        assert (back.box, back.leaves_at) == ("drafts", None)
    await world.later(60, times=3)
    assert (world.delivered, await world.boxes()) == ([], {"drafts": ["Lunch"]})
    async with world.mail("third") as mail:
        again = await mail.send(sent.message.id)
    await world.later(20)
    async with world.mail() as mail:
        with pytest.raises(Conflict, match="has left"):
            await mail.revert(again.inverse)
    assert len(world.delivered) == 1


async def test_a_process_that_dies_lets_it_leave_later(world: World) -> None:
    """What was approved leaves once, even an hour late, and it is told."""
    await world.sent()
    await world.later(3600)
    await world.later(10)
    assert len(world.delivered) == 1
    assert await world.told() == ["Your mail to dana@acme.com has left now."]


async def test_the_same_key_sends_once(world: World) -> None:
    """Asked again, also after it has left: the first answer, no second mail."""
    first = await world.sent()
    assert (await world.sent()).message.id == first.message.id
    await world.later(30)
    assert (await world.sent()).message.id == first.message.id
    await world.later(30, times=3)
    assert len(world.delivered) == 1


@pytest.mark.parametrize("kind", ["lost", "garbage", "reset", "hang"])
async def test_a_lost_answer_sends_no_second_mail(world: World, kind: str) -> None:
    """Whether it was sent is looked up; only a draft that is still there a minute later is sent again."""
    await world.sent()
    world.patience = 1.0 if kind == "hang" else world.patience
    world.side.google.trouble(kind, "gmail.users.drafts.send", seconds=4)
    await world.later(20)
    await world.later(5, times=3)
    assert len(world.delivered) == (0 if kind in {"reset", "hang"} else 1)
    await world.later(61, times=3)
    assert len(world.delivered) == 1
    assert await world.boxes() == {"sent": ["Lunch"]}


async def test_a_lost_answer_that_can_not_be_looked_up_waits(world: World) -> None:
    """Gmail sent it and is away since: nothing is sent again, and the mail is found when Gmail is back."""
    await world.sent()
    world.side.google.trouble("lost", "gmail.users.drafts.send")
    world.side.google.trouble("status", "gmail.users.messages.list", times=6)
    await world.later(20)
    await world.later(61)
    assert (await world.states())[-1] == ("send", "sent")
    await world.later(61, times=3)
    assert (len(world.delivered), await world.boxes()) == (1, {"sent": ["Lunch"]})


async def test_gmail_may_change_the_message_id(world: World) -> None:
    """Then the mail is known by its thread."""
    await world.sent()
    box, send = world.side.box, world.side.box.send
    box.send = lambda raw, thread=None: send(raw.replace(b".chronus@", b".gmail@"), thread)  # type: ignore[method-assign]
    world.side.google.trouble("lost", "gmail.users.drafts.send")
    await world.later(20)
    await world.later(61, times=3)
    assert (len(world.delivered), await world.boxes()) == (1, {"sent": ["Lunch"]})


async def test_google_away_keeps_it_in_the_outbox(world: World) -> None:
    """That is told once; it leaves when Google is back, which is told too."""
    await world.sent()
    world.side.google.trouble("status", status=503, times=30)
    await world.later(20)
    await world.later(30, times=3)
    assert await world.told() == [
        "Google isn't answering. Your mail to dana@acme.com is still in the outbox; it leaves as soon as Google is back."
    ]
    assert await world.boxes() == {"outbox": ["Lunch"]}
    world.side.google.troubles.clear()
    await world.later(300)
    assert (len(world.delivered), await world.told()) == (1, ["Your mail to dana@acme.com has left now."])


async def test_it_can_still_be_taken_back_while_google_is_away(world: World) -> None:
    """Its time has come, but it hasn't left."""
    sent = await world.sent()
    world.side.google.trouble("status", status=503, times=30)
    await world.later(25)
    async with world.mail() as mail:
        back = await mail.revert(sent.inverse)
    assert back is not None
    world.side.google.troubles.clear()
    await world.later(400, times=3)
    assert (back.box, world.delivered) == ("drafts", [])


async def test_a_draft_written_while_google_is_away_goes_there_later(world: World) -> None:
    """It is shown at once as pending; when it is in Gmail that is told. Sent meanwhile, it leaves all the same."""
    world.side.google.trouble("status", status=503, times=4)
    async with world.mail() as mail:
        draft = (await mail.draft(DANA)).message
        assert (draft.pending, [one.id for one in await mail.search("in:drafts")]) == (True, [draft.id])
    world.side.google.troubles.clear()
    await world.later(30)
    assert len(world.side.box.drafts) == 1
    assert await world.told() == ["Google is back: your draft to dana@acme.com is in Gmail."]
    async with world.mail() as mail:
        assert (await mail.get(draft.id)).pending is False
    world.side.google.trouble("status", "gmail.users.drafts.create", status=503, times=4)
    await world.sent(NewDraft(to=("tom@example.com",), subject="Two", body="x"), "other")
    world.side.google.troubles.clear()
    await world.later(60, times=3)
    assert [mail.header("Subject") for mail in world.delivered] == ["Two"]


async def test_a_queued_draft_that_is_undone_never_gets_there(world: World) -> None:
    """Undo takes it out of the queue."""
    world.side.google.trouble("status", status=503, times=4)
    async with world.mail() as mail:
        draft = await mail.draft(DANA)
        assert await mail.revert(draft.inverse) is None
    world.side.google.troubles.clear()
    await world.later(60, times=3)
    assert (world.side.box.drafts, await world.boxes()) == ({}, {})


class _Refusing(MirrorMail):
    """May write, but not send."""

    async def send(self, draft_id: str, *, etag: str | None = None) -> MessageWritten:
        raise Conflict("That mail may not go.")


async def _in_one_go(world: World, keeper: type[MirrorMail]) -> None:
    async with world.database.work() as session:
        mail = keeper(session, world.person_id, world.google(), world.clock, "a key")
        await written_and_sent(mail, DANA)


@pytest.mark.parametrize("trouble", ["none", "away while writing", "away while discarding"])
async def test_a_refused_mail_leaves_no_draft_that_nobody_knows_of(world: World, trouble: str) -> None:
    """Written and sent in one go is both or neither, also while Gmail is away: what can't be taken back at once is later."""
    if trouble == "away while writing":
        world.side.google.trouble("status", status=429, reason="rateLimitExceeded", times=4)
    if trouble == "away while discarding":
        world.side.google.trouble("status", "gmail.users.drafts.delete", status=503, times=9)
    with pytest.raises(Conflict, match="may not go"):
        await _in_one_go(world, _Refusing)
    assert "drafts" not in await world.boxes()
    world.side.google.troubles.clear()
    await world.later(61, times=3)
    assert (world.side.box.drafts, world.delivered, await world.boxes()) == ({}, [], {})


async def test_a_refused_mail_that_stays_a_draft_is_told_as_such(world: World) -> None:
    """Where the draft can't be taken back, as somebody changed it meanwhile, the refusal says where it is."""

    class Changing(_Refusing):
        async def send(self, draft_id: str, *, etag: str | None = None) -> MessageWritten:
            await self._copies.change(draft_id, etag="another")
            return await super().send(draft_id, etag=etag)

    with pytest.raises(Conflict, match="stands among your drafts"):
        await _in_one_go(world, Changing)


@pytest.mark.parametrize("kind", ["lost", "garbage", "reset"])
async def test_a_draft_is_written_once(world: World, kind: str) -> None:
    """A lost answer is looked up at once."""
    world.side.google.trouble(kind, "gmail.users.drafts.create")
    async with world.mail() as mail:
        draft = (await mail.draft(DANA)).message
    assert (draft.pending, len(world.side.box.drafts)) == (False, 1)


async def test_a_draft_whose_fate_is_unknown_is_looked_for(world: World) -> None:
    """The answer is lost and Gmail away: pending, and found later instead of written again."""
    world.side.google.trouble("lost", "gmail.users.drafts.create")
    world.side.google.trouble("status", "gmail.users.drafts.list", times=2)
    async with world.mail() as mail:
        assert (await mail.draft(DANA)).message.pending
    await world.later(61)
    assert len(world.side.box.drafts) == 1
    async with world.mail() as mail:
        assert [one.pending for one in await mail.search("in:drafts")] == [False]


async def test_a_crash_after_gmail_wrote_it_still_gets_into_the_ledger(world: World) -> None:
    """The transaction that would have told of it was lost: it is found, kept and can be undone."""

    async def dying() -> None:
        async with world.mail("the call") as mail:
            await mail.draft(DANA)
            raise Crash

    with pytest.raises(Crash):
        await dying()
    assert len(world.side.box.drafts) == 1
    await world.later(61)
    async with world.database.look() as session:
        change = await Changes(session, world.person_id).by_key("the call")
    assert change is not None
    assert (change.tool, change.receipt and change.receipt["subject"]) == ("draft_email", "Lunch")
    async with world.mail("the call") as mail:  # asked again
        draft = await mail.draft(DANA)
        assert await mail.revert(change.inverse or {}) is None
    assert (draft.message.pending, world.side.box.drafts) == (False, {})


async def test_a_draft_that_was_lost_and_sent_meanwhile_is_not_written_again(world: World) -> None:
    """The crash left open whether the draft is there; sending it has settled that."""

    async def dying() -> None:
        async with world.mail("the call") as mail:
            await mail.draft(DANA)
            raise Crash

    with pytest.raises(Crash):
        await dying()
    async with world.mail("another") as mail:
        await mail.send((await mail.search("in:drafts"))[0].id)
    await world.later(20)
    await world.later(61, times=3)
    assert (len(world.delivered), world.side.box.drafts) == (1, {})


async def test_a_draft_of_unknown_fate_can_be_undone(world: World) -> None:
    """When it turns out that it is in Gmail, it is thrown away there."""
    world.side.google.trouble("lost", "gmail.users.drafts.create")
    world.side.google.trouble("status", "gmail.users.drafts.list", times=2)
    async with world.mail() as mail:
        draft = await mail.draft(DANA)
        assert await mail.revert(draft.inverse) is None
        assert await mail.search("in:drafts") == []
    await world.later(61, times=2)
    assert (world.side.box.drafts, await world.boxes()) == ({}, {})


async def test_a_mail_that_was_not_sent_is_not_said_to_have_left(world: World) -> None:
    """Undoing it after it failed says where it is."""
    sent = await world.sent()
    world.side.box.remove_mail_of(next(iter(world.side.box.drafts)))
    await world.later(20)
    async with world.mail() as mail:
        with pytest.raises(Conflict, match="among your drafts"):
            await mail.revert(sent.inverse)


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("stop", [1, 2])
async def test_a_crash_at_any_step_of_leaving_sends_once(world: World, stop: int, before: bool) -> None:
    """Killed before or after each of its two commits, and started again: between them lies the sending."""

    await world.sent()
    world.at += 20 * SECOND
    with suppress(Crash):
        await settle_intents(dying(world.database, stop, before), world.person_id, world.google(), world.clock)
    await world.later(61, times=4)
    assert len(world.delivered) == 1
    assert await world.boxes() == {"sent": ["Lunch"]}


async def test_two_processes_send_one_mail(world: World) -> None:
    """Whoever claims it first does it."""
    await world.sent()
    world.at += 20 * SECOND
    both = [settle_intents(world.database, world.person_id, world.google(), world.clock) for _ in range(2)]
    await asyncio.gather(*both)
    assert len(world.delivered) == 1


async def test_a_draft_changed_in_gmail_is_not_sent(world: World) -> None:
    """What was approved is sent, or nothing: the person is told."""
    await world.sent()
    draft_id = next(iter(world.side.box.drafts))
    world.side.box.write(written("robin@example.com", "Lunch", "At three!", to="eve@example.net"), None, draft_id)
    await world.sync()
    await world.later(20)
    assert world.delivered == []
    assert await world.told() == ["That draft has changed in the meantime, so I haven't sent it to dana@acme.com."]
    await world.sync()
    assert await world.boxes() == {"drafts": ["Lunch"]}
    async with world.mail() as mail:
        assert [(await mail.get(one.id)).to for one in await mail.search("in:drafts")] == [("eve@example.net",)]


async def test_a_draft_thrown_away_in_gmail_is_not_sent(world: World) -> None:
    """That is told, and what was written is still here."""
    await world.sent()
    world.side.box.remove_mail_of(next(iter(world.side.box.drafts)))
    await world.later(20)
    assert world.delivered == []
    assert ["thrown away in Gmail" in say for say in await world.told()] == [True]
    assert await world.boxes() == {"drafts": ["Lunch"]}


async def test_a_permission_taken_back_keeps_the_mail(world: World) -> None:
    """It stays in the outbox until the account is connected again."""
    await world.sent()
    grants, world.side.google.grants = world.side.google.grants, lambda token: None
    await world.later(30, times=2)
    assert await world.boxes() == {"outbox": ["Lunch"]}
    world.side.google.grants = grants
    await world.later(300)
    assert len(world.delivered) == 1


async def test_sending_alone_is_enough_to_send(world: World) -> None:
    """With gmail.send and nothing else drafts stay here, and a lost answer is told as such, never sent again."""
    world.scopes = frozenset({SEND})
    world.side.google.grants = lambda token: world.scopes
    await world.sent()
    assert world.side.box.drafts == {}
    await world.later(20)
    assert [mail.header("To") for mail in world.delivered] == ["dana@acme.com"]
    world.side.google.trouble("lost", "gmail.users.messages.send")
    await world.sent(key="other")
    await world.later(20)
    await world.later(61, times=3)
    assert len(world.delivered) == 2
    assert ["couldn't find out whether" in say for say in await world.told()] == [True]


async def test_without_drafts_a_lost_answer_is_looked_up(world: World) -> None:
    """With gmail.send and gmail.readonly the mail is found by its own Message-ID."""
    world.scopes = frozenset({SEND, READ})
    world.side.google.grants = lambda token: world.scopes
    world.side.google.trouble("lost", "gmail.users.messages.send")
    await world.sent()
    await world.later(20)
    assert (len(world.delivered), await world.boxes(), await world.told()) == (1, {"sent": ["Lunch"]}, [])


async def test_a_reply_carries_the_right_headers(world: World) -> None:
    """threadId, In-Reply-To, References and Subject, so that it stays in the thread for everybody."""
    asked = written(
        "Dana <dana@acme.com>",
        "Lunch?",
        "When?",
        Message_ID="<2@acme.com>",
        In_Reply_To="<1@acme.com>",
        References="<0@acme.com> <1@acme.com>",
    )
    first = world.side.box.receive(asked)
    await world.sync()
    await world.sent(NewDraft(reply_to=first.id, body="At one. Grüße"))
    await world.later(20)
    mail = world.delivered[0]
    parsed = message_from_bytes(mail.raw)
    assert (mail.thread, parsed["In-Reply-To"], parsed["Subject"]) == (first.thread, "<2@acme.com>", "Re: Lunch?")
    assert parsed["References"].split() == ["<0@acme.com>", "<1@acme.com>", "<2@acme.com>"]
    assert parsed["Message-ID"].endswith(".chronus@example.com>")
    assert (parsed["From"], parsed["To"], parsed["Bcc"]) == ("Robin <robin@example.com>", "dana@acme.com", None)


@pytest.mark.parametrize("known", [True, False])
async def test_nobody_gets_a_blind_copy_unsaid(world: World, known: bool) -> None:
    """The copy knows who gets one; where it was made before we read that, the mail isn't sent."""
    world.side.box.write(written("robin@example.com", "Lunch", "At one?", to="dana@acme.com", bcc="eve@example.net"))
    await world.sync()
    async with world.mail() as mail:
        [draft] = await mail.search("in:drafts")
        assert draft.bcc == ("eve@example.net",)
        if not known:
            await mail._copies.change(draft.id, bcc="")
        await mail.send(draft.id)
    await world.later(20)
    assert len(world.delivered) == known
    assert bool(await world.told()) != known


async def test_a_mail_found_by_a_sync_first_is_not_doubled(world: World) -> None:
    """Gmail's history tells of the sent mail before we have written down that it has left."""
    await world.sent()
    world.side.google.trouble("lost", "gmail.users.drafts.send")
    world.side.google.trouble("status", "gmail.users.messages.list", times=2)
    await world.later(20)
    await world.sync()
    await world.later(61)
    assert await world.boxes() == {"sent": ["Lunch"]}
    with pytest.raises(NotFound):
        async with world.mail() as mail:
            await mail.get("abc")


async def test_a_disconnected_account_leaves_nothing(world: World) -> None:
    """No copy, no mail that would leave later, and a new connection begins anew."""
    world.side.box.receive(written("s@example.org", "Hi", "x"))
    await world.sync()
    await world.sent()
    async with world.database.work() as session:
        await forget_elsewhere(session, world.person_id)
    await world.later(60, times=3)
    assert (world.delivered, await world.boxes()) == ([], {})
    await world.sync()
    assert await world.boxes() == {"inbox": ["Hi"], "drafts": ["Lunch"]}


async def test_reading_does_not_need_the_right_to_write(world: World) -> None:
    """A request that only looks gets the whole text too; it is kept when somebody may write it down."""
    one = world.side.box.receive(written("s@example.org", "Hi", "Text"), labels=["INBOX"])
    await world.sync()
    for _ in range(2):
        async with world.database.look() as session:
            message = await MirrorMail(session, world.person_id, world.google(), world.clock, "a key").get(one.id)
            assert (message.body, message.partial) == ("Text", False)
    for _ in range(2):
        async with world.mail() as mail:
            assert (await mail.get(one.id)).body == "Text"
    formats = [asked.query["format"][0] for asked in world.side.google.calls("gmail.users.messages.get")]
    assert formats == ["metadata", "full", "full", "full"]


@pytest.mark.parametrize(
    ("box", "leaves_at", "said"),
    [
        ("outbox", NOW + 20 * SECOND, "It's in your outbox for dana@acme.com and tom@example.com and leaves in 20 seconds."),
        ("outbox", None, "It's in your outbox for dana@acme.com and tom@example.com. No mail account is connected, so it stays on this machine."),
        ("sent", None, "It's sent to dana@acme.com and tom@example.com."),
    ],
)  # fmt: skip
def test_what_is_said_is_what_happens(box: Any, leaves_at: datetime | None, said: str) -> None:
    """Nobody is told that a mail has been sent while it waits."""
    to = ("dana@acme.com", "tom@example.com")
    message = Message(
        id="1", thread="1", box=box, from_name="", from_address="", to=to, at=NOW, leaves_at=leaves_at
    )  # fmt: skip
    assert on_its_way(message) == said
