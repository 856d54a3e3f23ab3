"""How many there are: of a family of things, of a day, of a name, before an hour and after it, still to come."""

from collections.abc import Sequence
from datetime import datetime

import pytest

from integrations.model import Prompt, Said
from tests.unit.agent.claims.judged import spoken
from tests.unit.agent.claims.test_computed import NOW, ZONE, let_go
from tests.unit.agent.claims.test_computed import said as computed
from tests.unit.agent.claims.test_elsewhere_deeds import receipt, said
from tests.unit.agent.claims.test_elsewhere_deeds import task as farm_task
from tests.unit.agent.claims.test_quantified import Told, event, events, mail, task, tasks

DAY = events(event("Glazing class", "08:00", "10:30"), event("Tax advice", "10:30", "11:15"), event("Lunch with Wanda", "12:00", "13:00"), event("Eye test", "17:00", "17:30"), event("Boat fair", "00:00", "23:59", all_day=True))  # fmt: skip
"""Tomorrow: one that lasts all day, two before noon, one at noon, one at five."""
TODAY: Told = ("list_events", {"result": {"events": [event("Glazing class", "08:00", "09:30", day=4), event("Tax advice", "09:45", "10:20", day=4), event("Eye test", "12:00", "12:30", day=4), event("Wine tasting", "18:00", "20:00", day=4)], "span": {"starts": "2026-03-04T00:00:00+01:00", "ends": "2026-03-05T00:00:00+01:00"}, "conflicts": []}})  # fmt: skip
"""Two of today's four are over by twenty past ten."""
WEEK: Told = ("list_events", {"result": {"events": [event("Glazing class", "09:00", "10:30"), event("Glazing class", "09:00", "10:30", day=6), event("Eye test", "15:30", "16:00", day=6)], "span": {"starts": "2026-03-05T00:00:00+01:00", "ends": "2026-03-07T00:00:00+01:00"}, "conflicts": [["a", "b"], ["b", "c"]]}})  # fmt: skip
BUSY: Told = ("find_free_time", {"result": {"free": [], "busy": [event("Eye test", "15:30", "16:00"), event("Wine tasting", "18:00", "20:00")], "span": {"starts": "2026-03-05T12:00:00+01:00", "ends": "2026-03-05T22:00:00+01:00"}, "is_free": False, "minutes": None}})  # fmt: skip
TASKS = tasks(task("Varnish the mast", "Boat", "2026-03-01"), task("Patch the dinghy", "Boat", "2026-03-04"), task("Frame the print", "Home", "2026-03-06"), task("Rehang the door", "Home"), task("Read the three last chapters", "Home"))  # fmt: skip
DUE: Told = ("list_tasks", {"result": {"tasks": TASKS[1]["result"]["tasks"][:2], "which": "today", "list": None}})
REMINDERS: Told = ("list_reminders", {"result": {"reminders": [
    {"text": "Feed the gecko", "due": "2026-03-04T18:15:00+01:00"}, {"text": "Ring the glazier", "due": "2026-03-05T23:30:00+00:00"}, {"text": "Empty the dehumidifier", "due": "2026-03-06T20:00:00+01:00"},
]}})  # fmt: skip
"""The glazier is at half past midnight on Friday, on the person's clock."""
INBOX: Told = ("summarize_inbox", {"result": {
    "unread": 6, "others": 5, "important": [{**mail("Ilse Brandt", "Roof quote", "2026-03-04T08:00", "Could you send me the measurements?", unread=True), "why": "asks for something"}],
    "messages": [mail("Ilse Brandt", "Roof quote", "2026-03-04T08:00", "Could you send me the measurements?", unread=True), mail("Choir Weekly", "Spring programme", "2026-03-02T07:00", "Four concerts in May.", unread=True)], "actions": [],
}})  # fmt: skip
FOUND: Told = ("search_email", {"result": {"messages": [mail("Ilse Brandt", "Gutters", "2026-03-03T17:30", "The gutters are done.", unread=True), mail("Omar Haddad", "Squash", "2026-03-03T09:00", "Court four is ours."), mail("Omar Haddad", "Squash again", "2026-03-04T09:00", "Court five.", important=True)], "query": "squash"}})  # fmt: skip
CHANGES: Told = ("list_changes", {"result": {"changes": [
    {"tool": "add_task", "say": "Buy oars is on your list.", "at": "2026-03-04T09:00:00+01:00", "receipt": {"id": "1", "title": "Buy oars"}, "undone_at": None},
    {"tool": "add_task", "say": "Buy rope is on your list.", "at": "2026-03-04T09:05:00+01:00", "receipt": {"id": "2", "title": "Buy rope"}, "undone_at": "2026-03-04T09:30:00+01:00"},
]}})  # fmt: skip
REHEARSALS = events(
    event("Rehearsal", "09:00", "10:00"),
    event("Rehearsal", "14:00", "15:00"),
    event("Rehearsal", "19:00", "21:00"),
    event("Ironing", "21:00", "21:30"),
)
NO_CLASS: Told = ("cancel_event", {"error": "not_found", "say": "I found no event called “glazing class”."})
TWO_TESTS: Told = ("cancel_event", {"error": "ambiguous", "say": "Which one do you mean?", "choices": ["Eye test, tomorrow at 3.30 pm", "Eye test, Friday the 6th at 3.30 pm"]})  # fmt: skip

