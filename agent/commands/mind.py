"""The built-in mind: from the thread to one intention, from the answers to a few words."""

import re
from collections.abc import AsyncIterator, Iterator, Sequence
from uuid import uuid4

from agent.commands import (
    adding,
    agenda,
    cancelling,
    finding,
    follow,
    mail,
    moving,
    remembering,
    reminding,
    talk,
    todo,
    writing,
)
from agent.commands.intention import Intention, words
from agent.commands.references import Exchange, Focus, focus
from agent.commands.rules import Bag, Rule, Turn, best
from agent.commands.telling import TELLERS
from agent.commands.times import Clock
from agent.commands.wording import Speaker
from agent.commands.words import hear, plains
from integrations.errors import Invalid
from integrations.model import Answer, Call, Line, Prompt, Replied, Said, Step, Understood, Words

RULES: tuple[Rule | Bag, ...] = (
    *talk.RULES,
    *reminding.RULES,
    *todo.RULES,
    *moving.RULES,
    *cancelling.RULES,
    *mail.SUMMARY,
    *mail.SEARCH,
    *mail.READ,
    *writing.RULES,
    *remembering.RULES,
    *agenda.RULES,
    *adding.RULES,
)
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


class BuiltInMind:
    """Understands the everyday commands with no model and no network. It keeps nothing: all it needs stands in the thread."""

    name = "built-in"

    async def think(self, prompt: Prompt) -> AsyncIterator[Step]:
        """One step: a call, or the words that end the turn."""
        for step in steps(prompt):
            yield step


def steps(prompt: Prompt) -> Iterator[Step]:
    """The same, without waiting for anything, for there is nothing to wait for."""
    start = max((i for i, line in enumerate(prompt.lines) if isinstance(line, Said)), default=None)
    if start is None:
        return
    before, said, since = prompt.lines[:start], prompt.lines[start], list(prompt.lines[start + 1 :])
    assert isinstance(said, Said)
    clock = Clock(prompt.now, prompt.zone)
    intention = understand(said.text, before, clock)
    yield from _next(intention, _exchanges(since), before, Speaker(prompt.now, prompt.zone))


def _exchanges(lines: Sequence[Line]) -> list[Exchange]:
    calls = {line.id: line for line in lines if isinstance(line, Call)}
    return [Exchange(calls[line.id], line.content) for line in lines if isinstance(line, Answer) and line.id in calls]


def _next(intention: Intention, done: list[Exchange], before: Sequence[Line], say: Speaker) -> Iterator[Step]:
    """What comes next in the turn, after the calls that are done."""
    if intention.search is not None:
        looked = [exchange for exchange in done if exchange.call.id.startswith("look")]
        if not looked:
            yield from _calls(finding.lookups(intention.search, wide=False), "look")
            return
        decided = finding.decide(intention.search, looked)
        if decided is None:
            yield from _calls(finding.lookups(intention.search, wide=True), "look")
            return
        intention, done = decided, [exchange for exchange in done if exchange not in looked]
    plan = [intention, *intention.then]
    if len(done) < len(plan) and all("error" not in exchange.answer for exchange in done):
        yield from _one(plan[len(done)], before)
        return
    yield from _told(done, plan, say)


def _one(intention: Intention, before: Sequence[Line]) -> Iterator[Step]:
    if intention.angle == "repeat":
        yield Words(text=_said_before(before))
    elif intention.missing or intention.tool is None:
        if intention.tool:
            yield Understood(tool=intention.tool, arguments=dict(intention.arguments))
        yield Words(text=intention.say or talk.LOST)
    else:
        yield from _calls([(intention.tool, dict(intention.arguments))], "call")


def _calls(calls: Sequence[tuple[str, dict[str, object]]], kind: str) -> Iterator[Step]:
    for tool, arguments in calls:
        yield Call(id=f"{kind}-{uuid4().hex}", tool=tool, arguments=arguments)


def _said_before(before: Sequence[Line]) -> str:
    return next(
        (line.text for line in reversed(before) if isinstance(line, Replied) and line.text),
        "I haven't said anything yet.",
    )


def _told(done: list[Exchange], plan: list[Intention], say: Speaker) -> Iterator[Step]:
    """The words for what came of it: a refusal's own, a receipt's own, or a telling of what was found."""
    exchange = done[0] if "error" not in done[-1].answer else done[-1]
    answer = exchange.answer
    if "say" in answer:
        yield Words(text=str(answer["say"]))
        return
    tell = TELLERS.get(exchange.call.tool)
    if tell is None or "result" not in answer:
        yield Words(text="That didn't work.")
        return
    yield Words(text=tell(answer["result"], exchange.call.arguments, plan[0].angle, say))


