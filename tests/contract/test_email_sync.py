"""The copy of a mailbox is equal to the mailbox, whatever happens on the way."""

from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import select

from integrations.email.google import GoogleMail
from integrations.email.mirror import MirrorMail
from integrations.email.sync import Bounds, sync
from integrations.errors import NotConnected, Unavailable
from integrations.google.allowance import Allowance
from integrations.store.database import open_database
from integrations.store.mail_copies import MailCopy
from integrations.store.mirrors import Mirrors
from integrations.store.people import People
from tests.conftest import Place
from tests.contract.dying import Crash, dying
from tests.contract.test_email_outbox import SECOND, World
from tests.emulators.google.inbox import NOW, Side, gmail, written

Row = tuple[str, str, tuple[str, ...], bool, str, str]
SMALL = Bounds(page=10, ready=0)


@pytest.fixture
async def world(place: Place) -> AsyncIterator[World]:
    """On SQLite and PostgreSQL."""
    async with gmail() as side, open_database(place.url, place.data) as database:
        async with database.work() as session:
            person = await People(session).add(zone="Europe/Berlin", now=NOW, name="Robin")
        world = World(side, database, person.id)
        side.box.clock = world.clock
        yield world


@pytest.fixture
async def lite(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[World]:
    """On SQLite alone, for what has nothing to do with the database."""
    (tmp_path / "chronus.db").write_bytes(sqlite_template.read_bytes())
    async with gmail() as side, open_database(None, tmp_path) as database:
        async with database.work() as session:
            person = await People(session).add(zone="Europe/Berlin", now=NOW, name="Robin")
        world = World(side, database, person.id)
        side.box.clock = world.clock
        yield world


def fill(side: Side, many: int, start: int = 0) -> None:
    """Mail of the last days, newest last."""
    for number in range(start, start + many):
        labels = ["INBOX", "UNREAD"] if number % 3 else ["SENT"] if number % 2 else ["IMPORTANT"]
        raw = written(f"Nr {number} <n{number % 7}@example.org>", f"Subject {number}", f"Body {number}")
        side.box.receive(raw, labels=labels, at=NOW - timedelta(hours=1000 - number))


def change(side: Side, seed: int, many: int = 12) -> None:
    """All that can happen to a mailbox."""
    chance, box = Random(seed), side.box
    for number in range(many):
        some = chance.choice(sorted(box.mails))
        match chance.randrange(7):
            case 0 | 1:
                fill(side, 1, 2000 + seed * 100 + number)
            case 2:
                box.remove(some)
            case 3:
                box.label(some, add=["STARRED"], remove=["UNREAD"])
            case 4:
                box.label(some, add=["TRASH"], remove=["INBOX"])
            case 5:
                box.label(some, add=["INBOX"], remove=["TRASH"])
            case 6:
                raw = written("robin@example.com", f"Draft {seed} {number}", "x")
                draft = chance.choice([*box.drafts, None])
                box.write(raw, None, draft)


def truth(side: Side) -> dict[str, Row]:
    return {
        mail.id: (
            mail.id,
            mail.header("Subject"),
            tuple(sorted(mail.labels)),
            "UNREAD" in mail.labels,
            mail.header("From"),
            next((draft for draft, of in side.box.drafts.items() if of == mail.id), ""),
        )
        for mail in side.box.mails.values()
        if not mail.labels & {"TRASH", "SPAM"}
    }


async def copied(world: World) -> dict[str, Row]:
    async with world.database.look() as session:
        rows = await session.scalars(select(MailCopy).where(MailCopy.person_id == world.person_id))
        return {
            str(row.gmail_id): (
                str(row.gmail_id),
                row.subject,
                tuple(row.labels),
                row.unread,
                f"{row.from_name} <{row.from_address}>" if row.from_name else row.from_address,
                row.draft_id or "",
            )
            for row in rows
            if row.box != "gone"
        }


async def at_once(_: float) -> None:
    """Nobody waits in a test."""


async def read(world: World, bounds: Bounds = SMALL, **more: Any) -> None:
    gmail = world.google().gmail
    await sync(world.database, world.person_id, gmail, world.clock, bounds=bounds, **{"sleep": at_once} | more)


async def until_done(world: World, before: bool, seed: int | None = None, bounds: Bounds = SMALL) -> int:
    """Killed at each commit in turn, started again each time; things go on happening meanwhile."""
    for stop in count(1):
        mortal = dying(world.database, stop, before)
        try:
            await sync(mortal, world.person_id, world.google().gmail, world.clock, bounds=bounds, sleep=at_once)
        except Crash:
            if seed is not None:
                change(world.side, seed * 100 + stop, 3)
            continue
        await read(world, bounds)
        return stop
    raise AssertionError


async def test_everything_is_copied_then_only_what_is_new(world: World) -> None:
    """The first time all, page by page, then one request when nothing has happened."""
    fill(world.side, 25)
    told: list[int] = []

    await read(world, progress=lambda seen, _: told.append(seen))
    assert await copied(world) == truth(world.side)
    assert told[-1] >= 25
    world.side.google.asked.clear()
    await read(world)
    assert world.side.google.methods() == ["gmail.users.history.list"]
    change(world.side, 1, 30)
    await read(world)
    assert await copied(world) == truth(world.side)


@pytest.mark.parametrize("before", [True, False])
async def test_killed_at_every_commit_of_the_first_reading(lite: World, before: bool) -> None:
    """And started again each time, while mail comes and goes: equal in the end, and no page is paid for twice."""
    fill(lite.side, 25)
    assert await until_done(lite, before, seed=1) > 6
    assert await copied(lite) == truth(lite.side)


@pytest.mark.parametrize("before", [True, False])
async def test_killed_at_every_commit_of_the_news(world: World, before: bool) -> None:
    """History goes on from the last page that was kept."""
    fill(world.side, 12)
    await read(world)
    world.side.box.page = 4
    change(world.side, 7, 30)
    assert await until_done(world, before, seed=2) > 5
    assert await copied(world) == truth(world.side)


async def test_a_stopped_reading_does_not_pay_twice(lite: World) -> None:
    """Of 25 mails each is fetched once, though every page was interrupted."""
    fill(lite.side, 25)
    await until_done(lite, before=False)
    assert len(lite.side.google.calls("gmail.users.messages.get")) == 25


async def test_pages_without_history_are_turned(lite: World) -> None:
    """A page may have no `history` at all and still name the next one."""
    fill(lite.side, 3)
    await read(lite)
    lite.side.box.blank = 2
    change(lite.side, 3, 20)
    await read(lite)
    assert await copied(lite) == truth(lite.side)
    assert len(lite.side.google.calls("gmail.users.history.list")) >= 3


async def test_one_mail_that_much_happened_to_is_read_once(lite: World) -> None:
    """messagesAdded and labels of one mail come to one request, and labels alone to none."""
    fill(lite.side, 3)
    await read(lite)
    lite.side.google.asked.clear()
    old, new = next(iter(lite.side.box.mails)), lite.side.box.receive(written("s@example.org", "New", "x")).id
    for labels in (["STARRED"], ["IMPORTANT"], ["CATEGORY_PERSONAL"]):
        lite.side.box.label(new, add=labels)
        lite.side.box.label(old, add=labels, remove=["UNREAD"])
    await read(lite)
    assert [one.path.rsplit("/", 1)[1] for one in lite.side.google.calls("gmail.users.messages.get")] == [new]
    assert await copied(lite) == truth(lite.side)


async def test_a_mail_that_can_not_be_read_yet_is_read_a_little_later(lite: World) -> None:
    """History tells of it before `get` knows it; one that never comes is left out."""
    fill(lite.side, 2)
    await read(lite)
    late, never = (lite.side.box.receive(written("s@example.org", subject, "x")).id for subject in ("Late", "Never"))
    lite.side.box.invisible |= {late, never}
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)
        lite.side.box.invisible.discard(late)

    await read(lite, sleep=sleep)
    del lite.side.box.mails[never]
    assert (waited, await copied(lite)) == ([3.0], truth(lite.side))


