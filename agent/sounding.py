"""Whether what was heard may be the word that was meant: spelled otherwise or slurred, but not another word."""

import re

from agent.names import NAMES

_SPELLINGS = (
    (r"ph", "f"), (r"^kn", "n"), (r"^wr", "r"), (r"gh(?=t|$)", ""), (r"ck|q|c(?![ehiy])", "k"), (r"c(?=[eiy])", "s"),
    (r"ch", "x"), (r"tch", "x"), (r"sh|sch", "x"), (r"th", "t"), (r"z", "s"), (r"(?<!^)h", ""),
    (r"ey$|ie$|ee$|y$|i$", "i"), (r"y", "i"), (r"(.)\1+", r"\1"),
)  # fmt: skip


def sound(word: str) -> str:
    """A word as it is heard, its vowels kept: "Sara" and "Sarah", "Jon" and "John" are one."""
    heard = re.sub(r"[^a-z0-9]", "", word.casefold())
    for spelling, sounds in _SPELLINGS:
        heard = re.sub(spelling, sounds, heard)
    return heard


def skeleton(word: str) -> str:
    """Its consonants by kind, and a mark for each group of vowels: what a careless ear keeps of it."""
    kinds = sound(word).translate(_KINDS)
    return re.sub(r"(.)\1+", r"\1", re.sub(r"(?<=\*)l$", "", re.sub(r"[aeiou]+", "*", kinds)))


_KINDS = str.maketrans("vdgm", "ftkn")


def alike(heard: str, meant: str) -> bool:
    """Whether `heard` may be `meant`. A name of its own that merely resembles it is another one."""
    if sound(heard) == sound(meant):
        return True
    if heard.casefold() in NAMES or min(len(heard), len(meant)) < 3:
        return False
    slips = _slips(sound(heard), sound(meant))
    if skeleton(heard) == skeleton(meant):
        return slips <= max(1, len(meant) // 4)
    return len(meant) >= 6 and slips <= 1 + (len(meant) >= 9)


def run_together(heard: str, meant: str) -> bool:
    """The same for a few words at once, where one can't hear where one ends: "Santa Jonas" for "send to Jonas"."""
    one, other = (re.sub(r"\W+", "", words) for words in (heard, meant))
    return skeleton(one) == skeleton(other) and _slips(sound(one), sound(other)) <= len(other) // 3


def _slips(one: str, other: str) -> int:
    """Letters to change, add or leave out to get from one to the other."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (a != b))
    return row[-1]
