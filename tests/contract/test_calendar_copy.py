"""The copy of Google's calendars takes what it is told, whatever that is."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from integrations.calendar.copied_days import near, read
from integrations.calendar.copy import absorb
from integrations.calendar.google_events import Home
from integrations.store.calendar_copies import Copies
from integrations.store.calendar_days import Days
from integrations.store.database import Database
from integrations.store.people import People
from tests.emulators.google.calendar_side import BERLIN, NOW

START = datetime(2026, 3, 5, 9, tzinfo=UTC)


def raw(name: str, *recurrence: str) -> dict[str, Any]:
    """An hour on 5 March, as Google tells of it."""
    times = {"start": START, "end": START + timedelta(hours=1)}
    shown = {key: {"dateTime": at.isoformat(), "timeZone": "Europe/Berlin"} for key, at in times.items()}
    return {"id": name, "summary": name, "status": "confirmed", **shown} | (
        {"recurrence": [*recurrence]} if recurrence else {}
    )


@pytest.mark.parametrize(
    "line",
    [
        "RRULE:NONSENSE",
        "RRULE:FREQ=SECONDLY;UNTIL=21990101T000000Z",
        "RRULE:FREQ=MINUTELY;COUNT=900000000",
        "EXDATE;TZID=Nowhere/Atall:20260305T100000",
        "RDATE:yesterday",
    ],
)
async def test_one_senseless_event_keeps_nothing_from_being_read(database: Database, line: str) -> None:
    """It is shown where it begins; what stands beside it is there, and nobody counts for ever."""
    async with database.work() as session:
        owner = await People(session).owner("Europe/Berlin", NOW)
        days = Days(session, owner.id)
        copies, home = Copies(session, owner.id), Home("main", True, BERLIN)
        shown = {
            "name": "Me",
            "color": "",
            "primary": True,
            "selected": True,
            "writable": True,
            "zone": "Europe/Berlin",
        }
        await copies.keep_calendars([{"calendar": "main", "made": 0} | shown])
        await absorb(copies, home, [raw("good"), raw("bad", line)], 1)
        span = (START - timedelta(hours=1), START + timedelta(hours=2))
        found = await read(days, await near(days, *span), {"main": home}, *span)
    assert sorted(event.title for event in found) == ["bad", "good"]
