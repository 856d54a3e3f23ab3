"""Quiet hours are the person's own, by the clock on their wall."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from agent.quiet import quiet_until
from integrations.store.people import Person


def until(now: str, quiet: str = "22:00-07:00", zone: str = "Europe/Berlin") -> str | None:
    """When they end, on the wall and in UTC."""
    begins, _, ends = quiet.partition("-")
    person = Person(zone=zone, quiet_from=begins, quiet_to=ends)
    found = quiet_until(person, datetime.fromisoformat(now).replace(tzinfo=ZoneInfo(zone)))
    return f"{found:%d %H:%M} = {found.astimezone(UTC):%H:%M}" if found else None


@pytest.mark.parametrize(
    ("now", "quiet", "ends"),
    [
        ("2026-03-04T21:59", "22:00-07:00", None),
        ("2026-03-04T22:00", "22:00-07:00", "05 07:00 = 06:00"),
        ("2026-03-05T06:59", "22:00-07:00", "05 07:00 = 06:00"),
        ("2026-03-05T07:00", "22:00-07:00", None),
        ("2026-03-04T13:30", "13:00-14:00", "04 14:00 = 13:00"),
        ("2026-03-04T14:00", "13:00-14:00", None),
        ("2026-03-04T12:00", "08:00-08:00", None),
        ("2026-03-28T23:30", "22:00-07:00", "29 07:00 = 05:00"),  # the night that has an hour less
        ("2026-10-24T23:30", "22:00-07:00", "25 07:00 = 06:00"),  # and the one that has one more
    ],
)
def test_quiet_hours(now: str, quiet: str, ends: str | None) -> None:
    """Within them it is known when they end; they may go over midnight, or be none at all."""
    assert until(now, quiet) == ends
