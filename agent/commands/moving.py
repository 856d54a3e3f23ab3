"""Changing and cancelling what stands already: an event, a task or a reminder, whichever is called so."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from agent.commands import times
from agent.commands.intention import Finish, Intention, Item, Kind, Search, ask, call, words
from agent.commands.naming import slot_title
from agent.commands.patterns import Found
from agent.commands.references import Thing
from agent.commands.rules import Bag, Rule, Turn, people, refers, rule
from agent.commands.words import Words, plains, written
from agent.when import Ambiguous, When

_EVENT_WORDS = frozenset("meeting appointment event events meetings appointments session".split())
_TASK_WORDS = frozenset("task deadline todo tasks".split())
_SERIES = frozenset("all every each series recurring whole future".split())


def acting(
    found: Found, turn: Turn, options: dict[Kind, Finish], *, lacking: str, missing: str = "event", tool: str = ""
) -> Intention | None:
    """Do something to the thing in the slot: the one pointed at, or one that has to be found by what it is called."""
    named = found.words("thing")
    kinds = _kinds(named, options)
    if refers(named):
        thing = turn.focus.pick(named)
        if thing is None:
            return Intention(
                tool=tool or None, missing=missing if tool else None, say=_which_one(turn, lacking), options=kinds
            )
        if thing.kind not in kinds:
            return None
        return _scoped(kinds[thing.kind](thing.item), named)
    called, when = _called(named, turn)
    if not called and not when:
        return Intention(tool=tool or None, missing=missing if tool else None, say=lacking, options=kinds)
    first = next(iter(kinds))
    return Intention(
        tool=_tool_of(kinds[first]),
        search=Search(called=called, options=_all_scoped(kinds, named), when=when),
        say=lacking,
    )


def _which_one(turn: Turn, lacking: str) -> str:
    names = [thing.name for thing in turn.focus.named[:3]]
    if len(turn.focus.named) < 2:
        return lacking
    return f"Which one do you mean: {', '.join(names[:-1])} or {names[-1]}?"


def _kinds(named: Words, options: dict[Kind, Finish]) -> dict[Kind, Finish]:
    """Only the kinds that the words leave open: "the task …" is no event."""
    said = set(plains(named))
    telling: dict[Kind, bool] = {
        "reminder": bool(said & {"reminder", "reminders", "alarm"}),
        "task": bool(said & _TASK_WORDS),
        "event": bool(said & _EVENT_WORDS),
    }
    meant = {kind: finish for kind, finish in options.items() if telling.get(kind)}
    return meant or options


def _tool_of(finish: Finish) -> str:
    return finish(_SAMPLE).tool or ""


_SAMPLE: Item = {
    "id": "", "title": "", "text": "", "list": "", "starts": "2026-01-01T00:00:00+00:00", "ends": "2026-01-01T01:00:00+00:00",
    "due": "2026-01-01T00:00:00+00:00", "guests": [],
}  # fmt: skip
_KIND_WORDS = frozenset("task reminder reminders todo alarm event the a an my our that this about for to all every each of series future recurring whole entire next old deadline date time duration length".split())  # fmt: skip
_FILLING = frozenset(
    "the a an my our that this all every each of series future recurring whole entire meetings please any".split()
)


def _called(named: Words, turn: Turn) -> tuple[str, str]:
    """What it is called, without the words around the name; and the time that tells it apart from others."""
    apart = turn.clock.apart(named)
    rest, when = (apart[0], apart[1]) if apart else (named, "")
    plain = plains(rest)
    if plain and plain[0] in (
        "thursday's",
        "monday's",
        "tuesday's",
        "wednesday's",
        "friday's",
        "saturday's",
        "sunday's",
        "today's",
        "tomorrow's",
    ):
        rest, when = rest[1:], plain[0].removesuffix("'s")
    kept = list(rest)
    while kept and kept[0].plain in _KIND_WORDS | {"called", "named", "from", "on", "at", "with"}:
        kept = kept[1:]
    while (
        kept
        and kept[-1].plain
        in {"reminder", "task", "event", "reminders", "appointment", "on", "at", "from", "todo", "slot", "alarm"}
        and len(kept) > 0
    ):
        kept = kept[:-1]
    return written(tuple(kept)), when


def _scope(named: Words) -> str | None:
    said = set(plains(named))
    if "future" in said or "remaining" in said:
        return "following"
    return "all" if said & _SERIES or "series" in said else None


def _scoped(intention: Intention, named: Words) -> Intention:
    scope = _scope(named)
    if scope and intention.tool in ("change_event", "cancel_event"):
        return intention.with_arguments(scope=scope)
    return intention


def _all_scoped(options: dict[Kind, Finish], named: Words) -> dict[Kind, Finish]:
    def scoped(finish: Finish) -> Finish:
        return lambda item: _scoped(finish(item), named)

    return {kind: scoped(finish) for kind, finish in options.items()}


# -- moving ---------------------------------------------------------------------------


def move_options(when: str, turn: Turn) -> dict[Kind, Finish]:
    """How each kind of thing gets another time."""
    return {
        "event": lambda item: call("change_event", event=item["id"], when=in_its_half(item, when, turn)),
        "task": lambda item: call("change_task", task=item["id"], due=when),
        "reminder": lambda item: again(item, when, turn),
    }


def in_its_half(item: Item, when: str, turn: Turn) -> str:
    """A bare "seven" said of something in the evening is seven in the evening."""
    starts = datetime.fromisoformat(str(item["starts"])).astimezone(turn.clock.zone)
    if isinstance(today_or_next := turn.clock.meaning(when), Ambiguous):
        return _nearest(today_or_next, starts, turn.clock.now) or when
    meaning = replace(turn.clock, now=starts.replace(hour=0, minute=0)).meaning(when)
    if not isinstance(meaning, When) or meaning.all_day or meaning.part or item.get("all_day"):
        return when
    if re.search(r"[ap]\.?m\b|\d:\d|morning|afternoon|evening|night|noon|o'?clock in", when.lower()):
        return when
    early = meaning.starts.hour
    later_half = (early in (5, 6, 7) and starts.hour >= 12) or (8 <= early <= 11 and starts.hour >= 17)
    return f"{when} pm" if later_half and meaning.ends is None else when


def _nearest(asked: Ambiguous, starts: datetime, now: datetime) -> str | None:
    """ "wednesday" said of something on Tuesday the 10th is the 11th, whatever day it is today."""
    choices = [choice for choice in asked.choices if isinstance(choice, When)]
    near = [choice for choice in choices if abs(choice.starts - starts) < timedelta(days=4) and choice.starts > now]
    if len(near) != 1 or len(choices) < 2:
        return None
    chosen = near[0].starts
    return chosen.date().isoformat() if near[0].all_day else _stamp(chosen)


def again(item: Item, when: str, turn: Turn) -> Intention:
    """A reminder at another time is a new one in the old one's place; an hour alone keeps its day."""
    due = item.get("due")
    if due and not turn.clock.names_day(when):
        when = f"{when} on {datetime.fromisoformat(str(due)).astimezone(turn.clock.zone).date().isoformat()}"
    gone = call("cancel_reminder", reminder=item["id"])
    return Intention(tool="set_reminder", arguments={"text": item["text"], "when": when}, then=(gone,))


