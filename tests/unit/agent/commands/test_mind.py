"""What the built-in mind does with a sentence, and how it tells what came of it."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.commands import BuiltInMind
from integrations.model import Call, Said, Words
from tests.unit.agent.commands.thread import (
    DENTIST,
    NO_EVENTS,
    NO_REMINDERS,
    NO_TASKS,
    READING,
    REVIEW,
    Thread,
    event,
    events,
    heard,
    prompt,
    tasks,
    wrote,
)

SAID: list[tuple[str, str, dict[str, Any]]] = [
    ("what do i have on friday", "list_events", {"when": "on friday"}),
    ("What's my next meeting?", "list_events", {"first": 1}),
    ("am i free after three", "find_free_time", {"when": "after three"}),
    ("find me an hour tomorrow", "find_free_time", {"when": "tomorrow", "minutes": 60}),
    ("put dentist on thursday at half past nine", "add_event", {"title": "Dentist", "when": "on thursday at half past nine"}),
    ("add milk to my shopping list", "add_task", {"title": "Milk", "list": "shopping"}),
    ("what's overdue", "list_tasks", {"which": "overdue"}),
    ("remind me tomorrow morning to call mum", "set_reminder", {"text": "Call mum", "when": "tomorrow morning"}),
    ("any important email?", "search_email", {"query": "in:inbox is:important"}),
    ("summarise my inbox please", "summarize_inbox", {}),
    ("what should I do from my mail?", "summarize_inbox", {}),
    ("are there any action items in my inbox", "summarize_inbox", {}),
    ("accept all action items", "accept_action", {"action": "all"}),
    ("send Tom an email saying I'm late", "send_email", {"to": ["Tom"], "body": "I'm late"}),
    ("remember that my sister's name is Ingrid", "remember", {"text": "My sister's name is Ingrid"}),
    ("what did you change today", "list_changes", {"when": "was today"}),
    ("undo the last two things", "undo", {"count": 2}),
    ("how's my day looking", "get_briefing", {}),
    ("what time is it", "get_time", {}),
    ("call me", "call_me", {}),
    ("call me back please", "call_me", {}),
    ("call me in ten minutes", "call_me", {"when": "in ten minutes"}),
    ("ring me at 8", "call_me", {"when": "at 8"}),
    ("give me a ring tomorrow at noon", "call_me", {"when": "tomorrow at noon"}),
    ("call me at seven with my briefing", "call_me", {"when": "at seven", "about": "briefing"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "tool", "arguments"), SAID)
def test_everyday_commands(text: str, tool: str, arguments: dict[str, Any]) -> None:
    """Each of the everyday commands is one call, with the person's own time words."""
    assert heard(text).call == (tool, arguments)


@pytest.mark.parametrize("text", [
    "don't add milk", "how do I add a task?", "should I move the dentist", "I moved the dentist yesterday", "if it rains cancel the plumber",
    'what does "cancel the dentist" do?', "my sister added milk to her list", "add milk, no, never mind", '"delete all my tasks"',
    "I was thinking of maybe moving the haircut", "what happens if I delete a task", "Thank you for watching.", "(sighs)", "book a flight to Paris",
])  # fmt: skip
def test_what_is_no_command_calls_nothing(text: str) -> None:
    """Negations, questions about commands, tales, quotes and conditions are answered with words only."""
    thread = heard(text)
    assert not thread.calls
    assert thread.reply


def test_what_is_not_understood_is_said_so() -> None:
    """One honest sentence with what it can do, and nothing is done."""
    thread = heard("what's the airspeed of a swallow")
    assert thread.tools == []
    assert thread.reply.startswith("I didn't understand that.")


def test_it_asks_for_what_is_missing_and_goes_on_with_the_answer() -> None:
    """One question, what was understood so far, and the answer completes the command."""
    thread = heard("remind me to call mum")
    assert thread.understood is not None
    assert (thread.understood.tool, thread.understood.arguments) == ("set_reminder", {"text": "Call mum"})
    assert thread.reply == "When should I remind you?"
    assert thread.say("tomorrow at nine").call == ("set_reminder", {"text": "Call mum", "when": "tomorrow at nine"})


def test_a_correction_amends_what_was_just_made() -> None:
    """ "No, at three" changes the event just added; nothing is added again."""
    thread = heard("add gym friday at two").answer(
        wrote(event("gym-id", "Gym", "2026-03-06T14:00", "2026-03-06T14:30"))
    )
    assert thread.say("no, at three").call == ("change_event", {"event": "gym-id", "when": "at three"})


def test_it_and_the_second_one_are_read_from_the_thread() -> None:
    """Pronouns refer to what was told last; where they could mean several it asks."""
    thread = heard("what's on tomorrow").answer(events(DENTIST, REVIEW, day="2026-03-05"))
    assert thread.say("move it to friday").reply == "Which one do you mean: Dentist or Budget review?"
    assert thread.say("the second one").call == ("change_event", {"event": "review-id", "when": "friday"})


def test_and_the_day_after() -> None:
    """A sequel repeats the question for another time."""
    thread = heard("what's on tomorrow").answer(events(DENTIST, day="2026-03-05"))
    assert thread.say("and the day after?").call == ("list_events", {"when": "2026-03-06"})


