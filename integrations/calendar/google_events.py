"""Google's JSON of an event, and our words for it."""

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from integrations.calendar import Event
from integrations.calendar.details import Details
from integrations.calendar.rules import wall
from integrations.calendar.series import stamp_of, start_of
from integrations.store.snapshots import fingerprint

Raw = dict[str, Any]
GONE = "gone"
INSTANCE = re.compile(r"(.+)_(\d{8}(?:T\d{6}Z)?)")
FIELDS = {"title": "summary", "place": "location", "notes": "description"}


@dataclass(frozen=True)
class Home:
    """The calendar that an event is in, and the zone of the person who looks: an all-day event has none of its own."""

    id: str
    primary: bool
    zone: ZoneInfo

    def named(self, google_id: str) -> str:
        """How we name an event of it: unlike Google's own, our names are of one calendar only."""
        return google_id if self.primary else f"{google_id}~{tag(self.id)}"


def tag(calendar_id: str) -> str:
    """Short for a calendar."""
    return hashlib.sha256(calendar_id.encode()).hexdigest()[:8]


def parted(event_id: str) -> tuple[str, str]:
    """Google's id, and the tag of the calendar (empty: the primary one)."""
    google_id, _, of = event_id.partition("~")
    return google_id, of


def gone(raw: Raw) -> bool:
    """Whether it was taken off the calendar."""
    return bool(raw.get("status") == "cancelled")


def details_of(raw: Raw, zone: ZoneInfo) -> Details:
    """What Google says about an event that isn't gone; `zone` is the person's."""
    all_day = "date" in raw["start"]
    own = zone if all_day else _zone(raw["start"].get("timeZone"), zone)
    hidden = "Busy" if raw.get("visibility") in {"private", "confidential"} else "Untitled"
    return Details(
        title=raw.get("summary", "").strip() or hidden,
        starts=when_of(raw["start"], zone),
        ends=when_of(raw["end"], zone),
        all_day=all_day,
        zone=own.key,
        place=raw.get("location", ""),
        notes=raw.get("description", ""),
        guests=tuple(one["email"] for one in raw.get("attendees", ()) if _invited(one)),
    )


def event_of(raw: Raw, home: Home, *, recurrence: str | None = None, pending: bool = False) -> Event:
    """An event or one occurrence as Google gives it; `recurrence` is its series' rule where that is known."""
    shown, master = details_of(raw, home.zone), raw.get("recurringEventId")
    series = master or (raw["id"] if recurrence is not None else None)
    return event_with(shown, raw, home, id=raw["id"], series=series, recurrence=recurrence, pending=pending)


def event_with(
    shown: Details, raw: Raw, home: Home, *, id: str, series: str | None, recurrence: str | None, pending: bool = False
) -> Event:
    """An event in our words. Its etag is of what can be seen: whatever Google counts beyond that is no change to a person."""
    own = shown.clock
    seen = vars(shown) | {
        "id": home.named(id),
        "starts": shown.starts.astimezone(own),
        "ends": shown.ends.astimezone(own),
        "series": home.named(series) if series else None,
        "calendar": home.id,
        "link": link_of(raw),
        "busy": raw.get("transparency") != "transparent" and not _declined(raw),
    }
    rule = {"recurrence": recurrence if id == series else None}  # an occurrence is the same whoever tells its rule
    etag = fingerprint(seen | rule)
    return Event(**seen, recurrence=recurrence, source="google", pending=pending, invited=theirs(raw), etag=etag)


def content(raw: Raw | None, zone: ZoneInfo) -> str:
    """Short, and different whenever what a person sees is; `GONE` for what isn't there."""
    if raw is None or gone(raw):
        return GONE
    return fingerprint([details_of(raw, zone).as_json(), sorted(raw.get("recurrence", ()))])


def link_of(raw: Raw) -> str:
    """Where to meet on a screen."""
    entries = raw.get("conferenceData", {}).get("entryPoints", ())
    return str(
        next((one["uri"] for one in entries if one.get("entryPointType") == "video"), raw.get("hangoutLink", ""))
    )


def body_of(shown: Details, known: Raw | None = None) -> Raw:
    """All that we can say about an event, as Google takes it; `known` is what it has now, whose guests keep their answers."""
    texts = {theirs: getattr(shown, ours) for ours, theirs in FIELDS.items()}
    return texts | times_of(shown) | {"attendees": attendees(shown.guests, known or {})}


def difference(old: Details, new: Details, known: Raw) -> Raw:
    """Only what has to be said to get from one to the other."""
    body = {theirs: getattr(new, ours) for ours, theirs in FIELDS.items() if getattr(new, ours) != getattr(old, ours)}
    if any(getattr(new, name) != getattr(old, name) for name in ("starts", "ends", "all_day", "zone")):
        body |= times_of(new)
    if new.guests != old.guests:
        body["attendees"] = attendees(new.guests, known)
    return body


