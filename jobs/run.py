"""What a job is, and how one is done: taken in hand, kept alive, ended once, whatever becomes of it."""

import asyncio
import logging
import traceback
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from agent.services import Services
from integrations.errors import ChronusError, Unavailable
from integrations.store.owed import Claim
from jobs.ledger import BEAT, Ledger

log = logging.getLogger(__name__)

LIMIT = 300.0
"""Seconds that a job may take unless it says otherwise."""


@dataclass(frozen=True, kw_only=True)
class Owed:
    """One piece of work that is owed to one person.

    `slot` says which one of its kind (a local day, a moment, an id): of one job, person and slot there is one, for ever.
    """

    job: str
    person_id: str
    slot: str
    due: datetime
    arguments: dict[str, Any] = field(default_factory=dict)
    attempt: int = 1

    @property
    def key(self) -> str:
        """Names what is done in it, however often it is tried."""
        return f"{self.job}:{self.person_id}:{self.slot}"


COPY = "copy"
"""The slot of what is done over and over, every half minute: its endings are no news."""
Work = Callable[[Services, Owed], Awaitable[str | None]]
"""Gives back one sentence about what came of it. `Unavailable` means: try again later."""
JOBS: dict[str, Work] = {}
"""Every job by its name."""
LIMITS: dict[str, float] = {}
"""Seconds, for those that may take longer, or not so long."""


def job(name: str, *, limit: float = LIMIT) -> Callable[[Work], Work]:
    """Make a coroutine the job of this name; after `limit` seconds it is broken off and tried again later."""

    def register(work: Work) -> Work:
        JOBS[name], LIMITS[name] = work, limit
        return work

    return register


async def do(services: Services, ledger: Ledger, one: str, holder: str) -> None:
    """Do what is owed under this id, unless it is over, in other hands or not yet to be done."""
    claim = await ledger.take(one, holder)
    if claim is None:
        return
    working = asyncio.create_task(_work(services, claim))
    beating = asyncio.create_task(_beat(ledger, claim, working))
    try:
        await asyncio.wait({working})
    except asyncio.CancelledError:  # we have to go
        await _stopped(working)
        with suppress(Unavailable):  # then its lease ends by itself
            await ledger.give_back(claim)
        raise
    finally:
        beating.cancel()
    await _end(ledger, claim, working)
    if claim.slot != COPY:
        services.telling.changed_soon(claim.person_id, "jobs")


async def _work(services: Services, claim: Claim) -> str | None:
    if (work := JOBS.get(claim.job)) is None:
        raise Unavailable(f"I don't know how to do {claim.job}.")  # a worker of an older version, perhaps
    async with asyncio.timeout(LIMITS[claim.job]):
        return await work(
            services.for_jobs,
            Owed(
                job=claim.job, person_id=claim.person_id, slot=claim.slot, due=claim.due,
                arguments=claim.arguments, attempt=claim.attempt,
            ),
        )  # fmt: skip


async def _beat(ledger: Ledger, claim: Claim, working: "asyncio.Task[str | None]") -> None:
    """Signs of life, until cancelled; when the work has gone to somebody else, ours ends."""
    while True:
        await asyncio.sleep(BEAT)
        try:
            if not await ledger.beat(claim):
                log.warning("%s went to another worker", claim.job)
                working.cancel()
                return
        except Unavailable as error:  # the lease lasts for two more
            log.warning("no sign of life could be given: %s", error.code)


async def _end(ledger: Ledger, claim: Claim, working: "asyncio.Task[str | None]") -> None:
    try:
        say = await working
    except asyncio.CancelledError:
        return  # no longer ours
    except TimeoutError:
        await ledger.failed(claim, "It took too long.")
    except Unavailable as error:
        await ledger.failed(claim, error.say, at_least=error.retry_after)
    except ChronusError as error:
        await ledger.refused(claim, error.say)
    except Exception as error:  # noqa: BLE001, the one place of the jobs where everything ends
        # its message may quote what a person wrote: the kind and the place are enough to find it
        last = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{type(error).__name__} at {last.filename.rsplit('/', 1)[-1]}:{last.lineno}"
        log.error("%s failed: %s", claim.job, where)
        await ledger.failed(claim, f"{where}.")
    else:
        await ledger.done(claim, say or "")


async def _stopped(working: "asyncio.Task[str | None]") -> None:
    working.cancel()
    await asyncio.wait({working})
