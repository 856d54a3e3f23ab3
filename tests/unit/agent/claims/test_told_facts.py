"""What was looked at and found, what they have done themselves, how many there are: told of tools' rows, and what is said instead."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from integrations.model import Said
from tests.unit.agent.claims.judged import Told
from tests.unit.agent.claims.turns import Turn

ATHENS = ZoneInfo("Europe/Athens")
NOW = datetime(2026, 9, 2, 11, 0, tzinfo=ATHENS)
"""A Wednesday."""
TURN = Turn(NOW, ATHENS)


def _event(title: str, starts: str, ends: str, guests: list[str]) -> dict[str, object]:
    on = "2026-09-03T"
    return {"title": title, "starts": f"{on}{starts}:00+03:00", "ends": f"{on}{ends}:00+03:00", "all_day": False, "busy": True, "place": "", "guests": guests}  # fmt: skip


def _task(title: str, due: str | None, name: str, *, done: bool = False) -> dict[str, object]:
    return {"title": title, "due": due, "list": name, "done": done}


THURSDAY: Told = ("list_events", {"result": {"conflicts": [], "span": {"starts": "2026-09-03T00:00:00+03:00", "ends": "2026-09-04T00:00:00+03:00"}, "events": [
    _event("Ferry tickets", "09:00", "09:15", []), _event("Osteopath", "10:30", "11:15", []), _event("Rent talk", "12:00", "13:00", ["maro@example.org"])]}})  # fmt: skip
FREE: Told = ("find_free_time", {"result": {"free": [{"starts": "2026-09-03T09:00:00+03:00", "ends": "2026-09-03T10:30:00+03:00"}, {"starts": "2026-09-03T15:00:00+03:00", "ends": "2026-09-03T17:00:00+03:00"}],
    "busy": [], "span": {"starts": "2026-09-03T09:00:00+03:00", "ends": "2026-09-03T17:00:00+03:00"}, "is_free": False, "minutes": None}})  # fmt: skip
TASKS: Told = ("list_tasks", {"result": {"which": "all", "list": None, "tasks": [
    _task("Varnish the oars", "2026-08-31", "Boat"), _task("Order rope", None, "Boat"), _task("Water the figs", "2026-09-02", "Garden"), _task("Paint the door", "2026-09-01", "House", done=True)]}})  # fmt: skip
NO_TASKS: Told = ("list_tasks", {"result": {"which": "open", "list": None, "tasks": []}})
DONE_TASKS: Told = (
    "list_tasks",
    {"result": {"which": "all", "list": None, "tasks": [_task("Paint the door", "2026-09-01", "House", done=True)]}},
)
MAILS: Told = ("search_email", {"result": {"messages": [
    {"id": "1", "from": "Maro Kanella", "subject": "Rent from October", "at": "2026-09-01T18:00:00+03:00", "unread": True, "important": False, "snippet": "The rent goes up by two per cent.", "box": "inbox"},
    {"id": "2", "from": "Ferry line", "subject": "Your tickets to Paros", "at": "2026-09-02T08:00:00+03:00", "unread": False, "important": True, "snippet": "Boarding is at gate E7.", "box": "inbox"}]}})  # fmt: skip
REMINDERS: Told = (
    "list_reminders",
    {"result": {"reminders": [{"text": "Take the bread out", "due": "2026-09-02T12:30:00+03:00"}]}},
)
MEMORIES: Told = ("recall", {"result": {"memories": [{"text": "Nikos is allergic to walnuts", "said": "2026-05-01"}]}})
CHANGES: Told = ("list_changes", {"result": {"changes": [{"tool": "change_event", "at": "2026-09-02T09:00:00+03:00", "say": "Osteopath is now tomorrow at half past ten.", "undone_at": None,
    "receipt": {"title": "Osteopath", "starts": "2026-09-03T10:30:00+03:00", "ends": "2026-09-03T11:15:00+03:00"}}]}})  # fmt: skip
OLIVES: Told = ("add_task", {"receipt": _task("Olives", None, "Shopping"), "say": "Olives is on your shopping list."})
CANCELLED: Told = ("cancel_event", {"receipt": {"title": "Osteopath", "starts": "2026-09-03T10:30:00+03:00", "ends": "2026-09-03T11:15:00+03:00"}, "say": "Osteopath is cancelled."})  # fmt: skip


@pytest.mark.parametrize(
    ("text", "told", "so"),
    [
        ("I've looked at your calendar.", THURSDAY, True), ("I've also checked your mail.", THURSDAY, False), ("I've just had a look.", THURSDAY, True), ("I checked your inbox.", MAILS, True), ("I checked your diary.", MAILS, False),
        ("I went through your calendar.", FREE, True), ("I haven't looked at your mail yet.", THURSDAY, True), ("I haven't looked at your calendar yet.", THURSDAY, False), ("I didn't check whether anybody else is coming.", THURSDAY, True),
        ("I haven't looked yet.", THURSDAY, False), ("I didn't read your mail.", MAILS, False), ("I haven't checked your tasks.", MAILS, True), ("I haven't opened your reminders.", REMINDERS, False),
        ("I've also found the olives.", OLIVES, True), ("I've also found some bread and feta.", OLIVES, False), ("I've looked.", OLIVES, True),
    ],
)  # fmt: skip
async def test_a_look_is_one_that_was_taken(text: str, told: Told, *, so: bool) -> None:
    """There, or at all; what was read isn't denied."""
    assert await TURN.lets_go(text, told, asked="and did you look?") is so


