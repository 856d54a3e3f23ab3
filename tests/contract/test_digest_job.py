"""`email.digest` as a job: done twice or killed anywhere, its effects happen once; what is added unasked comes from people one knows."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from pydantic import SecretStr

import jobs.email_digest  # noqa: F401, it registers the job
from agent.digest.accepting import accept
from agent.digest.today import Digest, digest_of
from agent.digest.writing import write_digest
from agent.tools.base import Outcome
from integrations.errors import Conflict, Unavailable
from integrations.settings import DatabaseSettings
from integrations.store import demo
from integrations.store.people import People
from jobs.run import JOBS, Owed
from tests.conftest import Places
from tests.cutting import Cut
from tests.worlds import World, open_world

DANA = "Dana Ross <dana@acme.example>"
MAILS: list[dict[str, Any]] = [
    {"from": "", "to": "dana@acme.example", "subject": "Budget", "body": "Here it is.", "at": "2026-03-03T08:00"},
    {"from": DANA, "subject": "Figures", "body": "Could you send me the travel figures by Friday?", "unread": True},
    {"from": "Port Club <club@port.example>", "subject": "Relay", "body": "Please bring a towel tomorrow.", "unread": True},
    {"from": "News <newsletter@soup.example>", "subject": "Soup", "body": "Please cook it.", "unread": True},
]  # fmt: skip


@asynccontextmanager
async def opened(folder: Path, *, adds: bool = False, **settings: Any) -> AsyncIterator[World]:
    """Three unread mails, one of them from somebody the person writes to."""
    async with open_world(folder, **settings) as world:
        async with world.services.database.work() as session:
            await demo.load(session, world.person, world.clock(), messages=MAILS)
            world.person = await People(session).change(world.person.id, add_actions=adds)
        yield world


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """Nothing is added unasked."""
    async with opened(tmp_path / "world") as world:
        yield world


def owed(world: World) -> Owed:
    """Today's."""
    return Owed(job="email.digest", person_id=world.person.id, slot="2026-03-04", due=world.clock())


async def run(world: World) -> str | None:
    """The job, as a worker runs it."""
    return await JOBS["email.digest"](world.services, owed(world))


async def today(world: World) -> Digest:
    """As it stands."""
    async with world.services.context(world.person, write=False) as ctx:
        digest = await digest_of(ctx)
    assert digest is not None
    return digest


async def tasks(world: World) -> list[tuple[str, str | None]]:
    """What is on the list."""
    async with world.services.context(world.person, write=False) as ctx:
        return [(task.title, task.due.isoformat() if task.due else None) for task in await ctx.tasks.all()]


async def told(world: World) -> list[str]:
    """What the person was told since this was last asked."""
    async with world.services.context(world.person) as ctx:
        new = [one for one in await ctx.notifications.all() if one.read_at is None]
        await ctx.notifications.read_all(ctx.now)
    assert {(one.about, one.link) for one in new} <= {("digest", "/#digest")}
    return [one.say for one in new]


async def load(world: World, **mail: Any) -> None:
    """More mail comes."""
    async with world.services.database.work() as session:
        await demo.load(session, world.person, world.clock(), messages=[{"unread": True, **mail}])


async def use(world: World, tool: str, **arguments: Any) -> Outcome:
    """A mind calls a tool."""
    return await world.services.toolbox.call(
        lambda write, key=None: world.services.context(world.person, write=write, key=key), tool, arguments
    )


async def test_it_is_written_and_told(world: World) -> None:
    """Its sentences are what is told, once; nothing is added unasked."""
    await run(world)
    await run(world)

    digest = await today(world)
    said = digest.say
    assert [item.text for item in digest.items] == ["Bring a towel", "Send Dana the travel figures"]
    assert await told(world) == [said]
    assert await tasks(world) == []


async def test_the_list_of_jobs_says_nothing_of_what_is_in_the_mail(world: World) -> None:
    """Whoever looks after the machine reads numbers there, and no names or subjects."""
    assert await run(world) == "3 unread, 2 matter, 2 ask for something."


async def test_a_morning_without_mail_is_not_worth_a_word(tmp_path: Path) -> None:
    """There is a digest that says so, and nobody is told."""
    async with open_world(tmp_path / "world") as world:
        await run(world)
        assert (await today(world)).say == "There is no unread mail."
        assert await told(world) == []


