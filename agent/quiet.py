"""The hours in which a person wants to be left alone."""

from datetime import datetime, time, timedelta

from integrations.store.people import Person


def quiet_until(person: Person, now: datetime) -> datetime | None:
    """When their quiet hours end, if it is within them; `now` is on their own clock.

    On nights that have an hour twice or not at all the clock on their wall counts.
    """
    begins, ends = time.fromisoformat(person.quiet_from), time.fromisoformat(person.quiet_to)
    wall = now.time().replace(tzinfo=None)
    within = begins <= wall < ends if begins <= ends else wall >= begins or wall < ends
    if not within:
        return None
    day = now.date() if wall < ends else now.date() + timedelta(days=1)
    return datetime.combine(day, ends, now.tzinfo)
