"""The longest, the shortest, the first, the last, the newest of what was read: which one it is, the rows tell."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from agent.claims.days import minute_of, without_days
from agent.claims.gaps import between
from agent.claims.known import Known
from agent.claims.lasting import near
from agent.claims.listed import begins, ends, family_of, lasts, listing, on_days, slots, told_last
from agent.claims.plain import stem, stems
from agent.claims.rows import Row
from agent.claims.saying import Saying, Sentence
from agent.claims.stretches import named_in_order
from agent.claims.vocabulary import LITTLE

_LONGEST = re.compile(
    r"\b(?:(?:longer|bigger|larger) (?:one|slot|gap|window|stretch|block|of the two)|longest|lengthiest|biggest|largest|most (?:of the |of your )?time|(?:the )?most room)\b"
)
_SHORTEST = re.compile(
    r"\b(?:(?:shorter|smaller) (?:one|slot|gap|window|stretch|block|of the two)|shortest|briefest|quickest|smallest|least (?:of the |of your )?time)\b"
)
_GAPS = re.compile(r"\b(?:gaps?|stretch|slots?|windows?|free|blocks?|breaks?|openings?|holes?|time off)\b")
_EARLY = re.compile(r"\b(?:first|earliest|soonest|nearest|oldest|older|opens)\b")
_URGENT = re.compile(r"\b(?:most (?:urgent|pressing|overdue)|longest overdue|furthest behind)\b")
_LATE = re.compile(r"\b(?:last|latest|final|newest|newer|youngest|most recent)\b")
_NEXT_AFTER = re.compile(r"\bnext(?: \w+)? after (?:that|this|it)\b|\bafter (?:that|this|it),? the next\b")
_NO_RANK = re.compile(
    r"\b(?:first|last|next|final|latest|earliest) (?:week|weekend|\w+day|month|year|night|time|name|half|thing in|of all|but|minute|two|three|four|five|few|call|word|days?|ones|one's)\b"
    r"|\b(?:at|since|for the|very|in the) (?:first|last|latest|earliest)\b(?! (?:thing|one|appointment|meeting))|(?<!comes )(?<!is )(?<!are )(?<!'s )\b(?:first|last),|\bfirst (?:thing )?in the\b|\blast(?:s|ed)\b|\b(?:before|after|until|till|since|from|to) (?:the|your) (?:\w+ )?(?:first|last)\b|\bit will last\b|\b(?:second|third)\b"
)
_NEXT_DUE = re.compile(r"\bnext (?:up\b|deadline|task|one\b|to-do|thing due)|\b(?:is|are|comes?) next\b")
_STARTS = re.compile(
    r"\b(?:you|your (?:day|morning)|the day|tomorrow|today|it all) (?:only |don't )?(?:start|begin|kick off)s?\b(?! with)"
)
_FINISH = re.compile(
    r"^(?:and )?(?:you )?finish at\b|\b(?:you|your day|the day|tomorrow|today) (?:only |all )?finish(?:es)?\b(?! with)"
)
_NTH = re.compile(
    r"\b(?:your|the) (?P<which>second|third|fourth) (?P<what>(?:[\w-]+ ){0,2}?)(?P<kind>one|thing|appointment|meeting|event|entry|[\w-]+)\b"
)
_PLACES = {"second": 1, "third": 2, "fourth": 3}
_PARTS = re.compile(
    r"[;]|,? and (?=then\b|(?:you )?finish at\b|an? (?:long|short)|(?:the|your) (?:long|short|old|new|late|first|last|early)|it\b|that\b|they\b|you\b)|, (?=the (?:long|short|old|new)|then\b|followed by\b)"
)
_BESIDE = re.compile(r",? and (?=[^,]*(?:\d|\b(?:at|from)\b))")
_FROM_THEN = re.compile(r"\b(?:in|after|before|later|until)\b")
""" "In two hours": not how long it takes."""
_COPULA = re.compile(
    r"\b(?:is|are|was|comes?|came|begins?|starts?|goes|takes?|took|lasts?|has|have|gets?|there's|on)\b|'s\b|:"
)
_IS = re.compile(r"\b(?:is|are|was)\b")


def compared(saying: Saying, known: Known, before: Sentence) -> bool | None:
    """Whether the one that is called the longest, the first, … is; None where none is called so, or it can't be told which is meant."""
    parts = [Saying(part, saying.today) for part in _PARTS.split(saying.text) if part.strip()]
    found = [(part, _compared(part, known, before)) for part in parts]
    if any(so is False for _, so in found):
        return False
    beside = any(so is None and part.lengths for part, so in found)  # "a slot of an hour, and a shorter one"
    return True if any(so for _, so in found) and not beside else None


