"""Doing something to what stands already: pointed at, or found by what it is called."""

from dataclasses import replace

from agent.commands.intention import Finish, Intention, Item, Kind, Search
from agent.commands.patterns import Found
from agent.commands.rules import Turn
from agent.commands.slots import refers
from agent.commands.words import Word, Words, plains, written
from agent.when import Ambiguous

_EVENT_WORDS = frozenset("meeting appointment event events meetings appointments session".split())


_TASK_WORDS = frozenset("task deadline todo tasks".split())


_SERIES = frozenset("all every each series recurring whole future".split())


def acting(
    found: Found,
    turn: Turn,
    options: dict[Kind, Finish],
    *,
    lacking: str,
    missing: str = "event",
    tool: str = "",
    commanded: bool = False,
) -> Intention | None:
    """Do something to the thing in the slot: the one pointed at, or one that has to be found by what it is called."""
    named = found.words("thing")
    kinds = _kinds(named, options)
    if not commanded and _only_told(found):
        kinds = {kind: _asked_first(finish) for kind, finish in kinds.items()}
    if refers(named):
        thing = turn.focus.pick(named)
        if thing is None:
            return Intention(
                tool=tool or None, missing=missing if tool else None, say=which_one(turn, lacking), options=kinds
            )
        if thing.kind not in kinds:
            return None
        return _scoped(kinds[thing.kind](thing.item), named)
    called, when = _called(named, turn)
    if called and when and isinstance(turn.clock.meaning(when), Ambiguous):
        when = ""  # "the flight on wednesday", said on one: it is asked about once it is known which there are
    if not called and not when:
        return Intention(tool=tool or None, missing=missing if tool else None, say=lacking, options=kinds)
    first = next(iter(kinds))
    return Intention(
        tool=_tool_of(kinds[first]),
        search=Search(called=called, options=_all_scoped(kinds, named), when=when),
        say=lacking,
    )


def _only_told(found: Found) -> bool:
    """ "the workshop is in room seven" begins with the thing: it tells something, and commands nothing."""
    begins = any(name == "thing" and start == 0 for name, start, _ in found.slots)
    plain = found.sentence.plain
    commands = plain[-1] in ("it", "that", "instead", "later", "earlier") or {"change", "update", "instead"} & set(
        plain
    )
    wished = "be" in plain and bool({"moved", "rescheduled", "pushed", "postponed", "shifted"} & set(plain))
    return begins and not commands and not wished


def _asked_first(finish: Finish) -> Finish:
    def asked(item: Item) -> Intention:
        intention = finish(item)
        # a task said to be done is done by saying so
        if intention.tool == "complete_task" or intention.missing or intention.tool is None:
            return intention
        return offering(
            finish, "Shall I change {} on your list?" if intention.tool == "change_task" else "Shall I change {}?"
        )(item)

    return asked


def which_one(turn: Turn, lacking: str) -> str:
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
    return finish(SAMPLE).tool or ""


SAMPLE: Item = {
    "id": "any", "title": "", "text": "", "list": "", "starts": "2026-01-01T00:00:00+00:00", "ends": "2026-01-01T01:00:00+00:00",
    "due": "2026-01-01T00:00:00+00:00", "guests": [],
}  # fmt: skip


_KIND_WORDS = frozenset("task reminder reminders todo alarm event the a an my our that this about for to all every each of series future recurring whole entire next old deadline date time duration length".split())  # fmt: skip


_FILLING = frozenset(
    "the a an my our that this all every each of series future recurring whole entire meetings please any".split()
)


def _called(named: Words, turn: Turn) -> tuple[str, str]:
    """What it is called, without the words around the name; and the time that tells it apart from others."""
    # "one-to-one" is no stretch of time
    hidden = tuple(Word("xqx", "xqx", w.stop) if w.plain in ("one-to-one", "1:1", "one-on-one") else w for w in named)
    apart = turn.clock.apart(hidden)
    rest, when = (apart[0], apart[1]) if apart else (named, "")
    shown = iter([w for w in named if w.plain in ("one-to-one", "1:1", "one-on-one")])
    rest = tuple(next(shown) if word.plain == "xqx" else word for word in rest)
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
    if plains(named)[0:2] in _WEEKS or plains(named)[1:3] in _WEEKS:
        at = 0 if plains(named)[0:2] in _WEEKS else 1
        week = named[at + 1].plain.removesuffix("'s")
        rest, when = named[at + 2 :] or rest, f"{named[at].plain} {week}"
    kept = list(rest)
    if len(kept) > 2:
        # "the appointment by the dentist" is the dentist
        noun = 1 if kept[0].plain in ("the", "my", "that", "our") else 0
        if kept[noun].plain in _NOUNS and kept[noun + 1].plain in ("by", "at", "for", "about", "regarding", "of"):
            kept = kept[noun + 2 :] or kept
    while kept and kept[0].plain in _KIND_WORDS | {"called", "named", "from", "on", "at", "with"}:
        kept = kept[1:]
    while (
        kept
        and kept[-1].plain in _TRAILING
        and len(kept) > (1 if kept[-1].plain in ("class", "lesson", "session", "thing") else 0)
    ):
        kept = kept[:-1]
    if kept and not when and turn.clock.is_time(tuple(kept)):
        kept, when = [], written(tuple(kept))  # "my two o'clock"
    return written(tuple(kept)), when


_TRAILING = frozenset("reminder task event reminders appointment appointments on at from todo slot alarm class classes lesson lessons session sessions meetings thing".split())  # fmt: skip
"""What may stand behind a name and belongs to no name by itself."""


_WEEKS = frozenset((which, unit) for which in ("next", "this", "last") for unit in ("week's", "month's", "weekend's"))
_NOUNS = frozenset("appointment meeting event booking".split())


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


def definite(named: Words) -> bool:
    """Whether words speak of something that is there: "the dentist", "my haircut", "it"."""
    return refers(named) or plains(named)[0] in ("the", "my", "our", "that", "this", "these", "those", "all")


def offering(finish: Finish, say: str) -> Finish:
    """The same call, but asked about first; {} in the question is the name of the thing."""

    def offer(item: Item) -> Intention:
        named = str(item.get("title") or item.get("text") or "")
        return replace(finish(item), missing="yes", say=say.replace("{}", named))

    return offer
