"""A small language for the ways people say a thing: "(add|put) <title> (to|on) [my] <list> list"."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from agent.commands.words import SOUNDS, Words, plains, written

Slots = tuple[tuple[str, int, int], ...]


Step = tuple[int, Slots, int]
"""Where a match got to, what it put aside, and how many literal words it used."""


Check = Callable[[Words], bool]


Matcher = Callable[["Sentence", int], Iterator[Step]]


_PIECES = re.compile(r"\(|\)|\[|\]|\||<[^>]+>|\{\w+\}|[^\s()\[\]|<>{}]+")


class Sentence:
    """Words to be matched, with the time words set aside, if any, and the checks that slots must pass."""

    def __init__(
        self,
        words: Words,
        checks: Mapping[str, Check],
        when: str = "",
        timed: int = 0,
        length: int | None = None,
        *,
        closed: bool = False,
    ) -> None:
        self.closed = closed
        self.words, self.checks, self.when, self.timed, self.length = words, checks, when, timed, length
        self.plain = plains(words)
        self.said = frozenset(self.plain)
        self.soft = tuple(word.soft for word in words)
        self._checked: dict[tuple[str, int, int], bool] = {}

    def fits(self, kind: str, start: int, end: int) -> bool:
        """Whether these words can be a slot of this kind; each is asked once."""
        key = (kind, start, end)
        if key not in self._checked:
            self._checked[key] = self.checks[kind](self.words[start:end])
        return self._checked[key]


@dataclass(frozen=True)
class Found:
    """A phrase that fits the whole sentence."""

    sentence: Sentence
    slots: Slots
    literal: int
    end: int = 0

    @property
    def when(self) -> str:
        """The time words: those of a time slot, else those set aside."""
        return self.text("when") or self.sentence.when

    @property
    def score(self) -> float:
        """How many words are accounted for, not merely taken along in a slot; a checked time or length is."""
        sure = sum(end - start for name, start, end in self.slots if name in ("when", "length", "nth"))
        # of two that are as sure, the one that leaves nothing over at the end
        score = self.literal + self.sentence.timed + sure + self.end / 1000
        # "thanks" at the end belongs to a letter, but to no name of a thing
        return score - 0.5 if self.sentence.closed and not self.has("body") else score

    def has(self, name: str) -> bool:
        """Whether the slot was filled."""
        return any(slot == name for slot, _, _ in self.slots)

    def words(self, name: str) -> Words:
        """The words in a slot, none when it is empty."""
        for slot, start, end in self.slots:
            if slot == name:
                return self.sentence.words[start:end]
        return ()

    def text(self, name: str) -> str:
        """A slot as it was written."""
        return written(self.words(name))


@dataclass(frozen=True)
class Phrase:
    """One compiled way to say something."""

    source: str
    match: Matcher
    firsts: frozenset[str] | None
    needs: tuple[frozenset[str], ...]
    """Of each of these groups one word must be there: a cheap look that spares most phrases the laying on."""

    def find(self, sentence: Sentence) -> Iterator[Found]:
        """Every way in which it fits the sentence from end to end."""
        if any(need.isdisjoint(sentence.said) for need in self.needs):
            return
        if self.firsts is not None and sentence.plain and sentence.plain[0] not in self.firsts and not sentence.soft[0]:
            return
        for end, slots, literal in self.match(sentence, 0):
            if all(sentence.soft[end:]):
                yield Found(sentence, slots, literal, end)


def phrases(text: str, macros: Mapping[str, str]) -> tuple[Phrase, ...]:
    """Compile phrases, one a line."""
    return tuple(_compile(line.strip(), macros) for line in text.strip().splitlines() if line.strip())


def _compile(line: str, macros: Mapping[str, str]) -> Phrase:
    node = _whole(line, macros)
    firsts = None if node.empty or node.firsts is None else frozenset(node.firsts)
    return Phrase(line, node.match, firsts, tuple(sorted(set(node.needs), key=len)))


class Node(NamedTuple):
    """A part of a phrase: how to match it, the words it can begin with (None: any), whether it can be empty, the words it needs."""

    match: Matcher
    firsts: set[str] | None
    empty: bool
    needs: tuple[frozenset[str], ...] = ()


Piece = str | Node


def _whole(text: str, macros: Mapping[str, str]) -> Node:
    """All of a text, as one node; a macro in it is a node by itself."""
    pieces: list[Piece] = [
        _macro(macros[piece[1:-1]], tuple(macros.items())) if piece[0] == "{" else piece
        for piece in reversed(_PIECES.findall(text))
    ]
    node = _alternatives(pieces)
    if pieces:
        raise ValueError(f"unbalanced phrase: {text}")
    return node


@lru_cache
def _macro(text: str, macros: tuple[tuple[str, str], ...]) -> Node:
    """Hundreds of phrases share a few macros: each is read once, so that starting stays fast."""
    return _whole(text, dict(macros))


def _alternatives(pieces: list[Piece]) -> Node:
    """Pieces are taken off the end of the list, where the next one lies."""
    options = [_sequence(pieces)]
    while pieces and pieces[-1] == "|":
        pieces.pop()
        options.append(_sequence(pieces))
    return options[0] if len(options) == 1 else _either(options)


def _sequence(pieces: list[Piece]) -> Node:
    nodes: list[Node] = []
    while pieces and pieces[-1] not in (")", "]", "|"):
        piece = pieces.pop()
        if isinstance(piece, Node):
            nodes.append(piece)
        elif piece in "([":
            inner = _alternatives(pieces)
            if pieces:
                pieces.pop()
            nodes.append(inner if piece == "(" else _either([inner, _EMPTY]))
        elif piece.startswith("<"):
            name, _, kind = piece[1:-1].partition(":")
            nodes.append(_slot(name, kind or "text"))
        else:
            nodes.append(_word(piece))
    return _all(nodes)


def _nothing(sentence: Sentence, at: int) -> Iterator[Step]:
    yield at, (), 0


_EMPTY = Node(_nothing, set(), True)


def _pause(sentence: Sentence, at: int) -> Iterator[Step]:
    """ ":" in a phrase: a stop after the word before."""
    if at and sentence.words[at - 1].stop in (":", ",", ";", "."):
        yield at, (), 1 if sentence.words[at - 1].stop == ":" else 0


@cache
def _word(word: str) -> Node:
    if word == ":":
        return Node(_pause, set(), True)
    accepted = {word, *SOUNDS.get(word, ())}

    def match(sentence: Sentence, at: int) -> Iterator[Step]:
        while at < len(sentence.plain):
            if sentence.plain[at] in accepted:
                yield at + 1, (), 1
            if not sentence.soft[at]:
                return
            at += 1

    return Node(match, accepted, False, (frozenset(accepted),))


def _slot(name: str, kind: str) -> Node:
    def match(sentence: Sentence, at: int) -> Iterator[Step]:
        for end in range(at + 1, len(sentence.plain) + 1):
            if sentence.fits(kind, at, end):
                yield end, ((name, at, end),), 0

    return Node(match, None, False)


def _all(nodes: list[Node]) -> Node:
    matchers = [node.match for node in nodes]

    def match(sentence: Sentence, at: int) -> Iterator[Step]:
        return _chain(matchers, sentence, at, 0)

    firsts: set[str] | None = set()
    for node in nodes:
        firsts = None if node.firsts is None or firsts is None else firsts | node.firsts
        if not node.empty:
            break
    return Node(match, firsts, all(node.empty for node in nodes), tuple(need for node in nodes for need in node.needs))


def _chain(matchers: list[Matcher], sentence: Sentence, at: int, index: int) -> Iterator[Step]:
    if index == len(matchers):
        yield at, (), 0
        return
    for middle, slots, literal in matchers[index](sentence, at):
        for end, more, further in _chain(matchers, sentence, middle, index + 1):
            yield end, slots + more, literal + further


def _either(nodes: list[Node]) -> Node:
    matchers = [node.match for node in nodes]

    def match(sentence: Sentence, at: int) -> Iterator[Step]:
        for one in matchers:
            yield from one(sentence, at)

    anything = any(node.firsts is None for node in nodes)
    firsts = None if anything else set().union(*(node.firsts or set() for node in nodes))
    needs: tuple[frozenset[str], ...] = ()
    if all(node.needs for node in nodes):
        needs = (frozenset().union(*(min(node.needs, key=len) for node in nodes)),)
    return Node(match, firsts, any(node.empty for node in nodes), needs)
