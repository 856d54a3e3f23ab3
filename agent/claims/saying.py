"""A clause with all that is read out of it once: its words, hours, days, lengths."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from agent.claims.clocks import Clock, clocks, without_clocks
from agent.claims.days import Day, days, looks_back, without_days
from agent.claims.numbers import VALUES, lengths, without_lengths
from agent.claims.plain import plain, stem, words
from agent.claims.vocabulary import NAMES, is_little

_ATOMS = re.compile(
    r"(?:[,;:](?!\d)|(?<!just )(?<!shortly )(?<!soon )(?<!right )(?<!bit )(?<!little )\b(?:(?<!hour )(?<!hours )and|then|followed by|(?<!day )(?:before|after)(?! (?:half past|quarter past|quarter to|\d|that|this|it|them|lunch|breakfast|dinner|work|today|tomorrow|now|hours)\b)|when|while|because|since|so|but|which|although|though|or|until(?= (?:the|your|my)))\b)(?! (?:a half|a quarter)\b)",
    re.IGNORECASE,
)
_THROUGH = re.compile(r"\b(?:to|until|till|through|between)\b|-")
_BETWEEN = re.compile(r"\bbetween\b", re.IGNORECASE)
_TITLED = re.compile(
    r"(?:^|\b(?:the|a|an|your|my|with|and|have|had|need|some|got|got a|for|of|about|from|for|seeing|meeting|in|is|next|called|another|'s|s)|[,:;-])\s+$",
    re.IGNORECASE,
)
VERB = re.compile(
    r"\b(?:is|are|was|were|am|isn't|have|has|had|do|does|did|will|would|can|could|need|want|know|think|see|look|looks|start|starts|begin|begins|end|ends|run|"
    r"runs|come|comes|go|goes|follow|follows|mind|enjoy|say|says|let|take|takes|lasts|last|finishes|wraps(?= up\b)|tell|give|gives|asks|wants|wrote|sent|writes|found|remind|falls|lies|sits|overlaps|clashes|land|lands|fly|flies|meet|meets)\b|'(?:re|ve|m|ll)\b|\w's\b"
)
THERE = re.compile(
    r"\b(?:you (?:still |already |also |only |just )*(?:have|need|had)(?: to)?|you've(?: still| already| also| only| just)* got|you've(?: got| also got)?|you also have|you got|you(?:'re| are) (?:seeing|meeting|having|going|flying|due)|there's|there is|"
    r"there are|you need|you(?:'ll| will) need|has your|you start|you fly|you see|you meet|you should|you must|needs to|is your|was your)\b"
)
"""It tells what there is."""
_PURPOSE = re.compile(
    r"\b(?:time|room|enough|plenty|perfect|ideal|space|chance|good|great|nice) (?:of time )?(?:for|to)\b.*|\b(?:there's|you have|you've got|plenty of|enough|some|more|still) (?:room|space)\b",
    re.IGNORECASE,
)
"""What time would be for isn't there."""
_MEALTIME = re.compile(
    r"\b(?:before|after|around|by|until|till|over|past) (?:lunch|breakfast|dinner|work)\b", re.IGNORECASE
)
"""A time of the day."""
_SHORTENED = re.compile(r"'(?:d|ll|ve|re|m|s)$")
_NAME = re.compile(r"(?<![.!?:\"] )(?<!^)(?<![\w'-])[A-Z][\w-]*[a-z][\w-]*")


_AWAY = (*range(370), *range(-1, -90, -1))
"""Days from today: those to come first."""


def naming(text: str) -> frozenset[str]:
    """The stems of the words of a text that name something."""
    return frozenset(_naming(_without_times(text)))


def _naming(bare: str) -> list[str]:
    found = [word for word in words(bare) if not word[0].isdigit() and word not in VALUES]
    return [stem(word) for word in found if not _is_little(word)]


def _without_times(text: str) -> str:
    return without_days(without_clocks(without_lengths(text)))


def _is_little(word: str) -> bool:
    """ "She'd" is as little a word as "she"."""
    return is_little(word) or (_SHORTENED.search(word) is not None and is_little(_SHORTENED.sub("", word)))


def _around(today: date) -> list[date]:
    """Days near this one."""
    return [today + timedelta(days=away) for away in _AWAY]


def _one_day(found: Sequence[Day], today: date) -> bool:
    return any(all(one.fits(day) for one in found) for day in _around(today))


