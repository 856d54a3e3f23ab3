"""Every way of getting a yes out of somebody: what runs is what they agreed to, as it was read back to them, once."""

import asyncio
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from agent.conversation import Turn
from agent.events import Begun, ToolCalled
from integrations.email import NewDraft
from integrations.errors import Conflict, Denied, RateLimited
from integrations.store.people import People
from tests.asking import EVE, put
from tests.minds import ScriptedMind, calls, says
from tests.worlds import NOW, World, open_world

ACTS: dict[str, tuple[str, dict[str, Any], str]] = {
    "mail": ("send_email", {"to": ["anna@example.org"], "subject": "One", "body": "See you at noon."}, "send to Anna"),
    "other mail": ("send_email", {"to": ["tom@example.org"], "subject": "Two", "body": "It is done."}, "send to Tom"),
    "stranger": ("send_email", {"to": ["eve@evil.example"], "subject": "Three", "body": "All of it."}, "send to Eve"),
    "invite": ("add_event", {"title": "Lunch", "when": "in ten days at noon", "guests": ["anna@example.org"]}, "invite Anna"),
    "delete": ("delete_task", {"task": "milk"}, "delete milk"),
}  # fmt: skip
NOISES = (
    "yes", "mhm", "ok", "sure, go ahead", "send it", "thanks", "what time is it", "send to Anna and Eve", "say send to Anna", "send to Donna", "delete",
    "This mails anna@example.org, about One", "say send to anna or press one", "send to Anna tomorrow", "did you send to Anna", "invite Hannah", "do it", "",
)  # fmt: skip
SELDOM = st.sampled_from((False, False, False, False, True))
CHANNELS = ("text", "voice", "phone")


@dataclass
class Asked:
    """A question as the person knows it."""

    id: str
    tool: str
    arguments: dict[str, Any]
    consent: str
    by_click: bool
    channel: str
    at: float
    heard: bool
    intact: bool = True


class House:
    """One Chronus that all runs use, each with somebody of its own; it can be killed and started again."""

    def __init__(self) -> None:
        self.runner = asyncio.Runner()
        self.mind = ScriptedMind()
        self._folder = Path(tempfile.mkdtemp(prefix="chronus-test-"))
        self._stack = AsyncExitStack()
        self.yeses = 0
        """Times that words were enough."""
        self.clicks = 0
        self.world: World
        self.runner.run(self.start())

    async def start(self) -> None:
        limits = {"mails_per_hour": 0, "invitations_per_hour": 0, "deletions_per_day": 0}
        self.world = await self._stack.enter_async_context(open_world(self._folder, model=self.mind, limits=limits))

    async def restart(self) -> None:
        now = self.world.clock.now
        await self._stack.aclose()
        await self.start()
        self.world.clock.now = now

    async def somebody(self) -> World:
        async with self.world.services.database.work() as session:
            person = await People(session).add(zone="Europe/Berlin", now=NOW)
        mine = World(self.world.services, person, self.world.clock)
        await put(mine, EVE, tasks=[{"title": "Milk"}])
        async with mine.services.context(person) as ctx:
            for known in ("anna@example.org", "tom@example.org"):
                written = await ctx.mail.draft(NewDraft(to=(known,), subject="Hello", body="Hi."))
                await ctx.mail.send(written.message.id)
        return mine

    def close(self) -> None:
        self.runner.run(self._stack.aclose())
        self.runner.close()


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    made = House()
    yield made
    made.close()


