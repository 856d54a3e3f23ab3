"""Moving what stands already: an event, a task or a reminder, whichever is called so."""

from dataclasses import replace

from agent.commands.acting import acting, definite, offering
from agent.commands.diary import diary_word
from agent.commands.event_words import VERBS
from agent.commands.intention import Finish, Intention, Kind, Search, call, words
from agent.commands.naming import title
from agent.commands.patterns import Found
from agent.commands.precision import exact, repeats
from agent.commands.retiming import WEEK, a_day_to_an_hour, in_its_week, move_options, whole_stretch
from agent.commands.rules import Bag, Rule, Turn, rule
from agent.commands.slots import refers
from agent.commands.words import plains
from agent.when import Ambiguous


def _move(found: Found, turn: Turn, *, commanded: bool = False) -> Intention | None:
    when = whole_stretch(found)
    if a_day_to_an_hour(when, turn):
        return None  # "on monday to one pm": the day tells which one, and isn't the new one
    if found.has("old") and not turn.clock.is_time(found.words("old")):
        return None
    when = in_its_week(when, found, turn)
    limit = bool({"due", "deadline"} & set(found.sentence.plain))
    off = found.sentence.plain[:2] == ("put", "off")
    if found.sentence.plain[0] in ("put", "set", "have", "do", "take") and not off and not definite(found.words("thing")) and not limit:  # fmt: skip
        return None  # "put dentist on thursday" is something new
    if plains(found.words("thing"))[-1] in (
        "is",
        "are",
        "was",
        "be",
        "starts",
        "not",
        "meet",
        "do",
        "will",
        "can",
        "could",
        "might",
        "may",
        "should",
        "would",
        "did",
    ):
        return None
    options = move_options(when, turn)
    plain = found.sentence.plain
    loose = not limit and plain[0] in ("put", "set", "have", "take") and not {"to", "instead", "back"} & set(plain)
    if plain[0] in ("put", "set") and "at" in plain and not turn.clock.names_day(when):
        # "put the parents' evening at half past seven": only its hour is another
        loose, options = False, {"event": options["event"]}
    if loose and not refers(found.words("thing")):
        # "put the dentist on friday": the one that is there, or another one?
        options = {kind: offering(finish, f"Shall I move {{}} to {when}?") for kind, finish in options.items()}
    week = WEEK.search(when) if isinstance(turn.clock.meaning(when), Ambiguous) else None
    if week and not refers(found.words("thing")):
        # "at seven next week": the week tells which of them
        options = move_options(WEEK.sub("", when).strip(), turn)
    intention = acting(found, turn, options, lacking="What should I move?", tool="change_event", commanded=commanded)
    if intention and intention.search and week and not intention.search.when:
        intention = replace(intention, search=replace(intention.search, when=week[0].strip()))
    return _or_new(_of_old(intention, found), found, turn)


def _or_new(intention: Intention | None, found: Found, turn: Turn) -> Intention | None:
    """ "put the vet on friday at ten": if there is none yet, it is a new one."""
    when = found.text("when")
    if intention is None or intention.search is None or found.sentence.plain[0] not in ("put", "make", "schedule"):
        return intention
    named = tuple(word for word in plains(found.words("thing")) if word not in ("the", "my", "our"))
    new = call("add_event", title=title(found.words("thing")), when=when)
    if not named or not diary_word(named) or not (exact(when, turn) or repeats(when, turn)):
        return intention
    return replace(intention, search=replace(intention.search, otherwise=new))


def _of_old(intention: Intention | None, found: Found) -> Intention | None:
    """The time it had, where that was said, tells two of one name apart."""
    if intention is None or intention.search is None or intention.search.when or not found.has("old"):
        return intention
    if found.sentence.plain[found_at(found, "old") - 1] not in ("on", "from", "of"):
        return intention
    return replace(intention, search=replace(intention.search, when=found.text("old")))


def found_at(found: Found, slot: str) -> int:
    """Where a slot begins."""
    return next((start for name, start, _ in found.slots if name == slot), 0)


def _named_first(found: Found, turn: Turn) -> Intention | None:
    """ "dentist to friday same time", "bread reminder to 6 30 pm": a thing that is there, and its new time."""
    named = plains(found.words("thing"))
    if len(named) > 5 or NO_THINGS & set(named) or turn.clock.is_time(found.words("thing")) or found.text("when")[:1] == "-":  # fmt: skip
        return None
    return _move(found, turn, commanded=True)


