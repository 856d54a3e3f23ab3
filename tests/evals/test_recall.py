"""Recall over a whole life, with the real model and the embedded Qdrant: the right memory among the first three."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from agent.recalling import ASKED, IN_PASSING
from integrations.embedding.sentences import SentenceTransformersEmbedding
from tests.contract.test_memory import House, open_house
from tests.evals.recalling import measure, questions, tell
from tests.minilm import minilm  # noqa: F401, a fixture


@pytest.fixture
async def house(minilm: Path, tmp_path: Path) -> AsyncIterator[House]:  # noqa: F811
    async with SentenceTransformersEmbedding(minilm) as embedding:
        await embedding.warm()
        async with open_house(tmp_path, embedding) as opened:
            await tell(opened)
            yield opened


async def test_the_half_that_was_worked_with_is_recalled(house: House) -> None:
    """Of a hundred questions at least ninety have an answer among the first three that come to mind."""
    figures = await measure(house, questions("questions"), IN_PASSING)
    print(f"\nworked with: {figures}", *figures.missed, sep="\n")  # noqa: T201 (the measure)
    assert figures.at_3 >= 0.9


@pytest.mark.slow
async def test_the_half_that_was_kept_aside_is_recalled(house: House) -> None:
    """So have those nobody tuned anything for, and both halves together; asked outright, where nothing unfit may come, most have."""
    aside = await measure(house, questions("kept_aside"), IN_PASSING)
    both = [await measure(house, questions(name), ASKED) for name in ("questions", "kept_aside")]
    print(f"\nkept aside: {aside}", *(f"asked outright: {one}" for one in both), sep="\n")  # noqa: T201 (the measure)
    assert aside.at_3 >= 0.9
    assert sum(one.found for one in both) / sum(one.asked for one in both) >= 0.85
