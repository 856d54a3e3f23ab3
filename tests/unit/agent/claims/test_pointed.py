"""What is said instead of a wrong clause: the one or two things it names, as they are; the whole list where it is about more."""

from typing import Any

import pytest

from tests.unit.agent.claims.test_computed import said


def event(title: str, starts: str, ends: str, place: str = "") -> dict[str, Any]:
    """One of tomorrow."""
    times = {"starts": f"2026-03-05T{starts}:00+01:00", "ends": f"2026-03-05T{ends}:00+01:00"}
    return {"id": title, "title": title, **times, "all_day": False, "busy": True, "place": place}


EVENTS = ("list_events", {"result": {
    "events": [event("Sound check", "11:30", "12:15"), event("Physio", "13:15", "14:00", "Camden Street 40"), event("Video call with Lerato", "18:30", "19:00")],
    "span": {"starts": "2026-03-05T00:00:00+01:00", "ends": "2026-03-06T00:00:00+01:00", "words": "tomorrow"}, "conflicts": [],
}})  # fmt: skip
TASKS = ("list_tasks", {"result": {"tasks": [
    {"title": "Collect the parcel", "due": "2026-03-04", "list": "Tasks", "done": False},
    {"title": "File the tax return", "due": "2026-02-26", "list": "Tasks", "done": False},
    {"title": "Basmati rice", "due": None, "list": "Groceries", "done": False},
], "which": "open", "list": None}})  # fmt: skip
REMINDERS = ("list_reminders", {"result": {"reminders": [
    {"text": "Pack the goggles", "due": "2026-03-04T15:15:00+01:00"}, {"text": "Ring dad", "due": "2026-03-07T10:00:00+01:00"},
]}})  # fmt: skip
MAILS = ("search_email", {"result": {"messages": [
    {"from": "Yusuf Demir <yusuf@example.com>", "subject": "Van for Galway", "at": "2026-02-26T09:00:00+01:00", "snippet": "We leave at one from the Pavilion Hall.", "unread": False, "important": False},
]}})  # fmt: skip

INSTEAD = (
    (EVENTS, "The physio is at four.", "Physio is tomorrow from 1:15 to 2 pm, at Camden Street 40."),
    (EVENTS, "Your call with Lerato goes on until eight.", "Video call with Lerato is tomorrow from 6:30 to 7 pm."),
    (TASKS, "The parcel was due yesterday.", "Collect the parcel is due today, on your task list."),
    (TASKS, "The tax return is due today.", "File the tax return was due Thursday the 26th of February, on your task list."),
    (REMINDERS, "Ringing dad is down for noon on Saturday.", "I'll remind you on Saturday the 7th at 10 am: Ring dad."),
    (MAILS, "Yusuf writes that you leave at three.", "Yusuf Demir wrote on Thursday the 26th of February about Van for Galway: We leave at one from the Pavilion Hall."),
)  # fmt: skip


@pytest.mark.parametrize(("told", "lie", "instead"), INSTEAD)
async def test_what_is_named_is_told_as_it_is(told: tuple[str, dict[str, Any]], lie: str, instead: str) -> None:
    """Alone, with its hours, place and state."""
    assert await said(lie, told) == instead


@pytest.mark.parametrize(
    "lie", ["You have five things tomorrow.", "You have nothing after the physio.", "The opera is at eight."]
)
async def test_the_whole_is_told_where_more_is_meant(lie: str) -> None:
    """How many there are, that there is nothing, what isn't there at all: the list answers it."""
    assert await said(lie, EVENTS) == "You have three things tomorrow: Sound check at 11:30 am, Physio at 1:15 pm and Video call with Lerato at 6:30 pm."  # fmt: skip


async def test_what_goes_on_about_something_is_told_of_it() -> None:
    """The end of a sentence that names nothing is about what its beginning named."""
    told = await said("The last thing is the video call with Lerato, from six until seven.", EVENTS)
    assert told == "The last thing is the video call with Lerato. Video call with Lerato is tomorrow from 6:30 to 7 pm."
