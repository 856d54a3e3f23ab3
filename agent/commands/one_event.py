"""Questions about one event: when and where it is, how long, with whom, and whether it is on."""

import re

from agent.commands.agenda import LIST_ALLOWS
from agent.commands.intention import Finish, Intention, Kind, Search, call
from agent.commands.patterns import Found
from agent.commands.references import Thing
from agent.commands.rules import Bag, Make, Rule, Turn, rule
from agent.commands.slots import refers
from agent.commands.words import plains, written


def _about(found: Found, angle: str) -> Intention | None:
    words = found.words("about")
    if angle == "when" and _GOOD_TIME & set(plains(words)) and {"time", "moment", "day"} & set(plains(words)):
        return None  # it is asked for a good time, not for an event
    if refers(words) or plains(words) in (("time",), ("free", "time")):
        return None
    named = _telling(found.text("about"))
    following = named.lower().startswith("next ")
    return call(
        "list_events", angle, about=_telling(named[5:]) if following else named, when=found.when or None,
        first=1 if following else None,
    )  # fmt: skip


_GOOD_TIME = frozenset("good best better suitable convenient".split())


def _telling(about: str) -> str:
    """Without the article, and without the words that only say it is an event."""
    words = re.sub(r" of (?:mine|ours)$", "", about).split()
    while len(words) > 1 and words[0].lower() in (
        "the",
        "my",
        "our",
        "a",
        "an",
        "that",
        "this",
        "with",
        "any",
        "another",
    ):
        words = words[1:]
    if len(words) > 2 and words[0].lower() in ("meeting", "appointment", "thing", "event", "meetings", "appointments", "calls", "things", "events") and words[1].lower() in ("with", "at", "about"):  # fmt: skip
        return _telling(" ".join(words[2:]))
    return " ".join(words)


def _asked(angle: str) -> Make:
    return lambda found, turn: _about(found, angle) or _pointed(found, turn, angle)


def _pointed(found: Found, turn: Turn, angle: str) -> Intention | None:
    """ "where is it": the thing in focus is looked up again, so that the answer is of now."""
    thing = turn.focus.pick(found.words("about"))
    return about_thing(thing, angle) if thing else None


def about_thing(thing: Thing, angle: str) -> Intention | None:
    """Look up a thing that was told before, to say something more about it."""
    if thing.kind == "event":
        day = str(thing.item["starts"])[:10]
        return call("list_events", angle, about=thing.name, when=day)
    if thing.kind == "task":
        return call("list_tasks", angle, about=thing.name, which="all")
    if thing.kind == "reminder":
        return call("list_reminders", angle)
    return None


_IS = (
    "(is|are|was|were|will|did|does|do i have|have i got|do we have|am i|are we|do i|do we|did i|will i|am i going to)"
)


_DOING = "[having|seeing|meeting|going to|at|get|got|see|meet|have|in|attending|going|supposed to see|supposed to be at|due at|need to be at|be at|have to be at|scheduled for|booked for]"  # fmt: skip


_END = "[coming|coming round|be|start|starting|begin|beginning|happen|happening|take place|taking place|on|scheduled|booked|planned|due|again|this time|for|going to be]"  # fmt: skip


def _is_then(found: Found) -> Intention | None:
    """ "is yoga on tuesday?"."""
    plain = set(plains(found.words("about")))
    known = {
        "free",
        "busy",
        "it",
        "that",
        "there",
        "anything",
        "available",
        "taken",
        "open",
        "this",
        "he",
        "she",
        "everything",
        "booked",
    }
    return None if plain & (known | LIST_ALLOWS) or not found.when else _about(found, "when")


def _who(found: Found, turn: Turn) -> Intention | None:
    if found.has("about"):
        return _about(found, "who") or _pointed(found, turn, "who")
    return about_thing(turn.focus.only, "who") if turn.focus.only else None


