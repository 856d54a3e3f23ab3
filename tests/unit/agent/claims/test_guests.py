"""Who takes part in what was read: guests, names in titles, those who aren't, and nobody."""

from typing import Any

import pytest

from tests.unit.agent.claims.calendar_tables import event, span
from tests.unit.agent.claims.test_computed import EVENTS
from tests.unit.agent.claims.test_computed import let_go as let_go_there
from tests.unit.agent.claims.test_stretches import let_go

BOARD = event("Allotment board", 21, "10:00", "11:00", "Shed 2", ["mei-ling.okafor@example.org", "rashid.noor@fatima.example"])  # fmt: skip
SEEDS = event("Seed swap", 23, "17:00", "19:00", "Hall", ["fatima@example.net", "rashid.noor@fatima.example"])
PONDS = event("Pond digging with Ivo", 24, "08:00", "12:00", "Pond")
WEEK = ("list_events", {"result": {"events": [BOARD, SEEDS, PONDS], "span": span("21T00:00", "26T00:00"), "conflicts": []}})  # fmt: skip
LIST = ("list_tasks", {"result": {"tasks": [{"title": "Candles", "due": None, "list": "Shopping", "done": False}], "which": "open", "list": None}})  # fmt: skip


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("Rashid is at the seed swap.", True), ("Rashid's in both the allotment board and the seed swap.", True), ("Fatima's in both the allotment board and the seed swap.", False), ("Fatima is at the allotment board.", False),
        ("Mei-Ling is joining the allotment board.", True), ("Mei-Ling and Rashid are attending the allotment board.", True), ("Mei-Ling and Fatima are attending the allotment board.", False), ("Mei-Ling attends the seed swap.", False),
        ("The allotment board is next Monday, and Fatima's coming.", False), ("The allotment board is next Monday, and Rashid's coming.", True), ("Next Monday Fatima is joining.", False), ("Next Monday Rashid is joining.", True), ("You're meeting Rashid at the seed swap.", True), ("You're meeting Ivo at the seed swap.", False),
        ("Ivo's at the pond digging.", True), ("Fatima's at the pond digging.", False), ("She's at the seed swap.", True), ("Basil is joining.", False), ("Rashid is joining.", True),
        ("Fatima isn't in the allotment board.", True), ("Rashid isn't in the allotment board.", False), ("Rashid and Fatima aren't in the pond digging.", True), ("Mei-Ling isn't down for the seed swap.", True), ("Mei-Ling won't be at the allotment board.", False), ("Noor isn't at the allotment board.", False),
        ("Only Fatima and Rashid are down for the seed swap.", True), ("Only Fatima is down for the seed swap.", False), ("Nobody but Rashid is invited to the allotment board.", False), ("Just Mei-Ling and Rashid are coming to the allotment board.", True),
        ("The pond digging has no guests.", True), ("The seed swap has no guests.", False), ("Nobody is invited to the pond digging.", True), ("Nobody is invited to the allotment board.", False),
        ("The pond digging is next Thursday, and there are no guests.", True), ("The seed swap is next Wednesday, and there are no guests.", False),
    ],
)  # fmt: skip
async def test_somebody_takes_part_who_stands_there(text: str, *, so: bool) -> None:
    """As a guest by a part of their address before the "@", or in its name."""
    assert await let_go(text, WEEK, asked="what's on next week?") is so


BASIL = ("search_email", {"result": {"messages": [{
    "from": "Basil <basil@example.org>", "to": ["robin@example.org"], "subject": "Seeds", "snippet": "I'll come at half past four on Wednesday. I can't come on Thursday. Lunch is at one.",
    "at": "2026-09-14T09:00:00-04:00", "unread": True, "important": False,
}], "query": "in:inbox"}})  # fmt: skip


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("Basil's coming at half past four.", True), ("Basil is coming on Wednesday.", True), ("Basil's coming at five.", False), ("Basil is coming on Thursday.", False), ("Basil is coming on Friday.", False),
        ("Basil's coming at one.", False), ("Fatima's coming at half past four.", False), ("Basil is coming.", False),
    ],
)  # fmt: skip
async def test_somebody_comes_who_writes_so(text: str, *, so: bool) -> None:
    """At the hour and on the day that the same sentence of theirs has."""
    assert await let_go(text, WEEK, BASIL, asked="who's coming next week?") is so


@pytest.mark.parametrize(
    ("text", "told", "so"),
    [
        ("Ann isn't in the stand-up.", EVENTS, True), ("Candles are down for the shopping.", LIST, True), ("Tom is joining.", LIST, False), ("Nobody is coming.", LIST, False),
    ],
)  # fmt: skip
async def test_nothing_is_known_of_guests(text: str, told: tuple[str, dict[str, Any]], *, so: bool) -> None:
    """That somebody isn't among them may be said, that nobody is may not."""
    assert await let_go_there(text, told) is so
