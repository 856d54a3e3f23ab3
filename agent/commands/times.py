"""The time words of a sentence: which they are, and whether words are about time and nothing else."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from agent.commands.words import Word, Words
from agent.when import Ambiguous, Found, When, find, how_long, resolve
from agent.when.words import ALIASES, CARDINALS, DAY_NUMBER, MONTH_NUMBER, ORDINALS, UNITS
from integrations.errors import Invalid

_LEFT_BEHIND = frozenset("on at by for from in until till the during around about of starting this".split())
"""Words that belonged to the time they stood before, and mean nothing without it."""


@dataclass(frozen=True)
class Clock:
    """Reads time words against now."""

    now: datetime
    zone: ZoneInfo
    # what was read before, for this clock alone: `replace` begins anew
    _known: dict[str, Found | None] = field(default_factory=dict, init=False, compare=False, repr=False)
    _meant: dict[tuple[str, date | None], When | Ambiguous | None] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    @cached_property
    def today(self) -> date:
        """The person's own day."""
        return self.now.astimezone(self.zone).date()

    def _find(self, text: str) -> Found | None:
        if text not in self._known:
            self._known[text] = find(text, now=self.now, zone=self.zone)
        return self._known[text]

    def meaning(self, words: str, *, on: date | None = None) -> When | Ambiguous | None:
        """What words that are all about time come to, None when they aren't. An impossible date is no time."""
        key = (words, on)
        if key not in self._meant:
            try:
                self._meant[key] = resolve(words, now=self.now, zone=self.zone, on=on)
            except Invalid:
                self._meant[key] = None
        return self._meant[key]

    def apart(self, words: Words) -> tuple[Words, str, int] | None:
        """The words without those of time, the time, and how many words it took. Raises `Invalid` for no real date."""
        text, places = _line(words)
        found = self._find(text)
        if found is None:
            return None
        taken = {
            index
            for index, (start, end) in enumerate(places)
            if any(start < last and first < end for first, last in found.spans) and words[index].raw
        }
        # the opened half of a contraction goes where its spelling goes
        for index, word in enumerate(words):
            if not word.raw and index - 1 in taken:
                taken.add(index)
        for index in sorted(taken, reverse=True):
            before = index - 1
            while (
                before >= 0 and before not in taken and words[before].plain in _LEFT_BEHIND and _follows(taken, before)
            ):
                taken.add(before)
                before -= 1
        rest = tuple(word for index, word in enumerate(words) if index not in taken)
        # "what about tomorrow" names a day, not a guess at one
        return rest, found.said.removeprefix("about ").removeprefix("around on "), len(taken)

    def is_time(self, words: Words) -> bool:
        """Whether words are about time and nothing else."""
        if not any(word.plain in _TIMELY or word.plain[:1].isdigit() for word in words):
            return False
        if words[-1].plain in _HANGING or any(word.plain in _UNTIMELY for word in words):
            return False
        return self.meaning(_line(words)[0]) is not None

    def names_day(self, words: str) -> bool:
        """Whether time words name a day, not only an hour: read on another day they then mean the same."""
        other = self.today + timedelta(days=100)
        here, there = self.meaning(words), self.meaning(words, on=other)
        return not (isinstance(here, When) and isinstance(there, When) and there.starts.date() == other)


_TIMELY = (
    frozenset(ALIASES)
    | frozenset(DAY_NUMBER)
    | frozenset(MONTH_NUMBER)
    | frozenset(CARDINALS)
    | frozenset(ORDINALS)
    | frozenset(UNITS)
    | frozenset(
        "today tomorrow tonight yesterday morrow morning afternoon evening night noon midnight lunch weekend weekday weekdays daily weekly monthly annually fortnightly now half quarter christmas xmas boxing easter halloween valentine's valentines new year's end day".split()
    )
    | frozenset(f"{day}s" for day in DAY_NUMBER)
    | frozenset(f"{day}'s" for day in (*DAY_NUMBER, "today", "tomorrow"))
)
"""Words of which a time expression has at least one; a cheap look before the thorough one."""


_HANGING = frozenset("at in the a an for of to by my our and or".split())
"""Words that no time expression ends in."""


_UNTIMELY = frozenset(
    "calendar diary schedule agenda list task tasks meeting call event appointment reminder email mail i you it me put move add remind can could please".split()
)
"""Words that no time expression holds: they spare the thorough look."""


_LENGTHS = frozenset(
    "minute minutes min mins hour hours our hr hrs h day days week weeks second seconds sec secs m".split()
)


def minutes(words: Words) -> int | None:
    """A length in whole minutes, "an hour and a half"."""
    if not any(word.plain in _LENGTHS or (word.plain[:1].isdigit() and word.plain[-1:].isalpha()) for word in words):
        return None
    text = " ".join({"our": "hour", "another": "a"}.get(word.plain, word.plain) for word in words)
    found = how_long(text)
    return int(found.total_seconds() // 60) if found and timedelta(0) < found <= timedelta(days=14) else None


def _follows(taken: set[int], index: int) -> bool:
    return index + 1 in taken


def _line(words: Words) -> tuple[str, list[tuple[int, int]]]:
    """The words in one line with their stops, and where each stands in it."""
    text, places = "", []
    for word in words:
        text += " " if text and word.raw else ""
        places.append((len(text), len(text) + len(word.raw)))
        text += word.raw + (word.stop if word.stop in (",", ".") else "")
    return text, places


def line(words: Words) -> str:
    """Time words as they are handed on."""
    return " ".join(_spelled(word) for word in words if word.raw)


def _spelled(word: Word) -> str:
    return word.raw
