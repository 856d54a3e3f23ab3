"""Free stretches that were looked for: whether an hour lies in one of them."""

import re
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

from agent.claims.clocks import Clock, without_clocks
from agent.claims.days import minute_of
from agent.claims.emptiness_words import tells_time
from agent.claims.known import Known
from agent.claims.looking import is_open, lies_at, shared, spans_from, together
from agent.claims.moods import is_denial
from agent.claims.overlapping import OVERLAP
from agent.claims.plain import stemmed
from agent.claims.rows import Row
from agent.claims.saying import THERE, Saying, Sentence
from agent.claims.stretches import named_in_order

_OR_BUT = re.compile(r"\bor\b|\bbut\b|,")
_ANSWERS = re.compile(r"[;,](?! (?:yes|no|nope|not)\b)")
_YES_NO = re.compile(r"\b(yes|no|nope|not)\b[\W]*$")
_OFFERED = re.compile(
    r"\b(?:(?:could|can|might)(?: still| easily| also)*(?: [a-z]+|(?=[,.!]|$))|you(?:'d| would) (?:still |also |then )*(?:be (?:free|available)|have (?:time|room)))\b(?!.*\b(?:remind|calendar|list)\b)"
)
_PARTS = re.compile(
    r"[,;](?!\d)|\bor\b|\b(?:and|then) (?=(?:again|then|after|from|before|until|any ?time|as of|at|between|also|once more)\b|[^,;]*\b(?:to|until|till)\b)"
)
_ONWARD = re.compile(
    r"\bany ?time from\b|\b(?:from|as of) (?:[\w:]+ ){1,4}on(?:wards?)?\b(?! (?:\w+day|your|the)\b)|\bafter\b"
)
"""With one hour only: there is no end to it."""
_ONLY_FROM = re.compile(
    r"\b(?:only|not) (?:free |open )?(?:from|after|as of|(?P<until>(?<=only )(?:until|till|before))|until|till|before)\b|\bat the earliest\b"
)
_ONCE_OVER = re.compile(
    r"\b(?:once|when|after|as soon as)\b[^,;]*\b(?:done|over|ends?|ended|finish\w*|through|out)(?: at| by)? $"
)
""" "Once the lunch is done at two": something free begins there."""
_OF_GAPS = re.compile(
    r"\b(?:free|quiet|clear|open|gaps?|room|time|stretch|slots?|windows?|breaks?|blocks?|nothing|yours)\b"
)
_BESIDE = re.compile(r"\b(?:after|before|until|till|between|once|when|following|ahead of|as soon as)\b")
_UNTIL_IT = re.compile(
    r"\b(?P<until>until|till|to|before) (?:the |your )?(?P<what>(?!about |around )[A-Za-z][\w' -]*?) (?:starts |begins )?(?:at|from) (?=\w)"
)
_ONLY_HOURS = re.compile(r"[\W]*(?:(?:at|and|or|but|yes|no|nope|not|also|then|until|till|from|again|an|on)\b[\W]*)*")
"""Nothing but hours, and yes or no."""


def one_by_one(saying: Saying, known: Known) -> bool | None:
    """ "At two, yes; at half past three, no": hour by hour whether it is free; None where something else is told as well."""
    if saying.content or THERE.search(saying.lower) or not saying.clocks or tells_time(saying):
        return None
    gaps = [row.span for row in known.rows_of("free") if row.span]
    unanswered: list[Saying] = []
    for told in (replace(saying, text=part) for part in _ANSWERS.split(saying.text)):
        said = _YES_NO.search(told.lower)
        one = len(told.clocks) == 1 or (told.clocks and told.clocks[-1].ends)  # not "before three and after four, yes"
        if not (said and one) or _ONLY_FROM.search(told.lower):
            unanswered += parts(told)
        elif in_a_gap(told, gaps) is (said[1] != "yes"):
            return False
    if not _ONLY_HOURS.fullmatch(without_clocks(saying.timed).lower()):
        return None
    least = 2 if saying.text.endswith(",") else 1  # "at half past three, no, because …" goes on
    return all(in_a_gap(part, gaps) for part in unanswered if len(part.clocks) >= least and not is_denial(part.lower))


def offered(saying: Saying, known: Known) -> bool:
    """ "You could fit something in from two to four": all of it is free; True where no hours are offered."""
    gaps = [row.span for row in known.rows_of("free") if row.span]
    told = [replace(saying, text=part) for part in _OR_BUT.split(saying.text)]
    told = [part for part in told if part.clocks and not is_denial(part.lower)]
    if not told or not _OFFERED.search(saying.lower):
        return True
    if not gaps:
        return not known.answers_read or all(_could_be(part, known) for part in told)
    if re.search(r"\b(?:before|after|until|till)\b", saying.lower):
        return True  # that is told of stretches
    return all(in_a_gap(part, gaps) for part in told)


