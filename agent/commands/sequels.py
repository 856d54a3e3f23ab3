"""Phrases that only mean something after what was said before: "also butter", "half an hour later", "the second one"."""

from datetime import datetime, timedelta

from agent.commands import more_of_it, times
from agent.commands.correcting import named_anew, plain_name
from agent.commands.intention import Intention, ask, call
from agent.commands.naming import name_of, quoted, title
from agent.commands.noting import list_name
from agent.commands.patterns import Found
from agent.commands.retiming import shift_options
from agent.commands.rules import Bag, Rule, Turn, rule
from agent.commands.slots import is_thing, refers
from agent.saying import say_when
from agent.when import When


def _shifted(found: Found, turn: Turn, sign: int) -> Intention | None:
    """ "half an hour later", of what was just written or named."""
    length = times.minutes(found.words("length"))
    thing = turn.focus.only
    options = shift_options(sign * (length or 0), turn)
    if not length or thing is None or thing.kind not in options or (turn.focus.last and not turn.focus.last.wrote and "make" not in found.sentence.plain):  # fmt: skip
        return None
    return options[thing.kind](thing.item)


def _lasting(found: Found, turn: Turn) -> Intention | None:
    last = turn.focus.written
    length = times.minutes(found.words("length"))
    if last is None or not length or last.call.tool not in ("add_event", "change_event"):
        return None
    return call("change_event", event=last.answer["receipt"]["id"], minutes=length)


def _on_list(found: Found, turn: Turn) -> Intention | None:
    """ "no, on the work list"."""
    last = turn.focus.written
    name = list_name(found)
    if last is None or last.call.tool not in ("add_task", "change_task") or name is None:
        return None
    return call("change_task", task=last.answer["receipt"]["id"], list=name)


def _there(found: Found, turn: Turn) -> Intention | None:
    """ "it's at the Blue Door", of what was just put on the calendar."""
    last, place = turn.focus.written, found.words("place")
    if last is None or last.call.tool not in ("add_event", "change_event") or turn.question:
        return None
    if len(place) > 5 or turn.clock.apart(place) or not plain_name(place):
        return None
    named = found.text("place")
    return call("change_event", event=last.answer["receipt"]["id"], place=named[:1].upper() + named[1:])


def _in_place(found: Found, turn: Turn) -> Intention | None:
    """ "and in Tokyo", after the time in London."""
    last = turn.focus.last
    if last is None or last.call.tool != "get_time" or turn.clock.is_time(found.words("place")) or len(found.words("place")) > 4:  # fmt: skip
        return None
    return call("get_time", place=found.text("place"))


def _also(found: Found, turn: Turn) -> Intention | None:
    """ "also butter and jam", after something was put on a list."""
    last = turn.focus.written
    heard = turn.focus.last
    told = heard is not None and heard.call.tool == "list_tasks" and bool(heard.call.arguments.get("list"))
    if told and found.sentence.plain[0] in ("add", "also", "plus", "put"):
        return _to_the_list_told(found, turn)
    if last is None or last.call.tool != "add_task" or turn.question or refers(found.words("title")):
        return None
    if not plain_name(found.words("title")) or turn.clock.is_time(found.words("title")):
        return None
    receipt = last.answer["receipt"]
    name = receipt.get("list")
    return call("add_task", title=title(found.words("title")), list=None if name == "Tasks" else name)


def _to_the_list_told(found: Found, turn: Turn) -> Intention | None:
    """ "add flour", after the shopping list was told."""
    words, last = found.words("title"), turn.focus.last
    if last is None or turn.question or refers(words) or not is_thing(words) or turn.clock.apart(words):
        return None
    return call("add_task", title=title(words), list=last.call.arguments["list"])


def _what_about(found: Found, turn: Turn) -> Intention | None:
    """ "what about Tom", after a search; "and on the work list", after a list."""
    last = turn.focus.last
    if last is None or last.wrote or turn.clock.is_time(found.words("about")):
        return None
    about = found.words("about")
    if len(about) > 4 or not is_thing(about) or about[0].plain in _COMMANDS:
        return None
    if refers(about):
        return None  # "and the second one?" points at one that was told
    if last.call.tool in ("search_email", "read_email"):
        return call("search_email", query=f"from:{quoted(name_of(about))}")
    if last.call.tool == "list_events" and "about" in last.call.arguments:
        return call("list_events", about=name_of(about))
    if last.call.tool == "recall":
        return call("recall", about=name_of(about))
    return None


_COMMANDS = frozenset("invite add put move cancel delete remind send tell book set change make remove email mail call write".split())  # fmt: skip


def _other_list(found: Found, turn: Turn) -> Intention | None:
    last = turn.focus.last
    if last is None or last.call.tool not in ("list_tasks", "add_task", "change_task"):
        return None
    return call("list_tasks", which="open", list=list_name(found))


def _forget_it(found: Found, turn: Turn) -> Intention | None:
    """ "forget that", after something was remembered or told from memory; otherwise it is only a way to wave off."""
    last = turn.focus.last
    if last is None or last.call.tool not in ("remember", "recall"):
        return None
    if last.call.tool == "remember":
        return call("forget", about=str(last.answer["receipt"]["text"])) if last.wrote else None
    known = (last.answer.get("result") or {}).get("memories") or []
    if len(known) > 1:
        return ask("forget", "about", "Which of these should I forget?")
    return call("forget", about=str(known[0]["text"])) if known else None


