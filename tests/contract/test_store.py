"""The stores keep one person's things, theirs alone, on every database we run on."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from integrations.calendar import EventChange, NewEvent
from integrations.calendar.local import LocalCalendar
from integrations.email import NewDraft
from integrations.email.local import LocalMail
from integrations.errors import Conflict, Invalid, NotFound
from integrations.store.approvals import Approval, Approvals
from integrations.store.changes import Change, Changes
from integrations.store.conversations import Conversations
from integrations.store.mail_copies import MailCopies
from integrations.store.memories import Memories
from integrations.store.origins import Foreigners
from integrations.store.people import People
from integrations.store.reminders import Reminders, as_it_is, undoing
from integrations.store.sessions import SignIns
from integrations.tasks import NewTask, TaskChange
from integrations.tasks.local import LocalTasks

NOW = datetime(2026, 3, 4, 9, 20, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


@pytest.fixture
async def me(session: AsyncSession) -> str:
    return (await People(session).owner("Europe/Berlin", NOW)).id


@pytest.fixture
async def other(session: AsyncSession) -> str:
    return (await People(session).add(zone="UTC", now=NOW, name="Someone else")).id


async def asked(approvals: Approvals, at: datetime = NOW, **more: Any) -> Approval:
    fields: dict[str, Any] = {
        "channel": "text",
        "tool": "send_email",
        "effect": "outbound",
        "arguments": {"to": ["tom@example.com"]},
        "digest": "abc",
        "say": "Shall I?",
        "conversation_id": "thread",
        "turn_id": "turn",
        "asked_at": at,
        "expires_at": at + MINUTE,
    }
    return await approvals.add(**fields | more)


async def done(changes: Changes, at: datetime = NOW, **more: Any) -> Change:
    fields: dict[str, Any] = {
        "at": at,
        "tool": "add_task",
        "effect": "private",
        "say": "Added Milk.",
        "keeper": "tasks",
        "arguments": {"title": "Milk"},
    }
    return await changes.add(**fields | more)


class TestPeople:
    """Whom Chronus works for."""

    async def test_there_is_one_owner(self, session: AsyncSession, me: str) -> None:
        """Made at the first asking, with the zone told then, and the same ever after."""
        again = await People(session).owner("America/New_York", NOW + HOUR)
        assert (again.id, again.zone, again.owner, again.briefing_at) == (me, "Europe/Berlin", True, "08:00")

    async def test_only_what_is_theirs_to_change_changes(self, session: AsyncSession, me: str) -> None:
        """Their hours and name, not who owns the machine."""
        people = People(session)
        changed = await people.change(me, name="Robin", quiet_from="23:00")
        assert (changed.name, changed.quiet_from) == ("Robin", "23:00")
        with pytest.raises(Invalid):
            await people.change(me, owner="no")
        with pytest.raises(NotFound):
            await people.change("x", name="Robin")

    async def test_what_is_someones_goes_with_them(self, session: AsyncSession, me: str, other: str) -> None:
        """All of it, and nobody else's."""
        for person in (me, other):
            await Reminders(session, person).add("Bread", NOW)
            await Conversations(session, person).current(NOW)
            await SignIns(session).start(person, f"hash of {person}", NOW, NOW + HOUR, "browser")
        await People(session).delete(other)
        session.expunge_all()
        assert await Reminders(session, other).all(NOW) == []
        assert await Conversations(session, other).all() == []
        assert await SignIns(session).by_hash(f"hash of {other}") is None
        assert len(await Reminders(session, me).all(NOW)) == 1


