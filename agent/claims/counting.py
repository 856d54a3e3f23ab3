"""How many of each family of things there are, as far as tools have told."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime

from agent.claims.clocks import Clock, without_clocks
from agent.claims.days import Day, part_of_day
from agent.claims.known import Known
from agent.claims.moods import is_denial
from agent.claims.numbers import NUMBER, Count, numbers, value
from agent.claims.plain import stem, stems
from agent.claims.saying import THERE, Saying, Sentence
from agent.claims.vocabulary import LITTLE

_FAMILY = {
    "events": "events", "busy": "events", "tasks": "tasks", "reminders": "reminders", "messages": "messages", "important": "messages",
    "memories": "memories", "changes": "changes", "undone": "changes", "conflicts": "conflicts", "actions": "tasks",
    "suggestions": "suggestions", "free": "gaps", "choices": "events",
}  # fmt: skip
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
    rf"\b(?P<count>{NUMBER}) (?:of (?:them|those|these) )?(?:(?:(?:are|is|things|appointments|meetings) )?in the|(?:are|is|things|appointments|meetings) this) (?:morning|afternoon|evening)\b"
)


@dataclass(frozen=True)
class Counts:
    """True counts by family; "any" has all of them. `marked` has those of what is overdue, unread and the like."""

    whole: Mapping[str, set[int]]
    part: Mapping[str, set[int]]
    marked: Mapping[str, set[int]]

    def holds(self, count: Count, *, part: bool) -> bool:
        """Whether there are so many; with `part` a number of them may be told, too."""
        if count.others and count.marked and self.marked.get("others"):
            return count.number in self.marked["others"]
        if count.marked and any(self.marked.values()):
            return count.number in self.marked.get(count.marked, set())
        whole = self.whole.get(count.family, set())
        if count.number in whole:
            return True
        return part and (count.number in self.part.get(count.family, set()) or count.number < max(whole, default=0))


def numbers_of(known: Known, days: Sequence[Day] = ()) -> Counts:
    """The counts that are true; with `days` only those of these days, where they are known."""
    whole, part, marked = (
        defaultdict[str, set[int]](set),
        defaultdict[str, set[int]](set),
        defaultdict[str, set[int]](set),
    )
    timed: set[int] = set()
    for answer in known.reads:
        result = answer.content.get("result", {})
        for name, given in result.items():
            if isinstance(given, list) and name in _FAMILY:
                things = [one for one in given if isinstance(one, dict) and _on(one, known, days, name)]
                whole[_FAMILY[name]].add(len(things) if things else len(given) * (not days))
                part[_FAMILY[name]].update(_parts(things, known, _FAMILY[name]))
                if _FAMILY[name] == "events":
                    timed.add(sum(not one.get("all_day") for one in things))
                for mark, number in _marked(things, known, name):
                    marked[mark].add(number)
                if asked := {"today": "due today", "overdue": "overdue"}.get(str(answer.arguments.get("which"))):
                    marked[asked].add(len(things))
            elif name in ("unread", "others") and isinstance(given, int):
                whole["messages"].add(given)
                marked[name].add(given)
    for answer in known.refusals:
        whole["events"].add(len(answer.content.get("choices") or ()))
    if known.agenda and days and not any(one.now for one in known.reads):
        by_day = Counter(day for row in known.agenda for day in row.dates if all(one.fits(day) for one in days))
        whole["events"] |= set(by_day.values())
    if known.receipts:
        whole["changes"].add(len(known.receipts))
    for counts in (whole, part):
        counts["any"] = set().union(*counts.values()) if counts else set()
    whole["events"] |= timed  # what has no hours is no appointment
    return Counts(whole, part, marked)


def as_asked_for(count: Count, known: Known) -> bool:
    """Whether so many of the prompt's next events lie in what was asked about, "tonight", where nothing was called."""
    part = part_of_day(known.asked.lower())
    if known.answers or count.family not in ("events", "any"):
        return False
    spans = [row.span for row in known.spans if row.span and all(row.on(day) for day in known.asked_days)]
    return count.number == sum(
        part is None or part[0] <= starts.hour * 60 + starts.minute < part[1] for starts, _ in spans
    )


def counts_of_its_name(saying: Saying, known: Known) -> bool:
    """ "Three budget reviews": there are so many of that name; True where nothing is counted by its name."""
    for match in _OF_A_NAME.finditer(saying.bare.lower()):
        named = {stem(word) for word in match["what"].split()} - LITTLE
        number = value(match["count"])
        if not named or any(
            match[0] in row.text.lower() or (named <= row.title and number in numbers(str(row.data.get("title") or "")))
            for row in known.here
        ):
            continue  # "the two last chapters" are one task
        there = _of_name(named, known, saying.days)
        refused = frozenset().union(*(one.words | stems(one.say) for one in known.refusals))
        if (there or named <= refused) and number > there:
            return False
        if number < there and THERE.search(saying.lower) and not _SOME.search(saying.bare.lower()):
            return False
    return _alone(saying, known)


