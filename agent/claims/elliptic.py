""" "And so is the other", "and the tickets too": what is left out stands in what was said before, and is claimed all the same."""

import re

from agent.claims.saying import VERB, Sentence

_SO_IS = re.compile(
    r"^\W*(?:and |but )?(?:so|as) (?:is|are|was|were|has|have) (?P<who>[^,;.!?]+?)(?:,? (?:too|as well))?(?P<end>[.,;!]*)$",
    re.IGNORECASE,
)
_TOO = re.compile(
    r"^\W*(?:and |plus )?(?P<who>(?:the|your|an?) [^,;.!?]+?),? (?:too|as well|likewise)(?P<end>[.,;!]*)$",
    re.IGNORECASE,
)
_PREDICATE = re.compile(r"\b(?P<be>is|are|was|were|has|have) (?P<rest>[^,;]+)", re.IGNORECASE)
_SHORT = re.compile(r"(?P<be>)'s (?P<rest>[^,;]+)", re.IGNORECASE)
_ITS_NEGATION = re.compile(r"\b(?:not|no)\b|n't", re.IGNORECASE)


def completed(text: str, before: Sentence) -> str:
    """The clause with what it takes from the one before; as it is, where it takes nothing, or can't be told what."""
    match = _SO_IS.match(text) or _TOO.match(text)
    told = [*_PREDICATE.finditer(before.text)] or [*_SHORT.finditer(before.text)]
    said = [one for one in told if not _ITS_NEGATION.match(one["rest"])]
    if match is None or not said or (match.re is _TOO and VERB.search(match["who"].lower())):
        return text
    return f"{match['who']} {said[-1]['be'] or 'is'} {said[-1]['rest']}{match['end']}"
