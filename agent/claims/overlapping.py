"""Things at the same time: said of two that are named, they must overlap; said of none, tools must have found some."""

import re
from datetime import datetime

from agent.claims.known import Known
from agent.claims.listed import begins, ends, slots
from agent.claims.looking import filled, lies_at, shared, spans_from
from agent.claims.moods import is_denial
from agent.claims.plain import stems
from agent.claims.rows import Row
from agent.claims.saying import Saying
from agent.claims.stretches import named_in_order

OVERLAP = re.compile(
    r"\b(?:conflict|clash|overlap|collid|coincide|double-booked|double booked|tangle)\w*|\b(?:bump|run|runs|ran)(?: right| straight)? into\b|\b(?:get|gets|be|is|are) in (?:each other's|one another's|its|their) way\b|\bin the way of\b|\btouch(?:es)? each other\b|\byou(?:'ll|'d| will| would)(?: just)? (?:miss|be (?:too )?late for)\b|\bmakes? you late for\b|\binterferes?\b|\baffect(?:s|ed)?\b|\b(?:falls?|cuts?|eats?|reach(?:es)?|spills?)(?: \w+){0,2}? into\b"
)

_TROUBLE = re.compile(r"\b(?:trouble|problem|snag|catch|hitch|collision)(?: is|'s|:| comes)\b")
_WITH = re.compile(r"\bIt overlaps with ([^.]*)")
_TWO = re.compile(r"\b(first|last) two\b")


def overlapping(saying: Saying, known: Known) -> bool:
    """Whether what a clause says to overlap does; True where it says it of nothing."""
    if not (OVERLAP.search(saying.lower) or _TROUBLE.search(saying.lower)):
        return True
    if is_denial(saying.lower):  # what was written before may have said that it does
        written = [one.say for one in known.earlier[-1:] if known.uncalled and not saying.content]
        return not any(_WITH.search(say) for say in written)
    if saying.clocks and known.answers_read and (so := _in_common(saying, known)) is not None:
        return so
    if saying.clocks and all(map(OVERLAP.match, saying.titled)):
        taken = slots(known)
        if known.answers_read:
            taken = [row for row in taken if row not in known.agenda and row not in known.spans]
        return any(lies_at(row, saying.clocks) and all(map(row.on, saying.days)) for row in taken) or _found(known)
    if known.receipts and not known.answers_read:
        return _with_what_was_written(saying, known)
    rows = {(row.text, row.span): row for row in known.here if row.span and "title" in row.data and not row.whole_days}
    named = named_in_order(saying.lower, list(rows.values()))
    if (two := _TWO.search(saying.lower)) and not named:
        order = sorted(rows.values(), key=begins)
        named = order[:2] if two[1] == "first" else order[-2:]
    if len(named) > 1:
        return bool(shared([row.span for row in named if row.span]))
    if saying.clocks and rows:
        then = any(lies_at(row, [clock]) for row in rows.values() for clock in saying.clocks)
        if not (then and named):
            return then
    sought = [one.span for one in known.reads if one.tool == "find_free_time" and one.span]
    if named and sought:
        return any(shared([_span(row), sought[-1]]) for row in named)
    if named:
        return any(shared([_span(row), _span(one)]) for row in named for one in rows.values() if one not in named)
    return _found(known) or any(
        OVERLAP.search(row.text.lower()) for row in (*known.here, *known.thread, *known.persons)
    )


def _in_common(saying: Saying, known: Known) -> bool | None:
    """ "They overlap from four to half past", "the trouble is at four": whether two that were read share these hours; None where no such hours are told."""
    both = shared([row.span for row in known.events if row.span and not row.whole_days])
    if _TROUBLE.search(saying.lower):
        return filled(both, saying.clocks)
    if both and len(saying.clocks) == 2 and re.search(r"\b(?:from|between)\b", saying.lower):
        return any(spans_from(span, saying.clocks) for span in both)
    return None


def _span(row: Row) -> tuple[datetime, datetime]:
    return begins(row), ends(row)


def _found(known: Known) -> bool:
    return any(one.result.get("conflicts") for one in known.answers)


def _with_what_was_written(saying: Saying, known: Known) -> bool:
    """ "It overlaps with the stand-up": with what was written just now, by the hours or by its receipt's sentence."""
    ours = [row for one in known.receipts for row in one.rows if row.span and "title" in row.data]
    own = frozenset().union(*(row.title for row in ours))
    told = frozenset().union(*(stems(what) for one in known.receipts for what in _WITH.findall(one.say)))
    named = [row for row in named_in_order(saying.lower, slots(known)) if not row.title <= own]
    if named:
        return all(row.title & told or any(shared([_span(row), _span(one)]) for one in ours) for row in named)
    others = {word for word in saying.titled if word not in own and not OVERLAP.match(word)}
    return bool(told) and (not others or bool(others & told))
