"""Numbers, lengths of time and counts, as they are read out of a clause."""

import pytest

from agent.claims.numbers import Count, counts, in_figures, lengths, numbers, value, without_counts, without_lengths


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("seven of 12", {7, 12}), ("Twenty-three, or forty", {23, 40}), ("2,400 euros", {2400}), ("two thousand four hundred", {2400}),
        ("a hundred", {100}), ("A hundred and five", {105}), ("three hundred", {300}), ("a thousand", {1000}), ("six thousand, two hundred and eleven", {6211}),
        ("one thousand and one", {1001}), ("hundreds of them", set()), ("nineteen hundred", {1900}), ("two hundred thousand", {200000}), ("three hundred thousand and five", {300005}), ("eighty-four thousand", {84000}),
        ("on 123456789", {123456789}), ("call 4915112345678", set()), ("9" * 5000, set()), ("none", set()),
    ],
)  # fmt: skip
def test_numbers_are_read(text: str, found: set[int]) -> None:
    """In words and figures, great and small; one that is as long as a telephone number is none."""
    assert numbers(text) == found


def test_a_word_has_its_value() -> None:
    """In any case of letters."""
    assert [value("Eleven"), value("forty-two"), value("17")] == [11, 42, 17]


def test_great_numbers_are_put_in_figures() -> None:
    """And nothing else is touched."""
    assert in_figures("It's 1,250 for a hundred and ten chairs") == "It's 1250 for 110 chairs"
    assert in_figures("On May 3, 12 chairs and two tables") == "On May 3, 12 chairs and two tables"


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("an hour", [60]), ("A minute", [1]), ("Half an hour", [30]), ("a half-hour walk", [30]), ("three quarters of an hour", [45]),
        ("Three Quarters of an hour", [45]), ("a quarter of an hour", [15]), ("an hour and a half", [90]), ("an hour and a quarter", [75]),
        ("two and three-quarter hours", [165]), ("Two And A Half hours", [150]), ("a minute and a half", [1]), ("45-minute", [45]), ("2 hrs", [120]), ("90 mins", [90]),
        ("An hour and twenty minutes", [80]), ("2 hours 5 minutes", [125]), ("one hour, forty five minutes", [105]), ("an hour and thirty-five minutes", [95]),
        ("an hour and twenty-five minutes, then half an hour", [85, 30]), ("half an hour, an hour and ten minutes, a quarter of an hour and 20 minutes", [30, 70, 15, 20]),
        ("two solid hours", [120]), ("five minutes to four", []), ("ten minutes past noon", []), ("three tasks", []),
    ],
)  # fmt: skip
def test_lengths_of_time_are_read(text: str, minutes: list[int]) -> None:
    """In minutes, each of several; what tells an hour is no length."""
    assert lengths(text) == minutes


def test_lengths_can_be_left_out() -> None:
    """What is an hour stays."""
    assert without_lengths("at three for an hour and a half, and then ten minutes").split() == ["at", "three", "for", ",", "and", "then"]  # fmt: skip
    assert without_lengths("at two for 2,000 euros") == "at two for 2,000 euros"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Three short meetings", [(3, "events", "", False)]),
        ("one event and two errands", [(1, "events", "", False), (2, "tasks", "", False)]),
        ("4 new important mails", [(4, "messages", "important", False), (4, "messages", "unread", False)]),
        ("two other reminders", [(2, "reminders", "", True)]),
        ("Six Overdue Tasks", [(6, "tasks", "overdue", False)]),
        ("six more slots", [(6, "gaps", "", True)]),
        ("Two of them are overdue", [(2, "tasks", "overdue", False)]),
        ("five tasks are Due Today", [(5, "tasks", "due today", False)]),
        ("three of your letters are marked important", [(3, "messages", "important", False)]),
        ("three others are unread", [(3, "messages", "unread", True)]),
        ("two mails and three others, unread", [(3, "messages", "unread", True), (2, "messages", "", False)]),
        ("the two are overdue", []),
        ("the Six Overdue Tasks", [(6, "tasks", "overdue", False)]),
        ("a two-meeting morning", [(2, "events", "", False)]),
        ("two mails haven't been opened", [(2, "messages", "", False), (2, "messages", "unread", False)]),
        ("Seven have not been read", [(7, "messages", "unread", False)]),
        ("Two new ones", [(2, "messages", "unread", False)]),
        ("two new appointments", [(2, "events", "", False)]),
        ("two new dentist appointments", [(2, "events", "", False)]),
        ("A couple of meetings", []),
        ("a few overdue tasks", []),
        ("five clashes", [(5, "conflicts", "", False)]),
        ("three dozen eggs", []),
    ],
)
def test_what_is_counted_is_read(text: str, found: list[tuple[int, str, str, bool]]) -> None:
    """How many of which things, as what they are marked, and whether they are other ones; "a few" isn't a number."""
    assert [(one.number, one.family, one.marked, one.others) for one in counts(text)] == found


def test_the_words_between_are_told() -> None:
    """They may name something: "two yoga appointments" are not all appointments."""
    assert list(counts("two yoga appointments")) == [Count(2, "events", named=" yoga")]


def test_counts_can_be_left_out() -> None:
    """The numbers that remain count nothing."""
    text = "Three meetings in Room 4, two of them are important, a couple of tasks."
    assert without_counts(text).split() == ["in", "Room", "4,", ",", "."]
