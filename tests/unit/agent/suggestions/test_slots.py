"""A suggested time is truly free: held against an oracle that looks at every minute, over random calendars and time changes."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.suggestions.lengths import length_of
from agent.suggestions.life import DAYS, Life, fits
from agent.suggestions.matching import proposals
from agent.suggestions.slots import Closed, Hours, goes_somewhere, in_meeting
from agent.suggestions.wishes import Habit, Wish
from integrations.calendar import Event
from integrations.tasks import Task

ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/St_Johns", "Asia/Kathmandu", "Pacific/Apia", "UTC"]  # fmt: skip
CHANGES = [datetime(2026, 3, 28, tzinfo=UTC), datetime(2026, 10, 24, tzinfo=UTC), datetime(2026, 3, 7, tzinfo=UTC),
           datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 4, 4, tzinfo=UTC), datetime(2026, 10, 3, tzinfo=UTC), datetime(2026, 6, 10, tzinfo=UTC)]  # fmt: skip
MINUTE = timedelta(minutes=1)
clocks = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 20, 30, 45]))
PLACES = ["", "", "Kastanienallee 12", "https://meet.example.com/x", "Zoom"]


@st.composite
def lives(draw: st.DrawFn) -> Life:
    """A person on some day near a change of the clocks, with any hours and a full calendar."""
    zone = ZoneInfo(draw(st.sampled_from(ZONES)))
    now = draw(st.sampled_from(CHANGES)) + timedelta(minutes=draw(st.integers(0, 2 * 1440)))
    events = []
    for number in range(draw(st.integers(0, 8))):
        starts = now + timedelta(minutes=draw(st.integers(-1000, 4 * 1440)))
        length = timedelta(minutes=draw(st.integers(5, 600)))
        whole = draw(st.integers(0, 9)) == 0
        if whole:
            day = starts.astimezone(zone).date()
            starts = datetime.combine(day, time(), zone)
            length = datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC) - starts.astimezone(UTC)
        ends = (starts.astimezone(UTC) + length).astimezone(zone)
        events.append(Event(
            id=str(number), title=f"Event {number}", starts=starts.astimezone(zone), ends=ends, all_day=whole,
            place=draw(st.sampled_from(PLACES)), busy=draw(st.integers(0, 4)) > 0,
        ))  # fmt: skip
    titles = draw(st.lists(st.sampled_from(["Call Anna", "Report", "Buy milk", "Read (2h)", "Thing"]), max_size=5))
    today = now.astimezone(zone).date()
    dues = [None, today, today + timedelta(days=1), today + timedelta(days=5), today - timedelta(days=2)]
    tasks = [Task(id=f"t{n}", title=title, due=draw(st.sampled_from(dues))) for n, title in enumerate(titles)]
    closed = [Closed(days=frozenset({1, 3, 6}), starts=draw(clocks), ends=draw(clocks))] if draw(st.booleans()) else []
    hours = Hours(
        zone=zone, work=(draw(clocks), draw(clocks)), days=frozenset(draw(st.sets(st.integers(1, 7), min_size=3))),
        quiet=(draw(clocks), draw(clocks)), closed=closed,
    )  # fmt: skip
    wish = Wish(
        good=True, about="work", days=frozenset(range(1, 8)), starts=time(6), ends=time(12), memory_id="m", told=""
    )
    part = draw(st.sampled_from([(time(6), time(12)), (time(17, 30), time(21, 30))]))
    habit = Habit(activity="Run", days=frozenset(range(1, 8)), starts=part[0], ends=part[1], minutes=60, memory_id="h", told="")  # fmt: skip
    return Life(now=now, hours=hours, events=events, tasks=tasks, wishes=[wish], habits=[habit])


def spans(zone: ZoneInfo, day: date, starts: time, ends: time) -> tuple[datetime, datetime]:
    """From one time of the clock to the next such other time, as instants; a time in a gap with the offset before it."""
    last = day + timedelta(days=1) if ends < starts else day
    return datetime.combine(day, starts, zone).astimezone(UTC), datetime.combine(last, ends, zone).astimezone(UTC)


def within(zone: ZoneInfo, moment: datetime, starts: time, ends: time, days: Sequence[int]) -> bool:
    """Whether a moment lies in one of the days' spans."""
    today = moment.astimezone(zone).date()
    near = [today + timedelta(days=ahead) for ahead in (-1, 0, 1)]
    return any(a <= moment < b for day in near if day.isoweekday() in days for a, b in [spans(zone, day, starts, ends)])


