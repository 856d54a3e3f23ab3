"""Who takes part: somebody who is said to join an event stands in its row, as a guest or in its name."""

import re
from dataclasses import replace

from agent.claims.known import Known
from agent.claims.moods import is_denial
from agent.claims.plain import parted, stem, stemmed, stems, words
from agent.claims.reports import mails_of, senders
from agent.claims.rows import Row, best
from agent.claims.saying import Saying, Sentence
from agent.claims.vocabulary import LITTLE

_NAMES = r"(?P<who>[A-Z][\w-]+(?:(?:,? and|,) [A-Z][\w-]+)*|[Hh]e|[Ss]he|[Tt]hey|[Yy]our (?!day|morning|afternoon|evening|week|next|first|last|other|\w+ (?:meeting|appointment))[a-z]+)"
_TAKES_PART = re.compile(
    rf"\b{_NAMES}(?:'ll| will| is| are|'s|'re)(?: also| both| all| too)*(?: be)?(?: also| both| all)* (?P<how>there(?!'s| is| are)|joining|coming|down for|(?:in|at|on) (?:both|either)|at (?:the|your)|in (?:the|your)|attending|on the (?:line|call)|invited|a guest|guests|on the guest list|part of it|on the invitation)\b"
    rf"|\b{_NAMES.replace('<who>', '<who2>')}(?:'ll| will)?(?: also)? (?:joins?|attends?|comes? (?:along|too|as well|to (?:the|your)))\b"
    rf"|\b{_NAMES.replace('<who>', '<who3>')}(?:'s| is| are|'ll be|'re) (?:meeting|seeing|joining|having \w+ with) you\b"
    rf"|\b[Yy]ou(?:'re| are|'ll be) (?:meeting|seeing) {_NAMES.replace('<who>', '<who4>')}\b"
)
_THEIRS = re.compile(r"\b(?P<who>[a-z-]+)'s (?=(?P<what>[a-z-]+))")
_NOBODY = re.compile(
    r"\b(?:nobody|no one|none of them)(?: else)?(?:'s| is| was| has been) (?:invited|a guest|joining|coming|attending)\b|\b(?:there are|there's|it has|with) (?:no|nobody|no other) guests?\b"
)
_SOME = r"[A-Z][\w-]+(?:(?:,? and|,) [A-Z][\w-]+)*"
_ONLY_THEY = re.compile(
    rf"\b(?:[Nn]obody|[Nn]o one)(?: else)? (?:but|except(?: for)?|apart from|besides|other than) (?P<who>{_SOME})\b(?=.*\b(?:invited|joining|coming|attending|down|guests?|there)\b)"
    rf"|\b(?:[Oo]nly|[Jj]ust) (?P<who2>{_SOME})(?:'s| is| are| will be)(?: also)? (?:invited|joining|coming|attending|down|guests?|there)\b"
)
_NOT_IN = re.compile(
    rf"\b(?P<who>{_SOME})(?:'s not| is not| isn't| are not| aren't| won't be)(?: down| invited| part)?(?: in| at| for| to| of|ted to) (?:the|your)\b"
)
_BOTH = re.compile(r"\b(?:in|at|on) both\b")
_COMES = stemmed("come join visit attend".split())
_EVERYBODY = re.compile(r"\b(?:invited|joining|coming|attending)\b")


def taking_part(saying: Saying, known: Known, before: Sentence) -> bool:
    """Whether those who are said to take part do; True where it is said of nobody."""
    if not all(_is_theirs(match, known) for match in _THEIRS.finditer(saying.lower)):
        return False
    if (absent := _NOT_IN.search(saying.text)) and known.answers_read:
        gone = stems(absent["who"]) - LITTLE
        meant = best(known.rows_of("events"), set(saying.content) - gone)
        return not any(_is_of(one, gone) for row in meant for one in row.data.get("guests", ()))
    match = _TAKES_PART.search(saying.text)
    if match is None or is_denial(saying.lower):
        return True
    told = next(match[name] for name in ("who", "who2", "who3", "who4") if match[name])
    who = [stem(word) for word in words(told) if stem(word) not in LITTLE]
    rows = [row for row in (*known.here, *known.thread) if "title" in row.data and row.moments]
    if not who or not rows:
        return not who or not _EVERYBODY.search(saying.lower)
    named = best(rows, set(saying.content) - set(who))
    if any(_writes_of_it(row, frozenset(who), saying) for row in mails_of(known)):
        return True
    meant = (
        named
        or [row for row in rows if row.title & before.about]
        or [row for row in rows if any(row.on(day) for day in saying.days)]
        or rows
    )
    there = [row for row in meant if all(word in row.title | parted(told, row.title) for word in who)]
    if not _BOTH.search(match[0]):
        return bool(there)
    found = [(row.data["title"], row.moments[0]) for row in there]  # what the prompt has of it tells no guests
    return all((row.data["title"], row.moments[0]) in found for row in meant)


def _writes_of_it(row: Row, who: frozenset[str], saying: Saying) -> bool:
    """ "Henrique's coming at half past eight": somebody whose mail says so, and when."""
    told = [replace(row, text=part) for part in row.parts if _COMES & stems(part) and not is_denial(part)]
    then = [one for one in told if all(map(one.has, saying.clocks)) and all(map(one.on, saying.days))]
    return who <= senders(row) and bool(then and (saying.clocks or saying.days))


def _is_theirs(match: re.Match[str], known: Known) -> bool:
    """ "Rutuja's birthday": of two things that were read it isn't the name of the one before the word of the other."""
    who, rows = stem(match["who"]), known.rows_of("events")
    there = [row for row in rows if stem(match["what"]) in stems(str(row.data.get("title")))]
    return not there or not any(who in row.title for row in rows) or any(who in row.title for row in there)


def unaccompanied(saying: Saying, known: Known, before: Sentence) -> bool | None:
    """Whether nobody takes part in what is told of, where that is said; None where it isn't, or nothing is known of it."""
    only = _ONLY_THEY.search(saying.text)
    if not only and not _NOBODY.search(saying.lower):
        return None
    rows = [row for row in (*known.here, *known.thread) if "guests" in row.data]
    named = set(saying.content) | before.about
    meant = [row for row in rows if row.title & named] or rows
    if only:
        who = stems(only["who"] or only["who2"]) - LITTLE
        return any(row.data["guests"] and all(_is_of(one, who) for one in row.data["guests"]) for row in meant)
    return not any(row.data["guests"] for row in meant) if meant else None


def _is_of(address: str, who: frozenset[str]) -> bool:
    """Whether somebody's address has a name among these: "meiling.chen" is Mei-Ling's, too."""
    parts = stems(address.partition("@")[0])
    return any(part.startswith(tuple(who)) for part in parts)
