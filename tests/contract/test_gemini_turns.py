"""Whole turns with Gemini on the wire: tools, threads, signatures over turns, interruptions, and a loop that stays free."""

import asyncio
import random
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from agent.assistant import Assistant
from agent.context import Context
from agent.conversation import Turn
from agent.events import Finished, Said
from agent.services import Services
from integrations.email import NewDraft
from integrations.errors import Unavailable
from integrations.store.conversations import Conversations
from integrations.store.database import open_database
from integrations.store.people import People
from tests.callers import Script, Tones, called, question
from tests.emulators.gemini import (
    GeminiDouble,
    Reply,
    blocks,
    calls,
    cuts,
    ends,
    fails,
    garbage,
    hangs,
    says,
    served_gemini,
)
from tests.geminis import settings
from tests.worlds import World, open_world
from voice.thread import Thread

ADD = ("add_event", {"title": "Dentist", "when": "tomorrow at ten"})


@pytest.fixture
def google() -> Iterator[GeminiDouble]:
    """The other side; whatever it refuses fails the test."""
    with served_gemini() as double:
        yield double
        assert double.refused == []


@pytest.fixture
async def world(tmp_path: Path, google: GeminiDouble) -> AsyncIterator[World]:
    """A Chronus with a key."""
    async with open_world(tmp_path, gemini=settings(google)) as world:
        yield world


def contents(google: GeminiDouble, at: int = -1) -> list[dict[str, Any]]:
    """What was sent."""
    return list(google.turns[at].body["contents"])


async def test_a_tool_runs_and_its_receipt_goes_back(world: World, google: GeminiDouble) -> None:
    """Call, receipt, words; two requests, and the second holds the receipt."""
    google.then(calls(ADD), says("The dentist ", "is tomorrow at ten."))

    answer = await world.say("dentist tomorrow at ten")

    assert answer["reply"] == "The dentist is tomorrow at ten."
    assert await world.titles() == ["Dentist"]
    assert len(google.turns) == 2
    [told] = contents(google)[-1]["parts"]
    assert told["functionResponse"]["response"]["receipt"]["starts"] == "2026-03-05T10:00:00+01:00"


async def test_a_batch_runs_in_order_and_is_answered_together(world: World, google: GeminiDouble) -> None:
    """Two calls of one step: both run, both answers go back in one content, one more request."""
    google.then(calls(ADD, ("list_events", {"when": "tomorrow"}), apart=0.02), says("Done."))

    await world.say("dentist tomorrow at ten, and what else is there")

    answers = [part["functionResponse"] for part in contents(google)[-1]["parts"]]
    assert [one["name"] for one in answers] == ["add_event", "list_events"]
    assert answers[1]["response"]["result"]["events"][0]["title"] == "Dentist"
    assert len(google.turns) == 2


async def test_a_thread_replays_exactly(world: World, google: GeminiDouble) -> None:
    """The next turn sends the last one as it was: each signature on its part, words between calls where they stood."""
    google.then(calls(ADD, text="One moment. "), calls(("list_events", {"when": "tomorrow"})), says("It is ", "done."), says("Bye."))  # fmt: skip
    first = await world.say("dentist tomorrow at ten")
    in_the_turn = contents(google)

    await world.say("thanks")

    sent = contents(google)
    assert first["reply"] == "One moment. It is done."
    without_facts = [{"role": "user", "parts": in_the_turn[0]["parts"][:1]}, *in_the_turn[1:]]
    assert sent[: len(without_facts)] == without_facts
    assert [one["role"] for one in sent[len(without_facts) :]] == ["model", "user"]
    *words, signed = sent[len(without_facts)]["parts"]
    assert "".join(part["text"] for part in words) == "It is done."
    assert signed["text"] == ""
    assert signed["thoughtSignature"]


