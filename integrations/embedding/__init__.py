"""Sentences to vectors, whoever computes them."""

from collections.abc import Sequence
from typing import Protocol


class Embedding(Protocol):
    """Turns sentences into unit vectors of `size` floats."""

    size: int

    @property
    def ready(self) -> bool:
        """Whether an answer can be had without waiting for a start."""
        ...

    async def embed(self, sentences: Sequence[str]) -> list[list[float]]:
        """One unit vector a sentence, in order. Raises `Unavailable`."""
        ...