class Leaving:
    """A connection that is ended while the mail is being read."""

    asked = 0

    async def account(self, _: str) -> Any:
        """Theirs, the first time only."""
        self.asked += 1
        return SimpleNamespace(email="me@acme.example") if self.asked == 1 else None


async def test_what_was_read_in_an_account_that_was_disconnected_meanwhile_is_kept_nowhere(world: World) -> None:
    """A model may take two minutes over it; the job is tried again on what is there then."""
    with pytest.raises(Unavailable):
        await write_digest(replace(world.services, google=cast("Any", Leaving())), world.person)
    async with world.services.context(world.person, write=False) as ctx:
        assert await digest_of(ctx) is None


async def test_where_it_is_allowed_only_people_they_know_add_tasks(tmp_path: Path) -> None:
    """What others ask for is still proposed; the digest says which is which."""
    async with opened(tmp_path / "world", adds=True) as world:
        await run(world)

        assert await tasks(world) == [("Send Dana the travel figures", "2026-03-06")]
        said = (await today(world)).say
        assert "I put one thing on your list: Send Dana the travel figures" in said
        assert "I found one thing to do: Bring a towel" in said
        assert {item.text: item.state for item in (await today(world)).items} == {
            "Send Dana the travel figures": "added", "Bring a towel": "proposed",
        }  # fmt: skip
        await use(world, "undo")
        await run(world)
        assert await tasks(world) == []


async def test_a_borrowed_name_is_nobody_they_know(tmp_path: Path) -> None:
    """Somebody else's address under a known name may matter, but adds nothing; an address with a tag is still one's own."""
    async with opened(tmp_path / "world", adds=True) as world:
        await use(world, "remember", text="Dana Ross is my boss")
        await load(
            world,
            **{
                "from": "Dana Ross <dana@elsewhere.example>",
                "subject": "Key",
                "body": "Please send me the key by Friday.",
            },
        )
        await load(
            world,
            **{"from": DANA, "to": "me+work@localhost", "subject": "Room", "body": "Please book the room by tomorrow."},
        )
        await run(world)

        assert sorted(await tasks(world)) == [
            ("Book the room", "2026-03-05"),
            ("Send Dana the travel figures", "2026-03-06"),
        ]
        assert "Send Dana the key" in [item.text for item in (await today(world)).items if item.state == "proposed"]


async def test_a_day_with_nothing_new_is_not_told(world: World) -> None:
    """What nobody decided on is still shown, and not told again."""
    await run(world)
    await told(world)
    world.clock.forward(days=1)
    await run(world)

    assert [item.state for item in (await today(world)).items] == ["proposed", "proposed"]
    assert await told(world) == []


async def test_what_no_database_can_keep_is_left_out(world: World) -> None:
    """Half characters and NULs in a mail stop nothing."""
    await load(
        world, **{"from": DANA, "subject": "A \x00 \ud800 b", "body": "Please book \x00 the \ud83d room by tomorrow."}
    )
    assert "Book the room" in [item.text for item in (await write_digest(world.services, world.person)).items]


async def test_killed_anywhere_and_done_again_it_is_the_same(tmp_path: Path) -> None:
    """One digest, each task once, one announcement, wherever the first try ended."""
    for at in range(1, 100):
        async with opened(tmp_path / f"world{at}", adds=True) as world:
            ended = await Cut(at).through(run(world))
            await run(world)

            assert await tasks(world) == [("Send Dana the travel figures", "2026-03-06")], at
            digest = await today(world)
            assert [item.state for item in digest.items] == ["proposed", "added"], at
            assert len(await told(world)) == 1, at
        if ended:
            assert at > 10
            return
    raise AssertionError("it never came to its end")


async def test_written_anew_it_takes_in_what_came_since(world: World) -> None:
    """What was decided stays decided, what was read is gone, and what is new is found; it is the same digest."""
    first = await write_digest(world.services, world.person)
    await use(world, "dismiss_action", action="towel")
    async with world.services.context(world.person) as ctx:
        mail = next(one for one in first.mails if one["from"] == "Dana Ross")
        await ctx.mail.mark_read(mail["id"])
    world.clock.forward(minutes=10)
    await load(world, **{"from": DANA, "subject": "Room", "body": "Please book the room by tomorrow."})
    again = await write_digest(world.services, world.person)

    assert again.id == first.id
    assert [mail["subject"] for mail in again.mails] == ["Room", "Relay"]
    assert [(item.text, item.state) for item in again.items] == [
        ("Bring a towel", "dismissed"), ("Book the room", "proposed"), ("Send Dana the travel figures", "proposed"),
    ]  # fmt: skip


