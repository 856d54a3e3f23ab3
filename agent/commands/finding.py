"""Finding the one thing that words call: look it up in each keeper, then decide which call is right."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from difflib import SequenceMatcher
from typing import Any

from agent.commands.acting import offering
from agent.commands.intention import Intention, Kind, Search, words
from agent.commands.references import Exchange, Thing, things
from agent.commands.words import ungerund

_TOOLS: dict[Kind, str] = {
    "event": "list_events",
    "task": "list_tasks",
    "reminder": "list_reminders",
    "message": "search_email",
}


_LITTLE = frozenset(
    "a an the my our your his her their to of for on in at about that this one from and with all".split()
)


def lookups(search: Search, *, wide: bool) -> list[tuple[str, dict[str, Any]]]:
    """The calls that look the thing up; `wide` without its name, for names that were misheard."""
    return [(_TOOLS[kind], _arguments(kind, search, wide=wide)) for kind in search.options]


def _arguments(kind: Kind, search: Search, *, wide: bool) -> dict[str, Any]:
    if kind == "message":
        return {"query": "in:inbox" if wide else search.called}
    if kind == "reminder":
        return {}
    arguments: dict[str, Any] = {"which": "open"} if kind == "task" else {}
    if search.called and not wide:
        arguments["about"] = search.called
    if search.when and kind == "event":
        arguments["when"] = search.when
    return arguments


def decide(search: Search, exchanges: Sequence[Exchange]) -> Intention | None:
    """What to do now that the answers are there; None to look once more without the name."""
    found = _found(search, exchanges)
    if not any(found.values()):
        if len(exchanges) < 2 * len(search.options) and _worth_a_second_look(search):
            return None
        return search.otherwise or words(_missed(search))
    exact = {kind: [t for t in those if _same(search.called, t.name)] for kind, those in found.items()}
    if any(exact.values()):
        found = exact
    kinds = [kind for kind in search.options if found.get(kind)]
    if not search.called and "event" in kinds:
        kinds = ["event"]  # "my ten o'clock" is on the calendar
    elif not search.called and search.when and "event" in search.options:
        return search.otherwise or words("I can't find that on your calendar.")
    kind = kinds[0]
    if len(kinds) > 1 and not exact.get(kind):
        names = [f"the {_noun(k)} {found[k][0].name}" for k in kinds]
        return words(f"Do you mean {' or '.join(names)}?")
    those = found[kind]
    finish = search.options[kind]
    if len(those) > 1 and len(closer := [t for t in those if search.called and alike(search.called, t.name)]) == 1:
        those = closer  # the others only had such a guest, or such a place
    if len(those) == 1 or kind == "message":
        sure = (
            kind == "message"
            or search.called == ""
            or _named(exchanges, those[0])
            or _sounds_so(search.called, those[0].name)
        )
        return finish(those[0].item) if sure else offering(finish, "Do you mean {}?")(those[0].item)
    return _several(finish, kind, search, those)


def _named(exchanges: Sequence[Exchange], thing: Thing) -> bool:
    """Whether the look-up by name itself found it."""
    return any("about" in e.call.arguments and any(t.id == thing.id for t in things(e)) for e in exchanges)


def _several(finish: Any, kind: Kind, search: Search, those: list[Thing]) -> Intention:
    """The tool is given the words, so that it asks which one; without words to give, the question is put here."""
    intention: Intention = finish(those[0].item)
    called = " ".join(part for part in (search.called, search.when) if part)
    if intention.tool and kind in intention.arguments and called:
        return Intention(tool=intention.tool, arguments={**intention.arguments, kind: called}, angle=intention.angle)
    names = [thing.name for thing in those[:4]]
    return words(f"Which one do you mean: {', '.join(names[:-1])} or {names[-1]}?")


def _noun(kind: Kind) -> str:
    return {"event": "event", "task": "task", "reminder": "reminder", "message": "mail"}[kind]


def _missed(search: Search) -> str:
    where = {
        "event": "on your calendar",
        "task": "in your tasks",
        "reminder": "in your reminders",
        "message": "in your mail",
    }
    called = search.called.split(":", 1)[-1].strip('"') or "that"
    return f"I can't find {called} {' or '.join(where[kind] for kind in search.options)}."


def _worth_a_second_look(search: Search) -> bool:
    if search.called.startswith("from:") and search.otherwise is None and " " not in search.called.replace('"', ""):
        return list(search.options) == ["message"]  # "the bank" may be Sparbank
    return bool(search.called) and ":" not in search.called and not search.exactly


def _found(search: Search, exchanges: Sequence[Exchange]) -> dict[Kind, list[Thing]]:
    found: dict[Kind, list[Thing]] = {}
    for exchange in exchanges:
        kind = next((k for k, tool in _TOOLS.items() if tool == exchange.call.tool), None)
        if kind is None or found.get(kind):
            continue
        named = "about" in exchange.call.arguments or (
            kind == "message" and exchange.call.arguments.get("query") == search.called
        )
        those = things(exchange)
        if search.moment and kind == "reminder":
            wanted = datetime.fromisoformat(search.moment)
            those = [t for t in those if _at(str(t.item["due"]), wanted)]
        found[kind] = those if named or not search.called else [t for t in those if alike(search.called, _text(t))]
    return found


def _at(due: str, wanted: datetime) -> bool:
    """ "at eight tomorrow" may be either eight of the day."""
    return abs(datetime.fromisoformat(due) - wanted) in (timedelta(0), timedelta(hours=12))


def _text(thing: Thing) -> str:
    if thing.kind == "message":
        return f"{thing.item.get('from', '')} {thing.item.get('subject', '')}"
    return thing.name


def _same(called: str, name: str) -> bool:
    return _plain(called) == _plain(name)


def _plain(text: str) -> list[str]:
    found = re.findall(r"\w+", re.sub(r"['’]s?\b", "", text.lower().replace("-", "")))
    return [word for word in found if word not in _LITTLE] or found


def alike(called: str, name: str) -> bool:
    """Whether words may be a misheard or differently spelled form of a name: "hair cut", "revue", "stand up"."""
    called = called.removeprefix("from:").strip('"')
    wanted, there = _plain(called), _plain(name)
    if not wanted or not there:
        return False
    if "newsletter" in wanted:
        return bool(re.search(r"letter|news|digest|weekly", name.lower()))
    return _sounds_so(called, name) or all(any(_close(word, other) for other in there) for word in wanted)


def _sounds_so(called: str, name: str) -> bool:
    """The same letters, differently split, or words that sound the same: no guess is needed then."""
    wanted, there = ([_SAME_SOUND.get(word, word) for word in _plain(text)] for text in (called, name))
    solid, whole = "".join(wanted), "".join(there)
    if wanted[:1] and wanted[0].endswith("ing") and [ungerund(wanted[0]), *wanted[1:]] == there:
        return True  # "watering the plants" is "Water the plants"
    return (len(solid) > 3 and solid in whole) or (
        bool(wanted) and all(word in there or word.rstrip("s") in there or f"{word}s" in there for word in wanted)
    )


_SAME_SOUND = {"by": "buy", "bye": "buy", "our": "hour", "male": "mail", "right": "write", "meat": "meet", "flower": "flour", "too": "two", "to": "two", "for": "four", "red": "read"}  # fmt: skip


def _close(one: str, other: str) -> bool:
    if _SAME_SOUND.get(one, one) == _SAME_SOUND.get(other, other):
        return True
    if one == other or one.rstrip("s") == other.rstrip("s"):
        return True
    stems = min(len(one), len(other)) >= 5 and one[:5] == other[:5] and abs(len(one) - len(other)) <= 3
    return stems or (min(len(one), len(other)) >= 4 and SequenceMatcher(None, one, other).ratio() >= 0.75)
