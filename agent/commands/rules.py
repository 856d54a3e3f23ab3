"""Rules: which phrases mean what. The one that accounts for the most words of a sentence wins."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from agent.commands import times
from agent.commands.intention import Intention
from agent.commands.patterns import Found, Phrase, Sentence, phrases
from agent.commands.references import Focus
from agent.commands.slots import (
    _NOT_LISTS,
    BEGINS,
    NUMBERS,
    _without_length,
    is_people,
    is_person,
    is_place,
    is_thing,
    is_title,
)
from agent.commands.times import Clock
from agent.commands.words import SOUNDS, Words, bare, hear, opened, plains
from integrations.errors import Invalid

MACROS = {
    "my": "[my|the|our|this|a|an|your|that|some|me]",
    "cal": "(calendar|diary|schedule|agenda|planner|timetable)",
    "todo": "(task|tasks|to do|to dos)",
    "event": "(event|events|appointment|appointments|meeting|meetings|call|calls|booking|session|entry|engagement|engagements|thing|things|plans|item|items|commitments)",
    "mail": "(email|emails|mail|mails|message|messages|letter|letters|inbox)",
    "show": "(show|tell|give|read|list|check|see|say|display|find out|look up|let know|pull up|go over|go through|run through|run|walk|talk|take|bring up|look at|have a look at)",
    "add": "(add|put|stick|throw|pop|place|enter|insert|include|chuck|get|jot|write|note|set|log|register|record|save)",
    "saying": "(saying|saying that|says|that says|that|to say|to say that|and say|say|and say that|telling (him|her|them)|telling (him|her|them) that|tell (him|her|them)|tell (him|her|them) that|and tell (him|her|them)|and tell (him|her|them) that|to tell (him|her|them)|to tell (him|her|them) that|and let (him|her|them) know|and let (him|her|them) know that|to let (him|her|them) know|to let (him|her|them) know that|letting (him|her|them) know|letting (him|her|them) know that|with the text|with the words|with the message|which says|reading|to inform (him|her|them)|to inform (him|her|them) that|informing (him|her|them) that)",
}  # fmt: skip
"""Parts of phrases that many rules share."""


_QUOTED = re.compile(r"[\"“«]([^\"”»]{3,80})[\"”»]")
_AFTER_A_RATE = frozenset("on at from in starting beginning every for and".split())
_NO_DAY = frozenset("cream screen lotion hat tan glasses block bed dress roof lounger lamp nav".split())
"""What makes no day of "sun" and "sat" before it."""
_EVENINGS = frozenset(
    "parents parents' parent's open games movie film date quiz girls girls' boys boys' poker pizza curry".split()
)
"""What makes a name of the "evening" and the "night" behind it."""
_VEIL = "xqx"


class Turn:
    """One sentence of the person, the clock, and what was talked about before."""

    def __init__(self, text: str, clock: Clock, focus: Focus) -> None:
        self.text, self.clock, self.focus = text, clock, focus
        self.words = hear(text)
        self.question = text.rstrip().endswith("?")
        self.trouble = ""

    @cached_property
    def bare(self) -> Words:
        """The words without politeness around them."""
        return bare(self.words)

    @cached_property
    def sentences(self) -> dict[str, list[Sentence]]:
        """The ways to look at the words: whole, with the time set aside, with time and length set aside."""
        # "reply saying thank you" must keep its end, "can you …" its meaning: each way of taking politeness off is tried
        forms = list(dict.fromkeys([self.bare, opened(self.words), self.words]))
        front = len(self.words) - len(opened(self.words))
        # politeness that was taken off the front is accounted for
        whole = [
            Sentence(words, self._checks, timed=0 if words == self.words else front, closed=words != self.bare)
            for words in forms
        ]
        apart = [sentence for one in whole if (sentence := self._or_trouble(self._apart, one))]
        measured = [sentence for one in whole if (sentence := self._or_trouble(self._measured, one))]
        return {"whole": whole, "apart": apart, "measured": measured}

    def _or_trouble(self, look: Callable[[Sentence], Sentence], sentence: Sentence) -> Sentence | None:
        """No such date, or two times at once: told to the person, unless the words mean something as they are."""
        try:
            return look(sentence)
        except Invalid as error:
            self.trouble = error.say
            return None

    @cached_property
    def _checks(self) -> dict[str, Callable[[Words], bool]]:
        return {
            "text": lambda words: len(words) <= 80,
            "new": is_title,
            "thing": is_thing,
            "when": lambda words: len(words) <= 12 and self.clock.is_time(words),
            "length": lambda words: len(words) <= 7 and times.minutes(words) is not None,
            "person": is_person,
            "people": is_people,
            "guests": lambda words: is_people(words) or plains(words) in (("her",), ("him",), ("them",)),
            "list": lambda words: len(words) <= 3 and not _NOT_LISTS & set(plains(words)),
            "place": is_place,
            "where": lambda words: len(words) <= 5 and is_title(words),
            "doing": lambda words: 1 < len(words) <= 6 and words[0].plain.endswith("ing") and is_thing(words),
            "topic": lambda words: (
                len(words) <= 4 and is_title(words) and not {"and", "from", "saying"} & set(plains(words))
            ),
            "plainly": lambda words: len(words) > 2 and words[0].plain in BEGINS,
            "number": lambda words: len(words) == 1 and words[0].plain in NUMBERS,
        }

    def _apart(self, sentence: Sentence) -> Sentence:
        found = self.clock.apart(self._veiled(sentence.words))
        if found is None:
            return sentence
        rest, when, taken = found
        rest = self._unveiled(rest, sentence.words)
        return Sentence(rest, self._checks, when, taken + sentence.timed, closed=sentence.closed)

    @cached_property
    def _named(self) -> tuple[str, ...]:
        """What is quoted is a name, whatever time it speaks of."""
        found = _QUOTED.search(self.text)
        return plains(hear(found[1])) if found else ()

    def _veiled(self, words: Words) -> Words:
        """With other words where a name is that only sounds like a time."""
        said, named = plains(words), self._named
        at = next((i for i in range(len(said)) if named and said[i : i + len(named)] == named), len(said))
        hidden = set(range(at, at + len(named)))
        hidden |= {i for i in range(len(said) - 1) if said[i] == "quarterly" and said[i + 1] not in _AFTER_A_RATE}
        hidden |= {i for i in range(1, len(said)) if said[i] in ("evening", "night") and said[i - 1] in _EVENINGS}
        hidden |= {i for i in range(len(said)) if said[i] in ("one-to-one", "1:1", "one-on-one")}
        hidden |= {i for i in range(len(said) - 1) if said[i] in ("sun", "sat") and said[i + 1] in _NO_DAY}
        if not hidden:
            return words
        return tuple(
            replace(word, raw=f"{_VEIL}{i}", plain=f"{_VEIL}{i}") if i in hidden and word.raw else word
            for i, word in enumerate(words)
        )

    def _unveiled(self, rest: Words, words: Words) -> Words:
        return tuple(
            words[int(word.plain.removeprefix(_VEIL))] if word.plain.startswith(_VEIL) else word for word in rest
        )

    def _measured(self, sentence: Sentence) -> Sentence:
        """Like `apart`, with a length ("an hour") kept out of the time and put aside too."""
        rest, length, used = _without_length(sentence.words)
        used += sentence.timed
        found = self.clock.apart(rest)
        if found is None:
            return Sentence(rest, self._checks, "", used, length, closed=sentence.closed)
        words, when, taken = found
        return Sentence(words, self._checks, when, taken + used, length, closed=sentence.closed)


Make = Callable[[Found, Turn], Intention | None]


@dataclass(frozen=True)
class Rule:
    """Phrases of one meaning. `time` says whether time words are set aside before they are compared."""

    name: str
    phrases: tuple[Phrase, ...]
    make: Make
    time: Literal["whole", "apart", "measured"] = "whole"

    @cached_property
    def _firsts(self) -> frozenset[str] | None:
        """All words that any of the phrases can begin with; None when it may be any."""
        if any(phrase.firsts is None for phrase in self.phrases):
            return None
        return frozenset().union(*(phrase.firsts or () for phrase in self.phrases))

    def find(self, turn: Turn) -> Iterator[tuple[float, Intention]]:
        """Every meaning that the sentence can have by this rule, with how much of it is accounted for."""
        for sentence in turn.sentences[self.time]:
            if (
                self._firsts is not None
                and sentence.plain
                and not sentence.soft[0]
                and sentence.plain[0] not in self._firsts
            ):
                continue
            for phrase in self.phrases:
                for found in phrase.find(sentence):
                    intention = self.make(found, turn)
                    if intention is not None:
                        yield found.score, intention


@dataclass(frozen=True)
class Bag:
    """A question that is told by its words alone, in whatever order: all are known, and one of each group is there."""

    name: str
    needs: tuple[frozenset[str], ...]
    allows: frozenset[str]
    make: Make
    time: Literal["whole", "apart", "measured"] = "apart"
    lacks: frozenset[str] = frozenset()

    def find(self, turn: Turn) -> Iterator[tuple[float, Intention]]:
        """The meaning, if every word is accounted for; a little behind a phrase that fits as well."""
        for sentence in turn.sentences[self.time][:1]:
            said = {self._heard(word.plain) for word in sentence.words if not word.soft}
            if not said <= self.allows or self.lacks & said or not all(need & said for need in self.needs):
                continue
            intention = self.make(Found(sentence, (), 0), turn)
            if intention is not None:
                yield len(sentence.words) + sentence.timed - 0.5, intention

    def _heard(self, word: str) -> str:
        """A word that is not known here may be another that sounds like it."""
        if word in self.allows:
            return word
        return next((other for other, slips in SOUNDS.items() if word in slips and other in self.allows), word)


def rule(name: str, text: str, make: Make, time: Literal["whole", "apart", "measured"] = "whole") -> Rule:
    """A rule from its phrases, one a line."""
    return Rule(name, phrases(text, MACROS), make, time)


def best(turn: Turn, rules: Iterable[Rule | Bag]) -> Intention | None:
    """The meaning that accounts for most of the words; the earlier rule where two do."""
    chosen, most = None, -1.0
    for one in rules:
        for score, intention in one.find(turn):
            if score > most:
                chosen, most = intention, score
    return chosen


def bag(needs: Sequence[str], allows: str) -> tuple[tuple[frozenset[str], ...], frozenset[str]]:
    """Groups of words of which one each must be there, and the other words that may."""
    groups = tuple(frozenset(need.split()) for need in needs)
    return groups, frozenset(allows.split()).union(*groups)
