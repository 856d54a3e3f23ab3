"""What one clause says: from which day to which, what is named, what begins a sentence."""

from datetime import date, timedelta

import pytest

from agent.claims.saying import Saying, Sentence

TODAY = date(2026, 5, 13)
"""A Wednesday."""


def named(text: str) -> list[str]:
    """The days within three weeks that a clause speaks of, where it speaks of several at once."""
    [stretch] = Saying.of(text, TODAY, Sentence()).days
    near = (TODAY + timedelta(days=away) for away in range(-21, 15))
    return [f"{day:%a %d}" for day in near if stretch.fits(day)]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("You're away Thursday to Saturday.", ["Thu 14", "Fri 15", "Sat 16", "Thu 21", "Fri 22", "Sat 23"]),
        ("You're away from Monday to Wednesday.", ["Mon 18", "Tue 19", "Wed 20", "Mon 25", "Tue 26", "Wed 27"]),
        ("You're away from Friday through Monday.", ["Fri 15", "Sat 16", "Sun 17", "Mon 18", "Fri 22", "Sat 23", "Sun 24", "Mon 25"]),
        ("It's closed between Saturday and Sunday.", ["Sat 16", "Sun 17", "Sat 23", "Sun 24"]),
        ("It's closed Tuesday-Thursday.", ["Tue 19", "Wed 20", "Thu 21", "Tue 26", "Wed 27"]),
        ("It's on Thursday and Saturday.", ["Thu 14", "Sat 16", "Thu 21", "Sat 23"]),
        ("It's today and tomorrow, or Friday.", ["Wed 13", "Thu 14", "Fri 15", "Fri 22"]),
        ("You're away from the 14th to the 16th.", ["Thu 14", "Fri 15", "Sat 16"]),
        ("You're away from tomorrow until Saturday.", ["Thu 14", "Fri 15", "Sat 16"]),
        ("It was on from Friday to Sunday.", ["Fri 24", "Sat 25", "Sun 26", "Fri 01", "Sat 02", "Sun 03", "Fri 08", "Sat 09", "Sun 10", "Fri 15", "Sat 16", "Sun 17", "Fri 22", "Sat 23", "Sun 24"]),
    ],
)  # fmt: skip
def test_from_one_day_to_another_are_all_between(text: str, days: list[str]) -> None:
    """ "Thursday to Saturday" has a Friday in it, "Thursday and Saturday" has none."""
    assert named(text) == days


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("It's on Monday the 18th.", date(2026, 5, 18)), ("It's on Saturday, the 6th of June.", date(2026, 6, 6)), ("It was on Tuesday the 12th.", date(2026, 5, 12)),
        ("It was on Monday, May 11th.", date(2026, 5, 11)), ("It was on Sunday, the 10th of May.", date(2026, 5, 10)), ("It was on Friday, the 6th of March.", date(2026, 3, 6)),
    ],
)  # fmt: skip
def test_two_words_for_one_day_are_one_day(text: str, day: date) -> None:
    """Each fits it, whether it lies ahead or behind."""
    found = Saying.of(text, TODAY, Sentence()).days
    assert len(found) == 2
    assert all(one.fits(day) for one in found)
    assert not all(one.fits(day + timedelta(days=7)) for one in found)


def test_a_stretch_stands_where_its_words_do() -> None:
    """And it is more than a day."""
    text = "You're away from Thursday to Saturday, they say."
    for said in (text, text.replace(" to ", " and ")):
        [stretch] = Saying.of(said, TODAY, Sentence()).days
        assert said[stretch.start : stretch.end] in ("Thursday to Saturday", "Thursday and Saturday")
        assert stretch.wide


def test_what_was_said_before_tells_whether_it_was() -> None:
    """ "The parcel came, on Monday" is of a Monday that was; a clause goes on with its sentence's."""
    [monday] = Saying.of("on Monday", TODAY, Sentence("The parcel came")).days
    assert monday.fits(date(2026, 5, 11))
    [monday] = Saying.of("on Monday", TODAY, Sentence("The parcel comes")).days
    assert not monday.fits(date(2026, 5, 11))
    assert Saying.of("Anna", TODAY, Sentence("The parcel comes from")).names == ["anna"]
    assert Saying.of("Parcels come", TODAY, Sentence()).names == []


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("She'd see the plumber at nine, they've told us.", ["plumber"]), ("Who'll water the ferns on Friday?", ["water", "fern"]), ("It's the same as Noor's.", ["noor"]),
    ],
)  # fmt: skip
def test_little_words_name_nothing(text: str, content: list[str]) -> None:
    """Nor do they when they are shortened: "she'd", "they've"."""
    assert Saying.of(text, TODAY, Sentence()).content == content
