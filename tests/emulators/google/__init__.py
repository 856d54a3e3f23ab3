"""Google as far as we speak to it: its paths, its JSON and its refusals, checked against its own discovery documents."""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Grants = Callable[[str], frozenset[str] | None]
"""The scopes of an access token; None for one that isn't good (any more)."""

ALL_SCOPES = frozenset({
    "https://www.googleapis.com/auth/calendar",
    "https://www.googleapis.com/auth/tasks",
    "https://mail.google.com/",
})  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One request as it came over the wire."""

    api: str
    method: str
    """As Google names it: `calendar.events.insert`."""
    path: str
    query: Mapping[str, list[str]]
    headers: Mapping[str, str]
    body: Any = None


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """What goes wrong with the next request that fits.

    status: refused so, with `reason` and `headers` · lost: done, but the connection breaks off before its answer ·
    reset: not done, the connection breaks off · hang: no answer for `seconds` · garbage: done, answered with what isn't JSON ·
    slow: done, answered after `seconds`.
    """

    kind: Literal["status", "lost", "reset", "hang", "garbage", "slow"]
    method: str = ""
    """The beginning of Google's name of the method; empty fits all."""
    status: int = 503
    reason: str = "backendError"
    headers: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 30.0
    times: int = 1


@dataclass
class Google:
    """The state that the emulated APIs of one account share, and what tests may see of it and do to it."""

    grants: Grants = lambda token: ALL_SCOPES if token == "good" else None
    asked: list[Asked] = field(default_factory=list)
    troubles: deque[Trouble] = field(default_factory=deque)
    wrong: list[str] = field(default_factory=list)
    """Answers of ours that Google could not have given; a test with one is broken."""

    def trouble(self, kind: Any, method: str = "", **more: Any) -> None:
        """Let something go wrong."""
        self.troubles.extend([Trouble(kind=kind, method=method, **more)] * more.get("times", 1))

    def next_trouble(self, method: str) -> Trouble | None:
        """The first that fits, which is then over."""
        for trouble in self.troubles:
            if method.startswith(trouble.method):
                self.troubles.remove(trouble)
                return trouble
        return None

    def methods(self) -> list[str]:
        """What was asked, in order."""
        return [one.method for one in self.asked]

    def calls(self, method: str) -> list[Asked]:
        """Those of one method."""
        return [one for one in self.asked if one.method == method]


class Refuse(Exception):
    """Raised by an emulated API: Google's error, in its own shape."""

    def __init__(self, status: int, reason: str, message: str = "") -> None:
        super().__init__(reason)
        self.status, self.reason, self.message = status, reason, message or reason
