"""Bringing the tables of an older Chronus up to date, by Alembic."""

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, text

from integrations.errors import Conflict
from integrations.store.engine import open_engine
from integrations.store.refusals import our_words, reaching

PATIENCE = 600  # seconds, for a large table or for the one who migrates already
LOCK = 0x6368726F6E7573  # "chronus", as a number for PostgreSQL's advisory locks


async def migrate(url: str | None, data: Path) -> None:
    """Bring the tables up to date. Of many who start at once, one works and the others wait."""
    await asyncio.to_thread(asyncio.run, _migrate(url, data))  # Alembic reads files: not on the caller's loop


async def _migrate(url: str | None, data: Path) -> None:
    async with AsyncExitStack() as opened:
        engine = open_engine(url, data, wait=PATIENCE)
        opened.push_async_callback(engine.dispose)
        with reaching():
            connection = await opened.enter_async_context(engine.connect())
            await connection.begin()
        with our_words():
            if engine.dialect.name == "postgresql":
                await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
            await connection.run_sync(upgrade)
            await connection.commit()


def config(connection: Connection) -> Config:
    """What Alembic needs to know."""
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    settings.set_main_option("file_template", "m%%(rev)s_%%(slug)s")  # a name that can be imported
    settings.attributes["connection"] = connection
    return settings


def upgrade(connection: Connection) -> None:
    """Everything that is missing, in the transaction that is under way. Raises `Conflict` for tables of a newer one."""
    try:
        command.upgrade(config(connection), "head")
    except CommandError as error:
        raise Conflict("My data was made by a newer Chronus; please use that one.") from error
