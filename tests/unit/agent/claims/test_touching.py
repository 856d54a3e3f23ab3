"""How things of one day lie to each other: what touches, what is over when, what reaches into what."""

from typing import Any

import pytest

from tests.unit.agent.claims.test_computed import NOW, ZONE
from tests.unit.agent.claims.test_related import let_go
from tests.unit.agent.claims.turns import Turn, before

Told = tuple[str, dict[str, Any]]


def event(title: str, starts: str, ends: str, day: str = "04") -> dict[str, Any]:
    """One of March; the fourth is today."""
    on = f"2026-03-{day}T"
    return {"title": title, "starts": f"{on}{starts}:00+01:00", "ends": f"{on}{ends}:00+01:00", "all_day": False, "busy": True}  # fmt: skip


def read(*events: dict[str, Any], first: str = "04", after: str = "05") -> Told:
    """The calendar from one day to another."""
    span = {"starts": f"2026-03-{first}T00:00:00+01:00", "ends": f"2026-03-{after}T00:00:00+01:00"}
    return "list_events", {"result": {"events": list(events), "span": span, "conflicts": []}}


DAY = read(
    event("Choir rehearsal", "09:00", "10:00"), event("Glazier", "10:00", "10:45"), event("Tax talk", "13:00", "14:00"),
    event("Allotment walk", "14:00", "15:30"), event("Violin lesson", "15:00", "15:45"), event("Pottery", "18:00", "20:00"),
)  # fmt: skip
"""It is twenty past ten: the glazier is at it."""
SO = (
    "The tax talk and the allotment walk are back to back.", "There's no gap between the tax talk and the allotment walk.", "The tax talk ends exactly when the allotment walk starts.",
    "The allotment walk begins the minute the tax talk ends.", "The glazier starts exactly when choir rehearsal ends.", "The tax talk is over before the violin lesson starts.",
    "The tax talk goes on right until the allotment walk starts.", "The violin lesson starts in the middle of the allotment walk.", "The violin lesson begins during the allotment walk.",
    "The allotment walk ends in the middle of the violin lesson.", "Pottery only starts once the violin lesson is over.", "The allotment walk only starts once the tax talk is over.",
    "You'll be done with the tax talk before the allotment walk starts.", "You're through with the violin lesson at quarter to four.", "Choir rehearsal is behind you.", "Pottery is still to come.",
    "The tax talk is at one. It runs back to back with the allotment walk.", "The tax talk doesn't overlap with the allotment walk.", "Choir rehearsal and the glazier don't overlap.",
    "The violin lesson overlaps with the allotment walk.", "The violin lesson clashes with something.", "At a quarter past three there's a clash.", "At half past one you'd be at the tax talk.", "Pottery starts at six. The violin lesson is over by then.",
    "The violin lesson is at three. The tax talk and the allotment walk are back to back.", "Pottery isn't behind you.", "Pottery is at six. It only starts once the violin lesson is over.", "The allotment walk is at two. The tax talk is over by then.", "Pottery is at six. It doesn't overlap with the violin lesson.", "Pottery is at six. It doesn't overlap with anything.", "The allotment walk doesn't overlap with the tax talk.",
    "Violin is at three. At that time the allotment walk is still on.", "The tax talk is at one. Then there's the allotment walk.", "Pottery takes up your evening.", "Choir rehearsal was in the morning.",
)  # fmt: skip
NOT_SO = (
    "The violin lesson and pottery are back to back.", "There's no gap between the violin lesson and pottery.", "The tax talk ends exactly when the violin lesson starts.",
    "The allotment walk begins the minute choir rehearsal ends.", "The glazier starts exactly when the tax talk ends.", "The allotment walk is over before the violin lesson starts.",
    "The violin lesson goes on until pottery.", "Pottery starts in the middle of the allotment walk.", "The violin lesson ends in the middle of the allotment walk.", "The tax talk ends during the allotment walk.",
    "The violin lesson only starts once the allotment walk is over.", "You'll be through with the allotment walk before the violin lesson starts.", "You'll be out of the violin lesson by half past three.",
    "You're through with the violin lesson at four.", "Choir rehearsal is still to come.", "The glazier is still to come.", "The glazier is behind you.", "Pottery is behind you.",
    "The tax talk is at one. It runs back to back with pottery.", "The violin lesson doesn't overlap with the allotment walk.", "The tax talk overlaps with the allotment walk.", "Nothing overlaps with anything.", "The last two overlap.", "The first two overlap.", "The tax talk clashes at half past three.", "The tax talk clashes with something.", "The glazier clashes with something at half past two.",
    "The allotment walk starts during the tax talk.", "The allotment walk is at two. The tax talk is still on at that time.", "The violin lesson is at three. It doesn't overlap with anything.", "Your day is free of clashes.",
    "At half past two you'd be at the tax talk.", "Pottery starts at six. The violin lesson is still on at that time.", "Violin is at three. The allotment walk is over by then.",
    "Pottery is at six. Then there's the allotment walk.", "Pottery takes up your afternoon.", "The tax talk is in the morning.", "Choir rehearsal was in the afternoon.", "The allotment walk is in the evening.",
)  # fmt: skip


