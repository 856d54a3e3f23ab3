"""Questions about things to do: what is open, due, overdue, done, on which list."""

from agent.commands.intention import Intention, call
from agent.commands.noting import list_name
from agent.commands.patterns import Found
from agent.commands.rules import Bag, Rule, Turn, bag, rule
from agent.commands.slots import refers
from agent.commands.words import plains, written

_GLUE = """
what which is are was were will be do does did have has had i we you me us my our the a an any anything something some there got get on in
at for of to and up like how show tell give read list check see let know about out over through run walk take all everything else more many
much still left that this am doing need needs should must can could display say view pull bring open lists should've been by now whats
today's going everything's currently yet hear names thing things stuff waiting remaining outstanding pending unfinished undone uncompleted
incomplete tomorrow's week's want find count number having it were with so far supposed meant
"""


_TODO = "task tasks todo todos do dos chores jobs errands duties assignments list lists"


_LIST_NEEDS, _LIST_ALLOWS = bag(
    ["task tasks todo todos dos chores jobs errands"], f"{_GLUE} {_TODO} open due finish complete by today"
)


_OVERDUE_NEEDS, _OVERDUE_ALLOWS = bag(
    ["overdue late behind missed slipped past"],
    f"{_GLUE} {_TODO} due on with running date deadline deadlines past its their work running anything",
)


_DONE_NEEDS, _DONE_ALLOWS = bag(
    ["completed done finished complete finish accomplished ticked checked achieved"],
    f"{_GLUE} {_TODO} off already today yesterday ever accomplished items",
)


_DUE_NEEDS, _DUE_ALLOWS = bag(["due deadline deadlines"], f"{_GLUE} {_TODO} date dates coming soon")


def _tasks(found: Found, turn: Turn) -> Intention | None:
    said = set(found.sentence.plain)
    if not said & set("task tasks todo todos dos chores jobs errands list lists".split()):
        return None
    if len(said - set("the my a".split())) == 1 and not found.when and said & {"task", "jobs", "list", "lists"}:
        return None
    return _listed(found, turn, "count" if "many" in said else "")


def _listed(found: Found, turn: Turn, angle: str = "", which: str = "open") -> Intention:
    when = found.when
    if when and which == "open" and _is_today(when):
        return call("list_tasks", angle, which="today")
    return call("list_tasks", angle, which=which, when=when or None)


def _is_today(when: str) -> bool:
    return when.lower().removeprefix("for ").removeprefix("on ").removeprefix("by ").strip() in (
        "today",
        "to day",
        "tonight",
    )


def _overdue(found: Found, turn: Turn) -> Intention | None:
    said = set(found.sentence.plain)
    if "late" in said and said & {"how", "am"} and not said & {"anything", "tasks", "on", "with"}:
        return None
    if "past" in said and not said & {"due", "date", "dates", "deadline", "deadlines"}:
        return None
    return call("list_tasks", which="overdue")


def _should_be_done(found: Found, turn: Turn) -> Intention | None:
    return call("list_tasks", which="overdue")


def _finished(found: Found, turn: Turn) -> Intention | None:
    said = set(found.sentence.plain)
    if (
        said & {"you", "your"}
        or not (
            said
            & {"what", "show", "list", "which", "tasks", "todos", "things", "how", "did", "tell", "read", "see", "give"}
        )
        or said & {"need", "should", "must", "needs", "waiting", "left", "still", "to"}
    ):
        return None
    return call("list_tasks", "count" if "many" in said else "", which="done")


def _due(found: Found, turn: Turn) -> Intention | None:
    return _listed(found, turn)


def _of_list(found: Found, turn: Turn) -> Intention | None:
    named = list_name(found)
    return call(
        "list_tasks",
        "count" if "many" in found.sentence.plain else "",
        which="open",
        list=named,
        when=found.when or None,
    )


def _about(found: Found, turn: Turn) -> Intention | None:
    if refers(found.words("about")):
        return None
    about = written(found.words("about"))
    for article in ("the ", "a ", "an ", "my ", "any ", "some "):
        about = about.removeprefix(article)
    return call("list_tasks", "whether", about=about, which="all", list=list_name(found))


_ON_LIST = "(on|in|off|from|for) [my|the|our] [<list:list>] (list|lists|to do list|to dos)"


