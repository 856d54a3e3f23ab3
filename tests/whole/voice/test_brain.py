"""A finished turn becomes one reply, whatever happens on the way; nobody is left in silence."""

import asyncio
from collections.abc import AsyncIterator, Sequence

import pytest
from pipecat.frames.frames import Frame, InterruptionFrame, LLMTextFrame
from pipecat.pipeline.pipeline import Pipeline
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor
from pipecat.processors.frameworks.rtvi.frames import RTVIServerMessageFrame
from pipecat.tests.utils import SleepFrame, run_test

from agent.events import Event, Finished, Said, ToolAnswered, ToolCalled
from integrations.errors import NotFound
from voice.pipeline.brain import Brain
from voice.pipeline.frames import (
    Cut,
    Excuse,
    GoOn,
    Hearing,
    ReplyEnded,
    ReplyHeard,
    ReplyStarted,
    ReplyWords,
    TurnTaken,
)
from voice.pipeline.holding import asked_to_wait
from voice.pipeline.patience import Patience

QUICK = Patience(words=0.15, tool=0.05, answer=0.5)


class Telling:
    """An agent that tells each turn's events, numbers standing for seconds of thought."""

    def __init__(self, *turns: Sequence[Event | float | Exception]) -> None:
        self.turns = list(turns)
        self.asked: list[str] = []
        self.told: list[tuple[str, str, bool]] = []
        self.left: list[str] = []
        self.cancelled = 0

    async def reply(self, words: str, hearing: Hearing) -> AsyncIterator[Event]:
        self.asked.append(words)
        try:
            for step in self.turns[min(len(self.asked), len(self.turns)) - 1]:
                if isinstance(step, float):
                    await asyncio.sleep(step)
                elif isinstance(step, Exception):
                    raise step
                else:
                    yield step
        except (asyncio.CancelledError, GeneratorExit):
            self.cancelled += 1
            raise

    async def heard(self, turn_id: str, text: str, whole: bool) -> None:
        self.told.append((turn_id, text, whole))

    def let_go(self, words: str, hearing: Hearing) -> None:
        self.left.append(words)

    async def dropped(self, turn_id: str, text: str) -> None:
        self.told.append((turn_id, text, False))

    def greeting(self) -> str | None:
        return None


class Saying(FrameProcessor):
    """Stands where the mouth is: says at once whatever it gets, hears all of it."""

    def __init__(self) -> None:
        super().__init__()
        self._words: list[str] = []

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        await super().process_frame(frame, direction)
        await self.push_frame(frame, direction)
        if isinstance(frame, ReplyStarted):
            self._words = []
        elif isinstance(frame, ReplyWords):
            self._words.append(frame.text)
        elif isinstance(frame, ReplyEnded):
            await self.push_frame(
                ReplyHeard(frame.reply, " ".join(self._words), frame.reply.live), FrameDirection.UPSTREAM
            )


def turn(words: str) -> TurnTaken:
    return TurnTaken(words, ended=0.0)


async def spoken(agent: Telling, *frames: Frame) -> list[str]:
    """What is said while these frames come."""
    down, _ = await run_test(Pipeline([Brain(agent, QUICK), Saying()]), frames_to_send=[*frames, SleepFrame(0.04)])
    return [frame.text for frame in down if isinstance(frame, LLMTextFrame)]


async def test_a_turn_is_answered_with_the_agents_words() -> None:
    """They are said, and the agent learns that they were heard."""
    agent = Telling([Said(text="Two things."), Finished(answer={"turn_id": "t", "reply": "Two things."})])
    assert await spoken(agent, turn("what's on?")) == ["Two things."]
    assert agent.asked == ["what's on?"]
    assert agent.told == [("t", "Two things.", True)]


async def test_a_refusal_is_said() -> None:
    """What the agent can't do is told in the refusal's own words."""
    assert await spoken(Telling([NotFound("There is no such meeting.")]), turn("x")) == ["There is no such meeting."]


async def test_a_fault_of_ours_is_owned_up_to() -> None:
    """Even what nobody thought of is answered, and the next turn is as good as any."""
    agent = Telling([ValueError("oops")], [Said(text="Fine.")])
    said = await spoken(agent, turn("x"), SleepFrame(0.05), turn("y"))
    assert said == ["Something went wrong on my side.", "Fine."]


async def test_a_long_thought_is_excused_and_a_dead_one_given_up() -> None:
    """The person hears something in time, and in the end that there is no answer."""
    said = await spoken(Telling([5.0]), turn("x"), SleepFrame(0.6))
    assert said[0] == "I'm still working on it."
    assert said[-1] == "I'm sorry, I got no answer. Please try again."


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("Hold on.", True),
        ("Okay, hold on a second please.", True),
        ("One moment.", True),
        ("Wait a minute, Chronus.", True),
        ("Could you give me just a sec?", True),
        ("Just a minute.", True),
        ("Let me think.", True),
        ("Wait.", False),
        ("No, hold on.", False),
        ("One minute.", False),
        ("Hold on to my nine o'clock.", False),
        ("Wait a minute, that's the wrong Dana.", False),
        ("Remind me in a minute.", False),
        ("", False),
    ],
)
def test_asking_to_wait_is_all_they_said(words: str, asked: bool) -> None:
    """What stops something, refuses it, may be an answer, or says more is for the mind."""
    assert asked_to_wait(words) is asked


