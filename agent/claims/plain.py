"""Words as they are compared: without Markdown, in one spelling of quotes and apostrophes, cut to their stems."""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import lru_cache
from typing import TypeVar

Thing = TypeVar("Thing")

_MARKS = re.compile(r"[*_`#>|~]+|^\s*(?:[-•]|\d+[.)])\s+", re.MULTILINE)
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_WORD = re.compile(r"\d+(?:[:.]\d+)*(?:st|nd|rd|th)?|[^\W\d_]+(?:'[^\W\d_]+)*")
_SPELLINGS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", " ": " "})
_ALIKE = {
    "ring": "cal", "phon": "cal", "telephon": "cal", "mom": "mum", "mother": "mum", "doc": "doctor", "purchas": "buy",
    "trash": "bin", "rubbish": "bin", "garbage": "bin", "bike": "bik", "bicycl": "bik", "repair": "fix", "mend": "fix", "flight": "fly", "fli": "fly", "flew": "fly", "departur": "leav", "depart": "leav", "arriv": "land", "arrival": "land",
}  # fmt: skip
"""Words for one thing, by their stems."""
_ROOT, _LONG_ROOT = 4, 6
_VOWEL_Y = re.compile(r"[aeou]y$")
""" "Play" has no ending."""
_ENDINGS = ("ies", "ied", "ings", "ing", "ed", "es", "s", "e", "y")


@lru_cache(1024)
def plain(text: str) -> str:
    """A text as it sounds: no emphasis, bullets or links."""
    return " ".join(_MARKS.sub("", _LINK.sub(r"\1", text.translate(_SPELLINGS))).split())


def words(text: str) -> list[str]:
    """The words, lower case, in their order; a hyphen parts two."""
    return _WORD.findall(text.translate(_SPELLINGS).lower())


@lru_cache(4096)
def stem(word: str) -> str:
    """What forms of one word share: "cancelled", "cancelling" and "cancels" are "cancel"."""
    word = word.removesuffix("'s")
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not _VOWEL_Y.search(word):
            word = word.removesuffix(ending)
            break
    word = word[:-1] if len(word) > 3 and word[-1] == word[-2] else word
    return _ALIKE.get(word, word)


def akin(word: str, borne: Collection[str]) -> bool:
    """Whether a stem, or one that it is made from, is among these: "signature" of "sign", "deeper" of "deep"."""
    return word in borne or any(len(one) >= _ROOT and word.startswith(one) for one in borne)


def of_one_root(word: str, borne: Collection[str]) -> bool:
    """The same, or whether they share their beginning: "allergy", "allergic"."""
    return akin(word, borne) or any(len(one) >= _LONG_ROOT and word[:_LONG_ROOT] == one[:_LONG_ROOT] for one in borne)


def parted(text: str, borne: Collection[str]) -> set[str]:
    """The stems of the parts of "Mei-Ling", where she is "meiling" in an address."""
    whole = (one for one in re.findall(r"\w+(?:-\w+)+", text) if stem(one.replace("-", "").lower()) in borne)
    return {stem(part) for one in whole for part in words(one)}


@lru_cache(2048)
def stems(text: str) -> frozenset[str]:
    """The stems of all words of a text."""
    return stemmed(words(text))


def stemmed(found: Iterable[str]) -> frozenset[str]:
    """The stems of these words."""
    return frozenset(stem(word) for word in found)


def most(things: Sequence[Thing], much: Callable[[Thing], int]) -> list[Thing]:
    """Those that have most of something; none where none has any."""
    each = [much(one) for one in things]
    return [things[at] for at, has in enumerate(each) if has and has == max(each)]
