"""The judge of the phrasings: plays an entry through the whole assistant, and compares what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from agent.effects import Effect
from agent.when import Ambiguous, When, resolve
from integrations.errors import Invalid
from tests.evals.worldfile import Freshly, read_world
from tests.worlds import World, open_world

Entry = dict[str, Any]
Action = dict[str, Any]

READING = {
    "list_events", "find_free_time", "list_tasks", "list_reminders", "search_email", "read_email", "summarize_inbox", "recall",
    "get_briefing", "get_suggestions", "list_changes", "get_time", "explain",
}  # fmt: skip
_THINGS = {"event": "event", "task": "task", "reminder": "reminder", "message": "message", "reply_to": "message"}
_SLACK = timedelta(hours=3)


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What came of one entry."""

    entry: Entry
    right: bool
    wrong_write: bool
    why: str
    reply: str

    def __str__(self) -> str:
        mark = "WRONG WRITE" if self.wrong_write else "missed"
        return f"{mark} {self.entry['id']}: {self.entry['say']!r}: {self.why} (it said: {self.reply!r})"


async def judge_all(entries: Sequence[Entry], folder: Path) -> list[Verdict]:
    """Every entry, each said in a fresh copy of the small world."""
    async with open_world(folder, timezone=read_world()["zone"]) as world:
        fresh = await Freshly.furnished(world)
        world.person = await world.services.person(world.person.id)
        return [await _judge(world, fresh, entry) for entry in entries]


async def _judge(world: World, fresh: Freshly, entry: Entry) -> Verdict:
    fresh.again()
    for words in entry.get("before", []):
        await world.say(words.removesuffix(" @mayask"))
    before = await _things(world)
    answer = await world.say(entry["say"])
    why, wrong = _Comparison(world, entry, answer, before).verdict()
    return Verdict(entry=entry, right=not why, wrong_write=wrong, why=why, reply=answer["reply"])


async def _things(world: World) -> dict[str, dict[str, Any]]:
    """Everything that a call can resolve to, by id, as it is before the judged turn."""
    found: dict[str, dict[str, Any]] = {}
    async with world.services.context(world.person, write=False) as ctx:
        for event in await ctx.calendar.between(ctx.now - timedelta(days=10), ctx.now + timedelta(days=120)):
            guests = " ".join(event.guests)
            found[event.id] = {"text": f"{event.title} {guests}", "starts": event.starts, "ends": event.ends}
        for task in await ctx.tasks.all(done=None):
            found[task.id] = {"text": task.title}
        for reminder in await ctx.reminders.all(ctx.now):
            found[reminder.id] = {"text": reminder.text}
        for message in await ctx.mail.search("in:anywhere", first=200):
            found[message.id] = {
                "text": f"{message.from_name} {message.from_address} {message.subject}",
                "to": message.to,
            }
    return found