@pytest.mark.parametrize("text", SO)
async def test_how_things_lie_to_each_other_is_said(text: str) -> None:
    """As the hours of both have it, to the minute."""
    assert await let_go(text, DAY, asked="what's on today?", facts="")


@pytest.mark.parametrize("text", NOT_SO)
async def test_how_they_do_not_lie_is_not(text: str) -> None:
    """The same words of others."""
    assert not await let_go(text, DAY, asked="what's on today?", facts="")


@pytest.mark.parametrize(
    ("asked", "text", "so"),
    [
        ("when's the glazier?", "Right after choir rehearsal.", True), ("when's the glazier?", "Before the tax talk.", True), ("when's pottery?", "After the violin lesson.", True),
        ("when's the glazier?", "Right before the tax talk.", False), ("when's the glazier?", "Before choir rehearsal.", False), ("when's pottery?", "Right after the violin lesson.", False),
        ("when's the violin lesson?", "Right after the allotment walk.", False), ("when's the violin lesson?", "After the tax talk.", True),
    ],
)  # fmt: skip
async def test_what_is_asked_about_lies_where_it_is_said_to(asked: str, text: str, *, so: bool) -> None:
    """An answer that names only what is next to it."""
    assert await let_go(text, DAY, asked=asked, facts="") is so


AGENDA = (
    "Next on their calendar: Wed 10:00–10:45 “Glazier”; Wed 13:00–14:00 “Tax talk”; Wed 14:00–15:30 “Allotment walk”; "
    "Wed 15:00–15:45 “Violin lesson”; Wed 18:00–20:00 “Pottery”; Thu 10:00–10:45 “Dentist”."
)
MOVED = ("change_event", {"receipt": event("Glazier", "16:00", "16:45"), "say": "Glazier is now today at 4 pm."})
ADDED = ("add_event", {"receipt": event("Bank call", "14:30", "15:00"), "say": "Bank call is on your calendar today at 2:30 pm. It overlaps with Allotment walk."})  # fmt: skip


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("The glazier's at four now. Right after the violin lesson.", True), ("The glazier's at four now. Right after pottery.", False), ("Right before pottery.", False), ("It's after the allotment walk.", True),
        ("That's after pottery.", False), ("That's before pottery.", True), ("It's before the allotment walk.", False), ("Right after the tax talk.", False), ("Before the tax talk.", False),
        ("It's over before pottery starts.", True), ("It doesn't overlap with anything.", True), ("It overlaps with the violin lesson.", False), ("The violin lesson is over by then.", True),
        ("At that time the violin lesson is still on.", False), ("The violin lesson isn't over by then.", False), ("Pottery is on by then.", False), ("It goes on until pottery.", False),
        ("You'd be through with it before pottery.", True), ("You'd be at the violin lesson then.", False), ("You'd be at pottery then.", False), ("The violin lesson is still on then.", False),
    ],
)  # fmt: skip
async def test_what_was_moved_lies_among_the_others(text: str, *, so: bool) -> None:
    """What is next to the new hour stands in the agenda."""
    assert await let_go(text, MOVED, asked="move the glazier to four", facts=AGENDA) is so


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("The bank call is at half past two, in the middle of the allotment walk.", True), ("The bank call is at half past two, in the middle of the tax talk.", False), ("It overlaps with the allotment walk.", True),
        ("It doesn't overlap with anything.", False), ("It's free of clashes.", False), ("You'd be on the allotment walk then.", True), ("You'd be at the tax talk then.", False),
        ("The allotment walk will still be going on then.", True), ("The tax talk will still be going on then.", False), ("That's while the allotment walk is still on.", True), ("That's while the tax talk is still on.", False),
        ("It ends right when the violin lesson starts.", True), ("It ends right when pottery starts.", False), ("It's over before the allotment walk starts.", False),
    ],
)  # fmt: skip
async def test_what_was_added_is_at_the_time_of_another(text: str, *, so: bool) -> None:
    """In the middle of it, while it is on, and until the next begins."""
    assert await let_go(text, ADDED, asked="put the bank call at half past two", facts=AGENDA) is so


