"""Which days a clause means, of those three weeks before and after."""

from datetime import date, timedelta

import pytest

from agent.claims.days import days, looks_back, part_of_day, without_days

TODAY = date(2026, 6, 18)
"""A Thursday."""
NEAR = [TODAY + timedelta(days=away) for away in range(-21, 22)]


def meant(text: str, today: date = TODAY, *, past: bool = False) -> list[str]:
    """The month and day of each that fits the one day that is named."""
    [day] = days(text, today, past=past)
    return [f"{one:%-d %b}" for one in NEAR if day.fits(one)]


def several(first: int, last: int, month: str = "Jun") -> list[str]:
    """From one day of a month to another."""
    return [f"{one} {month}" for one in range(first, last + 1)]


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("It's today.", ["18 Jun"]),
        ("You're out tonight.", ["18 Jun"]),
        ("The plumber comes this afternoon.", ["18 Jun"]),
        ("Tomorrow is full.", ["19 Jun"]),
        ("the day after tomorrow", ["20 Jun"]),
        ("He wrote yesterday.", ["17 Jun"]),
        ("the day before yesterday", ["16 Jun"]),
        ("a week from today", ["25 Jun"]),
        ("Two days from now", ["20 Jun"]),
        ("A DAY from now", ["19 Jun"]),
        ("TWO WEEKS from today", ["2 Jul"]),
        ("on Monday", ["22 Jun", "29 Jun", "6 Jul"]),
        ("on THURSDAY", ["18 Jun", "25 Jun", "2 Jul", "9 Jul"]),
        ("It was due on Monday.", ["1 Jun", "8 Jun", "15 Jun", "22 Jun", "29 Jun", "6 Jul"]),
        ("next Monday", ["22 Jun", "29 Jun", "6 Jul"]),
        ("Next Thursday it is.", ["25 Jun", "2 Jul", "9 Jul"]),
        ("next Sunday", ["28 Jun", "5 Jul"]),
        ("this week", several(15, 21)),
        ("your week", several(15, 21)),
        ("Next Week is quiet", several(22, 28)),
        ("last week", several(8, 14)),
        ("this weekend", several(20, 21)),
        ("The Weekend is yours", several(20, 21)),
        ("next weekend", several(27, 28)),
        ("last weekend", several(13, 14)),
        ("the 9th", ["9 Jun", "9 Jul"]),
        ("1st", ["1 Jun", "1 Jul"]),
        ("It's on the fifth.", ["5 Jun", "5 Jul"]),
        ("the Twenty-First at noon", ["21 Jun"]),
        ("the thirtieth", ["30 May", "30 Jun"]),
        ("July 3", ["3 Jul"]),
        ("July 3rd", ["3 Jul"]),
        ("the 3rd of July", ["3 Jul"]),
        ("3 July", ["3 Jul"]),
        ("the third of July", ["3 Jul"]),
        ("The Second Of JULY", ["2 Jul"]),
        ("June 30", ["30 Jun"]),
        ("30 May", ["30 May"]),
        ("3 December", []),
        ("after today", [*several(19, 30), *several(1, 9, "Jul")]),
        ("after the 25th", [*several(26, 30), *several(1, 9, "Jul")]),
        ("After Friday you're free.", [*several(20, 30), *several(1, 9, "Jul")]),
        ("from Friday on", [*several(19, 30), *several(1, 9, "Jul")]),
        ("From the 25th onwards", [*several(25, 30), *several(1, 9, "Jul")]),
        ("from yesterday on you've been away", [*several(18, 30), *several(1, 9, "Jul")]),
        ("from Friday on the balcony", ["19 Jun", "26 Jun", "3 Jul"]),
        ("on Friday from ten on", ["19 Jun", "26 Jun", "3 Jul"]),
    ],
)
def test_a_day_means_these(text: str, fits: list[str]) -> None:
    """However it is named: as seen from today, by its weekday, its date, or as one of several."""
    assert meant(text) == fits


@pytest.mark.parametrize("today", [date(2026, 6, 15), date(2026, 6, 16), date(2026, 6, 20), date(2026, 6, 21)])
def test_a_week_is_the_same_from_monday_to_sunday(today: date) -> None:
    """Whatever day of it today is."""
    assert meant("this week", today) == several(15, 21)
    assert meant("next weekend", today) == several(27, 28)
    assert meant("next Monday", today) == ["22 Jun", "29 Jun", "6 Jul"]


