"""Who takes part, what was before, what comes again, which list, which part, which mail: only the rows bear it out."""

from typing import Any

import pytest

from tests.unit.agent.claims.test_computed import ADDED, EVENTS, MOVED, TASKS, TOMORROW, event, let_go, said

WITH_TOM = {"result": {**TOMORROW["result"], "events": [event("Budget review", "15:00", "16:00") | {"guests": ["tom.becker@example.com"]}, event("Dentist", "10:00", "10:45"), event("Workshop", "10:30", "12:00")]}}  # fmt: skip
BEFORE = {"result": {"events": [{"title": "Plumber", "starts": "2026-03-04T16:30:00+01:00", "ends": "2026-03-04T17:00:00+01:00", "busy": True}]}}  # fmt: skip
REMIND = {"receipt": {"text": "call the garage", "due": "2026-03-04T17:00:00+01:00"}, "say": "I'll remind you today at 5 pm: call the garage."}  # fmt: skip
REMINDERS = {"result": {"reminders": [{"text": "Put the bins out", "due": "2026-03-05T20:00:00+01:00"}]}}
REFUSED = {"error": "not_found", "say": "I found no event called “piano lesson”."}
CHOICES = {"error": "ambiguous", "say": "Which one: Review, tomorrow, Thursday the 5th, at 3 pm or Review, Monday the 9th at 11 am?", "choices": ["Review, tomorrow, Thursday the 5th, at 3 pm", "Review, Monday the 9th at 11 am"]}  # fmt: skip
TIME = {"result": {"now": "2026-03-04T10:20:00+01:00", "say": "It's 10:20 am."}}
MEMORY = {"result": {"memories": [{"text": "Anna is vegetarian"}]}}


def list_of(told: dict[str, Any]) -> list[dict[str, Any]]:
    """The tasks of an answer."""
    found: list[dict[str, Any]] = told["result"]["tasks"]
    return found


def mail(sender: str, subject: str, at: str, *, important: bool) -> dict[str, Any]:
    """One of the inbox."""
    return {"from": f"{sender} <someone@example.com>", "subject": subject, "snippet": f"About {subject}.", "at": f"2026-03-{at}:00+01:00", "unread": True, "important": important}  # fmt: skip


MAILS = {"result": {"messages": [mail("Sarah", "Contract", "04T08:40", important=True), mail("Tom", "Budget", "03T17:05", important=True), mail("Soup Club", "Five soups", "03T06:30", important=False)]}}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("Tom will be at the budget review.", True), ("Sarah will be at the budget review.", False), ("Anna is joining the dentist.", False),
        ("The budget review is with Tom. Sarah will be there, too.", False), ("The dentist falls right into your workshop.", True),
        ("The budget review clashes with your workshop.", False), ("First the dentist, then the budget review.", True), ("First the budget review, then the dentist.", False),
        ("The dentist is every Thursday.", False),
    ],
)  # fmt: skip
async def test_who_takes_part_and_what_overlaps_stands_in_the_rows(text: str, *, so: bool) -> None:
    """A guest stands in the row of the event; two that are named overlap each other."""
    assert await let_go(text, ("list_events", WITH_TOM)) is so


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("The plumber's at five instead of half past four.", True), ("The plumber's at five instead of three.", False),
        ("Before that it was half past four.", True), ("I've moved the plumber from half past four to five.", True), ("I've moved the plumber from three to five.", False),
    ],
)  # fmt: skip
async def test_the_old_hour_is_the_one_it_had(text: str, *, so: bool) -> None:
    """What it was before isn't the receipt's, but what was read before."""
    assert await let_go(text, ("list_events", BEFORE), ("change_event", MOVED)) is so


