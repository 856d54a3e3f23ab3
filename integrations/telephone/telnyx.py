"""Telnyx: webhooks signed with its private key, TeXML, and media streaming."""

import base64
import binascii
import json
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from twilio.twiml.voice_response import VoiceResponse

from integrations.clock import Clock
from integrations.errors import Denied, Invalid
from integrations.telephone import Asked, Event, Started
from integrations.telephone.forms import form, payload, plain_name, read_message
from integrations.telephone.twilio import asked_by_form, event_of_call, said_by_markup

WINDOW = 300
"""Seconds for which a signature counts, before and after it was made."""


class Telnyx:
    """One account. Its signature covers the moment and the body, not the address, so a body must fit the door it comes to."""

    name = "telnyx"

    def __init__(self, public_key: str, clock: Clock, account: str | None = None) -> None:
        """`public_key` as the portal shows it: 32 bytes in base64. Raises `Invalid` for anything else."""
        try:
            self._key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key, validate=True))
        except (ValueError, binascii.Error) as error:
            raise Invalid("CHRONUS_PHONE__TELNYX_PUBLIC_KEY is not the public key that Telnyx shows.") from error
        self._clock, self._account = clock, account

    def check(self, url: str, headers: Mapping[str, str], body: bytes) -> Asked:  # noqa: ARG002, it isn't signed
        """Raises `Denied` for anything that isn't a form, signed within the last five minutes."""
        stamp = headers.get("telnyx-timestamp", "")
        if not (stamp.isascii() and stamp.isdigit() and len(stamp) < 12):
            raise Denied
        if abs(self._clock().timestamp() - int(stamp)) > WINDOW:
            raise Denied
        try:
            signature = base64.b64decode(headers.get("telnyx-signature-ed25519", ""), validate=True)
            self._key.verify(signature, stamp.encode() + b"|" + body)
        except (InvalidSignature, ValueError, binascii.Error) as error:
            raise Denied from error
        told = form(headers, body)
        if self._account and told.get("AccountSid") != self._account:
            raise Denied
        return asked_by_form(told)

    def check_socket(self, url: str, headers: Mapping[str, str]) -> None:
        """Telnyx signs no handshake: the ticket has to do."""

    def connect(self, stream_url: str, ticket: str) -> str:
        """TeXML reads like TwiML; both ways and the codec have to be asked for."""
        answer = VoiceResponse()
        stream = answer.connect().stream(
            url=stream_url, track="inbound_track", codec="PCMU", bidirectional_mode="rtp", bidirectional_codec="PCMU"
        )
        stream.parameter(name="ticket", value=ticket)
        return str(answer)

    def say(self, text: str, *, to_machine: bool = False) -> str:  # noqa: ARG002, it has waited for the beep before it asks
        """In Telnyx's own voice."""
        return said_by_markup(text)

    def read(self, message: str) -> Event | None:
        """Raises `Invalid` for what isn't one of Telnyx's messages."""
        return read_message(message, _event, "Telnyx")

    def sound(self, stream_id: str, mulaw: bytes) -> str:  # noqa: ARG002, a socket has one stream
        """Sound on its way to the caller."""
        return json.dumps({"event": "media", "media": {"payload": payload(mulaw)}})

    def mark(self, stream_id: str, name: str) -> str:  # noqa: ARG002
        """A mark behind the sound that was sent."""
        return json.dumps({"event": "mark", "mark": {"name": name}})

    def clear(self, stream_id: str) -> str:  # noqa: ARG002
        """Silence at once; marks that wait come back at once, too."""
        return json.dumps({"event": "clear"})


def _event(kind: str, told: dict[str, Any]) -> Event | None:
    if kind != "start":
        return event_of_call(kind, told)
    start = told["start"]
    if str(start.get("media_format", {}).get("encoding", "PCMU")).upper() != "PCMU":
        raise ValueError
    ticket = (start.get("custom_parameters") or {}).get("ticket", "")
    call_id, stream_id, ticket = plain_name(start["call_control_id"], told["stream_id"], ticket)
    return Started(call_id=call_id, stream_id=stream_id, ticket=ticket)
