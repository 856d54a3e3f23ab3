"""The sentence as the answer to a question that was asked back."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from agent.commands import times
from agent.commands.event_words import DAY_LONG
from agent.commands.follow import AND, NO
from agent.commands.intention import Intention, Search, call
from agent.commands.leftover import clause
from agent.commands.naming import name_of, title
from agent.commands.precision import lacks_hour
from agent.commands.references import ORDINALS, Exchange
from agent.commands.rules import Turn
from agent.commands.slots import is_thing, is_title, people, refers
from agent.commands.words import Words, plains, written


def complete_with(asked: Intention, turn: Turn) -> Intention | None:
    """The sentence as the answer to what was asked back; None when it is none."""
    if asked.missing is None or asked.tool is None:
        return None
    words_ = turn.bare
    plain = plains(words_)
    if asked.missing == "yes":
        return None
    if asked.missing in ("when", "due"):
        return _with_time(asked, turn)
    if asked.options and words_:
        return _that_one(asked, turn)
    if (
        not words_
        or plain[0] in ("what", "when", "how", "why", "who", "where", "show", "never", "stop")
        or (plain[0] == "tell" and not (asked.missing == "body" and plain[1:2] in (("her",), ("him",), ("them",))))
        or len(plain) > 40
    ):
        return None
    if asked.missing == "body":
        return _filled(asked, "body", _without_saying(turn))
    if asked.missing in ("to", "guests") and _named(words_):
        return _filled(asked, asked.missing, [name_of(one) for one in people(_named(words_))])
    if asked.missing == "about" and is_title(words_) and plain[0] not in ("no", "yes", "yeah", "not", "it", "that"):
        return _filled(asked, "about", written(words_))
    if (
        asked.missing in ("title", "text")
        and plain[0] not in ("i", "it", "that", "no", "yes", "yeah", "you")
        and is_title(words_)
        and not turn.clock.is_time(words_)
        and not _to_others(words_)
    ):
        return _titled(asked, turn)
    return None


def _to_others(words_: Words) -> bool:
    """ "see you at three, bye", "mum said dinner is at seven": no name of anything."""
    return clause(words_) or bool({"said", "you", "bye", "shush"} & set(plains(words_)))


def _that_one(asked: Intention, turn: Turn) -> Intention | None:
    """The answer to "which one?": pointed at, or called by name."""
    if refers(turn.bare):
        thing = turn.focus.pick(turn.bare)
        return asked.options[thing.kind](thing.item) if thing and thing.kind in asked.options else None
    if (
        not is_thing(turn.bare)
        or len(turn.bare) > 5
        or turn.clock.is_time(turn.bare)
        or plains(turn.bare)[0] in _NO_NAMES
    ):
        return None
    return replace(asked, missing=None, search=Search(called=name_of(turn.bare), options=asked.options))


_NO_NAMES = frozenset(
    "no none neither nothing never stop yes yeah what thanks thank hello hi help undo add put move cancel remind send".split()
)


def _with_time(asked: Intention, turn: Turn) -> Intention | None:
    assert asked.missing is not None
    if not turn.sentences["apart"]:
        return None
    apart = turn.sentences["apart"][0]
    if not apart.when or not set(apart.plain) <= AND | NO | {"it", "one", "say", "let", "us", "by", "around", "maybe", "think", "would", "like", "good", "to", "starts"}:  # fmt: skip
        length = times.minutes(turn.bare[1:] if plains(turn.bare)[:1] == ("in",) else turn.bare)
        if asked.tool == "set_reminder" and length:
            return _filled(asked, "when", f"in {length} minutes")
        return None
    earlier = str(asked.arguments.get(asked.missing, ""))
    # "monday" was said before, "at seven" now; a whole new time stands alone
    when = f"{earlier} {apart.when}" if earlier and not turn.clock.names_day(apart.when) else apart.when
    if (
        asked.tool == "add_event"
        and lacks_hour(when, turn)
        and not DAY_LONG & set(str(asked.arguments.get("title", "")).lower().split())
    ):
        return replace(asked.with_arguments(when=when), say="At what time?")
    return _filled(asked, asked.missing, when)


def _filled(asked: Intention, name: str, value: Any) -> Intention:
    done = asked.with_arguments(**{name: value})
    lacking = _still_lacking(done)
    return replace(done, missing=lacking[0], say=lacking[1]) if lacking else replace(done, missing=None, say="")


_NEEDS = {
    "set_reminder": (("text", "What should I remind you of?"), ("when", "When should I remind you?")),
    "send_email": (("to", "Who should it go to?"), ("body", "What should I write?")),
    "draft_email": (("to", "Who should it go to?"), ("body", "What should I write?")),
    "add_event": (("title", "What should I call it?"), ("when", "When is it?")),
}


def _still_lacking(done: Intention) -> tuple[str, str] | None:
    given = done.arguments
    for name, say in _NEEDS.get(done.tool or "", ()):
        if name == "to" and ("reply_to" in given or "draft" in given):
            continue
        if name not in given:
            return name, say
    return None


def _titled(asked: Intention, turn: Turn) -> Intention:
    """A name, perhaps with its time in the same breath."""
    assert asked.missing is not None
    apart = turn.sentences["apart"][0] if turn.sentences["apart"] else turn.sentences["whole"][0]
    rest = apart.words if apart.when else turn.bare
    named = title(rest)
    for lead in ("To ", "That ", "About "):
        named = named.removeprefix(lead)
    done = asked.with_arguments(**{asked.missing: named[:1].upper() + named[1:]})
    if apart.when and asked.tool in ("set_reminder", "add_event"):
        done = done.with_arguments(when=apart.when)
    lacking = _still_lacking(done)
    return replace(done, missing=lacking[0], say=lacking[1]) if lacking else replace(done, missing=None, say="")


def _without_saying(turn: Turn) -> str:
    words_ = turn.words
    plain = plains(words_)
    for lead in (("say", "that"), ("saying", "that"), ("write", "that"), ("tell", "her", "that"), ("tell", "him", "that"), ("say",), ("saying",), ("that",), ("write",), ("tell", "her"), ("tell", "him")):  # fmt: skip
        if plain[: len(lead)] == lead and len(plain) > len(lead):
            words_ = words_[len(lead) :]
            break
    text = written(words_)
    return text[:1].upper() + text[1:]


def _named(words_: Words) -> Words:
    plain = plains(words_)
    return words_[1:] if plain[:1] == ("to",) else words_


def chosen(last: Exchange, turn: Turn) -> Intention | None:
    """The answer to "which one?", asked by a tool: the same call for the choice that was meant."""
    choices: Sequence[str] = last.answer.get("choices") or ()
    if last.answer.get("error") != "ambiguous":
        return None
    if not choices:
        return _hour_given(last, turn)
    plain = [word.removesuffix("'s") for word in plains(turn.bare) if word not in ("the", "one", "on", "at", "with", "in", "i", "mean", "meant", "a", "from", "for", "called", "no", "to")]  # fmt: skip
    picked = _choice(choices, plain)
    if picked is None:
        return None
    argument = next((name for name in ("event", "task", "reminder", "message", "draft", "to", "guests", "when", "due") if name in last.call.arguments), None)  # fmt: skip
    if argument is None:
        return None
    value: Any = picked
    if argument in ("to", "guests"):
        value = [picked.rsplit(" at ", 1)[-1]]
    return call(last.call.tool, **{**last.call.arguments, argument: value})


def _choice(choices: Sequence[str], said: list[str]) -> str | None:

    if len(said) == 1 and said[0] in ORDINALS:
        place = ORDINALS[said[0]]
        return choices[place] if -len(choices) <= place < len(choices) else None
    like = [choice for choice in choices if said and all(word in choice.lower() for word in said)]
    return like[0] if len(like) == 1 else None


def _hour_given(last: Exchange, turn: Turn) -> Intention | None:
    """ "What time?" was asked by the tool."""
    name = "when" if "when" in last.call.arguments else "due"
    asked = Intention(tool=last.call.tool, arguments=last.call.arguments, missing=name)
    return _with_time(asked, turn) if name in last.call.arguments else None
