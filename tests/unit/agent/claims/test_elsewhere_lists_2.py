"""Lists told thing by thing, mails and memories told in other words: each thing, number and "you" must stand where it comes from."""

from collections.abc import Sequence
from typing import Any

import pytest

from tests.unit.agent.claims.test_computed import let_go
from tests.unit.agent.claims.test_elsewhere_lists import NO_MEMORIES, REMINDERS, TASKS, UNREAD, mail, task

Read = tuple[str, dict[str, Any]]

TODAY: Read = ("list_tasks", {"result": {"tasks": [task("Paint the shutters", "Errands", "2026-03-04"), task("Thank Mr Sundqvist for the eels", "Errands", "2026-03-04")], "which": "open", "list": None}})  # fmt: skip
WORKSHOP: Read = ("list_tasks", {"result": {"tasks": [
    task("Settle the sawmill", "Workshop", "2026-03-02"), task("Varnish the oars", "Workshop", "2026-03-04"), task("Carve four spoons", "Workshop", "2026-03-09"), task("Sweep the loft", "Workshop"),
], "which": "open", "list": "workshop"}})  # fmt: skip
MATILDA: Read = ("read_email", {"result": {"message": {**mail("Matilda Okafor", "Regatta supper", "2026-03-03T18:00", ""), "body": "There will be nine of us on Saturday. Ravi is bringing the mackerel. Could you bring bread? The boat leaves at 8.15 and is back at 15.30. Please wear no shoes for two hours beforehand. Matilda"}}})  # fmt: skip
PRICE: Read = ("search_email", {"result": {"messages": [mail("Henk Visser", "Slipway", "2026-03-01T15:00", "Two winches must be replaced. My price is 2,400 euros, 60 euros a night for the berth. Henk")], "query": "from:henk"}})  # fmt: skip
SELMA: Read = ("recall", {"result": {"memories": [{"text": "Selma is allergic to celery"}, {"text": "Selma loves the Tintin books"}]}})  # fmt: skip

SO: Sequence[tuple[Read, Sequence[str]]] = (
    (TODAY, ("You need to paint the shutters and thank Mr Sundqvist for those eels.", "Two jobs: the shutters, and a word of thanks to Mr Sundqvist.", "You've two to get through today.", "The shutters need a coat and the eels a thank-you before the day's out.")),
    (WORKSHOP, ("In order of urgency: the sawmill, the oars, the spoons, the loft.", "No date on the loft.", "The spoons should be paid by Monday.", "The four last spoons have until Monday.", "The sawmill is two days late, the oars are due today, then the spoons by Monday and the loft whenever you like.", "The loft's the only one without a date.", "Everything but the loft has a date.", "The most urgent are the sawmill's bill and the oars.", "The sawmill should have been settled on Monday.")),
    (TASKS, ("Pantry has only three.", "It comes to nine: four on Errands, two on Garden and three in Pantry.")),
    (REMINDERS, ("Three are set, and only one of them is today.", "The last one is on Sunday.")),
    (MATILDA, ("There'll be nine of you on Saturday.", "She'd like you to bring bread.", "Ravi is bringing the mackerel.", "The boat goes at quarter past eight and brings you home at half past three.", "And no shoes for two hours beforehand.")),
    (PRICE, ("It's 60 euros a night. Three nights would make 180.", "Yes, two winches need replacing.")),
    (SELMA, ("She can't have celery, and she's mad about Tintin.", "It's celery that Selma is allergic to.")),
)  # fmt: skip
NOT_SO: Sequence[tuple[Read, Sequence[str]]] = (
    (TODAY, ("The shutters, Mr Sundqvist's eels and the hinges.", "Paint the shutters, thank Mr Sundqvist and mow the lawn.", "You've three to get through today.", "Only one thing today, the shutters.")),
    (WORKSHOP, ("In order of urgency: the spoons, the oars, the sawmill.", "The loft is for Friday.", "The sawmill, the oars and the fence are for today.", "The oars, the loft and raking the leaves.", "You still have to order new rivets.", "Due today are the oars and the spoons.", "Settle the sawmill, varnish the oars, carve four spoons and paint the fence.", "The spoons are the most urgent.", "You can take your time with the sawmill.", "Varnish the oars by tonight, and carve six spoons.", "There are five jobs open for the workshop.", "The loft should have been swept by now.")),
    (TASKS, ("The Garden list is the longest.", "Three each for Garden and Pantry.", "Pantry has only two.")),
    (REMINDERS, ("There aren't any left for today.", "The last one is on Friday.", "The ferns, the clock, the drill, and call the vet in Leeds.", "Two altogether, the next at five.")),
    (MATILDA, ("There'll be eleven of you on Saturday.", "She wants you to bring the mackerel.", "Ravi is bringing the bread.", "The boat is back at quarter past four.")),
    (PRICE, ("Henk can't do it this week.", "No, he doesn't mention a price.", "Yes, three winches need replacing.", "It's 60 euros a night. Three nights would make 190.")),
    (UNREAD, ("Two new mails, one of them from Odile.",)),
    (SELMA, ("It's fennel that Selma is allergic to.", "She's allergic to celery, loves Tintin and turns nine in June.", "She can't have celery or nuts.", "Selma is your neighbour, and she's allergic to celery.", "I've nothing stored about Selma.")),
    (NO_MEMORIES, ("You put it in the desk drawer.",)),
)  # fmt: skip


@pytest.mark.parametrize(("told", "text"), [(told, text) for told, texts in SO for text in texts])
async def test_things_are_told_in_other_words(told: Read, text: str) -> None:
    """A paraphrase of what stands there is said."""
    assert await let_go(text, told)


@pytest.mark.parametrize(("told", "text"), [(told, text) for told, texts in NOT_SO for text in texts])
async def test_one_thing_too_many_is_held(told: Read, text: str) -> None:
    """What stands nowhere, or stands otherwise, isn't, whatever is told beside it."""
    assert not await let_go(text, told)
