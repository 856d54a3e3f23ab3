"""How the tasks that were read stand: due when, late by how much, open or done."""

from typing import Any

import pytest

from tests.unit.agent.claims.test_computed import let_go, said


def task(title: str, due: str | None, *, done: bool = False) -> dict[str, Any]:
    """One of 2026; today is Wednesday the 4th of March."""
    return {"title": title, "due": due and f"2026-{due}", "list": "Garden", "done": done}


LIST = (
    task("Oil the gate", "02-25"), task("Order gravel", "01-20"), task("Return the ladder", "03-04"), task("Prune the vine", "03-06"), task("Repaint the shed", None),
    task("Empty the compost", "02-24", done=True), task("Book the tree surgeon", "03-09"), task("Sharpen the shears", "02-28"), task("Renew the allotment", "02-01"), task("Bring back the trailer", "02-12"), task("Order tiles", "02-20", done=True),
)  # fmt: skip
TASKS = ("list_tasks", {"result": {"tasks": [*LIST], "which": "all", "list": None}})
BOOKS = ("list_tasks", {"result": {"tasks": [task("Return the books", "03-06")], "which": "open", "list": None}})
ONE = ("list_tasks", {"result": {"tasks": [LIST[0]], "which": "open", "list": None}})


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("The gate isn't oiled yet.", True), ("The gate is overdue.", True), ("The vine is overdue.", False), ("The ladder is late.", False), ("The shed is overdue.", False),
        ("The gate and the gravel are overdue.", True), ("The gate has been overdue since last Wednesday.", True), ("The gate has been overdue since Monday.", False),
        ("The gate was due on Wednesday.", True), ("The gate was due on Tuesday.", False),
        ("The vine isn't due yet.", True), ("The gate isn't due yet.", False), ("The ladder isn't due yet.", False), ("The shed isn't due yet.", True),
        ("The shed has no due date.", True), ("The vine has no due date.", False), ("The vine doesn't have a deadline.", False),
        ("The vine is due on Friday.", True), ("The vine is due on Thursday.", False), ("The ladder is due today.", True), ("The vine is due today.", False),
        ("The shed is due on Friday.", False), ("You've got the shed on Friday.", False), ("You've got the vine on Friday.", True), ("The fence is due on Friday.", False), ("The roof is overdue.", False),
        ("You can do the vine by Friday.", True), ("You should have the vine done by Thursday.", False),
        ("The ladder is due today, and the vine on Friday.", True), ("The ladder is due today, the tree surgeon is due on Friday.", False), ("The ladder is due today and the vine is due tomorrow.", False),
        ("The compost is done.", True), ("The compost is already done, and the ladder is due today.", True), ("The gate is already done.", False), ("The vine is crossed off.", False),
        ("There's no hurry with the vine.", True), ("There's no hurry with the gate.", False), ("The gate can wait.", False), ("The shed can wait.", True),
        ("The tree surgeon needs to be booked by Monday.", True), ("The tree surgeon needs to be booked by Friday.", False),
    ],
)  # fmt: skip
async def test_a_task_is_due_when_its_row_says(text: str, *, so: bool) -> None:
    """Its day, whether it is over, whether there is one, and whether it is done."""
    assert await let_go(text, TASKS) is so


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("The gate is a week late.", True), ("The gate is two weeks late.", False), ("The gate is seven days overdue.", True), ("The gate is six days overdue.", False), ("The gate is eight days overdue.", False),
        ("The gate is over a week late.", False), ("The gate is over six days late.", True), ("The gate is more than three days late.", False), ("The gate is more than four days late.", True),
        ("The gate is almost nine days late.", True), ("The gate is almost seven days late.", True), ("The gate is nearly six days late.", False), ("The gate is nearly two weeks late.", False),
        ("The gate is about eight days late.", True), ("The gate is around six days late.", True), ("The gate is about nine days late.", False), ("The gate is about five days late.", False),
        ("The trailer is over ten days late.", True), ("The gravel is over a month late.", True), ("The gravel is about six weeks late.", True), ("The gravel is almost two months late.", True), ("The gravel is almost three months late.", False),
        ("The allotment is a month overdue.", True), ("The allotment is overdue by a month.", True), ("The allotment is two months overdue.", False), ("The gravel is a month overdue.", False),
        ("The trailer is almost a month late.", True), ("The shears are almost a week late.", False), ("The shears are almost six days late.", True), ("The trailer is nearly three weeks late.", True), ("The trailer is three weeks late.", False),
        ("The gravel has been overdue for the last 43 days.", True), ("The gravel has been overdue for the last 34 days.", False), ("The gate was due a week ago.", True), ("The ladder is a day late.", False),
        ("The shed is a day late.", False), ("The gravel is more than a day late.", False), ("The vine is two days late.", False),
    ],
)  # fmt: skip
async def test_it_is_late_by_so_much(text: str, *, so: bool) -> None:
    """To the day where days are said; "almost" is less, "over" is more, "about" may be either, and a month has thirty days or so."""
    assert await let_go(text, TASKS) is so


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("You have the vine on your list. One is due today.", True), ("The gate, it's overdue.", True), ("The vine, it's overdue.", False), ("You have the vine, and that's due on Friday.", True), ("You have the vine, and that's due on Thursday.", False),
        ("The vine is on your list. It's due on Friday.", True), ("The vine is on your list. It's due on Monday.", False), ("The ladder is on your list. It's overdue.", False), ("The gate is on your list. It's two days overdue.", False),
        ("The gate is on your list. It needs to be done by Monday.", False), ("The vine is on your list. It needs to be done by Friday.", True),
    ],
)  # fmt: skip
async def test_it_is_what_was_named_before(text: str, *, so: bool) -> None:
    """ "It's overdue" tells of the task that was told last."""
    assert await let_go(text, TASKS) is so


