"""Reminders: setting them and telling which there are. (Moving and cancelling stand with everything else that is there.)"""

import re

from agent.commands import times
from agent.commands.intention import Intention, ask, call
from agent.commands.patterns import Found
from agent.commands.rules import Bag, Rule, Turn, bag, rule
from agent.commands.slots import refers
from agent.commands.words import plains, written
from agent.when import When


def text_of(found: Found) -> str:
    words = found.words("text")
    if words and words[0].plain in ("to", "that", "about", "of", "too", "for") and len(words) > 1:
        words = words[1:]
    text = written(words)
    if words and words[0].plain in ("by", "bye") and len(words) > 1:
        text = f"Buy {written(words[1:])}"  # as it was heard
    return text[:1].upper() + text[1:]


def _set(found: Found, turn: Turn) -> Intention | None:
    text = text_of(found) if found.has("text") else ""
    when = found.when
    if found.has("length"):
        when = f"in {found.text('length')}"
    if refers(found.words("text")):
        thing = turn.focus.pick(found.words("text"))
        if thing is None:
            return ask("set_reminder", "text", "What should I remind you of?", when=when)
        text = thing.name
    if plains(found.words("text"))[:1] and plains(found.words("text"))[0] in ("before", "after", "prior", "what", "how", "why", "who", "when", "where", "if", "whether", "not"):  # fmt: skip
        return None
    if not text and not when:
        return ask("set_reminder", "text", "What should I remind you of, and when?")
    if not text:
        return ask("set_reminder", "text", "What should I remind you of?", when=when)
    if not when:
        return ask("set_reminder", "when", "When should I remind you?", text=text)
    return call("set_reminder", text=text, when=when)


def _wake(found: Found, turn: Turn) -> Intention | None:
    text = "Wake up" if "wake" in found.sentence.plain else "Alarm" if "alarm" in found.sentence.plain else "Time is up"
    when = f"in {found.text('length')}" if found.has("length") else found.when
    if not when:
        return ask("set_reminder", "when", "When?", text=text)
    if text != "Time is up" and not found.has("length"):
        when = in_the_morning(when, turn)
    return call("set_reminder", text=text, when=when)


_HALF_TOLD = re.compile(r"[ap]\.?m\b|morning|afternoon|evening|night|noon|midday|lunch|\bin\b .*(?:minute|hour)|1[3-9][:.]|2[0-3][:.]|\bhours?\b", re.IGNORECASE)  # fmt: skip


def in_the_morning(when: str, turn: Turn) -> str:
    """Nobody is woken at six in the evening: a bare hour of an alarm is one of the morning."""
    meaning = turn.clock.meaning(when)
    if not isinstance(meaning, When) or meaning.all_day or meaning.part or meaning.ends or _HALF_TOLD.search(when):
        return when
    early = meaning.starts.hour % 12
    # "an alarm at three", without a day, may be for a nap
    if not 4 <= early <= 11 and not (turn.clock.names_day(when) and early):
        return when
    sooner = f"{when} in the morning"
    return sooner if isinstance(turn.clock.meaning(sooner), When) else when


def _list(found: Found, turn: Turn) -> Intention | None:
    said = set(found.sentence.plain)
    if said & {"add", "create", "make"} or found.sentence.plain[:1] in (("set",), ("new",), ("another",)):
        return None
    return call("list_reminders", "count" if "many" in said else "", when=found.when or None)


_NEEDS, _ALLOWS = bag(
    ["reminder reminders reminding remind alarms"],
    """what which is are was were will be do does did have has had i we you me us my our the a an any anything something some there got on in
    at for of to and up show tell give read list check see let know about out over all everything else more many much still left that this
    am say view pull open set running active pending coming next upcoming when like how need should can could going your due display hear
    waiting asked ask tonight's today's""",
)


_NUDGE = "(give me|send me|gimme|give us|gie us) [a] (shout|nudge|heads up|heads-up|ping|buzz|ring|call|poke|reminder|signal|prod|hint|alert|notification|bell)"


