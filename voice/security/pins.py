"""The PIN that a telephone call has to show: kept as a hash, and never guessed more than ten times a day."""

import asyncio
import logging
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from agent.telling import Telling
from integrations.clock import Clock
from integrations.errors import Invalid
from integrations.store.database import Database
from integrations.store.phones import Phones

log = logging.getLogger(__name__)

SHORTEST, LONGEST = 6, 12
_PIN = re.compile(rf"[0-9]{{{SHORTEST},{LONGEST}}}")
_ONE_AT_A_TIME = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pins")
"""A hash takes 64 MB and a tenth of a second: many calls at once must not take many times that."""


async def hash_of(pin: str) -> str:
    """What is kept of it. Raises `Invalid` for one that is too short to be any good."""
    if not _PIN.fullmatch(pin):
        raise Invalid(f"A PIN has {SHORTEST} to {LONGEST} digits.")
    return await asyncio.get_running_loop().run_in_executor(_ONE_AT_A_TIME, _hash, pin)


class Pins:
    """Whether a PIN is a person's. Every try is paid for before it is made, so parallel calls share one budget."""

    def __init__(self, database: Database, clock: Clock, telling: Telling) -> None:
        self._database, self._clock, self._telling = database, clock, telling

    async def right(self, person_id: str, pin: str) -> bool:
        """Try it. Raises `Locked` when no try is left."""
        now = self._clock()
        async with self._database.work() as session:
            kept = await Phones(session, person_id).spend(now)
        if kept is not None and _PIN.fullmatch(pin):
            loop = asyncio.get_running_loop()
            if await loop.run_in_executor(_ONE_AT_A_TIME, _matches, kept, pin):
                async with self._database.work() as session:
                    await Phones(session, person_id).give_back(now)
                return True
        async with self._database.work() as session:
            locked_until = await Phones(session, person_id).failed(now)
        if locked_until:
            log.warning("the telephone is locked after too many wrong PINs", extra={"person": person_id})
            await self._telling.tell(
                person_id,
                about="phone",
                say="Somebody who called entered ten wrong PINs, so the telephone is locked for a day. A new PIN unlocks it.",
                key=f"phone-locked:{(locked_until - timedelta(days=1)).isoformat()}",
            )
        return False


def _hash(pin: str) -> str:
    from argon2 import PasswordHasher

    return PasswordHasher().hash(pin)


def _matches(kept: str, pin: str) -> bool:
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return PasswordHasher().verify(kept, pin)
    except (VerificationError, InvalidHashError):
        return False
