"""Two minds as one: who answers, who is told what, and that nothing is done twice."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from agent.budget import Budget
from agent.minds import BASICS, LONG_PAUSE, OVER, PAUSE, Minds, Outage
from integrations.cache.redis import open_cache
from integrations.errors import ChronusError, Unavailable
from integrations.model import Blocked, Call, KeyRefused, NoAnswer, Prompt, QuotaSpent, Step, Words
from tests.worlds import Hands, World, open_world

AWAY = "Gemini isn't answering."
TOLD = f"Gemini isn't answering; {BASICS}"

Round = Sequence[Step | ChronusError]


def says(text: str) -> Step:
    return Words(text=text, mind="model")


def calls(tool: str, **arguments: object) -> Step:
    return Call(id=f"{tool}-{len(str(arguments))}", tool=tool, arguments=arguments, mind="model")


class FlakyMind:
    """Thinks the given steps and fails as told, one list a round."""

    name = "model"

    def __init__(self) -> None:
        self.rounds: list[Round] = []
        self.asked = 0

    def then(self, *rounds: Round) -> None:
        self.rounds += rounds

    async def think(self, prompt: Prompt) -> AsyncIterator[Step]:
        self.asked += 1
        for step in self.rounds.pop(0) if self.rounds else [says("All right.")]:
            if isinstance(step, ChronusError):
                raise step
            yield step


class Seconds:
    """A clock turned by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def model() -> FlakyMind:
    return FlakyMind()


@pytest.fixture
def clock() -> Seconds:
    return Seconds()


@pytest.fixture
async def budget() -> AsyncIterator[Budget]:
    async with open_cache(None) as cache:
        yield Budget(cache, 100, Hands())


@pytest.fixture
async def minds(model: FlakyMind, clock: Seconds, budget: Budget) -> Minds:
    return Minds(model, budget=budget, outage=Outage(clock))


@pytest.fixture
async def world(tmp_path: Path, minds: Minds) -> AsyncIterator[World]:
    async with open_world(tmp_path, model=minds) as world:
        yield world


async def test_the_model_answers_as_long_as_it_does(world: World, model: FlakyMind, minds: Minds) -> None:
    """Its words, its calls, its name."""
    model.then([calls("add_task", title="Milk")], [says("Milk "), says("is on your list.")])

    answer = await world.say("add milk")

    assert answer["reply"] == "Milk is on your list."
    assert [action["tool"] for action in answer["actions"]] == ["add_task"]
    assert (minds.name, minds.away) == ("model", False)


async def test_the_basics_go_on_and_it_is_said_once(world: World, model: FlakyMind, minds: Minds) -> None:
    """When the model fails before a word, the built-in mind answers the same turn; the person hears why, once."""
    model.then([Unavailable(AWAY)])

    first = await world.say("add milk to my shopping list")
    second = await world.say("add bread to my shopping list")

    assert first["reply"].startswith(TOLD)
    assert [(action["tool"], action["ok"]) for action in first["actions"]] == [("add_task", True)]
    assert "Gemini" not in second["reply"]
    assert second["actions"][0]["ok"]
    assert model.asked == 1  # for a while it is left alone
    assert (minds.name, minds.away) == ("built-in", True)


async def test_everybody_is_told_once(minds: Minds, world: World, model: FlakyMind) -> None:
    """Another person hears of the same outage in their own first turn."""
    model.then([Unavailable(AWAY)])
    await world.say("what time is it")
    from integrations.store.people import People

    async with world.services.database.work() as session:
        other = await People(session).add(zone="Europe/Paris", now=world.clock())
    owner, world.person = world.person, other

    assert (await world.say("what time is it"))["reply"].startswith(TOLD)
    assert "Gemini" not in (await world.say("what time is it"))["reply"]
    world.person = owner
    assert "Gemini" not in (await world.say("what time is it"))["reply"]


async def test_it_comes_back_silently(world: World, model: FlakyMind, minds: Minds, clock: Seconds) -> None:
    """After the pause one turn asks it again; answering, it is back, and the next outage is told anew."""
    model.then([Unavailable(AWAY)])
    await world.say("what time is it")
    clock.now += PAUSE + 1
    model.then([says("Twenty past ten.")], [Unavailable(AWAY)])

    back = await world.say("what time is it")
    again = await world.say("what time is it")

    assert back["reply"] == "Twenty past ten."
    assert again["reply"].startswith(TOLD)


async def test_still_away_is_no_news(world: World, model: FlakyMind, clock: Seconds) -> None:
    """When the try after the pause fails too, nothing is said about it."""
    model.then([Unavailable(AWAY)], [Unavailable(AWAY)])
    await world.say("what time is it")
    clock.now += PAUSE + 1

    assert "Gemini" not in (await world.say("what time is it"))["reply"]
    assert model.asked == 2


def test_after_the_pause_one_turn_tries_for_all(clock: Seconds) -> None:
    """The others go on without waiting for it."""
    outage = Outage(clock)
    outage.begins(Unavailable(AWAY))
    assert not outage.lets_through()
    clock.now += PAUSE
    assert [outage.lets_through() for _ in range(3)] == [True, False, False]


@pytest.mark.parametrize("failure", [KeyRefused(), QuotaSpent()])
async def test_what_somebody_has_to_mend_is_left_alone_for_longer(
    world: World, model: FlakyMind, clock: Seconds, failure: Unavailable
) -> None:
    """A refused key and a spent quota are told by their own sentence and not asked about every half minute."""
    model.then([failure])

    first = await world.say("what time is it")
    clock.now += PAUSE + 1
    await world.say("what time is it")
    clock.now += LONG_PAUSE
    await world.say("what time is it")

    assert first["reply"].startswith(f"{failure.say.rstrip('.')}; {BASICS}")
    assert model.asked == 2