_TOLD_OF = frozenset("is was are were has had did does never came went rang goes should could would will".split())
_PLACES = frozenset("work home school uni university church lunch dinner breakfast college court sea bedtime teatime dawn dusk sunrise sunset night noon midnight least the my our a an his her their".split())  # fmt: skip


def not_understood(plain: tuple[str, ...], when: str, turn: Turn) -> bool:
    """ "tomorrow, at ate to call": the hour was said, and wasn't heard."""
    if len(plain) < 4 or plain[0] != "at" or plain[1] in _PLACES or plain[2] not in ("to", "that") or not when:
        return False
    meaning = turn.clock.meaning(when)
    return isinstance(meaning, When) and (meaning.all_day or bool(meaning.part))


def _remind(found: Found, turn: Turn) -> Intention | None:
    plain = plains(found.words("text"))
    if plain[:1] and plain[0] in _TOLD_OF and "reminder" in found.sentence.plain:
        return None  # "the reminder at six was too loud" is told of one
    if found.sentence.plain[0] == "the" or plain[-2:] == ("make", "it"):
        return None
    if found.sentence.plain[:2] in (("put", "the"), ("set", "the")) and found.when.lower().startswith(
        ("to ", "until ")
    ):
        return None  # "put the reminder for the bins forward to …": it is there
    if not_understood(plain, found.when, turn):
        return ask("set_reminder", "when", "I'm not sure I have the time right. When should I remind you?", text=text_of(found))  # fmt: skip
    if {"tell", "make"} & set(found.sentence.plain[:2]) and not found.when:
        return None
    if (
        found.sentence.plain[:1] == ("tell",)
        and plain[:1] not in (("to",), ("when",))
        and "to" not in found.sentence.plain
    ):
        return None
    if plain and plain[0] in ("my", "the") and len(plain) == 2 and plain[1] == "reminders":
        return None
    if {"before", "after"} & set(plain) and any(
        times.minutes(found.words("text")[start:end])
        for end in range(1, len(plain))
        for start in range(max(0, end - 5), end)
        if plain[end] in ("before", "after")
    ):
        return None
    return _set(found, turn)


def _snooze(found: Found, turn: Turn) -> Intention | None:
    when = f"in {found.text('length')}" if found.has("length") else found.when
    first, _, rest = when.partition(" ")
    return call("snooze_reminder", when=rest if first.lower() in ("until", "till", "til") else when)