def _compared(saying: Saying, known: Known, before: Sentence) -> bool | None:
    lower, family = saying.lower, family_of(known)
    if family == "changes":
        return _of_changes(saying, known)
    if _LONGEST.search(lower) or _SHORTEST.search(lower):
        return _by_length(saying, known, max if _LONGEST.search(lower) else min)
    if _NEXT_AFTER.search(lower):
        return _next_after(saying, known, before)
    if family == "events":
        if saying.clocks and not saying.content and (_STARTS.search(lower) or _FINISH.search(lower)):
            return _of_the_day(saying, known, before)
        if _NTH.search(without_days(lower)) and (nth := _NTH.search(lower)):
            return _in_its_place(saying, known, nth)
    if family == "tasks" and _NEXT_DUE.search(lower):
        return _next_due(saying, known)
    if family == "tasks" and _URGENT.search(lower):
        return _urgent(saying, known)
    rank = _EARLY.search(lower) or _LATE.search(lower)
    if rank is None or _of_a_title(rank[0], saying, known) or _NO_RANK.search(lower) or not _COPULA.search(lower):
        return None
    return _by_time(saying, known, _of_its_day(saying, rank.end(), known, before), first=rank.re is _EARLY)


def _of_the_day(saying: Saying, known: Known, before: Sentence) -> bool | None:
    """ "You start at nine", "and finish at half past five": when the first thing of the day begins, or the last is over."""
    days = saying.days or before.days
    day = [row for row in _in_time(known, saying) if all(row.on(one) for one in days)]
    if not day:
        return None
    at = min(map(begins, day)) if _STARTS.search(saying.lower) else max(map(ends, day))
    return any(clock.means(minute_of(at)) for clock in saying.clocks)