def _move(found: Found, turn: Turn) -> Intention | None:
    when = found.text("when")
    if found.has("old") and not turn.clock.is_time(found.words("old")):
        return None
    if found.sentence.plain[0] in ("put", "set", "have", "do", "take") and not _definite(found.words("thing")):
        return None  # "put dentist on thursday" is something new
    options = move_options(when, turn)
    loose = found.sentence.plain[0] in ("put", "set", "have", "take") and "to" not in found.sentence.plain
    if loose and not refers(found.words("thing")):
        # "put the dentist on friday": the one that is there, or another one?
        options = {kind: offering(finish, f"Shall I move {{}} to {when}?") for kind, finish in options.items()}
    return acting(found, turn, options, lacking="What should I move?", tool="change_event")


def _definite(named: Words) -> bool:
    """Whether words speak of something that is there: "the dentist", "my haircut", "it"."""
    return refers(named) or plains(named)[0] in ("the", "my", "our", "that", "this", "these", "those", "all")


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
    bare_number = len(found.words("when")) < 2 and not turn.clock.names_day(found.text("when"))
    return None if bare_number else _move(found, turn)


def _move_all(found: Found, turn: Turn) -> Intention | None:
    intention = _move(found, turn)
    if intention and intention.search:
        options = {k: _with_scope(f, "following") for k, f in intention.search.options.items() if k == "event"}
        return Intention(
            tool="change_event", search=Search(called=intention.search.called, options=options), say=intention.say
        )
    return intention


