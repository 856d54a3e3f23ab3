"""The built-in mind: from the thread to one intention, from the answers to a few words."""

from collections.abc import AsyncIterator, Iterator, Sequence
from uuid import uuid4

from agent.commands import (
    finding,
    talk,
)
from agent.commands.intention import Intention
from agent.commands.references import Exchange, exchanges
from agent.commands.telling import TELLERS
from agent.commands.times import Clock
from agent.commands.understanding import understand
from agent.commands.wording import Speaker
from integrations.model import Call, Line, Notice, Prompt, Replied, Said, Step, Understood, Words


class BuiltInMind:
    """Understands the everyday commands with no model and no network. It keeps nothing: all it needs stands in the thread."""

    name = "built-in"
    reads = False
    """It knows nothing but the thread: facts needn't be gathered for it."""

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
    yield from _next(intention, exchanges(since), before, Speaker(prompt.now, prompt.zone))


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
    if intention.onward is not None and intention.tool is not None:
        looked = [exchange for exchange in done if exchange.call.id.startswith("look")]
        if not looked:
            yield from _calls([(intention.tool, dict(intention.arguments))], "look")
            return
        if "error" not in looked[0].answer:
            intention, done = intention.onward(looked[0].answer["result"]), [e for e in done if e not in looked]
    plan = [intention, *intention.then]
    if len(done) < len(plan) and all("error" not in exchange.answer for exchange in done):
        yield from _one(plan[len(done)], before)
        return
    yield from _told(done, plan, say)


def told(prompt: Prompt) -> list[str]:
    """What came of this turn so far, in words, whoever made the calls: what was done, else what was found or refused."""
    start = max((i for i, line in enumerate(prompt.lines) if isinstance(line, Said)), default=-1)
    done = exchanges(prompt.lines[start + 1 :])
    wrote = [exchange for exchange in done if exchange.wrote]
    found = [exchange for exchange in done if "error" not in exchange.answer]
    say = Speaker(prompt.now, prompt.zone)
    return [_words_for(exchange, "", say) for exchange in wrote or found[-1:] or done[-1:]]


def _one(intention: Intention, before: Sequence[Line]) -> Iterator[Step]:
    if intention.angle == "repeat":
        yield Words(text=_said_before(before))
    elif intention.missing or intention.tool is None:
        if intention.tool:
            yield Understood(tool=intention.tool, arguments=dict(intention.arguments))
        yield Notice(text=intention.say or talk.LOST)
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
    yield Words(text=_words_for(exchange, plan[0].angle, say))


def _words_for(exchange: Exchange, angle: str, say: Speaker) -> str:
    if "say" in exchange.answer:
        return str(exchange.answer["say"])
    tell = TELLERS.get(exchange.call.tool)
    if tell is None or "result" not in exchange.answer:
        return "That didn't work."
    return tell(exchange.answer["result"], exchange.call.arguments, angle, say)
