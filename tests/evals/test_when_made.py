"""Thousands of days and clocks put together mean what the calendar says, in every zone and on the nights when clocks change."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from agent.when import Ambiguous, resolve
from integrations.errors import Invalid
from tests.evals.when_made import expressions, meant
from tests.evals.when_table import CASES, ZONES

HOUR = timedelta(hours=1)
ORDINARY = "2026-03-04T10:20"
Said = Sequence[tuple[str, object, object]]


def changes(zone: ZoneInfo, year: int = 2026) -> list[datetime]:
    """The moments of a year at which the zone's clocks are put."""
    hours = [datetime(year, 1, 1, tzinfo=UTC) + n * HOUR for n in range(365 * 24)]
    return [one for one in hours if (one - HOUR).astimezone(zone).utcoffset() != one.astimezone(zone).utcoffset()]


def nows(zone: ZoneInfo) -> Iterator[datetime]:
    """An ordinary morning; the eve of each change, the hour before it and the hour after it."""
    yield datetime.fromisoformat(ORDINARY).replace(tzinfo=zone)
    for change in changes(zone):
        yield from ((change + by * HOUR).astimezone(zone) for by in (-15, -1, 1))


def heard(words: str, now: datetime, zone: ZoneInfo) -> tuple[datetime, datetime | None] | None:
    """What code makes of it, in UTC; None where it asks or refuses."""
    try:
        found = resolve(words, now=now, zone=zone)
    except Invalid:
        return None
    if isinstance(found, Ambiguous):
        return None
    return found.starts.astimezone(UTC), found.ends.astimezone(UTC) if found.ends else None


def judged(name: str, every: int) -> tuple[Counter[str], list[str]]:
    """How many were right and how many asked about or refused, and each that was silently wrong; `every`: one of so many."""
    zone = ZoneInfo(name)
    came, wrong = Counter[str](), []
    for turn, now in enumerate(nows(zone)):
        for words, day, clock in list(expressions())[turn % every :: every]:
            right = meant(day, clock, now, zone)
            if right is None:
                continue
            found = heard(words, now, zone)
            came["right" if found == (right.starts, right.ends) else "asked" if found is None else "wrong"] += 1
            if found is not None and found != (right.starts, right.ends):
                wrong.append(
                    f"{words!r} at {now}: expected {right.starts.astimezone(zone)}, got {found[0].astimezone(zone)}, {found[1]}"
                )
    return came, wrong


def test_there_are_enough_expressions() -> None:
    """With those of the table, at least fifteen hundred different ones."""
    assert len({words for words, _, _ in expressions()} | {words for words, _ in CASES}) >= 1500


@pytest.mark.parametrize("zone", ZONES)
def test_days_and_clocks_mean_what_the_calendar_says(zone: str) -> None:
    """None is silently wrong, and few are asked about: a sample of them, every night of the year that is not an ordinary one."""
    came, wrong = judged(zone, every=29)
    assert not wrong, "\n".join(wrong[:20])
    assert came["asked"] <= 0.05 * came.total()


@pytest.mark.slow
@pytest.mark.parametrize("zone", ZONES)
def test_all_of_them_do(zone: str) -> None:
    """The same with every expression at every such moment."""
    came, wrong = judged(zone, every=1)
    assert not wrong, "\n".join(wrong[:20])
    assert came["asked"] <= 0.05 * came.total()
