"""Whether the details of a claim are those of the receipts: its hours, days, lengths, names, lists, and how many."""

import re
from collections.abc import Sequence
from dataclasses import replace

from agent.claims.days import begins_in, part_of_day
from agent.claims.echoes import quoted_right
from agent.claims.former import is_former
from agent.claims.known import Known, Told
from agent.claims.lasting import measured
from agent.claims.lists import on_its_list
from agent.claims.moods import is_denial
from agent.claims.numbers import NUMBER, counts, value
from agent.claims.plain import stemmed, stems
from agent.claims.recurring import again, repeats
from agent.claims.rows import Row
from agent.claims.saying import Saying, Sentence
from agent.claims.shifting import shifted
from agent.claims.verbs import BASES, DONE
from agent.claims.vocabulary import LITTLE, ORDINARY, implied

_CLASH = re.compile(
    r"\b(?:(?:overlap|clash|conflict|collid|collision|coincid)\w*|bumps?|same (?:time|slot|hour)|runs? into|cuts? into)"
)
_CLASH_SENTENCE = re.compile(r"\bIt overlaps with [^.]*\.?")
_REMINDER = re.compile(r"\breminders?\b")
_WHOLE = re.compile(r"\b(?:whole|entire|all) (?:morning|afternoon|day|evening|week)\b")
_ALSO = re.compile(r"\b(?:also|as well|too|in addition|besides)\b")
_BOTH = re.compile(r"\bboth\b|\ball (?:of )?(?:your|the|my|them|those|these)\b")
_FIELDS = stemmed(
    "title name place location note date time deadline duration length subject line text entry hear".split()
)
"""What a thing has, whatever it is."""
_KINDS = stemmed("visit session slot trip booking job errand".split())
"""What a thing may be called beside its name: "the vet visit"."""
_LACKS = re.compile(
    r"\b(?:without|no|hasn't got|doesn't have)(?: an?| any)? (?:due )?(?P<what>date|deadline|place|location|guests?)\b"
)
_PARTS = {
    "date": "due",
    "deadline": "due",
    "place": "place",
    "location": "place",
    "guest": "guests",
    "guests": "guests",
}
_OF_THEM = re.compile(r"\bthat you(?:r|'re|'ve|'d)?\b")
_OF_ME = re.compile(r"\b(?:i|me|my|mine|we|us|our|you|your)\b|\bi'")
_PLEDGED = re.compile(r"\bi(?:'ll|'ve| will| won't| have)?(?: also| still| just| now| not| no longer)* ([a-z]+)\b")
FEWER = re.compile(rf"\b(?P<many>{NUMBER}) (?:[a-z]+ )?(?:fewer|less)\b")
_CALLED = re.compile(
    r"\b(?:called|renamed (?:it |that |this )?(?:to|as)|(?:title|name)(?:'s| is)? (?:now |to )+)(?P<name>.+)"
)
_REASON = re.compile(r"\b(?:since|because|now that)\b.*")
_EVERY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)days\b")
""" "Closed on Mondays"."""
_LATELY = re.compile(r"\bso far\b|^today\b")
""" "Today I've added it": when it was done."""
_LONG = 6
"""Letters of a stem that others may go on from."""
DEED_VERBS = stemmed(DONE) | stemmed(BASES)
"""The stems of what is done, and was."""


def fits(saying: Saying, receipts: Sequence[Told], known: Known) -> bool:
    """Whether the details of a claim are those of the receipts."""
    rows = [row for one in receipts for row in one.rows]
    return (
        _timed(saying, receipts, known)
        and quoted_right(saying, known, Sentence())
        and on_its_list(saying, rows)
        and (not again(saying) or repeats(rows))
        and _named(saying, receipts, known)
        and _of_whom(saying, receipts)
        and _called_right(saying, receipts)
        and _as_many(saying, receipts, known)
        and not _WHOLE.search(saying.lower)
        and not _without(saying, receipts)
    )


def _timed(saying: Saying, receipts: Sequence[Told], known: Known) -> bool:
    """Its hours, days and lengths; those of before a change, too, where they are told as such."""
    rows = [row for one in receipts for row in one.rows]
    if not all(any(row.has(one) for row in rows) or is_former(one, saying, receipts, known) for one in saying.clocks):
        return False
    if not _in_its_part(saying, rows) or not {*_EVERY.findall(saying.lower)} <= {
        one for row in rows for one in _EVERY.findall(row.text.lower())
    }:
        return False
    named = saying.days
    if _LATELY.search(saying.lower):
        named = [one for one in saying.every_day if not one.fits(known.now.date())]
    if not all(any(row.on(one) for row in rows) for one in named):
        return False
    lengths = frozenset().union(*(row.lengths for row in rows))
    if all(length in lengths for length in saying.lengths):
        return True
    return bool(shifted(saying, known) or measured(saying, known, Sentence()))


