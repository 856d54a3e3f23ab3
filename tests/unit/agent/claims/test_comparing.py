"""Which is the longest, the first, the second, the most urgent, the latest: of events, gaps, tasks, mails and changes."""

from typing import Any

import pytest

from tests.unit.agent.claims.test_lasting import span
from tests.unit.agent.claims.test_orders import TASKS
from tests.unit.agent.claims.test_related import let_go
from tests.unit.agent.claims.test_touching import DAY, Told, event, read

SO = (
    "Pottery is the longest.", "The longest one is at six.", "Pottery at six is the longest.", "Pottery, from six to eight, is the longest.", "The longest gap is after the glazier and before the tax talk.",
    "The longest one is pottery, with two hours.", "The longest is two hours.", "The shortest are forty-five minutes.", "The longest gap is between the glazier and the tax talk.",
    "The longest gap is two hours and fifteen minutes.", "Your second appointment is the glazier.", "The second one is the glazier at ten.", "The third appointment is the tax talk.", "Your fourth appointment is the allotment walk.",
    "The first one is choir rehearsal.", "The last one is pottery.", "The last thing today is pottery at six.", "Your day starts at nine.", "You start at nine and finish at eight.", "You finish at eight.",
    "The last appointment begins at six.", "Your first appointment was at nine.", "The glazier is at ten. The next one after that is the tax talk.", "The tax talk is at one. After that the next is the allotment walk.",
)  # fmt: skip
NOT_SO = (
    "The longest one is at nine.", "The longest gap is after the allotment walk and before pottery.",
    "The allotment walk is the longest.", "The longest one is the tax talk.", "The longest is an hour and a half.", "The shortest are thirty minutes.", "The longest gap is between the allotment walk and pottery.",
    "The longest gap is four hours.", "Your second appointment is the tax talk.", "The second one is the glazier at eleven.", "The third appointment is the glazier.", "Your fourth appointment is pottery.", "Your second appointment is the glazier at eleven.",
    "The first one is the glazier.", "The last one is the violin lesson.", "The last thing today is pottery at seven.", "Your day starts at ten.", "You start at nine and finish at six.", "You finish at six.",
    "The last appointment begins at three.", "Your first appointment was at ten.", "The first thing is pottery.", "Pottery is the shortest.", "Pottery comes first.",
    "The glazier is at ten. The next one after that is pottery.", "Pottery is at six. The next one after that is the violin lesson.", "The tax talk is at one. After that the next is pottery.",
)  # fmt: skip


@pytest.mark.parametrize(("text", "so"), [*((one, True) for one in SO), *((one, False) for one in NOT_SO)])
async def test_the_longest_the_first_and_the_second_of_a_day(text: str, *, so: bool) -> None:
    """By the hours of all that were read."""
    assert await let_go(text, DAY, asked="what's on today?", facts="") is so


TWICE = read(
    event("Throwing class", "09:00", "10:30", "09"), event("Bank", "12:00", "12:30", "09"), event("Throwing class", "18:00", "20:00", "10"),
    first="09", after="11",
)  # fmt: skip
MONDAY = read(event("Bank", "12:00", "12:30", "09"), event("Osteopath", "15:00", "15:45", "09"), event("Throwing class", "18:00", "20:00", "10"), first="09", after="11")  # fmt: skip


@pytest.mark.parametrize(
    ("told", "text", "so"),
    [
        (TWICE, "The second throwing class is on Tuesday.", True), (TWICE, "Your second throwing class is at six.", True), (TWICE, "The second throwing class is two hours long.", True), (TWICE, "The second throwing class is the longest.", True),
        (TWICE, "The second throwing class is on Monday.", False), (TWICE, "Your second throwing class is at nine.", False), (TWICE, "The second throwing class is three hours long.", False),
        (TWICE, "The third throwing class is on Tuesday.", False), (TWICE, "The second throwing class is at twelve.", False), (MONDAY, "Monday finishes with the osteopath.", True), (MONDAY, "The last one is on Tuesday.", True),
        (MONDAY, "The last one is on Monday.", False),
        (MONDAY, "The osteopath is the last thing on Monday.", True), (MONDAY, "The bank is the last thing on Monday.", False), (MONDAY, "On Monday the last one is the osteopath.", True), (MONDAY, "On Monday the last one is the bank.", False),
        (MONDAY, "On Monday you have two things, and the last is the osteopath.", True), (MONDAY, "On Monday you have two things, and the last is the throwing class.", False),
        (MONDAY, "Of the bank and the throwing class the bank is the shortest.", True),
        (MONDAY, "On Monday you finish at quarter to four.", True), (MONDAY, "On Monday you finish at eight.", False), (MONDAY, "On Tuesday you start at six.", True), (MONDAY, "On Tuesday you start at noon.", False),
    ],
)  # fmt: skip
async def test_the_second_of_a_name_and_the_last_of_a_day(told: Told, text: str, *, so: bool) -> None:
    """Of several days, each for itself."""
    assert await let_go(text, told, asked="what's on early next week?", facts="") is so


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("The most urgent is the freezer.", True), ("The most urgent are the freezer and the seeds.", True), ("The oldest one is the freezer.", True), ("The next deadline is the kite.", True), ("The next deadline after today is the sweep.", True),
        ("The kite is due today. The next deadline is the sweep.", True), ("The last one is the sweep.", True), ("The most overdue is the freezer.", True), ("First comes the freezer.", True), ("The latest is the sweep on Sunday.", True),
        ("The latest of the overdue ones is the seeds.", True), ("The latest of the overdue ones is the freezer.", False),
        ("The most urgent is the kite.", False), ("The most urgent are the freezer and the kite.", False), ("The oldest one is the seeds.", False), ("The next deadline is the bench.", False), ("The next deadline is the freezer.", False),
        ("The next deadline after today is the kite.", False), ("The next deadline is the sweep.", True), ("The last one is the kite.", False), ("The most overdue is the seeds.", False), ("The bench is the oldest.", False), ("The bench comes first.", False),
        ("The most urgent is the bench.", False), ("The next deadline is on Sunday.", True), ("The next deadline is tomorrow.", False), ("The next deadline is today.", True), ("The most urgent is Odile.", False), ("The latest is the kite.", False),
    ],
)  # fmt: skip
async def test_the_most_urgent_task_is_due_first(text: str, *, so: bool) -> None:
    """The bench has no day, the kite is due today."""
    assert await let_go(text, TASKS, asked="what do I have to do?", facts="") is so


