"""What comes next, before or after something else, and what is the only thing: by what was read, and the time it is."""

from typing import Any

import pytest

from tests.unit.agent.claims.test_related import let_go
from tests.unit.agent.claims.test_touching import DAY, Told, event, read

ASKED = "how does today look?"
SO = (
    "Your next appointment is the tax talk.", "The next one is at one.", "Your next meeting is at one, the tax talk.", "The tax talk is next.",
    "Your day ends with pottery.", "Your day starts with choir rehearsal.", "First the tax talk, then the allotment walk, then pottery.", "You have the tax talk, followed by the allotment walk.",
    "The tax talk comes before pottery.", "Pottery comes after the violin lesson.", "After the tax talk the allotment walk follows.", "After the violin lesson there's pottery.",
    "The tax talk is at one, and the allotment walk comes right after that.", "Choir rehearsal is right before the glazier.", "Before pottery you have the violin lesson.",
    "The violin lesson starts an hour after the allotment walk.", "The tax talk is before two.", "Pottery is after five.", "The violin lesson is before four.", "The tax talk leads right into the allotment walk.",
    "After the glazier comes the tax talk.", "After five there's only pottery.", "In the evening there's only pottery.", "You only have pottery in the evening.", "Before eleven there's only choir rehearsal and the glazier.",
)  # fmt: skip
NOT_SO = (
    "Your next appointment is choir rehearsal.", "Your next appointment is the glazier.", "Your next meeting is the allotment walk.", "The next one is at two.", "The next thing is pottery.", "Pottery is next.",
    "The violin lesson comes next.", "Your next event is the tax talk at two.", "Your next appointment is at ten.", "Your next appointment is tomorrow.",
    "Your day ends with the violin lesson.", "Your day starts with the glazier.", "First the allotment walk, then the tax talk, then pottery.", "First the tax talk, then pottery, then the allotment walk.",
    "You have the allotment walk, followed by the tax talk.", "The tax talk comes after pottery.", "Pottery comes before the violin lesson.", "After the allotment walk the tax talk follows.", "After pottery there's the violin lesson.",
    "The tax talk is at one, and pottery comes right after that.", "The glazier is right before the tax talk.", "Before the tax talk you have pottery.", "The tax talk is before one.", "Pottery is after seven.",
    "The violin lesson comes after the allotment walk.", "The tax talk leads right into pottery.", "The violin lesson is before three.", "After the tax talk comes the glazier.",
    "There's only pottery today.", "You only have the tax talk in the afternoon.", "It's only the violin lesson in the afternoon.", "You only have pottery left today.", "After two there's only pottery.",
    "Your only appointment is pottery.", "Today has only the tax talk.",
)  # fmt: skip


@pytest.mark.parametrize(("text", "so"), [*((one, True) for one in SO), *((one, False) for one in NOT_SO)])
async def test_the_order_of_a_day_is_told_as_it_is(text: str, *, so: bool) -> None:
    """It is twenty past ten: what has begun isn't next."""
    assert await let_go(text, DAY, asked=ASKED, facts="") is so


@pytest.mark.parametrize("text", ["Your next appointment is choir rehearsal.", "Your next one is at nine."])
async def test_what_is_over_is_not_next_even_if_nothing_else_comes(text: str) -> None:
    """Nothing is next then."""
    assert not await let_go(text, read(event("Choir rehearsal", "09:00", "10:00")), asked="what's next?", facts="")


