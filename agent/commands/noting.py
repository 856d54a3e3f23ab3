"""Writing down things to do, on the list that was named."""

from agent.commands.acting import acting
from agent.commands.event_words import VERBS
from agent.commands.intention import Finish, Intention, Kind, Search, ask, call
from agent.commands.naming import slot_title, title
from agent.commands.patterns import Found
from agent.commands.precision import as_due
from agent.commands.rules import Bag, Rule, Turn, rule
from agent.commands.slots import refers
from agent.commands.words import plains
from agent.when import When

_DEFAULT = frozenset("my the our a an to do todo task tasks general usual normal main this that same".split())


_EMPTY = frozenset("do it that this them something anything one things everything".split())


def list_name(found: Found) -> str | None:
    """The list that was named, None for the usual one."""
    plain = [word for word in plains(found.words("list")) if word not in ("my", "the", "our", "a")]
    if not plain or set(plain) <= _DEFAULT:
        return None
    # as it is compared, so that "shoping" makes no new list
    name = " ".join(plain)
    return {
        "groceries": "shopping",
        "chopping": "shopping",
        "shoppin": "shopping",
        "grocery": "shopping",
        "shop": "shopping",
        "store": "shopping",
        "supermarket": "shopping",
    }.get(name, name)


def _write(found: Found, turn: Turn) -> Intention | None:
    plain = set(plains(found.words("title")))
    if plain <= _EMPTY | {"the", "a", "task", "an", "my", "new", "some"}:
        return ask("add_task", "title", "What should I write down?", list=list_name(found))
    named = _task_title(found)
    said = plains(found.words("title"))
    first = said[0]
    if first in ("in", "on", "to", "into") and {"calendar", "diary", "agenda", "planner", "schedule"} & set(said[:3]):
        return None
    if found.when and said[-1].isdigit() and found.words("title")[-2:-1] and not said_list(found):
        return ask("add_task", "due", f"I'm not sure I have the time right. When is it: {named}?", title=named)
    if not named or first in ("from", "into", "off", "out"):
        return None  # "get down from there"
    if found.sentence.plain[:1] == ("task",) and first.endswith("ed") and "called" not in found.sentence.plain:
        return None  # "task failed" tells something
    hour = turn.clock.meaning(found.when) if found.when else None
    said_task = {"task", "todo", "to", "list", "that"} & set(found.sentence.plain)
    if isinstance(hour, When) and not hour.all_day and not said_task:
        return None  # "put down dentist for the 12th at eleven" is for the calendar
    if found.has("list") and not _listable(found):
        return None
    return call("add_task", title=named, list=list_name(found), due=as_due(found.when, turn) or None)


def said_list(found: Found) -> bool:
    """Whether a list was named; "add eggs 12 to the shopping list" has a number, and no half understood time."""
    return found.has("list") or "list" in found.sentence.plain


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
    return call(
        "add_task", title=named[:1].upper() + named[1:], list=list_name(found), due=as_due(found.when, turn) or None
    )


_LIST_END = "[<list:list>] (list|lists|tasks|to dos|to do|to do list|to do lists|task list)"


_PUT_IT = "(add|put|stick|make|write|note|pop|get) (that|it|this|them|those|these) (to|on|onto|down on|in|as|down as) [my|the|our|a] [<list:list>] (list|lists|tasks|task|to dos|to do|to do list|task list)"  # fmt: skip


def _shopping(found: Found, turn: Turn) -> Intention | None:
    """ "add bread to the groceries"."""
    new = _write(found, turn)
    return new.with_arguments(list="shopping") if new and not new.missing else new


def _for_work(found: Found, turn: Turn) -> Intention | None:
    """ "add finish chapter two to work, due tuesday": more than one word, for "bike to work" is a way to go."""
    said = plains(found.words("title"))
    hour = turn.clock.meaning(found.when) if found.when else None
    if len(said) < 2 or said[-1] in _WAYS or (isinstance(hour, When) and not hour.all_day):
        return None
    new = _write(found, turn)
    return new.with_arguments(list="work") if new and new.tool == "add_task" and not new.missing else new


_WAYS = frozenset("bike cycle drive train bus ride walk run commute way go going back lift trip journey".split())


def _tersely(found: Found, turn: Turn) -> Intention | None:
    """ "milk on the shopping list, please": a name, a list, and nothing told or asked."""
    said = plains(found.words("title"))
    if (
        turn.question
        or len(said) > 4
        or _NO_ITEM & {*said, *plains(found.words("list"))}
        or said[-1].endswith("'s")
        or said[0] == "and"
    ):
        return None
    return _write(found, turn)


_NO_ITEM = VERBS | frozenset(
    """
the my our your his her their everything anything all things items stuff nothing that this these those one two first second last next or so
do undo go went goes come came new more show read tell list check see find get give look number wish guest waiting bucket watch play set contact contacts mailing hit naughty friends best black price reading short long black tick cross mark move delete remove take
cancel strike scratch drop put change add still already only much many more most
""".split()
)


