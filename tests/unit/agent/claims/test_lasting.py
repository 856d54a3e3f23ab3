"""How long things take, how far they are from each other and from now: computed, and told roughly where it is told so."""

import pytest

from tests.unit.agent.claims.test_computed import NOW, ZONE
from tests.unit.agent.claims.test_related import let_go
from tests.unit.agent.claims.test_touching import DAY, Told, event
from tests.unit.agent.claims.turns import Turn, before

SO = (
    "The tax talk starts in two hours and forty minutes.", "The tax talk is two hours and forty minutes away.", "You have two hours and fifteen minutes between the glazier and the tax talk.",
    "There's a gap of two hours and a quarter between the glazier and the tax talk.", "After the glazier you have two hours and fifteen minutes until the tax talk.", "The allotment walk takes an hour and a half.",
    "Pottery runs for two hours.", "The violin lesson is forty-five minutes long.", "The allotment walk and the violin lesson overlap by half an hour.", "They overlap by half an hour.",
    "Between the violin lesson and pottery there are two hours and fifteen minutes.", "An hour after the tax talk ends you have the violin lesson.", "Pottery starts two hours and fifteen minutes after the violin lesson.",
    "About two hours between the violin lesson and pottery.", "There's a good two hours between the violin lesson and pottery.", "You have two hours at pottery.", "An hour of tax talk, an hour and a half of allotment walk.",
    "You have a little over two hours before pottery.", "There's room for two hours between the glazier and the tax talk.", "There are less than three hours between the glazier and the tax talk.",
    "There's more than two hours between the glazier and the tax talk.", "In about two hours and a half you have the tax talk.", "You've got two hours forty minutes until one.", "An hour from one takes you to two.",
    "The violin lesson ends two hours and fifteen minutes before pottery.", "It's two hours and fifteen minutes from the violin lesson to pottery.", "The violin lesson starts half an hour before the allotment walk ends.",
    "Pottery is at six, seven hours and forty minutes from now.", "Tax talk an hour, violin lesson forty-five minutes, pottery two hours.", "An hour from quarter to four takes you to quarter to five.",
)  # fmt: skip
NOT_SO = (
    "The tax talk starts in two hours.", "The tax talk is three hours away.", "You have three hours between the glazier and the tax talk.", "There's a gap of an hour and a quarter between the glazier and the tax talk.",
    "After the glazier you have three hours until the tax talk.", "The allotment walk takes an hour.", "Pottery runs for three hours.", "The violin lesson is an hour long.", "The allotment walk and the violin lesson overlap by an hour.",
    "They overlap by fifteen minutes.", "Between the violin lesson and pottery there are three hours.", "Half an hour after the tax talk ends you have the violin lesson.", "Pottery starts an hour after the violin lesson.",
    "About an hour between the violin lesson and pottery.", "There's a good three hours between the violin lesson and pottery.", "There's almost two hours between the violin lesson and pottery.", "You have three hours at pottery.",
    "Two hours of tax talk, an hour and a half of allotment walk.", "An hour of tax talk, two hours of allotment walk.", "You have less than two hours before the tax talk.",
    "There's room for three hours between the glazier and the tax talk.", "There are less than two hours between the glazier and the tax talk.", "There's more than three hours between the glazier and the tax talk.",
    "In about an hour you have the tax talk.", "You've got two hours until one.", "An hour from one takes you to three.", "An hour until the tax talk.", "The violin lesson ends an hour before pottery.",
    "It's an hour from the violin lesson to pottery.", "The violin lesson starts an hour before the allotment walk ends.", "There's barely five hours between the glazier and the tax talk.",
    "There's a good half hour between the glazier and the tax talk.", "Pottery is at six, five hours from now.", "The tax talk starts in two hours and forty-one minutes.", "An hour from quarter to four takes you to five.",
    "After the tax talk you have an hour.", "After the glazier you have three hours and a quarter.", "The glazier takes an hour longer than planned.", "The tax talk is two hours and forty minutes away, and it's on Friday.",
)  # fmt: skip


@pytest.mark.parametrize(("text", "so"), [*((one, True) for one in SO), *((one, False) for one in NOT_SO)])
async def test_how_long_it_is_is_computed(text: str, *, so: bool) -> None:
    """Of a day that was read, at twenty past ten."""
    assert await let_go(text, DAY, asked="what's on today?", facts="") is so


