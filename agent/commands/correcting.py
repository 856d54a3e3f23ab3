"""“No, eggs”, “no, six people”, “no, the day after”: what was just written down, otherwise."""

from agent.commands.intention import Intention, call
from agent.commands.naming import title
from agent.commands.patterns import Found
from agent.commands.retiming import shift_options
from agent.commands.rules import Turn
from agent.commands.slots import NUMBERS, is_title, refers
from agent.commands.words import Words, plains

_NO_NAME = frozenset(
    """
i me my he she it we us they you is are was were am be been do does did has have had will would should could can not no yes thanks thank that this
those what when where who how why which tell show read remind put move cancel send delete mark undo stop set change make worries problem way
idea need wait matter please sorry ok okay good great fine cool right love hate like then remember forget call
""".split()
)


def plain_name(named: Words) -> bool:
    """Only the name of a thing, nothing like a sentence."""
    return len(named) <= 6 and is_title(named) and not _NO_NAME & set(plains(named)) and not refers(named)


def named_anew(found: Found, turn: Turn) -> Intention | None:
    """ "no, eggs" after something was written down."""
    last = turn.focus.written
    new = title(found.words("new"))
    if last is None or turn.clock.is_time(found.words("new")) or not plain_name(found.words("new")):
        return None
    if days := _NEXT_TO.get(" ".join(plains(found.words("new")))):
        return _shifted_by(days * 24 * 60, turn)
    receipt = last.answer["receipt"]
    if last.call.tool in ("add_task", "change_task"):
        return call("change_task", task=receipt["id"], title=renumbered(str(receipt["title"]), new))
    if last.call.tool in ("add_event", "change_event") and len(new.split()) <= 5:
        return call("change_event", event=receipt["id"], title=renumbered(str(receipt["title"]), new))
    if last.call.tool in ("set_reminder", "change_reminder"):
        return call("change_reminder", reminder=receipt["id"], text=renumbered(str(receipt["text"]), new))
    return None


_NEXT_TO = {"day after": 1, "next day": 1, "following day": 1, "the day after": 1, "the next day": 1, "the following day": 1, "day before": -1, "the day before": -1}  # fmt: skip


def renumbered(name: str, new: str) -> str:
    """ "no, six people" said of "Dinner for four" is another number of the same, and no other name."""
    said = new.lower().split()
    if said[0] not in NUMBERS and not said[0].isdigit():
        return new
    words = name.split()
    at = [place for place, word in enumerate(words) if word.lower() in NUMBERS or word.isdigit()]
    if len(at) != 1 or len(said) > 2:
        return new
    after = words[at[0] + 1 : at[0] + 2]
    if len(said) == 2 and after and after[0].lower() != said[1]:
        return new
    counted = said if len(said) == 2 and (after or words[at[0] - 1 : at[0]] == ["for"]) else said[:1]
    return " ".join([*words[: at[0]], *counted, *words[at[0] + len(after[: len(counted) - 1]) + 1 :]])


def _shifted_by(minutes: int, turn: Turn) -> Intention | None:
    """The thing of the last change, so much later."""
    thing, options = turn.focus.only, shift_options(minutes, turn)
    return options[thing.kind](thing.item) if thing and thing.kind in options else None
