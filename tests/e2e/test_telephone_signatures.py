"""Nobody but Telnyx opens Telnyx's door, nor anybody but Plivo Plivo's: forty wrong ways each, none of which gets a word."""

import base64
import hashlib
import hmac
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from secrets import token_hex
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from integrations.settings import Settings
from integrations.telephone.plivo import signature, signed_fields
from tests.e2e.conftest import UNLIMITED, Chronus, in_thread
from tests.telephoned import NUMBER, PUBLIC, TOKEN, phone_settings

FORM = "application/x-www-form-urlencoded"
TELNYX, PLIVO = "/v1/phone/telnyx/incoming", "/v1/phone/plivo/incoming"
ACCOUNT = "AC" + "1" * 32
PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
TELNYX_FIELDS = {
    "AccountSid": ACCOUNT, "CallSid": "v3:" + "2" * 40, "CallStatus": "ringing", "Direction": "inbound", "From": NUMBER,
    "To": "+15550100000", "ConnectionId": "17",
}  # fmt: skip
PLIVO_FIELDS = {
    "CallUUID": "2" * 32, "CallStatus": "ringing", "Direction": "inbound", "Event": "StartApp", "From": NUMBER[1:],
    "To": "15550100000", "BillRate": "0.0085",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A request; everything right unless it says otherwise."""

    path: str
    body: bytes
    headers: Mapping[str, str]
    method: str = "POST"
    kind: str | None = FORM
    more: Mapping[str, str] = field(default_factory=dict)

    def but(self, **headers: str | None) -> "Sent":
        """With these headers instead; None: without."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return replace(self, headers={k: v for k, v in {**self.headers, **named}.items() if v is not None})


def telnyx(
    fields: Mapping[str, str] = TELNYX_FIELDS, *, ago: float = 0, key: Ed25519PrivateKey = PRIVATE,
    what: Callable[[str, bytes], bytes] | None = None, stamp: str | None = None, **more: Any,
) -> Sent:  # fmt: skip
    """As Telnyx signs it: the moment, a bar, the body."""
    body = urlencode(fields).encode()
    stamp = stamp if stamp is not None else str(int(time.time() - ago))
    signed = key.sign(what(stamp, body) if what else stamp.encode() + b"|" + body)
    headers = {"telnyx-timestamp": stamp, "telnyx-signature-ed25519": base64.b64encode(signed).decode()}
    return replace(Sent(path=TELNYX, body=body, headers=headers), **more)


def plivo(
    fields: Mapping[str, str] = PLIVO_FIELDS, url: str = PUBLIC + PLIVO, *, token: str = TOKEN, nonce: str = "0123456789",
    signed: Mapping[str, str] | None = None, **more: Any,
) -> Sent:  # fmt: skip
    """As Plivo signs it: the address, the sorted fields, the nonce."""
    shown = signature(token.encode(), url + signed_fields(fields if signed is None else signed), nonce)
    headers = {"X-Plivo-Signature-V3": shown, "X-Plivo-Signature-V3-Nonce": nonce}
    return replace(Sent(path=PLIVO, body=urlencode(fields).encode(), headers=headers), **more)


def body(fields: Mapping[str, str], **changed: str) -> bytes:
    return urlencode({**fields, **changed}).encode()


def without(fields: Mapping[str, str], name: str) -> dict[str, str]:
    return {key: value for key, value in fields.items() if key != name}


def wrong_telnyx() -> dict[str, Sent]:
    """As of now: what was signed minutes ago would be refused for that alone."""
    right = telnyx()
    signed = right.headers["telnyx-signature-ed25519"]
    return {
        # the signature
        "none": right.but(telnyx_signature_ed25519=None),
        "an empty one": right.but(telnyx_signature_ed25519=""),
        "a short one": right.but(telnyx_signature_ed25519=signed[:-4]),
        "a long one": right.but(telnyx_signature_ed25519=signed + "AAAA"),
        "cut in half": right.but(telnyx_signature_ed25519=signed[:44]),
        "no base64": right.but(telnyx_signature_ed25519="*" * 88),
        "for addresses": right.but(telnyx_signature_ed25519=base64.urlsafe_b64encode(b"\xff" * 64).decode()),
        "in hex": right.but(telnyx_signature_ed25519=base64.b64decode(signed).hex()),
        "zeroes": right.but(telnyx_signature_ed25519=base64.b64encode(bytes(64)).decode()),
        "one bit": right.but(telnyx_signature_ed25519=base64.b64encode(bytes([base64.b64decode(signed)[0] ^ 1]) + base64.b64decode(signed)[1:]).decode()),
        "another key's": telnyx(key=OTHER),
        "an HMAC with the public key": right.but(telnyx_signature_ed25519=base64.b64encode(hmac.new(PRIVATE.public_key().public_bytes_raw(), right.body, hashlib.sha512).digest()).decode()),
        "twice": right.but(telnyx_signature_ed25519=f"{signed},{signed}"),
        # what was signed
        "the body alone": telnyx(what=lambda stamp, sent: sent),
        "the moment alone": telnyx(what=lambda stamp, sent: stamp.encode()),
        "without the bar": telnyx(what=lambda stamp, sent: stamp.encode() + sent),
        "with a dot": telnyx(what=lambda stamp, sent: stamp.encode() + b"." + sent),
        "the other way round": telnyx(what=lambda stamp, sent: sent + b"|" + stamp.encode()),
        "a hash of it": telnyx(what=lambda stamp, sent: hashlib.sha256(stamp.encode() + b"|" + sent).digest()),
        "nothing": telnyx(what=lambda stamp, sent: b""),
        # the moment
        "no moment": right.but(telnyx_timestamp=None),
        "an empty moment": right.but(telnyx_timestamp=""),
        "another moment": right.but(telnyx_timestamp=str(int(time.time()) - 1)),
        "six minutes ago": telnyx(ago=360),
        "a day ago": telnyx(ago=86_400),
        "in six minutes": telnyx(ago=-360),
        "never": telnyx(stamp="0"),
        "before all time": telnyx(stamp="-1"),
        "a fraction": telnyx(stamp=f"{time.time():.3f}"),
        "in words": telnyx(stamp="now"),
        "in thousandths": telnyx(stamp=str(int(time.time() * 1000))),
        "no end of digits": telnyx(stamp="9" * 400),
        "other digits": right.but(telnyx_timestamp="1", telnyx_signature_ed25519=signed),
        # what is said
        "another caller": replace(right, body=body(TELNYX_FIELDS, From="+15559999999")),
        "another call": replace(right, body=body(TELNYX_FIELDS, CallSid="v3:3")),
        "a field more": replace(right, body=body(TELNYX_FIELDS, Digits="1")),
        "a field less": replace(right, body=urlencode(without(TELNYX_FIELDS, "To")).encode()),
        "a byte more": replace(right, body=right.body + b" "),
        "no body": replace(right, body=b""),
        "no words": replace(right, body=b"\xff\xfe=%ff"),
        "said twice": telnyx(what=lambda stamp, sent: stamp.encode() + b"|" + sent + b"&From=1", body=right.body + b"&From=1"),
        "another account": telnyx({**TELNYX_FIELDS, "AccountSid": "AC9"}),
        "no account": telnyx(without(TELNYX_FIELDS, "AccountSid")),
        "no call": telnyx({**TELNYX_FIELDS, "CallSid": ""}),
        "an endless call": telnyx({**TELNYX_FIELDS, "CallSid": "v3:" + "9" * 500}),
        "a call of ours": telnyx({**TELNYX_FIELDS, "Direction": "outbound-api"}),
        "a call that is over": telnyx({**TELNYX_FIELDS, "CallStatus": "completed"}),
        "too many fields": telnyx({**TELNYX_FIELDS, **{f"f{n}": "x" for n in range(120)}}),
        # how it is sent
        "another kind": replace(right, kind="application/json"),
        "no kind": replace(right, kind=None),
        "with a query": replace(right, path=TELNYX + "?a=1"),
    }  # fmt: skip


_P = plivo()
_SHOWN = _P.headers["X-Plivo-Signature-V3"]


def elsewhere(url: str) -> Sent:
    return plivo(url=url)


WRONG_PLIVO = {
    # the address that was signed
    "http": elsewhere("http://chronus.example.org" + PLIVO),
    "wss": elsewhere("wss://chronus.example.org" + PLIVO),
    "ws": elsewhere("ws://chronus.example.org" + PLIVO),
    "another host": elsewhere("https://evil.example.org" + PLIVO),
    "a name below": elsewhere("https://a.chronus.example.org" + PLIVO),
    "a longer name": elsewhere("https://chronus.example.org.evil.net" + PLIVO),
    "capitals": elsewhere("https://CHRONUS.example.org" + PLIVO),
    "port 80": elsewhere("https://chronus.example.org:80" + PLIVO),
    "port 443": elsewhere("https://chronus.example.org:443" + PLIVO),
    "somebody in front": elsewhere("https://me@chronus.example.org" + PLIVO),
    "a slash behind": elsewhere(PUBLIC + PLIVO + "/"),
    "two slashes": elsewhere(PUBLIC + "/" + PLIVO),
    "the other webhook": elsewhere(PUBLIC + "/v1/phone/plivo/status"),
    "another provider's": elsewhere(PUBLIC + "/v1/phone/twilio/incoming"),
    "a query": elsewhere(PUBLIC + PLIVO + "?a=1"),
    "a fragment": elsewhere(PUBLIC + PLIVO + "#a"),
    "forwarded": replace(elsewhere("https://evil.example.org" + PLIVO), more={"X-Forwarded-Host": "evil.example.org"}),
    "forwarded scheme": replace(elsewhere("http://chronus.example.org" + PLIVO), more={"X-Forwarded-Proto": "http"}),
    # the signature
    "none": _P.but(X_Plivo_Signature_V3=None),
    "an empty one": _P.but(X_Plivo_Signature_V3=""),
    "a short one": _P.but(X_Plivo_Signature_V3=_SHOWN[:-4]),
    "a long one": _P.but(X_Plivo_Signature_V3=_SHOWN + "AAAA"),
    "in small letters": _P.but(X_Plivo_Signature_V3=_SHOWN.lower()),
    "commas": _P.but(X_Plivo_Signature_V3=",,,,"),
    "behind many others": _P.but(X_Plivo_Signature_V3=",".join(["x"] * 50 + [_SHOWN])),
    "under another name": _P.but(X_Plivo_Signature_V3=None, X_Plivo_Signature_V2=_SHOWN),
    "another token's": plivo(token="f" * 32),
    "no token's": plivo(token=""),
    "SHA-1": _P.but(X_Plivo_Signature_V3=base64.b64encode(hmac.new(TOKEN.encode(), f"{PUBLIC}{PLIVO}{signed_fields(PLIVO_FIELDS)}.0123456789".encode(), hashlib.sha1).digest()).decode()),
    "in hex": _P.but(X_Plivo_Signature_V3=base64.b64decode(_SHOWN).hex()),
    # the nonce
    "no nonce": _P.but(X_Plivo_Signature_V3_Nonce=None),
    "an empty nonce": plivo(nonce=""),
    "another nonce": _P.but(X_Plivo_Signature_V3_Nonce="1123456789"),
    "an endless nonce": plivo(nonce="9" * 300),
    "another name's nonce": _P.but(X_Plivo_Signature_V3_Nonce=None, X_Plivo_Signature_V2_Nonce="0123456789"),
    # what is said
    "the address alone": plivo(signed={}),
    "another caller": replace(_P, body=body(PLIVO_FIELDS, From="15559999999")),
    "another call": replace(_P, body=body(PLIVO_FIELDS, CallUUID="3" * 32)),
    "a field more": replace(_P, body=body(PLIVO_FIELDS, Digits="1")),
    "a field less": replace(_P, body=urlencode(without(PLIVO_FIELDS, "To")).encode()),
    "said twice": replace(_P, body=_P.body + b"&From=15559999999"),
    "no body": replace(_P, body=b""),
    "no words": replace(_P, body=b"\xff\xfe=%ff"),
    "no call": plivo({**PLIVO_FIELDS, "CallUUID": ""}),
    "an endless call": plivo({**PLIVO_FIELDS, "CallUUID": "9" * 500}),
    "a call of ours": plivo({**PLIVO_FIELDS, "Direction": "outbound"}),
    "a call that is over": plivo({**PLIVO_FIELDS, "CallStatus": "completed"}),
    "too many fields": plivo({**PLIVO_FIELDS, **{f"f{n}": "x" for n in range(120)}}),
    # how it is sent
    "another kind": replace(_P, kind="application/json"),
    "no kind": replace(_P, kind=None),
    "with a query": replace(_P, path=PLIVO + "?a=1"),
    "with a signed query": plivo(url=PUBLIC + PLIVO + "?a=1", path=PLIVO + "?a=1"),
}  # fmt: skip


@pytest.fixture(scope="module")
def doors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Chronus]]:
    """A quick server for each; it can neither hear nor speak, and says so to whoever is let in."""
    found = {}
    opened = []
    for provider in ("telnyx", "plivo"):
        folder = tmp_path_factory.mktemp(provider)
        settings = Settings(
            _env_file=None, data=folder / "data", weights=folder / "no-weights", limits=UNLIMITED, public_url=PUBLIC,
            phone=phone_settings(provider),
        )  # fmt: skip
        opened.append(in_thread(settings))
        found[provider] = opened[-1].__enter__()
    yield found
    for one in opened:
        one.__exit__(None, None, None)


