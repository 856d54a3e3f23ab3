"""What a remembered sentence is: its type, what it is about, and how it is said back to the one who told it."""

import re
from dataclasses import dataclass

from integrations.store.memories import Type


@dataclass(frozen=True, kw_only=True)
class Kind:
    """How a memory is filed."""

    type: Type
    category: str


_TYPES: tuple[tuple[Type, str], ...] = (
    ("habit", r"\b(usually|normally|generally|typically|every (day|morning|evening|night|week\w*|month|year|\w+day)|always|never|often|each \w+|most \w+days?|on \w+days\b|tend to|am used to)\b"),
    ("preference", r"\b(like|likes|love|loves|prefer\w*|hate|hates|dislike\w*|enjoy\w*|favou?rite\w*|rather|can'?t stand|(do|does)(n'?t| not) (like|want|drink|eat)|take (my|our) (tea|coffee)|vegetarian|vegan)\b"),
)  # fmt: skip

_CATEGORIES: tuple[tuple[str, str], ...] = (
    ("health", r"\b(allerg\w+|medic\w+|doctor|dentist|blood|pill\w*|intoleran\w+|asthma\w*|diabet\w+|glasses|therap\w+)\b"),
    ("food", r"\b(eat\w*|food|drink\w*|coffee|tea|wine|beer|vegetarian|vegan|meat|fish|sugar|milk|breakfast|lunch\w*|dinner|restaurant\w*|cook\w*|pizza|cake|spicy)\b"),
    ("travel", r"\b(fly\w*|flight\w*|plane\w*|train\w*|seat\w*|hotel\w*|travel\w*|airport\w*|aisle|passport|trip\w*)\b"),
    ("work", r"\b(meeting\w*|work\w*|office|boss|colleague\w*|team|project\w*|client\w*|manager|calls?)\b"),
    ("people", r"\b(wife|husband|partner|sister|brother|mother|father|mum|mom|dad|son|daughter|child\w*|kids?|friend\w*|name is|called|birthday|neighbou?r\w*|aunt|uncle|gran\w+|cousin|\w+'s name)\b"),
    ("home", r"\b(house|home|kitchen|garden|key|keys|wi-?fi|meter|stairs|fridge|bins?|boiler|heating|cat|dog|alarm code)\b"),
    ("sport", r"\b(run|runs|running|gym|yoga|swim\w*|cycl\w+|football|tennis|exercise\w*|walk\w*)\b"),
    ("getting about", r"\b(park|parks|parked|parking|car|bike|bus|drive\w*|commut\w+|registration)\b"),
)  # fmt: skip


def kind_of(text: str) -> Kind:
    """File a sentence by its words: the first rule that fits, else a fact about nothing in particular."""
    plain = text.lower().replace("’", "'")
    type_: Type = next((name for name, words in _TYPES if re.search(words, plain)), "fact")
    if type_ == "habit" and re.search(r"\b(always|never) (like|want|prefer|love|hate)", plain):
        type_ = "preference"
    category = next((name for name, words in _CATEGORIES if re.search(words, plain)), "")
    return Kind(type=type_, category=category)


def plainly(text: str) -> str:
    """For comparing and matching: small letters, straight apostrophes, one line, no full stop."""
    return " ".join(text.lower().replace("’", "'").rstrip(" .!").split())


def tidy(text: str) -> str:
    """As it was said, without the wrapping: one line, a capital first, no full stop and no leading "that"."""
    line = re.sub(r"^(that|to|this:?|:)\s+(?=\w)", "", " ".join(text.split()), flags=re.IGNORECASE)
    line = re.sub(r"\bi\b(?=['’ ]|$)", "I", line.rstrip(" .!,;"))
    return line[:1].upper() + line[1:]


_BACK = {
    "i": "you", "me": "you", "my": "your", "mine": "yours", "myself": "yourself",
    "we": "you", "us": "you", "our": "your", "ours": "yours", "ourselves": "yourselves",
    "i'm": "you're", "i've": "you've", "i'll": "you'll", "i'd": "you'd",
    "we're": "you're", "we've": "you've", "we'll": "you'll", "we'd": "you'd",
}  # fmt: skip
_YOU = r"\b(you|your|yours)\b"
_SMALL = {
    *_BACK.values(),
    "the",
    "a",
    "an",
    "it",
    "it's",
    "there",
    "this",
    "these",
    "in",
    "on",
    "at",
    "when",
    "if",
    "all",
    "every",
}
_ADVERBS = ("always", "never", "usually", "really", "also", "often", "still", "just", "only", "not")
_VERBS = {"am": "are", "was": "were", "wasn't": "weren't"}


def as_told_back(text: str) -> str:
    """Said to the one who told it: "I take my coffee black" → "You take your coffee black".

    Only words for oneself change, and the verb beside them. A sentence that already speaks to "you" stays as it is:
    turning that too would have to guess who is meant.
    """
    if re.search(_YOU, text, flags=re.IGNORECASE):
        return text
    pieces = re.split(r"([\w'’]+)", text)
    about_me = ""
    for place in range(1, len(pieces), 2):
        word = pieces[place].replace("’", "'")
        low = word.lower()
        if low in _BACK:
            pieces[place] = _like(word, _BACK[low], first=place == 1)
        elif low in _VERBS and (about_me == "i" or _next(pieces, place) == "i"):
            pieces[place] = _like(word, _VERBS[low], first=place == 1)
        about_me = low if low in _BACK or low not in _ADVERBS else about_me
    return "".join(pieces)


def in_a_sentence(text: str) -> str:
    """After a verb of ours: "that you take your coffee black", or the words themselves where they can't be turned."""
    if re.search(_YOU, text, flags=re.IGNORECASE):
        return f"this: “{text}”"
    told = as_told_back(text)
    first = told.split()[0]
    return f"that {told[:1].lower() + told[1:] if first.lower() in _SMALL else told}"


def _next(pieces: list[str], place: int) -> str:
    return pieces[place + 2].lower() if place + 2 < len(pieces) else ""


def _like(word: str, new: str, *, first: bool) -> str:
    """With a capital where the sentence begins; "I" in its midst was no beginning."""
    return new[:1].upper() + new[1:] if first and word[:1].isupper() else new
