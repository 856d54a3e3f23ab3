"""Accepting what a mail asks for, from outside: by the page, or by the job where the person allows it."""

import asyncio
import logging

from agent.services import Services
from agent.tools.digest import accepted, task_key
from integrations.errors import Conflict, Unavailable
from integrations.store.digests import Proposal, State
from integrations.store.people import Person

log = logging.getLogger(__name__)

LEASE = 30.0
"""Seconds after which whoever began to accept something is taken for dead."""
LOOK = 0.1
"""Seconds between two looks at what somebody else is about to do."""


async def accept(
    services: Services, person: Person, item_id: str, *, channel: str = "api", state: State = "accepted"
) -> Proposal:
    """Make it a task, once however often it is asked, also by two at the same moment. Raises `NotFound`.

    Two who write to Google at once would each find the other's half-done work: the second waits for the first.
    """
    lease = f"digest:{person.id}:{item_id}"
    while True:
        async with services.context(person, write=False) as ctx:
            item = await ctx.digests.item(item_id)
        if item.task_id:
            return item
        if await _first(services, lease):
            break
        await asyncio.sleep(LOOK)
    try:
        async with services.context(person, channel=channel, key=task_key(item)) as ctx:
            return (await accepted(ctx, item_id, state))[0]
    except Conflict:
        async with services.context(person, write=False) as ctx:
            item = await ctx.digests.item(item_id)
        if item.task_id is None:
            raise
        return item  # somebody else was first all the same
    finally:
        await _over(services, lease)


async def _first(services: Services, lease: str) -> bool:
    """Whether nobody else is at it; when nobody can tell, the ledger's keys still hold."""
    try:
        return await services.cache.put_new(lease, "1", seconds=LEASE)
    except Unavailable as error:
        log.warning("two may accept at once: %s", error.code)
        return True


async def _over(services: Services, lease: str) -> None:
    try:
        await services.cache.drop(lease)
    except Unavailable as error:
        log.warning("a lease stays until it ends: %s", error.code)
