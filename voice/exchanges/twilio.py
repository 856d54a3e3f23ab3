"""Twilio's side of a call."""

import base64
from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from twilio.request_validator import RequestValidator

from integrations.telephone import RATE
from voice.exchanges import Answered, Call, Heard, Message
from voice.exchanges.markup import like_twiml

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class TwilioExchange:
    """One account."""

    name = "twilio"
    returns_cleared = True

    def __init__(self, token: str, account: str) -> None:
        self._validator, self._account = RequestValidator(token), account

    def webhook(self, url: str, call: Call) -> tuple[Mapping[str, str], bytes]:
        """A form, and its signature by Twilio's own library."""
        fields = fields_of(call, self._account)
        signature = str(self._validator.compute_signature(url, fields))
        return FORM | {"X-Twilio-Signature": signature}, urlencode(fields).encode()

    def understood(self, markup: bytes) -> Answered:
        """TwiML."""
        return like_twiml(markup)

    def handshake(self, url: str) -> Mapping[str, str]:
        """Signed as a request without fields."""
        return {"X-Twilio-Signature": str(self._validator.compute_signature(url, {}))}

    def begun(self, call_id: str, stream_id: str, parameters: Mapping[str, str]) -> Sequence[Message]:
        """Connected, then started."""
        start = {
            "accountSid": self._account, "callSid": call_id, "streamSid": stream_id, "tracks": ["inbound"],
            "customParameters": dict(parameters),
            "mediaFormat": {"encoding": "audio/x-mulaw", "sampleRate": RATE, "channels": 1},
        }  # fmt: skip
        return [
            {"event": "connected", "protocol": "Call", "version": "1.0.0"},
            {"event": "start", "start": start, "streamSid": stream_id, "sequenceNumber": "1"},
        ]

    def sound(self, stream_id: str, number: int, payload: str) -> Message:
        """Numbered, with its place in the call."""
        media = {"track": "inbound", "chunk": str(number + 1), "timestamp": str(number * 20), "payload": payload}
        return {"event": "media", "media": media, "streamSid": stream_id}

    def key(self, stream_id: str, key: str) -> Message:
        """DTMF."""
        return {"event": "dtmf", "dtmf": {"track": "inbound_track", "digit": key}, "streamSid": stream_id}

    def played(self, stream_id: str, mark: str) -> Message:
        """The mark comes back."""
        return {"event": "mark", "mark": {"name": mark}, "streamSid": stream_id}

    def stopped(self, stream_id: str) -> Message | None:
        """Stop."""
        return {"event": "stop", "stop": {"callSid": "", "accountSid": self._account}, "streamSid": stream_id}

    def heard(self, message: Message) -> Heard | None:
        """Media, mark or clear."""
        match message.get("event"):
            case "media":
                return Heard(what="sound", mulaw=base64.b64decode(message["media"]["payload"]))
            case "mark":
                return Heard(what="mark", mark=message["mark"]["name"])
            case "clear":
                return Heard(what="clear")
            case _:
                return None


def fields_of(call: Call, account: str) -> dict[str, str]:
    """As Twilio and those who speak like it tell of a call."""
    fields = {
        "AccountSid": account, "ApiVersion": "2010-04-01", "CallSid": call.call_id, "CallStatus": call.status,
        "Direction": "outbound-api" if call.out else "inbound", "From": call.caller, "To": call.called,
    }  # fmt: skip
    if call.out and call.status == "in-progress":
        fields["AnsweredBy"] = "machine_end_beep" if call.machine else "human"
    if call.seconds is not None:
        fields["CallDuration"] = str(call.seconds)
    return fields
