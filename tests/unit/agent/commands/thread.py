"""A thread with the built-in mind in it, where the test plays the tools."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from agent.commands.mind import steps
from integrations.model import Answer, Call, Line, Prompt, Replied, Said, Step, Understood, Words

ZONE = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 3, 4, 10, 20, tzinfo=ZONE)
"""A Wednesday."""
READING = frozenset(
    "list_events find_free_time list_tasks list_reminders search_email read_email summarize_inbox recall get_briefing get_suggestions "
    "list_changes get_time".split()
)


class Thread:
    """What was said, called and answered so far."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.calls: list[Call] = []
        self.understood: Understood | None = None
        self.reply = ""

    def say(self, text: str) -> "Thread":
        """The person says something; the mind takes its first step."""
        self.lines.append(Said(text=text))
        return self._step()

    def answer(self, *contents: Mapping[str, Any]) -> "Thread":
        """The tools answer the calls just made, in their order."""
        for call, content in zip(self.calls, contents, strict=True):
            self.lines.append(Answer(id=call.id, tool=call.tool, content=content))
        return self._step()

    @property
    def call(self) -> tuple[str, dict[str, Any]]:
        """The one call just made."""
        (call,) = self.calls
        return call.tool, dict(call.arguments)

    @property
    def tools(self) -> list[str]:
        """The tools just called."""
        return [call.tool for call in self.calls]

    def _step(self) -> "Thread":
        made: list[Step] = list(steps(prompt(self.lines)))
        self.calls = [step for step in made if isinstance(step, Call)]
        self.understood = next((step for step in made if isinstance(step, Understood)), None)
        self.reply = " ".join(step.text for step in made if isinstance(step, Words))
        self.lines += self.calls
        if self.reply:
            self.lines.append(Replied(text=self.reply))
        return self


def prompt(lines: list[Line]) -> Prompt:
    """What the mind is told."""
    return Prompt(system="", facts="", lines=lines, tools=(), now=NOW, zone=ZONE)


def heard(text: str) -> Thread:
    """One sentence, out of nowhere."""
    return Thread().say(text)


def event(id: str, title: str, starts: str, ends: str, **more: Any) -> dict[str, Any]:
    """An event as the tools tell it; times are local."""
    whole = {
        "id": id,
        "title": title,
        "starts": f"{starts}+01:00",
        "ends": f"{ends}+01:00",
        "all_day": False,
        "zone": ZONE.key,
    }
    return {
        **whole,
        "place": "",
        "notes": "",
        "guests": [],
        "recurrence": None,
        "calendar": "main",
        "series": None,
        **more,
    }


def events(*found: Mapping[str, Any], day: str = "") -> dict[str, Any]:
    """An answer of `list_events`."""
    starts = datetime.fromisoformat(f"{day}T00:00+01:00") if day else NOW
    span = (
        {"starts": starts.isoformat(), "ends": (starts + timedelta(days=1)).isoformat(), "words": day} if day else None
    )
    return {"result": {"events": list(found), "span": span, "conflicts": []}}


def tasks(*titles: str) -> dict[str, Any]:
    """An answer of `list_tasks`."""
    return {
        "result": {
            "tasks": [
                {"id": f"t{i}", "title": t, "due": None, "notes": "", "list": "Tasks", "done": False}
                for i, t in enumerate(titles)
            ]
        }
    }


def wrote(receipt: Mapping[str, Any], say: str = "It is done.") -> dict[str, Any]:
    """An answer of a tool that wrote."""
    return {"result": dict(receipt), "receipt": dict(receipt), "say": say}


DENTIST = event("dentist-id", "Dentist", "2026-03-05T10:00", "2026-03-05T10:45", place="Kastanienallee 12")
REVIEW = event("review-id", "Budget review", "2026-03-05T15:00", "2026-03-05T16:00", guests=["tom.becker@example.com"])
NO_EVENTS, NO_TASKS = events(), tasks()
NO_REMINDERS: dict[str, Any] = {"result": {"reminders": []}}
