"""Access tokens (JWT, a quarter of an hour) and refresh tokens (one use each), all from one secret."""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import jwt

from integrations.secret import derived
from voice.problems import NotSignedIn

ACCESS = timedelta(minutes=15)
REFRESH = timedelta(days=30)
SKEW = 5  # seconds by which two of our clocks may differ

_ISSUER, _AUDIENCE, _KIND = "chronus", "chronus-api", "at+jwt"
_HEADER = {"alg": "HS256", "typ": _KIND}
_CLAIMS = {"iss", "aud", "typ", "sub", "sid", "iat", "nbf", "exp", "jti"}
_LONGEST = 2048  # characters


@dataclass(frozen=True, kw_only=True)
class Claims:
    """Whom a token speaks for, and by which sign-in."""

    person_id: str
    family: str


class Keys:
    """Makes and checks tokens. Each kind has a key of its own, so that none can pass for another."""

    def __init__(self, secret: bytes) -> None:
        self._access = derived(secret, b"access tokens")
        self._refresh = derived(secret, b"refresh tokens")

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


def _text(digest: bytes) -> str:
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
