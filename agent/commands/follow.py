"""Times that only mean something after what was said before: "and the day after?", "no, at three"."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from agent.commands.intention import Intention, call
from agent.commands.patterns import Sentence
from agent.commands.references import Exchange
from agent.commands.retiming import again, in_its_half
from agent.commands.rules import Turn
from agent.commands.words import opened, plains, written

READS = ("list_events", "find_free_time", "list_tasks", "list_reminders", "list_changes")


AND = frozenset("and what about how on for at in the or but so is anything else then is it there do i have am".split())


NO = frozenset("no not nope sorry i meant mean make it that change to rather better actually wait instead should be is was said at on for please move push set the time day do put let us oh wrong correction of let's".split())  # fmt: skip


_LATER = {"day after": 1, "following day": 1, "next day": 1, "day before": -1, "previous day": -1, "day after that": 1, "the one after": 1, "day afterwards": 1}  # fmt: skip


def _rest(sentence: Sentence) -> set[str]:
    return set(sentence.plain)


_WHOLE = frozenset(
    tuple(pair.split())
    for pair in """what is|what are|what do|what does|what have|what am|what will|am i|are we|do i|do we|have i|have we|will i|is there|are there|who is|who are
    when am|when is|when are|when do|where is|where am|which meetings|which events|how many|show me|list my|read me""".replace(
        "\n", "|"
    ).split("|")
)
"""How a question begins that needs nothing from the last one."""


def whole(turn: Turn) -> bool:
    """Whether it is a full question of its own, unlike "and after three?" and "what about monday?"."""
    return plains(opened(turn.words))[:2] in _WHOLE or plains(turn.words)[:2] in _WHOLE


def follow(turn: Turn) -> Intention | None:
    """What a sentence means as a sequel, None when it stands on its own."""
    last = turn.focus.last
    if not turn.sentences["apart"]:
        return None
    apart = turn.sentences["apart"][0]
    if last is None:
        return _only_time(apart)
    return _amend(turn, apart, last) or _neighbour(turn, last) or _same_question(turn, apart, last) or _only_time(apart)


def _only_time(apart: Sentence) -> Intention | None:
    """ "tomorrow?" said out of nowhere asks for the day."""
    if apart.when and _rest(apart) <= AND - {"at"}:
        return call("list_events", when=apart.when)
    return None


def _amend(turn: Turn, apart: Sentence, last: Exchange) -> Intention | None:
    """Another time for what was just written."""
    if not apart.when:
        apart = _bare_hour(turn, apart)
    if not last.wrote or not apart.when or last.call.tool not in _AMENDS:
        return None
    said = _rest(apart)
    if not said <= NO | {"and", "what", "about"} or {"what", "about"} & said:
        return None
    direct = said & {"no", "not", "nope", "make", "meant", "rather", "better", "actually", "sorry", "change", "instead", "move", "push", "wrong", "wait", "correction", "should", "mean"}  # fmt: skip
    soft = {turn.words[i].plain for i in range(len(turn.words))} & {"actually", "rather", "then", "oh", "sorry", "oops"}
    amended = amend_time(turn, last, apart.when)
    if direct or soft or amended is None:
        return amended
    # the bare time may be meant otherwise; no guessing
    return replace(amended, missing="yes", say=f"Shall I move it to {apart.when}?") if not turn.question else None


_AMENDS = ("add_event", "change_event", "set_reminder", "change_reminder", "add_task", "change_task")


def _bare_hour(turn: Turn, apart: Sentence) -> Sentence:
    """ "sorry, seven": a number alone is an hour where a time was just set."""
    words = turn.words
    while words and words[0].plain in NO:
        words = words[1:]
    pointed = len(words) < len(turn.words) and turn.words[-len(words) - 1].plain in ("that", "this", "the")
    if words and len(words) < len(turn.words) and not pointed and turn.clock.is_time(words):
        return Sentence(turn.words[: len(turn.words) - len(words)], apart.checks, written(words), len(words))
    return apart


def amend_time(turn: Turn, last: Exchange, when: str) -> Intention | None:
    """The thing of the last receipt, at another time."""
    receipt: dict[str, Any] = dict(last.answer["receipt"])
    if "id" not in receipt:
        return None
    if last.call.tool in ("add_event", "change_event"):
        if receipt.get("all_day") and not turn.clock.names_day(when):
            when = f"{when} on {str(receipt['starts'])[:10]}"
        return call("change_event", event=receipt["id"], when=in_its_half(receipt, when, turn))
    if last.call.tool in ("set_reminder", "change_reminder"):
        return again(receipt, when, turn)
    return call("change_task", task=receipt["id"], due=when)


def _neighbour(turn: Turn, last: Exchange) -> Intention | None:
    """ "and the day after?", "and after that?"."""
    said = " ".join(word for word in plains(turn.bare) if word not in ("and", "what", "about", "how", "on", "the", "is", "for", "anything", "then", "do", "i", "have", "comes", "happens", "else"))  # fmt: skip
    span = _span(last)
    step = {"day after": 1, "following day": 1, "next day": 1, "day after that": 1, "day before": -1, "previous day": -1, "day afterwards": 1, "day before that": -1}.get(said)  # fmt: skip
    if step and span and last.call.tool in READS:
        first, end = span
        day = (
            (end if step > 0 else first - timedelta(days=1))
            if (end - first).days >= 1
            else first + timedelta(days=step)
        )
        return _again(last, when=day.isoformat())
    week = {"week after": 7, "following week": 7, "week after that": 7, "week before": -7}.get(said)
    if week and span and last.call.tool in READS:
        monday = span[0] + timedelta(days=week) - timedelta(days=span[0].weekday())
        return _again(last, when=f"{monday.isoformat()} to {(monday + timedelta(days=6)).isoformat()}")
    if said in ("after that", "after", "next", "after it", "next one", "one after", "one after that", "that", "afterwards", "after this", "following one", "following", "one next") and last.call.tool == "list_events":  # fmt: skip
        return _after(turn, last) if said != "that" else None
    return None


def _span(last: Exchange) -> tuple[date, date] | None:
    """The days the last question looked at, the last one excluded."""
    result = last.answer.get("result")
    span = result.get("span") if isinstance(result, dict) else None
    if not span:
        return None
    starts, ends = datetime.fromisoformat(span["starts"]), datetime.fromisoformat(span["ends"])
    return starts.date(), (ends - timedelta(microseconds=1)).date() + timedelta(days=1)


def _after(turn: Turn, last: Exchange) -> Intention | None:
    arguments = dict(last.call.arguments)
    first = arguments.get("first")
    if first and "when" not in arguments:
        return call("list_events", "last of", first=int(first) + 1)
    thing = turn.focus.named[-1] if turn.focus.named else None
    if thing is None or thing.kind != "event":
        return None
    ends = datetime.fromisoformat(str(thing.item["ends"]))
    return call("list_events", when=f"after {ends:%H:%M} on {ends.date().isoformat()}")


def _again(last: Exchange, **new: Any) -> Intention:
    """The same question with something else in it."""
    kept = {name: value for name, value in last.call.arguments.items() if name != "first"}
    if last.call.tool == "list_tasks" and "when" in new:
        kept.pop("which", None)
    return call(last.call.tool, **{**kept, **new})


def _same_question(turn: Turn, apart: Sentence, last: Exchange) -> Intention | None:
    """ "what about monday", "and in the afternoon": the last question of another time."""
    if not apart.when or not _rest(apart) <= AND | {"am", "free", "anything"} or last.wrote:
        return None
    if last.call.tool not in READS or (whole(turn) and {"am", "free"} & _rest(apart)):
        return None
    return _again(last, when=_on_its_day(turn, apart.when, last))


def _on_its_day(turn: Turn, when: str, last: Exchange) -> str:
    """An hour or a part of the day is meant of the day that was talked about."""
    span = _span(last)
    if span is None or (span[1] - span[0]).days != 1 or turn.clock.names_day(when):
        return when
    return f"{when} on {span[0].isoformat()}"
