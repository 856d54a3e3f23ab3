"""How many of each family of things there are, as far as tools have told."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from agent.claims.days import Day
from agent.claims.known import Known
from agent.claims.numbers import Count

_FAMILY = {
    "events": "events", "busy": "events", "tasks": "tasks", "reminders": "reminders", "messages": "messages", "important": "messages",
    "memories": "memories", "changes": "changes", "undone": "changes", "conflicts": "conflicts", "actions": "tasks",
    "suggestions": "suggestions", "free": "gaps", "choices": "events",
}  # fmt: skip


@dataclass(frozen=True)
class Counts:
    """True counts by family; "any" has all of them. `marked` has those of what is overdue, unread and the like."""

    whole: Mapping[str, set[int]]
    part: Mapping[str, set[int]]
    marked: Mapping[str, set[int]]

    def holds(self, count: Count, *, part: bool) -> bool:
        """Whether there are so many; with `part` a number of them may be told, too."""
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
    for answer in known.reads:
        result = answer.content.get("result", {})
        for name, value in result.items():
            if isinstance(value, list) and name in _FAMILY:
                things = [one for one in value if isinstance(one, dict) and _on(one, known, days, name)]
                whole[_FAMILY[name]].add(len(things) if things else len(value) * (not days))
                part[_FAMILY[name]].update(_parts(things, known, _FAMILY[name]))
                for mark, number in _marked(things, known, name):
                    marked[mark].add(number)
                if asked := {"today": "due today", "overdue": "overdue"}.get(str(answer.arguments.get("which"))):
                    marked[asked].add(len(things))
            elif name in ("unread", "others") and isinstance(value, int):
                whole["messages"].add(value)
                marked[name].add(value)
    for answer in known.refusals:
        whole["events"].add(len(answer.content.get("choices") or ()))
    if known.agenda and not any(one.tool in ("list_events", "find_free_time") for one in known.reads):
        by_day = Counter(day for row in known.agenda for day in row.dates if all(one.fits(day) for one in days))
        whole["events"] |= set(by_day.values())
    if known.receipts:
        whole["changes"].add(len(known.receipts))
    for counts in (whole, part):
        counts["any"] = set().union(*counts.values()) if counts else set()
    return Counts(whole, part, marked)


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
        yield sum(1 for one in things if not one.get("all_day"))
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
