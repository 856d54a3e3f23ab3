"""Words that are nearly one of a closed vocabulary: "wendsday", "shoping", "remeber". Never used on names and titles."""

from collections.abc import Iterable, Iterator

_SHORTEST = 5
_LONG = 8
"""From so many letters on two slips are forgiven, else one."""


class Vocabulary:
    """The words that are known, and which of them a misspelt one is meant to be."""

    def __init__(self, words: Iterable[str], *, besides: Iterable[str] = (), long: int = _LONG) -> None:
        self._words = frozenset(words)
        self._besides = frozenset(besides)
        self._long = long
        self._lessened: dict[str, set[str]] = {}
        for word in self._words:
            if len(word) >= _SHORTEST:
                for less in self._less(word):
                    self._lessened.setdefault(less, set()).add(word)
        self._asked: dict[str, str | None] = {}

    def near(self, word: str) -> str | None:
        """The known word that this is a slip of; None for a known word, another English word, and anything far off."""
        if len(word) < _SHORTEST or word in self._words or word in self._besides or not word.isalpha():
            return None
        if word not in self._asked:
            if len(self._asked) > 5000:
                self._asked.clear()
            self._asked[word] = self._nearest(word)
        return self._asked[word]

    def _nearest(self, word: str) -> str | None:
        near = {other for less in self._less(word) for other in self._lessened.get(less, ())}
        found = {other: slips(word, other) for other in near if other[0] == word[0] and not _inflected(word, other)}
        allowed = {other: far for other, far in found.items() if far <= self._slips(min(word, other, key=len))}
        best = min(allowed.values(), default=0)
        closest = [other for other, far in allowed.items() if far == best]
        return closest[0] if len(closest) == 1 else None

    def _slips(self, word: str) -> int:
        return 2 if len(word) >= self._long else 1

    def _less(self, word: str) -> Iterator[str]:
        """The word with one or two letters left out: words that are near share one of these."""
        yield word
        once = {word[:at] + word[at + 1 :] for at in range(len(word))}
        yield from once
        if len(word) >= self._long:
            yield from {less[:at] + less[at + 1 :] for less in once for at in range(len(less))}


def _inflected(word: str, other: str) -> bool:
    """ "deleted" is no slip of "delete"."""
    longer, shorter = (word, other) if len(word) > len(other) else (other, word)
    ends = ("s", "d", "r", "ed", "ly", "es", "er")
    return longer.startswith(shorter) and longer[len(shorter) :] in ends


def slips(one: str, other: str) -> int:
    """How many letters are wrong, missing, too many or swapped with their neighbour."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        two_before, before, row = before, row, [i]
        for j, wanted in enumerate(other, 1):
            least = min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                least = min(least, two_before[j - 2] + 1)
            row.append(least)
    return row[-1]
