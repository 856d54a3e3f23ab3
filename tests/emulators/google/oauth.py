"""Google's sign-in: the consent page, the token and revocation endpoints, userinfo; as strict as the real ones.

`Accounts` is the state behind it: people, what they consent to, codes, tokens. Emulators of other wires ask
`accounts.check(bearer)` whether a token counts, and for which scopes.
"""

import asyncio
import base64
import hashlib
import secrets
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal
from urllib.parse import parse_qs, urlencode

import jwt
from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

CLIENT_ID = "123-chronus.apps.googleusercontent.com"
CLIENT_SECRET = "GOCSPX-the-secret-of-the-client"
LIFE = 3599
SPELLED = {
    "email": "https://www.googleapis.com/auth/userinfo.email",
    "profile": "https://www.googleapis.com/auth/userinfo.profile",
}
_ASKED = frozenset({
    "client_id", "redirect_uri", "response_type", "scope", "state", "nonce", "code_challenge",
    "code_challenge_method", "access_type", "include_granted_scopes", "prompt", "login_hint", "hd",
})  # fmt: skip

Trouble = Literal["503", "429", "hang", "garbage", "array", "no_token", "drop"]


@dataclass
class Person:
    """Somebody with a Google account, and how they answer on the consent page."""

    sub: str
    email: str
    name: str = "Anna Schmidt"
    verified: bool = True
    says: Literal["yes", "no"] = "yes"
    refuses: frozenset[str] = frozenset()
    """Scopes whose box they leave unticked."""
    granted: set[str] = field(default_factory=set)
    """What they have granted so far."""


@dataclass(kw_only=True)
class Grant:
    """What a token stands for."""

    person: Person
    scopes: frozenset[str]
    until: float


@dataclass(kw_only=True)
class _Code:
    person: Person
    scopes: frozenset[str]
    redirect_uri: str
    challenge: str
    nonce: str | None
    offline: bool
    until: float
    used_for: list[str] = field(default_factory=list)


class Accounts:
    """Everything Google knows, and levers to make it misbehave."""

    def __init__(self, *people: Person, redirect_uris: Iterable[str] | None = None) -> None:
        self.people = list(people) or [Person("100000000000000000001", "anna@example.org")]
        self.redirect_uris = set(redirect_uris) if redirect_uris is not None else None
        """None: any."""
        self.at_the_page: Person = self.people[0]
        """Who sits before the browser."""
        self.now: Callable[[], float] = time.time
        self.life = LIFE
        self.testing = False
        """An app in testing: its refresh tokens end after seven days."""
        self.subtype: str | None = None
        """`error_subtype` of a refused refresh token."""
        self.claims: dict[str, Any] = {}
        """What to put into ID tokens instead of the truth."""
        self.without: set[str] = set()
        """Fields to leave out of token answers."""
        self.troubles: list[Trouble] = []
        """What the next calls of the token endpoint suffer, one each."""
        self.userinfo: Trouble | None = None
        """What every call of userinfo suffers."""
        self.revoke_fails = False
        self.codes: dict[str, _Code] = {}
        self.refresh_tokens: dict[str, Grant] = {}
        self.access_tokens: dict[str, Grant] = {}
        self.asked: list[dict[str, str]] = []
        """The query of every visit to the consent page."""
        self.forms: list[dict[str, str]] = []
        """The form of every call of the token endpoint."""
        self.revoked: list[str] = []

    @property
    def refreshes(self) -> list[dict[str, str]]:
        """The calls that brought a refresh token."""
        return [form for form in self.forms if form.get("grant_type") == "refresh_token"]

    def check(self, bearer: str | None) -> Grant | None:
        """What an `Authorization` header, or the bare token, is good for; None: 401."""
        token = (bearer or "").removeprefix("Bearer ")
        grant = self.access_tokens.get(token)
        return grant if grant and grant.until > self.now() else None

    def grants(self, token: str) -> frozenset[str] | None:
        """The scopes of an access token, as the emulated APIs ask for them (`Google(grants=accounts.grants)`)."""
        grant = self.check(token)
        return grant.scopes if grant else None

    def give(self, person: Person, scopes: Iterable[str]) -> tuple[str, str]:
        """An access token and a refresh token, as if they had been through the page."""
        granted = _spelled(scopes)
        person.granted |= granted
        return self._access(person, granted), self._refresh(person, granted)

    def end(self, *, of: Person | None = None) -> None:
        """The person takes the permission back, on Google's own page: refresh and access tokens count no more."""
        for tokens in (self.refresh_tokens, self.access_tokens):
            for token in [token for token, grant in tokens.items() if of in (None, grant.person)]:
                del tokens[token]
        for person in self.people:
            if of in (None, person):
                person.granted.clear()

    def expire_access(self) -> None:
        """Every access token is used up."""
        self.access_tokens.clear()

    def _access(self, person: Person, scopes: frozenset[str]) -> str:
        token = f"ya29.{secrets.token_urlsafe(24)}"
        self.access_tokens[token] = Grant(person=person, scopes=scopes, until=self.now() + self.life)
        return token

    def _refresh(self, person: Person, scopes: frozenset[str]) -> str:
        token = f"1//{secrets.token_urlsafe(24)}"
        life = 7 * 86400 if self.testing else 180 * 86400
        self.refresh_tokens[token] = Grant(person=person, scopes=scopes, until=self.now() + life)
        return token


