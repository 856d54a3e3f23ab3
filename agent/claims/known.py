"""What may be claimed: the receipts and rows of this turn, the agenda in the prompt, and what the thread still has."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property, lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from agent.claims.asking import is_order
from agent.claims.clocks import Clock
from agent.claims.days import Day, days, minute_of
from agent.claims.plain import plain, stems
from agent.claims.rows import Row, rows, sentences
from agent.prompt import AHEAD
from integrations.model import Answer, Call, Line, Prompt, Replied, Said

_WEEKDAYS = "Mon Tue Wed Thu Fri Sat Sun".split()
_AGENDA = re.compile(
    rf"(?P<day>{'|'.join(_WEEKDAYS)}) (?P<when>all day|(?:[01]\d|2[0-3]):[0-5]\d)(?:–(?P<ends>(?:[01]\d|2[0-3]):[0-5]\d))? “(?P<title>[^”]*)”"
)
_CAME_TO_MIND = re.compile(r"\[[0-9a-f]{8}, (?:said|noticed) \d{4}-\d\d-\d\d[^\]]*\] “([^”]*)”")
"""A memory in the prompt."""
_LISTS = {"busy": "events", "important": "messages", "actions": "tasks", "undone": "changes"}
LOOKING = frozenset({"list_events", "find_free_time"})
"""Tools that look at the calendar."""
_TAKING = frozenset({"cancel_event", "delete_task", "cancel_reminder", "undo"})
_LIKE = r"\b(?:can|could|may|might|would|should|shall|if|will|'ll)\b"


@dataclass(frozen=True)
class Told:
    """What one tool answered."""

    tool: str
    content: Mapping[str, Any]
    arguments: Mapping[str, Any]
    rows: Sequence[Row]
    now: bool
    """In this turn."""

    @property
    def wrote(self) -> bool:
        """Whether it is a receipt."""
        return "receipt" in self.content

    @property
    def failed(self) -> bool:
        """Whether nothing came of it."""
        return "error" in self.content

    @property
    def result(self) -> Mapping[str, Any]:
        """What was read, as the tool gives it; empty where nothing was."""
        found: Mapping[str, Any] = self.content.get("result", {})
        return found

    @cached_property
    def span(self) -> tuple[datetime, datetime] | None:
        """From when to when the calendar was looked at, if it tells."""
        told = self.result.get("span")
        return (datetime.fromisoformat(told["starts"]), datetime.fromisoformat(told["ends"])) if told else None

    @property
    def say(self) -> str:
        """Its own sentence, if it has one."""
        return str(self.content.get("say") or "")

    @cached_property
    def words(self) -> frozenset[str]:
        """The stems of all it tells, and of what was asked of it."""
        asked = " ".join(str(value) for value in self.arguments.values())
        return frozenset().union(
            *(row.words for row in self.rows), stems(self.say), stems(re.sub(r"[@._]", " ", asked))
        )


@dataclass
class Known:
    """Everything that words of this turn can be compared with."""

    prompt: Prompt
    told: set[str] = field(default_factory=set)
    """Truths that were said instead of something else: each is said once."""

    @cached_property
    def asked(self) -> str:
        """The person's words."""
        return next((line.text for line in reversed(self.prompt.lines) if isinstance(line, Said)), "")

    @cached_property
    def now(self) -> datetime:
        """On the person's clock."""
        return self.prompt.now.astimezone(self.prompt.zone)

    def is_now(self, clock: Clock) -> bool:
        """Whether an hour is the present one."""
        return clock.means(minute_of(self.now))

    @cached_property
    def answers(self) -> list[Told]:
        """All tools of the thread that answered, in their order."""
        return list(self._answers())

    def _answers(self) -> Iterator[Told]:
        asked: dict[str, Mapping[str, Any]] = {}
        before = len(self._before())
        for at, line in enumerate(self.prompt.lines):
            if isinstance(line, Call):
                asked[line.id] = line.arguments
            elif isinstance(line, Answer):
                yield self._told(line.tool, line.content, asked.get(line.id, {}), now=at >= before)

    def _told(self, tool: str, content: Mapping[str, Any], arguments: Mapping[str, Any], *, now: bool) -> Told:
        """An answer with its rows; what waits for a yes tells of what isn't so yet."""
        told = {name: content[name] for name in ("receipt", "say")} if "receipt" in content else content
        waits = content.get("error") == "needs_approval"
        return Told(
            tool, content, arguments, [] if waits else [*rows(told, self.now.date(), self.prompt.zone, tool)], now
        )

    @cached_property
    def asked_days(self) -> list[Day]:
        """The days that the person asks about, or today."""
        today = self.now.date()
        return days(self.asked, today) or days("today", today)

    @cached_property
    def days_meant(self) -> list[Day]:
        """Those of which the next events are told where nothing was called and no day is named."""
        return [] if self.answers or is_order(self.asked) else self.asked_days

    @property
    def answers_read(self) -> bool:
        """Whether something was read in this turn."""
        return any(one.now and not one.wrote and not one.failed for one in self.answers)

    @property
    def answers_now(self) -> bool:
        """Whether a tool has answered in this turn."""
        return any(one.now for one in self.answers)

    @cached_property
    def uncalled(self) -> bool:
        """Whether nothing was called in this turn, and the thread has but receipts."""
        return all(one.wrote and not one.now for one in self.answers)

    @cached_property
    def receipts(self) -> list[Told]:
        """What was written in this turn."""
        return [one for one in self.answers if one.now and one.wrote]

    @cached_property
    def earlier(self) -> list[Told]:
        """What was written before."""
        return [one for one in self.answers if not one.now and one.wrote]

    @cached_property
    def stood(self) -> list[Told]:
        """What was written before this turn and wasn't taken back, oldest first: by the list of changes where it was read, else by the thread."""
        read: Mapping[str, Any] = next(
            (one.content["result"] for one in reversed(self.reads) if one.tool == "list_changes"), {}
        )
        changes = [each for each in reversed(read.get("changes", ())) if isinstance(each.get("receipt"), Mapping)]
        undone = [each for one in self.answers if one.wrote for each in one.content["receipt"].get("undone", ())]
        listed = {_key(each) for each in (*changes, *undone)}
        return [
            *(
                self._told(each["tool"], each, each.get("arguments", {}), now=False)
                for each in changes
                if not each.get("undone_at")
            ),
            *(one for one in self.earlier if _key(one.content) not in listed and one.tool != "undo"),
        ]

    @cached_property
    def reads(self) -> list[Told]:
        """What was looked at: in this turn, else in the thread."""
        if not self.answers and self.spans and not is_order(self.asked):
            return [self._glance]
        found = [one for one in self.answers if not one.wrote and not one.failed]
        return [one for one in found if one.now] or found

    @cached_property
    def _glance(self) -> Told:
        """The prompt's next events, as if they had been looked up: from now on, and as far as it has room for them."""
        after = datetime.combine(self.now.date() + timedelta(days=2), time(), self.prompt.zone)
        ends = after if len(self.spans) < AHEAD else max(row.moments[-1] for row in self.spans)
        span = {"starts": self.now.isoformat(), "ends": ends.isoformat()}
        events = [row.data for row in self.spans]
        return Told("list_events", {"result": {"span": span, "events": events}}, {}, self.spans, now=True)

    @cached_property
    def refusals(self) -> list[Told]:
        """What didn't work in this turn and wasn't made good by a later call."""
        answers = [one for one in self.answers if one.now]
        return [
            one for at, one in enumerate(answers)
            if one.failed and not any(later.tool == one.tool and not later.failed for later in answers[at:])
        ]  # fmt: skip

    @cached_property
    def waiting(self) -> list[Told]:
        """What was asked for in the thread, needs a yes and never had it."""
        return [
            one for at, one in enumerate(self.answers)
            if one.content.get("error") == "needs_approval"
            and not any(later.tool == one.tool and later.wrote for later in self.answers[at:])
        ]  # fmt: skip

    @cached_property
    def coming(self) -> Sequence[Row]:
        """The next events, as the prompt gives them; with their ends, where it is all that one has."""
        return self._next(ends=not self.answers)

    @cached_property
    def agenda(self) -> list[Row]:
        """Those that nothing has been changed about since."""
        changed = {str(one.content["receipt"].get("title")) for one in self.receipts}
        changed |= {row.name for one in self.receipts for row in one.rows if row.kind == "stands"}
        return [row for row in self.coming if row.data["title"] not in changed]

    @cached_property
    def spans(self) -> Sequence[Row]:
        """The next events with their ends, for what is computed from both; those as they were before a change, too."""
        return self._next(ends=True)

    def _next(self, *, ends: bool) -> Sequence[Row]:
        """The rows of the agenda: a day's, an hour's or "all day", the hour of its end, and a title each."""
        found = _AGENDA.findall(self.prompt.facts)
        return [_coming(day, when, until if ends else "", title, self.now.date(), self.prompt.zone) for day, when, until, title in found]  # fmt: skip

    @cached_property
    def gone(self) -> frozenset[str]:
        """The stems of what was taken away in this turn."""
        taken = [row for one in self.receipts if one.tool in _TAKING for row in one.rows]
        return (
            frozenset().union(*(row.title for row in taken if "title" in row.data or "text" in row.data))
            - self.put_back
        )

    @cached_property
    def put_back(self) -> frozenset[str]:
        """The stems of what an undo of this turn has put where it was."""
        return frozenset().union(*(row.title for one in self.receipts for row in one.rows if row.kind == "stands"))

    @cached_property
    def here(self) -> list[Row]:
        """The rows of this turn, the agenda, and the present moment."""
        moment = Row(f"{self.now:%A %B}", self.now.date(), self.prompt.zone, {"now": self.now.isoformat()}, "now")
        told = [row for text in self._said_now() for row in sentences(text, self.now.date(), self.prompt.zone)]
        return [*(row for one in self.answers if one.now for row in one.rows), *self.agenda, *told, moment]

    @cached_property
    def thread(self) -> list[Row]:
        """The rows of earlier turns, and what was said then."""
        said = [self._without_questions(line.text) for line in self._before() if isinstance(line, Replied)]
        told = [row for text in said for row in sentences(text, self.now.date(), self.prompt.zone) if not re.search(_LIKE, row.text)]  # fmt: skip
        return [*(row for one in self.answers if not one.now for row in one.rows), *told]

    @cached_property
    def persons(self) -> list[Row]:
        """What the person said themselves, also what came to mind of what they once said."""
        said = [line.text for line in self.prompt.lines if isinstance(line, Said)]
        said += _CAME_TO_MIND.findall(self.prompt.facts)
        return [Row(text, self.now.date(), self.prompt.zone, kind="person") for text in said]

    @cached_property
    def own_sentences(self) -> list[str]:
        """What tools of this turn say themselves, in lower case: receipts, refusals, suggestions; not what waits for a yes."""
        own = [one.say for one in self.answers if one.now and one.content.get("error") != "needs_approval"]
        own += [
            str(row.data[name])
            for one in self.answers
            if one.now
            for row in one.rows
            if "why" in row.data
            for name in ("text", "why")
            if row.data.get(name)
        ]
        return [plain(text).lower() for text in own]

    def _said_now(self) -> list[str]:
        """What code has said word for word in this turn."""
        lines = self.prompt.lines[len(self._before()) :]
        return [self._without_questions(line.text) for line in lines if isinstance(line, Replied) and not line.mind]

    def _without_questions(self, text: str) -> str:
        """What was said, without what would be done on a yes: that isn't so yet."""
        for one in self.answers:
            if one.content.get("error") == "needs_approval":
                text = text.replace(one.say, " ")
        return text

    def _before(self) -> Sequence[Line]:
        """What was there before the person's last words."""
        start = max((at for at, line in enumerate(self.prompt.lines) if isinstance(line, Said)), default=0)
        return self.prompt.lines[:start]

    @cached_property
    def words(self) -> frozenset[str]:
        """The stems of everything that tools gave, in this turn and before."""
        return frozenset().union(*(row.words for row in (*self.here, *self.thread)))

    @cached_property
    def minutes(self) -> frozenset[int]:
        """The minutes of the day that this turn's rows tell."""
        return frozenset().union(*(row.clocks for row in self.here))

    @cached_property
    def titles(self) -> frozenset[str]:
        """The stems of all that things are called by, in this turn and before."""
        return frozenset().union(*(row.title for row in (*self.here, *self.thread)))

    @cached_property
    def their_words(self) -> frozenset[str]:
        """The stems of what the person said."""
        return frozenset().union(*(row.words for row in self.persons))

    @cached_property
    def events(self) -> list[Row]:
        """What is on the calendar, as far as it was looked at, or as the prompt has it."""
        if any(one.tool in LOOKING for one in self.reads):
            return [row for row in self.rows_of("events") if row.span and row.data.get("busy", True)]
        near = {(row.data["title"], row.moments[:1]) for row in self.agenda if row.moments}
        return [row for row in self.spans if (row.data["title"], row.moments[:1]) in near]

    def rows_of(self, family: str) -> list[Row]:
        """The rows of a family ("events", "tasks", "messages", …) that were read."""
        return self._by_family.get(family, [])

    @cached_property
    def _by_family(self) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = {}
        for row in (row for one in self.reads for row in one.rows):
            family = "messages" if row.kind == "message" else _LISTS.get(row.kind, row.kind)
            found.setdefault(family, []).append(row)
        return found


def _key(written: Mapping[str, Any]) -> tuple[str, str]:
    """What one receipt is known again by."""
    return str(written.get("say")), str((written.get("receipt") or {}).get("id"))


@lru_cache(256)
def _coming(name: str, when: str, until: str, title: str, today: date, zone: ZoneInfo) -> Row:
    """Of today or tomorrow; what began on a day before is still going on."""
    tomorrow = today + timedelta(days=1)
    day = tomorrow - timedelta(days=(tomorrow.weekday() - _WEEKDAYS.index(name)) % 7)
    whole = when == "all day"
    starts = datetime.combine(day, time() if whole else time.fromisoformat(when), zone)
    data = {"title": title, "starts": starts.isoformat(), "all_day": whole, "busy": True}
    if whole:
        data["ends"] = datetime.combine(max(day + timedelta(days=1), tomorrow), time(), zone).isoformat()
    elif until:
        data["ends"] = datetime.combine(day, time.fromisoformat(until), zone).isoformat()
    return Row(title, today, zone, data, "events")