def _with_scope(finish: Finish, scope: str) -> Finish:
    return lambda item: finish(item).with_arguments(scope=scope)


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
            return Intention(tool="change_event", missing="event", say=_which_one(turn, "What should I move?"))
        return asking_when(thing)
    text = written(named)
    return ask("change_event", "when", f"When should I move {_your(text)} to?", event=text)


def _your(text: str) -> str:
    return text if text.lower().startswith(("the ", "my ", "our ")) else f"the {text}"


def asking_when(thing: Thing) -> Intention:
    """The thing is known, the time is not."""
    if thing.kind == "task":
        return ask("change_task", "due", f"When should {thing.name} be due?", task=thing.id)
    return ask("change_event", "when", f"When should I move {thing.name} to?", event=thing.id)


def _shift(found: Found, turn: Turn, sign: int) -> Intention | None:
    length = times.minutes(found.words("length"))
    if length is None:
        return None
    return acting(found, turn, shift_options(sign * length, turn), lacking="What should I move?", tool="change_event")


def shift_options(by: int, turn: Turn) -> dict[Kind, Finish]:
    """Later or earlier by so many minutes."""

    def event(item: Item) -> Intention:
        starts = datetime.fromisoformat(str(item["starts"])) + timedelta(minutes=by)
        return call("change_event", event=item["id"], when=_stamp(starts))

    def task(item: Item) -> Intention:
        if not item.get("due"):
            return words(f"{item['title']} has no date yet. When should it be due?")
        due = datetime.fromisoformat(str(item["due"])).date() + timedelta(minutes=by)
        return call("change_task", task=item["id"], due=due.isoformat())

    def reminder(item: Item) -> Intention:
        due = datetime.fromisoformat(str(item["due"])) + timedelta(minutes=by)
        gone = call("cancel_reminder", reminder=item["id"])
        return Intention(tool="set_reminder", arguments={"text": item["text"], "when": _stamp(due)}, then=(gone,))

    return {"event": event, "task": task, "reminder": reminder}


def _stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")


def _later(found: Found, turn: Turn) -> Intention | None:
    return _shift(found, turn, 1)


def _earlier(found: Found, turn: Turn) -> Intention | None:
    return _shift(found, turn, -1)


def _seems_moved(found: Found, turn: Turn) -> Intention | None:
    """ "the plumber moved to five" is told, not asked for: the change is offered."""
    if not _definite(found.words("thing")) or turn.question:
        return None
    when = found.text("when")
    moves = move_options(when, turn)
    offers: dict[Kind, Finish] = {
        kind: offering(moves[kind], f"Shall I move it to {when}?") for kind in ("event", "task")
    }
    intention = acting(found, turn, offers, lacking="What has moved?")
    if intention and intention.search:
        # told of something that isn't known here, there is nothing to offer
        return replace(intention, search=replace(intention.search, otherwise=words(NOT_KNOWN)))
    return intention


NOT_KNOWN = "I find nothing of that name, so I've changed nothing."


def offering(finish: Finish, say: str) -> Finish:
    """The same call, but asked about first; {} in the question is the name of the thing."""

    def offer(item: Item) -> Intention:
        named = str(item.get("title") or item.get("text") or "")
        return replace(finish(item), missing="yes", say=say.replace("{}", named))

    return offer


