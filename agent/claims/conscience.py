"""Between a mind and the mouth: a clause is let go as soon as it is judged; what isn't so is replaced by what is."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace

from agent.claims import facts
from agent.claims.asking import is_order
from agent.claims.clauses import Clauses, apart_from_breath, ends_sentence, harmless
from agent.claims.corrected import corrected
from agent.claims.deeds import promises
from agent.claims.doubts import Doubt
from agent.claims.german import in_english, is_german
from agent.claims.judging import judge
from agent.claims.known import Known
from agent.claims.moods import is_conditional, is_fiction, is_question
from agent.claims.plain import plain
from agent.claims.saying import Saying, Sentence
from agent.claims.truths import truth
from agent.closing import closing
from integrations.model import Call, Notice, Prompt, Step, Words

_BY = re.compile(r"\b(?:by|due|due on|no later than) (?:the )?$", re.IGNORECASE)
"""The day of one thing alone: it doesn't go on to what is named next."""
_MAKES_SURE = re.compile(
    r"^(?!.*\bi(?:'ve| have|'m)\b).*[,;–—-] ?(?:(?:is|was) (?:that|it) (?:right|correct|so|it)|right|correct|yes|(?:is|are|was|does|do)n't (?:it|that|they|there))\?\W*$",
    re.IGNORECASE,
)
""" "So the passport is done, right?": a whole sentence that asks, before anything is done."""
NOT_YET = "I haven't done that yet."


@dataclass
class Conscience:
    """One turn's. It keeps what was said instead, and what was promised."""

    _told: set[str] = field(default_factory=set)
    _promised: frozenset[str] = frozenset()
    _asks: bool = False

    async def judged(self, steps: AsyncIterator[Step], prompt: Prompt) -> AsyncIterator[Step]:
        """The steps of one round, with words that may be said. A signature goes on only with the words it was given for."""
        speech = _Speech(Known(prompt, self._told))
        called = False
        async with closing(steps) as incoming:
            async for step in incoming:
                if isinstance(step, Words):
                    for words in speech.hear(step):
                        yield words
                    continue
                for words in speech.rest():
                    yield words
                if isinstance(step, Call):
                    called = True
                yield step
        for words in speech.rest():
            yield words
        self._promised |= speech.promised
        self._asks = speech.asks if speech.spoke else self._asks
        if called:
            return  # what comes of the calls is told then
        if owed := " ".join(filter(None, [speech.owed(), self._broken(speech.known)])):
            yield Words(text=speech.apart(owed), mind=speech.mind)

    def _broken(self, known: Known) -> str:
        """A promise that nothing came of, where the answer doesn't ask, or tell already of what wasn't done."""
        kept = any(one.now and one.tool in self._promised for one in known.answers)
        told = any(one.startswith("I haven't") for one in self._told)
        return NOT_YET if self._promised and not (self._asks or kept or told) else ""


