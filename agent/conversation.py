"""One thread a person across voice, telephone and text: turns as they are stored, lines as a mind reads them."""

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from integrations.model import Answer, Call, Line, Replied, Said
from integrations.store.conversations import Turn as StoredTurn
from integrations.store.people import Person


@dataclass(frozen=True, kw_only=True)
class Turn:
    """One thing a person says. Without `conversation_id` their current thread goes on; "new" starts one."""

    person: Person
    text: str
    channel: str = "text"
    conversation_id: str | None = None


def remembered(turns: Iterable[StoredTurn]) -> list[Line]:
    """Earlier turns as a mind reads them; of a reply that was spoken over only what was heard."""
    lines: list[Line] = []
    for turn in turns:
        lines.append(Said(text=turn.said))
        lines += [_line(stored) for stored in turn.lines]
        told = turn.reply if turn.heard is None else turn.heard
        lines.append(Replied(text=told))
    return lines


def stored(lines: Sequence[Line]) -> list[dict[str, Any]]:
    """The calls and answers of one turn, as JSON."""
    return [_json(line) for line in lines if isinstance(line, Call | Answer)]


def _json(line: Call | Answer) -> dict[str, Any]:
    if isinstance(line, Answer):
        return {"id": line.id, "tool": line.tool, "content": dict(line.content)}
    signature = base64.b64encode(line.signature).decode() if line.signature else None
    return {"id": line.id, "tool": line.tool, "arguments": dict(line.arguments), "signature": signature}


def _line(stored_line: Mapping[str, Any]) -> Line:
    if "content" in stored_line:
        return Answer(id=stored_line["id"], tool=stored_line["tool"], content=stored_line["content"])
    signature = base64.b64decode(stored_line["signature"]) if stored_line.get("signature") else None
    return Call(id=stored_line["id"], tool=stored_line["tool"], arguments=stored_line["arguments"], signature=signature)
