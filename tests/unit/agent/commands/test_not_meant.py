"""What only sounds like a command: said to others, told, taken back, for somebody else's calendar, or two wishes in one."""

import pytest

from tests.unit.agent.commands.thread import READING, heard


@pytest.mark.parametrize("text", [
    "get your coat on it's freezing at eight", "put your toys away we have guests at six", "save me a seat at the concert on Friday at seven",
    "enter the house at nine said the burglar", "get down from that wall now", "task failed successfully", "plan B at noon",
    "the reminder tonight is wrong", "the reminder at nine went unheard",
    "add lunch with Tom friday at one, hm no drop that", "cancel the dentist, no leave it",
    "put gym into Jonas's diary on friday at 6 pm", "put the vet in my wife's calendar friday at ten",
    "record the show on Sunday at four", "insert coin at one", "organise the garage on saturday at nine", "reserve judgement until friday",
    "add dinner friday at eight and email Tom that he is invited", "remember that Tom likes tea and remind me at five to buy some",
    "put the radio on at six", "schedule says noon on Friday", "book fair was dull on Tuesday at seven", "appointment at four tomorrow for his uncle",
    "remind me at seven, or better not", "add rice to the shopping list, just joking", "remember the stove is hot said grandpa",
    "write down in my diary that the roofer is coming tuesday", "remind me tomorrow at nein to call Joe",
])  # fmt: skip
def test_nothing_is_written(text: str) -> None:
    """It is answered or asked about, and nothing is done."""
    assert set(heard(text).tools) <= READING


def test_what_is_said_to_others_is_no_answer() -> None:
    """While the name of an appointment is asked for."""
    for text in ("see you at four, bye", "dad said lunch is at one"):
        assert set(heard("add an appointment").say(text).tools) <= READING


def test_two_wishes_are_said_to_be_two() -> None:
    """Neither is done by half."""
    assert "two wishes" in heard("add dinner friday at eight and email Tom that he is invited").reply


def test_an_appointment_told_of_is_offered() -> None:
    """With its day and hour, and a yes enters it."""
    thread = heard("I've got a meeting with the bank on friday at nine")
    assert thread.reply.startswith("Shall I put meeting with the bank on your calendar")
    assert thread.say("yes").call == ("add_event", {"title": "Meeting with the bank", "when": "on friday at nine"})


@pytest.mark.parametrize(("text", "title", "when"), [
    ('add "weekly call" to my calendar thursday at four', "Weekly call", "thursday at four"),
    ("add quarterly review on the 18th at one pm", "Quarterly review", "on the 18th at one pm"),
    ("add a meeting quarterly on the 3rd at nine", "Meeting", "quarterly on the 3rd at nine"),
    ("arrange a meeting tomorrow at ten", "Meeting", "tomorrow at ten"),
])  # fmt: skip
def test_a_name_keeps_words_that_sound_like_a_time(text: str, title: str, when: str) -> None:
    """Those in quotes, and the kind of meeting it is."""
    _, arguments = heard(text).call
    assert (arguments["title"], arguments["when"]) == (title, when)


@pytest.mark.parametrize(("text", "tool", "part"), [
    ("where could I fit in thirty five minutes on friday", "find_free_time", {"minutes": 35}),
    ("find me three free hours this week", "find_free_time", {"minutes": 180}),
    ("could you remember that my bike is blue", "remember", {"text": "My bike is blue"}),
    ("remind me tomorrow morning to pack the sun hat", "set_reminder", {"text": "Pack the sun hat", "when": "tomorrow morning"}),
    ("am I double booked on friday", "list_events", {"when": "on friday"}),
    ("have I had anything from Anna", "search_email", {"query": "from:Anna"}),
    ("open the invoice mail from Tom", "search_email", {"query": "from:Tom invoice"}),
    ("when will you remind me to feed the hens", "list_reminders", {}),
    ("what will you remind me about on friday", "list_reminders", {}),
    ("add rice tae ma shopping list", "add_task", {"title": "Rice", "list": "shopping"}),
    ("what have I got tomoz", "list_events", {"when": "tomorrow"}),
])  # fmt: skip
def test_other_ways_to_say_it(text: str, tool: str, part: dict[str, object]) -> None:
    """Questions and wishes that were lost before."""
    said, arguments = heard(text).call
    assert said == tool
    assert part.items() <= arguments.items()