@pytest.mark.parametrize(
    ("text", "so"),
    [("I'll remind you at five to call the garage.", True), ("I'll remind you every day at five to call the garage.", False)],
)  # fmt: skip
async def test_what_is_set_once_does_not_come_again(text: str, *, so: bool) -> None:
    """ "Every day" needs a rule in the receipt."""
    assert await let_go(text, ("set_reminder", REMIND)) is so


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("Milk's on your shopping list.", True), ("Milk's on your work list.", False), ("That makes five things on it.", False), ("That was the last thing due today.", False),
        ("The first part is done.", True), ("The second part worked.", False), ("Both parts are done.", False), ("The piano lesson is already on Friday.", False),
    ],
)  # fmt: skip
async def test_a_part_of_a_job_and_its_list_are_the_receipts(text: str, *, so: bool) -> None:
    """Which of two was done, where it stands, and no more than that."""
    assert await let_go(text, ("add_task", ADDED), ("change_event", REFUSED)) is so


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("There are two on your general list and one for work.", False), ("One for work, the report.", True), ("Everything on your work list is overdue.", True),
        ("All your tasks are done.", False), ("You need to fix the bike tomorrow.", False), ("The passport isn't due yet.", False),
    ],
)  # fmt: skip
async def test_lists_are_counted_one_by_one(text: str, *, so: bool) -> None:
    """So many on each, and all of one."""
    tasks = {"result": {**TASKS["result"], "tasks": [*list_of(TASKS), {"title": "Eggs", "due": None, "list": "General", "done": False}]}}  # fmt: skip
    assert await let_go(text, ("list_tasks", tasks)) is so


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("The latest one came in this morning at 8:40 from Sarah.", True), ("The latest one is from Tom.", False), ("Sarah wrote today, and the other two came in yesterday.", True),
        ("Sarah wrote yesterday, and the other two came in today.", False), ("All three are important.", False), ("Tom's is important.", True),
        ("There's one about five soups. Nothing urgent there.", True), ("There's one from Sarah about the contract. Nothing urgent there.", False),
    ],
)  # fmt: skip
async def test_mails_are_told_by_when_and_from_whom_they_came(text: str, *, so: bool) -> None:
    """The newest, the others, all of them, and how they are marked."""
    assert await let_go(text, ("search_email", MAILS)) is so


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("There's one tomorrow at three, and another on Monday the 9th at eleven.", True), ("The other one's next Monday at eleven.", True),
        ("There are two, tomorrow at eleven and Monday at three.", False),
    ],
)  # fmt: skip
async def test_options_are_told_one_by_one(text: str, *, so: bool) -> None:
    """An hour of one and the day of another are none of them."""
    assert await let_go(text, ("cancel_event", CHOICES)) is so


@pytest.mark.parametrize(
    ("text", "told", "so"),
    [
        ("It's ten twenty, so still forty minutes until eleven.", ("get_time", TIME), True), ("It's ten twenty, so twenty minutes until eleven.", ("get_time", TIME), False),
        ("Anna is vegetarian.", ("recall", MEMORY), True), ("Anna is vegan.", ("recall", MEMORY), False), ("Anna eats fish.", ("recall", MEMORY), False),
        ("There's nothing set for Friday or Saturday.", ("list_reminders", REMINDERS), True), ("There's nothing set for tomorrow.", ("list_reminders", REMINDERS), False),
        ("The dentist is the day after tomorrow.", EVENTS, False), ("Am Abend steht nichts im Kalender.", EVENTS, True), ("Morgen hast du nichts vor.", EVENTS, False),
    ],
)  # fmt: skip
async def test_what_one_tool_told_is_told_as_it_is(text: str, told: tuple[str, dict[str, Any]], *, so: bool) -> None:
    """Arithmetic on the time, a memory, an empty stretch."""
    assert await let_go(text, told) is so


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("I haven't changed anything yet.", True), ("So Friday at ten, with Anna as a guest, right?", True), ("Friday at ten, it's done.", False), ("Done, ten o'clock it is.", False),
        ("The bike is gone.", False), ("Anna's got the invitation.", False), ("You're done with everything for today.", False), ("All your tasks are done.", False),
    ],
)  # fmt: skip
async def test_before_anything_was_called_nothing_was_done(text: str, *, so: bool) -> None:
    """That nothing has been changed is so, and what was asked for may be asked again."""
    assert (await said(text, asked="make it friday at ten and invite Anna as a guest") == text) is so
