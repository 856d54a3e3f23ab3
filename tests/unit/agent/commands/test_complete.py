"""Whether a person has finished, judged by the words."""

import pytest

from agent.commands import complete


@pytest.mark.parametrize(
    "words",
    ["what's on tomorrow", "add milk to my shopping list", "remind me at five to call mum", "stop", "undo that"],
)
def test_whole_commands(words: str) -> None:
    """A full command needs no more waiting."""
    assert complete(words) is True


@pytest.mark.parametrize(
    "words", ["remind me to", "move the dentist to", "put the", "send an email to", "what's on my", "add milk and"]
)
def test_hanging_words(words: str) -> None:
    """Words that want something after them are not the end."""
    assert complete(words) is False


@pytest.mark.parametrize("words", ["", "the purple mountain", "dentist"])
def test_nobody_can_say(words: str) -> None:
    """Otherwise the ear decides."""
    assert complete(words) is None
