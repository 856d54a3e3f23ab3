"""The plan, on lives that are made up: people who fly, servers that stop, clocks that are put."""

from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from jobs.plan import Plan
from jobs.timetable import DAY, HOUR, MINUTE, Entry, Hours

START = datetime(2026, 3, 25, tzinfo=UTC)
"""Four days before clocks go on in Europe."""
ZONES = [
    "UTC",
    "Europe/Berlin",
    "America/Los_Angeles",
    "Asia/Tokyo",
    "Pacific/Auckland",
    "Asia/Kolkata",
    "Africa/Cairo",
]
EIGHT = Entry(job="test.eight", times=lambda p: [p.briefing_at])

DAYS = 8
STEP = 15 * MINUTE
STEPS = DAYS * DAY // STEP
LONGEST = 5 * HOUR // STEP
steps = st.integers(0, STEPS)
flights = st.lists(st.tuples(steps, st.sampled_from(ZONES)), max_size=4)


class Life:
    """One person for eight days, a quarter of an hour at a time, and the server that works for them."""

    def __init__(self, flights: Iterable[tuple[int, str]], off: Collection[int]) -> None:
        self.zones, self.off = dict(flights), off
        self.done: set[str] = set()
        self.shown: set[str] = set()
        """Days on which their clock showed eight."""

    def live(self) -> None:
        zone, plan = ZoneInfo("Europe/Berlin"), Plan([EIGHT])
        for step in range(STEPS):
            now = START + step * STEP
            zone = ZoneInfo(self.zones.get(step, zone.key))
            if (local := now.astimezone(zone)).strftime("%H:%M") == "08:00":
                self.shown.add(local.date().isoformat())
            if step in self.off:
                plan = Plan([EIGHT])  # nothing is remembered but what is owed already
                continue
            plan.know([Hours(person_id="me", zone=zone, since=START - 9 * DAY, briefing_at=8 * HOUR)], now)
            self.done |= {call.slot.name for call in plan.due(now) if not call.too_late}


@given(flights)
@settings(max_examples=30)
def test_every_eight_oclock_on_a_persons_clock_is_answered(flights: list[tuple[int, str]]) -> None:
    """Wherever they fly, and whenever: each day that had an eight o'clock has its slot, and no other day has one twice."""
    life = Life(flights, [])
    life.live()

    assert life.shown <= life.done


@given(st.integers(0, STEPS - LONGEST - 1), st.integers(1, LONGEST))
def test_a_server_that_was_off_serves_late_and_nothing_twice(first: int, many: int) -> None:
    """Off for up to five hours, begun at any time: each morning is served, the one that was passed over when it is on again.

    The last day ends sixteen hours after its morning, so that one is served whenever it was off.
    """
    life = Life([], range(first, first + many))
    life.live()

    assert sorted(life.done) == [(START + n * DAY).date().isoformat() for n in range(DAYS)]


def test_nobody_is_looked_at_before_their_time() -> None:
    """A tick of a thousand people whose hours haven't come looks at none of them."""
    looked: list[str] = []

    class Watched(Entry):
        def last(self, hours: Hours, now: datetime) -> None:
            looked.append(hours.person_id)

    plan = Plan([Watched(job="test.eight", times=lambda p: [p.briefing_at])])
    people = [Hours(person_id=f"p{n}", zone=ZoneInfo("UTC"), since=START - DAY) for n in range(1000)]
    plan.know(people, START)
    plan.due(START)
    assert len(looked) == 1000
    plan.know(list(people), START + HOUR)
    plan.due(START + HOUR)

    assert len(looked) == 1000
    plan.due(START + 8 * HOUR)
    assert len(looked) == 2000