_ASK = "(what is|what are|what do i have|what have i got|what have we got|what do we have|what else is|what is left|what is still|what is there|is there anything|is anything|anything|show me|show me what is|tell me|tell me what is|read me what is|read out what is|read me|read out|read|show|list|list what is|give me|check|see|how many things are|how many items are|how many things do i have|how many are|how about|what about|how is|what is open|what is still open|show me everything|read me everything|everything|pull up|open|view|display|let me hear|let me see|let me hear what is|tell me what is still open|tell me what is open|what is outstanding|what is left to do|go through|what needs doing|what needs to be done|what needs to be bought|which things are|which items are|what all is|what is currently)"  # fmt: skip


def _to_do_list(found: Found, turn: Turn) -> Intention | None:
    plain = " ".join(found.sentence.plain)
    return _listed(found, turn, "count" if "many" in plain else "") if "to do list" in plain else None


_NOT_LISTED = frozenset("today tomorrow me week weekend morning month year day now sure everyone".split())


def _is_list(found: Found) -> bool:
    """A word before "tasks" is a list's name only if it is no common word."""
    plain = set(plains(found.words("list")))
    common = "overdue open late done completed finished due my other new next old many all important unread what which any is are more the urgent of to do price guest long first last second".split()  # fmt: skip
    return not plain & (set(common) | _NOT_LISTED) and bool(
        plain or {"list", "lists", "dos"} & set(found.sentence.plain)
    )


