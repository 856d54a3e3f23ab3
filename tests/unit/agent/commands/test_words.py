"""What is made of the words before they are compared."""

import pytest

from agent.commands.words import bare, hear, plains, ungerund, written


def test_sounds_and_contractions_are_opened() -> None:
    """Fillers go, contractions open, slips are mended, and the spelling is kept for titles."""
    words = hear("Um, what's, uh, my next meating?")
    assert plains(words) == ("what", "is", "my", "next", "meeting")
    assert written(words) == "what's, my next meating"


def test_politeness_is_taken_off() -> None:
    """What is wanted stays when greeting, "can you" and "please" are gone."""
    said = bare(hear("Hey Chronus, could you please cancel the dentist for me, thanks"))
    assert plains(said) == ("cancel", "the", "dentist")


def test_minding_is_asking() -> None:
    """ "Would you mind moving" is "move"."""
    assert plains(bare(hear("would you mind moving the dentist to ten")))[0] == "move"


def test_nothing_is_ever_taken_off_to_nothing() -> None:
    """A sentence that is all politeness stays."""
    assert plains(bare(hear("thanks"))) == ("thanks",)


@pytest.mark.parametrize(("word", "verb"), [("putting", "put"), ("adding", "add"), ("calling", "call"), ("fixing", "fix"), ("making", "make"), ("cancelling", "cancel")])  # fmt: skip
def test_verbs_lose_their_ending(word: str, verb: str) -> None:
    """The plain verb is found behind "-ing"."""
    assert ungerund(word) == verb
