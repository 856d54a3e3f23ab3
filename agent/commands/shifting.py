"""Later and earlier: what stands already is moved by a length; and where to is asked when that is all that lacks."""

from agent.commands import times
from agent.commands.acting import acting, which_one
from agent.commands.intention import Intention, ask
from agent.commands.moving import BACK, MOVE
from agent.commands.patterns import Found
from agent.commands.retiming import asking_when, shift_options
from agent.commands.rules import Bag, Rule, Turn, rule
from agent.commands.slots import refers
from agent.commands.words import plains, written


def _move_where(found: Found, turn: Turn) -> Intention | None:
    """ "move the dentist" and nothing more."""
    named = found.words("thing")
    if plains(named)[-1] in ("to", "the", "on", "at", "by", "from", "it's"):
        named = named[:-1]
    if not named:
        return None
    if refers(named):
        thing = turn.focus.pick(named)
        if thing is None:
            return Intention(tool="change_event", missing="event", say=which_one(turn, "What should I move?"))
        return asking_when(thing)
    text = written(named)
    return ask("change_event", "when", f"When should I move {_your(text)} to?", event=text)


def _your(text: str) -> str:
    return text if text.lower().startswith(("the ", "my ", "our ")) else f"the {text}"


def _shift(found: Found, turn: Turn, sign: int) -> Intention | None:
    length = times.minutes(found.words("length"))
    if length is None:
        return None
    return acting(found, turn, shift_options(sign * length, turn), lacking="What should I move?", tool="change_event")


def _later(found: Found, turn: Turn) -> Intention | None:
    plain = found.sentence.plain
    forward = {"forward", "forwards", "up", "ahead", "earlier", "sooner"} & set(plain) and "later" not in plain
    if plain[0] == "advance":
        return None
    if forward and plain[0] in ("bring", "pull", "move", "advance", "shift", "put", "take", "slide"):
        return None  # what is brought forward comes earlier
    if forward and plain[0] == "push":
        return ask("change_event", "when", "To what time should I move it?")
    return _shift(found, turn, 1)


def _earlier(found: Found, turn: Turn) -> Intention | None:
    return _shift(found, turn, -1)


RULES: list[Rule | Bag] = [
    rule(
        "later",
        f"""
        {MOVE} <thing:thing> {BACK} [by|for] [another|a further] <length:length> [later|back|out|on]
        {MOVE} back <thing:thing> [by] <length:length>
        (push|move|delay|put|shift) (back|off|out) <thing:thing> [by|for] <length:length>
        (make|do|have|start|begin|hold) <thing:thing> [by|start|begin] [another] <length:length> later [than planned|than that]
        {MOVE} [the] (time|date|day|start|deadline|due date) (of|for|from|on) <thing:thing> [by] <length:length> (later|back)
        <thing:thing> [by] <length:length> later
        <thing:thing> (needs to|should|has to|must|ought to|is to) (be|start|begin|come|happen|be moved|be pushed back) [by] [another] <length:length> later
        (can|could|may|might|should|shall) <thing:thing> (be|start|begin|come|happen) [moved|pushed|put back|shifted] [by] [another] <length:length> later
        (make|do|have|start) <thing:thing> later by <length:length>
        (postpone|delay|defer) <thing:thing> [by|for] [another] <length:length>
        give <thing:thing> <length:length> [more]
    """,
        _later,
    ),
    rule(
        "earlier",
        f"""
        {MOVE} <thing:thing> [forward|up|ahead] [by] [another] <length:length> (earlier|forward|sooner|up|ahead)
        {MOVE} (forward|up) <thing:thing> [by] <length:length>
        {MOVE} <thing:thing> (forward|forwards|up|ahead) [by] [another] <length:length>
        advance <thing:thing> [by] <length:length>
        (bring|pull) <thing:thing> (forward|up|ahead) [by] <length:length>
        (bring|pull) (forward|up) <thing:thing> [by] <length:length>
        (make|do|have|start|begin|hold) <thing:thing> [start|begin] [another] <length:length> (earlier|sooner)
        {MOVE} [the] (time|date|day|start|deadline|due date) (of|for|from|on) <thing:thing> [by] <length:length> (earlier|forward)
        <thing:thing> [by] <length:length> earlier
        <thing:thing> (needs to|should|has to|must|ought to|is to) (be|start|begin|come|happen|be moved|be brought forward) [by] [another] <length:length> (earlier|sooner)
        (can|could|may|might|should|shall) <thing:thing> (be|start|begin|come|happen) [moved|pushed|brought forward|shifted] [by] [another] <length:length> (earlier|sooner)
    """,
        _earlier,
    ),
    rule(
        "move, but where to",
        """
        (move|reschedule|postpone|rebook|shift|delay|defer|push|push back|put off|bring forward|rearrange|re-arrange|bump) <thing:thing>
        (change|switch) [the] (time|date|day) (of|for) <thing:thing>
        (move|reschedule|postpone|shift|push|change) <thing:thing> (to|to another time|to another day|to a different time|to a different day|to a later time|to later|to some other time|a bit|a little|a bit later|later|earlier|forward|back|till later|until later|to some other day|to a later date)
        (find|i need) (another|a different|a new) (time|date|day|slot) for <thing:thing>
    """,
        _move_where,
    ),
]
