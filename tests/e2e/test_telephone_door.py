"""Nobody but Twilio opens the telephone's door: it counts who signed, for which address, and what."""

import base64
import hashlib
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from pydantic import SecretStr
from twilio.request_validator import RequestValidator

from integrations.settings import PhoneSettings, Settings
from tests.e2e.conftest import UNLIMITED, Chronus, in_thread

TOKEN = "0123456789abcdef0123456789abcdef"
ACCOUNT = "AC" + "1" * 32
PUBLIC = "https://chronus.example.org"
PATH = "/v1/phone/twilio/incoming"
FORM = "application/x-www-form-urlencoded"
FIELDS = {
    "AccountSid": ACCOUNT, "CallSid": "CA" + "2" * 32, "CallStatus": "ringing", "From": "+15551234567", "To": "+15550100000",
}  # fmt: skip


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chronus]:
    """A quick server with a telephone; it can neither hear nor speak, and says so to whoever is let in."""
    folder = tmp_path_factory.mktemp("door")
    phone = PhoneSettings(provider="twilio", twilio_account_sid=ACCOUNT, twilio_auth_token=SecretStr(TOKEN))
    settings = Settings(
        _env_file=None, data=folder / "data", weights=folder / "no-weights", limits=UNLIMITED,
        public_url=PUBLIC, phone=phone,
    )  # fmt: skip
    with in_thread(settings) as chronus:
        yield chronus


def signed(url: str = PUBLIC + PATH, fields: Mapping[str, Any] = FIELDS, token: str = TOKEN) -> str:
    return str(RequestValidator(token).compute_signature(url, fields))


@dataclass(frozen=True, kw_only=True)
class Ring:
    """What is sent; everything right unless it says otherwise."""

    signature: str | None = field(default_factory=signed)
    body: bytes = urlencode(FIELDS).encode()
    path: str = PATH
    method: str = "POST"
    kind: str | None = FORM
    more: Mapping[str, str] = field(default_factory=dict)


def changed(**fields: str) -> bytes:
    return urlencode(FIELDS | fields).encode()


def own(**fields: str) -> Ring:
    """Other fields, rightly signed."""
    return Ring(signature=signed(fields=FIELDS | fields), body=changed(**fields))


