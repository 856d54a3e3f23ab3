"""A day with a connected Google account, over the real doors: what is said is what stands there."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, time, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update

from agent.opening import open_services
from agent.tools.base import Outcome
from integrations.calendar import NewEvent
from integrations.errors import NotConnected
from integrations.store.calendar_copies import CopiedEvent
from integrations.store.mirrors import Mirror
from integrations.store.tables import Elsewhere, Table
from tests.e2e.google_whole import Talker, talking
from tests.emulators.gemini import calls, served_gemini
from tests.emulators.google.tasks import DEFAULT
from tests.geminis import settings as gemini_settings
from voice.client import Client
from voice.reading import read_now


def mail(subject: str, body: str, sender: str = "Dana Kim <dana@acme.example>") -> bytes:
    """As it comes over the wire."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, "robin@example.com", subject
    message["Message-ID"] = f"<{abs(hash(subject))}@acme.example>"
    message.set_content(body)
    return message.as_bytes()


@pytest.fixture
async def talker(tmp_path: Path) -> AsyncIterator[Talker]:
    """Robin, connected, with the built-in mind."""
    async with talking(tmp_path) as talker:
        yield talker


async def test_a_mail_that_has_just_come_is_known(talker: Talker) -> None:
    """The first question after connecting is answered from Google itself; later ones from a copy that is fresh."""
    talker.whole.mailbox.receive(mail("Invoice", "Please pay by Friday."))
    first = await talker.say("do I have any unread email from Dana")
    assert "Invoice" in first["reply"]

    talker.whole.mailbox.receive(mail("Lunch", "Shall we?"))
    second = await talker.say("do I have any unread email from Dana")
    assert "Lunch" in second["reply"]


async def test_the_copies_tell_their_age(talker: Talker) -> None:
    """Each is fresh once it has been read; nobody waits for anything."""
    items = await talker.fresh()
    assert {one["kind"]: one["waiting"] for one in items} == {"calendar": 0, "mail": 0, "tasks": 0}


async def test_a_mail_is_sent_once_after_a_yes(talker: Talker) -> None:
    """Drafted at Google, read back, approved, and it leaves when the outbox lets it."""
    asked = await talker.say("send an email to dana@acme.example saying I'll be late")
    assert asked["pending"]["tool"] == "send_email"
    assert talker.whole.mailbox.delivered == []

    done = await talker.say("send to Dana")

    assert done["actions"][0]["ok"], done
    assert "outbox" in done["reply"]
    for _ in range(300):
        if talker.whole.mailbox.delivered:
            break
        await asyncio.sleep(0.1)
    [sent] = talker.whole.mailbox.delivered
    assert "dana@acme.example" in sent.header("To")


async def test_a_task_is_added_ticked_off_and_taken_back(talker: Talker) -> None:
    """Each change stands at Google when it is said, and undo takes it back there."""
    todo = talker.whole.todo
    added = await talker.say("add buy stamps to my tasks")
    assert [one["title"] for one in todo.standing(DEFAULT)] == ["Buy stamps"], added
    await talker.say("mark buy stamps as done")
    assert [one["status"] for one in todo.tasks[DEFAULT]] == ["completed"]
    undone = await talker.say("undo that")
    assert [one["status"] for one in todo.tasks[DEFAULT]] == ["needsAction"], undone


async def test_while_google_is_away_it_is_noted_and_told(talker: Talker) -> None:
    """Said truthfully, done once when Google is back, and told then."""
    todo = talker.whole.todo
    await talker.fresh()
    talker.whole.google.trouble("status", "tasks.tasks.insert", status=429, reason="rateLimitExceeded", times=8)
    noted = await talker.say("add water the plants to my tasks")
    assert "Google" in noted["reply"]
    assert noted["actions"][0]["receipt"]["pending"] is True
    assert todo.standing(DEFAULT) == []
    talker.whole.google.troubles.clear()
    for _ in range(200):
        if todo.standing(DEFAULT):
            break
        await asyncio.sleep(0.1)
    assert [one["title"] for one in todo.standing(DEFAULT)] == ["Water the plants"]
    await asyncio.sleep(0.5)
    told = await talker.say("what time is it")
    assert "water the plants" in told["reply"].lower()


