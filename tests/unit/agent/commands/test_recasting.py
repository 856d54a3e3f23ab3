"""A statement with a wish behind it, and roundabout words: each comes to the plain command that was meant, or to none."""

import pytest

from agent.commands.plainer import plainer
from agent.commands.recasting import recast, taken_back
from agent.commands.times import Clock
from tests.unit.agent.commands.thread import DENTIST, NOW, READING, ZONE, events, heard, wrote

CLOCK = Clock(NOW, ZONE)


@pytest.mark.parametrize(("said", "meant"), [
    ("plumber's coming at five instead, change that please", "move plumber to five"),
    ("i'll do the stamps tomorrow instead, move it", "move the stamps to tomorrow"),
    ("the dentist's been put back to eleven, update my calendar", "move the dentist to eleven"),
    ("i'm giving up yoga, delete all of them", "cancel all yoga"),
    ("yoga is off this week, delete it", "cancel yoga this week"),
    ("i don't need the haircut any longer, so please would you be so good as to cancel it", "cancel the haircut"),
    ("passport's renewed, finally, mark it off please", "tick off passport"),
    ("i sent the report this morning, you can tick that off", "tick off the report"),
    ("i have doctor on monday at eight, please write in calendar", "add doctor on monday at eight to my calendar"),
    ("i want to go for a run tomorrow at 6:30, block that", "add go for a run tomorrow at 6:30 to my calendar"),
    ("somebody wants to meet on tuesday at ten, am i free?", "am i free on tuesday at ten"),
])  # fmt: skip
def test_what_is_told_first_and_wished_then_is_one_command(said: str, meant: str) -> None:
    """The first half names the thing and its new time, the second says what to do."""
    assert meant in list(recast(said, CLOCK))


@pytest.mark.parametrize("said", [
    "if the plumber cancels, delete it", "the haircut might be cancelled, delete it", "dentist on friday, i have to cancel it",
    "she said that yoga is cancelled, so delete it", "the plumber is coming at five instead, don't change it",
    "my friend's plumber is coming at five, he had to change it", 'he wrote "the workshop is cancelled, delete it"',
    "they moved the match to five so i had to change it", "the stamps are bought, don't tick it off",
])  # fmt: skip
def test_what_is_only_told_comes_to_no_write(said: str) -> None:
    """A condition, a doubt, somebody else's words and a no are no plain statement."""
    assert list(recast(said, CLOCK)) == []
    assert set(heard(said).tools) <= READING


@pytest.mark.parametrize("said", [
    "oops i didn't mean to, undo it please", "no wait i haven't got them yet, revert that", "it isn't done, please bring it back",
    "undo, i do need it", "never mind, put it back to how it was", "i ticked the wrong one, undo please",
])  # fmt: skip
def test_a_reason_may_stand_around_taking_back(said: str) -> None:
    """Right after a write it is undone; out of nowhere nothing is."""
    assert taken_back(said)
    eggs = {"id": "eggs-id", "title": "Eggs", "list": "Shopping", "due": None}
    assert heard("add eggs to my shopping list").answer(wrote(eggs)).say(said).tools == ["undo"]


@pytest.mark.parametrize("said", ["the shop wouldn't take it back", "he told me to undo it", "i wish i could take it back", "what if i undo it"])  # fmt: skip
def test_taking_back_may_also_be_told_of(said: str) -> None:
    """What others do, and what one would like to, takes nothing back."""
    assert not taken_back(said)


@pytest.mark.parametrize(("said", "plain"), [
    ("is the plumber today or tomorrow", "when is the plumber"),
    ("lunch friday, where is it again", "where is lunch friday"),
    ("cancel what i have tomorrow at ten", "cancel the event tomorrow at ten"),
    ("remind me to water the tomatoes at, like, seven this evening", "remind me to water the tomatoes at seven this evening"),
    ("everything on saturday and sunday", "everything on saturday to sunday"),
    ("open the message from my doctor, praxis weiss", "open the message from praxis weiss"),
    ("make a to do: pay the bill, due the 15th", "make a to do: pay the bill, due on the 15th"),
])  # fmt: skip
def test_roundabout_words_are_put_plainly(said: str, plain: str) -> None:
    """What is read is the plain way to say it."""
    assert plainer(said) == plain


@pytest.mark.parametrize("said", [
    "is it wednesday or thursday", "remind me monday and tuesday to water the plants", "yoga monday and tuesday at seven",
    "i'd like to see what's in my calendar", "put me down as a maybe for friday at seven", 'write "over due" to tom',
])  # fmt: skip
def test_what_is_plain_or_quoted_stays(said: str) -> None:
    """Nothing is put in other words that might mean something else by them."""
    assert plainer(said) == said


def test_a_reminder_hangs_on_the_event_just_spoken_of() -> None:
    """ "two hours before that" is no two hours from now."""
    thread = heard("when is the dentist").answer(events(DENTIST)).say("remind me two hours before that")
    assert thread.call == ("set_reminder", {"text": "Dentist", "when": "2026-03-05T08:00+01:00"})
    assert heard("remind me two hours before that").tools == []


def test_twelve_fifteen_to_do_something_is_a_quarter_past_twelve() -> None:
    """The "to" of a wish makes no quarter to of it."""
    assert heard("remind me at twelve fifteen to delete the old photos").call == (
        "set_reminder", {"text": "Delete the old photos", "when": "at twelve fifteen"},
    )  # fmt: skip
