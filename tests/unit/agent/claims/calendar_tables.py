"""Rows, and what is told of days and free time that were read: whole days, other days, what two share, whose and where it is."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("America/Toronto")
NOW = datetime(2026, 9, 15, 9, 40, tzinfo=ZONE)
"""A Tuesday."""


def event(title: str, day: int, starts: str, ends: str, place: str = "", guests: Sequence[str] = ()) -> dict[str, Any]:
    """One of September."""
    on = f"2026-09-{day:02}T"
    return {"title": title, "starts": f"{on}{starts}:00-04:00", "ends": f"{on}{ends}:00-04:00", "all_day": False, "busy": True, "place": place, "guests": list(guests)}  # fmt: skip


def span(first: str, last: str) -> dict[str, str]:
    """From when to when was looked."""
    return {"starts": f"2026-09-{first}:00-04:00", "ends": f"2026-09-{last}:00-04:00"}


TRIP = {"title": "No parking", "starts": "2026-09-18T00:00:00-04:00", "ends": "2026-09-21T00:00:00-04:00", "all_day": True, "busy": True, "place": "", "guests": []}  # fmt: skip
"""Friday to Sunday."""
FERRY = event("Ferry to Ward Island", 18, "09:20", "10:05", "Jack Layton Terminal")
REGATTA = event("Regatta briefing", 18, "14:00", "16:00", "Clubhouse", ["ottoline.weiss@example.org"])
SAILS = event(
    "Sail repair with Kofi", 18, "15:30", "17:00", "Dock 5", ["kofi.asante@example.net", "siu-wai.lam@example.com"]
)
SUPPER = event("Crew supper", 18, "19:15", "21:15", "Kofi's flat")
FRIDAY = (
    "list_events",
    {
        "result": {
            "events": [TRIP, FERRY, REGATTA, SAILS, SUPPER],
            "span": span("18T00:00", "19T00:00"),
            "conflicts": [],
        }
    },
)
ASKED = "what's on this Friday?"
SO = (
    "You have four appointments on Friday.", "The briefing and the sail repair overlap by half an hour, from 3:30 to 4 pm.", "There's no parking from Friday to Sunday.",
    "There's no parking for three days.", "You can't park all weekend, there's no parking until Sunday.", "Parking's back on Monday.", "The sail repair begins while the briefing's still on.",
    "There's a long gap after the ferry, from five past ten until the briefing at two.", "The ferry has no guests noted.", "There's plenty of room for three hours between the ferry and the briefing.",
    "Kofi and Siu-Wai are at the sail repair.", "You'd be back from the briefing by half past four.", "Crew supper is at Kofi's flat.", "Two hours at the clubhouse and an hour and a half at Dock 5.",
    "The only trouble is at half past three.", "Once the sail repair's done, the rest of Friday has only the supper.", "You have the briefing at the clubhouse.", "Nothing before twenty past nine, and nothing after quarter past nine.",
    "Only Kofi and Siu-Wai are down for the sail repair.", "Two of the things overlap between half past three and four.", "You start at twenty past nine and finish at quarter past nine.",
    "Siu-Wai isn't in the briefing.", "There's no parking, and that covers three days.", "The gap between the ferry and the clubhouse is nearly four hours.", "Supper lets you go at quarter past nine.",
)  # fmt: skip
NOT_SO = (
    "You have three appointments on Friday.", "The briefing and the sail repair overlap by half an hour, from 3 to 3:30 pm.", "There's no parking from Friday to Tuesday.", "There's no parking for two days.",
    "Parking's back on Saturday.", "The sail repair only begins when the briefing is over.", "There's a long gap after the ferry, from five past ten until the briefing at three.", "The briefing has no guests noted.",
    "There's plenty of room for five hours between the ferry and the briefing.", "Siu-Wai is at the briefing.", "Your aunt's coming to the briefing.", "Ottoline's meeting you at the sail repair.",
    "You'd be back from the briefing by half past three.", "Crew supper is at your flat.", "Three hours at the clubhouse and an hour and a half at Dock 5.", "The only trouble is at two.",
    "You've the ferry at twenty past nine, and the rest of Friday is open.", "You have the briefing at Dock 5.", "Supper lets you go at quarter past ten.", "Nothing before ten, and nothing after quarter past nine.", "Only Kofi is down for the sail repair.",
    "Two of the things overlap between three and half past.", "The supper being next, you've time.", "You start at twenty past nine and finish at five.", "Ottoline isn't in the briefing.",
    "The gap between the ferry and the clubhouse is nearly three hours.", "Nothing gets in the way of anything else.",
    "No, Friday's free of clashes.", "Sail repair with Ottoline is at half past three.", "It's Ottoline's supper.", "The Thursday before is empty, too.", "Saturday is free as well.",
    "The briefing starts in the morning.", "The briefing ends halfway through the ferry.", "After the ferry you've got five hours before the briefing.",
)  # fmt: skip
AT_THREE = ("find_free_time", {"result": {"free": [], "busy": [REGATTA], "span": span("18T15:00", "18T16:00"), "is_free": False, "minutes": None}})  # fmt: skip
AT_THREE_ASKED = "could I take a call on Friday at three?"
AT_THREE_SO = (
    "No, you aren't free then.", "Three on Friday doesn't work.", "That clashes with the regatta briefing.", "You'd be at the clubhouse until four.", "Three doesn't work, but from four you could.",
)  # fmt: skip
AT_THREE_NOT_SO = (
    "Yes, you're free then.", "You'd be at the clubhouse until five.", "Three doesn't work, but from half past three you could.", "That clashes with the crew supper.", "Five on Friday doesn't work.",
)  # fmt: skip
GAPS = ("find_free_time", {"result": {"free": [span("18T12:00", "18T14:00"), span("18T17:00", "18T18:00")], "busy": [REGATTA, SAILS], "span": span("18T12:00", "18T18:00"), "is_free": False, "minutes": None}})  # fmt: skip
GAPS_ASKED = "when could the rigger come on Friday afternoon?"
GAPS_SO = (
    "Two windows: noon to two and from five to six. The first one is two hours.", "Two o'clock wouldn't work, but half past twelve would do.", "Any time from five is fine for the rigger.", "Up to two you're free.",
    "You're free once the sail repair is done at five.", "From noon until two you're off.", "The rigger would go nicely between noon and two, or from five onwards.", "Only from five, or before two.", "You've a slot of two hours at noon and a shorter one at five.",
)  # fmt: skip
GAPS_NOT_SO = (
    "Two windows: noon to two and from five to six. The second one is two hours.", "Three o'clock would do.", "Any time from four is fine for the rigger.", "Up to three you're free.",
    "You're free once the sail repair is done at four.", "From noon until three you're off.", "You've a slot of an hour at noon and a shorter one at five.", "An hour would fit from half past one.", "A visit would go nicely between one and three.", "Only after three, you have a meeting until then.", "Your afternoon has a single opening, noon to two.",
)  # fmt: skip
TABLE = [
    (FRIDAY, ASKED, SO, NOT_SO),
    (AT_THREE, AT_THREE_ASKED, AT_THREE_SO, AT_THREE_NOT_SO),
    (GAPS, GAPS_ASKED, GAPS_SO, GAPS_NOT_SO),
]
