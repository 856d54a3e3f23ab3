"""Our own voice, come back from a loudspeaker: known by its sound and by its words, and taken out of what was heard."""

import re
from collections import deque
from difflib import SequenceMatcher

from voice.pipeline.own_voice import OwnVoice

REMEMBERED = 12.0
"""Seconds for which what we said may still come back in what was heard."""
_ALIKE = 0.72
"""From this likeness on two words count as the same one, badly heard."""
_SHORT = 3
"""Sounds up to which a word has to be heard exactly."""
_RUN = 3
"""Words in a row that are no coincidence."""


class Echo:
    """What we have said on one line, as sound and as words. Nothing is taken out on lines that don't echo."""

    def __init__(self) -> None:
        self.voice = OwnVoice()
        self._said: deque[tuple[float, list[str]]] = deque(maxlen=60)

    def said(self, text: str, at: float) -> None:
        """These words are heard over there from about then on."""
        self._said.append((at, _words(text)))

    def without(self, text: str, now: float) -> str:
        """What was heard, without what is ours; what they said into it stays."""
        if not self.voice.echoes:
            return text
        ours = [word for at, words in self._said if now - at < REMEMBERED for word in words]
        pieces = text.split()
        heard = [(index, word) for index, piece in enumerate(pieces) for word in _words(piece)]
        echoed = _echoed([word for _, word in heard], ours)
        theirs = {index for (index, _), is_ours in zip(heard, echoed, strict=True) if not is_ours}
        return " ".join(piece for index, piece in enumerate(pieces) if index in theirs)


def _echoed(heard: list[str], ours: list[str]) -> list[bool]:
    """Which of the words come from ours: those in a run of a few that follow each other there too, loosely."""
    echoed = [False] * len(heard)
    needed = min(_RUN, max(2, len(heard)))  # two words alone, both ours, are an echo; a single one may be an answer
    for start in range(len(heard)):
        for there in range(len(ours)):
            run = _run(heard[start:], ours[there:])
            if run >= needed:
                echoed[start : start + run] = [True] * run
    return echoed


def _run(heard: list[str], ours: list[str]) -> int:
    """How many words from the beginning are alike; one in four may be misheard in the midst."""
    if not (heard and ours and alike(heard[0], ours[0])):
        return 0
    wrong = right = last = 0
    for index, (one, other) in enumerate(zip(heard, ours, strict=False)):
        if alike(one, other):
            right, last = right + 1, index + 1
        elif (wrong := wrong + 1) > max(1, index // 4):
            break
    return last if right >= 2 and right * 3 >= last * 2 else 0


def alike(one: str, other: str) -> bool:
    """Whether one word may be the other, heard through a loudspeaker and a room."""
    one, other = _sounds(one), _sounds(other)
    if one == other or min(len(one), len(other)) <= _SHORT:
        return one == other
    return SequenceMatcher(None, one, other).ratio() >= _ALIKE


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower().replace("'", "").replace("’", ""))


_SOUNDS = (
    ("ph", "f"),
    ("ck", "k"),
    ("c", "k"),
    ("q", "k"),
    ("z", "s"),
    ("x", "ks"),
    ("dge", "j"),
    ("gh", ""),
    ("y", "i"),
)


def _sounds(word: str) -> str:
    """Roughly how it sounds: letters that sound the same are the same, and doubled ones are one."""
    for letters, sound in _SOUNDS:
        word = word.replace(letters, sound)
    return re.sub(r"(.)\1+", r"\1", word)
