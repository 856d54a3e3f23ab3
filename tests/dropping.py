"""Conversations whose line fails at any moment, and an account of what was lost, done twice or said by two voices."""

import asyncio
import random
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Literal

import numpy as np

from integrations.errors import ChronusError
from integrations.store.conversations import Turn as StoredTurn
from tests.callers import Script, question
from tests.chaos import Fault, Link
from tests.exchange import PIN, Exchange
from tests.spelling import plain, spelt
from voice.caller import Caller, Packet, calling
from voice.exchanges import Answered
from voice.phone_account import Account
from voice.phone_caller import Call, as_telephoned, on_the_line

ACCOUNT = Account(public_url="https://chronus.example.org", token="token", sid="AC1")
MEDIA = Answered(stream="wss://chronus.example.org/v1/phone/twilio/media", parameters={})
TWICE = 24
"""Letters that may be heard twice: three words, and what a client had still to play."""
QUIET = 0.6
Way = Literal["browser", "telephone"]


@dataclass
class Outcome:
    """What became of one conversation."""

    way: Way
    fault: str
    moment: float
    """Seconds after the question."""
    words: str
    reply: str = ""
    first: str = ""
    second: str = ""
    turns: int = 0
    """Times that it was asked, as the thread has it."""
    done: int = 0
    """Times that what was asked for was done."""
    resumed: float | None = None
    """Seconds from opening the new line until it sounded, where there was something to tell."""
    two_voices: list[float] = field(default_factory=list)

    trouble: str = ""
    """Why there is no account of it."""

    @property
    def lost(self) -> bool:
        """Whether part of the answer was heard on neither line."""
        return self._begins > self._heard

    @property
    def repeated(self) -> bool:
        """Whether more was heard twice than three words."""
        return self._heard - self._begins > TWICE

    @property
    def unasked(self) -> bool:
        """Whether the line was gone before it was clear what they wanted: then nothing is answered, nor done."""
        return self.turns == 0 and self.done == 0

    @property
    def good(self) -> bool:
        once = self.turns == 1 and self.done <= 1 and (self.done == 1 or not self.words.startswith("add"))
        return not self.trouble and (self.unasked or (once and not (self.lost or self.repeated or self.two_voices)))

    @property
    def _heard(self) -> int:
        """So many letters of the answer were heard on the first line, perhaps after an excuse for the wait."""
        answer = plain(self.reply)
        return next(count for count in range(len(answer), -1, -1) if self.first.endswith(answer[:count]))

    @property
    def _begins(self) -> int:
        """From which letter of the answer on it was told on the second line."""
        answer = plain(self.reply)
        return next((at for at in range(len(answer)) if self.second.endswith(answer[at:])), len(answer))


async def one_conversation(
    exchange: Exchange, way: Way, fault: Fault | Literal["restart"], moment: float, number: int, thought: float
) -> Outcome:
    """Ask for something, lose the line so many seconds later, be back, and hear the rest."""
    asks = f"add stamps number {number} to my tasks" if number % 2 else "what's on my calendar today"
    outcome = Outcome(way, fault, moment, asks)
    exchange.mind.seconds = thought
    known = await _turns(exchange)
    try:
        await _held_and_lost(exchange, outcome, fault, moment, number)
    except (OSError, TimeoutError, ChronusError) as problem:
        outcome.trouble = repr(problem)
    await _account(exchange, outcome, number, known)
    return outcome


async def _held_and_lost(exchange: Exchange, outcome: Outcome, fault: str, moment: float, number: int) -> None:
    chance = random.Random(number)
    first = _by_browser if outcome.way == "browser" else _by_telephone
    link = await first(exchange, outcome, fault, moment)
    await asyncio.sleep(chance.choice([0.0, 0.3, 3.0]))
    await _again(exchange, outcome, link)


async def _by_browser(exchange: Exchange, outcome: Outcome, fault: str, moment: float) -> Link | None:
    async with calling(exchange.browser) as caller:
        link = exchange.network.latest
        await caller.ready()
        await caller.until(lambda: bool(caller.said("bot-ready")), timeout=60)
        await caller.send("client-message", {"t": "here"}, id="here")
        await caller.send("send-text", {"content": outcome.words})
        asked = _now()
        if fault == "restart":
            await _told(exchange, caller)
            outcome.first = _heard(caller.packets, float("inf"), asked)  # nobody cuts them off
            listening = asyncio.create_task(caller.hush(60))
            await exchange.close(patience=8)
            listening.cancel()
            await exchange.open()
            return None
        await caller.hush(moment)
        link.strike(fault)  # type: ignore[arg-type]  # one of the three
        outcome.first = _heard(caller.packets, _now(), asked)
    return link


