"""How many of each family of things there are, as far as tools have told."""

import re
from collections.abc import Iterator, Sequence, Set
from datetime import date

from agent.claims.clocks import Clock, without_clocks
from agent.claims.days import PARTS, Day, begins_in, minute_of, part_of_day
from agent.claims.known import Known, Told
from agent.claims.listed import begins, ends
from agent.claims.moods import is_denial
from agent.claims.numbers import NUMBER, Count, numbers, value
from agent.claims.plain import stems
from agent.claims.rows import Row
from agent.claims.saying import THERE, Saying, Sentence
from agent.claims.standing import due_of, is_over
from agent.claims.vocabulary import LITTLE

_FAMILY = {
    "events": "events", "busy": "events", "tasks": "tasks", "reminders": "reminders", "messages": "messages", "important": "messages",
    "memories": "memories", "changes": "changes", "undone": "changes", "actions": "tasks",
    "suggestions": "suggestions", "free": "gaps", "choices": "events tasks reminders",
}  # fmt: skip
_FAMILIES = ["events", "tasks", "reminders", "messages", "memories", "changes", "suggestions", "gaps", "conflicts"]
_NAMED = frozenset({"events", "busy", "tasks", "reminders", "choices"})
_OF_A_NAME = re.compile(
    rf"\b(?P<count>{NUMBER}) (?P<what>(?:(?!of\b|and\b|at\b|to\b|in\b)[a-z'-]+ ){{0,2}}?[a-z-]+s)\b"
)
_ONE_ALONE = re.compile(r"\b(?:only|just) (?:got |have |see |find )?(?:the )?(?:one|a single) (?P<what>[a-z' -]+)")
_AHEAD = re.compile(
    rf"\b(?P<count>{NUMBER})\b[^,;:]*\b(?:still|yet|left|remaining) ?(?:ahead|to come|to go|left)?\b(?! (?:open|over|have|to do))"
)
_SOME = re.compile(r"\b(?:of|left|more|other|others|still|first|last|next|also|at least)\b")
_AROUND = re.compile(
    rf"\b(?P<count>{NUMBER})(?: of (?:them|these|those))?(?: (?:is|are|comes?|starts?|things?))? (?P<side>before|after|by)\b"
)
_APART = re.compile(r"\b(?:apart from|besides|except|other than|aside from)\b")
_IN_PART = re.compile(
    rf"\b(?P<count>{NUMBER}) (?:of (?:them|those|these) )?(?:(?:(?:are|is|things|appointments|meetings) )?in the|(?:are|is|things|appointments|meetings) this) (?P<part>morning|afternoon|evening)\b"
)


def are_there(count: Count, known: Known, days: Sequence[Day], *, part: bool) -> bool:
    """Whether there are so many of a family of things, on these days where they are known; with `part` a number of them may be told, too."""
    if count.marked:
        return count.number in _marked(count, known)
    families = _FAMILIES if count.family == "any" else [count.family]
    whole = {number for family in families for number in _whole(family, known, days)}
    if count.family == "events":  # what has no hours is no appointment
        whole |= {sum(not row.whole_days for row in _on(days, lot)) for _, lot in _lots("events", known)}
    return any(count.number <= one if part else count.number == one for one in whole)


def _whole(family: str, known: Known, days: Sequence[Day]) -> Iterator[int]:
    """How many there are: by what tools have, and what they say themselves."""
    for _, lot in _lots(family, known):
        yield len(_on(days, lot))
        if family != "events":
            yield len(lot)
    if family == "messages":
        yield from (*_told("unread", known), *_told("others", known))
    if family == "events" and not any(one.now for one in known.reads):
        yield sum(all(map(row.on, days)) for row in known.agenda)
    if family == "changes":
        yield len(known.receipts)
    if family == "conflicts" and not days:
        yield from (len(one.result.get("conflicts", ())) for one in known.reads)


def _marked(count: Count, known: Known) -> set[int]:
    """How many are overdue, unread and the like; of others there may be a number of their own."""
    if count.others and (others := _told("others", known)):
        return others
    found = _told(count.marked, known)
    for told, lot in _lots(count.family, known):
        every = count.marked == "due today" and told.result.get("which") == "today"
        found.add(sum(every or _is(count.marked, row, known.now.date()) for row in lot))
    return found


def _is(mark: str, row: Row, today: date) -> bool:
    if mark == "overdue":
        return is_over(row, today)
    return due_of(row) == today if mark == "due today" else bool(row.data.get(mark)) or row.kind == mark


def _lots(family: str, known: Known) -> Iterator[tuple[Told, list[Row]]]:
    """The things of a family that each tool has, list by list; those to choose from are of whatever kind."""
    for told in (*known.reads, *known.refusals):
        for kind in dict.fromkeys(row.kind for row in told.rows):
            if kind in _FAMILY and family in _FAMILY[kind].split():
                yield told, [row for row in told.rows if row.kind == kind]