def whole(title: str, first: str, after: str) -> dict[str, Any]:
    """Of whole days."""
    return {"title": title, "starts": f"2026-03-{first}T00:00:00+01:00", "ends": f"2026-03-{after}T00:00:00+01:00", "all_day": True, "busy": True}  # fmt: skip


WEEK = read(
    whole("Sailing camp", "09", "14"), whole("Open studios", "14", "16"), whole("Clay fair", "09", "13"), event("Inspection", "08:00", "12:00", "10"),
    event("Archive", "13:30", "16:30", "11"), event("Roof check", "14:00", "15:00", "12"), event("Seed swap", "10:00", "12:30", "13"), event("Sourdough", "12:00", "13:00", "14"), event("Lunch talk", "11:00", "13:00", "10"), whole("Print bazaar", "10", "14"), whole("Flea market", "15", "16"),
    first="09", after="16",
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("Sailing camp is all week.", True), ("The open studios are all weekend.", True), ("The inspection takes all morning on Tuesday.", True), ("The archive fills your whole afternoon on Wednesday.", True),
        ("The clay fair is all week.", False), ("Sailing camp is all weekend.", False), ("The open studios are all week.", False), ("The roof check takes the whole afternoon.", False), ("The inspection takes all afternoon.", False),
        ("The inspection takes all evening.", False), ("The archive starts in the afternoon.", True), ("The inspection begins in the afternoon.", False), ("The seed swap is in the morning.", True),
        ("The seed swap is in the afternoon.", False), ("The seed swap goes on in the afternoon.", True), ("The inspection goes on in the afternoon.", False), ("The sourdough is in the afternoon.", True),
        ("The inspection is in the morning and the archive in the afternoon.", True), ("The inspection is in the morning and the archive in the evening.", False), ("The archive isn't in the morning.", True),
        ("The roof check isn't all afternoon.", True), ("The archive isn't in the morning and the inspection is in the evening.", False), ("The print bazaar is all week.", False), ("The flea market is all weekend.", False), ("The lunch talk is in the afternoon.", True),
    ],
)  # fmt: skip
async def test_what_is_all_week_or_in_the_afternoon(text: str, *, so: bool) -> None:
    """By the days and hours that it lies on."""
    assert await let_go(text, WEEK, asked="what's on next week?", facts="") is so


RUNG = ("set_reminder", {"receipt": {"text": "Ring the chandler", "due": "2026-03-04T14:30:00+01:00"}, "say": "I'll remind you today at 2:30 pm: Ring the chandler."})  # fmt: skip

RUNG_AT_TWO = ("set_reminder", {"receipt": {"text": "Ring the chandler", "due": "2026-03-04T14:00:00+01:00"}, "say": "I'll remind you today at 2 pm: Ring the chandler."})  # fmt: skip


