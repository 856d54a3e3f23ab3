"""A claim of a change over what the tools gave: borne out by a receipt of that deed, recalled from before, read in a row, or said otherwise."""

from typing import Any

import pytest

from tests.unit.agent.claims.test_elsewhere_deeds import (
    ADDED,
    CHANGES,
    DONE,
    DRAFTED,
    HIVES,
    KEPT,
    MOVED,
    SEEDS,
    UNDONE,
    UNMINDED,
    Told,
    event,
    receipt,
    refused,
    said,
    task,
)

NOTHING = refused("change_event", "not_found", "I found no choir practice on your calendar.", event="choir")
UNSENT: Told = ("send_email", {"error": "needs_approval", "say": "Shall I send Noor “Hi Noor, the jars are here”?"}, {"to": ["noor@example.org"], "subject": "Jars", "body": "Hi Noor, the jars are here"})  # fmt: skip
SENT = receipt("send_email", {"from": "Mika", "subject": "Jars", "to": ["noor@example.org"], "body": "Hi Noor, the jars are here. Mika"}, "I've sent Noor “Hi Noor, the jars are here. Mika”.", to=["noor@example.org"])  # fmt: skip
INVITED = receipt("add_event", {**event("Honey tasting", 18, "17:00", "18:00"), "guests": ["noor@example.org"]}, "Honey tasting is on your calendar, Friday the 18th at 5 pm, and Noor is invited.", title="Honey tasting", guests=["noor@example.org"])  # fmt: skip
GONE = receipt("cancel_event", {**event("Farrier", 17, "14:00", "15:00"), "gone": True}, "Farrier is off your calendar.", event="farrier")  # fmt: skip
BACK: Told = ("undo", {"receipt": {"undone": [{"tool": "cancel_event", "say": GONE[1]["say"], "receipt": GONE[1]["receipt"]}]}, "say": "Undone. Farrier is back on your calendar."}, {})  # fmt: skip
TASKS: Told = ("list_tasks", {"result": {"tasks": [task("Order clover seeds"), task("Send the report", "2026-09-14"), task("Book the vet", "2026-09-16", done=True), task("Buy twine", "2026-09-15", done=True)], "which": "all", "list": None}}, {})  # fmt: skip
EVENTS: Told = ("list_events", {"result": {"events": [event("Farrier", 17, "14:00", "15:00"), {**event("Honey tasting", 18, "17:00", "18:00"), "guests": ["noor@example.org"]}], "span": {"starts": "2026-09-15T00:00:00-03:00", "ends": "2026-09-20T00:00:00-03:00"}, "conflicts": []}}, {})  # fmt: skip
REMINDERS: Told = ("list_reminders", {"result": {"reminders": [{"text": "close the hives", "due": "2026-09-15T09:30:00-03:00"}, {"text": "feed the goats", "due": "2026-09-18T07:45:00-03:00"}]}}, {})  # fmt: skip
MAILS: Told = ("search_email", {"result": {"messages": [{"from": "Mika", "to": ["noor@example.org"], "subject": "Jars for Noor", "snippet": "The jars are here.", "at": "2026-09-14T17:05:00-03:00", "unread": False, "box": "sent"}, {"from": "Mika", "to": ["ivo@example.org"], "subject": "Honey order", "snippet": "Ten jars.", "at": "2026-09-14T19:05:00-03:00", "unread": False, "box": "outbox"}, {"from": "Ivo", "subject": "Hay prices", "snippet": "They went up.", "at": "2026-09-14T18:05:00-03:00", "unread": False, "box": "inbox"}]}}, {})  # fmt: skip
TOUR = receipt("change_event", event("Greenhouse tour", 15, "12:00", "13:30"), "Greenhouse tour is now today, Tuesday the 15th, at noon.", event="greenhouse", when="noon")  # fmt: skip
REOPENED: Told = ("undo", {"receipt": {"undone": [{"tool": "complete_task", "say": DONE[1]["say"], "receipt": DONE[1]["receipt"]}]}, "say": "Undone. Buy twine is on your list again."}, {})  # fmt: skip
MEMORIES: Told = (
    "recall",
    {
        "result": {
            "memories": [
                {"text": "Noor only eats rye bread", "at": "2026-09-01"},
                {"text": "Chicken is off the menu at the farm", "at": "2026-09-01"},
            ]
        }
    },
    {},
)


