"""What a tool gave, row by row: the hours, days, names and numbers that each has."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from agent.claims.clocks import clocks
from agent.claims.days import days
from agent.claims.rows import Row, rows, sentences

ZONE = ZoneInfo("Europe/Vienna")
TODAY = date(2026, 5, 13)
"""A Wednesday."""


def one(**data: Any) -> Row:
    """The row of one thing."""
    return next(rows(data, TODAY, ZONE, "things"))


def has(row: Row, words: str, **how: bool) -> bool:
    """Whether it names the hour in these words."""
    return all(row.has(clock, **how) for clock in clocks(words))


def on(row: Row, words: str) -> bool:
    """Whether it names the day in these words."""
    return all(row.on(day) for day in days(words, TODAY))


CONCERT = one(title="Concert", starts="2026-05-15T17:30:00Z", ends="2026-05-15T21:00:00+02:00", all_day=False, place="Konzerthaus")  # fmt: skip
FAIR = one(title="Book fair", starts="2026-05-14T00:00:00+02:00", ends="2026-05-17T00:00:00+02:00", all_day=True)
RENT = one(title="Pay the rent", due="2026-06-01", list="Home", done=False)
MAIL = one(**{"from": "Ola Nord <ola@example.com>"}, subject="Ferry on Friday", at="2026-05-04T09:05:00+02:00", snippet="The bus is back at 15:30; we eat from six to eight, tomorrow at noon we swim.")  # fmt: skip


@pytest.mark.parametrize(
    ("row", "words", "so"),
    [
        (CONCERT, "at half past seven", True), (CONCERT, "at half past five", False), (CONCERT, "until nine", True), (CONCERT, "at nine", False), (CONCERT, "until half past seven", False),
        (MAIL, "at 9:05", True), (MAIL, "at 15:30", True), (MAIL, "at six", True), (MAIL, "at eight", False), (MAIL, "until eight", True), (MAIL, "at noon", True), (MAIL, "at seven", False),
        (RENT, "at noon", False), (one(text="Until nine."), "at nine", True),
    ],
)  # fmt: skip
def test_an_hour_is_what_it_is(row: Row, words: str, *, so: bool) -> None:
    """On the person's clock; what a thing begins at isn't what it ends at."""
    assert has(row, words) is so


def test_an_hour_may_be_meant_loosely() -> None:
    """Then an end is one of its hours, too."""
    assert has(CONCERT, "at nine", loosely=True)
    assert has(MAIL, "at eight", loosely=True)
    assert not has(CONCERT, "at eight", loosely=True)


@pytest.mark.parametrize(
    ("row", "words", "so"),
    [
        (CONCERT, "on Friday", True), (CONCERT, "on Saturday", False), (CONCERT, "on the 15th", True),
        (FAIR, "tomorrow", True), (FAIR, "on Saturday", True), (FAIR, "on Sunday", False), (FAIR, "today", False),
        (RENT, "on June 1st", True), (RENT, "on June 2nd", False),
        (MAIL, "on Friday", True), (MAIL, "on May 8th", True), (MAIL, "on May 15th", False), (MAIL, "on May 4th", True), (MAIL, "on May 5th", True), (MAIL, "tomorrow", False), (MAIL, "on Saturday", False),
        (one(text="We meet on Monday the 1st."), "on June 1st", True), (one(text="We meet on Monday the 1st."), "on July 1st", False), (one(text="We meet on Monday, or on the 1st."), "on May 18th", False),
        (one(text="See you next week"), "next week", True), (one(text="See you next month"), "next week", False), (one(text="See you Next Week"), "next week", True),
        (one(title="Ask", due="2026-02-30"), "on February 28th", False),
    ],
)  # fmt: skip
def test_a_day_is_what_it_is(row: Row, words: str, *, so: bool) -> None:
    """Every day of what lasts several; a mail's "tomorrow" and "Friday" count from when it came."""
    assert on(row, words) is so