async def test_a_cursor_that_gmail_has_forgotten_means_reading_again(world: World) -> None:
    """404: everything within the bounds once more, and what isn't seen goes. Ids and texts that are there stay."""
    fill(world.side, 25)
    await read(world, Bounds(page=10, ready=5))
    gone = [mail.id for mail in world.side.box.newest()[:3]]
    for one in gone:
        del world.side.box.mails[one]  # without a word in history
    change(world.side, 5, 10)
    world.side.box.forgotten = world.side.box.now
    world.side.box.receive(written("s@example.org", "After", "x"))
    await read(world)
    assert await copied(world) == truth(world.side)
    async with world.mail() as mail:
        assert not set(gone) & {message.id for message in await mail.search("in:anywhere", first=100)}


@pytest.mark.parametrize("before", [True, False])
async def test_killed_while_reading_again(lite: World, before: bool) -> None:
    """The second time all is read it is as safe as the first."""
    fill(lite.side, 15)
    await read(lite)
    change(lite.side, 9, 20)
    lite.side.box.forgotten = lite.side.box.now
    fill(lite.side, 3, 500)
    assert await until_done(lite, before) > 4
    assert await copied(lite) == truth(lite.side)


async def test_only_what_is_recent_is_copied(lite: World) -> None:
    """The newest so many, of so many days; what grows too old or too many goes."""
    fill(lite.side, 30)
    lite.side.box.receive(written("s@example.org", "Ancient", "x"), at=NOW - timedelta(days=400))
    bounds = Bounds(messages=12, page=5, ready=0)
    await read(lite, bounds)
    newest = [mail.id for mail in lite.side.box.newest()]
    assert list(await copied(lite)) == newest[:12] or set(await copied(lite)) == set(newest[:12])
    fill(lite.side, 5, 900)
    await read(lite, bounds)
    assert set(await copied(lite)) == {mail.id for mail in lite.side.box.newest()[:12]}
    await read(lite, Bounds(days=1, ready=0))
    assert all(row[0] in {mail.id for mail in lite.side.box.mails.values()} for row in (await copied(lite)).values())