class _Comparison:
    """One answer beside what was expected of it."""

    def __init__(self, world: World, entry: Entry, answer: dict[str, Any], before: dict[str, dict[str, Any]]) -> None:
        self._entry, self._answer, self._before = entry, answer, before
        self._expect: dict[str, Any] = entry["expect"]
        self._now = world.services.now(world.person)
        self._zone = ZoneInfo(world.person.zone)
        self._actions: Sequence[Action] = answer["actions"]
        self._allowed = {self._expect["tool"], *self._expect.get("also", [])} - {None}
        # a call that was refused for want of something has written nothing and will write nothing
        self._writes = [
            a for a in self._actions if a["tool"] not in READING and (a["ok"] or a["error"] == "needs_approval")
        ]

    def verdict(self) -> tuple[str, bool]:
        """Why it is not right ("" if it is), and whether something was written that should not have been."""
        stray = [a for a in self._writes if a["tool"] not in self._allowed]
        if stray or (self._writes and not self._expect["writes"] and self._expect["tool"] not in self._allowed):
            return f"wrote with {[(a['tool'], a['arguments']) for a in stray or self._writes]}", True
        if self._expect["tool"] is None:
            silent = self._expect.get("asks") and not self._answer["reply"]
            return ("said nothing" if silent else ""), False
        called = self._writes if self._expect["writes"] else [a for a in self._actions if a["tool"] in self._allowed]
        if not called:
            return ("" if self._expect.get("may_ask") and self._answer["reply"] else f"did {self._did()}"), False
        mistakes = [self._mistake(action) for action in called]
        if any(not mistake for mistake in mistakes):
            return "", False
        return "; ".join(mistakes), bool(self._writes)

    def _did(self) -> str:
        return str([(a["tool"], a["arguments"], a["error"]) for a in self._actions] or "nothing")

    def _mistake(self, action: Action) -> str:
        waiting = not action["ok"]
        outcome = self._expect.get("outcome")
        effect = Effect(action["effect"])
        if outcome == "waits" and not waiting and action["tool"] == self._expect["tool"] and effect.needs_yes:
            return f"{action['tool']} was done without a yes"
        if outcome == "done" and waiting:
            return f"{action['tool']} still waits"
        for name, wanted in self._expect.get("arguments", {}).items():
            if not self._holds(name, wanted, action):
                return f"{name} is not {wanted!r} in {action['tool']} {action['arguments']} {self._shown(action)}"
        return ""

    def _shown(self, action: Action) -> str:
        receipt = action["receipt"] or {}
        return str({k: receipt[k] for k in ("title", "starts", "ends", "due", "text", "list") if k in receipt})

    def _holds(self, name: str, wanted: Any, action: Action) -> bool:
        stem, _, kind = name.rpartition("_")
        if name in ("when_means", "due_means", "when_covers", "when_within", "event_on"):
            return self._time_holds(name, str(wanted), action)
        if kind == "has":
            text = self._text(stem, action)
            return text is None or all(_either(part, text) for part in _list(wanted))
        if kind == "lacks":
            text = f" {self._text(stem, action) or ''} ".replace(",", " ").replace(".", " ")
            return not any(f" {part.lower()} " in text for part in _list(wanted))
        if name == "recurs":
            rule = self._written(action).get("recurrence") or ""
            return set(wanted.split(";")) <= set(rule.split(";"))
        if name == "minutes":
            return bool(self._minutes(action) == wanted)
        if name == "absent":
            return action["arguments"].get(wanted) is None
        return self._equal(stem if kind == "is" else name, wanted, action)

    def _equal(self, name: str, wanted: Any, action: Action) -> bool:
        value = action["arguments"].get(name, {"which": "open", "scope": "one"}.get(name))
        if action["tool"] == "list_changes" or (name == "list" and value is None and action["tool"] not in ("add_task", "list_tasks")):  # fmt: skip
            value = self._written(action).get(name, value)
        if wanted is True:
            return bool(value)
        if isinstance(wanted, str):
            return str(value).lower().removesuffix(" list") in wanted.split("|")
        return bool(value == wanted)

    def _written(self, action: Action) -> dict[str, Any]:
        """What a write came to, or would come to once it is approved."""
        if action["receipt"]:
            return dict(action["receipt"])
        return dict((self._answer["pending"] or {}).get("arguments") or {})

    def _text(self, stem: str, action: Action) -> str | None:
        """The words to compare, None where that tool has no such argument."""
        # an entry may speak of the zone where the tool is given the place
        stem = "place" if stem == "zone" and action["tool"] == "get_time" else stem
        value = action["arguments"].get(stem)
        if stem in _THINGS:
            return self._thing(stem, value, action).lower()
        if stem in ("to", "guests"):
            people = [*(value or []), *(self._written(action).get(stem) or []), *self._draft_to(action)]
            return " ".join(map(str, people)).lower()
        if stem in ("title", "text") and value is None:
            value = self._written(action).get(stem)
        if value is None and action["tool"] != self._expect["tool"]:
            return None
        return str(value or "").lower()

    def _draft_to(self, action: Action) -> Sequence[str]:
        draft = self._before.get(str(action["arguments"].get("draft")), {})
        return [str(address) for address in draft.get("to", ())]

    def _thing(self, stem: str, value: Any, action: Action) -> str:
        pending = (self._answer["pending"] or {}).get("arguments") or {}
        receipt = action["receipt"] or {}
        for key in (
            value,
            pending.get(stem),
            receipt.get("id"),
            receipt.get("reply_to") if stem == "reply_to" else None,
        ):
            if key in self._before:
                return str(self._before[key]["text"])
        shown = " ".join(str(receipt.get(k, "")) for k in ("title", "text", "from", "subject"))
        return f"{value or ''} {shown}"

    def _minutes(self, action: Action) -> int | None:
        written = self._written(action)
        if action["tool"] == "find_free_time":
            return _whole(action["arguments"].get("minutes"))
        if "starts" in written and "ends" in written:
            length = datetime.fromisoformat(written["ends"]) - datetime.fromisoformat(written["starts"])
            return int(length.total_seconds() // 60)
        return _whole(action["arguments"].get("minutes"))

    # -- times ----------------------------------------------------------------------

    def _time_holds(self, name: str, wanted: str, action: Action) -> bool:
        if name == "event_on":
            key = (self._answer["pending"] or {}).get("arguments", {}).get("event", action["arguments"].get("event"))
            starts = self._before[key]["starts"] if key in self._before else None
            return starts is not None and starts.astimezone(self._zone).date() == date.fromisoformat(wanted)
        reading = action["tool"] in READING
        found = self._moment(name, action)
        if found is None:
            return reading and action["tool"] != self._expect["tool"]
        starts, ends = found
        return any(self._fits(name, option, starts, ends, reading=reading) for option in wanted.split("|"))

    def _moment(self, name: str, action: Action) -> tuple[datetime, datetime | None] | None:
        """Start and end: of what was written, else of the words as they are resolved."""
        written = self._written(action)
        if action["tool"] in ("add_event", "change_event") and written.get("starts"):
            ends = written.get("ends")
            return self._local(written["starts"]), self._local(ends) if ends else None
        if action["tool"] in ("set_reminder", "change_reminder", "add_task", "change_task") and written.get("due"):
            return self._local(written["due"]), None
        words = action["arguments"].get("when") or action["arguments"].get("due")
        if action["tool"] == "list_tasks" and action["arguments"].get("which") == "today":
            words = "today"
        if not words:
            return None
        try:
            when = resolve(words, now=self._now, zone=self._zone)
        except Invalid:
            return None
        readings = [one for one in when.choices if isinstance(one, When)] if isinstance(when, Ambiguous) else [when]
        return (readings[0].starts, readings[0].ends) if readings else None

    def _local(self, iso: str) -> datetime:
        moment = datetime.fromisoformat(iso)
        return (moment if moment.tzinfo else moment.replace(tzinfo=self._zone)).astimezone(self._zone)

    def _fits(self, name: str, option: str, starts: datetime, ends: datetime | None, *, reading: bool) -> bool:
        first, _, last = option.partition("/")
        wanted = self._bound(first)
        if name == "when_within":
            return wanted <= starts < self._bound(last)
        if name == "when_covers":
            late = max(wanted, self._now) if reading else wanted
            end = ends or starts + timedelta(hours=1)
            beyond = end - self._bound(last) <= _SLACK or end == datetime.combine(
                wanted + timedelta(days=1), time(), self._zone
            )
            return starts <= late and end >= self._bound(last) and wanted - starts <= _SLACK and beyond
        if last:
            end = self._bound(last)
            if name == "due_means":
                return wanted <= starts < end
            return self._same_start(starts, wanted, reading) and ends is not None and ends == end
        if "T" in first:
            return starts == wanted
        if reading:
            whole = ends is not None and ends == wanted + timedelta(days=1)
            return whole and self._same_start(starts, wanted, reading)
        return starts.date() == wanted.date()

    def _same_start(self, starts: datetime, wanted: datetime, reading: bool) -> bool:
        return starts == wanted or (reading and wanted <= starts <= self._now)

    def _bound(self, text: str) -> datetime:
        if "T" in text:
            return datetime.fromisoformat(text).replace(tzinfo=self._zone)
        return datetime.combine(date.fromisoformat(text), time(), self._zone)


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _list(wanted: Any) -> list[str]:
    return [str(part) for part in wanted] if isinstance(wanted, list) else [str(wanted)]


def _either(part: str, text: str) -> bool:
    return any(option.lower() in text for option in part.split("|"))
