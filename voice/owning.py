"""`chronus phone number`: which number the owner calls from, said on the machine itself."""

import tzlocal

from integrations.clock import system_clock
from integrations.settings import Settings
from integrations.store.database import open_database
from integrations.store.migrations import migrate
from integrations.store.people import People
from integrations.store.phones import Phones
from integrations.store.ring import ring_of
from integrations.telephone.numbers import plain_number
from voice.security.pins import hash_of


async def own_number(settings: Settings, number: str, pin: str) -> str:
    """Keep both for the owner, beside a running server; the number as it is kept. Raises `Invalid` and `Conflict`."""
    plain, hashed = plain_number(number), await hash_of(pin)
    url = settings.database.url.get_secret_value() if settings.database.url else None
    if settings.environment == "local":
        await migrate(url, settings.data)
    zone = settings.timezone or tzlocal.get_localzone_name()
    async with open_database(url, settings.data, ring=ring_of(settings)) as database, database.work() as session:
        owner = await People(session).owner(zone, system_clock())
        phones = Phones(session, owner.id)
        await phones.use(plain)
        await phones.protect(hashed)
    return plain
