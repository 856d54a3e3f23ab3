"""Things to do with an hour, said to the built-in mind."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.worlds import World, open_world


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path) as world:
        yield world


async def reminders(world: World) -> list[tuple[str, str]]:
    async with world.services.context(world.person, write=False) as ctx:
        assert await ctx.tasks.all() == []
        return [(r.text, f"{r.due.astimezone(ctx.zone):%a %H:%M}") for r in await ctx.reminders.all(ctx.now)]


@pytest.mark.parametrize(
    "said",
    [
        "add call the bank at 5 to my tasks",
        "add a task to call the bank today at five",
        "remind me at 5 to call the bank",
    ],
)
async def test_an_hour_makes_a_reminder(world: World, said: str) -> None:
    """However it is put; and where a task was asked for, it is said why there is none."""
    answer = await world.say(said)
    assert await reminders(world) == [("Call the bank", "Wed 17:00")]
    assert ("A task has no hour" in answer["reply"]) == ("task" in said)


async def test_what_follows_is_about_the_reminder(world: World) -> None:
    """It can be moved and taken back as what it has become."""
    await world.say("add call the bank at 5 to my tasks")
    await world.say("no, at six")
    assert await reminders(world) == [("Call the bank", "Wed 18:00")]
    await world.say("add water the plants at 7 to my tasks")
    await world.say("cancel it")
    assert await reminders(world) == [("Call the bank", "Wed 18:00")]
