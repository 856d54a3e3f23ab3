"""Lines as one writes them into a diary are entered at once; what is told, asked or only wished for isn't."""

import pytest

from tests.unit.agent.commands.thread import READING, heard


@pytest.mark.parametrize(("text", "title", "when", "place"), [
    ("vet fri 4pm", "Vet", "fri 4pm", None),
    ("dinner with my parents on saturday at seven", "Dinner with my parents", "on saturday at seven dinner", None),
    ("team call every monday at 10", "Team call", "every monday at 10", None),
    ("each sunday at eleven church", "Church", "each sunday at eleven", None),
    ("conference 14 to 16 april", "Conference", "14 to 16 april", None),
    ("trip to vienna all day on the 28th", "Trip to vienna", "all day on the 28th", None),
    ("hair dresser on saturday at 10 am", "Hair dresser", "on saturday at 10 am", None),
    ("breakfast with Jo, Friday, 8am, Cafe Linde", "Breakfast with Jo", "Friday, 8am breakfast", "Cafe Linde"),
    ("viewing of the flat, 5.45pm tomorrow, Goethestrasse 8", "Viewing of the flat", "5.45pm tomorrow", "Goethestrasse 8"),
    ("optician mon 9.30", "Optician", "mon 9.30", None),
    ("date night friday half eight", "Date night", "friday half past eight in the evening", None),
    ("monthly book club first thursday of the month at 7pm", "Book club", "monthly first thursday of the month at 7pm", None),
])  # fmt: skip
def test_a_diary_line_is_entered(text: str, title: str, when: str, place: str | None) -> None:
    """A noun fit for a diary, with its exact time and no other word."""
    tool, arguments = heard(text).call
    assert (tool, arguments["title"], arguments["when"], arguments.get("place")) == ("add_event", title, when, place)


@pytest.mark.parametrize("text", [
    "the match on saturday at three was brilliant", "maybe dinner with Kim on friday at seven", "is there a concert on saturday at eight",
    "no meeting on monday at ten", "call the dentist friday at 10", "lunch friday at one?", "what a party on saturday at nine", "swimming on sunday",
    "leo has football on saturday at ten", "meeting on monday at ten went badly", "football saturday three o'clock on telly", "dinner before seven on friday",
    "should i cancel yoga next week", "lunch on friday", "my sister had lunch with tom on friday at one", "the train on friday at nine is late",
])  # fmt: skip
def test_what_is_told_or_asked_is_not_entered(text: str) -> None:
    """A verb, a question, a doubt or an open time makes it something else."""
    assert set(heard(text).tools) <= READING


@pytest.mark.parametrize(("text", "when"), [
    ("wake me at six tomorrow", "six tomorrow in the morning"), ("set an alarm for 6:30 tomorrow", "6:30 tomorrow in the morning"),
    ("set my alarm for seven", "seven in the morning"), ("wake me at 5 pm", "5 pm"), ("alarm at 18:00", "18:00"), ("alarm at three", "three"),
])  # fmt: skip
def test_alarms_ring_in_the_morning(text: str, when: str) -> None:
    """Nobody is woken at six in the evening unless it was said."""
    tool, arguments = heard(text).call
    assert (tool, arguments["when"]) == ("set_reminder", when)


@pytest.mark.parametrize(("text", "due"), [
    ("i have to do the taxes until end of march, make a task", "by end of march"), ("add renew car insurance before the 20th", "2026-03-19"),
    ("add a task to call Bob no later than friday", "by friday"), ("new task: hand in the sheet till friday", "by friday"),
])  # fmt: skip
def test_until_a_day_is_said_for_by_it(text: str, due: str) -> None:
    """A task is never due now because it has to be done until some day."""
    tool, arguments = heard(text).call
    assert (tool, arguments["due"]) == ("add_task", due)


@pytest.mark.parametrize("text", ["wrong list, that goes on work", "add milk to the wrong list"])
def test_no_list_is_called_wrong(text: str) -> None:
    """What is said about a list is no name of one."""
    thread = heard(text)
    assert "add_task" not in thread.tools or thread.call[1].get("list") != "wrong"
