"""A sentence that puts itself right, "until four, no, sorry, until three": it counts by what it ends in."""

import re

_PUT_RIGHT = re.compile(
    r"[,;:–—-] *(?:(?:no(?=,? (?:sorry|wait|i mean|make|it's|at|on|until|the)\b|[,;:–—-])|sorry|pardon|wait|or rather|rather|i mean|i meant|make that|that is to say|excuse me|correction|hang on)\b[,;: –—-]*)+",
    re.IGNORECASE,
)
_SIDE = re.compile(r"\W*(until|till|at|by|from|on|in|for|with|after|before|to)\b", re.IGNORECASE)


def corrected(sentence: str) -> str:
    """The sentence as it is meant in the end; "" where nothing of it is put right."""
    found = list(_PUT_RIGHT.finditer(sentence))
    if not found or not re.search(r"\w", sentence[found[-1].end() :]):
        return ""
    wrong, right = sentence[: found[0].start()], sentence[found[-1].end() :]
    side = _SIDE.match(right)
    at = wrong.lower().rfind(f" {side[1].lower()} ") if side else -1
    return f"{wrong[:at]} {right}" if at >= 0 else right
