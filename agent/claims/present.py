"""What time it is now: an hour told of the present moment is compared with the clock."""

import re
from datetime import datetime

from agent.claims.clocks import Clock, clocks
from agent.claims.days import minute_of
from agent.claims.known import Known
from agent.claims.numbers import lengths, without_lengths
from agent.claims.plain import stems
from agent.claims.saying import Saying

_NOW = re.compile(r"^(?:and |so |well,? |right now,? )*(?:it's|it is|we're at|we are at|now it's)\b")
_ASKED = re.compile(r"\bwhat time is it\b|\bwhat(?:'s| is) the time\b")
_PAST = re.compile(r"\b(?:past|after|gone|later than|over)\s*$")
_AHEAD = re.compile(r"\b(?:short of|to go (?:un)?til\w*|before|until|till|away from|to)\s*$")
_BARE_HALF = re.compile(r"\b(?P<how>half|quarter|a quarter) past\b(?! \w)")
_UNTIL_THEN = re.compile(r"[,;] (?:so |and |that's |that leaves |you|which |it's |he's |she's )")
""" "It's 11:20, you're due in fifty minutes": how long until then is another matter."""
_NEXT = re.compile(r"\b(?:at|around|by|from|until|starts?|begins?|free|busy)\b")


def present(saying: Saying, known: Known) -> bool | None:
    """Whether an hour that is told of now is now's; None where none is, or something else is told with it."""
    looked = [one for one in known.answers if one.now and one.tool == "get_time"]
    clocks = [one.content["result"] for one in looked if not one.failed]
    places = " ".join([known.prompt.zone.key, *(str(one.get("zone")) for one in clocks)])
    meant = _NOW.match(saying.lower) or (_ASKED.search(known.asked.lower()) and not saying.lengths)
    if not (looked or meant) or set(saying.content) - stems(f"{places} past short"):
        return None
    if (
        not looked
        and any(one.clocks for one in saying.atoms[1:])
        and (now := _by(known.now, saying.atoms[0])) is not None
    ):
        return None if now else False  # what begins then is another matter
    if not (looked or not known.answers) or (_NEXT.search(saying.lower) and "we're at" not in saying.lower):
        return None
    moments = [known.now, *(datetime.fromisoformat(str(one["now"])) for one in clocks)]
    found = [_by(moment, saying) for moment in moments]
    return True if True in found else None if None in found else False


def _by(moment: datetime, saying: Saying) -> bool | None:
    now = minute_of(moment)
    told = [_is_now(clock, saying.timed, now) for clock in saying.clocks]
    told += [_is_short_of(part, now) for part in re.split(r"[,;]", saying.text) if lengths(part)]
    if told and told[0] and _UNTIL_THEN.search(saying.lower):
        return None
    return all(told) and all(day.fits(moment.date()) for day in saying.every_day) if told else None


def _is_now(clock: Clock, text: str, now: int) -> bool:
    if _PAST.search(text[: clock.start]):
        return any(0 <= now - minute < 180 for minute in clock.minutes)
    if _AHEAD.search(text[: clock.start]):
        return any(0 <= minute - now < 180 for minute in clock.minutes)
    return clock.means(now)


def _is_short_of(part: str, now: int) -> bool:
    """ "Ten minutes short of half past", "forty minutes to eleven"."""
    length, rest = lengths(part)[0], without_lengths(part)
    ahead = [minute for clock in clocks(rest) for minute in clock.minutes]
    if not ahead and (half := _BARE_HALF.search(rest)):
        ahead = [now // 60 * 60 + (30 if half["how"] == "half" else 15)]
    return any(minute - now == length for minute in ahead)