@dataclass
class _Speech:
    """The words of one round."""

    known: Known
    mind: str = ""
    promised: frozenset[str] = frozenset()
    asks: bool = False
    spoke: bool = False
    _clauses: Clauses = field(default_factory=Clauses)
    _sentence: Sentence = field(default_factory=Sentence)
    _dropping: bool = False
    _changed: bool = False
    _owed: str = ""
    _in_sentence: bool = False
    """What was let go last stands in the middle of a sentence."""
    _news: set[str] = field(default_factory=set)
    """The truths that were last owed."""
    _withheld: str = ""
    """A sentence that is left out from its beginning on, as far as it has come: it may still put itself right."""
    _breath: str = ""
    """The mark that parts it from what follows: it is said with what follows, or becomes a full stop."""

    def hear(self, words: Words) -> list[Words]:
        """The clauses that are complete with these words and may be said."""
        if isinstance(words, Notice):
            self.spoke = True
            return [*self.rest(), words]
        former = self.rest() if words.mind != self.mind else []
        self.mind = words.mind
        given = [one for clause in self._clauses.feed(words.text) for one in self._judged(clause)]
        if words.mind and words.signature is None:
            return [*former, *given]
        given += self.rest()
        if not self._changed:  # a signature is for these very words, and stands on them alone
            said = "".join(one.text for one in given)
            held = said.removesuffix(words.text)
            given = [*([self._words(held)] if held else []), replace(words, text=said[len(held) :])]
        return [*former, *given]

    def rest(self) -> list[Words]:
        """The last clause, which nothing ended."""
        given = [words for clause in self._clauses.flush() for words in self._judged(clause)]
        if self._breath:
            given.append(self._words(self._breath))
            self._breath = ""
        self._sentence = replace(self._sentence, text="", days=[], listing=False)
        self._dropping = False
        return given

    def owed(self) -> str:
        """The truth that is still to be said."""
        owed, self._owed = self._owed, ""
        return owed

    def apart(self, truth: str) -> str:
        """A truth as it goes on from what was let go."""
        if not self.spoke:
            return truth
        return f". {truth}" if self._in_sentence else f" {truth}"

    def _judged(self, clause: str) -> list[Words]:
        ends = ends_sentence(clause)
        read = self._read(clause)
        if self._dropping:
            self._dropping = not ends
            self._after(read, ends)
            return self._put_right(clause, ends=ends) if self._withheld else []
        doubt = None if harmless(clause) else judge(read, self.known, self._sentence)
        if doubt is not None:
            self._changed = True
            self._withheld = "" if self._sentence.text or self._owed else clause
            told = set(self.known.told)
            self._owed = " ".join(filter(None, [self._owed, self._instead(doubt, read)]))
            self._news = self.known.told - told
            self._dropping = not ends
            self._after(read, ends)
            return self._stopped()
        shown = plain(read).lower()
        if not is_conditional(shown) and not is_conditional(self._sentence.text):
            self.promised |= promises(shown)
        self._after(read, ends)
        if not clause.strip():
            return [self._words(clause)] if self.spoke and not self._owed else []
        self.asks = is_question(plain(read)) or (self.asks and not ends)
        return self._let_go(clause, ends)

    def _instead(self, doubt: Doubt, clause: str) -> str:
        saying = Saying.of(clause, self.known.now.date(), self._sentence)
        return truth(doubt, self.known, saying, self._sentence.about)

    def _put_right(self, clause: str, *, ends: bool) -> list[Words]:
        """The whole sentence, if it has put right what wasn't so: it counts by what it ends in."""
        self._withheld += clause
        if not ends:
            return []
        said, self._withheld = self._withheld, ""
        if not (self.known.uncalled and is_order(self.known.asked) and _MAKES_SURE.search(said)):
            again = _Speech(Known(self.known.prompt))
            again.hear(Words(text=corrected(self._read(said))))
            if again._changed or not again.spoke:
                return []
        self._owed = ""
        self.known.told.difference_update(self._news)
        return self._let_go(said, ends=True)

    def _read(self, clause: str) -> str:
        """The clause as it is judged: German in English words."""
        return in_english(clause, self.known.words | self.known.their_words) if is_german(clause) else clause

    def _let_go(self, clause: str, ends: bool) -> list[Words]:
        """The clause, after the breath before it and a truth that is owed; its own breath waits for what follows."""
        told = [self._words(self.apart(owed))] if (owed := self.owed()) else []
        if (told or (self._changed and self.spoke and not self._in_sentence)) and not clause[:1].isspace():
            clause = f" {clause}"
        before = [self._words(self._breath)] if self._breath else []
        said, self._breath = (clause, "") if ends else apart_from_breath(clause)
        self.spoke, self._in_sentence = True, not ends
        return [*told, *before, self._words(said)]

    def _stopped(self) -> list[Words]:
        """The full stop of a sentence whose end is left out."""
        if not self._in_sentence or not self.mind:  # what code says comes in whole sentences
            return []
        closing, self._breath, self._in_sentence = self._breath.strip(" ,;:-–—"), "", False
        return [self._words(f".{closing}")]

    def _words(self, text: str) -> Words:
        return Words(text=text, mind=self.mind)

    def _after(self, clause: str, ends: bool) -> None:
        before = self._sentence
        saying = Saying.of(clause, self.known.now.date(), before)
        told = frozenset(saying.content)
        answer = Sentence(
            about=told & self.known.titles or before.about,
            minutes=before.minutes.union(*(clock.minutes & self.known.minutes for clock in saying.clocks)),
            telling=before.telling or is_fiction(clause),
            told=before.told | told,
        )
        self._sentence = answer if ends else replace(
            answer,
            text=f"{before.text} {saying.text}".strip(),
            days=before.days if not saying.every_day or _BY.search(saying.text[: saying.every_day[0].start]) else saying.days,
            listing=before.listing or facts.there(saying),
        )  # fmt: skip
