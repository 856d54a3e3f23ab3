"""What the person said about their time, read by code from what is remembered: no meetings before ten, running on Thursdays."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
from typing import Literal

from agent.suggestions.slots import Closed
from agent.told import as_told_back, plainly
from agent.when.words import WEEKDAYS
from integrations.store.memories import Memory

About = Literal["work", "calls"]
ALL_WEEK = frozenset(range(1, 8))
_PARTS: dict[str, tuple[time, time]] = {
    "early morning": (time(6), time(9)), "morning": (time(6), time(12)), "lunch": (time(12), time(13, 30)),
    "afternoon": (time(12), time(18)), "evening": (time(17, 30), time(21, 30)), "night": (time(19), time(21, 30)),
}  # fmt: skip
_NUMBERS = {name: number for number, name in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)}  # fmt: skip
_DAY = rf"(?:{'|'.join(WEEKDAYS)})"
_PART = r"(?:early morning|morning|afternoon|evening|night|lunch)"
_CLOCK = rf"(?:\d{{1,2}}(?::\d\d)?\s*(?:am|pm|o'clock)?|noon|midnight|{'|'.join(_NUMBERS)})(?:\s*(?:am|pm|o'clock))?"
_NO = r"(?:no|never|without|avoid|hate|not|don't|do not|can't|cannot|won't)"


@dataclass(frozen=True, kw_only=True)
class Wish:
    """Hours that are better (or out of the question) for some kind of thing, and who says so."""

    good: bool
    about: About
    days: frozenset[int]
    starts: time
    ends: time
    memory_id: str
    told: str
    """As it is said back: "you work best in the morning"."""

    @property
    def closed(self) -> Closed:
        """As hours in which there is none of it."""
        return Closed(days=self.days, starts=self.starts, ends=self.ends)


@dataclass(frozen=True, kw_only=True)
class Habit:
    """Something done on certain days, and around when. `told` says whence it is known."""

    activity: str
    days: frozenset[int]
    starts: time
    ends: time
    """The part of the day it belongs to."""
    minutes: int
    memory_id: str
    told: str
    noticed: bool = False


def wishes(memories: Iterable[Memory]) -> list[Wish]:
    """Those among what is remembered that speak of better and worse hours."""
    return [wish for memory in memories if (wish := _wish(memory)) is not None]


def habits(memories: Iterable[Memory]) -> list[Habit]:
    """Those among what is remembered that are done on certain days."""
    return [habit for memory in memories if (habit := _habit(memory)) is not None]


def _wish(memory: Memory) -> Wish | None:
    plain = plainly(memory.text)
    good = bool(
        re.search(r"\b(best|most productive|concentrate|focus|morning person|freshest|sharpest)\b", plain)
        or re.search(
            r"\b(?:prefer|like|love)(?: to| doing| getting)?(?: do| get)?(?: my| the)?(?: most| real| deep| hard)* (?:work(?:ing)?(?! out)|writ(?:e|ing)|things done)\b",
            plain,
        )
    ) and not re.search(rf"\b{_NO}\b", plain)
    bad = bool(re.search(rf"\b{_NO}\b.*\b(meetings?|calls?|work|working|appointments?|anything|nothing)\b", plain))
    span = _span(plain, part_alone="morning person" in plain)
    if span is None or good == bad:
        return None
    calls = bad and not re.search(r"\b(work|working|anything|nothing)\b", plain)
    return Wish(
        good=good, about="calls" if calls else "work", days=_days(plain) or ALL_WEEK, starts=span[0], ends=span[1],
        memory_id=memory.id, told=_lower(as_told_back(memory.text)),
    )  # fmt: skip


_DOES = re.compile(
    rf"^(?:i|we) (?:(?:usually|always|normally|often|like to|love to|try to|go|do|play|have|practi[cs]e|am|'m) )*"
    rf"(?P<activity>[a-z' -]{{2,30}}?) (?:on |every |each )(?P<days>{_DAY}s?(?:(?:,| and|, and) (?:on )?{_DAY}s?)*)(?P<rest>.*)$"
)
_NOTICED = re.compile(rf"^you had (?P<activity>.{{2,60}}) on \d+ of the last \d+ (?P<days>{_DAY})s, around (?P<rest>.+)$")  # fmt: skip
_NO_HABIT = frozenset("work working off busy free meetings meeting home away not never don't from called born allergic".split())  # fmt: skip


def _habit(memory: Memory) -> Habit | None:
    plain = plainly(memory.text)
    noticed = memory.origin == "noticed"
    found = (_NOTICED if noticed else _DOES).match(plain)
    if found is None or (not noticed and _NO_HABIT & set(plain.split())):
        return None
    days, rest = _days(found["days"]), found["rest"]
    at = _clock_in(rest)
    if at is not None:
        starts, ends = at, time(min(at.hour + 1, 23), at.minute)
    else:
        starts, ends = _part_in(rest) or _part_in(found["days"]) or _PARTS["evening"]
    activity = found["activity"].removeprefix("to the ").removeprefix("the ").removeprefix("for a ").strip()
    if not days or not activity:
        return None
    return Habit(
        activity=activity[:1].upper() + activity[1:], days=days, starts=starts, ends=ends, minutes=60,
        memory_id=memory.id, told=_lower(as_told_back(memory.text)), noticed=noticed,
    )  # fmt: skip


def _span(plain: str, *, part_alone: bool) -> tuple[time, time] | None:
    if found := re.search(rf"\b(?:between|from) ({_CLOCK}) (?:and|to|until|till) ({_CLOCK})", plain):
        return clock(found[1]), clock(found[2], after=clock(found[1]))
    if found := re.search(rf"\b(?:before|until|till) ({_CLOCK})", plain):
        return time(0), clock(found[1], early=True)
    if found := re.search(rf"\b(?:after|from|past) ({_CLOCK})", plain):
        return clock(found[1]), time(23, 59)
    if re.search(r"\bbefore (?:lunch|noon)", plain):
        return time(0), time(12)
    if re.search(r"\bafter lunch", plain):
        return time(13), time(18)
    if part := _part_in(plain):
        return part
    return (time(0), time(23, 59)) if _days(plain) and not part_alone else None


def _part_in(plain: str) -> tuple[time, time] | None:
    found = re.search(rf"\b({_PART})s?\b", plain)
    return _PARTS[found[1]] if found else None


def _clock_in(plain: str) -> time | None:
    found = re.search(rf"\b(?:at|around|from) ({_CLOCK})", plain) or re.match(rf"({_CLOCK})$", plain.strip())
    return clock(found[1]) if found else None


def clock(words: str, *, early: bool = False, after: time | None = None) -> time:
    """A time of the clock as it is meant of a day: "six" is the evening, unless things are said to be before it."""
    words = words.strip()
    if words.startswith(("noon", "midnight")):
        return time(12) if words.startswith("noon") else time(23, 59)
    number = re.match(r"\d+", words)
    hour = int(number[0]) if number else _NUMBERS[words.split()[0]]
    minute = int(found[1]) if (found := re.search(r":(\d\d)", words)) else 0
    if "pm" in words and hour < 12:
        hour += 12
    elif "am" in words:
        hour %= 12
    elif hour <= (5 if early else 7) or (after is not None and hour <= after.hour and hour < 12):
        hour += 12
    return time(min(hour, 23), min(minute, 59))


def _days(plain: str) -> frozenset[int]:
    named = {number for number, name in enumerate(WEEKDAYS, 1) if re.search(rf"\b{name}s?\b", plain)}
    if re.search(r"\bweekends?\b", plain):
        named |= {6, 7}
    return frozenset(named)


def _lower(told: str) -> str:
    return told[:1].lower() + told[1:] if told.split(maxsplit=1)[0].lower() in ("you", "your", "you're", "no") else told
