"""A turn as the conscience sees it: what they ask, what tools give, what the prompt has of the next events, and what is let go of an answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from integrations.model import Line, Prompt, Replied, Said
from tests.unit.agent.claims.judged import Told, called, spoken


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

        return await spoken(text, prompt)

    async def lets_go(self, text: str, *told: Told, asked: str = "and?") -> bool:
        """Whether it is said as it stands."""
        return await self.said(text, *told, asked=asked) == text


def before(asked: str, *told: Told, replied: str = "") -> list[Line]:
    """A turn that was."""
    return [
        Said(text=asked),
        *called(*told, turn="before"),
        *([Replied(text=replied, mind="model")] if replied else []),
    ]
