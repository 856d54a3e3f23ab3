"""What is left of a day: nothing in a stretch that is named, nothing else than what was told."""

import re
from collections.abc import Sequence
from datetime import timedelta

from agent.claims.clocks import clocks
from agent.claims.days import Day, minute_of, part_of_day
from agent.claims.known import LOOKING, Known, Told
from agent.claims.numbers import lengths
from agent.claims.plain import words
from agent.claims.rows import Row
from agent.claims.saying import Saying, Sentence
from agent.claims.stretches import covered, named_in_order, placed, stretches, untold

_VAGUE = re.compile(r"\b(?:mostly|mainly|largely|pretty|fairly|rather|quite|almost|nearly|around|more or less|except|apart|besides|but)\b")  # fmt: skip
_EXCEPT = re.compile(r"\b(?:else|others?|otherwise|rest|remainder|more|further|except|apart|besides|but|left)\b")
ELSE = {"else", "other", "others", "more", "otherwise", "again"}


def bounded(saying: Saying, known: Known, days: Sequence[Day], before: Sentence, *, over: bool) -> bool | None:
    """Whether nothing lies in the stretch that is named, except what was told already where it says so; None without such a stretch."""
    lower = saying.lower
    if _VAGUE.search(lower) or (known.rows_of("free") and (saying.clocks or not (before.told or saying.content))):
        return None
    found = stretches(saying, known, days, before, over=over)
    if not found:
        return None
    for one in found:
        rows = [row for row in known.events if one.holds(row)]
        rows = untold(rows, before, saying) if _EXCEPT.search(lower) and not over else rows
        if rows or not covered(one, known):
            return False
    return True


def only_told(saying: Saying, known: Known, days: Sequence[Day], before: Sentence) -> bool:
    """ "Nothing else": all that there is on those days was told, if anything was told by its name."""
    if (
        _VAGUE.search(saying.lower)
        or not (ELSE & set(words(saying.lower)))
        or not (before.told or before.minutes or saying.content)
    ):
        return True
    rows = [row for row in known.events if not days or any(day.fits(one) for day in days for one in row.dates)]
    rows = [row for row in rows if not row.span or row.span[1] > known.now]
    return len(untold(rows, before, saying)) in (0, len(rows))


_THAT_IS_ALL = re.compile(
    r"^(?:and |so )*(?:that's|that is|that was|that's been|those are|these are|they're) (?:all|it|everything|the lot)(?: of (?:it|them))?"
    r"(?: (?:for|on) (?:(?:the|that) day|now|today|tomorrow|\w+day))?[.!]*$"
)


def untold_changes(saying: Saying, known: Known, before: Sentence) -> list[Told]:
    """Those that stand and weren't named."""
    told = before.told | set(saying.content)
    return [one for one in known.stood if not any(row.title & told for row in one.rows)]


def told_all(saying: Saying, known: Known, before: Sentence) -> bool:
    """ "That's all", after some of the events or tasks that were read: after all of them, or of something else altogether."""
    if not _THAT_IS_ALL.match(saying.lower):
        return True
    if any(one.now and one.tool == "list_changes" for one in known.reads):
        return len(untold_changes(saying, known, before)) in (0, len(known.stood))
    for kind in ("events", "tasks"):
        read = [one for one in known.reads if one.now and one.tool == f"list_{kind}"]
        rows = [row for one in read for row in one.rows if row.kind == kind]
        if len(untold(rows, before, saying)) not in (0, len(rows)):
            return False
    return True


_ALL_BUT = re.compile(
    r"\b(?:apart from|except(?: for)?|besides|other than|aside from|but for|all but|not counting|(?:on )?(?:either|both|each) sides?(?: of)?|before and after)\b(?P<rest>.*)"
)
_OFF = re.compile(
    r"\b(?:free|off|clear|empty|open|nothing|no (?:other|more|further)|quiet|yours|to yourself|the only|anything)\b"
)
_THAT = re.compile(r"\bsides?\b|\b(?:from|for|but|than|besides|counting|after|of) (?:it|that|this|them|those)\b")


def all_but(saying: Saying, known: Known, days: Sequence[Day], before: Sentence) -> bool | None:
    """ "Apart from the workshop the afternoon is free": nothing else lies there; None where nothing is said so, or of what isn't an event."""
    match = _ALL_BUT.search(saying.lower) or _ALL_BUT.search(before.text.lower())
    looked = [one for one in known.reads if one.tool in LOOKING]
    if match is None or not looked or not _OFF.search(saying.lower):
        return None
    part = part_of_day(saying.lower) or part_of_day(before.text)
    if saying.days and not part and not any(_whole_day(one) for one in looked):
        return False
    rows = [row for row in known.events if all(row.on(day) for day in days) and _in_part(row, part, known)]
    if sum(lengths(match["rest"])) and not clocks(match["rest"]):
        taken = sum((row.span[1] - row.span[0] for row in rows if row.span), timedelta())
        return taken == timedelta(minutes=sum(lengths(match["rest"])))
    named = named_in_order(match["rest"], known.events) or placed(match["rest"], known.events)
    if not named and _THAT.search(match[0]):
        named = [row for row in known.events if row.title & before.about]
    return None if not named or (saying.clocks and not before.text) else not any(row not in named for row in rows)


def _whole_day(one: Told) -> bool:
    """Whether more was looked at than a part of the day."""
    return one.span is None or one.span[0].date() < one.span[1].date()


def _in_part(row: Row, part: tuple[int, int] | None, known: Known) -> bool:
    if row.span is None or row.span[1] <= known.now:
        return False
    starts, over = (minute_of(moment) for moment in row.span)
    return part is None or (starts < part[1] and over > part[0])
