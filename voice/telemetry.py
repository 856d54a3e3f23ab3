"""What this process tells about itself: a line a request, figures for Prometheus, and never what was said."""

import logging
import re
import time
from collections.abc import Iterable
from secrets import token_hex

import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, Metric
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector
from starlette.datastructures import Headers, MutableHeaders
from starlette.routing import BaseRoute, Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from integrations.speech import Meter

log = logging.getLogger("chronus.requests")

_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_CAPABILITY = re.compile(r"(?i)(/briefing/feeds/)[^/]+?(?=\.xml$|/|$)")
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

        self.owed = Gauge("chronus_jobs", "Pieces of work in the ledger.", ["state"], registry=self._registry)
        self.late = Gauge(
            "chronus_jobs_late_seconds", "Since what is ripe for longest should have begun.", registry=self._registry
        )
        self.tries = Gauge("chronus_jobs_tries", "Tries at all that is in the ledger.", registry=self._registry)

    def take_in(self, others: CollectorRegistry) -> None:
        """Tell what another part of the process counts, too."""
        self._registry.register(others)

    def follow(self, meter: Meter) -> None:
        """Tell what is used of services that are paid for."""
        self._registry.register(_Used(meter))

    def text(self) -> bytes:
        """In Prometheus' own format."""
        return generate_latest(self._registry)


class _Used(Collector):
    """The meter's figures, read when Prometheus asks."""

    def __init__(self, meter: Meter) -> None:
        self._meter = meter

    def collect(self) -> Iterable[Metric]:
        """Each as a counter."""
        told = (
            (
                "chronus_speech_streamed_seconds",
                "Seconds of sound sent to Google to be heard.",
                self._meter.seconds_heard,
            ),
            (
                "chronus_speech_spoken_characters",
                "Characters sent to Google to be spoken.",
                self._meter.characters_spoken,
            ),
            ("chronus_speech_spare_heard", "Turns read by the spare recogniser.", self._meter.spare_heard),
            ("chronus_speech_spare_spoken", "Texts said or ended by a spare voice.", self._meter.spare_spoken),
        )
        return [CounterMetricFamily(name, words, value=value) for name, words, value in told]


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
        path = _hidden(scope.get("raw_path", b"").partition(b"?")[0].decode("ascii", "replace"))[:200]
        if not isinstance(scope.get("route"), BaseRoute):  # what nobody knows may be a mistyped secret
            path = "/".join([*path.split("/")[:3], "…"]) if path.count("/") > 2 else path
        told = {"method": method, "path": path, "status": status, "ms": round(seconds * 1000, 1)}
        log.info("request", extra=told)


def _route(scope: Scope) -> str:
    """The address with names where the ids are, so that there are no more series than endpoints."""
    if not isinstance(scope.get("route"), BaseRoute) or isinstance(scope["route"], Mount):
        return "page"
    segments = str(scope["path"]).split("/")
    for name, value in reversed(scope.get("path_params", {}).items()):
        for at in reversed(range(len(segments))):
            if segments[at] == str(value) or segments[at].startswith(f"{value}."):
                segments[at] = f"{{{name}}}{segments[at][len(str(value)) :]}"
                break
    return "/".join(segments)


def _hidden(path: str) -> str:
    """Without the secret that an address is, for whoever knows it."""
    return _CAPABILITY.sub(r"\1{secret}", path)
