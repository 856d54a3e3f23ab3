"""Twilio: webhooks signed with the account's token, TwiML, and Media Streams."""

import json
from collections.abc import Mapping
from typing import Any

from twilio.request_validator import RequestValidator
from twilio.twiml.voice_response import VoiceResponse

from integrations.errors import Denied
from integrations.telephone import KEYS, Asked, Event, HungUp, Played, Pressed, Sound, Started
from integrations.telephone.forms import (
    by_machine,
    call_named,
    course,
    form,
    mulaw,
    payload,
    plain_name,
    read_message,
    seconds,
)


class Twilio:
    """One account; without its id only the signature counts, which nobody makes without its token."""

    name = "twilio"

    def __init__(self, token: str, account: str | None = None) -> None:
        self._validator = RequestValidator(token)
        self._account = account

    def check(self, url: str, headers: Mapping[str, str], body: bytes) -> Asked:
        """Raises `Denied` for anything that isn't a form, signed for exactly this address."""
        told = form(headers, body)
        signature = headers.get("x-twilio-signature", "")
        if not signature or not self._validator.validate(url, told, signature):
            raise Denied
        if self._account and told.get("AccountSid") != self._account:
            raise Denied
        return asked_by_form(told)

    def check_socket(self, url: str, headers: Mapping[str, str]) -> None:
        """Twilio signs the handshake, with the scheme wss; the ticket has to be right whether it does or not."""
        signature = headers.get("x-twilio-signature")
        if signature is not None and not self._validator.validate(url, {}, signature):
            raise Denied

    def connect(self, stream_url: str, ticket: str) -> str:
        """TwiML's Connect: when the socket closes there is nothing after it, so Twilio hangs up."""
        answer = VoiceResponse()
        answer.connect().stream(url=stream_url).parameter(name="ticket", value=ticket)
        return str(answer)

    def say(self, text: str, *, to_machine: bool = False) -> str:  # noqa: ARG002, it has waited for the beep before it asks
        """In Twilio's own voice."""
        return said_by_markup(text)

    def read(self, message: str) -> Event | None:
        """Raises `Invalid` for what isn't one of Twilio's messages."""
        return read_message(message, _event, "Twilio")

    def sound(self, stream_id: str, mulaw: bytes) -> str:
        """Sound on its way to the caller."""
        return json.dumps({"event": "media", "streamSid": stream_id, "media": {"payload": payload(mulaw)}})

    def mark(self, stream_id: str, name: str) -> str:
        """A mark behind the sound that was sent."""
        return json.dumps({"event": "mark", "streamSid": stream_id, "mark": {"name": name}})

    def clear(self, stream_id: str) -> str:
        """Silence at once; marks that wait come back at once, too."""
        return json.dumps({"event": "clear", "streamSid": stream_id})


def asked_by_form(told: Mapping[str, str]) -> Asked:
    """In the words that Twilio and those who speak like it use. Raises `Denied`."""
    return Asked(
        call_id=call_named(told, "CallSid"),
        caller=told.get("From", ""),
        called=told.get("To", ""),
        out=told.get("Direction", "inbound").startswith("outbound"),
        course=course(told.get("CallStatus", "")),
        machine=by_machine(told.get("AnsweredBy")),
        seconds=seconds(told.get("CallDuration")),
    )


def said_by_markup(text: str) -> str:
    """Words in the provider's own voice, then nothing more; TeXML reads it like TwiML."""
    answer = VoiceResponse()
    answer.say(text)
    answer.hangup()
    return str(answer)


def _event(kind: str, told: dict[str, Any]) -> Event | None:
    if kind != "start":
        return event_of_call(kind, told)
    start = told["start"]
    ticket = (start.get("customParameters") or {}).get("ticket", "")
    call_id, stream_id, ticket = plain_name(start["callSid"], start["streamSid"], ticket)
    return Started(call_id=call_id, stream_id=stream_id, ticket=ticket)


def event_of_call(kind: str, told: dict[str, Any]) -> Event | None:
    """What happens after the start, in the words of Twilio and those who speak like it; None for what tells us nothing."""
    match kind:
        case "media":
            media = told["media"]
            at = media.get("timestamp")
            return Sound(mulaw=mulaw(media["payload"]), at=None if at is None else int(at))
        case "dtmf":
            key = str(told["dtmf"]["digit"])
            return Pressed(key=key) if key in KEYS else None
        case "mark":
            return Played(mark=str(told["mark"]["name"]))
        case "stop":
            return HungUp()
        case _:
            return None
