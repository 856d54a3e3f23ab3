"""What is said on the media sockets of each provider, as pipecat's own serializers understand and say it."""

import base64
import json
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest
from pipecat.frames.frames import AudioRawFrame, InputAudioRawFrame, InputDTMFFrame, InterruptionFrame
from pipecat.serializers.plivo import PlivoFrameSerializer
from pipecat.serializers.telnyx import TelnyxFrameSerializer
from pipecat.serializers.twilio import TwilioFrameSerializer

from integrations.errors import Invalid
from integrations.speech.sound import from_mulaw, to_mulaw
from integrations.telephone import HungUp, Played, Pressed, Sound, Started, Telephone
from integrations.telephone.numbers import check_ringable, masked
from integrations.telephone.plivo import Plivo
from integrations.telephone.telnyx import Telnyx
from integrations.telephone.twilio import Twilio
from tests.telephoned import PUBLIC_KEY, account
from voice.exchanges import Exchange

STREAM, CALL, TICKET = "MZ1", "CA1", "t" * 43
TONE = to_mulaw((np.sin(np.arange(160) / 5) * 8000).astype(np.int16).tobytes())
HOUR = datetime(2026, 3, 4, 9, tzinfo=UTC)
EVERY: dict[str, tuple[Telephone, Any]] = {
    "twilio": (
        Twilio("token"),
        TwilioFrameSerializer(STREAM, params=TwilioFrameSerializer.InputParams(auto_hang_up=False)),
    ),
    "telnyx": (
        Telnyx(PUBLIC_KEY, lambda: HOUR),
        TelnyxFrameSerializer(STREAM, "PCMU", "PCMU", params=TelnyxFrameSerializer.InputParams(auto_hang_up=False)),
    ),
    "plivo": (
        Plivo("token"),
        PlivoFrameSerializer(STREAM, params=PlivoFrameSerializer.InputParams(auto_hang_up=False)),
    ),
}


@pytest.fixture(params=EVERY)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def telephone(name: str) -> Telephone:
    return EVERY[name][0]


@pytest.fixture
def theirs(name: str) -> Any:
    serializer = EVERY[name][1]
    serializer._sample_rate = 8000
    return serializer


@pytest.fixture
def side(name: str) -> Exchange:
    return account(name).exchange


async def test_our_sound_and_silence_are_what_the_provider_expects(telephone: Telephone, theirs: Any) -> None:
    """The same messages as pipecat's, whose users talk to the real ones."""
    said = await theirs.serialize(AudioRawFrame(audio=from_mulaw(TONE), sample_rate=8000, num_channels=1))
    ours, pipecats = json.loads(telephone.sound(STREAM, TONE)), json.loads(said)
    assert {key: value for key, value in ours.items() if key in pipecats} == pipecats
    assert json.loads(telephone.clear(STREAM)) == json.loads(await theirs.serialize(InterruptionFrame()))


async def test_their_sound_and_keys_are_what_we_read(telephone: Telephone, theirs: Any, side: Exchange) -> None:
    """What our caller sends in the provider's place is understood by pipecat and by us, in the same way."""
    sent = json.dumps(side.sound(STREAM, 3, base64.b64encode(TONE).decode()))
    heard = telephone.read(sent)
    assert isinstance(heard, Sound)
    assert heard.mulaw == TONE
    frame = await theirs.deserialize(sent)
    assert isinstance(frame, InputAudioRawFrame)
    assert frame.audio == from_mulaw(TONE)
    pressed = json.dumps(side.key(STREAM, "#"))
    assert telephone.read(pressed) == Pressed(key="#")
    assert isinstance(await theirs.deserialize(pressed), InputDTMFFrame)


