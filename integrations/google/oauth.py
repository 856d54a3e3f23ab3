"""Google's doors for OAuth on the wire: the consent address, codes and refresh tokens for access, who it is, taking back."""

import asyncio
import base64
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import httpx

from integrations.clock import Clock
from integrations.errors import Denied, Unavailable
from integrations.settings import GoogleSettings
from integrations.store.google_accounts import Grant, Reason

TIMEOUT = httpx.Timeout(4.0, connect=3.0)
"""For one try."""
PAUSES = (0.2, 0.6)
"""Seconds before the second and the third try, when Google is down or silent."""
BUDGET = 8.0
"""Seconds for all tries together."""
SHORT = timedelta(minutes=5)
"""How long an access token counts for whose life Google doesn't tell."""

_JSON = {"Accept": "application/json"}
_SILENT = "Google isn't answering right now. Please try again in a moment."
_MISTAKEN = "Google doesn't accept the client of this Chronus. Its client id or secret is wrong."


class GrantLost(Exception):
    """Google takes this refresh token no more; trying again is no use."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


class Mistaken(Unavailable):
    """Google refuses us for what is wrong with our client or request, not with the permission; the operator must act."""

    code, say = "google_client", _MISTAKEN


class CodeRefused(Denied):
    """The code from the consent page is used, too old, or somebody else's."""

    code, say = "google_refused", "Google didn't take that answer. Please connect again."


@dataclass(frozen=True, kw_only=True)
class Exchanged:
    """What a code brought: the grant, and Google's word on whose it is, if it gave one."""

    grant: Grant
    id_token: str | None


@dataclass(frozen=True, kw_only=True)
class Consent:
    """What is asked of a person on Google's page."""

    redirect_uri: str
    scopes: Iterable[str]
    state: str
    verifier: str
    nonce: str
    again: bool
    """Google shall ask even if it was allowed before: only then there is a new refresh token."""
    hint: str | None = None


