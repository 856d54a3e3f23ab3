"""Times hold on the nights when clocks change, in any zone, for any words."""

import os
import time as clock
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from agent.when import Ambiguous, Found, When, find, resolve
from integrations.errors import Invalid

# Nights (local dates) around which these zones change their clocks, or drop a day.
NIGHTS = {
    "Europe/Berlin": ["2026-03-29", "2026-10-25"],
    "America/New_York": ["2026-03-08", "2026-11-01"],
    "Australia/Lord_Howe": ["2026-04-05", "2026-10-04"],
    "America/Sao_Paulo": ["2018-11-04", "2019-02-17"],
    "Asia/Kolkata": ["2026-03-29"],
    "Pacific/Apia": ["2011-12-30", "2011-12-31"],
    "Africa/Casablanca": ["2026-02-15", "2026-03-22"],
    "Europe/London": ["2026-03-29", "2026-10-25"],
    "Asia/Beirut": ["2026-03-29", "2026-10-25"],
}
PLACES = [(zone, night) for zone, nights in NIGHTS.items() for night in nights]
FEW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
FUZZ = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))

places = st.sampled_from(PLACES)
minutes = st.integers(min_value=-36 * 60, max_value=36 * 60)
phrases = st.sampled_from(
    "today|tomorrow|tonight|friday|this weekend|next week|in 20 minutes|in two hours|in three days|at 2:30 am|from 1:30 am to 2:30 am"
    "|from 2:15 am to 2:45 am|tomorrow at 2:30 am|tomorrow from 1 am to 4 am|tomorrow at 1:30 am for two hours|until 5 pm|after 3 am"
    "|rest of the day|every day at 2:30 am|every sunday at 2:30 am for an hour|midnight|tomorrow morning|the 29th|march|before ten".split(
        "|"
    )
)
vocabulary = st.sampled_from(
    "at on in the from to until for every next last this friday monday tomorrow today march may 3 5 10 25 31 3rd first second other noon am pm "
    "half past quarter o'clock week day month year hour minutes and a an of before after - : / , 12:30 3/4 2026-03-29 starting between"
    " weekend morning tonight christmas now rest ago end daily not times wednesdays 1.5 99999 dentist".split()
)


def _noon(zone: str, night: str) -> datetime:
    return datetime.fromisoformat(f"{night}T12:00").replace(tzinfo=ZoneInfo(zone))


def _all(answer: When | Ambiguous) -> list[When]:
    return [answer] if isinstance(answer, When) else [choice for choice in answer.choices if isinstance(choice, When)]


@FEW
@given(places, minutes, phrases)
def test_every_answer_is_a_real_time(place: tuple[str, str], away: int, words: str) -> None:
    """Answers are aware, in the person's zone, end after they start, and survive the way to UTC and back."""
    zone = ZoneInfo(place[0])
    now = (_noon(*place).astimezone(UTC) + timedelta(minutes=away)).astimezone(zone)
    try:
        answer = resolve(words, now=now, zone=zone)
    except Invalid:
        assert place[0] == "Pacific/Apia"  # a day that never was
        return
    for when in _all(answer):
        for moment in (when.starts, when.ends):
            if moment is not None:
                assert moment.tzinfo is zone
                assert moment.astimezone(UTC).astimezone(zone) == moment
                assert moment.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == moment.replace(tzinfo=None)
        assert when.ends is None or when.ends.astimezone(UTC) > when.starts.astimezone(UTC)


@pytest.mark.parametrize(
    ("zone", "words", "local", "offset"),
    [
        ("Europe/Berlin", "2026-03-29 02:30", "2026-03-29T03:30", "+02:00"),
        ("Europe/Berlin", "march 29 at 2:30 am", "2026-03-29T03:30", "+02:00"),
        ("Europe/Berlin", "march 29 at 01:59", "2026-03-29T01:59", "+01:00"),
        ("Europe/Berlin", "october 25 at 2:30 am", "2026-10-25T02:30", "+02:00"),
        ("Europe/Berlin", "october 25 at 3 am", "2026-10-25T03:00", "+01:00"),
        ("America/New_York", "march 8 at half past two in the morning", "2026-03-08T03:30", "-04:00"),
        ("America/New_York", "november 1 at 1:30 am", "2026-11-01T01:30", "-04:00"),
        ("Australia/Lord_Howe", "october 4 at 2:15 am", "2026-10-04T02:45", "+11:00"),
        ("Australia/Lord_Howe", "april 5 at 1:45 am", "2026-04-05T01:45", "+11:00"),
        ("America/Sao_Paulo", "2018-11-04 00:15", "2018-11-04T01:15", "-02:00"),
        ("America/Sao_Paulo", "2019-02-16 23:30", "2019-02-16T23:30", "-02:00"),
        ("Pacific/Apia", "2011-12-30 10:00", "2011-12-31T10:00", "+14:00"),
        ("Asia/Kolkata", "march 29 at 2:30 am", "2026-03-29T02:30", "+05:30"),
        ("Africa/Casablanca", "march 22 at 2:30 am", "2026-03-22T03:30", "+01:00"),
    ],
)
def test_gaps_and_doubled_times_are_read_as_rfc_5545_says(zone: str, words: str, local: str, offset: str) -> None:
    """A time in a gap keeps the offset before it, a doubled one is the first."""
    now = datetime(2026, 2, 2, 12, tzinfo=ZoneInfo(zone))
    when = resolve(words, now=now, zone=ZoneInfo(zone))
    assert isinstance(when, When)
    assert when.starts.isoformat(timespec="minutes") == local + offset


