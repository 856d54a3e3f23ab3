"""By how much something was moved, in how many days it is, and from which day to which what has no hours is."""

from collections.abc import Mapping
from typing import Any

import pytest

from integrations.model import Replied, Said
from tests.unit.agent.claims.judged import called
from tests.unit.agent.claims.listening import Turn, event, read, whole_days

GUITAR = event("Guitar lesson", 13, "10:00", "11:00", "Rua das Flores")
CHOIR = event("Choir", 16, "18:00", "19:30")
FAIR = whole_days("Book fair in Porto", 14, 17)
WEEK = Turn("what's on this week?", [read("12T00:00", "19T00:00", FAIR, GUITAR, CHOIR)])
TUNER = event("Piano tuner", 14, "14:00", "15:00")


def moved(new: Mapping[str, Any]) -> Turn:
    """The piano tuner was at two on Wednesday, for an hour."""
    receipt = {"receipt": new, "say": "It is moved."}
    return Turn("move the piano tuner", [read("14T00:00", "15T00:00", TUNER), ("change_event", receipt)])


LATER = moved(event("Piano tuner", 14, "15:30", "16:30"))
EARLIER = moved(event("Piano tuner", 14, "13:15", "14:15"))
LONGER = moved(event("Piano tuner", 14, "14:00", "15:45"))
SHORTER = moved(event("Piano tuner", 14, "14:00", "14:30"))
UNSEEN = Turn(
    "move the piano tuner an hour later",
    [("change_event", {"receipt": event("Piano tuner", 14, "15:30", "16:30"), "say": "It is moved."})],
)
BY_THE_CLOCK = Turn("move the piano tuner from two to half past three", UNSEEN.told)
MOVED = (
    (LATER, "The piano tuner comes an hour and a half later.", True), (LATER, "The piano tuner comes an hour later.", False),
    (LATER, "It's an hour and a half earlier than before.", False), (LATER, "It's longer than before.", False), (LATER, "It's later now.", True),
    (LATER, "It's earlier now.", False), (LATER, "It's shorter.", False), (LATER, "It isn't earlier now.", True),
    (EARLIER, "It's three quarters of an hour earlier now.", True), (EARLIER, "It's half an hour sooner now.", False), (EARLIER, "It's 45 minutes later now.", False),
    (LONGER, "It's three quarters of an hour longer now.", True), (LONGER, "It's half an hour longer now.", False), (LONGER, "It's shorter now.", False), (LONGER, "It's later now.", False),
    (SHORTER, "It's half an hour shorter now.", True), (SHORTER, "It's a quarter of an hour shorter now.", False), (SHORTER, "It's half an hour longer now.", False),
    (UNSEEN, "The piano tuner comes an hour later.", True), (UNSEEN, "The piano tuner comes two hours later.", False),
    (BY_THE_CLOCK, "That's an hour and a half later.", True), (BY_THE_CLOCK, "That's half an hour later.", False),
)  # fmt: skip


@pytest.mark.parametrize(("turn", "text", "so"), MOVED)
async def test_by_how_much_it_was_moved(turn: Turn, text: str, *, so: bool) -> None:
    """The difference between what it was and what it is; where nobody has seen what it was, as they asked for it."""
    assert await turn.lets_go(text) is so