RULES: list[Rule | Bag] = [
    rule(
        "snooze",
        """
        snooze [it|that|this|the reminder|that reminder|this reminder|the alarm|the last reminder|me] [for|by] [another] [<length:length>]
        (remind|tell|ring|ping|nudge) me [of it|of that|of this|about it|about that|about this] [once] again [later]
        (remind|tell|ring|ping|nudge) me again (about|of) (it|that|this) [later]
        (remind|ring|ping|nudge) me [of it|of that|of this|about it|about that|about this] [again] later
    """,
        _snooze,
        "apart",
    ),
    rule(
        "remind",
        f"""
        remind (me|us) [to|about|that|of|too|not to forget|not to forget to|also to|again to|again about|i have to|i need to|i must|for] <text>
        remember (me|us) (to|about|of|that|on|at|in|for|not to forget|please to) <text>
        remind (me|us)
        [set|add|create|make|put|put in|schedule|i need|i want|new|another|leave me|give me|set up|set me] [up] [me|myself] [a|an|the|another] [new|quick|little] reminder [for me|me] [to|about|that|of|for|:|for me to|that i should|that i have to|that i need to|that i must|with] <text>
        [set|add|create|make|put|put in|schedule|i need|i want|new|another|leave me|set up|set me] [up] [me|myself] [a|an|another] [new] reminder
        (do not|never) (let me|allow me to) forget [to|about|that|the|my] <text>
        make sure (i|that i|i do not forget to|that i do not forget to|i remember to|that i remember to) [to] <text>
        {_NUDGE} [to|about|that|for|when it is time to|because|so i] <text>
        (ping|nudge|alert|notify|poke|buzz|prod|tell|warn|prompt) me [to|about|that it is time to|when it is time to|it is time to|that i have to|that i should] <text>
        remember to <text>
        (i|we) (need|want|would like|have) to be reminded (to|of|about|that) <text>
        (i need|i want|i could do with|i would like) reminding (to|of|about|that) <text>
        let me know (that it is time to|that i have to|that i should|when to|when it is time to|to|that i must|that i need to) <text>
        (help|let|make|have) me remember [to|that] <text>
        (do not forget|please remember|remember|make sure) to remind me [to|about|of|that] <text>
        (i must not|i should not|i can not|i do not want to|i do not wanna) forget [to|about] <text> remind me [of it|about it]
        (i must|i have to|i need to|i should|i want to) <text> [so] (remind me|set a reminder|set a reminder for that|remind me of that|remind me about it|remind me of it)
    """,
        _remind,
        "apart",
    ),
    rule(
        "remind, so long from now",
        """
        reminder [to|:|for] <text> [in] <length:length>
        remind me [to|about|of] <text> <length:length> [from now]
        remind me <length:length> [from now] [to|about|of] <text>
    """,
        _set,
        "whole",
    ),
    rule(
        "wake",
        """
        wake (me|us) [up]
        wake (me|us) [up] in <length:length>
        [set|start|make|give me|i need|put|create] [me] [a|an|the|my] [wake up|wake-up|morning] (alarm|timer) [on] [for|in|at|to] [<length:length>]
        (i need|i want|i have|i would like) to (get up|be up|wake up) wake me [up] [then]
        get me (up|out of bed)
        <length:length> (timer|alarm)
        [set|start] [a|an] <length:length> (timer|alarm)
    """,
        _wake,
        "apart",
    ),
    rule(
        "wake at",
        """
        [set|start|make|put|change] [me] [a|an|the|my] [wake up|wake-up|morning] alarm [on] (for|at|to) <when:when>
        wake (me|us) [up] (for|at|by) <when:when>
    """,
        _wake,
        "whole",
    ),
    Bag(
        "reminders",
        _NEEDS,
        _ALLOWS,
        lambda found, turn: (
            _list(found, turn)
            if {"reminders", "reminder", "reminding", "alarms"} & set(found.sentence.plain)
            or "did" in found.sentence.plain
            else None
        ),
    ),
    rule(
        "is there a reminder",
        """
        (do i have|have i got|is there|did i set|have i set|are there|do i already have|was there) [a|any|the] (reminder|reminders|alarm|one) (for|about|to|of|on|set for) <text>
    """,
        lambda found, turn: call("list_reminders", when=found.when or None),
        "apart",
    ),
    rule(
        "reminders",
        """
        what (am i|will i be|are you) (reminded of|being reminded of|being reminded|reminded about|being reminded about|to be reminded of|to be reminded about|reminding me of|reminding me about|reminding me to do|going to remind me of|going to remind me about)
        what (did i|have i) (ask|asked|tell|told) you to remind me (of|about)
        what (am i|are we) (meant|supposed) to be reminded (of|about)
        what do you have to remind me (of|about)
        what do i (need|have|want) to be reminded (of|about)
        what will you remind me [of|about]
        what are you (going to|gonna) remind me [of|about]
        have i (asked|told) you to remind me (of|about|to) <text>
        (when|what time) (will|are|do|did|were|would) you [going to] (remind|reminding) me (of|about|to|that) <text>
        (when|what time) (is|was|does) [my|the] <text> (reminder|alarm) [set|due|set for|go off|for]
        (when|what time) (is|was|does) [my|the] (reminder|alarm) (for|about|to|of) <text> [set|due|set for|go off]
        (when|what time) (am i|will i be) [being] reminded (of|about|to) <text>
    """,
        lambda found, turn: call("list_reminders", when=found.when or None),
        "apart",
    ),
]