async def test_one_of_several_that_are_named_may_be_the_one() -> None:
    """Two gates: what is said needs to be so of the one that has more of the name."""
    two = [task("Oil the gate", "02-25"), task("Paint the wooden gate", "03-06")]
    told = ("list_tasks", {"result": {"tasks": two, "which": "open", "list": None}})
    assert await let_go("The wooden gate is due on Friday.", told)
    assert not await let_go("The wooden gate is overdue.", told)
    assert not await let_go("The wooden gate is a week late.", told)


REMINDERS = ("list_reminders", {"result": {"reminders": [{"id": "1", "text": "Rent the barn", "due": "2026-03-05T09:00:00+01:00"}]}})  # fmt: skip


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("The tiles have been ordered.", True), ("The trailer has been brought back.", False), ("The gravel's ordered.", False), ("The tree surgeon has been booked.", False), ("The compost has been emptied.", True), ("The tree surgeon isn't booked.", True),
        ("If the tree surgeon is booked, tell me.", True), ("The shears are sharpened.", False),
    ],
)  # fmt: skip
async def test_what_is_still_to_be_done_is_not_done(text: str, *, so: bool) -> None:
    """ "The gravel's ordered" is said of a task that is open: to order gravel."""
    assert await let_go(text, TASKS) is so


async def test_what_they_are_to_be_reminded_of_is_not_done() -> None:
    """A reminder to rent the barn rents no barn; what they told themselves may be said."""
    assert not await let_go("The barn's rented.", REMINDERS)
    assert await said("The barn's rented.", REMINDERS, asked="I rented the barn. what else?") == "The barn's rented."
    assert await let_go("You're to be reminded to rent the barn tomorrow at nine.", REMINDERS)


DONE = ("complete_task", {"receipt": {"title": "Oil the gate", "due": "2026-02-25", "list": "Garden", "done": True}, "say": "Oil the gate is ticked off."})  # fmt: skip


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("Ticked off, and only a week late.", True), ("The gate's ticked off, just two weeks late.", False), ("The gate's ticked off, in good time.", False), ("The gate is done.", True),
    ],
)  # fmt: skip
async def test_how_late_it_was_is_told_beside_what_was_done(text: str, *, so: bool) -> None:
    """A receipt of what was ticked off doesn't tell by itself how late that was."""
    assert await let_go(text, DONE) is so


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("The books are due on Friday.", True),
        ("The books are due today.", False),
        ("They're due on Friday.", True),
        ("It's due tomorrow.", False),
    ],
)
async def test_what_sounds_like_a_deed_has_a_day_as_well(text: str, so: bool) -> None:
    """ "The books": nobody books anything."""
    assert await let_go(text, BOOKS) is so
