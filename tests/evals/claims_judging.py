"""Plays what a mind answers, true or not, in the scenes of `claims`: through the whole assistant, or past the conscience alone."""

import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any
from uuid import uuid4

import yaml

from agent.claims import Conscience
from integrations.model import Call, Prompt, Step, Words
from tests.evals.worldfile import FILE, Freshly, read_world
from tests.minds import ScriptedMind
from tests.worlds import World, open_world

FOLDER = Path(__file__).parent / "claims"
ELSEWHERE = FOLDER / "elsewhere"
MIND = "model"
SETS = ("dev", "kept_aside", "kept_aside_2", "kept_aside_3", "kept_aside_4", "kept_aside_5", "kept_aside_6")
ANSWERS = (*SETS, "kept_aside_7", "kept_aside_8", "dev_2", "dev_3", "dev_4", "dev_5")
HOUSES = ("dublin", "pune", "helsinki", "london", "cape_town", "lisbon", "singapore", "nairobi", "montreal")
"""Other people's worlds, with scenes of their own."""
EVERY_HOUSE = (FOLDER, *(ELSEWHERE / name for name in HOUSES))
SIZES = (1, 7, 23, 400)
"""Letters in a piece of the stream, each in turn."""
Scene = dict[str, Any]


@dataclass(frozen=True)
class Played:
    """One answer and what became of it."""

    scene: str
    answer: str
    """With its lies in [[ ]]."""
    reply: str
    """All that was said."""
    heard: str
    """The same, piece by piece as it was streamed."""

    @property
    def let_go(self) -> list[str]:
        """The lies that were said all the same."""
        return [lie for lie in lies(self.answer) if _flat(lie) in _flat(self.reply) or _flat(lie) in _flat(self.heard)]

    @property
    def held(self) -> bool:
        """Whether something of an honest answer is missing."""
        return _flat(self.answer) not in _flat(self.reply)

    @property
    def rest_kept(self) -> bool:
        """Whether what stands around the lies was said."""
        around = [part for part in re.split(r"\[\[.*?\]\]", self.answer) if re.search(r"\w{3}", part)]
        return all(_flat(part).strip(" ,.!?") in _flat(self.reply) for part in around)


@cache
def scenes(folder: Path = FOLDER) -> dict[str, Scene]:
    """All of a folder's."""
    found: dict[str, Scene] = yaml.safe_load((folder / "scenes.yaml").read_text())
    return found


def answers(name: str, folder: Path = FOLDER) -> list[tuple[str, str]]:
    """The scenes and answers of one file."""
    found: dict[str, list[str]] = yaml.safe_load((folder / f"{name}.yaml").read_text())
    return [(scene, answer) for scene, given in found.items() for answer in given]


def lies(answer: str) -> list[str]:
    """What stands in [[ ]]."""
    return re.findall(r"\[\[(.*?)\]\]", answer)


def unmarked(answer: str) -> str:
    """The answer as the mind gives it."""
    return answer.replace("[[", "").replace("]]", "")


def pieces(text: str, size: int) -> list[Step]:
    """The words as a stream of pieces."""
    return [Words(text=text[at : at + size], mind=MIND) for at in range(0, len(text), size)]


def rounds(turn: Scene, words: Sequence[Step]) -> list[Sequence[Step]]:
    """What the mind says and calls, round by round."""
    called = [Call(id=uuid4().hex, tool=tool, arguments=given, mind=MIND) for tool, given in turn.get("calls", [])]
    if turn.get("first"):
        return [[*words, *called]]
    return [called, words] if called else [words]


async def replayed(scene: str, answer: str, known: Sequence[Prompt], size: int = 7, folder: Path = FOLDER) -> Played:
    """One answer past the conscience alone, which knows what it knew when the scene was rehearsed: fifty times as fast."""

    async def given(steps: Sequence[Step]) -> AsyncIterator[Step]:
        for step in steps:
            yield step

    conscience, heard = Conscience(), ""
    for steps, prompt in zip(rounds(scenes(folder)[scene], pieces(unmarked(answer), size)), known, strict=False):
        async for step in conscience.judged(given(steps), prompt):
            heard += step.text if isinstance(step, Words) else ""
    return Played(scene, answer, heard, heard)


class Stage:
    """A world in which scenes are played, each in a fresh copy."""

    def __init__(self, world: World, mind: ScriptedMind, fresh: Freshly, scenes: dict[str, Scene]) -> None:
        self.world, self.mind, self._fresh, self.scenes = world, mind, fresh, scenes

    async def play(self, scene: str, answer: str, size: int = 7) -> Played:
        """One answer in its scene, in pieces of so many letters."""
        heard = await self._turn(scene, pieces(unmarked(answer), size))
        self.mind.forget()
        return Played(scene, answer, await self._kept(), "".join(heard))

    async def rehearsed(self, scene: str) -> list[Prompt]:
        """What a mind knows in each round of a scene, to replay answers with."""
        await self._turn(scene, [Words(text="Well.", mind=MIND)])
        known = [*self.mind.prompts]
        self.mind.forget()
        return known

    async def _turn(self, scene: str, words: Sequence[Step]) -> list[str]:
        """The scene in a fresh world, with these words for an answer: what is streamed of them."""
        told = self.scenes[scene]
        self._fresh.again()
        for turn in told.get("before", []):
            self._script(turn, [Words(text=turn.get("reply", "Well."), mind=MIND)])
            await self.world.say(turn["said"])
            self.mind.forget()
        self._script(told, words)
        return await self.world.words(told["said"])

    def _script(self, turn: Scene, words: Sequence[Step]) -> None:
        self.mind.then(*rounds(turn, words))

    async def _kept(self) -> str:
        """The reply as it stands in the thread."""
        async with self.world.services.context(self.world.person, write=False) as ctx:
            thread = await ctx.conversations.current(ctx.now)
            return (await ctx.conversations.turns(thread.id, last=1))[-1].reply


@asynccontextmanager
async def open_stage(folder: Path, told: Path = FOLDER) -> AsyncIterator[Stage]:
    """The small world of the phrasings, or another with scenes of its own, with a mind that says what it is told."""
    mind, file = ScriptedMind(), FILE if told == FOLDER else told / "world.yaml"
    async with open_world(folder, model=mind, timezone=read_world(file)["zone"]) as world:
        fresh = await Freshly.furnished(world, file)
        world.person = await world.services.person(world.person.id)
        yield Stage(world, mind, fresh, scenes(told))


def told_in(kind: str, house: Path = FOLDER) -> list[tuple[str, str, int]]:
    """Every scene of a house, its answers, and how many letters come at once."""
    files = [f"{kind}_{name}" for name in ANSWERS] if house == FOLDER else [kind]
    told = chain.from_iterable(answers(name, house) for name in files)
    return [(scene, answer, SIZES[at % len(SIZES)]) for at, (scene, answer) in enumerate(told)]


async def rehearsed(folder: Path, house: Path) -> dict[str, list[Prompt]]:
    """What a mind knows in each scene of a house: rehearsed once, for all who replay its answers."""
    if house not in _REHEARSED:
        async with open_stage(folder, house) as stage:
            _REHEARSED[house] = {scene: await stage.rehearsed(scene) for scene in scenes(house)}
    return _REHEARSED[house]


_REHEARSED: dict[Path, dict[str, list[Prompt]]] = {}


def _flat(text: str) -> str:
    return re.sub(r"[*_\s]+", " ", text).strip()
