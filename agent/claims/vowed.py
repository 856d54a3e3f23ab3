"""What is promised to happen unasked: a nudge at five is borne out by a reminder, watching over something by nothing at all."""

import re

from agent.claims.known import Known, Told
from agent.claims.moods import by_their_leave, is_denial
from agent.claims.recurring import again, repeats
from agent.claims.rows import Row
from agent.claims.saying import Saying, naming

_I_WILL = r"\b(?:i'll|i will|i'm going to|i am going to|i shall)(?: also| then| just| gladly| happily| certainly| definitely| always| still| even| be sure to| make sure to| try to| personally)*"
_NUDGE = re.compile(
    rf"{_I_WILL} (?:nudge|ping|poke|prod|holler|alert|warn|notify|wake|buzz|jog your|drop you|give you (?:a|an|another) (?:shout|nudge|ring|heads-up|buzz|call|poke|sign|ping|bell|signal|hint|reminder|alert|warning)|give a shout|bring (?:it|that|this|them|the \w+) up|speak up|pipe up|chime in|mention it)\b"
    r"|\byou(?:'ll| will)(?: also| then)? (?:hear from me|be (?:reminded|nudged|alerted|notified|warned)|get (?:a|an|another|the) (?:shout|nudge|ping|reminder|heads-up|alert|notification|buzz))\b"
)
_WATCH = re.compile(
    rf"{_I_WILL} (?:be |keep )?(?:watch(?:ing)?|monitor(?:ing)?|track(?:ing)?|an eye|keep an eye|keep watch|look(?:ing)? out|on the lookout|in touch|get in touch|you (?:posted|updated|informed)|stay on|chas(?:e|ing)|follow(?:ing)? up|check(?:ing)? (?:back|in|again)|see to it|guard)\b"
)
_SOON = re.compile(
    rf"{_I_WILL} (?:let you know|tell you|get back to you|come back to (?:you|it|that)|check|look|go|read|send|write|report|be back|have|do|move|add|update|sort|handle)\b.*"
    r"\b(?:when(?:ever)?|if (?!you\b)|as soon as|the (?:moment|minute) |once|should (?:any|some|it)|every|each|from now on|by myself|on my own|automatically|at (?:noon|midnight|\d|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)|tomorrow|tonight|later today|on \w+day|this (?:afternoon|evening))"
)
_OF_A_DAY = re.compile(
    r"\b(?:at|what's(?: on| up| planned| there)?(?: for)?|(?:have|there is|is) (?:on|for)) (?:tomorrow|tonight|this \w+|\w+day)\b|\b(?:tomorrow|tonight|\w+day)'s\b"
    r"|\b(?:calendar|schedule|agenda|diary|plans?|events?|appointments?|meetings?|mails?|inbox|tasks?|lists?|reminders?|free time) (?:for|of|on) (?:tomorrow|tonight|this \w+|next \w+|\w+day)\b"
)
""" "I'll check tomorrow's calendar": now, not tomorrow."""
_ITSELF = re.compile(
    r"(?:\b(?:and|which|so)(?= (?:will|is going to|leaves|goes))|\b(?:it|that|this|he|the (?:draft|mail|message|note|invitation|reply)))(?:'ll| will| is going to)?(?: then| also| still| now| automatically| simply)* (?:leaves?(?! you\b)|go(?:es)? out|go(?:es)? off to|sends? itself|be sent|gets? sent|be on its way|be delivered|reach(?:es)? \w+|go(?:es)? to [a-z]+)\b(?P<rest>.*)"
)
_BY_ITSELF = re.compile(
    r"\b(?:by itself|automatically|on its own|later|tomorrow|tonight|today|at \w+|on \w+day|in (?:an?|\w+) (?:hour|minute)|\w+day (?:morning|afternoon|evening)|soon)\b"
)
_RINGS = re.compile(
    r"\b(?:it|that|this|the (?:reminder|alarm|one)|that one)(?:'ll| will)?(?: then| also| still| just| keep)* (?:go(?:es)? off|rings?|ringing|repeats?|repeating|come(?:s)? (?:back|up)|recurs?|fires?|sounds?)\b"
)
_DO_OUTSIDE = re.compile(
    rf"{_I_WILL} (?:ring|call|phone|text|pay|buy|order|book|collect|speak (?:to|with)|talk (?:to|with)|contact|chase|pick up)(?! (?:you|it (?:up|out)|this|that|the (?:tool|list))\b) (?:the |your |them|him|her|a |[a-z]+)"
)
_CALL_YOU = re.compile(
    rf"{_I_WILL} (?:call|ring|phone|text|message|e-?mail|mail|write to) you\b(?! (?:back |over |in )?to\b)"
)
_REMINDS = frozenset({"set_reminder", "change_reminder", "snooze_reminder"})


def vowed(saying: Saying, known: Known, sentence: str) -> bool | None:
    """False: something is promised that nobody will do. True: a reminder bears it out. None: nothing of the kind is promised."""
    lower = saying.lower
    if is_denial(lower) or by_their_leave(f"{sentence} {lower}"):
        return None
    if _DO_OUTSIDE.search(lower) or _WATCH.search(lower):
        return False
    if _CALL_YOU.search(lower):
        return None if any(one.tool == "call_me" for one in known.answers) else False
    told_of = (
        known.answers_read and not known.receipts and not known.waiting
    )  # "it leaves at one": the van that was read
    if not told_of and (match := _ITSELF.search(lower)) and _BY_ITSELF.search(match["rest"]):
        return False
    if _RINGS.search(lower):
        if _about_reminders(known):
            return _reminded(saying, known)
        again_told = known.receipts and re.search(r"\b(?:come(?:s)? back|repeat|recur)", lower)
        return repeats([row for one in known.receipts for row in one.rows]) if again_told else None
    if _NUDGE.search(lower) or _SOON.search(_OF_A_DAY.sub(" ", lower)):
        return _reminded(saying, known)
    return None


def _about_reminders(known: Known) -> bool:
    return any(one.now and "reminder" in one.tool for one in known.answers)


def _reminded(saying: Saying, known: Known) -> bool:
    """Whether a reminder that stands is for that hour and day, and as often."""
    rows = [row for one in (*known.receipts, *known.earlier) if one.tool in _REMINDS for row in _due(one)]
    rows += [row for row in known.rows_of("reminders") if not row.title & known.gone]
    if again(saying) or re.search(r"\b(?:every|each)\b", saying.lower):
        return repeats(rows)
    condition = re.search(
        r"\b(?P<if>if|whenever|when|as soon as|the moment) (?!it's\b|the time)(?P<what>.*)", saying.lower
    )
    if condition and not (condition["if"] == "when" and _of_its_hour(condition["what"], known)):
        return False
    return any(
        all(row.has(clock) for clock in saying.clocks) and all(row.on(day) for day in saying.days) for row in rows
    )


def _of_its_hour(what: str, known: Known) -> bool:
    """ "When they're over", "when the glue's dry": of a reminder that has just been set, its hour."""
    written = [row for one in known.receipts if one.tool in _REMINDS for row in one.rows]
    named = naming(what)
    return any(named <= row.words for row in written) if named else "over" in what


def _due(one: Told) -> list[Row]:
    return [row for row in one.rows if row.moments]
