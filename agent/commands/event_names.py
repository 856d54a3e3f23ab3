"""What an event is called, and who is asked to it."""

import re
from itertools import pairwise

from agent.commands.event_words import (
    APPOINTMENTS,
    AWAY,
    CALENDAR_WORDS,
    CALENDARS,
    FINITE,
    LEADING,
    MEETINGS,
    NO_NAMES,
    NOUN_PAIRS,
    OWN,
    PAST,
    TIDYING,
)
from agent.commands.leftover import clause
from agent.commands.patterns import Found
from agent.commands.slots import people
from agent.commands.words import Words, plains, written


def nameable(found: Found, *, sure: bool) -> bool:
    """Whether the words in the slot can be what an event is called."""
    words_ = found.words("title")
    said = plains(words_)
    plain = set(said)
    if plain <= NO_NAMES or all(word.soft for word in words_) or clause(words_) or _takes_back(words_):
        return False
    if said[0] in ("your", "yours", "us", "him", "her", "them") or "said" in plain or len("".join(said)) < 2:
        return False  # "put your coat on" is said to somebody else
    if found.when.lower().startswith(("on at ", "in at ", "off at ", "out at ")) or said[0] in FINITE or plain & PAST:
        return False  # "put Anna on at six", "schedule says nine", "book club was fun"
    if said[0] == "me" and found.sentence.plain[:2] not in (("make", "me"), ("get", "me")):
        return False
    if plain & {"task", "todo", "reminder", "tick", "instead", "later", "earlier"} or found.when.startswith("to "):
        return False
    at = next((i for i in range(1, len(said) - 2) if said[i] == "to" and said[i + 1] in ("the", "my", "our")), 0)
    to = said.index("to") if "to" in said[1:4] and "with" in said[1:] else 0
    if to and said[to + 1 : to + 2] and said[to + 1] in APPOINTMENTS and not APPOINTMENTS & set(said[:to]):
        return False  # "add Tom to lunch with Anna"
    if at and MEETINGS & set(said[at:]) and not MEETINGS & set(said[:at]) and at <= 3:
        return False  # "add Tom to the lunch" invites him
    if (
        said[0] in ("that", "to")
        or said[-1] in ("is", "are", "was", "were")
        or ("off" in plain and CALENDAR_WORDS & plain)
    ):
        return False
    return sure or not (said[0] in LEADING or (said[-1] in AWAY and said[-2:] not in NOUN_PAIRS) or "list" in plain)


def otherwise_meant(found: Found) -> bool:
    """ "record the match", "arrange the flowers": hardly for a calendar, unless it is named."""
    plain = found.sentence.plain
    if plain[0] in ("record", "insert"):
        return True
    known = APPOINTMENTS & set(plain)
    return plain[0] in TIDYING and plain[1:2] in (("the",), ("my",), ("our",), ("your",)) and not known


def _takes_back(words_: Words) -> bool:
    """ "vet at, no, leave that": what was begun was given up."""
    return any(one.plain in ("no", "nope", "nah") and before.stop for before, one in pairwise(words_))


def of_another(plain: tuple[str, ...]) -> bool:
    """ "Sarah's calendar", "in his diary": nothing that can be written to from here."""
    for at, word in enumerate(plain):
        owner = set(plain[max(0, at - 2) : at])
        if word in CALENDARS and (
            {"his", "her", "their"} & owner or any(one.endswith(("'s", "s'")) for one in owner - OWN)
        ):
            return True
    return False


def guests_asked(found: Found, named: str) -> tuple[list[str], str]:
    """Those who are to be invited: named by "invite", or by an address; "with Lena" alone invites nobody."""
    guests = [written(one) for one in people(found.words("people"))] if found.has("people") else []
    for address in re.findall(r"\S+@\S+", named):
        guests.append(address.strip(",."))
        named = re.sub(rf",? *(with|and|for|inviting)? *{re.escape(address)}", "", named).strip()
    if guests and {g.lower() for g in guests} <= {"her", "him", "them"}:
        match = re.search(r"\bwith (\w+(?: \w+)?(?: and \w+(?: \w+)?)?)$", named, re.IGNORECASE)
        guests = re.split(r" and ", match[1]) if match else []
    return guests, named or "Meeting"
