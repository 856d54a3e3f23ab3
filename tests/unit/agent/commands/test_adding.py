"""Putting something new on the calendar: with its place, and never at a time that was only half understood."""

import pytest

from tests.unit.agent.commands.thread import READING, heard


@pytest.mark.parametrize("text", [
    "add a meeting on foursday at 10", "add tennis tomorrow 6 7", "add dentist 5 4 at 3", "add a call with Sam after the workshop on thursday",
    "add a meeting with Sam sometime next week", "add lunch with Tom at noon on the day of the budget review", "add a meeting tomorrow before lunch",
    "in two weeks I have a talk at 10 on the threesday, put it in my calendar",
])  # fmt: skip
def test_a_time_that_is_only_half_understood_is_asked_for(text: str) -> None:
    """Words of time that are left in the name forbid the write."""
    thread = heard(text)
    assert set(thread.tools) <= READING
    assert thread.reply


@pytest.mark.parametrize(("text", "title", "place"), [
    ("add dinner at seven tomorrow at the Blue Door", "Dinner at the Blue Door", "The Blue Door"),
    ("can you add parent teacher talk for tomorrow, 17:00, room 12", "Parent teacher talk", "Room 12"),
    ("add a meeting in room 4 tomorrow at 3", "Meeting", "Room 4"),
    ("add meeting with Sarah on zoom at 4 pm today", "Meeting with Sarah", "Zoom"),
    ("put the vet in my diary for friday at ten", "Vet", None),
])  # fmt: skip
def test_where_it_is_goes_to_its_place(text: str, title: str, place: str | None) -> None:
    """A room leaves the name; "at the Blue Door" stays in it too, since that is what it is called by."""
    tool, arguments = heard(text).call
    assert (tool, arguments["title"], arguments.get("place")) == ("add_event", title, place)


def test_thursday_in_two_weeks_is_one_time() -> None:
    """The whole of it is handed on, not its last words."""
    _, arguments = heard(
        "In two weeks on Thursday at 10 I have to go to the tax office, please note it in the calendar."
    ).call
    assert arguments == {"title": "Go to the tax office", "when": "In two weeks on Thursday at 10"}


@pytest.mark.parametrize("text", [
    "I nearly finished the slides, mark it done", "the eggs are not bought yet, tick them off", "he booked the train tickets, tick it off",
])  # fmt: skip
def test_what_is_not_plainly_done_is_not_ticked_off(text: str) -> None:
    """Of two sentences the first has to say that it is done."""
    assert set(heard(text).tools) <= READING
