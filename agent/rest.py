"""What is left of an answer that was heard in part, and how much of it was heard when the rest is said."""

from dataclasses import dataclass
from itertools import takewhile

LEAD = "Where was I: "
_ENDS = ".!?…"


@dataclass(frozen=True)
class Rest:
    """What to say of an answer whose beginning was heard before."""

    reply: str
    begins: int
    """Letters of the reply, spaces not counted, before what is said of it now."""
    lead: str

    @property
    def say(self) -> str:
        """All of it, said at once."""
        return self.lead + self.reply[len(_prefix(self.reply, self.begins)) :].strip()

    def heard(self, text: str) -> str:
        """As much of the reply as they have heard in all, once they have heard this much of `say`."""
        return _prefix(self.reply, self.begins + max(0, _letters(text) - _letters(self.lead))).strip()


def rest(reply: str, heard: str) -> Rest | None:
    """From the last word that was heard, unless it ended a sentence; None when nothing is left."""
    pairs = zip((c for c in reply if not c.isspace()), (c for c in heard if not c.isspace()), strict=False)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    if same >= _letters(reply):
        return None
    said = _prefix(reply, same).rstrip()
    inside = not reply[len(said)].isspace()  # the place is within a word, which then wasn't heard
    words = said.split()
    if words and (inside or words[-1][-1] not in _ENDS):
        same -= len(words[-1])
    return Rest(reply, same, LEAD if same else "")


def _letters(text: str) -> int:
    return sum(1 for letter in text if not letter.isspace())


def _prefix(text: str, letters: int) -> str:
    """The beginning of a text with so many letters in it."""
    left = letters
    for at, letter in enumerate(text):
        if left == 0:
            return text[:at]
        left -= not letter.isspace()
    return text
