"""Reaching a browser whose page is closed: subscriptions, and what may go wrong with them."""

import base64
import binascii
from dataclasses import dataclass
from typing import Literal, Protocol

from integrations.errors import Invalid, NotFound

Urgency = Literal["low", "normal", "high"]
LONGEST = 3000
"""Bytes of what can be told; push services take 4096 with the wrapping."""


class Gone(NotFound):
    """That browser doesn't want to be told any more."""

    say = "That browser has ended its subscription."


@dataclass(frozen=True, kw_only=True)
class Subscription:
    """Where a browser is told, and what seals it so that the push service can't read it."""

    endpoint: str
    p256dh: bytes
    """The browser's public key, an uncompressed point of P-256."""
    auth: bytes

    @classmethod
    def of(cls, endpoint: str, p256dh: str, auth: str) -> "Subscription":
        """As a browser writes it. Raises `Invalid`."""
        key, secret = unwritten(p256dh), unwritten(auth)
        if len(key) != 65 or key[0] != 4 or len(secret) != 16:
            raise Invalid("That is no subscription of a browser.")
        return cls(endpoint=endpoint, p256dh=key, auth=secret)


class Push(Protocol):
    """Tells browsers, by whatever service each has chosen."""

    async def key(self) -> str:
        """What a browser has to know of us before it subscribes."""
        ...

    def check(self, endpoint: str) -> None:
        """Raises `Denied` for an address that we would never send anything to."""
        ...

    async def send(
        self, to: Subscription, payload: bytes, *, topic: str, urgency: Urgency = "normal", seconds: int
    ) -> None:
        """Tell one browser; a service keeps it for it so long, and of one topic only the last.

        Raises `Gone`, `Denied` when it will never be taken, and `Unavailable` when it may be later.
        """
        ...


def written(data: bytes) -> str:
    """Base64 for URLs, without padding, as browsers write keys."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unwritten(text: str) -> bytes:
    """Raises `Invalid`."""
    try:
        return base64.b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise Invalid("That is no key of a browser.") from error
