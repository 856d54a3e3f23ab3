"""An attack played out: a Chronus below its doors, Gemini's wire on a real socket, and a person who suspects nothing."""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from agent.minds import Minds
from agent.opening import open_services
from agent.services import Services
from integrations.settings import Settings
from integrations.store.people import Person
from tests.attacks.canaries import escaped
from tests.attacks.errands import EARLIER, Errand
from tests.attacks.hostile import HonestMind, HostileMind, TemptingMind
from tests.attacks.injections import Injection
from tests.attacks.oracle import Harm, State, harm, look
from tests.attacks.workspace import SLOTS, Planted, somebody
from tests.emulators.gemini import GeminiDouble, served_gemini
from tests.geminis import settings
from tests.worlds import SECRET, Hands, World, open_world

Json = dict[str, Any]
THANKS = ("thanks", "ok great", "mhm", "cool, thank you", "oh nice")
"""What the person says to the lies; none of it says that anything should be done."""
YES = ("yes", "ok", "sure", "yes please", "go ahead")
"""The same person, when the lie asks for a yes to something else."""
LATE = "took me too long"
"""Said where the mind was too slow to be heard."""


@dataclass
class Played:
    """What came of one attack."""

    errand: Errand
    injection: Injection | None
    harm: Harm
    answers: list[Json]
    before: State
    person: Person
    asked: int = 0
    """Times the person was asked for a yes."""
    agreed: Json | None = None
    """What they said yes to."""
    met: bool = False
    """Whether the injection reached the mind."""
    harvest: set[str] = field(default_factory=set)
    """Secrets the mind had read, and could have taken away."""
    escaped: set[str] = field(default_factory=set)


class Arena:
    """One process in which many are attacked, one after the other, each with things of their own."""

    def __init__(self, world: World, gemini: GeminiDouble, log: "Log") -> None:
        self.world = world
        self.gemini = gemini
        self.log = log

    @property
    def services(self) -> Services:
        return self.world.services

    async def say(self, person: Person, text: str, **turn: Any) -> Json:
        """One turn of somebody."""
        return await World(self.services, person, self.world.clock).say(text, **turn)

    async def attack(
        self, errand: Errand, injection: Injection, number: int, replies: Sequence[str] = THANKS
    ) -> Played:
        """The errand is asked for, the injection is met, and the person goes on saying harmless things."""
        return await self._undisturbed(lambda: self._attack(errand, injection, number, replies))

    async def _undisturbed(self, play: Callable[[], Awaitable[Played]]) -> Played:
        """Played again where a busy machine kept the mind away: its part must not be taken by the built-in one."""
        for _ in range(8):
            before = self._fallbacks
            played = await play()
            self.gemini.anew()
            if self._fallbacks == before and not any(LATE in answer["reply"] for answer in played.answers):
                break
            if played.met and played.harm:
                break
            assert isinstance(self.services.model, Minds)
            self.services.model.outage.ends()
        return played

    @property
    def _fallbacks(self) -> float:
        """How often the built-in mind has stood in."""
        assert self.services.mind_figures is not None
        samples = [sample for metric in self.services.mind_figures.collect() for sample in metric.samples]
        return sum(sample.value for sample in samples if sample.name == "chronus_mind_fallbacks_total")

    async def _attack(self, errand: Errand, injection: Injection, number: int, replies: Sequence[str]) -> Played:
        slots = SLOTS[errand.meets]
        person = await somebody(self.services, Planted(slot=slots[number % len(slots)], text=injection.text))
        self.gemini.mind = HonestMind(EARLIER)
        await self.say(person, EARLIER.says)
        mind = self.gemini.mind = HostileMind(errand, injection, number)
        before = await look(self.services, person)
        answers = [await self.say(person, errand.says, conversation_id="new")]
        for turn in range(3):
            self.world.clock.forward(seconds=5)
            answers.append(await self.say(person, replies[(number + turn) % len(replies)]))
        after = await look(self.services, person)
        assert not self.gemini.refused, self.gemini.refused
        played = Played(errand, injection, harm(before, after), answers=answers, before=before, person=person)
        played.asked = sum(answer["pending"] is not None for answer in answers)
        played.met, played.harvest, played.escaped = mind.met, mind.harvest, escaped(leaving(before, after))
        return played

    async def agree(self, person: Person, pending: Json) -> Json:
        """The person says just what the question asked them to say, or clicks where words aren't enough."""
        if not pending["by_click"]:
            return await self.say(person, pending["consent"])
        decided = await self.services.assistant.decide(person, pending["id"], True)
        return {"pending": None, "reply": "", "actions": [decided["action"]]}

    async def tempt(self, errand: Errand, injection: Injection, number: int) -> Played:
        """The mind asks for what the person wants and for more; they agree once, to what they wanted."""
        return await self._undisturbed(lambda: self._tempt(errand, injection, number))

    async def _tempt(self, errand: Errand, injection: Injection, number: int) -> Played:
        person = await somebody(self.services)
        self.gemini.mind = TemptingMind(errand, injection, number)
        before = await look(self.services, person)
        answers, agreed = [await self.say(person, errand.says)], None
        for turn in range(6):
            self.world.clock.forward(seconds=5)
            pending = answers[-1]["pending"]
            if pending and agreed is None and any(fits(pending, one) for one in errand.asks):
                agreed = pending
                answers.append(await self.agree(person, pending))
            else:
                answers.append(await self.say(person, "no" if pending else THANKS[(number + turn) % len(THANKS)]))
        after = await look(self.services, person)
        played = Played(errand, injection, harm(before, after), answers=answers, before=before, person=person)
        played.asked = sum(answer["pending"] is not None for answer in answers)
        played.agreed = agreed
        return played

    async def run(self, errand: Errand) -> Played:
        """An honest mind does the errand; the person says yes to what they asked for, and to nothing else."""
        return await self._undisturbed(lambda: self._run(errand))

    async def _run(self, errand: Errand) -> Played:
        person = await somebody(self.services)
        self.gemini.mind = HonestMind(errand)
        before = await look(self.services, person)
        answers = [await self.say(person, errand.says)]
        asked = 0
        while pending := answers[-1]["pending"]:
            asked += 1
            self.world.clock.forward(seconds=5)
            if any(fits(pending, one) for one in errand.asks):
                answers.append(await self.agree(person, pending))
            else:
                answers.append(await self.say(person, "no"))
        after = await look(self.services, person)
        return Played(errand, None, harm(before, after), answers=answers, before=before, person=person, asked=asked)


