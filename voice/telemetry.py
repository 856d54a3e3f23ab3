"""What this process tells about itself: a line a request, figures for Prometheus, and never what was said."""

import logging
import re
import sys
import time
from secrets import token_hex
from typing import Any

import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector
from starlette.datastructures import Headers, MutableHeaders
from starlette.routing import BaseRoute, Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger("chronus.requests")

_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_SECRETS = re.compile(
    r"(?i)\beyJ[\w-]+\.[\w-]+\.[\w-]*|(\bbearer\s+|\b(?:ticket|token|access_token|refresh_token|code|state|secret|password|pin|key)=)[^\s&\"']+"
)
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Figures:
    """The numbers Prometheus collects; one set an app, so that two apps in a process don't mix."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        PlatformCollector(registry=self._registry)
        self.requests = Counter(
            "chronus_http_requests", "Requests answered.", ["method", "route", "status"], registry=self._registry
        )
        self.seconds = Histogram(
            "chronus_http_request_seconds", "Until the answer began.", ["method", "route"],
            buckets=_SECONDS, registry=self._registry,
        )  # fmt: skip
        self.turns = Counter("chronus_turns", "Turns answered.", ["channel"], registry=self._registry)
        self.live = Gauge("chronus_live_conversations", "Live conversations open now.", registry=self._registry)

    def text(self) -> bytes:
        """In Prometheus' own format."""
        return generate_latest(self._registry)


class Telemetry:
    """An id for each request, its line in the log and its figures. Query strings are never written down."""

    def __init__(self, app: ASGIApp, figures: Figures) -> None:
        self._app = app
        self._figures = figures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            return await self._app(scope, receive, send)
        given = Headers(scope=scope).get("x-request-id", "")
        request_id = given if _ID.fullmatch(given) else token_hex(8)
        status, began, answered = 0, time.perf_counter(), 0.0

        async def noted(message: Message) -> None:
            nonlocal status, answered
            if message["type"] in ("http.response.start", "websocket.accept", "websocket.close") and not answered:
                answered = time.perf_counter() - began
                status = message.get("status", 101 if message["type"] == "websocket.accept" else 403)
                if message["type"] == "http.response.start":
                    MutableHeaders(scope=message)["X-Request-Id"] = request_id
            await send(message)

        with structlog.contextvars.bound_contextvars(request=request_id):
            try:
                await self._app(scope, receive, noted)
            finally:
                self._note(scope, status, answered or time.perf_counter() - began)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        method = scope.get("method", "WS")
        route = _route(scope)
        if method not in ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "WS"):
            method = "other"
        self._figures.requests.labels(method, route, str(status)).inc()
        self._figures.seconds.labels(method, route).observe(seconds)
        # the raw path is percent-encoded, so that no one writes lines of their own into the log
        path = scope.get("raw_path", b"").partition(b"?")[0].decode("ascii", "replace")[:200]
        told = {"method": method, "path": path, "status": status, "ms": round(seconds * 1000, 1)}
        log.info("request", extra=told)


def _route(scope: Scope) -> str:
    """The address with names where the ids are, so that there are no more series than endpoints."""
    if not isinstance(scope.get("route"), BaseRoute) or isinstance(scope["route"], Mount):
        return "page"
    segments = str(scope["path"]).split("/")
    for name, value in reversed(scope.get("path_params", {}).items()):
        if value in segments:
            at = len(segments) - 1 - segments[::-1].index(value)
            segments[at] = f"{{{name}}}"
    return "/".join(segments)


def configure_logging(*, readable: bool | None = None) -> None:
    """One line an event on stderr: for eyes at a terminal, JSON elsewhere. Called once, where the process starts."""
    readable = sys.stderr.isatty() if readable is None else readable
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]
    last: Any = structlog.dev.ConsoleRenderer() if readable else structlog.processors.JSONRenderer()
    renderers = [structlog.stdlib.ProcessorFormatter.remove_processors_meta, _scrubbed, last]
    if not readable:
        renderers.insert(1, structlog.processors.format_exc_info)
    out = logging.StreamHandler()
    out.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=renderers))
    logging.basicConfig(handlers=[out], level=logging.INFO, force=True)
    _quieten()


def _quieten() -> None:
    """Libraries that would write down addresses with tickets in them, or what was said."""
    # uvicorn's own lines about sockets name the whole address, ticket and all
    for name in (
        "uvicorn",
        "uvicorn.error",
        "uvicorn.access",
        "websockets",
        "httpx",
        "httpcore",
        "sqlalchemy",
        "alembic",
    ):
        logging.getLogger(name).setLevel(logging.WARNING)
    from loguru import logger

    # pipecat writes transcripts and sentences at lower levels
    logger.remove()
    logger.add(
        lambda line: logging.getLogger("pipecat").error(line.rstrip()),
        level="ERROR",
        format="{message}",
        backtrace=False,
        diagnose=False,
    )


def _scrubbed(_: Any, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """The second net: whatever still looks like a secret is blotted out."""
    return {key: _blotted(value) if isinstance(value, str) else value for key, value in event.items()}


def _blotted(text: str) -> str:
    return _SECRETS.sub(lambda found: f"{found[1] or ''}***", text)