def google_sign_in(accounts: Accounts) -> FastAPI:
    """The four doors."""
    app = FastAPI()
    doors: Mapping[str, tuple[str, Callable[[Request], Any]]] = {
        "/o/oauth2/v2/auth": ("GET", partial(_consent, accounts)),
        "/token": ("POST", partial(_token, accounts)),
        "/revoke": ("POST", partial(_revoke, accounts)),
        "/v1/userinfo": ("GET", partial(_userinfo, accounts)),
    }
    for path, (method, door) in doors.items():
        app.router.add_route(path, door, methods=[method])
    return app


def settings_for(url: str) -> dict[str, str]:
    """`GoogleSettings` that point at this emulator."""
    return {
        "client_id": CLIENT_ID,
        "client_secret": CLIENT_SECRET,
        "auth_uri": f"{url}/o/oauth2/v2/auth",
        "token_uri": f"{url}/token",
        "revoke_uri": f"{url}/revoke",
        "userinfo_uri": f"{url}/v1/userinfo",
    }


async def _consent(accounts: Accounts, request: Request) -> Response:
    asked = dict(request.query_params)
    accounts.asked.append(asked)
    wrong = _wrong_question(accounts, asked)
    if wrong:  # Google shows such a mistake itself and sends nobody back
        return HTMLResponse(f"<h1>Error 400: {wrong}</h1>", 400)
    person = accounts.at_the_page
    if person.says == "no":
        return _sent_back(asked, error="access_denied")
    wanted = _spelled(asked["scope"].split())
    granted = wanted - person.refuses
    first = not wanted - {"openid"} <= person.granted
    person.granted |= granted
    scopes = frozenset(person.granted) if asked.get("include_granted_scopes") == "true" else granted
    code = f"4/{secrets.token_urlsafe(24)}"
    offline = asked.get("access_type") == "offline" and (first or "consent" in asked.get("prompt", ""))
    accounts.codes[code] = _Code(
        person=person,
        scopes=scopes,
        redirect_uri=asked["redirect_uri"],
        challenge=asked.get("code_challenge", ""),
        nonce=asked.get("nonce"),
        offline=offline,
        until=accounts.now() + 600,
    )
    return _sent_back(asked, code=code, scope=" ".join(sorted(scopes)))


def _wrong_question(accounts: Accounts, asked: Mapping[str, str]) -> str | None:
    if asked.get("client_id") != CLIENT_ID:
        return "invalid_client"
    if accounts.redirect_uris is not None and asked.get("redirect_uri") not in accounts.redirect_uris:
        return "redirect_uri_mismatch"
    if asked.get("response_type") != "code" or not asked.get("scope") or not asked.get("redirect_uri"):
        return "invalid_request"
    if asked.get("code_challenge") and asked.get("code_challenge_method") != "S256":
        return "invalid_request"
    return "invalid_request" if asked.keys() - _ASKED else None


def _sent_back(asked: Mapping[str, str], **answer: str) -> Response:
    query = urlencode({**({"state": asked["state"]} if "state" in asked else {}), **answer})
    return RedirectResponse(f"{asked['redirect_uri']}?{query}", 302)


async def _token(accounts: Accounts, request: Request) -> Response:
    form = await _form(request)
    accounts.forms.append(form)
    if accounts.troubles and (answer := await _troubled(accounts.troubles.pop(0), request)):
        return answer
    if "authorization" in request.headers or request.query_params:
        return _refused("invalid_request", "The client belongs into the form.")
    if form.get("client_id") != CLIENT_ID or form.get("client_secret") != CLIENT_SECRET:
        return _refused("invalid_client", "Unauthorized", 401)
    if form.get("grant_type") == "authorization_code":
        return _traded(accounts, form, request)
    if form.get("grant_type") == "refresh_token":
        return _renewed(accounts, form)
    return _refused("unsupported_grant_type", "Invalid grant_type.")


