"""Things to do: what is open, writing down, ticking off."""

from dataclasses import replace

from agent.commands.intention import Finish, Intention, Kind, Search, ask, call, words
from agent.commands.moving import acting, offering
from agent.commands.naming import slot_title, title
from agent.commands.patterns import Found
from agent.commands.rules import Bag, Rule, Turn, bag, refers, rule
from agent.commands.words import plains, written

_DEFAULT = frozenset("my the our a an to do todo task tasks general usual normal main this that same".split())
_EMPTY = frozenset("it that this them something anything one things everything".split())


def list_name(found: Found) -> str | None:
    """The list that was named, None for the usual one."""
    plain = [word for word in plains(found.words("list")) if word not in ("my", "the", "our", "a")]
    if not plain or set(plain) <= _DEFAULT:
        return None
    name = written(found.words("list")).lower().removeprefix("my ").removeprefix("the ").removeprefix("our ")
    return {
        "groceries": "shopping",
        "grocery": "shopping",
        "shop": "shopping",
        "store": "shopping",
        "supermarket": "shopping",
    }.get(name, name)


# -- questions ---------------------------------------------------------------------------

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
    ["completed done finished complete accomplished ticked checked achieved"],
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
    if "past" in said and "due" not in said:
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
        or said & {"need", "should", "must", "needs", "waiting", "left", "still"}
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