def send(doors: Mapping[str, Chronus], sent: Sent) -> httpx.Response:
    door = doors["plivo" if "plivo" in sent.path else "telnyx"]
    headers = {**sent.headers, **sent.more} | ({"Content-Type": sent.kind} if sent.kind else {})
    return door.stranger.request(sent.method, sent.path, content=sent.body, headers=headers)


@pytest.mark.parametrize(
    ("provider", "name"), [*(("telnyx", name) for name in wrong_telnyx()), *(("plivo", name) for name in WRONG_PLIVO)]
)
def test_what_the_provider_has_not_signed_is_refused(provider: str, name: str, doors: dict[str, Chronus]) -> None:
    """403, and no word of markup, whatever is wrong with it."""
    answer = send(doors, (wrong_telnyx() if provider == "telnyx" else WRONG_PLIVO)[name])
    assert answer.status_code == 403
    assert "Response" not in answer.text


def test_there_are_enough_ways_to_be_wrong() -> None:
    """Each matrix has at least forty cases."""
    assert min(len(wrong_telnyx()), len(WRONG_PLIVO)) >= 40


@pytest.mark.parametrize(
    "make",
    [
        lambda name: telnyx({**TELNYX_FIELDS, "CallSid": name}),
        lambda name: telnyx({**TELNYX_FIELDS, "CallSid": name}, ago=240),
        lambda name: telnyx({**TELNYX_FIELDS, "CallSid": name}, ago=-200),
        lambda name: plivo({**PLIVO_FIELDS, "CallUUID": name}),
        lambda name: two_tokens(plivo({**PLIVO_FIELDS, "CallUUID": name})),
        lambda name: replace(plivo({**PLIVO_FIELDS, "CallUUID": name}), more={"X-Forwarded-Host": "evil.example.org"}),
    ],
    ids=["telnyx", "telnyx, four minutes late", "telnyx, by a fast clock", "plivo", "plivo, by two tokens", "plivo, through a proxy"],
)  # fmt: skip
def test_what_the_provider_has_signed_is_answered_once(make: Callable[[str], Sent], doors: dict[str, Chronus]) -> None:
    """Markup, never an error; whoever has overheard it and sends it again is refused, rightly signed as it is."""
    sent = make(token_hex(16))
    answer = send(doors, sent)
    assert answer.status_code == 200
    assert "don't know this number" in answer.text.replace("&#39;", "'")
    assert "Stream" not in answer.text
    assert send(doors, sent).status_code == 403