@pytest.mark.parametrize(
    ("text", "so", "told"),
    [
        ("I've told Noor.", True, (SENT,)), ("Noor is invited.", True, (INVITED,)), ("Noor is invited.", False, (ADDED,)), ("I've invited Noor.", False, (ADDED,)), ("I've sent Noor the invitation.", True, (INVITED,)), ("Everybody is invited.", False, (ADDED,)), ("The farrier is on your calendar.", False, (UNDONE,)), ("I've sent it.", False, (ADDED,)), ("I've sent it.", False, (DRAFTED,)),
        ("I'll remind you on Friday.", False, (receipt("add_task", task("Grease the tractor", "2026-09-18"), "Grease the tractor is on your farm list, due Friday the 18th."),)), ("I'll remind you at half past nine.", True, (HIVES,)),
        ("I've put the farrier back.", True, (BACK,)), ("I've restored the farrier.", True, (BACK,)), ("I've cancelled the farrier again.", False, (BACK,)), ("I've undone that.", True, (BACK,)), ("I've reversed it.", True, (BACK,)), ("I've reverted that.", True, (BACK,)), ("All done.", True, (BACK,)),
        ("I've taken the farrier off again.", True, (UNDONE,)), ("I've removed the farrier again.", True, (UNDONE,)), ("I've added the farrier again.", False, (UNDONE,)), ("I've put the farrier on your calendar.", False, (UNDONE,)), ("I've restored the farrier.", False, (UNDONE,)), ("I've undone that.", True, (UNDONE,)),
        ("I've put the beekeeper on your calendar for half past four.", True, (MOVED,)), ("The beekeeper is on your calendar for half past four.", True, (MOVED,)),
    ],
)  # fmt: skip
async def test_a_receipt_bears_out_its_own_kind_of_deed(text: str, *, so: bool, told: tuple[Any, ...]) -> None:
    """What reaches others needs guests or a mail, a reminder its own receipt, and an undo is the reverse of what it undid."""
    assert (await said(text, *told) == text) is so


