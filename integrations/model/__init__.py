"""A mind: it is told what was said and what tools there are, and answers with words or tool calls."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo


@dataclass(frozen=True, kw_only=True)
class Said:
    """Words of the person."""

    text: str


@dataclass(frozen=True, kw_only=True)
class Replied:
    """Words of the assistant, as far as they were heard."""

    text: str


@dataclass(frozen=True, kw_only=True)
class Call:
    """A tool the mind wants to use. `signature` is opaque and goes back to the mind that made it."""

    id: str
    tool: str
    arguments: Mapping[str, Any]
    signature: bytes | None = None


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a tool gave: `{"result": …}` or `{"error": code, "say": sentence, …}`."""

    id: str
    tool: str
    content: Mapping[str, Any]


Line = Said | Replied | Call | Answer


@dataclass(frozen=True, kw_only=True)
class Declaration:
    """A tool as a mind sees it; `parameters` is a JSON schema of an object."""

    name: str
    description: str
    parameters: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Prompt:
    """Everything a mind may know for one step of one turn.

    `lines` end with the person's words, or with the answers to the calls just made.
    `system` is stable through a conversation; `facts` (time, next events) change.
    """

    system: str
    facts: str
    lines: Sequence[Line]
    tools: Sequence[Declaration]
    now: datetime
    zone: ZoneInfo
    channel: str = "text"


@dataclass(frozen=True, kw_only=True)
class Words:
    """A piece of what to say, as it is thought of."""

    text: str


@dataclass(frozen=True, kw_only=True)
class Understood:
    """What the words were taken to mean, when the mind only asks back and so makes no call."""

    tool: str
    arguments: Mapping[str, Any] = field(default_factory=dict)


Step = Words | Call | Understood


class Model(Protocol):
    """One step of thinking."""

    name: str

    def think(self, prompt: Prompt) -> AsyncIterator[Step]:
        """Words and calls as they come; nothing but words ends the turn.

        Raises `Unavailable` when the mind can't answer.
        """
        ...
