"""When there is time: free or busy, and where something fits in."""

from agent.commands.agenda import CALENDAR, GLUE
from agent.commands.intention import Intention, call
from agent.commands.naming import name_of, slot_title
from agent.commands.patterns import Found
from agent.commands.precision import exact
from agent.commands.rules import Bag, Rule, Turn, bag, rule
from agent.commands.slots import people
from agent.commands.words import plains

_FREE_NEEDS, _FREE_ALLOWS = bag(
    [
        "free available availability busy gap gaps slot slots opening openings room space occupied unoccupied clear spare open booked taken blocked"
    ],
    f"""{GLUE} {CALENDAR} would could might mornings afternoons evenings nights days weekends happen happens  weekend's time times find fit squeeze when where possible work works good enough during spot spots free hour hours
    long block chunk window windows moment moments any possible best next soonest earliest first something into meeting call appointment
    meet nothing already yet anywhere nowhere need looking""",
)


_LENGTH_NEEDS = (frozenset("find fit squeeze need when where get have got free time slot".split()),)


def _freely_long(found: Found, turn: Turn) -> Intention | None:
    """ "find me an hour tomorrow"."""
    if not found.sentence.length or (
        not found.when and "free" not in found.sentence.plain and "find" not in found.sentence.plain
    ):
        return None
    return call("find_free_time", "when", when=found.when or None, minutes=found.sentence.length)


def _whether(found: Found) -> Intention | None:
    return call("find_free_time", "whether", when=found.when) if found.when else None


def _free(found: Found, turn: Turn) -> Intention | None:
    said = set(found.sentence.plain)
    if not (found.when or found.sentence.length or said & {"free", "available", "availability", "gap", "gaps", "slot"}):
        return None
    if said <= {"open", "clear", "booked", "free", "busy", "room", "space"} and not found.when:
        return None
    angle = "when" if said & {"when", "find", "fit", "slot", "slots", "gap", "gaps", "where", "squeeze"} else "whether"
    return call("find_free_time", angle, when=found.when or None, minutes=found.sentence.length)


def _booked_slot(found: Found, turn: Turn) -> Intention | None:
    """ "I need a slot tomorrow at five for packing": nothing has to be looked for."""
    if found.sentence.plain[0] not in ("i", "need", "get", "block") or turn.question or not exact(found.when, turn):
        return None
    if {"find", "look", "free", "available", "open"} & set(found.sentence.plain):
        return None
    return call("add_event", title=slot_title(found, "purpose"), when=found.when, minutes=found.sentence.length)


def _with(found: Found, turn: Turn) -> Intention | None:
    """ "when are Tom and I both free": the tool says whose time it can't see."""
    named = found.words("people")
    if plains(named)[0] in _NO_PERSONS or turn.clock.is_time(named):
        return None
    asked = call("find_free_time", "when", when=found.when or None, minutes=found.sentence.length)
    return asked.with_arguments(guests=[name_of(one) for one in people(named)])


_NO_PERSONS = frozenset("the a an my our this that it them time there you we i me us everyone everybody someone anyone people all".split())  # fmt: skip


def _freely(found: Found, turn: Turn) -> Intention | None:
    if not (found.when or found.sentence.length):
        return None
    return call("find_free_time", "when", when=found.when or None, minutes=found.sentence.length)


