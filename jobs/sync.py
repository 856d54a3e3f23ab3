"""Keeping copies of outside accounts fresh: looked at by workers, each person's by itself."""

from functools import partial

from agent.services import Services
from integrations.store.mirrors import KINDS, Kind
from integrations.store.owed import OwedWork
from jobs.run import COPY, Owed, job

AT_ONCE = 200
"""How many are owed at one look, so that it doesn't keep the clock waiting; the next look comes in a few seconds."""
LONGEST = 3600.0
"""Seconds; a first reading of a large mailbox takes its time, and goes on where it was."""


async def owe_copies(services: Services) -> None:
    """Every few seconds, by whoever leads: what is due to be looked at is owed to its person."""
    due = list((await services.syncing.due()).items())[:AT_ONCE]
    if not due:
        return
    now = services.clock()
    ripe = []
    async with services.database.work() as session:
        work = OwedWork(session)
        for (person_id, kind), read in due:
            name = f"{kind}.sync"
            if (one := await work.rearm(name, person_id, COPY, now=now, arguments={"read": read})) is not None:
                ripe.append((one, name))
        await work.nudged([one for one, _ in ripe], now)
    await services.nudges.send(ripe)


async def sync(services: Services, owed: Owed, *, kind: Kind) -> None:
    """One look. What the other side refuses stands in the copy's own row, which also says when to ask again."""
    await services.syncing.look(owed.person_id, kind, read=owed.arguments.get("read", True))


for kind in KINDS:
    job(f"{kind}.sync", limit=LONGEST)(partial(sync, kind=kind))