SAYINGS: Sequence[tuple[Told, str, bool]] = (
    (DAY, "You have five things tomorrow.", True), (DAY, "You have four things tomorrow.", False), (DAY, "You have four appointments tomorrow.", True), (DAY, "You have six appointments tomorrow.", False), (DAY, "You have three appointments tomorrow.", False),
    (DAY, "Two before noon, and two from noon on.", True), (DAY, "Two before noon and three after.", False), (DAY, "Two before noon and two after.", True), (DAY, "Three before noon.", False), (DAY, "One before ten.", True), (DAY, "Two before ten.", False),
    (DAY, "One before half past ten, and three after.", True), (DAY, "Two before half past ten.", False), (DAY, "Three before half past twelve, and one after five.", True), (DAY, "Three before half past twelve, and two after five.", False),
    (DAY, "Two of them are in the morning.", True), (DAY, "Three of them are in the morning.", False), (DAY, "Two of them are in the afternoon.", True), (DAY, "One of them is in the afternoon.", False), (DAY, "One of them is in the evening.", True), (DAY, "Two of them are in the evening.", False),
    (TODAY, "You have two things still ahead.", True), (TODAY, "You have three things still ahead.", False), (TODAY, "Four meetings today, and two are still to come.", True), (TODAY, "Four meetings today, and one is still to come.", False), (TODAY, "Two of them are over.", True),
    (TODAY, "Apart from the wine tasting, one of them is in the afternoon.", True), (TODAY, "Apart from the eye test, two of them are in the afternoon.", False),
    (BUSY, "Two things in the afternoon tomorrow.", False), (BUSY, "There's one thing in the afternoon tomorrow.", True), (BUSY, "You have two appointments then.", True), (BUSY, "You have three appointments then.", False),
    (WEEK, "You have two appointments on Friday.", True), (WEEK, "You have three appointments on Friday.", False), (WEEK, "You have one appointment tomorrow.", True), (WEEK, "You have two appointments tomorrow.", False),
    (WEEK, "You have two glazing classes.", True), (WEEK, "You have three glazing classes.", False), (WEEK, "There's only one glazing class.", False), (WEEK, "You have two eye tests.", False), (WEEK, "You have two glazing classes on Friday.", False),
    (WEEK, "There are two conflicts.", True), (WEEK, "There are three conflicts.", False), (NO_CLASS, "You have two glazing classes.", False), (TWO_TESTS, "There are two eye tests.", True), (TWO_TESTS, "There are three eye tests.", False), (TWO_TESTS, "There's only one eye test.", False),
    (TASKS, "You have five tasks.", True), (TASKS, "You have four tasks.", False), (TASKS, "You have the three last chapters on your list.", True), (TASKS, "You have the two last chapters on your list.", False), (TASKS, "You have one task on Friday.", True), (TASKS, "You have two tasks on Friday.", False),
    (TASKS, "One task is overdue.", True), (TASKS, "Two tasks are overdue.", False), (TASKS, "One task is due today.", True), (TASKS, "Two tasks are due today.", False), (DUE, "Two tasks are due today.", True), (DUE, "Three tasks are due today.", False), (TASKS, "You have three tasks left.", True), (TASKS, "You have six tasks left.", False),
    (REMINDERS, "You have three reminders.", True), (REMINDERS, "You have two reminders.", False), (REMINDERS, "You have two reminders on Friday.", True), (REMINDERS, "You have one reminder on Friday.", False), (REMINDERS, "You have one reminder today.", True), (REMINDERS, "You have three reminders today.", False),
    (INBOX, "You have six unread mails.", True), (INBOX, "You have five unread mails.", False), (INBOX, "There's one important mail.", True), (INBOX, "There are two important mails.", False), (INBOX, "Five others are unread.", True), (INBOX, "Four others are unread.", False), (INBOX, "There are two unread mails.", True),
    (FOUND, "There are three mails about it.", True), (FOUND, "There are two mails about it.", False), (FOUND, "One mail is unread.", True), (FOUND, "Two mails are unread.", False), (FOUND, "One mail is important.", True), (FOUND, "Two mails are important.", False),
    (TASKS, "You have the three last chapters and two masts on your list.", False), (DAY, "Apart from the eye test, one of them is in the afternoon.", True), (DAY, "Apart from the eye test, two of them are in the afternoon.", False), (TODAY, "You don't have three meetings still ahead.", True), (TASKS, "You have one overdue thing.", True), (TASKS, "You have two overdue things.", False), (DAY, "Apart from the glazing class there are four things, one in the morning and two in the afternoon.", True), (DAY, "Apart from the glazing class there are four things, two in the morning and two in the afternoon.", False), (DAY, "The eye test is at five, and you have two things in the afternoon.", True), (DAY, "The eye test is at five, and two of them are in the afternoon.", True), (WEEK, "On Friday you have two appointments, and one of them is in the morning.", True), (WEEK, "On Friday you have two appointments, and two of them are in the morning.", False),
    (REHEARSALS, "You have three rehearsals.", True), (REHEARSALS, "You have two rehearsals.", False), (REHEARSALS, "You have two more rehearsals.", True),
    (REMINDERS, "You have three tasks.", False), (TWO_TESTS, "There are two reminders.", True), (TWO_TESTS, "There are three reminders.", False), (TWO_TESTS, "There are two tasks.", True), (FOUND, "Two of them are overdue.", False), (INBOX, "You have six mails.", True), (INBOX, "You have seven mails.", False), (INBOX, "There are five other mails.", True), (INBOX, "There are five newsletters.", True), (TASKS, "You have one long overdue thing.", True), (TASKS, "You have two long overdue things.", False), (INBOX, "You have five important things.", False), (INBOX, "There's one important thing.", True), (INBOX, "There are three conflicts.", False), (CHANGES, "You have one thing.", False),
    (CHANGES, "There are two changes.", True), (CHANGES, "There are three changes.", False),
)  # fmt: skip