async def test_an_old_copy_says_how_old_it_is(talker: Talker) -> None:
    """Google away for a while: the answer comes from the copy, and begins with its age."""
    talker.whole.todo.add("Buy stamps")
    await talker.fresh()
    fresh = await talker.say("what's on my to do list")
    assert "as of then" not in fresh["reply"]

    talker.whole.google.trouble("status", "tasks", status=503, times=100)
    async with talker.database() as database, database.work() as session:
        await session.execute(update(Mirror).values(synced_at=datetime.now(UTC) - timedelta(hours=30)))
    stale = await talker.say("what's on my to do list")
    assert "I last reached Google on" in stale["reply"]
    assert "Buy stamps" in stale["reply"]
    states = {one["kind"]: one["state"] for one in (await talker.get("/v1/sync"))["items"]}
    assert states["tasks"] == "stale"


async def test_what_was_done_before_connecting_is_still_undone_here(tmp_path: Path) -> None:
    """And what was done at Google is not undone elsewhere once the account is disconnected."""
    async with talking(tmp_path, connect=False) as talker:
        await talker.say("add buy stamps to my tasks")
        await talker.connect()
        todo = talker.whole.todo
        assert "undone" in (await talker.say("undo that"))["reply"].lower() or todo.standing(DEFAULT) == []
        assert (await talker.get("/v1/changes"))["items"][0]["undone_at"] is not None

        await talker.say("add water the plants to my tasks")
        assert [one["title"] for one in todo.standing(DEFAULT)] == ["Water the plants"]
        (await talker.browser.http.delete("/v1/auth/google", headers={"Origin": talker.browser.url})).raise_for_status()
        refused = await talker.say("undo that")
        assert "isn't connected" in refused["reply"]
        assert (await talker.get("/v1/changes"))["items"][0]["undone_at"] is None


async def test_reading_now_is_seen_from_the_command_line(talker: Talker) -> None:
    """`chronus sync` brings in what is new and tells how each copy stands; with no account it says so."""
    await talker.fresh()
    talker.whole.todo.add("Buy stamps")
    client = Client(talker.browser.url)
    standing = await read_now(client, lambda *_: None)
    assert sorted(kind for kind, _ in standing) == ["calendar", "mail", "tasks"]
    assert "Buy stamps" in [one["title"] for one in (await talker.get("/v1/tasks"))["items"]]
    (await talker.browser.http.delete("/v1/auth/google", headers={"Origin": talker.browser.url})).raise_for_status()
    with pytest.raises(NotConnected):
        await read_now(client, lambda *_: None)


async def test_disconnecting_leaves_nothing_of_the_account(talker: Talker) -> None:
    """Copies, cursors, what was noted to be sent and what was made of it go with it; nothing is deleted at Google."""
    today = datetime.now(ZoneInfo("Europe/Berlin")).date()
    talker.whole.todo.add("Buy stamps", due=f"{today}T00:00:00.000Z")
    talker.whole.mailbox.receive(mail("Invoice", "Please pay by Friday."))
    await talker.fresh()
    await talker.say("what's on my to do list")
    assert "Buy stamps" in (await talker.post("/v1/briefing"))["text"]
    (await talker.browser.http.delete("/v1/auth/google", headers={"Origin": talker.browser.url})).raise_for_status()
    await asyncio.sleep(0.3)

    assert await _left(talker) == []
    assert (await talker.browser.http.get("/v1/briefing/today")).status_code == 404
    assert "Buy stamps" not in (await talker.say("what's on my to do list"))["reply"]
    assert [one["title"] for one in talker.whole.todo.standing(DEFAULT)] == ["Buy stamps"]
    assert len(talker.whole.mailbox.mails) == 1


