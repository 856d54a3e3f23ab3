"""Who may ask from where: names we answer to, pages that may read us, and what every answer tells a browser."""

import re
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from integrations.errors import Denied
from integrations.settings import Settings

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
OPS = frozenset({"/health", "/health/ready", "/metrics"})

_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9_.-]+)(?::(\d{1,5}))?")
_PORTS = {"http": "80", "https": "443"}
_CORS = {
    "Access-Control-Allow-Methods": "GET, POST, PUT, PATCH, DELETE",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, If-Match, X-Request-Id",
    "Access-Control-Max-Age": "600",
}
_EXPOSED = "Retry-After, X-Request-Id"


class WrongDoor(Denied):
    """Asked under a name that isn't ours, or by a page that has no business here."""

    say = "This address is not one I answer to from there."


@dataclass(frozen=True)
class Place:
    """Where a request was sent: scheme and the Host it named, as the browser sees them."""

    scheme: str
    host: str

    @property
    def origin(self) -> str:
        """As a browser would write it."""
        return _plain_origin(f"{self.scheme}://{self.host}")

    @property
    def name(self) -> str:
        """The host without its port."""
        return _split(self.host)[0]

    @property
    def port(self) -> str:
        """The port that was named, or the scheme's own."""
        return _split(self.host)[1] or _PORTS[self.scheme]


class Origins:
    """The names this server answers to, and the foreign pages that may talk to it."""

    def __init__(self, settings: Settings) -> None:
        self._local = settings.environment == "local"
        self._public = urlsplit(str(settings.public_url)) if settings.public_url else None
        self._allowed = frozenset(_plain_origin(one) for one in settings.allowed_origins)
        named = [_plain_origin(str(settings.public_url))] if settings.public_url else []
        self._hosts = frozenset(urlsplit(one).netloc for one in [*named, *self._allowed])

    def place(self, connection: HTTPConnection) -> Place:
        """Where the request believes to be; behind a proxy the scheme is the one of PUBLIC_URL."""
        host = connection.headers.get("host", "").lower()
        scheme: str = connection.scope["scheme"].replace("ws", "http")
        if self._public and _split(host)[0] == self._public.hostname:
            scheme = self._public.scheme
        return Place(scheme, host)

    def answers_to(self, place: Place, path: str) -> bool:
        """Whether that is one of our names. Who watches this server may call it by any."""
        if not _HOST.fullmatch(place.host):
            return False
        if place.name in LOOPBACK or urlsplit(place.origin).netloc in self._hosts:
            return True
        return path in OPS and not self._local

    def foreign(self, origin: str) -> bool:
        """Whether that page is another's, and allowed."""
        return origin.lower() in self._allowed

    def require_same(self, connection: HTTPConnection) -> None:
        """A cookie is sent whatever page asks: it may only change things for our own. Raises `Denied`."""
        origin = connection.headers.get("origin", "")
        if _plain_origin(origin) != self.place(connection).origin:
            raise WrongDoor("Only my own page may do that.")


class Doors:
    """Turns away what was sent to another name (DNS rebinding) or by another page, and answers preflights."""

    def __init__(self, app: ASGIApp, origins: Origins) -> None:
        self._app = app
        self._origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            return await self._app(scope, receive, send)
        asked = HTTPConnection(scope)
        place = self._origins.place(asked)
        if not self._origins.answers_to(place, scope["path"]):
            raise WrongDoor
        origin = asked.headers.get("origin")
        if origin is None or _plain_origin(origin) == place.origin:
            return await self._app(scope, receive, send)
        if not self._origins.foreign(origin):
            raise WrongDoor
        if scope["type"] == "websocket":
            return await self._app(scope, receive, send)
        return await self._shared(scope, receive, send, origin)

    async def _shared(self, scope: Scope, receive: Receive, send: Send, origin: str) -> None:
        async def readable(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Access-Control-Allow-Origin"] = origin
                headers["Access-Control-Expose-Headers"] = _EXPOSED
                headers.add_vary_header("Origin")
            await send(message)

        if scope["method"] == "OPTIONS" and "access-control-request-method" in Headers(scope=scope):
            await Response(status_code=204, headers=_CORS)(scope, receive, readable)
        else:
            await self._app(scope, receive, readable)


class SecurityHeaders:
    """On every answer, refusals too."""

    def __init__(self, app: ASGIApp, origins: Origins) -> None:
        self._app = app
        self._origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        place = self._origins.place(HTTPConnection(scope))
        known = self._origins.answers_to(place, scope["path"])

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _headers(place if known else None):
                    headers[name] = value
                if scope["path"].startswith("/v1"):
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        return await self._app(scope, receive, guarded)


@lru_cache(maxsize=64)
def _headers(place: Place | None) -> tuple[tuple[str, str], ...]:
    sockets = f" ws://{place.host} wss://{place.host}" if place else ""
    policy = (
        "default-src 'self'; script-src 'self' blob:; worker-src 'self' blob:; style-src 'self'; "
        f"img-src 'self' data:; media-src 'self' blob:; connect-src 'self'{sockets}; "
        "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )
    always = (
        ("Content-Security-Policy", policy),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "no-referrer"),
        ("Permissions-Policy", "microphone=(self), camera=(), geolocation=(), payment=(), usb=()"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    )
    if place and place.scheme == "https":
        return (*always, ("Strict-Transport-Security", "max-age=31536000; includeSubDomains"))
    return always


def require_this_machine(connection: HTTPConnection, place: Place) -> None:
    """Asked on the machine we run on, by its own name and port, and not on another page's errand. Raises `Denied`."""
    served = connection.scope.get("server") or ("", None)
    if not on_this_machine(connection, place) or place.port != str(served[1]):
        raise Denied("That works only on the machine I run on.")
    origin = connection.headers.get("origin")
    if origin is not None and origin.lower() != place.origin:
        raise Denied("Only my own page may do that.")
    if connection.headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
        raise Denied("Only my own page may do that.")


def its_owners(connection: HTTPConnection, place: Place) -> bool:
    """The same as a question."""
    try:
        require_this_machine(connection, place)
    except Denied:
        return False
    return True


def on_this_machine(connection: HTTPConnection, place: Place) -> bool:
    """Whether it came from here, under a name of this machine; what a proxy brings is somebody else's."""
    peer = connection.client.host if connection.client else ""
    brought = any(
        name in connection.headers for name in ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")
    )
    return _loopback(peer) and place.name in LOOPBACK and not brought


def _loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def _split(host: str) -> tuple[str, str]:
    found = _HOST.fullmatch(host)
    return (found[1], found[2] or "") if found else ("", "")


def _plain_origin(origin: str) -> str:
    """Lower case, without the port that goes without saying; anything else than an origin becomes none at all."""
    try:
        parts = urlsplit(origin.strip().lower())
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme not in _PORTS or not parts.hostname or "@" in parts.netloc:
        return ""
    name = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return (
        f"{parts.scheme}://{name}"
        if port is None or str(port) == _PORTS[parts.scheme]
        else f"{parts.scheme}://{name}:{port}"
    )
