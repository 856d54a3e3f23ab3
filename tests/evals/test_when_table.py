"""Every expression of the table means what was written beside it by hand, or is asked about; never something else."""

from zoneinfo import ZoneInfo

import pytest

from agent.when import Ambiguous, When, resolve
from integrations.errors import Invalid
from tests.evals.when_table import CASES, NOW, ZONES, expected


def _wrong(words: str, meaning: str, zone: ZoneInfo) -> str | None:
    try:
        got: When | Ambiguous | str = resolve(words, now=NOW.replace(tzinfo=zone), zone=zone)
    except Invalid:
        got = "!"
    if meaning == "!":
        right: object = "!"
    elif meaning.startswith("?"):
        right = tuple(expected(choice, zone) for choice in meaning[1:].split("|") if choice.strip())
    else:
        right = expected(meaning, zone)
    answer = got.choices if isinstance(got, Ambiguous) else got
    return None if answer == right else f"{words!r}: expected {meaning}, got {got}"


@pytest.mark.parametrize("zone", ZONES)
def test_every_expression_means_what_was_written_beside_it(zone: str) -> None:
    """Each line of the table resolves to exactly the time, question or refusal written there by hand, in every zone."""
    wrong = [found for words, meaning in CASES if (found := _wrong(words, meaning, ZoneInfo(zone)))]
    assert not wrong, "\n".join(wrong)


def test_the_table_is_large_enough() -> None:
    """At least four hundred different expressions are held."""
    assert len({words for words, _ in CASES}) >= 400
