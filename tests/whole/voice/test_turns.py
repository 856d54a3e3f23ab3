"""When a turn ends, and what an interruption means."""

import pytest
from pipecat.frames.frames import (
    Frame,
    InterimTranscriptionFrame,
    InterruptionFrame,
    TranscriptionFrame,
    UserStartedSpeakingFrame,
    UserStoppedSpeakingFrame,
    VADUserStartedSpeakingFrame,
)
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor
from pipecat.tests.utils import SleepFrame, run_test

from voice.pipeline.frames import Cut, GoOn, Hearing, Reply, ReplyStarted, TurnTaken
from voice.pipeline.turns import Ending, Turns, murmured


def ended_after(words: str, likely: float, ending: Ending) -> float:
    """The silence after which the turn is over, when the model says the same each time."""
    return next(silence for silence in ending.asks() if ending.finished(words, likely, silence))


@pytest.mark.parametrize(
    ("words", "likely", "silence"),
    [
        ("What's on tomorrow?", 0.9, 0.2),
        ("What's on tomorrow?", 0.4, 0.8),
        ("Do I have any unread email from Sarah?", 0.21, 1.0),
        ("Remind me to", 0.9, 1.2),
        ("Remind me to call, um...", 0.9, 1.2),
        ("Remind me to", 0.1, 1.7),
        ("", 0.0, 0.2),
        ("Um", 0.0, 0.2),
    ],
)
def test_a_turn_ends_when_words_and_voice_say_so(words: str, likely: float, silence: float) -> None:
    """At once when both sound finished; later when one doesn't; after 1.7 s whatever they say."""
    assert ended_after(words, likely, Ending()) == silence


def test_the_agent_can_tell_that_a_request_is_whole() -> None:
    """What parses to its end needs little from the voice, and after a second nothing; what lacks something waits."""
    known = {"add milk": True, "add": False}
    ending = Ending(known.get)
    assert ended_after("add milk", 0.3, ending) == 0.2
    assert ended_after("add milk", 0.15, ending) == 0.65
    assert ended_after("add milk", 0.01, ending) == 1.0
    assert ended_after("something else", 0.01, ending) == 1.7
    assert ended_after("add", 0.9, ending) == 1.2
    assert ended_after("something else", 0.9, ending) == 0.2


@pytest.mark.parametrize(("words", "only"), [("Mm-hmm.", True), ("Uh-huh, oh.", True), ("Yeah", False), ("No", False)])
def test_murmurs_are_told_from_answers(words: str, only: bool) -> None:
    """What could answer a question is never taken for a murmur."""
    assert murmured(words) is only


class Answering(FrameProcessor):
    """Stands where the brain is: a reply is under way from the start of the test."""

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        await super().process_frame(frame, direction)
        await self.push_frame(frame, direction)
        if isinstance(frame, ReplyStarted):
            await self.push_frame(ReplyStarted(frame.reply), FrameDirection.UPSTREAM)


def interim(words: str) -> Frame:
    return InterimTranscriptionFrame(words, "", "")


def final(words: str) -> Frame:
    frame = TranscriptionFrame(words, "", "")
    frame.interruptible = False
    return frame


async def after(*frames: Frame, replying: bool) -> list[type[Frame]]:
    """What turns make of these, without the reply's own frame."""
    return [type(frame) for frame in await told_after(*frames, replying=replying)]


async def told_after(*frames: Frame, replying: bool) -> list[Frame]:
    """The same, whole."""
    from pipecat.pipeline.pipeline import Pipeline

    beginning = [ReplyStarted(Reply()), SleepFrame(0.05)] if replying else []
    spaced = [each for frame in frames for each in (frame, SleepFrame(0.03))]
    down, _ = await run_test(Pipeline([Turns(), Answering()]), frames_to_send=[*beginning, *spaced])
    return [frame for frame in down if not isinstance(frame, ReplyStarted)]


async def test_speaking_while_nobody_else_does_interrupts_nothing() -> None:
    """A turn begins, ends and is handed on."""
    told = await after(VADUserStartedSpeakingFrame(), interim("Am I"), final("Am I free?"), replying=False)
    assert told == [UserStartedSpeakingFrame, UserStoppedSpeakingFrame, TurnTaken]


async def test_words_over_a_reply_cut_it() -> None:
    """The sound stops at the voice, the reply ends at the first word, the turn comes at the end."""
    told = await after(VADUserStartedSpeakingFrame(), interim("No"), final("No, stop"), replying=True)
    assert told == [UserStartedSpeakingFrame, InterruptionFrame, Cut, UserStoppedSpeakingFrame, TurnTaken]


@pytest.mark.parametrize("words", ["", "Mm-hmm."])
async def test_a_cough_or_a_murmur_lets_the_reply_go_on(words: str) -> None:
    """It is no turn, and the sound goes on."""
    told = await after(VADUserStartedSpeakingFrame(), interim("Mm"), final(words), replying=True)
    assert told == [UserStartedSpeakingFrame, InterruptionFrame, UserStoppedSpeakingFrame, GoOn]


@pytest.mark.parametrize("over", [True, False])
async def test_a_turn_tells_how_it_was_heard(over: bool) -> None:
    """How surely, and whether it began while something was still being said: words over our own are no yes."""
    words = final("send to Dana")
    words.metadata["confidence"] = 0.7

    taken = (await told_after(VADUserStartedSpeakingFrame(), words, replying=over))[-1]

    assert isinstance(taken, TurnTaken)
    assert (taken.words, taken.hearing) == ("send to Dana", Hearing(confidence=0.7, over=over))