def _traded(accounts: Accounts, form: Mapping[str, str], request: Request) -> Response:
    if form.keys() - {"grant_type", "code", "code_verifier", "redirect_uri", "client_id", "client_secret"}:
        return _refused("invalid_request", "Unknown parameter.")
    code = accounts.codes.get(form.get("code", ""))
    if code is None or code.until < accounts.now():
        return _refused("invalid_grant", "Malformed auth code.")
    if code.used_for:  # shown twice: what it was traded for falls too
        for token in code.used_for:
            accounts.refresh_tokens.pop(token, None)
            accounts.access_tokens.pop(token, None)
        return _refused("invalid_grant", "Bad Request")
    if code.redirect_uri != form.get("redirect_uri"):
        return _refused("redirect_uri_mismatch", "Bad Request")
    if code.challenge and _challenge(form.get("code_verifier", "")) != code.challenge:
        return _refused("invalid_grant", "Invalid code verifier.")
    access = accounts._access(code.person, code.scopes)
    code.used_for.append(access)
    answer = _answer(accounts, access, code.scopes)
    if code.offline:
        answer["refresh_token"] = accounts._refresh(code.person, code.scopes)
        code.used_for.append(answer["refresh_token"])
        if accounts.testing:
            answer["refresh_token_expires_in"] = 7 * 86400 - 1
    if "openid" in code.scopes:
        answer["id_token"] = _id_token(accounts, code)
    return JSONResponse({key: value for key, value in answer.items() if key not in accounts.without})


def _renewed(accounts: Accounts, form: Mapping[str, str]) -> Response:
    grant = accounts.refresh_tokens.get(form.get("refresh_token", ""))
    if grant is None or grant.until < accounts.now():
        return _refused("invalid_grant", "Token has been expired or revoked.", subtype=accounts.subtype)
    answer = _answer(accounts, accounts._access(grant.person, grant.scopes), grant.scopes)
    return JSONResponse({key: value for key, value in answer.items() if key not in accounts.without})


async def _revoke(accounts: Accounts, request: Request) -> Response:
    token = (await _form(request)).get("token", "")
    accounts.revoked.append(token)
    if accounts.revoke_fails:
        return JSONResponse({"error": "backend_error"}, 503)
    grant = accounts.refresh_tokens.get(token) or accounts.access_tokens.get(token)
    if grant is None:
        return _refused("invalid_token", "Token expired or revoked")
    accounts.end(of=grant.person)
    return JSONResponse({})


async def _userinfo(accounts: Accounts, request: Request) -> Response:
    if accounts.userinfo and (answer := await _troubled(accounts.userinfo, request)):
        return answer
    grant = accounts.check(request.headers.get("authorization"))
    if grant is None:
        return JSONResponse({"error": "invalid_request", "error_description": "Invalid Credentials"}, 401)
    person, found = grant.person, {"sub": grant.person.sub}
    if SPELLED["email"] in grant.scopes:
        found |= {"email": person.email, "email_verified": person.verified}  # type: ignore[dict-item]  # JSON
    if SPELLED["profile"] in grant.scopes:
        found |= {"name": person.name}
    return JSONResponse(found)


async def _form(request: Request) -> dict[str, str]:
    if request.headers.get("content-type", "").partition(";")[0] != "application/x-www-form-urlencoded":
        return {}
    return {key: values[0] for key, values in parse_qs((await request.body()).decode(), keep_blank_values=True).items()}


async def _troubled(trouble: Trouble, request: Request) -> Response | None:
    match trouble:
        case "503":
            return JSONResponse({"error": "backend_error"}, 503)
        case "429":
            return JSONResponse({"error": "rate_limit_exceeded"}, 429, headers={"Retry-After": "7"})
        case "hang":
            while not await request.is_disconnected():  # noqa: ASYNC110, it can only be asked
                await asyncio.sleep(0.02)
        case "garbage":
            return Response("<html>not what you think", media_type="text/html")
        case "array":
            return JSONResponse(["access_token"])
        case "no_token":
            return JSONResponse({"token_type": "Bearer", "expires_in": LIFE})
        case "drop":
            raise ConnectionAbortedError
    return None


def _answer(accounts: Accounts, access: str, scopes: frozenset[str]) -> dict[str, Any]:
    return {
        "access_token": access,
        "expires_in": accounts.life,
        "scope": " ".join(sorted(scopes)),
        "token_type": "Bearer",
    }


def _id_token(accounts: Accounts, code: _Code) -> str:
    now = int(accounts.now())
    claims: dict[str, Any] = {
        "iss": "https://accounts.google.com", "azp": CLIENT_ID, "aud": CLIENT_ID, "sub": code.person.sub,
        "email": code.person.email, "email_verified": code.person.verified, "name": code.person.name,
        "iat": now, "exp": now + 3600,
    }  # fmt: skip
    if code.nonce:
        claims["nonce"] = code.nonce
    claims = {key: value for key, value in (claims | accounts.claims).items() if value is not None}
    return jwt.encode(claims, "Google's own key, which nobody here can check", algorithm="HS256")


def _refused(error: str, description: str, status: int = 400, *, subtype: str | None = None) -> Response:
    more = {"error_subtype": subtype} if subtype else {}
    return JSONResponse({"error": error, "error_description": description, **more}, status)


def _challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _spelled(scopes: Iterable[str]) -> frozenset[str]:
    return frozenset(SPELLED.get(scope, scope) for scope in scopes)