def _from_to(first: Day, last: Day) -> Day:
    """From one weekday to another, of any week."""
    within = [timedelta(days=away) for away in range(((last.weekday or 0) - (first.weekday or 0)) % 7 + 1)]
    return Day(
        lambda one: any(first.fits(one - away) for away in within),
        first.start,
        last.end,
        wide=True,
    )


@dataclass
class Sentence:
    """What was said before in the same sentence."""

    text: str = ""
    days: list[Day] = field(default_factory=list)
    listing: bool = False
    """It tells what there is."""
    about: frozenset[str] = frozenset()
    """The stems of what was named last, also in the sentence before: what "it" means."""
    minutes: frozenset[int] = frozenset()
    """All hours that the answer has told so far, in minutes after midnight."""
    telling: bool = False
    """A poem or a story is being told."""
    told: frozenset[str] = frozenset()
    """The stems of all that the answer has named so far."""

    @property
    def latest(self) -> int:
        """The latest of those hours; -1 where none was told."""
        return max(self.minutes, default=-1)


@dataclass(frozen=True)
class Saying:
    """One clause, or an atom of it. `text` is plain."""

    text: str
    today: date
    first: bool = True
    """It begins a sentence."""
    past: bool = False
    """The sentence tells of what was."""

    @classmethod
    def of(cls, text: str, today: date, before: Sentence) -> "Saying":
        """From words as a mind gives them, after what the sentence has said so far."""
        return cls(plain(text), today, not before.text, looks_back(before.text))

    @cached_property
    def lower(self) -> str:
        """In lower case."""
        return self.text.lower()

    @cached_property
    def timed(self) -> str:
        """Without its lengths of time."""
        return without_lengths(self.text)

    @cached_property
    def clocks(self) -> list[Clock]:
        """Its hours, placed in `timed`."""
        return clocks(self.timed)

    @cached_property
    def every_day(self) -> list[Day]:
        """Each word for a day alone."""
        return days(self.text, self.today, past=self.past)

    @cached_property
    def days(self) -> list[Day]:
        """Its days; several that can't be one day are any of them, and those between: "Thursday to Saturday", not "Thursday and Saturday"."""
        found = self.every_day
        if len(found) < 2 or _one_day(found, self.today):
            return found
        if not _THROUGH.search(self.lower):
            return [Day(lambda one: any(day.fits(one) for day in found), found[0].start, found[-1].end, wide=True)]
        if len(found) == 2 and found[0].weekday is not None and found[1].weekday is not None:
            return [_from_to(found[0], found[1])]
        ends = [next((day for day in _around(self.today) if one.fits(day)), self.today) for one in found]
        first, last = min(ends), max(ends)
        return [Day(lambda one: first <= one <= last, found[0].start, found[-1].end, wide=True)]

    @cached_property
    def lengths(self) -> list[int]:
        """Its lengths of time, in minutes."""
        return lengths(self.text)

    @cached_property
    def bare(self) -> str:
        """Without all times."""
        return _without_times(self.text)

    @cached_property
    def content(self) -> list[str]:
        """The stems of the words that name something."""
        return _naming(self.bare)

    @cached_property
    def titled(self) -> list[str]:
        """The stems of those that stand where a name of a thing stands: after "the", "with", at the beginning."""
        found, verbless = [], not VERB.search(self.lower)
        for match in re.finditer(r"[^\W\d_]+(?:'[^\W\d_]+)*", _MEALTIME.sub(" ", _PURPOSE.sub(" ", self.bare))):
            word = stem(match[0].lower())
            if _is_little(match[0].lower()) or match[0].lower() in VALUES or match[0].lower().endswith("ly"):
                continue
            if self.bare[match.end() :].startswith(" by "):
                continue  # "split by the review"
            begins = verbless and not self.bare[: match.start()].strip()
            if begins or _TITLED.search(self.bare[: match.start()]) or match[0][:1].isupper():
                found.append(word)
        return found

    @cached_property
    def names(self) -> list[str]:
        """Stems of names of people and places."""
        found = _NAME.findall(self.text if self.first else f"- {self.text}")
        parts = [part for one in found for part in words(one)]
        return [stem(one) for one in parts if one not in NAMES and one not in VALUES]

    @cached_property
    def atoms(self) -> list["Saying"]:
        """Its parts that tell of one thing each; a range of hours stays whole."""
        if _BETWEEN.search(self.text):
            return [self]
        parts = [part.strip() for part in _ATOMS.split(self.text)]
        if parts == [self.text] or not any(parts):
            return [self]
        return [
            Saying(part, self.today, self.first and at == 0, self.past or looks_back(self.text))
            for at, part in enumerate(parts)
            if part
        ]