def test_a_weekday_may_lie_behind_where_the_sentence_looks_back() -> None:
    """ "You sent it … on Monday": that is said before the clause."""
    assert meant("on Monday", past=True)[0] == "1 Jun"
    assert meant("on Monday")[0] == "22 Jun"
    assert meant("on Thursday")[0] == "18 Jun"


def test_a_weekday_with_its_date_may_lie_behind_too() -> None:
    """ "Monday the 15th" was three days ago."""
    monday, fifteenth = days("Monday the 15th", TODAY)
    assert [one for one in NEAR if monday.fits(one) and fifteenth.fits(one)] == [date(2026, 6, 15)]
    monday, eighth = days("Monday the eighth", TODAY)
    assert monday.fits(date(2026, 6, 8))
    assert eighth.fits(date(2026, 6, 8))


def test_two_dates_share_the_month_that_is_named_once() -> None:
    """ "From the 3rd to the 5th of July"."""
    first, last = days("from the 3rd to the 5th of July", TODAY)
    assert [one for one in NEAR if first.fits(one)] == [date(2026, 7, 3)]
    assert [one for one in NEAR if last.fits(one)] == [date(2026, 7, 5)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Lunch is tomorrow, not today.", ["tomorrow", "today"]),
        ("On Friday or next Monday?", ["Friday", "next Monday"]),
        ("You have this week, the weekend and July 3rd.", ["this week", "the weekend", "July 3rd"]),
        ("It's the fifth, or the 3rd of July.", ["the fifth", "3rd of July"]),
        ("After the 25th you're free.", ["25th"]),
        ("A week from today or two days from now?", ["A week from today", "two days from now"]),
        ("Nothing here.", []),
    ],
)
def test_where_a_day_stands_is_known(text: str, words: list[str]) -> None:
    """Letter for letter, so that what stands before it can be read."""
    assert [text[day.start : day.end] for day in days(text, TODAY)] == words


def test_what_kind_of_day_it_is() -> None:
    """One day alone, any of a weekday, or a stretch with its words."""
    [tomorrow], [monday], [next_monday] = days("tomorrow", TODAY), days("Monday", TODAY), days("next Monday", TODAY)
    [week], [weekend], [on] = days("Next Week", TODAY), days("the Weekend", TODAY), days("from Friday on", TODAY)
    [soon], [week_from_now] = days("the day after tomorrow", TODAY), days("a week from now", TODAY)
    assert [soon.alone, week_from_now.alone] == [date(2026, 6, 20), date(2026, 6, 25)]
    [fourth], [july], [leap] = days("the 4th", TODAY), days("July 4", TODAY), days("February 29", TODAY)
    found = [tomorrow, monday, next_monday, week, weekend, on, fourth, july, leap]
    assert [one.alone for one in found] == [
        date(2026, 6, 19), None, None, None, None, None, None, date(2026, 7, 4), None,
    ]  # fmt: skip
    assert [one.weekday for one in found] == [None, 0, None, None, None, None, None, None, None]
    assert [one.wide for one in found] == [False, False, False, True, True, True, False, False, False]
    assert [one.said for one in found] == ["", "", "", "next week", "the weekend", "", "", "", ""]
    assert leap.fits(date(2028, 2, 29))
    assert not monday.fits(date(2026, 6, 15))
    assert on.fits(TODAY + timedelta(days=500))


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("in the morning", (5, 12)), ("Mornings are bad", (5, 12)), ("all afternoon", (12, 18)), ("this evening", (17, 22)), ("Tonight", (17, 22)),
        ("at night", (18, 24)), ("around midday", (11.5, 14)), ("in the daytime", (6, 18)), ("at nine", None), ("the fortnight", None),
    ],
)  # fmt: skip
def test_a_part_of_the_day_goes_from_then_to_then(text: str, hours: tuple[float, float] | None) -> None:
    """In minutes after midnight, the end apart."""
    assert part_of_day(text) == (hours and (hours[0] * 60, hours[1] * 60))


def test_days_can_be_left_out() -> None:
    """What remains are the words that name something."""
    assert without_days("Lunch with Ann tomorrow afternoon, or on Friday the 19th").split() == ["Lunch", "with", "Ann", ",", "or", "on", "the"]  # fmt: skip


@pytest.mark.parametrize("text", ["It was Ann.", "You had lunch.", "He wrote to you", "two weeks AGO", "It's overdue"])
def test_it_looks_back(text: str) -> None:
    """By its verb, or a word for what lies behind."""
    assert looks_back(text)


@pytest.mark.parametrize("text", ["It is Ann.", "You have lunch.", "He writes to you", "Wasps are nice"])
def test_it_looks_ahead(text: str) -> None:
    """Where none is in it."""
    assert not looks_back(text)
