"""A reminder that has just rung is put off in the words people use, and nothing else is mistaken for it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from agent.ringing import ring
from integrations.store.reminders import Reminders
from tests.worlds import World, open_world


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """10:20, and a reminder has just rung."""
    async with open_world(tmp_path / "world") as world:
        async with world.services.database.work() as session:
            await Reminders(session, world.person.id).add("Take the pills", world.clock())
        await ring(world.services, world.person)
        await world.say("hello")
        yield world


async def coming(world: World) -> list[str]:
    """What is still to ring, and when."""
    async with world.services.database.look() as session:
        found = await Reminders(session, world.person.id).all(world.clock())
    zone = world.services.zone_of(world.person)
    return [f"{one.text} {one.due.astimezone(zone):%d %H:%M}" for one in found]


@pytest.mark.parametrize(
    ("said", "due"),
    [
        ("Snooze.", "04 10:30"),
        ("snooze that please", "04 10:30"),
        ("Snooze it for half an hour", "04 10:50"),
        ("Snooze for 5 minutes", "04 10:25"),
        ("Snooze until eleven", "04 11:00"),
        ("Remind me again in ten minutes", "04 10:30"),
        ("Remind me about it again at noon", "04 12:00"),
        ("Remind me again tomorrow morning", "05 09:00"),
        ("Remind me later", "04 10:30"),
        ("Ping me again in an hour", "04 11:20"),
    ],
)
async def test_it_is_put_off(world: World, said: str, due: str) -> None:
    """The one that rang rings again then, and the sentence says so."""
    answer = await world.say(said)
    assert await coming(world) == [f"Take the pills {due}"]
    assert answer["reply"].startswith("I'll remind you again ")
    assert answer["actions"][0]["tool"] == "snooze_reminder"


async def test_putting_it_off_is_undone(world: World) -> None:
    """Then it is over, as it was."""
    await world.say("Snooze it for an hour")
    await world.say("Undo that")
    assert await coming(world) == []


async def test_a_new_one_is_a_new_one(world: World) -> None:
    """What has words of its own is no snooze."""
    await world.say("Remind me again to call mum at five")
    assert await coming(world) == ["Call mum 04 17:00"]


async def test_nothing_to_put_off_is_said(world: World) -> None:
    """A day later there is nothing that "snooze" could mean."""
    world.clock.forward(hours=13)
    assert (await world.say("Snooze"))["reply"] == "No reminder has rung lately."