def allowed(life: Life, kind: str, moment: datetime) -> bool:
    """One minute, looked at by itself."""
    hours, every = life.hours, range(1, 8)
    for event in life.events:
        way = timedelta(minutes=30) if event.place == "Kastanienallee 12" and not event.all_day else timedelta()
        if event.busy and event.starts.astimezone(UTC) - way <= moment < event.ends.astimezone(UTC) + way:
            return False
    if within(hours.zone, moment, *hours.quiet, list(every)) or moment < life.now:
        return False
    if kind == "habit":
        return True
    if not within(hours.zone, moment, *hours.work, list(hours.days)):
        return False
    return not any(within(hours.zone, moment, c.starts, c.ends, list(c.days)) for c in hours.closed)


@settings(max_examples=60)
@given(lives())
def test_every_minute_of_a_suggestion_is_free(life: Life) -> None:
    """Never over a busy event or the way to it, never outside the hours, never past, never two at once."""
    found = proposals(life)

    minutes: list[datetime] = []
    for one in found:
        assert one.starts < one.ends
        assert fits(life, one.kind, one.starts, one.ends)
        at = one.starts
        while at < one.ends:
            assert allowed(life, one.kind, at), (one.kind, at)
            minutes.append(at)
            at += MINUTE
        if one.kind in ("deadline", "focus") and one.task and one.task.due and one.task.due >= life.today:
            assert (one.ends - MINUTE).astimezone(life.hours.zone).date() <= one.task.due
    assert len(minutes) == len(set(minutes))


@given(lives())
def test_where_there_is_room_something_is_suggested(life: Life) -> None:
    """An undated short task finds its place whenever a quarter of an hour is free for it."""
    life = Life(now=life.now, hours=life.hours, events=life.events, tasks=[Task(id="t", title="Call Anna")])
    at = life.now.replace(minute=0) + timedelta(minutes=15 * 4)
    last = datetime.combine(life.today + timedelta(days=DAYS - 1), time(), life.hours.zone).astimezone(UTC)
    room = False
    while at < last and not room:
        day = at.astimezone(life.hours.zone).date()
        opens, closes = spans(life.hours.zone, day, *life.hours.work)
        whole = [at + n * MINUTE for n in range(15)]
        room = day.isoweekday() in life.hours.days and opens <= at and at + 15 * MINUTE <= closes and all(allowed(life, "focus", m) for m in whole)  # fmt: skip
        at += timedelta(minutes=15)

    assert not room or [one.title for one in proposals(life) if one.kind == "focus"] == ["Call Anna"]


