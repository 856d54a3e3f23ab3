"""What is forgotten is gone: no way of asking brings it back, and no byte of a file holds its words."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from agent.in_mind import InMind
from agent.recalling import IN_PASSING
from integrations.store.everything import everything_of
from integrations.store.suggestions import Suggestion
from tests.minds import ScriptedMind, calls, says
from tests.worlds import World, open_world

SECRET = "I hide the spare key under the zanzibar pot"
WORDS = ("zanzibar", "Zanzibar")
PARAPHRASES = (
    "where is the spare key", "spare key", "what do I hide", "the zanzibar pot", "under which pot is the key", "how do I get in without my key", "my key",
    "what is under the pot", "I hide the spare key under the zanzibar pot", "you hide the spare key under the zanzibar pot", "key hidden where", "which pot",
    "where did I put the second key", "tell me about the flower pot", "what do you know about keys", "zanzibar", "do I keep a key outside", "emergency key",
    "remind me where the spare key is hidden", "what did I say about the pot",
)  # fmt: skip


@pytest.fixture
def mind() -> ScriptedMind:
    return ScriptedMind()


@pytest.fixture
async def world(tmp_path: Path, mind: ScriptedMind) -> AsyncIterator[World]:
    async with open_world(tmp_path / "data", model=mind) as world:
        await world.index_is_open()
        yield world


async def lived(world: World, mind: ScriptedMind) -> str:
    """A conversation in which it was told, noted, recalled, suggested and talked about; the memory's id."""
    mind.then([calls("remember", text=SECRET)], [says(f"Noted: {SECRET}.")])
    told = await world.say(f"Add milk. Please remember that {SECRET}.", channel="voice")
    mind.then(
        [calls("recall", about="spare key")], [says("You hide the spare key under the zanzibar pot. Anything else?")]
    )
    await world.say("where is the spare key?")
    mind.then([says("Under the Zanzibar pot is your spare key hidden, as you said. It is sunny.")])
    await world.say("and the key? I hide it, I know")
    mind.then([calls("explain", about="spare key")])
    await world.say("how do you know?")
    memory = str(told["actions"][0]["receipt"]["id"])
    async with world.services.context(world.person) as ctx:
        start, end = ctx.day()
        why = "You said: I hide the spare key under the zanzibar pot"
        await ctx.suggestions.put(Suggestion(kind="habit", fingerprint="f", title="Zanzibar", text=why, why=why, starts=start, ends=end, at=ctx.now, memory_id=memory))  # fmt: skip
        await ctx.notifications.keep(about="suggestion", say=why, link="/", key="k", at=ctx.now, due_at=ctx.now)
    return memory


async def forget(world: World, mind: ScriptedMind) -> dict[str, object]:
    """Asked for, read back, agreed to; the receipt."""
    mind.then([calls("forget", about="zanzibar pot")])
    await world.say("forget what I told you about the zanzibar pot")
    answer = await world.say("forget it for good")
    return dict(answer["actions"][0]["receipt"])


async def kept(world: World) -> list[str]:
    """Its words that stand in anything that is kept of the person, opened."""
    async with world.services.database.look() as session:
        rows = str(await everything_of(session, world.person.id))
    return [word for word in WORDS if word in rows]


def holding(folder: Path) -> list[str]:
    """The files in which one of its words stands."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    return [str(file) for file in files if any(word.encode() in file.read_bytes() for word in WORDS)]


async def test_what_is_forgotten_is_in_no_answer_and_in_no_file(
    world: World, mind: ScriptedMind, tmp_path: Path
) -> None:
    """Twenty ways to ask find nothing, and not a byte of database, log or vectors has its words; the rest of the thread stays."""
    memory = await lived(world, mind)
    mind.then([calls("forget", about="zanzibar pot")])
    await world.say("forget the zanzibar pot")  # and never answered
    world.clock.forward(minutes=5)
    assert await kept(world)
    receipt = await forget(world, mind)
    assert receipt == {"ids": [memory], "forgotten": True, "proven": True}

    for words in PARAPHRASES:
        async with world.services.context(world.person, write=False) as ctx:
            assert (await ctx.memory.recall(words)).memories == []
            assert (await ctx.memory.recall(words, limits=IN_PASSING)).memories == []
        assert await InMind(world.services, world.person, words).told() == []

    for _ in range(600):
        if not holding(tmp_path):
            break
        await asyncio.sleep(0.1)
    assert holding(tmp_path) == []
    assert await kept(world) == []
    async with world.services.context(world.person, write=False) as ctx:
        [thread] = await ctx.conversations.all()
        turns = await ctx.conversations.turns(thread.id)
    assert thread.title.startswith("Add milk. [forgotten]")
    assert turns[0].said.startswith("Add milk. [forgotten]")
    assert turns[1].reply.endswith("Anything else?")
    assert turns[2].reply.endswith("It is sunny.")


async def test_other_words_and_the_persons_own_things_stay(world: World, mind: ScriptedMind) -> None:
    """A memory that shares a word, a task and an event with the same words are not touched."""
    await lived(world, mind)
    for text in ("I water the pot plants on Sundays", "I keep a key at work"):
        async with world.services.context(world.person) as ctx:
            await ctx.memory.remember(text, at=ctx.now)
    mind.then([calls("add_task", title=SECRET)], [says("Done.")])
    await world.say(f"add a task: {SECRET}")
    await forget(world, mind)

    async with world.services.context(world.person, write=False) as ctx:
        assert sorted(row.text for row in await ctx.memory.all()) == ["I keep a key at work", "I water the pot plants on Sundays"]  # fmt: skip
        assert [task.title for task in await ctx.tasks.all()] == [SECRET]


async def test_undoing_remember_keeps_the_thread(world: World, mind: ScriptedMind) -> None:
    """Taking back a "remember" is no forgetting: the memory goes, what was said stays said."""
    mind.then([calls("remember", text=SECRET)], [says("Noted.")])
    await world.say(f"Remember that {SECRET}")
    mind.then([calls("undo")], [says("Fine.")])
    await world.say("undo that")

    async with world.services.context(world.person, write=False) as ctx:
        [thread] = await ctx.conversations.all()
        turns = await ctx.conversations.turns(thread.id)
        assert (await ctx.memory.all(), turns[0].said) == ([], f"Remember that {SECRET}")