def two_tokens(sent: Sent) -> Sent:
    """While a token is being replaced, Plivo signs with both."""
    return sent.but(X_Plivo_Signature_V3=f"x,{sent.headers['X-Plivo-Signature-V3']}")


@pytest.mark.parametrize("sent", [telnyx(), plivo()], ids=["telnyx", "plivo"])
def test_a_call_of_ours_that_was_never_made_is_not_taken(sent: Sent, doors: dict[str, Chronus]) -> None:
    """Whoever signs; and a news of no call of ours changes nothing."""
    name = sent.path.split("/")[3]
    for door in ("answered", "status"):
        url = f"/v1/phone/{name}/{door}/{token_hex(16)}"
        right = telnyx(path=url) if name == "telnyx" else plivo(url=PUBLIC + url, path=url)
        assert send(doors, right).status_code == 404
        assert send(doors, replace(right, headers={})).status_code == 403


@pytest.mark.parametrize("sent", [telnyx(), plivo()], ids=["telnyx", "plivo"])
def test_another_provider_and_another_method_find_nothing(sent: Sent, doors: dict[str, Chronus]) -> None:
    """There is one door, for one provider."""
    assert send(doors, replace(sent, method="GET")).status_code == 404
    name = sent.path.split("/")[3]
    other = doors[name].stranger.post("/v1/phone/twilio/incoming", content=sent.body, headers=dict(sent.headers))
    assert other.status_code == 404
