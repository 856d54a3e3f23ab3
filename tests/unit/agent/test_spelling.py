"""A slip in one of the grammar's own words is forgiven; another English word and a name are left alone."""

import pytest

from agent.commands.vocabulary import meant
from agent.commands.words import hear, written
from agent.when.spelling import Vocabulary, slips


@pytest.mark.parametrize(("word", "known"), [
    ("shoping", "shopping"), ("remeber", "remember"), ("apointmnet", "appointment"), ("calendr", "calendar"), ("meetng", "meeting"),
    ("wendsday", "wednesday"), ("thrusday", "thursday"), ("bizzy", "busy"), ("readed", "read"), ("r", "are"), ("wen", "when"),
])  # fmt: skip
def test_a_slip_is_mended(word: str, known: str) -> None:
    """A letter wrong, missing, too many or swapped; two in a long word."""
    assert meant(word) == known


@pytest.mark.parametrize("word", [
    "cancer", "deleted", "remote", "shipping", "stopping", "melting", "dinners", "sundar", "sundae", "frieda", "mourning", "diner", "anna", "monkey", "priya",
    "chopping", "compete", "finnish", "reindeer", "massive", "fridge", "birthdays",
])  # fmt: skip
def test_other_words_stay_what_they_are(word: str) -> None:
    """Real words that are near, inflected forms and names are no slips."""
    assert meant(word) == word


def test_names_keep_their_spelling() -> None:
    """Only what is compared is mended, never what is written down."""
    assert written(hear("Mr Calandr and shoping")) == "Mr Calandr and shoping"


def test_of_two_that_are_as_near_none_is_meant() -> None:
    """A word in the middle between two is no guess at either."""
    assert Vocabulary(["sender", "sunder"]).near("sinder") is None
    assert Vocabulary(["sender"]).near("sendre") == "sender"


@pytest.mark.parametrize(
    ("one", "other", "many"),
    [("ab", "ba", 1), ("abc", "abc", 0), ("abc", "axc", 1), ("abcd", "acd", 1), ("kitten", "sitting", 3)],
)
def test_slips_are_counted(one: str, other: str, many: int) -> None:
    """Two letters that changed places are one slip."""
    assert slips(one, other) == many
