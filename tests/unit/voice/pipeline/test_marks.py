"""What a caller on the telephone has heard: by the clock at first, then by the marks that come back."""

from voice.pipeline.marks import MarkedPlayout

RATE = 8000
PIECE = RATE // 50 * 2
SECOND = RATE * 2


def sent(playout: MarkedPlayout, pieces: int, at: float = 0.0) -> list[str]:
    """So many pieces of 20 ms go out at once; the marks behind them."""
    marks = []
    for _ in range(pieces):
        playout.add(PIECE, at)
        if mark := playout.written(PIECE, at):
            marks.append(mark)
    return marks


def test_without_marks_the_clock_counts() -> None:
    """A provider that returns none is reckoned with as a loudspeaker is."""
    playout = MarkedPlayout(RATE)
    sent(playout, 50)
    assert abs(playout.unplayed(0.4) - 0.6 * SECOND) <= 2
    assert playout.rest(0.4) == playout.ahead(0.4)
    assert playout.unplayed(2.0) == 0


def test_a_mark_every_tenth_of_a_second() -> None:
    """Often enough to know the word."""
    assert len(sent(MarkedPlayout(RATE), 50)) == 10


def test_a_line_that_lags_has_played_less() -> None:
    """A mark that comes back 0.3 s late says that everything is heard so much later."""
    playout = MarkedPlayout(RATE)
    marks = sent(playout, 50)
    playout.returned(marks[0], 0.1 + 0.3)
    assert abs(playout.lag - 0.3) < 1e-6
    assert abs(playout.unplayed(0.4) - 0.9 * SECOND) <= 2
    assert abs(playout.rest(1.0) - 0.3) < 1e-6
    assert playout.ahead(1.0) < 1e-6


def test_what_a_mark_vouches_for_was_heard() -> None:
    """Whatever the clock believes."""
    playout = MarkedPlayout(RATE)
    marks = sent(playout, 50)
    playout.returned(marks[8], 0.2)
    assert abs(playout.unplayed(0.2) - SECOND // 10) <= 2


def test_marks_of_what_was_thrown_away_say_nothing() -> None:
    """After an interruption the old ones come back at once; they are no proof of the new sound."""
    playout = MarkedPlayout(RATE)
    old = sent(playout, 50)
    playout.stop(0.2)
    new = sent(playout, 50, at=0.2)
    for mark in old:
        playout.returned(mark, 0.25)
    assert not set(old) & set(new)
    assert playout.unplayed(0.2) == SECOND
    assert abs(playout.unplayed(0.7) - SECOND // 2) <= 2


def test_a_mark_that_nobody_sent_says_nothing() -> None:
    """Nor does one that comes twice."""
    playout = MarkedPlayout(RATE)
    marks = sent(playout, 10)
    playout.returned("0-999999", 0.1)
    playout.returned(marks[0], 0.1)
    playout.returned(marks[0], 0.9)
    assert abs(playout.unplayed(0.1) - SECOND // 10) <= 2