@pytest.mark.parametrize(
    ("text", "so", "told"),
    [
        ("All done.", False, (DONE, NOTHING)), ("All done.", True, (DONE, SEEDS)), ("I've moved the choir practice.", False, (DONE, NOTHING)), ("It's on Friday now.", False, (NOTHING,)), ("It isn't on Friday now.", True, (NOTHING,)),
        ("I tried to move it.", True, (NOTHING,)), ("I tried to send it.", False, (UNSENT,)), ("I haven't tried to send it yet.", True, (UNSENT,)), ("I tried to move it.", False, (MOVED,)),
        ("All I did was move the beekeeper.", True, (MOVED,)), ("All I did was move the beekeeper.", False, (MOVED, SEEDS)), ("That isn't all I did to the beekeeper.", True, (MOVED, SEEDS)),
        ("Three things: I've added the clover seeds and I've moved the beekeeper.", False, (MOVED, SEEDS)), ("Two things: I've added the clover seeds and I've moved the beekeeper.", True, (MOVED, SEEDS)),
        ("I've added the clover seeds and moved the beekeeper to half past four.", True, (MOVED, SEEDS)), ("I've moved the clover seeds and added the beekeeper.", False, (MOVED, SEEDS)),
        ("The first part worked.", True, (DONE, NOTHING)), ("The second part worked.", False, (DONE, NOTHING)), ("The last part worked.", False, (DONE, NOTHING)), ("The first part worked.", False, (NOTHING, DONE)), ("The other one is done.", True, (DONE, NOTHING)), ("Both parts worked.", False, (DONE, NOTHING)), ("Both parts are done.", True, (DONE, SEEDS)),
        ("The farrier is off, and so is the violin lesson.", False, (GONE,)), ("I've cancelled the farrier, and the same goes for the violin lesson.", False, (GONE,)), ("So is the violin lesson.", False, (GONE,)),
        ("I've ticked off the twine, and the goats.", False, (DONE,)), ("I've moved it to Tuesday, or rather Wednesday.", False, (MOVED,)), ("I've moved it to half past four, today.", True, (MOVED,)),
        ("Noted, the clover seeds are on your list.", True, (SEEDS,)), ("Noted.", True, (SEEDS,)), ("Noted for Friday.", False, (SEEDS,)), ("Noted: the goats.", False, (SEEDS,)),
        ("No more goats on Friday.", True, (UNMINDED,)), ("No more beekeeper today.", False, (MOVED,)), ("No more violin lesson tomorrow.", False, ()), ("No more than that.", True, (MOVED,)), ("No more surprises.", True, (SEEDS,)), ("No more nagging about the goats.", True, (UNMINDED,)), ("I've moved the beekeeper, so it might be worth giving the greenhouse tour a quick call.", True, (MOVED,)), ("It's after school on Friday now.", False, (NOTHING,)), ("I've reopened the twine.", True, (REOPENED,)), ("Noted, the farrier is gone.", True, (GONE,)), ("I've moved the beekeeper to half past four, not the greenhouse tour.", True, (MOVED,)), ("I've moved the beekeeper, and the greenhouse tour ends at half past eleven.", True, (MOVED,)), ("I've moved the beekeeper, the greenhouse tour too.", False, (MOVED,)),
        ("The farrier is at two on Thursday now.", True, (ADDED,)), ("I've squeezed the beekeeper in at half past four.", True, (MOVED, NOTHING)), ("I've popped it on your farm list.", True, (SEEDS,)), ("I've popped it on your work list.", False, (SEEDS,)), ("I've squeezed the beekeeper in.", True, (MOVED,)), ("I've ploughed the field.", False, (MOVED,)), ("I've bought the twine.", False, (DONE,)), ("I've toured the greenhouse.", False, (TOUR,)),
        ("I've written the mail, and it waits for you.", True, (UNSENT,)), ("It's prepared.", True, (UNSENT,)), ("I've written the mail.", False, ()),
        ("Ivo was asked for the jars, it says.", True, (DRAFTED,)), ("Please make sure that it's sent.", True, (DRAFTED,)), ("Say the word, and it's sent.", True, (DRAFTED,)), ("One yes from you and it's sent.", True, (DRAFTED,)),
        ("Now that you can tell me if it suits, I've moved the farrier.", False, (SEEDS,)), ("If it suits you, it's cancelled.", True, (SEEDS,)),
    ],
)  # fmt: skip
async def test_no_deed_is_told_that_was_refused_or_nobodys(text: str, *, so: bool, told: tuple[Any, ...]) -> None:
    """All of it only if all came off, so much and no more, and of nothing else."""
    asked = "cancel the violin lesson" if not told else "go on"
    assert (await said(text, *told, asked=asked) == text) is so


@pytest.mark.parametrize(
    ("text", "so", "told"),
    [
        ("The farrier is on your calendar for Thursday at two.", True, EVENTS), ("The farrier is on your calendar.", True, EVENTS), ("The farrier is on your calendar for Friday.", False, EVENTS), ("The farrier is booked for Thursday.", True, EVENTS), ("The farrier is booked for Thursday at three.", False, EVENTS), ("The farrier's been moved to Thursday.", False, EVENTS), ("Noor is invited to the honey tasting.", True, EVENTS), ("Noor is invited to the farrier.", False, EVENTS),
        ("The clover seeds are on your farm list.", True, TASKS), ("The clover seeds are on your work list.", False, TASKS), ("The twine is ticked off.", True, TASKS), ("The clover seeds are ticked off.", False, TASKS), ("The vet is booked.", True, TASKS), ("The report is sent.", False, TASKS), ("The report should've been sent yesterday.", True, TASKS),
        ("The clover seeds are added to the list.", True, TASKS), ("The twine was deleted.", False, TASKS), ("The report was sent.", False, TASKS),
        ("Two reminders are set.", True, REMINDERS), ("Three reminders are set.", False, REMINDERS), ("Both are set for this week.", True, REMINDERS), ("The goats reminder was deleted.", False, REMINDERS), ("I've deleted the goats reminder.", False, REMINDERS), ("I'll remind you at half past nine.", True, REMINDERS), ("I'll remind you at ten.", False, REMINDERS), ("I'll remind you at half past nine to close the hives.", True, REMINDERS), ("I'll remind you at ten to close the hives.", False, REMINDERS),
        ("The jars mail to Noor was sent.", True, MAILS), ("The hay prices mail was sent.", False, MAILS), ("The honey order mail was sent.", True, MAILS),
        ("Noor only eats rye bread, that's what I've noted.", True, MEMORIES), ("That's all I've sent.", False, MEMORIES), ("Chicken is off the menu.", True, MEMORIES),
    ],
)  # fmt: skip
async def test_what_a_row_says_needs_no_receipt(text: str, *, so: bool, told: Told) -> None:
    """It is there, whoever did it: an event on its day, a task on its list, ticked off or not, a mail in its box."""
    assert (await said(text, told, asked="how does it look?") == text) is so


