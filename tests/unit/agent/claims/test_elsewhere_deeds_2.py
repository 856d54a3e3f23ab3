"""What comes with a receipt, or waits for a yes: what others are said to have done, what a draft says, what is only offered, how it lies to the rest."""

from typing import Any

import pytest

from tests.unit.agent.claims.test_elsewhere_deeds import (
    ADDED,
    BARN,
    CHANGES,
    CLASHES,
    DONE,
    DRAFTED,
    HIVES,
    MOVED,
    SEEDS,
    UNDONE,
    UNMINDED,
    Told,
    receipt,
    refused,
    said,
    task,
)

RAKED = receipt("complete_task", task("Rake the paddock", done=True), "Rake the paddock is done.", task="paddock")
DUE = receipt("add_task", task("Grease the tractor", "2026-09-18"), "Grease the tractor is on your farm list, due Friday the 18th.", title="Grease the tractor", due="friday")  # fmt: skip
NO_SHEARING = refused("complete_task", "not_found", "I found no task called “sheep shearing”.", task="sheep shearing")
WAITS: Told = ("send_email", {"error": "needs_approval", "say": "Shall I send Noor “Hi Noor, Ivo brings the jars on Sunday”?"}, {"to": ["noor@example.org"], "subject": "Jars", "body": "Hi Noor, Ivo brings the jars on Sunday. Mika"})  # fmt: skip
LESSON = receipt("change_event", {**ADDED[1]["receipt"], "title": "Lambing course"}, "Lambing course is now Thursday the 17th at 2 pm.", event="course", when="thursday 14:00")  # fmt: skip
OFFICE = receipt("add_event", {**ADDED[1]["receipt"], "title": "Farrier"}, ADDED[1]["say"], title="Farrier")


@pytest.mark.parametrize(
    ("text", "so", "told"),
    [
        ("The co-op has kept a sack for you.", False, SEEDS), ("Noor has her confirmation.", False, MOVED), ("Ivo gets it from now on.", False, UNMINDED),
        ("It's on the list, with a photo attached.", False, SEEDS), ("The hives have been noted.", True, HIVES), ("The date hasn't changed.", True, DONE),
        ("The beekeeper won't come up before half past four.", True, MOVED), ("The beekeeper has moved to half past four.", True, MOVED),
    ],
)  # fmt: skip
async def test_what_others_did_is_known_of_nobody(text: str, *, so: bool, told: Told) -> None:
    """A receipt is of our own deeds alone."""
    assert (await said(text, told) == text) is so


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("There's a draft saying that Ivo has been asked for the jars.", True), ("It tells Noor that you've asked Ivo for the jars.", True),
        ("It says you'll pick the jars up.", False), ("The draft to Noor says that the jars are broken.", False), ("It's ready and will go out on Thursday.", False),
    ],
)  # fmt: skip
async def test_a_draft_is_told_by_its_words(text: str, *, so: bool) -> None:
    """Also what is promised in it."""
    assert (await said(text, DRAFTED) == text) is so


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("It tells her that Ivo brings the jars on Sunday, and it needs your go-ahead.", True), ("Noor's mail says that Ivo brings the jars.", True), ("Nothing has left yet.", True),
        ("It goes as soon as I have a yes from you.", True), ("It tells her that Ivo brings the jars on Monday.", False), ("I tried to send it.", False),
    ],
)  # fmt: skip
async def test_what_waits_may_be_told(text: str, *, so: bool) -> None:
    """What it says and what it waits for, not that anything was tried."""
    assert (await said(text, asked="does Noor know?", before=(WAITS,)) == text) is so
    assert "calendar" not in await said("She's so glad about the jars that come on Monday.", asked="does Noor know?", before=(WAITS,))  # fmt: skip


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("Farrier on Thursday from two to half past three.", True), ("Thursday at two, for an hour and a half.", True), ("Taking the farrier off needs a clear yes from you.", True),
        ("An hour and a half from two would take you to half past three.", True), ("An hour and a half from two would take you to four.", False),
        ("Farrier on Friday at two.", False), ("You don't have a farrier.", False), ("There's no farrier on Thursday.", False), ("The farrier's no longer in your calendar.", False),
    ],
)  # fmt: skip
async def test_before_the_call_their_own_words_are_read_back(text: str, *, so: bool) -> None:
    """An hour follows from the length that they gave; that there is nothing nobody knows."""
    asked = "book the farrier on Thursday at two, an hour and a half" if "off" not in text else "cancel the farrier"
    assert (await said(text, asked=asked) == text) is so


