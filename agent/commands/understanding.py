"""What a sentence means, in the light of what was said before."""

import re
from collections.abc import Sequence

from agent.commands import (
    answering,
    around,
    finding,
    follow,
    plainer,
    recasting,
    said_over,
    sequels,
    slips,
    suggesting,
    talk,
)
from agent.commands.catalogue import RULES
from agent.commands.gist import gist
from agent.commands.intention import Intention, call, words
from agent.commands.references import exchanges, focus
from agent.commands.rules import Turn, best
from agent.commands.times import Clock
from agent.commands.words import hear, plains
from integrations.errors import Invalid
from integrations.model import Line, Said

_YES = re.compile(
    r"(yes|yeah|yep|yup|aye|sure|sure thing|ok|okay|alright|all right|fine|absolutely|definitely|please|please do|do it|do that|go ahead|go for it|of course|correct|right|exactly|that is right|sounds good)"
    r"( (yes|please|do|do it|do that|go ahead|go for it|of course|thanks|thank you|that is right|why not|chronus))*"
)

_TAKEN_BACK = re.compile(
    r".+ (never mind|nevermind|forget it|no wait|wait no|scratch that|cancel that(?! (?:one|appointment|meeting|event|reminder|task|session|class|booking)\b)|actually (no|do not)|no do not|or (maybe )?not|or (rather|actually|maybe|perhaps|better) (do not|not|no|never)|(?<!am )(?<!was )(?<!were )(?<!is )(?<!are )(?<!be )(?<!say )(?<!saying )(just|only) (kidding|joking)|no sorry|no stop|i changed my mind|no (i am )?not sure|i am not sure|not sure|no (never|forget)\b.*|no (leave|drop|skip|stop) (it|that|this)( be| there| alone| then)?)"
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
    turn = Turn(_plainly(text, clock), clock, now)
    if not turn.words:
        return words("I didn't hear any words.")
    if _TAKEN_BACK.search(" ".join(plains(turn.words))):
        return words("All right, I've done nothing.")
    if _QUOTED.fullmatch(text.strip()):
        return words("You quoted that. Say it without quotes if I should do it.")
    if decided := suggesting.decided(turn, before):
        return decided
    answer = _answer(turn, before, clock, depth)
    if answer:
        return answer
    meant = _meaning(turn) or _recast(turn) or (None if turn.trouble else gist(turn)) or _misheard(turn)
    return meant or (words(turn.trouble) if turn.trouble else _lost(before))


def _plainly(text: str, clock: Clock) -> str:
    """The sentence without sure slips, asides, and what was taken back in the same breath."""
    return around.without_asides(plainer.plainer(said_over.as_meant(slips.mended(text), clock)))


def _meaning(turn: Turn) -> Intention | None:
    """The sentence by its own words: on its own, or as one that goes on from the last."""
    alone = best(turn, RULES)
    sequel = best(turn, sequels.RULES)
    meant = follow.follow(turn)
    if meant is None:
        return sequel if sequel and (alone is None or _prefers_sequel(alone, sequel, turn)) else alone
    if (
        alone is not None
        and alone.tool
        and not alone.missing
        and (alone.tool not in follow.READS or follow.whole(turn))
    ):
        return alone
    return meant


def _recast(turn: Turn) -> Intention | None:
    """A statement and a wish in one breath, as the plain command they come to."""
    if turn.focus.written and recasting.taken_back(turn.text):
        return call("undo")
    for command in recasting.recast(turn.text, turn.clock):
        meant = _meaning(Turn(command, turn.clock, turn.focus))
        if meant and (meant.tool or meant.search):
            return meant
    return None


def _misheard(turn: Turn) -> Intention | None:
    """What was heard comes to nothing: what may have been said instead? What is plain goes before what has to be asked about."""
    asked = None
    for reading in slips.readings(turn):
        meant = _meaning(Turn(slips.mended(reading.text), turn.clock, turn.focus))
        meant = slips.careful(meant, reading, turn) if meant else None
        if meant and not meant.missing:
            return meant
        asked = asked or meant
    return asked


def _lost(before: Sequence[Line]) -> Intention:
    asked_at = max((i for i, line in enumerate(before) if isinstance(line, Said)), default=0)
    last = next(reversed(exchanges(before[asked_at:])), None)
    if last and last.answer.get("error") == "needs_approval":
        return Intention(say="That was no clear yes, so I've left it. Say it again if you want it.", certain=False)
    return Intention(say=talk.LOST, certain=False)


def _prefers_sequel(alone: Intention, sequel: Intention, turn: Turn) -> bool:
    """A sequel wins over a reading that would only ask or chat, and over listing everything."""
    if plains(turn.words)[:1] in (("and",), ("or",)) or plains(turn.words)[:2] in (("what", "about"), ("how", "about")):
        return True
    if alone.tool is None and alone.missing is None:
        # "no problem" is chat, and renames nothing
        return sequel.tool in (*follow.READS, "read_email", "undo", "forget")
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
