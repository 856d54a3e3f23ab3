"""Words as they are thought, cut into pieces that can be said."""

import re

_ENDS = re.compile(r"[.!?…][\"'”’)]*\s+|\n+")
_BREATHS = re.compile(r"[,;:–—][\"'”’)]*\s+")
_NO_END = re.compile(r"\b(?:mr|mrs|ms|dr|prof|st|no|vs|e\.g|i\.e|etc|approx|[ap]\.m)\.\s+$", re.IGNORECASE)
_JOINTS = re.compile(r"\s(?=(?:and|but|or|so|on|at|with|for|from|to|in|which|because)\s)")
_LONG = 44
"""A first sentence longer than this is begun before it is whole (2 s of speech; 0.2 s to make it)."""


class Clauses:
    """Takes text in pieces of any size and gives it back in clauses.

    Only the first clause is hurried: it ends at the first comma or joint, so that sound
    starts early. The others are whole sentences, which sound better.
    """

    def __init__(self) -> None:
        self._text = ""
        self._first = True

    def feed(self, text: str) -> list[str]:
        """Add text; what can be said now."""
        if self._text and not self._text[-1].isspace() and self._text[-1] in ".!?…" and text[:1].isalpha():
            text = " " + text  # two sentences given one after the other, without the space between
        self._text += text
        return self._ready(at_end=False)

    def flush(self) -> list[str]:
        """Nothing follows; all that is left."""
        ready = self._ready(at_end=True)
        rest, self._text = self._text.strip(), ""
        self._first = True
        return [*ready, rest] if rest else ready

    def _ready(self, *, at_end: bool) -> list[str]:
        clauses = []
        while (cut := self._cut(at_end=at_end)) is not None:
            clause, self._text = self._text[:cut].strip(), self._text[cut:].lstrip()
            if clause:
                clauses.append(clause)
                self._first = False
        return clauses

    def _cut(self, *, at_end: bool) -> int | None:
        """Where the next clause ends; None while that can't be told."""
        end = self._sentence_end()
        if not self._first:
            return end
        sentence = self._text if end is None else self._text[:end]
        for breath in _BREATHS.finditer(sentence):
            if len(sentence[: breath.start()].split()) >= 2 and len(sentence) - breath.end() > 8:
                return breath.end()
        if len(sentence) > _LONG and (end is not None or at_end or len(sentence) > _LONG + 12):
            for joint in _JOINTS.finditer(sentence):
                if len(sentence[: joint.start()].split()) >= 4:
                    return joint.end()
        return end

    def _sentence_end(self) -> int | None:
        for match in _ENDS.finditer(self._text):
            said, rest = self._text[: match.end()], self._text[match.end() :]
            if not _NO_END.search(said) or (
                rest[:1].isupper() and said.rstrip()[-5:].lower().endswith(("a.m.", "p.m."))
            ):
                return match.end()
        return None
