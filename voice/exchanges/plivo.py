"""Plivo's side of a call."""

import base64
import time
from collections.abc import Mapping, Sequence
from secrets import token_hex
from urllib.parse import urlencode

from integrations.telephone import RATE
from integrations.telephone.plivo import signature, signed_fields
from voice.exchanges import Answered, Call, Heard, Message
from voice.exchanges.markup import read
from voice.exchanges.twilio import FORM

_STATUS = {"no-answer": "timeout"}


class PlivoExchange:
    """One account."""

    name = "plivo"
    returns_cleared = False

    def __init__(self, token: str, account: str) -> None:
        self._token, self._account = token.encode(), account

    def webhook(self, url: str, call: Call) -> tuple[Mapping[str, str], bytes]:
        """A form, signed with a nonce. Numbers have no plus."""
        fields = {
            "CallUUID": call.call_id, "RequestUUID": call.call_id, "From": call.caller.removeprefix("+"),
            "To": call.called.removeprefix("+"), "Direction": "outbound" if call.out else "inbound",
            "CallStatus": _STATUS.get(call.status, call.status), "ParentAuthID": self._account, "BillRate": "0.0085",
            "Event": "StartApp" if call.status in ("ringing", "in-progress") else "Hangup",
        }  # fmt: skip
        if call.machine:
            fields["Machine"] = "true"
        if call.seconds is not None:
            fields["Duration"] = str(call.seconds)
        return FORM | self._signed(url + signed_fields(fields)), urlencode(fields).encode()

    def understood(self, markup: bytes) -> Answered:
        """Plivo XML: a stream with its headers, or something to speak."""
        root = read(markup)
        said = " ".join(one.text or "" for one in root.findall("Speak"))
        stream = root.find("Stream")
        if stream is None:
            return Answered(parameters={}, said=said)
        extra = dict(one.partition("=")[::2] for one in (stream.get("extraHeaders") or "").split(",") if "=" in one)
        return Answered(stream=(stream.text or "").strip(), parameters=extra, said=said)

    def handshake(self, url: str) -> Mapping[str, str]:
        """Signed as a request without fields."""
        return self._signed(url)

    def begun(self, call_id: str, stream_id: str, parameters: Mapping[str, str]) -> Sequence[Message]:
        """Started, with the headers beside it."""
        start = {
            "callId": call_id, "streamId": stream_id, "accountId": self._account, "tracks": ["inbound"],
            "mediaFormat": {"encoding": "audio/x-mulaw", "sampleRate": RATE},
        }  # fmt: skip
        extra = ";".join(f"{name}={value}" for name, value in parameters.items())
        return [{"event": "start", "sequenceNumber": 1, "start": start, "extra_headers": extra}]

    def sound(self, stream_id: str, number: int, payload: str) -> Message:
        """With the clock's time, which runs on while nothing comes."""
        media = {"track": "inbound", "timestamp": str(int(time.time() * 1000)), "chunk": number + 1, "payload": payload}
        return {"event": "media", "sequenceNumber": number + 2, "streamId": stream_id, "media": media}

    def key(self, stream_id: str, key: str) -> Message:
        """DTMF."""
        dtmf = {"track": "inbound", "digit": key, "timestamp": str(int(time.time() * 1000))}
        return {"event": "dtmf", "streamId": stream_id, "dtmf": dtmf}

    def played(self, stream_id: str, mark: str) -> Message:
        """The checkpoint was reached."""
        return {"event": "playedStream", "streamId": stream_id, "name": mark}

    def stopped(self, stream_id: str) -> Message | None:  # noqa: ARG002
        """Its socket just closes."""
        return None

    def heard(self, message: Message) -> Heard | None:
        """playAudio, checkpoint or clearAudio."""
        match message.get("event"):
            case "playAudio":
                return Heard(what="sound", mulaw=base64.b64decode(message["media"]["payload"]))
            case "checkpoint":
                return Heard(what="mark", mark=message["name"])
            case "clearAudio":
                return Heard(what="clear")
            case _:
                return None

    def _signed(self, what: str) -> dict[str, str]:
        nonce = token_hex(10)
        return {"X-Plivo-Signature-V3": signature(self._token, what, nonce), "X-Plivo-Signature-V3-Nonce": nonce}
