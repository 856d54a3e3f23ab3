"""A briefing on a real line: what is spoken over or dropped is known by the word, and taken up anywhere."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from agent.briefing.script import REPEATED
from agent.briefing.writing import today, write
from integrations.store.briefings import Briefing
from tests.callers import Script, Tones, called, question, talking, within
from tests.worlds import World, open_world
from voice.caller import Caller, calling
from voice.thread import Thread

EVENTS = ("Stand-up", "Budget review", "Lunch with Anna", "Dentist", "Design workshop", "Call with the bank", "Choir")


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path) as world:
        for number, title in enumerate(EVENTS):
            await world.say(f"put {title} on today at {number + 11}:00")
        yield world


async def kept(world: World) -> Briefing:
    async with world.services.context(world.person, write=False) as ctx:
        found = await ctx.briefings.on(today(ctx))
    assert found is not None
    return found


async def heard_in_the_thread(world: World) -> list[str]:
    """What stands in the thread as heard of the last reply."""
    async with world.services.context(world.person, write=False) as ctx:
        thread = await ctx.conversations.current(ctx.now)
        turn = (await ctx.conversations.turns(thread.id))[-1]
    return (turn.reply if turn.heard is None else turn.heard).split()


def line(world: World, *says: str) -> tuple[Thread, Script, Tones]:
    return Thread(world.services, world.person), Script(says), Tones(seconds=0.03)


async def listen(caller: Caller, seconds: float) -> None:
    """Ask, and hear so many seconds of the answer."""
    await caller.say(question())
    await caller.until(lambda: caller.answered_at is not None)
    await caller.hush(seconds)


@pytest.mark.parametrize("seconds", [0.3, 2.0, 4.5])
async def test_a_line_that_drops_in_the_midst_is_taken_up_in_writing(world: World, seconds: float) -> None:
    """The cursor is where the sound stopped; the rest is told elsewhere, without a gap."""
    whole = (await write(world.services, world.person)).text.split()
    agent, hears, speaks = line(world, "Brief me.")
    async with talking(agent, hears=hears, speaks=speaks) as place:
        async with calling(f"{place.url}/line") as caller:
            await caller.ready()
            await listen(caller, seconds)
        await within(10, lambda: len(place.sessions) == 0)
    briefing = await kept(world)
    heard = (await heard_in_the_thread(world))[2:]  # after "Good morning."
    assert briefing.telling is not None
    assert briefing.telling["turn"]  # it may still be told to its end, where they call again
    assert heard == whole[: len(heard)]
    assert briefing.cursor == len(heard) < len(whole)

    rest = (await world.say("go on with the briefing"))["reply"].split()
    rest = rest if heard else rest[2:]
    begins = len(whole) - len(rest)
    assert [*whole[:begins], *rest] == whole
    assert 0 <= len(heard) - begins <= REPEATED


async def test_it_is_skipped_by_voice(world: World) -> None:
    """ "Skip" stops the sound, leaves the item being told, and goes on with the next."""
    whole = (await write(world.services, world.person)).text
    agent, hears, speaks = line(world, "Brief me.", "Skip.")
    async with called(agent, hears, speaks) as caller:
        await listen(caller, 2.5)
        before = len(caller.said("bot-llm-text"))
        await caller.say(question())
        await caller.until(lambda: len(caller.said("bot-llm-text")) > before)
        cursor = (await kept(world)).cursor
        told = " ".join(str(data["text"]).strip() for data in caller.said("bot-llm-text")[before:])
        await caller.until(lambda: caller.answered_at is not None)
    items = [item["text"] for item in (await kept(world)).items]
    skipped = whole[: whole.index(told)]
    assert any(told.startswith(text) for text in items)
    assert len(skipped.split()) == cursor
    assert caller.interruptions


async def test_heard_to_its_end_it_is_over(world: World) -> None:
    """Then there is nothing new, on any channel."""
    await write(world.services, world.person)
    agent, hears, _ = line(world, "Brief me.")
    async with called(agent, hears, Tones(seconds=0.003)) as caller:
        await caller.say(question())
        await caller.until(lambda: any(told.get("heard") for told in caller.said("server-message")), timeout=60)
    briefing = await kept(world)
    assert briefing.cursor == len(briefing.text.split())
    assert briefing.finished_at is not None
    assert (await world.say("brief me"))["reply"].startswith("Nothing new since this morning.")
