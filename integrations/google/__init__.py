"""Signed-in conversations with Google: what the rest of the house may know of one."""

from typing import Literal, Protocol

Feature = Literal["calendar", "tasks", "mail_read", "mail_send"]
"""What a person can let us into, each on its own."""


class Tokens(Protocol):
    """One person's way into their Google account."""

    async def access(self) -> str:
        """An access token good for some minutes.

        Raises `NotConnected` (never connected, or permission taken back) and `Unavailable`.
        """
        ...

    async def renew(self, stale: str) -> str:
        """Another one than `stale`, which Google has just refused. Raises the same."""
        ...