# -- understanding ------------------------------------------------------------------------------


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
    sequel = best(turn, follow.RULES)
    meant = follow.follow(turn)
    if turn.trouble and alone is None and meant is None and sequel is None:
        return words(turn.trouble)
    if meant is None:
        meant = sequel if sequel and (alone is None or _prefers_sequel(alone, turn)) else alone
    elif alone is not None and alone.tool and alone.tool not in follow.READS and not alone.missing:
        meant = alone
    return meant or _lost(turn)


def _lost(turn: Turn) -> Intention:
    last = turn.focus.last
    if last and last.answer.get("error") == "needs_approval":
        return Intention(say="That was no clear yes, so I've left it. Say it again if you want it.", certain=False)
    return Intention(say=talk.LOST, certain=False)


def _prefers_sequel(alone: Intention, turn: Turn) -> bool:
    """A sequel wins over a reading that would only ask or chat, and over listing everything."""
    return alone.missing is not None or alone.tool is None or (alone.tool in follow.READS and not alone.arguments)


def _answer(turn: Turn, before: Sequence[Line], clock: Clock, depth: int) -> Intention | None:
    """The sentence as the answer to a question that stands open: the tool's, or the mind's own."""
    if depth > 2:
        return None
    asked_at = max((i for i, line in enumerate(before) if isinstance(line, Said)), default=None)
    if asked_at is None:
        return None
    said = before[asked_at]
    assert isinstance(said, Said)
    since = _exchanges(before[asked_at + 1 :])
    acted = [exchange for exchange in since if not exchange.call.id.startswith("look")]
    if acted:
        return follow.chosen(acted[-1], turn)
    asked = understand(said.text, before[:asked_at], clock, depth=depth + 1)
    if since and asked.search is not None:
        asked = finding.decide(asked.search, since) or asked
    if asked.missing == "yes" and _YES.fullmatch(" ".join(plains(hear(turn.text)))):
        return Intention(tool=asked.tool, arguments=asked.arguments)
    return follow.complete_with(asked, turn)


_REWRITES = (
    # "for" heard as "four" between a word that wants it and a day
    (
        re.compile(
            r"\b(on|planned|scheduled|up|got|have|list|reminder) four (?=(today|tomorrow|mon|tues|wednes|thurs|fri|satur|sun|next|this|the)\w*)",
            re.I,
        ),
        r"\1 for ",
    ),
    (re.compile(r"\b(an|one|two|three|half an|1|2|3) our\b", re.I), r"\1 hour"),
    (re.compile(r"\bours\b", re.I), "hours"),
    (re.compile(r"\bof (?=(the )?(today|tomorrow|mon|tues|wednes|thurs|fri|satur|sun)(day)?\b)", re.I), "for "),
    (
        re.compile(
            r"\b(slot|gap|block|window|space|meeting|call|event|session) of (?=(\d|an?|half|one|two|three|four)\b)",
            re.I,
        ),
        r"\1 for ",
    ),
    (re.compile(r"\b(what|which) (time|day|date)'s\b", re.I), r"\1 \2 is"),
    (re.compile(r"\b(fit|squeeze) in\b(?= (a|an|one|two|three|half|\d))", re.I), r"\1"),
    (re.compile(r"\b(run|walk|talk|take|go|lead) me through\b", re.I), "show me"),
    (
        re.compile(r"\bgo through (?=(my|the|today|tomorrow|mon|tues|wednes|thurs|fri|satur|sun|next|this)\w*)", re.I),
        "show me ",
    ),
    (re.compile(r"\b(next|this|last|the|my|every) weak\b", re.I), r"\1 week"),
    (re.compile(r"\bwrite back\b|\bright back\b(?= (that|saying|to))", re.I), "write back"),
    (re.compile(r"\bdo to\b(?= (today|tomorrow|list))", re.I), "due to"),
    (re.compile(r"\bin the next week\b", re.I), "next week"),
    (re.compile(r"\bat the (?=(mon|tues|wednes|thurs|fri|satur|sun)day)", re.I), "on "),
    (
        re.compile(
            r"\bhalf (one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})\b(?! (past|hour|an))",
            re.I,
        ),
        r"half past \1",
    ),
)


def _rewritten(text: str) -> str:
    for pattern, better in _REWRITES:
        text = pattern.sub(better, text)
    return text


_ = Focus
