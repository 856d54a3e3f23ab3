"""/v1/auth/google: connecting a Google account, which is also a way to sign in."""

from typing import Annotated, Literal
from urllib.parse import urlsplit

from fastapi import APIRouter, Header, Query, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from pydantic import BaseModel, Field

from agent.services import Services
from integrations.errors import ChronusError, Conflict, Denied, Invalid
from integrations.google import Feature
from integrations.google.connection import Account
from integrations.google.oauth import CodeRefused
from integrations.google.scopes import FEATURES
from voice.connecting import HOME, linked, sent
from voice.deps import SignedIn, TheKeys, TheLimits, TheOrigins, ThePlace, TheServices, Who, bearer, signed_in
from voice.page import small_page
from voice.problems import NotSignedIn
from voice.security import cookies
from voice.security.consent import Flow, Flows, NotThatBrowser, bind, require_same, unbind
from voice.security.cookies import refresh_cookie
from voice.security.signing import remembered, sign_in

router = APIRouter(prefix="/auth/google", tags=["auth"])


class GoogleAccount(BaseModel):
    """How the person's account stands. `available`: this Chronus has a client, so accounts can be connected."""

    connected: bool
    email: str | None
    scopes: list[str]
    features: list[Feature]
    available: bool
    reconnect: bool
    say: str | None = None


class Address(BaseModel):
    """Where to send the person."""

    url: str


class Disconnected(BaseModel):
    """What became of it. `revoked`: Google has taken the permission back too; `lost`: how much of each kind never got there."""

    connected: Literal[False] = False
    revoked: bool
    lost: dict[str, int] = Field(default_factory=dict)
    say: str


class StillWaiting(Conflict):
    """Something hasn't reached Google yet, and would be lost."""

    code = "waiting"


def shown(account: Account | None, *, available: bool) -> GoogleAccount:
    """As the API tells it."""
    if account is None:
        return GoogleAccount(connected=False, email=None, scopes=[], features=[], available=available, reconnect=False)
    return GoogleAccount(
        connected=account.connected,
        email=account.email,
        scopes=list(account.scopes),
        features=list(account.features),
        available=available,
        reconnect=account.reconnect,
        say=account.say,
    )


@router.get("")
async def get_account(services: TheServices, asking: Who) -> GoogleAccount:
    """Whether Google is connected, as whom, and for what."""
    return shown(await services.google.account(asking.person.id), available=services.google.available)


@router.delete("")
async def disconnect(
    services: TheServices,
    asking: Who,
    anyway: Annotated[bool, Query(description="false: not while something hasn't reached Google yet (409 waiting).")] = True,
) -> Disconnected:  # fmt: skip
    """Forget the account here, and take the permission back at Google. What never got there is lost, and told of."""
    if not anyway and (waits := await services.google.unsent(asking.person.id)):
        raise StillWaiting(f"Google doesn't have everything yet: {waits.words}. Disconnecting now would lose that.")
    await services.syncing.stop(asking.person.id)
    await services.outside.end(asking.person.id)
    left = await services.google.disconnect(asking.person.id, door=services.settings.environment != "local")
    if left is None:
        return Disconnected(revoked=True, say="No Google account was connected.")
    await services.recordings.sweep_gone()
    services.telling.changed_soon(asking.person.id, "briefing", "digest", "suggestions")
    say = "Google is disconnected, and I have given my access back."
    if not left.revoked:
        say = "I have deleted my access here, but Google didn't confirm that it ended it. You can end it yourself at myaccount.google.com/permissions."  # fmt: skip
    lost = f" What hadn't reached Google is lost: {left.lost.words}." if left.lost else ""
    return Disconnected(revoked=left.revoked, lost=left.lost.counts, say=say + lost)


@router.get("/start", response_model=Address, responses={302: {"description": "On to Google."}})
async def start(
    request: Request,
    services: TheServices,
    keys: TheKeys,
    limits: TheLimits,
    origins: TheOrigins,
    place: ThePlace,
    features: Annotated[str | None, Query(max_length=100, description="Some of calendar,tasks,mail_read,mail_send; all by default; none: sign in only.")] = None,
    next: Annotated[str, Query(max_length=500, description="Where on this server to go afterwards.")] = HOME,
    accept: Annotated[str, Header()] = "",
) -> Response:  # fmt: skip
    """On to Google: 302 for a navigation, `{url}` where JSON is asked for. Without a sign-in this is the sign-in."""
    navigating = "text/html" in accept or not ("json" in accept or bearer(request))
    try:
        asking = await _whoever(request, services, keys, limits, origins)
        url, binding = await sent(request, services, place, asking, _wanted(features), next)
    except ChronusError as error:
        if navigating and "text/html" in accept:
            return _told(error)
        raise
    response: Response = RedirectResponse(url, 302) if navigating else JSONResponse({"url": url})
    bind(response, place, binding)
    return response


@router.get("/callback", status_code=303, response_class=HTMLResponse)
async def callback(
    request: Request,
    services: TheServices,
    keys: TheKeys,
    place: ThePlace,
    state: str = "",
    code: str = "",
    error: str = "",
    user_agent: Annotated[str, Header()] = "",
) -> Response:
    """Back from Google. Goes on to the page with `?google=` and what became of it; never says why in detail."""
    try:
        flow = await Flows(services.cache).take(state)
        await require_same(request, services, keys, place, flow)
    except ChronusError as refusal:
        return _told(refusal)
    try:
        if error or not code:
            raise _declined(error)
        person = await linked(services, flow, code)
    except ChronusError as refusal:
        response: Response = _back(flow, refusal.code)
    else:
        response = _back(flow, "connected")
        if flow.person_id is None:
            cookies.keep(response, place, await sign_in(services, keys, person.id, user_agent))
    unbind(response, place)
    return response


class Declined(Denied):
    """The person said no on Google's page."""

    code, say = "denied", "All right, nothing is connected."


async def _whoever(
    request: Request, services: Services, keys: TheKeys, limits: TheLimits, origins: TheOrigins
) -> SignedIn | None:
    """Who is signed in, if anybody; a token that no longer counts is told to whoever shows it as a bearer.

    A browser whose access token has run out is still signed in as long as it can be renewed: a link of the page
    must not make a stranger of somebody who has left it open.
    """
    try:
        return await signed_in(request, services, keys, limits, origins)
    except NotSignedIn:
        if bearer(request) is not None:
            raise
    refresh = request.cookies.get(refresh_cookie(origins.place(request)))
    found = await remembered(services, refresh) if refresh else None
    return SignedIn(person=found[0], family=found[1]) if found else None


def _wanted(features: str | None) -> list[Feature]:
    """Raises `Invalid`."""
    if features is None:
        return list(FEATURES)
    named = {one.strip() for one in features.split(",") if one.strip()} - {"none"}
    if unknown := named - set(FEATURES):
        raise Invalid(f"There is no {min(unknown)} to connect; there are {', '.join(FEATURES)}.")
    return [feature for feature in FEATURES if feature in named]


def _declined(error: str) -> ChronusError:
    return Declined() if error == "access_denied" else CodeRefused()


def _back(flow: Flow, outcome: str) -> Response:
    parts = urlsplit(flow.next)
    query = "&".join(filter(None, [parts.query, f"google={outcome}"]))
    return RedirectResponse(parts._replace(query=query).geturl(), 303)


def _told(error: ChronusError) -> Response:
    return small_page(error.say, status=400 if isinstance(error, NotThatBrowser) else 409)
