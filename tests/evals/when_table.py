"""The table of expressions with their meanings beside them, when.yaml, and how its notation is read."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import yaml

from agent.when import When

ZONES = [
    "UTC",
    "Europe/London",
    "Europe/Berlin",
    "America/New_York",
    "America/Los_Angeles",
    "America/Sao_Paulo",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Asia/Tokyo",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Africa/Casablanca",
]
NOW = datetime(2026, 3, 4, 10, 20)  # noqa: DTZ001 - a wall clock, set in each zone by the tests
TABLE = yaml.safe_load((Path(__file__).parent / "when.yaml").read_text())
CASES = [tuple(line.split(" -> ")) for group in TABLE.values() for line in group.splitlines()]


def _day(text: str) -> date:
    return date.fromisoformat(text if len(text) == 10 else f"2026-{text}")


def expected(text: str, zone: ZoneInfo) -> When:
    """Read the table's own notation, with nothing but the standard library."""
    span, _, rule = (part.strip() for part in text.partition(";"))

    def at(day: date, clock: str = "00:00") -> datetime:
        return datetime.combine(day, time.fromisoformat(clock), tzinfo=zone)

    recurrence = rule or None
    if recurrence and "UNTIL=" in recurrence:
        head, last = recurrence.split("UNTIL=")
        final = at(_day(last), "23:59:59").astimezone(UTC)
        recurrence = head + "UNTIL=" + (final.strftime("%Y%m%dT%H%M%SZ") if ":" in span else last.replace("-", ""))
    if ":" not in span:
        first, _, last = span.partition("..")
        return When(at(_day(first)), at(_day(last or first) + timedelta(days=1)), all_day=True, recurrence=recurrence)
    if " - " in span:
        starts, ends = (at(_day(side.split()[0]), side.split()[1]) for side in span.split(" - "))
        return When(starts, ends, recurrence=recurrence)
    day, clocks = span.split()
    first, _, last = clocks.partition("-")
    return When(at(_day(day), first), at(_day(day), last) if last else None, recurrence=recurrence)
