"""Free and busy: from when to when, all of a part of the day, until a part of it, on days that were looked at and on others."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from agent.claims.clocks import clocks
from agent.claims.looking import lies_at, shared, spans_from, together
from agent.claims.rows import Row
from tests.unit.agent.claims.judged import Told
from tests.unit.agent.claims.turns import Turn

SYDNEY = ZoneInfo("Australia/Sydney")
NOW = datetime(2026, 7, 14, 13, 30, tzinfo=SYDNEY)
"""A Tuesday."""
NEXT = "Next on their calendar: Tue 16:00–17:00 “Piano”; Wed 09:00–10:30 “Audit”; Wed 19:00–21:00 “Choir”."
TURN = Turn(NOW, SYDNEY, NEXT)


def _event(title: str, day: int, starts: str, ends: str) -> dict[str, object]:
    on = f"2026-07-{day}T"
    return {"title": title, "starts": f"{on}{starts}:00+10:00", "ends": f"{on}{ends}:00+10:00", "all_day": False, "busy": True, "place": "", "guests": []}  # fmt: skip


def _looked(first: int, after: int, *events: dict[str, object]) -> Told:
    span = {"starts": f"2026-07-{first}T00:00:00+10:00", "ends": f"2026-07-{after}T00:00:00+10:00"}
    return "list_events", {"result": {"events": [*events], "conflicts": [], "span": span}}


FAIR: dict[str, object] = {"title": "Fair", "starts": "2026-07-15T00:00:00+10:00", "ends": "2026-07-16T00:00:00+10:00", "all_day": True, "busy": True}  # fmt: skip
TOMORROW = _looked(15, 16, FAIR, _event("Audit", 15, "09:00", "10:30"), _event("Handover", 15, "10:30", "12:00"), _event("Course", 15, "14:00", "17:00"), _event("Choir", 15, "19:00", "21:00"))  # fmt: skip
FAIR_ALONE = _looked(15, 16, FAIR)
THURSDAY = _looked(16, 17, _event("Oculist", 16, "15:00", "16:00"))
TODAY = _looked(
    14,
    15,
    _event("Gym", 14, "08:00", "09:00"),
    _event("Team lunch", 14, "13:00", "14:00"),
    _event("Piano", 14, "16:00", "17:00"),
)
WEEK = _looked(20, 27, _event("Audit", 20, "09:00", "10:30"), _event("Choir", 22, "19:00", "21:00"))


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("You're busy from nine to noon.", True), ("You're busy from nine to one.", False), ("You're busy from half eight to noon.", False), ("You're busy from two to five.", True), ("You're busy from three to six.", False),
        ("You're busy at eleven.", True), ("You're busy at one.", False), ("You're busy at five.", False), ("At two you're busy, until five.", True), ("At two you're busy, until six.", False),
        ("You're busy all afternoon.", True), ("You're busy the whole evening.", False), ("You're busy in the evening.", True), ("You're busy from just after nine to noon.", True),
        ("You're free from noon to two.", True), ("You're free from noon to three.", False), ("You're free from eleven to two.", False), ("You're free at one.", True), ("You're free at three.", False),
        ("You're free at noon.", True), ("You're free at half past ten.", False), ("You're free until the afternoon.", False), ("You're free until nine.", True), ("You're free until ten.", False),
        ("You could come from noon to two.", True), ("You could come from noon to three.", False), ("You're free in the evening.", False), ("Choir's at seven, and there's nothing after that.", True), ("The course is at two, and there's nothing after that.", False),
        ("You're free on Thursday.", False), ("You're free tomorrow.", False), ("You're free tonight.", False), ("You're pretty much free from noon to two.", True), ("You're pretty much free from noon to three.", False),
        ("You're pretty much free from 12:30 to 13:45.", True), ("You're pretty much free from 16:30 to 18:00.", False), ("You're pretty much free from 17:00 to 19:00.", True), ("You're pretty much free from 13:00 to 15:00.", False),
    ],
)  # fmt: skip
async def test_of_a_day_that_was_read(text: str, *, so: bool) -> None:
    """What goes on without a break is one stretch; what fills half of a part of the day fills it."""
    assert await TURN.lets_go(text, TOMORROW, asked="what's on tomorrow?") is so


@pytest.mark.parametrize(
    ("asked", "text", "told", "so"),
    [
        ("what's on tomorrow?", "By nine in the evening you're through, when the choir ends, and then the calendar's blank.", TOMORROW, True), ("what's on tomorrow?", "By five you're through, when the course ends, and then the calendar's blank.", TOMORROW, False),
        ("what's on tomorrow?", "You start with the audit, and by noon, when the handover is over, the calendar's empty again.", TOMORROW, False), ("what's on tomorrow?", "You start at nine with the audit, and by nine in the evening, when the choir is over, the calendar's empty again.", TOMORROW, True),
        ("what's on on Monday?", "On Monday the 20th the audit ends at half past ten, and then the calendar's blank.", WEEK, True), ("what's on tomorrow?", "You're free tomorrow.", FAIR_ALONE, False), ("what's on tomorrow?", "You're free in the morning.", FAIR_ALONE, True), ("what's on tomorrow?", "You're free at ten.", FAIR_ALONE, True),
        ("what's on next week?", "You're busy on Monday the 20th at nine.", WEEK, True), ("what's on next week?", "You're busy on Wednesday the 22nd at ten.", WEEK, False), ("what's on next week?", "You're busy all morning on Wednesday the 22nd.", WEEK, False),
        ("what's on next week?", "You could come on Tuesday the 21st from nine to ten.", WEEK, True), ("what's on next week?", "You could come on Monday the 20th from nine to ten in the morning.", WEEK, False),
        ("what's on on Thursday?", "You're free until the afternoon.", THURSDAY, True), ("what's on on Thursday?", "You're free until midday.", THURSDAY, True), ("what's on on Thursday?", "You're free until the evening.", THURSDAY, False), ("what's on on Thursday?", "Nothing before noon.", THURSDAY, True),
        ("what's on on Thursday?", "You're free in the morning.", THURSDAY, True), ("what's on on Thursday?", "You're free in the afternoon.", THURSDAY, False), ("what's on on Thursday?", "You're free in the evening.", THURSDAY, True),
        ("what's on on Thursday?", "You're free on Friday.", THURSDAY, False), ("what's on on Thursday?", "You're busy all afternoon.", THURSDAY, False),
        ("what's left today?", "You're busy right now.", TODAY, True), ("what's left today?", "You're free right now.", TODAY, False), ("what's left today?", "After the piano there's nothing more.", TODAY, True), ("what's left today?", "After lunch there's nothing more.", TODAY, False),
        ("what's left today?", "You're free in the evening.", TODAY, True), ("what's left today?", "You're busy this morning.", TODAY, False), ("what's left today?", "You're free from two to four.", TODAY, True),
        ("what's on next week?", "You're free on Tuesday the 21st.", WEEK, True), ("what's on next week?", "You're free on Monday the 20th.", WEEK, False), ("what's on next week?", "You're free on Wednesday the 22nd, all evening.", WEEK, False),
        ("what's on next week?", "You're free on Sunday the 26th.", WEEK, True), ("what's on next week?", "You're free on Monday the 27th.", WEEK, False), ("what's on next week?", "You're free on Thursday and Friday.", WEEK, True),
    ],
)  # fmt: skip
async def test_of_other_days(asked: str, text: str, told: Told, *, so: bool) -> None:
    """What is over doesn't count any more; of what wasn't looked at nothing is known."""
    assert await TURN.lets_go(text, told, asked=asked) is so


@pytest.mark.parametrize(
    ("asked", "text", "so"),
    [
        ("am I free tomorrow at noon?", "You're free tomorrow at noon.", True), ("am I free tomorrow at ten?", "You're free tomorrow at ten.", False), ("am I free on Thursday?", "You're free on Thursday.", False),
        ("am I free next week?", "You're free next week.", False), ("am I free tonight?", "You're free at seven tonight.", True), ("am I free this afternoon?", "You're free this afternoon.", False),
        ("am I free tomorrow?", "You're busy tomorrow afternoon.", False),
    ],
)  # fmt: skip
async def test_of_today_and_tomorrow_the_next_events_are_known(asked: str, text: str, *, so: bool) -> None:
    """With nothing called; of no other day."""
    assert await TURN.lets_go(text, asked=asked) is so


def _at(starts: str, ends: str) -> tuple[datetime, datetime]:
    first, last = (datetime.fromisoformat(f"2026-07-15T{one}:00+10:00") for one in (starts, ends))
    return first, last


def test_what_goes_on_without_a_break_is_one_stretch() -> None:
    """In whatever order it comes; a break parts two."""
    spans = [_at("12:00", "13:00"), _at("09:00", "11:00"), _at("09:30", "10:00"), _at("11:00", "11:30")]
    assert together(spans) == [_at("09:00", "11:30"), _at("12:00", "13:00")]


def test_what_two_things_share() -> None:
    """From when the later begins until when the first of them ends."""
    spans = [_at("12:00", "13:00"), _at("09:00", "11:00"), _at("09:30", "10:00"), _at("11:00", "12:30")]
    assert shared(spans) == [_at("09:30", "10:00"), _at("12:00", "12:30")]


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("from two to half past three", True),
        ("from two to three", False),
        ("from three to half past three", False),
        ("from shortly after two to half past three", True),
        ("from shortly after one to half past three", False),
    ],
)
def test_a_stretch_begins_and_ends_at_hours(text: str, *, so: bool) -> None:
    """At both of them."""
    assert spans_from(_at("14:00", "15:30"), clocks(text)) is so


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("at two", True), ("at half past three", False), ("at three", True), ("until half past three", True), ("until three", False), ("at two and at three", True), ("at two and at four", False),
        ("from two to three", True), ("from two to half past three", True), ("from two to four", False), ("from one to three", False), ("from just before two until half past three", True), ("from two until nearly four", False), ("starts at two and ends around twenty to four", True), ("starts at two and ends around four", False),
    ],
)  # fmt: skip
def test_an_event_lies_at_hours(text: str, *, so: bool) -> None:
    """At each that is named, or all the way from one to another."""
    starts, ends = _at("14:00", "15:30")
    row = Row(
        "Lab", NOW.date(), SYDNEY, {"title": "Lab", "starts": starts.isoformat(), "ends": ends.isoformat()}, "events"
    )
    assert lies_at(row, clocks(text)) is so