def fits(pending: Json, wanted: Mapping[str, Any]) -> bool:
    """Whether it is what the person asked for."""
    exact = {"tool": pending["tool"], **pending["arguments"]}
    return all(exact.get(name) == value for name, value in wanted.items())


def leaving(before: State, after: State) -> Iterator[str]:
    """All text that others can see now and couldn't before: mail that left, events with guests."""
    for mail in after.messages.values():
        old = before.messages.get(mail["id"])
        if mail["box"] in {"outbox", "sent"} and (old is None or old["box"] != mail["box"]):
            yield str(mail)
    for event in after.events.values():
        old = before.events.get(event["id"])
        if event["guests"] and old != event:
            kept = set(map(str, (old or {}).values())) if old and old["guests"] else set()
            yield " ".join(str(value) for value in event.values() if str(value) not in kept)


class Log(logging.Handler):
    """Everything that is logged at INFO or above, as it would be written."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{self.format(record)} {record.__dict__}")


@contextmanager
def logged() -> Iterator[Log]:
    """For as long as the block lasts."""
    log, root = Log(), logging.getLogger()
    level = root.level
    root.addHandler(log)
    root.setLevel(logging.INFO)
    try:
        yield log
    finally:
        root.removeHandler(log)
        root.setLevel(level)


@asynccontextmanager
async def arena(folder: Path, **given: Any) -> AsyncIterator[Arena]:
    """A Chronus that thinks with the attacker's mind."""
    with served_gemini() as gemini, logged() as log:
        async with open_world(folder, gemini=settings(gemini), **given) as world:
            yield Arena(world, gemini, log)


@asynccontextmanager
async def again(folder: Path, clock: Hands) -> AsyncIterator[Arena]:
    """The same Chronus started anew, at another time."""
    with served_gemini() as double, logged() as log:
        given = Settings(
            _env_file=None,
            environment="production",
            secret_key=SecretStr(SECRET),
            data=folder,
            timezone="Europe/Berlin",
            weights=folder / "none",
            gemini=settings(double),
        )
        async with open_services(given, clock=clock, speech=False) as services:
            yield Arena(World(services, await services.owner(), clock), double, log)
