"""What "it", "the second one" and "the one with Anna" refer to: read from the thread's own calls and answers."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from agent.commands.intention import Item, Kind
from agent.commands.words import Words
from integrations.model import Answer, Call, Line

ORDINALS = {
    "first": 0, "1st": 0, "one": 0, "1": 0, "second": 1, "2nd": 1, "two": 1, "2": 1, "third": 2, "3rd": 2, "three": 2, "3": 2,
    "fourth": 3, "4th": 3, "four": 3, "4": 3, "fifth": 4, "5th": 4, "five": 4, "last": -1, "latter": -1, "former": 0,
}  # fmt: skip


PRONOUNS = frozenset(
    ("it", "that", "this", "that one", "this one", "the one", "that thing", "this thing", "the same", "the thing")
)


_NOUNS: dict[str, Kind] = {
    "event": "event", "appointment": "event", "meeting": "event", "call": "event", "entry": "event", "booking": "event",
    "task": "task", "item": "task", "todo": "task", "reminder": "reminder", "alarm": "reminder",
    "email": "message", "mail": "message", "message": "message", "letter": "message",
}  # fmt: skip


_LISTS: dict[str, Kind] = {
    "events": "event", "busy": "event", "tasks": "task", "reminders": "reminder", "important": "message", "messages": "message",
}  # fmt: skip


_KIND_OF_TOOL: dict[str, Kind] = {
    "add_event": "event", "change_event": "event", "cancel_event": "event", "add_task": "task", "change_task": "task",
    "complete_task": "task", "delete_task": "task", "set_reminder": "reminder", "change_reminder": "reminder", "snooze_reminder": "reminder",
    "cancel_reminder": "reminder",
    "draft_email": "message", "send_email": "message", "read_email": "message",
}  # fmt: skip


@dataclass(frozen=True)
class Thing:
    """One thing that was told, and what kind it is."""

    kind: Kind
    item: Item

    @property
    def id(self) -> str:
        """As the tools know it."""
        return str(self.item["id"])

    @property
    def name(self) -> str:
        """What it is called."""
        return str(self.item.get("title") or self.item.get("text") or self.item.get("subject") or "")


@dataclass(frozen=True)
class Exchange:
    """A call with the answer it got."""

    call: Call
    answer: Mapping[str, Any]

    @property
    def wrote(self) -> bool:
        """Whether something was changed by it."""
        return "receipt" in self.answer


@dataclass(frozen=True)
class Focus:
    """What was talked about last: the things named, the last call, the last change."""

    exchanges: Sequence[Exchange] = ()
    named: Sequence[Thing] = field(default_factory=tuple)

    @property
    def last(self) -> Exchange | None:
        """The last call of all."""
        return self.exchanges[-1] if self.exchanges else None

    @property
    def written(self) -> Exchange | None:
        """The last call, if it changed something."""
        return self.last if self.last and self.last.wrote else None

    @property
    def only(self) -> Thing | None:
        """The one thing "it" can mean, None when there are several or none."""
        return self.named[0] if len(self.named) == 1 else None

    def pick(self, words: Words) -> Thing | None:
        """The one thing that a pronoun or "the second one" refers to."""
        said = tuple(word.plain for word in words if word.plain not in ("please", "then", "now"))
        while said and said[0] in ("the", "my"):
            said = said[1:]
        text = " ".join(said)
        if text in PRONOUNS or text == "one":
            return self.only
        number = self._number(said)
        if number is not None:
            return self.named[number] if -len(self.named) <= number < len(self.named) else None
        kind = _NOUNS.get(said[-1]) if said and (len(said) == 1 or said[:-1] in (("that",), ("this",))) else None
        if kind and self.only and self.only.kind == kind:
            return self.only
        return self._described(text)

    def _number(self, said: tuple[str, ...]) -> int | None:
        if not said or len(said) > 2 or said[0] not in ORDINALS:
            return None
        if len(said) == 1 and said[0] in ("one", "two", "three", "four", "five", "1", "2", "3", "4"):
            return ORDINALS[said[0]] if len(self.named) > 1 else None
        if len(said) == 2 and said[1] not in ("one", "of", *_NOUNS):
            return None
        return ORDINALS[said[0]]

    def _described(self, text: str) -> Thing | None:
        """ "the one with Anna", "the one about the budget", "the one from Sarah"."""
        found = re.fullmatch(
            r"(?:that |this )?one (?:with|about|from|called|named|for|to|at|in|by|of) (?:the |my )?(.+)", text
        )
        if not found:
            return None
        wanted = found[1].split()
        like = [thing for thing in self.named if all(word in _text(thing) for word in wanted)]
        return like[0] if len(like) == 1 else None


def _text(thing: Thing) -> str:
    return " ".join(str(value) for value in thing.item.values()).lower()


def exchanges(lines: Sequence[Line]) -> list[Exchange]:
    """The calls in these lines that were answered."""
    calls = {line.id: line for line in lines if isinstance(line, Call)}
    return [
        Exchange(_as_it_ended(calls[line.id], line.content), line.content)
        for line in lines
        if isinstance(line, Answer) and line.id in calls
    ]


def _as_it_ended(call: Call, answer: Mapping[str, Any]) -> Call:
    """A task with an hour was made a reminder, and is one from then on."""
    receipt = answer.get("receipt")
    if call.tool != "add_task" or not isinstance(receipt, Mapping) or "text" not in receipt:
        return call
    return replace(call, tool="set_reminder", arguments={"text": receipt["text"], "when": receipt["due"]})


def focus(lines: Sequence[Line]) -> Focus:
    """Read the thread up to now."""
    done = exchanges(lines)
    for exchange in reversed(done):
        if named := things(exchange):
            return Focus(done, named)
    return Focus(done)


def things(exchange: Exchange) -> list[Thing]:
    """The things that an answer named, in the order they were told; of a repeating event only the first time."""
    result = exchange.answer.get("result")
    if not isinstance(result, Mapping):
        return []
    kind = _KIND_OF_TOOL.get(exchange.call.tool)
    receipt = exchange.answer.get("receipt") or result.get("message")
    if kind and isinstance(receipt, Mapping) and "id" in receipt:
        return [Thing(kind, receipt)]
    for name, listed in _LISTS.items():
        if isinstance(result.get(name), list) and result[name]:
            return _distinct([Thing(listed, item) for item in result[name]])
    return []


def _distinct(found: list[Thing]) -> list[Thing]:
    seen: set[str] = set()
    kept = []
    for thing in found:
        key = str(thing.item.get("series") or thing.id)
        if key not in seen:
            seen.add(key)
            kept.append(thing)
    return kept
