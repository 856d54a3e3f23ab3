"""However something repeats, it is found quickly or refused, at the right time on the wall."""

import time
from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as some

from integrations.calendar import NewEvent
from integrations.calendar.details import details
from integrations.calendar.plain import plain
from integrations.calendar.rules import DAYS, Rule, moment, wall
from integrations.calendar.series import Series, aligned, stamp_of
from integrations.errors import Invalid

ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Africa/Cairo", "UTC")
NUMBERS = some.integers(-40, 1200).map(str)
PARTS = {
    "INTERVAL": NUMBERS,
    "COUNT": NUMBERS,
    "UNTIL": some.sampled_from(["20260401", "20270101T120000Z", "20310101T000000", "19000101"]),
    "BYMONTH": some.lists(some.integers(1, 12).map(str), min_size=1, max_size=3).map(",".join),
    "BYMONTHDAY": some.lists(some.integers(-31, 31).map(str), min_size=1, max_size=3).map(",".join),
    "BYDAY": some.lists(
        some.tuples(some.sampled_from(["", "1", "-1", "5", "-5"]), some.sampled_from(DAYS)).map("".join), max_size=3
    ).map(",".join),
    "BYSETPOS": some.integers(-5, 5).map(str),
    "WKST": some.sampled_from(DAYS),
}
FREQUENCIES = some.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"])
STARTS = some.datetimes(datetime(1971, 1, 1), datetime(2100, 1, 1))  # noqa: DTZ001


@some.composite
def rules(draw: some.DrawFn) -> str:
    """What somebody could write, with and without sense."""
    names = draw(some.lists(some.sampled_from(sorted(PARTS)), max_size=3, unique=True))
    return ";".join([f"FREQ={draw(FREQUENCIES)}", *(f"{name}={draw(PARTS[name])}" for name in names)])


@given(rules(), STARTS, some.sampled_from(ZONES))
def test_a_rule_is_expanded_quickly_or_refused(rule: str, start: datetime, zone: str) -> None:
    """Also far from its start; and what is found in a span is what lies in it, each once and by its own name."""
    began = time.process_time()
    first = start.replace(tzinfo=ZoneInfo(zone))
    try:
        parsed = Rule.parse(rule)
        shown = aligned(details(NewEvent(title="X", starts=first, ends=first, zone=zone)), parsed)
    except Invalid:
        assert time.process_time() - began < 5
        return
    series = Series("x", shown, parsed)
    series.bounds()
    far = datetime(2150, 6, 1, tzinfo=UTC)
    for span in ((shown.starts, shown.starts + timedelta(days=400)), (far, far + timedelta(days=31))):
        found = series.between(*span)
        assert all(span[0] <= event.starts < span[1] for event in found)
        assert all(series.event(stamp_of(event.starts)) == event for event in found[:3])
    assert series.between(shown.starts, shown.starts + timedelta(days=1))[0].starts == shown.starts
    assert time.process_time() - began < 5


@given(STARTS, some.sampled_from(ZONES), some.integers(1, 3))
def test_the_wall_clock_rules(start: datetime, zone: str, interval: int) -> None:
    """What repeats daily shows the same time every day, except in a gap, where it is as much later as the gap."""
    clock, rule = ZoneInfo(zone), Rule.parse(f"FREQ=DAILY;INTERVAL={interval}")
    at = [moment(local, clock) for local in islice(rule.starts(start.replace(microsecond=0), clock), 800)]
    assert all(one <= other for one, other in pairwise(at))
    for local, moment_ in zip(rule.starts(start.replace(microsecond=0), clock), at, strict=False):
        late = wall(moment_, clock) - local
        assert timedelta() <= late <= timedelta(days=1)
        before, after = ((moment_ + shift).astimezone(clock).utcoffset() for shift in (-late, timedelta()))
        assert late == timedelta() or before != after or zone == "Pacific/Apia"


@given(rules(), STARTS, some.integers(0, 40_000))
def test_arithmetic_counts_as_dateutil_does(rule: str, start: datetime, later: int) -> None:
    """The plain rules, near and far from their start, are what the library makes of them."""
    try:
        parts = Rule.parse(rule).parts
    except Invalid:
        return
    first, since = start.replace(microsecond=0), start.replace(microsecond=0) + timedelta(days=later)
    found = plain(parts, first, since)
    if found is None or since.year > 2180:
        return
    bare = ";".join(f"{name}={value}" for name, value in parts.items() if name not in {"UNTIL", "COUNT"})
    expected = islice(rrulestr(bare, dtstart=first).xafter(since, inc=True), 8)
    ours = islice((at for at in found if at >= since), 8)
    for mine, theirs in zip(ours, expected, strict=False):
        assert mine == theirs
        if theirs.year > 2199:
            return