async def test_of_a_reply_that_was_spoken_over_only_what_was_heard(world: World, google: GeminiDouble) -> None:
    """Calls and their signatures stay, the words are those that reached the person."""
    google.then(calls(ADD), says("The dentist is tomorrow. ", "Shall I remind you?"), says("All right."))
    first = await world.say("dentist tomorrow at ten")
    await world.services.assistant.heard(world.person, first["turn_id"], "The dentist is tomorrow.")

    await world.say("no")

    words = [part["text"] for one in contents(google) for part in one["parts"] if "text" in part]
    assert words[:2] == ["dentist tomorrow at ten", "The dentist is tomorrow."]
    assert [one["role"] for one in contents(google)] == ["user", "model", "user", "model", "user"]


async def test_what_the_built_in_mind_did_is_known_to_gemini(
    world: World, google: GeminiDouble, tmp_path: Path
) -> None:
    """After an outage its calls stand in the thread with the placeholder, and Gemini takes them."""
    google.then(fails(503), fails(503), says("It is on your list."))
    await world.say("add milk to my shopping list")
    world.services.model.outage.ends()  # type: ignore[attr-defined]  # the two minds'

    answer = await world.say("did you?")

    assert answer["reply"] == "It is on your list."
    assert "skip_thought" not in google.turns[-1].raw  # base64 on the wire
    assert "c2tpcF90aG91Z2h0X3NpZ25hdHVyZV92YWxpZGF0b3I" in google.turns[-1].raw


async def test_another_model_gets_no_foreign_signature(tmp_path: Path) -> None:
    """When the model is changed, the thread goes on with it; the strict other side would refuse the old signatures."""
    with served_gemini() as google:
        async with open_world(tmp_path, gemini=settings(google)) as world:
            google.then(calls(ADD), says("Done."))
            await world.say("dentist tomorrow at ten")
        moved = open_world(tmp_path / "moved", gemini=settings(google, model="gemini-3.8-flash"))
        async with moved as other:
            await copied(tmp_path, other)
            google.then(says("Yes."))
            assert (await other.say("did you?"))["reply"] == "Yes."
        assert google.refused == []


async def copied(folder: Path, other: World) -> None:
    """The thread of one world in another."""
    async with open_database(None, folder) as database, database.look() as session:
        owner = await People(session).owner("Europe/Berlin", other.clock())
        store = Conversations(session, owner.id)
        [thread] = await store.all()
        [turn] = await store.turns(thread.id)
    async with other.services.context(other.person) as ctx:
        new = await ctx.conversations.start(ctx.now)
        kept = await ctx.conversations.add_turn(new.id, channel="text", said=turn.said, now=ctx.now)
        await ctx.conversations.finish(kept.id, reply=turn.reply, lines=turn.lines, actions=turn.actions, understood=None, pending_id=None, now=ctx.now)  # fmt: skip


async def test_facts_name_what_is_next(world: World, google: GeminiDouble) -> None:
    """Time and the next events are told beside the words."""
    google.then(calls(ADD), says("Done."), says("The dentist."))
    await world.say("dentist tomorrow at ten")
    await world.say("what's next")

    facts = contents(google)[-1]["parts"][-1]["text"]
    assert "Wednesday, 2026-03-04 10:20 in Europe/Berlin" in facts
    assert "Thu 10:00–10:30 “Dentist”" in facts


class NoCalendar:
    """Services whose calendar doesn't answer, or not in time."""

    def __init__(self, services: Services, wait: float) -> None:
        self._services, self._wait = services, wait

    def __getattr__(self, name: str) -> Any:
        return getattr(self._services, name)

    @asynccontextmanager
    async def context(self, *args: Any, **more: Any) -> AsyncIterator[Context]:
        """As ever, but for the calendar."""
        async with self._services.context(*args, **more) as ctx:
            yield replace(ctx, calendar=cast("Any", self))

    async def between(self, *_: Any) -> list[Any]:
        """Nothing, after a while."""
        await asyncio.sleep(self._wait)
        raise Unavailable("Your calendar isn't answering.")


