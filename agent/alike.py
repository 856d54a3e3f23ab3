"""Whether words are about the same thing, judged by the words alone: for when no vectors are at hand, and to check them."""

import re

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
_STEM = 5
"""Words that share so many first letters are taken for forms of one: allergies, allergic."""


def telling_words(text: str) -> list[str]:
    """The words that carry the meaning, lower case, each once; all of them when none does."""
    words = list(dict.fromkeys(re.findall(r"\w+", re.sub(r"['’]s\b", "", text.lower().replace("n't", " not")))))
    return [word for word in words if word not in _LITTLE] or words


def coverage(about: str, text: str) -> float:
    """What part of the telling words of `about` stands in `text`, in some form: 0 to 1."""
    wanted = telling_words(about)
    there = telling_words(text)
    if not wanted:
        return 0.0
    return sum(any(same_word(word, other) for other in there) for word in wanted) / len(wanted)


def same_word(one: str, other: str) -> bool:
    """Whether two words are forms of one: seat, seats; sit is not sitting's only spelling, so stems decide."""
    if one == other or _stem(one) == _stem(other):
        return True
    return min(len(one), len(other)) >= _STEM and one[:_STEM] == other[:_STEM] and abs(len(one) - len(other)) <= 4


def names_missing(about: str, text: str) -> bool:
    """Whether `about` names somebody or somewhere that `text` doesn't: then nearness of meaning proves little."""
    names = {word.lower() for word in re.findall(r"\b[A-Z][\w]+", about)} - _LITTLE
    there = telling_words(text)
    return any(not any(same_word(name, other) for other in there) for name in names)


def same_words(one: str, other: str) -> bool:
    """Whether two sentences are the same but for case, punctuation and spaces."""
    return re.findall(r"\w+", one.lower()) == re.findall(r"\w+", other.lower())


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return _undouble(word.removesuffix(ending))
    return word


def _undouble(stem: str) -> str:
    """sitting → sit; but less, all and buzz stay as they are."""
    return stem[:-1] if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "lsz" else stem
