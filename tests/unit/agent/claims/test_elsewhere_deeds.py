"""What is said to be done, for somebody else's things: whatever they are called, the receipts of this turn and of before tell."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from integrations.model import Line, Prompt, Replied, Said
from tests.unit.agent.claims.judged import called, spoken

ZONE = ZoneInfo("America/Halifax")
NOW = datetime(2026, 9, 15, 8, 40, tzinfo=ZONE)
"""A Tuesday."""
AGENDA = "Next on their calendar: Tue 10:00–11:30 “Greenhouse tour”; Tue 15:30–16:00 “Beekeeper”; Wed 09:00–09:45 “Violin lesson”."
Told = tuple[str, dict[str, Any], dict[str, Any]]


def event(title: str, day: int, starts: str, ends: str) -> dict[str, Any]:
    """One of September."""
    return {"title": title, "starts": f"2026-09-{day}T{starts}:00-03:00", "ends": f"2026-09-{day}T{ends}:00-03:00", "all_day": False, "busy": True}  # fmt: skip


def receipt(tool: str, of: dict[str, Any], say: str, **arguments: Any) -> Told:
    """What a tool that wrote something gave."""
    return tool, {"receipt": {"id": say, **of}, "say": say}, arguments


def refused(tool: str, error: str, say: str, **more: Any) -> Told:
    """What a tool that didn't."""
    return tool, {"error": error, "say": say}, more


def task(title: str, due: str | None = None, **more: Any) -> dict[str, Any]:
    """One of the farm's list."""
    return {"title": title, "due": due, "list": "Farm", "done": False, **more}


MOVED = receipt("change_event", event("Beekeeper", 15, "16:30", "17:00"), "Beekeeper is now today, Tuesday the 15th, at 4:30 pm.", event="beekeeper", when="16:30")  # fmt: skip
CLASHES = receipt("change_event", event("Beekeeper", 15, "11:00", "11:45"), "Beekeeper is now today, Tuesday the 15th, at 11 am. It overlaps with Greenhouse tour.", event="beekeeper", when="11:00")  # fmt: skip
SEEDS = receipt("add_task", task("Order clover seeds"), "Order clover seeds is on your farm list.", title="Order clover seeds", list="farm")  # fmt: skip
BARN = receipt("change_task", task("Rent the barn", "2026-09-21"), "Rent the barn is now due Monday the 21st.", task="barn", due="monday")  # fmt: skip
RENAMED = receipt("change_task", task("Paint both gates"), "Paint the gate is now called Paint both gates.", task="gate", title="Paint both gates")  # fmt: skip
DONE = receipt("complete_task", task("Buy twine", "2026-09-15", done=True), "Buy twine is done.", task="twine")
HIVES = receipt("set_reminder", {"text": "close the hives", "due": "2026-09-15T09:30:00-03:00"}, "I'll remind you today at 9:30 am: close the hives.")  # fmt: skip
UNMINDED = receipt("cancel_reminder", {"text": "Feed the goats", "due": "2026-09-18T07:45:00-03:00", "gone": True}, "I won't remind you of this any more: Feed the goats.")  # fmt: skip
DRAFTED = receipt("draft_email", {"from": "Mika", "subject": "Honey", "to": ["noor@example.org"], "body": "Hi Noor, I've asked Ivo for the jars. Mika"}, "I've drafted a mail to Noor: “Hi Noor, I've asked Ivo for the jars. Mika” It isn't sent.")  # fmt: skip
KEPT = receipt("remember", {"text": "Noor only eats rye bread"}, "I'll remember that Noor only eats rye bread.")
ADDED = receipt("add_event", event("Farrier", 17, "14:00", "15:00"), "Farrier is on your calendar, Thursday the 17th from 2 to 3 pm.", title="Farrier")  # fmt: skip
UNDONE: Told = ("undo", {"receipt": {"undone": [{"tool": "add_event", "say": ADDED[1]["say"], "receipt": ADDED[1]["receipt"]}]}, "say": "Undone. Farrier is off your calendar again."}, {})  # fmt: skip
CHANGES: Told = ("list_changes", {"result": {"changes": [{"tool": tool, "say": content["say"], "receipt": content["receipt"], "undone_at": None} for tool, content, _ in (MOVED, SEEDS)]}}, {})  # fmt: skip


