"""A quiet caller is made louder, slowly; silence isn't, and nothing is cut off at the top."""

import numpy as np

WANTED = 2600.0
"""Of 32768, root mean square: how loud a voice should be (-22 dB of full scale)."""
MOST = 8.0
"""Times louder at most (18 dB): what is quieter than that is no voice near the telephone."""
TOP = 30000.0
_FASTER, _SLOWER = 1.04, 0.97
"""By so much the gain changes with a voiced window of 32 ms: twice as loud after half a second."""


class Level:
    """One line's gain. It is learnt from voices alone, so that a quiet room stays quiet."""

    def __init__(self) -> None:
        self.gain = 1.0

    def apply(self, pcm: bytes) -> bytes:
        """This sound, as loud as it should be."""
        if self.gain <= 1.0 or not pcm:
            return pcm
        sound = np.frombuffer(pcm, np.int16).astype(np.float32)
        peak = float(np.abs(sound).max())
        gain = min(self.gain, TOP / peak) if peak else 1.0
        return (sound * max(gain, 1.0)).astype(np.int16).tobytes()

    def learn(self, pcm: bytes) -> None:
        """That was a voice, as it came from the line."""
        sound = np.frombuffer(pcm, np.int16).astype(np.float32)
        loud = float(np.sqrt((sound**2).mean())) if len(sound) else 0.0
        if loud * self.gain < WANTED:
            self.gain = min(self.gain * _FASTER, MOST)
        else:
            self.gain = max(self.gain * _SLOWER, 1.0)
