"""How things lie to each other, and what is so of all of them: computed from what tools gave, in whatever words it is told."""

from typing import Any

import pytest

from integrations.model import Prompt, Said
from tests.unit.agent.claims.judged import called, spoken
from tests.unit.agent.claims.test_computed import ADDED, MOVED, NOW, TASKS, TOMORROW, ZONE

AGENDA = (
    "Next on their calendar: Wed 14:00–15:30 “Design workshop”; Wed 16:30–17:00 “Plumber”; Thu 10:00–10:45 “Dentist”."
)
"""As the prompt has it: with the ends, so that what comes right after something can be told."""
UNREAD = {
    "result": {
        "messages": [
            {"from": "Sarah Lindqvist", "subject": "Contract draft", "snippet": "Please tell me by Friday.", "at": "2026-03-04T08:40:00+01:00", "unread": True, "important": True},
            {"from": "Tom Becker", "subject": "Budget numbers", "snippet": "Please send me the report before the review.", "at": "2026-03-03T17:05:00+01:00", "unread": True, "important": True},
            {"from": "The Slow Cook", "subject": "Five soups", "snippet": "Leek and pea.", "at": "2026-03-03T06:30:00+01:00", "unread": True, "important": False},
        ]
    }
}  # fmt: skip
Told = tuple[str, dict[str, Any]]


async def let_go(text: str, *told: Told, asked: str = "and?", facts: str = AGENDA) -> bool:
    """Whether an answer is said word for word after these tools."""
    lines = [Said(text=asked), *called(*told)]
    prompt = Prompt(system="", facts=facts, lines=lines, tools=[], now=NOW, zone=ZONE)
    return await spoken(text, prompt) == text


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("The budget review is the longest of the three.", True), ("The dentist takes up the most time.", False),
        ("The shortest one is the stand-up.", True), ("The budget review is your shortest.", False),
        ("Your second appointment is the dentist.", True), ("The budget review is your second appointment.", False),
        ("The dentist is on the fifth, which is a Thursday.", True), ("The dentist is on the fifth, which is a Friday.", False), ("The dentist is tomorrow, and that's a Thursday.", True), ("The dentist is tomorrow, and that's a Wednesday.", False),
        ("You start at a quarter past nine.", True), ("You start at ten.", False),
    ],
)  # fmt: skip
async def test_the_longest_and_the_first_are_looked_up(text: str, *, so: bool) -> None:
    """Superlatives and places in an order."""
    assert await let_go(text, ("list_events", TOMORROW)) is so


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("None of them run back to back.", True), ("The stand-up and the dentist are back to back.", False),
        ("The dentist starts exactly when the stand-up ends.", False), ("The budget review is in the middle of the dentist.", False),
        ("The dentist goes on until the budget review starts.", False), ("The dentist is over before the budget review starts.", True),
        ("Nothing gets in each other's way.", True), ("You'll be through before the budget review starts.", True),
        ("Thirty minutes after the stand-up you're at the dentist.", True), ("Between the dentist and the budget review you've got just under two hours.", False),
    ],
)  # fmt: skip
async def test_how_two_things_lie_to_each_other(text: str, *, so: bool) -> None:
    """Touching, at once, one in the other, and how far apart."""
    assert await let_go(text, ("list_events", TOMORROW)) is so


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("The plumber comes half an hour later now.", True), ("He comes an hour later than before.", False),
        ("The plumber is half an hour earlier now.", False), ("That's an hour and a half after your workshop.", True),
        ("That's the very minute your workshop ends.", False),
    ],
)  # fmt: skip
async def test_a_change_is_measured_by_what_was_there(text: str, *, so: bool) -> None:
    """By how much, which way, and what it lies next to now: the agenda has what stood there."""
    assert await let_go(text, ("change_event", MOVED)) is so


@pytest.mark.parametrize(
    ("text", "told", "so"),
    [
        ("Only the report is late.", ("list_tasks", TASKS), False), ("Two of them are overdue.", ("list_tasks", TASKS), True),
        ("Not one of them has a date.", ("list_tasks", TASKS), False), ("All of your work tasks are late.", ("list_tasks", TASKS), True),
        ("The oldest one is the passport.", ("list_tasks", TASKS), True), ("The bike's the oldest one.", ("list_tasks", TASKS), False),
        ("Each of them is important.", ("search_email", UNREAD), False), ("Two of them are important.", ("search_email", UNREAD), True),
        ("You've read it all.", ("search_email", UNREAD), False), ("Tom sent you the report.", ("search_email", UNREAD), False),
        ("Tom would like the report once the review is over.", ("search_email", UNREAD), False), ("Netline wants your money.", ("search_email", UNREAD), False),
    ],
)  # fmt: skip
async def test_all_none_and_only_are_counted(text: str, told: Told, *, so: bool) -> None:
    """Each row tells whether it is so of it."""
    assert await let_go(text, told) is so


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("The plumber's had a message about it.", False), ("The plumber himself hasn't heard about it.", True), ("I'll keep an eye on it for you.", False),
        ("I'll ring the plumber for you.", False), ("If you give me his number, I'll note it down.", True), ("It repeats daily.", False),
    ],
)  # fmt: skip
async def test_nobody_is_reached_and_nothing_watched_over(text: str, *, so: bool) -> None:
    """What no receipt shows was neither told to anybody nor will it come by itself."""
    assert await let_go(text, ("change_event", MOVED)) is so


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("That makes five things to buy.", False), ("It had been on the list before.", False), ("Two litres of milk.", False),
        ("It's on your Work list.", False), ("Milk's on there now.", True), ("The milk didn't make it onto the list.", False),
    ],
)  # fmt: skip
async def test_a_receipt_tells_nothing_of_the_rest(text: str, *, so: bool) -> None:
    """What stood there before, and the whole list, nobody has looked at."""
    assert await let_go(text, ("add_task", ADDED)) is so


@pytest.mark.parametrize(
    "text", ["I've moved the plumber to five, and the same goes for the workshop.", "I've moved the plumber, and so did the workshop."]
)  # fmt: skip
async def test_the_same_deed_for_something_else_needs_its_own_receipt(text: str) -> None:
    """Only the plumber was moved."""
    assert not await let_go(text, ("change_event", MOVED))


@pytest.mark.parametrize(
    ("asked", "text", "so"),
    [
        ("what's on tomorrow?", "The dentist at ten.", True), ("what's on tomorrow?", "The workshop at two.", False), ("what's on tomorrow?", "A quiet day.", False),
        ("anything important in my mail?", "Only newsletters.", False), ("anything important in my mail?", "I'd have to look first.", True),
        ("what does next week look like?", "Next week starts on Monday the ninth.", True), ("tick off the passport", "Passport's off.", False),
        ("tick off the passport", "The passport, right?", True), ("tell me something nice", "Otters hold hands while they sleep.", True),
    ],
)  # fmt: skip
async def test_nothing_is_known_that_nobody_looked_at(asked: str, text: str, *, so: bool) -> None:
    """With no tool called: the prompt's agenda on the day that is asked about, the calendar on the wall, and their own words."""
    assert await let_go(text, asked=asked) is so


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("It's twenty past ten.", True),
        ("We're at 10:20, ten minutes short of half past.", True),
        ("It's almost eleven.", False),
    ],
)
async def test_now_is_told_by_the_clock(text: str, *, so: bool) -> None:
    """The present moment in any words."""
    told = {"result": {"now": NOW.isoformat(), "zone": "Europe/Berlin", "say": "It's 10:20 am."}}
    assert await let_go(text, ("get_time", told)) is so
