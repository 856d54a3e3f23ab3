"""A quiet caller is made louder, and nothing else changes."""

import numpy as np

from voice.pipeline.level import MOST, TOP, WANTED, Level


def voice(loud: float) -> bytes:
    time = np.arange(256) / 8000
    return (np.sin(time * 2 * np.pi * 220) * loud * 2**0.5).astype(np.int16).tobytes()


def loudness(pcm: bytes) -> float:
    sound = np.frombuffer(pcm, np.int16).astype(np.float64)
    return float(np.sqrt((sound**2).mean()))


def after(seconds: float, loud: float) -> Level:
    level = Level()
    for _ in range(int(seconds / 0.032)):
        level.learn(voice(loud))
    return level


def test_a_quiet_voice_becomes_as_loud_as_others() -> None:
    """Within two seconds of speech, and no louder than that."""
    level = after(2.0, 500)
    assert 0.8 * WANTED < loudness(level.apply(voice(500))) < 1.2 * WANTED


def test_a_loud_voice_is_left_as_it_is() -> None:
    """Bit for bit."""
    assert after(2.0, 6000).apply(voice(6000)) == voice(6000)


def test_a_whisper_is_not_blown_up_without_end() -> None:
    """There is a most, and without a voice nothing is learnt."""
    assert after(20.0, 20).gain == MOST
    assert Level().apply(voice(20)) == voice(20)


def test_a_sudden_shout_is_not_cut_off() -> None:
    """However much the line was turned up before, nothing goes over the top, and it is turned down again."""
    level = after(3.0, 300)
    assert np.abs(np.frombuffer(level.apply(voice(15000)), np.int16).astype(int)).max() <= TOP
    for _ in range(100):
        level.learn(voice(15000))
    assert level.gain == 1.0
