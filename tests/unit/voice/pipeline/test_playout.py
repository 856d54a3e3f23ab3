"""What was heard is reckoned from what was sent and the time that passed."""

from voice.pipeline.playout import Clause, Playout, heard, rewind

RATE = 24000


def clause(text: str, *, sent: float = 1.0, seconds: float = 2.0, ready: bool = True, aside: bool = False) -> Clause:
    size = int(seconds * RATE) * 2
    return Clause(text, aside, bytearray(size), ready, int(size * sent) // 2 * 2)


def test_what_is_sent_plays_one_after_the_other() -> None:
    """Sound sent early waits its turn; after a gap it plays from when it came."""
    playout = Playout(RATE)
    playout.add(RATE * 2, now=10.0)
    playout.add(RATE * 2, now=10.1)
    assert playout.ahead(10.5) == 1.5
    assert playout.ahead(13.0) == 0
    playout.add(RATE * 2, now=20.0)
    assert playout.unplayed(20.25) == RATE * 2 * 3 // 4


def test_taking_back_starts_at_the_end() -> None:
    """What wasn't played is taken from the latest clause first."""
    first, second = clause("One two three."), clause("Four five six.", sent=0.25)
    rewind([first, second], RATE * 2)
    assert second.sent == 0
    assert first.sent == len(first.pcm) - RATE


def test_heard_ends_at_the_last_whole_word() -> None:
    """A word that was mostly cut off was not heard."""
    assert heard([clause("It was a dark and stormy night", sent=0.5)]) == "It was a dark"
    assert heard([clause("Hello there.", sent=1.0), clause("How are you?", sent=0.0)]) == "Hello there."


def test_what_could_not_be_said_was_not_heard() -> None:
    """A clause without sound, or said only to fill a wait, is no part of what was heard."""
    assert heard([Clause("Silent.", ready=True), clause("One moment.", aside=True), clause("Done.")]) == "Done."


def test_a_clause_still_being_made_is_judged_by_its_letters() -> None:
    """Half a second of a long sentence is not the whole of it because no more is there yet."""
    long = "You have eleven things on your calendar tomorrow and most of them are in the morning"
    assert len(heard([clause(long, seconds=0.5, ready=False)])) < 20
