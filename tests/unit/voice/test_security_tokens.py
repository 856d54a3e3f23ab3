"""Tokens: only exactly what we issue opens anything."""

import base64
import hashlib
import hmac
import json
import stat
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from integrations.errors import Invalid
from integrations.secret import signing_secret
from integrations.settings import Settings
from voice.problems import NotSignedIn
from voice.security.tokens import ACCESS, Keys

NOW = datetime(2026, 3, 4, 10, tzinfo=UTC)
SECRET = b"a secret nobody can guess, long enough"
KEYS = Keys(SECRET)
ISSUED = int(NOW.timestamp())
CLAIMS: dict[str, Any] = {
    "iss": "chronus", "aud": "chronus-api", "typ": "access", "sub": "person", "sid": "family",
    "iat": ISSUED, "nbf": ISSUED, "exp": ISSUED + 900, "jti": "0123456789abcdef",
}  # fmt: skip
HEADER: dict[str, Any] = {"alg": "HS256", "typ": "at+jwt"}


def part(thing: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(thing).encode()).rstrip(b"=").decode()


def signed(header: Any, claims: Any, key: bytes, digest: str = "sha256") -> str:
    text = f"{part(header)}.{part(claims)}"
    mark = hmac.digest(key, text.encode(), digest)
    return f"{text}.{base64.urlsafe_b64encode(mark).rstrip(b'=').decode()}"


def ours(claims: dict[str, Any] | None = None, header: dict[str, Any] | None = None) -> str:
    """Signed with the right key: whatever is wrong is wrong about its content."""
    return signed(header or HEADER, claims or CLAIMS, KEYS._access)


def without(name: str) -> str:
    return ours({key: value for key, value in CLAIMS.items() if key != name})


def told(**changed: Any) -> str:
    return ours(CLAIMS | changed)


def headed(**changed: Any) -> str:
    return ours(header=HEADER | changed)


GOOD = KEYS.access("person", "family", NOW)
RSA = rsa.generate_private_key(65537, 2048)
FORGED: dict[str, Callable[[], str]] = {
    "empty": lambda: "",
    "no token at all": lambda: "hello",
    "two parts": lambda: GOOD.rsplit(".", 1)[0],
    "four parts": lambda: GOOD + ".x",
    "truncated signature": lambda: GOOD[:-4],
    "no signature": lambda: GOOD.rsplit(".", 1)[0] + ".",
    "one letter changed": lambda: GOOD[:60] + ("A" if GOOD[60] != "A" else "B") + GOOD[61:],
    "far too long": lambda: GOOD + "A" * 100_000,
    "alg none": lambda: signed({"alg": "none", "typ": "at+jwt"}, CLAIMS, b""),
    "alg None": lambda: f"{part({'alg': 'None', 'typ': 'at+jwt'})}.{part(CLAIMS)}.",
    "alg nOnE, our signature": lambda: headed(alg="nOnE"),
    "HS384": lambda: signed(HEADER | {"alg": "HS384"}, CLAIMS, KEYS._access, "sha384"),
    "HS512": lambda: signed(HEADER | {"alg": "HS512"}, CLAIMS, KEYS._access, "sha512"),
    "RS256": lambda: jwt.encode(CLAIMS, RSA, algorithm="RS256", headers={"typ": "at+jwt"}),
    "another secret": lambda: Keys(b"another secret, just as long as ours").access("person", "family", NOW),
    "the secret itself as the key": lambda: signed(HEADER, CLAIMS, SECRET),
    "the key of the other kind": lambda: signed(HEADER, CLAIMS, KEYS._refresh),
    "an empty key": lambda: signed(HEADER, CLAIMS, b""),
    "its own key in jwk": lambda: headed(jwk={"kty": "oct", "k": part("x")}),
    "a key's address in jku": lambda: headed(jku="https://evil.example/keys"),
    "a path in kid": lambda: headed(kid="../../dev/null"),
    "crit": lambda: headed(crit=["exp"], exp=1),
    "typ of an identity token": lambda: headed(typ="JWT"),
    "no typ in the header": lambda: ours(header={"alg": "HS256"}),
    "another issuer": lambda: told(iss="somebody"),
    "another audience": lambda: told(aud="other-api"),
    "a list of audiences": lambda: told(aud=["chronus-api", "other-api"]),
    "a refresh token's typ": lambda: told(typ="refresh"),
    "run out": lambda: told(iat=ISSUED - 1000, nbf=ISSUED - 1000, exp=ISSUED - 100),
    "run out half a minute ago": lambda: told(iat=ISSUED - 930, nbf=ISSUED - 930, exp=ISSUED - 30),
    "not yet good": lambda: told(nbf=ISSUED + 60, exp=ISSUED + 600),
    "issued in the future": lambda: told(iat=ISSUED + 60, nbf=ISSUED, exp=ISSUED + 600),
    "good for a day": lambda: told(exp=ISSUED + 86400),
    "ends before it begins": lambda: told(iat=ISSUED, exp=ISSUED),
    "times as text": lambda: told(exp=str(ISSUED + 900)),
    "times as fractions": lambda: told(exp=ISSUED + 900.5),
    "times as truth": lambda: told(iat=True),
    "endless": lambda: told(exp=10**400),
    "no subject": lambda: told(sub=""),
    "a number as subject": lambda: told(sub=7),
    "a list as subject": lambda: told(sub=["person"]),
    "one claim more": lambda: told(admin=True),
    "claims that are a list": lambda: signed(HEADER, [1, 2], KEYS._access),
    "header that is a list": lambda: signed(["HS256"], CLAIMS, KEYS._access),
    **{f"without {name}": (lambda name=name: without(name)) for name in CLAIMS},  # type: ignore[misc]
}


