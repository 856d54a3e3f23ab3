"""What there is to tell is said into a live conversation, at a pause, and whoever had it said learns whether it was heard."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from agent.aloud import Aloud
from agent.events import Said
from tests.callers import Parrot, Script, question, talking
from tests.worlds import open_world
from voice.caller import Caller, calling
from voice.interjecting import interject

STORY = Said(text="It was a dark and stormy night, and the rain fell in torrents.")
PILLS = "Reminder: take the pills."


@asynccontextmanager
async def on_the_line(folder: Path, agent: Parrot) -> AsyncIterator[tuple[Caller, Aloud]]:
    """Somebody who is talking to us, and whoever has something to tell them."""
    async with (
        open_world(folder / "world") as world,
        talking(agent, hears=Script(["Tell me a story", "Stop that"])) as place,
    ):
        aloud = world.services.aloud
        async with calling(f"{place.url}/thread") as caller:
            await caller.ready()
            telling = asyncio.create_task(interject(aloud, place.sessions, "somebody", "thread"))
            async with asyncio.timeout(10):
                while not await aloud.live("somebody"):  # noqa: ASYNC110, nothing tells
                    await asyncio.sleep(0.01)
            yield caller, aloud
            telling.cancel()


async def test_a_reminder_is_said_while_nobody_speaks(tmp_path: Path) -> None:
    """It sounds, and it counts as heard."""
    async with on_the_line(tmp_path, Parrot()) as (caller, aloud):
        assert await aloud.say("somebody", "one", PILLS)
        assert caller.reply == PILLS
        assert sum(packet.seconds for packet in caller.packets) > 0.5
        assert not caller.interruptions


async def test_it_waits_until_an_answer_is_over(tmp_path: Path) -> None:
    """The answer is said to its end, then the reminder."""
    agent = Parrot([STORY])
    async with on_the_line(tmp_path, agent) as (caller, aloud):
        await caller.say(question())
        await caller.until(lambda: caller.answered_at is not None)
        saying = asyncio.create_task(aloud.say("somebody", "one", PILLS, pause=60))
        await caller.until(saying.done)
        assert saying.result()
        assert caller.reply == f"{STORY.text} {PILLS}"
        assert agent.told == [("turn-1", STORY.text, True)]


async def test_what_finds_no_pause_isnt_said_later(tmp_path: Path) -> None:
    """Withdrawn when it is told elsewhere: it is never heard twice."""
    async with on_the_line(tmp_path, Parrot([STORY, STORY])) as (caller, aloud):
        await caller.say(question())
        await caller.until(lambda: caller.answered_at is not None)
        assert not await aloud.say("somebody", "one", PILLS, pause=0.3)
        await caller.until(lambda: caller.reply == f"{STORY.text} {STORY.text}")
        await caller.hush(1.5)
        assert PILLS not in caller.reply


async def test_a_turn_that_follows_is_answered_as_ever(tmp_path: Path) -> None:
    """Speaking over the reminder stops it, and what was said is a turn."""
    agent = Parrot()
    async with on_the_line(tmp_path, agent) as (caller, aloud):
        saying = asyncio.create_task(aloud.say("somebody", "one", " ".join([PILLS] * 6)))
        await caller.until(lambda: caller.packets != [])
        await caller.hush(1.0)
        await caller.say(question())
        await caller.until(lambda: agent.asked != [])
        assert agent.asked == ["Tell me a story"]
        assert await saying  # they have heard the beginning of it
