"""A claim over its receipt, detail by detail: hours, days, names, titles, reasons, and how many."""

import pytest

from tests.unit.agent.claims.test_elsewhere_deeds import (
    ADDED,
    BARN,
    CLASHES,
    DONE,
    HIVES,
    KEPT,
    MOVED,
    RENAMED,
    SEEDS,
    UNMINDED,
    Told,
    receipt,
    said,
    task,
)

RAKED = receipt("complete_task", task("Rake the paddock", done=True), "Rake the paddock is done.", task="paddock")
UNSET: Told = ("undo", {"receipt": {"undone": [{"tool": "set_reminder", "say": HIVES[1]["say"], "receipt": HIVES[1]["receipt"]}]}, "say": "Undone: close the hives."}, {})  # fmt: skip
TWO: Told = ("undo", {"receipt": {"undone": [{"tool": "add_task", "say": one[1]["say"], "receipt": one[1]["receipt"]} for one in (SEEDS, DONE)]}, "say": "Undone. Both are off your list."}, {})  # fmt: skip
MINE = receipt("remember", {"text": "I only drink green tea"}, "I'll remember that you only drink green tea.")
PAIR = receipt("add_task", task("Fix two gates"), "Fix two gates is on your farm list.", title="Fix two gates")
PLANK = receipt("add_task", task("Plane the plank", list="Work"), "Plane the plank is on your work list.", title="Plane the plank", list="work")  # fmt: skip

NUTS = receipt("remember", {"text": "Noor is allergic to nuts"}, "I'll remember that Noor is allergic to nuts.")
PEAS = receipt("remember", {"text": "Noor has an allergy to peas"}, "I'll remember that Noor has an allergy to peas.")
BEES = receipt("change_event", MOVED[1]["receipt"], MOVED[1]["say"], event="bees", when="16:30")
WEEKLY = receipt("add_event", {**ADDED[1]["receipt"], "recurrence": "RRULE:FREQ=WEEKLY"}, "Farrier is on your calendar, every Thursday from 2 to 3 pm.", title="Farrier")  # fmt: skip


@pytest.mark.parametrize(
    ("text", "so", "told"),
    [
        ("I've ticked off the twine today, due Friday.", False, (DONE,)), ("Today I've ticked off the twine.", True, (DONE,)), ("I've ticked off the twine on Friday.", False, (DONE,)), ("Today I've added the farrier for Friday.", False, (ADDED,)), ("Today I've added the farrier for Thursday.", True, (ADDED,)), ("I've added the farrier for Thursday, so far.", True, (ADDED,)),
        ("I've added the farrier for two.", True, (ADDED,)), ("I've added the farrier, every Thursday.", True, (WEEKLY,)), ("I've added the farrier, every Friday.", False, (WEEKLY,)), ("I've moved the beekeeper to this afternoon.", True, (MOVED,)), ("I've added the farrier for three hours.", False, (ADDED,)), ("I've added the farrier for an hour.", True, (ADDED,)), ("I've added the farrier visit.", True, (ADDED,)), ("I've added the trip.", False, (ADDED,)),
        ("I've dropped it since Ivo feeds the goats now.", True, (UNMINDED,)), ("I've dropped it since the vet lives in Bonn now.", False, (UNMINDED,)),
        ("It's no longer called Paint the gate.", True, (RENAMED,)), ("It's called Paint both gates now.", True, (RENAMED,)), ("It's called Paint a gate now.", False, (RENAMED,)),
        ("I've taken the reminder away again.", True, (UNSET,)), ("The reminder is off again.", True, (UNSET,)), ("The reminder is set.", False, (ADDED,)), ("The reminder is set.", True, (HIVES,)),
        ("I've noted that you only drink green tea.", True, (MINE,)), ("I've noted that you only eat rye bread.", False, (KEPT,)), ("I've noted that Noor only eats rye bread.", True, (KEPT,)),
        ("I've moved the beekeeper to eleven, which overlaps with the greenhouse tour.", True, (CLASHES,)), ("I've moved the greenhouse tour to eleven.", False, (CLASHES,)),
        ("I've added two gates to your farm list.", True, (PAIR,)), ("I've added Fix two gates.", True, (PAIR,)), ("I've added two tasks.", False, (PAIR,)), ("I've ticked off two tasks.", True, (DONE, RAKED)), ("I've ticked off three tasks.", False, (DONE, RAKED)), ("I've undone two changes.", True, (TWO,)), ("I've undone three changes.", False, (TWO,)),
        ("I've also ticked off the twine.", False, (DONE,)), ("I've also ticked off the twine.", True, (RAKED, DONE)), ("I've ticked off both of them.", False, (DONE,)), ("I've ticked off both of them.", True, (DONE, RAKED)), ("That's one fewer.", True, (DONE,)), ("That's two fewer.", False, (DONE,)),
        ("Two tasks: I've ticked off the twine.", True, (DONE, RAKED)), ("Three tasks: I've ticked off the twine.", False, (DONE, RAKED)), ("Two tasks: done: I've ticked off the twine.", True, (DONE, RAKED)),
        ("I've put both of them on your farm list.", True, (SEEDS, PAIR)), ("I've put both of them on your farm list.", False, (SEEDS, PLANK)), ("I've put both on your list.", True, (SEEDS, PLANK)), ("I've noted Noor's allergy to nuts.", True, (NUTS,)), ("I've noted that Noor is allergic to peas.", True, (PEAS,)), ("I've noted Noor's alley full of nuts.", False, (NUTS,)),
        ("I've moved the bees to half past four.", True, (BEES,)), ("I've moved the bees to half past four.", False, (MOVED,)), ("I've added the farrier every week.", True, (WEEKLY,)), ("I've added the farrier every week.", False, (ADDED,)),
        ("I've moved the beekeeper an hour later.", True, (MOVED,)), ("I've moved the beekeeper two hours later.", False, (MOVED,)), ("I've moved the beekeeper to eleven and it overlaps with the greenhouse tour.", True, (CLASHES,)),
        ("I've added it without a date.", True, (SEEDS,)), ("I've changed it, without a due date.", False, (BARN,)), ("I've blocked the whole day.", False, (ADDED,)), ("I've moved the beekeeper from half past three to half past four.", True, (MOVED,)), ("I've moved the beekeeper from three to half past four.", False, (MOVED,)),
    ],
)  # fmt: skip
async def test_the_details_of_a_claim_are_those_of_its_receipt(text: str, *, so: bool, told: tuple[Told, ...]) -> None:
    """Not another hour, another thing, or one more of them."""
    asked = "Ivo feeds the goats, so drop that" if told == (UNMINDED,) else "go on"
    assert (await said(text, *told, asked=asked) == text) is so
