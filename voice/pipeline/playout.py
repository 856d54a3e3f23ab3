"""What has reached the person's ear, reckoned from what was sent and when."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

CHUNK = 0.045
"""Seconds of sound that the transport may keep until there is more."""
GONE = 1.0
"""Seconds without a sign of somebody who gives one all the time, after which nothing counts as heard any more."""


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
        self._until = self._begun = 0.0
        self._added = self._written = 0
        self._wired = False
        self._broken: float | None = None
        self.pulse: Callable[[], float | None] = lambda: None
        """When the other side last showed that it is there; None where it doesn't do that all the time."""

    def add(self, size: int, now: float) -> None:
        """So many bytes are on their way to the wire."""
        if self._until < now:
            self._begun = now
        self._until = max(self._until, now) + size / self._bytes_a_second
        self._added += size

    def written(self, size: int, now: float) -> str | None:
        """So many bytes were put on the wire, perhaps later than they should have been; a mark to put behind them, where there are any."""
        self._wired = True
        self._until = max(self._until, now + max(0, self._added - self._written) / self._bytes_a_second)
        self._written += size
        return None

    def ahead(self, now: float) -> float:
        """Seconds of sound sent and not played yet."""
        return max(0.0, self._end(now) - self._clock(now))

    def rest(self, now: float) -> float:
        """Seconds until the person has heard the last of it, and was there to hear it."""
        return max(0.0, self._end(now) - self._seen(now))

    def stop(self, now: float) -> None:
        """What wasn't played yet is thrown away."""
        self._until = now
        self._added = self._written = 0

    def broke(self, alive_at: float) -> None:
        """The line is gone; this was its last sign of life, and nothing that was due later counts as heard.

        Whoever has sent nothing at all since the sound began doesn't send anything while they listen.
        """
        if self.pulse() is not None or alive_at >= self._begun:
            self._broken = alive_at

    def unplayed(self, now: float) -> int:
        """Bytes sent and not played yet, a whole number of samples."""
        return int(self.ahead(now) * self._bytes_a_second) // 2 * 2

    def _end(self, now: float) -> float:
        """When the last of it will have been played; what isn't on the wire yet can't be earlier than that."""
        waiting = (self._added - self._written) / self._bytes_a_second if self._wired else 0.0
        return max(self._until, now + waiting) if waiting > CHUNK else self._until

    def _clock(self, now: float) -> float:
        """The time up to which somebody was there to listen."""
        if self._broken is not None:
            return min(now, self._broken)
        pulse = self.pulse()
        return pulse if pulse is not None and now - pulse > GONE else now

    def _seen(self, now: float) -> float:
        """The time up to which it is known that somebody was there, where they show it."""
        pulse = self.pulse()
        return self._clock(now if pulse is None else min(now, pulse))


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
