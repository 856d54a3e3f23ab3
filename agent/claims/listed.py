"""What this turn has to tell of: the things that were read, each once, and the hours of everything near them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from agent.claims.known import Known, Told
from agent.claims.rows import Row
from agent.claims.saying import Saying, Sentence
from agent.claims.stretches import named_in_order

_OF_TOOLS = {
    "list_events": "events", "find_free_time": "events", "list_tasks": "tasks", "list_reminders": "reminders", "search_email": "messages",
    "read_email": "messages", "summarize_inbox": "messages", "recall": "memories", "list_changes": "changes",
}  # fmt: skip
_THINGS = frozenset({"title", "text", "subject", "tool"})
_OVERLAPS_WITH = re.compile(r"\bIt overlaps with (?P<titles>[^.]*)")


def listing(known: Known) -> list[Row]:
    """The things that this turn has read last, or those it has to choose from; none where nothing was read."""
    if choices := [row for one in known.refusals for row in one.rows if row.kind == "choices"]:
        return choices
    things = known.rows_of(family_of(known))
    return list(_once(row for row in things if not row.data.get("undone_at") and _THINGS & row.data.keys()))


def family_of(known: Known) -> str:
    """What kind of things was read last in this turn: "events", "tasks", …; "" where nothing was."""
    looked = [_OF_TOOLS[one.tool] for one in known.reads if one.now and one.tool in _OF_TOOLS]
    return looked[-1] if looked else ""


def slots(known: Known) -> list[Row]:
    """Everything with hours that is known, each once: what a receipt says to overlap with on its day, then of this turn, the next events, the thread."""
    changed = {row.name for one in known.receipts for row in one.rows}
    spans = [row for row in known.spans if row.name not in changed]
    now = [row for row in known.here if _timed(row) and row not in known.agenda]
    thread = [row for row in known.thread if _timed(row) and row.name not in changed]
    beside = [row for one in (*known.receipts, *known.earlier) for row in _beside(one, [*now, *thread, *spans])]
    return [row for row in _once([*beside, *now, *thread, *spans]) if not row.title & known.gone]


def meant(text: str, known: Known, before: Sentence) -> list[Row]:
    """The things with hours that a text names, in its order; else what was told last."""
    return named_in_order(text, slots(known)) or told_last(known, before)


def told_last(known: Known, before: Sentence) -> list[Row]:
    """What "it" means: the thing that was named last, else the one that was written."""
    rows = slots(known)
    if found := named_in_order(before.text, rows):
        return found[-1:]
    if about := [row for row in rows if row.title & before.about]:
        return about[:1]
    written = known.receipts or ([] if known.answers_now else known.earlier)
    return [row for row in written[0].rows if _timed(row)][:1] if len(written) == 1 else []


def on_days(rows: Iterable[Row], saying: Saying) -> list[Row]:
    """Those of the days that a clause names; all, where it names none."""
    return [row for row in rows if all(map(row.on, saying.days))]


def _beside(one: Told, rows: list[Row]) -> Iterator[Row]:
    """What a receipt says to overlap with, moved to its day: what comes every day is known from another one."""
    match = _OVERLAPS_WITH.search(one.say)
    own = next((row for row in one.rows if row.span), None)
    if match is None or own is None:
        return
    for row in rows:
        if row.span and row.name in match["titles"]:
            at = datetime.combine(begins(own).date(), begins(row).timetz())
            times = {"starts": at.isoformat(), "ends": (at + lasts(row)).isoformat()}
            yield replace(row, data={**row.data, **times})


def _timed(row: Row) -> bool:
    """Whether it is something with an hour."""
    return bool(row.moments and not row.whole_days and {"title", "text"} & row.data.keys())


def _once(rows: Iterable[Row]) -> Iterator[Row]:
    told = set()
    for row in rows:
        if (key := (row.name, row.moments[:1])) not in told:
            told.add(key)
            yield row


def begins(row: Row) -> datetime:
    """When it begins, or is due."""
    return row.moments[0]


def ends(row: Row) -> datetime:
    """When it ends; what only begins is over at once."""
    return row.span[1] if row.span else row.moments[0]


def lasts(row: Row) -> timedelta:
    """How long it takes."""
    return ends(row) - begins(row)
