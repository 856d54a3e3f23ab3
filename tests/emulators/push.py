"""A push service and the browsers behind it: takes what a real one takes, and opens what only a browser can open."""

import json
from dataclasses import dataclass, field
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from fastapi import FastAPI, Request, Response

from integrations.push import unwritten, written


class PushedBrowser:
    """One browser: its keys, and what it was shown."""

    def __init__(self, name: str, key: str) -> None:
        self.name, self.server_key = name, key
        self._private = ec.generate_private_key(ec.SECP256R1())
        self._auth = b"sixteen secrets!"
        self.shown: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.answers: list[tuple[int, dict[str, str]]] = []
        """What its push service says to the next ones; 201 when there is nothing left."""

    @property
    def public(self) -> bytes:
        return self._private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    def subscription(self, service: str) -> dict[str, Any]:
        """As `PushSubscription.toJSON()` gives it."""
        keys = {"p256dh": written(self.public), "auth": written(self._auth)}
        return {"endpoint": f"{service}/push/{self.name}", "expirationTime": None, "keys": keys}

    def open(self, body: bytes) -> bytes:
        """RFC 8291, from the browser's side."""
        salt, size, length = body[:16], int.from_bytes(body[16:20], "big"), body[20]
        theirs, record = body[21 : 21 + length], body[21 + length :]
        assert len(record) <= size
        shared = self._private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs))
        secret = _hkdf(shared, self._auth, b"WebPush: info\0" + self.public + theirs, 32)
        key = _hkdf(secret, salt, b"Content-Encoding: aes128gcm\0", 16)
        nonce = _hkdf(secret, salt, b"Content-Encoding: nonce\0", 12)
        padded = AESGCM(key).decrypt(nonce, record, None).rstrip(b"\0")
        assert padded[-1:] == b"\x02"
        return padded[:-1]


def _hkdf(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(secret)


@dataclass
class PushService:
    """Knows its browsers, and who may tell them."""

    browsers: dict[str, PushedBrowser] = field(default_factory=dict)
    asked: int = 0

    def browser(self, name: str, key: str) -> PushedBrowser:
        """A new one that has subscribed with our key."""
        self.browsers[name] = PushedBrowser(name, key)
        return self.browsers[name]

    def app(self) -> FastAPI:
        """Its address is /push/NAME."""
        app = FastAPI()

        @app.post("/push/{name}")
        async def push(name: str, request: Request) -> Response:
            self.asked += 1
            browser = self.browsers.get(name)
            if browser is None:
                return Response(status_code=410)
            if browser.answers:
                status, headers = browser.answers.pop(0)
                return Response(status_code=status, headers=headers)
            if not _may(browser, request) or request.headers["content-encoding"] != "aes128gcm":
                return Response(status_code=403)
            browser.headers.append(dict(request.headers))
            browser.shown.append(json.loads(browser.open(await request.body())))
            return Response(status_code=201)

        return app


def _may(browser: PushedBrowser, request: Request) -> bool:
    """RFC 8292: signed for this origin, by the key the browser subscribed with, for a day at the most."""
    scheme, _, given = request.headers["authorization"].partition(" ")
    parts = dict(part.strip().split("=", 1) for part in given.split(","))
    if scheme != "vapid" or parts["k"] != browser.server_key:
        return False
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unwritten(parts["k"]))
    origin = f"{request.url.scheme}://{request.headers['host']}"
    options: Any = {"verify_exp": False, "require": ["exp", "sub", "aud"]}
    jwt.decode(parts["t"], key, algorithms=["ES256"], audience=origin, options=options)
    return True
