"""Sentences that only mean something after what was said before: "and the day after?", "no, at three", "the second one"."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from agent.commands import times
from agent.commands.adding import DAY_LONG, lacks_hour
from agent.commands.agenda import about_thing
from agent.commands.intention import Intention, Search, ask, call, words
from agent.commands.mail import _quoted, name_of
from agent.commands.moving import again, in_its_half, shift_options
from agent.commands.naming import title
from agent.commands.patterns import Found, Sentence
from agent.commands.references import Exchange, Thing
from agent.commands.rules import Bag, Rule, Turn, is_thing, is_title, people, refers, rule
from agent.commands.todo import list_name
from agent.commands.words import Words, plains, written

READS = ("list_events", "find_free_time", "list_tasks", "list_reminders", "list_changes")
_AND = frozenset("and what about how on for at in the or but so is anything else then is it there do i have am".split())
_NO = frozenset("no not nope sorry i meant mean make it that change to rather better actually wait instead should be is was said at on for please move push set the time day do put let us oh wrong correction of let's".split())  # fmt: skip
_LATER = {"day after": 1, "following day": 1, "next day": 1, "day before": -1, "previous day": -1, "day after that": 1, "the one after": 1, "day afterwards": 1}  # fmt: skip


def _rest(sentence: Sentence) -> set[str]:
    return set(sentence.plain)


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
    if apart.when and _rest(apart) <= _AND - {"at"}:
        return call("list_events", when=apart.when)
    return None


# -- no, at three ------------------------------------------------------------------------


def _amend(turn: Turn, apart: Sentence, last: Exchange) -> Intention | None:
    """Another time for what was just written."""
    if not last.wrote or not apart.when or last.call.tool not in _AMENDS:
        return None
    said = _rest(apart)
    if not said <= _NO | {"and", "what", "about"} or {"what", "about"} & said:
        return None
    direct = said & {"no", "not", "nope", "make", "meant", "rather", "better", "actually", "sorry", "change", "instead", "move", "push", "wrong", "wait", "correction", "should"}  # fmt: skip
    soft = set(turn.words[i].plain for i in range(len(turn.words))) & {"actually", "rather", "then", "oh"}
    amended = amend_time(turn, last, apart.when)
    if direct or soft or amended is None:
        return amended
    # the bare time may be meant otherwise; no guessing
    return replace(amended, missing="yes", say=f"Shall I move it to {apart.when}?") if not turn.question else None


_AMENDS = ("add_event", "change_event", "set_reminder", "add_task", "change_task")


def amend_time(turn: Turn, last: Exchange, when: str) -> Intention | None:
    """The thing of the last receipt, at another time."""
    receipt: dict[str, Any] = dict(last.answer["receipt"])
    if "id" not in receipt:
        return None
    if last.call.tool in ("add_event", "change_event"):
        if receipt.get("all_day") and not turn.clock.names_day(when):
            when = f"{when} on {str(receipt['starts'])[:10]}"
        return call("change_event", event=receipt["id"], when=in_its_half(receipt, when, turn))
    if last.call.tool == "set_reminder":
        return again(receipt, when, turn)
    return call("change_task", task=receipt["id"], due=when)


def _shifted(found: Found, turn: Turn, sign: int) -> Intention | None:
    """ "half an hour later", of what was just written or named."""
    length = times.minutes(found.words("length"))
    thing = turn.focus.only
    options = shift_options(sign * (length or 0), turn)
    if not length or thing is None or thing.kind not in options or (turn.focus.last and not turn.focus.last.wrote and "make" not in found.sentence.plain):  # fmt: skip
        return None
    return options[thing.kind](thing.item)


def _named_anew(found: Found, turn: Turn) -> Intention | None:
    """ "no, eggs" after something was written down."""
    last = turn.focus.written
    new = title(found.words("new"))
    if last is None or turn.clock.is_time(found.words("new")) or refers(found.words("new")):
        return None
    receipt = last.answer["receipt"]
    if last.call.tool == "add_task":
        return call("change_task", task=receipt["id"], title=new)
    if last.call.tool == "add_event" and len(new.split()) <= 5:
        return call("change_event", event=receipt["id"], title=new)
    return None


def _lasting(found: Found, turn: Turn) -> Intention | None:
    last = turn.focus.written
    length = times.minutes(found.words("length"))
    if last is None or not length or last.call.tool not in ("add_event", "change_event"):
        return None
    return call("change_event", event=last.answer["receipt"]["id"], minutes=length)


def _on_list(found: Found, turn: Turn) -> Intention | None:
    """ "no, on the work list"."""
    last = turn.focus.written
    name = list_name(found)
    if last is None or last.call.tool not in ("add_task", "change_task") or name is None:
        return None
    return call("change_task", task=last.answer["receipt"]["id"], list=name)


def _also(found: Found, turn: Turn) -> Intention | None:
    """ "also butter and jam", after something was put on a list."""
    last = turn.focus.written
    if last is None or last.call.tool != "add_task" or turn.question or refers(found.words("title")):
        return None
    if plains(found.words("title"))[0] in (
        "what",
        "tell",
        "show",
        "read",
        "the",
        "remind",
        "is",
        "then",
    ) or not is_title(found.words("title")):
        return None
    receipt = last.answer["receipt"]
    name = receipt.get("list")
    return call("add_task", title=title(found.words("title")), list=None if name == "Tasks" else name)


# -- and the day after? ----------------------------------------------------------------


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
    kept = {name: value for name, value in last.call.arguments.items() if name not in ("first",)}
    if last.call.tool == "list_tasks" and "when" in new:
        kept.pop("which", None)
    return call(last.call.tool, **{**kept, **new})


def _same_question(turn: Turn, apart: Sentence, last: Exchange) -> Intention | None:
    """ "what about monday", "and in the afternoon": the last question of another time."""
    if not apart.when or not _rest(apart) <= _AND | {"am", "free", "anything"} or last.wrote:
        return None
    if last.call.tool not in READS:
        return None
    return _again(last, when=_on_its_day(turn, apart.when, last))


def _on_its_day(turn: Turn, when: str, last: Exchange) -> str:
    """An hour or a part of the day is meant of the day that was talked about."""
    span = _span(last)
    if span is None or (span[1] - span[0]).days != 1 or turn.clock.names_day(when):
        return when
    return f"{when} on {span[0].isoformat()}"


def _what_about(found: Found, turn: Turn) -> Intention | None:
    """ "what about Tom", after a search; "and on the work list", after a list."""
    last = turn.focus.last
    if last is None or last.wrote or turn.clock.is_time(found.words("about")):
        return None
    about = found.words("about")
    if len(about) > 4 or not is_thing(about):
        return None
    if last.call.tool in ("search_email", "read_email"):
        return call("search_email", query=f"from:{_quoted(name_of(about))}")
    if last.call.tool == "list_events" and "about" in last.call.arguments:
        return call("list_events", about=name_of(about))
    if last.call.tool == "recall":
        return call("recall", about=name_of(about))
    return None


def _other_list(found: Found, turn: Turn) -> Intention | None:
    last = turn.focus.last
    if last is None or last.call.tool not in ("list_tasks", "add_task", "change_task"):
        return None
    return call("list_tasks", which="open", list=list_name(found))


def _more_of_it(angle: str):  # type: ignore[no-untyped-def]
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
        "later, of it",
        """
        [no] [make (it|that)] <length:length> later
        [no] [a|another] <length:length> later
    """,
        lambda found, turn: _shifted(found, turn, 1),
    ),
    rule(
        "earlier, of it",
        """
        [no] [make (it|that)] <length:length> (earlier|sooner)
    """,
        lambda found, turn: _shifted(found, turn, -1),
    ),
    rule(
        "another name",
        """
        (no|sorry|i meant|no i meant|no i said|i said|make it|make that|no make it|no make that|no sorry|actually make it|change it to|no change it to) [i meant|i said|make it|make that] <new:new>
    """,
        _named_anew,
    ),
    rule(
        "another length",
        """
        [no] (make it|make that|for|it takes|it is|it lasts|it should be|it should last|it will take|and it takes|lasting|and make it) <length:length> [long]
        [no] <length:length> long
    """,
        _lasting,
    ),
    rule(
        "another list",
        """
        [no] [put it|i meant|i said|move it|that goes|it goes|it belongs] (on|to|onto|for) [my|the|our] <list:list> list [instead|rather]
    """,
        _on_list,
    ),
    rule(
        "one more",
        """
        (also|and|and also|plus|oh and|as well as|and add|also add|add also|also put|and then|and some|add) <title:new> [too|as well|also|to it|to that|on it|on there|there|to the list|to the same list]
        <title:new> (too|as well)
    """,
        _also,
    ),
    rule(
        "what about",
        """
        (and|what about|how about|and what about|and from|what about from|and how about|or|and the one from|any from|anything from) <about:thing>
        [is there] anything (from|by) <about:thing>
    """,
        _what_about,
    ),
    rule(
        "and the other list",
        """
        [and] [what about|how about|what is] [on|in|and on] [my|the|our] <list:list> (list|tasks)
    """,
        _other_list,
    ),
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
        "forget that",
        """
        (forget|do not remember) (it|that|this) [again|after all]
    """,
        lambda found, turn: call("undo") if turn.focus.written and turn.focus.written.call.tool == "remember" else None,
    ),
    rule(
        "that one",
        """
        [and] [what about|how about|tell me about|tell me more about|more about|show me|what is] <one:thing>
    """,
        lambda found, turn: _told_more(found, turn),
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


# -- answers to a question --------------------------------------------------------------


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
        or plain[0] in ("what", "when", "how", "why", "who", "where", "show", "tell", "never", "stop")
        or len(plain) > 40
    ):
        return None
    if asked.missing in ("body",):
        return _filled(asked, "body", _without_saying(turn))
    if asked.missing in ("to", "guests") and _named(words_):
        return _filled(asked, asked.missing, [name_of(one) for one in people(_named(words_))])
    if asked.missing in ("title", "text") and is_title(words_) and not turn.clock.is_time(words_):
        return _titled(asked, turn)
    return None


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
    if not apart.when or not set(apart.plain) <= _AND | _NO | {"it", "one", "say", "let", "us", "by", "around", "maybe", "think", "would", "like", "good", "to", "starts"}:  # fmt: skip
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
    plain = [word for word in plains(turn.bare) if word not in ("the", "one", "on", "at", "with", "in", "i", "mean", "meant", "a", "from", "for", "called", "no", "to")]  # fmt: skip
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
    from agent.commands.references import ORDINALS

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


_ = (Thing, ask, words)
