"""Who sees what is done to an event: its guests, those of its other occurrences, and whoever shares its calendar."""

from dataclasses import dataclass
from datetime import timedelta

from integrations.calendar import Calendar, Event, Scope

YEAR = timedelta(days=366)
"""How far before and after it the occurrences of a series are looked at."""


@dataclass(frozen=True, kw_only=True)
class Audience:
    """Empty where nobody but the person sees it."""

    guests: tuple[str, ...] = ()
    shared: str = ""
    """The name of the calendar, where it isn't the person's main one: others may look at it."""

    def __bool__(self) -> bool:
        return bool(self.guests or self.shared)


async def audience(calendar: Calendar, event: Event, scope: Scope) -> Audience:
    """Of so much of the event."""
    guests = dict.fromkeys(event.guests)
    if scope != "one" and event.series:
        start = event.starts if scope == "following" else event.starts - YEAR
        for one in await calendar.between(start, event.starts + YEAR):
            if one.series == event.series:
                guests |= dict.fromkeys(one.guests)
    kept_in = next((info for info in await calendar.calendars() if info.id == event.calendar), None)
    shared = kept_in.name if kept_in and not kept_in.primary else ""
    return Audience(guests=tuple(guests), shared=shared)
