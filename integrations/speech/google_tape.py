"""What one person has said: as sound until Google has settled it, as words from then on."""

from datetime import timedelta

from integrations.speech.sound import from_pcm, loudness

_FRAME = 0.03
_HUSH = 0.25
"""Seconds without a voice that make a pause."""
_LOUD, _MUCH = 0.02, 0.6
"""Loudness of somebody who speaks, and seconds of it that are surely words."""


class Tape:
    """Positions are bytes from the beginning of what was fed, always whole samples."""

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._sound = bytearray()  # from `settled` on
        self._fed = 0
        self.settled = self.sent = self._base = 0
        self._parts: list[str] = []  # the final words of each stream
        self.interim = ""
        self._sure: list[float] = []

    @property
    def end(self) -> int:
        """How far it was fed."""
        return self._fed // 2 * 2

    @property
    def confidence(self) -> float | None:
        """As sure as its least sure part."""
        return min(self._sure, default=None)

    def seconds(self, size: int) -> float:
        """How long so many bytes sound."""
        return size / 2 / self._rate

    def add(self, pcm: bytes) -> None:
        """Something more was said."""
        self._sound += pcm
        self._fed += len(pcm)

    def rewind(self) -> None:
        """A stream begins, with the first sound that isn't settled."""
        self.sent = self._base = self.settled
        self._parts.append("")

    def next(self, seconds: float | None = None) -> bytes:
        """So much of what was fed and not sent yet, or all of it; b"" where there isn't as much."""
        waiting = self.end - self.sent
        size = waiting if seconds is None else int(self._rate * seconds) * 2
        if size > waiting:
            return b""
        start = self.sent - self.settled
        self.sent += size
        return bytes(self._sound[start : start + size])

    def heard(self, text: str, ends: timedelta, confidence: float) -> None:
        """Words that are final, up to a moment of the stream; without one, up to what was sent."""
        self._parts[-1] += text
        if text and confidence:
            self._sure.append(confidence)
        if ends:
            self.settle(self._base + round(ends.total_seconds() * self._rate) * 2)
        elif text:
            self.settle(self.sent)

    def settle(self, position: int) -> None:
        """What was said up to here is known: its sound isn't needed any more."""
        position = min(position, self.sent)
        if position > self.settled:
            del self._sound[: position - self.settled]
            self.settled = position

    def text(self, *, interim: bool = False) -> str:
        """The words so far; `interim`: with those that may still change."""
        return " ".join(" ".join((*self._parts, self.interim if interim else "")).split())

    def paused(self) -> bool:
        """Whether nobody has spoken for a moment, measured against the loudest of the last three seconds."""
        tail = from_pcm(bytes(self._sound[-3 * self._rate * 2 :]), rate=self._rate, to=self._rate)
        frames = loudness(tail, self._rate)
        last = frames[-int(_HUSH / _FRAME) :]
        return len(last) > 0 and float(last.max()) < max(0.002, 0.1 * float(frames.max()))

    def voiced(self) -> bool:
        """Whether words were sent that Google hasn't settled."""
        rest = from_pcm(bytes(self._sound[: self.sent - self.settled]), rate=self._rate, to=self._rate)
        return int((loudness(rest, self._rate) > _LOUD).sum()) * _FRAME >= _MUCH

    def wipe(self) -> None:
        """Let go of the sound."""
        self._sound.clear()
