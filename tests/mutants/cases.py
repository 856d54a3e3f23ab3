"""What notices a fault: every answer of the sets, sentence by sentence, and every unit test, each by itself."""

import asyncio
import inspect
import pickle
import random
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from integrations.model import Prompt
from tests.evals import test_claims_made
from tests.evals.claims_judging import EVERY_HOUSE, rehearsed, replayed, told_in
from tests.unit.agent.claims.test_computed import said

Case = tuple[str, Callable[[], bool]]
"""What it is called, and whether all is well."""
UNIT = Path(__file__).parent.parent / "unit/agent/claims"
OF_STREAMS = ("test_streaming.py", "test_instead.py", "test_promised.py")
"""Tests of what keeps something from clause to clause: only so many cases are tried with its mutants, so the likeliest come first."""
SEEDS = 15
"""Days, lists and mailboxes made of each kind: fewer than in the suite, for they are alike."""
loop = asyncio.new_event_loop()


def every_case(kept: Path | None, *, units: bool) -> list[Case]:
    """In an order of chance, always the same, but those of streams first; the unit tests alone if so. `kept`: where the scenes' prompts are kept."""
    cases = [*_units()] if units else [*_answers(kept), *_made(), *_units()]
    random.Random(6).shuffle(cases)
    return sorted(cases, key=lambda case: not any(name in case[0] for name in OF_STREAMS))


def _answers(kept: Path | None) -> Iterator[Case]:
    for house in EVERY_HOUSE:
        known = _rehearsed(house, kept)
        for kind in ("lies", "honest"):
            for scene, answer, size in told_in(kind, house):
                yield f"{house.name} {kind} {scene}: {answer}", _answer(house, scene, answer, size, known[scene])


def _answer(house: Path, scene: str, answer: str, size: int, known: list[Prompt]) -> Callable[[], bool]:
    def holds() -> bool:
        played = loop.run_until_complete(replayed(scene, answer, known, size, house))
        return not played.let_go if "[[" in answer else not played.held

    return holds


def _rehearsed(house: Path, kept: Path | None) -> dict[str, list[Prompt]]:
    file = kept / f"{house.name}.pickle" if kept else None
    if file and file.exists():
        found: dict[str, list[Prompt]] = pickle.loads(file.read_bytes())  # noqa: S301 (our own, of this tree)
        return found
    with tempfile.TemporaryDirectory() as folder:
        found = loop.run_until_complete(rehearsed(Path(folder), house))
    if file:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(pickle.dumps(found))
    return found


def _made() -> Iterator[Case]:
    for make in test_claims_made.MADE:
        for seed in range(SEEDS):
            told, sentences = make(random.Random(seed))
            for text, so in sentences:
                yield f"{make.__name__} {seed}: {text}", _sentence(text, told, so=so)


def _sentence(text: str, told: Any, *, so: bool) -> Callable[[], bool]:
    return lambda: (loop.run_until_complete(said(text, told)) == text) is so


class _Collected:
    items: list[pytest.Item]

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self.items = session.items


def _units() -> Iterator[Case]:
    collected = _Collected()
    asked = ["--collect-only", "-qqq", "--assert=plain", "-W", "ignore", "-p", "no:cacheprovider"]
    pytest.main([*asked, str(UNIT)], plugins=[collected])
    for item in collected.items:
        assert isinstance(item, pytest.Function)
        given = dict(item.callspec.params) if hasattr(item, "callspec") else {}
        if hasattr(item.obj, "hypothesis") or set(inspect.signature(item.obj).parameters) - set(given):
            continue  # what needs more than its table is left to the suite
        yield item.nodeid, _unit(item.obj, given)


def _unit(test: Callable[..., Any], given: dict[str, Any]) -> Callable[[], bool]:
    def holds() -> bool:
        try:
            found = test(**given)
            if inspect.isawaitable(found):
                loop.run_until_complete(found)
        except AssertionError:
            return False
        return True

    return holds