async def test_mail_beyond_the_copy_is_still_found_and_read(lite: World) -> None:
    """Gmail is asked where the copy ends."""
    fill(lite.side, 5)
    old = lite.side.box.receive(written("Ada <ada@example.net>", "Ancient", "Long ago"), at=NOW - timedelta(days=400))
    await read(lite)
    async with lite.mail() as mail:
        assert [message.id for message in await mail.search("from:ada")] == [old.id]
        assert (await mail.get(old.id)).body == "Long ago"
        assert (await mail.mark_read(old.id)).message.unread is False


async def test_what_is_read_here_stays_read_without_the_right_to_tell_gmail(lite: World) -> None:
    """With gmail.readonly the copy remembers it, and nothing is asked that would be refused."""
    lite.scopes = frozenset({"https://www.googleapis.com/auth/gmail.readonly"})
    lite.side.google.grants = lambda token: lite.scopes
    mail_id = lite.side.box.receive(written("s@example.org", "New", "x")).id
    await read(lite)
    async with lite.mail() as mail:
        marked = await mail.mark_read(mail_id)
        assert (marked.message.unread, marked.message.pending) == (False, False)
    lite.side.box.label(mail_id, add=["STARRED"])
    await read(lite)
    async with lite.mail() as mail:
        assert (await mail.get(mail_id)).unread is False
        assert await mail.search("is:unread") == []
        back = await mail.revert(marked.inverse)
        assert back is not None
        assert back.unread
    assert "gmail.users.messages.modify" not in lite.side.google.methods()
    assert "UNREAD" in lite.side.box.mails[mail_id].labels


async def test_reading_while_google_is_away(lite: World) -> None:
    """Lists come from the copy; the newest unread mails have their text; of others there is the beginning, and it says so."""
    for number in range(4):
        lite.side.box.receive(written("s@example.org", f"Subject {number}", f"Body {number}"), at=NOW + number * SECOND)
    await read(lite, Bounds(page=10, ready=2))
    lite.side.google.trouble("status", status=503, times=40)
    async with lite.mail() as mail:
        inbox = await mail.search("in:inbox is:unread")
        assert [message.partial for message in inbox] == [False, False, True, True]
        assert (await mail.get(inbox[0].id)).body == "Body 3"
        assert (await mail.get(inbox[3].id)).partial
        found = await mail.search("body")
        assert (len(found), "can't search" in found.partial) == (4, True)
        assert await mail.as_of() == NOW
    with pytest.raises(Unavailable):
        await read(lite)
    async with lite.database.look() as session:
        mirror = (await Mirrors(session, lite.person_id).all("mail"))[0]
        assert (mirror.failures, mirror.synced_at, mirror.say) == (1, NOW, "Google isn't answering right now.")


async def test_a_read_mark_that_google_missed_is_told_later(lite: World) -> None:
    """And no sync in between makes it unread again."""
    mail_id = lite.side.box.receive(written("s@example.org", "New", "x")).id
    await read(lite, Bounds(ready=1))
    lite.side.google.trouble("status", "gmail.users.messages.modify", status=503, times=2)
    async with lite.mail() as mail:
        assert (await mail.mark_read(mail_id)).message.unread is False
    lite.side.box.label(mail_id, add=["STARRED"])
    await read(lite)
    async with lite.mail() as mail:
        assert await mail.search("is:unread") == []
    await lite.later(60)
    assert "UNREAD" not in lite.side.box.mails[mail_id].labels
    await read(lite)
    assert await copied(lite) == truth(lite.side)


