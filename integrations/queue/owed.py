"""The queue whose memory is the database: what is asked for outlives every process and every broker."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from integrations.clock import Clock
from integrations.queue.nudges import Nudges
from integrations.store.database import Database
from integrations.store.owed import OwedWork


class OwedQueue:
    """Writes the row, then tells a worker.

    Not within a transaction of one's own: who wants both to be kept or neither writes the row itself, by
    `OwedWork(session).owe(...)`, and a worker is told of it within a second.
    """

    def __init__(self, database: Database, clock: Clock, nudges: Nudges) -> None:
        self._database, self._clock, self._nudges = database, clock, nudges

    async def ask(
        self,
        job: str,
        person_id: str,
        *,
        slot: str,
        due: datetime | None = None,
        arguments: Mapping[str, Any] | None = None,
    ) -> bool:
        """Owe this work from `due` on (default: now). Whether it was new: the same slot is owed once."""
        now = self._clock()
        async with self._database.work() as session:
            work = OwedWork(session)
            one = await work.owe(job, person_id, slot, now=now, due=due, arguments=arguments)
            ripe = [(one, job)] if one is not None and (due is None or due <= now) else []
            await work.nudged([name for name, _ in ripe], now)
        await self._nudges.send(ripe)
        return one is not None

    async def ask_again(
        self, job: str, person_id: str, *, slot: str, arguments: Mapping[str, Any] | None = None
    ) -> bool:
        """Owe now what may have been done before, in its old row. Whether it wasn't waiting or under way already."""
        now = self._clock()
        async with self._database.work() as session:
            work = OwedWork(session)
            one = await work.rearm(job, person_id, slot, now=now, arguments=arguments)
            ripe = [(one, job)] if one is not None else []
            await work.nudged([name for name, _ in ripe], now)
        await self._nudges.send(ripe)
        return one is not None
