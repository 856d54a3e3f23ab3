"""What no row says but all rows together do: gaps, orders, sums, what is left of a day, what was not done."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from integrations.model import Prompt, Said
from tests.unit.agent.claims.judged import called, spoken

ZONE = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 3, 4, 10, 20, tzinfo=ZONE)
"""A Wednesday."""


def event(title: str, starts: str, ends: str) -> dict[str, Any]:
    """One of tomorrow."""
    day = "2026-03-05T"
    return {"title": title, "starts": f"{day}{starts}:00+01:00", "ends": f"{day}{ends}:00+01:00", "all_day": False, "busy": True}  # fmt: skip


TOMORROW = {
    "result": {
        "events": [event("Stand-up", "09:15", "09:30"), event("Dentist", "10:00", "10:45"), event("Budget review", "15:00", "16:00")],
        "span": {"starts": "2026-03-05T00:00:00+01:00", "ends": "2026-03-06T00:00:00+01:00"},
        "conflicts": [],
    }
}  # fmt: skip
TASKS = {
    "result": {
        "tasks": [
            {"title": "Renew the passport", "due": "2026-02-27", "list": "Tasks", "done": False},
            {"title": "Send the report", "due": "2026-03-02", "list": "Work", "done": False},
            {"title": "Fix the bike", "due": None, "list": "Tasks", "done": False},
        ],
        "which": "open",
        "list": None,
    }
}
MOVED = {"receipt": {"title": "Plumber", "starts": "2026-03-04T17:00:00+01:00", "ends": "2026-03-04T17:30:00+01:00"}, "say": "Plumber is now today at 5 pm."}  # fmt: skip
ADDED = {"receipt": {"title": "Milk", "due": None, "list": "Shopping", "done": False}, "say": "Milk is on your shopping list."}  # fmt: skip


async def said(text: str, *told: tuple[str, dict[str, Any]], asked: str = "and?") -> str:
    """What is let go of an answer after these tools, or said instead."""
    lines = [Said(text=asked), *called(*told)]
    prompt = Prompt(system="", facts="", lines=lines, tools=[], now=NOW, zone=ZONE)
    return await spoken(text, prompt)


async def let_go(text: str, *told: tuple[str, dict[str, Any]]) -> bool:
    """Whether it is said as it stands."""
    return await said(text, *told) == text


EVENTS = ("list_events", TOMORROW)
SO: Sequence[str] = (
    "After the dentist you're free until three.", "There's nothing between the dentist and the budget review.", "You're done by four.", "Nothing before the stand-up, and nothing after four.",
    "You have a good four hours between the dentist and the budget review.", "Half an hour after the stand-up you're at the dentist.", "It's two hours of appointments in all.",
    "The dentist comes before the budget review.", "Your day ends with the budget review.", "One of them is in the afternoon.", "The first one starts just after nine.",
    "Nach dem Zahnarzt ist bis 15 Uhr nichts.", "Um Viertel nach neun ist das Stand-up, um zehn der Zahnarzt.", "Der Zahnarzt dauert eine Dreiviertelstunde.", "Ich habe nichts verschoben.",
)  # fmt: skip
NOT_SO: Sequence[str] = (
    "After the dentist you've got nothing else.", "Nothing before ten tomorrow.", "You're done by noon tomorrow.", "There's nothing after lunch tomorrow.",
    "You only have an hour between the dentist and the budget review.", "You have an hour between the stand-up and the dentist.", "The dentist takes an hour.",
    "The dentist comes after the budget review.", "Your day ends with the dentist.", "Two of them are in the afternoon.", "There's no stand-up tomorrow.",
    "Nach dem Zahnarzt hast du nichts mehr.", "Der Zahnarzt ist morgen um halb elf.", "Der Zahnarzt dauert zwei Stunden.", "Ich habe den Zahnarzt auf Freitag verschoben.", "Das Stand-up und der Zahnarzt überschneiden sich.",
)  # fmt: skip


@pytest.mark.parametrize("text", SO)
async def test_what_the_rows_come_to_is_said(text: str) -> None:
    """Gaps, orders, sums and free stretches that follow from what was read need no row of their own."""
    assert await let_go(text, EVENTS)


@pytest.mark.parametrize("text", NOT_SO)
async def test_what_the_rows_do_not_come_to_is_not(text: str) -> None:
    """The same, where it doesn't follow."""
    assert not await let_go(text, EVENTS)


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("The report is two days late.", True), ("The report is three days late.", False), ("Only the passport is overdue.", False),
        ("The passport and the report are overdue.", True), ("The bike is due tomorrow.", False), ("The bike has no due date.", True),
        ("You've already renewed the passport.", False), ("You still have to pay the rent.", False),
    ],
)  # fmt: skip
async def test_how_a_task_stands_is_computed(text: str, *, so: bool) -> None:
    """Its day, by how much it is late, and whether it alone is."""
    assert await let_go(text, ("list_tasks", TASKS)) is so


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("I couldn't move the plumber.", False), ("The milk isn't on your list yet.", False), ("Only the milk worked.", False), ("The plumber didn't work.", False),
        ("I haven't told the plumber, so do let them know.", True), ("I haven't set a reminder.", True), ("The milk has no due date.", True), ("Both done, anything else?", True),
    ],
)  # fmt: skip
async def test_a_deed_that_is_denied_is_judged_by_its_receipt(text: str, *, so: bool) -> None:
    """ "I couldn't" is as much a claim as "I did"."""
    assert await let_go(text, ("change_event", MOVED), ("add_task", ADDED)) is so


async def test_what_is_not_there_somebody_must_have_looked_for() -> None:
    """ "There's no haircut in your calendar" needs a tool that found none."""
    refused = {"error": "not_found", "say": "I found no event called “haircut”."}
    assert await let_go("There's no haircut in your calendar.", ("cancel_event", refused))
    assert not await let_go("There's no haircut in your calendar.")


async def test_free_until_an_hour_counts_from_the_one_that_was_asked_about() -> None:
    """Without one it is from the beginning of what was looked at."""
    hours = [("09:00", "10:00"), ("13:00", "16:00")]
    free = [{"starts": f"2026-03-05T{a}:00+01:00", "ends": f"2026-03-05T{b}:00+01:00"} for a, b in hours]
    span = {"starts": "2026-03-05T09:00:00+01:00", "ends": "2026-03-05T18:00:00+01:00"}
    told = ("find_free_time", {"result": {"is_free": False, "free": free, "busy": [event("Dentist", "10:00", "13:00")], "span": span}})  # fmt: skip
    text = "Yes, you're free until four tomorrow."
    assert await said(text, told, asked="am I free tomorrow at two?") == text
    assert await said(text, told, asked="am I free tomorrow?") != text


async def test_an_assertion_before_a_question_is_judged() -> None:
    """A question after it makes it no less a claim."""
    assert await said("All done, anything else?") == "I haven't done that."


async def test_a_cut_sentence_ends_before_the_truth_begins() -> None:
    """No "Sure, This …": what was said so far gets its full stop."""
    told = await said("Your dentist takes 45 minutes, then lunch with Anna is at one.", EVENTS)
    assert told.startswith("Your dentist takes 45 minutes. You have three things tomorrow")


async def test_a_lead_in_falls_with_what_it_leads_to() -> None:
    """ "In short," says nothing alone."""
    assert (await said("In short, I've sent it.")) == "I haven't sent anything to anybody."
