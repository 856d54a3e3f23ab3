"""Knowing what is to be forgotten wherever it was said: in a thread, a ledger, a suggestion, a tool's answer."""

import re
from collections import defaultdict
from collections.abc import Iterable
from copy import copy
from typing import Any

from agent.alike import coverage, stem, telling_words
from agent.own_words import own_words
from integrations.store.memories import Memory

MARK = "[forgotten]"
LEAST = 2
"""Telling words that a memory must have to be known again by them in any order; with fewer only its very words are."""
MEANT = 0.5
"""The part of the words of a wish to forget that a memory has which was meant by it."""
MISSING = 4
"""Of so many telling words one may be another: "hidden" where it was "hide"."""
_NAMING = frozenset("name names called named live lives".split())
"""Words that only say that something is what follows."""
_PERSON = {"you": "i", "your": "my", "yours": "mine", "yourself": "myself", "you're": "i'm", "you've": "i've", "are": "am", "we": "i", "our": "my"}  # fmt: skip
_SENTENCE = re.compile(r"[^.!?;:\n“”]*(?:\.(?=\w)[^.!?;:\n“”]*)*[.!?;:\n“”]*")


class Forgetting:
    """Cleans texts and JSON of some memories."""

    def __init__(self, memories: Iterable[Memory]) -> None:
        self._ids: set[str] = set()
        self._texts: list[str] = []
        self._phrases: list[str] = []
        self._by_word: defaultdict[str, list[frozenset[str]]] = defaultdict(list)
        for memory in memories:
            self._ids.add(memory.id)
            self._texts.append(memory.text)
            for text in {memory.text, own_words(memory.quote, memory.text) or memory.text}:
                self._know(text)

    def _know(self, text: str) -> None:
        self._phrases.append(f" {' '.join(_plain(text))} ")
        stems = frozenset(stem(word) for word in telling_words(text) if word not in _NAMING)
        if len(stems) >= LEAST:
            for word in stems:
                self._by_word[word].append(stems)

    def asked(self, about: Iterable[str]) -> "Forgetting":
        """The same for a turn in which it was asked to forget it in these words: there they go, too."""
        meant = [one for one in about if any(coverage(one, text) >= MEANT for text in self._texts)]
        if not meant:
            return self
        more = copy(self)
        more._phrases = [*self._phrases, *(f" {' '.join(_plain(one))} " for one in meant)]
        return more

    def clean(self, value: Any) -> Any:
        """The value without them; the very same object where there was nothing of them."""
        match value:
            case str():
                return self._cleaned(value)
            case dict():
                if value.get("id") in self._ids and "text" in value:
                    return {"id": value["id"], "forgotten": True}
                new = {key: self.clean(one) for key, one in value.items()}
                return value if all(new[key] is value[key] for key in value) else new
            case list():
                cleaned = [self.clean(one) for one in value]
                return value if all(one is old for one, old in zip(cleaned, value, strict=True)) else [*map(_unsigned, cleaned)]  # fmt: skip
            case _:
                return value

    def _cleaned(self, text: str) -> str:
        if text in self._ids or not self._holds(text):
            return text
        pieces = [piece for piece in _SENTENCE.findall(text) if piece]
        cleaned = "".join(_instead(piece) if self._holds(piece) else piece for piece in pieces)
        # said over two sentences it is in neither of them
        return _instead(text) if self._holds(cleaned) else cleaned

    def _holds(self, text: str) -> bool:
        plain = f" {' '.join(_plain(text))} "
        if any(phrase in plain for phrase in self._phrases):
            return True
        stems = {stem(word) for word in re.findall(r"\w+", text.lower())}
        near = (wanted for word in stems & self._by_word.keys() for wanted in self._by_word[word])
        return any(len(wanted - stems) <= len(wanted) // MISSING for wanted in near)


def _plain(text: str) -> list[str]:
    words = re.findall(r"[\w'’]+", text.lower().replace("’", "'"))
    return [_PERSON.get(word, word) for word in words]


def _instead(piece: str) -> str:
    """As many words as there were: how much of a reply or a briefing was heard is counted in words."""
    words, bare = len(piece.split()), piece.strip()
    return piece.replace(bare, " ".join([MARK, *["…"] * (words - 1)])) if bare else piece


def _unsigned(line: Any) -> Any:
    """What only a mind can read of its own thoughts may hold the words as well."""
    return {**line, "signature": None} if isinstance(line, dict) and line.get("signature") else line
