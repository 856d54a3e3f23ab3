"""How much one request, one address and everybody together may ask of this process."""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from integrations.errors import Unavailable
from integrations.settings import Settings
from voice.problems import HeadersTooLarge, TooLarge, refusal
from voice.security.doors import OPS
from voice.security.limits import SIGN_INS

BODY = 1024 * 1024
"""Bytes of a body."""
HEADERS = 16 * 1024
"""Bytes of the address and the headers; h11 itself only minds those that come in pieces."""
DRAINED = 32 * BODY
"""Bytes of a longer one that are read away, so that whoever sends it gets to read the refusal."""
AT_ONCE = 64
"""Requests whose answer hasn't begun; more would only make everybody wait."""


class Sizes:
    """Refuses endless headers, a long body before reading it, and one that doesn't tell its length as soon as it is too long."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        sizes = (len(name) + len(value) for name, value in scope["headers"])
        if sum(sizes) + len(scope.get("raw_path", b"")) + len(scope["query_string"]) > HEADERS:
            raise HeadersTooLarge
        told = Headers(scope=scope).get("content-length", "0")
        if told.isdigit() and int(told) > BODY:
            return await _refuse(receive, send)
        read, more = 0, True

        async def bounded() -> Message:
            nonlocal read, more
            message = await receive()
            read, more = read + len(message.get("body", b"")), bool(message.get("more_body"))
            if read > BODY:
                raise _Overrun
            return message

        try:
            await self._app(scope, bounded, send)
        except _Overrun:
            await _refuse(receive, send, more=more)


class _Overrun(BaseException):
    """Passes through whatever would turn an error while reading a body into its own words."""


async def _refuse(receive: Receive, send: Send, *, more: bool = True) -> None:
    """Answer, then let the sender finish: who is cut off while sending never reads why."""
    answer = refusal(TooLarge())
    await send({"type": "http.response.start", "status": answer.status_code, "headers": answer.raw_headers})
    await send({"type": "http.response.body", "body": bytes(answer.body), "more_body": True})
    drained = 0
    while more and drained < DRAINED:
        message = await receive()
        drained += len(message.get("body", b""))
        more = bool(message.get("more_body"))
    await send({"type": "http.response.body", "body": b""})


class Crowd:
    """Sends away whoever comes when too many are waiting already, at once and before any work is done for them."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._waiting = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in OPS:
            return await self._app(scope, receive, send)
        if self._waiting >= AT_ONCE:
            raise Unavailable("I have too much to do right now. Please try again in a moment.", retry_after=1)
        here = 1
        self._waiting += 1

        async def begun(message: Message) -> None:
            nonlocal here  # an answer that streams may take its time
            self._waiting, here = self._waiting - here, 0
            await send(message)

        try:
            await self._app(scope, receive, begun)
        finally:
            self._waiting -= here


class Throttle:
    """Counts by address and class of endpoint."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._a_minute = settings.limits.requests_per_minute

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            return await self._app(scope, receive, send)
        kind = kind_of(scope["path"])
        address = scope["client"][0] if scope.get("client") else "unknown"
        await scope["state"]["limits"].spend(f"{kind}:{address}", self._at_most(kind))
        return await self._app(scope, receive, send)

    def _at_most(self, kind: str) -> int:
        if kind == "auth":
            return min(SIGN_INS, self._a_minute)
        # a household behind one address; the page and the watchers ask in bursts
        return self._a_minute * (4 if kind in ("page", "ops") else 2)


def kind_of(path: str) -> str:
    """The class of an endpoint: auth, chat, voice, api (the rest of /v1), ops or page."""
    if path in OPS:
        return "ops"
    first, _, rest = path.removeprefix("/").partition("/")
    if first != "v1":
        return "page"
    noun = rest.partition("/")[0]
    return noun if noun in ("auth", "chat", "voice") else "api"
