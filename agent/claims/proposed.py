"""What would be, and isn't so yet: what was asked for, or waits for a yes, is told with its own hours and days."""

import re
from collections.abc import Sequence
from datetime import timedelta

from agent.claims.clocks import Clock
from agent.claims.days import Day
from agent.claims.days import days as days_of
from agent.claims.known import Known
from agent.claims.plain import stems
from agent.claims.rows import Row
from agent.claims.saying import Saying

_YET_TO_BE = re.compile(
    r"\b(?:i'll|i will)(?: also| then| just| happily| gladly)* (?:set|book|put|add|write|send|move|prepare|draft|make|invite|schedule|arrange|block|do|answer)\b"
    r"|\bi'm (?:now |just )?(?:preparing|setting|getting|putting|writing|drafting|lining|working)\b"
    r"|\b(?:it|that|this|they|you|she|he|[a-z]+)(?:'d| would)(?: then| still| now)? (?:be|run(?! into)|go|last|start|begin|end|tell|say|move|read|get|land|fall)\b"
    r"|^(?:and |so )*(?:with|on|after) your (?:yes|okay|ok|go-ahead|approval|confirmation)\b"
)

_WORDS = stems("yes okay answer invitation set book put add write send move prepare draft make invite schedule arrange")


def proposed(saying: Saying, known: Known) -> bool:
    """Whether a clause tells of what is still to be done, with nothing that wasn't asked for or doesn't stand in the question that waits."""
    if known.receipts or (known.answers_now and not known.waiting) or not _YET_TO_BE.search(saying.lower):
        return False
    waiting = [Row(one.say, known.now.date(), known.prompt.zone) for one in known.waiting]
    rows = [*known.persons[-1:], *waiting]
    borne = known.their_words.union(known.words, *(row.words for row in waiting), _WORDS)
    return (
        bool(saying.clocks or saying.days or saying.lengths)
        and borne.issuperset(saying.content)
        and all(any(row.has(clock) or _meant(clock, row) for row in rows) for clock in saying.clocks)
        and (not saying.days or any(_on(saying.days, row) for row in rows))
        and all(any(length in row.lengths for row in rows) for length in saying.lengths)
    )


def _on(days: Sequence[Day], row: Row) -> bool:
    """ "Tuesday the tenth", where next Tuesday was said."""
    if all(map(row.on, days)):
        return True
    near = (row.today + timedelta(days=away) for away in range(14))
    asked = days_of(row.text, row.today)
    return any(one.fits(day) for day in near if all(this.fits(day) for this in days) for one in asked)


def _meant(clock: Clock, asked: Row) -> bool:
    """ "Done by half past two", asked for half an hour at two."""
    if any(clock.means(minute + length) for minute in asked.clocks for length in asked.lengths):
        return True
    return any(
        clock.means(number % 12 * 60 + half) for number in asked.numbers for half in (0, 720)
    )  # "that four suits me"