READ: list[Rule | Bag] = [
    rule(
        "a list",
        f"""
        {_ASK} [still|left|open|written|standing|there] {_ON_LIST} [to me|out|aloud]
        {_ASK} [my|the|our|all the things on my] <list:list> (list|lists) [again|look like|to me|out|aloud|out loud]
        [what is] [my|the|our] <list:list> list [look like]
        [any|what|which] <list:list> (tasks|to dos|items|chores) [are there|do i have|are open|are left|have i got|are still open|left]
        (show|show me|list|read me|what are|tell me|give me) [my|the|all my|our] [open] <list:list> (tasks|to dos|items)
        how long is [my|the|our] <list:list> list
        how long is [my|the|our] (to do list|task list|list|shopping list)
        [show|show me|read|read me] [my|the] groceries
        what (tasks|items|things|to dos) are [still] [open|left] {_ON_LIST}
        (show|show me|list|read me|what are|tell me|give me|what|which|any) [the|my|all my|our] [open|remaining] (tasks|to dos|items|jobs|chores|things) [are there|do i have|are open|are left|have i got] (for|from|at|in) [my|the] <list:list> [list]
        what do (we|i) [still] (have|need) to do (for|on) <list:list> [list]
        (what is|what have i got|what do i have) [still] (left|open|outstanding|pending|to be done|to do) [to do] (for|on|at) [my|the] <list:list>
        what do (we|i) [still] need (to buy|to get|to pick up|buy|get) {_ON_LIST}
    """,
        lambda found, turn: _of_list(found, turn) if _is_list(found) else None,
        "apart",
    ),
    rule(
        "shopping",
        """
        what do (we|i) [still] (need|need to get|need to buy|have to buy|have to get|want) [from|at|in] [the|a] (shops|shop|store|supermarket|grocery store|groceries|market)
        what (should|must|do) (i|we) [still] (buy|get|pick up|have to buy|need to buy|have to get|need to get) [today|from the shop|from the shops|at the shops|at the store|at the shop|at the supermarket|for groceries]
        what (groceries|shopping) (do i need|do we need|do i have to get|is left|is there)
        what (is there|do i have|do we have|have i got|do i need|do we need) to buy
        what am i (buying|getting|shopping for)
        [my|the] shopping list
        [my|the] grocery list
        (do|did) (i|we) (have|need|want) to buy (anything|something)
        (show|show me|read|read me|list|tell me) [my|the|our] (groceries|shopping)
        [my|the] groceries
    """,
        lambda found, turn: call("list_tasks", which="open", list="shopping"),
        "apart",
    ),
    rule(
        "is it on a list",
        f"""
        (did i|have i|did we|have we) [already] (put|add|added|write|written|note|noted|got) [down] <about:thing> {_ON_LIST}
        (is|are|do i have|do we have|have i got|have we got|is there) [already] <about:thing> [already|still] {_ON_LIST}
        (do i have|have i got|is there|do we have|was there) [already] (a|any|an|some) [open] (task|to do|tasks|to dos) (about|for|to|on|with|called|regarding|concerning) <about:thing>
        (find|show|show me|look for|search for|look up|which|what about) [the|my|a|any] (task|tasks|to do|to dos) (about|for|to|with|called|regarding|is about) <about:thing>
        (when|what day|what date|by when) (is|are|do i have to|do i need to|must i|should i) <about:thing> [be] (due|to be done|supposed to be done|done by|finished)
        (when|what day|by when) (do i have to|do i need to|must i|should i) <about:thing> [by]
        (what is|when is) [the] (deadline|due date) (for|of|on) <about:thing>
        (when|by when) (do|does|must|should) <about:thing> [have to|need to|got to] be (done|finished|ready|handed in|completed|in|sent)
        [any|all|my|all my|open] (tasks|task|to dos) (about|for|with|regarding|on|concerning) <about:thing>
        (do|did) (i|we) (need|have) to (buy|get) <about:thing>
        (is|are) <about:thing> [task] (done|finished|overdue|still open|ticked off|complete|completed|due) [yet|already]
        (have i|did i) (finish|finished|complete|completed|do|done|tick off|ticked off|mark|marked) <about:thing> [yet|already|off|done]
        (have i|did i|have we|did we) [already|actually|ever|remember to] (order|ordered|buy|bought|pay|paid|renew|renewed|fix|fixed|water|watered|call|called|clean|cleaned|return|returned|prepare|prepared|post|posted|pick up|picked up) <about:thing> [yet|already]
        do (i|we) still (need|have) to <about:thing>
        (does|do|is) <about:thing> (still need doing|need to be done|still open|still have to be done)
    """,
        _about,
        "apart",
    ),
    rule(
        "overdue",
        """
        what should (have been|be) (done|finished) [by now|already|by today]
        what (have i|did i) (missed|miss|forgotten|forget|not done|left undone|not finished|failed to do|let slip) [to do]
        what (is|are) (past|beyond|over) (due|its due date|their due date|the deadline)
        what am i (late|behind) (with|on|for)
        (am i|are we) [running] (late|behind) (on|with) (anything|my tasks|something|any tasks|any task)
        (did|have) [i|any|any tasks|anything] (miss|missed|slipped|slip) [any] [deadlines|a deadline|anything]
        (any|are there any) (missed deadlines|late tasks|overdue things|old tasks)
        what has (slipped|been missed|gone past its date)
        what (was|were) (i|we) (meant|due) to (do|have done|finish|have finished) [already|by now]
        what (was|were) (i|we) supposed to (do|have done|finish|have finished) [already|by now]
    """,
        _should_be_done,
        "apart",
    ),
    rule(
        "to do",
        """
        what (do i have|have i got|have i|do i need|must i|do i still have|do i still need|is there|should i|am i supposed|do we have|do we need) [left] (to do|to get done|do|get done|to finish|finish|to take care of|on my plate)
        what (needs|has) to (be done|get done|happen)
        what needs doing
        what (have i|do i|have we|do we) still (got to|have to|need to) (do|get done|finish|take care of)
        what (is|have i got|do i have) [still] (left|open|outstanding|pending) [to do]
        what is on my plate
        what is [still] [left|there] to (do|be done)
        (is there|was there) anything (i|we) (forgot|have forgotten|missed|still need|still have|need) [to do|to finish]
        what (tasks|to dos|things) (must i|i must|should i|do i have to|do i need to|have i to|have i got to|i have to|am i to|do i still have to) [do|make|finish|complete|get done|take care of]
        what (do i|must i|should i|i must) (have to|need to) [do|finish|get done]
        which (tasks|to dos|things) (must i|i must|should i|do i have to|do i need to|have i to|i have to|are) [do|make|finish|complete|done|due|open|left]
    """,
        lambda found, turn: (
            None
            if found.when and found.sentence.plain in (("what", "is", "left"), ("what", "is", "still", "left"))
            else _listed(found, turn)
            if found.when or "today" in found.sentence.plain
            else call("list_tasks", which="open")
        ),
        "apart",
    ),
    Bag("overdue", _OVERDUE_NEEDS, _OVERDUE_ALLOWS, _overdue),
    Bag("done", _DONE_NEEDS, _DONE_ALLOWS, _finished),
    Bag("due", _DUE_NEEDS, _DUE_ALLOWS, _due),
    Bag("tasks", _LIST_NEEDS, _LIST_ALLOWS, _tasks),
    Bag("to do list", *bag(["do"], _GLUE + " to list lists"), _to_do_list),
]