WRONG = {
    # the address that was signed
    "http": Ring(signature=signed("http://chronus.example.org" + PATH)),
    "wss": Ring(signature=signed("wss://chronus.example.org" + PATH)),
    "ws": Ring(signature=signed("ws://chronus.example.org" + PATH)),
    "no scheme": Ring(signature=signed("chronus.example.org" + PATH)),
    "another host": Ring(signature=signed("https://evil.example.org" + PATH)),
    "a name below": Ring(signature=signed("https://a.chronus.example.org" + PATH)),
    "a name above": Ring(signature=signed("https://example.org" + PATH)),
    "a longer name": Ring(signature=signed("https://chronus.example.org.evil.net" + PATH)),
    "a loopback name": Ring(signature=signed("https://127.0.0.1" + PATH)),
    "capitals": Ring(signature=signed("https://CHRONUS.example.org" + PATH)),
    "port 80": Ring(signature=signed("https://chronus.example.org:80" + PATH)),
    "port 8443": Ring(signature=signed("https://chronus.example.org:8443" + PATH)),
    "somebody in front": Ring(signature=signed("https://me@chronus.example.org" + PATH)),
    "a slash behind": Ring(signature=signed(PUBLIC + PATH + "/")),
    "two slashes": Ring(signature=signed(PUBLIC + "/" + PATH)),
    "a longer path": Ring(signature=signed(PUBLIC + PATH + "/x")),
    "a shorter path": Ring(signature=signed(PUBLIC + "/v1/phone/twilio")),
    "the other webhook": Ring(signature=signed(PUBLIC + "/v1/phone/twilio/status")),
    "the media socket": Ring(signature=signed("wss://chronus.example.org/v1/phone/twilio/media")),
    "a query": Ring(signature=signed(PUBLIC + PATH + "?a=1")),
    "a fragment": Ring(signature=signed(PUBLIC + PATH + "#a")),
    "path in capitals": Ring(signature=signed(PUBLIC + PATH.upper())),
    # where it is sent
    "sent with a query": Ring(path=PATH + "?a=1"),
    "sent with a signed query": Ring(path=PATH + "?a=1", signature=signed(PUBLIC + PATH + "?a=1")),
    "sent to the other webhook": Ring(path="/v1/phone/twilio/status"),
    # what proxies say
    "forwarded host": Ring(signature=signed("https://evil.example.org" + PATH), more={"X-Forwarded-Host": "evil.example.org"}),
    "forwarded scheme": Ring(signature=signed("http://chronus.example.org" + PATH), more={"X-Forwarded-Proto": "http"}),
    "forwarded": Ring(signature=signed("https://evil.example.org" + PATH), more={"Forwarded": "host=evil.example.org"}),
    "original host": Ring(signature=signed("https://evil.example.org" + PATH), more={"X-Original-Host": "evil.example.org"}),
    # the signature
    "no signature": Ring(signature=None),
    "an empty one": Ring(signature=""),
    "a short one": Ring(signature=signed()[:-4]),
    "a long one": Ring(signature=signed() + "AAAA"),
    "in small letters": Ring(signature=signed().lower()),
    "another token's": Ring(signature=signed(token="f" * 32)),
    "no token's": Ring(signature=signed(token="")),
    "a hash without a key": Ring(signature=base64.b64encode(hashlib.sha256((PUBLIC + PATH).encode()).digest()).decode()),
    "another algorithm's": Ring(signature=str(RequestValidator(TOKEN).compute_signature(PUBLIC + PATH, FIELDS, "HMAC_SHA256"))),
    "the address alone": Ring(signature=signed(fields={})),
    # what is said
    "another caller": Ring(body=changed(From="+15559999999")),
    "another call": Ring(body=changed(CallSid="CA" + "3" * 32)),
    "a field more": Ring(body=changed(Digits="1")),
    "a field less": Ring(body=urlencode({k: v for k, v in FIELDS.items() if k != "To"}).encode()),
    "nothing": Ring(body=b""),
    "said twice": Ring(body=urlencode(FIELDS).encode() + b"&From=%2B15551234567"),
    "no words": Ring(body=b"\xff\xfe=%ff"),
    "another kind": Ring(kind="application/json"),
    "no kind": Ring(kind=None),
    "many parts": Ring(kind="multipart/form-data; boundary=x"),
    "too many fields": own(**{f"f{n}": "x" for n in range(120)}),
    "another account": own(AccountSid="AC" + "9" * 32),
    "no call": own(CallSid=""),
    "a call of ours": own(CallSid="CA" + "a" * 32, Direction="outbound-api"),
    "a call that is over": own(CallSid="CA" + "b" * 32, CallStatus="completed"),
    "an endless call": own(CallSid="C" * 500),
}  # fmt: skip


def send(door: Chronus, ring: Ring) -> httpx.Response:
    headers = dict(ring.more)
    if ring.signature is not None:
        headers["X-Twilio-Signature"] = ring.signature
    if ring.kind is not None:
        headers["Content-Type"] = ring.kind
    return door.stranger.request(ring.method, ring.path, content=ring.body, headers=headers)


@pytest.mark.parametrize("ring", WRONG.values(), ids=WRONG.keys())
def test_what_twilio_has_not_signed_for_this_address_is_refused(ring: Ring, door: Chronus) -> None:
    """403, and no word of markup, whatever is wrong with it."""
    answer = send(door, ring)
    assert answer.status_code == 403
    assert "Response" not in answer.text


