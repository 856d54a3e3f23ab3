"""What came of a plan: the receipt, and what would take it back."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from integrations.calendar import Event, EventWritten
from integrations.calendar.google_events import Home, Raw, content, event_of, gone
from integrations.calendar.google_plans import Plan, Step, filled, mark_of
from integrations.calendar.google_series import Whole, text_of

Book = Mapping[str, Raw | None]
"""Events by Google's id; None for what isn't there."""


@dataclass(frozen=True, kw_only=True)
class Done:
    """`touched`: everything Google says it has now, by calendar and id (None: gone). `there`: whether the event still is."""

    written: EventWritten
    touched: list[tuple[str, str, Raw | None]]
    there: bool


def book(known: Whole | Raw | None) -> dict[str, Raw | None]:
    """What is known of an event, or a series with its exceptions."""
    if isinstance(known, Whole):
        return {one["id"]: one for one in (known.raw, *known.exceptions.values())}
    return {known["id"]: known} if known else {}


def done(home: Home, plan: Plan, steps: Sequence[Step], results: Sequence[Raw | None], before: Book) -> Done:
    """From the steps as they were run, and what Google answered to each."""
    touched = [(home.id, step.id, result) for step, result in zip(steps, results, strict=True)]
    now = dict(before) | {name: result for _, name, result in touched}
    wholes = {name: _whole(home, now, raw) for name, raw in now.items() if raw is None or "recurringEventId" not in raw}
    if plan.alone:
        left = {name: content(result, home.zone) for _, name, result in touched}
    else:
        left = {name: mark_of(whole) for name, whole in wholes.items()}
    undo = [
        one for step, result in reversed(list(zip(steps, results, strict=True))) for one in filled(step, result, home)
    ]
    raw, there = now.get(plan.series), True
    if raw is None or gone(raw):
        raw, there = before.get(plan.series), False
    whole = wholes.get(plan.series) if there else (_whole(home, before, raw) if raw and "start" in raw else None)
    if whole is not None:
        event = whole.event(plan.stamp if there else None)
    elif raw is not None and "start" in raw:
        event = event_of(raw, home, recurrence=text_of(raw, home.zone))
    else:  # an undo of something that nobody sees any more
        raw = next(one.body for one in steps if "start" in one.body)
        event = event_of(raw | {"id": plan.series}, home)
    inverse = {
        "event": event.id, "calendar": home.id, "left": left, "alone": plan.alone,
        "told": plan.origin or (plan.series, plan.stamp), "steps": [one.as_json() for one in undo],
    }  # fmt: skip
    return Done(written=EventWritten(event=replace(event), inverse=inverse), touched=touched, there=there)


def _whole(home: Home, now: Book, raw: Raw | None) -> Whole | None:
    if raw is None or gone(raw):
        return None
    return Whole.of(home, raw, [one for one in now.values() if one and one.get("recurringEventId") == raw["id"]])


def as_json(came: Done) -> dict[str, Any]:
    """To be kept beside the intent."""
    event = asdict(came.written.event)
    times = {name: event[name].isoformat() for name in ("starts", "ends")}
    written = {"event": event | times, "inverse": came.written.inverse}
    return {"written": written, "touched": came.touched, "there": came.there}


def from_json(kept: dict[str, Any]) -> Done:
    """From what `as_json` gave."""
    event = kept["written"]["event"]
    zone = ZoneInfo(event["zone"])
    times = {name: datetime.fromisoformat(event[name]).astimezone(zone) for name in ("starts", "ends")}
    written = EventWritten(
        event=Event(**event | times | {"guests": tuple(event["guests"])}), inverse=kept["written"]["inverse"]
    )
    return Done(written=written, touched=[(a, b, c) for a, b, c in kept["touched"]], there=kept["there"])
