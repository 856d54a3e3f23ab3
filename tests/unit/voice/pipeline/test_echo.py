"""Our own words, come back badly heard, are known; what a person says into them, or instead of them, stays."""

import numpy as np
import pytest

from voice.pipeline.echo import Echo, alike

SAID = "You have five things today. First, stand-up at noon. Then, budget review at one."


def line(*, echoes: bool = True) -> Echo:
    echo = Echo()
    echo.said(SAID, 100.0)
    if echoes:
        echo.voice._lag = 20
    return echo


@pytest.mark.parametrize(
    ("heard", "theirs"),
    [
        ("You have five things today.", ""),
        ("you have fife things today first stand up", ""),
        ("budget revue at one", ""),
        ("First stand-up at noon. No, stop that.", "No, stop that."),
        ("Wait, who is coming? Then budget review at one", "Wait, who is coming?"),
        ("No.", "No."),
        ("One.", "One."),
        ("Move the stand-up to ten", "Move the stand-up to ten"),
        ("What about tomorrow?", "What about tomorrow?"),
    ],
)
def test_only_what_is_ours_is_taken_out(heard: str, theirs: str) -> None:
    """Runs of our own words go, loosely heard; a single word, or one's own sentence with a word of ours in it, stays."""
    assert line().without(heard, 103.0) == theirs


def test_a_line_without_an_echo_takes_nothing_out() -> None:
    """Somebody who repeats after us is heard."""
    assert line(echoes=False).without("You have five things today.", 103.0) == "You have five things today."


def test_what_was_said_long_ago_is_no_echo() -> None:
    """Nothing comes back after a quarter of a minute."""
    assert line().without("You have five things today.", 120.0) == "You have five things today."


def test_words_that_sound_the_same_are_the_same() -> None:
    """As a small recogniser hears them."""
    assert alike("review", "revue")
    assert alike("five", "fife")
    assert not alike("noon", "no")
    assert not alike("stop", "stand")


def windows(sound: np.ndarray) -> list[bytes]:
    return [sound[at : at + 256].astype(np.int16).tobytes() for at in range(0, len(sound) - 256, 256)]


def speech(seed: int, seconds: float) -> np.ndarray:
    """Noise with the rise and fall of syllables, in bands that come and go."""
    chance = np.random.default_rng(seed)
    pieces: list[np.ndarray] = []
    while sum(len(piece) for piece in pieces) < seconds * 8000:
        length = int(chance.uniform(0.06, 0.2) * 8000)
        noise = np.fft.rfft(chance.normal(0, 1, length))
        hertz = np.arange(len(noise)) * 8000 / length
        noise *= np.exp(-(((hertz - chance.uniform(300, 3000)) / 400) ** 2))
        made = np.fft.irfft(noise, length)
        pieces += [made / np.abs(made).max() * 9000, np.zeros(int(chance.uniform(0.02, 0.09) * 8000))]
    return np.concatenate(pieces)[: int(seconds * 8000)]


@pytest.mark.parametrize(("decibels", "late"), [(-6, 0.1), (-15, 0.35), (-28, 0.6)])
def test_our_voice_is_known_again_and_theirs_is_not_taken_for_it(decibels: float, late: float) -> None:
    """However loud and late it comes back; somebody who speaks into it is noticed within a fifth of a second."""
    echo, ours, theirs = Echo(), speech(1, 5.0), speech(2, 1.0)
    heard = np.concatenate((np.zeros(int(late * 8000)), ours * 10 ** (decibels / 20)))
    heard[3 * 8000 : 4 * 8000] += theirs
    room = np.random.default_rng(3).normal(0, 8, len(heard))
    known = []
    for number, (window, played) in enumerate(zip(windows(heard + room), windows(ours), strict=False)):
        echo.voice.played(played, 8000, 50.0 + number * 0.032)
        known.append(echo.voice.explains(window, 8000, 50.0 + number * 0.032))
    before, spoken = known[40:93], known[94:100]
    assert echo.voice.echoes
    assert sum(before) / len(before) > 0.9
    assert spoken.count(False) >= 4