def span(starts: str, ends: str) -> dict[str, str]:
    """From when to when, today."""
    return {"starts": f"2026-03-04T{starts}:00+01:00", "ends": f"2026-03-04T{ends}:00+01:00"}


FREE: Told = ("find_free_time", {"result": {
    "free": [span("11:00", "12:30"), span("16:00", "18:00")], "busy": [event("Sauna board", "09:00", "11:00"), event("Keel survey", "12:30", "16:00")],
    "span": span("09:00", "18:00"), "is_free": False, "minutes": None,
}})  # fmt: skip


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("You're free for an hour and a half, and for two hours from four.", True), ("You're free for three hours from four.", False), ("You have a gap of an hour and a half at eleven.", True),
        ("You have a gap of two hours at eleven.", False), ("There's a two-hour slot at four.", True), ("There's a one-hour slot at four.", False), ("Three and a half hours free in all.", True), ("Six hours free in all.", False),
        ("Two hours later would work.", True), ("An hour later would work.", False), ("Three hours earlier would work.", True), ("One hour earlier would work.", False), ("An hour and three quarters earlier would work.", True), ("An hour and three quarters later would work.", False), ("Three and a quarter hours earlier would work.", False),
        ("You've an hour and a half between the sauna board and the keel survey.", True), ("You've two hours between the sauna board and the keel survey.", False),
        ("After the keel survey you have two hours.", True), ("After the keel survey you have three hours.", False), ("After the sauna board you're free for two hours.", False),
        ("You have an hour and a half before the keel survey.", True), ("You have an hour and a half before the keel survey and two after it.", True), ("You have two hours before the keel survey and two after it.", False),
        ("Three hours would work.", False), ("Four hours later would work.", False), ("Three and a half hours later would work.", True), ("The keel survey starts two hours later.", False),
        ("There's room for an hour at eleven.", True), ("There's room for two hours at eleven.", False),
    ],
)  # fmt: skip
async def test_how_long_free_time_lasts(text: str, *, so: bool) -> None:
    """Each gap for itself, and how far it is from the hour that was asked about."""
    assert await let_go(text, FREE, asked="am I free today at two?", facts="") is so


AGENDA = "Next on their calendar: Wed 13:00–14:00 “Tax talk”; Wed 14:30–16:00 “Keel survey”; Thu 10:00–10:45 “Dentist”."
HOW_LONG, LEFT, NEXT = "how long until the tax talk?", "how much time do I have left?", "what's next?"


@pytest.mark.parametrize(
    ("asked", "text", "so"),
    [
        (HOW_LONG, "Two hours and forty minutes.", True), (HOW_LONG, "About two and a half hours.", True), (HOW_LONG, "Almost three hours.", True), (HOW_LONG, "Just under three hours.", True),
        (HOW_LONG, "It's 10:20 now, so two hours and forty minutes.", True), (HOW_LONG, "It's 10:20 now, so two hours.", False), (HOW_LONG, "Two hours.", False), (HOW_LONG, "About four hours.", False),
        (HOW_LONG, "Almost two hours.", False), (HOW_LONG, "Four hours and ten minutes.", False), (HOW_LONG, "Almost five hours.", False), ("how long until the tax talk is over?", "Three hours and forty minutes.", True),
        ("how long until the tax talk is over?", "Two hours and forty minutes.", False), (LEFT, "Two hours and forty minutes.", True), (LEFT, "You have two hours and forty minutes until one.", True),
        (LEFT, "Four hours and ten minutes.", False), (LEFT, "Two hours until the tax talk.", False), (LEFT, "You have two hours until one.", False), (NEXT, "The tax talk, in two hours and forty minutes.", True),
        (NEXT, "After the tax talk you have half an hour before the keel survey.", True), (NEXT, "The keel survey lasts an hour and a half.", True), (NEXT, "You have half an hour between the two.", True),
        (NEXT, "The tax talk, in two hours.", False), (NEXT, "The tax talk takes two hours.", False), (NEXT, "After the tax talk you have an hour before the keel survey.", False),
        ("how long until I'm free again?", "Three hours and forty minutes.", True), ("how long until I'm free again?", "Two hours and forty minutes.", False), ("how long until the keel survey?", "Four hours and ten minutes.", True),
        ("how long until the keel survey?", "Two hours and forty minutes.", False), ("how soon is the keel survey?", "Four hours and ten minutes.", True), ("how soon is the keel survey?", "Two hours and forty minutes.", False),
        ("how long is the keel survey?", "An hour and a half.", True), ("how long is the keel survey?", "It takes an hour and a half.", True),
        (NEXT, "The keel survey lasts two hours.", False), (NEXT, "You have an hour between the two.", False), (NEXT, "The tax talk starts in an hour.", False),
    ],
)  # fmt: skip
async def test_how_long_it_is_until_what_stands_in_the_agenda(asked: str, text: str, *, so: bool) -> None:
    """With nothing called; until it begins, unless they ask when it is over."""
    assert await let_go(text, asked=asked, facts=AGENDA) is so


