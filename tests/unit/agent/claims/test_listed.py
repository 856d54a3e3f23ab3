"""What this turn has to tell of: what was read last, each thing once; what a receipt overlaps with on its own day; what "it" means."""

from collections.abc import Sequence

import pytest

from tests.unit.agent.claims.test_elsewhere_deeds import SEEDS, Told, event, receipt, said, task

SPAN = {"starts": "2026-09-16T00:00:00-03:00", "ends": "2026-09-17T00:00:00-03:00"}


def day(*events: dict[str, object]) -> Told:
    """Wednesday the 16th."""
    return "list_events", {"result": {"events": [*events], "span": SPAN, "conflicts": []}}, {}


RIDE = {**event("Hay ride", 16, "13:00", "14:00"), "id": "1"}
VET = {**event("Vet round", 16, "15:00", "16:30"), "id": "2"}
MILKING = {**event("Milking", 16, "06:30", "07:15"), "id": "3"}
TWICE = (day(RIDE, VET), day(VET, RIDE))
MILKED = day(RIDE, MILKING)
CHORES: Told = ("list_tasks", {"result": {"tasks": [task("Oil the gate", "2026-09-15"), task("Sell the pears", "2026-09-15")], "which": "open", "list": None}}, {})  # fmt: skip
SURVEY = receipt("add_event", event("Soil survey", 18, "07:00", "08:00"), "Soil survey is on your calendar, Friday the 18th from 7 to 8 am. It overlaps with Milking.", title="Soil survey")  # fmt: skip
MOVED = receipt("change_event", event("Vet round", 16, "16:00", "17:30"), "Vet round is now Wednesday the 16th at 4 pm.", event="vet", when="16:00")  # fmt: skip
GONE = receipt("cancel_event", event("Vet round", 16, "15:00", "16:30"), "Vet round is off your calendar.", event="vet")
WARNED = receipt("set_reminder", {"text": "latch the coop", "due": "2026-09-16T12:30:00-03:00"}, "I'll remind you on Wednesday the 16th at 12:30 pm: latch the coop.")  # fmt: skip

SAYINGS: Sequence[tuple[Sequence[Told], str, bool]] = (
    ([CHORES, day(RIDE)], "For tomorrow there's the hay ride.", True), ([CHORES, day(RIDE)], "For today there's the gate and the pears.", True),
    (TWICE, "Both are in the afternoon.", True), (TWICE, "Both are in the morning.", False), (TWICE, "You have two things on Wednesday.", True), ([CHORES, day(RIDE, MILKING)], "Both are in the afternoon.", False), ([CHORES, day(RIDE, VET)], "Both are in the afternoon.", True), ([day(RIDE, VET), CHORES], "Both are due today.", True), ([day(RIDE, VET), CHORES], "Both are overdue.", False), ([MILKED, SURVEY], "It overlaps with the milking by half an hour.", False), ([MILKED, SURVEY], "They overlap from seven until quarter past.", True), ([MILKED, SURVEY], "They overlap from nine until ten.", False),
    ([MILKED, SURVEY], "The milking comes before the survey.", True), ([MILKED, SURVEY], "The milking ends in the middle of the survey.", True), ([MILKED, SURVEY], "The survey ends in the middle of the milking.", False), ([MILKED, SURVEY], "It's after the milking.", False), ([MILKED, SURVEY], "The milking ends before the survey starts.", False),
    ([MILKED, SURVEY], "The survey comes before the milking.", False), ([MILKED, SURVEY], "The milking ends before the survey does.", True),
    ([day(RIDE, VET), MOVED], "It's two hours after the hay ride.", True), ([MOVED], "It takes an hour and a half.", True), ([MOVED], "It takes an hour.", False),
    ([day(RIDE, VET)], "The hay ride ends an hour before the vet round.", True), ([day(RIDE, VET)], "The hay ride ends half an hour before the vet round.", False), ([day(RIDE, VET)], "The hay ride is at one, an hour before the vet round.", True),
    ([day(RIDE), WARNED], "That's half an hour before the hay ride.", True), ([day(RIDE), WARNED], "That's an hour before the hay ride.", False), ([day(RIDE, VET)], "The longest one is the vet round.", True), ([day(RIDE, VET)], "The longest one is the hay ride.", False),
)  # fmt: skip


@pytest.mark.parametrize(("told", "text", "so"), SAYINGS)
async def test_what_is_compared_is_what_was_read_or_written_last(told: Sequence[Told], text: str, *, so: bool) -> None:
    """Each once, by the hours that it has now, and on the day of what it is compared with."""
    assert (await said(text, *told) == text) is so


FEED = receipt("add_task", task("Horse feed"), "Horse feed is on your farm list.", title="Horse feed")
STILL_THERE: Told = ("add_task", {"error": "already_there", "say": "Horse feed is already on your farm list."}, {})


@pytest.mark.parametrize(
    ("told", "before", "so"),
    [(STILL_THERE, (FEED,), True), (STILL_THERE, (), False), (FEED, (SEEDS,), False), (FEED, (FEED,), True)],
)
async def test_what_was_there_already_was_put_there_before(told: Told, before: tuple[Told, ...], *, so: bool) -> None:
    """By a receipt of the thread."""
    text = "The horse feed was already on your farm list."
    assert (await said(text, told, before=before) == text) is so


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("It's half an hour after the greenhouse tour.", False), ("It's an hour after the greenhouse tour.", False), ("It overlaps with the beekeeper by half an hour.", False),
        ("It overlaps with the beekeeper.", False), ("It comes after the beekeeper.", True),
    ],
)  # fmt: skip
async def test_what_was_written_before_is_meant_where_nothing_was_read_since(text: str, *, so: bool) -> None:
    """The one thing of the turn before, with the next events beside it."""
    sale = receipt("add_event", event("Barn sale", 15, "16:00", "18:00"), "Barn sale is on your calendar, today at 4 pm.", title="Barn sale")  # fmt: skip
    assert (await said(text, asked="and how does it fit?", before=(sale,)) == text) is so