@pytest.mark.parametrize("wait", [0.0, 30.0])
async def test_a_calendar_out_of_reach_fails_no_turn(world: World, google: GeminiDouble, wait: float) -> None:
    """The facts are then told without it, and nobody waits for it."""
    services = cast("Services", NoCalendar(world.services, wait))
    assistant = Assistant(services, world.services.model, world.services.toolbox)
    async for event in assistant.reply(Turn(person=world.person, text="hello")):
        if isinstance(event, Finished):
            assert event.answer["reply"] == "All right."

    facts = contents(google)[-1]["parts"][-1]["text"]
    assert "10:20" in facts
    assert "calendar" not in facts


async def test_odd_ends_leave_nobody_in_silence(world: World, google: GeminiDouble) -> None:
    """Whatever Gemini ends with, there are words."""
    for odd in (
        ends("STOP"), ends("MAX_TOKENS"), ends("SAFETY"), ends("RECITATION"), ends("OTHER"), ends("UNEXPECTED_TOOL_CALL"),
        ends("SAFETY", "Well, "), cuts("You have "), ends("TOO_MANY_TOOL_CALLS"),
    ):  # fmt: skip
        google.then(odd)
        assert (await world.say("tell me something about the sea"))["reply"]
    google.then(ends("MALFORMED_FUNCTION_CALL"), ends("MALFORMED_FUNCTION_CALL"))
    assert (await world.say("tell me something about the sea"))["reply"]


async def test_a_cut_after_a_tool_redoes_nothing(world: World, google: GeminiDouble) -> None:
    """The event stands once, and its receipt is what is said."""
    google.then(calls(ADD), cuts("The dent"))

    answer = await world.say("dentist tomorrow at ten")

    assert "Dentist is on your calendar, tomorrow, Thursday the 5th" in answer["reply"]
    assert await world.titles() == ["Dentist"]


@pytest.mark.slow
async def test_whatever_happens_there_are_words_and_nothing_is_done_twice(world: World, google: GeminiDouble) -> None:
    """A hundred turns of a Gemini that fails at random, in every way and at every step, in one thread it has to take back."""
    dice = random.Random(7)
    faults = [
        ends("STOP"), ends("SAFETY"), ends("MALFORMED_FUNCTION_CALL"), ends("MAX_TOKENS", "Well, "), cuts("I have "), cuts(),
        fails(503), fails(429), fails(400), garbage(), blocks("OTHER"), Reply(garbage=b""),
    ]  # fmt: skip
    added: list[str] = []
    for number in range(100):
        title = f"Meeting {number}"
        wish = calls(("add_event", {"title": title, "when": f"tomorrow at {number % 12 + 8}:00"}), text=dice.choice(["", "Right. "]))  # fmt: skip
        plan = [wish, says("It is ", "done.")]
        for _ in range(dice.randint(0, 3)):
            plan.insert(dice.randint(0, len(plan)), dice.choice(faults))
        google.then(*plan)

        answer = await world.say(f"I would like to see my colleague number {number}")

        added += [action["receipt"]["title"] for action in answer["actions"] if action["ok"]]
        assert answer["reply"].strip(), plan
        google.forget()
        world.services.model.outage.ends()  # type: ignore[attr-defined]  # the two minds'

    assert len(added) > 30
    assert sorted(await world.titles()) == sorted(added)
    assert len(set(added)) == len(added)


async def test_leaving_in_the_middle_closes_the_line(world: World, google: GeminiDouble) -> None:
    """Whoever stops listening stops Gemini too: it sees that we hung up."""
    google.then(hangs("It was a dark ", "and stormy "))
    reply = world.services.assistant.reply(Turn(person=world.person, text="tell me a story"))
    async for event in reply:
        if isinstance(event, Said):
            break
    await reply.aclose()  # type: ignore[attr-defined]  # an async generator

    await _until(lambda: google.turns[-1].hung_up)


async def test_tokens_are_counted_for_the_person(tmp_path: Path, google: GeminiDouble) -> None:
    """What a turn spends goes off the person's share; beyond it the built-in mind answers and says so."""
    async with open_world(tmp_path, gemini=settings(google), limits={"tokens_per_day": 500}) as world:
        await world.say("hello")
        await asyncio.sleep(0.05)  # it is counted beside the turn
        over = await world.say("what time is it")

    assert len(google.turns) == 1
    assert over["reply"].startswith("Your share of thinking for today is used up")
    assert "20 am" in over["reply"]