async def said(text: str, *told: Told, asked: str = "go on", before: tuple[Told, ...] = ()) -> str:
    """What is let go of an answer after these tools, or said instead. `before`: those of the turn before."""
    lines: list[Line] = []
    for at, (words, tools) in enumerate((("do it", before), (asked, told))):
        lines += [Said(text=words)] if tools or at else []
        for place, (tool, content, arguments) in enumerate(tools):
            lines += called((tool, content), turn=f"{at}{place}", arguments=arguments)
        lines += [Replied(text="Done.", mind="model")] if tools and not at else []
    prompt = Prompt(system="", facts=AGENDA, lines=lines, tools=[], now=NOW, zone=ZONE)
    return await spoken(text, prompt)


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("I put the clover seeds on the farm list and moved the beekeeper to half past four.", True),
        ("I've moved the beekeeper to 4:30 pm. I also added the clover seeds.", True),
        ("The clover seeds came first.", True), ("The last thing I did was move the beekeeper.", True),
        ("I moved the clover seeds to half past four.", False), ("I've added the beekeeper and moved the clover seeds to half past four.", False),
        ("All I did was move the beekeeper.", False), ("The beekeeper came first.", False), ("I've also sent Noor a mail.", False),
    ],
)  # fmt: skip
async def test_the_list_of_changes_bears_out_what_was_done(text: str, *, so: bool) -> None:
    """Each of its lines is a receipt, in the order in which it was done, also of things that this thread knows nothing of."""
    assert (await said(text, CHANGES, asked="what have you done today?") == text) is so


async def test_what_the_thread_has_receipts_for_is_not_denied() -> None:
    """ "I haven't changed anything there" would be as untrue as what it is said instead of."""
    told = await said("I've moved the beekeeper to seven.", CHANGES, asked="what have you changed?")
    assert "Beekeeper is now today" in told
    told = await said("I've added the farrier for Friday.", asked="and?", before=(ADDED,))
    assert "haven't put" not in told
    assert "Thursday the 17th" in told


@pytest.mark.parametrize(
    ("text", "so", "told"),
    [
        ("It's at eleven now, but it collides with the greenhouse tour.", True, CLASHES), ("It's moved, but it collides with the violin lesson.", False, CLASHES),
        ("Be aware that it overlaps with the greenhouse tour.", False, MOVED), ("It overlaps with your chess club.", False, CLASHES),
        ("The greenhouse tour is over by then.", True, MOVED), ("At that time the greenhouse tour is still on.", False, MOVED),
        ("That's directly after the greenhouse tour.", False, MOVED), ("That's tomorrow.", False, MOVED), ("That's today.", True, MOVED),
        ("It's at half four now, which leaves you five hours after the greenhouse tour.", True, MOVED), ("It's at half four now, which leaves you two hours after the greenhouse tour.", False, MOVED),
        ("Your beekeeper visit starts at half past four and ends at five.", True, MOVED), ("It's in at half five.", False, MOVED),
    ],
)  # fmt: skip
async def test_how_what_was_written_lies_to_the_rest_is_computed(text: str, *, so: bool, told: Told) -> None:
    """By its hours, or by what its receipt says it overlaps with."""
    assert (await said(text, told) == text) is so


