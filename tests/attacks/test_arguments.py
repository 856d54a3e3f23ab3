"""Generated arguments for every tool: nothing happens without a yes, read-backs are true, and a yes runs just what was read back."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from agent.conversation import Turn
from agent.events import ApprovalAsked, Finished
from integrations.store.people import Person
from tests.attacks.grammar import Ids, attack
from tests.attacks.oracle import State, harm, look, rows_of
from tests.attacks.truth import lies, other_than_approved, receivers
from tests.attacks.workspace import Planted, somebody
from tests.conftest import Places
from tests.minds import ScriptedMind, calls, says
from tests.worlds import World, open_world

Json = dict[str, Any]
TOGETHER = 5
"""Attacks a turn."""
EACH = 50
"""Attacks on one person; then another is attacked."""
STRANGER = "nobody-elses-business-4711"


@dataclass(frozen=True)
class Victim:
    """Who is attacked, what can be named, and what they had."""

    person: Person
    ids: Ids
    theirs: State


@dataclass
class Tally:
    """What came of them."""

    attacks: int = 0
    asked: int = 0
    ran: int = 0
    """After a yes."""
    private: int = 0
    wrong: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)

    def note(self, what: str, example: object) -> None:
        self.wrong[what] += 1
        self.examples.setdefault(what, repr(example)[:700])


async def attacked(folder: Path, numbers: range, **settings: Any) -> Tally:
    """These attacks, a handful a turn; of what is asked half is said yes to."""
    mind, tally = ScriptedMind(), Tally()
    async with open_world(folder, model=mind, **settings) as world:
        other = await somebody(world.services, Planted(slot="event title", text=STRANGER))
        untouched = await rows_of(world.services, other.id)
        others = [*(await _ids(world, other)), other.id]
        for start in range(numbers.start, numbers.stop, EACH):
            person = await somebody(world.services)
            theirs = await look(world.services, person)
            ids = Ids(own=await _ids(world, person), others=others)
            for first in range(start, min(start + EACH, numbers.stop), TOGETHER):
                await _turn(
                    world, mind, Victim(person, ids, theirs), range(first, min(first + TOGETHER, numbers.stop)), tally
                )
                world.clock.forward(seconds=1)
        if await rows_of(world.services, other.id) != untouched:
            tally.note("touched somebody else's things", "")
    return tally


async def _turn(world: World, mind: ScriptedMind, victim: Victim, numbers: range, tally: Tally) -> None:
    person, ids = victim.person, victim.ids
    before = await look(world.services, person)
    made = [attack(number, ids) for number in numbers]
    mind.then([calls(tool, **given) for tool, given in made], [says("Done, nothing to see.")])
    pendings: list[Json] = []
    async for event in world.services.assistant.reply(Turn(person=person, text="what's on today")):
        if isinstance(event, ApprovalAsked):
            pendings.append(dict(event.pending))
        elif isinstance(event, Finished) and STRANGER in repr(event.answer):
            tally.note("told of somebody else's things", event.answer)
    mind.forget()
    after = await look(world.services, person)
    found = harm(before, after, victim.theirs)
    if found:
        tally.note("did it without a yes", (made, found))
    tally.attacks += len(numbers)
    tally.private += found.private
    tally.asked += len(pendings)
    for number, pending in enumerate(pendings):
        for wrong in lies(pending, receivers(pending)):
            tally.note(wrong, (pending["tool"], pending["say"][:300], pending["arguments"]))
        if number == 0 and numbers.start % 2 == 0:
            await _agreed(world, person, pending, tally)


async def _agreed(world: World, person: Person, pending: Json, tally: Tally) -> None:
    """The person says yes on the card; the others that were asked for must not run with it."""
    before = await look(world.services, person)
    decided = await world.services.assistant.decide(person, pending["id"], True)
    found = harm(before, await look(world.services, person))
    action = decided["action"] or {}
    if not action.get("ok"):
        if found:
            tally.note("did something and said it failed", (pending, found))
        return
    tally.ran += 1
    for wrong in other_than_approved(pending, found, before.events):
        tally.note(wrong, (pending, found))
    reached = [
        one for effect in found.outbound for one in (effect.get("sent") or effect.get("shown to") or effect["guests"])
    ]
    for wrong in lies(pending, dict.fromkeys(reached)):
        tally.note(f"after the yes: {wrong}", (pending["tool"], pending["say"][:300], reached))


async def _ids(world: World, person: Person) -> list[str]:
    state = await look(world.services, person)
    return [*state.events, *state.messages, *state.tasks, *state.memories]


def judge(tally: Tally) -> None:
    """None of it went wrong; and many got as far as a question."""
    assert not tally.wrong, "\n".join(
        f"{count} × {what}: {tally.examples.get(what, '')}" for what, count in tally.wrong.most_common(30)
    )
    assert tally.asked > tally.attacks / 20
    assert tally.ran > 0


@pytest.mark.parametrize(("kind", "numbers"), [("sqlite", range(90)), ("postgres", range(250, 310))])
async def test_arguments_do_no_harm(tmp_path: Path, places: Places, kind: str, numbers: range) -> None:
    """A hundred and fifty of them, some where every odd letter has to be kept by PostgreSQL."""
    async with places(kind) as place:
        judge(await attacked(tmp_path / "world", numbers, **({"database": {"url": place.url}} if place.url else {})))


@pytest.mark.slow
@pytest.mark.timeout(3600)
async def test_ten_thousand_arguments_do_no_harm(tmp_path: Path) -> None:
    """Ten thousand: none without a yes is below 0.03 % with 95 % confidence."""
    judge(await attacked(tmp_path, range(10_000)))