@pytest.mark.parametrize(("told", "text", "so"), SAYINGS)
async def test_so_many_as_there_are_may_be_said_and_no_others(told: Told, text: str, *, so: bool) -> None:
    """Of a kind, of a day, of a name, on a list, on either side of an hour."""
    assert await let_go(text, told) is so


@pytest.mark.parametrize(
    ("asked", "text", "so"),
    [
        ("what's on tonight?", "You have two things.", True), ("what's on today?", "You have three things.", True), ("what's on today?", "You have two things.", False), ("what's on tomorrow?", "One of them is in the morning.", True), ("what's on tomorrow?", "One of them is in the afternoon.", False), ("what's on tomorrow?", "Two of them are in the afternoon.", False), ("what's on tomorrow?", "Two appointments in the afternoon.", False), ("what's on today?", "Two things in the afternoon.", True), ("what's on today?", "Three things still ahead.", True), ("what's on today?", "Four things still ahead.", False),
        ("what's on this morning?", "You have two appointments.", False), ("What's on TONIGHT?", "Two appointments.", True), ("what's on tonight?", "You have two reminders.", False), ("anything on tomorrow?", "You have one appointment.", True), ("anything on tomorrow?", "You have two appointments.", False),
    ],
)  # fmt: skip
async def test_what_was_asked_about_is_counted_in_the_next_events(asked: str, text: str, *, so: bool) -> None:
    """Nothing was called: the prompt's next events tell how many lie in the day or the part of it that was asked about."""
    facts = "Next: Wed 16:00–16:30 “Eye test”, Wed 17:00–18:00 “Wine tasting”, Wed 20:30–21:00 “Call with Wanda”, Thu 09:00–10:30 “Glazing class”"
    assert await _spoken(text, asked, facts, NOW) == text if so else await _spoken(text, asked, facts, NOW) != text


async def _spoken(text: str, asked: str, facts: str, now: datetime) -> str:
    return await spoken(text, Prompt(system="", facts=facts, lines=[Said(text=asked)], tools=[], now=now, zone=ZONE))


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("The twine is on it, and you have two things today.", True), ("The twine is on it, and you have four things today.", False), ("The twine is on it, and you have one appointment tomorrow.", True), ("The twine is on it, and you have two appointments tomorrow.", False),
    ],
)  # fmt: skip
async def test_beside_a_receipt_the_next_events_are_counted(text: str, *, so: bool) -> None:
    """Nothing was read in this turn: the prompt tells how many there are on a day."""
    twine = receipt("add_task", farm_task("Twine"), "Twine is on your farm list.", title="Twine")
    assert (await said(text, twine) == text) is so


@pytest.mark.parametrize(("text", "so"), [("There are two eye tests.", True), ("There are three eye tests.", False)])
async def test_what_there_is_to_choose_from_is_counted_alone(text: str, *, so: bool) -> None:
    """The calendar that was read before has one of them, too."""
    assert (await computed(text, WEEK, TWO_TESTS) == text) is so
