"""Changing what stands already, other than its time: length, name, place, guests, notes."""

import re
from datetime import datetime
from typing import Any

from agent.commands import times
from agent.commands.acting import acting
from agent.commands.event_words import APPOINTMENTS, VERBS
from agent.commands.intention import Finish, Intention, Item, Kind, ask, call, words
from agent.commands.naming import slot_title
from agent.commands.patterns import Found
from agent.commands.rules import Bag, Rule, Turn, rule
from agent.commands.slots import people, refers
from agent.commands.words import plains, written
from agent.when import When


def _last(found: Found, turn: Turn, sign: int | None) -> Intention | None:
    length = times.minutes(found.words("length"))
    new = plains(found.words("thing"))[:1] in (("appointment",), ("meeting",), ("event",), ("a",), ("an",))
    if length is None or (new and found.sentence.plain[0] in ("make", "set")):
        return None  # "make appointment with the notary, 15 hours" is something new

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
    if plains(found.words("new"))[0] in ("thing", "one", "appointment", "event", "task"):
        return None  # "call the plumber thing boiler repair": the name begins behind it
    if not new or refers(found.words("new")) or turn.clock.is_time(found.words("new")):
        return None
    options: dict[Kind, Finish] = {
        "event": lambda item: call("change_event", event=item["id"], title=new),
        "task": lambda item: call("change_task", task=item["id"], title=new),
    }
    wished = bool({"called", "named", "renamed"} & set(found.sentence.plain)) and "should" in found.sentence.plain
    return acting(found, turn, options, lacking="What should I rename?", tool="change_event", commanded=wished)


def _rename_task(found: Found, turn: Turn) -> Intention | None:
    """ "change coffee on the shopping list to decaf", "call the task eggs a dozen eggs instead"."""
    new = slot_title(found, "new")
    if not new or refers(found.words("new")) or turn.clock.is_time(found.words("new")):
        return None
    options: dict[Kind, Finish] = {"task": lambda item: call("change_task", task=item["id"], title=new)}
    return acting(found, turn, options, lacking="What should I rename?", tool="change_task")


def _reword(found: Found, turn: Turn) -> Intention | None:
    """ "the reminder call mum should say call mum and dad"."""
    new = slot_title(found, "new")
    if not new or refers(found.words("new")) or turn.clock.is_time(found.words("new")):
        return None
    options: dict[Kind, Finish] = {"reminder": lambda item: call("change_reminder", reminder=item["id"], text=new)}
    return acting(found, turn, options, lacking="Which reminder?", tool="change_reminder", commanded=True)


def _place(found: Found, turn: Turn) -> Intention | None:
    place = found.text("place")
    if place.isdigit() or VERBS & set(plains(found.words("place"))) or turn.clock.apart(found.words("place")):
        return None
    place = place[:1].upper() + place[1:]
    options: dict[Kind, Finish] = {"event": lambda item: call("change_event", event=item["id"], place=place)}
    fixed = bool({"fix", "change", "correct", "update", "instead", "not"} & set(found.sentence.plain))
    return acting(found, turn, options, lacking="Which event?", tool="change_event", commanded=fixed)


def _invite(found: Found, turn: Turn) -> Intention | None:
    guests = (
        [written(one) for one in people(found.words("people"))] if found.has("people") else _those_of_it(found, turn)
    )
    if {g.lower() for g in guests} & {"people", "everyone", "everybody", "someone", "guests", "all"}:
        return ask("change_event", "guests", "Who should I invite?")
    options: dict[Kind, Finish] = {"event": lambda item: call("change_event", event=item["id"], guests=guests)}
    if not guests:
        return ask("change_event", "guests", "Who should I invite?")
    if not found.has("thing"):
        thing = turn.focus.only
        return options["event"](thing.item) if thing and thing.kind == "event" else ask("change_event", "event", "To which event?", guests=guests)  # fmt: skip
    return acting(found, turn, options, lacking="To which event?", tool="change_event")


def _those_of_it(found: Found, turn: Turn) -> list[str]:
    """ "and invite him": whoever the event just spoken of is with."""
    thing = turn.focus.only
    if plains(found.words("them")) not in (("him",), ("her",), ("them",)) or thing is None:
        return []
    named = re.search(r"\bwith (\w+(?: \w+)?(?: and \w+(?: \w+)?)?)$", thing.name, re.IGNORECASE)
    return re.split(r" and ", named[1]) if named else []


def _note(found: Found, turn: Turn) -> Intention | None:
    note: Any = found.text("note")
    if {"calendar", "diary", "schedule"} & set(plains(found.words("thing"))):
        return None
    options: dict[Kind, Finish] = {
        "event": lambda item: call("change_event", event=item["id"], notes=note),
        "task": lambda item: call("change_task", task=item["id"], notes=note),
    }
    return acting(found, turn, options, lacking="To which event?", tool="change_event")


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
    indefinite = found.has("thing") and thing[0] not in ("the", "my", "our", "that", "it", "this")
    to_a_meal = found.sentence.plain[0] == "add" and thing[:1] and thing[0] in APPOINTMENTS and "with" in thing
    if found.sentence.plain[0] in ("add", "ask", "bring") and indefinite and not to_a_meal:
        return None  # "add Tom to lunch with Anna" invites him, "add dentist to monday" nobody
    return _invite(found, turn)