async def test_the_next_day_begins_where_the_last_one_ended(world: World) -> None:
    """Mail that was gone through is not gone through again; what nobody decided on is still there."""
    await run(world)
    await told(world)
    world.clock.forward(days=1)
    await load(world, **{"from": DANA, "subject": "Room", "body": "Please book the room by tomorrow."})
    await run(world)

    digest = await today(world)
    assert [mail["subject"] for mail in digest.mails] == ["Room"]
    assert [item.text for item in digest.items] == ["Book the room", "Bring a towel", "Send Dana the travel figures"]
    assert digest.unread == 4


async def test_tools_take_up_and_leave_what_mails_ask_for(world: World) -> None:
    """By id, by words, or all of it; also before a digest is written. Each task stands in the ledger and can be undone."""
    told = (await use(world, "summarize_inbox")).content["result"]
    assert [one["text"] for one in told["actions"]] == ["Bring a towel", "Send Dana the travel figures"]
    taken = await use(world, "accept_action", action=told["actions"][1]["id"])
    assert taken.content["receipt"]["state"] == "accepted"
    assert taken.content["say"] == "Send Dana the travel figures is on your list, from Dana's mail."
    left = await use(world, "dismiss_action", action="the towel")
    assert left.content["receipt"]["state"] == "dismissed"
    nothing = await use(world, "accept_action", action="all")
    assert nothing.content["error"] == "not_found"

    assert await tasks(world) == [("Send Dana the travel figures", "2026-03-06")]
    assert (await use(world, "undo")).content["say"] == "Undone. That is open again."
    assert (await use(world, "undo")).content["say"] == "Undone. Send Dana the travel figures is off your list again."
    assert [item.state for item in (await today(world)).items] == ["proposed", "proposed"]


async def test_all_at_once_can_be_undone_one_by_one(world: World) -> None:
    """Each has an entry of its own, and the person is told how to take all of them back."""
    taken = await use(world, "accept_action", action="all")

    assert "undo the last two" in str(taken.content["say"])
    assert len(await tasks(world)) == 2
    await use(world, "undo", count=2)
    assert await tasks(world) == []


async def test_two_who_accept_at_once_make_one_task(world: World) -> None:
    """The second hears of the first one's task; what is a task can't be dismissed."""
    digest = await write_digest(world.services, world.person)
    first = await accept(world.services, world.person, digest.items[0].id)
    second = await accept(world.services, world.person, digest.items[0].id)

    assert first == second
    assert len(await tasks(world)) == 1
    assert (await use(world, "dismiss_action", action=first.id)).content["error"] == Conflict.code


async def test_many_at_once_write_one_digest(places: Places, tmp_path: Path) -> None:
    """On PostgreSQL too, where nobody waits for a turn: one digest, each thing proposed once, one task."""
    async with places("postgres") as place:
        database = DatabaseSettings(url=SecretStr(place.url or ""))
        async with opened(tmp_path / "world", database=database) as world:
            written = await asyncio.gather(*(write_digest(world.services, world.person) for _ in range(4)))
            assert len({digest.id for digest in written}) == 1
            digest = await today(world)
            assert [item.text for item in digest.items] == ["Bring a towel", "Send Dana the travel figures"]
            done = await asyncio.gather(*(accept(world.services, world.person, digest.items[0].id) for _ in range(4)))
            assert len({item.task_id for item in done}) == 1
            assert await tasks(world) == [("Bring a towel", "2026-03-05")]


async def test_it_is_spoken_of_in_conversation(world: World) -> None:
    """Asked, taken up by its place, left by its place; places stay as they were told."""
    assert (await world.say("What should I do from my mail?"))["reply"] == (
        "Your mail asks for two things: Bring a towel, due tomorrow; Send Dana the travel figures, due Friday the 6th."
    )
    assert "on your list" in (await world.say("Add the second one to my tasks"))["reply"]
    assert "bring this up again" in (await world.say("Dismiss the first"))["reply"]
    assert (await world.say("What are my action items?"))["reply"] == "Your mail asks for nothing that is still open."
    assert await tasks(world) == [("Send Dana the travel figures", "2026-03-06")]
