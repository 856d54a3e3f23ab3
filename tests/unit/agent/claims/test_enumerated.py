"""Which list something stands on, how many are on each, and what is told of a list in a row: all of it stands there, and is as the head says."""

from collections.abc import Sequence

import pytest

from tests.unit.agent.claims.test_computed import let_go
from tests.unit.agent.claims.test_quantified import DINGHY, DOOR, FREEZER, HOME, MAILS, MAST, TASKS, Told, task, tasks

EVEN = tasks(MAST, DINGHY, FREEZER, DOOR)
CHORES = tasks(
    task("Mow the lawn", "Tasks", "2026-03-04"), task("Fix the leaking tap", "Tasks", "2026-03-02"), task("Order roof tiles", "Tasks", "2026-03-05"), task("Suggest three novels to Wanda", "Tasks"),
    task("Pay the plasterer's bill", "Tasks", "2026-03-06"), task("Collect the hay fever tablets", "Tasks", "2026-03-09"), task("Rake", "Tasks"),
)  # fmt: skip
"""Today's, one of Monday, tomorrow's, two without a date, Friday's and next Monday's."""
REMINDERS: Told = ("list_reminders", {"result": {"reminders": [
    {"text": "Feed the gecko", "due": "2026-03-04T18:15:00+01:00"}, {"text": "Ring the glazier", "due": "2026-03-06T08:30:00+01:00"}, {"text": "Empty the dehumidifier", "due": "2026-03-06T20:00:00+01:00"},
]}})  # fmt: skip

