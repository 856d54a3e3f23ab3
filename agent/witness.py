"""Where a memory comes from, as it is said: the person's words with their date, what was noticed, or the mail they had remembered."""

from datetime import datetime
from zoneinfo import ZoneInfo

from agent.shelf import Known
from integrations.store.memories import Memory


def say_witness(memory: Memory | Known, *, now: datetime, zone: ZoneInfo) -> str:
    """ "You said so on 3 March: “I take my coffee black.”" """
    on, quote = _on(memory.at.astimezone(zone), now.astimezone(zone)), " ".join(memory.quote.split())
    match memory.origin:
        case "noticed":
            return f"You never told me; I noticed it: {memory.text[:1].lower()}{memory.text[1:]}."
        case "mail":
            return f"It stands in a mail; you had me remember it {on}: “{quote}”"
        case _:
            return f"You said so {on}: “{quote}”"


def _on(moment: datetime, now: datetime) -> str:
    away = (now.date() - moment.date()).days
    if away in (0, 1):
        return ("today", "yesterday")[away]
    return f"on {moment.day} {moment:%B}" + (f" {moment.year}" if moment.year != now.year else "")
