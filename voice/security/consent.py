"""What is remembered between sending somebody to Google and their coming back: kept here, good once and soon, for one browser."""

import hmac
import json
import secrets
from dataclasses import asdict, dataclass

from fastapi import Request, Response

from agent.services import Services
from integrations.cache import Cache
from integrations.errors import Denied
from voice.problems import NotSignedIn
from voice.security.cookies import access_cookie
from voice.security.doors import LOOPBACK, Place, on_this_machine
from voice.security.signing import standing
from voice.security.tokens import Keys, hashed

GOOD_FOR = 600.0
"""Seconds that somebody may take on Google's page."""
_LONGEST = 128  # characters of a state or a binding


class NotThatBrowser(Denied):
    """The answer came with a state we don't know, used up or too old, or in another browser than it was asked in."""

    code = "google_state"
    say = "This answer from Google doesn't belong to anything I asked in this browser, or it came too late."


@dataclass(frozen=True, kw_only=True)
class Flow:
    """One way to Google and back. `person_id` and `family`: who was signed in, by which sign-in; None: nobody."""

    verifier: str
    nonce: str
    binding: str
    """The hash of what the browser holds."""
    redirect_uri: str
    scopes: list[str]
    next: str
    person_id: str | None = None
    family: str | None = None
    by_bearer: bool = False
    owners: bool = False
    """Nobody was signed in, but it began on the owner's own machine."""


class Flows:
    """Kept in the cache by the hash of the state: reading the cache finishes no flow."""

    def __init__(self, cache: Cache, *, seconds: float = GOOD_FOR) -> None:
        self._cache = cache
        self._seconds = seconds

    async def keep(self, flow: Flow) -> str:
        """The state to send along."""
        state = secrets.token_urlsafe(32)
        await self._cache.put(_key(state), json.dumps(asdict(flow)), seconds=self._seconds)
        return state

    async def take(self, state: str) -> Flow:
        """Use a state up. Raises `NotThatBrowser` for one that is unknown, used or too old."""
        kept = await self._cache.take(_key(state)) if 0 < len(state) <= _LONGEST else None
        if kept is None:
            raise NotThatBrowser
        return Flow(**json.loads(kept))


def cookie_name(place: Place) -> str:
    """Its name; like the sign-in's, by port on this machine."""
    if place.scheme == "https":
        return "__Host-chronus_google"
    return f"chronus_google_{place.port}" if place.name in LOOPBACK else "chronus_google"


def bind(response: Response, place: Place, binding: str) -> None:
    """Have the browser hold the other half; it comes along when Google sends them back."""
    secure = place.scheme == "https"
    response.set_cookie(
        cookie_name(place), binding, max_age=int(GOOD_FOR), path="/", secure=secure, httponly=True, samesite="lax"
    )


def unbind(response: Response, place: Place) -> None:
    """The flow is over."""
    secure = place.scheme == "https"
    response.delete_cookie(cookie_name(place), path="/", secure=secure, httponly=True, samesite="lax")


def _holds(request: Request, place: Place, flow: Flow) -> bool:
    """Whether this browser is the one that was sent."""
    shown = request.cookies.get(cookie_name(place), "")
    return 0 < len(shown) <= _LONGEST and hmac.compare_digest(hashed(shown), flow.binding)


async def require_same(request: Request, services: Services, keys: Keys, place: Place, flow: Flow) -> None:
    """The browser that was sent, and whoever was signed in still is, and nobody else. Raises `NotThatBrowser`."""
    here = services.settings.environment == "local" and on_this_machine(request, place)
    if not _holds(request, place, flow) and not (flow.by_bearer and here):
        raise NotThatBrowser
    if flow.family is None:
        return
    if not await standing(services, flow.family):
        raise NotThatBrowser("You have signed out meanwhile. Please sign in and connect again.")
    token = request.cookies.get(access_cookie(place))
    try:
        other = token is not None and keys.check(token, services.clock()).person_id != flow.person_id
    except NotSignedIn:
        other = False
    if other:
        raise NotThatBrowser("Somebody else is signed in here now. Please connect again.")


def _key(state: str) -> str:
    return f"google:{hashed(state)}"
