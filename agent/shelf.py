"""One person's memories made ready to be looked through in a turn: by their words, those words' relatives and the names of their people."""

import math
import re
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from agent.alike import same_word, start_of, stem, telling_words
from agent.related import groups
from integrations.store.memories import Memories, Memory

RELATED = 0.5
"""What a word counts for that only has a relative in the memory: a lager where beer is spoken of."""
_ROLE = re.compile(
    r"\b(?:my|our) (wife|husband|partner|girlfriend|boyfriend|son|daughter|sister|brother|mother|father|mum|mom|dad|boss|cat|dog)"
    r"(?:'s name)?(?: (?:is|are))?(?: (?:called|named))? (?-i:([A-Z][\w-]+))(?!\.)",
    re.IGNORECASE,
)
"""Who somebody is: "my wife's name is Helena"."""


@dataclass(frozen=True, kw_only=True)
class Known:
    """A memory as it was when it was read, no longer tied to a transaction."""

    id: str
    person_id: str
    text: str
    type: str
    category: str
    origin: str
    quote: str
    turn_id: str | None
    at: datetime
    superseded_by: str | None
    embedded: bool

    @classmethod
    def of(cls, row: Memory) -> "Known":
        """Every field of the row."""
        return cls(**{name: getattr(row, name) for name in cls.__dataclass_fields__})


@dataclass(frozen=True, kw_only=True)
class Likeness:
    """How much of a question stands in a memory: the plain `part` of its telling words, and their `weight` with relatives, 0 to 1."""

    part: float
    weight: float


class Shelf:
    """What holds, newest first, with an index of its words. It is made once for as long as nothing changes."""

    def __init__(self, rows: Iterable[Memory]) -> None:
        self.memories = tuple(Known.of(row) for row in rows)
        self._stems: defaultdict[str, set[int]] = defaultdict(set)
        self._starts: defaultdict[str, set[tuple[str, int]]] = defaultdict(set)
        self._groups: defaultdict[int, set[int]] = defaultdict(set)
        self._names: dict[str, str] = {}
        self._places = {memory.id: place for place, memory in enumerate(self.memories)}
        for place, memory in enumerate(self.memories):
            for word in re.findall(r"\w+", f"{memory.text} {memory.category}".lower()):
                self._stems[stem(word)].add(place)
                self._starts[start_of(word)].add((word, place))
            for word in telling_words(memory.text):
                for group in groups(word):
                    self._groups[group].add(place)
            if found := _ROLE.search(memory.text):
                self._names.setdefault(found[1].lower(), found[2].lower())

    def alike(self, about: str) -> dict[int, Likeness]:
        """Of the memories in which any of it stands, by their place."""
        words = telling_words(about)
        parts: defaultdict[int, float] = defaultdict(float)
        for word in words:
            for place in self._with(word):
                parts[place] += 1 / len(words)
        weights = self._weights([*words, *self._who(words)])
        return {place: Likeness(part=min(1.0, parts[place]), weight=weight) for place, weight in weights.items()}

    def place(self, id: str) -> int | None:
        """Where the memory of this id stands."""
        return self._places.get(id)

    def naming(self, names: Iterable[str]) -> set[int] | None:
        """The memories that speak of every one of these names; None where there is none to speak of."""
        found = [self._with(name.lower()) for name in names]
        return set.intersection(*found) if found else None

    def _weights(self, words: Sequence[str]) -> dict[int, float]:
        """Rare words weigh more than those that stand everywhere."""
        total, found = 0.0, defaultdict[int, float](float)
        for word in words:
            places = self._with(word)
            weight = math.log(1 + (len(self.memories) - len(places) + 0.5) / (len(places) + 0.5))
            total += weight
            for place in places:
                found[place] += weight
            for place in set().union(*(self._groups.get(group, set()) for group in groups(word))) - places:
                found[place] += RELATED * weight
        return {place: weight / total for place, weight in found.items()}

    def _with(self, word: str) -> set[int]:
        """The memories in which this word stands in some form."""
        forms = {place for other, place in self._starts.get(start_of(word), set()) if same_word(word, other)}
        return self._stems.get(stem(word), set()) | forms

    def _who(self, words: Sequence[str]) -> list[str]:
        """The names of the people spoken of as "my wife", and what those are to the person who are spoken of by name."""
        return [
            other
            for role, name in self._names.items()
            for word, other in ((role, name), (name, role))
            if word in words and other not in words
        ]


class Shelves:
    """The shelves of those who spoke last, each as good as the rows: whether it still is, is asked every time."""

    def __init__(self, most: int = 32) -> None:
        self._most = most
        self._kept: OrderedDict[str, tuple[tuple[int, int], Shelf]] = OrderedDict()

    async def of(self, rows: Memories) -> Shelf:
        """This person's, as their memories are in this transaction."""
        stamp = await rows.stamp()
        kept = self._kept.pop(rows.person_id, None)
        shelf = kept[1] if kept is not None and kept[0] == stamp else Shelf(await rows.all() if stamp[0] else ())
        self._kept[rows.person_id] = stamp, shelf
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return shelf

    def drop(self, person_id: str) -> None:
        """Nothing of theirs stays in this process."""
        self._kept.pop(person_id, None)
