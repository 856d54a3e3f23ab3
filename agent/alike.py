"""Whether words are about the same thing, judged by the words alone: for when no vectors are at hand, and to check them."""

import re
from functools import lru_cache

_LITTLE = frozenset(
    re.findall(
        r"\w+",
        """a an the my our your his her their its this that these those i me we us you he she it they them
        of for on in at to with from by as into about and or but not no do does did done don doesn didn
        am is are was were be been being have has had ve ll re m s t d
        what which who whom whose where when why how if whether there here
        can could will would should may might shall please some any all so just also too very really
        know knows tell told say said remember remembered memory memories
        thing things something anything everything take takes like likes""",
    )
)
_ENDINGS = ("ingly", "edly", "ings", "ing", "ies", "ied", "ers", "es", "ed", "er", "ly", "s", "y")
_WORD = re.compile(r"\w+")
_STEM = 5
"""Words that share so many first letters are taken for forms of one: allergies, allergic."""


def telling_words(text: str) -> list[str]:
    """The words that carry the meaning, lower case, each once; all of them when none does."""
    words = list(dict.fromkeys(re.findall(r"\w+", re.sub(r"['’]s\b", "", text.lower().replace("n't", " not")))))
    return [word for word in words if word not in _LITTLE] or words


def coverage(about: str, text: str) -> float:
    """What part of the telling words of `about` stands in `text`, in some form: 0 to 1."""
    return Sought(about).part_in(text)


class Sought:
    """Words that are looked for in many texts."""

    def __init__(self, about: str) -> None:
        self._words = telling_words(about)

    def part_in(self, text: str) -> float:
        """What part of them stands in `text`, in some form: 0 to 1."""
        if not self._words:
            return 0.0
        there = set(_WORD.findall(text.lower()))
        stems = {stem(word) for word in there}
        starts = {word[:_STEM] for word in there}
        found = 0
        for word in self._words:
            # only what begins alike is compared word by word: this runs over every memory there is
            if word in there or stem(word) in stems:
                found += 1
            elif word[:_STEM] in starts:
                found += any(same_word(word, other) for other in there)
        return found / len(self._words)


def same_word(one: str, other: str) -> bool:
    """Whether two words are forms of one: seat, seats; sit is not sitting's only spelling, so stems decide."""
    if one == other or stem(one) == stem(other):
        return True
    return min(len(one), len(other)) >= _STEM and one[:_STEM] == other[:_STEM] and abs(len(one) - len(other)) <= 4


def names_in(about: str) -> set[str]:
    """Whom or what it names, lower case: where a text doesn't, nearness of meaning proves little."""
    return {word.lower() for word in re.findall(r"\b[A-Z][\w]+", _without_beginning(about))} - _LITTLE


def _without_beginning(about: str) -> str:
    """A sentence begins with a capital whatever its first word is; a word alone, or one that owns something, is a name."""
    first, _, others = about.strip().partition(" ")
    return about if not others or re.search(r"['’]s$", first) else others


def same_words(one: str, other: str) -> bool:
    """Whether two sentences are the same but for case, punctuation and spaces."""
    return re.findall(r"\w+", one.lower()) == re.findall(r"\w+", other.lower())


def start_of(word: str) -> str:
    """Only words that share this can be forms of one, where their stems don't say so."""
    return word[:_STEM]


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Without its ending: a rough cut, the same for a word and its usual forms."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return _undouble(word.removesuffix(ending))
    return word


def _undouble(stem: str) -> str:
    """sitting → sit; but less, all and buzz stay as they are."""
    return stem[:-1] if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "lsz" else stem
