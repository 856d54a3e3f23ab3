"""What a recognizer makes of a command: looked up freely, written only where the rest is plain, else asked about."""

from typing import Any

import pytest

from tests.unit.agent.commands.thread import DENTIST, READING, events, heard, wrote

PLAIN: list[tuple[str, str, dict[str, Any]]] = [
    ("and milk to my shopping list.", "add_task", {"title": "milk", "list": "shopping"}),
    ("Remain me at five to call Anna", "set_reminder", {"text": "Call Anna", "when": "at five"}),
    ("and important email.", "search_email", {"query": "in:inbox is:important"}),
    ("Grace me.", "get_briefing", {}),
    ("What's over you?", "list_tasks", {"which": "overdue"}),
    ("What song might I do list?", "list_tasks", {"which": "open"}),
    ("Am I free after free?", "find_free_time", {"when": "after three"}),
    ("Am I free after 3A?", "find_free_time", {"when": "after 3"}),
]


@pytest.mark.parametrize(("text", "tool", "arguments"), PLAIN)
def test_a_slip_that_leaves_one_meaning_is_understood(text: str, tool: str, arguments: dict[str, Any]) -> None:
    """Questions, and writes whose other words make them plain, are done at once."""
    called, given = heard(text).call
    assert called == tool
    assert {name: str(value).lower() for name, value in given.items()} == {
        n: str(v).lower() for n, v in arguments.items()
    }


ASKED = [
    ("And do that.", "Shall I undo that?", "undo"),
    ("A new hat.", "Shall I undo that?", "undo"),
    ("But dentist on Thursday at half past 9.", "Shall I put dentist on Thursday at half past 9?", "add_event"),
    ("and bread to my list", "Shall I add bread to your list?", "add_task"),
]


@pytest.mark.parametrize(("text", "question", "tool"), ASKED)
@pytest.mark.parametrize("yes", ["yes please", "Yep.", "sure", "OK, do it", "go ahead"])
def test_a_slip_that_would_write_is_asked_about_and_a_yes_does_it(
    text: str, question: str, tool: str, yes: str
) -> None:
    """Nothing is written on a guess; any of the usual yes words makes it so."""
    thread = heard(text)
    assert not thread.calls
    assert thread.reply == question
    assert thread.say(yes).tools == [tool]


@pytest.mark.parametrize("text", [
    "but milk is on my shopping list", "and then we went to the shop", "but I would rather not", "and enter the shopping list", "hold it",
    "new task for today", "more on that later", "had a nice day at the park", "one more thing", "And this...", "Council Amendment.",
    "new me an hour tomorrow", "new do I have a gap before lunch today?", "and do on the shopping list", "New that to Monday.",
])  # fmt: skip
def test_what_only_begins_like_a_command_writes_nothing(text: str) -> None:
    """A sentence that tells something, or breaks off, is no misheard command."""
    assert set(heard(text).tools) <= READING


def test_a_no_with_a_misheard_hour_is_asked_about() -> None:
    """ "No, that's free" after something was put on the calendar may be "no, at three", or may not."""
    thread = heard("put dentist on thursday at five").answer(wrote(DENTIST))
    assert thread.say("No, that's free.").reply == "Shall I move it to three?"
    assert thread.say("yes please").call == ("change_event", {"event": "dentist-id", "when": "at three"})


def test_a_misheard_name_is_no_new_name() -> None:
    """ "call it laugh" calls it off, which waits for a yes, and "at free" is a time; neither becomes a title."""
    thread = heard("when is the dentist").answer(events(DENTIST))
    assert thread.say("Call it laugh.").call == ("cancel_event", {"event": "dentist-id"})
    thread = heard("put dentist on thursday at five").answer(wrote(DENTIST))
    assert thread.say("No, at free.").call == ("change_event", {"event": "dentist-id", "when": "at three"})