@dataclass(frozen=True)
class OAuth:
    """The client of this Chronus at Google. It keeps nothing; times are of `clock`."""

    settings: GoogleSettings
    http: httpx.AsyncClient
    clock: Clock
    pauses: tuple[float, ...] = PAUSES
    budget: float = BUDGET

    def consent_url(self, ask: Consent) -> str:
        """Where the person says yes."""
        query = {
            "client_id": self.settings.client_id or "",
            "redirect_uri": ask.redirect_uri,
            "response_type": "code",
            "scope": " ".join(ask.scopes),
            "state": ask.state,
            "nonce": ask.nonce,
            "code_challenge": challenge(ask.verifier),
            "code_challenge_method": "S256",
            "access_type": "offline",
            "include_granted_scopes": "true",
        }
        if ask.again:
            query["prompt"] = "consent"
        if ask.hint:
            query["login_hint"] = ask.hint
        joined = "&" if "?" in self.settings.auth_uri else "?"
        return f"{self.settings.auth_uri}{joined}{urlencode(query)}"

    async def exchange(self, code: str, *, verifier: str, redirect_uri: str, asked: Iterable[str]) -> Exchanged:
        """The grant for a code; a code is good for one try. Raises `CodeRefused` and `Unavailable`."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "code_verifier": verifier,
            "redirect_uri": redirect_uri,
        }
        now = self.clock()
        try:
            body = await self._token(form, tries=1)
        except GrantLost as error:
            raise CodeRefused from error
        grant = _grant(body, now, fallback=asked)
        id_token = body.get("id_token")
        return Exchanged(grant=grant, id_token=id_token if isinstance(id_token, str) and id_token else None)

    async def refresh(self, refresh_token: str) -> Grant:
        """A new access token. Raises `GrantLost` after one call, and `Unavailable` after a few."""
        now = self.clock()
        form = {"grant_type": "refresh_token", "refresh_token": refresh_token}
        return _grant(await self._token(form, tries=1 + len(self.pauses)), now, fallback=())

    async def userinfo(self, access_token: str) -> Mapping[str, Any]:
        """Claims about whoever granted it. Raises `Unavailable`."""
        headers = _JSON | {"Authorization": f"Bearer {access_token}"}
        try:
            answer = await self.http.get(self.settings.userinfo_uri, headers=headers, timeout=TIMEOUT)
        except httpx.HTTPError as error:
            raise Unavailable(_SILENT) from error
        if answer.status_code != 200:
            raise Unavailable(_SILENT)
        return _object(answer)

    async def revoke(self, token: str) -> bool:
        """Take the permission back at Google; whether it is gone there."""
        try:
            answer = await self.http.post(self.settings.revoke_uri, data={"token": token}, timeout=TIMEOUT)
        except httpx.HTTPError:
            return False
        return answer.status_code == 200 or _error(answer)[0] == "invalid_token"  # it was gone before

    async def _token(self, form: Mapping[str, str], *, tries: int) -> Mapping[str, Any]:
        """One answer of the token endpoint; only a Google that is down or silent is asked again."""
        last = Unavailable(_SILENT)
        try:
            async with asyncio.timeout(self.budget):
                for attempt in range(tries):
                    if attempt:
                        await asyncio.sleep(self.pauses[attempt - 1])
                    try:
                        return await self._ask(form)
                    except Mistaken:
                        raise
                    except Unavailable as error:
                        last = error
        except TimeoutError as error:
            raise Unavailable(_SILENT) from error
        raise last

    async def _ask(self, form: Mapping[str, str]) -> Mapping[str, Any]:
        client = {"client_id": self.settings.client_id or ""}
        if self.settings.client_secret:
            client["client_secret"] = self.settings.client_secret.get_secret_value()
        try:
            answer = await self.http.post(
                self.settings.token_uri, data={**client, **form}, headers=_JSON, timeout=TIMEOUT
            )
        except httpx.HTTPError as error:
            raise Unavailable(_SILENT) from error
        if answer.status_code == 200:
            return _object(answer)
        code, subtype = _error(answer)
        if code == "invalid_grant":
            raise GrantLost("verify" if subtype == "invalid_rapt" else "revoked")
        if answer.status_code >= 500 or answer.status_code in (408, 429):
            raise Unavailable(_SILENT, retry_after=_seconds(answer))
        raise Mistaken(None if code in ("invalid_client", "unauthorized_client") else _SILENT)


def challenge(verifier: str) -> str:
    """What is shown of the verifier beforehand (PKCE, S256)."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _grant(body: Mapping[str, Any], now: datetime, *, fallback: Iterable[str]) -> Grant:
    access, refresh, scope = body.get("access_token"), body.get("refresh_token"), body.get("scope")
    if not isinstance(access, str) or not access:
        raise Unavailable(_SILENT)
    told, ends = _whole(body.get("expires_in")), _whole(body.get("refresh_token_expires_in"))
    return Grant(
        scopes=tuple(scope.split()) if isinstance(scope, str) else tuple(fallback),
        access=access,
        access_until=now + (timedelta(seconds=told) if told else SHORT),
        refresh=refresh if isinstance(refresh, str) and refresh else None,
        grant_until=now + timedelta(seconds=ends) if ends else None,
    )


def _whole(value: object) -> int | None:
    """A number of seconds that makes sense, else None."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10**9 else None


def _object(answer: httpx.Response) -> Mapping[str, Any]:
    try:
        body = answer.json()
    except ValueError as error:
        raise Unavailable(_SILENT) from error
    if not isinstance(body, dict):
        raise Unavailable(_SILENT)
    return body


def _error(answer: httpx.Response) -> tuple[str, str]:
    """Google's code and subtype; empty where there is none."""
    try:
        body = answer.json()
    except ValueError:
        return "", ""
    found = body if isinstance(body, dict) else {}
    return str(found.get("error", "")), str(found.get("error_subtype", ""))


def _seconds(answer: httpx.Response) -> float | None:
    told = answer.headers.get("retry-after", "")
    return float(told) if told.isdecimal() else None
