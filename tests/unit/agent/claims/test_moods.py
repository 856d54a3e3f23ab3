"""How a clause is said: asked, hoped, supposed, told of the world, or of a story."""

import pytest

from agent.claims.moods import (
    goes_on,
    is_conditional,
    is_fiction,
    is_general,
    is_offer,
    is_question,
    is_unable,
    is_wish,
    needs_leave,
    without_hedges,
)


@pytest.mark.parametrize(
    ("clause", "asks"),
    [
        ("Milk, right?", True), ("So you said 'five?'", True), ("Did you mean (the choir?)", True), ("Shall I move it.", True), ("It's moved.", False), ("And so is the choir.", False), ("'Five' it is.", False), ("The one with a ? in it.", False),
    ],
)  # fmt: skip
def test_a_question_is_known_by_its_end_or_its_beginning(clause: str, *, asks: bool) -> None:
    """Whatever marks close it."""
    assert is_question(clause) is asks


@pytest.mark.parametrize(
    ("clause", "so"),
    [("which leaves you an hour.", True), ("and who's bringing the jars.", True), ("which one?", False), ("which leaves you an hour?", False), ("which leaves you 'an hour?'", False), ("an hour is left.", False)],
)  # fmt: skip
def test_a_relative_clause_goes_on_telling(clause: str, *, so: bool) -> None:
    """Though it begins as a question does."""
    assert goes_on(clause) is so


@pytest.mark.parametrize(
    ("clause", "so"),
    [("if you like", True), ("once you say so", True), ("once the choir is over you're free", False), ("when you're through with it, there's the choir", False), ("once it's over and if you like", True), ("it's moved", False)],
)  # fmt: skip
def test_a_time_of_the_day_is_no_condition(clause: str, *, so: bool) -> None:
    """ "Once the choir's over" only tells when."""
    assert is_conditional(clause) is so


@pytest.mark.parametrize(
    ("clause", "so"),
    [("People usually eat at seven.", True), ("Usually you eat at seven.", False), ("In general Your day starts at seven.", False), ("Most of the time I look at mails first.", False), ("The choir eats at seven.", False), ("Often the young sleep longer.", True)],
)  # fmt: skip
def test_what_is_usual_is_told_of_the_world(clause: str, *, so: bool) -> None:
    """Unless it is of them, or of us."""
    assert is_general(clause) is so


@pytest.mark.parametrize(
    ("clause", "so"),
    [("I hope it goes well.", True), (" Hopefully it rains.", True), ("I hope it's over by 9.", False), ("I hope you're there at nine", False), ("Let's hope they look at what you made.", True), ("It goes well.", False)],
)  # fmt: skip
def test_a_wish_names_no_hour(clause: str, *, so: bool) -> None:
    """What is hoped of an hour tells that hour."""
    assert is_wish(clause) is so


def test_a_story_is_announced() -> None:
    """By what it is, or by its first words."""
    assert is_fiction("Here's a haiku for you.")
    assert is_fiction("Once upon a time there was a goat.")
    assert not is_fiction("Here's your calendar.")


def test_what_could_be_is_not_so_yet() -> None:
    """An offer, what waits for their yes, what couldn't be done."""
    assert is_offer("I could move it.")
    assert is_offer("if it rains")
    assert not is_offer("I moved it.")
    assert needs_leave("as soon as I have your okay")
    assert not needs_leave("as soon as it rains")
    assert is_unable("I couldn't reach the calendar.")
    assert not is_unable("I reached the calendar.")


@pytest.mark.parametrize(
    ("text", "bare"),
    [("Luckily, it's moved.", "it's moved."), ("It's moved, I'm afraid.", "It's moved."), ("Take a coat just in case it rains.", "Take a coat."), ("It fits together.", "It doesn't overlap."), ("The day is out at four.", "the day ends at four.")],
)  # fmt: skip
def test_a_hedge_takes_nothing_from_what_is_told(text: str, bare: str) -> None:
    """Nor does a picture in place of a plain word."""
    assert without_hedges(text) == bare