READ: list[Rule | Bag] = [
    rule(
        "a list",
        f"""
        {_ASK} [still|left|open|written|standing|there] {_ON_LIST}
        {_ASK} [my|the|our|all the things on my] <list:list> (list|lists) [again|look like]
        [what is] [my|the|our] <list:list> list [look like]
        [any|what|which] <list:list> (tasks|to dos|items|chores) [are there|do i have|are open|are left|have i got|are still open|left]
        (show|show me|list|read me|what are|tell me|give me) [my|the|all my|our] [open] <list:list> (tasks|to dos|items)
        how long is [my|the|our] <list:list> list
        what (tasks|items|things|to dos) are [still] [open|left] {_ON_LIST}
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
        (is|are) <about:thing> [task] (done|finished|overdue|still open|ticked off|complete|completed|due) [yet|already]
        (have i|did i) (finish|finished|complete|completed|do|done|tick off|ticked off|mark|marked) <about:thing> [yet|already|off|done]
        (does|do|is) <about:thing> (still need doing|need to be done|still open|still have to be done)
    """,
        lambda found, turn: _about(found, turn),
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
        what (is|have i got|do i have) [still] (left|open|outstanding|pending) [to do]
        what is on my plate
        (is there|was there) anything (i|we) (forgot|have forgotten|missed|still need|still have|need) [to do|to finish]
        what (tasks|to dos|things) (must i|i must|should i|do i have to|do i need to|have i to|have i got to|i have to|am i to|do i still have to) [do|make|finish|complete|get done|take care of]
        what (do i|must i|should i|i must) (have to|need to) [do|finish|get done]
        which (tasks|to dos|things) (must i|i must|should i|do i have to|do i need to|have i to|i have to|are) [do|make|finish|complete|done|due|open|left]
    """,
        lambda found, turn: (
            _listed(found, turn) if found.when or "today" in found.sentence.plain else call("list_tasks", which="open")
        ),
        "apart",
    ),
    Bag("overdue", _OVERDUE_NEEDS, _OVERDUE_ALLOWS, _overdue),
    Bag("done", _DONE_NEEDS, _DONE_ALLOWS, _finished),
    Bag("due", _DUE_NEEDS, _DUE_ALLOWS, _due),
    Bag("tasks", _LIST_NEEDS, _LIST_ALLOWS, _tasks),
    Bag("to do list", *bag(["do"], _GLUE + " to list lists"), lambda found, turn: _to_do_list(found, turn)),
]


def _to_do_list(found: Found, turn: Turn) -> Intention | None:
    plain = " ".join(found.sentence.plain)
    return _listed(found, turn, "count" if "many" in plain else "") if "to do list" in plain else None


def _is_list(found: Found) -> bool:
    """A word before "tasks" is a list's name only if it is no common word."""
    plain = set(plains(found.words("list")))
    common = "overdue open late done completed finished due my other new next old many all important unread what which any is are more the urgent of to do price guest long first last second".split()  # fmt: skip
    return not plain & set(common) and bool(plain or {"list", "lists", "dos"} & set(found.sentence.plain))


# -- writing down ---------------------------------------------------------------------------


def _write(found: Found, turn: Turn) -> Intention | None:
    plain = set(plains(found.words("title")))
    if plain <= _EMPTY | {"the", "a", "task", "an", "my", "new", "some"}:
        return ask("add_task", "title", "What should I write down?", list=list_name(found))
    named = _task_title(found)
    if found.has("list") and not _listable(found):
        return None
    return call("add_task", title=named, list=list_name(found), due=found.when or None)


def _listable(found: Found) -> bool:
    return not set(plains(found.words("list"))) & {"a", "new", "price", "guest", "mailing", "reading"} - {"reading"}


def _task_title(found: Found) -> str:
    named = slot_title(found)
    for lead in ("to ", "that ", "i need to ", "i have to ", "i must ", "do ", "about "):
        if named.lower().startswith(lead) and len(named) > len(lead):
            named = named[len(lead) :]
    return named[:1].upper() + named[1:]


def _standing_or_new(found: Found, turn: Turn) -> Intention | None:
    """ "put fix the bike on my work list": moves the task of that name if there is one, else writes it down."""
    new = _write(found, turn)
    if new is None or new.tool != "add_task" or new.missing or refers(found.words("title")):
        return _moved(found, turn) if refers(found.words("title")) else new
    name = new.arguments.get("list")
    if name is None or len(found.words("title")) < 2:
        return new
    move: Finish = lambda item: call("change_task", task=item["id"], list=name)  # noqa: E731
    return Intention(
        tool="add_task", search=Search(called=str(new.arguments["title"]), options={"task": move}, otherwise=new)
    )


def _moved(found: Found, turn: Turn) -> Intention | None:
    thing = turn.focus.pick(found.words("title"))
    name = list_name(found)
    if thing is None or thing.kind != "task" or name is None:
        return None
    return call("change_task", task=thing.id, list=name)


def _move_list(found: Found, turn: Turn) -> Intention | None:
    name = list_name(found) or "Tasks"
    options: dict[Kind, Finish] = {"task": lambda item: call("change_task", task=item["id"], list=name)}
    return acting(found, turn, options, lacking="Which task?", tool="change_task")


def _needed(found: Found, turn: Turn) -> Intention | None:
    named = title(found.words("title"))
    for lead in ("To ", "to "):
        named = named.removeprefix(lead)
    return call("add_task", title=named[:1].upper() + named[1:], list=list_name(found), due=found.when or None)


_LIST_END = "[<list:list>] (list|lists|tasks|to dos|to do|to do list|to do lists|task list)"
_PUT_IT = "(add|put|stick|make|write|note|pop|get) (that|it|this|them|those|these) (to|on|onto|down on|in|as|down as) [my|the|our|a] [<list:list>] (list|lists|tasks|task|to dos|to do|to do list|task list)"  # fmt: skip

WRITE: list[Rule | Bag] = [
    rule(
        "on a list",
        f"""
        {{add}} [down] <title:new> (to|on|onto|in|into|for|at) [my|the|our|a] {_LIST_END}
        {{add}} [down] (to|on|onto|in|into) [my|the|our] {_LIST_END} [that|to|:] <title:new>
        {{add}} [down] <title:new> (to|on|onto|in|into|for) [my|the|our] (groceries|shopping)
        {{add}} (an item|something|the following|one item|a new item|one thing|another thing|a thing|this|these|another item|one more thing) (to|on|onto|in) [my|the|our] {_LIST_END} [:] <title:new>
        {{add}} <title:new> <list:list> list
        [on|for|to] [my|the|our] <list:list> list [add|put|write|:] <title:new>
        [on|for|to] [my|the|our] (to do|to do list|task list|list) (add|put|write) <title:new>
        [i|we] (need|want) <title:new> (on|added to|put on) [my|the|our] {_LIST_END}
    """,
        _standing_or_new,
        "apart",
    ),
    rule(
        "as a task",
        f"""
        {{add}} [down] [in] [a|an|another|one more|one] [new] [<list:list>] (task|to do|todo) [to|called|named|titled|that|for|of|:|that says|saying|about] <title:new>
        {{add}} [down] <title:new> (as|to) [a|an|my] [new] [<list:list>] (task|to do|todo|tasks|to dos) [list]
        {{add}} (down|as) [a|as a] [task|to do] [that|to|:] <title:new>
        {{add}} down <title:new> as [a] (task|to do)
        (create|make|open|start|set up) [me|us] [a|an|another] [new] [<list:list>] (task|to do|todo) [to|called|named|titled|that|for|of|:|that says|saying|about|list item|list entry] <title:new>
        (new|another) [<list:list>] (task|to do|todo|to do item) [called|to|:|for|about] <title:new>
        (task|to do|todo) [called|:] <title:new>
        [make a|a|take a|put down a] note to [self|myself] [to|that|:] <title:new>
        (make|take) a note to <title:new>
        (note|note down|jot|jot down|write down|put down) to (do|self) [:|to] <title:new>
        put <title:new> (down|on) as [a] (task|to do)
        (i have|i need) [a] [new] [<list:list>] (task|to do) [to|for|:] <title:new>
        (make|turn) <title:new> (a|into a) (task|to do)
    """,
        lambda found, turn: _write(found, turn),
        "apart",
    ),
    rule(
        "needed, so put it down",
        f"""
        remember to <title:new> {_PUT_IT}
        (i|we) (need|want|must|have to|need to|have got to|have to remember to|must remember to|must not forget to|should|got to|will need|are out of|am out of|ran out of|have run out of|are running low on|have to buy|need more) [to|some] <title:new> [so|can you|could you|please|and] {_PUT_IT}
        (i|we) (need|want|must|have to|need to|have got to|have to remember to|must remember to|must not forget to|should|got to) [to] <title:new> [so|can you|could you|please|and] (make|add|write|note|put) (it|that|this) [down] [as] [a|my] (task|to do|tasks|to dos|to do list) [for it]
        (i|we) (need|must|have to|need to|have to remember to|must remember to) [to] <title:new> make [a|it a] (task|to do)
    """,
        _needed,
        "apart",
    ),
    rule(
        "to another list",
        f"""
        (move|put|shift|transfer|switch) <thing:thing> (to|on|onto|into) [my|the|our] {_LIST_END}
        (move|shift|transfer) <thing:thing> (from) [my|the|our] <old:list> [list] (to|on|onto|into) [my|the|our] {_LIST_END}
    """,
        _move_list,
    ),
]

# -- ticking off -------------------------------------------------------------------------------


def _done(found: Found, turn: Turn) -> Intention | None:
    options: dict[Kind, Finish] = {"task": lambda item: call("complete_task", task=item["id"])}
    return acting(found, turn, options, lacking="Which task is done?", tool="complete_task", missing="task")


def _told_done(found: Found, turn: Turn) -> Intention | None:
    """ "I've bought the stamps" is told, not asked for: ticking it off is offered, when there is such a task."""
    said = plains(found.words("thing"))
    if (
        turn.question
        or refers(found.words("thing"))
        or {"not", "yet", "almost", "nearly", "yesterday", "email", "mail"} & set(said)
        or len(said) > 6
    ):
        return None
    finish: Finish = lambda item: call("complete_task", task=item["id"])  # noqa: E731
    offers: dict[Kind, Finish] = {"task": offering(finish, "Shall I mark {} as done?")}
    intention = acting(found, turn, offers, lacking="Which task is done?")
    if intention and intention.search:
        return replace(intention, search=replace(intention.search, otherwise=words(NO_TASK), exactly=True))
    return None


NO_TASK = "Good to know. I find no open task of that name."


_DONE = "(done|complete|completed|finished|off|sorted|closed|resolved|bought|taken care of)"

FINISH: list[Rule | Bag] = [
    rule(
        "done",
        f"""
        (mark|set|check|tick|flag|put|make|log|count|list|change|consider) <thing:thing> [as|is|to|to be|being|has been|status to] {_DONE} [off] [on|from|off] [my|the] [list|tasks|to do list|task list]
        (mark|set|check|tick|cross) off <thing:thing> [as done] [on|from|off] [my|the] [list|tasks|to do list|task list|shopping list]
        (tick|check|cross|strike|mark) <thing:thing> off [of|from] [my|the] [list|tasks|to do list|task list|shopping list|work list]
        (tick|check|cross|strike|mark) <thing:thing> off
        (tick|check|complete|finish|close|conclude) [off] [the|my] task [to] <thing:thing>
        (complete|close|tick|finish off|close off|check) <thing:thing>
        (finish|complete|close|end) [the|my] <thing:thing> task
        (i am|we are) (done|finished|through) with <thing:thing> (tick it off|mark it done|mark it as done|tick it|check it off|cross it off|so tick it off|mark that as done|mark that done|tick that off|so mark it done)
        (set|mark|put) (as|to) {_DONE} <thing:thing>
        (mark|set) {_DONE} <thing:thing>
        <thing:thing> (is|are|has been|have been|is all|is now|got) {_DONE} [now|already]
        <thing:thing> (done|completed|finished)
        done with <thing:thing>
        (i have|i) (done|finished|completed|did|finish|complete|sorted) <thing:thing> (tick it off|mark it done|mark it as done|tick it|check it off|cross it off|so tick it off|mark that as done|mark that done|tick that off|so mark it done)
        (i have|i) (done|finished|completed|did|finish|complete) <what> (tick off|check off|cross off|mark as done|complete) (the task|it|that|this)
    """,
        lambda found, turn: _done_or_finished(found, turn),
    ),
]


FINISH.append(
    rule(
        "told to be done",
        """
    (i|we) (have|just|have just|already|have already|finally|have finally) (done|finished|completed|sorted|bought|called|paid|sent|fixed|watered|booked|renewed|prepared|ordered|got|made|written|cleaned|returned|picked up) <thing:thing>
    (i|we) (did|finished|completed|sorted|bought|called|paid|sent|fixed|watered|booked|renewed|prepared|ordered|got|made|wrote|cleaned|returned|picked up) <thing:thing>
    (i am|we are) (done|finished|through) with <thing:thing>
""",
        _told_done,
    )
)


def _done_or_finished(found: Found, turn: Turn) -> Intention | None:
    if found.has("what"):
        return _finished_doing(found, turn)
    said = plains(found.words("thing"))
    if said[0] in ("not", "i", "almost", "nearly", "when", "everything", "all", "nothing", "what", "that's", "half") or refers(found.words("thing")) and found.sentence.plain[0] in ("that", "it", "this") and len(found.sentence.plain) < 4 and "mark" not in found.sentence.plain:  # fmt: skip
        return None
    return _done(found, turn)


def _finished_doing(found: Found, turn: Turn) -> Intention | None:
    """ "I finished fixing the bike, please tick off the task": found by the words of what was done."""
    from agent.commands.words import ungerund

    what = found.words("what")
    text = written(what)
    first = what[0]
    if first.plain.endswith("ing"):
        text = " ".join([ungerund(first.plain), written(what[1:])])
    options: dict[Kind, Finish] = {"task": lambda item: call("complete_task", task=item["id"])}
    return Intention(tool="complete_task", search=Search(called=text, options=options), say="Which task is done?")


RULES = [*WRITE, *FINISH, *READ]
