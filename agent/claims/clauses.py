"""A stream of words, cut into clauses as they come."""

import re

_END = re.compile(r"[.!?…]+[\"'”’)*_]*(?=\s|$)|(?<=[a-z]{2})[.!?…]+(?=[A-Z])|\n")
"""Also where the space is missing: "It's done.Anything else?"."""
_ENDS = re.compile(r"(?:[.!?…][\"'”’)*_\s]*|\n)$")
_BREATH = re.compile(r"[,;:][\"'”’)*_]*(?=\s)|\s[–—-](?=\s)|[–—]|\s(?=(?:and|but) so (?:is|are|was|were)\s)")
_YES_NO = re.compile(r"\s*(?:(?:yes|no|nope)[.;!?]|(?:y|ye|yes|n|no|nop|nope)?$)", re.IGNORECASE)
""" "At half past three, no": the answer is told with its hour."""
_AT_ITS_END = re.compile(r"(?:[,;:][\"'”’)*_]*|\s?[–—]|\s-)$")
_GOES_ON = re.compile(r"\b(?:mr|mrs|ms|dr|prof|vs|e\.g|i\.e|approx)\.$", re.IGNORECASE)
_MAY_GO_ON = re.compile(r"\b(?:st|etc|no|[ap]\.m)\.$", re.IGNORECASE)
"""Unless a capital follows."""
_SHORT = 3
"""A piece of so few words says nothing alone: it is judged with the next."""
_LONGEST = 400
"""Letters after which a clause ends wherever it is: nobody speaks so long without a breath."""
_HARMLESS = re.compile(
    r"^[\s*_\"'(-]*(?:ok(?:ay)?|sure|sure thing|of course|yes|no|yeah|well|all right|alright|great|good|good morning|hello|hi|hey|right|hmm|oh|please|sorry|"
    r"let's see|let me see|thanks|thank you|certainly|absolutely|no problem|my pleasure|you're welcome|in (?:this |that )?order(?: of \w+)?|here you go|"
    r"i'm sorry|i'm afraid|not yet|not quite|perfect|nice|fine|one moment|one second)[\s,;:.!–—-]*$",
    re.IGNORECASE,
)


class Clauses:
    """Takes text in pieces of any size and gives back whole clauses, letter for letter."""

    def __init__(self) -> None:
        self._text = ""

    def feed(self, text: str) -> list[str]:
        """What is complete now. What ends a clause is known only by what follows it."""
        self._text += text
        found = []
        while (cut := self._cut()) is not None:
            found.append(self._text[:cut])
            self._text = self._text[cut:]
        return found

    def flush(self) -> list[str]:
        """Nothing follows."""
        rest, self._text = self._text, ""
        return [rest] if rest else []

    def _cut(self) -> int | None:
        breaths = (found.end() for found in _BREATH.finditer(self._text))
        ends = [*filter(None, (self._end(), next(filter(self._parts, breaths), None)))]
        if ends:
            return min(ends)
        if len(self._text) <= _LONGEST:
            return None
        before, _, after = self._text[:_LONGEST].rpartition(" ")
        return len(before) or len(after)

    def _end(self) -> int | None:
        for found in _END.finditer(self._text):
            before = self._text[: found.end()]
            if found.end() == len(self._text):
                return None
            if _GOES_ON.search(before):
                continue
            if not _MAY_GO_ON.search(before) or self._text[found.end() :].lstrip()[:1].isupper():
                return found.end()
        return None

    def _parts(self, end: int) -> bool:
        """Whether a breath ends something that can be judged alone."""
        piece = self._text[:end]
        return bool(_HARMLESS.match(piece)) or (len(piece.split()) > _SHORT and not _YES_NO.match(self._text[end:]))


def ends_sentence(clause: str) -> bool:
    """Whether nothing of the same sentence follows."""
    return bool(_ENDS.search(clause))


def harmless(clause: str) -> bool:
    """Whether it can't claim anything."""
    return bool(_HARMLESS.match(clause))


def apart_from_breath(clause: str) -> tuple[str, str]:
    """A clause and the mark that parts it from the next: a comma, a colon, a dash."""
    found = _AT_ITS_END.search(clause)
    return (clause[: found.start()], found[0]) if found else (clause, "")
