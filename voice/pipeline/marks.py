"""What a caller has really heard: marks sent behind the sound come back when it was played."""

from collections import deque
from dataclasses import dataclass

from voice.pipeline.playout import Playout

EVERY = 0.1
"""Seconds of sound from one mark to the next."""
_LATEST = 1.0
"""Seconds that a line may lag behind; a mark that takes longer says something else."""


@dataclass(frozen=True)
class _Mark:
    name: str
    position: int
    """Bytes sent before it, since the last silence."""
    due: float
    """When it would come back from a line that takes no time."""


class MarkedPlayout(Playout):
    """Reckons by the clock as long as no mark comes back, and takes the line's lag into account once one has.

    Marks of sound that was thrown away come back too, at once: their names tell that they are from before.
    """

    def __init__(self, rate: int) -> None:
        super().__init__(rate)
        self._every = int(EVERY * self._bytes_a_second)
        self._generation = self._marked = self._heard = 0
        self._lag = 0.0
        self._awaited: deque[_Mark] = deque()

    @property
    def lag(self) -> float:
        """Seconds from when a sound should be heard to when we learn that it was."""
        return self._lag

    def written(self, size: int, now: float) -> str | None:
        """So many bytes were put on the wire; the mark to put behind them, if it is time for one."""
        super().written(size, now)
        if self._written - self._marked < self._every:
            return None
        self._marked = self._written
        due = self._until - (self._added - self._written) / self._bytes_a_second
        mark = _Mark(f"{self._generation}-{self._written}", self._written, due)
        self._awaited.append(mark)
        return mark.name

    def returned(self, name: str, now: float) -> None:
        """A mark came back."""
        if all(mark.name != name for mark in self._awaited):
            return
        while (mark := self._awaited.popleft()).name != name:
            pass
        self._heard = max(self._heard, mark.position)
        self._lag = min(max(0.0, now - mark.due), _LATEST)

    def rest(self, now: float) -> float:
        """The clock's, and the lag."""
        left = self._end(now) + self._lag - self._seen(now)
        return max(0.0, left) if self._added else 0.0

    def unplayed(self, now: float) -> int:
        """What the clock and the lag say, but nothing of what a mark has vouched for."""
        if self._heard and self._clock(now) < now:
            return self._added - self._heard  # what no mark came back for may never have arrived
        left = max(0.0, self._end(now) + self._lag - self._clock(now))
        reckoned = int(left * self._bytes_a_second) // 2 * 2
        return min(reckoned, max(0, self._added - self._heard))

    def stop(self, now: float) -> None:
        """What was sent counts no more, nor do its marks."""
        super().stop(now)
        self._generation += 1
        self._marked = self._heard = 0
        self._awaited.clear()