async def test_who_moves_has_their_days_at_once(talker: Talker) -> None:
    """A day alone begins at their new midnight, in what was copied before the move too, without waiting for a round."""
    day = datetime.now(ZoneInfo("Europe/Berlin")).date() + timedelta(days=3)
    ends = day + timedelta(days=1)
    talker.whole.calendar.put(summary="Holiday", start={"date": f"{day}"}, end={"date": f"{ends}"})
    await talker.post("/v1/sync")
    await talker.fresh()

    async def copied() -> list[CopiedEvent]:
        async with talker.database() as database, database.look() as session:
            return list((await session.scalars(select(CopiedEvent))).all())

    await talker.until(copied)
    changed = {"zone": "Pacific/Auckland"}
    answer = await talker.browser.http.patch("/v1/me", json=changed, headers={"Origin": talker.browser.url})
    assert answer.raise_for_status().json()["zone"] == "Pacific/Auckland"

    async def theirs() -> bool:
        return (await copied())[0].starts == datetime.combine(day, time(), ZoneInfo("Pacific/Auckland"))

    await talker.until(theirs)
    [shown] = (await talker.get("/v1/calendar/events", **{"from": f"{day}", "to": f"{day + timedelta(days=1)}"}))[
        "items"
    ]
    assert (shown["title"], shown["starts"][:10]) == ("Holiday", f"{day}")


async def test_no_guest_is_mailed_without_a_word(talker: Talker) -> None:
    """Naming a guest invites; what the API changes, cancels or undoes for those invited before mails with `notify=true` only."""
    await talker.fresh()
    http, mails = talker.browser.http, talker.whole.calendar.mails
    http.headers["Origin"] = talker.browser.url
    at = (datetime.now(UTC) + timedelta(days=3)).replace(hour=9, minute=0, second=0, microsecond=0)

    async def ledger() -> str:
        return str((await talker.get("/v1/changes"))["items"][0]["id"])

    def last() -> str | None:
        return mails.pop()[0] if mails else None

    new = {"title": "Lunch", "starts": at.isoformat(), "guests": ["a@example.com"]}
    path = f"/v1/calendar/events/{(await talker.post('/v1/calendar/events', new))['id']}"
    assert last() == "invite"
    later = {"starts": (at + timedelta(hours=1)).isoformat(), "guests": ["a@example.com"]}
    (await http.patch(path, json=later)).raise_for_status()
    assert last() is None
    (await http.post(f"/v1/changes/{await ledger()}/undo")).raise_for_status()
    assert last() is None
    (await http.patch(path, json={"guests": ["a@example.com", "b@example.com"]})).raise_for_status()
    assert last() == "change"
    (await http.post(f"/v1/changes/{await ledger()}/undo", params={"notify": True})).raise_for_status()
    assert last() == "change"
    (await http.patch(path, json={"place": "Mill Lane"}, params={"notify": True})).raise_for_status()
    assert last() == "change"
    (await http.delete(path)).raise_for_status()
    assert last() is None
    quiet = await talker.post("/v1/calendar/events?notify=false", new)
    assert last() is None
    (await http.delete(f"/v1/calendar/events/{quiet['id']}", params={"notify": True})).raise_for_status()
    assert last() == "cancel"


@pytest.mark.parametrize("by", ["calendar", "tasks", "mail", "a turn"])
async def test_nothing_comes_into_the_copies_of_an_account_that_has_gone(talker: Talker, by: str) -> None:
    """Whoever was just asking Google in another process keeps nothing of its answer once the account was disconnected."""
    await talker.fresh()
    async with open_services(talker.settings, speech=False) as another:
        person, google = await another.owner(), talker.whole.google
        google.trouble(
            "slow", {"mail": "gmail.users", "tasks": "tasks"}.get(by, "calendar.events"), seconds=1, times=99
        )
        talker.whole.todo.add("Buy stamps")
        talker.whole.calendar.put(summary="Old", start={"date": "2026-12-01"}, end={"date": "2026-12-02"})
        talker.whole.mailbox.receive(mail("Invoice", "Please pay by Friday."))
        asked = len(google.asked)

        async def reading() -> None:
            [copy] = [one for one in await another.outside.copies(person.id) if one.kind == by]
            await copy.sync(lambda done, total: None)

        async def writing() -> None:
            async with another.context(person) as ctx:
                at = ctx.now + timedelta(days=2)
                new = NewEvent(title="Dentist", starts=at, ends=at + timedelta(hours=1), zone="Europe/Berlin")
                await ctx.calendar.add(new)

        async def under_way() -> bool:
            return len(google.asked) > asked

        work = asyncio.create_task(writing() if by == "a turn" else reading())
        await talker.until(under_way)
        (await talker.browser.http.delete("/v1/auth/google", headers={"Origin": talker.browser.url})).raise_for_status()
        with pytest.raises(NotConnected):
            await work
        assert await _left(talker) == []


