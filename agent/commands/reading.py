"""Reading one mail: pointed at, or by whom it is from and what it is about."""

from agent.commands.intention import Finish, Intention, Kind, Search, call
from agent.commands.naming import name_of, quoted
from agent.commands.patterns import Found
from agent.commands.rules import Bag, Rule, Turn, rule
from agent.commands.slots import refers
from agent.commands.words import plains


def reading(query: str, say: str = "Which mail should I read?") -> Intention:
    """Read the newest mail that a search finds."""
    options: dict[Kind, Finish] = {"message": lambda item: call("read_email", message=item["id"])}
    return Intention(tool="read_email", search=Search(called=query, options=options), say=say)


def _read(found: Found, turn: Turn) -> Intention | None:
    """Read one mail: pointed at, or by whom it is from and what it is about."""
    if found.has("one"):
        return _pointed(found, turn)
    parts = []
    if "first" in found.sentence.plain and not found.has("person") and not found.has("subject"):
        told = [thing for thing in turn.focus.named if thing.kind == "message"]
        if told:
            return call("read_email", message=told[0].id)
    if {"how", "what"} & set(found.sentence.plain[:1]) and found.has("subject") and not _document_word(found):
        return None
    if found.has("person"):
        if refers(found.words("person")):
            return None
        parts.append(f"from:{quoted(name_of(found.words('person')))}")
    if found.has("subject"):
        if refers(found.words("subject")):
            return None
        parts.append(name_of(found.words("subject")))
    if {"unread", "new"} & set(found.sentence.plain) and not found.has("person"):
        parts.append("is:unread")
    if {"important", "urgent"} & set(found.sentence.plain):
        parts.append("is:important")
    return reading(" ".join(parts) or "in:inbox")


_DOCUMENTS = frozenset("invoice bill statement quote offer contract letter receipt estimate fee price total amount invitation reminder report order ticket booking newsletter".split())  # fmt: skip


def _document_word(found: Found) -> bool:
    """Whether what is asked about is something that comes by mail."""
    said = set(found.sentence.plain)
    return bool(_DOCUMENTS & said or {"email", "mail", "message", "letter", "does", "did"} & said)


def _pointed(found: Found, turn: Turn) -> Intention | None:
    if not refers(found.words("one")):
        return None
    thing = turn.focus.pick(found.words("one"))
    if thing and thing.kind == "message":
        return call("read_email", message=thing.id)
    if thing:
        return None
    plain = [word for word in plains(found.words("one")) if word not in ("the", "that")]
    if len(plain) > 2 and plain[0] == "one" and plain[1] in ("from", "about"):
        name = name_of(found.words("one")[-len(plain) + 2 :])
        return reading(f"from:{quoted(name)}" if plain[1] == "from" else name)
    if len(turn.focus.named) > 1 and turn.focus.named[0].kind == "message":
        return Intention(tool="read_email", missing="message", say="Which one should I read?")
    return None


def _document(found: Found, turn: Turn) -> Intention | None:
    """ "read the newsletter", "read invoice 20417": some mail that is called so."""
    plain = plains(found.words("subject"))
    if refers(found.words("subject")) or set(plain) & set("calendar diary schedule list lists tasks task agenda reminders reminder book briefing day week them it me out to back to-do news minutes appointments events".split()):  # fmt: skip
        return None
    return reading(name_of(found.words("subject")))


_OPEN = "(read|open|show|show me|read me|read out|read aloud|let me hear|let me see|tell me|play|see|hear|view|pull up|bring up|give me|i want to hear|i want to read|i would like to hear|what is in|what does|what is)"  # fmt: skip


_ONE = "[latest|last|newest|new|recent|most recent|unread|important|first|other|whole|full|entire] (email|mail|message|letter|one|note|reply)"


_SAY_IN = "[in|with] [the|her|his|their|that] [email|mail|message|letter|last email|latest email|last mail|latest mail|latest message|last message]"


