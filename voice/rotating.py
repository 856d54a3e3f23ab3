"""`chronus keys rotate`: a new key for what is encrypted in the database, beside a running server."""

from collections.abc import Callable

from integrations.settings import Settings
from integrations.store.database import open_database
from integrations.store.migrations import migrate
from integrations.store.ring import ring_of
from integrations.store.rotation import Rotated, rotate


async def rotate_keys(settings: Settings, moved: Callable[[int], None]) -> str:
    """What was done, as a sentence or two."""
    url = settings.database.url.get_secret_value() if settings.database.url else None
    if settings.environment == "local":
        await migrate(url, settings.data)
    ring = ring_of(settings)
    async with open_database(url, settings.data, ring=ring) as database:
        return _told(await rotate(database, ring, moved=moved))


def _told(done: Rotated) -> str:
    if done.key is None:
        return "Nothing is encrypted yet, so there is nothing to do."
    said = f"{done.moved} values are encrypted by key {done.key}."
    if done.dropped:
        said += f" Old keys deleted: {done.dropped}."
    if done.lost:
        said += f" Values I couldn't read and left as they are: {done.lost}. Is CHRONUS_SECRET_KEY the right one?"
    return said
