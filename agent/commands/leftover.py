"""What is left in a name: a time that was not understood, or a place."""

import re
from itertools import pairwise

from agent.commands.slots import is_place
from agent.commands.words import Word, Words, plains, written
from agent.when.words import CARDINALS, DAY_NUMBER, MONTH_NUMBER, ORDINALS

_DAYS = "|".join([*DAY_NUMBER, "mon", "tues", "weds", "thurs", "fri"])
_NUMBER = "|".join([*CARDINALS, "a", "an", "few", r"\d+", "couple of", "half an"])
_CLOCK = "|".join([*(word for word, value in CARDINALS.items() if 0 < value <= 12), r"\d{1,2}", "noon", "midnight"])
_MONTHS = "|".join(name for name in MONTH_NUMBER if name not in ("may", "march"))
_UNITS = "minutes?|mins?|hours?|days?|weeks?|months?|fortnights?"

_TIMELIKE = re.compile(
    r"\b(?:"
    + "|".join(
        (
            rf"(?:{_DAYS})(?:'?s)?",
            r"(?:to ?|two ?|too ?)?morr?ow(?:'?s)?|yesterday|today|tonight|o'?clock|all ?day",
            rf"(?:in|for|after|within|every|each|another|about|last|next|past|this|on) (?:{_NUMBER}) (?:{_UNITS})",
            rf"(?:{_NUMBER}) (?:{_UNITS}) (?:from|after|before|later|earlier|ago|hence|on|time)",
            r"(?:this|next|last|the|coming|following) (?:week|weekend|month|fortnight)|the (?:day|week) after|after next",
            rf"(?:{_MONTHS}|march|may) (?:the )?\d+|(?:{_MONTHS}) (?:the )?(?:{'|'.join(ORDINALS)})|\d+(?:st|nd|rd|th)",
            rf"the (?:{'|'.join(ORDINALS)})$",
            r"\d{1,2}[:.]\d\d|\d{1,2} ?[ap]m|[ap]m$|quarter (?:to|past)|half past",
            rf"half (?:{_CLOCK})$|(?:{_CLOCK}) (?:thirty|fifteen|forty.five|ish)$",
            rf"(?:at|from|till|until|til|by|before|after|between|around|@) (?:{_CLOCK})",
            rf"(?:{_CLOCK}) (?:to|till|until|-) (?:{_CLOCK})",
        )
    )
    + r")(?!\w)",
    re.IGNORECASE,
)
"""Words that say when, or seem to."""


_RELATIVE = re.compile(
    r"\b(?:(?:right |just |straight |directly )?(?:before|after|during|following) (?:the|my|our|his|her)|the day (?:of|before|after)|same (?:day|time)|some ?time|some ?day|soon|asap)\b",
    re.IGNORECASE,
)


def relative(words: Words) -> bool:
    """Whether a name holds a time that hangs on something else: "right after the workshop", "sometime"."""
    return bool(_RELATIVE.search(" ".join(plains(words))))


def timelike(words: Words) -> bool:
    """Whether a name still holds words of time: then the time was only half understood."""
    plain = plains(words)
    last_number = len(plain) > 1 and (plain[-1].isdigit() or (plain[-1] in CARDINALS and words[-2].stop == ","))
    odd_day = any(word.endswith("day") and len(word) > 4 and word not in _DAYLIKE for word in plain)
    return bool(_TIMELIKE.search(" ".join(plain))) or last_number or odd_day


_CLAUSE = frozenset(
    "we are|you are|they are|he is|she is|it is|i am|we have|you have|they have|we will|you will|they will|he will|she will|i will|we can|you can|that is|there is|there are".split(
        "|"
    )
)
_WISHES = frozenset(
    "tell remind email mail text send let notify cancel move delete undo reschedule postpone show ask warn inform forget snooze".split()
)
_LISTED = frozenset("add put write note stick".split())


def clause(words: Words) -> bool:
    """Whether a name goes on into a sentence: "your shoes on, we're leaving"."""
    plain = plains(words)
    return any(" ".join(pair) in _CLAUSE for pair in pairwise(plain[1:]))