def _is_on(found: Found, turn: Turn) -> Intention | None:
    if set(plains(found.words("about"))) <= LIST_ALLOWS and not found.when:
        return None
    about = written(found.words("about"))
    if {"task", "tasks", "reminder", "reminders", "email", "emails", "mail", "mails", "message", "messages", "unread", "time", "new", "free", "suggestions", "overdue", "important"} & set(about.lower().split()):  # fmt: skip
        return None
    return _about(found, "when")


def _arranged(found: Found, turn: Turn) -> Intention | None:
    """ "did I book the train tickets": on the calendar, or still to do."""
    if refers(found.words("about")) or found.when:
        return _about(found, "when")
    about = _telling(found.text("about"))
    options: dict[Kind, Finish] = {
        "event": lambda item: call("list_events", "when", about=about),
        "task": lambda item: call("list_tasks", "whether", about=about, which="all"),
    }
    none = call("list_tasks", "whether", about=about, which="all")
    search = Search(called=about, options=options, exactly=True, otherwise=none)
    return Intention(tool="list_tasks", search=search, say="What do you mean?")


RULES: list[Rule | Bag] = [
    rule(
        "is it arranged",
        """
        (did|have) (i|we) [already|actually|ever|remember to] (book|booked|schedule|scheduled|arrange|arranged|plan|planned) <about:thing> [yet|already]
    """,
        _arranged,
        "apart",
    ),
    rule(
        "when is it",
        f"""
        (when|what time|what day|which day|what date|which date|on what day|on which day|at what time|at which time|when exactly) {_IS} {_DOING} <about:thing> {_END}
        (when|what time|at what time|at which time|at what hour|what hour|on what day|what day) (begins|starts|happens|comes|begin|start) <about:thing>
        (at what hour|what hour|at which hour) {_IS} {_DOING} <about:thing> {_END}
        (when|what time|what day) is <about:thing> (on|at|again|scheduled for|set for|supposed to be|supposed to start)
        (when|what time|what day) (do i have to|do i need to|must i|should i|do we have to) (go to|be at|see|be there for|leave for|get to|visit) <about:thing>
        (tell me|do you know|can you tell me|remind me|check|look up|find out|show me) (when|what time|what day) <about:thing> (is|are|starts|start|begins|takes place|happens)
        (what is the (time|date|day) (of|for)|the (time|date|day) (of|for)) <about:thing>
        what (day|time|date) (is|was) <about:thing> (on|at|again)
        (when|what time) (do|does|will) <about:thing> (come|arrive|start|begin|happen|take place|be here|come over|get here)
        (when|what time) (do i|am i|do we|are we) (fly|flying|fly out|leaving|travel|travelling|going) [to|for] <about:thing>
    """,
        _asked("when"),
        "apart",
    ),
    rule(
        "until when",
        """
        (when|what time) (does|do|will|is) <about:thing> (end|finish|over|be over|done|be finished|be done|stop)
        (when|what time|at what time|at what hour|what hour) (ends|finishes|stops|is over) <about:thing>
        (until when|till when) is <about:thing>
    """,
        _asked("until"),
        "apart",
    ),
    rule(
        "where is it",
        """
        where (is|are|was|do i have|am i having|will|do we have|am i going for|do i go for|do i need to be for|do i need to go for|do i have to go for|do i meet) <about:thing> [held|taking place|happening|be|on|at|going to be|being held]
        where (am i|are we) (having|meeting for|going for|doing|taking) <about:thing>
        (tell me|show me|remind me|do you know|find out|check) where <about:thing> (is|takes place|happens)
        where (are|is) <with> and (i|me) (having|meeting for|going for|doing) <about:thing>
        where (am i|are we|do i) (meeting|seeing|meet) <about:thing>
        (which|what) (room|place|address|location|building|venue) is <about:thing> (in|at)
        (what is the|the|show me the|tell me the|give me the) (room|place|address|location|venue) (of|for) <about:thing>
        (in|at) (which|what) (room|place|address) is <about:thing>
    """,
        _asked("where"),
        "apart",
    ),
    rule(
        "how long is it",
        """
        how (long|much time) (is|does|will|are|do) <about:thing> [last|take|last for|take for|go on for|go on|go on till|go|be|going to take|going to last|scheduled for|run]
        (what is the|the) (length|duration) of <about:thing>
    """,
        _asked("how long"),
        "apart",
    ),
    rule(
        "who is there",
        """
        who (is|are|else is) (coming|coming to|invited|invited to|at|in|joining|attending|going to|going|on the list for|with me at|part of|expected at) [<about:thing>]
        who (am i|are we|will i be) (meeting|seeing|meeting with|having) (at|for|in) <about:thing>
        who will be (at|in|there at) <about:thing>
        (who|whom) (am i|are we|do i|will i) (having|meeting for|seeing for|going to|going for|have|taking) <about:thing> with
        with (who|whom) (am i|are we|do i) (having|meeting for|seeing for|going to|have) <about:thing>
    """,
        _who,
        "apart",
    ),
    rule(
        "is it on",
        """
        is <about:thing> [still] (coming|on|happening|planned|scheduled|in the diary|on my calendar|in my calendar|in my diary|on my schedule|taking place|going ahead|on the calendar|in the calendar|here)
        (is|are) <about:thing> still
        is <about:thing> (today|tomorrow)
        (did|have) (i|we) [already|actually] (put|add|added|enter|entered|write|note|noted|book|booked|schedule|scheduled|get) [in|down] <about:thing> (in|down|on|into) [my|the|our] [{cal}] [already|yet]
        (any|are there any|is there any|do i have any|have i got any|have i any|do we have any) <about:thing> (coming up|coming|coming soon|soon|ahead|lined up|on the horizon|planned|in the diary)
        (do i have|have i got|have i|do we have|have we got|is there|are there|am i having|are we having|am i seeing|am i meeting|do i see|do i meet|got) [any|a|an|another|some] [meeting|meetings|appointment|appointments|event|events|call|calls|anything|something] (with|at|about|called|for|regarding) <about:thing>
        do (i|we) still have [that|the|my|this] <about:thing> [on my calendar|planned|booked|scheduled|on]
        (is|are) [that|the|my] <about:thing> still (on|happening|planned|going ahead|there|in)
        (do i have|have i got|have i|do we have|is there|am i having|am i seeing|am i meeting|are we seeing|do i see|do i meet|did i see|did i meet|did i have|got) <about:thing> [on my calendar|in my calendar|in my diary|on my schedule|scheduled|planned|booked|on]
        (find|show|show me|look up|look for|search for|search my calendar for|check my calendar for|tell me about|details of|details for|what about|what do you know about|what is) [the|my] (meeting|meetings|appointment|appointments|event|events|call|calls) (with|about|called|at|for|on) <about:thing>
        (search|check|look in|look through) [the|my] {cal} for <about:thing>
        (show|show me|pull up|find|open) [the|my] <about:thing> (event|appointment|meeting|on my calendar|in my calendar|in the calendar)
        what (meeting|meetings|appointment|appointments|events|calls) (do i have|have i got|are there|do we have) (with|about|for|at) <about:thing>
        what about <about:thing>
        (show me|tell me|give me|what are|show) [the] details (of|for|about|on) <about:thing>
        what do i have (with|at) <about:thing>
    """,
        _is_on,
        "apart",
    ),
    rule(
        "how long until",
        """
        how (long|many days|many weeks|many hours|many minutes|much time|soon|many sleeps|far away|far off) [is it|is there|are there|have i got|do i have|do we have|left|is left|are left|now|do i have left] (until|till|til|before|to|is|are) <about:thing> [starts|begins|start|is|comes|away|goes|happens|is here|takes place]
        (days|time) (until|till|to) <about:thing>
        """,
        lambda found, turn: None if turn.clock.is_time(found.words("about")) else _about(found, "when"),
        "apart",
    ),
    rule(
        "is it then",
        """
        (is|was|were) <about:thing>
        """,
        lambda found, turn: _is_then(found),
        "apart",
    ),
]
