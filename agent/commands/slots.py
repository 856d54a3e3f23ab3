"""What may stand in a slot: a name, a title, a place, words that only point."""

from agent.commands import times
from agent.commands.references import PRONOUNS
from agent.commands.words import Words, plains

DOUBT = frozenset("if unless but because not never although whether wait nevermind scratch except otherwise quote unquote".split())  # fmt: skip
"""Words that turn a command into something else; no name of a thing is taken that holds one."""


_ASKING = frozenset("what how why who when where which whose should would does did is are was were am".split())


_PEOPLE = frozenset("i he she we they you".split())


_NOT_NAMES = frozenset(
    "it that this them him her me us you my the a an to for about email mail message draft reply".split()
)


NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "both": 2,
    "couple": 2, "few": 3, "1": 1, "2": 2, "3": 3, "4": 4, "5": 5, "6": 6, "7": 7, "8": 8, "9": 9, "10": 10,
}  # fmt: skip


BEGINS = frozenset("i we i'm i'll i've it he she they thanks sorry yes no ok okay hello hi dear please can could would the that my our see happy good".split())  # fmt: skip
"""What a letter begins with, said without "saying"."""


_NO_LENGTH_AFTER = frozenset("in every after within next last past each".split())


_TENS = frozenset("twenty thirty forty fifty sixty seventy eighty ninety".split())


_NO_LENGTH_BEFORE = frozenset("before after later earlier ago from".split())


def _without_length(words: Words) -> tuple[Words, int | None, int]:
    """The words without a length in them, the length in minutes, and how many words it took."""
    for size in range(min(6, len(words)), 0, -1):
        for start in range(len(words) - size + 1):
            end = start + size
            before = words[start - 1].plain if start else ""
            after = words[end].plain if end < len(words) else ""
            if before in _NO_LENGTH_AFTER or before in _TENS or after in _NO_LENGTH_BEFORE:
                continue
            length = times.minutes(words[start:end])
            if length is not None:
                return (*words[:start], *words[end:]), length, size
    return words, None, 0


def is_title(words: Words) -> bool:
    """Fit to be the name of something new: short, without doubts and questions."""
    plain = plains(words)
    doubtful = DOUBT.intersection(plain) or plain[0] in _ASKING or plain[-1] in ("or", "and", "the", "a", "an")
    return len(words) <= 16 and not doubtful and "?" not in [word.stop for word in words[:-1]]


def is_thing(words: Words) -> bool:
    """Fit to name something that exists."""
    plain = plains(words)
    pointing_on = plain[0] in ("it", "them", "him") and len(plain) > 1
    return len(words) <= 10 and not pointing_on and is_title(words) and not _PEOPLE.intersection(plain)


def is_person(words: Words) -> bool:
    """A name, or an address."""
    if len(words) > 3 or any(word.stop in (",", ":", ".", "?") for word in words[:-1]):
        return False
    plain = plains(words)
    plain = plain[1:] if plain[0] in ("my", "the") and len(plain) > 1 else plain
    return "@" in plain[0] or not _NOT_NAMES.union(DOUBT, _PEOPLE, {"saying", "and", "that", "from", "with", "in", "on", "at"}).intersection(plain)  # fmt: skip


def is_people(words: Words) -> bool:
    """One or more names."""
    return all(group and is_person(group) for group in people(words))


_PLACES = frozenset("""room office studio cafe café restaurant hall building school home kitchen zoom teams meet skype online street house bar pub
library floor garden lobby canteen gym park station clinic hospital hotel place boardroom headquarters hq theatre cinema church""".split())  # fmt: skip


def is_place(words: Words) -> bool:
    """Names a place by one of the words that do."""
    return len(words) <= 6 and bool(_PLACES & set(plains(words))) and is_title(words)


def people(words: Words) -> list[Words]:
    """Names joined by commas and "and", one by one."""
    words = words[1:] if len(words) > 3 and words[0].plain == "both" else words
    groups: list[list[int]] = [[]]
    for index, word in enumerate(words):
        if word.plain in ("and", "plus", "&"):
            groups.append([])
            continue
        groups[-1].append(index)
        if word.stop == ",":
            groups.append([])
    return [tuple(words[index] for index in group) for group in groups if group] or [()]


def refers(words: Words) -> bool:
    """Whether words only point at something: "it", "the second one", "the one with Anna"."""
    said = [word for word in plains(words) if word not in ("please", "the", "my")]
    text = " ".join(said)
    pointing = (
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "last",
        "one",
        "two",
        "three",
        "latter",
        "former",
        "1st",
        "2nd",
        "3rd",
    )
    return (
        text in PRONOUNS
        or text in ("them", "those", "these", "both", "them both", "all of them", "him", "her")
        or (
            bool(said)
            and said[0] in pointing
            and (
                len(said) == 1 or (len(said) <= 6 and said[1] == "one") or (said[0] == "one" and said[1] in _DESCRIBING)
            )
        )
        or (bool(said) and said[0] in ("that", "this") and len(said) == 2)
    )


_NOT_LISTS = _NOT_NAMES | frozenset(
    "on in at of what is are have i we do and buy get need there anything show read list wrong other right same called named new".split()
)


_DESCRIBING = ("with", "about", "from", "called", "named", "for", "at", "in", "by", "of")