PAID = Turn(NOW, ATHENS, earlier=[Said(text="I've paid the harbour fee")])
TO_PAY = Turn(NOW, ATHENS, earlier=[Said(text="pay the harbour fee")])


@pytest.mark.parametrize(
    ("turn", "text", "told", "so"),
    [
        (TURN, "All your tasks are done.", [NO_TASKS], True), (TURN, "All your tasks are done.", [TASKS], False), (TURN, "All your tasks are done.", [DONE_TASKS], True), (TURN, "You've already done everything.", [NO_TASKS], True), (TURN, "You've already done everything.", [TASKS], False),
        (TURN, "You've painted the door.", [TASKS], True), (TURN, "You've varnished the oars.", [TASKS], False), (TURN, "You haven't varnished the oars yet.", [TASKS], True), (TURN, "You've already ordered the rope.", [TASKS], False),
        (TURN, "You've cancelled the osteopath.", [CANCELLED], True), (TURN, "You've confirmed the osteopath.", [THURSDAY], False), (TURN, "You've moved the osteopath.", [CHANGES], True), (TURN, "You've cancelled the osteopath.", [CHANGES], False),
        (PAID, "You've paid it, so that's that.", [TASKS], True), (TO_PAY, "You've already paid the harbour fee.", [TASKS], False), (TURN, "You've already paid the harbour fee.", [TASKS], False), (TURN, "You haven't answered Maro yet.", [MAILS], True),
        (TURN, "You've forwarded the rent mail.", [MAILS], False), (TURN, "You've told me about the walnuts.", [MEMORIES], True),
    ],
)  # fmt: skip
async def test_what_they_have_done_somebody_has_told(turn: Turn, text: str, told: list[Told], *, so: bool) -> None:
    """A task that is ticked off, a change, a receipt, their own word."""
    assert await turn.lets_go(text, *told, asked="and what have I done?") is so


