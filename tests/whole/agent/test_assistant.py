"""One turn, whatever the mind does."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from agent.assistant import Assistant
from agent.conversation import Turn
from agent.events import Begun, Event, Finished, Said, ToolAnswered, ToolCalled
from integrations.model import Answer, Replied
from integrations.model import Said as PersonSaid
from tests.minds import ScriptedMind, SilentMind, TirelessMind, calls, says
from tests.worlds import World, open_world


@pytest.fixture
def mind() -> ScriptedMind:
    return ScriptedMind()


@pytest.fixture
async def world(tmp_path: Path, mind: ScriptedMind) -> AsyncIterator[World]:
    async with open_world(tmp_path, model=mind) as world:
        yield world


async def test_words_are_passed_on_as_they_come(world: World, mind: ScriptedMind) -> None:
    """Pieces of an answer reach the person piece by piece, and are kept as one."""
    mind.then([says("Good morning."), says("It is Wednesday.")])

    events: list[Event] = [e async for e in world.services.assistant.reply(Turn(person=world.person, text="hello"))]

    assert [type(e) for e in events] == [Begun, Said, Said, Finished]
    assert isinstance(events[-1], Finished)
    assert events[-1].answer["reply"] == "Good morning. It is Wednesday."


async def test_a_tool_is_used_and_its_answer_given_to_the_mind(world: World, mind: ScriptedMind) -> None:
    """The mind hears what came of its call before it speaks."""
    mind.then([calls("add_event", title="Dentist", when="tomorrow at ten")], [says("Done.")])

    answer = await world.say("dentist tomorrow at ten")

    last = mind.prompts[-1].lines[-1]
    assert isinstance(last, Answer)
    assert last.content["receipt"]["starts"] == "2026-03-05T10:00:00+01:00"
    assert answer["understood"] == {"tool": "add_event", "arguments": {"title": "Dentist", "when": "tomorrow at ten"}}
    assert [(a["tool"], a["ok"], a["effect"]) for a in answer["actions"]] == [("add_event", True, "private")]
    assert await world.titles() == ["Dentist"]


async def test_the_thread_is_remembered(world: World, mind: ScriptedMind) -> None:
    """The next turn's mind reads what was said, called and answered before."""
    mind.then([calls("get_time")], [says("Twenty past ten.")], [says("I said so.")])
    await world.say("what time is it")

    await world.say("what did you say")

    kinds = [type(line).__name__ for line in mind.prompts[-1].lines]
    assert kinds == ["Said", "Call", "Answer", "Replied", "Said"]


async def test_only_what_was_heard_is_remembered(world: World, mind: ScriptedMind) -> None:
    """A reply that was spoken over stands in the thread as far as it was heard."""
    mind.then([says("One. Two. Three.")], [says("Yes.")])
    first = await world.say("count")

    await world.services.assistant.heard(world.person, first["turn_id"], "One.")
    await world.say("go on")

    assert mind.prompts[-1].lines[:2] == [PersonSaid(text="count"), Replied(text="One.")]


async def test_four_quiet_hours_begin_a_new_thread(world: World, mind: ScriptedMind) -> None:
    """A thread goes on within four hours, and not after."""
    mind.then([says("a")], [says("b")], [says("c")])
    first = await world.say("one")
    world.clock.forward(hours=3)
    second = await world.say("two")
    world.clock.forward(hours=5)
    third = await world.say("three")

    assert first["conversation_id"] == second["conversation_id"] != third["conversation_id"]


async def test_what_guests_would_see_waits_for_a_yes(world: World, mind: ScriptedMind) -> None:
    """An invitation is read back by code and only a yes sends it, with exactly those arguments."""
    mind.then([calls("add_event", title="Lunch", when="friday at noon", guests=["anna@example.org"])])

    asked = await world.say("lunch with anna on friday at noon")

    assert asked["pending"]["tool"] == "add_event"
    assert "anna@example.org" in asked["reply"]
    assert "Friday the 6th" in asked["reply"]
    assert asked["actions"][0]["error"] == "needs_approval"
    assert await world.titles() == []

    done = await world.say("yes, invite Anna please")

    assert done["actions"][0]["ok"]
    assert done["actions"][0]["effect"] == "outbound"
    assert done["actions"][0]["receipt"]["guests"] == ["anna@example.org"]
    assert await world.titles() == ["Lunch"]


async def test_a_no_leaves_everything_as_it_is(world: World, mind: ScriptedMind) -> None:
    """A declined question can't be approved any more."""
    mind.then([calls("add_event", title="Lunch", when="friday at noon", guests=["anna@example.org"])])
    await world.say("lunch with anna")

    told = await world.say("no, don't")
    mind.then([says("There is nothing to confirm.")])
    await world.say("invite Anna")

    assert told["actions"] == []
    assert await world.titles() == []


async def test_a_yes_is_only_to_what_was_asked_last(world: World, mind: ScriptedMind) -> None:
    """After something else was said, the words that would have been a yes approve nothing."""
    mind.then([calls("add_event", title="Lunch", when="friday at noon", guests=["anna@example.org"])], [says("Ten.")], [says("To what?")])  # fmt: skip
    await world.say("lunch with anna")
    await world.say("what time is it")

    await world.say("invite Anna")

    assert await world.titles() == []


async def test_a_yes_after_a_minute_is_too_late(world: World, mind: ScriptedMind) -> None:
    """A question expires."""
    mind.then([calls("add_event", title="Lunch", when="friday at noon", guests=["anna@example.org"])], [says("To what?")])  # fmt: skip
    await world.say("lunch with anna")
    world.clock.forward(seconds=61)

    await world.say("invite Anna")

    assert await world.titles() == []