def change(id: str, tool: str, title: str, at: str) -> dict[str, Any]:
    """One that stands."""
    return {"id": id, "tool": tool, "say": f"{title}: done.", "arguments": {}, "receipt": {"id": f"of {id}", "title": title}, "undone_at": None, "at": f"2026-03-04T{at}:00+01:00"}  # fmt: skip


def mail(sender: str, subject: str, at: str, *, unread: bool = True) -> dict[str, Any]:
    """One of this week."""
    return {"from": f"{sender} <post@example.org>", "to": ["me@example.com"], "subject": subject, "snippet": subject, "at": f"2026-03-{at}:00+01:00", "unread": unread, "important": False}  # fmt: skip


CHANGES: Told = ("list_changes", {"result": {"changes": [change("3", "add_task", "Oat milk", "10:00"), change("2", "change_event", "Physio", "09:30"), change("1", "complete_task", "Pay the rent", "09:00")]}})  # fmt: skip
MAILS: Told = ("search_email", {"result": {"messages": [mail("Odile", "Skylight quote", "04T07:10"), mail("Harun", "Ferry times", "03T12:00"), mail("Birch", "Six knots", "02T06:00", unread=False)], "query": ""}})  # fmt: skip
PAIR = read(event("Bank", "12:00", "12:30", "09"), event("Osteopath", "15:00", "15:45", "09"), first="09", after="10")
BUSY: Told = ("find_free_time", {"result": {"free": [span("11:00", "12:30"), span("16:00", "18:00"), span("20:00", "20:45")], "busy": [event("Bank", "12:30", "13:30"), event("Osteopath", "13:30", "16:00")], "span": span("09:00", "22:00"), "is_free": False, "minutes": None}})  # fmt: skip
FREE: Told = ("find_free_time", {"result": {"free": [span("11:00", "12:30"), span("16:00", "18:00"), span("20:00", "20:45")], "busy": [], "span": span("09:00", "22:00"), "is_free": False, "minutes": None}})  # fmt: skip


@pytest.mark.parametrize(
    ("told", "text", "so"),
    [
        (CHANGES, "The rent came first.", True), (CHANGES, "The latest was the oat milk.", True), (CHANGES, "The physio came first.", False), (CHANGES, "The oat milk came first.", False), (CHANGES, "The latest was the rent.", False), (CHANGES, "The last one was the physio.", False),
        (MAILS, "The newest is Odile's.", True), (MAILS, "The oldest is Birch's.", True), (MAILS, "The most recent is Odile's about the skylight.", True), (MAILS, "The oldest unread one is Harun's.", True),
        (MAILS, "The newest is Harun's.", False), (MAILS, "The oldest is Harun's.", False), (MAILS, "The latest one is from Birch.", False), (MAILS, "The most recent is Harun's about the ferry.", False), (MAILS, "The oldest unread one is Birch's.", False),
        (PAIR, "The osteopath is your second and last appointment.", True), (DAY, "The glazier is your second and last appointment.", False), (CHANGES, "The latest was at ten.", True), (BUSY, "Your second appointment is the osteopath.", True), (BUSY, "Your second appointment is the bank.", False), (BUSY, "The second one is two hours.", True),
        (FREE, "The longest is two hours.", True), (FREE, "The longest is an hour and a half.", False), (FREE, "The longest is at four.", True), (FREE, "The longest is at eleven.", False),
        (FREE, "The longest slot is two hours.", True), (FREE, "The longest gap is from four to six.", True), (FREE, "The shortest slot is forty-five minutes.", True), (FREE, "The second one is two hours.", True), (FREE, "The first slot is at eleven.", True),
        (FREE, "The last slot is from eight.", True), (FREE, "The longest window begins at four.", True), (FREE, "The longest slot is an hour and a half.", False), (FREE, "The longest gap is from eleven to half past twelve.", False),
        (FREE, "The shortest slot is two hours.", False), (FREE, "The second one is an hour and a half.", False), (FREE, "The first slot is at four.", False), (FREE, "The last slot is from four.", False), (FREE, "The longest window begins at eleven.", False),
    ],
)  # fmt: skip
async def test_the_first_change_the_newest_mail_the_longest_gap(told: Told, text: str, *, so: bool) -> None:
    """In the order in which they were done, came, and lie."""
    assert await let_go(text, told, asked="and which is it?", facts="") is so
