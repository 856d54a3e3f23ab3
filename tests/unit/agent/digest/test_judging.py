"""How well rules alone judge a morning's mail, held against what was written down as true before they were measured."""

from types import ModuleType

import pytest

from agent.digest.judging import by_rules
from agent.digest.kinds import deceives, gives_orders
from agent.digest.values import Letter as Read
from tests import another_day, aside, morning, third_day
from tests.judging_mail import Figures, judged, known, message


@pytest.fixture(scope="module")
def figures() -> Figures:
    """The morning, judged once."""
    return judged(morning.LETTERS, morning.WRITTEN)


def test_the_mail_that_matters_is_found(figures: Figures) -> None:
    """Of sixty mails hardly one that matters is missed, and hardly one is shown that doesn't."""
    assert figures.matters.recall >= 0.95, figures.matters.missed
    assert figures.matters.precision >= 0.9, figures.matters.wrong


def test_what_mails_ask_for_is_found_and_nothing_is_invented(figures: Figures) -> None:
    """Little is missed; what isn't asked for is not proposed, and a day is right or not named."""
    assert figures.asks.recall >= 0.9, figures.asks.missed
    assert figures.asks.precision >= 0.95, figures.asks.wrong
    assert figures.dues.wrong == []


@pytest.mark.parametrize("day", [another_day, third_day])
def test_other_days_are_read_as_well(day: ModuleType) -> None:
    """Other people, who ask in other words."""
    found = judged(day.LETTERS, day.WRITTEN)
    assert found.matters.recall >= 0.95, found.matters.missed
    assert found.matters.precision >= 0.9, found.matters.wrong
    assert found.asks.recall >= 0.95, found.asks.missed
    assert found.asks.precision >= 0.9, found.asks.wrong
    assert len(found.dues.wrong) <= 1, found.dues.wrong


def test_mail_that_was_kept_aside_is_read_no_worse_than_it_was() -> None:
    """The figures that docs/digest.md tells: this set says how good the rules are, so they are never made better by it."""
    found = judged(aside.LETTERS, aside.WRITTEN)
    assert found.matters.recall >= 0.93, found.matters.missed
    assert found.matters.precision >= 0.83, found.matters.wrong
    assert found.asks.recall >= 0.73, found.asks.missed
    assert found.asks.precision >= 0.78, found.asks.wrong
    assert found.dues.wrong == []


@pytest.mark.parametrize("day", [morning, another_day, third_day, aside])
def test_nothing_comes_of_mails_that_give_orders_or_deceive(day: ModuleType) -> None:
    """Neither a thing to do, nor a word that they matter."""
    letters = [Read(message(letter)) for letter in day.LETTERS]
    known_here = known(day.WRITTEN)
    wicked = {letter.mail.subject for letter in letters if gives_orders(letter, known=False) or deceives(letter)} - {
        one.subject for one in day.LETTERS if one.matters
    }
    found = by_rules(letters, known_here)
    assert not wicked & {one.mail.subject for one in found.mails}
    assert not wicked & {one.mail.subject for one in found.actions}
