"""A yes that can't be misheard."""

import pytest

from agent.approval import digest, verdict


@pytest.mark.parametrize(
    "words",
    ["yes", "Yes.", "Yes, please!", "yeah", "sure", "OK", "okay, do it", "go ahead", "please do it", "send it",
     "yes, send it", "yep, cancel it", "um, yes", "yes thank you", "that's right", "That’s right", "confirm", "yes please do it"],
)  # fmt: skip
def test_a_plain_yes_is_a_yes(words: str) -> None:
    """The plain ways of saying yes are understood."""
    assert verdict(words) is True


@pytest.mark.parametrize(
    "words",
    ["no", "No!", "nope", "no thanks", "don't", "don't do it", "no, don't send it", "never mind", "stop", "leave it",
     "not now", "wait", "no, leave it"],
)  # fmt: skip
def test_a_plain_no_is_a_no(words: str) -> None:
    """The plain ways of saying no are understood."""
    assert verdict(words) is False


@pytest.mark.parametrize(
    "words",
    ["", "mhm", "uh huh", "yes but at five", "yes and also call mum", "no yes", "yesterday", "what", "the yes man",
     "is that a yes", "send it to Dana instead", "yes or no", "I said yes to Anna", "okay what else", "nothing",
     "no idea what that is", "yes no", "do it tomorrow", "cancel it tomorrow", "maybe", "I guess", "right after lunch",
     "sure is cold", "correct the title", "stop the meeting at five"],
)  # fmt: skip
def test_anything_else_is_neither(words: str) -> None:
    """More or other words than a yes decide nothing."""
    assert verdict(words) is None


def test_a_digest_is_of_the_exact_arguments() -> None:
    """One changed letter is another thing to say yes to; the order of names is not."""
    one = digest("send_email", {"to": ["a@example.org"], "body": "Hi"})

    assert one == digest("send_email", {"body": "Hi", "to": ["a@example.org"]})
    assert one != digest("send_email", {"body": "hi", "to": ["a@example.org"]})
    assert one != digest("draft_email", {"body": "Hi", "to": ["a@example.org"]})