def test_a_call_shows_its_ticket_and_comes_to_its_end(telephone: Telephone, side: Exchange) -> None:
    """Markup with the ticket, its beginning on the socket, marks there and back, the end."""
    wanted = side.understood(telephone.connect("wss://chronus.example.org/v1/phone/x/media", TICKET).encode())
    assert wanted.stream == "wss://chronus.example.org/v1/phone/x/media"
    assert TICKET not in wanted.stream
    *before, begun = side.begun(CALL, STREAM, wanted.parameters)
    assert all(telephone.read(json.dumps(one)) is None for one in before)
    assert telephone.read(json.dumps(begun)) == Started(call_id=CALL, stream_id=STREAM, ticket=TICKET)
    marked = side.heard(json.loads(telephone.mark(STREAM, "0-1600")))
    assert marked is not None
    assert telephone.read(json.dumps(side.played(STREAM, marked.mark))) == Played(mark="0-1600")
    stopped = side.stopped(STREAM)
    assert stopped is None or telephone.read(json.dumps(stopped)) == HungUp()


def test_what_is_said_is_said_and_nothing_else(telephone: Telephone, side: Exchange) -> None:
    """Whatever stands in it is words, to a person and to a machine."""
    for to_machine in (False, True):
        told = side.understood(telephone.say("I'll <Dial>+1900</Dial> & try again.", to_machine=to_machine).encode())
        assert (told.said, told.stream) == ("I'll <Dial>+1900</Dial> & try again.", None)


@pytest.mark.parametrize(
    "message",
    [
        "{", "[]", "null", "1", '"x"', "{}", '{"event":1}', '{"event":"start"}', '{"event":"start","start":{}}', '{"event":"start","start":[]}',
        '{"event":"media"}', '{"event":"media","media":{}}', '{"event":"media","media":{"payload":1}}', '{"event":"media","media":{"payload":"*"}}',
        '{"event":"dtmf","dtmf":{}}', '{"event":"dtmf"}', "[" * 5000, '{"event":"media","media":{"payload":"' + "A" * 20_000 + '"}}',
        '{"event":"start","stream_id":"é","start":{"callSid":"é","streamSid":"é","call_control_id":"é","callId":"é","streamId":"é"}}',
    ],
)  # fmt: skip
def test_rubbish_is_named_rubbish(telephone: Telephone, message: str) -> None:
    """Invalid, or nothing that matters; never anything else."""
    with suppress(Invalid):
        assert telephone.read(message) is None


@pytest.mark.parametrize(
    ("extra", "ticket"),
    [
        (f"ticket={TICKET}", TICKET), (f"a=b;ticket={TICKET};c=d", TICKET), (f"X-PH-ticket={TICKET}", TICKET),
        (f'{{"ticket":"{TICKET}"}}', TICKET), ({"ticket": TICKET}, TICKET), ("", ""), ("noticket=1", ""), (None, ""), ("ticket=", ""),
    ],
)  # fmt: skip
def test_plivos_headers_are_read_however_they_come_back(extra: Any, ticket: str) -> None:
    """Its pages show them in more than one way."""
    start = {"callId": CALL, "streamId": STREAM}
    told = Plivo("token").read(json.dumps({"event": "start", "start": start, "extra_headers": extra}))
    assert told == Started(call_id=CALL, stream_id=STREAM, ticket=ticket)


@pytest.mark.parametrize(
    "number",
    ["+15551234567", "+14155552671", "+4930123456", "+491701234567", "+447700900123", "+33612345678", "+393331234567", "+34612345678",
     "+31612345678", "+41791234567", "+436641234567", "+61412345678", "+919876543210", "+818012345678", "+5511987654321", "+27821234567"],
)  # fmt: skip
def test_peoples_numbers_may_be_rung(number: str) -> None:
    """Mobiles and landlines of many countries."""
    check_ringable(number)


@pytest.mark.parametrize(
    "number",
    ["+19005551234", "+12129761234", "+19115551234", "+449012345678", "+447012345678", "+4990012345", "+49137123456", "+41900123456",
     "+33899123456", "+39899123456", "+34803123456", "+31909123456", "+6119001234", "+88216123456", "+8701234567", "+9791234567", "+112", "+49112", "+1911"],
)  # fmt: skip
def test_what_costs_or_helps_others_is_not_rung(number: str) -> None:
    """Premium, satellite, short, emergency."""
    with pytest.raises(Invalid):
        check_ringable(number)


def test_a_number_is_shown_by_its_ends() -> None:
    """Enough to know one's own."""
    assert masked("+15551234567") == "+1••••••••67"
    assert masked("") == ""
