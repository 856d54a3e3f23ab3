"""What people say about time, alone and within a sentence: what is found, what is left of the sentence, and how it is said again."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from agent.saying import say_when
from agent.when import Ambiguous, When, find, how_long, resolve
from integrations.errors import Invalid
from tests.evals.when_table import NOW, expected

BERLIN = ZoneInfo("Europe/Berlin")


def _found(words: str) -> tuple[When | Ambiguous, str] | None:
    found = find(words, now=NOW.replace(tzinfo=BERLIN), zone=BERLIN)
    return (found.when, found.rest) if found else None


@pytest.mark.parametrize(
    ("sentence", "meaning", "rest"),
    [
        ("put dentist on thursday at half past nine", "03-05 09:30", "put dentist"),
        ("Put the dentist on Thursday at 9:30.", "03-05 09:30", "Put the dentist"),
        ("remind me tomorrow morning to call mum", "03-05 06:00-12:00", "remind me to call mum"),
        ("remind me to call mum tomorrow at nine", "03-05 09:00", "remind me to call mum"),
        ("remind me in 20 minutes to check the oven", "03-04 10:40", "remind me to check the oven"),
        ("push it to four", "03-04 16:00", "push it"),
        ("move it to monday", "03-09", "move it"),
        ("what do i have on friday", "03-06", "what do i have"),
        ("what's on my calendar tomorrow?", "03-05", "what's on my calendar?"),
        ("am i free after three", "03-04 15:00 - 03-05 00:00", "am i free"),
        ("after three am I free", "03-04 15:00 - 03-05 00:00", "am I free"),
        ("what did I do on monday", "03-02", "what did I do"),
        ("what did you change today", "03-04", "what did you change"),
        ("dinner with Anna tomorrow at 7", "03-05 19:00", "dinner with Anna"),
        ("add a 30 minute call with Bob tomorrow at 3", "03-05 15:00-15:30", "add call with Bob"),
        ("book the gym every tuesday at 6 for an hour", "03-10 18:00-19:00; FREQ=WEEKLY;BYDAY=TU", "book the gym"),
        ("lunch with Sarah on friday from 12 to 1", "03-06 12:00-13:00", "lunch with Sarah"),
        ("schedule a meeting tomorrow at 2pm", "03-05 14:00", "schedule a meeting"),
        ("um could you like put yoga on saturday at ten please", "03-07 10:00", "um could you like put yoga please"),
        ("am I free between 2 and 4 tomorrow", "03-05 14:00-16:00", "am I free"),
        ("book a table for 4 at 7 pm tomorrow", "03-05 19:00", "book a table for 4"),
        ("24/7 support review on monday", "03-09", "24/7 support review"),
        ("flight BA 930 tomorrow at 6 am", "03-05 06:00", "flight BA 930"),
        ("review chapter 3 tomorrow", "03-05", "review chapter 3"),
        ("say thanks to Bob tomorrow", "03-05", "say thanks to Bob"),
        ("tell Sunny the report is due by friday", "03-06", "tell Sunny the report is due"),
    ],
)
def test_find_takes_the_time_and_leaves_the_title(sentence: str, meaning: str, rest: str) -> None:
    """In a whole sentence the time is understood and every other word is left as it was."""
    assert _found(sentence) == (expected(meaning, BERLIN), rest)


@pytest.mark.parametrize(
    "sentence",
    [
        "add milk to my shopping list",
        "read the second one",
        "the first one please",
        "any important email?",
        "meeting on the second floor",
        "send 2 copies to 5 people",
        "march on with the report",
        "the cat sat on the mat",
        "I may be late",
        "good morning",
        "what's new",
        "undo that",
        "find me an hour",
        "call room 302",
        "lunch with Bob",
        "from now on call me Max",
        "move it an hour later",
        "plan the may report",
        "",
    ],
)
def test_find_sees_no_time_where_there_is_none(sentence: str) -> None:
    """Words that only look like time are left alone."""
    assert _found(sentence) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "pills every day at 8 and 20",
        "call Bob at 3 or 4",
        "yoga friday or saturday",
        "vacation the first two weeks of august",
        "gym every day except sunday",
        "dentist on february 30",
        "call her at 3pm london time",
        "the dentist tomorrow and the gym on friday",
    ],
)
def test_find_refuses_half_a_time(sentence: str) -> None:
    """Where part of the time was not understood, nothing is answered rather than the other part."""
    with pytest.raises(Invalid):
        _found(sentence)


def test_what_find_says_is_understood_again() -> None:
    """The time's own words, passed on, mean the same as they did in the sentence."""
    now = NOW.replace(tzinfo=BERLIN)
    for sentence in ("dinner with Anna tomorrow at 7", "what did I do on monday", "put it on thursday the 5th at 9 for an hour"):  # fmt: skip
        found = find(sentence, now=now, zone=BERLIN)
        assert found is not None
        assert resolve(found.said, now=now, zone=BERLIN) == found.when


