"""An answer past the conscience: what tools gave as a thread has it, the answer in pieces, and what is let go of it or said instead."""

from collections.abc import AsyncIterator, Iterable, Mapping
from typing import Any

from agent.claims import Conscience
from integrations.model import Answer, Call, Line, Prompt, Step, Words

Told = tuple[str, Mapping[str, Any]]
"""A tool, and what it gives."""


def called(*told: Told, turn: str = "", arguments: Mapping[str, Any] | None = None) -> list[Line]:
    """Calls and their answers, one after the other; `turn` keeps those of several turns apart."""
    lines: list[Line] = []
    for at, (tool, content) in enumerate(told):
        name = f"{turn}-{at}"
        lines += [Call(id=name, tool=tool, arguments=arguments or {}), Answer(id=name, tool=tool, content=content)]
    return lines


def pieces(text: str, size: int = 400, mind: str = "model") -> list[Step]:
    """A text in pieces of so many letters."""
    return [Words(text=text[at : at + size], mind=mind) for at in range(0, len(text), size)]


async def heard(steps: Iterable[Step], known: Prompt, conscience: Conscience | None = None) -> list[Step]:
    """What comes of one round."""

    async def given() -> AsyncIterator[Step]:
        for step in steps:
            yield step

    return [step async for step in (conscience or Conscience()).judged(given(), known)]


def text(steps: Iterable[Step]) -> str:
    """All words of them."""
    return "".join(step.text for step in steps if isinstance(step, Words))


async def spoken(answer: str, known: Prompt, size: int = 400) -> str:
    """What is let go of a whole answer, or said instead."""
    return text(await heard(pieces(answer, size), known))
