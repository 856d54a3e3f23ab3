"""Twilio's own words: what its messages mean, and markup that says what it should."""

import base64
import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from twilio.request_validator import RequestValidator

from integrations.errors import Invalid
from integrations.settings import PhoneSettings
from integrations.telephone import HungUp, Played, Pressed, Sound, Started
from integrations.telephone.choose import choose_telephone
from integrations.telephone.numbers import plain_number
from integrations.telephone.twilio import Twilio

TWILIO = Twilio("token")


def message(**told: Any) -> str:
    return json.dumps(told)


def test_the_library_signs_as_twilios_documentation_does() -> None:
    """The example there: a door that is checked by the library it is built with could be wrong with it."""
    fields = {
        "CallSid": "CA1234567890ABCDE", "Caller": "+12349013030", "Digits": "1234", "From": "+12349013030", "To": "+18005551212",
    }  # fmt: skip
    url = "https://mycompany.com/myapp.php?foo=1&bar=2"
    assert RequestValidator("12345").compute_signature(url, fields) == "0/KCTR6DLpKmkAf8muzZqo1nDgQ="


def test_messages_are_understood() -> None:
    """As Twilio's documentation shows them, with what we don't need left out."""
    start = {
        "accountSid": "AC1", "streamSid": "MZ1", "callSid": "CA1", "tracks": ["inbound"],
        "mediaFormat": {"encoding": "audio/x-mulaw", "sampleRate": 8000, "channels": 1},
        "customParameters": {"ticket": "abc"},
    }  # fmt: skip
    payload = base64.b64encode(b"\xff" * 160).decode()
    media = {"track": "inbound", "chunk": "1", "timestamp": "20", "payload": payload}
    assert TWILIO.read(message(event="connected", protocol="Call", version="1.0.0")) is None
    started = TWILIO.read(message(event="start", sequenceNumber="1", start=start, streamSid="MZ1"))
    assert started == Started(call_id="CA1", stream_id="MZ1", ticket="abc")
    assert TWILIO.read(message(event="media", media=media)) == Sound(mulaw=b"\xff" * 160, at=20)
    assert TWILIO.read(message(event="dtmf", dtmf={"track": "inbound_track", "digit": "7"})) == Pressed(key="7")
    assert TWILIO.read(message(event="dtmf", dtmf={"digit": "A"})) is None
    assert TWILIO.read(message(event="mark", mark={"name": "0-1600"})) == Played(mark="0-1600")
    assert TWILIO.read(message(event="stop", stop={"callSid": "CA1"})) == HungUp()
    assert TWILIO.read(message(event="something new")) is None


@pytest.mark.parametrize(
    "text",
    [
        "", "x", "[]", "1", "null", "{}", '{"event":"start"}', '{"event":"start","start":{}}', '{"event":"media"}',
        '{"event":"media","media":{"payload":"%%%"}}', '{"event":"media","media":{"payload":3}}',
        '{"event":"media","media":{"payload":"","timestamp":"soon"}}', '{"event":"dtmf"}', '{"event":"mark","mark":[]}',
        '{"event":"start","start":{"callSid":"é","streamSid":"","customParameters":{}}}', "[" * 30_000,
        message(event="media", media={"payload": "A" * 40_000}),
    ],
)  # fmt: skip
def test_what_is_none_of_them_is_refused(text: str) -> None:
    """With one kind of refusal, whatever is wrong."""
    with pytest.raises(Invalid):
        TWILIO.read(text)


@given(
    st.text()
    | st.dictionaries(st.sampled_from(["event", "start", "media", "mark", "dtmf"]), st.text() | st.integers()).map(
        json.dumps
    )
)
def test_nothing_that_comes_surprises_us(text: str) -> None:
    """It means something, nothing, or is refused."""
    with suppress(Invalid):
        TWILIO.read(text)


def test_markup_escapes_what_it_holds() -> None:
    """A stream's address has no query: the ticket is a parameter."""
    root = etree.fromstring(TWILIO.connect("wss://chronus.example.org/v1/phone/twilio/media", 'a"<&').encode())
    (stream,) = root.findall("Connect/Stream")
    assert stream.get("url") == "wss://chronus.example.org/v1/phone/twilio/media"
    assert [(one.get("name"), one.get("value")) for one in stream] == [("ticket", 'a"<&')]
    root = etree.fromstring(TWILIO.say("I can't <talk> & listen.").encode())
    assert [(one.tag, one.text) for one in root] == [("Say", "I can't <talk> & listen."), ("Hangup", None)]


def test_what_goes_out_is_what_twilio_takes() -> None:
    """Sound, marks and clear on the stream they belong to."""
    assert json.loads(TWILIO.sound("MZ1", b"\xff\x00")) == {
        "event": "media",
        "streamSid": "MZ1",
        "media": {"payload": "/wA="},
    }
    assert json.loads(TWILIO.mark("MZ1", "a")) == {"event": "mark", "streamSid": "MZ1", "mark": {"name": "a"}}
    assert json.loads(TWILIO.clear("MZ1")) == {"event": "clear", "streamSid": "MZ1"}


@pytest.mark.parametrize(
    "settings",
    [{}, {"provider": "telnyx"}, {"provider": "twilio"}, {"provider": "twilio", "twilio_auth_token": " "}],
)
def test_a_telephone_that_cannot_be_checked_is_none(settings: dict[str, Any]) -> None:
    """Without a token anybody could ring; without a provider there is nothing to ring."""
    assert choose_telephone(PhoneSettings(**settings)) is None


@pytest.mark.parametrize("written", ["+1 (555) 123-4567", "+15551234567", "+1.555.123.4567", " +1 555 123 4567 "])
def test_a_number_may_be_written_as_people_do(written: str) -> None:
    """It is kept as the provider says it."""
    assert plain_number(written) == "+15551234567"


@pytest.mark.parametrize(
    "written",
    ["", "555 123 4567", "+0123456789", "+1555", "+1555123456789012", "+1555x234567", "++15551234567", "+١٢٣٤٥٦٧٨٩"],
)
def test_a_number_without_its_country_is_none(written: str) -> None:
    """Nobody can call from it."""
    with pytest.raises(Invalid):
        plain_number(written)
