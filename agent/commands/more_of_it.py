"""More about what was just told: "where is it", "how long", "the second one", "read it"."""

from agent.commands.intention import Intention, call
from agent.commands.one_event import about_thing
from agent.commands.patterns import Found
from agent.commands.rules import Bag, Make, Rule, Turn, rule
from agent.commands.slots import refers
from agent.commands.words import plains


def _more_of_it(angle: str) -> Make:
    def make(found: Found, turn: Turn) -> Intention | None:
        thing = turn.focus.only
        return about_thing(thing, angle) if thing else None

    return make


def _told_more(found: Found, turn: Turn) -> Intention | None:
    """ "the second one": more about it."""
    if not refers(found.words("one")) or plains(found.words("one")) in (("it",), ("that",), ("this",)):
        return None
    thing = turn.focus.pick(found.words("one"))
    if thing is None:
        return None
    return call("read_email", message=thing.id) if thing.kind == "message" else about_thing(thing, "when")


def _read_it(found: Found, turn: Turn) -> Intention | None:
    thing = turn.focus.only
    return call("read_email", message=thing.id) if thing and thing.kind == "message" else None


RULES: list[Rule | Bag] = [
    rule(
        "where is it",
        """
        where [is (it|that)] [held|taking place|happening|exactly|again]
        [and] where
        (which|what) (room|place|address)
    """,
        _more_of_it("where"),
    ),
    rule(
        "how long",
        """
        [and] how long [is (it|that)|does (it|that) (last|take|go|go on)|will (it|that) (take|last)]
        (until when|till when)
        when does (it|that) end
    """,
        _more_of_it("how long"),
    ),
    rule(
        "who",
        """
        [and] who [else] (is coming|is there|is invited|will be there|is going|is in it|comes|is in|is attending|with|is joining|else)
        [and] (with|and with) whom
        who with
    """,
        _more_of_it("who"),
    ),
    rule(
        "when",
        """
        [and] when [is (it|that)|does (it|that) (start|begin)|exactly]
        what time [is (it|that) (at|on)|does (it|that) (start|begin)]
    """,
        lambda found, turn: (
            _more_of_it("when")(found, turn)
            if len(found.sentence.plain) < 6 and found.sentence.plain != ("what", "time", "is", "it")
            else None
        ),
    ),
    rule(
        "that one",
        """
        [and] [what about|how about|tell me about|tell me more about|more about|show me|what is] <one:thing>
    """,
        _told_more,
    ),
    rule(
        "read it",
        """
        (read|open|show|play|hear) (it|that|that one|the mail|the email|the message) [to me|out|aloud|out loud|please|me]
        read [it] [out] [aloud]
        what does it say
        what (does|did) (he|she|they) (say|write|want)
        (yes|yeah|ok|okay|sure|go on|please) read (it|that) [to me]
    """,
        _read_it,
    ),
]
