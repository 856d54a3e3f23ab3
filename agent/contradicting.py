"""Whether two statements can't both hold: "my locker is 12" and "my locker is 40". Only where code can be sure of it."""

import re

from agent.told import plainly

_ONE_VALUE = (
    "name|number|code|locker|address|birthday|seat|desk|room|dentist|doctor|boss|landlord|job|plate|floor|email|phone|surname"
    "|nickname|shift|zip|postcode|shoe size|size|hometown"
)
_TASTE = r"eat|drink|like|love|enjoy|hate|smoke|want|dislike|take|need"
_NOT = r"don't|do not|never|no longer|can't|cannot|won't|not"
_SUBJECTS: tuple[tuple[str, str], ...] = (
    (r"(?:my|our) (?P<subject>.+?)(?:'s name)? (?:is|are)(?: now)? (?:called|named) (?P<value>.+)", "name"),
    (r"(?:my|our) (?P<subject>.+?)'s name is(?: now)? (?P<value>.+)", "name"),
    (rf"(?:my|our) (?P<subject>(?:.+ )?(?:{_ONE_VALUE})|favou?rite .+?) (?:is|are)(?: now)? (?P<value>.+)", "one"),
    (r"(?:my|our) (?P<subject>[\w' ]+?) (?:is|are)(?: now)? (?P<value>(?:at |number )?\d[\w:.-]*)", "one"),
    (r"(?:i|we)(?: have|'ve)?(?: just| now)? (?P<subject>live in|moved to|am living in|'m living in) (?P<value>.+)", "home"),
    (r"i(?: now)? (?P<subject>work for) (?P<value>.+)", "work"),
    (r"(?:i|we)(?: always| usually)? (?:take|drink|have|like) (?:my|our) (?P<subject>coffee|tea|steak|eggs) (?P<value>.+)", "one"),
    (r"(?:i|we)(?: always| usually| normally)? (?P<subject>wake up|get up|go to bed|have lunch|eat lunch|have dinner|start work|finish work|stop work|leave work|leave the house) (?:at|around) (?P<value>.+)", "one"),
)  # fmt: skip
"""Patterns of what has one value at a time, and what kind of thing that is."""


def contradicts(old: str, new: str) -> bool:
    """Whether the newer statement takes the older one's place."""
    one, other = _statement(old), _statement(new)
    return one is not None and other is not None and one[0] == other[0] and one[1] != other[1]


def denies(text: str) -> bool:
    """Whether a statement says that something is not so."""
    return bool(re.search(rf"\b(?:{_NOT}|hate|dislike|stopped)\b", plainly(text)))


def _statement(text: str) -> tuple[str, str] | None:
    """What a statement is about, and what it says of it."""
    plain = plainly(text)
    for pattern, kind in _SUBJECTS:
        if found := re.fullmatch(pattern, plain):
            about = kind if kind in ("home", "work") else f"{found['subject']} {'name' if kind == 'name' else ''}"
            return about.strip(), found["value"]
    return _taste(plain)


def _taste(plain: str) -> tuple[str, str] | None:
    """ "I don't eat meat" and "I eat meat again": the same thing, affirmed or denied."""
    plain = re.sub(r" (?:any ?more|again|now|these days|at all)$", "", plain)
    if found := re.fullmatch(
        rf"(?:i|we)(?: really| still| also)?(?: (?P<no>{_NOT}))? (?P<verb>{_TASTE}) (?P<value>.+)", plain
    ):
        negative = bool(found["no"]) != (found["verb"] in ("hate", "dislike"))
        verb = "like" if found["verb"] in ("love", "enjoy", "hate", "dislike") else found["verb"]
        return f"{verb} {found['value']}", "no" if negative else "yes"
    if found := re.fullmatch(
        r"(?:i'm|i am)(?P<no> not| no longer)?(?: a)? (?P<value>allergic to .+|vegetarian|vegan|married|single)", plain
    ):
        return f"be {found['value']}", "no" if found["no"] else "yes"
    return None
