"""What time it is: told in any words, of here and of elsewhere, it is what the clock says."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.unit.agent.claims.judged import Told
from tests.unit.agent.claims.turns import Turn

LISBON = ZoneInfo("Europe/Lisbon")
NOW = datetime(2026, 10, 21, 16, 40, tzinfo=LISBON)
"""A Wednesday."""
TURN = Turn(NOW, LISBON, "Next on their calendar: Wed 17:30–18:30 “Pottery”; Thu 09:00–09:30 “Vet”.")


def clock_of(zone: str) -> Told:
    """What the tool gives of a place."""
    return "get_time", {"result": {"now": NOW.astimezone(ZoneInfo(zone)).isoformat(), "zone": zone, "say": ""}}


HERE, TOKYO, OSLO = clock_of("Europe/Lisbon"), clock_of("Asia/Tokyo"), clock_of("Europe/Oslo")
NOWHERE: tuple[str, dict[str, Any]] = (
    "get_time",
    {"error": "invalid", "say": "I don't know the time in Atlantis."},
)
DAY = ("list_events", {"result": {"conflicts": [], "span": {"starts": "2026-10-21T00:00:00+01:00", "ends": "2026-10-22T00:00:00+01:00"}, "events": [
    {"title": "Pottery", "starts": "2026-10-21T17:30:00+01:00", "ends": "2026-10-21T18:30:00+01:00", "all_day": False, "busy": True, "place": "", "guests": []}]}})  # fmt: skip


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("It's twenty to five.", True), ("It's ten to five.", False), ("Twenty to five.", True), ("Quarter past five.", False),
        ("It's just gone half past four.", True), ("It's gone five.", False), ("It's well past one.", False), ("It's half past four, give or take.", False),
        ("It's nearly half past eight.", False), ("It's past twenty to five.", True), ("It's past twenty to two.", False), ("It's just before twenty to five.", True), ("It's just before twenty to eight.", False),
        ("It's twenty minutes to five.", True), ("It's half an hour until five.", False), ("It's five minutes short of quarter to five.", True),
        ("It's five minutes short of quarter past five.", False), ("We're at twenty to five.", True), ("We're at twenty past five.", False),
        ("It's Wednesday, 16:40.", True), ("It's Thursday, 16:40.", False), ("It's 16:40 in Lisbon.", True), ("It's 17:40 in Lisbon.", False),
        ("It's twenty to five, so you're off to pottery in fifty minutes.", True), ("It's ten past five, so you're off to pottery in twenty minutes.", False),
        ("It's 16:40 and pottery starts at 17:30.", True), ("It's 16:50 and pottery starts at 17:30.", False), ("It's 16:40 and it starts at 17:30.", True), ("It's 16:50 and it starts at 17:30.", False), ("Pottery's at half past five.", True),
    ],
)  # fmt: skip
async def test_with_nothing_called_it_is_the_clock_of_here(text: str, *, so: bool) -> None:
    """A bit more, a bit less, so long until; what begins then is another matter."""
    assert await TURN.lets_go(text, asked="what's the time?") is so


@pytest.mark.parametrize(
    ("text", "told", "so"),
    [
        ("Twenty to five on Wednesday.", [HERE], True), ("Twenty to five on Thursday.", [HERE], False), ("Ten to five.", [HERE], False),
        ("Twenty minutes to five.", [HERE], True), ("Ten minutes to five.", [HERE], False),
        ("In Tokyo it's twenty to one in the morning, on Thursday.", [TOKYO], True), ("In Tokyo it's twenty to two in the morning.", [TOKYO], False),
        ("It's 00:40 in Tokyo, and 16:40 here.", [TOKYO], True), ("It's 16:40 here.", [TOKYO], True), ("It's 17:40 here.", [TOKYO], False),
        ("It's 00:40 in Tokyo.", [TOKYO, OSLO], True), ("It's 17:40 in Oslo.", [TOKYO, OSLO], True), ("It's 18:40 in Oslo.", [TOKYO, OSLO], False),
        ("I don't know that place, but here it's twenty to five.", [NOWHERE], True), ("It's ten to five here.", [NOWHERE], False),
        ("It's at half past five.", [DAY], True), ("It's at six.", [DAY], False),
    ],
)  # fmt: skip
async def test_of_a_place_that_was_asked_for_it_is_the_clock_of_there(text: str, told: list[Told], *, so: bool) -> None:
    """Or of here; of several places it is the clock of one."""
    assert await TURN.lets_go(text, *told, asked="and what time is it there?") is so


FIVE_PAST = Turn(NOW.replace(minute=5), LISBON, TURN.facts)


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("It's ten minutes short of quarter past.", True), ("It's twenty-five minutes short of half past.", True), ("It's ten minutes short of half past.", False),
        ("It's eleven minutes short of quarter past.", False), ("It's fifteen minutes short of quarter past.", False),
    ],
)  # fmt: skip
async def test_half_past_is_of_the_hour_it_is(text: str, *, so: bool) -> None:
    """And so is a quarter past."""
    assert await FIVE_PAST.lets_go(text, asked="what's the time?") is so
