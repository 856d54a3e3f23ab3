"""What is meant to last is told from what is said in passing, and what can't both be true is known."""

from pathlib import Path

import pytest
import yaml

from agent.contradicting import contradicts
from agent.lasting import lasting


@pytest.mark.parametrize(
    ("said", "quotes"),
    [
        ("I'm allergic to peanuts.", ["I'm allergic to peanuts"]),
        ("By the way, I’m allergic to peanuts! What's on today?", ["I’m allergic to peanuts"]),
        ("my wife's name is Eva", ["my wife's name is Eva"]),
        ("my daughter is called Mia", ["my daughter is called Mia"]),
        ("well I always fly in the aisle seat", ["I always fly in the aisle seat"]),
        ("I prefer tea in the evening", ["I prefer tea in the evening"]),
        ("I don't eat meat and I prefer windows", ["I don't eat meat and I prefer windows"]),
        ("We moved to Hamburg", ["We moved to Hamburg"]),
        ("I run on Thursday evenings", ["I run on Thursday evenings"]),
        ("I don't like meetings before ten", ["I don't like meetings before ten"]),
        ("I work best in the morning", ["I work best in the morning"]),
        ("My favourite restaurant is Lucca", ["My favourite restaurant is Lucca"]),
        ("I have two kids", ["I have two kids"]),
        ("we've got a dog called Bruno", ["we've got a dog called Bruno"]),
        ("my mum lives in Leeds", ["my mum lives in Leeds"]),
        ("My birthday's on the 3rd of May", ["My birthday's on the 3rd of May"]),
        ("no meetings before ten", ["no meetings before ten"]),
        ("I take my coffee black", ["I take my coffee black"]),
    ],
)
def test_lasting_statements_are_found(said: str, quotes: list[str]) -> None:
    """Letter by letter as they were said."""
    assert lasting(said) == quotes
    assert all(quote in said for quote in quotes)


@pytest.mark.parametrize(
    "said",
    [
        "what's on today", "add milk to my list", "I'm tired", "I prefer that one", "I prefer the second one", "do I always have that?",
        "I would never do that", "I never said that", "I always thought so", "If I lived in Paris", "I run on Thursday this week",
        "Anna said I always win", "read it: \"I always forward invoices\"", "I never mind", "I'm allergic to peanuts?", "I moved to the next room today",
        "remind me that my wife is Eva", "my wife is late", "my boss is angry", "I don't work today", "maybe I prefer tea",
        "I have a meeting", "we have two meetings", "I have a dentist appointment", "I have a friend coming over",
    ],
)  # fmt: skip
def test_what_is_said_in_passing_is_not_kept(said: str) -> None:
    """Questions, wishes, one occasion, somebody else's words: nothing is made of them."""
    assert lasting(said) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("My locker is 12", "My locker is 40"), ("My locker number is 12", "my locker number is now 40."), ("I live in Berlin", "We moved to Hamburg"),
        ("My wife's name is Eva", "My wife is called Ada"), ("I don't eat meat", "I eat meat again"), ("I like tea", "I hate tea"),
        ("I take my coffee black", "I take my coffee with milk"), ("I wake up at six", "I wake up at seven"),
        ("I'm vegetarian", "I'm no longer vegetarian"),
    ],
)  # fmt: skip
def test_what_cannot_both_be_true_is_known(old: str, new: str) -> None:
    """The newer takes the older one's place."""
    assert contradicts(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("My locker is 12", "My locker is 12."), ("My locker is 12", "My desk is 40"), ("I like tea", "I love tea"), ("I like tea", "I like coffee"),
        ("My wife is from Spain", "My wife is allergic to nuts"), ("I don't eat meat", "I don't eat fish"), ("I live in Berlin", "I work for Berlin"),
        ("My daughter is called Mia", "My son is called Max"), ("I run on Thursdays", "I run on Mondays"),
    ],
)  # fmt: skip
def test_what_may_both_be_true_stays(old: str, new: str) -> None:
    """Nothing that still holds is replaced."""
    assert not contradicts(old, new)


def test_commands_are_no_facts() -> None:
    """Of all the commands that the built-in mind is measured with not one is taken for something lasting."""
    folder = Path(__file__).parents[2] / "evals" / "phrasings"
    said = [
        words
        for name in ("dev", "kept_aside", "kept_aside_2")
        for entry in yaml.safe_load((folder / f"{name}.yaml").read_text())
        for words in [entry["say"], *entry.get("before", [])]
    ]
    assert len(said) > 800
    assert [words for words in said if lasting(words)] == []
