"""Carrying messages from Celery's threads to the one loop of a process, where the work is done."""

import asyncio
import logging
import os
import queue
import signal
import socket
import threading
from collections.abc import Coroutine
from concurrent.futures import CancelledError, Future
from concurrent.futures import TimeoutError as NotYet
from typing import TYPE_CHECKING, Any

from agent.opening import open_services
from agent.services import Services
from integrations.logs import configure_logging
from integrations.queue.nudges import DO, connect
from integrations.settings import Settings
from jobs.ledger import Ledger, Patience
from jobs.run import do

if TYPE_CHECKING:
    from celery import Celery

log = logging.getLogger(__name__)

LOOK = 0.3
"""Seconds between two looks at what is under way."""
STUCK = 34
"""Looks after which a loop that hasn't turned won't: its process ends before its lease does."""

SOON = 8
"""Jobs side by side that stand in no line."""
ASIDE = 2
"""Looks after which what is still under way goes on beside the next job: someone's slow Google holds up nobody else."""
MANY = 64
"""Jobs that may go on so in one process."""


class Doer:
    """Does what messages ask for, on a loop of its own thread, and waits for the end as Celery expects it, but not for ever."""

    def __init__(self, services: Services, ledger: Ledger, loop: asyncio.AbstractEventLoop) -> None:
        self._services, self._ledger, self._loop = services, ledger, loop
        self._holder = f"{socket.gethostname()[:60]}:{os.getpid()}"
        self._under_way: set[Future[None]] = set()
        self._aside: set[Future[None]] = set()
        self._leaving = False
        self._room = asyncio.Semaphore(SOON)

    def __call__(self, one: str) -> None:
        """Called in a thread of Celery's."""
        if self._leaving:
            return
        self._begun(do(self._services, self._ledger, one, self._holder), wait=True)

    def soon(self, one: str) -> None:
        """Do it without a thread of Celery's, all of which may be waiting for what takes minutes. Called in the loop."""
        if self._leaving:
            return
        self._begun(self._soon(one), wait=False)

    def _begun(self, work: Coroutine[Any, Any, None], *, wait: bool) -> None:
        doing = asyncio.run_coroutine_threadsafe(work, self._loop)
        self._under_way.add(doing)
        doing.add_done_callback(self._ended)
        if wait:
            try:
                self._wait(doing)
            except CancelledError:
                log.info("a job was given back")

    async def _soon(self, one: str) -> None:
        async with self._room:
            await do(self._services, self._ledger, one, self._holder)

    def _ended(self, doing: "Future[None]") -> None:
        self._under_way.discard(doing)
        self._aside.discard(doing)
        if not doing.cancelled() and (error := doing.exception()):
            log.warning("a job could not be begun, and is told again: %s", type(error).__name__)

    def stop(self) -> None:
        """Give back what is under way, and take nothing more."""
        self._leaving = True
        for doing in list(self._under_way):
            doing.cancel()

    def stuck(self) -> None:
        """The loop does not turn any more. In a server it is all we have, so it is only told."""
        log.error("a job blocks this process")

    def _wait(self, doing: "Future[None]") -> None:
        turns: queue.SimpleQueue[None] = queue.SimpleQueue()
        stood = looks = 0
        while True:
            try:
                return doing.result(timeout=LOOK)
            except NotYet:
                if doing.done():  # just now, or it is what the work raised
                    return doing.result()
                if self._loop.is_closed():  # nobody will ever end it
                    return None
            looks += 1
            # looks are counted, not seconds: a process that was stopped for a while is well when it goes on
            if not turns.empty():
                turns.get()
                stood = 0
                if looks >= ASIDE and len(self._aside) < MANY:
                    self._aside.add(doing)  # its lease and its end are the ledger's, not the message's
                    if doing.done():  # just now, and nobody will take it out again
                        self._aside.discard(doing)
                    return None
            if stood == 0:
                self._loop.call_soon_threadsafe(turns.put, None)
            stood += 1
            if stood == STUCK:
                self.stuck()


class MortalDoer(Doer):
    """In a process that exists for working alone: another takes its place, and the ledger knows what was lost."""

    def stuck(self) -> None:
        """It ends as by kill -9: nothing in it can be trusted to end better."""
        super().stuck()
        os.kill(os.getpid(), signal.SIGKILL)


def worker_app(settings: Settings, patience: Patience | None = None) -> "Celery":
    """The Celery app of a process that works, or keeps time, with the one task there is."""
    from celery.signals import setup_logging, worker_process_shutdown, worker_shutdown

    app = connect(settings.celery.broker_url.get_secret_value() if settings.celery.broker_url else None)
    app.conf.update(beat_scheduler="jobs.beat:Clock", beat_max_loop_interval=1, beat_enable_remote_control=True)
    app.set_default()  # a pool of threads looks for the task there
    process = Process(settings, patience)
    worker_process_shutdown.connect(process.close, weak=False)
    worker_shutdown.connect(process.close, weak=False)
    setup_logging.connect(_our_log, weak=False)

    @app.task(name=DO, shared=False)
    def do(one: str) -> None:
        process.do(one)

    return app


def _our_log(**_: Any) -> None:
    """Our own lines, which know what is private, instead of Celery's."""
    configure_logging()


class Process:
    """A worker's services, opened at its first message: after the fork, in the process that uses them."""

    def __init__(self, settings: Settings, patience: Patience | None = None) -> None:
        self._settings, self._patience = settings, patience
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def do(self, one: str) -> None:
        """What a message asks for. Raises what kept the services from being opened; the message comes again."""
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._open()
        self._doer(one)

    def close(self, **_: Any) -> None:
        """Close what was opened here."""
        if self._thread is not None and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._ending.set)
            self._thread.join(10)

    def _open(self) -> None:
        opened: Future[None] = Future()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._live(opened)), name="work", daemon=True)
        self._thread.start()
        opened.result()

    async def _live(self, opened: "Future[None]") -> None:
        self._loop, self._ending = asyncio.get_running_loop(), asyncio.Event()
        try:
            async with open_services(self._settings) as services:
                ledger = Ledger(services.database, services.clock, services.nudges, self._patience)
                self._doer = MortalDoer(services, ledger, self._loop)
                opened.set_result(None)
                await self._ending.wait()
                self._doer.stop()
        except BaseException as error:
            if not opened.done():
                opened.set_exception(error)
                return
            raise
