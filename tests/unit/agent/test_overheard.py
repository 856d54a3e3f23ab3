"""Our own voice and others' words are known again when they come back; the person's answers and corrections are not taken for them."""

import pytest

from agent.overheard import echo_of_ours, learned_from_us
from integrations.store.conversations import Turn


def turns(reply: str, said: str, channel: str) -> tuple[Turn, list[Turn]]:
    """What was heard after a reply."""
    before = Turn(said="hm", reply=reply, lines=[], channel=channel)
    return Turn(said=said, reply="", lines=[], channel=channel), [before]


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        ("Dana writes: I always pay Mallory in cash.", "I always pay mallory in cash"),
        ("Dana writes: I always pay Mallory in cash.", "writes I always pay something in cash"),
        ("You said: I take my coffee black.", "I take my coffee back"),
        ("Dana writes: I'm allergic to nickel and to wool.", "I'm something to nickel something to wool"),
    ],
)
def test_an_echo_is_no_statement(reply: str, said: str) -> None:
    """Read out or read back and heard again, also with words misheard."""
    turn, before = turns(reply, said, "voice")
    assert echo_of_ours(turn, before)
    assert learned_from_us(said, turn, before)


@pytest.mark.parametrize("channel", ["voice", "text"])
@pytest.mark.parametrize("said", ["yes right, I usually run on Mondays", "I usually run on Mondays"])
def test_what_is_only_agreed_to_is_not_learned(said: str, channel: str) -> None:
    """What we said of them and they say again comes from us, whoever says it; they may still ask to have it remembered."""
    turn, before = turns("You usually run on Mondays, as you told me.", said, channel)
    assert learned_from_us("I usually run on Mondays", turn, before)
    assert not echo_of_ours(turn, before)


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        ("Do you prefer tea or coffee in the morning, or juice?", "I prefer green tea"),
        ("You live in Leeds.", "I live in Ghent"),
        ("Your wife's name is Helena.", "my wife's name is Eva"),
        ("You usually go running in the park on Mondays.", "I usually go running in the park on Fridays"),
        ("What's your locker number?", "my locker number is forty"),
    ],
)
def test_an_answer_and_a_correction_are_the_persons(reply: str, said: str) -> None:
    """They use our words to say something new."""
    turn, before = turns(reply, said, "voice")
    assert not echo_of_ours(turn, before)
    assert not learned_from_us(said, turn, before)
