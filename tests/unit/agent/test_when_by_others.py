"""Hours as soldiers and Continentals say them, days as they are misspelt, and what is said twice and meant once."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from agent.when import Ambiguous, When, find, resolve
from integrations.errors import Invalid

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 3, 4, 10, 20, tzinfo=BERLIN)


@pytest.mark.parametrize(("words", "starts", "rule"), [
    ("friday sixteen hundred", "2026-03-06T16:00", None),
    ("thursday twenty hundred hours", "2026-03-05T20:00", None),
    ("at seventeen hundred hours tomorrow", "2026-03-05T17:00", None),
    ("at 17 hours", "2026-03-04T17:00", None),
    ("26 march 15 hours", "2026-03-26T15:00", None),
    ("at 17h30", "2026-03-04T17:30", None),
    ("thursday the twelfth twelve thirty", "2026-03-12T12:30", None),
    ("sunday, nine thirty in the morning", "2026-03-08T09:30", None),
    ("mon 9.30", "2026-03-09T09:30", None),
    ("munday at 3", "2026-03-09T15:00", None),
    ("thurzday eve", "2026-03-05T18:00", None),
    ("2moro 3pm", "2026-03-05T15:00", None),
    ("the week after next", "2026-03-16T00:00", None),
    ("on the 21st starting at 1pm", "2026-03-21T13:00", None),
    ("weekly on fridays at 16:00", "2026-03-06T16:00", "FREQ=WEEKLY;BYDAY=FR"),
    ("weekly on mondays four o clock", "2026-03-09T16:00", "FREQ=WEEKLY;BYDAY=MO"),
    ("every other week on tuesdays at 3", "2026-03-10T15:00", "FREQ=WEEKLY;BYDAY=TU;INTERVAL=2"),
    ("monthly on the first thursday at 7pm", "2026-03-05T19:00", "FREQ=MONTHLY;BYDAY=1TH"),
])  # fmt: skip
def test_it_means_what_a_person_takes_it_for(words: str, starts: str, rule: str | None) -> None:
    """One moment, and one rule where it comes again."""
    when = resolve(words, now=NOW, zone=BERLIN)
    assert isinstance(when, When)
    assert (when.starts.isoformat(timespec="minutes")[:16], when.recurrence) == (starts, rule)


@pytest.mark.parametrize(
    "words", ["for 15 hours", "two hundred people", "the first thing i have", "sixteen hundred people"]
)
def test_a_number_of_something_is_no_hour(words: str) -> None:
    """A length, a crowd and a place in a row say nothing about when."""
    assert find(words, now=NOW, zone=BERLIN) is None


@pytest.mark.parametrize("words", ["lunch with Sundar", "a sundae for Frieda", "mourning", "the fridge"])
def test_names_and_other_words_are_no_misspelt_days(words: str) -> None:
    """What is near a day and is something else stays what it is."""
    assert find(words, now=NOW, zone=BERLIN) is None


def test_a_misspelt_day_asks_like_the_day_itself() -> None:
    """Wednesday said on a Wednesday is today or in a week, however it is spelt."""
    assert isinstance(resolve("wednezday", now=NOW, zone=BERLIN), Ambiguous)


def test_two_rates_that_do_not_agree_are_refused() -> None:
    """ "daily on mondays" is no time."""
    with pytest.raises(Invalid):
        resolve("daily on mondays at three", now=NOW, zone=BERLIN)