ADDED = Turn("put the choir on friday at six", [("add_event", {"receipt": CHOIR, "say": "Choir is on your calendar."})])
BEFORE = Turn("when is that again?", before=[Said(text=ADDED.asked), *called(*ADDED.told), Replied(text="Done.", mind="model")])  # fmt: skip
FAR = Turn("put the choir on monday at six", [("add_event", {"receipt": event("Choir", 19, "18:00", "19:30"), "say": "Choir is on your calendar."})])  # fmt: skip
PAIR = Turn("when are the rehearsals?", [read("12T00:00", "26T00:00", event("Rehearsal", 14, "18:00", "19:00"), event("Dress rehearsal", 20, "18:00", "20:00"))])  # fmt: skip
NOBODY = Turn("which day is the 16th?")
AWAY = (
    (ADDED, "That's four days off.", True), (ADDED, "That's five days off.", False), (ADDED, "The choir is four days away.", True), (ADDED, "The choir is in three days.", False),
    (ADDED, "That's Friday.", True), (ADDED, "That's tomorrow.", False), (ADDED, "Which is on Friday already.", True), (ADDED, "That's on Thursday.", False),
    (ADDED, "It's in less than a week.", True), (ADDED, "It's in less than three days.", False), (ADDED, "That's in just under five days.", True), (ADDED, "That's in almost a week.", False), (ADDED, "That's in just under six days.", False), (ADDED, "That's on Friday at seven.", False), (ADDED, "That's on Friday at six.", True), (ADDED, "The choir is a week from today.", False),
    (ADDED, "That leaves you four days.", True), (ADDED, "That leaves you five days.", False), (BEFORE, "That's four days off.", True), (BEFORE, "That's three days off.", False),
    (WEEK, "The choir is three days after the guitar lesson.", True), (WEEK, "The choir is two days after the guitar lesson.", False),
    (WEEK, "The guitar lesson is three days before the choir.", True), (WEEK, "The guitar lesson is three days after the choir.", False),
    (WEEK, "The guitar lesson is three days earlier than the choir.", True), (WEEK, "The guitar lesson is a day away.", True), (WEEK, "The guitar lesson is a week away.", False),
    (FAR, "That's a week from today.", True), (FAR, "That's in a week.", True), (FAR, "That's two weeks off.", False), (FAR, "It's almost a week off.", True),
    (PAIR, "They're six days apart.", True), (PAIR, "They're four days apart.", False), (PAIR, "The dress rehearsal is six days later than the rehearsal.", True), (PAIR, "The dress rehearsal is five days later than the rehearsal.", False),
    (WEEK, "The choir is at six, that's Friday.", True), (WEEK, "The choir is at six, that's Thursday.", False), (WEEK, "The choir is on Friday, and that's three days after the guitar lesson.", True), (WEEK, "The choir is on Friday, and that's two days after the guitar lesson.", False),
    (WEEK, "The choir is two days after the opera.", False), (WEEK, "The choir is three days after Tuesday.", True), (WEEK, "The fair is in four days.", False), (NOBODY, "That's Friday.", True), (WEEK, "The fair is in two days.", True), (WEEK, "The fair is in five days.", False), (WEEK, "Two days from now you're off to the fair.", True),
)  # fmt: skip


@pytest.mark.parametrize(("turn", "text", "so"), AWAY)
async def test_in_how_many_days_it_is(turn: Turn, text: str, *, so: bool) -> None:
    """Counted from today, or from one thing to another."""
    assert await turn.lets_go(text) is so


WHOLE = (
    ("The book fair is from Wednesday to Friday.", True), ("The book fair is from Wednesday to Saturday.", False), ("The book fair is from Tuesday to Friday.", False),
    ("The book fair lasts three days.", True), ("The book fair lasts four days.", False), ("The book fair takes a couple of days.", False), ("The book fair covers three of the seven days.", True),
    ("The book fair takes up all of four days.", False), ("You have three days of book fair.", True), ("You have five days of book fair.", False),
    ("The fair goes on until Friday.", True), ("The fair goes on until Thursday.", False), ("You're at the fair until Saturday.", True),
    ("The book fair starts on Wednesday.", True), ("The book fair starts on Thursday.", False), ("You're back from the fair on Saturday.", True), ("You're back from the fair on Thursday.", False),
    ("The fair is over on Friday.", True), ("The fair is over on Wednesday.", False), ("The fair is over by noon.", False),
)  # fmt: skip


@pytest.mark.parametrize(("text", "so"), WHOLE)
async def test_on_which_days_it_is(text: str, *, so: bool) -> None:
    """What has no hours begins and ends on a day, and lasts so many."""
    assert await WEEK.lets_go(text) is so


ONE_DAY = Turn("what's on wednesday?", [read("14T00:00", "15T00:00", FAIR)])
THAT_DAY = (
    ("You're back from the fair that same evening.", False), ("You're back from the fair on Wednesday.", False), ("You're back from the fair on Friday.", True),
    ("You're home again from the fair the same day.", False), ("On Friday it's still on, and the fair is over that same evening.", True), ("The fair starts on Thursday at ten.", False),
)  # fmt: skip


@pytest.mark.parametrize(("text", "so"), THAT_DAY)
async def test_that_same_day_is_the_one_asked_about(text: str, *, so: bool) -> None:
    """Unless another was told before it."""
    assert await ONE_DAY.lets_go(text) is so