REMINDERS: Told = ("list_reminders", {"result": {"reminders": [
    {"text": "Feed the axolotl", "due": "2026-03-04T09:00:00+01:00"}, {"text": "Turn the compost", "due": "2026-03-04T16:00:00+01:00"}, {"text": "Charge the drill", "due": "2026-03-05T08:00:00+01:00"},
]}})  # fmt: skip


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("The next reminder is the compost, at four.", True), ("Your next reminder is at four.", True), ("The next one is the compost.", True), ("After today the next one is the drill.", True),
        ("The next reminder is the axolotl.", False), ("Your next reminder is the drill.", False), ("The next one is at eight.", False), ("Your next reminder is at nine.", False), ("After today the next one is the compost.", False),
        ("There's only the drill tomorrow.", True), ("There's only the compost.", False), ("You've only got the drill set.", False),
    ],
)  # fmt: skip
async def test_the_next_reminder_is_the_first_that_is_still_to_come(text: str, *, so: bool) -> None:
    """Of those that were read."""
    assert await let_go(text, REMINDERS, asked="what do you remind me of?", facts="") is so


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("Your next appointment is the tax talk, at one.", True), ("The next one is at one.", True), ("Your next appointment is pottery.", False), ("The next one is at six.", False),
        ("Your next meeting is the dentist tomorrow.", False),
    ],
)  # fmt: skip
async def test_what_is_next_stands_in_the_agenda(text: str, *, so: bool) -> None:
    """With nothing called."""
    agenda = "Next on their calendar: Wed 13:00–14:00 “Tax talk”; Wed 18:00–20:00 “Pottery”; Thu 10:00–10:45 “Dentist”."
    assert await let_go(text, asked="what's next?", facts=agenda) is so


def task(title: str, due: str | None = None) -> dict[str, Any]:
    """An open one."""
    return {"title": title, "due": due, "list": "Home", "done": False}


TASKS: Told = ("list_tasks", {"result": {"tasks": [
    task("Defrost the freezer", "2026-03-01"), task("Order seeds", "2026-03-03"), task("Mend the kite", "2026-03-04"), task("Book the sweep", "2026-03-08"), task("Varnish the bench"),
], "which": "open", "list": None}})  # fmt: skip


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("The freezer is overdue.", True), ("The freezer and the seeds are both overdue.", True), ("The seeds are already overdue.", True), ("The kite is overdue.", False), ("The sweep is overdue.", False),
        ("The bench is overdue.", False), ("The seeds and the kite are overdue.", False), ("The sweep is still overdue.", False), ("There's only the kite due today.", True), ("There's only the kite to do.", False),
        ("You only have the bench to do.", False), ("The kite is the only open task.", False), ("Only the freezer is open.", False),
    ],
)  # fmt: skip
async def test_what_is_late_and_what_is_the_only_task(text: str, *, so: bool) -> None:
    """What is due today isn't late yet."""
    assert await let_go(text, TASKS, asked="what do I have to do?", facts="") is so


FEW = read(event("Choir rehearsal", "09:00", "10:00"), event("Fitting", "12:00", "12:45"), event("Pottery", "18:00", "20:00"))  # fmt: skip
FITTED = read(event("Choir rehearsal", "09:00", "10:00"), event("Fitting", "12:00", "12:45"))
TICKED: Told = ("complete_task", {"receipt": {"title": "Mend the kite", "due": "2026-03-04", "list": "Home", "done": True}, "say": "Mend the kite is done."})  # fmt: skip


@pytest.mark.parametrize(
    ("told", "text", "so"),
    [
        (FEW, "You only have the fitting in the afternoon.", True), (FEW, "You only have pottery in the evening.", True), (FEW, "You only have the fitting in the evening.", False), (FEW, "You only have the fitting today.", False),
        (FEW, "You only have the fitting left today.", False), (FITTED, "You only have the fitting left today.", True), (FITTED, "There's only the fitting today.", False), (FITTED, "You only have choir rehearsal left today.", False),
        (TICKED, "That was the last thing on your list.", False), (TICKED, "That was your last open task.", False),
    ],
)  # fmt: skip
async def test_what_is_the_only_thing_of_a_part_of_the_day(told: Told, text: str, *, so: bool) -> None:
    """What is over isn't left; of the last one somebody must have seen all."""
    assert await let_go(text, told, asked="and what's left?", facts="") is so


@pytest.mark.parametrize(("text", "so"), [("Your next reminder is at four.", True), ("Your next reminder is at one.", False), ("Your next appointment is at one.", True), ("Your next appointment is at four.", False)])  # fmt: skip
async def test_the_next_is_the_next_of_its_kind(text: str, *, so: bool) -> None:
    """Of events and reminders that were both read."""
    assert await let_go(text, DAY, REMINDERS, asked="what's next?", facts="") is so
