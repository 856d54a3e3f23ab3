"""Taking things off: an event, a task, a reminder."""

from agent.commands.acting import acting, definite
from agent.commands.event_words import VERBS
from agent.commands.intention import Finish, Intention, Kind, Search, call, words
from agent.commands.patterns import Found
from agent.commands.rules import Bag, Rule, Turn, rule
from agent.commands.slots import refers
from agent.commands.words import plains, written
from agent.when import When

_EVERYTHING = frozenset("everything all anything them those these both things".split())


EVENT: Finish = lambda item: call("cancel_event", event=item["id"])  # noqa: E731 (one line each, side by side)


TASK: Finish = lambda item: call("delete_task", task=item["id"])  # noqa: E731


REMINDER: Finish = lambda item: call("cancel_reminder", reminder=item["id"])  # noqa: E731


def _cancel(found: Found, turn: Turn, *kinds: Kind) -> Intention | None:
    named = plains(found.words("thing"))
    if named[0] in ("my", "the") and len(named) == 1:
        return words("What should I cancel?")
    if set(named) <= _EVERYTHING | {
        "my",
        "the",
        "of",
        "events",
        "tasks",
        "reminders",
        "emails",
        "meetings",
        "appointments",
        "todos",
        "mails",
    } and (len(turn.focus.named) != 1 or "them" not in named):
        return Intention(missing="thing", say="I only take away one thing at a time. Which one?", tool="cancel_event")
    makes: dict[Kind, Finish] = {"event": EVENT, "task": TASK, "reminder": REMINDER}
    options = {kind: makes[kind] for kind in kinds}
    if kinds == ("reminder",) and (at := _at_its_hour(found, turn)):
        return at
    if refers(found.words("thing")) and (just := _just_made(found, turn)):
        return just
    return acting(found, turn, options, lacking="What should I cancel?", tool=_tool(kinds[0]))


def _at_its_hour(found: Found, turn: Turn) -> Intention | None:
    """ "cancel the reminder at six today": called by nothing but its time."""
    when = written(found.words("thing"))
    meaning = turn.clock.meaning(when) if turn.clock.is_time(found.words("thing")) else None
    if not isinstance(meaning, When) or meaning.all_day or meaning.part:
        return None
    search = Search(called="", options={"reminder": REMINDER}, moment=meaning.starts.isoformat())
    return Intention(tool="cancel_reminder", search=search, say="Which reminder?")


def _tool(kind: Kind) -> str:
    return {"event": "cancel_event", "task": "delete_task", "reminder": "cancel_reminder"}.get(kind, "")


def _just_made(found: Found, turn: Turn) -> Intention | None:
    """ "delete that" right after something was added takes the adding back."""
    if {"reminder", "alarm", "task", "event", "appointment", "meeting"} & set(found.sentence.plain):
        return None
    written = turn.focus.written
    made = written and written.call.tool in ("add_event", "add_task", "set_reminder")
    if made and plains(found.words("thing")) in (("that",), ("it",), ("this",), ("that", "one"), ("this", "one")):
        return call("undo")
    return None


def _series(found: Found, turn: Turn) -> Intention | None:
    if any(word.stop for word in found.words("thing")[:-1]):
        return None  # "stop the stand-up for good, remove the whole series" names it in its first half
    intention = _cancel(found, turn, "event")
    scope = "all" if {"all", "whole", "entire", "every"} & set(found.sentence.plain) and "future" not in found.sentence.plain else "following"  # fmt: skip
    if intention is None or intention.search is None:
        return intention.with_arguments(scope=scope) if intention and intention.tool == "cancel_event" else intention
    search = intention.search
    finish: Finish = lambda item: EVENT(item).with_arguments(scope=scope)  # noqa: E731
    from dataclasses import replace

    return replace(intention, search=replace(search, options={"event": finish}))


def _named_first(found: Found, turn: Turn) -> Intention | None:
    """ "the quarterly report, just delete that task": what is spoken of, and then the wish."""
    named = found.words("thing")
    if refers(named) or VERBS & set(plains(named)) or len(named) > 6 or not (definite(named) or named[-1].stop):
        return None
    tail = found.sentence.plain[-1]
    kinds: dict[str, tuple[Kind, ...]] = {"task": ("task",), "reminder": ("reminder",), "event": ("event",), "appointment": ("event",), "meeting": ("event",), "list": ("task",), "calendar": ("event",), "diary": ("event",)}  # fmt: skip
    makes: dict[Kind, Finish] = {"event": EVENT, "reminder": REMINDER, "task": TASK}
    options: dict[Kind, Finish] = {kind: makes[kind] for kind in kinds.get(tail, ("event", "reminder", "task"))}
    return acting(found, turn, options, lacking="What should I cancel?", tool="cancel_event", commanded=True)


_CANCEL = "(cancel|delete|remove|drop|scrap|call off|take off|take out|erase|get rid of|kill|strike|bin|lose|wipe|axe|nix|ditch|clear|skip|abandon|throw out|kick out|knock off|dump|discard|rub out|scratch out|cross out|blow off)"  # fmt: skip


_OFF_CALENDAR = "(from|off|off of|out of|in|on) [my|the|our|today's|tomorrow's|this week's|next week's] (calendar|diary|schedule|agenda|planner|timetable)"


_LIST = "[my|the|our] [<list:list>] (list|lists|tasks|to dos|to do|to do list|to do lists|task list)"


