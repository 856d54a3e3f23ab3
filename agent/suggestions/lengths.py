"""How long a task takes: as its notes say, else as such things usually take."""

import re
from datetime import timedelta

from integrations.tasks import Task

USUAL = timedelta(minutes=45)
LONGEST = timedelta(hours=4)
"""More than this at a stretch is suggested to nobody."""
_SAID = re.compile(r"\b(?P<number>\d{1,3}(?:[.,]\d)?)\s*(?P<unit>h|hrs?|hours?|m|mins?|minutes?)\b", re.IGNORECASE)
_USUALLY: tuple[tuple[int, str], ...] = (
    (90, r"report|presentation|slides|deck|essay|thesis|tax(?:es)?|proposal|study|chapter|budget|application|talk"),
    (15, r"call|ring|phone|email|mail|text|message|reply|answer|ask|pay|confirm|order|renew|cancel|remind|send|check|book|rsvp"),
    (30, r"buy|shop|shopping|groceries|pick up|collect|fetch|return|post|water|walk|wash|tidy|iron|cook"),
    (60, r"read|review|prepare|plan|draft|write|practi[cs]e|research|clean|repair|fix|learn|sort|organi[sz]e"),
)  # fmt: skip
"""Minutes, and the words that mean so many. The first that fits: "prepare the report" is the report."""


def length_of(task: Task) -> timedelta:
    """ "(2h)" in the title or the notes, else by the words: a call 15 minutes, a report 90, most things 45."""
    if said := _said(task.title) or _said(task.notes):
        return min(said, LONGEST)
    plain = task.title.lower()
    for minutes, words in _USUALLY:
        if re.search(rf"\b(?:{words})\b", plain):
            return timedelta(minutes=minutes)
    return USUAL


def is_call(title: str) -> bool:
    """Whether somebody else has to answer for it to be done."""
    return bool(re.search(r"\b(?:call|ring|phone|meet|meeting)\b", title.lower()))


def _said(text: str) -> timedelta | None:
    found = _SAID.search(text)
    if not found:
        return None
    number = float(found["number"].replace(",", "."))
    length = timedelta(hours=number) if found["unit"][0].lower() == "h" else timedelta(minutes=number)
    return length if timedelta(minutes=5) <= length else None
