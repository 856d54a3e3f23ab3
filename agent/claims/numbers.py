"""Numbers in words and figures: plain ones, lengths of time, and how many of something there are."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty"
).split()
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
VALUES = (
    {f"{ten}-{one}": value + SMALL.index(one) for ten, value in _TENS.items() for one in SMALL[1:10]}
    | {name: value for value, name in enumerate(SMALL)}
    | _TENS
)
NUMBER = rf"(?:\d{{1,9}}|(?:{'|'.join(_TENS)})-(?:{'|'.join(SMALL[1:10])})|{'|'.join([*reversed(SMALL), *_TENS])})"
_NUMBER = re.compile(rf"\b{NUMBER}\b", re.IGNORECASE)
_COMMA = re.compile(r"(?<=\d),(?=\d{3}\b)")
_GREAT = re.compile(
    rf"\b(?=(?:a|{NUMBER}) (?:hundred|thousand)\b)(?:(?P<thousands>a|{NUMBER})(?P<fold> hundred)? thousand(?:,? (?:and )?(?={NUMBER}\b)|\b))?"
    rf"(?:(?P<hundreds>a|{NUMBER}) hundred(?: (?:and )?(?={NUMBER}\b)|\b))?(?P<rest>{NUMBER}\b)?",
    re.IGNORECASE,
)
_HYPHENS = re.compile(r"-and-a-(half|quarter)-hour\b", re.IGNORECASE)
""" "A four-and-a-half-hour window"."""
_UNITS = {"minute": 1, "min": 1, "hour": 60, "hr": 60}
_LENGTH = re.compile(
    rf"\b(?P<half>half an hour|half[ -]hour)|\b(?P<hours>{NUMBER}|an) hours?,? (?:and )?(?P<minutes>{NUMBER}(?:[ -](?:one|two|five|six|seven|eight|nine))?)(?: minutes?\b)|\b(?P<quarters>(?:three quarters|a quarter|quarter) of an hour)|\b(?P<some>{NUMBER}|an?)(?: and (?P<part>a half|a quarter|three[ -]quarters?))?[ -](?:\w+ )?(?P<unit>minute|min|hour|hr)s?\b(?: and (?P<more>a half|a quarter|three[ -]quarters?))?(?! (?:to|past) (?:{NUMBER}|noon|midnight)\b)",
    re.IGNORECASE,
)
_PARTS_OF = {"a hal": 2, "a qua": 1, "three": 3}
"""Quarters of an hour, by how they begin: "and a half"."""
_UNIT = re.compile(r"hour|min|hr", re.IGNORECASE)
_FAMILIES = {
    "events": "meeting|appointment|event|engagement|commitment",
    "tasks": "task|to-do|todo|errand|job|chore",
    "reminders": "reminder|nudge|nag",
    "messages": "mail|email|e-mail|message|letter|newsletter",
    "memories": "memory|memories|note|fact",
    "changes": "change",
    "conflicts": "conflict|clash",
    "gaps": "gap|slot|window|opening",
    "any": "thing|item|entry|entries",
}
"""What is counted, and the words for it."""
_NOUN = {noun: family for family, nouns in _FAMILIES.items() for noun in nouns.split("|")}
_COUNT = re.compile(
    rf"\b(?:(?P<count>{NUMBER})|(?P<about>a couple of|a few))(?P<what>(?: (?!(?:of|and|at|to|in|on|from|for|with|about|under)\b)[\w-]+){{0,2}}?) (?P<noun>{'|'.join(_NOUN)})(?:e?s)?\b(?! at a time\b)",
    re.IGNORECASE,
)
_OF_THEM = re.compile(
    rf"(?<!that )(?<!this )(?<!the )\b(?P<count>{NUMBER})(?: of (?:them|these|those|your \w+|the \w+)| (?!days?\b|weeks?\b|hours?\b|minutes?\b)\w+)?,? (?:are |is |that are |that look |look |were )?(?:both |all |also |now )?(?:marked |flagged )?(?:as )?(?P<mark>overdue|due today|unread|important)\b",
    re.IGNORECASE,
)
_HYPHENED = re.compile(rf"\b(?P<count>{NUMBER})-(?P<noun>{'|'.join(_NOUN)})\b", re.IGNORECASE)
_OTHER = re.compile(r"\b(?:others?|more|further|additional)\b", re.IGNORECASE)
_MARK = re.compile(r"\b(?:overdue|due today|unread|important)\b", re.IGNORECASE)
_UNREAD = re.compile(
    rf"\b(?P<count>{NUMBER})(?: mails?| messages?)? ha(?:ve|s)(?: not|n't) been (?:read|opened)\b"
    rf"|\b(?P<new>{NUMBER}) new\b(?! (?:\w+ )?(?:entry|entries|event|appointment|task|thing|reminder|item)s?\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Count:
    """So many of a family of things."""

    number: int
    family: str
    marked: str = ""
    """What they are said to be: "overdue", "due today", "unread", "important"."""
    others: bool = False
    """So many other ones."""
    named: str = ""
    """The words between."""


def value(word: str) -> int:
    """What a number comes to, in figures or in words."""
    return int(word) if word.isdigit() else VALUES[word.lower()]


def numbers(text: str) -> frozenset[int]:
    """All numbers of a text."""
    return frozenset(map(value, _NUMBER.findall(in_figures(text))))


def in_figures(text: str) -> str:
    """The text with great numbers in figures alone: "2,400" and "two thousand four hundred" are 2400."""
    return _GREAT.sub(_figure, _COMMA.sub("", _HYPHENS.sub(r" and a \1 hour", text)))


def _figure(match: re.Match[str]) -> str:
    thousands, hundreds, rest = (_or_one(match[name] or "0") for name in ("thousands", "hundreds", "rest"))
    return str(thousands * (100_000 if match["fold"] else 1000) + hundreds * 100 + rest)


def _or_one(word: str) -> int:
    """ "A", "an" is one."""
    return 1 if word.lower() in ("a", "an") else value(word)


def lengths(text: str) -> list[int]:
    """Lengths of time in minutes."""
    return [_length(match) for match in _LENGTH.finditer(in_figures(text))] if _UNIT.search(text) else []


def _length(match: re.Match[str]) -> int:
    if match["half"]:
        return 30
    if match["quarters"]:
        return 45 if "three" in match[0].lower() else 15
    if match["hours"]:
        return _or_one(match["hours"]) * 60 + sum(map(value, re.split(r"[ -]", match["minutes"])))
    unit = _UNITS[match["unit"].lower()]
    part = match["part"] or match["more"]
    return _or_one(match["some"]) * unit + (_PARTS_OF[part.lower()[:5]] * unit // 4 if part else 0)


def without_lengths(text: str) -> str:
    """The text without its lengths of time."""
    return _LENGTH.sub(" ", in_figures(text)) if _UNIT.search(text) else text


def counts(text: str) -> Iterator[Count]:
    """How many of what a text says there are."""
    told = set()
    for match in _OF_THEM.finditer(text):
        told.add(match.start())
        mark = match["mark"].lower()
        family = "tasks" if "due" in mark else "messages"
        yield Count(value(match["count"]), family, mark, others=bool(_OTHER.search(match[0])))
    for match in _COUNT.finditer(text):
        if match.start() not in told and not match["about"]:
            found = _MARK.search(match["what"])
            mark, others = found[0].lower() if found else "", bool(_OTHER.search(match["what"]))
            yield Count(value(match["count"]), _NOUN[match["noun"].lower()], mark, others, match["what"])
    for match in _HYPHENED.finditer(text):
        yield Count(value(match["count"]), _NOUN[match["noun"].lower()])
    for match in _UNREAD.finditer(text):
        yield Count(value(match["count"] or match["new"]), "messages", "unread")


def without_counts(text: str) -> str:
    """The text without what is counted in it."""
    return _COUNT.sub(" ", _OF_THEM.sub(" ", text))
