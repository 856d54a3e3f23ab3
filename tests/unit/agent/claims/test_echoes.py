"""What only takes up what stands somewhere: the person's own words before a question, a tool's own sentence, what waits for a yes, what is quoted."""

from collections.abc import Sequence

import pytest

from tests.unit.agent.claims.test_elsewhere_deeds import MOVED, SEEDS, UNMINDED, Told, event, receipt, refused, said

CANCELS: Told = ("cancel_event", {"error": "needs_approval", "say": "This cancels Honey tasting, Thursday the 17th from 2 pm, for good. Shall I go on?"}, {"event": "honey tasting"})  # fmt: skip
SHEEP = refused("complete_task", "not_found", "I found no task called “sheep shearing”.", task="sheep shearing")
MOVED_ON = receipt("change_event", event("Beekeeper", 15, "16:30", "17:00"), "Beekeeper is moved, from noon, to half past four today, and nothing overlaps.", event="beekeeper", when="16:30")  # fmt: skip
FARRIER = "put the farrier on thursday at two"
COFFEE = "coffee with ivo on thursday at two for half an hour"

TAKEN_UP: Sequence[tuple[tuple[Told, ...], str, Sequence[str], Sequence[str]]] = (
    ((CANCELS,), "cancel the tasting", ("This cancels Honey tasting, Thursday the 17th from 2 pm, for good.", "This cancels Honey tasting."), ("This cancels Honey tasting, Friday the 18th from 2 pm, for good.", "Honey tasting is cancelled.")),
    ((MOVED,), "move the beekeeper", ("Beekeeper is now today, Tuesday the 15th, at 4:30 pm.", "Beekeeper is now today, Tuesday the 15th, at 4:30 pm!"), ("Beekeeper is now today, Tuesday the 15th, at 5:30 pm.", "This cancels Honey tasting, Thursday the 17th from 2 pm, for good.")),
    ((SHEEP,), "tick off sheep shearing", ("I found no task called “sheep shearing”.", "I found no task called “sheep shearing”!"), ()),
    ((MOVED_ON,), "move the beekeeper", ("Beekeeper is moved, from noon, to half past four today, and nothing overlaps.",), ("Beekeeper is moved, from one, to half past four today, and nothing overlaps.",)),
    ((), FARRIER, (
        "So Thursday at two, shall I add it?", "So the farrier on Thursday at two, is that right?", "You mean Thursday: which week?", "Farrier, Thursday at two: which week?", "Two in the afternoon, I suppose. Or at night?", "Farrier, Thursday at two.", "Farrier at two.", "So two of them on Thursday, is that right?",
    ), (
        "So the farrier's on Thursday at two, shall I add it?", "So Friday at two, shall I add it?", "So Thursday at three, shall I add it?", "So farrier added, anything else?", "So it's done, anything else?", "Farrier, Thursday at three: which week?", "Farrier on: anything else?", "He's down for two now, with a note about cash.", "Dentist, Thursday at two: which week?", "Three in the afternoon, I suppose. Or at night?", "Farrier, Friday at two.",
        "Farrier, Thursday at three.", "Farrier at three.", "Dentist at two.", "Farrier added.", "The farrier's off.", "Farrier on.", "Farrier in at two.",
    )),
    ((MOVED,), FARRIER, ("So the farrier on Thursday at two, right?",), ("Thursday at three: which week?", "Friday at two: which week?")),
    ((), COFFEE, ("Coffee with Ivo, Thursday at two for half an hour.", "Coffee with Ivo, Thursday from two to half past two."), (
        "Coffee with Ivo, Thursday from two to three.", "Coffee with Ivo, Thursday at two for an hour.", "Coffee with Noor, Thursday at two for half an hour.", "Coffee with Ivo on Friday at two for half an hour.",
    )),
    ((UNMINDED,), "don't remind me of the goats", ("“Feed the goats” is gone.", "I've taken out “Feed the goats”."), ("“Feed the geese” is gone.", "I've taken out “Feed the cats”.")),
    ((SEEDS,), "clover seeds on the farm list", ("I've put “Order clover seeds” on your farm list.",), ("I've put “Order grass seeds” on your farm list.",)),
)  # fmt: skip


@pytest.mark.parametrize(("told", "asked", "text"), [(told, asked, text) for told, asked, so, _ in TAKEN_UP for text in so])  # fmt: skip
async def test_what_stands_somewhere_is_said_again(told: tuple[Told, ...], asked: str, text: str) -> None:
    """Word for word, or as much of it as is asked back."""
    assert await said(text, *told, asked=asked) == text


@pytest.mark.parametrize(("told", "asked", "text"), [(told, asked, text) for told, asked, _, lies in TAKEN_UP for text in lies])  # fmt: skip
async def test_what_stands_nowhere_is_not(told: tuple[Told, ...], asked: str, text: str) -> None:
    """Another hour, another day, another name, or the deed itself."""
    assert await said(text, *told, asked=asked) != text
