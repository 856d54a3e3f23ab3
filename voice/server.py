"""The web process: the app, what it opens, and how it goes without cutting anyone off."""

import asyncio
import gc
import logging
import signal
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from types import FrameType
from typing import Any, TypedDict

import uvicorn
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware

from agent.opening import open_services
from agent.services import Services
from integrations.errors import ChronusError, Unavailable
from integrations.logs import configure_logging
from integrations.secret import signing_secret
from integrations.settings import Settings
from integrations.store.folder import hold
from integrations.telephone import Telephone
from integrations.telephone.choose import choose_telephone
from voice import api
from voice.lifetime import Lifetime
from voice.once import DoneBefore, on_done_before
from voice.openapi import describe
from voice.opening import Opening
from voice.page import WebPage
from voice.pipeline.assembly import Speech
from voice.problems import LastResort, on_bad_input, on_http, on_refusal
from voice.security.bounds import HEADERS, Crowd, Sizes, Throttle
from voice.security.doors import Doors, Origins, SecurityHeaders
from voice.security.limits import Limits
from voice.security.tickets import Tickets
from voice.security.tokens import Keys
from voice.sessions import Sessions
from voice.telemetry import Figures, Telemetry

log = logging.getLogger("chronus")

FRAME = 64 * 1024 + 4096
"""Bytes of one message on a socket: two seconds of sound and their wrapping."""
CONNECTIONS = 800
"""Of which many may idle; beyond it uvicorn itself says 503."""
PATIENCE = 20.0
"""Seconds that turns under way are given when the process has to go."""


class State(TypedDict):
    """What every request can reach. `unasked`: jobs are done, here or by workers elsewhere."""

    services: Services
    sessions: Sessions | None
    keys: Keys
    tickets: Tickets
    limits: Limits
    origins: Origins
    lifetime: Lifetime
    figures: Figures
    unasked: bool
    telephone: Telephone | None


Beside = Callable[[Services], AbstractAsyncContextManager[None]]
"""What runs for as long as the server does, on its services."""


@asynccontextmanager
async def rounds(services: Services) -> AsyncIterator[None]:
    """Where no jobs run: copies of outside accounts are looked after all the same."""
    syncing = asyncio.create_task(services.syncing.run())
    try:
        yield
    finally:
        syncing.cancel()


def create_app(settings: Settings | None = None, beside: Beside = rounds) -> FastAPI:
    """Build the app. Nothing is opened until it starts."""
    chosen = settings or Settings()
    origins, figures = Origins(chosen), Figures()

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[State]:
        keys = Keys(signing_secret(chosen))
        async with open_services(chosen) as services, beside(services):
            sessions, lifetime = _sessions(services), Lifetime()
            figures.live.set_function(lambda: len(sessions or ()))
            if sessions is not None:
                services.leaving.watch(sessions.people, sessions.dismiss)
            if services.mind_figures:
                figures.take_in(services.mind_figures)
            figures.follow(services.meter)
            warming = asyncio.create_task(_warm(services, sessions))
            telling = asyncio.create_task(services.telling.run())
            yield State(
                services=services,
                sessions=sessions,
                keys=keys,
                tickets=Tickets(services.cache),
                limits=Limits(services.cache),
                origins=origins,
                lifetime=lifetime,
                figures=figures,
                unasked=beside is not rounds,
                telephone=choose_telephone(chosen.phone),
            )
            warming.cancel()
            telling.cancel()
            await leave(sessions, lifetime, patience=2)  # whoever serves us may not have asked for it before

    app = FastAPI(
        title="Chronus",
        version="1",
        lifespan=lifespan,
        routes=[*api.everything.routes],
        docs_url=None,  # those pages would fetch their scripts from another host
        redoc_url=None,
        redirect_slashes=False,
        middleware=[
            Middleware(Telemetry, figures=figures),
            Middleware(SecurityHeaders, origins=origins),
            Middleware(LastResort),
            Middleware(Crowd),
            Middleware(Doors, origins=origins),
            Middleware(LastResort),  # again: what is refused from here on, an allowed page may read
            Middleware(Throttle, settings=chosen),
            Middleware(Sizes),
        ],
        exception_handlers={
            ChronusError: on_refusal,
            DoneBefore: on_done_before,
            HTTPException: on_http,
            RequestValidationError: on_bad_input,
        },
    )
    app.mount("/", WebPage(), name="page")
    describe(app)
    return app


