"""A day as the copy of Google's calendars has it."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from integrations.calendar import CalendarInfo, Event
from integrations.calendar.details import Details
from integrations.calendar.google_events import Home, details_of, event_with, instance_id
from integrations.calendar.google_series import Whole, rule_of
from integrations.calendar.rules import Rule
from integrations.calendar.series import Series, stamp_of, touches
from integrations.store.calendar_days import Days, Near

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
BLOCK = timedelta(days=28)
LONG = timedelta(days=8)
"""What repeats is seldom longer; where it is, the copy is asked once more."""


def info(row: Any) -> CalendarInfo:
    """A calendar as the person has it here."""
    return CalendarInfo(
        id=row.calendar, name=row.name, color=row.color, primary=row.primary,
        shown=row.selected if row.chosen is None else row.chosen, writable=row.writable,
        zone=row.own_zone,
    )  # fmt: skip


async def near(days: Days, start: datetime, end: datetime) -> Near:
    """All that `read` needs of the copy."""
    return await days.near(start, end, stamp_of(start - LONG), stamp_of(end))


async def read(days: Days, near: Near, homes: Mapping[str, Home], start: datetime, end: datetime) -> list[Event]:
    """What of the copy touches [start, end)."""
    found: list[Event] = []
    hits: list[tuple[Any, Home, list[datetime]]] = []
    since = start - LONG
    for row in near.events:
        if (home := homes.get(row.calendar)) is None:
            continue
        if row.rule is None:
            found += _single(row, home, start, end)
            continue
        longest = row.ends - row.starts + DAY
        starts = _starts(row, start - longest, end)
        if starts or row.rule == "":
            hits.append((row, home, starts))
            since = min(since, start - longest)
    own = near.own
    if since < start - LONG:
        own = await days.own(stamp_of(since), stamp_of(end))
    return found + [event for row, home, starts in hits for event in _repeating(row, home, starts, own, start, end)]


def _single(row: Any, home: Home, start: datetime, end: datetime) -> list[Event]:
    raw = json.loads(row.raw)
    if raw.get("eventType") == "workingLocation":
        return []
    shown = details_of(raw, home.zone)
    if not touches(shown, start, end):
        return []
    series, rule = raw.get("recurringEventId"), row.of_rule or None
    series = series or (raw["id"] if rule else None)
    return [event_with(shown, raw, home, id=raw["id"], series=series, recurrence=rule, pending=row.pending is not None)]


def _starts(row: Any, start: datetime, end: datetime) -> list[datetime]:
    """When an unbroken series starts in [start, end)."""
    if row.rule == "":
        return []
    blocks = range((start - EPOCH) // BLOCK, (end - EPOCH) // BLOCK + 1)
    told = (row.rule, row.starts, row.ends, row.all_day, row.zone)
    return [at for block in blocks for at in _block(*told, block) if start <= at < end]


@lru_cache(maxsize=20_000)
def _block(rule: str, starts: datetime, ends: datetime, all_day: bool, zone: str, number: int) -> tuple[datetime, ...]:
    """Four weeks of it, counted once: people look at the same weeks again and again."""
    base = Details(title="", starts=starts, ends=ends, all_day=all_day, zone=zone, place="", notes="", guests=())
    begins = EPOCH + number * BLOCK
    return tuple(Series("", base, Rule.parse(rule)).starts(begins, begins + BLOCK))


def _repeating(
    row: Any, home: Home, starts: list[datetime], own: set[tuple[str, str, str]], start: datetime, end: datetime
) -> list[Event]:
    """Those occurrences of a series that have nothing of their own."""
    whole = Whole(home, json.loads(row.raw), {})
    at = starts or whole.series.starts(start - (whole.series.base.ends - whole.series.base.starts) - DAY, end)
    regular = [
        (one, stamp)
        for one, stamp in zip(at, map(stamp_of, at), strict=True)
        if (row.calendar, row.event, stamp) not in own
    ]
    return _occurrences(whole, regular, start, end, row.pending is not None)


def _occurrences(
    whole: Whole, regular: list[tuple[datetime, str]], start: datetime, end: datetime, pending: bool
) -> list[Event]:
    home, raw, found = whole.home, whole.raw, []
    base = details_of(raw, home.zone)
    rule, out = rule_of(raw, base)
    for at, stamp in regular:
        shown = base.at(at.replace(microsecond=0))
        if stamp not in out and touches(shown, start, end):
            name, text = instance_id(raw, stamp, home.zone), rule.text if rule else None
            found.append(event_with(shown, raw, home, id=name, series=raw["id"], recurrence=text, pending=pending))
    return found
