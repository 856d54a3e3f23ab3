"""A mind: it is told what was said and what tools there are, and answers with words or tool calls."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, TypeVar
from zoneinfo import ZoneInfo

from pydantic import BaseModel

from integrations.errors import ChronusError, RateLimited, Unavailable

Shape = TypeVar("Shape", bound=BaseModel)


class NoAnswer(Unavailable):
    """The mind is there, but what it gave can't be used. Says nothing about the next turn."""

    code, say = "no_answer", "I'm sorry, I have no answer to that. Please try it in other words."


class KeyRefused(Unavailable):
    """The mind doesn't accept our key; asking again is no use until somebody has changed it."""

    code, say = "key_refused", "My mind doesn't accept my key."


class QuotaSpent(RateLimited):
    """What may be asked of the mind in a day is used up; asking again today is no use."""

    code, say = "quota_spent", "What I may ask my mind in a day is used up."


class Blocked(ChronusError):
    """The mind refuses to speak about this."""

    code, say = "blocked", "I can't speak about that. Please put it another way."


@dataclass(frozen=True, kw_only=True)
class Said:
    """Words of the person."""

    text: str


@dataclass(frozen=True, kw_only=True)
class Replied:
    """Words of the assistant, as far as they were heard. `signature` and `mind` as in a call."""

    text: str
    signature: bytes | None = None
    mind: str = ""


@dataclass(frozen=True, kw_only=True)
class Call:
    """A tool the mind wants to use. `signature` is opaque and goes back to the mind that made it, and to no other.

    `mind` names that mind; it is empty for the built-in one, and for what code does on a yes.
    """

    id: str
    tool: str
    arguments: Mapping[str, Any]
    signature: bytes | None = None
    mind: str = ""


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
    `patience` is how many seconds the person may still be left without a word.
    """

    system: str
    facts: str
    lines: Sequence[Line]
    tools: Sequence[Declaration]
    now: datetime
    zone: ZoneInfo
    channel: str = "text"
    person: str = ""
    patience: float = 5.0


@dataclass(frozen=True, kw_only=True)
class Words:
    """A piece of what to say, as it is thought of.

    The pieces of one `mind` in one step follow each other letter by letter; a piece may be
    empty and carry nothing but a `signature`.
    """

    text: str
    signature: bytes | None = None
    mind: str = ""


@dataclass(frozen=True, kw_only=True)
class Notice(Words):
    """A whole sentence that code says of the mind: who answers, and why, or what it hasn't understood. It tells of nothing that a tool could bear out."""


@dataclass(frozen=True, kw_only=True)
class Understood:
    """What the words were taken to mean, when the mind only asks back and so makes no call."""

    tool: str
    arguments: Mapping[str, Any] = field(default_factory=dict)


Step = Words | Call | Understood


class Model(Protocol):
    """One step of thinking."""

    @property
    def name(self) -> str:
        """Who thinks: a model's id, or "built-in"."""
        ...

    def think(self, prompt: Prompt) -> AsyncIterator[Step]:
        """Words and calls as they come; nothing but words ends the turn.

        Raises `Unavailable` when the mind can't answer, `Blocked` when it won't.
        """
        ...


class Extractor(Protocol):
    """Reads what others wrote and fills in a form. It has no tools, so nothing it reads can do anything."""

    async def extract(self, instruction: str, material: str, shape: type[Shape], *, person: str = "") -> Shape:
        """The form, filled in; `person` is whose tokens are spent.

        Raises `NoAnswer` when what came doesn't fit the shape, `Blocked`, and `Unavailable`.
        """
        ...
