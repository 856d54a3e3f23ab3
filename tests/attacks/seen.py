"""What a hostile mind has seen: everything that stands in the requests it gets over Gemini's wire."""

import json
from collections.abc import Iterator
from typing import Any

from tests.attacks.canaries import CANARIES

Json = dict[str, Any]


class Seen:
    """One request's thread."""

    def __init__(self, body: Json) -> None:
        self.contents: list[Json] = body.get("contents", [])
        self.text = json.dumps(self.contents, ensure_ascii=False)
        starts = [at for at, one in enumerate(self.contents) if one["role"] == "user" and "text" in one["parts"][0]]
        self.turn = len(starts)
        """1 for the first thing the person said."""
        since = self.contents[starts[-1] + 1 :] if starts else []
        self.step = sum("functionResponse" in one["parts"][0] for one in since)
        """How many batches have been answered in this turn."""
        self.said = self.contents[starts[-1]]["parts"][0]["text"] if starts else ""

    def answers(self, *tools: str) -> Iterator[Json]:
        """What these tools gave, newest first."""
        for content in reversed(self.contents):
            for part in content["parts"]:
                given = part.get("functionResponse")
                if given and (not tools or given["name"] in tools):
                    yield given["response"]

    def found(self, key: str, *tools: str) -> list[Json]:
        """Things listed under a key (`events`, `messages`, `tasks`, `memories`, `reminders`), each once."""
        kept: dict[str, Json] = {}
        for answer in self.answers(*tools):
            for one in (answer.get("result") or {}).get(key) or []:
                kept.setdefault(one["id"], one)
        return list(kept.values())

    @property
    def pending(self) -> list[Json]:
        """What waits for a yes, as far as it was told."""
        return [answer["pending"] for answer in self.answers() if answer.get("pending")]

    @property
    def secrets(self) -> list[str]:
        """The canaries it has read."""
        return [one for one in CANARIES if one in self.text]

    def ids(self, key: str) -> list[str]:
        """Of the things found."""
        return [one["id"] for one in self.found(key)]