RULES: list[Rule | Bag] = [
    rule(
        "cancel an event",
        f"""
        {_CANCEL} <thing:thing> {_OFF_CALENDAR}
        take <thing:thing> (off|out) [of|from] [my|the|our] (calendar|diary|schedule|agenda|planner|timetable)
        take <thing:thing> {_OFF_CALENDAR}
        clear <thing:thing> {_OFF_CALENDAR}
        (call|blow) <thing:thing> off
        (get|have|strike|wipe|rub) <thing:thing> {_OFF_CALENDAR}
        (i will not|i can not|i am not going to) (make it to|make|go to|attend|be at|get to) <thing:thing> (cancel it|delete it|remove it|cancel that|so cancel it)
        (i do not need|i am not going to|i will not be going to|i can not make|i can not come to|i can not go to|i am not attending) <thing:thing> (cancel it|delete it|remove it|take it off|take it off my calendar|cancel that)
    """,
        lambda found, turn: _cancel(found, turn, "event"),
    ),
    rule(
        "cancel a series",
        f"""
        {_CANCEL} (all|every|all of|each|the whole|the entire) [my|the|of] [future|upcoming|remaining|following] <thing:thing> [series] [{_OFF_CALENDAR}]
        {_CANCEL} [my|the] (future|upcoming|remaining) <thing:thing> [series] [{_OFF_CALENDAR}]
        {_CANCEL} <thing:thing> (series|for good|for ever|forever|from now on|permanently|altogether) [{_OFF_CALENDAR}]
        {_CANCEL} <thing:thing> [for good|forever|from now on|permanently|altogether|completely] (every week|each week|every time|every single week|every day|every month|all of them|all of it|the whole series|the entire series|all future ones)
        {_CANCEL} (every week|every single|each and every) <thing:thing>
        {_CANCEL} <thing:thing> and (everything|all|all of them|every one) after [it|that]
        (stop|end|quit) [my|the] <thing:thing> series
        (stop|end|quit) [my|the] <thing:thing> (for good|for ever|forever|from now on|permanently|altogether)
        take (all|every) [my|the] [future|upcoming] <thing:thing> {_OFF_CALENDAR}
    """,
        _series,
    ),
    rule(
        "cancel",
        f"""
        {_CANCEL} <thing:thing>
        {_CANCEL} <thing:thing> out
        take <thing:thing> off
        (i do not need|i no longer need|forget|never mind) <thing:thing> any more (cancel it|delete it|remove it)
    """,
        lambda found, turn: _cancel(found, turn, "event", "reminder", "task"),
    ),
    rule(
        "named, then cancelled",
        f"""
        <thing:thing> [so|and|just|please] [can you|could you|you can|would you] {_CANCEL} (it|that|this|that one|this one|that event|that appointment|that meeting|that reminder|that task|the task|the event|the reminder|this task|this event)
        <thing:thing> [so|and|just|please] take (it|that|this|that one) (off|out) [my|the] [calendar|list|diary]
    """,
        _named_first,
    ),
    rule(
        "delete a task",
        f"""
        {_CANCEL} <thing:thing> (from|off|off of|out of|on) {_LIST}
        take <thing:thing> (off|from|out of|off of) {_LIST}
        {_CANCEL} <thing:thing> (from|off|off of|out of) [my|the|our] (shopping|groceries|work)
        (strike|scratch|knock|wipe|rub) <thing:thing> (off|from|out of) {_LIST}
        (i|we) (do not|no longer) need <thing:thing> [any more|anymore|any longer] (take|remove|delete|drop|get) (it|that) (off|from|out of) {_LIST}
        (i|we) (do not|no longer) need <thing:thing> on {_LIST} [any more|anymore|any longer]
        <thing:thing> can (come off|go from|be removed from|be taken off) {_LIST}
        {_CANCEL} [my|the|a|that] (task|to do|todo|item) [to|called|named|about|for|:] <thing:thing> [{_LIST}]
        {_CANCEL} <thing:thing> (task|to do|item) [(from|off) {_LIST}]
    """,
        lambda found, turn: _cancel(found, turn, "task"),
    ),
    rule(
        "cancel a reminder",
        """
        (cancel|delete|remove|drop|forget|scrap|clear|stop|erase|kill|turn off|switch off|dismiss|get rid of|take away|lose) [my|the|that|a] (reminder|alarm|reminders) [for|about|to|of|at|that|on|called|with|regarding|from] <thing:thing>
        (cancel|delete|remove|drop|forget|scrap|clear|stop|erase|kill|turn off|switch off|dismiss|get rid of|take away|lose) [my|the|that] <thing:thing> (reminder|alarm)
        (do not|no need to|you need not|you do not need to|you do not have to|stop|never|no longer) (remind|reminding) me [to|about|of|that|any more about] <thing:thing> [any more|any longer|anymore|after all]
        i (do not|no longer) need [the|a|my|that] reminder [for|about|to|of] <thing:thing> [any more|anymore|any longer]
        i (do not|no longer) need [the|a|my|that] <thing:thing> reminder [any more|anymore|any longer]
        (i|we) (do not|no longer) (need|want) (to be reminded|reminding) (of|about|to) <thing:thing> [any more|any longer|anymore|after all]
        no (reminder|reminders) (for|about|of) <thing:thing>
        (cancel|delete|remove|drop|stop|never mind|forget about|forget) reminding me [to|about|of] <thing:thing>
    """,
        lambda found, turn: _cancel(found, turn, "reminder"),
    ),
]
