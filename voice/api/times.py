"""Moments and stretches of time as clients write them."""

import re
from datetime import date, datetime, time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field

from agent.context import Context
from integrations.errors import Invalid

Asked = Annotated[
    str | None, Field(max_length=40, description="A moment (ISO 8601 with offset) or a day in the person's zone.")
]


def span(ctx: Context, start: str | None, to: str | None, longest: timedelta) -> tuple[datetime, datetime]:
    """The stretch that was asked for; by default the week that begins today. Raises `Invalid`."""
    starts = read(start, ctx.zone) if start else ctx.day()[0]
    ends = read(to, ctx.zone) if to else starts + timedelta(days=7)
    if ends <= starts:
        raise Invalid("That ends before it starts.")
    if ends - starts > longest:
        raise Invalid(f"That is too long a stretch; {longest.days} days are the most.")
    return starts, ends


def read(text: str, zone: ZoneInfo) -> datetime:
    """One moment; a day is its midnight in the zone. Raises `Invalid`."""
    # a plus that was not escaped arrives as a space
    text = re.sub(r"(T[\d:.]+) (\d\d:?\d\d)$", r"\1+\2", text.strip())
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            return moment(date.fromisoformat(text), zone)
        return moment(datetime.fromisoformat(text), zone)
    except (ValueError, OverflowError) as error:
        raise Invalid(f"{text} is not a time such as 2026-03-05T09:30:00+01:00 or 2026-03-05.") from error


def moment(at: datetime | date, zone: ZoneInfo) -> datetime:
    """In the zone; a day is its midnight there. Raises `Invalid` beyond the calendar's ends."""
    try:
        if not isinstance(at, datetime):
            at = datetime.combine(at, time(), zone)
        found = at.replace(tzinfo=zone) if at.tzinfo is None else at.astimezone(zone)
    except OverflowError as error:
        raise Invalid("That is too far away.") from error
    if not 1900 <= found.year <= 2999:
        raise Invalid("That is too far away.")
    return found


def known_zone(name: str | None) -> ZoneInfo | None:
    """Raises `Invalid` for what is none."""
    if name is None:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Invalid(f"{name[:60]} is not a time zone such as Europe/Berlin.") from error