WRITE: list[Rule | Bag] = [
    rule(
        "groceries",
        """
        {add} [down] <title:new> (to|on|onto|in|into|for) [my|the|our] (groceries|shopping) [due|due on|due by|for]
        {add} <title:new> down (on|to|onto|for) [my|the|our] (groceries|shopping)
        (shopping|groceries) : <title:new>
        (buy|get) <title:new> (put it|add it) (on|to) [my|the|our] (groceries|shopping)
        """,
        _shopping,
        "apart",
    ),
    rule(
        "to the work list", "{add} [down] <title:new> (to|under) [my] work [due|due on|due by|by]", _for_work, "apart"
    ),
    rule("a list, tersely", "<title:new> (on|onto) [my|the|our] <list:list> list", _tersely, "apart"),
    rule(
        "on a list",
        f"""
        {{add}} [down] <title:new> (to|on|onto|in|into|for|at) [my|the|our|a] {_LIST_END} [due|due on|due by|to be done|to be done by]
        {{add}} [down] (to|on|onto|in|into) [my|the|our] {_LIST_END} [that|to|:] <title:new>
        {{add}} (an item|something|the following|one item|a new item|one thing|another thing|a thing|this|these|another item|one more thing) (to|on|onto|in) [my|the|our] {_LIST_END} [:] <title:new>
        {{add}} <title:new> down (to|on|onto|in|into|for|at) [my|the|our|a] {_LIST_END}
        {{add}} <title:new> <list:list> list
        (put|add|write|note) it (on|down on|to) [my|the|our] {_LIST_END} (to|that i have to|that i need to|that i must) <title:new>
        [on|for|to] [my|the|our] <list:list> list [add|put|write|:] <title:new>
        [on|for|to] [my|the|our] (to do|to do list|task list|list) (add|put|write) <title:new>
        [i|we] (need|want) <title:new> (on|added to|put on) [my|the|our] {_LIST_END}
    """,
        _standing_or_new,
        "apart",
    ),
    rule(
        "as a task",
        """
        {add} [down] [in] [a|an|another|one more|one] [new] [<list:list>] (task|to do|todo) [in|on] [to|called|named|titled|that|for|of|:|that says|saying|about] <title:new>
        {add} [down] <title:new> (as|to) [a|an|my] [new] [<list:list>] (task|to do|todo|tasks|to dos) [list]
        {add} (down|as) [a|as a] [task|to do] [that|to|:] <title:new>
        {add} down <title:new> as [a] (task|to do)
        (create|make|open|start|set up) [me|us] [a|an|another] [new] [<list:list>] (task|to do|todo) [to|called|named|titled|that|for|of|:|that says|saying|about|list item|list entry] <title:new>
        [a|an|one|one more] (new|another) [<list:list>] (task|to do|todo|to do item) [called|to|:|for|about] <title:new>
        (task|to do|todo) [called|:] <title:new>
        [add|create|make] [a|an|another] [new] (task|to do) (for|on) [my|the] <list:list> : <title:new>
        [make a|a|take a|put down a] note to (self|myself) [to|that|:] <title:new>
        (make a|take a|put down a|a) note to <title:new>
        (note|note down|jot|jot down|write down|put down) to (do|self) [:|to] <title:new>
        put <title:new> (down|on) as [a] (task|to do)
        (i have|i need) [a] [new] [<list:list>] (task|to do) [to|for|:] <title:new>
        (make|turn) <title:new> (a|into a) (task|to do)
    """,
        _write,
        "apart",
    ),
    rule(
        "needed, so put it down",
        f"""
        remember to <title:new> {_PUT_IT}
        (need|must|have to|need to|got to|gotta|want|should|had better) [to] <title:new> [so|can you|could you|please|and] {_PUT_IT}
        (i|we) (need|must|have to|need to|got to|have got to|should|had better|am supposed to|am to) [to] <title:new> (create|make|set up|add|open) [me] (a task|a to do|a todo) [for it|for that|of it|of that|out of it|out of that]
        do not forget [to|to buy|to get|the] <title:new> {_PUT_IT}
        (i|we) (need|want|must|have to|need to|have got to|have to remember to|must remember to|must not forget to|should|got to|will need|are out of|am out of|ran out of|have run out of|are running low on|have to buy|need more) [to|some] <title:new> [so|can you|could you|please|and] {_PUT_IT}
        (i|we) (need|want|must|have to|need to|have got to|have to remember to|must remember to|must not forget to|should|got to) [to] <title:new> [so|can you|could you|please|and] (make|add|write|note|put) (it|that|this) [down] [as] [a|my] (task|to do|tasks|to dos|to do list) [for it]
        (i|we) (need|must|have to|need to|have to remember to|must remember to) [to] <title:new> make [a|it a] (task|to do)
    """,
        _needed,
        "apart",
    ),
    rule(
        "a list and what goes on it",
        """
        (create|make|start|set up|open|begin|add|i want|i need) [me] [a|an|another] [new] (list|to do list|task list) [called|named|titled|for|:|with the name] <list:list> (and|then|and then) (put|add|write|stick|pop) <title:new> (on|to|in|onto) (it|that|there|that list|this list)
        (create|make|start|set up|open|begin|add|i want|i need) [me] [a|an|another] [new] <list:list> list (and|then|and then) (put|add|write|stick|pop) <title:new> (on|to|in|onto) (it|that|there|that list|this list)
        (create|make|start|set up|open|begin) [me] [a|an|another] [new] (list|to do list|task list) [called|named|titled|for|:|with the name] <list:list> with <title:new> (on it|in it)
    """,
        _write,
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