@pytest.mark.parametrize(
    ("told", "text", "so"),
    [
        (RUNG_AT_TWO, "You'll be on the allotment walk then.", True), (RUNG_AT_TWO, "You'll be at the tax talk then.", False), (MOVED, "Pottery is still to come.", True), (MOVED, "Pottery is behind you.", False), (MOVED, "Pottery and the violin lesson don't overlap.", True), (MOVED, "The allotment walk and the violin lesson don't overlap.", False),
        (RUNG, "You'll be on the allotment walk then.", True), (RUNG, "You'll be at the tax talk then.", False), (ADDED, "The bank call doesn't overlap with anything.", False), (MOVED, "The glazier doesn't overlap with anything.", True),
        (DAY, "The allotment walk is at two, and the violin lesson starts in the middle of it.", True), (DAY, "The tax talk is at one, and the violin lesson starts in the middle of it.", False),
        (DAY, "The tax talk is at one. The allotment walk is next.", True), (DAY, "The tax talk is at one. Pottery is next.", False),
    ],
)  # fmt: skip
async def test_it_and_then_mean_what_was_told_last(told: Told, text: str, *, so: bool) -> None:
    """The thing, or the hour, of the clause before or of the receipt."""
    assert await let_go(text, told, asked="and how does that fit?", facts=AGENDA) is so


CLOSE = read(
    event("Stretching", "09:40", "10:20"), event("Fitting", "11:00", "12:00"), event("Carol's lunch", "12:10", "13:00"), event("Sketching", "13:30", "14:00"), whole("Book fair", "04", "05"),
)  # fmt: skip
"""One was over a moment ago, one lasts all day, and between the others are ten minutes and half an hour."""
DOUBLE = read(event("Zoo trip", "10:20", "11:00"), event("Dentist", "10:20", "10:40"), event("Haircut", "10:30", "11:00"), event("Webinar", "15:00", "16:00"))  # fmt: skip


@pytest.mark.parametrize(
    ("told", "asked", "text", "so"),
    [
        (read(*CLOSE[1]["result"]["events"][:3], CLOSE[1]["result"]["events"][4]), "and?", "It's all back to back.", True), (CLOSE, "and?", "It's all back to back.", False), (CLOSE, "and?", "The fitting goes on until lunch.", True), (CLOSE, "and?", "Stretching is behind you.", True), (CLOSE, "and?", "Nothing overlaps.", True),
        (CLOSE, "when's sketching?", "Right after Carol's lunch.", True), (DOUBLE, "and?", "The zoo trip is still to come.", False), (DOUBLE, "and?", "The haircut ends in the middle of the zoo trip.", False), (DOUBLE, "and?", "Nothing overlaps.", False),
        (DOUBLE, "and?", "The zoo trip comes before the dentist.", False), (CLOSE, "and?", "Carol's lunch comes right after the fitting.", True), (CLOSE, "and?", "Sketching comes right after Carol's lunch.", False),
        (DOUBLE, "and?", "The zoo trip is at twenty past ten. The dentist is still on at that time.", True), (DAY, "what about half past two?", "You'd be on the allotment walk then.", True), (DAY, "what about half past two?", "You'd be at the tax talk then.", False),
        (DAY, "what about half past two?", "You'd be at the dentist then.", False), (DAY, "i'm at my sister's at half past four, what's on then?", "You'd be at your sister's then.", True), (DAY, "and?", "Pottery is at six, you'd be at the violin lesson then.", False),
    ],
)  # fmt: skip
async def test_to_the_minute(told: Told, asked: str, text: str, *, so: bool) -> None:
    """What ends now is over, what begins now isn't to come any more, and ten minutes are no gap."""
    assert await let_go(text, told, asked=asked, facts="") is so


VET = Turn(NOW, ZONE, AGENDA, before("book the vet for tomorrow at nine", ("add_event", {"receipt": event("Vet", "09:00", "09:30", "05"), "say": "Vet is on your calendar tomorrow at 9 am."})))  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "text", "so"),
    [
        ("could it be at ten?", "At ten you'd run into the dentist.", True), ("could it be at one?", "At one you'd run into the tax talk.", False),
        ("when's that again?", "Tomorrow, in the morning.", True), ("when's that again?", "Tomorrow, in the afternoon.", False), ("when's that again?", "Tomorrow in the afternoon.", False),
    ],
)  # fmt: skip
async def test_what_was_written_before_is_what_they_mean(asked: str, text: str, *, so: bool) -> None:
    """Its day, and its part of the day."""
    assert await VET.lets_go(text, asked=asked) is so
