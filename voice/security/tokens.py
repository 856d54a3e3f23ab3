"""Access tokens (JWT, a quarter of an hour) and refresh tokens (one use each), all from one secret."""

import base64
import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from integrations.errors import Invalid
from integrations.settings import Settings
from voice.problems import NotSignedIn

ACCESS = timedelta(minutes=15)
REFRESH = timedelta(days=30)
SKEW = 5  # seconds by which two of our clocks may differ

_ISSUER, _AUDIENCE, _KIND = "chronus", "chronus-api", "at+jwt"
_HEADER = {"alg": "HS256", "typ": _KIND}
_CLAIMS = {"iss", "aud", "typ", "sub", "sid", "iat", "nbf", "exp", "jti"}
_LONGEST = 2048  # characters
_SHORTEST_SECRET = 16


@dataclass(frozen=True, kw_only=True)
class Claims:
    """Whom a token speaks for, and by which sign-in."""

    person_id: str
    family: str


class Keys:
    """Makes and checks tokens. Each kind has a key of its own, so that none can pass for another."""

    def __init__(self, secret: bytes) -> None:
        self._access = _derived(secret, b"access tokens")
        self._refresh = _derived(secret, b"refresh tokens")

    def access(self, person_id: str, family: str, now: datetime) -> str:
        """A token that opens the API for a quarter of an hour."""
        issued = int(now.timestamp())
        claims = {
            "iss": _ISSUER, "aud": _AUDIENCE, "typ": "access", "sub": person_id, "sid": family,
            "iat": issued, "nbf": issued, "exp": issued + int(ACCESS.total_seconds()), "jti": secrets.token_hex(8),
        }  # fmt: skip
        return jwt.encode(claims, self._access, algorithm="HS256", headers=_HEADER)

    def check(self, token: str, now: datetime) -> Claims:
        """Whom the token speaks for. Raises `NotSignedIn` for anything but exactly what we issue."""
        if len(token) > _LONGEST:
            raise NotSignedIn
        try:
            if jwt.get_unverified_header(token) != _HEADER:  # none, another algorithm, jwk, jku, kid, crit
                raise NotSignedIn
            claims = jwt.decode(
                token,
                self._access,
                algorithms=["HS256"],
                audience=_AUDIENCE,
                issuer=_ISSUER,
                options={
                    "strict_aud": True,
                    # the times are checked below, against the clock that everything else here goes by
                    "verify_exp": False, "verify_nbf": False, "verify_iat": False,
                },
            )  # fmt: skip
        except (jwt.PyJWTError, ValueError) as error:
            raise NotSignedIn from error
        return _checked(claims, now.timestamp())

    def refresh(self) -> str:
        """The first refresh token of a sign-in."""
        return secrets.token_urlsafe(32)

    def successor(self, refresh: str) -> str:
        """The one refresh token that can follow this one; asked twice, the answer is the same."""
        return _text(hmac.digest(self._refresh, refresh.encode(), "sha256"))


def hashed(token: str) -> str:
    """What is kept of a secret that we only need to recognise; fit for secrets nobody can guess."""
    return hashlib.sha256(token.encode()).hexdigest()


def signing_secret(settings: Settings) -> bytes:
    """The secret of the settings, or the one made once and kept beside the data. Raises `Invalid`."""
    if settings.secret_key is not None:
        given = settings.secret_key.get_secret_value().encode()
        if len(given) < _SHORTEST_SECRET:
            raise Invalid(f"CHRONUS_SECRET_KEY is too short; {_SHORTEST_SECRET} characters are the least.")
        return given
    if settings.environment != "local":
        raise Invalid("CHRONUS_SECRET_KEY is not set. Make one with: openssl rand -base64 32")
    return _kept_secret(settings.data / "secret.key")


def _kept_secret(path: Path) -> bytes:
    """Made by whoever comes first; others who come at the same moment take that one."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        made = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
        with os.fdopen(os.open(made, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(secrets.token_urlsafe(48).encode())
        try:
            os.link(made, path)
        except FileExistsError:
            pass
        finally:
            made.unlink()
    path.chmod(0o600)
    secret = path.read_bytes().strip()
    if len(secret) < _SHORTEST_SECRET:
        raise Invalid(f"{path.name} in the data folder is damaged. Delete it, and everybody signs in anew.")
    return secret


def _checked(claims: dict[str, Any], now: float) -> Claims:
    times = [claims.get(name) for name in ("iat", "nbf", "exp")]
    names = [claims.get(name) for name in ("sub", "sid", "jti")]
    if claims.keys() != _CLAIMS or claims["typ"] != "access":
        raise NotSignedIn
    if not all(type(time) is int for time in times) or not all(isinstance(name, str) and name for name in names):
        raise NotSignedIn
    issued, begins, ends = claims["iat"], claims["nbf"], claims["exp"]
    if not (issued - SKEW <= now and begins - SKEW <= now < ends + SKEW):
        raise NotSignedIn("Your sign-in has run out. Please sign in again.")
    if not 0 < ends - issued <= ACCESS.total_seconds():
        raise NotSignedIn
    return Claims(person_id=claims["sub"], family=claims["sid"])


def _derived(secret: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"chronus " + purpose).derive(secret)


def _text(digest: bytes) -> str:
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
