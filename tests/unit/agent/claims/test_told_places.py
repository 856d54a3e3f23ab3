"""Where things are: what is told of a place is what the row of that very thing has."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.unit.agent.claims.turns import Turn

LIMA = ZoneInfo("America/Lima")
TURN = Turn(datetime(2026, 8, 11, 9, 5, tzinfo=LIMA), LIMA)
"""A Tuesday."""


def _event(title: str, starts: str, ends: str, place: str | None) -> dict[str, object]:
    day = "2026-08-12T"
    return {"title": title, "starts": f"{day}{starts}:00-05:00", "ends": f"{day}{ends}:00-05:00", "all_day": False, "busy": True, "place": place, "guests": []}  # fmt: skip


TOMORROW = ("list_events", {"result": {"conflicts": [], "span": {"starts": "2026-08-12T00:00:00-05:00", "ends": "2026-08-13T00:00:00-05:00"}, "events": [
    _event("Oral exam", "08:30", "09:30", "Room 6"), _event("Team meeting", "10:00", "11:00", "Library"), _event("School concert", "14:00", "15:00", "School"),
    _event("Tea with Inés", "17:00", "18:00", "Inés's flat"), _event("Swimming", "20:00", "21:00", None),
]}})  # fmt: skip


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("The oral exam is in Room 6.", True), ("The oral exam is at the library.", False), ("The team meeting is held in the library.", True), ("The team meeting is held in the school.", False),
        ("You have the oral exam in Room 6.", True), ("You have the oral exam in the library.", False), ("You have a meeting in Room 6.", True),
        ("You're at the library until eleven, before the school concert.", True), ("The oral exam isn't at the library.", True),
        ("The school concert is at the school.", True), ("The school concert is at the library.", False),
        ("The team meeting is at ten. It's at the library.", True), ("The team meeting is at ten. It's at the school.", False),
        ("Tea's at five. It's at Inés's flat.", True), ("The tea is at Inés's place.", True), ("The tea is at Marco's place.", False), ("The tea is at your place.", False), ("The tea is at your flat.", False),
        ("The oral exam is in the morning.", True), ("The oral exam is in time for the team meeting.", True), ("Swimming is at his house.", True), ("The team meeting is at her house.", False),
    ],
)  # fmt: skip
async def test_a_thing_is_where_its_row_has_it(text: str, *, so: bool) -> None:
    """Named, or gone on about; at somebody's place; a time of the day is no place."""
    assert await TURN.lets_go(text, TOMORROW, asked="what's on tomorrow?") is so