def test_a_day_without_its_midnight_begins_at_one() -> None:
    """Where the clocks change at midnight, the day begins when it really begins."""
    zone = ZoneInfo("America/Sao_Paulo")
    when = resolve("2018-11-04", now=datetime(2018, 10, 1, tzinfo=zone), zone=zone)
    assert isinstance(when, When)
    assert when.starts.isoformat() == "2018-11-04T01:00:00-02:00"


def test_a_day_that_never_was_is_refused() -> None:
    """Samoa went from the 29th to the 31st of December 2011."""
    zone = ZoneInfo("Pacific/Apia")
    with pytest.raises(Invalid):
        resolve("2011-12-30", now=datetime(2011, 12, 1, tzinfo=zone), zone=zone)


@FEW
@given(places, minutes)
def test_an_absolute_time_is_itself(place: tuple[str, str], away: int) -> None:
    """An ISO moment with its offset comes back as that very moment, whichever of two it is."""
    zone = ZoneInfo(place[0])
    moment = _noon(*place).astimezone(UTC) + timedelta(minutes=away)
    for written in (moment.isoformat(), moment.astimezone(zone).isoformat(), moment.strftime("%Y-%m-%dT%H:%M:%SZ")):
        when = resolve(written, now=datetime(2026, 3, 4, 10, 20, tzinfo=UTC), zone=zone)
        assert isinstance(when, When)
        assert when.starts.astimezone(UTC) == moment


@FEW
@given(places, minutes, st.integers(1, 3000), st.integers(1, 3000))
def test_later_words_are_later_times(place: tuple[str, str], away: int, one: int, other: int) -> None:
    """Minutes from now are real minutes, so more of them is always later."""
    zone = ZoneInfo(place[0])
    now = (_noon(*place).astimezone(UTC) + timedelta(minutes=away)).astimezone(zone)
    found = [resolve(f"in {count} minutes", now=now, zone=zone) for count in (one, other)]
    starts = [when.starts.astimezone(UTC) for when in found if isinstance(when, When)]
    assert starts == [now.astimezone(UTC) + timedelta(minutes=count) for count in (one, other)]


@FEW
@given(places, st.integers(0, 23), st.integers(0, 59), st.integers(0, 59))
def test_a_later_wall_clock_is_never_an_earlier_time(place: tuple[str, str], hour: int, one: int, other: int) -> None:
    """Within one hour of one day a later minute is never an earlier moment.

    Save where only one of the two exists: RFC 5545 reads a minute in Lord Howe's half-hour gap as later than the gap's end.
    """
    zone = ZoneInfo(place[0])
    now = datetime(2011, 1, 1, tzinfo=zone)
    early, late = sorted((one, other))
    found = [resolve(f"{place[1]} {hour:02}:{minute:02}", now=now, zone=zone) for minute in (early, late)]
    starts = [when.starts for when in found if isinstance(when, When)]
    in_gap = [start.minute != minute for start, minute in zip(starts, (early, late), strict=True)]
    assume(in_gap[0] == in_gap[1])
    assert starts[0].astimezone(UTC) <= starts[1].astimezone(UTC)


@FUZZ
@given(st.one_of(st.text(max_size=60), st.lists(vocabulary, max_size=12).map(" ".join)), places)
def test_any_words_give_an_answer_or_a_refusal(words: str, place: tuple[str, str]) -> None:
    """Whatever is said, nothing but Invalid is ever raised, and what is answered ends after it starts."""
    zone = ZoneInfo(place[0])
    now = _noon(*place)
    for understand in (resolve, find):
        try:
            answer = understand(words, now=now, zone=zone)
        except Invalid:
            continue
        meaning = answer.when if isinstance(answer, Found) else answer
        for when in _all(meaning) if meaning is not None else []:
            assert when.ends is None or when.ends.astimezone(UTC) > when.starts.astimezone(UTC)


def test_a_sentence_without_end_is_refused() -> None:
    """Very long input is turned away, not recursed into."""
    for words in ("the day after " * 500, "every " * 5000, "1" * 10000):
        with pytest.raises(Invalid):
            resolve(words, now=datetime(2026, 3, 4, tzinfo=UTC), zone=ZoneInfo("UTC"))


def test_the_machine_zone_does_not_matter() -> None:
    """The same words mean the same whatever zone the machine itself is set to."""
    zone, before = ZoneInfo("Asia/Tokyo"), os.environ.get("TZ")
    now = datetime(2026, 3, 4, 1, 20, tzinfo=UTC)
    meanings = []
    try:
        for machine in ("America/Los_Angeles", "Pacific/Auckland", "UTC"):
            os.environ["TZ"] = machine
            clock.tzset()
            meanings.append([resolve(words, now=now, zone=zone) for words in ("tomorrow at 9", "every tuesday at 3 until june 9", "tonight")])  # fmt: skip
    finally:
        os.environ.pop("TZ") if before is None else os.environ.update(TZ=before)
        clock.tzset()
    assert meanings[0] == meanings[1] == meanings[2]
