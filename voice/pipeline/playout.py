"""What has reached the person's ear, reckoned from what was sent and when."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(eq=False)
class Clause:
    """A piece of an answer and its sound."""

    text: str
    aside: bool = False
    pcm: bytearray = field(default_factory=bytearray)
    ready: bool = False
    """All of its sound is there."""
    sent: int = 0
    """Bytes given to the wire."""
    segment: int | None = None
    """Its number in the client's captions, once it was shown."""


class Playout:
    """A loudspeaker that plays what it is sent, one thing after the other, from the moment it arrives."""

    def __init__(self, rate: int) -> None:
        self._bytes_a_second = rate * 2
        self._until = 0.0

    def add(self, size: int, now: float) -> None:
        """So many bytes were sent."""
        self._until = max(self._until, now) + size / self._bytes_a_second

    def ahead(self, now: float) -> float:
        """Seconds of sound sent and not played yet."""
        return max(0.0, self._until - now)

    def stop(self, now: float) -> None:
        """What wasn't played yet is thrown away."""
        self._until = now

    def unplayed(self, now: float) -> int:
        """Bytes sent and not played yet, a whole number of samples."""
        return int(self.ahead(now) * self._bytes_a_second) // 2 * 2


def rewind(clauses: Sequence[Clause], unplayed: int) -> None:
    """Take back what was sent and never played, latest first."""
    for clause in reversed(clauses):
        back = min(unplayed, clause.sent)
        clause.sent -= back
        unplayed -= back


def heard(clauses: Sequence[Clause]) -> str:
    """The words of what was sent, up to the last one that was heard whole."""
    pieces = [_said(clause) for clause in clauses if not clause.aside]
    return " ".join(piece for piece in pieces if piece)


def _said(clause: Clause) -> str:
    if not clause.pcm:
        return ""
    if clause.ready and clause.sent >= len(clause.pcm):
        return clause.text
    # Until all of its sound is there, how long it gets is guessed from its letters (15 a second).
    length = max(len(clause.pcm), 0 if clause.ready else len(clause.text) * 3200)
    letters = len(clause.text) * clause.sent / length if length else 0
    words, position = [], 0
    for word in clause.text.split():
        position += len(word)
        # a word counts as heard once nearly all of it was
        if position - min(2, len(word) / 3) > letters:
            break
        words.append(word)
        position += 1
    return " ".join(words)
