"""A briefing is steered in many words, and only while there is one."""

import pytest

from tests.unit.agent.commands.thread import Thread

TOLD = {"result": {"told": "word for word"}}
DENTIST = {"id": "a1", "kind": "event", "text": "At 2 pm: Dentist.", "source": "e1", "name": "Dentist", "offer": None}
RENT = {"id": "b2", "kind": "task", "text": "Pay the rent is due today.", "source": "t1", "name": "Pay the rent"}
OFFER = {"tool": "complete_task", "arguments": {"task": "t1"}}


def briefed() -> Thread:
    return Thread().say("brief me").answer(TOLD)


@pytest.mark.parametrize(
    ("said", "move"),
    [
        ("go on", "continue"), ("Continue.", "continue"), ("carry on where you left off", "continue"), ("okay, go on", "continue"),
        ("skip", "next"), ("Skip that.", "next"), ("next please", "next"), ("skip it", "next"), ("move on", "next"),
        ("back", "back"), ("go back one", "back"), ("the previous one", "back"),
        ("again", "repeat"), ("Say that again?", "repeat"), ("what was that", "repeat"),
        ("start over", "restart"), ("from the beginning", "restart"),
        ("more", "more"), ("tell me more about that", "more"), ("read it", "more"), ("more details please", "more"),
        ("where is that from?", "source"), ("how do you know?", "source"),
        ("what changed?", "changes"), ("anything new since this morning?", "changes"),
    ],
)  # fmt: skip
def test_it_is_steered(said: str, move: str) -> None:
    """Each of these moves it, right after it was told."""
    assert briefed().say(said).call == ("get_briefing", {"move": move})


@pytest.mark.parametrize(
    ("said", "move"),
    [
        ("good morning", "continue"), ("go on with the briefing", "continue"), ("repeat the briefing", "restart"),
        ("give me the briefing again", "restart"), ("what has changed since the briefing?", "changes"),
    ],
)  # fmt: skip
def test_by_name_it_is_meant_at_any_time(said: str, move: str) -> None:
    """Also when nothing was told for long."""
    assert Thread().say(said).call == ("get_briefing", {"move": move})


@pytest.mark.parametrize(
    "said", ["skip", "next", "back", "more", "go on", "do that", "that's done", "remind me at three"]
)
def test_without_a_briefing_these_mean_something_else_or_nothing(said: str) -> None:
    """Nothing is moved, taken or ticked off."""
    thread = Thread().say(said)
    assert set(thread.tools) <= {"list_events"}
    assert thread.tools or thread.reply


def test_what_was_done_by_chronus_is_another_question() -> None:
    """ "What changed?" out of the blue, and "what did you change?" at any time, ask for the ledger."""
    assert Thread().say("what changed?").tools == ["list_changes"]
    assert briefed().say("what did you change?").tools == ["list_changes"]


def test_do_that_runs_what_the_item_offers() -> None:
    """First it is looked up which item was heard last, then its call is made, exactly."""
    thread = briefed().say("do that")
    assert thread.call == ("get_briefing", {"move": "current"})
    thread.answer({"result": {"current": RENT | {"offer": OFFER}}})
    assert thread.call == ("complete_task", {"task": "t1"})
    thread.answer({"receipt": {"id": "t1", "title": "Pay the rent"}, "say": "Pay the rent is done."})
    assert thread.reply == "Pay the rent is done."
    assert thread.say("go on").call == ("get_briefing", {"move": "continue"})


def test_where_nothing_is_offered_nothing_is_done() -> None:
    """It says so; an event isn't ticked off either."""
    assert briefed().say("do that").answer({"result": {"current": DENTIST}}).calls == []
    thread = briefed().say("that's done").answer({"result": {"current": DENTIST}})
    assert (thread.calls, thread.reply) == ([], "That is no task. Tell me which one is done.")
    assert briefed().say("do that").answer({"result": {}}).reply == "I haven't told you anything yet."


@pytest.mark.parametrize(
    ("said", "when"),
    [("remind me at three", "at three"), ("remind me of that tomorrow morning", "tomorrow morning"), ("remind me in 20 minutes", "in 20 minutes")],
)  # fmt: skip
def test_a_reminder_is_of_what_was_just_heard(said: str, when: str) -> None:
    """The time in the person's own words, the text from the item."""
    thread = briefed().say(said).answer({"result": {"current": DENTIST}})
    assert thread.call == ("set_reminder", {"text": "Dentist", "when": when})


def test_a_reminder_of_something_else_stays_one() -> None:
    """Words of its own win."""
    assert briefed().say("remind me at three to call mum").call == (
        "set_reminder",
        {"text": "Call mum", "when": "at three"},
    )