RULES: list[Rule | Bag] = [
    rule(
        "free together",
        """
        when (are|is|can|could|might|would) <people:people> and (i|me|myself) [both|all|each] [be|have] (free|available|meet|get together|talk|time|meet up|do something|sit down)
        when (are|can|could) (i|we) and <people:people> [both|all] [be] (free|available|meet|get together|talk)
        (are|is) <people:people> and (i|me) [both|all] (free|available)
        (when|what time) (can|could|might|may|shall|should) (i|we) (see|meet|meet with|meet up with|talk to|speak to|speak with|catch|get together with) <people:people> [for]
        (find|look for|is there|find me) [a|some|any] [free] (time|slot|gap|hour) [when] [that|for|with|both] <people:people> and (i|me) [both|can|are|have] [free|meet|make|do]
        (find|look for|is there|find me) [a|some|any] [free] (time|slot|gap) [that works] (for|with) (me and|both me and) <people:people>
        when (do|would|does) <people:people> and (i|me) [both] have [free] time
    """,
        _with,
        "measured",
    ),
    rule(
        "does it suit",
        """
        (is|would|does|will|can|could) <when:when> [be|still] (ok|okay|good|fine|work|possible|free|convenient|suit|suitable|alright|all right|available|open) [for|with] [me|us]
        (am|are) (i|we) (busy|free|booked|available) [at|on|in] <when:when>
        """,
        lambda found, turn: call("find_free_time", "whether", when=found.text("when")),
    ),
    rule(
        "free to do something",
        """
        (do|have|did|will) (i|we) (have|got|be having) [any|some|enough|a little|a bit of|a] (time|free time|room|spare time|gap|slot|space|minute|moment|opening|window) [free|left|available] (for|to|in which to) <purpose>
        (have|do) (i|we) [got] [any|some|enough] (time|room|space|minute) (for|to) <purpose>
        (is there|are there) [any|some|enough|a] (time|room|space|gap|slot|slots|gaps|opening|window) [free|left|available] (for|to) <purpose>
        (when|where|what time) (can|could|do|should|would) (i|we) (fit|squeeze|fit in|squeeze in|have time for|do|find time for|schedule|slot in|manage|get|go for|meet for|have|meet|see|call|visit|talk to|speak to|go to|do) <purpose>
        when (can|could|do) (i|we) (fit|squeeze) <purpose> in
        (i need|need|get me) [a|some|any|the] [free|good|open|available] (time|slot|gap|spot|space|window) (for|to) <purpose>
        (can|could|would|might) (i|we) (fit|squeeze) <purpose> [in]
        (can|could|might) (i|we) (do|have|make|manage|meet|see|go to|come to|take) <purpose>
        (find|find me|look for|check for|search for|suggest|give me|are there|is there|show me|what about) [a|some|any|the|me] [free|good|open|available] [time|slot|gap|spot|room|space|window|block] (for|to) <purpose>
        (find|find me|i need|need|look for|get me) [for] <purpose> when (could|can|would) (that|it|i|we) (be|work|fit|do it|do that|happen)
        (i need|need|find me) for <purpose> when (could|can|would) (that|it|i|we) (be|work|fit|do it|do that|happen)
        (am|are|will) (i|we) [be] (free|available) (for|to) <purpose>
        when (am|are|will) (i|we) [be] (free|available) (for|to) <purpose>
        (is there|do i have|have i got|do we have) [a|any] (gap|slot|opening|window|room|space) [before|after|around|at] [lunch|work|noon|dinner]
        when (is|would be|might be|could be) [a|the] (good|best|better|suitable|convenient|possible) [time|moment|day] (for|to) <purpose>
        (what is|what would be) [a|the] (good|best|better|suitable) (time|moment|day) (for|to) <purpose>
        when would be (a good time|good|a good moment|best|possible) (for|to) <purpose>
        (what|which) (time|times|day|days|slot|slots) (is|are|would be|works|work|suits|suit) [free|good|best|open|available|me|us|for] [for|to] <purpose>
        when (is|are) (good|best|possible) (for|to) <purpose>
        when (is|would be) the (earliest|soonest|next|first) [time|moment|slot|day] [that] (i|we) (can|could|might) (do|have|meet|see|fit in|get|manage) <purpose>
    """,
        lambda found, turn: _booked_slot(found, turn) or _free(found, turn) or _freely(found, turn),
        "measured",
    ),
    rule(
        "time at all",
        """
        (do|have|will) (i|we) [have|got|have got] [any|some|enough] [free|spare] time [left|free|available]
        when (do|will|would) (i|we) have [any|some|enough] [free|spare] time
        when (is|would) there [be] [any|some|enough] [free|spare] time
        [have you|have i|have we] got [any|some|enough|a bit of|a little] [free|spare] (time|room|space) [left|free|available|at all]
        [any|is there any|is there|some|enough] [free|spare] (time|room|space|gaps|slots) [left|free|available|at all|for me]
        (when|where) (would|could|will|do|can|might) (i|we) (have|find|get|make|spare|manage) [free|spare|a free|a spare]
        (when|where) (would|could|will) there be [a free|a spare|free|room for|space for|time for]
        [look|check|see|tell me|find out|know] (if|whether) (i|we) (have|have got) [any|some|enough] [free|spare] time [left|free|available]
        (if|whether) (i|we) (am|are) (free|available|busy)
        (look|check|see|tell me|find out) (if|whether) (i|we) (am|are) (free|available|busy|booked)
    """,
        lambda found, turn: _free(found, turn) or _whether(found),
        "measured",
    ),
    Bag("a length of time", _LENGTH_NEEDS, _FREE_ALLOWS | {"in", "a", "an"}, _freely_long, "measured"),
    Bag("free", _FREE_NEEDS, _FREE_ALLOWS, _free, "measured"),
]