async def test_checking_mail_costs_little(lite: World) -> None:
    """Three new mails among many, found, listed and one read: at most 200 units, of 6,000 a minute."""
    fill(lite.side, 40)
    await read(lite)
    lite.side.box.units = 0
    for number in range(3):
        lite.side.box.receive(written("s@example.org", f"New {number}", "x"), at=NOW + number * SECOND)
    await read(lite)
    async with lite.mail() as mail:
        unread = await mail.search("in:inbox is:unread", first=20)
        assert (await mail.mark_read(unread[0].id)).message.body == "x"
    assert lite.side.box.units <= 200
    lite.side.box.units = 0
    straight = GoogleMail(lite.side.gmail(), "UTC", lite.clock, "a key")
    assert len(await straight.search(first=9)) == 9
    assert lite.side.box.units <= 200


async def test_background_work_leaves_room_for_the_person(lite: World) -> None:
    """A long first reading keeps below the quota of each minute though the person reads on, and nobody is refused."""
    fill(lite.side, 90)
    lite.side.box.per_minute = 600  # a tenth of the real one, as are the figures below

    pauses = count()

    async def sleep(seconds: float) -> None:
        lite.at += seconds * SECOND
        if next(pauses) % 4 == 0:
            await straight.search(first=1)  # 25 units, by the person

    def elapsed() -> float:
        return (lite.at - NOW).total_seconds()

    allowance = Allowance(a_minute=360, burst=90, now=elapsed, sleep=sleep)
    straight = GoogleMail(lite.side.gmail(tries=1).sparing(allowance.note), "UTC", lite.clock, "a key")
    sparing = lite.side.gmail(tries=1).sparing(allowance.wait)
    await sync(lite.database, lite.person_id, sparing, lite.clock, bounds=SMALL)
    assert await copied(lite) == truth(lite.side)
    assert lite.at - NOW > timedelta(minutes=5)


async def test_too_much_at_once_is_told_and_gone_on_with(lite: World) -> None:
    """Google's 429 ends the reading; the next one goes on where it stopped."""
    fill(lite.side, 25)
    lite.side.box.per_minute = 300
    for _ in range(10):
        lite.at += timedelta(minutes=1)
        try:
            await read(lite)
        except Unavailable:
            continue
        break
    lite.side.box.per_minute = 6000
    await read(lite)
    assert await copied(lite) == truth(lite.side)


async def test_a_permission_taken_back_is_told(lite: World) -> None:
    """And noted in the account's state."""
    lite.side.google.grants = lambda token: None
    with pytest.raises(NotConnected):
        await read(lite)
    async with lite.database.look() as session:
        assert "connect" in (await Mirrors(session, lite.person_id).all("mail"))[0].say


async def test_the_copy_finds_what_gmail_finds(lite: World) -> None:
    """For every operator of the search language, alone and together."""
    lite.side.box.per_minute = 10**9
    fill(lite.side, 20)
    lite.side.box.write(written("robin@example.com", "Subject of a draft", "Body"), None)
    lite.side.box.receive(written("robin@example.com", "To myself", "x"), labels=["SENT", "INBOX"], at=NOW)
    newsletter = written("shop@example.net", "Sale", "x", List_Unsubscribe="<https://example.net>")
    lite.side.box.receive(newsletter, labels=["INBOX", "IMPORTANT"], at=NOW)
    await read(lite)
    straight = GoogleMail(lite.side.gmail(), "Europe/Berlin", lite.clock, "a key")
    queries = [
        "", "in:inbox", "in:sent", "in:archive", "in:drafts", "in:inbox in:archive", "-in:inbox", "in:anywhere",
        "in:inbox is:unread", "is:read", "is:important", "-is:important", "from:n3", "from:n3@example.org is:unread",
        "subject:12", "-subject:12 in:sent", "to:robin", "after:2026-02-20 before:2026-02-27", 'subject:"subject 13"',
    ]  # fmt: skip
    async with lite.database.look() as session:
        copy = MirrorMail(session, lite.person_id, straight, lite.clock, "a key")
        for query in queries:
            ours, theirs = await copy.search(query, first=100), await straight.search(query, first=100)
            assert {one.id for one in ours} == {one.id for one in theirs}, query


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("before", [True, False])
async def test_five_thousand_mails_killed_at_every_page(lite: World, before: bool) -> None:
    """The first reading and the news, killed at each commit: equal every time."""
    fill(lite.side, 5000)
    lite.side.box.per_minute = 10**9
    stop = await until_done(lite, before, seed=3, bounds=Bounds(messages=10_000, page=500, ready=0))
    assert stop > 5
    assert await copied(lite) == truth(lite.side)
    lite.side.box.page = 50
    change(lite.side, 4, 500)
    await until_done(lite, before, seed=4, bounds=Bounds(messages=10_000, ready=0))
    assert await copied(lite) == truth(lite.side)
