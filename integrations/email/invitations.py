"""What an invitation in a mail is about, in one line."""

from datetime import datetime

from icalendar import Calendar

LONGEST = 1_000_000  # bytes of an invitation worth reading


def invitation(raw: bytes) -> str:
    """Such as "Invitation: Planning, 2026-03-05 10:00 Europe/Berlin, Room 4."; empty for what can't be read."""
    if len(raw) > LONGEST:
        return ""
    try:
        calendar = Calendar.from_ical(raw)
        event = next(iter(calendar.walk("VEVENT")), None)
        if event is None:
            return ""
        starts = event.decoded("DTSTART", None)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError):
        return ""
    kind = {"CANCEL": "Cancelled", "REPLY": "Answer to an invitation"}.get(
        str(calendar.get("METHOD", "")), "Invitation"
    )
    about = [str(event.get("SUMMARY", "without a title")), _when(starts), str(event.get("LOCATION", ""))]
    return f"{kind}: {', '.join(' '.join(part.split()) for part in about if part.strip())}."


def _when(starts: object) -> str:
    if isinstance(starts, datetime):
        zone = getattr(starts.tzinfo, "key", None) or (starts.tzname() or "")
        return f"{starts:%Y-%m-%d %H:%M} {zone}".strip()
    return str(starts or "")
