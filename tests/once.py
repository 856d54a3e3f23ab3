"""Every tool that writes, each with what has to be there before: to be cut off anywhere, asked again, and counted."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from agent.closing import closing
from agent.conversation import Turn
from agent.opening import open_services
from integrations.errors import Conflict
from integrations.settings import LimitSettings, Settings
from integrations.store.suggestions import Suggestion
from tests.ledgers import Hand, everything, synced
from tests.minds import SteadyMind, calls, says
from tests.worlds import NOW, Hands, World

Prepared = dict[str, Any]
Prepare = Callable[[Hand, str], Awaitable[Prepared]]


@dataclass(frozen=True)
class Scenario:
    """A call; `asks`: it waits for a yes, and that yes is what is cut off."""

    tool: str
    prepare: Prepare
    asks: bool = False


async def _nothing(hand: Hand, name: str) -> Prepared:
    return {}


def _new(**given: Any) -> Prepare:
    async def prepare(hand: Hand, name: str) -> Prepared:
        return {key: value.format(name=name) if isinstance(value, str) else value for key, value in given.items()}

    return prepare


def _of(tool: str, made: Prepared, which: str, **given: Any) -> Prepare:
    """Something made before by `tool`, and then to be changed under its id."""

    async def prepare(hand: Hand, name: str) -> Prepared:
        words = f"My {name} is in the attic"
        there = {key: value.format(name=name) if isinstance(value, str) else value for key, value in made.items()}
        outcome = await hand.use(tool, words=words, **there)
        return {which: outcome.content["receipt"]["id"], **(await _new(**given)(hand, name))}

    return prepare


async def _occurrence(hand: Hand, name: str) -> Prepared:
    await hand.use("add_event", title=name, when="every tuesday at 6pm")
    async with hand.world.services.context(hand.world.person, write=False) as ctx:
        events = await ctx.calendar.between(ctx.now, ctx.now + timedelta(days=30))
        chosen = [event for event in events if event.title == name][1]
    return {"event": chosen.id, "scope": "following", "when": "7pm"}


async def _two(hand: Hand, name: str) -> Prepared:
    for number in ("first", "second", "third"):
        await hand.use("add_task", title=f"{name} {number}")
    return {"count": 2}


async def _event_to_undo(hand: Hand, name: str) -> Prepared:
    for number in ("first", "second"):
        await hand.use("add_event", title=f"{name} {number}", when="on 2026-03-27 at 3pm")
    return {}


async def _suggestion(hand: Hand, name: str) -> Prepared:
    async with hand.world.services.context(hand.world.person) as ctx:
        number = int("0" + "".join(filter(str.isdigit, name)))  # each has room of its own
        starts = ctx.now.replace(hour=9, minute=0, second=0) + timedelta(
            days=1 + number // 48, minutes=number % 48 * 10
        )
        new = Suggestion(
            kind="focus", fingerprint=name, title=name, text="x", why="y", starts=starts, state="open",
            ends=starts + timedelta(minutes=5), at=ctx.now,
        )  # fmt: skip
        return {"suggestion": (await ctx.suggestions.put(new)).id}


EVENT = {"title": "{name}", "when": "on 2026-03-27 at 3pm"}
DRAFT = {"to": ["dana@acme.example"], "subject": "{name}", "body": "See you then."}
REMINDER = {"text": "{name}", "when": "friday at noon"}
UNCAPPED = LimitSettings(mails_per_hour=0, invitations_per_hour=0, deletions_per_day=0)
"""Everything is done more often here than anybody would."""
SCENARIOS: dict[str, Scenario] = {
    "add_event": Scenario("add_event", _new(**EVENT)),
    "change_event": Scenario("change_event", _of("add_event", EVENT, "event", when="4pm", place="Room 2")),
    "change_series": Scenario("change_event", _occurrence),
    "cancel_event": Scenario("cancel_event", _of("add_event", EVENT, "event"), asks=True),
    "add_task": Scenario("add_task", _new(title="{name}", list="Shopping")),
    "change_task": Scenario("change_task", _of("add_task", {"title": "{name}"}, "task", notes="x", due="tomorrow")),
    "complete_task": Scenario("complete_task", _of("add_task", {"title": "{name}"}, "task")),
    "delete_task": Scenario("delete_task", _of("add_task", {"title": "{name}"}, "task"), asks=True),
    "set_reminder": Scenario("set_reminder", _new(**REMINDER)),
    "change_reminder": Scenario("change_reminder", _of("set_reminder", REMINDER, "reminder", when="10am")),
    "snooze_reminder": Scenario("snooze_reminder", _of("set_reminder", REMINDER, "reminder", when="in two days")),
    "cancel_reminder": Scenario("cancel_reminder", _of("set_reminder", REMINDER, "reminder")),
    "draft_email": Scenario("draft_email", _new(**DRAFT)),
    "draft_anew": Scenario("draft_email", _of("draft_email", DRAFT, "instead_of", **DRAFT | {"body": "Later."})),
    "send_email": Scenario("send_email", _of("draft_email", DRAFT, "draft"), asks=True),
    "remember": Scenario("remember", _new(text="My {name} is in the attic")),
    "forget": Scenario("forget", _of("remember", {"text": "My {name} is in the attic"}, "about"), asks=True),
    "accept_suggestion": Scenario("accept_suggestion", _suggestion),
    "dismiss_suggestion": Scenario("dismiss_suggestion", _suggestion),
    "undo": Scenario("undo", _event_to_undo),
    "undo_two": Scenario("undo", _two),
}


@dataclass
class Attempt:
    """One scenario under a name of its own, to be run until it is cut off, and then again as its client would."""

    world: World
    mind: SteadyMind
    scenario: Scenario
    name: str
    asked: str = ""
    """The question that waits for a yes."""

    @property
    def words(self) -> str:
        """What is said."""
        return f"My {self.name} is in the attic" if self.scenario.tool == "remember" else f"please do {self.name}"

    async def prepare(self) -> Prepared:
        """What has to be there; the arguments of the call, or the approval that waits."""
        hand = Hand(self.world, Random(0))
        arguments = await self.scenario.prepare(hand, self.name)
        if not self.scenario.asks:
            return arguments
        services, person = self.world.services, self.world.person
        outcome = await services.toolbox.call(
            lambda write, key=None: services.context(person, write=write, key=key), self.scenario.tool, arguments
        )
        assert outcome.pending, outcome.content
        return {"approval": outcome.pending["id"]}

    async def run(self, prepared: Prepared) -> None:
        """As a client asks for it, every time in the same way. A yes that has been taken already is no failure."""
        services, person = self.world.services, self.world.person
        if self.scenario.asks:
            self.asked = prepared["approval"]
            try:
                await services.assistant.decide(person, self.asked, True)
            except Conflict:
                return
            return
        self.mind.script[self.words] = [calls(self.scenario.tool, **prepared), says("Done.")]
        turn = Turn(person=person, text=self.words, key=self.name)
        async with closing(services.assistant.reply(turn)) as events:
            async for _ in events:
                pass

    async def settled(self) -> None:
        """What a crash left behind is looked after, as it is every few seconds."""
        for _ in range(2):
            self.world.clock.forward(minutes=2)
            for copy in await self.world.services.outside.copies(self.world.person.id):
                await copy.settle()

    async def seen(self) -> list[str]:
        """All that bears the name, there and in the ledger."""
        there = await everything(self.world)
        there["suggestions"] = [(title, state) for title, state, _ in there["suggestions"]]
        found = [f"{what}: {one}" for what, ones in there.items() for one in ones if self.name in str(one)]
        async with self.world.services.context(self.world.person, write=False) as ctx:
            # what was forgotten is in the ledger by the name of its yes alone
            lines = [one for one in await ctx.changes.all(first=30) if self.name in f"{one.say} {one.receipt} {one.arguments}" or (self.asked and one.key == self.asked)]  # fmt: skip
        found += [f"ledger: {one.tool} {'undone' if one.undone_at else 'stands'}" for one in lines]
        if self.scenario.tool == "accept_suggestion":  # each lies at a time of its own
            found = [re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", "TIME", one) for one in found]
        return sorted(one.replace(self.name, "NAME") for one in found)

    async def at_google(self) -> None:
        """The copies as Google has it."""
        await synced(self.world)


@asynccontextmanager
async def entered(settings: dict[str, Any], *, minutes: float) -> AsyncIterator[tuple[World, SteadyMind]]:
    """A world that stands in its folder already, so much later."""
    clock, mind = Hands(NOW + timedelta(minutes=minutes)), SteadyMind()
    given = {**settings, "data": Path(settings["data"]), "weights": Path(settings["data"]) / "no-weights"}
    async with open_services(Settings(_env_file=None, **given), clock=clock, model=mind, speech=False) as services:
        yield World(services, await services.owner(), clock), mind