def _alone(saying: Saying, known: Known) -> bool:
    """ "There's only one budget review": there is no other of that name."""
    match = _ONE_ALONE.search(saying.bare.lower())
    named = {stem(word) for word in match["what"].split()} - LITTLE if match else set()
    return not named or _of_name(named, known) <= 1


def of_a_name(count: Count, known: Known) -> bool:
    """ "Two programme meetings" are not all meetings."""
    return bool((stems(count.named) - LITTLE) & known.titles) and not count.marked


def counted_around(saying: Saying, known: Known, days: Sequence[Day]) -> bool | None:
    """ "Two before noon and one after": so many begin on either side of an hour; None where none are counted so."""
    text, hours = saying.timed.lower(), saying.clocks
    found = [one for one in _AROUND.finditer(text) if not any(at.start <= one.start() < at.end for at in hours)]
    begins = [
        row.span[0]
        for row in known.rows_of("events")
        if row.span and all(row.on(day) for day in days or known.days_meant)
    ]
    if not found or not hours or saying.content or not begins:
        return None
    told = [at.hour * 60 + at.minute for at in begins]
    return all(
        any(
            value(one["count"]) == sum((minute < middle) is (one["side"] != "after") for minute in told)
            for middle in _middle(one.end(), hours).minutes
        )
        for one in found
    )


def _middle(at: int, hours: Sequence[Clock]) -> Clock:
    """The hour after a place, or the one that was named before."""
    after = [clock for clock in hours if at <= clock.start <= at + 12]
    return after[0] if after else hours[0]


def _of_name(named: Set[str], known: Known, days: Sequence[Day] = ()) -> int:
    """How many there are of a name: of those to choose from, if it was asked which."""
    rows = [row for row in known.here if row.kind in _NAMED and named <= (row.title if row.data else row.words)]
    rows = [row for row in rows if not row.dates or all(row.on(day) for day in days)]
    choices = {row.text for row in rows if row.kind == "choices"}
    return len(choices) or len({(str(row.data.get("title")), row.moments[:1]) for row in rows})


def parts_counted(saying: Saying, known: Known, before: Sentence) -> bool:
    """ "Two of them in the afternoon": so many begin then; True where nothing is counted so."""
    days = saying.days or before.days
    ahead = None if is_denial(saying.lower) else _AHEAD.search(saying.bare.lower())
    if ahead and (
        coming := {
            (row.text, row.span)
            for row in known.here
            if row.kind == "events" and row.span and all(row.on(day) for day in days or known.days_meant)
        }
    ):
        return value(ahead["count"]) == sum(span is not None and span[1] > known.now for _, span in coming)
    match = _IN_PART.search(without_clocks(saying.timed).lower())
    rows = {
        (row.text, row.span)
        for row in known.here
        if row.kind in ("events", "busy") and row.span and all(row.on(day) for day in days)
        if not (_APART.search(before.text.lower()) and row.title & before.told)
    }
    part = part_of_day(match[0]) if match else None
    if match is None or part is None or not rows:
        return True
    return value(match["count"]) == sum(
        span is not None and part[0] <= span[0].hour * 60 + span[0].minute < part[1] for _, span in rows
    )


def _on(thing: Mapping[str, object], known: Known, days: Sequence[Day], name: str) -> bool:
    if not days or name not in ("events", "busy"):
        return True
    return all(day.fits(date.fromisoformat(_day(thing, known))) for day in days)


def _parts(things: Sequence[Mapping[str, object]], known: Known, family: str) -> Iterator[int]:
    """Of things of several days those of each; of a day those still to come; of tasks those overdue, due today, on each list."""
    by_day = Counter(_day(one, known) for one in things)
    yield from (count for day, count in by_day.items() if day)
    if family == "events":
        yield sum(1 for one in things if "ends" in one and datetime.fromisoformat(str(one["ends"])) > known.now)
    elif family == "tasks":
        yield from Counter(str(one["list"]) for one in things if one.get("list")).values()
    elif family == "changes":
        yield sum(1 for one in things if not one.get("undone_at"))


def _marked(things: Sequence[Mapping[str, object]], known: Known, name: str) -> Iterator[tuple[str, int]]:
    if name in ("messages", "important"):
        yield "unread", sum(1 for one in things if one.get("unread"))
        yield "important", sum(1 for one in things if one.get("important"))
    elif name == "tasks":
        today = known.now.date().isoformat()
        dues = [str(one["due"])[:10] for one in things if one.get("due")]
        yield from (("overdue", sum(due < today for due in dues)), ("due today", sum(due == today for due in dues)))


def _day(thing: Mapping[str, object], known: Known) -> str:
    moment = str(thing.get("starts") or thing.get("due") or thing.get("at") or "")
    if "T" in moment:
        return datetime.fromisoformat(moment).astimezone(known.prompt.zone).date().isoformat()
    return moment