def test_there_are_enough_ways_to_be_wrong() -> None:
    """The matrix has at least forty cases."""
    assert len(WRONG) >= 40


@pytest.mark.parametrize(
    "ring",
    [
        own(CallSid="CA" + "4" * 32),
        Ring(
            signature=signed(PUBLIC + ":443" + PATH, FIELDS | {"CallSid": "CA" + "5" * 32}),
            body=changed(CallSid="CA" + "5" * 32),
        ),
        Ring(
            signature=signed(fields=FIELDS | {"CallSid": "CA" + "6" * 32}),
            body=changed(CallSid="CA" + "6" * 32),
            more={"Host": "chronus.example.org", "X-Forwarded-Host": "evil.example.org"},
        ),
    ],
    ids=["as it is", "with the port that goes without saying", "under its public name"],
)
def test_what_twilio_has_signed_is_answered(ring: Ring, door: Chronus) -> None:
    """Markup, never an error, so that the caller hears a sentence: nobody knows this number."""
    answer = send(door, ring)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/xml")
    assert "<Say>" in answer.text
    assert "<Hangup" in answer.text
    assert "Stream" not in answer.text


def test_a_call_rings_once(door: Chronus) -> None:
    """A webhook that somebody has overheard and sends again is refused, rightly signed as it is."""
    ring = own(CallSid="CA" + "7" * 32)
    assert send(door, ring).status_code == 200
    assert send(door, ring).status_code == 403


def test_how_a_call_goes_may_be_told(door: Chronus) -> None:
    """The status callback takes what Twilio has signed, and nothing else."""
    url = "/v1/phone/twilio/status"
    assert send(door, Ring(path=url, signature=signed(PUBLIC + url))).status_code == 204
    assert send(door, Ring(path=url)).status_code == 403


def test_other_providers_and_methods_find_nothing(door: Chronus) -> None:
    """There is one door, for one provider."""
    assert send(door, Ring(path="/v1/phone/telnyx/incoming")).status_code == 404
    assert send(door, Ring(method="GET")).status_code == 404


def test_without_a_telephone_there_is_no_door(quick: Chronus) -> None:
    """Where no provider is set, nothing is there and nothing of any provider is loaded."""
    assert send(quick, Ring()).status_code == 404
    loaded = "import sys, voice.server, voice.api; print({'twilio', 'argon2'} & set(sys.modules))"
    said = subprocess.run([sys.executable, "-W", "ignore", "-c", loaded], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "set()"


def test_who_cannot_hear_says_so(door: Chronus) -> None:
    """A caller who is known is told that it doesn't work now, instead of being left in silence."""
    assert door.client.put("/v1/me/phone", json={"number": "+1 (555) 123-4567"}).json()["number"] == "+15551234567"
    assert door.client.put("/v1/me/pin", json={"pin": "482915"}).json()["pin"] is True
    answer = send(door, own(CallSid="CA" + "8" * 32))
    assert "I can't hear or speak right now" in answer.text.replace("&#39;", "'")


def test_a_number_and_a_pin_are_checked_and_can_be_forgotten(door: Chronus) -> None:
    """A number has its country, a PIN six digits at least, a number is one person's; both go when they are told to."""
    assert door.client.put("/v1/me/phone", json={"number": "555 1234"}).status_code == 422
    for pin in ("12345", "1234567890123", "12345a", "", "１２３４５６"):
        assert door.client.put("/v1/me/pin", json={"pin": pin}).status_code == 422
    door.client.put("/v1/me/phone", json={"number": "+4930123456"})
    with door.somebody_else() as other:
        assert other.put("/v1/me/phone", json={"number": "+49 30 123456"}).status_code == 409
    assert door.client.delete("/v1/me/phone").status_code == 204
    told = door.client.get("/v1/me/phone").json()
    nothing = {"number": None, "verified": False, "pin": False, "locked_until": None, "call": None, "calls": False}
    assert told == nothing