def test_a_row_has_its_words_and_its_name() -> None:
    """What nobody would say, ids and addresses, names nothing."""
    row = one(id="x7", title="Ferry to Ålesund", source="google", guests=["ola.nord@example.com", "Mei-Ling Wu"], seats=3, done=True, note=None)  # fmt: skip
    assert row.text == "Ferry to Ålesund . ola.nord@example.com, Mei-Ling Wu . 3 . ."
    assert {"ola", "nord", "mei", "ling", "wu"} <= row.title
    assert not {"google", "x7"} & row.words
    assert not {"example", "exampl", "com"} & row.title
    assert row.numbers == {3}


def test_what_is_deep_is_found() -> None:
    """Each thing is a row of the kind that it stands under; a list of words is none, but for what one has to choose from."""
    told = {"result": {"events": [{"title": "Choir"}, {"title": "Swim"}], "free": [{"starts": "2026-05-14T09:00:00+02:00", "ends": "2026-05-14T10:00:00+02:00"}], "span": {"starts": "2026-05-14T00:00:00+02:00"}, "tags": ["red", "blue"], "empty": {}, "conflicts": [["a", "b"]]}}  # fmt: skip
    assert [(row.kind, row.data.get("title")) for row in rows(told, TODAY, ZONE, "list_events")] == [
        ("result", None), ("events", "Choir"), ("events", "Swim"), ("free", None), ("span", None),
    ]  # fmt: skip
    asked = {"error": "ambiguous", "say": "Which one?", "choices": ["Choir, *Monday*", "Choir, Tuesday"]}
    assert [(row.kind, row.text) for row in rows(asked, TODAY, ZONE, "cancel_event")] == [
        ("cancel_event", "Which one? . Choir, Monday, Choir, Tuesday"), ("choices", "Choir, Monday"), ("choices", "Choir, Tuesday"),
    ]  # fmt: skip
    assert [row.today for row in rows(asked, TODAY, ZONE, "x")] == [TODAY] * 3
    assert [row.zone for row in rows(asked, TODAY, ZONE, "x")] == [ZONE] * 3


def test_what_only_looks_like_a_time_is_none() -> None:
    """Others wrote it: it is told as the words that it is, or not at all, and nothing breaks."""
    for odd in ("2026-13-45T99:99:00+02:00", "0001-01-01T00:00:00+23:59", "2026-02-30"):
        row = one(title="Odd", at=odd, due=odd)
        assert row.moments == ()
        assert row.dates == frozenset()
    assert one(title="Odd", at=20260513).moments == ()
    assert one(text="x" * 30_000).text == "x" * 20_000


def test_what_was_said_is_kept_sentence_by_sentence() -> None:
    """Questions are none."""
    found = sentences("It's at ten. *Really!* Shall I move it? Fine", TODAY, ZONE)
    assert [(row.text, row.kind) for row in found] == [("It's at ten.", "said"), ("Really!", "said"), ("Fine", "said")]
    assert {(row.today, row.zone) for row in found} == {(TODAY, ZONE)}
    assert found[0].moments == ()


@pytest.mark.parametrize(
    ("subject", "text", "so"),
    [
        ("Numbers for March", "sarah's numbers for march came", True), ("Numbers for March", "numbers for marching bands", False), ("Numbers for March", "two numbers", False),
        ("Numbers", "the numbers came", False), ("Q+A (new)", "the q+a (new) came", True), ("", "the numbers came", False),
    ],
)  # fmt: skip
def test_a_subject_stands_in_a_text_letter_for_letter(subject: str, text: str, *, so: bool) -> None:
    """A whole one of more than a word."""
    assert one(subject=subject, at="2026-05-04T09:05:00+02:00").stands_in(text) is so


def test_a_clock_that_changes_makes_a_day_no_longer() -> None:
    """What lasts all of the day on which summer time begins is of that day alone."""
    sunday = one(title="Open day", starts="2026-03-29T00:00:00+01:00", ends="2026-03-30T00:00:00+02:00", all_day=True)
    assert sunday.dates == {date(2026, 3, 29)}
    assert sunday.moments[1] == datetime(2026, 3, 30, tzinfo=ZONE)