def _could_be(part: Saying, known: Known) -> bool:
    """Where no gap was found: whether nothing is known to lie there."""
    if len(part.clocks) == 1:
        return not any(lies_at(row, part.clocks) for row in known.events)
    return len(part.clocks) != 2 or not part.clocks[1].ends or is_open(part, known)


def parts(saying: Saying) -> list[Saying]:
    """What is told of one stretch each: "before three, or any time after four"."""
    return [replace(saying, text=part) for part in _PARTS.split(saying.text)]


def between(known: Known) -> list[Row]:
    """The free time between events that were read, where nobody looked for it."""
    spans = together([row.span for row in known.rows_of("events") if row.span and not row.whole_days])
    near = [(one[1], other[0]) for one, other in pairwise(spans) if one[1].date() == other[0].date()]
    return [_gap(starts, ends, known) for starts, ends in near]


def _gap(starts: datetime, ends: datetime, known: Known) -> Row:
    data = {"starts": starts.isoformat(), "ends": ends.isoformat()}
    return Row("", known.now.date(), known.prompt.zone, data)


def as_gap(saying: Saying, known: Known, before: Sentence) -> bool:
    """ "After the review there's from four to six", "a gap, from ten until the tea at noon": it tells a stretch that is free, and beside it only what bounds it."""
    beside, days, sentence = (
        named_in_order(saying.lower, known.events),
        saying.days or before.days,
        f"{before.text} {saying.text}".lower(),
    )
    if bound := _UNTIL_IT.search(saying.text):
        then = [minute_of(row.span[0]) for row in named_in_order(bound["what"], beside) if row.span]
        saying = replace(saying, text=_UNTIL_IT.sub(r"\g<until> ", saying.text))
        if not any(clock.means(minute) for clock in saying.clocks[1:] for minute in then):
            return False
    told = saying.clocks
    if len(told) != 2 or not told[1].ends or is_denial(saying.lower):
        return False
    gaps = known.rows_of("free") or (between(known) if _OF_GAPS.search(sentence) else [])
    if OVERLAP.search(sentence):
        return any(spans_from(span, told) for span in shared([row.span for row in known.events if row.span]))
    named = stemmed(_OF_GAPS.findall(saying.lower)).union(known.their_words, *(row.title for row in beside))
    if beside and not _BESIDE.search(saying.lower):
        return False
    return not set(saying.content) - named and any(
        row.span and in_a_gap(saying, [row.span]) and all(row.on(day) for day in days) for row in gaps
    )


def in_a_gap(part: Saying, gaps: list[tuple[datetime, datetime]]) -> bool:
    """Whether one of them holds all hours of a part; "from two on" goes on to the end of the last."""
    open_end = gaps[-1:] if len(part.clocks) == 1 and _ONWARD.search(part.lower) else gaps
    long = part.lengths[0] if len(part.lengths) == len(part.clocks) == 1 and not _is_end(part.clocks[0], part) else 0
    return any(
        all(_clock_inside(clock, gap, part) for clock in part.clocks)
        and (not long or any(_inside(minute + long, gap, ends=True) for minute in part.clocks[0].minutes))
        for gap in open_end
    )


def begins_late(part: Saying, gaps: list[tuple[datetime, datetime]]) -> bool:
    """ "Only after three": nothing free begins then; "only until three": there is more, or it isn't over then."""
    only = _ONLY_FROM.search(part.timed.lower())
    if only is None or not part.clocks:
        return False
    bounds = [ends for _, ends in gaps[-1:]] if only["until"] else [starts for starts, _ in gaps]
    return not any(part.clocks[0].means(minute_of(one)) for one in bounds)


def _is_end(clock: Clock, atom: Saying) -> bool:
    ahead = atom.timed[: clock.start].lower()
    return (clock.ends and not _ONCE_OVER.search(ahead)) or ahead.rstrip().endswith("before")


def _clock_inside(clock: Clock, gap: tuple[datetime, datetime], atom: Saying) -> bool:
    ends = _is_end(clock, atom)
    return any(_inside(minute, gap, ends=ends) for minute in clock.minutes)


def _inside(minute: int, gap: tuple[datetime, datetime], *, ends: bool) -> bool:
    first = minute_of(gap[0])
    last = first + int((gap[1] - gap[0]).total_seconds() // 60)
    return any(first < one <= last if ends else first <= one < last for one in (minute, minute + 1440))
