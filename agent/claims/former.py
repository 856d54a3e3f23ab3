"""What was before a change: "five instead of half past four", "from ten to eleven". Earlier rows or the agenda have it, not the receipt."""

import re
from collections.abc import Sequence

from agent.claims.clocks import Clock
from agent.claims.days import minute_of
from agent.claims.known import Known, Told
from agent.claims.listed import begins
from agent.claims.moods import is_denial
from agent.claims.rows import Row
from agent.claims.saying import Saying

_INSTEAD = re.compile(r",? (?:instead of|rather than|and no longer) (?P<old>[^,;.!?]+)")
_USED_TO_BE = re.compile(r"\b(?:no longer|was|used to be|had been|were)\b")
_IT_WAS = re.compile(
    r"(?:and |but |so )?(?:(?:before(?: that)?|previously|until now|so far),? )?(?:it|they|(?:the|your) [\w -]+?)(?:'d| was| were| had been| would(?:'ve| have)| used to)\b(?! (?:it|that|added|made|moved|put|changed|already)\b)"
)
_TAKING = frozenset({"cancel_event", "delete_task", "cancel_reminder", "undo", "complete_task"})
_AFTER_OLD = re.compile(r"\b(?:instead of|rather than|from|not)\s*(?:at )?$")


def without_former(text: str, known: Known) -> str:
    """The clause without the old hour or day that it tells after "instead of", if it may have been that."""

    def kept(match: re.Match[str]) -> str:
        old = _old(match, known)
        if not (old.clocks or old.days) or old.content:
            return match[0]
        rows = former(known.receipts, known) or known.persons
        by_their_words = old.clocks and all(_off_by(clock, known.receipts, known) for clock in old.clocks)
        return "" if _of_one(old, rows) or by_their_words else match[0]

    return _INSTEAD.sub(kept, text)


def _old(match: re.Match[str], known: Known) -> Saying:
    return Saying(f"at {match['old']}", known.now.date())


def wrong_former(saying: Saying, known: Known) -> bool:
    """Whether it still tells an old hour or day: one that it wasn't."""
    olds = [_old(match, known) for match in _INSTEAD.finditer(saying.text)]
    return any((one.clocks or one.days) and not one.content for one in olds)


def was_then(saying: Saying, known: Known) -> bool | None:
    """ "It would have come on Monday": whether what was changed or taken away was then; None where nothing of the kind is told."""
    if not _IT_WAS.match(saying.lower) or not (saying.clocks or saying.days) or is_denial(saying.lower):
        return None
    taken = [row for one in known.receipts if one.tool in _TAKING for row in one.rows]
    rows = [row for row in (*former(known.receipts, known), *taken) if row.dates or row.clocks]
    titles = frozenset().union(*(row.title for row in rows))
    if not rows or set(saying.content) - titles:
        return None
    return _of_one(saying, rows)


def tells_former(saying: Saying, known: Known) -> bool:
    """ "Before that it was half past four": an hour of what was changed, as it was."""
    told = saying.clocks and _USED_TO_BE.search(saying.lower)
    return bool(told) and _of_one(saying, former(known.receipts, known))


def _of_one(saying: Saying, rows: Sequence[Row]) -> bool:
    """Whether its hours and days are those of one thing."""
    return any(
        all(row.has(clock) for clock in saying.clocks) and all(row.on(day) for day in saying.days) for row in rows
    )


def is_former(clock: Clock, saying: Saying, receipts: Sequence[Told], known: Known) -> bool:
    """Whether an hour of a claim is told as the one before, and may have been it."""
    if not _AFTER_OLD.search(saying.timed[: clock.start].lower()):
        return False
    rows = former(receipts, known)
    return any(row.has(clock) for row in rows or known.persons) or (not rows and _off_by(clock, receipts, known))


def _off_by(clock: Clock, receipts: Sequence[Told], known: Known) -> bool:
    """ "At eight instead of nine", asked for an hour earlier: so far from the new one as they said themselves."""
    by = {length for row in known.persons for length in row.lengths}
    new = {begins(row) for one in receipts for row in one.rows if row.moments}
    return any(clock.means(minute_of(at) + way * length) for at in new for length in by for way in (1, -1))


def former(receipts: Sequence[Told], known: Known) -> list[Row]:
    """The rows that tell of the same things as they were: in the agenda, in what was read before, in what the person said."""
    titles = [row.title for one in receipts for row in one.rows if "title" in row.data]
    read = [row for one in known.answers if one.now and not one.wrote for row in one.rows if "starts" in row.data]
    found = [
        row for row in (*known.spans, *read, *known.thread) if row.clocks and any(row.title & one for one in titles)
    ]
    return [*found, *(row for row in known.persons if found and row.clocks)]


_STOOD_BEFORE = re.compile(
    r"\bi(?:'d| had)?(?: already| always)? (?:knew|known)\b|\byou(?:'ve)? already (?:have|had|got)\b|\bi (?:already had|had (?:it|that|this) (?:already|down))\b|\byou(?:'d|'ve| had| have)?(?: once| already)? (?:told|gave|given|mentioned|said)\b.*\b(?:already|before|last \w+|ago|once|earlier)\b|\byou(?:'d|'ve| had| have)? (?:once|already) (?:told|mentioned)\b|\b(?:had been|were|was|i had|you had|you'd had|i'd had)\b.*\b(?:before|already|previously|earlier|until now|so far)\b|\b(?:overwrites?|overwrote|replaces?|replaced|supersedes?)\b|\b(?:twice|duplicate|doubled|double now|two of (?:it|them) now)\b"
)


_WAS_THERE = re.compile(
    r"\b(?:was|were) already (?:on|in|down|there|due|set|saved)\b|\b(?:was|were) (?:on|in) (?:your|the) [\w ]*(?:list|calendar)s? already\b"
)
_SET_THEN = re.compile(
    r"\byou(?:'d| had)?(?: only| just| first)* (?:set|added|put|made|created|noted|asked for) (?:it|that|this|them|the \w+)\b.*\b(?:last \w+|yesterday|ago|on \w+day|in \w+)\b"
)
""" "You'd set that last week": what nobody has looked up."""
_MAKING = frozenset({"add_task", "add_event", "remember", "set_reminder"})


def stood_before(saying: Saying, known: Known) -> bool:
    """Whether it tells what was there before something was added, though nobody has looked, or what was added takes nothing's place."""
    if known.answers_read:
        return False
    done = [*known.receipts, *known.refusals]
    if _SET_THEN.search(saying.lower):
        return bool(done)
    if is_denial(saying.lower):
        return False
    if _WAS_THERE.search(saying.lower):
        return not any(saying.content and set(saying.content) <= one.words for one in (*known.earlier, *known.reads))
    return bool(_STOOD_BEFORE.search(saying.lower)) and any(one.tool in _MAKING for one in done)