READ: list[Rule | Bag] = [
    rule(
        "read from someone",
        f"""
        {_OPEN} [me|out|aloud] [the|that|my|an] {_ONE} [that came|i got|sent|that is] (from|by|of) <person:person> [say|about]
        {_OPEN} [me|out] <person:person> {_ONE} [say|about|to me]
        {_OPEN} [me|out|aloud] [the|that] <subject:thing> {_ONE} (from|by) <person:person>
        (read|open|show|show me|read me|read out) [me|out|aloud] <person:person> {_ONE} (about|on|regarding|concerning) <subject:new>
        {_OPEN} [me|out] [the] (last|latest|newest|most recent) (thing|one|mail|email|message) [that|which] <person:person> (sent|wrote|said|mailed|emailed) [me|to me|us]
        {_OPEN} [me|out] <person:person> (latest|newest|last|most recent) [one]
        {_OPEN} [me|out] (what|the thing|the thing that) <person:person> (wrote|sent|said|says|writes|has written|emailed|answered|replied|wants|wanted) {_SAY_IN} [to me|me|back|from me]
        (how much|how high|how big|what) (is|was) [the|my|that] <subject:thing> (from|by|of) <person:person> [for|about|over]
        how much (do i owe|does <person:person> want|do i have to pay) [to|for] [<person:person>]
        what (does|did|is) <person:person> (say|write|want|writing|saying|wants|wanted|need|tell|tell me|ask|reply|answer|send|ask for|ask me|write to me|write me|send me|asking|asking for|want from me) {_SAY_IN}
        what (has|had) <person:person> (written|said|wanted|sent|answered|replied) {_SAY_IN} [me|to me]
        {_OPEN} [me|out|aloud] [the|that] (latest|newest|last|most recent) [one|thing] (from|by) <person:person>
        (what does|what did|what is) [the|that] {_ONE} (from|by|of) <person:person> (about|on|regarding) <subject:new> (say|says|tell|contain)
        what does [the] {_ONE} from <person:person> (say|want|tell|contain)
        what (is in|was in) [the|that] {_ONE} from <person:person>
        (what is|what was) [the|that] {_ONE} from <person:person> about
        what (is|was) <person:person> {_ONE} about
        {_OPEN} [me|out|aloud] [the|that|my] {_ONE} (from|by|of) <person:person> about <subject:new>
        {_OPEN} [me] [the] (one|mail|email|message) <person:person> (sent|wrote) [me] [to me]
        {_OPEN} [me|out|aloud|to me|out to me|aloud to me|out loud] [the|that] {_ONE} (that|what|which) <person:person> (sent|wrote|has sent|has written|send|writes|emailed|mailed) [to me|me|us] [about|regarding|on|concerning] <subject:new>
        {_OPEN} [me|out|aloud|to me|out to me|aloud to me|out loud] [the|that] {_ONE} (that|what|which) <person:person> (sent|wrote|has sent|has written|send|writes|emailed|mailed) [to me|me|us]
        {_OPEN} [me|out|aloud|to me] what <person:person> (wrote|sent|said|says|writes|has written|emailed|answered|replied) [to me|me|us|back] (about|regarding|on|concerning) <subject:new>
        what (did|does|has) <person:person> (write|say|wrote|send|written|said|want) [to me|me] (about|regarding|on|concerning) <subject:new>
        {_OPEN} [me|out|aloud|to me|out to me|out loud] [the|that|my] {_ONE} (from|by|of) <person:person> [to me|out|aloud|out loud]
    """,
        _read,
        "apart",
    ),
    rule(
        "read about something",
        f"""
        {_OPEN} [me|out|aloud] [the|that|my] {_ONE} (about|regarding|concerning|with|on|called|titled|with the subject|for) <subject:new>
        (what does|what did|what is) [the|that] {_ONE} (about|regarding|with|on) <subject:new> (say|says)
        what is in [the|that] {_ONE} (about|regarding|with|on) <subject:new>
        {_OPEN} [me] [the|that] <subject:new> (email|mail|message|letter) [out loud|aloud|to me|out|please]
        (read|read out|read me|open|show|show me) [me|out|to me] [the|that] <subject:new> (one|thing|stuff) [out loud|aloud|to me|out]
        what does [the|that] <subject:new> (email|mail|message|letter) say
    """,
        _read,
        "whole",
    ),
    rule(
        "read the latest",
        """
        (read|open|show me|read me|read out|let me hear|show) [me|out] [my|the] (latest|last|newest|most recent|first) [unread|new|important] (email|mail|message|one|letter)
        (read|open|show me|read me|read out|let me hear) [me|out] [my|the|an] [important|urgent|unread|new] (email|mail|message)
        what (is|was|does) [in] [my|the] (latest|last|newest|most recent) (email|mail|message|letter) [say|about]
        what (did i|have i) (get|got|receive|received) (last|most recently)
    """,
        _read,
        "apart",
    ),
    rule(
        "read a document",
        """
        (read|open|read me|read out) [me|out|to me] [the|my|that|this] <subject:thing> [to me|out|aloud|out loud]
        what does the <subject:thing> say
    """,
        _document,
        "whole",
    ),
    rule(
        "read that one",
        f"""
        {_OPEN} [me|out|aloud] <one:thing> [to me|out|aloud|say|about]
        {_OPEN} (out|aloud) <one:thing>
        <one:thing>
        what does <one:thing> say
        (what is|what was) <one:thing> about
    """,
        _pointed,
        "whole",
    ),
]
