"""What a recognizer makes of everyday commands, and how they were meant: "and milk to my shopping list", "brace me"."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from agent.commands.acting import SAMPLE, offering
from agent.commands.intention import Intention
from agent.commands.rules import Turn
from agent.commands.words import opened, plains, written

SURE = (
    # "for" heard as "four" between a word that wants it and a day
    (
        re.compile(
            r"\b(on|planned|scheduled|up|got|have|list|reminder) four (?=(today|tomorrow|mon|tues|wednes|thurs|fri|satur|sun|next|this|the)\w*)",
            re.IGNORECASE,
        ),
        r"\1 for ",
    ),
    (re.compile(r"\b(an|one|two|three|half an|1|2|3) our\b", re.IGNORECASE), r"\1 hour"),
    (re.compile(r"\bremind me (?=(what|when|where|who|which|how)\b)", re.IGNORECASE), "tell me "),
    (re.compile(r"\bwhat (else|all)\b", re.IGNORECASE), "what"),
    (
        re.compile(r"\b(the )?whole of (?=(mon|tues|wednes|thurs|fri|satur|sun)day|today|tomorrow)", re.IGNORECASE),
        "all day ",
    ),
    (re.compile(r"\bours\b", re.IGNORECASE), "hours"),
    (
        re.compile(r"\bof (?=(the )?(today|tomorrow|mon|tues|wednes|thurs|fri|satur|sun)(day)?\b)", re.IGNORECASE),
        "for ",
    ),
    (
        re.compile(
            r"\b(slot|gap|block|window|space|meeting|call|event|session) of (?=(\d|an?|half|one|two|three|four)\b)",
            re.IGNORECASE,
        ),
        r"\1 for ",
    ),
    (re.compile(r"\b(what|which) (time|day|date)'s\b", re.IGNORECASE), r"\1 \2 is"),
    (
        re.compile(
            r"\b(fit|squeeze) in\b(?= (a|an|one|two|three|half|\d|ten|fifteen|twenty|thirty|forty|fifty|sixty|ninety))",
            re.IGNORECASE,
        ),
        r"\1",
    ),
    (re.compile(r"\b(run|walk|talk|take|go|lead) me through\b", re.IGNORECASE), "show me"),
    (
        re.compile(
            r"\bgo through (?=(my|the|today|tomorrow|mon|tues|wednes|thurs|fri|satur|sun|next|this)\w*)", re.IGNORECASE
        ),
        "show me ",
    ),
    (re.compile(r"\b(next|this|last|the|my|every) weak\b", re.IGNORECASE), r"\1 week"),
    (re.compile(r"\bwrite back\b|\bright back\b(?= (that|saying|to))", re.IGNORECASE), "write back"),
    (re.compile(r"\bdo to\b(?= (today|tomorrow|list))", re.IGNORECASE), "due to"),
    (re.compile(r"\bin the next week\b", re.IGNORECASE), "next week"),
    (re.compile(r"\bat the (?=(mon|tues|wednes|thurs|fri|satur|sun)day)", re.IGNORECASE), "on "),
    (
        re.compile(
            r"\bhalf (one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})\b(?! (past|hour|an))",
            re.IGNORECASE,
        ),
        r"half past \1",
    ),
    # "three" heard as "free" behind a word that wants an hour
    (
        re.compile(
            r"\b(at|after|before|until|till|past) (free|tree)\b(?=\s*([.,?!]|$|today|tomorrow|on |this|[ap]\.?m))",
            re.IGNORECASE,
        ),
        r"\1 three",
    ),
    (re.compile(r"\bcall (it|that|this) (laugh|cough|of|oft|loft)\W*$", re.IGNORECASE), r"call \1 off"),
    (
        re.compile(
            r"\b(reply|answer|email|mail|message|note) (saving|staying) (?=(i|we|it|that|he|she|the)\b)", re.IGNORECASE
        ),
        r"\1 saying ",
    ),
    (re.compile(r"\btae (?=(ma|my|me|the|oor)\b)", re.IGNORECASE), "to "),
    (
        re.compile(
            r"\b(to|on|onto|in|off|from) (ma|me) (?=(\w+ )?(list|calendar|diary|tasks|to-?dos?)\b)", re.IGNORECASE
        ),
        r"\1 my ",
    ),
    (re.compile(r"\bat ate\b", re.IGNORECASE), "at eight"),
    (
        re.compile(
            r"\b(at|by|until|till|before|after|around) (?:for|fore)(?= ?(?:o'? ?clock|[ap]\.?m\b))", re.IGNORECASE
        ),
        r"\1 four",
    ),
    (
        re.compile(
            r"\b(at|by|until|till|before|after|around) (?:to|too|tu)(?= ?(?:o'? ?clock|[ap]\.?m\b))", re.IGNORECASE
        ),
        r"\1 two",
    ),
    (
        re.compile(
            r"\b(at|by|until|till|before|after|around) (?:ate|eat)(?= ?(?:o'? ?clock|[ap]\.?m\b))", re.IGNORECASE
        ),
        r"\1 eight",
    ),
    (
        re.compile(
            r"\b(at|by|until|till|before|after|around) (?:won|wan)(?= ?(?:o'? ?clock|[ap]\.?m\b))", re.IGNORECASE
        ),
        r"\1 one",
    ),
    (
        re.compile(
            r"\bwhen it(?:'s| is) (?=(?:midday|noon|midnight|\d|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|quarter)\b)",
            re.IGNORECASE,
        ),
        "at ",
    ),
    (
        re.compile(
            r"\bin like (?=(?:half|an?|\d|one|two|three|four|five|ten|fifteen|twenty|thirty|forty)\b)", re.IGNORECASE
        ),
        "in ",
    ),
    (re.compile(r"\bone (?:to|on|2) one\b", re.IGNORECASE), "one-to-one"),
    (re.compile(r"\belectronic (mail|post)", re.IGNORECASE), r"\1"),
    (re.compile(r"\bnot read(?:ed)? (mails?|emails?)", re.IGNORECASE), r"unread \1"),
    (re.compile(r"\b(to|on|in|from|off) (my|the) (to|too|two|2) ?-?(do|due|dew)s?\b", re.IGNORECASE), r"\1 \2 to do"),
    (re.compile(r"\b(?<!\ba )(?<!\ban )(?:spare|free) hour\b", re.IGNORECASE), "an hour free"),
    (re.compile(r"\b(?<!my )(?:spare|free) (hours?|half hour|minutes?|mins)\b", re.IGNORECASE), r"\1 free"),
    (re.compile(r"\bmornin'(?=\W|$)", re.IGNORECASE), "morning"),
    (
        re.compile(r"\bmy (morning|afternoon|evening) (like|look like|looking) (today|tonight)\b", re.IGNORECASE),
        r"this \1 \2",
    ),
    (
        re.compile(
            r"\bat like (?=\d|(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon|half)\b)",
            re.IGNORECASE,
        ),
        "at ",
    ),
    (re.compile(r"\barvo\b", re.IGNORECASE), "afternoon"),
    (re.compile(r"\b(tomoz|2moro|2morrow|tmrw|tmr|the morra|the morn)\b", re.IGNORECASE), "tomorrow"),
    (re.compile(r"^(is there )?(owt|anythin)\b", re.IGNORECASE), "anything"),
    (re.compile(r"^(wots|wats|what iz)\b", re.IGNORECASE), "what's"),
    (re.compile(r"^wat\b", re.IGNORECASE), "what"),
    (re.compile(r"\b(i|we|you) hav\b", re.IGNORECASE), r"\1 have"),
    (re.compile(r"\b(mon|tues|wednes|thurs|fri|satur|sun)day mornin\b", re.IGNORECASE), r"\1day morning"),
    (re.compile(r"^(and )?the after\W*$", re.IGNORECASE), "and the day after"),
)
"""Slips that can mean nothing else where they stand; they are mended before anything is read."""


def mended(text: str) -> str:
    """The sentence without the sure slips."""
    for pattern, better in SURE:
        text = pattern.sub(better, text)
    return text


_FIRST = {
    "add": "and|at|ad|had|hat", "put": "but|foot", "undo": "and do|on do|under|and you",
    "undo that": "a new hat|a new that|under hat", "brief": "brace|breathe|grace|breed|grief|greet|breeze", "move": "new|moose|moved", "remind": "remain|remained|rewind|remind",
    "draft": "graph|graft|giraffe|trapped|rafter", "draft a": "graph to|graft to|draft to|graph the", "cancel": "council|consul|console|can sell|can so",
    "call": "hold|cold|cole", "any": "and|many|annie", "when": "one|won|wen", "what's": "watts|what", "mark": "mac|marc|mug", "push": "bush",
    "delete": "the lead|the leet|deleet", "rename": "we name|re name|very name", "send": "sand|sent|cent", "find": "fine", "read": "red|rid|reid",
    "schedule": "share your|shed your|shared your", "reply": "rip lie|re ply", "show": "shoe",
}  # fmt: skip
"""Words that a sentence begins with, and what they are heard as in that place."""


_ANYWHERE = (
    (r"\bover (you|do|dew|jew|due)\b", "overdue"),
    (r"^what song\b", "what's on"),
    (r"\b(might|my|mine) (i |a )?(to |two )?(do list|duelist|dualist)\b", "my to do list"),
    (r"^no,? (that's|that is|that|it's) (free|tree)$", "no, at three"),
    (r"\b(\d{1,2})a\b", r"\1"),
)
"""Slips inside a sentence, each mended on its own."""


class Reading(NamedTuple):
    """What may have been said."""

    text: str
    command: bool
    """Whether it was the word of command, at the beginning, that was misheard; the rest stands as it was heard."""


def readings(turn: Turn) -> Iterator[Reading]:
    """What may have been said, where what was heard comes to nothing."""
    heard = written(opened(turn.words))
    end = "?" if turn.question else ""
    for pattern, better in _ANYWHERE:
        other = re.sub(pattern, better, heard, flags=re.IGNORECASE)
        if other != heard:
            heard = other
            yield Reading(other + end, command=False)
    for command, slips in _FIRST.items():
        found = re.match(rf"({slips})\b,? +(?=\S)|({slips})$", heard, re.IGNORECASE)
        if found:
            yield Reading(f"{command} {heard[found.end() :]}".strip() + end, command=True)


_READS = frozenset(
    "list_events find_free_time list_tasks list_reminders search_email read_email summarize_inbox recall get_briefing get_suggestions "
    "list_changes get_time".split()
)
_NEEDS_YES = frozenset("cancel_event delete_task forget send_email".split())
"""Asked about by the tools themselves."""
_PLAIN = {
    "add_task": {"title", "list"}, "set_reminder": {"text", "when"}, "change_event": {"event", "when"}, "change_task": {"task"},
    "complete_task": {"task"},
}  # fmt: skip
"""What a write must know for the rest of the sentence to make it plain."""
_TELLING = frozenset(
    "is are was were be been i we he she they you not no never has have had will would moved sent remained".split()
)


def careful(meant: Intention, reading: Reading, turn: Turn) -> Intention | None:
    """What to do about a reading: look it up freely, write what is plain, ask about the rest. None for what is too far-fetched."""
    if meant.tool is None:
        return None
    if meant.missing:
        known = meant.arguments.get("when") if meant.tool.startswith("add_") else meant.arguments
        return meant if known or meant.missing == "yes" else None
    if meant.tool in _READS or meant.tool in _NEEDS_YES:
        return meant
    telling = bool(_TELLING & set(plains(turn.words)))
    if telling and meant.tool.startswith("add_"):
        return None
    if reading.command and not telling and not turn.question and _is_plain(meant):
        return meant
    return _offered(meant, _question(meant, reading))


def _is_plain(meant: Intention) -> bool:
    """Whether all that the write needs was said: a list, a time, a thing that has to be there or nothing is done."""
    if meant.search is None:
        return meant.tool in _PLAIN and _PLAIN[meant.tool] <= meant.arguments.keys()
    calls = [finish(SAMPLE) for finish in meant.search.options.values()]
    if meant.search.otherwise and meant.search.otherwise.tool:
        calls.append(meant.search.otherwise)
    return all(not one.missing and _is_plain(one) for one in calls)


def _question(meant: Intention, reading: Reading) -> str:
    if not reading.command and meant.tool == "change_event" and "when" in meant.arguments:
        return f"Shall I move it to {str(meant.arguments['when']).removeprefix('at ')}?"
    words_ = reading.text.rstrip("?")
    return f"Shall I {_turned(words_)}?" if reading.command else f"Do you mean “{words_}”?"


def _turned(wish: str) -> str:
    """ "undo my last change" is asked back as "undo your last change"; what is to be written stays as it was said."""
    head, saying, body = re.split(r"(\b(?:saying|that says|to say)\b|$)", wish, maxsplit=1, flags=re.IGNORECASE)
    for mine, yours in (("my", "your"), ("me", "you")):
        head = re.sub(rf"\b{mine}\b", yours, head, flags=re.IGNORECASE)
    return f"{head}{saying}{body}"


def _offered(meant: Intention, question: str) -> Intention:
    if meant.search is None:
        return replace(meant, missing="yes", say=question)
    options = {kind: offering(finish, question) for kind, finish in meant.search.options.items()}
    otherwise = (
        _offered(meant.search.otherwise, question) if meant.search.otherwise and meant.search.otherwise.tool else None
    )
    return replace(meant, search=replace(meant.search, options=options, otherwise=otherwise or meant.search.otherwise))