@pytest.mark.parametrize(
    ("text", "so", "asked", "before"),
    [
        ("I've added the farrier.", True, "did you add the farrier?", (ADDED,)), ("I've already added the farrier for Thursday.", True, "go on", (ADDED,)), ("I've added the farrier for Friday.", False, "did you add it?", (ADDED,)), ("I've moved the farrier.", False, "did you move it?", (ADDED,)),
        ("I've sent it to Noor.", True, "has Noor got it?", (SENT,)), ("I've sent it to Noor.", False, "has Noor got it?", (DRAFTED,)), ("I've told Noor.", False, "has Noor got it?", (ADDED,)), ("I'll remind you at half past nine.", True, "will you remind me?", (HIVES,)),
        ("I've cancelled the farrier.", True, "and the farrier?", (GONE,)),
    ],
)  # fmt: skip
async def test_what_was_done_before_may_be_recalled(
    text: str, asked: str, before: tuple[Told, ...], *, so: bool
) -> None:
    """When they ask for it, or it is told as a thing of before."""
    assert (await said(text, asked=asked, before=before) == text) is so


@pytest.mark.parametrize(
    ("text", "instead", "told"),
    [
        ("The second part worked.", "Buy twine is done.", (DONE, NOTHING)), ("It's on Friday now.", "no choir practice", (NOTHING,)), ("No more beekeeper today.", "haven't done that", (SEEDS,)), ("I've moved the goats.", "haven't done that", (SEEDS,)), ("I've moved it to seven.", "at 4:30 pm", (MOVED,)),
        ("All done.", "Buy twine is done.", (DONE, NOTHING)), ("I've added it for Friday.", "Thursday the 17th", (ADDED,)), ("I've sent it.", "haven't done that", (SEEDS,)), ("I've noted that Noor only eats honey.", "rye bread", (KEPT,)),
    ],
)  # fmt: skip
async def test_the_truth_of_that_deed_is_said_instead(text: str, instead: str, told: tuple[Any, ...]) -> None:
    """The receipt's sentence, the refusal's, or that it wasn't done."""
    assert instead in await said(text, *told)


async def test_what_a_list_of_changes_has_is_nobodys_but_ours() -> None:
    """The last of them for a thing is told, where it was that deed."""
    assert await said("I've moved the beekeeper to half past four.", CHANGES, asked="what did you do?") == "I've moved the beekeeper to half past four."  # fmt: skip
    assert "4:30 pm" in await said("I've moved the beekeeper to nine.", CHANGES, asked="what did you do?")
    for text in ("I've moved the goats to nine.", "I've cancelled the beekeeper."):
        assert "4:30 pm" not in await said(text, asked="what did you do?", before=(MOVED,))


@pytest.mark.parametrize(
    ("text", "so"),
    [("Twine bought, and it's ticked off.", True), ("The twine is bought and paid, and it's ticked off.", False)],
)
async def test_what_they_did_themselves_is_theirs_to_tell(text: str, *, so: bool) -> None:
    """There is no tool that buys anything, but they said that they have."""
    assert (await said(text, DONE, asked="I've bought the twine, tick it off") == text) is so