@pytest.mark.parametrize(
    ("text", "so", "told"),
    [
        ("I let the honey shop know.", False, MOVED), ("I spoke to the beekeeper about it.", False, MOVED), ("I checked with them and they're fine with it.", False, MOVED),
        ("The barn's rented.", False, BARN), ("The barn task is due on 21 September.", True, BARN), ("That leaves you six days for the barn.", True, BARN), ("That leaves you four days for the barn.", False, BARN),
        ("I couldn't change the due date.", False, BARN), ("I haven't changed the title.", True, BARN),
        ("The gate task is now Paint both gates.", True, RENAMED), ("I've changed the title to Paint both gates.", True, RENAMED), ("It's called Paint all gates now.", False, RENAMED),
        ("Noted. I've set the twine task to done.", True, DONE), ("Ticked off, and only a day late.", False, DONE),
        ("I've closed the hives for you.", False, HIVES), ("I've turned the heating down a little.", False, HIVES), ("I'll remind you at twenty to ten.", False, HIVES), ("I need your yes before I set it.", False, HIVES),
        ("I won't nag you about the goats.", True, UNMINDED), ("Forgotten. The goats are off.", True, UNMINDED), ("It would have come on Friday at quarter to eight.", True, UNMINDED),
        ("It would have come this afternoon.", False, UNMINDED), ("I'll still remind you on Friday.", False, UNMINDED), ("You'll need to confirm it first.", False, UNMINDED),
        ("The subject is Honey, and it's addressed to Noor.", True, DRAFTED), ("Have a look before it's sent.", True, DRAFTED), ("It'll go out by itself tonight.", False, DRAFTED), ("The draft says that Ivo has been asked for the jars.", True, DRAFTED),
        ("I've noted that you only eat rye bread.", False, KEPT), ("I knew that already.", False, KEPT), ("Got it, rye bread with butter.", False, KEPT), ("Got it, rye bread for Noor.", True, KEPT),
        ("The farrier is out again.", True, UNDONE), ("The farrier is off your calendar, and so is the violin lesson.", False, UNDONE), ("It was on Thursday at two.", True, UNDONE), ("It was on Wednesday at two.", False, UNDONE),
    ],
)  # fmt: skip
async def test_a_deed_is_told_as_its_receipt_has_it(text: str, *, so: bool, told: Told) -> None:
    """To whom, when, of what, and no more than that."""
    assert (await said(text, told) == text) is so


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("I looked for a sheep shearing and came up empty.", True), ("I got the name wrong, sorry.", True), ("There it is, I found the sheep shearing.", False),
        ("You'd already done the sheep shearing.", False),
    ],
)  # fmt: skip
async def test_what_was_refused_was_not_there_before(text: str, *, so: bool) -> None:
    """A call that came to nothing shows nothing."""
    told = refused("complete_task", "not_found", "I found no task called “sheep shearing”.")
    assert (await said(text, told, asked="tick off the sheep shearing") == text) is so


async def test_what_could_not_be_added_was_not_there_either() -> None:
    """Nobody has looked."""
    told = refused(
        "add_task", "bad_arguments", "That call was not right: when: extra inputs are not permitted.", title="Rake"
    )
    for text in ("The rake was already on your list.", "It was already there.", "The rake is on your list."):
        assert await said(text, told, asked="put the rake on my list") != text
    text = "I couldn't add it because the way I passed the date was refused."
    assert await said(text, told, asked="put the rake on my list") == text


async def test_what_one_is_to_choose_from_is_there() -> None:
    """ "I found no …", though there are two of that name."""
    choices = ["Bread course, Thursday the 17th at 6 pm", "Bread course, Friday the 25th at 6 pm"]
    told: Told = ("cancel_event", {"error": "ambiguous", "say": "Which one do you mean?", "choices": choices}, {})
    assert await said("I found no bread course.", told) != "I found no bread course."


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("You'll be asked before it's really deleted.", True), ("Deleting needs your go-ahead first.", True), ("Sorry to hear your back hurts.", True),
        ("Ivo knows now.", False), ("The orchard walk is gone from your calendar.", False),
    ],
)  # fmt: skip
async def test_before_anything_was_called_it_is_only_to_come(text: str, *, so: bool) -> None:
    """What waits for a yes may be told, not that it has happened."""
    assert (await said(text, asked="delete the orchard walk and tell Ivo that my back hurts") == text) is so


async def test_a_question_of_theirs_proves_nothing() -> None:
    """ "Has she got it?" is no trace that she has."""
    waits: Told = ("send_email", {"error": "needs_approval", "say": "Shall I send Noor “Hi Noor, the jars are here”?"}, {"to": ["noor@example.org"]})  # fmt: skip
    for text in ("She's got it, and she's read it.", "Noor got it a minute ago.", "It has already reached her."):
        assert await said(text, asked="so has Noor got it?", before=(waits,)) != text