@pytest.mark.parametrize(
    ("text", "so", "told"),
    [
        ("It doesn't get in the way of anything else.", False, CLASHES), ("It doesn't get in the way of anything else.", True, MOVED),
        ("You'll miss the greenhouse tour.", True, CLASHES), ("You'll miss the violin lesson.", False, CLASHES), ("It's moved, and the morning is otherwise clear.", False, MOVED),
        ("You'll be on the greenhouse tour by then.", False, HIVES), ("Half an hour before the greenhouse tour.", True, HIVES), ("Ten minutes before the greenhouse tour.", False, HIVES),
        ("It's an hour later than before.", True, MOVED), ("It's two hours later than before.", False, MOVED), ("It's half an hour earlier than it was.", False, LESSON),
        ("The farrier comes on Thursday, finishing at three.", True, OFFICE), ("Thursday from 2 until 3 pm is blocked for the farrier.", True, OFFICE), ("Thursday from 2 until 4 pm is blocked for the farrier.", False, OFFICE),
    ],
)  # fmt: skip
async def test_what_was_written_lies_where_it_lies(text: str, *, so: bool, told: Told) -> None:
    """Beside what else is known, by the clock."""
    assert (await said(text, told, asked="go ahead") == text) is so


@pytest.mark.parametrize(
    ("text", "so", "told"),
    [
        ("One of two: the twine is done.", True, (DONE, NO_SHEARING)), ("I found no sheep shearing, so I've added it.", False, (SEEDS, NO_SHEARING)), ("I found no sheep shearing, but the seeds are on the list.", True, (SEEDS, NO_SHEARING)),
        ("That's two fewer on the farm list.", True, (DONE, RAKED)), ("That's three fewer on the farm list.", False, (DONE, RAKED)), ("That clears two tasks.", True, (DONE, RAKED)),
        ("I put the clover seeds on the farm list, and that was all.", False, (CHANGES,)), ("Two things: I moved the beekeeper to half past four, and I put the clover seeds on the farm list.", True, (CHANGES,)),
        ("Three things: I moved the beekeeper to half past four.", False, (CHANGES,)), ("The clover seeds went on the farm list, then the beekeeper moved to half past four.", True, (CHANGES,)),
        ("I've added it without a deadline.", False, (DUE,)), ("I've added it without a deadline.", True, (SEEDS,)), ("I'll remind you that morning.", False, (DUE,)),
        ("You'd added it last week.", False, (UNMINDED,)), ("Something was wrong with how I asked for it.", True, (NO_SHEARING,)),
    ],
)  # fmt: skip
async def test_no_more_is_told_than_came_of_the_calls(text: str, *, so: bool, told: tuple[Any, ...]) -> None:
    """How many there were, and which of them found nothing."""
    assert (await said(text, *told) == text) is so


async def test_all_receipts_are_told_instead() -> None:
    """Not only the last one."""
    told = await said("Both are off, and the hay comes at nine.", DONE, RAKED)
    assert "Rake the paddock" in told
    assert "Buy twine" in told


@pytest.mark.parametrize(
    ("text", "so", "told"),
    [
        ("It's the last honey order before the fair.", False, (SEEDS,)), ("They're all on the farm list now, seeds and hay.", False, (SEEDS,)), ("It's on the list, with a note to ask Ivo.", False, (SEEDS,)),
        ("I've submitted the order for the clover seeds.", False, (SEEDS,)), ("I've handed over the keys to the barn.", False, (BARN,)), ("I've squeezed it in at half past four.", True, (MOVED,)),
        ("It's on Thursday at two, and you already have one for five.", False, (ADDED,)), ("Ticked off: the twine, the new rake.", False, (DONE,)), ("Ticked off: the twine, the paddock.", True, (DONE, RAKED)),
        ("I've dropped it since Ivo feeds the goats now.", True, (UNMINDED,)), ("Nothing about the goats any more.", True, (UNMINDED,)), ("I've found you three beekeepers.", False, (MOVED,)),
        ("I moved the beekeeper to half past four. Nothing beyond that.", False, (CHANGES,)), ("The beekeeper is moved and the clover seeds are added. Nothing beyond that.", True, (CHANGES,)),
        ("The beekeeper's at half past four instead of half past three.", True, (MOVED,)), ("The beekeeper's at half past four instead of three.", False, (MOVED,)),
        ("The course is on Thursday at two instead of one.", False, (LESSON,)), ("Nothing else about it has changed.", True, (LESSON,)), ("Noor can already see it.", False, (LESSON,)),
        ("Undone, and I've restored what was there before.", False, (UNDONE,)), ("That leaves your farm list empty.", False, (DONE,)),
    ],
)  # fmt: skip
async def test_no_thing_is_told_that_nobody_has_named(text: str, *, so: bool, told: tuple[Any, ...]) -> None:
    """What a receipt doesn't have, and nobody has said or read, isn't so of it."""
    asked = "Ivo feeds the goats, so drop that" if told == (UNMINDED,) else "go on"
    assert (await said(text, *told, asked=asked) == text) is so


async def test_everything_else_is_looked_up() -> None:
    """A receipt of before tells of one thing alone."""
    for text in ("Yes, everything else is still open.", "There's nothing else on the farm list."):
        assert await said(text, asked="and is the rest still open?", before=(SEEDS,)) != text
