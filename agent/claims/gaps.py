"""Free stretches that were looked for: whether an hour lies in one of them."""

import re
from datetime import datetime

from agent.claims.clocks import Clock, without_clocks
from agent.claims.emptiness_words import tells_time
from agent.claims.known import Known
from agent.claims.moods import is_denial
from agent.claims.saying import THERE, Saying

_YES_NO = re.compile(r"\b(yes|no|nope|not)\b[\W]*$")
_OFFERED = re.compile(
    r"\b(?:could|can|might) (?:still |easily |also )*(?:fit|meet|squeeze|do|start|have|take|schedule|plan|slot|put)\b(?!.*\b(?:remind|calendar|list)\b)"
)
_ONLY_HOURS = re.compile(r"[\W]*(?:(?:at|and|or|but|yes|no|nope|not|also|then|until|till|from|again|an|on)\b[\W]*)*")
"""Nothing but hours, and yes or no."""


def one_by_one(saying: Saying, known: Known) -> bool | None:
    """ "At two, yes; at half past three, no": hour by hour whether it is free; None where something else is told as well."""
    if saying.content or THERE.search(saying.lower) or not saying.clocks or tells_time(saying):
        return None
    gaps = [row.span for row in known.rows_of("free") if row.span]
    for part in re.split(r"[;,](?! (?:yes|no|nope|not)\b)", saying.text):
        told = Saying(part, saying.today)
        said = _YES_NO.search(told.lower)
        if said and told.clocks and in_a_gap(told, gaps) is (said[1] != "yes"):
            return False
    return True if _ONLY_HOURS.fullmatch(without_clocks(saying.timed).lower()) else None


def offered(saying: Saying, known: Known) -> bool:
    """ "You could fit something in from two to four": all of it is free; True where no hours are offered."""
    gaps = [row.span for row in known.rows_of("free") if row.span]
    if not gaps or not saying.clocks or not _OFFERED.search(saying.lower) or is_denial(saying.lower):
        return True
    if re.search(r"\b(?:before|after|until|till)\b", saying.lower):
        return True  # that is told of stretches
    parts = [Saying(part, saying.today) for part in re.split(r"\bor\b|,", saying.text)]
    return all(in_a_gap(part, gaps) for part in parts if part.clocks)


def in_a_gap(atom: Saying, gaps: list[tuple[datetime, datetime]]) -> bool:
    """Whether one of them holds all hours of an atom."""
    return any(all(_clock_inside(clock, gap, atom) for clock in atom.clocks) for gap in gaps)


def _clock_inside(clock: Clock, gap: tuple[datetime, datetime], atom: Saying) -> bool:
    ends = clock.ends or atom.timed[: clock.start].rstrip().lower().endswith("before")
    return any(_inside(minute, gap, ends=ends) for minute in clock.minutes)


def _inside(minute: int, gap: tuple[datetime, datetime], *, ends: bool) -> bool:
    first = gap[0].hour * 60 + gap[0].minute
    last = first + int((gap[1] - gap[0]).total_seconds() // 60)
    return any(first < one <= last if ends else first <= one < last for one in (minute, minute + 1440))
