"""What is told of an appointment: offered for the calendar, or entered where it is said as one writes it down."""

import re

from agent.commands.diary import ACTING, NOUNS, entry
from agent.commands.event_words import APPOINTMENTS, DAY_LONG, DUTY, VERBS
from agent.commands.intention import Intention, ask, call
from agent.commands.leftover import place_in, timelike
from agent.commands.naming import slot_title, title
from agent.commands.patterns import Found
from agent.commands.precision import exact, lacks_hour
from agent.commands.rules import Turn
from agent.commands.words import Words, plains
from agent.saying import say_when
from agent.when import When


def offer(found: Found, turn: Turn) -> Intention | None:
    """ "dinner with Lena, friday at 7 pm", and no verb: it is offered, not done."""
    if plains(without_duty(found.words("title"))) != plains(found.words("title")):
        return _told(found, turn)
    if entered := entry(found, turn):
        return entered
    plain = plains(found.words("title"))
    if (
        not found.when
        or found.when.startswith("to ")
        or turn.question
        or lacks_hour(found.when, turn)
        or len(plain) > 7
    ):
        return None
    if (
        not (APPOINTMENTS | NOUNS) & set(plain)
        or VERBS & set(plain)
        or (plain[0] in ACTING and plain[0] not in NOUNS)
        or plain[0] in ("the", "my", "our", "that", "this", "your", "his", "her")
    ):
        return None
    named = slot_title(found)
    if plain[0] in ("at", "and", "but") and len(plain) > 1:
        named = title(found.words("title")[1:])
    return offered(named, found.when, turn)


def _told(found: Found, turn: Turn) -> Intention | None:
    """ "I have a dentist appointment on friday at nine": with its day and hour it is offered."""
    words_ = without_duty(found.words("title"))
    plain = plains(words_)
    having = found.sentence.plain[:2] in (("i", "have"), ("we", "have"), ("i", "got"), ("there", "is"))
    if (
        not having
        or turn.question
        or len(plain) > 7
        or not {"appointment", "meeting"} & set(plain)
        or (VERBS | {"so", "to", "no"}) & set(plain)
        or not found.when
        or not exact(found.when, turn)
        or timelike(words_)
    ):
        return None
    return offered(title(words_), found.when, turn)


def offered(named: str, when: str, turn: Turn) -> Intention | None:
    meaning = turn.clock.meaning(when)
    if not isinstance(meaning, When):
        return None
    moment = say_when(meaning, now=turn.clock.now, zone=turn.clock.zone, full=True)
    say = f"Shall I put {the_event(named)} on your calendar, {moment}?"
    return Intention(tool="add_event", arguments={"title": named, "when": when}, missing="yes", say=say)


def the_event(named: str) -> str:
    return named if re.match(r"[A-Z]\w* [A-Z]|[A-Z]+\b", named) else named[:1].lower() + named[1:]


def without_duty(words_: Words) -> Words:
    """ "I have to go to the tax office" is called "Go to the tax office"."""
    plain = plains(words_)
    best = max((len(duty) for duty in DUTY if plain[: len(duty)] == duty and len(plain) > len(duty)), default=0)
    return words_[best:]


def statement(found: Found, turn: Turn) -> Intention | None:
    """ "I'm meeting Grace for tea on Saturday. Put that on my calendar."."""
    said = found.sentence.plain
    got = said[-2:] in (("get", "it"), ("get", "that"), ("save", "it"), ("save", "that"))
    if got or {"was", "were"} & set(plains(found.words("title"))):
        return None  # "pizza's coming at seven, get it" is said to somebody else
    words_, place = place_in(without_duty(found.words("title")))
    named = title(words_)
    if found.sentence.plain[:3] == ("i", "am", "meeting"):
        named = f"Meeting {named}"
    if timelike(words_):
        return ask(
            "add_event", "when", f"I'm not sure I have the time right. When exactly is {the_event(named)}?", title=named
        )
    return _with_title(found, turn, named, place)


def _with_title(found: Found, turn: Turn, named: str, place: str) -> Intention:
    if not found.when:
        return ask("add_event", "when", f"When is {the_event(named)}?", title=named)
    if (
        lacks_hour(found.when, turn)
        and "day" not in found.when.lower().split()
        and not DAY_LONG & set(named.lower().split())
    ):
        return ask("add_event", "when", f"What time is {the_event(named)}?", title=named, when=found.when)
    return call("add_event", title=named, when=found.when, place=place)