async def test_the_loop_is_never_blocked(world: World, google: GeminiDouble) -> None:
    """While Gemini thinks, calls and speaks, everybody else goes on: of five turns one leaves no gap of 100 ms.

    What blocks would block in each of them; a busy machine doesn't.
    """
    gaps: list[float] = []

    async def tick() -> None:
        loop = asyncio.get_running_loop()
        before = loop.time()
        while True:
            await asyncio.sleep(0.002)
            gaps.append(loop.time() - before)
            before = loop.time()

    worst = []
    for day in ("monday", "tuesday", "wednesday", "thursday", "friday"):
        google.then(calls(("add_event", {"title": day, "when": f"{day} at ten"}), first=0.03), says(*["word "] * 50, every=0.002))  # fmt: skip
        gaps.clear()
        ticking = asyncio.create_task(tick())
        await world.say(f"something {day} at ten")
        ticking.cancel()
        worst.append(max(gaps))

    assert len(gaps) > 20
    assert min(worst) < 0.1


async def test_a_spoken_meeting_is_scheduled_after_a_spoken_yes(world: World, google: GeminiDouble) -> None:
    """On the real pipeline: heard, called, read back, approved aloud, on the calendar with its guest, told."""
    async with world.services.context(world.person) as ctx:
        await ctx.mail.draft(NewDraft(to=("anna@example.org",), subject="Hi", body="Hi."))
    google.then(calls(("add_event", {"title": "Meeting with Anna", "when": "tomorrow at 2pm", "guests": ["anna@example.org"]})))  # fmt: skip
    thread = Thread(world.services, world.person)
    hears = Script(["Schedule a meeting with Anna tomorrow at 2pm", "Invite Anna."])
    async with called(thread, hears, Tones(seconds=0.002)) as caller:
        await caller.say(question())
        await caller.until(lambda: "Say “yes, invite Anna”" in caller.reply)
        assert await world.titles() == []
        await caller.hush(0.8)
        await caller.say(question())
        await caller.until(lambda: "is on your calendar" in caller.reply)

    assert await world.titles() == ["Meeting with Anna"]
    assert "anna@example.org is invited" in caller.reply
    assert len(google.turns) == 1


@pytest.mark.slow
async def test_a_hang_is_answered_aloud_within_six_seconds(world: World, google: GeminiDouble) -> None:
    """From the last audible sample of the question to the first of the answer, which says that the basics go on."""
    google.broken = hangs()
    async with called(Thread(world.services, world.person), Script(["What time is it?"]), Tones(seconds=0.002)) as caller:  # fmt: skip
        await caller.say(question())
        await caller.until(lambda: caller.answered_at is not None, timeout=15)
        await caller.until(lambda: "20 am" in caller.reply)

    assert caller.v2v_ms is not None
    assert caller.v2v_ms < 6000
    assert caller.reply.startswith("Gemini isn't answering; I can still do the basics.")


async def test_speaking_over_it_hangs_up_on_gemini(world: World, google: GeminiDouble) -> None:
    """An interruption in the middle of an answer ends the stream at Gemini's side, and the next turn is answered."""
    google.then(hangs(*["It was a dark and stormy night, ", "and the rain fell in torrents. ", "It went on. "]), says("All right."))  # fmt: skip
    hears = Script(["Tell me a story", "No, stop that"])
    async with called(Thread(world.services, world.person), hears, Tones(seconds=0.03)) as caller:
        await caller.say(question())
        await caller.until(lambda: caller.answered_at is not None)
        await caller.hush(1.0)
        await caller.say(question())
        await caller.until(lambda: len(google.turns) == 2)
        assert google.turns[0].hung_up
        await caller.until(lambda: "All right." in caller.reply)

    kept = [part["text"] for one in contents(google) for part in one["parts"] if "text" in part]
    assert "It went on." not in " ".join(kept)


async def _until(done: Any) -> None:
    async with asyncio.timeout(5):
        while not done():  # noqa: ASYNC110, it happens in another thread
            await asyncio.sleep(0.005)