class TestSignIns:
    """Refresh tokens."""

    async def test_a_token_is_good_once(self, session: AsyncSession, me: str) -> None:
        """The second use is a Conflict, whoever makes it."""
        sign_ins = SignIns(session)
        first = await sign_ins.start(me, "one", NOW, NOW + HOUR, "browser")
        second = await sign_ins.rotate(first, "two", NOW + MINUTE, NOW + HOUR)
        assert (second.family, second.person_id, second.agent) == (first.family, me, "browser")
        with pytest.raises(Conflict):
            await sign_ins.rotate(first, "three", NOW + MINUTE, NOW + HOUR)
        await session.refresh(first)
        assert first.used_at == NOW + MINUTE

    async def test_a_family_falls_together(self, session: AsyncSession, me: str) -> None:
        """Signing a device out ends all of its tokens, and no other device's."""
        sign_ins = SignIns(session)
        phone = await sign_ins.start(me, "phone", NOW, NOW + HOUR, "phone")
        laptop = await sign_ins.start(me, "laptop", NOW, NOW + HOUR, "laptop")
        await sign_ins.revoke_family(phone.family, NOW)
        assert not await sign_ins.family_live(phone.family)
        assert await sign_ins.family_live(laptop.family)
        with pytest.raises(Conflict):
            await sign_ins.rotate(phone, "next", NOW, NOW + HOUR)
        await sign_ins.revoke_all(me)
        assert not await sign_ins.family_live(laptop.family)
        assert not await sign_ins.family_live("x")


class TestConversations:
    """Threads."""

    async def test_a_thread_goes_on_until_it_was_quiet(self, session: AsyncSession, me: str) -> None:
        """Every turn keeps it going; after four quiet hours there is a new one; a new one can be asked for."""
        threads = Conversations(session, me)
        first = await threads.current(NOW)
        await threads.add_turn(first.id, channel="text", said="Hello there", now=NOW + 3 * HOUR)
        assert (await threads.current(NOW + 6 * HOUR)).id == first.id
        second = await threads.current(NOW + 7 * HOUR)
        third = await threads.start(NOW + 7 * HOUR)
        assert len({first.id, second.id, third.id}) == 3
        assert (await threads.current(NOW + 7 * HOUR)).id == third.id
        assert [thread.id for thread in await threads.all()] == [third.id, second.id, first.id]
        assert [thread.id for thread in await threads.all(before=NOW + 7 * HOUR)] == [first.id]
        assert (await threads.get(first.id)).title == "Hello there"

    async def test_a_turn_is_kept_whole(self, session: AsyncSession, me: str) -> None:
        """What was said, answered, done and heard, in the order it happened, also within one moment."""
        threads = Conversations(session, me)
        thread = await threads.start(NOW)
        turns = [await threads.add_turn(thread.id, channel="voice", said=str(n), now=NOW) for n in range(5)]
        lines, actions = [{"said": "0"}, {"replied": "ok"}], [{"tool": "add_task", "ok": True}]
        await threads.finish(
            turns[0].id, reply="ok", lines=lines, actions=actions, understood={"tool": "x"}, pending_id=None, now=NOW
        )
        await threads.heard(turns[0].id, "o")
        session.expunge_all()
        kept = await threads.turns(thread.id)
        assert [turn.said for turn in kept] == ["0", "1", "2", "3", "4"]
        assert [turn.said for turn in await threads.turns(thread.id, last=2)] == ["3", "4"]
        assert (kept[0].reply, kept[0].heard, kept[0].lines, kept[0].actions) == ("ok", "o", lines, actions)
        assert (kept[0].understood, kept[1].understood, kept[1].lines) == ({"tool": "x"}, None, [])


