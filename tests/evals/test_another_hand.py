"""The built-in mind on sets by others, who had seen nothing of it: what is right, what is written wrongly, what a turn costs."""

import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from statistics import quantiles
from typing import Any

import pytest
import yaml

from agent.commands.intention import Intention
from agent.commands.understanding import understand
from tests.evals.judging import Entry, Verdict, judge_all
from tests.worlds import World

PHRASINGS = Path(__file__).parent / "phrasings"


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", ["kept_aside_3", "kept_aside_4", "kept_aside_5", "kept_aside_6"])
async def test_phrasings_of_another_hand(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At least 85 % of what is within its scope is right, and at most 1 % of what is out of it is acted upon."""
    entries: list[Entry] = yaml.safe_load((PHRASINGS / f"{name}.yaml").read_text())
    costs: list[float] = []
    said = World.say

    async def timed(world: World, *args: Any, **kwargs: Any) -> Any:
        began = time.process_time()
        answer = await said(world, *args, **kwargs)
        costs.append(time.process_time() - began)
        return answer

    monkeypatch.setattr(World, "say", timed)
    thought: list[float] = []

    def thinking(*args: Any) -> Intention:
        began = time.thread_time()
        meant = understand(*args)
        thought.append(time.thread_time() - began)
        return meant

    monkeypatch.setattr("agent.commands.mind.understand", thinking)
    verdicts = await judge_all(entries, tmp_path)
    within = [v for v in verdicts if not _is_out(v)]
    beyond = [v for v in verdicts if _is_out(v)]
    right = sum(v.right for v in within) / len(within)
    acted = sum(v.wrong_write for v in beyond) / len(beyond)
    cuts = quantiles(costs, n=100)
    _tell(within, beyond)
    print(f"right {right:.1%} of {len(within)}, acted on {acted:.1%} of {len(beyond)}")  # noqa: T201 (the measure)
    print(f"wrong writes in all {sum(v.wrong_write for v in verdicts)} of {len(verdicts)}")  # noqa: T201
    print(f"processor ms a turn: p50 {cuts[49] * 1e3:.1f}, p95 {cuts[94] * 1e3:.1f}, n {len(costs)}")  # noqa: T201
    alone = quantiles(thought, n=100)
    print(f"of it the mind's a step: p50 {alone[49] * 1e3:.1f}, p95 {alone[94] * 1e3:.1f}, n {len(thought)}")  # noqa: T201
    assert right >= 0.85
    assert acted <= 0.01
    # the mind's own; the rest of a turn are the database's sessions and what is checked of its words
    assert alone[94] <= 0.030


def _is_out(verdict: Verdict) -> bool:
    return bool(verdict.entry["category"].startswith("oos"))


def _tell(within: Sequence[Verdict], beyond: Sequence[Verdict]) -> None:
    for verdict in (*within, *beyond):
        if not verdict.right:
            print(verdict)  # noqa: T201
    missed = Counter(v.entry["category"] for v in (*within, *beyond) if not v.right)
    print("missed by category:", dict(missed))  # noqa: T201
