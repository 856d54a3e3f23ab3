"""Calls that nobody asked for at that very hour: the briefing's, and a reminder's that nobody heard."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from agent.calling.ringer import CantCall, Ringer
from agent.quiet import quiet_until
from integrations.store.people import Person

if TYPE_CHECKING:
    from agent.services import Services

log = logging.getLogger(__name__)

UNHEARD = timedelta(minutes=5)
"""After which a reminder that was neither heard nor read rings the telephone."""
LATE = timedelta(hours=2)
"""After which a morning's call isn't made up for."""


async def ring_with_it(services: "Services", person: Person, day: date) -> None:
    """Ring at the person's briefing time of that day, once; where they want quiet then, when that ends."""
    now = services.now(person)
    at = datetime.combine(day, time.fromisoformat(person.briefing_at), services.zone_of(person))
    at = quiet_until(person, at) or at
    if now - at > LATE:
        return
    async with services.context(person, channel="job") as ctx:
        with _unless_it_cant_be():
            await ctx.ringer.ask(about="briefing", at=max(at, now), key=f"briefing:{day}")


async def ring_me(ringer: Ringer, person: Person, now: datetime, notifications: Sequence[str]) -> None:
    """In the transaction in which reminders ring: call in five minutes, unless they are heard or read by then.

    Not where that would be in quiet hours: what rings late in the evening is on the page, and has been pushed.
    """
    at = now + UNHEARD
    if quiet_until(person, at.astimezone(ZoneInfo(person.zone))) is None:
        with _unless_it_cant_be():
            await ringer.ask(about="reminder", at=at, key=f"reminder:{notifications[0]}", things=notifications)


@contextmanager
def _unless_it_cant_be() -> Iterator[None]:
    """No number, not verified, too often: the notification stands, and nobody who asks is to blame."""
    try:
        yield
    except CantCall as error:
        log.info("nobody is rung up: %s", error.say)