async def test_one_odd_answer_is_no_outage(world: World, model: FlakyMind, minds: Minds) -> None:
    """An answer that can't be used is replaced without a word about it, and the model is asked again next time."""
    model.then([NoAnswer()], [says("Hello.")])

    odd = await world.say("add milk to my shopping list")

    assert odd["actions"][0]["ok"]
    assert "Gemini" not in odd["reply"]
    assert not minds.away
    assert (await world.say("hello"))["reply"] == "Hello."


async def test_a_refusal_is_told_unless_it_is_a_plain_command(world: World, model: FlakyMind, minds: Minds) -> None:
    """What Gemini won't speak about is said in a sentence; an everyday command is still carried out."""
    model.then([Blocked("Gemini won't answer that.")], [Blocked("Gemini won't answer that.")])

    assert (await world.say("tell me about the dark side of the moon"))["reply"] == "Gemini won't answer that."
    assert (await world.say("add rat poison to my shopping list"))["actions"][0]["ok"]
    assert not minds.away


async def test_words_that_are_out_are_not_followed_by_another_mind(world: World, model: FlakyMind) -> None:
    """A failure in the middle of words is told; nobody starts all over."""
    model.then([says("Let me see. You have "), Unavailable("I lost the thread.")])

    assert (await world.say("what's on today"))["reply"] == "Let me see. I lost the thread."


async def test_what_was_done_is_told_and_not_done_again(world: World, model: FlakyMind) -> None:
    """A failure after a tool has run: the receipt's own sentence is said, the thing stands once."""
    model.then([calls("add_event", title="Dentist", when="tomorrow at ten")], [Unavailable(AWAY)])

    answer = await world.say("dentist tomorrow at ten")

    assert answer["reply"] == "Dentist is on your calendar, tomorrow, Thursday the 5th, from 10 to 10:30 am."
    assert [action["tool"] for action in answer["actions"]] == ["add_event"]
    assert await world.titles() == ["Dentist"]


async def test_what_was_found_is_told(world: World, model: FlakyMind) -> None:
    """A failure after looking something up: it is told all the same."""
    model.then([calls("add_event", title="Dentist", when="tomorrow at ten")], [says("Done.")], [calls("list_events", when="tomorrow")], [NoAnswer()])  # fmt: skip
    await world.say("dentist tomorrow at ten")

    assert "Dentist" in (await world.say("what's on tomorrow"))["reply"]


async def test_a_refused_call_is_told(world: World, model: FlakyMind) -> None:
    """When all that came of the turn is a tool's refusal, its sentence is said."""
    model.then([calls("add_event", title="Dentist", when="tomorrow afternoon")], [Unavailable(AWAY)])

    assert (await world.say("dentist tomorrow afternoon"))["reply"] == "At what time in the afternoon, tomorrow, Thursday the 5th?"  # fmt: skip


async def test_a_turn_the_built_in_mind_began_is_its_own(world: World, model: FlakyMind, clock: Seconds) -> None:
    """Even if the model comes back between its call and its words."""
    model.then([Unavailable(AWAY)])
    await world.say("what time is it")
    async for event in world.services.assistant.reply(_turn(world, "add milk to my shopping list")):
        if type(event).__name__ == "ToolAnswered":
            clock.now += PAUSE + 1

    assert model.asked == 1


async def test_a_spent_share_is_told_once_a_day(world: World, model: FlakyMind, budget: Budget) -> None:
    """Over the day's share the basics go on; a sentence says so, once; tomorrow the model answers again."""
    hands = Hands()
    budget._clock = hands
    budget.spent(world.person.id, 60)
    await budget.settle()
    assert (await world.say("hello"))["reply"] == "All right."
    budget.spent(world.person.id, 40)
    await budget.settle()

    over = await world.say("add milk to my shopping list")
    still = await world.say("add bread to my shopping list")

    assert over["reply"] == f"{OVER} Milk is on your shopping list."
    assert over["actions"][0]["ok"]
    assert OVER not in still["reply"]
    assert model.asked == 1
    hands.forward(days=1)
    assert (await world.say("hello"))["reply"] == "All right."


async def test_shares_are_each_persons_own(budget: Budget) -> None:
    """What one spends leaves the others' untouched; without a limit nothing runs out."""
    budget.spent("one", 500)
    await budget.settle()
    assert [await budget.left("one"), await budget.left("two")] == [False, True]
    async with open_cache(None) as cache:
        unlimited = Budget(cache, 0, Hands())
        unlimited.spent("one", 10**9)
        await unlimited.settle()
        assert await unlimited.left("one")


async def test_nobody_is_refused_because_the_count_is_out_of_reach(caplog: pytest.LogCaptureFixture) -> None:
    """Without its cache the budget lets people pass, and says so in the log."""
    async with open_cache("redis://127.0.0.1:1/0") as gone:
        budget = Budget(gone, 1, Hands())
        budget.spent("one", 5)
        await budget.settle()
        assert await budget.left("one")
    assert "couldn't be counted" in caplog.text


async def test_being_spoken_over_is_no_outage(world: World, minds: Minds, model: FlakyMind) -> None:
    """A turn that is cut off says nothing about the model."""
    model.then([says("One. "), says("Two.")])
    reply = world.services.assistant.reply(_turn(world, "count"))
    async for event in reply:
        if type(event).__name__ == "Said":
            break
    await reply.aclose()  # type: ignore[attr-defined]  # an async generator
    await asyncio.sleep(0)

    assert not minds.away


def _turn(world: World, text: str):  # type: ignore[no-untyped-def]  # brief
    from agent.conversation import Turn

    return Turn(person=world.person, text=text)
