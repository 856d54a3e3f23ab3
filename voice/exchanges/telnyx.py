"""Telnyx's side of a call."""

import base64
import binascii
import time
from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from integrations.errors import Invalid
from voice.exchanges import Answered, Call, Heard, Message
from voice.exchanges.markup import like_twiml
from voice.exchanges.twilio import FORM, TwilioExchange, fields_of


class TelnyxExchange:
    """One account, with a private key of its own, whose public half Chronus knows."""

    name = "telnyx"
    returns_cleared = True

    def __init__(self, key: str, account: str) -> None:
        """`key`: 32 bytes in base64. Raises `Invalid`."""
        try:
            self._key = Ed25519PrivateKey.from_private_bytes(base64.b64decode(key, validate=True))
        except (ValueError, binascii.Error) as error:
            raise Invalid("That is no private key: 32 bytes in base64.") from error
        self._account, self._like = account, TwilioExchange("", account)

    def webhook(self, url: str, call: Call) -> tuple[Mapping[str, str], bytes]:  # noqa: ARG002, it isn't signed
        """A form, signed with the moment."""
        body, stamp = urlencode(fields_of(call, self._account)).encode(), str(int(time.time()))
        signature = base64.b64encode(self._key.sign(stamp.encode() + b"|" + body)).decode()
        return FORM | {"telnyx-timestamp": stamp, "telnyx-signature-ed25519": signature}, body

    def understood(self, markup: bytes) -> Answered:
        """TeXML."""
        return like_twiml(markup)

    def handshake(self, url: str) -> Mapping[str, str]:  # noqa: ARG002
        """Nothing is signed."""
        return {}

    def begun(self, call_id: str, stream_id: str, parameters: Mapping[str, str]) -> Sequence[Message]:
        """Connected, then started."""
        start = {
            "user_id": self._account, "call_control_id": call_id, "client_state": "", "custom_parameters": dict(parameters),
            "media_format": {"encoding": "PCMU", "sample_rate": 8000, "channels": 1},
        }  # fmt: skip
        return [
            {"event": "connected", "version": "1.0.0"},
            {"event": "start", "sequence_number": "1", "start": start, "stream_id": stream_id},
        ]

    def sound(self, stream_id: str, number: int, payload: str) -> Message:
        """Numbered, with its place in the call."""
        media = {"track": "inbound", "chunk": str(number + 1), "timestamp": str(number * 20), "payload": payload}
        return {"event": "media", "sequence_number": str(number + 2), "media": media, "stream_id": stream_id}

    def key(self, stream_id: str, key: str) -> Message:
        """DTMF."""
        return {"event": "dtmf", "dtmf": {"digit": key}, "stream_id": stream_id}

    def played(self, stream_id: str, mark: str) -> Message:
        """The mark comes back."""
        return {"event": "mark", "mark": {"name": mark}, "stream_id": stream_id}

    def stopped(self, stream_id: str) -> Message | None:
        """Stop."""
        return {"event": "stop", "stop": {"user_id": self._account, "call_control_id": ""}, "stream_id": stream_id}

    def heard(self, message: Message) -> Heard | None:
        """The same words as Twilio's."""
        return self._like.heard(message)
