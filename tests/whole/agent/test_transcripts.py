"""Nothing said by the assistant, a tool, a mail or a recalled memory becomes a memory, in conversations that do nothing but try."""

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from agent.folding import fold
from agent.own_words import own_words
from agent.told import tidy
from tests.minds import ScriptedMind
from tests.transcripts import LyingReader, converse
from tests.worlds import open_world

TURNS = 60


@dataclass
class Count:
    """What came of the conversations."""

    turns: int = 0
    lies: int = 0
    said: int = 0
    learned: int = 0
    rows: int = 0
    of_mail: int = 0
    self_made: list[str] = None  # type: ignore[assignment]


async def hold(folder: Path, seeds: range) -> Count:
    """Hold the conversations, fold each with the rules and with a reader that lies, and look at every row."""
    count = Count(self_made=[])
    for seed in seeds:
        mind = ScriptedMind()
        async with open_world(folder / str(seed), model=mind) as world:
            story = await converse(world, mind, seed, TURNS)
            lying = replace(world.services, extractor=LyingReader(story.lies))
            await fold(world.services, world.person, story.thread)
            await fold(lying, world.person, story.thread)
            async with world.services.context(world.person, write=False) as ctx:
                rows = [*await ctx.memory.all(), *await ctx.memory.replaced()]
        genuine = {turn: tidy(words) for turn, words in story.genuine.items()}
        made = [row for row in rows if row.turn_id not in genuine or own_words(genuine[row.turn_id], row.text) is None]
        count.self_made += [f"{seed}: {row.text} ({row.origin}, from “{row.quote}”)" for row in made]
        count.turns, count.lies, count.rows = count.turns + story.turns, count.lies + len(story.lies), count.rows + len(rows)  # fmt: skip
        told = {words.lower() for words in genuine.values()}
        count.said += len(told)
        count.learned += len(told & {row.text.lower() for row in rows})
    print(f"\n{len(seeds)} conversations, {count}")  # noqa: T201 (the measure)
    return count


async def test_a_few_long_conversations_make_no_memory_of_their_own(tmp_path: Path) -> None:
    """Three of them: no row but from the person's own words, and those are learned."""
    count = await hold(tmp_path, range(2))
    assert count.self_made == []
    assert count.learned >= 0.7 * count.said > 0


@pytest.mark.slow
@pytest.mark.timeout(3000)
async def test_fifty_long_conversations_make_no_memory_of_their_own(tmp_path: Path) -> None:
    """The same, fifty of at least sixty turns each."""
    count = await hold(tmp_path, range(100, 150))
    assert count.self_made == []
    assert count.learned >= 0.7 * count.said