def _worded_anew(found: Found, turn: Turn) -> Intention | None:
    """ "change it to say thursday works": a draft isn't edited but written anew, to the same person."""
    last = turn.focus.written
    if last is None or last.call.tool != "draft_email" or turn.question:
        return None
    body = found.text("body")
    body = body[:1].upper() + body[1:]
    same, old = last.call.arguments, last.answer["receipt"]["id"]
    return call(
        "draft_email", reply_to=same.get("reply_to"), to=same.get("to"), subject=same.get("subject"), body=body,
        instead_of=old,
    )  # fmt: skip


def _taken(found: Found, turn: Turn) -> Intention | None:
    """ "book that for writing", after free time was told: the first of it is offered."""
    last = turn.focus.last
    if last is None or last.call.tool != "find_free_time" or turn.question:
        return None
    free = (last.answer.get("result") or {}).get("free") or []
    if not free:
        return None
    if found.has("title") and not plain_name(found.words("title")):
        return None
    starts, end = (datetime.fromisoformat(free[0][name]).astimezone(turn.clock.zone) for name in ("starts", "ends"))
    ends = min(starts + timedelta(minutes=int(last.call.arguments.get("minutes") or 60)), end)
    when = f"{starts:%Y-%m-%d} from {starts:%H:%M} to {ends:%H:%M}"
    if not found.has("title"):
        return ask("add_event", "title", "What should I call it?", when=when)
    named = title(found.words("title"))
    moment = say_when(When(starts=starts, ends=ends), now=turn.clock.now, zone=turn.clock.zone, full=True)
    offered = {"title": named, "when": when}
    return Intention(
        tool="add_event", arguments=offered, missing="yes", say=f"Shall I put {named} on your calendar, {moment}?"
    )


RULES: list[Rule | Bag] = [
    rule(
        "later, of it",
        """
        [no] [make (it|that)] <length:length> later
        [no] [a|another] <length:length> later
    """,
        lambda found, turn: _shifted(found, turn, 1),
    ),
    rule(
        "earlier, of it",
        """
        [no] [make (it|that)] <length:length> (earlier|sooner)
    """,
        lambda found, turn: _shifted(found, turn, -1),
    ),
    rule(
        "another name",
        """
        (i meant|no i meant|no i said|i said|make it|make that|no make it|no make that|actually make it|change it to|no change it to|sorry i meant|no sorry i meant) <new:new>
        (no|sorry|no sorry) : <new:new>
        [no|sorry|oh] (it is|that is|it should be|it was) called <new:new> [actually|instead]
    """,
        named_anew,
    ),
    rule(
        "another length",
        """
        [no] (make it|make that|for|it takes|it is|it lasts|it should be|it should last|it will take|and it takes|lasting|and make it) <length:length> [long]
        [no] <length:length> long
    """,
        _lasting,
    ),
    rule(
        "another list",
        """
        [no] [put it|i meant|i said|move it|that goes|it goes|it belongs] (on|to|onto|for) [my|the|our] <list:list> list [instead|rather]
        [no|oops|sorry|oh] [sorry] [that is the|that was the|it is the] (wrong list|not that list|wrong one|other list) [sorry] [put it|that goes|it goes|it belongs|that belongs|move it|it should go|that should go|i meant|should be|it should be|that should be] (on|to|onto|for|in|under) [my|the|our] <list:list> [list] [instead|rather]
        [no|oops|sorry] (that goes|it goes|it belongs|that belongs|that should go|it should go|that should be|it should be|put it|move it) (on|to|onto|under) [my|the|our] <list:list> [list] [instead|rather]
        [no] not (shopping|the shopping list|that list|on the shopping list|my shopping list) : [the] <list:list> [list]
    """,
        _on_list,
    ),
    rule(
        "one more",
        """
        (also|and|and also|plus|oh and|as well as|and add|also add|add also|also put|and then|and some|add) <title:new> [too|as well|also|to it|to that|on it|on there|there|to the list|to the same list]
        <title:new> (too|as well)
    """,
        _also,
    ),
    rule(
        "what about",
        """
        (and|what about|how about|and what about|and from|what about from|and how about|or|and the one from|any from|anything from) <about:thing>
        [is there] anything (from|by) <about:thing>
    """,
        _what_about,
    ),
    rule(
        "it is there",
        """
        [and|oh] (it is|that is|it will be|it takes place|it is going to be|we meet|i am meeting them|make it) (at|in) <place:new>
        (the|its) (place|location|address|venue) is [at|in] <place:new>
    """,
        _there,
    ),
    rule(
        "and there",
        """
        [and|what about|how about|and what about] [the time] in <place:new> [now|then]
        (what about|how about|and) <place:new>
    """,
        _in_place,
    ),
    rule(
        "and the other list",
        """
        [and] [what about|how about|what is] [on|in|and on] [my|the|our] <list:list> (list|tasks)
    """,
        _other_list,
    ),
    rule(
        "forget that",
        """
        (forget|do not remember) (it|that|this) [again|after all]
    """,
        _forget_it,
    ),
    rule(
        "say it otherwise",
        """
        (change|make|edit|rewrite|update|alter|amend) (it|that|the draft|the text|the reply|the mail|the email|the message) [to|so that it|so it] (say|says|read|reads) [that] <body:text>
        [no] (make it|let it|have it) (say|read) [that] <body:text>
        [no] (say|write) [that] <body:text> instead
    """,
        _worded_anew,
    ),
    rule(
        "take that time",
        """
        (book|take|use|block|reserve|keep|hold|put|schedule) [me] (it|that|this|the first|the first one|that one|that time|that slot|the first slot) (for|as|with) [a|an|the] <title:new>
        (book|take|use|block|reserve|schedule) (it|that|this|the first one|that one|that time|that slot|the first slot)
    """,
        _taken,
    ),
    *more_of_it.RULES,
]