class TestApprovals:
    """What waits for a yes."""

    async def test_what_was_asked_in_a_turn_waits_in_that_order(self, session: AsyncSession, me: str) -> None:
        """As long as there is time to answer; asked again it waits in another turn."""
        approvals = Approvals(session, me)
        first = await asked(approvals, turn_id="one")
        second = await asked(approvals, turn_id="one")
        await asked(approvals, turn_id="two")
        assert [approval.id for approval in await approvals.of_turn("one", NOW)] == [first.id, second.id]
        assert await approvals.of_turn("one", NOW + MINUTE) == []
        await approvals.ask_again(first.id, turn_id="three", channel="phone", heard_at=None)
        assert [approval.id for approval in await approvals.of_turn("one", NOW)] == [second.id]
        assert [approval.channel for approval in await approvals.of_turn("three", NOW)] == ["phone"]

    async def test_a_decision_is_made_once_and_in_time(self, session: AsyncSession, me: str) -> None:
        """Of two who decide, one does; too late nobody does, and it is told as expired."""
        approvals = Approvals(session, me)
        one, two = await asked(approvals), await asked(approvals)
        assert await approvals.decide(one.id, "approved", NOW)
        assert not await approvals.decide(one.id, "declined", NOW)
        assert not await approvals.decide(two.id, "approved", NOW + MINUTE)
        await approvals.finish(one.id, "failed", {"error": "unavailable"})
        told = {approval.id: approval.status for approval in await approvals.all(now=NOW + MINUTE)}
        assert told == {one.id: "failed", two.id: "expired"}
        assert [approval.id for approval in await approvals.all("expired", now=NOW + MINUTE)] == [two.id]
        with pytest.raises(NotFound):
            await approvals.decide("x", "approved", NOW)


class TestForeigners:
    """What holds others' words."""

    async def test_a_mark_stays(self, session: AsyncSession, me: str, other: str) -> None:
        """Set twice it is one; it is of one keeper's thing, and one person's."""
        mine = Foreigners(session, me)
        await mine.mark("tasks", ["a", "b"])
        await mine.mark("tasks", ["b", "c"])
        assert await mine.among("tasks", ["a", "c", "d"]) == {"a", "c"}
        assert await mine.among("calendar", ["a"]) == set()
        assert await mine.among("tasks", [str(number) for number in range(1200)] + ["b"]) == {"b"}
        assert await Foreigners(session, other).among("tasks", ["a"]) == set()


class TestChanges:
    """The ledger."""

    async def test_the_ledger_is_read_from_its_end(self, session: AsyncSession, me: str) -> None:
        """Newest first, also within one moment; what is undone is no longer the latest."""
        changes = Changes(session, me)
        rows = [await done(changes, say=str(number)) for number in range(4)]
        assert [change.say for change in await changes.latest(2)] == ["3", "2"]
        assert await changes.mark_undone(rows[3].id, NOW)
        assert not await changes.mark_undone(rows[3].id, NOW)
        assert [change.say for change in await changes.latest(2)] == ["2", "1"]
        assert [change.say for change in await changes.all(first=2)] == ["3", "2"]
        assert [change.say for change in await changes.all(before=NOW)] == []
        assert len(await changes.between(NOW, NOW + MINUTE)) == 4
        assert len(await changes.between(NOW - MINUTE, NOW)) == 0

    async def test_a_key_is_used_once(self, session: AsyncSession, me: str, other: str) -> None:
        """The same change asked for again is found by its key; another person's key is another key."""
        changes = Changes(session, me)
        first = await done(changes, key="k")
        assert await changes.by_key("k") is first
        assert await Changes(session, other).by_key("k") is None
        await done(Changes(session, other), key="k")
        await done(changes)
        await done(changes)


class TestReminders:
    """What is to be told at a time."""

    async def test_a_reminder_rings_once(self, session: AsyncSession, me: str) -> None:
        """It is open until it has rung or was cancelled, and due when its time has come."""
        reminders = Reminders(session, me)
        later = await reminders.add("Bins", NOW + 2 * HOUR, "Europe/Berlin")
        soon = await reminders.add("Bread", NOW + HOUR)
        assert [reminder.id for reminder in await reminders.all(NOW)] == [soon.id, later.id]
        assert [reminder.id for reminder in await reminders.all(NOW, NOW + 2 * HOUR)] == [soon.id]
        assert [reminder.id for reminder in await reminders.due(NOW + HOUR)] == [soon.id]
        assert await reminders.rung(soon.id, NOW + HOUR)
        assert not await reminders.rung(soon.id, NOW + HOUR)
        before = as_it_is(later)
        gone = undoing(await reminders.cancel(later.id), before)
        assert await reminders.all(NOW) == []
        with pytest.raises(Conflict):
            await reminders.cancel(later.id)
        assert (await reminders.put_back(gone, NOW)).cancelled_at is None
        assert [reminder.id for reminder in await reminders.all(NOW)] == [later.id]


