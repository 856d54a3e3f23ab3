"""Whether words are a whole command yet, for the ear that has to know when a person has finished."""

from datetime import datetime
from zoneinfo import ZoneInfo

from agent.commands.catalogue import RULES
from agent.commands.references import Focus
from agent.commands.rules import Turn, best
from agent.commands.times import Clock
from agent.commands.words import hear, plains
from integrations.errors import Invalid

_HANGING = frozenset("""
to the a an at on in for with from by of about and or but my our your his her their this that until till into onto as because if is are was
were will would can could should please remind add put move cancel send draft write reply tell find schedule book change reschedule call
create every next last between before after than what when where who how which i you we it's i'm um uh mark saying say than half quarter
""".split())  # fmt: skip


_WHOLE = frozenset("cancel undo help stop what who that this her you now then".split())
"""May also be the last word of something whole."""


_ANY_DAY = datetime(2026, 3, 4, 10, 0, tzinfo=ZoneInfo("UTC"))


def complete(words: str) -> bool | None:
    """True for a full command, False when it clearly hangs ("remind me to"), None when nobody can say."""
    said = plains(hear(words))
    if not said:
        return None
    clock = Clock(_ANY_DAY, ZoneInfo("UTC"))
    try:
        meant = best(Turn(words, clock, Focus()), RULES)
    except Invalid:
        return None
    if meant and meant.tool and not meant.missing and said[-1] not in _HANGING - _WHOLE:
        return True
    if said[-1] in _HANGING - _WHOLE or (len(said) > 1 and said[-1] in _HANGING):
        return False
    if meant and meant.tool is None and meant.say:
        return True
    return None