async def _left(talker: Talker) -> list[str]:
    """What there still is of an account."""
    async with talker.database() as database, database.look() as session:
        kinds = [one.class_ for one in Table.registry.mappers if issubclass(one.class_, Elsewhere)]
        return [str(row) for kind in kinds for row in (await session.scalars(select(kind))).all()]


@pytest.fixture
async def use(talker: Talker) -> AsyncIterator[Callable[..., Awaitable[Outcome]]]:
    """The tools themselves, in a process beside the server."""
    await talker.fresh()
    async with open_services(talker.settings, speech=False) as another:
        person = await another.owner()

        def opening(write: bool, key: str | None = None) -> Any:
            return another.context(person, write=write, key=key)

        yield lambda tool, **given: another.toolbox.call(opening, tool, given)


async def test_guests_are_free_as_far_as_anybody_says(talker: Talker, use: Callable[..., Awaitable[Outcome]]) -> None:
    """Time in which a guest is busy is not free; of whom Google says nothing, that is said, and their time isn't called free."""
    day = datetime.now(ZoneInfo("Europe/Berlin")).date() + timedelta(days=1)
    talker.whole.calendar.add("anna@example.org")
    times = {
        name: {"dateTime": f"{day}T{hour}:00:00", "timeZone": "Europe/Berlin"}
        for name, hour in (("start", 10), ("end", 11))
    }
    talker.whole.calendar.put("anna@example.org", summary="X", start=times["start"], end=times["end"])
    talker.whole.calendar.blind["tom@example.org"] = "internalError"
    asked = {"when": "tomorrow from nine to twelve", "minutes": 60}
    found = (await use("find_free_time", **asked, guests=["anna@example.org", "tom@example.org"])).content["result"]
    assert [(one["starts"][11:16], one["ends"][11:16]) for one in found["free"]] == [
        ("09:00", "10:00"),
        ("11:00", "12:00"),
    ]
    assert (found["is_free"], found["guests_unknown"]) == (False, ["tom@example.org"])
    assert [one["starts"][11:16] for one in found["guests_busy"]["anna@example.org"]] == ["10:00"]
    talker.whole.google.trouble("status", "calendar.freebusy", status=503, times=9)
    away = (await use("find_free_time", **asked, guests=["anna@example.org"])).content["result"]
    assert (away["guests_unknown"], len(away["free"])) == (["anna@example.org"], 1)


async def test_a_blind_copy_is_said_before_the_yes(talker: Talker, use: Callable[..., Awaitable[Outcome]]) -> None:
    """A draft that was written in Gmail is approved with everybody who gets it."""
    draft = mail("Budget", "As agreed.").replace(
        b"To: robin@example.com", b"To: dana@acme.example\nBcc: eve@example.net"
    )
    talker.whole.mailbox.write(draft)
    await talker.post("/v1/sync")

    async def known() -> bool:
        return bool((await talker.get("/v1/email/messages", q="in:drafts"))["items"])

    await talker.until(known)
    asked = await use("send_email")
    assert asked.pending is not None
    assert "eve@example.net" in asked.pending["say"]
    assert asked.pending["arguments"]["bcc"] == ["eve@example.net"]


