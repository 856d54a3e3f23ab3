"""Names of things and people, as they are written down and searched for."""

from agent.commands.patterns import Found
from agent.commands.words import Words, plains, written

_ARTICLES = frozenset("a an the some my our another new".split())


_DANGLING = frozenset("on at for in to from by of with and the a due called starting".split())


_NAMING = (("called",), ("named",), ("titled",), ("entitled",))


def title(words: Words) -> str:
    """The name of a new thing, as it would be written: no article before, nothing dangling after, a capital first."""
    while len(words) > 1 and words[0].plain in _ARTICLES and not _place_name(words):
        words = words[1:]
    plain = plains(words)
    for naming in _NAMING:
        if naming[0] in plain[1:3]:
            words = words[plain.index(naming[0]) + 1 :]
            break
    while len(words) > 1 and (words[-1].plain in _DANGLING or words[-1].soft):
        words = words[:-1]
    while len(words) > 1 and words[0].plain in ("for", "to", "that", "of", "called", "named"):
        words = words[1:]
    text = written(words)
    return text[:1].upper() + text[1:]


def _place_name(words: Words) -> bool:
    return words[0].raw[:1].isupper() and words[1].raw[:1].isupper() and words[0].plain == "the"


def slot_title(found: Found, name: str = "title") -> str:
    """The cleaned name in a slot."""
    words = found.words(name)
    return title(words) if words else ""


def name_of(words_: Words) -> str:
    """A name as a search takes it: "my sister Ingrid" stays, "the bank" loses its article, "Sarah's" its possessive."""
    text = written(words_)
    low = text.lower()
    for lead in ("the ", "my ", "our ", "a "):
        if low.startswith(lead):
            text, low = text[len(lead) :], low[len(lead) :]
    return text.removesuffix("'s").removesuffix("’s")


def quoted(name: str) -> str:
    return f'"{name}"' if " " in name else name