def test_what_we_issue_we_accept() -> None:
    """A token speaks for its person and its sign-in, for a quarter of an hour."""
    found = KEYS.check(GOOD, NOW + ACCESS - timedelta(seconds=1))

    assert (found.person_id, found.family) == ("person", "family")
    assert KEYS.check(ours(), NOW) == found  # so that the forgeries below differ in one thing each


@pytest.mark.parametrize("kind", FORGED)
def test_a_forged_token_is_refused(kind: str) -> None:
    """Whatever differs from what we issue is refused, in words that give nothing away."""
    with pytest.raises(NotSignedIn):
        KEYS.check(FORGED[kind](), NOW)


def test_a_refresh_token_opens_nothing() -> None:
    """What renews a sign-in can't be used in place of the access token."""
    with pytest.raises(NotSignedIn):
        KEYS.check(KEYS.refresh(), NOW)


def test_the_successor_of_a_refresh_token_is_always_the_same_and_needs_the_secret() -> None:
    """Asked twice for a lost answer, the answer is the same; nobody else can work it out."""
    first = KEYS.refresh()

    assert KEYS.successor(first) == KEYS.successor(first) != first
    assert KEYS.successor(first) != Keys(b"another secret, just as long as ours").successor(first)
    assert hashlib.sha256(first.encode()).hexdigest() not in KEYS.successor(first)


def test_the_secret_is_made_once_and_nobody_else_may_read_it(tmp_path: Path) -> None:
    """However many start at once, they agree on one secret, and its file is the owner's alone."""
    settings = Settings(_env_file=None, data=tmp_path / "data")
    made: list[bytes] = []
    together = [threading.Thread(target=lambda: made.append(signing_secret(settings))) for _ in range(8)]
    for one in together:
        one.start()
    for one in together:
        one.join()

    kept = tmp_path / "data" / "secret.key"
    assert set(made) == {kept.read_bytes()}
    assert len(made) == 8
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert [path.name for path in kept.parent.iterdir()] == ["secret.key"]


def test_a_damaged_secret_is_told_not_used(tmp_path: Path) -> None:
    """An empty file would make everybody's tokens guessable."""
    (tmp_path / "secret.key").write_bytes(b"\n")

    with pytest.raises(Invalid, match="damaged"):
        signing_secret(Settings(_env_file=None, data=tmp_path))


@pytest.mark.parametrize("given", [{"environment": "production"}, {"secret_key": "short"}])
def test_production_wants_a_real_secret(given: dict[str, Any], tmp_path: Path) -> None:
    """Several processes can't agree on a secret made up by one, and a short one can be guessed."""
    with pytest.raises(Invalid, match="CHRONUS_SECRET_KEY"):
        signing_secret(Settings(_env_file=None, data=tmp_path, **given))
