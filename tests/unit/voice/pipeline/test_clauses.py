"""Text is cut where a speaker would breathe, and none of it is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.pipeline.clauses import Clauses


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("You have two things tomorrow.", ["You have two things tomorrow."]),
        (
            "You have two things tomorrow, the dentist at ten, and lunch at noon. Nothing else.",
            ["You have two things tomorrow,", "the dentist at ten, and lunch at noon.", "Nothing else."],
        ),
        (
            "Your next meeting is the stand-up with the design team on Monday morning at half past nine.",
            [
                "Your next meeting is the stand-up",
                "with the design team on Monday morning at half past nine.",
            ],
        ),
        ("Dr. Lee is free at 3.30 p.m. on Friday.", ["Dr. Lee is free at 3.30 p.m. on Friday."]),
        ("That is at 9 a.m. Shall I?", ["That is at 9 a.m.", "Shall I?"]),
        ("No, stop.", ["No, stop."]),
        ("Milk and eggs\nBread", ["Milk and eggs", "Bread"]),
    ],
)
def test_it_is_cut_where_one_would_breathe(text: str, clauses: list[str]) -> None:
    """The first clause is short, the rest are whole sentences, and a title or a time of day ends none."""
    cutter = Clauses()
    assert cutter.feed(text) + cutter.flush() == clauses


def test_the_first_clause_comes_before_the_rest_is_known() -> None:
    """Words that come one by one are said as soon as there is a clause of them."""
    cutter = Clauses()
    come = {word: cutter.feed(f"{word} ") for word in "You have two things tomorrow, the dentist and lunch".split()}
    assert next(clauses for clauses in come.values() if clauses) == ["You have two things tomorrow,"]
    assert cutter.flush() == ["the dentist and lunch"]


def test_two_sentences_given_apart_stay_apart() -> None:
    """A missing space between two pieces is put back."""
    cutter = Clauses()
    cutter.feed("Done.")
    assert cutter.feed("Anything else?") + cutter.flush() == ["Done.", "Anything else?"]


@given(st.lists(st.text(alphabet="ab ,.!?\n", max_size=30), max_size=8))
def test_no_letter_is_lost(pieces: list[str]) -> None:
    """However the text comes, all of it is said, in order."""
    cutter = Clauses()
    said = [clause for piece in pieces for clause in cutter.feed(piece)] + cutter.flush()
    assert "".join("".join(said).split()) == "".join("".join(pieces).split())
