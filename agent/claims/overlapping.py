"""Things at the same time: said of two that are named, they must overlap; said of none, tools must have found some."""

import re
from itertools import combinations

from agent.claims.known import Known
from agent.claims.looking import lies_at
from agent.claims.moods import is_denial
from agent.claims.saying import Saying
from agent.claims.stretches import named_in_order

OVERLAP = re.compile(
    r"\b(?:conflict|clash|overlap|collid|coincide|double-booked|double booked|tangle)\w*|\b(?:bump|run|runs|ran)(?: right| straight)? into\b|\b(?:get|gets|be|is|are) in (?:each other's|one another's|its|their) way\b|\bin the way of\b|\btouch(?:es)? each other\b|\binterferes?\b|\baffect(?:s|ed)?\b|\b(?:falls?|cuts?|eats?|reach(?:es)?|spills?)(?: \w+){0,2}? into\b"
)

_TWO = re.compile(r"\b(first|last) two\b")


def overlapping(saying: Saying, known: Known) -> bool:
    """Whether what a clause says to overlap does; True where it says it of nothing."""
    if not OVERLAP.search(saying.lower) or is_denial(saying.lower):
        return True
    rows = {(row.text, row.span): row for row in known.here if row.span and "title" in row.data and not row.whole_days}
    named = named_in_order(saying.lower, list(rows.values()))
    if (two := _TWO.search(saying.lower)) and len(rows) > 1 and not named:
        order = sorted(rows.values(), key=lambda row: row.moments[0])
        named = order[:2] if two[1] == "first" else order[-2:]
    if len(named) > 1:
        spans = sorted(row.span for row in named if row.span)
        return any(other[0] < one[1] for one, other in combinations(spans, 2))
    if saying.clocks and (looked := [row for row in rows.values() if row.kind in ("events", "busy")]):
        return any(lies_at(row, [clock]) for row in looked for clock in saying.clocks)
    found = any(one.content.get("result", {}).get("conflicts") for one in known.answers)
    return found or any(OVERLAP.search(row.text.lower()) for row in (*known.here, *known.thread, *known.persons))