# -- the rest that can change -----------------------------------------------------------


def _last(found: Found, turn: Turn, sign: int | None) -> Intention | None:
    length = times.minutes(found.words("length"))
    if length is None:
        return None

    def event(item: Item) -> Intention:
        if sign is None:
            return call("change_event", event=item["id"], minutes=length)
        lasts = datetime.fromisoformat(str(item["ends"])) - datetime.fromisoformat(str(item["starts"]))
        total = int(lasts.total_seconds() // 60) + sign * length
        if total <= 0:
            return words(f"{item['title']} is only {int(lasts.total_seconds() // 60)} minutes long.")
        return call("change_event", event=item["id"], minutes=total)

    return acting(found, turn, {"event": event}, lacking="Which event?", tool="change_event")


def _until(found: Found, turn: Turn) -> Intention | None:
    """ "extend the workshop until five"."""
    when = found.text("when")

    def event(item: Item) -> Intention:
        starts = datetime.fromisoformat(str(item["starts"])).astimezone(turn.clock.zone)
        ends = turn.clock.meaning(when, on=starts.date())
        if not isinstance(ends, When) or ends.starts <= starts:
            return words("Until when should it last?")
        return call("change_event", event=item["id"], minutes=int((ends.starts - starts).total_seconds() // 60))

    return acting(found, turn, {"event": event}, lacking="Which event?", tool="change_event")


def _rename(found: Found, turn: Turn) -> Intention | None:
    new = slot_title(found, "new")
    if not new or refers(found.words("new")) or turn.clock.is_time(found.words("new")):
        return None
    options: dict[Kind, Finish] = {
        "event": lambda item: call("change_event", event=item["id"], title=new),
        "task": lambda item: call("change_task", task=item["id"], title=new),
    }
    return acting(found, turn, options, lacking="What should I rename?", tool="change_event")


def _place(found: Found, turn: Turn) -> Intention | None:
    place = found.text("place")
    place = place[:1].upper() + place[1:]
    options: dict[Kind, Finish] = {"event": lambda item: call("change_event", event=item["id"], place=place)}
    return acting(found, turn, options, lacking="Which event?", tool="change_event")


def _invite(found: Found, turn: Turn) -> Intention | None:
    guests = [written(one) for one in people(found.words("people"))]
    if {g.lower() for g in guests} & {"people", "everyone", "everybody", "someone", "guests", "all"}:
        return ask("change_event", "guests", "Who should I invite?")
    options: dict[Kind, Finish] = {"event": lambda item: call("change_event", event=item["id"], guests=guests)}
    if not found.has("thing"):
        thing = turn.focus.only
        return options["event"](thing.item) if thing and thing.kind == "event" else ask("change_event", "event", "To which event?", guests=guests)  # fmt: skip
    return acting(found, turn, options, lacking="To which event?", tool="change_event")


def _note(found: Found, turn: Turn) -> Intention | None:
    note: Any = found.text("note")
    if {"calendar", "diary", "schedule"} & set(plains(found.words("thing"))):
        return None
    options: dict[Kind, Finish] = {
        "event": lambda item: call("change_event", event=item["id"], notes=note),
        "task": lambda item: call("change_task", task=item["id"], notes=note),
    }
    return acting(found, turn, options, lacking="To which event?", tool="change_event")


_MOVE = "(move|push|shift|reschedule|postpone|delay|bring|change|put|put off|switch|set|rebook|push back|push out|bring forward|move back|move forward|pull|pull forward|defer|take|slide|drag|rearrange|re-arrange|relocate|transfer|bump|reset|swap|flip|adjust|update|amend|alter|carry over|hold over|advance)"  # fmt: skip
_TO = "(to|until|for|on|onto|back to|forward to|up to|back until|out to|over to|back|forward|to be at|to be on|so it is at|so that it is at|so it starts at|to start at|down to)"  # fmt: skip
_BACK = "[back|forward|out|up|ahead|along|on|down]"

RULES: list[Rule | Bag] = [
    rule(
        "move",
        f"""
        {_MOVE} <thing:thing> {_TO} <when:when>
        {_MOVE} [the] (time|date|day|start|start time|hour|timing|deadline|due date) (of|for|from|on) <thing:thing> {_TO} <when:when>
        {_MOVE} <thing:thing> (from|on) <old:when> {_TO} <when:when>
        {_MOVE} <thing:thing> {_TO} <when:when> instead [of <old:when>]
        {_MOVE} <thing:thing> to (the same time|same time) [on] <when:when>
        {_MOVE} <thing:thing> {_TO} <when:when> (the same time|same time)
        (i can not make|i can not do|i will not make|i can not go to|i have to miss|i will miss|i can not get to|i am going to miss) <thing:thing> (move|push|shift|reschedule|postpone|change|put) it {_TO} <when:when>
        (i can not make|i can not do|i will not make|i can not go to|i have to miss|i will miss|i can not get to|i am going to miss) <thing:thing> (move|push|shift|reschedule|postpone|change|put) it to (the same time|same time) [on] <when:when>
        (make|have|start|begin|do|hold) <thing:thing> [at|on|start at|begin at|to be at|be at|be on|for] <when:when> [instead]
        (make|have) <thing:thing> (due|due on|due by) <when:when>
        make <when:when> the (new time|new date|deadline|due date) (for|of) <thing:thing>
        (set|change|update|make) [the] (due date|deadline|date|due day|time|start time) (of|for|on|from) <thing:thing> [to|be] <when:when>
        (set|change|update|make) <thing:thing> (due|due on|due by|due date to|to be due|due to) <when:when>
        (give me|i need|get) (more time|until <old:when>) for <thing:thing> until <when:when>
        <thing:thing> (is|starts|will be|should be|needs to be|has to be|has moved to|is moved to|was moved to|got moved to|has been moved to|moves to|moved to|must be|ought to be) [coming|happening] [now] [at|on|to|for|from] <when:when> instead of <old:when> [change it|update it|fix it|correct it|move it]
        <thing:thing> (has moved to|is moved to|was moved to|got moved to|has been moved to|moves to|should move to|has been pushed to|has been rescheduled to|is rescheduled to|got pushed to) [at|on] <when:when> [now] (change it|update it|fix it|correct it|please update it|move it]
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
        "it seems to have moved",
        """
        <thing:thing> (has moved to|is moved to|was moved to|got moved to|has been moved to|moves to|moved to|should move to|has been pushed to|has been rescheduled to|is rescheduled to|got pushed to|needs to move to|has to move to|must move to) [at|on] <when:when>
        <thing:thing> (should be|needs to be|has to be|must be|ought to be|was supposed to be|is supposed to be|should start|should have been|will be|is going to be|is) [at|on|due|due on|due by] <when:when> [not <old:when>]
    """,
        lambda found, turn: _seems_moved(found, turn),
    ),
    rule(
        "move, tersely",
        f"""
        {_MOVE} <thing:thing> <when:when>
    """,
        _tersely,
    ),
    rule(
        "move from now on",
        f"""
        (from now on|in future|in the future|starting now|as of now) <thing:thing> (is|is at|starts at|will be at|is on|will be|should be at|begins at|should start at) [at|on] <when:when>
        (from now on|in future|in the future|starting now|as of now) {_MOVE} <thing:thing> {_TO} <when:when>
        <thing:thing> (is|is at|starts at|will be at|is on|will be) [at|on] <when:when> from now on
        {_MOVE} <thing:thing> {_TO} <when:when> (from now on|for good|permanently)
        {_MOVE} (this and all future|all future|all the following|this and the following) <thing:thing> {_TO} <when:when>
    """,
        _move_all,
    ),
    rule(
        "later",
        f"""
        {_MOVE} <thing:thing> {_BACK} [by|for] [another|a further] <length:length> [later|back|out|on]
        {_MOVE} back <thing:thing> [by] <length:length>
        (push|move|delay|put|shift) (back|off|out) <thing:thing> [by|for] <length:length>
        (make|do|have|start|begin|hold) <thing:thing> [by|start|begin] [another] <length:length> later [than planned|than that]
        {_MOVE} [the] (time|date|day|start|deadline|due date) (of|for|from|on) <thing:thing> [by] <length:length> (later|back)
        <thing:thing> [by] <length:length> later
        (make|do|have|start) <thing:thing> later by <length:length>
        (postpone|delay|defer) <thing:thing> [by|for] [another] <length:length>
        give <thing:thing> <length:length> [more]
    """,
        _later,
    ),
    rule(
        "earlier",
        f"""
        {_MOVE} <thing:thing> [forward|up|ahead] [by] [another] <length:length> (earlier|forward|sooner|up|ahead)
        {_MOVE} (forward|up) <thing:thing> [by] <length:length>
        (bring|pull) <thing:thing> (forward|up|ahead) [by] <length:length>
        (bring|pull) (forward|up) <thing:thing> [by] <length:length>
        (make|do|have|start|begin|hold) <thing:thing> [start|begin] [another] <length:length> (earlier|sooner)
        {_MOVE} [the] (time|date|day|start|deadline|due date) (of|for|from|on) <thing:thing> [by] <length:length> (earlier|forward)
        <thing:thing> [by] <length:length> earlier
    """,
        _earlier,
    ),
    rule(
        "length",
        """
        (make|set|have|let|change) <thing:thing> [to|be|last|take|run|go] [for] <length:length> [long|in length|instead]
        (set|change|make) [the] (length|duration) of <thing:thing> [to|be] <length:length>
        (shorten|cut|reduce|trim|lengthen|extend|stretch|cut down|limit|prolong) <thing:thing> [down] to <length:length>
        <thing:thing> (should|will|needs to|is going to) (last|take|be|run) [for] <length:length> [long] [instead]
        (give|allow) <length:length> for <thing:thing>
    """,
        lambda found, turn: _last(found, turn, None),
    ),
    rule(
        "longer",
        """
        (extend|lengthen|prolong|stretch|make|increase) <thing:thing> [by|for] [another|an extra|an additional] <length:length> [longer|more]
        (make|have) <thing:thing> <length:length> longer
        (make|have|let) <thing:thing> longer by <length:length>
        add [another|an extra] <length:length> (to|onto) <thing:thing>
        give <thing:thing> (another|an extra|a further) <length:length> on the day
        add [another|an extra] <length:length> (to|onto) the end of <thing:thing>
    """,
        lambda found, turn: (
            _last(found, turn, 1)
            if "make" not in found.sentence.plain[:1] or "longer" in found.sentence.plain
            else None
        ),
    ),
    rule(
        "shorter",
        """
        (shorten|cut|reduce|trim) <thing:thing> by <length:length>
        (make|have) <thing:thing> <length:length> shorter
        (make|have) <thing:thing> shorter by <length:length>
        (take|cut|knock) <length:length> off <thing:thing>
    """,
        lambda found, turn: _last(found, turn, -1),
    ),
    rule(
        "until",
        """
        (extend|lengthen|prolong|stretch|shorten|cut|make|keep|let|have) <thing:thing> [go|last|run|end|finish] (until|to end at|to finish at|at) <when:when>
        (make|have|let) <thing:thing> (end|finish) at <when:when>
        <thing:thing> should (end|finish) at <when:when>
    """,
        lambda found, turn: (
            _until(found, turn)
            if found.sentence.plain[0] not in ("make", "have", "let", "keep")
            or {"until", "end", "finish"} & set(found.sentence.plain)
            else None
        ),
    ),
    rule(
        "rename",
        """
        (rename|retitle|re-title|relabel) <thing:thing> (to|as|into|:) <new:new>
        rename <thing:thing> <new:new>
        (change|set|update|edit) [the] (title|name|subject|heading) (of|for|on) <thing:thing> (to|into|as) <new:new>
        (change|turn|edit|correct|alter|update) <thing:thing> (to|into) <new:new>
        give <thing:thing> the (name|title) <new:new>
        (call|name|title) <thing:thing> <new:new> [instead]
        <thing:thing> should be (called|named|titled) <new:new>
        (change|make) <thing:thing> to (say|read) <new:new>
        make the (title|name) of <thing:thing> <new:new>
        (replace|swap) <thing:thing> (with|by|for) <new:new>
    """,
        lambda found, turn: _rename_by(found, turn),
    ),
    rule(
        "place",
        """
        (change|set|move|update|switch|make|put) [the] (place|location|venue|room|address) (of|for|from|on) <thing:thing> [to|at|be|as|in] [in|at] <place:new>
        (add|put|set) [the] (place|location|venue|room|address) <place:new> (to|for|on) <thing:thing>
        (add|put|set) <place:new> as [the] (place|location|venue|room|address) (of|for|to) <thing:thing>
        (move|put|hold|have|relocate|set) <thing:thing> (to|in|into|at) <place:place>
        <thing:thing> (is|will be|takes place|is now|is happening|has moved to|moved to|is moving to|should be) [now|instead] [in|at|to] <place:place> [now|instead]
    """,
        _place,
    ),
    rule(
        "invite",
        """
        (invite|add|ask|include|bring) <people:people> (to|for|along to|into|in) <thing:thing> [too|as well|as guests|as a guest]
        (invite|include) <people:people> [too|as well|to that|to it|along]
        (add|bring) <people:people> [to it|to that] (as a guest|as guests|as an attendee|as attendees|to the guest list|to the invite|to the invitation)
        (send an invite|send an invitation|send invites|send the invite|send the invitation) to <people:people> (for|to) <thing:thing>
        send <people:people> (an invite|an invitation|the invite|the invitation) (for|to) <thing:thing>
    """,
        lambda found, turn: _invite_to(found, turn),
    ),
    rule(
        "note",
        """
        (add|put|write|attach) [a|the] (note|comment|description|notes) (to|on|for|in) <thing:thing> (saying|that|that says|:|to) <note>
        (add|put|write|attach) [a|the] (note|comment|description|notes) (saying|that says|:) <note> (to|on|for|in) <thing:thing>
    """,
        _note,
    ),
    rule(
        "move, but where to",
        f"""
        (move|reschedule|postpone|rebook|shift|delay|defer|push|push back|put off|bring forward|rearrange|re-arrange|bump) <thing:thing>
        (change|switch) [the] (time|date|day) (of|for) <thing:thing>
        (move|reschedule|postpone|shift|push|change) <thing:thing> (to|to another time|to another day|to a different time|to a different day|to a later time|to later|to some other time|a bit|a little|a bit later|later|earlier|forward|back|till later|until later|to some other day|to a later date)
        (find|i need) (another|a different|a new) (time|date|day|slot) for <thing:thing>
    """,
        _move_where,
    ),
]


def _rename_by(found: Found, turn: Turn) -> Intention | None:
    first = found.sentence.plain[0]
    if first in ("call", "name", "title") and not refers(found.words("thing")) and len(found.words("thing")) > 1 and plains(found.words("thing"))[0] not in ("the", "my", "that"):  # fmt: skip
        return None
    if first == "call" and not refers(found.words("thing")) and plains(found.words("thing"))[0] not in ("the", "my", "that", "this"):  # fmt: skip
        return None
    return _rename(found, turn)


def _invite_to(found: Found, turn: Turn) -> Intention | None:
    """ "add X to Y" is an invitation only when Y is an event; to a list it is something else."""
    thing = plains(found.words("thing"))
    if {
        "list",
        "lists",
        "tasks",
        "calendar",
        "diary",
        "schedule",
        "agenda",
        "shopping",
        "groceries",
        "do",
        "todos",
    } & set(thing):
        return None
    if found.sentence.plain[0] in ("add", "ask", "bring") and found.has("thing") and thing[0] not in ("the", "my", "our", "that", "it", "this"):  # fmt: skip
        return None
    return _invite(found, turn)
