"""Is that us? What a microphone hears, compared with what we have just played into the same room."""

import math
from collections import deque

import numpy as np

HOP = 0.008
"""Seconds between two looks at what was played."""
WINDOW = 0.032
LATEST = 0.9
"""Seconds by which our own voice may come back late."""
_LAGS = int(LATEST / HOP)
_KEPT = 512
"""Looks that are remembered (4 s)."""
_EDGES = (200, 400, 600, 900, 1300, 1800, 2500, 3400)
"""Hz: the bands of a telephone."""
_FLOOR = -62.0
"""dB of full scale in a band, below which nothing is told apart."""
_SIMILAR, _SURELY, _HARDLY = 0.72, 0.8, 0.5
"""Correlations from which on it may be us and is surely us, and below which it isn't us."""
_FEW, _MANY = 10, 20
"""Windows that are compared (0.3 and 0.6 s), where it has to be quick and where there is time."""
_OFTEN = 4
"""Every so many windows a line that is known is looked at anew."""
_CLEAN = 2
"""Times that many windows weren't like us while we spoke, after which a line counts as one without an echo."""
_ABOVE = 7.0
"""dB by which a band is louder than our echo can make it: somebody else's."""
_DECAY = 1.5
"""dB a look by which a room falls silent."""


class OwnVoice:
    """One line's. It learns by itself whether our voice comes back, how late and how loud."""

    def __init__(self) -> None:
        self._played = np.full((_KEPT, len(_EDGES) - 1), _FLOOR)
        self._newest = -1
        """The last look at what was played, counted from the beginning of time."""
        self._loose = np.zeros(0, np.int16)
        self._loose_at = 0.0
        self._heard: deque[tuple[int, np.ndarray]] = deque(maxlen=_MANY)
        self._lag: int | None = None
        self._unlike = self._asked = 0
        self._gain = np.zeros(len(_EDGES) - 1)

    @property
    def echoes(self) -> bool:
        """Whether our voice was found to come back on this line."""
        return self._lag is not None

    def played(self, pcm: bytes, rate: int, at: float) -> None:
        """This is heard over there from then on, seconds on the loop's clock."""
        size, hop = int(rate * WINDOW), int(rate * HOP)
        if abs(self._loose_at + len(self._loose) / rate - at) > HOP:
            self._loose, self._loose_at = np.zeros(0, np.int16), at
        self._loose = np.concatenate((self._loose, np.frombuffer(pcm, np.int16)))
        while len(self._loose) >= size:
            self._note(int(self._loose_at / HOP), _bands(self._loose[:size], rate))
            self._loose = self._loose[hop:]
            self._loose_at += hop / rate

    def stopped(self, at: float) -> None:
        """What was to be heard later isn't."""
        self._loose = np.zeros(0, np.int16)
        last = int(at / HOP)
        for slot in range(last + 1, self._newest + 1):
            self._played[slot % _KEPT] = _FLOOR
        self._newest = min(self._newest, last)

    def explains(self, pcm: bytes, rate: int, at: float) -> bool:
        """Whether this window, which began then, is nothing but our own voice; to be asked of each one in turn."""
        bands = _bands(np.frombuffer(pcm, np.int16), rate)
        slot = int(at / HOP)
        self._heard.append((slot, bands))
        if self._newest < slot - _LAGS:
            return False  # nothing was played for a while
        self._asked += 1
        if self._lag is not None:
            if self._asked % _OFTEN == 0:
                self._find(_FEW, _SIMILAR)  # they may have turned us down
            return not self._louder(slot, bands)
        if self._unlike < _CLEAN:
            self._doubt()
            return self._find(_FEW, _SIMILAR)
        return self._asked % _OFTEN == 0 and self._find(_MANY, _SURELY)

    def _doubt(self) -> None:
        """Now and then, look whether we are to be heard at all."""
        if self._asked % _MANY == 0 and self._alike(_MANY)[0] < _HARDLY:
            self._unlike += 1

    def _note(self, slot: int, bands: np.ndarray) -> None:
        for missed in range(max(self._newest + 1, slot - _KEPT), slot):
            self._played[missed % _KEPT] = _FLOOR
        self._played[slot % _KEPT] = bands
        self._newest = max(self._newest, slot)

    def _at(self, slots: np.ndarray) -> np.ndarray:
        known = (slots <= self._newest) & (slots > self._newest - _KEPT)
        return np.where(known[..., None], self._played[slots % _KEPT], _FLOOR)

    def _alike(self, windows: int) -> tuple[float, int]:
        """How much what was heard is like what was played, and how late; 0 where there is nothing to compare."""
        if len(self._heard) < windows:
            return 0.0, 0
        slots, heard = self._last(windows)
        lags = np.arange(_LAGS)
        alike = _alike(self._at(slots[None, :] - lags[:, None]), heard)
        best = int(np.argmax(alike))
        return float(alike[best]), best

    def _last(self, windows: int) -> tuple[np.ndarray, np.ndarray]:
        latest = list(self._heard)[-windows:]
        return np.array([slot for slot, _ in latest]), np.stack([bands for _, bands in latest])

    def _find(self, windows: int, similar: float) -> bool:
        """Look for what was played in what was heard; whether it is there."""
        alike, best = self._alike(windows)
        if alike < similar:
            return False
        slots, heard = self._last(windows)
        played = self._at(slots - best)
        difference = heard - played
        loud = (played > _FLOOR + 6) & (heard > _FLOOR + 3)
        for band in range(len(self._gain)):
            if loud[:, band].sum() >= 3:
                new = float(np.median(difference[loud[:, band], band]))
                self._gain[band] = new if self._lag is None else 0.8 * self._gain[band] + 0.2 * new
        self._lag = best
        return True

    def _louder(self, slot: int, bands: np.ndarray) -> bool:
        """Whether there is more than our echo makes, a room's own reverberation included."""
        assert self._lag is not None
        before = np.arange(-3, 16)
        played = self._at(slot - self._lag - before) - np.maximum(before, 0)[:, None] * _DECAY
        expected = played.max(axis=0) + self._gain
        audible = bands > _FLOOR + 6
        power = 10 ** (bands / 10) * audible
        above = power[bands > np.maximum(expected, _FLOOR) + _ABOVE].sum()
        return bool(above > 0.5 * power.sum()) if power.sum() else False


def _bands(sound: np.ndarray, rate: int) -> np.ndarray:
    """How loud each band is, in dB of full scale."""
    samples = sound.astype(np.float32) / 32768 * np.hanning(len(sound))
    power = np.abs(np.fft.rfft(samples)) ** 2 / len(sound) ** 2 * 8
    hertz = np.arange(len(power)) * rate / len(sound)
    edges = np.searchsorted(hertz, _EDGES)
    loud: np.ndarray = np.add.reduceat(power, edges)[: len(_EDGES) - 1]
    decibels: np.ndarray = 10 * np.log10(loud + 1e-12)
    decibels[decibels < _FLOOR] = _FLOOR
    return decibels


def _alike(played: np.ndarray, heard: np.ndarray) -> np.ndarray:
    """For each lag, how much what was heard rises and falls with what was played, in all bands: 1 is the same."""
    one = played - played.mean(axis=1, keepdims=True)
    other = heard - heard.mean(axis=0, keepdims=True)
    size = np.sqrt((one**2).sum(axis=(1, 2)) * (other**2).sum()) + 1e-9
    moving = np.sqrt((one**2).mean(axis=(1, 2))) > math.sqrt(8)
    alike: np.ndarray = np.where(moving, (one * other).sum(axis=(1, 2)) / size, 0.0)
    return alike
