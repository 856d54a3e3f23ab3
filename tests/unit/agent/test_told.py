"""A remembered sentence is filed by its words and said back to the one who told it."""

import pytest

from agent.told import as_told_back, in_a_sentence, kind_of, tidy


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("that i take my coffee black.", "I take my coffee black"),
        ("  my wife's name\nis Helena ", "My wife's name is Helena"),
        ("I'm allergic to peanuts!", "I'm allergic to peanuts"),
        ("this: the key is under the mat", "The key is under the mat"),
        ("Thatcher Street is where I live", "Thatcher Street is where I live"),
    ],
)
def test_it_is_kept_as_it_was_said(said: str, kept: str) -> None:
    """Only the wrapping goes: the leading "that", odd spaces, the full stop."""
    assert tidy(said) == kept


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        ("I take my coffee black", "You take your coffee black"),
        ("I'm allergic to peanuts", "You're allergic to peanuts"),
        ("My wife's name is Helena", "Your wife's name is Helena"),
        ("I was born in Oslo and I am tall", "You were born in Oslo and you are tall"),
        ("I always am late", "You always are late"),
        ("Am I late on Fridays", "Are you late on Fridays"),
        ("My sister was here with me", "Your sister was here with you"),
        ("Anna says that I’ve won, and the cup is mine", "Anna says that you've won, and the cup is yours"),
        ("We go to our cabin ourselves", "You go to your cabin yourselves"),
        ("The gas meter is behind the stairs", "The gas meter is behind the stairs"),
        ("I like it when you are brief", "I like it when you are brief"),
    ],
)
def test_it_is_said_back_to_the_one_who_told_it(kept: str, told: str) -> None:
    """Words for oneself turn, the verb beside them agrees, and what speaks to "you" is left alone."""
    assert as_told_back(kept) == told


@pytest.mark.parametrize(
    ("kept", "clause"),
    [
        ("I take my coffee black", "that you take your coffee black"),
        ("The gas meter is behind the stairs", "that the gas meter is behind the stairs"),
        ("Anna is vegetarian", "that Anna is vegetarian"),
        ("I like it when you are brief", "this: “I like it when you are brief”"),
    ],
)
def test_it_fits_into_a_sentence_of_ours(kept: str, clause: str) -> None:
    """Names keep their capital; what can't be turned is quoted."""
    assert in_a_sentence(kept) == clause


@pytest.mark.parametrize(
    ("text", "type_", "category"),
    [
        ("I take my coffee black", "preference", "food"),
        ("I hate early meetings", "preference", "work"),
        ("I don't drink coffee after four", "preference", "food"),
        ("I always prefer window seats", "preference", "travel"),
        ("I usually run on Tuesdays", "habit", "sport"),
        ("We go to my mother's every Sunday", "habit", "people"),
        ("My wife's name is Helena", "fact", "people"),
        ("I'm allergic to peanuts", "fact", "health"),
        ("The gas meter is behind the stairs", "fact", "home"),
        ("The code is 4711", "fact", ""),
    ],
)
def test_it_is_filed_by_its_words(text: str, type_: str, category: str) -> None:
    """The first rule that fits decides; nothing is guessed where none does."""
    kind = kind_of(text)
    assert (kind.type, kind.category) == (type_, category)
