"""`python -m integrations.store.migrations`: bring the tables of the configured database up to date.

With a few words, e.g. `... add briefings`, it writes the next migration instead, from what the tables say.
"""

import sys
import tempfile
from asyncio import run
from pathlib import Path

from alembic import command
from sqlalchemy import Connection

from integrations.errors import ChronusError
from integrations.settings import Settings
from integrations.store.engine import open_engine
from integrations.store.migrations import config, migrate, upgrade


async def draft(words: str) -> None:
    """Write the next migration: the difference between those there are and the tables."""

    def compare(connection: Connection) -> None:
        upgrade(connection)
        number = len(list((Path(__file__).parent / "versions").glob("m*.py"))) + 1
        command.revision(config(connection), words, autogenerate=True, rev_id=f"{number:04}")

    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(None, Path(folder))
        async with engine.connect() as connection:
            await connection.run_sync(compare)
        await engine.dispose()


def main() -> None:
    """Do what the command line says."""
    settings = Settings()
    url = settings.database.url.get_secret_value() if settings.database.url else None
    words = " ".join(sys.argv[1:])
    try:
        run(draft(words) if words else migrate(url, settings.data))
    except ChronusError as error:
        sys.exit(error.say)


if __name__ == "__main__":
    main()
