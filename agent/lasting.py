"""Statements about oneself that are plainly meant to last, found by rules: few, and none that could be meant otherwise."""

import re

_LEAD = r"(?:(?:by the way|btw|well|oh|so|and|but|also|actually|you know|just so you know|fyi|no|yes|ok|okay|because|since|as)[, ]+)*"
_KIN = (
    "wife|husband|partner|girlfriend|boyfriend|son|daughter|sister|brother|mother|father|mum|mom|dad|boss|doctor|dentist|dog|cat"
    "|neighbou?r|assistant|manager|landlord|colleague|friend|aunt|uncle|cousin|gran\\w*"
)
_DAYS = r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
_STATEMENTS = tuple(re.compile(f"{_LEAD}(?P<said>{pattern})", re.IGNORECASE) for pattern in (
    r"(?:i'm|i am|we're|we are) (?:not |no longer |also |both )?(?:allergic to|intolerant to|lactose[- ]intolerant|vegetarian|vegan|diabetic|left[- ]handed|colou?r[- ]?blind)\b.*",
    rf"my (?:{_KIN})(?:'s name is|(?: is|'s) (?:called|named)) [\w'-]+(?: [\w'-]+)?",
    rf"my (?:{_KIN}) is (?-i:[A-Z])[\w'-]+(?: (?-i:[A-Z])[\w'-]+)?",
    rf"my (?:{_KIN}) (?:is|has) (?:allergic to|intolerant to|vegetarian|vegan)\b.*",
    r"(?:i|we) (?:always|never|usually|normally) (?!mind|said|say|told|asked|ask|know|knew|thought|think|wanted|forget|get (?:it|this|that)|got|heard|had|did|saw|meant|mean)[a-z]+ .+",
    r"(?:i|we) prefer (?!that one|this one|it|that\b|this\b|the (?:first|second|third|last)).+",
    r"(?:i|we) (?:don't|do not|can't|cannot|no longer) (?:eat|drink|smoke|drive|fly) .+",
    r"(?:i|we) (?:don't|do not) (?:like|work|want|take|do) (?:any |to |having )?(?:meetings?|calls?|work|appointments?|on|before|after|in the|at|early|late)\b.*",
    r"(?:i|we)(?: have|'ve)? (?:just )?moved to .+",
    r"(?:i|we) live (?:in|at|on|near) .+",
    r"i work (?:for|as|from home|best)\b.*",
    r"i(?:'m| am) (?:a morning person|an early bird|a night owl)\b.*",
    r"(?:i|we) (?:take|drink|like|have) (?:my|our) (?:coffee|tea|eggs|steak) .+",
    rf"(?:i|we)(?: have|'ve)?(?: got)? (?:have )?(?:a|two|three|four|five|\d) (?:{_KIN}|kid|child)(?:s|ren)?(?: (?:called|named) .+)?",
    rf"my (?:{_KIN}) (?:lives (?:in|at|on|near)|works (?:in|at|for|as)) .+",
    r"(?:no|never any) (?:meetings|calls|appointments) (?:before|after|on) .+",
    r"(?:my|our) (?:birthday|anniversary|name|shoe size|blood type)(?: is|'s) (?:on )?.+",
    r"i was born (?:in|on) .+",
    r"my favou?rite [\w ]+ (?:is|are) .+",
    rf"i (?:usually |always |normally |often )?(?:run|swim|cycle|jog|climb|dance|paint|train|meditate|play [\w ]+|do [\w ]+|go [\w ]+|practi[cs]e [\w ]+) (?:on|every|each) {_DAYS}\b.*",
))  # fmt: skip
_PASSING = re.compile(
    r"\b(?:today|tonight|tomorrow|yesterday|this (?:week|morning|afternoon|evening|time|month|year|weekend)|right now|at the moment|for now|currently"
    r"|next (?:week|time|month|\w+day)|last (?:week|time|month|year|\w+day)|if|would|could|maybe|perhaps|might|wish|pretend|suppose|imagine|joke|joking|kidding|said|says|wrote|told)\b",
    re.IGNORECASE,
)
"""What makes a statement one of an occasion, of a possibility, or of somebody else's."""
LONGEST = 200  # characters


def lasting(said: str) -> list[str]:
    """The statements in what was said, letter by letter as they stand there."""
    if re.search(r"[\"“”«»]|^>", said):
        return []  # somebody else's words, perhaps
    found = []
    for sentence in re.findall(r"[^.!?;\n]+[.!?;\n]?", said):
        plain = sentence.strip().replace("’", "'")
        if plain.endswith("?") or len(plain) > LONGEST or _PASSING.search(plain):
            continue
        for pattern in _STATEMENTS:
            if match := pattern.fullmatch(plain.rstrip(" .!;,")):
                start = sentence.index(sentence.strip()) + match.start("said")
                found.append(sentence[start : start + len(match["said"])].strip())
                break
    return found
