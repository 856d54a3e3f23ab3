"""One person's vectors side by side: in an embedded Qdrant a question takes a hundredth of a millisecond a vector instead of ten."""

from collections.abc import Sequence

import numpy as np

from integrations.vectors import Near


class Matrix:
    """Unit vectors by id. It belongs to one thread, which tells it of every change."""

    def __init__(self, ids: Sequence[str], vectors: Sequence[Sequence[float]], size: int) -> None:
        self._places = {one: place for place, one in enumerate(ids)}
        self._rows = np.asarray(vectors, dtype=np.float32).reshape(len(ids), size)

    def put(self, id: str, vector: Sequence[float]) -> None:
        """Store or replace."""
        row = np.asarray(vector, dtype=np.float32)
        row = row / (np.linalg.norm(row) or 1)
        if (place := self._places.get(id)) is not None:
            self._rows[place] = row
        else:
            self._places[id] = len(self._places)
            self._rows = np.vstack([self._rows, row])

    def drop(self, ids: Sequence[str]) -> None:
        """Delete these; unknown ids are no error."""
        gone = {self._places[one] for one in ids if one in self._places}
        if gone:
            self._rows = np.delete(self._rows, sorted(gone), axis=0)
            staying = [one for one, place in self._places.items() if place not in gone]
            self._places = {one: place for place, one in enumerate(staying)}

    def near(self, vector: Sequence[float], first: int) -> list[Near]:
        """The nearest by cosine, best first."""
        asked = np.asarray(vector, dtype=np.float32)
        scores = self._rows @ (asked / (np.linalg.norm(asked) or 1))
        ids = list(self._places)
        return [Near(id=ids[place], score=float(scores[place])) for place in np.argsort(-scores, kind="stable")[:first]]
