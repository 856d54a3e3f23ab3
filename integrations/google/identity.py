"""Whose account it is, by Google's word: the ID token that came with the code, or what userinfo says."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import jwt

from integrations.errors import Denied
from integrations.google.oauth import Exchanged, OAuth

_ISSUERS = frozenset({"https://accounts.google.com", "accounts.google.com"})
_SKEW = 60  # seconds by which Google's clock and ours may differ


class NotThem(Denied):
    """Google's word on who it is doesn't belong to this sign-in."""

    code, say = "google_refused", "Google's answer doesn't belong to what I asked. Please start again."


@dataclass(frozen=True, kw_only=True)
class Identity:
    """Somebody with a Google account. `email` is empty, or theirs beyond doubt where `verified`."""

    sub: str
    email: str
    name: str
    verified: bool


async def identify(oauth: OAuth, exchanged: Exchanged, nonce: str) -> Identity:
    """Who granted it. Raises `NotThem` and `Unavailable`."""
    token = exchanged.id_token
    claims = _checked(oauth, token, nonce) if token else {}
    if "email" not in claims:
        told = await oauth.userinfo(exchanged.grant.access)
        if claims and told.get("sub") != claims["sub"]:
            raise NotThem
        claims = told
    sub, email, name = (_line(claims.get(key)) for key in ("sub", "email", "name"))
    if not sub or len(sub) > 255:
        raise NotThem
    return Identity(sub=sub, email=email, name=name, verified=claims.get("email_verified") in (True, "true"))


def admits(people: Iterable[str], identity: Identity) -> bool:
    """Whether somebody may sign in: everybody where nobody is named, else those whose address or domain is."""
    named = [one.strip().lower() for one in people]
    address = identity.email.lower()
    return not named or (identity.verified and (address in named or "@" + address.rpartition("@")[2] in named))


def _checked(oauth: OAuth, token: str, nonce: str) -> Mapping[str, Any]:
    """The claims. Its signature goes without checking: it came from Google itself, over TLS (OpenID Connect 3.1.3.7)."""
    try:
        claims: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
    except jwt.PyJWTError as error:
        raise NotThem from error
    settings, audience, ends = oauth.settings, claims.get("aud"), claims.get("exp")
    own = {_origin(settings.token_uri), _origin(settings.auth_uri)}
    if claims.get("iss") not in _ISSUERS | own or claims.get("nonce") != nonce:
        raise NotThem
    if settings.client_id not in (audience if isinstance(audience, list) else [audience]):
        raise NotThem
    if not isinstance(ends, int | float) or ends + _SKEW < oauth.clock().timestamp():
        raise NotThem
    if not isinstance(claims.get("sub"), str):
        raise NotThem
    return claims


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def _line(value: object) -> str:
    return " ".join(value.split())[:320] if isinstance(value, str) else ""
