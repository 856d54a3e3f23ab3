"""The built-in mind, judged on what people say. README.md beside the phrasings tells what is measured."""

from collections import Counter
from pathlib import Path

import pytest
import yaml

from tests.evals.judging import Entry, Verdict, judge_all

FOLDER = Path(__file__).parent / "phrasings"


def _entries(name: str) -> list[Entry]:
    found: list[Entry] = yaml.safe_load((FOLDER / name).read_text())
    return found


def _measure(verdicts: list[Verdict], *, show: bool) -> tuple[float, int]:
    """The part that is right and the number of wrong writes; the figures, and the misses if they may be seen."""
    missed = [verdict for verdict in verdicts if not verdict.right]
    wrong = sum(verdict.wrong_write for verdict in verdicts)
    right = 1 - len(missed) / len(verdicts)
    print(f"\n{len(verdicts)} entries, {right:.1%} right, {wrong} wrong writes")  # noqa: T201 (the measure)
    print("missed by category:", dict(Counter(v.entry["category"] for v in missed)))  # noqa: T201
    for verdict in missed if show else []:
        print(verdict)  # noqa: T201
    return right, wrong


KNOWN = ["dev.yaml", "kept_aside.yaml"]


async def _known(name: str, folder: Path, *, every: int) -> None:
    right, wrong = _measure(await judge_all(_entries(name)[::every], folder), show=True)
    assert wrong == 0
    assert right >= 0.95


@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", KNOWN)
async def test_the_known_phrasings_are_understood(name: str, tmp_path: Path) -> None:
    """A seventh of the phrasings it was built with: at least 95 % come to the right call, and nothing is written wrongly."""
    await _known(name, tmp_path, every=7)


@pytest.mark.slow
@pytest.mark.parametrize("name", KNOWN)
async def test_all_known_phrasings_are_understood(name: str, tmp_path: Path) -> None:
    """The same over all of them."""
    await _known(name, tmp_path, every=1)


async def _never_seen(folder: Path, *, every: int) -> None:
    right, wrong = _measure(await judge_all(_entries("kept_aside_2.yaml")[::every], folder), show=False)
    assert wrong == 0
    assert right >= 0.90


@pytest.mark.timeout(300)
async def test_phrasings_never_seen_are_understood(tmp_path: Path) -> None:
    """At least 90 % of half of the phrasings kept aside come to the right call, and nothing is written wrongly."""
    await _never_seen(tmp_path, every=2)


@pytest.mark.slow
async def test_all_phrasings_never_seen_are_understood(tmp_path: Path) -> None:
    """The same over all of them."""
    await _never_seen(tmp_path, every=1)
