"""Questions about the calendar: what is on, what is next, when and where something is."""

from itertools import pairwise

from agent.commands.intention import Intention, call
from agent.commands.patterns import Found
from agent.commands.rules import Bag, Rule, Turn, bag, rule
from agent.commands.slots import NUMBERS

GLUE = """
what which is are was were will be do did does have had has i we you me us my our your the a an any anything something some there
got get on in at for of to and up coming going happening planned scheduled booked lined look looks looking like how show tell give read
list check see let know about out over through run walk talk take all everything else more much many still left that this day days am
doing today's tomorrow's standing if whether can could where who with need should expect ahead next's week's rest it's one look
view display pull bring open hear plans plan stuff things thing fill filled full supposed morning afternoon evening night
weekend week month later soon between want find details summary overview go being held take place taking calendar's shall must may
whole entire full run-through rundown actual first last earliest latest busy hectic packed
"""


CALENDAR = "calendar diary schedule agenda planner timetable"


_EVENTS = "event events appointment appointments meeting meetings engagement engagements booking bookings commitments obligations calls sessions plans"  # fmt: skip


def _list(found: Found, turn: Turn) -> Intention | None:
    said = set(found.sentence.plain)
    named = said & set((CALENDAR + " " + _EVENTS).split())
    if {"did", "tell"} <= said:
        return None  # "what did I tell you about meetings?"
    if (
        said <= {"walk", "run", "talk", "take", "a"}
        or not (found.when or named)
        or (turn.sentences["measured"][0].length and "week" not in found.when.split())
    ):
        return None
    if found.sentence.plain[:1] and found.sentence.plain[0] in ("schedule", "plan", "book", "meeting") and found.sentence.plain[1:2] in (("a",), ("an",), ("me",), ("in",)):  # fmt: skip
        return None
    if not found.when and not said - {"the", "a", "an", "my", "and"} - named and len(said) == 1:
        return None if named & {"calls", "sessions", "call"} else call("list_events")
    first = 1 if said & {"first", "earliest"} else None
    angle = "last" if said & {"last", "latest"} else "busy" if said & {"busy", "hectic", "packed", "full"} else ""
    if "many" in said:
        angle = "count"
    if not first:
        first = _so_many(found)
    return call("list_events", angle, when=found.when, first=first)


def _so_many(found: Found) -> int | None:
    """ "the next three things", "my first two meetings"."""
    plain = found.sentence.plain
    number = next((NUMBERS[one] for before, one in pairwise(plain) if before in ("next", "first", "coming") and one in NUMBERS), 0)  # fmt: skip
    return number if number > 1 else None


def _week(found: Found, turn: Turn) -> Intention | None:
    unit = found.sentence.plain
    for name in ("week", "weekend", "month", "day"):
        if name in unit:
            rest = "rest" in unit or "remainder" in unit
            words = f"the rest of the {name}" if rest else {"day": "today"}.get(name, f"this {name}")
            return call("list_events", when=words if words != "the rest of the day" else "the rest of the day")
    return None


def _next(found: Found, turn: Turn) -> Intention | None:
    if found.when and found.when.lower().removeprefix("for ") not in ("today", "now", "right now"):
        return None
    said = set(found.sentence.plain)
    angle = (
        "where" if "where" in said else "who" if "who" in said else "how soon" if said & {"long", "soon"} else "next"
    )
    many = _so_many(found)
    return call("list_events", "" if many else angle, first=many or 1)


_NEXT_NEEDS, _NEXT_ALLOWS = bag(
    ["next upcoming"],
    f"""{_EVENTS} {CALENDAR} {GLUE} call session when who where long until till before time soon must meet meeting see seeing after
    be somewhere have my's due {" ".join(NUMBERS)}""",
)


_LIST_NEEDS, LIST_ALLOWS = bag([], f"{GLUE} {CALENDAR} {_EVENTS} {' '.join(['call', 'session'])}")


def _part(found: Found) -> str:
    parts = ("morning", "afternoon", "evening", "night")
    return next((word.rstrip("s") for word in found.sentence.plain if word.rstrip("s") in parts), "")


