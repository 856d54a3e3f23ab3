"""A turn that its client tells again is the same turn: answered as it was, or gone on with, and nothing in it happens twice."""

import asyncio
from collections.abc import AsyncIterator
from itertools import count
from pathlib import Path

import pytest

from agent.closing import closing
from agent.conversation import Turn
from integrations.errors import Conflict
from integrations.model import Said
from tests.cutting import Stepped
from tests.minds import ScriptedMind, SteadyMind, calls, says
from tests.worlds import World, open_world


@pytest.fixture
def mind() -> ScriptedMind:
    return ScriptedMind()


@pytest.fixture
async def world(tmp_path: Path, mind: ScriptedMind) -> AsyncIterator[World]:
    async with open_world(tmp_path, model=mind) as world:
        yield world


async def test_an_answered_turn_is_answered_as_it_was(world: World, mind: ScriptedMind) -> None:
    """The same words under the same name: the same answer, and the task stands once."""
    mind.then([calls("add_task", title="Milk")], [says("Milk is on your list.")])
    first = await world.say("add milk", key="one")
    again = await world.say("add milk", key="one")
    assert again == first
    async with world.services.context(world.person, write=False) as ctx:
        assert [task.title for task in await ctx.tasks.all()] == ["Milk"]
    assert len(mind.prompts) == 2


async def test_what_still_waits_for_a_yes_is_told_again(world: World, mind: ScriptedMind) -> None:
    """The card of the first answer is part of the second, and it is the same one."""
    mind.then([calls("add_task", title="Milk")], [says("Done.")], [calls("delete_task", task="milk")])
    await world.say("add milk")
    first = await world.say("delete milk", key="one")
    assert first["pending"] is not None
    assert await world.say("delete milk", key="one") == first


async def test_other_words_under_the_same_name_are_refused(world: World, mind: ScriptedMind) -> None:
    """A name stands for one thing said."""
    mind.then([says("Hello.")])
    await world.say("hello", key="one")
    with pytest.raises(Conflict):
        await world.say("delete everything", key="one")


async def test_what_was_owed_meanwhile_doesnt_hide_what_is_said(world: World, mind: ScriptedMind) -> None:
    """The mind reads the person's words, whatever was told to them before."""
    async with world.services.context(world.person) as ctx:
        await ctx.notices.add("x", "Google is back.", ctx.now)
    mind.then([says("Hello.")])
    assert (await world.say("hello", key="one"))["reply"] == "Google is back. Hello."
    assert mind.prompts[-1].lines == [Said(text="hello")]


async def test_without_a_name_it_is_said_twice(world: World, mind: ScriptedMind) -> None:
    """Whoever says "add milk" twice wants it twice."""
    mind.then([calls("add_task", title="Milk")], [says("Done.")], [calls("add_task", title="Milk")], [says("Done.")])
    await world.say("add milk")
    await world.say("add milk")
    async with world.services.context(world.person, write=False) as ctx:
        assert len(await ctx.tasks.all()) == 2


async def test_who_asks_again_too_early_waits_for_the_answer(world: World, mind: ScriptedMind) -> None:
    """Two requests at once under one name are one turn."""
    mind.then([calls("add_task", title="Milk")], [says("Milk is on your list.")])
    one, two = await asyncio.gather(world.say("add milk", key="one"), world.say("add milk", key="one"))
    assert one == two
    async with world.services.context(world.person, write=False) as ctx:
        assert len(await ctx.tasks.all()) == 1


async def test_a_turn_cut_anywhere_is_gone_on_with(tmp_path: Path) -> None:
    """Cut at each of its awaits and told again: both calls have happened once, and it is answered."""
    mind = SteadyMind()
    async with open_world(tmp_path, model=mind) as world:
        for at in count(1):
            words, titles = f"add both {at}", [f"Eggs {at}", f"Milk {at}"]
            mind.script[words] = [*(calls("add_task", title=title) for title in titles), says("Both are there.")]
            whole = await Stepped(said(world, words, key=words), at)
            await world.services.assistant.drain()
            answer = await world.say(words, key=words)
            async with world.services.context(world.person, write=False) as ctx:
                standing = [task.title for task in await ctx.tasks.all() if task.title in titles]
            assert standing == titles, at
            assert answer["reply"] == "Both are there."
            assert [action["tool"] for action in answer["actions"]] == ["add_task"] * 2
            if whole:
                break
    assert at > 20


async def said(world: World, words: str, key: str) -> None:
    """One turn."""
    async with closing(world.services.assistant.reply(Turn(person=world.person, text=words, key=key))) as events:
        async for _ in events:
            pass
