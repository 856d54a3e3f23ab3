"""Plivo: webhooks signed with the account's token and a nonce, Plivo XML, and audio streaming."""

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from integrations.errors import Denied
from integrations.telephone import KEYS, Asked, Event, HungUp, Played, Pressed, Sound, Started
from integrations.telephone.forms import call_named, course, form, mulaw, payload, plain_name, read_message, seconds

_NONCE = 200
_TICKET = re.compile(r"(?:^|[;,{\s\"])(?:X-PH-)?ticket\"?\s*[=:]\s*\"?([\w-]{1,64})")
"""In what Plivo gives back of a stream's `extraHeaders`: "ticket=…"; some of its pages show a prefix, some show JSON."""


class Plivo:
    """One account."""

    name = "plivo"

    def __init__(self, token: str) -> None:
        self._token = token.encode()

    def check(self, url: str, headers: Mapping[str, str], body: bytes) -> Asked:
        """Raises `Denied` for anything that isn't a form, signed for exactly this address."""
        told = form(headers, body)
        if not self._signed(url + signed_fields(told), headers):
            raise Denied
        return Asked(
            call_id=call_named(told, "CallUUID"),
            request_id=told.get("RequestUUID", ""),
            caller=_number(told.get("From", "")),
            called=_number(told.get("To", "")),
            out=told.get("Direction", "inbound") == "outbound",
            course=course(told.get("CallStatus", "")),
            machine=told.get("Machine", "").lower() == "true",
            seconds=seconds(told.get("Duration")),
        )

    def check_socket(self, url: str, headers: Mapping[str, str]) -> None:
        """Plivo signs the handshake, as a request without fields; the ticket has to be right whether it does or not."""
        if "x-plivo-signature-v3" in headers and not self._signed(url, headers):
            raise Denied

    def connect(self, stream_url: str, ticket: str) -> str:
        """When the socket closes there is nothing after it, so Plivo hangs up."""
        answer = Element("Response")
        stream = SubElement(
            answer, "Stream", bidirectional="true", keepCallAlive="true", audioTrack="inbound",
            contentType="audio/x-mulaw;rate=8000", extraHeaders=f"ticket={ticket}",
        )  # fmt: skip
        stream.text = stream_url
        return _written(answer)

    def say(self, text: str, *, to_machine: bool = False) -> str:
        """In Plivo's own voice."""
        answer = Element("Response")
        if to_machine:
            SubElement(answer, "Wait", length="30", beep="true")
        SubElement(answer, "Speak").text = text
        SubElement(answer, "Hangup")
        return _written(answer)

    def read(self, message: str) -> Event | None:
        """Raises `Invalid` for what isn't one of Plivo's messages."""
        return read_message(message, _event, "Plivo")

    def sound(self, stream_id: str, mulaw: bytes) -> str:
        """Sound on its way to the caller."""
        media = {"contentType": "audio/x-mulaw", "sampleRate": 8000, "payload": payload(mulaw)}
        return json.dumps({"event": "playAudio", "streamId": stream_id, "media": media})

    def mark(self, stream_id: str, name: str) -> str:
        """A checkpoint behind the sound that was sent. What is cleared before it was played never comes back."""
        return json.dumps({"event": "checkpoint", "streamId": stream_id, "name": name})

    def clear(self, stream_id: str) -> str:
        """Silence at once."""
        return json.dumps({"event": "clearAudio", "streamId": stream_id})

    def _signed(self, what: str, headers: Mapping[str, str]) -> bool:
        nonce = headers.get("x-plivo-signature-v3-nonce", "")
        shown = headers.get("x-plivo-signature-v3", "")
        if not shown or not 0 < len(nonce) <= _NONCE:
            return False
        right = signature(self._token, what, nonce)
        # while a token is being replaced Plivo signs with both
        return any(hmac.compare_digest(one.strip().encode(), right.encode()) for one in shown.split(",")[:4])


def signed_fields(fields: Mapping[str, str]) -> str:
    """What stands behind the address in what is signed: every name and value, sorted by name."""
    return "?" + "".join(f"{name}{fields[name]}" for name in sorted(fields)) if fields else ""


def signature(token: bytes, what: str, nonce: str) -> str:
    """Version 3 of Plivo's."""
    return base64.b64encode(hmac.new(token, f"{what}.{nonce}".encode(), hashlib.sha256).digest()).decode()


def _number(told: str) -> str:
    """Plivo leaves the plus out."""
    return f"+{told}" if told.isascii() and told.isdigit() else told


def _written(answer: Element) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>{tostring(answer, encoding="unicode")}'


def _event(kind: str, told: dict[str, Any]) -> Event | None:
    match kind:
        case "start":
            start = told["start"]
            extra = told.get("extra_headers", start.get("extra_headers", ""))
            found = _TICKET.search(extra if isinstance(extra, str) else json.dumps(extra))
            call_id, stream_id = plain_name(start["callId"], start["streamId"])
            return Started(call_id=call_id, stream_id=stream_id, ticket=found[1] if found else "")
        case "media":
            # its timestamp is a clock's, which runs as unevenly as the pieces come: what is missing can't be told from it
            return Sound(mulaw=mulaw(told["media"]["payload"]), at=None)
        case "dtmf":
            key = str(told["dtmf"]["digit"])
            return Pressed(key=key) if key in KEYS else None
        case "playedStream":
            return Played(mark=str(told["name"]))
        case "stop":
            return HungUp()
        case _:
            return None