def _in_its_place(saying: Saying, known: Known, nth: re.Match[str]) -> bool | None:
    """ "Your second appointment is the dentist", "the second one is two hours", of two windows."""
    named = stems(f"{nth['what']} {nth['kind']}") & (known.titles - LITTLE)
    if not named and stem(nth["kind"]) not in LITTLE:
        return None
    gaps = [] if known.titles.intersection(saying.content) else known.rows_of("free")
    rows = [row for row in sorted(gaps or _in_time(known, saying), key=begins) if named <= row.title]
    if len(rows) <= _PLACES[nth["which"]]:
        return False
    row = rows[_PLACES[nth["which"]]]
    so = _is(row, _about(saying, nth.start()), gaps or listing(known))
    if so is not False and saying.lengths and not _FROM_THEN.search(saying.lower):
        return all(near(length, int(lasts(row).total_seconds()) // 60, saying.lower) for length in saying.lengths)
    return _by_time(saying, known, _in_time(known, saying), first=False) if so and _LATE.search(saying.lower) else so


def _of_its_day(saying: Saying, at: int, known: Known, before: Sentence) -> list[Row]:
    """What the rank is among: "the last thing today", "tomorrow's first"; the day of what is told to be the first is another matter."""
    copula = None if _IS.search(saying.lower, 0, at) else _COPULA.search(saying.lower, at)  # "is the last on Monday"
    head = Saying(saying.text[: copula.start() if copula else None], saying.today)
    days = head.days or before.days or known.days_meant
    return [row for row in _in_time(known, saying) if all(row.on(day) for day in days)]


def _of_changes(saying: Saying, known: Known) -> bool | None:
    """ "The physio came first", "the latest was the milk": of what was changed, in the order in which it was done."""
    first, last = _EARLY.search(saying.lower), _LATE.search(saying.lower)
    done = [frozenset().union(*(row.title for row in one.rows)) for one in known.stood]
    named = [at for at, title in enumerate(done) if title & set(saying.content)]
    if not (first or last) or not named or len(done) < 2:
        return None
    return named[0] == 0 if first else named[-1] == len(done) - 1


def _by_length(saying: Saying, known: Known, extreme: Callable[[list[timedelta]], timedelta]) -> bool | None:
    of_gaps = _GAPS.search(saying.lower) or (known.rows_of("free") and not set(saying.content) & known.titles)
    gaps = on_days(known.rows_of("free") or between(known), saying) if of_gaps else []
    rows = gaps or [row for row in on_days(listing(known) or slots(known), saying) if row.span and not row.whole_days]
    if len(rows) < 2:
        return None
    best = extreme([lasts(row) for row in rows])
    beside = named_in_order(saying.lower, listing(known)) if gaps else []
    if len(beside) == 2 and not saying.clocks:
        between_them = [row for row in gaps if (begins(row), ends(row)) == (ends(beside[0]), begins(beside[1]))]
        return any(lasts(row) == best for row in between_them)
    if saying.lengths and any(timedelta(minutes=length) != best for length in saying.lengths):
        return False
    named = [row for row in rows if row.title & set(saying.content)]
    if not named and not saying.clocks:
        return None
    meant = _most(named, saying) if named else rows
    return any(lasts(row) == best and all(row.has(clock, loosely=True) for clock in saying.clocks) for row in meant)


def _next_after(saying: Saying, known: Known, before: Sentence) -> bool | None:
    ones = told_last(known, before)
    rows = sorted((row for row in listing(known) if row.moments), key=begins)
    if not ones:
        return None
    later = [row for row in rows if begins(row) > begins(ones[0])]
    return _is(later[0], saying, rows) if later else False


def _next_due(saying: Saying, known: Known) -> bool | None:
    """ "The next deadline is the cake": none is due before it, but what is due today."""
    today = known.now.date()
    rows = [row for row in listing(known) if row.dates and min(row.dates) >= today]
    rows = [row for row in rows if all(row.on(day) for day in saying.days if day.wide)]
    named = [row for row in rows if row.title & set(saying.content)]
    if not named:
        return False if any(row.title & set(saying.content) for row in listing(known)) else None
    dues = sorted(min(row.dates) for row in rows)
    first = {dues[0], *[day for day in dues if day > today][:1]}
    return any(min(row.dates) in first for row in _most(named, saying))


def _of_a_title(word: str, saying: Saying, known: Known) -> bool:
    """ "The two last chapters", where the task is called so: nothing is put in an order."""
    named = [row for row in listing(known) if row.title & set(saying.content)]
    return any(word in row.text.lower().split() for row in named)


def _urgent(saying: Saying, known: Known) -> bool | None:
    """ "The most urgent are the form and the tap": none is due before them."""
    dues = [(row, min(row.dates, default=date.max)) for row in listing(known)]
    own = {word for word in saying.content if sum(word in row.title for row, _ in dues) == 1}
    named = sorted(due for row, due in dues if row.title & own)
    return named == sorted(due for _, due in dues)[: len(named)] if named else None


def _by_time(saying: Saying, known: Known, rows: Sequence[Row], *, first: bool) -> bool | None:
    if len(rows) < 2:
        return None
    every = [row for row in listing(known) if row.title & set(saying.content)]
    if every and not any(row in rows for row in every):
        return False  # what has no day, or is of another, is neither first nor last
    rows = sorted(rows, key=_when)
    ends = [rows[0] if first else rows[-1]]
    if first:
        ends += [row for row in rows if _when(row) > known.now][:1]  # the first of what is still to come
    if family_of(known) == "messages" and re.search(r"\b(?:first|last)\b", saying.lower):
        ends = [rows[0], rows[-1]]  # from either end
    told = [_is(one, saying, rows) for one in ends]
    return None if told[0] is None else any(told)


def _about(saying: Saying, at: int) -> Saying:
    """What is told of the thing at a place of the clause, without what is told of another beside it."""
    ends = [at + match.start() for match in _BESIDE.finditer(saying.text[at:])]
    return replace(saying, text=saying.text[: ends[0]]) if ends else saying


def _is(row: Row, saying: Saying, rows: Sequence[Row]) -> bool | None:
    """Whether what is named, its hours and days are that row's; None where nothing of the kind is named."""
    named = [one for one in rows if one.title & set(saying.content)]
    known = set(saying.content) & frozenset().union(*(one.title for one in rows))
    if not named and not saying.clocks and not saying.days:
        return None
    if not all(row.has(clock) for clock in saying.clocks) or not all(row.on(day) for day in saying.days):
        return False
    if not named and saying.content and not saying.clocks:
        return None
    return not named or (len(known & row.title) == max(len(known & one.title) for one in named))


def _in_time(known: Known, saying: Saying) -> list[Row]:
    """What can be put in an order: events and mails with their hours, tasks with their days."""
    rows = listing(known)
    if _GAPS.search(saying.lower) and known.rows_of("free"):
        return known.rows_of("free")
    if family_of(known) == "tasks":
        marked = re.search(r"\b(?:late|overdue)\b", saying.lower)
        dated = [row for row in rows if row.dates]
        return [row for row in dated if min(row.dates) < known.now.date()] if marked else dated
    if family_of(known) == "messages" and re.search(r"\bunread|new\b", saying.lower):
        rows = [row for row in rows if row.data.get("unread")]
    return [row for row in rows if row.moments and not row.whole_days]


def _when(row: Row) -> datetime:
    """When it begins, or the beginning of the day on which it is due."""
    return begins(row) if row.moments else datetime.combine(min(row.dates), time(), row.zone)


def _most(rows: Sequence[Row], saying: Saying) -> list[Row]:
    """Those that have most of what is named."""
    named = set(saying.content)
    most = max(len(row.title & named) for row in rows)
    return [row for row in rows if len(row.title & named) == most or not row.title - stems(saying.lower)]