async def test_a_meeting_by_video_has_its_link(talker: Talker, use: Callable[..., Awaitable[Outcome]]) -> None:
    """Asked for with the event, and in the receipt."""
    done = await use("add_event", title="Call", when="tomorrow at ten", meet=True)
    assert done.content["receipt"]["link"].startswith("https://meet.google.com/")
    assert "no link" not in done.content["say"]


async def test_what_waits_and_what_nobody_knows_are_told_apart(
    talker: Talker, use: Callable[..., Awaitable[Outcome]]
) -> None:
    """Google couldn't be reached, or its answer got lost: another sentence; and an undo that waits is not called undone."""
    google = talker.whole.google
    google.trouble("status", "calendar.events.insert", status=429, reason="rateLimitExceeded", times=9)
    noted = await use("add_event", title="Dentist", when="tomorrow at ten")
    assert (noted.content["receipt"]["pending"], "as soon as Google is back" in noted.content["say"]) == (True, True)
    google.troubles.clear()
    google.trouble("lost", "calendar.events.insert")
    google.trouble("status", "calendar.events.get", status=503, times=9)
    lost = await use("add_event", title="Lunch", when="tomorrow at noon")
    assert (lost.content["receipt"]["pending"], "answer got lost" in lost.content["say"]) == (True, True)
    google.troubles.clear()

    assert (await use("add_event", title="Gym", when="tomorrow at six pm")).content["receipt"]["pending"] is False
    google.trouble("status", "calendar.events.delete", status=429, reason="rateLimitExceeded", times=99)
    undone = await use("undo")
    assert undone.content["receipt"]["pending"]
    assert "Undone" not in undone.content["say"]
    assert "noted to undo" in undone.content["say"]
    assert "Gym" in [one["summary"] for one in talker.whole.calendar.live()]
    google.troubles.clear()

    async def gone() -> bool:
        return "Gym" not in [one["summary"] for one in talker.whole.calendar.live()]

    await talker.until(gone)


async def test_disconnecting_says_what_is_lost(talker: Talker) -> None:
    """What hadn't reached Google is counted before, where that is asked for, and in the answer; nothing is lost unsaid."""
    await talker.fresh()
    http, away = talker.browser.http, talker.whole.google
    http.headers["Origin"] = talker.browser.url
    away.trouble("status", "tasks.tasks.insert", status=429, reason="rateLimitExceeded", times=100)
    away.trouble("status", "calendar.events.insert", status=429, reason="rateLimitExceeded", times=100)
    await talker.say("add water the plants to my tasks")
    for title in ("Dentist", "Lunch"):
        at = (datetime.now(UTC) + timedelta(days=3)).isoformat()
        assert (await talker.post("/v1/calendar/events", {"title": title, "starts": at}))["pending"]
    draft = await talker.post("/v1/email/drafts", {"to": ["dana@acme.example"], "subject": "Late", "body": "Sorry."})
    await talker.post(f"/v1/email/drafts/{draft['id']}/send")

    refused = await http.delete("/v1/auth/google", params={"anyway": False})
    assert (refused.status_code, refused.json()["code"]) == (409, "waiting")
    told = "2 changes to your calendar, a change to your tasks and a mail in your outbox"
    assert told in refused.json()["title"]
    assert (await talker.get("/v1/auth/google"))["connected"]
    gone = (await http.delete("/v1/auth/google")).raise_for_status().json()
    assert gone["lost"] == {"calendar": 2, "tasks": 1, "send": 1}
    assert gone["say"].endswith(f"What hadn't reached Google is lost: {told}.")
    assert not (await talker.get("/v1/auth/google"))["connected"]
    away.troubles.clear()
    assert talker.whole.mailbox.delivered == []


WISH = "Schedule a meeting with Anna tomorrow at 2pm"