NOW = datetime(2026, 3, 4, 9, 20, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


def event(starts: int, ends: int, **more: object) -> Event:
    """On the day of `NOW`, by the hour."""
    day = datetime(2026, 3, 4, tzinfo=BERLIN)
    return Event(id="e", title="E", starts=day + timedelta(hours=starts), ends=day + timedelta(hours=ends), **more)  # type: ignore[arg-type]


def life_with(*events: Event, tasks: Sequence[Task] = (), wishes: Sequence[Wish] = ()) -> Life:
    """Nine to five on weekdays."""
    hours = Hours(zone=BERLIN, work=(time(9), time(17)), days=frozenset(range(1, 6)), quiet=(time(22), time(7)))
    return Life(now=NOW, hours=hours, events=events, tasks=tasks, wishes=wishes)


def test_a_place_takes_time_to_get_to() -> None:
    """Half an hour is kept before and after what one has to go to, none for a screen."""
    call = Task(id="t", title="Call Anna")
    [away] = proposals(life_with(event(9, 11, place="Kastanienallee 12"), tasks=[call]))
    [screen] = proposals(life_with(event(9, 11, place="Zoom"), tasks=[call]))

    assert (away.starts.astimezone(BERLIN).time(), screen.starts.astimezone(BERLIN).time()) == (time(11, 30), time(11))
    assert not goes_somewhere(event(9, 11, place="https://meet.example.com/abc"))


def test_a_whole_day_taken_leaves_no_room_and_one_marked_free_does() -> None:
    """A day of holiday is busy; a birthday marked free, or something declined, isn't."""
    call = Task(id="t", title="Call Anna")
    [tomorrow] = proposals(life_with(event(0, 24, all_day=True), tasks=[call]))
    [today] = proposals(life_with(event(0, 24, all_day=True, busy=False), event(9, 17, busy=False), tasks=[call]))

    assert tomorrow.starts.date() == date(2026, 3, 5)
    assert today.starts.date() == date(2026, 3, 4)


def test_the_deadline_goes_first() -> None:
    """What is due today comes before what is due later, and before what has no date."""
    tasks = [Task(id="a", title="Sometime"), Task(id="b", title="Later", due=date(2026, 3, 10)), Task(id="c", title="Today", due=date(2026, 3, 4))]  # fmt: skip
    assert [(one.title, one.kind) for one in proposals(life_with(tasks=tasks))] == [
        ("Today", "deadline"), ("Later", "focus"), ("Sometime", "focus"),
    ]  # fmt: skip


def test_a_deadline_at_the_end_of_time_is_one_like_any() -> None:
    """The last day of the calendar has no day after it."""
    [one] = proposals(life_with(tasks=[Task(id="t", title="Call Anna", due=date.max)]))
    assert one.kind == "focus"


def test_where_it_does_not_fit_before_it_is_due_a_beginning_is_suggested() -> None:
    """A two-hour task with an hour left before its deadline gets that hour, said as a start."""
    task = Task(id="t", title="Report", notes="(2h)", due=date(2026, 3, 4))
    [one] = proposals(life_with(event(9, 16), tasks=[task]))

    assert one.beginning
    assert (one.starts.astimezone(BERLIN).hour, one.ends.astimezone(BERLIN).hour) == (16, 17)


def test_a_day_full_of_meetings_gets_a_pause() -> None:
    """More than three quarters of the hours taken: a break near the middle, where it is free."""
    [one] = proposals(life_with(event(9, 12), event(12.5, 17)))  # type: ignore[arg-type]

    assert (one.kind, one.starts.astimezone(BERLIN).time()) == ("break", time(12))


def test_what_is_planned_already_is_not_suggested() -> None:
    """A task with its own event on the calendar needs no other."""
    planned = Event(id="x", title="Write the report", starts=NOW + timedelta(hours=1), ends=NOW + timedelta(hours=2))
    assert proposals(life_with(planned, tasks=[Task(id="t", title="Write the report")])) == []


def test_a_meeting_is_one_while_it_lasts() -> None:
    """From its first minute to before its last; a holiday is none."""
    assert in_meeting([event(10, 11)], NOW)
    assert not in_meeting([event(11, 12)], NOW)
    assert not in_meeting([event(0, 24, all_day=True)], NOW)


@pytest.mark.parametrize(
    ("title", "notes", "minutes"),
    [
        ("Call Anna", "", 15), ("Write the report", "", 90), ("Report (2h)", "", 120), ("Thing", "takes 1.5 hours", 90),
        ("Thing", "", 45), ("Buy milk", "", 30), ("Prepare the meeting", "", 60), ("Thing", "20 min", 20), ("Flight at 7", "", 45),
    ],
)  # fmt: skip
def test_how_long_a_task_takes(title: str, notes: str, minutes: int) -> None:
    """As its words say, else as such things usually take."""
    assert length_of(Task(id="t", title=title, notes=notes)) == timedelta(minutes=minutes)