def _told(name: str, known: Known) -> set[int]:
    return {told for one in known.reads if isinstance(told := one.result.get(name), int)}


def _on(days: Sequence[Day], rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if all(_begins_on(day, row) for day in days)]


def _begins_on(day: Day, row: Row) -> bool:
    """Whether it begins, or is due, on that day; what has no date may name it."""
    due = begins(row).date() if row.moments else due_of(row)
    return day.fits(due) if due else row.on(day)


def as_asked_for(count: Count, known: Known) -> bool:
    """Whether so many of the prompt's next events lie in what was asked about, "tonight", where nothing was called."""
    part = part_of_day(known.asked)
    if known.answers or count.family not in ("events", "any"):
        return False
    there = [row for row in known.spans if all(map(row.on, known.asked_days))]
    return count.number == sum(not part or begins_in(part, begins(row)) for row in there)


def counts_of_its_name(saying: Saying, known: Known) -> bool:
    """ "Three budget reviews": there are so many of that name; True where nothing is counted by its name."""
    for match in _OF_A_NAME.finditer(saying.bare.lower()):
        named, number = stems(match["what"]) - LITTLE, value(match["count"])
        if not named or any(named <= row.title and number in numbers(without_clocks(row.name)) for row in known.here):
            continue  # "the two last chapters" are one task
        there = _of_name(named, known, saying.days)
        refused = frozenset().union(*(one.words for one in known.refusals))
        if (there or not named - refused) and number > there:
            return False
        if number < there and THERE.search(saying.lower) and not _SOME.search(saying.bare.lower()):
            return False
    alone = _ONE_ALONE.search(saying.bare.lower())  # "there's only one budget review": there is no other
    named = stems(alone["what"]) - LITTLE if alone else frozenset()
    return not named or _of_name(named, known, ()) <= 1


def of_a_name(count: Count, known: Known) -> bool:
    """ "Two programme meetings" are not all meetings."""
    return bool((stems(count.named) - LITTLE) & known.titles) and not count.marked


def counted_around(saying: Saying, known: Known, days: Sequence[Day]) -> bool | None:
    """ "Two before noon and one after": so many begin on either side of an hour; None where none are counted so."""
    text, hours = saying.timed.lower(), saying.clocks
    found = [one for one in _AROUND.finditer(text) if not any(one.start() in range(at.start, at.end) for at in hours)]
    there = [row for row in known.rows_of("events") if row.span and not row.whole_days]
    rows = [row for row in there if all(map(row.on, days or known.days_meant))]
    if not (found and hours and rows) or saying.content:
        return None
    return all(value(one["count"]) in _around(one["side"], _middle(one.end(), hours), rows) for one in found)


def _around(side: str, middle: Clock, rows: Sequence[Row]) -> set[int]:
    """How many begin before an hour, or not before it; "at eight" may be in the morning and in the evening."""
    at = [minute_of(begins(row)) for row in rows]
    return {sum((one < minute) is (side != "after") for one in at) for minute in middle.minutes}


def _middle(at: int, hours: Sequence[Clock]) -> Clock:
    """The hour after a place, or the one that was named before."""
    return next((clock for clock in hours if clock.start >= at), hours[0])


def _of_name(named: Set[str], known: Known, days: Sequence[Day]) -> int:
    """How many there are of a name: of those to choose from, if it was asked which."""
    rows = [row for row in known.here if row.kind in _NAMED and named <= row.title]
    rows = [row for row in rows if not row.dates or all(map(row.on, days))]
    choices = {row.text for row in rows if row.kind == "choices"}
    return len(choices) or len({(row.name, row.moments[:1]) for row in rows})


def parts_counted(saying: Saying, known: Known, before: Sentence) -> bool:
    """ "Two of them in the afternoon", "one is still to come": so many begin then, or are ahead; True where nothing is counted so."""
    days = saying.days or before.days or known.days_meant
    told = before.told if _APART.search(before.text.lower()) else frozenset()
    there = {(row.text, row.span): row for row in known.here if row.kind in ("events", "busy") and row.span}
    rows = [row for row in there.values() if all(map(row.on, days)) and not row.title & told]
    if not rows:
        return True
    ahead = None if is_denial(saying.lower) else _AHEAD.search(saying.bare.lower())
    if ahead:
        return value(ahead["count"]) == sum(ends(row) > known.now for row in rows)
    match = _IN_PART.search(without_clocks(saying.timed).lower())
    return match is None or value(match["count"]) == sum(begins_in(PARTS[match["part"]], begins(row)) for row in rows)
