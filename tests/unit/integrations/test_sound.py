"""Telephone sound and files of sound, bit for bit."""

import numpy as np
import pytest

from integrations.speech.sound import from_mulaw, from_wav, to_mulaw, to_wav


def test_mu_law_is_the_standards() -> None:
    """Silence, the smallest steps and both ends of G.711, and a table that only rises."""
    known = {0xFF: 0, 0x7F: 0, 0xFE: 8, 0x7E: -8, 0xF0: 120, 0x80: 32_124, 0x00: -32_124}
    samples = np.frombuffer(from_mulaw(bytes(known)), "<i2")
    assert samples.tolist() == list(known.values())
    rising = np.frombuffer(from_mulaw(bytes(range(255, 127, -1))), "<i2")
    assert (np.diff(rising.astype(int)) > 0).all()


def test_mu_law_comes_back_as_it_was() -> None:
    """Every code but the second zero, and every sample to the nearest step."""
    codes = bytes(code for code in range(256) if code != 0x7F)
    assert to_mulaw(from_mulaw(codes)) == codes
    samples = np.arange(-32_768, 32_768, 7).astype("<i2")
    back = np.frombuffer(from_mulaw(to_mulaw(samples.tobytes())), "<i2").astype(int)
    off = np.abs(back - samples.astype(int))
    assert (off <= np.maximum(8, np.abs(samples.astype(int)) // 16 + 8)).all() or off.max() <= 644


@pytest.mark.parametrize("pcm", [b"", b"\x01\x02" * 100])
def test_a_file_holds_what_was_put_in(pcm: bytes) -> None:
    """Samples and rate."""
    assert from_wav(to_wav(pcm, 22_050)) == (pcm, 22_050)