@pytest.mark.parametrize(
    ("text", "told", "so"),
    [
        ("You have three appointments tomorrow.", [THURSDAY], True), ("You have four appointments tomorrow.", [THURSDAY], False), ("Two of the appointments are in the morning.", [THURSDAY], True), ("You've two gaps tomorrow.", [FREE], True), ("You've three gaps tomorrow.", [FREE], False),
        ("There are two things on your boat list.", [TASKS], True), ("There are three things on your boat list.", [TASKS], False), ("That makes two on your list.", [OLIVES], False), ("That's one less on the list.", [OLIVES], False),
        ("That makes two on your boat list.", [TASKS], True), ("You have two mails.", [MAILS], True), ("You have three mails.", [MAILS], False), ("One of them is important.", [MAILS], True),
        ("Both of them are important.", [MAILS], False), ("One of them is unread.", [MAILS], True), ("It's Wednesday.", [THURSDAY], True), ("It's Friday.", [THURSDAY], False), ("It's a Friday.", [THURSDAY], False), ("It's on Thursday.", [THURSDAY], True),
        ("Before noon you have two appointments, and one after.", [THURSDAY], True), ("There's one before noon and two after.", [THURSDAY], False), ("The oars are on your garden list.", [TASKS], False), ("The oars are on your boat list.", [TASKS], True),
        ("On your boat list are the oars, the rope, and a new sail.", [TASKS], False), ("On your boat list are the oars, and there's also the rope.", [TASKS], True), ("On your list are figs, oars, rope, and also a ladder.", [TASKS], False),
        ("The rope has no due date.", [TASKS], True), ("The figs have no due date.", [TASKS], False), ("There's no osteopath tomorrow.", [THURSDAY], False), ("There's no dentist tomorrow.", [THURSDAY], True), ("Nobody's invited to the rent talk.", [THURSDAY], False), ("Nobody's invited to the osteopath.", [THURSDAY], True),
        ("There's nothing before nine, and nothing after one.", [THURSDAY], True), ("There's nothing before nine, and nothing after noon.", [THURSDAY], False), ("The osteopath takes three quarters of an hour.", [THURSDAY], True), ("The osteopath takes an hour.", [THURSDAY], False),
        ("Three quarters of an hour from half past ten takes you to quarter past eleven.", [THURSDAY], True), ("An hour from half past ten takes you to noon.", [THURSDAY], False), ("The rent talk is before noon.", [THURSDAY], False), ("The osteopath is before noon.", [THURSDAY], True),
        ("The ferry tickets are at nine, the osteopath at half past ten.", [THURSDAY], True), ("The ferry tickets are at nine, the osteopath at noon.", [THURSDAY], False), ("On Thursday at nine it's the ferry tickets, then the osteopath at half past ten.", [THURSDAY], True),
        ("The first mail came on Tuesday, the other one today.", [MAILS], True), ("Nothing was changed.", [TASKS], True), ("You have the ferry tickets at nine, and the osteopath's at half past ten, and it ends at noon.", [THURSDAY], False), ("The rent talk starts at noon, and ends at half past one.", [THURSDAY], False), ("The rent talk starts at noon, and ends at one.", [THURSDAY], True),
        ("Three things stand out: the rent, the tickets and the gate.", [MAILS], True), ("The ferry tickets come first. It's Thursday at nine.", [THURSDAY], True), ("The figs are due today, and the rope is open.", [TASKS], True),
        ("The ferry line wrote today, and Maro wrote on Tuesday.", [MAILS], True), ("The rent talk is with Maro.", [THURSDAY], True), ("The rent talk is with Nikos.", [THURSDAY], False),
    ],
)  # fmt: skip
async def test_how_it_is_stands_in_the_rows(text: str, told: list[Told], *, so: bool) -> None:
    """How many, on which list, which day it is, how long, before or after what, with whom."""
    assert await TURN.lets_go(text, *told, asked="and how is it?") is so


@pytest.mark.parametrize(
    ("text", "told", "instead"),
    [
        ("You have a massage at noon.", THURSDAY, "Rent talk"), ("The gap is from noon to five.", FREE, "10:30"), ("The oars are due on Friday.", TASKS, "Varnish the oars"), ("The bread comes out at two.", REMINDERS, "Take the bread out"),
        ("Maro wrote that it's fine.", MAILS, "Rent"), ("Maro wrote that the rent goes up by ten per cent.", MAILS, "Rent"), ("Nikos is allergic to garlic.", MEMORIES, "walnuts"), ("The osteopath was moved to noon.", CHANGES, "half past ten"), ("You have five of them.", MAILS, "two"), ("Nobody's invited to the rent talk.", THURSDAY, "Rent talk"), ("Nobody has written.", MAILS, "Maro"),
        ("The olives are two kilos.", OLIVES, "Olives is on your shopping list."),
    ],
)  # fmt: skip
async def test_instead_of_a_lie_what_was_read_is_told(text: str, told: Told, instead: str) -> None:
    """Of the kind of thing that it was about."""
    said = await TURN.said(text, told, asked="and what is there?")
    assert text not in said
    assert instead in said


async def test_of_several_things_that_were_read_that_is_told_which_it_was_about() -> None:
    """Mail of mails; else the calendar, whatever was read beside it."""
    assert "Maro" in await TURN.said("You have five mails.", THURSDAY, MAILS, asked="and?")
    assert "Osteopath at 10:30" in await TURN.said("You have a massage at noon.", THURSDAY, TASKS, asked="and?")
    assert "Osteopath at 10:30" in await TURN.said("You have a massage at noon.", THURSDAY, REMINDERS, asked="and?")
    assert "10:30" in await TURN.said("You have a massage at noon.", FREE, TASKS, asked="and?")
