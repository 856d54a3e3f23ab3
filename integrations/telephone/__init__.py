"""The telephone, whoever provides it: who may ring at our door, how sound travels on the line, and how we ring somebody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

RATE = 8000
"""Hz of a telephone line; its sound is G.711 mu-law, a byte a sample."""

Course = Literal["ringing", "answered", "ended", "busy", "no_answer", "failed"]
"""How far a call has come. The last four are its end."""
OVER: frozenset[Course] = frozenset({"ended", "busy", "no_answer", "failed"})


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A request that the provider has signed: about which call, and what else it says."""

    call_id: str
    request_id: str = ""
    """What the call was named when it was asked for, where that is another name."""
    caller: str
    """The number that is shown, which anybody can forge."""
    called: str = ""
    out: bool = False
    """Whether it is we who ring."""
    course: Course = "ringing"
    machine: bool = False
    """Whether an answering machine, or a fax, has taken the call."""
    seconds: int | None = None
    """How long it was, once it is over."""

    @property
    def over(self) -> bool:
        """Whether the call has ended."""
        return self.course in OVER


@dataclass(frozen=True, kw_only=True)
class Started:
    """The first thing said on a media socket: which call it carries."""

    call_id: str
    stream_id: str
    ticket: str


@dataclass(frozen=True, kw_only=True)
class Sound:
    """A piece of the caller's sound, as mu-law; `at` is its place in the call in ms, where that is told."""

    mulaw: bytes
    at: int | None


@dataclass(frozen=True, kw_only=True)
class Pressed:
    """A key of the keypad."""

    key: str


@dataclass(frozen=True, kw_only=True)
class Played:
    """The caller has heard everything that was sent before the mark of this name."""

    mark: str


@dataclass(frozen=True, kw_only=True)
class HungUp:
    """Nothing more will come."""


Event = Started | Sound | Pressed | Played | HungUp


class Telephone(Protocol):
    """One provider: its signature, its markup, and what is said on its media sockets."""

    name: str

    def check(self, url: str, headers: Mapping[str, str], body: bytes) -> Asked:
        """What a webhook that was sent to this address says. Raises `Denied` unless the provider itself has signed it."""
        ...

    def check_socket(self, url: str, headers: Mapping[str, str]) -> None:
        """Look at the signature of a media socket, where there is one. Raises `Denied` for a wrong one."""
        ...

    def connect(self, stream_url: str, ticket: str) -> str:
        """Markup: put the caller on the socket there, which shows the ticket."""
        ...

    def say(self, text: str, *, to_machine: bool = False) -> str:
        """Markup: let the provider say this, to a machine after its beep, then hang up."""
        ...

    def read(self, message: str) -> Event | None:
        """What a message on a media socket says; None for what doesn't matter. Raises `Invalid` for what is none."""
        ...

    def sound(self, stream_id: str, mulaw: bytes) -> str:
        """A message with sound."""
        ...

    def mark(self, stream_id: str, name: str) -> str:
        """A message that comes back as `Played` when all before it was heard."""
        ...

    def clear(self, stream_id: str) -> str:
        """A message: forget what wasn't played yet."""
        ...


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A call of ours, as the provider knows it."""

    call_id: str
    course: Course
    machine: bool = False
    seconds: int | None = None


class Dialer(Protocol):
    """How we ring somebody, from our number.

    Everything raises `Unavailable` while the provider can't be reached or asks us to wait, `NotConnected` when it doesn't
    know us any more, and `Invalid` for what it won't do.
    """

    number: str
    settles: float
    """Seconds after which the provider's own list knows of every call it was asked for."""

    async def ring(self, number: str, *, answered: str, status: str, machines: bool) -> str:
        """Ring; the id of the call. Markup is asked for at `answered` when somebody takes it (`machines`: or something), and
        `status` is told how it goes. After `Unavailable` it may be ringing all the same: `since` knows."""
        ...

    async def since(self, number: str, moment: datetime) -> Sequence[Placed]:
        """Our calls to that number that were begun then or later."""
        ...

    async def look(self, call_id: str) -> Placed | None:
        """How a call goes; None where there is no such call."""
        ...

    async def hang_up(self, call_id: str) -> None:
        """End it; one that has ended is no news."""
        ...


KEYS = frozenset("0123456789*#")
