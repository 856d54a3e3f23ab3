"""A process that is killed at a commit."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncSession

from integrations.store.database import Database


class Crash(BaseException):
    """Killed."""


class Dying(Database):
    """Of its commits one is the last: that one is lost (`before`), or kept with nothing after it."""

    def __init__(self, alive: Database, stop: int, before: bool) -> None:
        self.__dict__.update(alive.__dict__)
        self._stop, self._before, self.commits = stop, before, 0

    @asynccontextmanager
    async def work(self) -> AsyncIterator[AsyncSession]:
        """As always, until it isn't."""
        self.commits += 1
        last = self.commits == self._stop
        async with super().work() as session:
            yield session
            if last and self._before:
                raise Crash
        if last:
            raise Crash


def dying(alive: Database, stop: int, before: bool) -> Dying:
    """The same database, until the commit with this number."""
    return Dying(alive, stop, before)
