"""When the emulated calendar's events are: dateutil on zoned times, which is not how our own code counts."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dateutil.rrule import rruleset, rrulestr

from tests.emulators.google import Refuse

Resource = dict[str, Any]


def zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise Refuse(400, "invalid", f"Invalid time zone definition: {name}") from error


def moment(when: Resource, here: ZoneInfo) -> datetime:
    """The beginning of a day, or the moment; in UTC."""
    if "date" in when:
        return datetime.combine(date.fromisoformat(when["date"]), time(), here).astimezone(UTC)
    at = datetime.fromisoformat(when["dateTime"])
    if at.tzinfo is None:
        if "timeZone" not in when:
            raise Refuse(400, "required", "Missing time zone definition for start time.")
        at = at.replace(tzinfo=zone(when["timeZone"]))
    return at.astimezone(UTC)


def shown(when: Resource, here: ZoneInfo) -> Resource:
    """As Google gives it back: in the zone of the calendar, with the zone it was given in."""
    if "date" in when:
        return {"date": when["date"]}
    named = when.get("timeZone", here.key)
    return {"dateTime": moment(when, here).astimezone(here).isoformat(), "timeZone": named}


def checked(resource: Resource, here: ZoneInfo) -> Resource:
    """With its times in order. Raises `Refuse`."""
    start, end = resource.get("start"), resource.get("end")
    if not start or not end:
        raise Refuse(400, "required", "Missing start or end time.")
    for when in (start, end):
        if ("date" in when) == ("dateTime" in when):
            raise Refuse(400, "invalid", "Invalid start or end time.")
        if "timeZone" in when:
            zone(when["timeZone"])
    if ("date" in start) != ("date" in end):
        raise Refuse(400, "invalid", "Start and end times must either both be date or both be dateTime.")
    if resource.get("recurrence") and "dateTime" in start and "timeZone" not in start:
        raise Refuse(400, "required", "Missing time zone definition for start time.")
    if moment(end, here) < moment(start, here) or ("date" in start and start["date"] == end["date"]):
        raise Refuse(400, "timeRangeEmpty", "The specified time range is empty.")
    resource |= {"start": shown(start, here), "end": shown(end, here)}
    if resource.get("recurrence"):
        _rules(resource, here)
    return resource


def occurrences(master: Resource, here: ZoneInfo, until: datetime) -> Iterator[tuple[str, Resource]]:
    """Each occurrence that starts before `until`: what its id ends with, and its start and end and original start."""
    start, end = moment(master["start"], here), moment(master["end"], here)
    all_day, seen = "date" in master["start"], set()
    days = date.fromisoformat(master["end"]["date"]) - date.fromisoformat(master["start"]["date"]) if all_day else None
    for local in _rules(master, here):
        at = local.replace(tzinfo=here if all_day else local.tzinfo, fold=0).astimezone(UTC)
        if at >= until:
            return
        name = f"{local:%Y%m%d}" if all_day else f"{at:%Y%m%dT%H%M%SZ}"
        if name in seen:
            continue
        seen.add(name)
        if days is not None:
            first = {"date": local.date().isoformat()}
            yield name, {"start": first, "end": {"date": (local.date() + days).isoformat()}, "originalStartTime": first}
        else:
            named = master["start"]["timeZone"]
            first = shown({"dateTime": at.isoformat(), "timeZone": named}, here)
            last = shown({"dateTime": (at + (end - start)).isoformat(), "timeZone": named}, here)
            yield name, {"start": first, "end": last, "originalStartTime": first}


def _rules(master: Resource, here: ZoneInfo) -> rruleset:
    all_day = "date" in master["start"]
    if all_day:
        first = datetime.combine(date.fromisoformat(master["start"]["date"]), time())
    else:
        first = moment(master["start"], here).astimezone(zone(master["start"]["timeZone"])).replace(fold=0)
    rules, ruled = rruleset(), False
    for line in master["recurrence"]:
        name, _, value = line.partition(":")
        kind, *parameters = name.split(";")
        try:
            if kind in {"RRULE", "EXRULE"}:
                ruled = ruled or kind == "RRULE"
                getattr(rules, kind.lower())(rrulestr(value, dtstart=first))
            elif kind in {"RDATE", "EXDATE"}:
                for text in value.split(","):
                    getattr(rules, kind.lower())(_date(text, parameters, first))
            else:
                raise Refuse(400, "invalid", f"Invalid recurrence rule: {line}")
        except (ValueError, TypeError) as error:
            raise Refuse(400, "invalid", f"Invalid recurrence rule: {line}") from error
    if not ruled:
        rules.rdate(first)
    return rules


def _date(text: str, parameters: list[str], first: datetime) -> datetime:
    if len(text) == 8:
        return datetime.strptime(text, "%Y%m%d").replace(hour=first.hour, minute=first.minute, tzinfo=first.tzinfo)
    at = datetime.strptime(text.rstrip("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007, its zone comes next
    if first.tzinfo is None:
        return at
    if text.endswith("Z"):
        return at.replace(tzinfo=UTC).astimezone(first.tzinfo).replace(fold=0)
    named = next((one.removeprefix("TZID=") for one in parameters if one.startswith("TZID=")), None)
    own = zone(named) if named else first.tzinfo
    return at.replace(tzinfo=own).astimezone(UTC).astimezone(first.tzinfo).replace(fold=0)


FOREVER = datetime(2100, 1, 1, tzinfo=UTC)
FAR = timedelta(days=366 * 300)
