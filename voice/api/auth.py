"""/v1/auth: the owner of this machine signs in, stays signed in, signs out."""

from typing import Annotated

from fastapi import APIRouter, Body, Header, Request, Response
from pydantic import BaseModel

from integrations.errors import Denied
from voice.deps import TheKeys, TheLimits, TheOrigins, ThePlace, TheServices, bearer
from voice.problems import NotSignedIn
from voice.security import cookies
from voice.security.cookies import Tokens, refresh_cookie
from voice.security.doors import Place, its_owners, require_this_machine
from voice.security.limits import WRONG_SIGN_INS
from voice.security.signing import renew, sign_in, sign_out
from voice.security.tokens import ACCESS

router = APIRouter(prefix="/auth", tags=["auth"])

Shown = Annotated[str | None, Body(embed=True, alias="refresh_token", max_length=200)]


class SignedIn(BaseModel):
    """Tokens; a browser gets the same as cookies."""

    access_token: str
    refresh_token: str
    token_type: str = "Bearer"  # noqa: S105, a name
    expires_in: int


class Ways(BaseModel):
    """How one can sign in here."""

    local: bool
    google: bool


@router.get("/ways")
async def ways(request: Request, services: TheServices, place: ThePlace) -> Ways:
    """Which doors there are, for the page of someone who isn't signed in."""
    here = its_owners(request, place) and services.settings.environment == "local"
    return Ways(local=here, google=services.google.available)


@router.post("/local")
async def sign_in_locally(
    request: Request,
    response: Response,
    services: TheServices,
    keys: TheKeys,
    place: ThePlace,
    user_agent: Annotated[str, Header()] = "",
) -> SignedIn:
    """Sign in the owner: only on their own machine, by its own name, and not from another page."""
    if services.settings.environment != "local":
        raise Denied("Here you sign in with your account.")
    require_this_machine(request, place)
    owner = await services.owner()
    return _given(response, place, await sign_in(services, keys, owner.id, user_agent))


@router.post("/refresh")
async def refresh(
    request: Request,
    response: Response,
    services: TheServices,
    keys: TheKeys,
    limits: TheLimits,
    origins: TheOrigins,
    place: ThePlace,
    refresh_token: Shown = None,
) -> SignedIn:
    """Trade a refresh token, from the body or the cookie, for new tokens."""
    shown = refresh_token or _from_cookie(request, origins, place)
    try:
        if shown is None:
            raise NotSignedIn
        tokens = await renew(services, keys, shown)
    except NotSignedIn:
        address = request.client.host if request.client else "unknown"
        await limits.spend(f"wrong:{address}", WRONG_SIGN_INS)
        raise
    return _given(response, place, tokens)


@router.post("/logout", status_code=204)
async def logout(
    request: Request,
    response: Response,
    services: TheServices,
    keys: TheKeys,
    origins: TheOrigins,
    place: ThePlace,
    refresh_token: Shown = None,
) -> None:
    """End this sign-in everywhere it is used; its tokens count no more."""
    shown = refresh_token or _from_cookie(request, origins, place)
    access = bearer(request) or request.cookies.get(cookies.access_cookie(place))
    try:
        claims = keys.check(access, services.clock()) if access else None
    except NotSignedIn:
        claims = None  # run out already; the refresh token still names the sign-in
    if shown is None and claims is None:
        raise NotSignedIn
    await sign_out(services, shown, claims)
    cookies.drop(response, place)


def _given(response: Response, place: Place, tokens: Tokens) -> SignedIn:
    cookies.keep(response, place, tokens)
    return SignedIn(access_token=tokens.access, refresh_token=tokens.refresh, expires_in=int(ACCESS.total_seconds()))


def _from_cookie(request: Request, origins: TheOrigins, place: Place) -> str | None:
    shown = request.cookies.get(refresh_cookie(place))
    if shown is not None:
        origins.require_same(request)
    return shown