async def test_two_yeses_at_once_do_it_once(world: World, mind: ScriptedMind) -> None:
    """The card and the voice may both say yes: one wins, the other is told."""
    mind.then([calls("add_event", title="Lunch", when="friday at noon", guests=["anna@example.org"])])
    asked = await world.say("lunch with anna")
    assistant, pending = world.services.assistant, asked["pending"]["id"]

    outcomes = await asyncio.gather(
        *(assistant.decide(world.person, pending, yes=True) for _ in range(5)), return_exceptions=True
    )

    assert sum(isinstance(o, dict) for o in outcomes) == 1
    assert await world.titles() == ["Lunch"]


async def test_what_changed_after_the_question_is_not_touched(world: World, mind: ScriptedMind) -> None:
    """A yes is to the event as it was read back; if it was moved meanwhile, nothing is cancelled."""
    mind.then([calls("add_event", title="Dentist", when="tomorrow at ten")], [says("Added.")])
    await world.say("dentist tomorrow at ten")
    mind.then([calls("cancel_event", event="dentist")])
    asked = await world.say("cancel the dentist")
    event = asked["pending"]["arguments"]["event"]
    async with world.services.context(world.person) as ctx:
        from integrations.calendar import EventChange

        await ctx.calendar.change(event, EventChange(title="Dentist, upstairs"))

    told = await world.say("cancel it")

    assert not told["actions"][0]["ok"]
    assert await world.titles() == ["Dentist, upstairs"]


async def test_undo_puts_it_back(world: World, mind: ScriptedMind) -> None:
    """What was added is gone after undo, and the ledger says when."""
    mind.then([calls("add_task", title="Milk", list="shopping")], [says("Added.")], [calls("undo")], [says("Undone.")])
    await world.say("add milk to my shopping list")

    await world.say("undo that")

    async with world.services.context(world.person, write=False) as ctx:
        assert await ctx.tasks.all() == []
        [change] = await ctx.changes.all()
        assert change.undone_at == world.clock.now


async def test_a_write_that_has_begun_is_kept_when_the_turn_is_cut(world: World, mind: ScriptedMind) -> None:
    """Speaking over an answer never loses a write that has begun, nor repeats it."""
    mind.then([calls("add_event", title="Dentist", when="tomorrow at ten")], [says("Added.")])
    reply = world.services.assistant.reply(Turn(person=world.person, text="dentist tomorrow at ten"))

    async def listen() -> None:
        async for event in reply:
            if isinstance(event, ToolCalled):
                asyncio.get_running_loop().call_soon(task.cancel)

    task = asyncio.ensure_future(listen())
    with pytest.raises(asyncio.CancelledError):
        await task
    await reply.aclose()  # type: ignore[attr-defined]  # an async generator
    await world.services.assistant.drain()

    assert await world.titles() == ["Dentist"]
    async with world.services.context(world.person, write=False) as ctx:
        [thread] = await ctx.conversations.all()
        [turn] = await ctx.conversations.turns(thread.id)
        assert [a["tool"] for a in turn.actions] == ["add_event"]


async def test_the_same_call_twice_in_a_turn_is_one_act(world: World, mind: ScriptedMind) -> None:
    """A mind that repeats itself gets the first receipt again."""
    twice = calls("add_event", title="Dentist", when="tomorrow at ten")
    mind.then([twice], [calls("add_event", title="Dentist", when="tomorrow at ten")], [says("Done.")])

    answer = await world.say("dentist tomorrow at ten")

    assert await world.titles() == ["Dentist"]
    first, second = (a["receipt"]["id"] for a in answer["actions"])
    assert first == second


@pytest.mark.parametrize(
    ("tool", "arguments", "code"),
    [
        ("fly_to_the_moon", {}, "no_such_tool"),
        ("add_event", {"title": "x"}, "bad_arguments"),
        ("add_event", {"title": "x", "when": "tomorrow at 3", "colour": "red"}, "bad_arguments"),
        ("add_event", {"title": "x", "when": "the colour of spring"}, "invalid"),
        ("add_event", {"title": "x", "when": "february 30 at 9"}, "invalid"),
        ("change_event", {"event": "unicorn", "when": "at nine"}, "not_found"),
        ("complete_task", {"task": "unicorn"}, "not_found"),
        ("undo", {}, "not_found"),
        ("send_email", {"to": ["nobody known"], "body": "hi"}, "not_found"),
    ],
)
async def test_a_refusal_is_an_answer(
    world: World, mind: ScriptedMind, tool: str, arguments: dict[str, object], code: str
) -> None:
    """A wrong call is told to the mind by name and sentence; nothing is written."""
    mind.then([calls(tool, **arguments)], [says("I couldn't.")])

    answer = await world.say("whatever")

    [action] = answer["actions"]
    assert (action["ok"], action["error"], action["receipt"]) == (False, code, None)
    async with world.services.context(world.person, write=False) as ctx:
        assert await ctx.changes.all() == []


async def test_a_silent_mind_does_not_leave_the_person_in_silence(world: World) -> None:
    """There are words when the mind has none."""
    assistant = Assistant(world.services, SilentMind(), world.services.toolbox, patience=0.05)

    events = [e async for e in assistant.reply(Turn(person=world.person, text="hello"))]

    assert [e.text for e in events if isinstance(e, Said)] == ["I'm sorry, that took me too long. Please say it again."]


async def test_a_mind_that_never_stops_is_stopped(world: World) -> None:
    """Eight rounds are enough, and then there are words."""
    tireless = TirelessMind()
    assistant = Assistant(world.services, tireless, world.services.toolbox)

    events = [e async for e in assistant.reply(Turn(person=world.person, text="hello"))]

    assert tireless.rounds == 8
    assert sum(isinstance(e, ToolAnswered) for e in events) == 8
    assert any(isinstance(e, Said) for e in events)