def _in_its_part(saying: Saying, rows: Sequence[Row]) -> bool:
    """ "For eight on Monday morning", where it is for the evening: of an hour that is told the half of the day is told, too."""
    part, moments = part_of_day(saying.lower), [row.moments[0] for row in rows if row.moments]
    if part is None or not saying.clocks or not moments:
        return True
    return any(begins_in(part, at) for at in moments)


def _named(saying: Saying, receipts: Sequence[Told], known: Known) -> bool:
    """All that is named was done to; a reminder only, if there was one."""
    if _REMINDER.search(saying.lower) and not any(of_reminders(one) for one in receipts):
        return False
    borne = frozenset().union(*(_deed_words(one) for one in receipts))
    if clashes := stemmed(_CLASH.findall(saying.lower)):
        borne = borne.union(clashes, *(one.words for one in receipts))
    if any(one.tool == "draft_email" for one in receipts):
        borne |= ORDINARY
    nothing = DEED_VERBS | _FIELDS | stemmed(_PLEDGED.findall(saying.lower))
    nothing |= _KINDS if borne & set(saying.content) else frozenset()
    if any(
        word not in borne | nothing
        and not _akin(word, borne)
        and not implied(word, borne, denied=is_denial(saying.lower))
        for word in _without_reason(saying, known)
    ):
        return False
    lists = frozenset().union(*(row.on_list for one in receipts for row in one.rows))
    both = _BOTH.search(saying.lower) and lists.issuperset(saying.content)
    return not both or all(on_its_list(saying, one.rows) for one in receipts)


def _without_reason(saying: Saying, known: Known) -> list[str]:
    """What is named but for the reason that they gave themselves: "since Gert does them now"."""
    match = _REASON.search(saying.text)
    reason = stems(match[0]) - stems(saying.text[: match.start()]) if match else frozenset()
    theirs = reason & stems(known.asked) - LITTLE
    return [word for word in saying.content if word not in reason or not theirs]


def _akin(word: str, borne: frozenset[str]) -> bool:
    """ "Allergy" is of one stem with "allergic"."""
    return len(word) >= _LONG and any(
        len(one) >= _LONG and (one.startswith(word) or word.startswith(one)) for one in borne
    )


def _called_right(saying: Saying, receipts: Sequence[Told]) -> bool:
    """ "It's called Clean both gutters now": a name that is told is one's title, word for word."""
    match = _CALLED.search(saying.lower)
    titles = [str(title).lower() for one in receipts if (title := one.content["receipt"].get("title"))]
    return match is None or not titles or any(title in match["name"] for title in titles)


def _without(saying: Saying, receipts: Sequence[Told]) -> bool:
    """ "Without a due date": whether it has one all the same."""
    named = [_PARTS[match["what"]] for match in _LACKS.finditer(saying.lower)]
    return any(one.content["receipt"].get(name) for one in receipts for name in named)


def _of_whom(saying: Saying, receipts: Sequence[Told]) -> bool:
    """Whether what was remembered of somebody else isn't told of the person: "that you only drink tea"."""
    kept = [str(one.content["receipt"].get("text")) for one in receipts if one.tool == "remember"]
    return not (kept and _OF_THEM.search(saying.lower)) or any(_OF_ME.search(text.lower()) for text in kept)


def of_reminders(one: Told) -> bool:
    """Whether a receipt is of a reminder, or of one that was undone."""
    tools = (one.tool, *(str(each.get("tool")) for each in one.content["receipt"].get("undone", ())))
    return any("remind" in tool for tool in tools)


def _deed_words(one: Told) -> frozenset[str]:
    """The stems of what it was done to: not of what that overlaps with."""
    kept = [replace(row, text=_CLASH_SENTENCE.sub(" ", row.text)).words for row in one.rows]
    return frozenset().union(*kept, *(stems(str(value)) for value in one.arguments.values()))


def _unnamed(lower: str, receipts: Sequence[Told]) -> str:
    """The clause without the titles of the receipts: "Clean both gutters" tells of one thing."""
    for one in receipts:
        lower = lower.replace(str(one.content["receipt"].get("title")).lower(), " ")
    return lower


def _as_many(saying: Saying, receipts: Sequence[Told], known: Known) -> bool:
    many = sum(
        len(one.content["receipt"].get("undone") or one.content["receipt"].get("actions") or "x") for one in receipts
    )
    told = _unnamed(saying.lower, receipts)
    heading, _, rest = told.rpartition(": ")
    every = known.receipts or known.stood
    if heading and all(count.number <= len(every) for count in counts(heading)):
        told = rest  # "two things: I put it on the list"
    if _ALSO.search(told) and len(every) < 2:
        return False
    if _BOTH.search(told) and many < 2:
        return False
    if any(value(one["many"]) != many for one in FEWER.finditer(told)):
        return False
    return all(count.number <= many for count in counts(told))