NO_THINGS = VERBS | frozenset("back up down over on welcome close go going next add put remind remember tell call open due thanks happy same nine from day days good want need needs has must should wants wanted move moved like set make every play turn start listen give keep leave".split())  # fmt: skip


def _reminded_then(found: Found, turn: Turn) -> Intention | None:
    when = found.text("when")
    options: dict[Kind, Finish] = {"reminder": move_options(when, turn)["reminder"]}
    return acting(found, turn, options, lacking="Which reminder?", tool="change_reminder", commanded=True)


def _tersely(found: Found, turn: Turn) -> Intention | None:
    """ "reschedule dentist, tomorrow 4.15 pm": without "to" it takes more than a bare number to be a time."""
    if found.sentence.plain[0] in (
        "put",
        "set",
        "take",
        "change",
        "bring",
        "switch",
        "pull",
        "update",
        "adjust",
        "amend",
    ):
        return None
    named = found.words("thing")
    if found.text("when").lower().startswith("from ") and _from_a_day(found.text("when"), turn):
        return None  # "from thursday to monday at nine": the first of them is where it stood
    if plains(named) in (("my",), ("the",), ("our",)) or turn.clock.is_time(named[1:] or named):
        return None  # "my ten o'clock tomorrow to twelve" is no stretch of time
    if "to" in plains(found.words("when"))[1:-1] and plains(found.words("when"))[0] != "from":
        return None  # "… evening to the twelfth": the evening belongs to the name
    bare_number = len(found.words("when")) < 2 and not turn.clock.names_day(found.text("when"))
    return None if bare_number else _move(found, turn)


def _from_a_day(when: str, turn: Turn) -> bool:
    first, _, second = when[5:].partition(" to ")
    return bool(second) and turn.clock.names_day(first) and turn.clock.names_day(second)


def _move_all(found: Found, turn: Turn) -> Intention | None:
    intention = _move(found, turn)
    if intention and intention.search:
        options: dict[Kind, Finish] = {
            k: _with_scope(f, "following") for k, f in intention.search.options.items() if k == "event"
        }
        return Intention(
            tool="change_event", search=Search(called=intention.search.called, options=options), say=intention.say
        )
    return intention


def _with_scope(finish: Finish, scope: str) -> Finish:
    return lambda item: finish(item).with_arguments(scope=scope)


def _seems_moved(found: Found, turn: Turn) -> Intention | None:
    """ "the plumber moved to five" is told, not asked for: the change is offered."""
    plain = set(found.sentence.plain)
    wish = "be" in plain or ("move" in plain and bool({"needs", "must", "has"} & plain))
    if not (wish or definite(found.words("thing"))) or (turn.question and not wish):
        return None
    when = found.text("when")
    moves = move_options(when, turn)
    firm = wish and not turn.question and bool({"should", "needs", "has", "must", "ought"} & set(found.sentence.plain))
    if firm and "was" not in found.sentence.plain and "have" not in found.sentence.plain:
        return acting(found, turn, moves, lacking="What should I move?", tool="change_event", commanded=True)
    offers: dict[Kind, Finish] = {
        kind: offering(moves[kind], f"Shall I move it to {when}?") for kind in ("event", "task")
    }
    intention = acting(found, turn, offers, lacking="What has moved?")
    if intention and intention.search:
        # told of something that isn't known here, there is nothing to offer
        return replace(intention, search=replace(intention.search, otherwise=words(NOT_KNOWN)))
    return intention


NOT_KNOWN = "I find nothing of that name."


MOVE = "(move|push|shift|reschedule|postpone|delay|bring|change|put|put off|switch|set|rebook|push back|push out|bring forward|move back|move forward|pull|pull forward|defer|take|slide|drag|rearrange|re-arrange|relocate|transfer|bump|reset|swap|flip|adjust|update|amend|alter|carry over|hold over|advance)"  # fmt: skip


_TO = "(to|until|for|on|onto|back to|forward to|up to|back until|out to|over to|back|forward|to be at|to be on|so it is at|so that it is at|so it starts at|to start at|down to)"  # fmt: skip


BACK = "[back|forward|out|up|ahead|along|on|down]"


_SAME = "(at the same time|at same time|the same time|same time|same hour|at the same hour|but same time|but at the same time|keep the time|keep the same time|same time as before|same time of day|at the usual time)"  # fmt: skip


_ONCE = "[just this once|only this once|this once|just this time|only this time|for once|this time]"