class TestMemories:
    """What is known."""

    async def test_a_memory_can_be_corrected_and_brought_back(self, session: AsyncSession, me: str) -> None:
        """New words want a new vector; what was deleted comes back as it was."""
        memories = Memories(session, me)
        memory = await memories.add(text="Likes tea", at=NOW, quote="I like tea", type="preference")
        await memories.change(memory.id, embedded=True)
        assert await memories.unembedded() == []
        await memories.change(memory.id, text="Likes coffee")
        assert [row.id for row in await memories.unembedded()] == [memory.id]
        kept = await memories.delete(memory.id)
        assert await memories.all() == []
        again = await memories.restore(kept)
        assert (again.id, again.text, again.at, again.quote) == (memory.id, "Likes coffee", NOW, "I like tea")
        with pytest.raises(Conflict):
            await memories.restore(kept)
        with pytest.raises(Invalid):
            await memories.change(memory.id, person_id="x")

    async def test_what_was_replaced_no_longer_holds(self, session: AsyncSession, me: str) -> None:
        """It is still there to be asked for by name, in the order asked."""
        memories = Memories(session, me)
        old, new = await memories.add(text="Old", at=NOW), await memories.add(text="New", at=NOW)
        await memories.change(old.id, superseded_by=new.id)
        assert [memory.text for memory in await memories.all()] == ["New"]
        assert [memory.text for memory in await memories.named([new.id, "x", old.id])] == ["New", "Old"]


async def test_odd_text_is_kept_as_far_as_it_is_text(session: AsyncSession, me: str) -> None:
    """No database stumbles over a NUL or half a character, in words or in JSON; the rest comes back whole."""
    text = "a\x00b\ud83dc 😀 ﷽ \r\n'\"; DROP TABLE people;--"
    reminder = await Reminders(session, me).add(text, NOW)
    change = await done(Changes(session, me), arguments={"title": text}, say=text)
    await session.refresh(reminder)
    await session.refresh(change)
    assert reminder.text == change.say == "abc 😀 ﷽ \r\n'\"; DROP TABLE people;--"
    assert change.arguments == {"title": text}


async def test_nobody_reaches_what_is_someone_elses(session: AsyncSession, me: str, other: str) -> None:
    """Every store and keeper, asked by the other for what is mine: nothing is found, and nothing changes."""
    mine, theirs = Everything(session, me), Everything(session, other)
    await mine.fill()
    before = await mine.all()
    assert await theirs.all() == [[]] * len(before)
    for attempt in theirs.attempts(mine):
        with pytest.raises((NotFound, Conflict)):
            await attempt()
    assert not await theirs.reminders.rung(mine.ids["reminder"], NOW)
    assert await theirs.memories.named([mine.ids["memory"]]) == []
    assert await theirs.approvals.of_turn("turn", NOW) == []
    session.expire_all()
    assert await mine.all() == before


