"""The provider's side of a call, for callers that need no account: its signature, its webhooks, its messages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

Message = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Answered:
    """What a webhook's markup wants."""

    stream: str | None = None
    parameters: Mapping[str, str]
    said: str = ""


@dataclass(frozen=True, kw_only=True)
class Heard:
    """What a message from Chronus wants played: sound, a mark behind it, or silence at once."""

    what: Literal["sound", "mark", "clear"]
    mulaw: bytes = b""
    mark: str = ""


Status = Literal["ringing", "in-progress", "completed", "busy", "no-answer", "failed"]


@dataclass(frozen=True, kw_only=True)
class Call:
    """What a webhook tells of a call."""

    call_id: str
    caller: str
    called: str
    status: Status = "ringing"
    out: bool = False
    """Whether Chronus has asked for it."""
    machine: bool = False
    seconds: int | None = None


class Exchange(Protocol):
    """One provider, as Chronus meets it."""

    name: str
    returns_cleared: bool
    """Whether marks of sound that was cleared come back, too."""

    def webhook(self, url: str, call: Call) -> tuple[Mapping[str, str], bytes]:
        """Headers, signed for this address, and body."""
        ...

    def understood(self, markup: bytes) -> Answered:
        """What the markup wants."""
        ...

    def handshake(self, url: str) -> Mapping[str, str]:
        """Headers with which a media socket is opened."""
        ...

    def begun(self, call_id: str, stream_id: str, parameters: Mapping[str, str]) -> Sequence[Message]:
        """What is said first on it."""
        ...

    def sound(self, stream_id: str, number: int, payload: str) -> Message:
        """The so-manieth piece of the caller's, 20 ms as base64."""
        ...

    def key(self, stream_id: str, key: str) -> Message:
        """A key was pressed."""
        ...

    def played(self, stream_id: str, mark: str) -> Message:
        """Everything before this mark was heard."""
        ...

    def stopped(self, stream_id: str) -> Message | None:
        """The caller has hung up; None where only the socket closes."""
        ...

    def heard(self, message: Message) -> Heard | None:
        """What a message wants; None for nothing."""
        ...


def exchange(provider: str, secret: str, account: str) -> Exchange:
    """The side of this provider. `secret` is what it signs with: a token, with Telnyx a private key in base64."""
    match provider:
        case "telnyx":
            from voice.exchanges.telnyx import TelnyxExchange

            return TelnyxExchange(secret, account)
        case "plivo":
            from voice.exchanges.plivo import PlivoExchange

            return PlivoExchange(secret, account)
        case _:
            from voice.exchanges.twilio import TwilioExchange

            return TwilioExchange(secret, account)
