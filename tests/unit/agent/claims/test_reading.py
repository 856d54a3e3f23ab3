"""What is read out of a clause: hours, days, counts, lengths, changes that are claimed."""

from datetime import date

import pytest

from agent.claims.clauses import Clauses
from agent.claims.clocks import clocks
from agent.claims.days import days
from agent.claims.deeds import deeds, promises
from agent.claims.languages import is_english
from agent.claims.moods import is_question
from agent.claims.numbers import counts, lengths
from agent.claims.plain import plain, stem

TODAY = date(2026, 3, 4)
"""A Wednesday."""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("at three", [{180, 900}]),
        ("at 3 pm", [{900}]),
        ("at 15:00", [{900}]),
        ("at half past two", [{150, 870}]),
        ("a quarter to four", [{225, 945}]),
        ("at nine fifteen", [{555, 1275}]),
        ("from two to three thirty", [{120, 840}, {210, 930}]),
        ("between one and two", [{60, 780}, {120, 840}]),
        ("noon", [{720}]),
        ("at eight in the evening", [{1200}]),
        ("five past five", [{305, 1025}]),
        ("three meetings", []),
        ("a table for four people", []),
        ("two of them", []),
        ("a one-to-one with Sarah", []),
        ("ten o'clock it is", [{600, 1320}]),
    ],
)
def test_hours_are_read_with_all_they_can_mean(text: str, found: list[set[int]]) -> None:
    """ "At three" is 3:00 or 15:00; numbers of things are no hours."""
    assert [set(clock.minutes) for clock in clocks(text)] == found


def test_the_end_of_a_range_is_an_end() -> None:
    """What an event ends at isn't what it begins at."""
    assert [clock.ends for clock in clocks("from two to four")] == [False, True]
    assert [clock.ends for clock in clocks("it runs until four")] == [True]
    assert [clock.before_to for clock in clocks("moved from ten to three")] == [True, False]


@pytest.mark.parametrize(
    ("text", "fits", "not_"),
    [
        ("tomorrow", date(2026, 3, 5), date(2026, 3, 4)),
        ("on Friday", date(2026, 3, 6), date(2026, 2, 27)),
        ("it was due on Friday", date(2026, 2, 27), date(2026, 2, 26)),
        ("next Friday", date(2026, 3, 13), date(2026, 3, 6)),
        ("March 9th", date(2026, 3, 9), date(2026, 4, 9)),
        ("the 9th", date(2026, 3, 9), date(2026, 3, 10)),
        ("next week", date(2026, 3, 10), date(2026, 3, 6)),
    ],
)
def test_days_are_read(text: str, fits: date, not_: date) -> None:
    """A bare weekday is one to come, unless the words look back."""
    [day] = days(text, TODAY)
    assert day.fits(fits)
    assert not day.fits(not_)


def test_counts_and_lengths_are_told_apart() -> None:
    """Three meetings are a count, an hour and a half is a length, two overdue ones are a part."""
    assert [(one.number, one.family) for one in counts("You have three short meetings and 2 tasks")] == [
        (3, "events"),
        (2, "tasks"),
    ]
    assert [(one.number, one.marked) for one in counts("two of them are overdue")] == [(2, "overdue")]
    assert lengths("an hour and a half, or 45 minutes, or half an hour") == [90, 45, 30]
    assert list(counts("three hours")) == []


@pytest.mark.parametrize(
    "clause",
    [
        "i've added milk to your shopping list", "your meeting is moved to three", "sent!", "it's done", "done", "all set", "consider it done",
        "i'll remind you at five", "i've just gone ahead and booked it", "the table has been reserved", "it's on your calendar",
        "i remembered that", "i invited anna", "i've turned off the lights", "i managed to book it", "milk added", "your mail is on its way",
        "i won't forget", "reminder set for eight", "they have you down for seven", "i took it off your calendar", "it's at ten now",
    ],
)  # fmt: skip
def test_claims_of_a_change_are_found(clause: str) -> None:
    """However they are said: by us, passive, in a word, as a state."""
    assert deeds(clause)


@pytest.mark.parametrize(
    "clause",
    [
        "i haven't added it", "shall i move it to three", "i can put it on your calendar", "nothing has been sent", "sarah sent you a contract",
        "do you want it cancelled", "i couldn't find it", "i looked at your calendar", "you asked me to move it", "you have three meetings",
        "i don't see anything", "the dentist is at ten", "tom says the numbers are done", "it hasn't been sent", "let me check", "i'll have a look",
        "which one should be cancelled", "good morning",
    ],
)  # fmt: skip
def test_what_claims_no_change_is_left_alone(clause: str) -> None:
    """Denials, questions, offers, what others did, what there is."""
    assert not deeds(clause)


def test_promises_name_the_tools_that_would_keep_them() -> None:
    """ "I'll move it" is kept by a change; "let me see" promises nothing."""
    assert "change_event" in promises("i'll move it to three")
    assert "send_email" in promises("i'm sending it now")
    assert not promises("let me check that")


def test_clauses_are_given_back_letter_for_letter() -> None:
    """Cut anywhere, together they are the text; an abbreviation or an hour ends nothing."""
    text = "Sure, the dentist, Dr. Weber, is at 9.15 a.m. tomorrow: bring your card.\n- Milk\n- Eggs! Anything else?"
    for size in (1, 3, 11, len(text)):
        told = Clauses()
        found = [
            clause for at in range(0, len(text), size) for clause in told.feed(text[at : at + size])
        ] + told.flush()
        assert "".join(found) == text
    told = Clauses()
    assert told.feed("Of course, ") == ["Of course,"]
    assert told.feed("your vet is at nine") == []
    assert told.feed(". And") == [" your vet is at nine."]


def test_words_are_compared_by_what_they_share() -> None:
    """Markdown sounds like nothing, and forms of a word are one word; "butter" is not "but"."""
    assert plain("**Done!** see [this](http://x)") == "Done! see this"
    assert stem("cancelled") == stem("cancels") == stem("cancelling")
    assert stem("butter") != stem("but")


def test_moods_and_languages_are_told_apart() -> None:
    """A question asks whatever ends it; German is not English."""
    assert is_question("Shall I move it")
    assert is_question("At eight in the evening?")
    assert not is_question("What's left is the workshop")
    assert is_english("No, nothing important.")
    assert not is_english("Der Zahnarzt ist um 11:00.")
