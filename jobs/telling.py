"""`chronus jobs`: what is owed, for whoever looks after the machine."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from rich.markup import escape
from rich.table import Table

from integrations.clock import system_clock
from integrations.settings import Settings
from integrations.store.database import Database, open_database
from integrations.store.owed import OwedWork, State
from integrations.store.ring import ring_of

SHORT = 8
"""Characters of an id that are shown to eyes, and are enough to name it."""
OPEN: tuple[State, ...] = ("parked", "failed", "running", "waiting")


async def list_debts(settings: Settings, *, every: bool) -> list[dict[str, Any]]:
    """Parked first, then failed, running and waiting; `every`: what is done, too."""
    async with _database(settings) as database, database.look() as session:
        states: tuple[State, ...] = (*OPEN, "done") if every else OPEN
        found = [debt for state in states for debt in await OwedWork(session).all(state)]
    return [
        {
            "id": debt.id, "job": debt.job, "person": debt.person_id, "slot": debt.slot, "state": debt.state,
            "due": debt.due.isoformat(), "attempts": debt.attempts, "say": debt.say,
            "next": debt.next_at.isoformat() if debt.state == "waiting" else None,
        }
        for debt in found
    ]  # fmt: skip


def table(found: Sequence[dict[str, Any]]) -> Table:
    """For eyes."""
    shown = Table("id", "job", "slot", "state", "tries", "due", "what came of it", box=None, pad_edge=False)
    for one in found:
        colour = {"parked": "red", "failed": "yellow", "running": "green"}.get(one["state"], "dim")
        due = one["due"][:16].replace("T", " ")
        state = f"[{colour}]{one['state']}[/]"
        shown.add_row(one["id"][:SHORT], one["job"], one["slot"], state, str(one["attempts"]), due, escape(one["say"]))
    return shown


async def retry_debt(settings: Settings, one: str) -> None:
    """`one`: its id, or how it begins. Raises `NotFound`. Whoever looks at the clock tells a worker within a second."""
    async with _database(settings) as database, database.work() as session:
        work = OwedWork(session)
        meant = [debt.id for debt in await work.all("parked", "failed") if debt.id.startswith(one)]
        await work.retry(meant[0] if len(meant) == 1 else one, system_clock())


@asynccontextmanager
async def _database(settings: Settings) -> AsyncIterator[Database]:
    url = settings.database.url.get_secret_value() if settings.database.url else None
    async with open_database(url, settings.data, ring=ring_of(settings)) as database:
        yield database