def second_wish(words: Words) -> bool:
    """Whether a name goes on into another wish: "yoga and tell Anna about it"."""
    plain = plains(words)
    for at in range(1, len(plain) - 2):
        if plain[at] not in ("and", "then") or plain[at - 1] in ("and", "to"):
            continue
        rest = plain[at + 1 :]
        rest = rest[1:] if rest[0] in ("then", "also", "please") else rest
        if rest[0] in _WISHES or (rest[0] in _LISTED and {"to", "on", "in", "down"} & set(rest)):
            return True
    return False


TWO_WISHES = "Those were two wishes at once, and I've done neither. Please tell me them one after the other."


_DAYLIKE = frozenset(
    "birthday holiday payday workday weekday everyday heyday someday bday b-day bank-holiday sportsday".split()
)
"""Words that end like a weekday and are none; others ("fryday") are a misheard one."""


_NO_PLACE_AFTER = frozenset(
    "look looking looks good bad be stay laugh shout aim arrive best arriving staying starts starting begins".split()
)
_LANGUAGES = frozenset("english german french spanish italian dutch polish portuguese russian chinese japanese person private general detail advance case time order law charge turn".split())  # fmt: skip
_ROOMS = frozenset("room hall gate platform studio building office floor desk".split())
_NO_PLACE = frozenset("all least most once last first work's".split())


_CALENDAR = frozenset("calendar diary schedule agenda planner timetable".split())


def without_calendar(words: Words) -> Words:
    """ "the vet in my diary at the clinic" without the calendar in the middle."""
    plain = plains(words)
    for at in range(1, len(words) - 2):
        if (
            plain[at] in ("in", "on", "to", "into")
            and plain[at + 1] in ("my", "the", "our")
            and plain[at + 2] in _CALENDAR
        ):
            return (*words[:at], *words[at + 3 :])
    return words


def place_in(words: Words) -> tuple[Words, str]:
    """The name without a room after it, and the place that stands at its end, "" when there is none."""
    plain = plains(words)
    for at in range(len(words) - 1, 0, -1):
        rest = words[at + 1 :]
        if plain[at] == "at" and rest and _somewhere(rest) and plain[at - 1] not in _NO_PLACE_AFTER:
            return words, _named(rest)
        if plain[at] == "in" and rest and _inside(rest):
            return (words[:at] if _is_room(rest) else words), _named(rest)
        if plain[at] in ("on", "via", "over") and plains(rest) in (("zoom",), ("teams",), ("skype",), ("google", "meet"), ("webex",), ("facetime",)):  # fmt: skip
            return words[:at], _named(rest)
    for at in range(1, len(words) - 3):
        # "a meeting in room 5 about the website"
        if plain[at] == "in" and _is_room(words[at + 1 : at + 3]) and plain[at + 3] in ("about", "with", "for", "on"):
            return (*words[:at], *words[at + 3 :]), _named(words[at + 1 : at + 3])
    if (
        len(words) > 2
        and _is_room(words[-2:])
        and plain[-2] in ("room", "hall", "gate", "platform", "studio")
        and not words[-2].stop
        and plain[-3] not in ("the", "of", "for", "with", "to")
    ):
        return words[:-2], _named(words[-2:])
    return words, ""


def _somewhere(rest: Words) -> bool:
    plain = plains(rest)
    return (
        len(rest) <= 5 and not _NO_PLACE & {plain[0]} and not {"with", "and", "for", "about", "to", "by"} & set(plain)
    )


def _inside(rest: Words) -> bool:
    plain = plains(rest)
    if len(rest) > 5 or _LANGUAGES & set(plain) or {"with", "and", "for", "about", "to"} & set(plain):
        return False
    return (
        _is_room(rest)
        or is_place(rest)
        or _proper(rest[0])
        or (plain[0] == "the" and len(rest) > 1 and _proper(rest[1]))
    )


def _is_room(rest: Words) -> bool:
    plain = plains(rest)
    number = (
        plain[-1].isdigit()
        or plain[-1] in CARDINALS
        or len(plain[-1]) == 1
        or bool(re.fullmatch(r"[a-z]?\d+[a-z]?", plain[-1]))
    )
    return len(plain) == 2 and plain[0] in _ROOMS and number


def _proper(word: Word) -> bool:
    return word.raw[:1].isupper() and not word.raw.isupper()


def _named(rest: Words) -> str:

    text = written(rest)
    return text[:1].upper() + text[1:]
