"""What is taken back in the same breath is left out; asides and reasons change nothing."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from agent.commands.around import without_asides
from agent.commands.said_over import as_meant
from agent.commands.times import Clock
from tests.unit.agent.commands.thread import NOW, READING, ZONE, heard

CLOCK = Clock(NOW, ZONE)


@pytest.mark.parametrize(("said", "meant"), [
    ("add lunch with Omar tomorrow at one, no sorry, at two", "add lunch with Omar tomorrow at two"),
    ("put the vet on thursday i mean friday at ten am", "put the vet on friday at ten am"),
    ("remind me at three, make that four, to ring the plumber", "remind me at four, to ring the plumber"),
    ("schedule gym at six, hang on, seven pm tomorrow", "schedule gym at seven pm tomorrow"),
    ("book the vet for friday at 3, sorry, saturday", "book the vet for saturday at 3"),
    ("schedule tennis for saturday, er, sunday at 10", "schedule tennis for sunday at 10"),
    ("what's on thursday, no, friday", "what's on friday"),
    ("the haircut, make it five not five thirty", "the haircut, make it five"),
    ("not friday, thursday", "no, thursday"),
    ("yoga at seven instead of six next week", "yoga at seven next week instead"),
    ("add beer, er, no, wine to the shopping list", "add wine to the shopping list"),
    ("email tom, no, sarah saying hello there", "email sarah saying hello there"),
    ("what's what's left on my list", "what's left on my list"),
])  # fmt: skip
def test_the_last_word_counts(said: str, meant: str) -> None:
    """Another day, hour or name takes the place of what was said before it."""
    assert as_meant(said, CLOCK) == meant


@pytest.mark.parametrize("said", [
    "move the dentist to friday, wait, no, leave it", "put vet on Monday at, hm, no, leave that", "i like my coffee black, no sugar",
    "tell tom no sorry i can't", "remind me to say no, sorry", 'write "at six, no, seven" to tom', "no, at three", "add milk, um, bread",
])  # fmt: skip
def test_what_corrects_nothing_stays(said: str) -> None:
    """A wish given up, a letter's own words and a sequel are left as they are."""
    assert as_meant(said, CLOCK) == said


def test_another_zone_reads_the_same() -> None:
    """The clock only tells which words are of time."""
    clock = Clock(datetime(2026, 7, 1, 23, tzinfo=ZoneInfo("America/New_York")), ZoneInfo("America/New_York"))
    assert as_meant("gym at six, no, seven", clock) == "gym at seven"


@pytest.mark.parametrize(("said", "plainly"), [
    ("remove call the accountant it got cancelled", "remove call the accountant"),
    ("strike olive oil off the list i have it", "strike olive oil off the list"),
    ("drop buy stamps from my to dos, i won't do it", "drop buy stamps from my to dos"),
    ("add batteries to the shopping list and that's all", "add batteries to the shopping list"),
    ("cancel, what was it, the workshop this afternoon", "cancel the workshop this afternoon"),
    ("sorted the train tickets mate mark it done", "sorted the train tickets mark it done"),
    ("put potatoes on the list of shopping", "put potatoes on the shopping list"),
    ("is my tuesday evening free or is it yoga", "is my tuesday evening free"),
])  # fmt: skip
def test_reasons_and_asides_change_nothing(said: str, plainly: str) -> None:
    """Why something is asked for, and what only fills the sentence, needs no understanding."""
    assert without_asides(said) == plainly


@pytest.mark.parametrize("said", [
    "email tom saying the call got cancelled", "remember the tickets, i have them", "cancel the dentist if i am ill", "mum said remove it, it got cancelled",
])  # fmt: skip
def test_what_belongs_to_a_letter_or_a_condition_stays(said: str) -> None:
    """Only behind a command of handling things is a reason one."""
    assert without_asides(said) == said


@pytest.mark.parametrize("said", [
    "the meeting was at six, no, seven", "he said put it on friday, no, thursday", "don't put the vet on friday, no, saturday at four",
    "we could move it to three, no, four",
])  # fmt: skip
def test_a_story_with_a_correction_is_still_a_story(said: str) -> None:
    """Nothing is written because a sentence was made shorter."""
    assert set(heard(said).tools) <= READING
