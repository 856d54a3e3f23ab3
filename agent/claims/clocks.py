"""Hours that are named in words, each with every minute of the day it can mean: "at three" is 3:00 or 15:00."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from agent.claims.numbers import value
from agent.when.words import MONTHS

_HOUR = r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_MINUTES = r"twenty-five|twenty\ five|five|ten|twenty|a\ quarter|quarter|half|(?:[1-5]?\d|thirty|forty|fifty)(?=\ (?:minutes\ (?:past|to)|past)\ )"
_HALF = r"(?:\s*(?P<{}>a\.?m\.?|p\.?m\.?)(?![a-z]))"
_NOT = (
    r"(?!\s*(?:%|percent|euro|dollar|pound|minute|min\b|hour|day|week|month|year|people|person|thing|item|task|meeting|mail|email|"
    r"appointment|event|message|reminder|of\b|more\b|other|new\b|open\b|unread|change|guest|time|degree|free\b|important|soup|overdue|"
    rf"(?:of\s)?(?:{'|'.join(MONTHS)})\b(?<!may)|may(?=[.,;:!?]|$)|late\b|early\b|one-|litre|liter|kilo|mile|km\b|unanswered|friends?\b|friend|(?:oh\ five|fifteen|thirty|forty|twenty|ten|fifty|past)\b))(?![\w:]|-\w|[.,]\d)"
)
_AT = (
    r"(?:(?<=\bat\ )|(?<=\bfrom\ )|(?<=\buntil\ )|(?<=\btill\ )|(?<=\bby\ )|(?<=\bto\ )|(?<=\bbefore\ )|(?<=\bafter\ ))"
)
""" "At 8.15": with a point only where an hour is expected."""
_CLOCK = re.compile(
    rf"""\b(?P<h1>\d{{1,2}})(?::|\.(?=\d\d\s*[ap]\.?m)|h(?=\d\d\b))(?P<m1>\d\d){_HALF.format("half1")}?(?!\d)
    |{_AT}\b(?P<h15>\d{{1,2}})\.(?P<m15>[0-5]\d)(?!\w|\.\d|\s*(?:%|percent|euro|dollar|pound|rupee|kilo|km\b|met))
    |\b(?P<h2>{_HOUR}){_HALF.format("half2")}
    |\b(?P<h3>{_HOUR})\ o'?clock(?:\ (?:in\ the\ )?(?P<p3>morning|afternoon|evening))?
    |\b(?P<h11>{_HOUR})(?=\ (?:to|until|till)\ {_HOUR}(?:\ (?:thirty|fifteen|forty-five)|\ ?[ap]\.?m|:\d\d)|\ (?:to|until|till)\ (?:half|a\ quarter|quarter)\ (?:past|to|{_HOUR})\b)
    |\b(?P<h12>two|three|four|six|seven|eight|nine|eleven|twelve)(?=\ (?:to|until|till)\ (?:{_HOUR}{_NOT}|noon\b|midnight\b))
    |\b(?P<m4>{_MINUTES})(?:\ minutes)?\ (?P<way>past|to|before|after)\ (?P<h4>{_HOUR})\b(?!:|\ (?:fifteen|thirty|forty|half)|\ ?[ap]\.?m.*\bfrom)
    |\b(?P<m13>half)\ (?P<h13>{_HOUR}){_NOT}
    |\b(?P<h5>{_HOUR})\ (?P<m5>oh\ five|fifteen|thirty|forty-five|forty\ five|forty|twenty|ten|fifty)\b(?!\s*(?:minutes|people))
    |\b(?:at|from|until|till|by|around|after|before|since|between|now|past|almost|nearly|starting|(?:set|scheduled|down|planned|moved|due|reminder|in)\ for|to|(?<=[\d\s])-)\ ?(?:about\ |around\ )?(?!(?<!from\ )(?<!between\ )(?<!since\ )(?<!starting\ )(?:five|ten|twenty|\d+)\ (?:past|to)\ {_HOUR}\b)(?P<h6>{_HOUR})(?:{_HALF.format("half3")}|\b{_NOT})
    |\b(?P<h7>{_HOUR})\ (?:it\ is|sharp|on\ the\ dot|on\ the\ button)\b
    |(?:^|(?<=[,;:.!?]\ )|(?<=but\ )|(?<=and\ )|(?<=so\ )|(?<=then\ ))(?P<h10>{_HOUR})(?:'s|\ is|\ works|\ would\ work|\ would\ be)(?=\ (?:(?:already|still)\ )?(?:taken|free|fine|good|open|busy|booked|clear|no\ good|okay|ok|too|available|blocked|as\ well)\b|[.,!]|$)
    |(?:^|(?<=[,;:.!?]\ )|(?<=but\ )|(?<=and\ )|(?<=so\ ))(?P<h14>{_HOUR})(?=(?:\ (?:on\ \w+day|tomorrow|then))?\ (?:(?:would|wouldn't|won't|doesn't|does|will|could|should|might)\ (?:clash|work|collide|conflict|suit|fit|do\b(?!\ \w))|clashes|suits|collides|works)\b)
    |(?:(?<=at\ )|(?<=by\ )|(?<=to\ )|(?<=is\ )|(?<='s\ )|(?<=for\ )|(?<=from\ )|(?<=around\ )|(?<=about\ )|(?<=until\ )|(?<=till\ )|(?<=before\ )|(?<=after\ )|(?<=since\ )|(?<=past\ )|(?<=\d\ )|(?<=means\ )|(?<=or\ ))\b(?P<h8>(?!one\ this){_HOUR})\ (?:in\ the|this)\ (?P<p8>morning|afternoon|evening)
    |\b(?P<noon>noon|midnight)\b
    |\b(?P<h9>\d{{1,2}})\ (?:uhr|heures|h)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_HOURS = tuple(f"h{at}" for at in range(1, 16))
"""The groups of an hour."""
_PAST = ("m1", "m15", "m4", "m5", "m13")
"""The groups of its minutes."""
_NAMED = {"quarter": 15, "half": 30, "oh-five": 5}
_NUMBERED = re.compile(
    r"\b(?:room|studio|hall|gate|platform|terminal|row|floor|court|ward|table|pitch|track|seat|suite|lab|building|block|unit|bay|door|desk|lane|number|line|bus|tram|pier|dock|berth|booth|cabin|house|flat|apartment) $",
    re.IGNORECASE,
)
"""What follows is the number of a place, no hour: "in Room 3 until four"."""
_MAY_HAVE = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon|midnight)\b", re.IGNORECASE
)
"""Without any of these there is no hour; to look for them costs little."""
_AND = re.compile(rf"\bbetween\b.*?\band (?P<hour>{_HOUR})\b", re.IGNORECASE)
_PART = re.compile(
    r"^[\s,]*(?:o'clock )?(?:in the |this |tomorrow |at )?(morning|afternoon|evening|night)\b", re.IGNORECASE
)
_PART_BEFORE = re.compile(
    r"\b(?:this|in the|tomorrow|yesterday|\w+day|the|every) (morning|afternoon|evening)(?:,| at| from| around| about)* ?$",
    re.IGNORECASE,
)
""" "Tomorrow morning at eight": it may stand before the hour, too."""
_FROM = re.compile(r"\b(?:from|of)(?: about| around)?\s*$", re.IGNORECASE)
_TO = re.compile(r"\bto\b", re.IGNORECASE)
_ROUGHLY = (
    (re.compile(r"\b(?:(?:just|shortly|soon|a (?:bit|little)|right) (?:after|past|gone))\s*$", re.IGNORECASE), (0, 20)),
    (
        re.compile(r"\b(?:(?:just|shortly|a (?:bit|little)|right) (?:before|to)|nearly|almost)\s*$", re.IGNORECASE),
        (-20, 0),
    ),
    (re.compile(r"\b(?:around|about|roughly|approximately|more or less)\s*$", re.IGNORECASE), (-15, 15)),
)
"""What an hour may be off by, by the words before it."""
_HALF_PAST = re.compile(
    r"\b(?:(?P<until>to|until|till|by)|and|at) (?P<how>(?P<half>half)|quarter|a quarter) past\b(?! (?:\d|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve))",
    re.IGNORECASE,
)
_RANGE = re.compile(r"^\s*(?:o'clock |in the \w+ )?(?:to|until|till|through|-|and)\s*$", re.IGNORECASE)
_UNTIL = re.compile(
    r"\b(?:until|till|up to|(?:end(?:s|ed|ing)?|done|over|finish(?:es|ed|ing)?|gone|(?<!fly )(?<!flies )(?<!flying )(?<!head )(?<!set )(?<!go )out|stop(?:s|ping)?|wrap(?:s|ping)? up)(?: (?:only|then|again|already|today|tomorrow|(?:on )?\w+day))* (?:at|by|around|about)|lets? you (?:go|out|off)(?: of [\w' ]+)? at|takes? you(?: up)? to|(?:won't|can't|not) be (?:off|out|back|done|home|through|finished)(?: [\w ]+)? before|(?:lands?|touch(?:es)? down|(?:get|gets|be|are|you're|'ll be|he is|he's|she is|she's) back)(?: \w+)? at|(?:goes|runs|lasts|going)(?: on)?(?: right)? to|by)\s*$",
    re.IGNORECASE,
)
_NOT_UNTIL = re.compile(
    r"(?:\b(?:isn't|aren't|not)|\b(?:doesn't|don't|won't) (?:start|begin|come|open|kick off)) (?:until|till)\s*$|\byou(?: need| have|'ve got)? ?(?:to|should|must) (?:be|get) (?:at|in|to|there)(?! home)\b[\w' -]*\bby\s*$",
    re.IGNORECASE,
)
""" "Lunch isn't until one", "be at the clinic by three": it begins then."""
_IS_OVER = re.compile(
    r"^ (?:o'clock )?(?:it's (?:all )?|you're |everything's |everything is )?(?:already )?(?:over|finished|through|done)\b(?! with)",
    re.IGNORECASE,
)
""" "At four it's over"."""


@dataclass(frozen=True)
class Clock:
    """A time of the clock: the minutes after midnight that it can mean, and where it stands in the text."""

    minutes: frozenset[int]
    start: int
    end: int
    before_to: bool = False
    """It is what something was moved from."""
    ends: bool = False
    """It is when something ends."""
    off: tuple[int, int] = (0, 0)
    """By how many minutes it may be off: "just after five"."""

    def means(self, minute: int) -> bool:
        """Whether a minute of the day can be meant."""
        return any(one + self.off[0] <= minute <= one + self.off[1] for one in self.minutes)


def clocks(text: str) -> list[Clock]:
    """The hours named in a text, in their order."""
    return list(_clocks(text)) if _MAY_HAVE.search(text) else []


@lru_cache(1024)
def _clocks(text: str) -> tuple[Clock, ...]:
    found = [_clock(match, text) for match in _CLOCK.finditer(text)]
    found += [Clock(_either(value(m["hour"]), 0), m.start("hour"), m.end("hour")) for m in _AND.finditer(text)]
    kept: list[Clock] = []
    for clock in sorted(filter(None, found), key=lambda one: one.start):
        if not kept or clock.start >= kept[-1].end:
            between = text[kept[-1].end : clock.start] if kept else ""
            ends = bool(kept and _RANGE.match(between)) or bool(_UNTIL.search(text[: clock.start]))
            ends = (ends and not _NOT_UNTIL.search(text[: clock.start])) or bool(_IS_OVER.match(text[clock.end :]))
            kept.append(replace(clock, ends=ends, off=_off(text[: clock.start])))
    pairs = zip(kept, [*kept, None][1:], strict=True)
    return tuple(_with_half([_to_its_end(clock, after) for clock, after in pairs], text))


def _to_its_end(clock: Clock, after: Clock | None) -> Clock:
    """ "From 9 to 9:30 am": what a range ends at tells which half of the day it begins in."""
    if after is None or not after.ends or len(after.minutes) != 1:
        return clock
    (end,) = after.minutes
    near = frozenset(minute for minute in clock.minutes if 0 < end - minute < 720)
    return replace(clock, minutes=near or clock.minutes)


def _off(before: str) -> tuple[int, int]:
    return next((off for pattern, off in _ROUGHLY if pattern.search(before)), (0, 0))


def _with_half(kept: list[Clock], text: str) -> list[Clock]:
    """ "From five to half past": the same hour's half."""
    match = _HALF_PAST.search(text)
    if match is None:
        return kept
    before = [clock for clock in kept if clock.start < match.start()]
    if not before:
        return kept
    half = frozenset(minute // 60 * 60 + (30 if match["half"] else 15) for minute in before[-1].minutes)
    ends = bool(match["until"] or _UNTIL.search(text[: match.start("how")]))
    return [*before, Clock(half, match.start("how"), match.end(), ends=ends), *kept[len(before) :]]


def _clock(match: re.Match[str], text: str) -> Clock | None:
    if noon := match["noon"]:
        return Clock(frozenset({720 if noon.lower() == "noon" else 0}), match.start(), match.end())
    hour = next(match[name] for name in _HOURS if match[name])
    hours, past = value(hour), _minutes(match)
    if hours > 24 or past >= 60 or ((match["h11"] or match["h12"]) and _NUMBERED.search(text[: match.start()])):
        return None
    if match["way"] and match["way"].lower() in ("to", "before"):
        hours, past = hours - 1, 60 - past
    half = match["half1"] or match["half2"] or match["half3"]
    after, ahead = _PART.match(text[match.end() :]), _PART_BEFORE.search(text[: match.start()])
    part = match["p3"] or match["p8"] or (after or ahead or ("", ""))[1]
    minutes = _meant(hours, past, half or "", part.lower(), exact=hour.startswith("0"))
    start = min(match.start(name) for name in (*_HOURS, "m4", "m13") if match[name])
    before_to = _FROM.search(text[:start]) and _TO.search(text[match.end() :])
    return Clock(minutes, start, match.end(), bool(before_to))


def _minutes(match: re.Match[str]) -> int:
    said = next((match[name] for name in _PAST if match[name]), "0").lower().removeprefix("a ").replace(" ", "-")
    return _NAMED[said] if said in _NAMED else value(said)


def _meant(hours: int, past: int, half: str, part: str, *, exact: bool) -> frozenset[int]:
    if half or part:
        early = part == "morning" or (part == "night" and hours % 12 < 6)  # "two at night"
        late = half.lower().startswith("p") if half else not early
        return frozenset({(hours % 12 + (12 if late else 0)) * 60 + past})
    return frozenset({hours % 24 * 60 + past}) if hours > 12 or exact else _either(hours, past)


def _either(hours: int, past: int) -> frozenset[int]:
    return frozenset({hours % 12 * 60 + past, (hours % 12 + 12) * 60 + past})


def without_clocks(text: str) -> str:
    """The text without its hours."""
    for clock in reversed(clocks(text)):
        text = f"{text[: clock.start]} {text[clock.end :]}"
    return text
