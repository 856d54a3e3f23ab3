"""Telling workers, through Celery, that there is something to do: a message holds an id and nothing else."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from integrations.errors import Invalid

if TYPE_CHECKING:
    from celery import Celery

log = logging.getLogger(__name__)

DO = "chronus.do"
"""The one task there is."""
SOON, WORK = "soon", "work"
"""Two lines, so that what must happen at its second doesn't stand behind what takes minutes."""
QUICK = frozenset({"reminders.ring"})
INSIDE = "memory://localhost/"
"""The broker that only this process sees."""
PATIENCE = 2.0
"""Seconds for the broker to take a message; the row in the ledger lasts longer than any broker."""


def line_of(job: str) -> str:
    """Where its message is put."""
    return SOON if job in QUICK else WORK


def connect(broker_url: str | None) -> "Celery":
    """The Celery app, as all who send and all who work must have it; None: inside this process. Raises `Invalid`."""
    from celery import Celery
    from kombu.entity import Queue

    url = broker_url or INSIDE
    app = Celery("chronus", broker=url, set_as_current=False)
    app.conf.update(
        task_serializer="json",
        accept_content=["json"],
        result_serializer="json",
        task_ignore_result=True,
        result_backend=None,
        task_store_errors_even_if_ignored=False,
        result_expires=3600,
        task_queues=[Queue(SOON, routing_key=SOON), Queue(WORK, routing_key=WORK)],
        task_default_queue=WORK,
        task_create_missing_queues=False,
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        task_acks_on_failure_or_timeout=True,
        worker_prefetch_multiplier=1,
        # the row is ours as long as we renew it, whatever becomes of the message
        worker_cancel_long_running_tasks_on_connection_loss=False,
        worker_hijack_root_logger=False,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        broker_connection_timeout=PATIENCE,
        broker_transport_options=_transport(url),
        enable_utc=True,
        timezone="UTC",
    )
    return app


def _transport(url: str) -> dict[str, Any]:
    """As measured: left to its defaults, Redis gives a dead worker's message to another only after an hour."""
    if url.startswith(("redis://", "rediss://")):
        return {
            "visibility_timeout": 12,  # seconds
            "unacked_restore_interval": 2,
            "unacked_restore_throttle": 1,
            "socket_timeout": 10,
            "socket_connect_timeout": PATIENCE,
            "socket_keepalive": True,
            "health_check_interval": 10,
        }
    if url == INSIDE:
        return {"polling_interval": 0.1}
    if "://" not in url:
        raise Invalid("The broker's address makes no sense; it should look like redis://host:6379/0.")
    return {}


class Nudges:
    """Sends messages. One that can't be sent is no loss: the next look at the ledger sends another."""

    def __init__(self, broker_url: str | None) -> None:
        self._url = broker_url
        self.quick: Callable[[str], None] | None = None
        """Where the worker is in this process: whom to give what must happen at its second, past all lines."""

    @cached_property
    def _app(self) -> "Celery":
        return connect(self._url)

    async def send(self, ripe: Iterable[tuple[str, str]]) -> None:
        """Tell a worker of each: its id and its job."""
        told = list(ripe)
        if self.quick:
            for one in (one for one, job in told if job in QUICK):
                self.quick(one)
            told = [(one, job) for one, job in told if job not in QUICK]
        if told:
            await asyncio.to_thread(self._send, told)

    def _send(self, told: list[tuple[str, str]]) -> None:
        from kombu.exceptions import OperationalError

        try:
            with self._app.producer_pool.acquire(block=True, timeout=PATIENCE) as producer:
                for one, job in told:
                    self._app.send_task(DO, [one], queue=line_of(job), producer=producer, retry=False)
        except (OperationalError, OSError, *self._app.connection_for_write().connection_errors) as error:
            log.warning("the workers can't be told: %s", type(error).__name__)
