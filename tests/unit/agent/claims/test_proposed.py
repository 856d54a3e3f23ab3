"""What would be on a yes: with the hours, days and lengths that were asked for, or that the question has which waits."""

import pytest

from agent.claims.known import Known
from agent.claims.proposed import proposed
from agent.claims.saying import Saying, Sentence
from tests.unit.agent.claims.judged import Told
from tests.unit.agent.claims.streams import NOW, prompt
from tests.unit.agent.claims.test_known import thread

TAILOR = "put the tailor at two next tuesday for half an hour"
SUITS = "tell the tailor that four suits me"
WAITS: Told = ("send_email", {"error": "needs_approval", "say": "This mails Kofi: the kiln is free for two hours on Monday from nine to eleven. Shall I send it?"})  # fmt: skip
KILN = "tell kofi"


@pytest.mark.parametrize(
    ("asked", "told", "text", "so"),
    [
        (TAILOR, [], "I'll put it at two.", True), (TAILOR, [], "I'll put it at three.", False), (TAILOR, [], "I'll put the tailor there.", False), (TAILOR, [], "I'll put the barber at two.", False),
        (TAILOR, [], "It would be over at half past two.", True), (TAILOR, [], "It would end at half past two.", True), (TAILOR, [], "It would end at half past one.", False), (TAILOR, [], "It would end at three.", False),
        (TAILOR, [], "It would be Tuesday the nineteenth.", True), (TAILOR, [], "It would be Tuesday the second of June.", False), (TAILOR, [], "It would be on Wednesday at two.", False), (TAILOR, [], "The tailor is at two.", False),
        (TAILOR, [], "It would last half an hour.", True), (TAILOR, [], "It would last an hour.", False), (TAILOR, [], "I'll put the tailor in for half an hour on Wednesday.", False),
        (SUITS, [], "I'll write that four in the afternoon suits you.", True), (SUITS, [], "I'll write that four in the morning suits you.", True), (TAILOR, [], "I'll put an invitation at two.", True), (SUITS, [], "I'll write that five suits you, at five.", False),
        (KILN, [WAITS], "It would tell Kofi that the kiln is free on Monday.", True), (KILN, [WAITS], "It would tell Kofi that the kiln is free until eleven.", True), (KILN, [WAITS], "It would tell Kofi that the kiln is free on Tuesday.", False),
        (KILN, [WAITS], "It would tell Kofi that the kiln is free at ten.", False), (KILN, [WAITS], "It would tell Kofi that the kiln is free for two hours.", True), (KILN, [WAITS], "It would tell Kofi that the kiln is free for three hours.", False),
        (KILN, [WAITS], "It would tell Kofi that the oven is free on Monday.", False),
    ],
)  # fmt: skip
def test_what_would_be_is_what_was_asked_for(asked: str, told: list[Told], text: str, *, so: bool) -> None:
    """To the hour, the day and the length, and of nothing else."""
    known = Known(prompt(*told, asked=asked))
    assert proposed(Saying.of(text, NOW.date(), Sentence()), known) is so


def test_what_they_said_before_is_not_asked_for_now() -> None:
    """Only their last words tell the hour."""
    known = Known(
        prompt(
            asked="the tailor on tuesday, please", before=thread(("is the tailor free at three?", [], "I can't tell."))
        )
    )
    assert not proposed(Saying.of("I'll put the tailor at three.", NOW.date(), Sentence()), known)
    assert proposed(Saying.of("I'll put the tailor on Tuesday.", NOW.date(), Sentence()), known)
