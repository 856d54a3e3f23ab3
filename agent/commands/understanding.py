"""What a sentence means, in the light of what was said before."""

import re
from collections.abc import Sequence

from agent.commands import (
    answering,
    finding,
    follow,
    sequels,
    talk,
)
from agent.commands.catalogue import RULES
from agent.commands.gist import gist
from agent.commands.intention import Intention, words
from agent.commands.references import exchanges, focus
from agent.commands.rules import Turn, best
from agent.commands.times import Clock
from agent.commands.words import hear, plains
from integrations.errors import Invalid
from integrations.model import Line, Said

_YES = re.compile(
    r"(yes|yeah|yep|yup|sure|ok|okay|please do|do it|go ahead|of course|yes please|correct|right)( (please|do it|do that|go ahead|thanks))*"
)

_TAKEN_BACK = re.compile(
    r".+ (never mind|nevermind|forget it|no wait|wait no|scratch that|cancel that|actually (no|do not)|no do not|or (maybe )?not|no sorry|no stop|i changed my mind|no (i am )?not sure|i am not sure|not sure|no (never|forget)\b.*)"
)
"""Ends that take back what the sentence began with."""

_QUOTED = re.compile(r"[\"“‘«'].{3,}[\"”’»']")

_LONG = 1200
"""Characters beyond which a sentence is no command."""


def understand(text: str, before: Sequence[Line], clock: Clock, *, depth: int = 0) -> Intention:
    """What a sentence means, in the light of what was said before."""
    if len(text) > _LONG:
        return words("That was more than I can follow at once. Please say it shorter.")
    try:
        return _understand(text, before, clock, depth)
    except Invalid as error:
        # a date that doesn't exist is better told than half understood
        return words(error.say)


def _understand(text: str, before: Sequence[Line], clock: Clock, depth: int) -> Intention:
    now = focus(before)
    turn = Turn(_rewritten(text), clock, now)
    if not turn.words:
        return words("I didn't hear any words.")
    if _TAKEN_BACK.search(" ".join(plains(turn.words))):
        return words("All right, I've done nothing.")
    if _QUOTED.fullmatch(text.strip()):
        return words("You quoted that. Say it without quotes if I should do it.")
    answer = _answer(turn, before, clock, depth)
    if answer:
        return answer
    alone = best(turn, RULES)
    sequel = best(turn, sequels.RULES)
    meant = follow.follow(turn)
    if turn.trouble and alone is None and meant is None and sequel is None:
        return words(turn.trouble)
    if meant is None:
        meant = sequel if sequel and (alone is None or _prefers_sequel(alone, sequel, turn)) else alone
    elif alone is not None and alone.tool and alone.tool not in follow.READS and not alone.missing:
        meant = alone
    return meant or gist(turn) or _lost(turn)


def _lost(turn: Turn) -> Intention:
    last = turn.focus.last
    if last and last.answer.get("error") == "needs_approval":
        return Intention(say="That was no clear yes, so I've left it. Say it again if you want it.", certain=False)
    return Intention(say=talk.LOST, certain=False)


def _prefers_sequel(alone: Intention, sequel: Intention, turn: Turn) -> bool:
    """A sequel wins over a reading that would only ask or chat, and over listing everything."""
    if plains(turn.words)[:1] in (("and",), ("or",)) or plains(turn.words)[:2] in (("what", "about"), ("how", "about")):
        return True
    if alone.tool is None and alone.missing is None:
        # "no problem" is chat, and renames nothing
        return sequel.tool in (*follow.READS, "read_email", "undo")
    return alone.missing is not None or (alone.tool in follow.READS and not alone.arguments)


def _answer(turn: Turn, before: Sequence[Line], clock: Clock, depth: int) -> Intention | None:
    """The sentence as the answer to a question that stands open: the tool's, or the mind's own."""
    if depth > 2:
        return None
    asked_at = max((i for i, line in enumerate(before) if isinstance(line, Said)), default=None)
    if asked_at is None:
        return None
    said = before[asked_at]
    assert isinstance(said, Said)
    since = exchanges(before[asked_at + 1 :])
    acted = [exchange for exchange in since if not exchange.call.id.startswith("look")]
    if acted:
        return answering.chosen(acted[-1], turn)
    asked = understand(said.text, before[:asked_at], clock, depth=depth + 1)
    if since and asked.search is not None:
        asked = finding.decide(asked.search, since) or asked
    if asked.missing == "yes" and _YES.fullmatch(" ".join(plains(hear(turn.text)))):
        return Intention(tool=asked.tool, arguments=asked.arguments)
    if " ".join(plains(turn.words)) in talk.STOPS or " ".join(plains(turn.bare)) in talk.STOPS:
        return None
    return answering.complete_with(asked, turn)


_REWRITES = (
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
    (re.compile(r"\b(fit|squeeze) in\b(?= (a|an|one|two|three|half|\d))", re.IGNORECASE), r"\1"),
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
)


def _rewritten(text: str) -> str:
    for pattern, better in _REWRITES:
        text = pattern.sub(better, text)
    return text
