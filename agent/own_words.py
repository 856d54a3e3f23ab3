"""The person's own words for a thing, letter by letter: what a mind may have remembered, however it puts it itself."""

import re

from agent.alike import coverage

SAID = 0.66
"""The part of what the person said that has to stand in what the mind makes of it: else it is about something else."""
MEANT = 0.5
"""The part of what the mind makes of it that has to stand in what the person said."""
_ASKING = re.compile(
    r"^(?:(?:hey|hi|chronus|please|ok|okay|well|so|oh|and|also|yes|no|actually|by the way|btw)[, ]+)*"
    r"(?:(?:can|could|would|will) you (?:please )?|i (?:want|would like|need) you to |i'd like you to |you (?:should|can|must|may) )?"
    r"(?P<verb>remember|memori[sz]e|note(?: down)?|keep in mind|bear in mind|make a note|don't (?:ever )?forget|do not forget|never forget|learn|know|store|save|write down"
    r"|just so you know|so you know|for your information|fyi|for the record|for future reference)"
    r"(?: for (?:me|later|next time|the future))?(?: (?:that|of the fact that|the fact that|this|about me that))?[:, ]+",
    re.IGNORECASE,
)
"""What only says that something is to be remembered."""
_TRAILING = re.compile(
    r"[, ]+(?:please|(?:please )?(?:remember|note|don't forget|keep) (?:that|this|it)(?: in mind)?|will you|would you|can you)[ ?.!]*$",
    re.IGNORECASE,
)
_BEGINNING = re.compile(
    r"(?:.*(?:[,:;–—-]|\b(?:that|and|but|because|so|since|as|well|oh|remember|note|know|way|also|yes|no|ok|okay|actually|mind|please)))?\s*",
    re.IGNORECASE | re.DOTALL,
)
"""What may stand before a statement in its sentence."""
_OTHERWISE = re.compile(
    r"\b(?:not|never|no longer|n't|said|says|say|saying|told|tells|claims?|claimed|wrote|writes|asked|asks|thinks?|thought|believes?|if|unless|whether"
    r"|maybe|perhaps|might|would|could|pretend|suppose|imagine|joke|joking|kidding|lie|lied|wrong|false|untrue|hardly)\b|n['’]t\b",
    re.IGNORECASE,
)
"""What would make words mean something else than they say alone."""
_REPORT = re.compile(
    r"\b(?:said|says?|saying|told|tells?|claim\w*|wrote|writes|asks?|asked|if|maybe|perhaps|might)\b", re.IGNORECASE
)
_LIMITS = re.compile(r"\b(?:if|unless|except|until|provided|or so|says?|said)\b", re.IGNORECASE)


def own_words(said: str, text: str) -> str | None:
    """What the person said of it, as it stands there; None where they said no such thing."""
    for sentence in _sentences(said):
        statement = _statement(sentence)
        if statement is None:
            continue
        if (span := _span(statement, text)) is not None:
            return span
        if not _REPORT.search(statement) and coverage(text, statement) >= MEANT and coverage(statement, text) >= SAID:
            return statement
    return None


def stands_alone(said: str, quote: str) -> bool:
    """Whether a piece of what was said means alone what it meant there: "I like fish" doesn't, of "I never said I like fish"."""
    return any(_span(sentence, quote) is not None for sentence in _sentences(said) if not sentence.rstrip().endswith("?"))  # fmt: skip


def asked_with(said: str) -> str:
    """The first word by which something was asked to be remembered; empty where nothing was."""
    asking = _ASKING.match(said)
    return asking["verb"].split()[0].lower() if asking else ""


def _sentences(said: str) -> list[str]:
    return [sentence.strip() for sentence in re.findall(r"(?:[^.!?;\n]|\.(?=\w))+[.!?;\n]*", said) if sentence.strip()]


def _statement(sentence: str) -> str | None:
    """Without the request to remember it; None for a question, which states nothing."""
    asking = _ASKING.match(sentence)
    if sentence.rstrip().endswith("?") and asking is None and _TRAILING.search(sentence) is None:
        return None
    plain = _TRAILING.sub("", sentence[asking.end() :] if asking else sentence)
    return plain.strip(" .!?;,") or None


def _span(sentence: str, text: str) -> str | None:
    """The place in the sentence where the text stands word by word, if it means the same alone."""
    wanted = _words(text)
    there = [(match[0].lower().replace("’", "'"), match.start(), match.end()) for match in _WORD.finditer(sentence)]
    for start in range(len(there) - len(wanted) + 1):
        if wanted and [word for word, _, _ in there[start : start + len(wanted)]] == wanted:
            first, last = there[start][1], there[start + len(wanted) - 1][2]
            before, after = sentence[:first], sentence[last:]
            asked = _ASKING.sub("", before + "x ")  # "don't forget that" denies nothing
            if _BEGINNING.fullmatch(before) and not _OTHERWISE.search(asked) and not _LIMITS.search(after):
                return sentence[first:last]
    return None


_WORD = re.compile(r"[\w'’]+")


def _words(text: str) -> list[str]:
    return [match[0].lower().replace("’", "'") for match in _WORD.finditer(text)]