async def test_hold_on_is_no_question() -> None:
    """The agent isn't asked, what was being thought of is over, and nothing of it is mixed into the next question."""
    agent = Telling([5.0], [Said(text="Here.")])
    said = await spoken(agent, turn("what's on?"), SleepFrame(0.03), turn("Hold on."), SleepFrame(0.05), turn("tasks?"))
    assert said == ["Take your time.", "Here."]
    assert agent.asked == ["what's on?", "tasks?"]
    assert agent.cancelled == 1


async def test_a_slow_tool_is_announced_sooner() -> None:
    """While a tool works a short word fills the gap."""
    answered = ToolAnswered(id="1", tool="search_email", action={"tool": "search_email", "ok": True})
    called = ToolCalled(id="1", tool="search_email", arguments={})
    said = await spoken(Telling([called, 0.08, answered, Said(text="Here.")]), turn("x"), SleepFrame(0.2))
    assert said == ["One moment.", "Here."]


async def test_what_is_said_while_thinking_is_thought_over_together() -> None:
    """The person goes on before anything was answered or done: it is one turn."""
    agent = Telling([5.0], [Said(text="Both.")])
    said = await spoken(
        agent,
        turn("add milk"),
        SleepFrame(0.05),
        InterruptionFrame(),
        Cut(rethink=True),
        turn("and eggs"),
        SleepFrame(0.1),
    )
    assert agent.asked == ["add milk", "add milk and eggs"]
    assert agent.cancelled == 1
    assert said == ["Both."]


async def test_what_was_already_acted_on_is_not_asked_again() -> None:
    """Once a tool was used, what is said next stands by itself."""
    agent = Telling([ToolCalled(id="1", tool="add_task", arguments={}), 5.0], [Said(text="Eggs too.")])
    await spoken(agent, turn("add milk"), SleepFrame(0.03), InterruptionFrame(), Cut(rethink=True), turn("and eggs"))
    assert agent.asked == ["add milk", "and eggs"]


async def test_nothing_is_thought_while_it_is_unclear_whether_the_person_interrupts() -> None:
    """Between the sound of a voice and its first word the reply waits; after a cough it goes on."""
    agent = Telling([Said(text="One."), 0.03, Said(text="Two."), 0.03, Said(text="Three.")])
    held = [turn("x"), SleepFrame(0.01), InterruptionFrame(), SleepFrame(0.1)]
    assert await spoken(agent, *held) == ["One.", "Two."]
    agent.asked.clear()
    assert await spoken(agent, *held, GoOn(), SleepFrame(0.1)) == ["One.", "Two.", "Three."]


async def test_excuses_wait_for_the_end_of_the_reply() -> None:
    """What we have to say ourselves does not cut off an answer."""
    agent = Telling([Said(text="One."), 0.05, Said(text="Two.")])
    assert await spoken(agent, turn("x"), SleepFrame(0.02), Excuse("Sorry."), SleepFrame(0.2)) == [
        "One.",
        "Two.",
        "Sorry.",
    ]


async def test_the_client_is_shown_tools_and_turns() -> None:
    """Server messages tell what was done, the answer, and later what was heard of it."""
    action = {"tool": "add_task", "ok": True}
    agent = Telling(
        [
            ToolCalled(id="1", tool="add_task", arguments={"title": "milk"}),
            ToolAnswered(id="1", tool="add_task", action=action),
            Said(text="Added."),
            Finished(answer={"conversation_id": "c", "turn_id": "t", "reply": "Added."}),
        ]
    )
    down, _ = await run_test(
        Pipeline([Brain(agent, QUICK), Saying()]), frames_to_send=[turn("add milk"), SleepFrame(0.1)]
    )
    shown = [frame.data for frame in down if isinstance(frame, RTVIServerMessageFrame)]
    whole = {"type": "turn", "conversation_id": "c", "turn_id": "t", "reply": "Added."}
    assert shown == [{"type": "tool", "action": action}, whole | {"heard": None}, whole | {"heard": "Added."}]


async def test_what_was_heard_out_is_not_owed_because_the_line_broke_just_then() -> None:
    """The line is gone while the agent is still being told that all was heard: it isn't told of less afterwards."""

    class Slow(Telling):
        async def heard(self, turn_id: str, text: str, whole: bool) -> None:
            await asyncio.sleep(0.2)
            await super().heard(turn_id, text, whole)

    agent = Slow([Said(text="Two things."), Finished(answer={"turn_id": "t", "reply": "Two things."})])
    await spoken(agent, turn("what's on?"))
    assert agent.told == [("t", "Two things.", True)]


async def test_what_the_mouth_knew_when_the_line_broke_is_kept() -> None:
    """Its word that all was heard may be on its way to us when everything ends."""

    class Lost(Saying):
        async def push_frame(self, frame: Frame, direction: FrameDirection = FrameDirection.DOWNSTREAM) -> None:
            if isinstance(frame, ReplyHeard):
                frame.reply.over = frame
            else:
                await super().push_frame(frame, direction)

    agent = Telling([Said(text="Two things."), Finished(answer={"turn_id": "t", "reply": "Two things."})])
    await run_test(Pipeline([Brain(agent, QUICK), Lost()]), frames_to_send=[turn("what's on?"), SleepFrame(0.04)])
    assert agent.told == [("t", "Two things.", True)]


async def test_a_cut_reaches_the_answer_behind_an_excuse() -> None:
    """An excuse that waits for an answer's end doesn't shield that answer from being cut."""
    agent = Telling([Said(text="One."), 5.0], [Said(text="Two.")])
    frames = [turn("x"), SleepFrame(0.03), Excuse("Sorry."), SleepFrame(0.03), InterruptionFrame(), Cut(), turn("y")]
    assert await spoken(agent, *frames, SleepFrame(0.1)) == ["One.", "Two."]
    assert agent.cancelled == 1
