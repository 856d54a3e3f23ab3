"""What mails ask for, spoken of in a thread: by place, all of it, and only where it was spoken of."""

from typing import Any

import pytest

from tests.unit.agent.commands.thread import Thread, heard

ASKED: list[dict[str, Any]] = [
    {"id": "a1", "text": "Send Tom the report", "due": "2026-03-04"},
    {"id": "b2", "text": "Sign the form", "due": None},
    {"id": "c3", "text": "Call Sarah", "due": None},
]


def told(*asked: dict[str, Any]) -> Thread:
    """The person has heard what their mail asks for."""
    inbox = {"unread": 3, "important": [], "others": 3, "messages": [], "actions": list(asked)}
    return heard("what should I do from my mail").answer({"result": inbox})


def test_it_is_told_with_its_days() -> None:
    """A few, in their order."""
    assert told(*ASKED).reply == (
        "Your mail asks for three things: Send Tom the report, due today; Sign the form; Call Sarah."
    )
    assert told().reply == "Your mail asks for nothing that is still open."


@pytest.mark.parametrize(("said", "tool", "action"), [
    ("add the first one to my tasks", "accept_action", "a1"),
    ("put the second on my list", "accept_action", "b2"),
    ("take the last one", "accept_action", "c3"),
    ("add them all", "accept_action", "all"),
    ("accept everything", "accept_action", "all"),
    ("put all of them on my to do list please", "accept_action", "all"),
    ("dismiss the second", "dismiss_action", "b2"),
    ("ignore the third one", "dismiss_action", "c3"),
    ("drop them all", "dismiss_action", "all"),
])  # fmt: skip
def test_it_is_taken_up_or_left(said: str, tool: str, action: str) -> None:
    """By its place, or all at once."""
    assert told(*ASKED).say(said).call == (tool, {"action": action})


def test_places_stay_as_they_were_told() -> None:
    """The second is the second, though the first was taken up meanwhile."""
    thread = told(*ASKED).say("add the first one to my tasks").answer({"receipt": {"id": "a1"}, "say": "It's there."})
    assert thread.say("and dismiss the second").call == ("dismiss_action", {"action": "b2"})


def test_one_alone_is_it() -> None:
    """Of several it asks which one."""
    assert told(ASKED[0]).say("add it to my tasks").call == ("accept_action", {"action": "a1"})
    several = told(*ASKED).say("add it to my tasks")
    assert (several.calls, several.reply) == ([], "Which one do you mean?")
    assert told(*ASKED).say("dismiss the fourth").reply == "There are only three of them."


def test_what_was_not_spoken_of_is_not_decided() -> None:
    """ "Add the first one" means something else, or nothing, in another thread."""
    assert "accept_action" not in heard("add them all").tools
    assert "dismiss_action" not in heard("ignore the second").tools
    assert heard("dismiss the first action item").call == ("summarize_inbox", {})
