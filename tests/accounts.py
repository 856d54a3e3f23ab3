"""Google accounts to work with: the emulated other side, and this side's way to it."""

from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from integrations.google import Tokens
from integrations.google.client import GoogleApi
from tests.emulators.google import Google
from tests.emulators.google.tasks import TasksAccount, tasks_app
from tests.emulators.serve import served


class Pass:
    """A way in that never ends."""

    async def access(self) -> str:
        return "good"

    async def renew(self, stale: str) -> str:
        return "good"


@dataclass
class TasksSide:
    """Someone's tasks at Google."""

    google: Google
    there: TasksAccount
    address: str
    threads: ThreadPoolExecutor = field(repr=False)

    def api(self, tokens: Tokens | None = None, **more: Any) -> GoogleApi:
        """Ours to it; it waits shortly."""
        return GoogleApi(
            "tasks",
            "v1",
            tokens or Pass(),
            threads=self.threads,
            endpoint=self.address,
            **{"tries": 1, "patience": 5.0, **more},
        )


@asynccontextmanager
async def tasks_account() -> AsyncIterator[TasksSide]:
    """Served for as long as the block lasts; nothing was answered that Google couldn't have."""
    google, there = Google(), TasksAccount()
    with ThreadPoolExecutor(8) as threads:
        async with served(tasks_app(google, there)) as address:
            yield TasksSide(google, there, address, threads)
    assert google.wrong == []