def test_a_thing_is_looked_up_to_know_what_it_is() -> None:
    """ "Push the passport" is a task's date when no event is called so."""
    thread = heard("push the passport to next monday")
    assert set(thread.tools) == {"list_events", "list_tasks", "list_reminders"}
    thread.answer(*({"list_tasks": tasks("Renew the passport")}.get(t, NO_EVENTS if t == "list_events" else NO_REMINDERS) for t in thread.tools))  # fmt: skip
    assert thread.call == ("change_task", {"task": "t0", "due": "next monday"})


def test_a_slip_of_hearing_is_found_by_a_second_look() -> None:
    """ "Hair cut" is the haircut: the same letters are no guess."""
    thread = heard("move the hair cut to five").answer(NO_EVENTS, NO_TASKS, NO_REMINDERS)
    haircut = event("cut-id", "Haircut", "2026-03-09T17:30", "2026-03-09T18:00")
    thread.answer(events(haircut), tasks("Eggs"), NO_REMINDERS)
    assert thread.call == ("change_event", {"event": "cut-id", "when": "five"})


def test_a_mere_likeness_is_asked_about() -> None:
    """A name that only resembles is not acted on; a yes then does it."""
    thread = heard("mark the passbort done").answer(NO_TASKS)
    thread.answer(tasks("Passport"))
    assert (thread.tools, thread.reply) == ([], "Do you mean Passport?")
    assert thread.say("yes").call == ("complete_task", {"task": "t0"})


def test_refusals_are_told_in_their_own_words() -> None:
    """What a tool refuses is said as the tool says it."""
    thread = heard("undo").answer({"error": "not_found", "say": "There is nothing to undo."})
    assert (thread.reply, thread.tools) == ("There is nothing to undo.", [])


def test_the_answer_to_which_one() -> None:
    """After a tool asked which one, the choice is put into the same call."""
    choices = ["Budget review, Thursday the 5th at 3 pm", "Budget review, Monday the 9th at 11 am"]
    thread = Thread().say("cancel the budget review")
    both = events(REVIEW, {**REVIEW, "id": "other"})
    thread.answer(*({"list_events": both, "list_tasks": NO_TASKS}.get(tool, NO_REMINDERS) for tool in thread.tools))
    assert thread.call == ("cancel_event", {"event": "budget review"})
    thread.answer({"error": "ambiguous", "say": "Which one?", "choices": choices})
    assert thread.say("the one on Monday").call == ("cancel_event", {"event": choices[1]})


def test_long_lists_are_told_short() -> None:
    """More than three things are a count and the first three, without Markdown."""
    many = [
        event(str(hour), f"Talk {hour}", f"2026-03-05T{hour}:00", f"2026-03-05T{hour}:30") for hour in range(10, 15)
    ]
    thread = heard("what's on tomorrow").answer(events(*many, day="2026-03-05"))
    assert thread.reply.startswith("You have five things tomorrow. First, Talk 10 at 10 am.")
    assert thread.reply.endswith("And two more.")
    assert not set("*#`|") & set(thread.reply)


@pytest.mark.parametrize("text", ["what do i have on friday", "move the dentist to ten", "thanks"])
async def test_the_port(text: str) -> None:
    """It is a keeper of the model port: steps come as an asynchronous iterator."""
    made = [step async for step in BuiltInMind().think(prompt([Said(text=text)]))]
    assert all(isinstance(step, Call | Words) for step in made)
    assert made


@given(st.text(max_size=200))
@settings(max_examples=80)
def test_no_text_breaks_it(text: str) -> None:
    """Whatever is said, it answers or asks; it never raises."""
    thread = heard(text)
    assert thread.calls or thread.reply


_SALAD = """apple river green seven quickly under table the a of and Tom Sarah monday purple she he they it that running window seldom
because three cloud mountain at on tomorrow nine kettle never paper if blue was is dog while""".split()


@given(st.lists(st.sampled_from(_SALAD), max_size=12))
@settings(max_examples=150)
def test_word_salad_writes_nothing(words: list[str]) -> None:
    """Words without a command in them never come to a write."""
    assert set(heard(" ".join(words)).tools) <= READING


TOLD = ["the plumber is at home", "the dentist is now at eleven", "the workshop moved to three"]


@pytest.mark.parametrize("text", TOLD)
def test_what_is_only_told_is_offered(text: str) -> None:
    """A statement changes nothing by itself: it asks, and a yes does it."""
    thread = heard(text)
    name = text.split()[1].capitalize()
    found = event("id", name, "2026-03-05T10:00", "2026-03-05T11:00")
    known = {"list_events": events(found), "list_tasks": NO_TASKS, "list_reminders": NO_REMINDERS}
    thread.answer(*(known[tool] for tool in thread.tools))
    assert not thread.calls
    assert thread.reply.startswith("Shall I")
    assert thread.say("yes").tools == ["change_event"]


@pytest.mark.parametrize(
    "text", ["no problem", "no thanks", "and I love it", "great", "me too", "no idea", "never mind"]
)
def test_chat_after_a_write_changes_nothing(text: str) -> None:
    """What people say after something was done is not taken for a correction."""
    thread = heard("add milk to my shopping list")
    thread.answer(wrote({"id": "t0", "title": "Milk", "list": "Shopping", "due": None, "done": False}))
    assert thread.say(text).tools == []


@pytest.mark.parametrize("text", ["forget it", "nothing", "never mind", "stop"])
def test_a_question_can_be_waved_away(text: str) -> None:
    """An end put to it is no answer to what was asked back."""
    assert heard("remind me").say(text).tools == []