def serve(settings: Settings, host: str, port: int, beside: Beside = rounds) -> None:
    """Serve until told to stop."""
    configure_logging()
    with listening(host, port) as listener, hold(settings.data):
        Server(server_config(settings, host, port, beside)).run(sockets=[listener])


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises `Unavailable`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # named TCP, or asyncio leaves Nagle's algorithm on, and every answer waits 40 ms for an acknowledgement
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(2048)
        return listener
    except (OSError, OverflowError) as error:
        listener.close()
        raise Unavailable(f"I can't listen at {host}:{port}: {getattr(error, 'strerror', None) or error}.") from error


def server_config(settings: Settings, host: str, port: int, beside: Beside = rounds) -> uvicorn.Config:
    """How much one connection may ask for, and whom we believe about where it comes from."""
    return uvicorn.Config(
        Opening(create_app(settings, beside)),
        host=host,
        port=port,
        log_config=None,
        access_log=False,  # ours says less: no query strings
        server_header=False,
        # nobody may say for themselves where they come from; in production the proxy may
        proxy_headers=settings.environment == "production",
        forwarded_allow_ips=settings.proxies,
        ws_max_size=FRAME,
        ws_max_queue=8,
        ws_per_message_deflate=False,
        h11_max_incomplete_event_size=HEADERS,
        limit_concurrency=CONNECTIONS,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=5,
    )


class Server(uvicorn.Server):
    """uvicorn cuts every socket as soon as it is told to stop; this one lets turns come to their end first."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002, uvicorn's signature
        """The first signal asks to leave, a second one not to wait."""
        if self.should_exit:
            self.force_exit = True
        self.should_exit = True
        log.info("stopping", extra={"signal": signal.Signals(sig).name})

    async def startup(self, sockets: list[Any] | None = None) -> None:
        """Say where, once everything is open. Raises the refusal where it can't be."""
        try:
            await super().startup(sockets)
        except SystemExit as end:  # uvicorn's way to say so
            if isinstance(self.config.app, Opening) and self.config.app.refusal:
                raise self.config.app.refusal from end
            raise
        if self.started:
            name = f"[{self.config.host}]" if ":" in self.config.host else self.config.host
            log.info("serving at http://%s:%d", name, self.config.port)

    async def shutdown(self, sockets: list[Any] | None = None) -> None:
        """Take nobody new, finish, then close."""
        state = self.lifespan.state
        if not self.force_exit and "lifetime" in state:
            going = asyncio.create_task(leave(state["sessions"], state["lifetime"], patience=PATIENCE))
            while not (going.done() or self.force_exit):
                await asyncio.wait({going}, timeout=0.1)
            going.cancel()
        await super().shutdown(sockets)


async def leave(sessions: Sessions | None, lifetime: Lifetime, *, patience: float) -> None:
    """Say that we are leaving; let live conversations and answers under way come to their end."""
    if lifetime.leaving:
        return
    lifetime.leave()
    if sessions is not None:
        await sessions.drain(min(patience, 8.0))
    await lifetime.finish(patience)


async def _warm(services: Services, sessions: Sessions | None) -> None:
    """Load what the first spoken turn needs, then what finds memories by meaning; serving doesn't wait for either."""
    if sessions is not None:
        try:
            await sessions.warm()
        except ChronusError as error:
            log.warning("speech could not be loaded: %s", error.say)
    # what is loaded stays: a full collection over it would hold everybody up for a fifth of a second
    gc.collect()
    gc.freeze()
    await services.look_after_memories()
    try:
        await services.look_after_words()
    except ChronusError as error:
        log.warning("what isn't sealed yet stays so until tomorrow: %s", error.code)


def _sessions(services: Services) -> Sessions | None:
    if services.recognizer is None or services.synthesizer is None:
        return None
    speech = Speech(services.recognizer, services.synthesizer)
    return Sessions(speech, per_person=services.settings.limits.conversations_per_person)
