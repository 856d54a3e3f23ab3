"""Sound of phrases that were said before: the next time they cost nothing."""

from collections import OrderedDict
from collections.abc import Hashable

LONGEST = 60
"""Characters of the longest text worth remembering."""


class Phrases:
    """Kept up to so many bytes; the least recently used is forgotten first."""

    def __init__(self, room: int = 16 << 20) -> None:
        self._room = room
        self._kept: OrderedDict[Hashable, bytes] = OrderedDict()

    def get(self, text: str, *how: Hashable) -> bytes | None:
        """The text's sound said that way, if it is remembered."""
        key = (text, *how)
        if key in self._kept:
            self._kept.move_to_end(key)
        return self._kept.get(key)

    def keep(self, pcm: bytes, text: str, *how: Hashable) -> None:
        """Remember a phrase, unless it is too long to be said twice."""
        if len(text) > LONGEST:
            return
        self._kept[text, *how] = pcm
        while sum(map(len, self._kept.values())) > self._room:
            self._kept.popitem(last=False)
