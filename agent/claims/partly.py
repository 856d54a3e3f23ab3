"""A part of what was asked: the first thing done, the second not, both. The calls of this turn tell."""

import re

from agent.claims.known import Known
from agent.claims.saying import Saying

_PART = re.compile(
    r"\b(?:the |your )?(?P<which>first|second|last|other|one|half|only)(?: (?:part|half|thing|bit|one)\b| of (?:it|them|those|the two|that|your)\b)"
)
_BOTH = re.compile(
    r"\bboth (?:parts|halves|things|of (?:it|them|those))\b|\b(?:all|both) parts\b|^(?:and |yes,? )*both (?:are |were |have )?(?:been )?(?:all )?(?:done|work(?:s|ed)|went|gone|succeeded|finished|sorted|through)\b"
)
_CAME_OFF = re.compile(r"\b(?:done|work(?:s|ed)|went through|gone through|succeeded|finished|sorted|through)\b")
_PLACES = {"first": 0, "second": 1, "last": -1}


def partly(saying: Saying, known: Known) -> bool | None:
    """Whether that part came off which is said to have; None where nothing is said of a part, or nothing failed."""
    part = _PART.search(saying.lower)
    if not _CAME_OFF.search(saying.lower) or not (known.refusals and known.receipts):
        return None
    if _BOTH.search(saying.lower):
        return False
    if part is None:
        return None
    tried = [one for one in known.answers if one.now and (one.wrote or one.failed)]
    place = _PLACES.get(part["which"])
    return place is None or tried[place].wrote