async def _by_telephone(exchange: Exchange, outcome: Outcome, fault: str, moment: float) -> Link | None:
    assert isinstance(exchange.hears, Script)
    async with on_the_line(exchange.telephone, MEDIA, f"CA{token_hex(8)}", account=ACCOUNT) as call:
        link = exchange.network.latest
        await identified(call)
        exchange.hears.lines = [outcome.words]
        await call.say(as_telephoned(question()))
        asked = _now()
        await call.until(lambda: call.closed is not None or _now() > asked + moment)
        link.strike(fault)  # type: ignore[arg-type]
        outcome.first = spelt([packet.pcm for packet in call.played if packet.at > asked], 8000)
    return link


async def identified(call: Call) -> None:
    """They have shown their PIN, and heard that it was right."""
    await call.until(lambda: bool(call.played), timeout=60)
    await call.press(f"{PIN}#")
    await call.until(lambda: bool(call.clears), timeout=60)
    heard = len(call.played)
    await call.until(lambda: any(packet.audible for packet in call.played[heard:]) and call.quiet, timeout=60)


async def _again(exchange: Exchange, outcome: Outcome, link: Link | None) -> None:
    owed = await exchange.owing()
    if outcome.way == "browser":
        opened = _now()
        async with calling(exchange.browser) as caller:
            await caller.ready()
            await caller.until(lambda: bool(caller.said("bot-ready")), timeout=60)
            await _rested(exchange, caller)
            outcome.second = spelt([packet.pcm for packet in caller.packets], 24000)
            sounded = next((packet.at for packet in caller.packets if packet.audible), None)
    else:
        async with on_the_line(exchange.telephone, MEDIA, f"CA{token_hex(8)}", account=ACCOUNT) as call:
            await call.until(lambda: bool(call.played), timeout=60)
            await call.press(f"{PIN}#")
            await call.until(lambda: bool(call.clears), timeout=60)
            opened, before = _now(), len(call.packets)
            await _rested(exchange, call)
            outcome.second = spelt([packet.pcm for packet in call.packets[before:]], 8000)
            sounded = next((packet.at for packet in call.packets[before:] if packet.audible), None)
            await call.hang_up()
    if owed and sounded:
        outcome.resumed = sounded - opened
    if link and sounded:
        outcome.two_voices = link.sounded_after(sounded)


async def _told(exchange: Exchange, caller: Caller) -> None:
    """The answer was heard whole."""
    await caller.until(lambda: any(one.get("heard") for one in caller.said("server-message")), timeout=60)


async def _rested(exchange: Exchange, caller: Caller | Call) -> None:
    """Nothing is owed any more, and it has been quiet for a moment."""
    async with asyncio.timeout(90):
        quiet_since = _now()
        while _now() - quiet_since < QUIET:
            count = len(caller.packets)
            if isinstance(caller, Caller):
                await caller.hush(0.1)
            else:
                await asyncio.sleep(0.1)
            if caller.closed is not None:
                return
            if len(caller.packets) > count or await exchange.owing():
                quiet_since = _now()


async def _account(exchange: Exchange, outcome: Outcome, number: int, known: list[StoredTurn]) -> None:
    new = [turn for turn in await _turns(exchange) if turn.id not in {one.id for one in known}]
    outcome.turns = len(new)
    outcome.reply = new[-1].reply if new else ""
    async with exchange.services.context(exchange.world.person, write=False) as ctx:
        outcome.done = sum(1 for task in await ctx.tasks.all() if f"stamps number {number}" == task.title.lower())


async def _turns(exchange: Exchange) -> list[StoredTurn]:
    async with exchange.services.context(exchange.world.person, write=False) as ctx:
        thread = await ctx.conversations.latest(ctx.now)
        return list(await ctx.conversations.turns(thread.id, last=4)) if thread else []


def _heard(packets: list[Packet], until: float, since: float) -> str:
    """What a loudspeaker had played by then, one packet after the other from when it came."""
    played, free = [], 0.0
    for packet in packets:
        if packet.at < since:
            continue
        free = max(free, packet.at) + packet.seconds
        if free <= until:
            played.append(packet.pcm)
    return spelt(played, 24000)


def _now() -> float:
    return asyncio.get_running_loop().time()


def percentile(values: list[float], share: float) -> float:
    """Of so many, the one below which that share lies."""
    return float(np.quantile(values, share)) if values else float("nan")
