"""What is remembered about someone's time is read by code, and only where it speaks of that."""

from datetime import UTC, datetime, time

import pytest

from agent.suggestions.wishes import ALL_WEEK, clock, habits, wishes
from integrations.store.memories import Memory


def memory(text: str, origin: str = "said") -> Memory:
    """As a store gives it."""
    return Memory(id="m", person_id="p", text=text, origin=origin, at=datetime(2026, 3, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("text", "good", "about", "starts", "ends"),
    [
        ("No meetings before ten", False, "calls", time(0), time(10)),
        ("I don't want any meetings before 10 am", False, "calls", time(0), time(10)),
        ("I never take calls after four", False, "calls", time(16), time(23, 59)),
        ("I don't work after 5", False, "work", time(17), time(23, 59)),
        ("I work best in the morning", True, "work", time(6), time(12)),
        ("I’m a morning person", True, "work", time(6), time(12)),
        ("I concentrate best between two and four", True, "work", time(14), time(16)),
        ("I prefer to write before lunch", True, "work", time(0), time(12)),
        ("I am most productive after nine in the evening", True, "work", time(9), time(23, 59)),
    ],
)
def test_better_and_worse_hours_are_read(text: str, good: bool, about: str, starts: time, ends: time) -> None:
    """Which hours, whether they are good, and whether that is about calls or all work."""
    [wish] = wishes([memory(text)])

    assert (wish.good, wish.about, wish.starts, wish.ends, wish.days) == (good, about, starts, ends, ALL_WEEK)


def test_days_are_read() -> None:
    """ "I never work on Fridays" closes Fridays, whole."""
    [wish] = wishes([memory("I never work on Fridays")])
    assert (wish.days, wish.starts, wish.ends) == (frozenset({5}), time(0), time(23, 59))


@pytest.mark.parametrize(
    ("text", "activity", "days", "starts"),
    [
        ("I run on Thursday evenings", "Run", {4}, time(17, 30)),
        ("I usually go running on Tuesday mornings", "Running", {2}, time(6)),
        ("I play tennis every Saturday at ten", "Tennis", {6}, time(10)),
        ("I do yoga on Mondays and Wednesdays at 6 pm", "Yoga", {1, 3}, time(18)),
        ("I go to the gym on Fridays", "Gym", {5}, time(17, 30)),
    ],
)
def test_habits_are_read(text: str, activity: str, days: set[int], starts: time) -> None:
    """What is done on which days, and around when."""
    [habit] = habits([memory(text)])

    assert (habit.activity, habit.days, habit.starts) == (activity, frozenset(days), starts)


def test_a_habit_that_was_noticed_is_read_too() -> None:
    """In the words in which it is remembered."""
    [habit] = habits([memory("You had Running on 7 of the last 8 Thursdays, around 6:30 pm", "noticed")])
    assert (habit.activity, habit.days, habit.starts, habit.noticed) == ("Running", frozenset({4}), time(18, 30), True)


@pytest.mark.parametrize(
    "text",
    [
        "I take my coffee black", "I like Thursdays", "I work from home on Fridays", "My sister's birthday is on a Monday", "I don't eat meat",
        "I am off on Fridays", "Bins go out on Tuesdays", "I don't go out on Mondays", "I love mornings in autumn", "The meeting code is 4711",
        "I like to work out in the morning", "I like a walk in the morning before work", "I'm not a morning person",
    ],
)  # fmt: skip
def test_what_speaks_of_something_else_is_left_alone(text: str) -> None:
    """No wish and no habit is made up."""
    assert (wishes([memory(text)]), habits([memory(text)])) == ([], [])


def test_hours_are_meant_of_a_day() -> None:
    """Four is the afternoon, ten the morning, six before things begin the morning too."""
    assert [clock("four"), clock("ten"), clock("6", early=True), clock("noon"), clock("5:30 pm"), clock("12 am")] == [
        time(16), time(10), time(6), time(12), time(17, 30), time(0),
    ]  # fmt: skip
