"""A caller reads any sound file, and says plainly what is wrong with one that it can't."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from integrations.errors import Invalid, Unavailable
from tests.callers import FOLDER
from voice.caller import call, read_sound


@pytest.mark.parametrize("subtype", ["PCM_16", "PCM_24", "FLOAT"])
@pytest.mark.parametrize(("rate", "channels"), [(8000, 1), (22050, 1), (44100, 2)])
def test_any_rate_width_and_number_of_channels_is_read(tmp_path: Path, subtype: str, rate: int, channels: int) -> None:
    """A second of a tone is a second of the same tone at 16 kHz."""
    tone = np.sin(np.arange(rate) / rate * 2 * np.pi * 440) * 0.5
    soundfile.write(tmp_path / "tone.wav", np.column_stack([tone] * channels), rate, subtype=subtype)
    read = read_sound(tmp_path / "tone.wav")
    assert abs(len(read) - 16000) < 10
    assert abs(int(np.argmax(np.abs(np.fft.rfft(read)))) - 440) < 3


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (lambda whole: whole[: len(whole) // 2], "cut short"),
        (lambda whole: whole[:44], "no sound"),
        (lambda whole: whole[:20], "can't be read"),
        (lambda _: b"not a sound at all" * 10, "can't be read"),
        (lambda _: b"", "can't be read"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(tmp_path: Path, content: object, says: str) -> None:
    """Half a WAV, a header without sound, noise and nothing are refused, each for its reason."""
    assert callable(content)
    (tmp_path / "bad.wav").write_bytes(content((FOLDER / "question.wav").read_bytes()))
    with pytest.raises(Invalid, match=says):
        read_sound(tmp_path / "bad.wav")


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    """There is no such file."""
    with pytest.raises(Invalid):
        read_sound(tmp_path / "none.wav")


async def test_nobody_at_the_other_end_is_said(tmp_path: Path) -> None:
    """A server that isn't there is a refusal, not a trace."""
    with pytest.raises(Unavailable, match="can't be reached"):
        await call("ws://127.0.0.1:9/v1/voice", FOLDER / "question.wav")
