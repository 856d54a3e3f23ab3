"""What comes to mind: memories compared by words and by meaning together, best first."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agent.alike import names_in
from agent.shelf import Known, Likeness, Shelf
from integrations.errors import Unavailable

if TYPE_CHECKING:
    from agent.memory_index import MemoryIndex

WORDS = 0.35
"""How much the words count beside the cosine. It and the limits below: docs/memory.md, "Recall"."""
MOST_WORDS = 0.6
"""The part of the telling words that is enough without any likeness of meaning."""
ALL = 0.999
"""A part that is the whole, whatever fractions add up to."""
UNLIKE = Likeness(part=0.0, weight=0.0)
NEAREST = 100
"""So many are compared by meaning; what is farther away than all of those is far."""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """From which score on a memory fits."""

    near: float
    nearer: float
    """Where another memory has all the words, or where somebody is named whom this one doesn't name."""
    words: float
    """Asked of the words where meaning can't be compared."""


ASKED = Limits(near=0.36, nearer=0.6, words=0.5)
"""For an answer: what doesn't fit would be told."""
IN_PASSING = Limits(near=0.33, nearer=0.33, words=0.4)
"""For a mind that reads: what doesn't fit is passed over."""


@dataclass(frozen=True, kw_only=True)
class Recalled:
    """A memory and how well it fits: about 0 to 1."""

    row: Known
    score: float


@dataclass(frozen=True, kw_only=True)
class Recollection:
    """What came to mind, best first. `by_meaning` is False when only the words could be compared."""

    memories: list[Recalled]
    by_meaning: bool


async def recall(
    shelf: Shelf, index: "MemoryIndex", about: str, *, first: int, limits: Limits = ASKED, patience: float | None = None
) -> Recollection:
    """What fits, best first, and nothing that doesn't. It waits `patience` seconds for meaning, and never fails for want of it."""
    if not shelf.memories:
        return Recollection(memories=[], by_meaning=True)
    try:
        nearby = await index.near(shelf.memories[0].person_id, core(about), first=NEAREST, patience=patience)
    except Unavailable:
        return Recollection(memories=fitting(shelf, about, None, limits)[:first], by_meaning=False)
    meaning = {near.id: near.score for near in nearby}
    return Recollection(memories=fitting(shelf, about, meaning, limits)[:first], by_meaning=True)


def core(about: str) -> str:
    """Without the "my" that would make everything about oneself look near."""
    low = about.strip(" ?.!").split()
    while len(low) > 1 and low[0].lower() in ("my", "the", "our", "about"):
        low = low[1:]
    return " ".join(low)


def fitting(shelf: Shelf, about: str, meaning: Mapping[str, float] | None, limits: Limits) -> list[Recalled]:
    """All that fit, best first; `meaning`: the cosines by id, None where they can't be had."""
    alike, naming = shelf.alike(about), shelf.naming(names_in(about))
    spoken_of = any(one.part > ALL for one in alike.values())
    near = {place: score for one, score in (meaning or {}).items() if (place := shelf.place(one)) is not None}
    found = []
    for place in sorted(alike.keys() | near.keys()):  # equals stay newest first
        memory, like = shelf.memories[place], alike.get(place, UNLIKE)
        if (
            meaning is None or not memory.embedded
        ):  # until a changed memory is indexed again its vector is that of its old words
            score, enough = max(like.weight, like.part), limits.words
        else:
            score = near.get(place, 0.0) + WORDS * like.weight
            apart = spoken_of or (naming is not None and place not in naming)
            enough = limits.nearer if apart else limits.near
        if like.part >= MOST_WORDS or score >= enough:
            found.append(Recalled(row=memory, score=round(score, 3)))
    return sorted(found, key=lambda one: one.score, reverse=True)