_DO_IT = "[so|and] [please|can you|could you|would you|will you|so please] [please] (change|fix|correct|update|amend|adjust|alter|set|note) (it|that|this|the calendar|the place|the time|the entry) [accordingly|in my calendar|in the calendar]"  # fmt: skip


_LISTED = "(on|in|from) [my|the|our] [<list:list>] (list|lists|tasks|to dos|to do|to do list|task list)"


RULES: list[Rule | Bag] = [
    rule(
        "another name for a task",
        f"""
        (change|rename|edit|reword|update|correct) <thing:thing> {_LISTED} (to|into|to say|as) <new:new>
        (change|rename|edit|reword|update|correct) [the|my] (task|to do|item) [called|named|to] <thing:thing> (to|into|to say|as) <new:new>
        (call|name|title) [the|my|that] (task|to do|item) <thing:thing> <new:new> instead
        (make|turn) <thing:thing> {_LISTED} (into) <new:new>
        [the|my] (task|to do|item) [called|named|to] <thing:thing> should (be called|say|read|be named|be) <new:new>
    """,
        _rename_task,
    ),
    rule(
        "another text for a reminder",
        """
        [the|my|that] (reminder|alarm) [to|for|about|of|called|that says|saying] <thing:thing> (should|must|has to|needs to|ought to) (say|read|be|be called|remind me to|remind me of) <new:new>
        [the|my|that] <thing:thing> (reminder|alarm) (should|must|has to|needs to|ought to) (say|read|be called|remind me to|remind me of) <new:new>
        (change|edit|reword|update|rename) [the|my|that] (reminder|alarm) [to|for|about|of|called|that says|saying] <thing:thing> (to say|to read|so it says|to be called|into|to) <new:new>
        (change|edit|reword|update|rename|make) [the|my|that] <thing:thing> (reminder|alarm) (to say|say|to read|so it says|to be called|into|to) <new:new>
    """,
        _reword,
    ),
    rule(
        "length",
        f"""
        (make|set|have|let|change) <thing:thing> [to|be|last|take|run|go] [for] <length:length> [long|in length|instead]
        (set|change|make) [the] (length|duration) of <thing:thing> [to|be] <length:length>
        (shorten|cut|reduce|trim|lengthen|extend|stretch|cut down|limit|prolong) <thing:thing> [down] to <length:length>
        <thing:thing> (should|will|needs to|is going to|has to|must|is only going to|will only) (last|take|be|run) [for] <length:length> [long] [instead]
        <thing:thing> (should|will|needs to|is going to|has to|must|will only|now) (last|take|be|run|lasts|takes) [for] <length:length> [long] [instead] {_DO_IT}
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
        _rename_by,
    ),
    rule(
        "place",
        f"""
        (change|set|move|update|switch|make|put) [the] (place|location|venue|room|address) (of|for|from|on) <thing:thing> [to|at|be|as|in] [in|at] <place:new>
        (add|put|set) [the] (place|location|venue|room|address) <place:new> (to|for|on) <thing:thing>
        (add|put|set) <place:new> as [the] (place|location|venue|room|address) (of|for|to) <thing:thing>
        (set|change|update|move|switch|make) <thing:thing> (place|location|venue|room|address) (to|at|as|in|into) <place:new>
        <thing:thing> (is|will be|takes place|is happening|is now) (at|in) <place:new> (not|instead of|rather than|and not) [at|in] <old:new> [{_DO_IT}]
        <thing:thing> (is|will be|takes place|is happening|is now|has moved|moved|has been moved) [now] (at|in|to) <place:new> {_DO_IT}
        (move|put|hold|have|relocate|set) <thing:thing> (to|in|into|at) <place:place>
        <thing:thing> (is|will be|takes place|is now|is happening|has moved to|moved to|is moving to|should be) [now|instead] [in|at|to] <place:place> [now|instead]
    """,
        _place,
    ),
    rule(
        "invite",
        """
        (invite|add|ask|include|bring) <people:people> (to|for|along to|into|in) <thing:thing> [too|as well|as guests|as a guest]
        [and|then] (invite|include) <people:people> [too|as well|to that|to it|along]
        [and|then] (invite|include|ask) <them:guests> [too|as well|to that|to it|along]
        [and|then] send <them:guests> (an invite|an invitation|invites|the invite|the invitation) [too|as well]
        (add|bring) <people:people> [to it|to that] (as a guest|as guests|as an attendee|as attendees|to the guest list|to the invite|to the invitation)
        (send an invite|send an invitation|send invites|send the invite|send the invitation) to <people:people> (for|to) <thing:thing>
        send <people:people> (an invite|an invitation|the invite|the invitation) (for|to) <thing:thing>
    """,
        _invite_to,
    ),
    rule(
        "note",
        """
        (add|put|write|attach) [a|the] (note|comment|description|notes) (to|on|for|in) <thing:thing> (saying|that|that says|:|to) <note>
        (add|put|write|attach) [a|the] (note|comment|description|notes) (saying|that says|:) <note> (to|on|for|in) <thing:thing>
    """,
        _note,
    ),
]