RULES: list[Rule | Bag] = [
    rule(
        "move",
        f"""
        {MOVE} <thing:thing> {_TO} <when:when>
        {MOVE} [the] (time|date|day|start|start time|hour|timing|deadline|due date) (of|for|from|on) <thing:thing> {_TO} <when:when>
        {MOVE} <thing:thing> (from|on) <old:when> {_TO} <when:when>
        {MOVE} <thing:thing> {_TO} <when:when> {_SAME}
        {MOVE} <thing:thing> {_TO} <when:when> instead [of <old:when>]
        {MOVE} <thing:thing> to (the same time|same time) [on|of|the] <when:when>
        {MOVE} <thing:thing> {_SAME} [on|to|of] <when:when>
        {MOVE} <thing:thing> {_TO} <when:when> (the same time|same time)
        (i can not make|i can not do|i will not make|i can not go to|i have to miss|i will miss|i can not get to|i am going to miss) <thing:thing> (move|push|shift|reschedule|postpone|change|put) it {_TO} <when:when>
        (i can not make|i can not do|i will not make|i can not go to|i have to miss|i will miss|i can not get to|i am going to miss) <thing:thing> (move|push|shift|reschedule|postpone|change|put) it to (the same time|same time) [on] <when:when>
        (make|have|start|begin|do|hold) <thing:thing> [at|on|start at|begin at|to be at|be at|be on|for] <when:when> [instead]
        (put|set) <thing:thing> (at|for) <when:when>
        <thing:thing> (at|on|for|from) <when:when> instead {_ONCE}
        <thing:thing> (is|will be|starts|is going to be|goes|is now|takes place) [at|on|to|for] <when:when> instead {_ONCE}
        (can|could|may|might|should|shall) <thing:thing> (come|start|happen|take place|begin|go ahead|move) [at|on|to] <when:when> instead {_ONCE}
        (can|could|may|might|should|shall) <thing:thing> be [at|on|moved to|changed to|put on|put at] <when:when> instead {_ONCE}
        (get|have) <thing:thing> (moved|pushed|shifted|rescheduled|changed|postponed|put back) (to|until|till) <when:when>
        {MOVE} <thing:thing> {_TO} <when:when> [instead] (just this once|only this once|this once|just this time|only this time|for once|just for this week)
        (make|have|do|hold|start) <thing:thing> [at|on|start at] <when:when> [instead] (just this once|only this once|this once|just this time|only this time|for once)
        (can|could|may|might|let|have|make) <thing:thing> wait (until|till|to|for) <when:when> [change it|move it|change the date|change that|change the date of that task|change the date of it|move that|push it back|please change it]
        (set|put|add|give) [a|the] [new] (due date|deadline|due day|date) (of|on|for|:) [the] <when:when> (for|on|to) <thing:thing>
        (set|put|add) [a|the] [new] (due date|deadline|due day) (for|on|to|of) <thing:thing> (of|on|for|to|:) [the] <when:when>
        give <thing:thing> (until|till|to) <when:when>
        give <thing:thing> [a|the] (due date|deadline|date|due day) (of|on|for|:|by) [the] <when:when>
        (due date|deadline) (for|of) <thing:thing> (is|:|to) <when:when>
        (make|have) <thing:thing> (due|due on|due by) <when:when>
        make <when:when> the (new time|new date|deadline|due date) (for|of) <thing:thing>
        (set|change|update|make) [the] (due date|deadline|date|due day|time|start time) (of|for|on|from) <thing:thing> [to|be] <when:when>
        (set|change|update|make) <thing:thing> (due|due on|due by|due date to|to be due|due to) <when:when>
        (give me|i need|get) (more time|until <old:when>) for <thing:thing> until <when:when>
        <thing:thing> (is|starts|will be|should be|needs to be|has to be|has moved to|is moved to|was moved to|got moved to|has been moved to|moves to|moved to|must be|ought to be) [coming|happening] [now] [at|on|to|for|from] <when:when> instead of <old:when> [change it|update it|fix it|correct it|move it]
        <thing:thing> (moved to|has moved to|is moved to|was moved to|got moved to|has been moved to|moves to|should move to|has been pushed to|has been rescheduled to|is rescheduled to|got pushed to|is|starts|is coming|comes|will be|will come|can only come|can only be|is now|are|are now|is due|are due|are now due|is now due|is meant to be|are meant to be) [at|on|by] <when:when> [now|instead|instead of <old:when>] [so|and|please|can you|could you|would you] [please] (change|update|fix|correct|move|adjust|note|amend) (it|that|this|the calendar|the entry|the time) [accordingly|for me|in my calendar]
        <thing:thing> (needs to be|has to be|must be|should be|ought to be) (moved|pushed|rescheduled|shifted|postponed|changed) to [at|on] <when:when>
        (can|could|may|might) <thing:thing> be (moved|pushed|rescheduled|shifted|postponed|changed) to [at|on] <when:when>
        <thing:thing> [is|has] [to] be (moved|pushed|rescheduled|shifted|postponed|changed|put off) (to|until) [at|on] <when:when>
        {MOVE} <thing:thing> {_TO} <when:when> instead {_SAME}
        <thing:thing> (is|are|starts|is happening|will be|takes place) (now|actually) [at|on|due|due on|due by|from] <when:when>
        <thing:thing> (is|are|starts|will be|takes place) [at|on|due|due on|due by|from] <when:when> now
        <thing:thing> (is coming|comes|is|starts|will come) [at|on] <when:when> (change it|update it|fix it|correct it|change that|change the time|change the calendar)
        <thing:thing> (to|should be at|should be on|should be|needs to be at|must be at|has to be at) <when:when> instead
        (is it possible to move|could we have|could we do|can we have|can we do|do|have) <thing:thing> (at|on) <when:when> instead
        (from now on) <thing:thing> (to|goes to|moves to) <when:when>
    """,
        _move,
    ),
    rule(
        "named, then moved",
        """
        <thing:thing> (make it|make that|move it to|change it to|put it on|put it at|push it to|push it back to|shift it to|bring it forward to|reschedule it to|reschedule it for|postpone it to|postpone it until|set it to|set it for|move that to|change that to|push that to) [on|at|for] <when:when> [instead|please]
    """,
        lambda found, turn: (
            _move(found, turn, commanded=True)
            if definite(found.words("thing"))
            or "reminder" in plains(found.words("thing"))
            or found.words("thing")[-1].stop
            else None
        ),
    ),
    rule(
        "the thing and its new time",
        f"""
        <thing:thing> (to|until|till) <when:when> {_SAME}
        <thing:thing> (to|until|till) <when:when> [please|instead|then]
        <thing:thing> {_SAME} (on|to) <when:when> [instead]
        <thing:thing> <when:when> instead
    """,
        _named_first,
    ),
    rule(
        "remind at another time",
        """
        remind me (of|about|to) <thing:thing> [on|at|for] <when:when> instead
        remind me (of|about|to) <thing:thing> (instead|rather) [on|at|for] <when:when>
        remind me [on|at] <when:when> (instead|rather) (of|about|to) <thing:thing>
        (i want|i would like) the <thing:thing> reminder [on|at|for] <when:when> instead
        (change|move|shift|set|put|push) my reminder (for|about|of|to) <thing:thing> (to|for|until|on) <when:when>
        (change|move|shift|set|put|push|bring) [the|my|that] reminder [for|about|of|to] <thing:thing> [forward|back|off|out] (to|until) <when:when>
    """,
        _reminded_then,
    ),
    rule(
        "it seems to have moved",
        """
        <thing:thing> (has moved to|is moved to|was moved to|got moved to|has been moved to|moves to|moved to|should move to|has been pushed to|has been rescheduled to|is rescheduled to|got pushed to|needs to move to|has to move to|must move to) [at|on] <when:when>
        <thing:thing> (should be|needs to be|has to be|must be|ought to be|was supposed to be|is supposed to be|should start|should have been|will be|is going to be|is) [at|on|due|due on|due by] <when:when> [not <old:when>]
    """,
        _seems_moved,
    ),
    rule(
        "move, tersely",
        f"""
        {MOVE} <thing:thing> <when:when>
    """,
        _tersely,
    ),
    rule(
        "move from now on",
        f"""
        (from now on|in future|in the future|starting now|as of now) <thing:thing> (is|is at|starts at|will be at|is on|will be|should be at|begins at|should start at) [at|on] <when:when>
        (from now on|in future|in the future|starting now|as of now) {MOVE} <thing:thing> {_TO} <when:when>
        <thing:thing> (is|is at|starts at|will be at|is on|will be) [at|on] <when:when> from now on
        {MOVE} <thing:thing> {_TO} <when:when> (from now on|for good|permanently)
        {MOVE} (this and all future|all future|all the following|this and the following) <thing:thing> {_TO} <when:when>
    """,
        _move_all,
    ),
]