@pytest.mark.parametrize(
    ("asked", "text", "so"),
    [(LEFT, "Two hours and forty minutes.", True), (LEFT, "Thirteen hours and forty minutes.", False), (NEXT, "The tax talk, in two hours and forty minutes.", True)],
)  # fmt: skip
async def test_what_lasts_all_day_is_not_waited_for(asked: str, text: str, *, so: bool) -> None:
    """A birthday has no hour."""
    facts = "Next on their calendar: Wed all day “Ines' birthday”; Wed 13:00–14:00 “Tax talk”."
    assert await let_go(text, asked=asked, facts=facts) is so


async def test_how_long_it_is_until_an_hour_needs_no_calendar() -> None:
    """Only the clock on the wall."""
    assert await let_go("Two hours and forty minutes until one.", asked="how long until one?", facts="")
    assert not await let_go("Three hours until one.", asked="how long until one?", facts="")


RUNG = {"receipt": {"text": "Ring the chandler", "due": "2026-03-04T17:20:00+01:00"}, "say": "I'll remind you today at 5:20 pm: Ring the chandler."}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("I'll remind you in seven hours.", True), ("That's in seven hours.", True), ("The reminder is set for 5:20, seven hours from now.", True), ("That's an hour and twenty minutes after the keel survey ends.", True),
        ("I'll remind you in six hours.", False), ("That's in five hours.", False), ("The reminder is set for 5:20, three hours from now.", False), ("That's an hour after the keel survey ends.", False),
    ],
)  # fmt: skip
async def test_how_long_it_is_until_a_reminder(text: str, *, so: bool) -> None:
    """It has an hour, and no length of its own."""
    assert (
        await let_go(text, ("set_reminder", RUNG), asked="remind me to ring the chandler at 5:20", facts=AGENDA) is so
    )


LATER = {"receipt": event("Keel survey", "16:00", "17:30"), "say": "Keel survey is now today at 4 pm."}


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("It takes an hour and a half.", True), ("It starts two hours after the tax talk.", True), ("It's an hour and a half later.", True), ("It takes an hour.", False), ("It starts an hour after the tax talk.", False),
        ("You have three hours before it.", False), ("It's two hours later.", False), ("That leaves half an hour between the tax talk and the keel survey.", False),
    ],
)  # fmt: skip
async def test_how_far_it_is_from_what_was_moved(text: str, *, so: bool) -> None:
    """By its new hours, not by those that the agenda has."""
    assert await let_go(text, ("change_event", LATER), asked="move the keel survey to four", facts=AGENDA) is so


ROPES = {"receipt": event("Rope course", "12:00", "12:45"), "say": "Rope course is on your calendar today from 12 to 12:45 pm."}  # fmt: skip
ADDED = Turn(NOW, ZONE, earlier=[*before("add the ropes", ("add_event", ROPES)), *before("and the keel survey", ("add_event", LATER))])  # fmt: skip


@pytest.mark.parametrize(
    ("text", "so"), [("It takes an hour and a half.", True), ("It takes an hour.", False), ("The rope course takes forty-five minutes.", True), ("The rope course takes an hour and a half.", False)],
)  # fmt: skip
async def test_how_long_it_takes_that_was_added_before(text: str, *, so: bool) -> None:
    """The last one, unless another is named."""
    assert await ADDED.lets_go(text, asked="how long is it?") is so
