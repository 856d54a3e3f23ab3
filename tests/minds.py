"""Minds for tests: they do as they are told, so that everything around them is what is tested."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from uuid import uuid4

from integrations.model import Answer, Call, Prompt, Said, Step, Words


def says(text: str) -> Step:
    """Words."""
    return Words(text=text)


def calls(tool: str, **arguments: object) -> Step:
    """A tool call."""
    return Call(id=uuid4().hex, tool=tool, arguments=arguments)


class ScriptedMind:
    """Thinks the given steps, one list a round, and keeps the prompts it was given."""

    name = "scripted"

    def __init__(self, *rounds: Sequence[Step] | Callable[[Prompt], Sequence[Step]]) -> None:
        self._rounds = list(rounds)
        self.prompts: list[Prompt] = []

    def then(self, *rounds: Sequence[Step] | Callable[[Prompt], Sequence[Step]]) -> None:
        """More rounds, for the turns to come."""
        self._rounds += rounds

    def forget(self) -> None:
        """Drop what it was still to think, and the prompts it was given."""
        self._rounds.clear()
        self.prompts.clear()

    async def think(self, prompt: Prompt) -> AsyncIterator[Step]:
        """The next list."""
        self.prompts.append(prompt)
        steps = self._rounds.pop(0) if self._rounds else []
        for step in steps(prompt) if callable(steps) else steps:
            yield step


class SteadyMind:
    """Thinks the same of the same words: after each answered call of the turn the next of its steps."""

    name = "steady"

    def __init__(self, **script: Sequence[Step]) -> None:
        self.script: dict[str, Sequence[Step]] = dict(script)

    async def think(self, prompt: Prompt) -> AsyncIterator[Step]:
        """The step that is next, as a thing of its own."""
        said = max(at for at, line in enumerate(prompt.lines) if isinstance(line, Said))
        words, since = prompt.lines[said], prompt.lines[said + 1 :]
        assert isinstance(words, Said)
        step = self.script[words.text][sum(isinstance(line, Answer) for line in since)]
        yield replace(step, id=uuid4().hex) if isinstance(step, Call) else step


class SilentMind:
    """Never says anything."""

    name = "silent"

    async def think(self, prompt: Prompt) -> AsyncIterator[Step]:
        """Nothing, for ever."""
        await asyncio.Event().wait()
        yield says("never")


class TirelessMind:
    """Calls the same tool again and again."""

    name = "tireless"

    def __init__(self) -> None:
        self.rounds = 0

    async def think(self, prompt: Prompt) -> AsyncIterator[Step]:
        """One more call."""
        self.rounds += 1
        yield calls("get_time")