def test_spans_point_at_the_time_words() -> None:
    """Each span cuts exactly one time phrase out of the sentence."""
    sentence = "Remind me on Friday to ring Bob at 3pm, please"
    found = find(sentence, now=NOW.replace(tzinfo=BERLIN), zone=BERLIN)
    assert found is not None
    assert [sentence[start:end] for start, end in found.spans] == ["on Friday", "at 3pm"]


def test_a_day_can_be_given_for_a_time_without_one() -> None:
    """ "Move it to ten" means ten on the day of the thing that is moved."""
    now = NOW.replace(tzinfo=BERLIN)
    assert resolve("to ten", now=now, zone=BERLIN, on=date(2026, 3, 9)) == expected("03-09 10:00", BERLIN)
    assert resolve("friday at ten", now=now, zone=BERLIN, on=date(2026, 3, 9)) == expected("03-06 10:00", BERLIN)


def test_a_question_can_be_said_aloud() -> None:
    """An ambiguous weekday is asked about in one short sentence that names both dates."""
    answer = resolve("next friday", now=NOW.replace(tzinfo=BERLIN), zone=BERLIN)
    assert isinstance(answer, Ambiguous)
    assert answer.question == "Friday the 6th, or Friday the 13th?"


@pytest.mark.parametrize(
    ("words", "minutes"),
    [("45 minutes", 45), ("for an hour and a half", 90), ("half an hour", 30), ("two days", 2880), ("1h30", 90)],
)
def test_a_length_by_itself_is_understood(words: str, minutes: int) -> None:
    """How long something takes can be said without when it starts."""
    assert how_long(words) == timedelta(minutes=minutes)


@pytest.mark.parametrize("words", ["three", "tomorrow", "an hour tomorrow", "", "a month"])
def test_what_is_no_length_is_none(words: str) -> None:
    """A time, or a length that no clock can measure, is not taken for a length."""
    assert how_long(words) is None


@pytest.mark.parametrize(
    ("words", "spoken", "full"),
    [
        ("tomorrow at 2pm", "tomorrow, Thursday the 5th, at 2 pm", True),
        ("at 3", "today at 3 pm", False),
        ("at 3", "today, Wednesday the 4th, at 3 pm", True),
        ("friday at 9 30", "Friday the 6th at 9:30 am", False),
        ("friday from 2 to 3", "Friday the 6th from 2 to 3 pm", False),
        ("friday from 11 to 1", "Friday the 6th from 11 am to 1 pm", False),
        ("friday", "all day Friday the 6th", True),
        ("monday to wednesday", "from Monday the 9th to Wednesday the 11th", True),
        ("june 3 at noon", "Wednesday the 3rd of June at noon", True),
        ("june 3 2027 at noon", "Thursday the 3rd of June 2027 at noon", True),
        ("this afternoon", "this afternoon", False),
        ("tonight", "tonight", False),
        ("tomorrow morning", "tomorrow morning", False),
        ("friday morning", "Friday the 6th, in the morning", True),
        ("friday 5pm to sunday 3pm", "from Friday the 6th at 5 pm to Sunday the 8th at 3 pm", True),
        ("every other tuesday at 9", "every other Tuesday at 9 am, starting Tuesday the 10th", True),
        ("every weekday at 8", "every weekday at 8 am, starting tomorrow, Thursday the 5th", True),
        ("the last friday of every month", "every month on the last Friday, starting Friday the 27th", True),
        ("every monday for ten weeks", "every Monday, 10 times, starting Monday the 9th", True),
    ],
)
def test_a_time_is_said_as_people_say_it(words: str, spoken: str, full: bool) -> None:
    """What was resolved is read back with its day, and with weekday and date when it is about to be written."""
    now = NOW.replace(tzinfo=BERLIN)
    when = resolve(words, now=now, zone=BERLIN)
    assert isinstance(when, When)
    assert say_when(when, now=now, zone=BERLIN, full=full) == spoken


def test_a_part_of_the_day_has_one_sensible_moment() -> None:
    """A reminder for "tomorrow morning" is due at nine, one for an exact time at that time."""
    moments = {"tomorrow morning": "03-05 09:00", "tomorrow": "03-05 09:00", "tomorrow at 4": "03-05 16:00", "tonight": "03-04 20:00"}  # fmt: skip
    for words, moment in moments.items():
        when = resolve(words, now=NOW.replace(tzinfo=BERLIN), zone=BERLIN)
        assert isinstance(when, When)
        assert when.moment == expected(moment, BERLIN).starts