async def test_a_meeting_is_scheduled_by_gemini_at_google(tmp_path: Path) -> None:
    """Function call, question, yes: one event at Google with its guest, one row here, its receipt in the answer."""
    with served_gemini() as gemini:
        gemini.then(calls(("add_event", {"title": "Meeting with Anna", "when": "tomorrow at 2pm", "guests": ["Anna"]})))
        async with talking(tmp_path, gemini=gemini_settings(gemini)) as talker:
            talker.whole.mailbox.receive(mail("Hello", "Hi.", "Anna Berg <anna@example.org>"))
            await talker.fresh()
            asked = await talker.say(WISH)
            assert asked["pending"]["arguments"]["guests"] == ["anna@example.org"]
            assert talker.whole.calendar.live() == []
            assert talker.whole.calendar.mails == []

            done = await talker.say("invite Anna")

            [event] = talker.whole.calendar.live()
            [action] = done["actions"]
            assert action["ok"], done
            assert action["receipt"]["title"] == event["summary"] == "Meeting with Anna"
            assert [one["email"] for one in event["attendees"]] == ["anna@example.org"]
            assert len(talker.whole.calendar.mails) == 1
            day = (datetime.now(ZoneInfo("Europe/Berlin")) + timedelta(days=1)).date()
            shown = (await talker.get("/v1/calendar/events", **{"from": f"{day}", "to": f"{day + timedelta(days=1)}"}))[
                "items"
            ]
            assert [(one["title"], one["source"], one["starts"][11:16]) for one in shown] == [
                ("Meeting with Anna", "google", "14:00")
            ]
            async with talker.database() as database, database.look() as session:
                [row] = (await session.scalars(select(CopiedEvent))).all()
            assert row.event == event["id"]
        assert gemini.refused == []


async def test_the_calendar_is_read_changed_and_taken_back(talker: Talker) -> None:
    """What stands at Google is told; a change is there when it is said; undo takes it back there."""
    tomorrow = datetime.now(ZoneInfo("Europe/Berlin")) + timedelta(days=1)
    at = tomorrow.replace(hour=10, minute=0, second=0, microsecond=0)
    talker.whole.calendar.put(
        summary="Dentist",
        start={"dateTime": at.isoformat(), "timeZone": "Europe/Berlin"},
        end={"dateTime": (at + timedelta(hours=1)).isoformat(), "timeZone": "Europe/Berlin"},
    )
    told = await talker.say("what's on my calendar tomorrow")
    assert "Dentist" in told["reply"]

    moved = await talker.say("move the dentist to eleven")
    [event] = talker.whole.calendar.live()
    assert event["start"]["dateTime"][11:16] == "11:00", moved
    await talker.say("undo that")
    [event] = talker.whole.calendar.live()
    assert event["start"]["dateTime"][11:16] == "10:00"
    names = [
        (one["name"], one["primary"], one["shown"]) for one in (await talker.get("/v1/calendar/calendars"))["items"]
    ]
    assert names == [("Me", True, True)]


async def test_receipts_are_what_google_has(talker: Talker) -> None:
    """Of events, tasks and drafts: id, mark and fields of each receipt are those that a fresh read gives, and Google has them."""
    await talker.fresh()
    for said, kind in (
        ("schedule a vet visit tomorrow at nine", "calendar/events"),
        ("move the vet visit to ten", "calendar/events"),
        ("add milk to my tasks", "tasks"),
        ("draft an email to dana@acme.example saying I'll be late", "email/messages"),
    ):
        answer = await talker.say(said)
        [action] = [one for one in answer["actions"] if one["receipt"]] or pytest.fail(str(answer))
        receipt = action["receipt"]
        if kind == "tasks":
            there = next(one for one in (await talker.get("/v1/tasks"))["items"] if one["id"] == receipt["id"])
        else:
            there = await talker.get(f"/v1/{kind}/{receipt['id']}")
        same = [name for name in there if name in receipt]
        assert {name: receipt[name] for name in same} == {name: there[name] for name in same}
        assert receipt["pending"] is False
    [event] = [one for book in talker.whole.calendar.books.values() for one in book.events.values()]
    assert (event["summary"], event["start"]["dateTime"][11:16]) == ("Vet visit", "10:00")
    assert [one["title"] for one in talker.whole.todo.tasks[DEFAULT]] == ["Milk"]
