"""Sentences that go on from the last one, and full questions that only look as if they did."""

from typing import Any

import pytest

from tests.unit.agent.commands.thread import DENTIST, event, events, heard, tasks, wrote

FRIDAY = event("lunch-id", "Lunch with Anna", "2026-03-06T12:30", "2026-03-06T13:30")


def test_a_full_question_takes_nothing_over_from_the_one_before() -> None:
    """What was asked about before does not narrow it; only "and …" and "what about …" go on."""
    thread = heard("who's coming to lunch").answer(events(FRIDAY))
    assert thread.say("what's on next week").call == ("list_events", {"when": "on next week"})


def test_being_free_is_asked_of_today_unless_the_words_say_the_day() -> None:
    """ "am I free after three" stands alone, "and after three?" is of the day talked about."""
    thread = heard("what's on friday").answer(events(FRIDAY, day="2026-03-06"))
    assert thread.say("and after three?").call == ("list_events", {"when": "after three on 2026-03-06"})
    thread = heard("what's on friday").answer(events(FRIDAY, day="2026-03-06"))
    assert thread.say("am i free after three").call == ("find_free_time", {"when": "after three"})


def test_a_question_about_the_calendar_does_not_go_on_about_a_list() -> None:
    """What is on the shopping list has nothing to do with being free."""
    thread = heard("what's on my shopping list").answer(tasks("Eggs"))
    assert thread.say("Am I free after 3A?").tools == ["find_free_time"]


def test_what_about_a_day_passes_the_day() -> None:
    """ "about" belongs to "what about" and not to the time."""
    thread = heard("what's on friday").answer(events(FRIDAY, day="2026-03-06"))
    assert thread.say("what about tomorrow").call == ("list_events", {"when": "tomorrow"})


MEMORY = {"id": "m1", "text": "My wife's name is Ada"}


def test_forget_that_means_what_was_just_remembered_or_recalled() -> None:
    """It becomes a forgetting of exactly that (which waits for a yes); elsewhere it only waves off."""
    thread = heard("remember that my wife's name is Ada").answer(wrote(MEMORY))
    assert thread.say("forget that").call == ("forget", {"about": MEMORY["text"]})
    thread = heard("what's my wife's name").answer({"result": {"memories": [MEMORY]}})
    assert thread.say("forget that").call == ("forget", {"about": MEMORY["text"]})
    assert heard("what's on friday").answer(events(FRIDAY)).say("forget that").reply == "All right."


def test_forget_that_asks_which_of_several() -> None:
    """Of several memories one is named, and that one is forgotten."""
    other = {"id": "m2", "text": "I like tea"}
    thread = heard("what do you know about me").answer({"result": {"memories": [MEMORY, other]}})
    assert thread.say("forget that").reply == "Which of these should I forget?"
    assert thread.say("I like tea").call == ("forget", {"about": "I like tea"})


def test_a_draft_is_worded_anew_to_the_same_mail() -> None:
    """ "change it to say …" after a draft writes another to the same mail, in the place of the first."""
    thread = heard("draft an email to Tom saying I'm late").answer(wrote({"id": "d1", "box": "drafts"}))
    drafted: dict[str, Any] = dict(thread.lines[1].arguments)  # type: ignore[union-attr]
    anew = {**drafted, "body": "Thursday works", "instead_of": "d1"}
    assert thread.say("change it to say thursday works").call == ("draft_email", anew)


FREE = {"starts": "2026-03-05T08:00+01:00", "ends": "2026-03-05T09:15+01:00"}


def _free() -> dict[str, Any]:
    span = {"starts": "2026-03-05T00:00+01:00", "ends": "2026-03-06T00:00+01:00", "words": "tomorrow"}
    return {"result": {"free": [FREE], "busy": [DENTIST], "span": span, "is_free": False}}


@pytest.mark.parametrize("yes", ["yes", "yep", "sure", "ok do it"])
def test_the_first_free_hour_is_offered_and_a_yes_takes_it(yes: str) -> None:
    """ "book that for writing" after free time was told: one offer, and nothing is written before the yes."""
    thread = heard("when am i free tomorrow").answer(_free()).say("book that for writing")
    assert not thread.calls
    assert thread.reply == "Shall I put Writing on your calendar, tomorrow, Thursday the 5th, from 8 to 9 am?"
    assert thread.say(yes).call == ("add_event", {"title": "Writing", "when": "2026-03-05 from 08:00 to 09:00"})


def test_a_note_to_nobody_writes_nothing() -> None:
    """ "note to self" is a task; "note to file" is nothing that is known here."""
    assert heard("note to file").tools == []
    assert heard("note to self call mum").tools == ["add_task"]
