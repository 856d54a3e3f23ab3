"""A turn as the conscience sees it: what they ask, what tools give, what the prompt has of the next events, and what is let go of an answer."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from agent.claims import Conscience
from integrations.model import Answer, Call, Line, Prompt, Replied, Said, Words

Told = tuple[str, dict[str, Any]]
"""A tool, and what it gives."""


@dataclass(frozen=True)
class Turn:
    """When and where it is, and what has been before."""

    now: datetime
    zone: ZoneInfo
    facts: str = ""
    earlier: Sequence[Line] = ()

    async def said(self, text: str, *told: Told, asked: str = "and?") -> str:
        """What is let go of an answer after these tools, or said instead."""
        prompt = Prompt(
            system="",
            facts=self.facts,
            lines=[*self.earlier, Said(text=asked), *called(*told)],
            tools=[],
            now=self.now,
            zone=self.zone,
        )

        async def steps() -> AsyncIterator[Words]:
            yield Words(text=text, mind="model")

        return "".join([step.text async for step in Conscience().judged(steps(), prompt) if isinstance(step, Words)])

    async def lets_go(self, text: str, *told: Told, asked: str = "and?") -> bool:
        """Whether it is said as it stands."""
        return await self.said(text, *told, asked=asked) == text


def called(*told: Told) -> list[Line]:
    """Calls and their answers, one after the other."""
    lines: list[Line] = []
    for tool, content in told:
        name = f"{tool} {len(lines)}"
        lines += [Call(id=name, tool=tool, arguments={}), Answer(id=name, tool=tool, content=content)]
    return lines


def before(asked: str, *told: Told, replied: str = "") -> list[Line]:
    """A turn that was."""
    return [Said(text=asked), *called(*told), *([Replied(text=replied, mind="model")] if replied else [])]
