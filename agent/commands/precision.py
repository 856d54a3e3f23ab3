"""How exactly a time was said."""

import re
from datetime import timedelta

from agent.commands.rules import Turn
from agent.when import When


def lacks_hour(when: str, turn: Turn) -> bool:
    """A single day without an hour. (A part of a day is asked about by the tool, which knows the day.)"""
    meaning = turn.clock.meaning(when)
    if not isinstance(meaning, When) or not meaning.all_day:
        return False
    return meaning.ends is None or (meaning.ends - meaning.starts).days <= 1


def exact(when: str, turn: Turn) -> bool:
    """Whether a date and an hour were both said."""
    meaning = turn.clock.meaning(when)
    return isinstance(meaning, When) and not meaning.all_day and not meaning.part and turn.clock.names_day(when)


def repeats(when: str, turn: Turn) -> bool:
    """Whether it comes again, at an hour that was said."""
    meaning = turn.clock.meaning(when)
    return isinstance(meaning, When) and bool(meaning.recurrence) and not meaning.all_day and not meaning.part


_LIMIT = re.compile(r"^(?:until|till|'?til|up to|through|no later than|not later than|at the latest|latest|at latest)\b", re.IGNORECASE)  # fmt: skip
_BEFORE = re.compile(r"^before\b", re.IGNORECASE)


def as_due(when: str, turn: Turn) -> str:
    """When a thing is to be done by: "until the end of march" is said for "by", and "before friday" ends with Thursday."""
    if _LIMIT.search(when):
        return _LIMIT.sub("by", when)
    if not _BEFORE.search(when):
        return when
    meaning = turn.clock.meaning(_BEFORE.sub("on", when))
    if isinstance(meaning, When) and meaning.all_day:
        day = meaning.starts.date() - timedelta(days=1)
        return max(day, turn.clock.today).isoformat()
    return _BEFORE.sub("by", when)


_OPEN_END = re.compile(r"(?<!day )(?<!week )\b(before|after|by|until|till)\b(?! (next|tomorrow))", re.IGNORECASE)


def loosely(when: str, turn: Turn) -> bool:
    """ "sometime next week", "before lunch": a stretch to choose from, and no time of an event."""
    meaning = turn.clock.meaning(when)
    if not isinstance(meaning, When) or re.search(r"\b(from|between)\b", when, re.IGNORECASE):
        return False
    week = meaning.all_day and bool(re.search(r"\b(week|weekend|month|year)$", when.strip(), re.IGNORECASE))
    return (week and meaning.recurrence is None) or (
        bool(_OPEN_END.search(when)) and not re.search(r"\d.*\b(until|till)\b|\b(at|starting)\b", when)
    )
