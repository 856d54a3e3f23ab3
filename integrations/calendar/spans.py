"""Stretches of time that can be looked through, and the order of what is found there."""

from datetime import UTC, datetime, timedelta

from integrations.calendar import Event
from integrations.errors import Invalid

EARLIEST, LATEST = datetime(1899, 1, 1, tzinfo=UTC), datetime(2201, 1, 1, tzinfo=UTC)  # nothing is kept beyond
LONGEST = timedelta(days=3700)  # that is listed at once


def sensible(start: datetime, end: datetime) -> tuple[datetime, datetime]:
    """The part of it in which there can be anything. Raises `Invalid`."""
    if start.tzinfo is None or end.tzinfo is None or end < start:
        raise Invalid("That span of time makes no sense.")
    if end - start > LONGEST:
        raise Invalid("That is too long a time to list; ten years are the most.")
    return max(start, EARLIEST), min(end, LATEST)


def order(event: Event) -> tuple[datetime, bool, datetime, str, str]:
    """In UTC: on the wall an hour comes twice once a year."""
    return event.starts.astimezone(UTC), not event.all_day, event.ends.astimezone(UTC), event.title, event.id
