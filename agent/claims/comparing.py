"""The longest, the shortest, the first, the last, the newest of what was read: which one it is, the rows tell."""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from agent.claims.days import without_days
from agent.claims.gaps import between
from agent.claims.known import Known
from agent.claims.lasting import near
from agent.claims.listed import begins, ends, family_of, lasts, listing, meant, on_days, slots
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
_COPULA = re.compile(
    r"\b(?:is|are|was|comes?|came|begins?|starts?|goes|takes?|took|lasts?|has|have|gets?|there's|on)\b|'s\b|:"
)


def compared(saying: Saying, known: Known, before: Sentence) -> bool | None:
    """Whether the one that is called the longest, the first, … is; None where none is called so, or it can't be told which is meant."""
    parts = [Saying(part, saying.today) for part in _PARTS.split(saying.text) if part.strip()]
    found = [_compared(part, known, before) for part in parts]
    if False in found:
        return False
    beside = any(so is None and part.lengths for part, so in zip(parts, found, strict=True))
    return True if True in found and not beside else None


def _compared(saying: Saying, known: Known, before: Sentence) -> bool | None:
    lower = saying.lower
    if family_of(known) == "changes":
        return _of_changes(saying, known)
    if _LONGEST.search(lower) or _SHORTEST.search(lower):
        return _by_length(saying, known, max if _LONGEST.search(lower) else min)
    if _NEXT_AFTER.search(lower):
        return _next_after(saying, known, before)
    if (starts := _STARTS.search(lower)) and saying.clocks and not saying.content:
        day = [row for row in on_days(_in_time(known, saying), saying) if family_of(known) == "events"]
        at = min((begins(row) for row in day), default=None)
        return any(one.means(at.hour * 60 + at.minute) for one in saying.clocks) if at and starts else None
    of_rank = family_of(known) == "events" and _NTH.search(without_days(lower))
    if _FINISH.search(lower) and len(saying.clocks) == 1 and not saying.content and family_of(known) == "events":
        day = [
            row for row in on_days(_in_time(known, saying), saying) if not before.days or all(map(row.on, before.days))
        ]
        at = max(map(ends, day), default=None)
        return saying.clocks[0].means(at.hour * 60 + at.minute) if at else None
    nth = _NTH.search(lower) if of_rank else None
    named = stems(f"{nth['what']} {nth['kind']}") & (known.titles - LITTLE) if nth else frozenset()
    if nth and (named or stem(nth["kind"]) in LITTLE):
        gaps = [] if named else known.rows_of("free")  # "the second one" of two windows
        rows = [row for row in sorted(gaps or _in_time(known, saying), key=begins) if named <= row.title]
        row = rows[_PLACES[nth["which"]] :][:1]
        so = _is(row[0], _about(saying, nth.start()), gaps or listing(known)) if row else False
        if so is None and row and saying.lengths:
            return all(near(length, int(lasts(row[0]).total_seconds()) // 60, lower) for length in saying.lengths)
        last = so and _LATE.search(lower)
        return _by_time(saying, known, _in_time(known, saying), first=False) if last else so
    if _NEXT_DUE.search(lower) and family_of(known) == "tasks":
        return _next_due(saying, known)
    if _URGENT.search(lower) and family_of(known) == "tasks":
        return _urgent(saying, known)
    if (rank := _EARLY.search(lower) or _LATE.search(lower)) and _of_a_title(rank[0], saying, known):
        return None
    if _NO_RANK.search(lower) or not _COPULA.search(lower):
        return None
    if match := _EARLY.search(lower) or _LATE.search(lower):
        rows = _of_its_day(saying, match.end(), known, before)
        return _by_time(saying, known, rows, first=bool(_EARLY.search(lower)))
    return None


def _of_its_day(saying: Saying, at: int, known: Known, before: Sentence) -> list[Row]:
    """What the rank is among: "the last thing today", "tomorrow's first"; the day of what is told to be the first is another matter."""
    copula = _COPULA.search(saying.lower, at)
    head = Saying(saying.text[: copula.start() if copula else None], saying.today)
    days = head.days or before.days or ([] if known.answers else saying.days) or known.days_meant
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
    named = [row for row in rows if row.title & set(saying.content)] if not gaps else []
    beside = named_in_order(saying.lower, listing(known)) if gaps and "between" in saying.lower else []
    if len(beside) == 2 and not saying.clocks:
        between_them = [row for row in gaps if (begins(row), ends(row)) == (ends(beside[0]), begins(beside[1]))]
        return any(lasts(row) == best for row in between_them)
    if saying.lengths and any(timedelta(minutes=length) != best for length in saying.lengths):
        return False
    if gaps and saying.clocks:
        return any(lasts(row) == best and all(row.has(clock, loosely=True) for clock in saying.clocks) for row in rows)
    if not named:
        return True if saying.lengths else None
    return any(lasts(row) == best for row in _most(named, saying))


def _next_after(saying: Saying, known: Known, before: Sentence) -> bool | None:
    ones = meant("", known, before)
    rows = sorted((row for row in listing(known) if row.moments), key=begins)
    if not ones or not rows:
        return None
    later = [row for row in rows if begins(row) > begins(ones[0])]
    return _is(later[0], saying, rows) if later else False


def _next_due(saying: Saying, known: Known) -> bool | None:
    """ "The next deadline after today is the cake": of what is due then, none is due before it."""
    today = known.now.date()
    rows = [row for row in listing(known) if row.dates and min(row.dates) >= today]
    rows = [row for row in rows if all(row.on(day) for day in saying.days if day.wide)]
    named, dues = [row for row in rows if row.title & set(saying.content)], [min(row.dates) for row in rows]
    if not named:
        return None
    first = {min((day for day in dues if day >= since), default=None) for since in (today, today + timedelta(days=1))}
    return any(min(row.dates) in first for row in _most(named, saying))


def _of_a_title(word: str, saying: Saying, known: Known) -> bool:
    """ "The two last chapters", where the task is called so: nothing is put in an order."""
    named = [row for row in listing(known) if row.title & set(saying.content)]
    return any(word in str(row.data.get("title") or row.text).lower().split() for row in named)


def _urgent(saying: Saying, known: Known) -> bool | None:
    """ "The most urgent are the form and the tap": none is due before them."""
    rows = [row for row in listing(known) if row.dates or "due" in row.data]
    told = [
        frozenset(word for word in row.title & set(saying.content) if sum(word in one.title for one in rows) == 1)
        for row in rows
    ]
    dues = sorted(min(row.dates) for row in rows if row.dates)
    named = [min(row.dates, default=date.max) for row, own in zip(rows, told, strict=True) if own]
    return sorted(named) == dues[: len(named)] if named else None


def _by_time(saying: Saying, known: Known, rows: Sequence[Row], *, first: bool) -> bool | None:
    if len(rows) < 2:
        return None
    every = [row for row in listing(known) if row.title & set(saying.content)]
    if every and family_of(known) == "tasks" and not any(row.dates for row in every):
        return False  # what has no day is neither first nor last
    key = _dated(known)
    rows = sorted(rows, key=key)
    ends = [rows[0] if first else rows[-1]]
    if first and (coming := [row for row in rows if key(row) > known.now]):
        ends.append(coming[0])  # the first of what is still to come
    if family_of(known) == "messages" and re.search(r"\b(?:first|last)\b", saying.lower):
        ends = [rows[0], rows[-1]]  # from either end
    told = [_is(one, saying, rows) for one in ends]
    return None if told[0] is None else any(told)


def _about(saying: Saying, at: int) -> Saying:
    """What is told of the thing at a place of the clause, without what is told of another beside it."""
    ends = [at + match.start() for match in _BESIDE.finditer(saying.text[at:])]
    return Saying(saying.text[: min(ends, default=len(saying.text))], saying.today, saying.first, saying.past)


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
    if family_of(known) == "tasks":
        marked = re.search(r"\b(?:late|overdue)\b", saying.lower)
        dated = [row for row in rows if row.dates]
        return [row for row in dated if min(row.dates) < known.now.date()] if marked else dated
    if family_of(known) == "messages" and re.search(r"\bunread|new\b", saying.lower):
        rows = [row for row in rows if row.data.get("unread")]
    return [row for row in rows if row.moments and not row.whole_days]


def _dated(known: Known) -> Callable[[Row], datetime]:
    def when(row: Row) -> datetime:
        if row.moments:
            return begins(row)
        return datetime.combine(min(row.dates), datetime.min.time(), known.prompt.zone)

    return when


def _most(rows: Sequence[Row], saying: Saying) -> list[Row]:
    """Those that have most of what is named."""
    named = set(saying.content)
    most = max(len(row.title & named) for row in rows)
    return [row for row in rows if len(row.title & named) == most or row.title <= stems(saying.lower)]
