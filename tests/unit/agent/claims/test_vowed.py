"""What is promised to come unasked, over what could make it come: a reminder, a mail that was sent, a series."""

import pytest

from tests.unit.agent.claims.test_claimed import EVENTS, REMINDERS, TASKS, UNSENT
from tests.unit.agent.claims.test_elsewhere_deeds import DRAFTED, HIVES, MOVED, SEEDS, Told, event, receipt, said

CALLED = receipt("call_me", {"to": "+1902555", "at": "2026-09-15T08:41:00-03:00"}, "I'm ringing you now.")
WEEKLY = receipt("add_event", {**event("Farrier", 17, "14:00", "15:00"), "recurrence": "RRULE:FREQ=WEEKLY"}, "Farrier is on your calendar, every Thursday from 2 to 3 pm.", title="Farrier")  # fmt: skip
ONCE = receipt("add_event", event("Farrier", 17, "14:00", "15:00"), "Farrier is on your calendar, Thursday the 17th from 2 to 3 pm.", title="Farrier")  # fmt: skip
SERIES: Told = ("list_events", {"result": {"events": [{**event("Farrier", 17, "14:00", "15:00"), "recurrence": "RRULE:FREQ=WEEKLY"}], "span": {"starts": "2026-09-15T00:00:00-03:00", "ends": "2026-09-20T00:00:00-03:00"}, "conflicts": []}}, {})  # fmt: skip
DAILY = receipt("set_reminder", {"text": "close the hives", "due": "2026-09-15T09:30:00-03:00", "recurrence": "RRULE:FREQ=DAILY"}, "I'll remind you every day at 9:30 am: close the hives.")  # fmt: skip

BUS: Told = ("list_events", {"result": {"events": [event("Bus to Halifax", 17, "13:00", "15:00")], "span": {"starts": "2026-09-15T00:00:00-03:00", "ends": "2026-09-20T00:00:00-03:00"}, "conflicts": []}}, {})  # fmt: skip


@pytest.mark.parametrize(
    ("text", "so", "told"),
    [
        ("I'll call you about it.", True, (CALLED,)), ("I'll call you about it.", False, (HIVES,)), ("I'll keep an eye on the hives.", False, (HIVES,)), ("I'll ring the vet for you.", False, (CALLED,)), ("It'll go out by itself tonight.", False, (DRAFTED,)), ("It'll go out by itself tonight.", False, (EVENTS, DRAFTED)), ("It'll be sent later.", False, (SEEDS,)), ("It leaves at one.", False, (EVENTS, UNSENT)), ("There's the bus to Halifax on Thursday. It leaves at one.", True, (BUS,)), ("I'll nudge you as soon as the hives are closed.", False, (HIVES,)),
        ("It'll ring at half past nine.", True, (HIVES,)), ("It'll ring at ten.", False, (HIVES,)), ("It goes off at half past nine.", True, (HIVES,)), ("It comes up at half past four.", True, (MOVED,)),
        ("It repeats every week.", True, (WEEKLY,)), ("It repeats every week.", False, (ONCE,)), ("It repeats every week.", True, (SERIES,)), ("It'll ring every day.", True, (DAILY,)), ("It'll ring every day.", False, (HIVES,)),
        ("I'll nudge you at half past nine.", True, (HIVES,)), ("I'll nudge you at ten.", False, (HIVES,)), ("I'll nudge you tomorrow.", False, (HIVES,)), ("I'll nudge you each time.", False, (HIVES,)), ("I'll nudge you daily.", False, (HIVES,)), ("I'll nudge you daily.", True, (DAILY,)),
        ("I'll nudge you when Noor writes.", False, (HIVES,)), ("I'll nudge you when the hives are to be closed.", True, (HIVES,)), ("I'll nudge you when the goats are to be closed.", False, (HIVES,)), ("I'll nudge you when it's over.", True, (HIVES,)), ("I'll nudge you when it's over.", False, (SEEDS,)), ("I'll nudge you when they're here.", False, (HIVES,)), ("I'll nudge you when it's half past nine.", True, (HIVES,)), ("I'll nudge you at half past nine.", True, (REMINDERS,)), ("I'll nudge you at half past nine.", False, (TASKS,)),
        ("I won't nudge you.", True, (SEEDS,)), ("If you like, I'll nudge you at ten.", True, (SEEDS,)), ("I'll let you know whenever she writes.", False, (SEEDS,)),
    ],
)  # fmt: skip
async def test_what_is_to_come_needs_something_that_makes_it_come(text: str, *, so: bool, told: tuple[Told, ...]) -> None:  # fmt: skip
    """A reminder for that hour and as often, a mail that has left, a call to their own telephone; nobody watches over anything."""
    assert (await said(text, *told) == text) is so
