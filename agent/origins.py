"""Where words come from; whatever is made of several is as little to be trusted as the worst of them."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any


class Origin(StrEnum):
    """From what may be followed to what is only material. It never goes back."""

    SAID = "said"
    """By the person themselves, in this thread."""
    OWN = "own"
    """The person's data: they made it, or had it made of their own words."""
    THIRD_PARTY = "third party"
    """Somebody else wrote it, or it was made by a mind that had read such."""

    def with_(self, other: "Origin") -> "Origin":
        """Of both together."""
        return max(self, other, key=_ORDER.index)

    @property
    def tainted(self) -> bool:
        """Whether orders may hide in it."""
        return self is Origin.THIRD_PARTY


_ORDER = list(Origin)


def worst(origins: Iterable[Origin]) -> Origin:
    """Of all of them together; of nothing: said."""
    found = Origin.SAID
    for origin in origins:
        found = found.with_(origin)
    return found


def said_by(words: Sequence[str], value: Any) -> bool:
    """Whether the person said this themselves: an address letter by letter, of other words each, in one sentence of theirs.

    What is no text (a number, a yes or no, nothing) says nothing and counts as said.
    """
    if isinstance(value, str):
        if "@" in value:
            return any(re.search(rf"(?<![\w.+-]){re.escape(_flat(value))}(?![\w-])", _flat(one)) for one in words)
        wanted = _telling(value)
        return not wanted or any(wanted <= _telling(one) for one in words)
    if isinstance(value, Mapping):
        return all(said_by(words, one) for one in value.values())
    if isinstance(value, list | tuple):
        return all(said_by(words, one) for one in value)
    return True


REFERENCES = frozenset(
    "event task reminder draft message reply_to action suggestion instead_of scope when due list kind move which".split()
)
"""Arguments that point at something or choose; they write no words of their own."""


def texts_of(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments that write words."""
    return {name: value for name, value in arguments.items() if name not in REFERENCES}


def origins_of(arguments: Mapping[str, Any], words: Sequence[str], read: Origin) -> dict[str, str]:
    """For each argument: said by the person, or as little to be trusted as what had been read when it was given."""
    return {
        name: str(Origin.SAID if said_by(words, value) else read.with_(Origin.OWN)) for name, value in arguments.items()
    }


def _flat(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _telling(text: str) -> set[str]:
    return set(re.findall(r"\w+", _flat(text).replace("’", "'").replace("'", "")))
