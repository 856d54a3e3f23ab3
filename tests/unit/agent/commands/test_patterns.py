"""The little language in which phrases are written."""

import pytest

from agent.commands.patterns import Sentence, phrases
from agent.commands.words import hear


def _found(phrase: str, text: str, **macros: str) -> list[dict[str, str]]:
    (compiled,) = phrases(phrase, macros)
    sentence = Sentence(hear(text), {"text": bool, "one": lambda words: len(words) == 1})
    return [{name: one.text(name) for name, _, _ in one.slots} for one in compiled.find(sentence)]


def test_alternatives_and_options() -> None:
    """(a|b) wants one of them, [c] may be missing, and all words must be accounted for."""
    assert _found("(add|put) [a] thing", "put a thing") == [{}]
    assert _found("(add|put) [a] thing", "add thing") == [{}]
    assert _found("(add|put) [a] thing", "add a thing twice") == []


def test_every_way_to_fill_a_slot_is_tried() -> None:
    """The caller chooses between the ways in which slots can be filled."""
    found = _found("move <what> to <where>", "move the flight to lisbon to friday")
    assert found == [
        {"what": "the flight", "where": "lisbon to friday"},
        {"what": "the flight to lisbon", "where": "friday"},
    ]


def test_slots_can_be_checked() -> None:
    """A slot of a kind takes only words that pass its check."""
    assert _found("say <word:one>", "say hello") == [{"word": "hello"}]
    assert _found("say <word:one>", "say hello there friend") == []


def test_soft_words_may_stand_between() -> None:
    """ "please" and "just" change nothing, wherever they stand between literal words."""
    assert _found("show my list", "show just my list please") == [{}]


def test_words_that_sound_alike() -> None:
    """A literal word is also taken for what it was heard as."""
    assert _found("add <x:one> to list", "ad milk 2 list") == [{"x": "milk"}]


def test_macros_stand_for_their_words() -> None:
    """{name} is replaced before the phrase is read, also inside another one."""
    assert _found("{verb} it", "put it", verb="({more}|add)", more="put") == [{}]


def test_a_broken_phrase_is_found_when_it_is_read() -> None:
    """A bracket too many is told at once."""
    with pytest.raises(ValueError, match="unbalanced"):
        phrases("add) this", {})
