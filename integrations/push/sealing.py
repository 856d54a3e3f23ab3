"""What only the browser can read (RFC 8291 over RFC 8188), and who sends it (RFC 8292)."""

import os
from datetime import datetime, timedelta

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from integrations.errors import Invalid
from integrations.push import Subscription, written

RECORD = 4096
"""Bytes of the one record there is."""
STANDS = timedelta(hours=12)
"""How long our word for who we are counts; push services take a day at the most."""
_PADDED = 256


class Vapid:
    """Our key, by which a push service knows that it is we who send."""

    def __init__(self, private: ec.EllipticCurvePrivateKey) -> None:
        self._private = private
        self.public = written(point(private))

    @classmethod
    def of(cls, number: str) -> "Vapid":
        """From its kept form."""
        return cls(ec.derive_private_key(int(number, 16), ec.SECP256R1()))

    @staticmethod
    def make() -> str:
        """A new key in the form in which it is kept."""
        return f"{ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value:064x}"

    def header(self, origin: str, contact: str, now: datetime) -> str:
        """What goes into `Authorization` for a push service at that origin."""
        claims = {"aud": origin, "exp": int((now + STANDS).timestamp()), "sub": contact}
        return f"vapid t={jwt.encode(claims, self._private, algorithm='ES256')}, k={self.public}"


def point(private: ec.EllipticCurvePrivateKey) -> bytes:
    """Its public key, uncompressed."""
    return private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def sealed(
    payload: bytes,
    to: Subscription,
    *,
    ours: ec.EllipticCurvePrivateKey | None = None,
    salt: bytes | None = None,
    padded: int = _PADDED,
) -> bytes:
    """The body of a push message; its length tells only in steps of `padded` bytes how much is in it.

    `ours` and `salt` are new for every message; only a test gives them. Raises `Invalid` for a key that is none.
    """
    ours, salt = ours or ec.generate_private_key(ec.SECP256R1()), salt or os.urandom(16)
    try:
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), to.p256dh)
    except ValueError as error:
        raise Invalid("That is no key of a browser.") from error
    shared, public = ours.exchange(ec.ECDH(), theirs), point(ours)
    secret = _derived(shared, salt=to.auth, info=b"WebPush: info\0" + to.p256dh + public, length=32)
    key = _derived(secret, salt=salt, info=b"Content-Encoding: aes128gcm\0", length=16)
    nonce = _derived(secret, salt=salt, info=b"Content-Encoding: nonce\0", length=12)
    record = payload + b"\x02" + bytes(-(len(payload) + 1) % padded)
    if len(record) + 16 > RECORD:
        raise Invalid("That is too much for one message.")
    header = salt + RECORD.to_bytes(4, "big") + bytes([len(public)]) + public
    return header + AESGCM(key).encrypt(nonce, record, None)


def _derived(secret: bytes, *, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(secret)
