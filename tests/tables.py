"""Databases that have their tables: made once a run, because making them takes longer than most tests."""

import asyncio
import atexit
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

from integrations.settings import Settings
from integrations.store.engine import FILE
from integrations.store.migrations import migrate


@cache
def empty_database() -> Path:
    """A SQLite file that has all tables."""
    folder = Path(tempfile.mkdtemp(prefix="chronus-tables-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with ThreadPoolExecutor(1) as thread:  # a loop of its own: a test's may be running here
        thread.submit(asyncio.run, migrate(None, folder)).result()
    return folder / FILE


def furnish(data: Path) -> None:
    """Make it the data folder of a Chronus that has its tables; one that was lived in stays as it is."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not (data / FILE).exists():
        shutil.copy(empty_database(), data / FILE)


def furnish_for(settings: Settings) -> None:
    """The same for a server that is about to start, where its data folder is what keeps its tables."""
    if settings.database.url is None:
        furnish(settings.data)
