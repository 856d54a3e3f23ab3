"""Whether words are about the same thing, by the words alone."""

import pytest

from agent.alike import coverage, names_in, same_word, same_words, telling_words


@pytest.mark.parametrize(
    ("one", "other"),
    [("seat", "seats"), ("allergies", "allergic"), ("sitting", "sit"), ("fly", "flying"), ("meeting", "meetings")],
)
def test_forms_of_a_word_are_the_same_word(one: str, other: str) -> None:
    """Plurals, endings and long common beginnings don't hide a word."""
    assert same_word(one, other)


@pytest.mark.parametrize(("one", "other"), [("sit", "set"), ("car", "care"), ("tea", "team"), ("anna", "annual")])
def test_other_words_are_other_words(one: str, other: str) -> None:
    """Short words that only look alike are not taken for each other."""
    assert not same_word(one, other)


def test_little_words_carry_nothing_unless_they_are_all_there_is() -> None:
    """The telling words are what a search goes by; a question of little words keeps them."""
    assert telling_words("what do you know about my plane seats") == ["plane", "seats"]
    assert telling_words("about me") == ["about", "me"]


def test_coverage_is_the_part_that_is_there() -> None:
    """All telling words there: 1; half of them: a half; none: nothing."""
    assert coverage("my plane seats", "I like window seats on planes") == 1
    assert coverage("window blinds", "I like window seats on planes") == 0.5
    assert coverage("quantum physics", "I like window seats on planes") == 0


def test_a_name_that_is_not_there_is_noticed() -> None:
    """Asked about Sarah, a sentence about Anna is not about her, however near it lies."""
    assert names_in("Sarah") == {"sarah"}
    assert names_in("Sarah's wedding") == {"sarah"}
    assert names_in("what Anna eats in Leeds") == {"anna", "leeds"}
    assert names_in("Recommend me a book") == names_in("What I eat") == set()


def test_the_same_sentence_is_known_by_its_words() -> None:
    """Case, spaces and punctuation make no other sentence; other words do."""
    assert same_words("I like tea.", "i like  tea")
    assert not same_words("I like tea", "I liked tea")
