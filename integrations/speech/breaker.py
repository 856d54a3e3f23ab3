"""Whether somebody who failed is to be asked again, and when."""

import time
from collections.abc import Callable

from integrations.errors import Unavailable
from integrations.speech.google_cloud import Refused

_TRIAL = 10.0
"""Seconds after which a trial that never came to an end is forgotten."""


class Breaker:
    """Open for a while after a failure; then one may try, and everybody follows when that went well.

    What waiting doesn't cure (`Refused`) is tried again only rarely.
    """

    def __init__(
        self, *, pause: float = 30.0, refused: float = 300.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._pause, self._refused, self._clock = pause, refused, clock
        self._until = self._trial = 0.0
        self.why: Unavailable | None = None
        """The failure that opened it; None while all is well."""

    @property
    def open(self) -> bool:
        """Whether nobody should be sent there now."""
        return self.why is not None and self._clock() < self._until

    def allows(self) -> bool:
        """Whether this one may go there; after a pause the first who asks may try for all."""
        if self.why is None:
            return True
        now = self._clock()
        if now < self._until or now - self._trial < _TRIAL:
            return False
        self._trial = now
        return True

    def worked(self) -> None:
        """It went well."""
        self.why, self._trial = None, -_TRIAL

    def failed(self, why: Unavailable) -> None:
        """It didn't."""
        pause = self._refused if isinstance(why, Refused) else self._pause
        self.why, self._until, self._trial = why, self._clock() + pause, -_TRIAL
