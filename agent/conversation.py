"""One thread a person across voice, telephone and text: turns as they are stored, lines as a mind reads them."""

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from integrations.model import Answer, Call, Line, Replied, Said
from integrations.store.conversations import Turn as StoredTurn
from integrations.store.people import Person

ALOUD = frozenset({"voice", "phone"})
"""Channels on which a reply is spoken: how much of it was heard is known only afterwards."""


@dataclass(frozen=True, kw_only=True)
class Turn:
    """One thing a person says. Without `conversation_id` their current thread goes on; "new" starts one.

    `key` is the client's own name for it: told again under the same name, it is the same turn.
    """

    person: Person
    text: str
    channel: str = "text"
    conversation_id: str | None = None
    confidence: float | None = None
    """How surely it was heard, 0 to 1; None where it was typed, or nobody can say."""
    over: bool = False
    """Whether they began to speak before what was being said had been heard out."""
    typed: bool = False
    """Whether it came from a keyboard, on a line that one speaks on too."""
    key: str | None = None
    pressed: "Pressed | None" = None
    """A key of the telephone, pressed instead of saying anything."""


@dataclass(frozen=True, kw_only=True)
class Pressed:
    """A key that answers one question and no other; which key it was is kept nowhere."""

    yes: bool
    approval_id: str


def lines_of(turn: StoredTurn) -> list[Line]:
    """The words, calls and answers of a turn, as far as it came."""
    return [_line(stored) for stored in turn.lines]


def remembered(turns: Iterable[StoredTurn]) -> list[Line]:
    """Earlier turns as a mind reads them, in the order of what happened; of a reply that was spoken over only what was heard."""
    lines: list[Line] = []
    for turn in turns:
        lines.append(Said(text=turn.said))
        kept = lines_of(turn)
        worded = any(isinstance(line, Replied) for line in kept)
        if turn.heard is not None or not worded:
            told = turn.reply if turn.heard is None else turn.heard
            kept = [line for line in kept if not isinstance(line, Replied)] + [Replied(text=told)]
        lines += kept
    return lines


def stored(lines: Sequence[Line]) -> list[dict[str, Any]]:
    """The words, calls and answers of one turn, as JSON, each with what only its mind understands."""
    return [_json(line) for line in lines if not isinstance(line, Said)]


def _json(line: Replied | Call | Answer) -> dict[str, Any]:
    if isinstance(line, Answer):
        return {"id": line.id, "tool": line.tool, "content": dict(line.content)}
    signature = base64.b64encode(line.signature).decode() if line.signature else None
    whose = {"signature": signature, "mind": line.mind}
    if isinstance(line, Replied):
        return {"text": line.text, **whose}
    return {"id": line.id, "tool": line.tool, "arguments": dict(line.arguments), **whose}


def _line(line: Mapping[str, Any]) -> Line:
    if "content" in line:
        return Answer(id=line["id"], tool=line["tool"], content=line["content"])
    signature = base64.b64decode(line["signature"]) if line.get("signature") else None
    mind = line.get("mind", "")
    if "text" in line:
        return Replied(text=line["text"], signature=signature, mind=mind)
    return Call(id=line["id"], tool=line["tool"], arguments=line["arguments"], signature=signature, mind=mind)