def times_of(shown: Details) -> Raw:
    """Start and end, with null for what a patch has to take away."""
    if shown.all_day:
        days = (wall(at, shown.clock).date().isoformat() for at in (shown.starts, shown.ends))
        return {name: {"date": day, "dateTime": None, "timeZone": None} for name, day in zip(ENDS, days, strict=True)}
    moments = (at.astimezone(shown.clock).isoformat() for at in (shown.starts, shown.ends))
    return {
        name: {"dateTime": at, "timeZone": shown.zone, "date": None} for name, at in zip(ENDS, moments, strict=True)
    }


ENDS = ("start", "end")


def attendees(guests: tuple[str, ...], known: Raw) -> list[Raw]:
    """A patch replaces the whole list: whoever is on it stays as they are, the person and rooms too."""
    old = known.get("attendees", [])
    kept = [one for one in old if not _invited(one) or one["email"] in guests]
    there = {one["email"] for one in kept}
    return kept + [{"email": guest} for guest in guests if guest not in there]


def without_nulls(body: Raw) -> Raw:
    """For what is new there is nothing to take away."""
    return {
        name: without_nulls(value) if isinstance(value, dict) else value
        for name, value in body.items()
        if value is not None
    }


def says(raw: Raw, body: Raw, zone: ZoneInfo) -> bool:
    """Whether an event is already as a patch would have it."""
    if gone(raw):
        return False
    return all(_same(name, raw.get(name), value, zone) for name, value in body.items() if name != "status")


def instance_of(master: Raw, stamp: str, zone: ZoneInfo) -> Raw:
    """An occurrence that nobody has touched, as Google would give it."""
    base = details_of(master, zone)
    shown = base.at(start_of(stamp))
    times = without_nulls(times_of(shown))
    kept = {name: value for name, value in master.items() if name != "recurrence"}
    named = {"id": instance_id(master, stamp, zone), "recurringEventId": master["id"]}
    return kept | times | named | {"originalStartTime": times["start"]}


def instance_id(master: Raw, stamp: str, zone: ZoneInfo) -> str:
    """Google's name of an occurrence."""
    if "date" in master["start"]:
        return f"{master['id']}_{wall(start_of(stamp), zone):%Y%m%d}"
    return f"{master['id']}_{stamp}"


def stamp_in(google_id: str, zone: ZoneInfo) -> tuple[str, str | None]:
    """The series and the occurrence that an id of Google's may mean."""
    found = INSTANCE.fullmatch(google_id)
    if found is None:
        return google_id, None
    if len(found[2]) > 8:
        return found[1], found[2]
    try:
        return found[1], stamp_of(datetime.combine(date.fromisoformat(found[2]), time(), zone))
    except ValueError:
        return google_id, None


def original(raw: Raw, zone: ZoneInfo) -> str:
    """Which occurrence an exception is of."""
    return stamp_of(when_of(raw["originalStartTime"], zone))


def when_of(when: Raw, zone: ZoneInfo) -> datetime:
    """A moment; a day begins at the person's midnight. In UTC."""
    if "date" in when:
        return datetime.combine(date.fromisoformat(when["date"]), time(), zone).astimezone(UTC)
    at = datetime.fromisoformat(when["dateTime"])
    return (at if at.tzinfo else at.replace(tzinfo=_zone(when.get("timeZone"), zone))).astimezone(UTC)


def in_zone(shown: Details, zone: ZoneInfo) -> Details:
    """An all-day event on the same days as the person's zone has them."""
    if not shown.all_day or shown.zone == zone.key:
        return shown
    days = [datetime.combine(wall(at, shown.clock).date(), time(), zone) for at in (shown.starts, shown.ends)]
    return replace(shown, zone=zone.key, starts=days[0].astimezone(UTC), ends=days[1].astimezone(UTC))


def _same(name: str, there: Any, wanted: Any, zone: ZoneInfo) -> bool:
    if name in ENDS:
        meant = without_nulls(wanted)
        zones = "date" in meant or there.get("timeZone", meant["timeZone"]) == meant["timeZone"]
        return zones and ("date" in there) == ("date" in meant) and when_of(there, zone) == when_of(meant, zone)
    if name == "attendees":
        return {one["email"] for one in there or ()} == {one["email"] for one in wanted or ()}
    if name == "conferenceData":
        return bool(there)
    return bool((there or None) == (wanted or None))


def _zone(name: str | None, otherwise: ZoneInfo) -> ZoneInfo:
    try:
        return ZoneInfo(name) if name else otherwise
    except (ZoneInfoNotFoundError, ValueError):
        return otherwise


def _invited(one: Raw) -> bool:
    return not one.get("self") and not one.get("resource") and "email" in one


def theirs(raw: Raw) -> bool:
    """Whether somebody else wrote it, or may: who organises and who made it are the person, or nobody is named."""
    own = all(raw[role].get("self") is True for role in ("organizer", "creator") if raw.get(role))
    return not own or bool(raw.get("guestsCanModify"))


def _declined(raw: Raw) -> bool:
    return any(one.get("self") and one.get("responseStatus") == "declined" for one in raw.get("attendees", ()))