class Everything:
    """All that one person has."""

    def __init__(self, session: AsyncSession, person: str) -> None:
        of = (session, person)
        self.threads, self.approvals, self.changes = Conversations(*of), Approvals(*of), Changes(*of)
        self.reminders, self.memories = Reminders(*of), Memories(*of)
        self.calendar = LocalCalendar(*of, "UTC", lambda: NOW)
        self.tasks, self.mail = LocalTasks(*of, "UTC", lambda: NOW), LocalMail(*of, "UTC", lambda: NOW)
        self.ids: dict[str, str] = {}
        self.inverses: dict[str, dict[str, Any]] = {}

    async def fill(self) -> None:
        thread = await self.threads.start(NOW)
        event = await self.calendar.add(NewEvent(title="Dentist", starts=NOW, ends=NOW + HOUR, zone="UTC"))
        task, draft = await self.tasks.add(NewTask(title="Milk")), await self.mail.draft(NewDraft(subject="Hi"))
        self.inverses = {"event": event.inverse, "task": task.inverse, "message": draft.inverse}
        self.ids = {
            "thread": thread.id,
            "turn": (await self.threads.add_turn(thread.id, channel="text", said="Hi", now=NOW)).id,
            "approval": (await asked(self.approvals)).id,
            "change": (await done(self.changes)).id,
            "reminder": (await self.reminders.add("Bread", NOW)).id,
            "memory": (await self.memories.add(text="Likes tea", at=NOW)).id,
            "event": event.event.id,
            "task": task.task.id,
            "message": draft.message.id,
        }

    async def all(self) -> list[Any]:
        lists = [
            [(row.id, row.last_at) for row in await self.threads.all()],
            [(row.id, row.status) for row in await self.approvals.all(now=NOW)],
            [(row.id, row.undone_at) for row in await self.changes.all()],
            [(row.id, row.due, row.cancelled_at) for row in await self.reminders.all(NOW)],
            [(row.id, row.text) for row in await self.memories.all()],
        ]
        return [
            *lists,
            await self.calendar.between(NOW - HOUR, NOW + HOUR),
            await self.tasks.all(done=None),
            await self.mail.search("in:anywhere"),
        ]

    def attempts(self, mine: "Everything") -> list[Callable[[], Awaitable[Any]]]:
        ids, inverses = mine.ids, mine.inverses
        return [
            lambda: self.threads.get(ids["thread"]),
            lambda: self.threads.turns(ids["thread"]),
            lambda: self.threads.heard(ids["turn"], "x"),
            lambda: self.threads.add_turn(ids["thread"], channel="text", said="x", now=NOW + HOUR),
            lambda: self.approvals.get(ids["approval"]),
            lambda: self.approvals.decide(ids["approval"], "approved", NOW),
            lambda: self.approvals.finish(ids["approval"], "approved", None),
            lambda: self.changes.get(ids["change"]),
            lambda: self.changes.mark_undone(ids["change"], NOW),
            lambda: self.reminders.cancel(ids["reminder"]),
            lambda: self.reminders.change(ids["reminder"], text="x"),
            lambda: self.reminders.put_back({"id": ids["reminder"], "before": None, "left": ""}, NOW),
            lambda: self.memories.change(ids["memory"], text="x"),
            lambda: self.memories.delete(ids["memory"]),
            lambda: self.calendar.get(ids["event"]),
            lambda: self.calendar.change(ids["event"], EventChange(title="x")),
            lambda: self.calendar.cancel(ids["event"]),
            lambda: self.calendar.revert(inverses["event"]),
            lambda: self.tasks.get(ids["task"]),
            lambda: self.tasks.change(ids["task"], TaskChange(title="x")),
            lambda: self.tasks.delete(ids["task"]),
            lambda: self.tasks.revert(inverses["task"]),
            lambda: self.mail.get(ids["message"]),
            lambda: self.mail.mark_read(ids["message"]),
            lambda: self.mail.send(ids["message"]),
            lambda: self.mail.draft(NewDraft(reply_to=ids["message"])),
            lambda: self.mail.revert(inverses["message"]),
        ]


async def test_a_mail_that_was_renamed_meanwhile_is_changed(session: AsyncSession, me: str) -> None:
    """A draft gets a name of its own while its text is fetched under Gmail's: the text isn't lost."""
    copies = MailCopies(session, me)
    await copies.add(name="draft-r1", gmail_id="g1", box="drafts", at=NOW)
    assert (await copies.change("g1", body="As agreed.")).body == "As agreed."