ON_LISTS: Sequence[tuple[Told, str, bool]] = (
    (TASKS, "The mast is on your boat list.", True), (TASKS, "The mast is on your shopping list.", False), (TASKS, "The print is on your home list.", True), (TASKS, "It's on the list called Boat.", True), (TASKS, "It's on the list called Garden.", False), (TASKS, "It's in Garden now.", False), (TASKS, "The print's on the same list.", True), (TASKS, "Two for Boat and three for Home.", True), (TASKS, "Two for Boat and two for Home.", False), (TASKS, "Home has three things on it.", True), (TASKS, "Home has two things on it.", False),
    (EVEN, "Two each on Boat and Home.", True), (EVEN, "Three each on Boat and Home.", False), (TASKS, "Two each on Boat and Home.", False), (EVEN, "You have two each, on Boat and on Home.", True), (TASKS, "The longest list is Home.", True), (TASKS, "The longest list is Boat.", False), (TASKS, "Boat is the shortest list.", True), (TASKS, "Home is the shortest list.", False),
    (MAILS, "Ilse's roof quote is important.", True), (MAILS, "Omar's mail is important.", False), (MAILS, "Omar's is unread.", False), (MAILS, "The choir's is unread.", True), (MAILS, "Omar's isn't unread.", True), (MAILS, "The roof quote isn't important.", False), (MAILS, "Omar wrote about squash. That one's still unread.", False), (MAILS, "The choir sent its programme. That one's still unread.", True),
    (TASKS, "The mast isn't on it.", False), (TASKS, "The piano isn't on it.", True), (TASKS, "The mast isn't on the list.", False), (TASKS, "Your boat list has the mast and the dinghy.", True), (TASKS, "Your boat list has the mast and the freezer.", False), (TASKS, "On Boat there's the mast and the dinghy.", True), (TASKS, "On Boat there's the mast and the print.", False),
    (TASKS, "On your boat list you have the mast, and the freezer.", False), (TASKS, "On your boat list you have the mast, and the dinghy.", True), (TASKS, "On your boat list you have two things, and the freezer is on Home.", True), (TASKS, "It's all paperwork.", False), (TASKS, "The piano is on there, too.", False), (TASKS, "The mast is on there, too.", True), (TASKS, "There's also the piano.", False), (TASKS, "There's also dog food.", False), (TASKS, "There's also a print to frame.", True),
    (HOME, "It's just the freezer and the door.", True), (TASKS, "Everything on your home list is due today.", False), (MAILS, "All four are important.", False), (tasks(FREEZER), "Everything on your home list is due today.", True),
)  # fmt: skip
IN_ROWS: Sequence[tuple[Told, str, bool]] = (
    (CHORES, "You still have to mow the lawn and fix the tap.", True), (CHORES, "You still have to mow the lawn and paint the fence.", False), (CHORES, "You still need to wash the curtains.", False), (CHORES, "There's the lawn, the tap and the tiles.", True), (CHORES, "There's the lawn, the tap and the curtains.", False),
    (CHORES, "The lawn, the tap, and the plasterer's bill.", True), (CHORES, "The lawn, the tap, and the garden bill.", False), (CHORES, "There's the lawn to mow and the tablets need collecting.", True), (CHORES, "There's the lawn to mow and the curtains need collecting.", False), (CHORES, "There's the lawn to mow and the hay fever pills need collecting.", True),
    (CHORES, "The tap is leaking, and the lawn is too long.", True),
    (CHORES, "You still have to order the roof rack.", False), (CHORES, "Overdue is the tap, and the novels are for Wanda.", True),
    (CHORES, "You have the novels, and due today is the lawn.", True), (CHORES, "Due today there's the lawn, the novels are without a date.", True), (CHORES, "Due today: the lawn, the tiles on Thursday.", True), (CHORES, "Due today: the lawn, the tiles.", False),
    (CHORES, "There's the lawn and the tap, but not the curtains.", True), (CHORES, "The lawn and the curtains.", False), (CHORES, "The lawn and the tap.", True), (CHORES, "There's the lawn and the tap, and the rest can wait.", True),
    (CHORES, "You have raking, the lawn and the tap.", True), (CHORES, "You have hoovering, the lawn and the tap.", False), (CHORES, "Shall I also add the curtains, next to the lawn and the tap?", True),
    (CHORES, "You have the lawn to mow and three novels to suggest.", True), (CHORES, "You have the lawn to mow and five novels to suggest to Wanda.", False), (CHORES, "Suggest three novels to Wanda, order tiles and mow the lawn.", True), (CHORES, "Suggest two novels to Wanda, order tiles and mow the lawn.", False),
    (CHORES, "In order of urgency: the tap, the lawn, the tiles, the bill and the tablets.", True), (CHORES, "In order of urgency: the tiles, the tap and the lawn.", False), (CHORES, "Sorted by due date it's the lawn, the tiles, then the novels.", True), (CHORES, "Sorted by due date it's the novels, then the lawn.", False), (REMINDERS, "In order of urgency: the gecko, the glazier, the dehumidifier.", True), (REMINDERS, "In order of urgency: the glazier, the gecko, the dehumidifier.", False),
    (CHORES, "Due today are the lawn and the tap.", True), (CHORES, "Due today are the lawn and the tiles.", False), (CHORES, "Due today are the lawn and the novels.", False), (CHORES, "Overdue is the tap.", True), (CHORES, "Overdue are the tap and the lawn.", False), (CHORES, "For tomorrow there's the tiles.", True), (CHORES, "For tomorrow there's the tiles and the bill.", False), (CHORES, "For tomorrow there's the tap and the tiles.", False),
    (CHORES, "Due today there are two things: the lawn, the tap.", True), (CHORES, "Due today there are two things: the lawn, the tiles.", False), (CHORES, "Due on Friday is the bill, and the tablets on Monday.", True), (CHORES, "Overdue is the tap, and the lawn is due today.", True), (REMINDERS, "For today there's the gecko.", True), (REMINDERS, "For today there's the gecko and the glazier.", False), (REMINDERS, "There's the gecko and the parrot.", False),
    (REMINDERS, "Feed the gecko at quarter past six, ring the glazier on Friday.", True),
)  # fmt: skip


@pytest.mark.parametrize(("told", "text", "so"), ON_LISTS)
async def test_a_thing_is_on_the_list_that_is_named(told: Told, text: str, *, so: bool) -> None:
    """And a list has so many, and is the longest, as its rows come to."""
    assert await let_go(text, told) is so


@pytest.mark.parametrize(("told", "text", "so"), IN_ROWS)
async def test_what_is_told_in_a_row_stands_on_the_list(told: Told, text: str, *, so: bool) -> None:
    """Nothing is among it that isn't there, nothing under a head that it doesn't fit, and none is told before one that is more urgent where they are said to be in order."""
    assert await let_go(text, told) is so