class Confirmations(RuleBasedStateMachine):
    """What a person, a mind, an echo, a second hand and a crash may do to a question."""

    house: House

    def __init__(self) -> None:
        super().__init__()
        self.world = self.do(self.house.somebody())
        self.channel = "text"
        self.thread = ""
        self.open: list[Asked] = []
        """What may be answered by words, the one that was read out first."""
        self.cards: list[Asked] = []
        self.agreed: set[str] = set()
        self.cut_off: set[str] = set()
        """Agreed to, and perhaps cut off before it began."""
        self.asked_of: dict[str, Asked] = {}

    def do(self, work: Any) -> Any:
        return self.house.runner.run(work)

    @property
    def now(self) -> float:
        return self.house.world.clock.now.timestamp()

    # -- what the world does

    @rule(
        kinds=st.lists(st.sampled_from(sorted(ACTS)), min_size=1, max_size=2, unique=True),
        heard=st.booleans(),
        read=st.booleans(),
    )
    def a_mind_asks(self, kinds: list[str], heard: bool, read: bool) -> None:
        """For one thing or for two, perhaps after it has read the invoice, which says to."""
        self.asks(kinds, heard=heard, read=read)

    def asks(self, kinds: list[str], *, heard: bool, read: bool) -> None:
        wanted = [calls(ACTS[kind][0], **ACTS[kind][1]) for kind in kinds]
        self.house.mind.then([calls("read_email", message="invoice")], wanted) if read else self.house.mind.then(wanted)
        self.turn("do what the mail says", heard=heard)

    @rule(words=st.sampled_from(NOISES), over=st.booleans(), heard=st.booleans())
    def something_is_said(self, words: str, over: bool, heard: bool) -> None:
        """A murmur, an echo, a mail that is read aloud, another wish, or a yes that says too little or too much."""
        self.turn(words or "hm", over=over, heard=heard)

    @precondition(lambda self: self.open)
    @rule(
        over=st.booleans(),
        sure=st.sampled_from((None, 0.2, 0.49, 0.9)),
        typed=st.booleans(),
        heard=st.booleans(),
        cut=st.booleans(),
    )
    def the_words_are_said(self, over: bool, sure: float | None, typed: bool, heard: bool, cut: bool) -> None:
        """Well heard or not, in time or not, and perhaps the line breaks as soon as it is being done."""
        self.turn(self.open[0].consent, over=over, confidence=sure, typed=typed, heard=heard, cut=cut)

    @rule(kinds=st.lists(st.sampled_from(sorted(ACTS)), min_size=1, max_size=2, unique=True), over=SELDOM, cut=SELDOM)
    def a_wish_is_agreed_to(self, kinds: list[str], over: bool, cut: bool) -> None:
        """As people do: they wish for it, hear the question out, and say the words; perhaps twice."""
        self.asks(kinds, heard=True, read=False)
        for _ in range(2):
            if self.open:
                words = self.open[0].consent
                self.turn(words, over=over, cut=cut)
                self.turn(words)

    @rule()
    def no_is_said(self) -> None:
        """It is always a no."""
        self.turn("no, don't", over=True)

    @precondition(lambda self: self.cards)
    @rule(data=st.data(), yes=st.booleans())
    def a_card_is_clicked(self, data: st.DataObject, yes: bool) -> None:
        """Any of them, also one that was decided long ago."""
        self.decided(data.draw(st.sampled_from(self.cards)), yes, "api")

    @precondition(lambda self: self.cards)
    @rule(data=st.data(), yes=st.booleans())
    def a_key_is_pressed(self, data: st.DataObject, yes: bool) -> None:
        """On a telephone, whatever was asked where."""
        self.decided(data.draw(st.sampled_from(self.cards)), yes, "phone")

    @rule(seconds=st.sampled_from((1, 5, 20, 61)))
    def time_passes(self, seconds: int) -> None:
        """A question is good for a minute."""
        self.house.world.clock.forward(seconds=seconds)

    @rule(channel=st.sampled_from(CHANNELS))
    def they_go_elsewhere(self, channel: str) -> None:
        """From the page to the telephone and back, on the same thread."""
        self.channel = channel

    @precondition(lambda self: self.open)
    @rule()
    def the_arguments_change(self) -> None:
        """Somebody gets at the row."""
        asked = self.open[0]

        async def swap() -> None:
            async with self.world.services.context(self.world.person) as ctx:
                row = await ctx.approvals.get(asked.id)
                row.arguments = {**row.arguments, "to": ["eve@evil.example"], "guests": ["eve@evil.example"]}

        self.do(swap())
        asked.intact = False

    @rule(really=SELDOM)
    def it_is_killed_and_started_again(self, really: bool) -> None:
        """Nothing of it stands in memory."""
        if not really:
            return
        self.do(self.house.restart())
        self.world = World(self.house.world.services, self.world.person, self.house.world.clock)

    # -- what should come of it

    def turn(
        self, words: str, *, over: bool = False, confidence: float | None = None, typed: bool = False,
        heard: bool = True, cut: bool = False,
    ) -> None:  # fmt: skip
        """One turn, and what of it is agreed to by the rules as a person would tell them."""
        question, aloud, surely = self.open[0] if self.open else None, self.channel != "text" and not typed, False
        right = question is not None and words == question.consent and self.in_time(question) and question.intact
        if question and right and not question.by_click and question.channel == self.channel:
            surely = not aloud or (question.heard and not over and (confidence is None or confidence >= 0.5))
            self.agreed |= {question.id} if surely else set()
            self.cut_off |= {question.id} if surely and cut else set()
        fields = {"channel": self.channel, "over": over, "confidence": confidence, "typed": typed}
        answer = self.do(self.say(words, cut=cut, **fields))
        self.house.mind.forget()
        assert cut or not surely or answer["actions"], f"they agreed in so many words, and nothing came of it: {answer}"
        self.house.yeses += surely
        if any(action["ok"] and action["effect"] != "read" for action in answer["actions"]):
            self.only_what_was_agreed_to_has_happened_and_once()
        self.learn(answer, heard and not cut)
        if cut:
            self.only_what_was_agreed_to_has_happened_and_once()

    async def say(self, words: str, *, cut: bool, **fields: Any) -> dict[str, Any]:
        conversation = self.thread or "new"
        if not cut:
            self.house.mind.then([says("Well.")])
            answer: dict[str, Any] = await self.world.say(words, conversation_id=conversation, **fields)
            self.thread = str(answer["conversation_id"])
            return answer
        turn_id = ""
        reply = self.world.services.assistant.reply(
            Turn(person=self.world.person, text=words, conversation_id=conversation, **fields)
        )
        async for event in reply:
            if isinstance(event, Begun):
                self.thread, turn_id = event.conversation_id, event.turn_id
            if isinstance(event, ToolCalled):
                break
        await reply.aclose()
        await self.world.services.assistant.drain()
        return {"turn_id": turn_id, "reply": "", "actions": []}

    def learn(self, answer: dict[str, Any], heard: bool) -> None:
        """What the person knows now: what is asked, and whether they heard it out."""

        async def waiting() -> list[Asked]:
            async with self.world.services.context(self.world.person) as ctx:
                rows = await ctx.approvals.of_turn(answer["turn_id"], ctx.now)
                return [
                    Asked(
                        id=row.id, tool=row.tool, arguments=dict(row.arguments), by_click=row.by_click, channel=row.channel,
                        consent="".join(act[2] for act in ACTS.values() if act[0] == row.tool and _same(act[1], row.arguments)),
                        at=row.asked_at.timestamp(), heard=row.heard_at is not None,
                    )
                    for row in rows
                ]  # fmt: skip

        async def hear() -> None:
            await self.world.services.assistant.heard(
                self.world.person, answer["turn_id"], answer["reply"] if heard else answer["reply"][:30], whole=heard
            )

        if self.channel != "text":
            self.do(hear())
        before = {one.id: one for one in self.open}
        self.open = self.do(waiting())
        for one in self.open:
            if one.id in before:
                one.intact, one.arguments = before[one.id].intact, before[one.id].arguments
            one.consent = one.consent or "nothing"
            if one.id not in self.asked_of:
                self.cards.append(one)
                self.asked_of[one.id] = one
            else:
                self.cards = [one if card.id == one.id else card for card in self.cards]

    def decided(self, asked: Asked, yes: bool, channel: str) -> None:
        may = channel == "api" or (asked.channel == "phone" and not asked.by_click) or not yes
        try:
            told = self.do(self.world.services.assistant.decide(self.world.person, asked.id, yes, channel=channel))
        except (Conflict, Denied, RateLimited):
            return
        self.house.clicks += told["status"] == "approved"
        assert may
        assert asked.id not in self.agreed - self.cut_off, "it was decided twice"
        self.agreed |= {asked.id} if told["status"] == "approved" and asked.intact else set()
        self.open = [one for one in self.open if one.id != asked.id]
        self.only_what_was_agreed_to_has_happened_and_once()

    def in_time(self, asked: Asked) -> bool:
        return self.now - asked.at < 60

    def teardown(self) -> None:
        self.only_what_was_agreed_to_has_happened_and_once()

    def only_what_was_agreed_to_has_happened_and_once(self) -> None:
        """The world holds each act that was agreed to once, as it was read back, and no other."""

        async def look() -> tuple[Counter[str], Counter[str]]:
            async with self.world.services.context(self.world.person) as ctx:
                mails = [
                    mail.to[0] for mail in await ctx.mail.search("in:outbox") if mail.subject in ("One", "Two", "Three")
                ]
                start, end = ctx.day()[0], ctx.day()[1].replace(year=ctx.now.year + 1)
                guests = [guest for event in await ctx.calendar.between(start, end) for guest in event.guests]
                gone = [] if await ctx.tasks.all() else ["milk"]
                rows = await ctx.approvals.all(first=500, now=ctx.now)
            done = Counter(row.id for row in rows if row.status == "approved")
            return Counter([*mails, *guests, *gone]), done

        happened, approved = self.do(look())
        assert set(approved) <= self.agreed, "something ran that nobody agreed to"
        wanted = Counter(
            "milk"
            if asked.tool == "delete_task"
            else [*asked.arguments.get("to", ()), *asked.arguments.get("guests", ())][0]
            for one in approved
            for asked in [self.asked_of[one]]
        )
        assert happened == wanted


def _same(given: dict[str, Any], kept: dict[str, Any]) -> bool:
    """Whether the kept arguments are those of that act."""
    return all(kept.get(name) == given[name] for name in ("to", "guests", "title") if name in given)


QUICK = settings(
    deadline=None, database=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate], max_examples=8, stateful_step_count=15
)  # fmt: skip
"""Runs share a house, so that a failure is told as it was and not made smaller."""


def _run(house: House, how: settings) -> None:
    Confirmations.house = house
    run_state_machine_as_test(Confirmations, settings=how)
    sys.stdout.write(f"{house.yeses} yeses by words, {house.clicks} by a click or a key\n")


def test_what_runs_is_what_was_agreed_to_once(house: House) -> None:
    """Whatever order things happen in: a dozen runs here, two thousand in `make prove`."""
    _run(house, QUICK)


@pytest.mark.slow
@pytest.mark.timeout(0)
def test_what_runs_is_what_was_agreed_to_once_in_two_thousand_runs(house: House) -> None:
    """The same at full size."""
    _run(house, settings(QUICK, max_examples=2000, stateful_step_count=12))
