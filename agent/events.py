"""What a reply is made of, as it happens."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Begun:
    """The turn stands in its thread; always first."""

    conversation_id: str
    turn_id: str


@dataclass(frozen=True, kw_only=True)
class Said:
    """A piece of what to say."""

    text: str


@dataclass(frozen=True, kw_only=True)
class ToolCalled:
    """A tool is being used."""

    id: str
    tool: str
    arguments: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class ToolAnswered:
    """A tool has answered; `action` is `{tool, effect, arguments, ok, error, receipt, ms}`."""

    id: str
    tool: str
    action: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class ApprovalAsked:
    """Something waits for the person's yes; `pending` is `{id, tool, effect, arguments, say, expires_at}`."""

    pending: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Finished:
    """The turn is over; `answer` is what `/v1/chat` gives, with the turn's id."""

    answer: Mapping[str, Any]


Event = Begun | Said | ToolCalled | ToolAnswered | ApprovalAsked | Finished
