"""A whole life told to Chronus, and how often its questions bring the right memory to mind."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TypedDict

import yaml

from agent.memory import Memory
from agent.recalling import Limits
from tests.contract.test_memory import NOW, House

FOLDER = Path(__file__).parent / "memory"
FIRST = 3


class Question(TypedDict):
    """What is asked, and which memories answer it; none: nothing should come to mind."""

    ask: str
    right: list[str]


@dataclass(frozen=True, kw_only=True)
class Figures:
    """How it went. `found`: of the questions with an answer those that had one among the first three."""

    asked: int
    found: int
    first: int
    quiet: int
    of_nothing: int
    beside: float
    """Memories brought to mind beside the right one, a question."""
    missed: list[str]

    @property
    def at_3(self) -> float:
        """recall@3."""
        return self.found / self.asked

    def __str__(self) -> str:
        return (
            f"{self.asked} asked, {self.at_3:.1%} among the first three, {self.first / self.asked:.1%} first, "
            f"{self.beside:.2f} others beside; {self.quiet} of {self.of_nothing} without an answer stay quiet"
        )


def life() -> dict[str, str]:
    """Every memory by its name."""
    found: dict[str, str] = yaml.safe_load((FOLDER / "life.yaml").read_text())
    return found


def questions(name: str) -> list[Question]:
    """One half."""
    found: list[Question] = yaml.safe_load((FOLDER / f"{name}.yaml").read_text())
    return found


async def tell(house: House) -> None:
    """All of it, an hour apart."""
    async with house.rows(house.anna) as rows:
        for number, text in enumerate(life().values()):
            await Memory(rows, house.index).remember(text, at=NOW + timedelta(hours=number))
    await house.catch_up(house.anna)


async def measure(house: House, asked: Sequence[Question], limits: Limits) -> Figures:
    """Ask all of them."""
    known = life()
    found = first = quiet = beside = 0
    missed = []
    for question in asked:
        right = {known[name] for name in question["right"]}
        got = (await house.recalled(house.anna, question["ask"], limits))[:FIRST]
        if not right:
            quiet += not got
            missed += [f"{question['ask']} brings {got}"] if got else []
            continue
        hit = bool(right & set(got))
        found, first = found + hit, first + bool(got[:1] and got[0] in right)
        beside += len(set(got) - right)
        missed += [] if hit else [f"{question['ask']} brings {got}, not {sorted(right)}"]
    answered = sum(bool(question["right"]) for question in asked)
    return Figures(
        asked=answered, found=found, first=first, quiet=quiet, of_nothing=len(asked) - answered,
        beside=beside / answered, missed=missed,
    )  # fmt: skip
