"""`chronus memory`: what is remembered of whom, and the search in it made anew, for whoever looks after the machine."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from typing import Any

from rich.markup import escape
from rich.table import Table

from agent.opening import open_index
from integrations.clock import system_clock
from integrations.errors import Conflict
from integrations.settings import Settings
from integrations.store.database import Database, open_database
from integrations.store.folder import hold
from integrations.store.memories import Memories
from integrations.store.migrations import migrate
from integrations.store.owed import OwedWork
from integrations.store.people import People

SHORT = 8
"""Characters of an id that are shown to eyes."""


async def list_memories(settings: Settings, *, every: bool) -> list[dict[str, Any]]:
    """What holds, newest first; `every`: also what something newer took the place of."""
    found = []
    async with _database(settings) as database, database.look() as session:
        for person in await People(session).all():
            memories = Memories(session, person.id)
            rows = [*await memories.all(), *(await memories.replaced() if every else ())]
            found += [
                {
                    "id": row.id, "person": person.id, "text": row.text, "type": row.type, "category": row.category,
                    "origin": row.origin, "quote": row.quote, "at": row.at.isoformat(), "turn_id": row.turn_id,
                    "replaced_by": row.superseded_by, "indexed": row.embedded,
                }
                for row in rows
            ]  # fmt: skip
    return found


def table(found: Sequence[dict[str, Any]]) -> Table:
    """For eyes."""
    shown = Table("id", "since", "origin", "type", "about", "what", box=None, pad_edge=False)
    for one in found:
        what = f"[dim]{escape(one['text'])}[/]" if one["replaced_by"] else escape(one["text"])
        shown.add_row(one["id"][:SHORT], one["at"][:10], one["origin"], one["type"], one["category"], what)
    return shown


async def rebuild(settings: Settings) -> str:
    """Make everybody's vectors anew from the rows; what was done, as a sentence. Raises `Unavailable`.

    Embedded vectors belong to the server while one runs on this folder: then it is asked to.
    """
    async with _database(settings) as database, AsyncExitStack() as stack:
        if settings.qdrant.url is None:
            try:
                stack.enter_context(hold(settings.data))
            except Conflict:
                return await _ask_the_server(database)
        index = await open_index(settings, stack)
        async with database.look() as session:
            people = [person.id for person in await People(session).all()]
        done = [await index.rebuild(one, partial(_rows, database, one)) for one in people]
    return f"Made anew: the vectors of {sum(done)} {'memory' if sum(done) == 1 else 'memories'}."


async def _ask_the_server(database: Database) -> str:
    now = system_clock()
    async with database.work() as session:
        for person in await People(session).all():
            await OwedWork(session).rearm("memory.fold", person.id, "rebuild", now=now, arguments={"rebuild": True})
    return "A server runs on this folder: it makes the vectors anew now; `chronus jobs --all` tells when it is done."


@asynccontextmanager
async def _rows(database: Database, person_id: str) -> AsyncIterator[Memories]:
    async with database.work() as session:
        yield Memories(session, person_id)


@asynccontextmanager
async def _database(settings: Settings) -> AsyncIterator[Database]:
    url = settings.database.url.get_secret_value() if settings.database.url else None
    if settings.environment == "local":
        await migrate(url, settings.data)
    async with open_database(url, settings.data) as database:
        yield database