RULES: list[Rule | Bag] = [
    rule(
        "when do I finish",
        """
        (what time|when|how late|until when|till when) (do|am|will|can|should) (i|we) (finish|finished|finishing|done|be done|be finished|get off|home|be home|leave|go home|stop|knock off|out of here)
        when (does|is) my (day|work|working day|work day) (end|over|finished|done|finish)
    """,
        lambda found, turn: call("list_events", "last", when=found.when or "today"),
        "apart",
    ),
    rule(
        "when do I start",
        """
        (what time|when|how early) (do|am|will|should|must) (i|we) (start|starting|begin|get up|be up|need to start|have to start|be there)
        when (does|is) my (day|first thing) (start|begin)
    """,
        lambda found, turn: call("list_events", when=found.when or "today", first=1),
        "apart",
    ),
    rule(
        "a day",
        """
        what (does|will|is) (hold|bring|look like|have in store|be like|have for me) [for me]
        what is (on the cards|ahead|in store|up|ahead of me|lined up|coming) [for me]
        what (is|have i got|do i have) coming up
        (do i|do we) (need|have) to be (anywhere|somewhere|at any place)
        (should|must|shall) (i|we) be (anywhere|somewhere|at any place)
        (am i|are we) (supposed|meant|due|expected|needed|wanted) [to be] (anywhere|somewhere|at any place)
        what (am|are|was|were) (i|we) (supposed|meant|due|expected) to [be] (doing|do|at)
        (anything|something) coming up
        (tell|talk|show) me [about]
        what have you got for me
        what (is|do i have|have i got) [still] (left|remaining|to come|still to come|still ahead|still coming)
        """,
        lambda found, turn: (
            call("list_events", when=found.when) if found.when or "coming" in found.sentence.plain else None
        ),
        "apart",
    ),
    rule(
        "a part of some day",
        """
        (what|how) (is|does|will|are) my (morning|afternoon|evening|night|mornings|afternoons|evenings) [look|looking|look like|looking like|like|be like|shaping up]
        (what is|anything|what have i got|what do i have) [on|planned] [in|for] my (morning|afternoon|evening|night)
        """,
        lambda found, turn: (
            call("list_events", when=f"{found.when} {_part(found)}") if found.when and _part(found) else None
        ),
        "apart",
    ),
    rule(
        "how some day looks",
        """
        (how|what) (is|does|are|do|will|would) (look|looking|look like|looking like|shape up|shaping up|be looking|going to look) [like|for me]
        """,
        lambda found, turn: call("list_events", when=found.when) if found.when else None,
        "apart",
    ),
    rule(
        "a part of today",
        """
        (what is|how is|how does|what does) my (evening|morning|afternoon|night) [look|looking|look like|looking like|like|be like]
        """,
        lambda found, turn: call(
            "list_events",
            when=f"this {next(w for w in found.sentence.plain if w in ('evening', 'morning', 'afternoon', 'night'))}",
        ),
        "whole",
    ),
    rule(
        "clashes",
        """
        [are there|is there|do i have|have i got|have i|do we have] (any|a|some) (clash|clashes|conflict|conflicts|overlap|overlaps|double booking|double bookings) [in|on] [my|the] [{cal}]
        (do i have|have i got|is there|are there|have i) (anything|something|any meetings|any appointments|things) (that|which) (clashes|clash|overlaps|overlap|conflicts|conflict)
        (does anything|do any meetings|do any appointments) (clash|overlap|conflict)
        (am i|are we|is anything|is something|is anybody|are any meetings|are any appointments|are there any meetings|have i got anything|do i have anything) [anywhere] (double booked|double-booked|booked twice|overlapping|clashing|conflicting|in conflict) [anywhere]
        (do|does|did|will) (anything|any of my meetings|any of my appointments|my meetings|my appointments|my events|things|something) (clash|overlap|conflict|collide)
        (any|have i any) (clashes|conflicts|overlaps|double bookings|overlapping meetings|overlapping appointments)
        """,
        lambda found, turn: call("list_events", when=found.when or None),
        "apart",
    ),
    rule(
        "the week",
        """
        (how|what) (does|do|is|will|about) [the|my|our] [rest of|remainder of] [the|my|this] (week|weekend|month|day) (look|looking|look like|looking like|shaping up|shape up|be like|going to look|like)
        (what is|how is|show|show me|tell me|what about|how about|what have i got|what do i have|give me|anything|what else is there|what is on|what is left) [on|in|for] [the|my|our|this] [rest of|remainder of] [the|my|this] (week|weekend|month|day) [like|look like|looking|looking like|ahead]
        (what have i got|what do i have|anything|what is|what is on|show me|what else do i have|what is left) [on] [planned|on|coming up] [for|in|the|this|over] [rest of|remainder of|whole] [the|my] (week|weekend|month) [ahead]
        [the|my] [whole|entire|full] (week|weekend|month) [ahead] [at a glance]
    """,
        _week,
        "whole",
    ),
    rule(
        "next in line",
        """
        (when|where|what) do i (have|need) to be [somewhere] next
        how (long|soon) [until|till|before|is] [my|the] [next] (meeting|appointment|event|thing|call)
        (how much time|how long) (do i have|have i got|is there|is left) (until|till|before) [my|the] next (meeting|appointment|event|thing|call|one)
        when [do i have|have i|is] [my|the] next (meeting|appointment|event|thing|call|one)
        what comes next
        (what is|what have i got|what do i have) [up|on|coming up] next [for me|on my list of things|on the agenda] [today|now]
        (what is|what have i got|what do i have) [up|on|coming up] [for me] [today] next
        (what is|what) [up] next [on|in] [my|the] [calendar|diary|schedule|agenda]
        where am i going next
        where (should|must|do) i (be|go|need to be|need to go|have to be|have to go) [next|now]
        what am i (supposed|meant) to be doing [next|now]
    """,
        _next,
        "whole",
    ),
    Bag("next", _NEXT_NEEDS, _NEXT_ALLOWS, _next, "apart"),
    Bag("list", _LIST_NEEDS, LIST_ALLOWS, _list, "apart", frozenset(["next", "say", "said", "told"])),
]
