"""What a route may ask for: who is asking, and their things within one transaction."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Header, Request
from starlette.requests import HTTPConnection

from agent.context import Context
from agent.services import Services
from integrations.store.people import Person
from voice.lifetime import Lifetime
from voice.once import name_of, only_once
from voice.problems import NotSignedIn
from voice.security.cookies import access_cookie
from voice.security.doors import SAFE, Origins, Place
from voice.security.limits import Limits
from voice.security.signing import who
from voice.security.tickets import Tickets
from voice.security.tokens import Keys
from voice.sessions import Sessions
from voice.telemetry import Figures


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """Whoever a request speaks for, and by which sign-in."""

    person: Person
    family: str


def _services(connection: HTTPConnection) -> Services:
    found: Services = connection.state.services
    return found


def _keys(connection: HTTPConnection) -> Keys:
    found: Keys = connection.state.keys
    return found


def _limits(connection: HTTPConnection) -> Limits:
    found: Limits = connection.state.limits
    return found


def _tickets(connection: HTTPConnection) -> Tickets:
    found: Tickets = connection.state.tickets
    return found


def _origins(connection: HTTPConnection) -> Origins:
    found: Origins = connection.state.origins
    return found


def _sessions(connection: HTTPConnection) -> Sessions | None:
    found: Sessions | None = connection.state.sessions
    return found


def _lifetime(connection: HTTPConnection) -> Lifetime:
    found: Lifetime = connection.state.lifetime
    return found


def _figures(connection: HTTPConnection) -> Figures:
    found: Figures = connection.state.figures
    return found


def _unasked(connection: HTTPConnection) -> bool:
    found: bool = connection.state.unasked
    return found


TheServices = Annotated[Services, Depends(_services)]
TheKeys = Annotated[Keys, Depends(_keys)]
TheLimits = Annotated[Limits, Depends(_limits)]
TheTickets = Annotated[Tickets, Depends(_tickets)]
TheOrigins = Annotated[Origins, Depends(_origins)]
TheSessions = Annotated[Sessions | None, Depends(_sessions)]
TheLifetime = Annotated[Lifetime, Depends(_lifetime)]
TheFigures = Annotated[Figures, Depends(_figures)]
Unasked = Annotated[bool, Depends(_unasked)]


def _place(connection: HTTPConnection, origins: TheOrigins) -> Place:
    return origins.place(connection)


ThePlace = Annotated[Place, Depends(_place)]


def bearer(connection: HTTPConnection) -> str | None:
    """The token of the Authorization header, if there is one."""
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


async def signed_in(
    request: Request, services: TheServices, keys: TheKeys, limits: TheLimits, origins: TheOrigins
) -> SignedIn:
    """Who asks. Raises `NotSignedIn`, `Denied` for a cookie on another page's errand, and `RateLimited`."""
    token = bearer(request)
    if token is None:
        token = request.cookies.get(access_cookie(origins.place(request)))
        if token is None:
            raise NotSignedIn
        if request.method not in SAFE:
            origins.require_same(request)
    claims = keys.check(token, services.clock())
    person = await who(services, claims)
    await limits.spend(f"person:{person.id}", services.settings.limits.requests_per_minute)
    return SignedIn(person=person, family=claims.family)


Who = Annotated[SignedIn, Depends(signed_in)]


async def _reading(services: TheServices, asking: Who) -> AsyncIterator[Context]:
    async with services.context(asking.person, channel="api", write=False) as ctx:
        yield ctx


Once = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key", min_length=1, max_length=100,
        description="Your own name for this request: sent again under it, it is the same request, done once.",
    ),
]  # fmt: skip


async def _writing(
    request: Request, services: TheServices, asking: Who, idempotency_key: Once = None
) -> AsyncIterator[Context]:
    name = await name_of(request, idempotency_key)
    async with services.context(asking.person, channel="api", write=True, key=name) as ctx:
        await only_once(ctx, name)
        yield ctx


# "function": the transaction is kept, or refused, before the answer leaves
Reading = Annotated[Context, Depends(_reading, scope="function")]
Writing = Annotated[Context, Depends(_writing, scope="function")]
