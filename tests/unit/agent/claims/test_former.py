"""What was before a change, and what stood there before something was added: by the agenda, and by their own words."""

import pytest

from tests.unit.agent.claims.test_related import let_go
from tests.unit.agent.claims.test_touching import event

AGENDA = (
    "Next on their calendar: Wed 14:00–14:45 “Loom class”; Wed 16:00–17:00 “Beekeepers”; Thu 10:00–10:45 “Dentist”."
)
MOVED = {"receipt": event("Loom class", "15:30", "16:15", "05"), "say": "Loom class is now tomorrow at 3:30 pm."}


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("The loom class is tomorrow at half past three instead of today at two.", True), ("It's at half past three instead of two.", True), ("It's at half past three instead of at two.", True), ("It's tomorrow instead of on Wednesday.", True),
        ("I've moved the loom class from two to half past three.", True), ("Before that it was at two.", True), ("It was today at two.", True), ("It used to be at two.", True), ("It's tomorrow rather than today.", True),
        ("The loom class is tomorrow at half past three instead of today at four.", False), ("It's at half past three instead of one.", False), ("It's at half past three instead of at four.", False),
        ("It's tomorrow rather than Friday.", False), ("I've moved the loom class from one to half past three.", False), ("Before that it was at four.", False), ("It was today at three.", False), ("It was on Friday.", False),
        ("It used to be at four.", False), ("It's at half past three instead of the beekeepers at two.", False), ("It was never at four.", True), ("I've moved the loom class to half past three, not two.", True), ("It's at half past three instead of today at three.", False), ("It's at two instead of half past three.", False),
    ],
)  # fmt: skip
async def test_what_was_before_stands_in_the_agenda(text: str, *, so: bool) -> None:
    """The old hour and day, where they are told as the old ones."""
    assert (
        await let_go(text, ("change_event", MOVED), asked="move the loom class to tomorrow, 3:30", facts=AGENDA) is so
    )


EARLIER = {"receipt": event("Tide walk", "08:00", "09:00", "09"), "say": "Tide walk is now Monday the 9th at 8 am."}


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("It's at eight instead of nine.", True), ("I've moved the tide walk from nine to eight.", True), ("It's at eight instead of ten.", False), ("The tide walk is at eight instead of half past nine now.", False),
        ("I've moved the tide walk from ten to eight.", False), ("It's at eight instead of half past eight.", False),
    ],
)  # fmt: skip
async def test_what_was_before_follows_from_by_how_much_they_moved_it(text: str, *, so: bool) -> None:
    """Nothing else tells: the agenda doesn't reach so far."""
    asked = "make the tide walk on monday an hour earlier"
    assert await let_go(text, ("change_event", EARLIER), asked=asked, facts=AGENDA) is so


GONE = {"receipt": event("Loom class", "14:00", "14:45"), "say": "Loom class is cancelled."}
GONE_TOO = {"receipt": event("Beekeepers", "16:00", "17:00"), "say": "Beekeepers is cancelled."}


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("It would have been at two.", True), ("It was today at two.", True), ("The loom class would have been today.", True), ("It would have been at three.", False), ("It was today at four.", False),
        ("The loom class would have been tomorrow.", False), ("The loom class would have been at half past two.", False),
    ],
)  # fmt: skip
async def test_what_was_taken_away_was_then(text: str, *, so: bool) -> None:
    """Its receipt knows."""
    assert await let_go(text, ("cancel_event", GONE), asked="cancel the loom class", facts=AGENDA) is so


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("The loom class is cancelled, and so are the beekeepers.", True), ("The loom class is off, and the beekeepers too.", True), ("The loom class is cancelled, and so is the dentist.", False),
        ("The loom class is off, and the dentist too.", False), ("The loom class has been cancelled, and so has the dentist.", False), ("The loom class's off, and so is the dentist.", False),
    ],
)  # fmt: skip
async def test_and_so_is_the_other_claims_the_same_of_it(text: str, *, so: bool) -> None:
    """What is left out stands in what was said before."""
    told = ("cancel_event", GONE), ("cancel_event", GONE_TOO)
    assert await let_go(text, *told, asked="cancel the loom class and the beekeepers", facts=AGENDA) is so


ADDED = {"receipt": {"title": "Bottle the perry", "due": None, "list": "Cellar", "done": False}, "say": "Bottle the perry is on your cellar list."}  # fmt: skip
THERE = {"error": "already_there", "say": "Bottle the perry is already on your cellar list."}
NOTED = {"receipt": {"text": "Ines is allergic to wasps", "id": "x"}, "say": "Noted: Ines is allergic to wasps."}


@pytest.mark.parametrize(
    ("tool", "content", "text", "so"),
    [
        ("add_task", ADDED, "The perry is on your cellar list.", True), ("add_task", ADDED, "It was already on your cellar list.", False), ("add_task", ADDED, "The perry was on your list already.", False),
        ("add_task", ADDED, "You'd set that last week.", False), ("add_task", ADDED, "You already had the perry there.", False), ("add_task", ADDED, "It's on there twice now.", False),
        ("add_task", ADDED, "You told me that last week already.", False), ("add_task", ADDED, "It replaces the old one.", False), ("add_task", ADDED, "It wasn't on the list before.", False),
        ("add_task", THERE, "Bottle the perry is already on your cellar list.", True), ("add_task", THERE, "You'd put it on there last week.", False),
        ("remember", NOTED, "Noted, Ines is allergic to wasps.", True), ("remember", NOTED, "You'd told me that before.", False), ("remember", NOTED, "I already had that down.", False),
    ],
)  # fmt: skip
async def test_what_stood_there_before_nobody_knows(
    tool: str, content: dict[str, object], text: str, *, so: bool
) -> None:
    """Something was added, and nothing looked up."""
    assert await let_go(text, (tool, content), asked="put that down, please", facts=AGENDA) is so
